/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlcipher/sqlite3.h>

#include "probity-casebook.h"
#include "probity-clock.h"

G_BEGIN_DECLS

/* What the files of this folder share and nobody else includes, but for its own tests. */

/** `Prob`, in every compartment's header. */
#define PROBITY_DB_APPLICATION_ID 0x50726f62

/** How many milliseconds a command waits for another program's; as long as an import may take. */
extern guint probity_lock_timeout_ms;

/* Keys. */
#define PROBITY_KEY_SQL_LENGTH (PROBITY_KEY_BYTES * 2 + 3)
char *probity_key_dup_sql (ProbityKey *self);

/* The write lock. */
typedef struct _ProbityLock ProbityLock;
ProbityLock                *probity_lock_open (const char *folder,
                                               gboolean    create,
                                               GError    **error);
gboolean                    probity_lock_take (ProbityLock *self,
                                               GError     **error);
void                        probity_lock_release (ProbityLock *self);
gboolean                    probity_lock_is_held (ProbityLock *self);
gboolean                    probity_lock_hold_back (ProbityLock *self,
                                                    GError     **error);
gboolean                    probity_lock_is_held_back (ProbityLock *self);
void                        probity_lock_close (ProbityLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityLock, probity_lock_close)

/* The file system below a casebook. Tests say what statfs() is to have found; 0: what it finds. */
extern guint64 probity_file_system_pretend_type;
gboolean       probity_file_system_type_is_safe (guint64      type,
                                                 const char **ret_name);
void           probity_file_system_set_error (GError    **error,
                                              int         code,
                                              int         missing_code,
                                              const char *path);
gboolean       probity_file_system_sync_folder (const char *path,
                                                GError    **error);
char          *probity_file_system_dup_database (const char        *folder,
                                                 ProbityCompartment compartment);
char          *probity_file_system_dup_named_database (const char *folder,
                                                       const char *name);

/* Connections. */
typedef enum
{
  PROBITY_DB_READER,
  PROBITY_DB_WRITER,
  PROBITY_DB_CREATOR, /* a writer on a file of no bytes */
} ProbityDbMode;

ProbityDb *probity_db_open (const char        *folder,
                            ProbityCompartment compartment,
                            ProbityKey        *key,
                            ProbityDbMode      mode,
                            ProbityLock       *lock,
                            GError           **error);
/* The same of any compartment of @places, or of a file at another @path (nullable). */
typedef struct _ProbityPlaces ProbityPlaces;
ProbityDb                    *probity_places_open (ProbityPlaces     *self,
                                                   ProbityCompartment compartment,
                                                   const char        *path,
                                                   ProbityDbMode      mode,
                                                   ProbityLock       *lock,
                                                   GError           **error);
ProbityDb                    *probity_db_open_at (const char        *path,
                                                  const char        *name,
                                                  ProbityCompartment compartment,
                                                  ProbityCompartment home,
                                                  ProbityKey        *key,
                                                  ProbityDbMode      mode,
                                                  ProbityLock       *lock,
                                                  GError           **error);
ProbityDb                    *probity_db_open_memory (ProbityCompartment compartment,
                                                      GError           **error);
void                          probity_db_close (ProbityDb *self);
void                          probity_db_set_cancellable (ProbityDb    *self,
                                                          GCancellable *cancellable);
gboolean                      probity_db_checkpoint (ProbityDb *self,
                                                     gboolean   truncate,
                                                     GError   **error);
int                           probity_db_get_wal_pages (ProbityDb *self);
void                          probity_db_set_cache (ProbityDb *self,
                                                    int        kib);
void                          probity_db_end_passing (ProbityDb *self);
void                          probity_db_abandon (ProbityDb *self);
gboolean                      probity_db_get_pragma (ProbityDb  *self,
                                                     const char *name,
                                                     gint64     *ret_value,
                                                     GError    **error);
sqlite3                      *probity_db_get_handle (ProbityDb *self);
void                          probity_db_assert_owned (ProbityDb *self);
gboolean                      probity_db_may_write (ProbityDb *self);
void                          probity_db_assert_may_write (ProbityDb *self);
void                          probity_db_set_error (ProbityDb *self,
                                                    int        code,
                                                    GError   **error);
void                          probity_db_set_unjudged (ProbityDb *self,
                                                       gboolean   unjudged);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityDb, probity_db_close)

/* The statements of a connection that wait for their next use, newest first. */
typedef struct _ProbityStatementCache ProbityStatementCache;
ProbityStatementCache                *probity_statement_cache_new (ProbityDb *db);
void                                  probity_statement_cache_free (ProbityStatementCache *self);
ProbityStatement                     *probity_statement_cache_take (ProbityStatementCache *self,
                                                                    const char            *sql,
                                                                    GError               **error);
gboolean                              probity_statement_bind_valist (ProbityStatement *self,
                                                                     va_list           arguments,
                                                                     GError          **error);
gboolean                              probity_statement_run (ProbityStatement *self,
                                                             GError          **error);

/*
 * The compartments that an open casebook holds keys of: where they are and what they are. A sealed one can
 * be added while threads run; it is counted, and so found by anybody, once it is published. Any thread.
 */
ProbityPlaces     *probity_places_new (const char *folder,
                                       ProbityKey *keys[PROBITY_N_COMPARTMENTS]);
void               probity_places_free (ProbityPlaces *self);
void               probity_places_wipe (ProbityPlaces *self);
ProbityKey        *probity_places_peek_key (ProbityPlaces     *self,
                                            ProbityCompartment compartment);
const char        *probity_places_get_name (ProbityPlaces     *self,
                                            ProbityCompartment compartment);
ProbityCompartment probity_places_get_home (ProbityPlaces     *self,
                                            ProbityCompartment compartment);
guint              probity_places_get_n_sealed (ProbityPlaces *self);
void               probity_places_set_pending (ProbityPlaces     *self,
                                               ProbityCompartment compartment);
gboolean           probity_places_is_pending (ProbityPlaces     *self,
                                              ProbityCompartment compartment);
gboolean           probity_places_is_open (ProbityPlaces     *self,
                                           ProbityCompartment compartment);
gboolean           probity_places_add (ProbityPlaces      *self,
                                       const char         *name,
                                       ProbityCompartment  home,
                                       ProbityKey         *key,
                                       ProbityCompartment *ret_compartment,
                                       GError            **error);
void               probity_places_publish (ProbityPlaces *self);
void               probity_places_take_back (ProbityPlaces *self);
ProbityPlaces     *probity_casebook_peek_places (ProbityCasebook *self);

/* Sealed compartments' files. */

/* The bytes of the database of one in which nothing was kept yet, and of one that waits to be used. */
#define PROBITY_SEALED_BYTES (3 * 1024 * 1024)

void probity_write_settle_made (ProbityWrite *self,
                                gboolean      committed);
void probity_casebook_touch_places (const char *folder);

/* Schema: of a compartment, or PROBITY_COMPARTMENT_SEALED for that of a sealed one that holds a second job. */
ProbityCompartment probity_db_get_schema (ProbityDb *self);
guint              probity_migrations_get_version (ProbityCompartment schema);
gboolean           probity_migrations_run (ProbityDb *db,
                                           GError   **error);
gboolean           probity_migrations_run_to (ProbityDb *db,
                                              guint      version,
                                              GError   **error);

/* Changes. */
ProbityChanges *probity_changes_new (void);
ProbityChanges *probity_changes_ref (ProbityChanges *self);
void            probity_changes_unref (ProbityChanges *self);
void            probity_changes_add (ProbityChanges    *self,
                                     ProbityCompartment compartment,
                                     const char        *kind,
                                     gint64             id,
                                     const char        *uid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityChanges, probity_changes_unref)

/* One read or command on its way to a thread and back to the main thread. */
typedef enum
{
  PROBITY_JOB_OPEN,
  PROBITY_JOB_READ,
  PROBITY_JOB_WRITE,
  PROBITY_JOB_OUTBOX,
  PROBITY_JOB_CHANGES, /* brings another program's changes to the main thread */
  PROBITY_JOB_FAILURE, /* brings a failure that closes the casebook to the main thread */
  PROBITY_JOB_QUIT,
} ProbityJobKind;

typedef struct
{
  ProbityJobKind   kind;
  ProbityCasebook *casebook; /* held until the job is done; NULL when nobody waits for it */
  ProbityReadFunc  read;
  ProbityWriteFunc write;
  gpointer         data;
  GDestroyNotify   data_destroy;
  GCancellable    *cancellable;
  DexPromise      *promise;
  GValue           result;
  GError          *error;
  ProbityChanges  *changes;
} ProbityJob;

ProbityJob *probity_job_new (ProbityJobKind   kind,
                             ProbityCasebook *casebook);
void        probity_job_free (ProbityJob *job);
guint       probity_job_count_open (void);
/* Hands the job to the main thread, which answers who waits and frees it. Any thread. */
void probity_job_complete (ProbityJob *job,
                           gboolean    ok);

/* The casebook as its threads see it; nothing of this changes while they run. */
GMainContext *probity_casebook_peek_context (ProbityCasebook *self);
void          probity_casebook_set_no_key (GError           **error,
                                           ProbityCompartment compartment);
void          probity_casebook_job_completed (ProbityCasebook *self,
                                              ProbityJob      *job);

/*
 * What threads tell each other. After the first failure nothing is written and nothing is shown;
 * the main thread closes the casebook. Any thread.
 */
void     probity_casebook_report (ProbityCasebook *self,
                                  const GError    *error);
gboolean probity_casebook_check_failure (ProbityCasebook *self,
                                         GError         **error);

/* Which audit entries this program wrote itself, so that the watcher need not tell of them. */
typedef struct _ProbityFeed ProbityFeed;
ProbityFeed                *probity_feed_new (void);
void                        probity_feed_free (ProbityFeed *self);
void                        probity_feed_set_seen (ProbityFeed       *self,
                                                   ProbityCompartment compartment,
                                                   gint64             seq);
gint64                      probity_feed_get_seen (ProbityFeed       *self,
                                                   ProbityCompartment compartment);
void                        probity_feed_add_own (ProbityFeed       *self,
                                                  ProbityCompartment compartment,
                                                  gint64             first,
                                                  gint64             last);
void                        probity_feed_remove_own (ProbityFeed       *self,
                                                     ProbityCompartment compartment,
                                                     gint64             first);
gboolean                    probity_feed_is_own (ProbityFeed       *self,
                                                 ProbityCompartment compartment,
                                                 gint64             seq);
ProbityFeed                *probity_casebook_peek_feed (ProbityCasebook *self);
gboolean                    probity_feed_read_last (ProbityDb *db,
                                                    gint64    *ret_seq,
                                                    GError   **error);

/* Threads. All are borrowed from by nobody but the casebook, which outlives them. */
typedef struct _ProbityWriter  ProbityWriter;
typedef struct _ProbityReaders ProbityReaders;
typedef struct _ProbityWatcher ProbityWatcher;

/* After how many pages in a log it is written back; tests lower it. */
extern guint probity_writer_checkpoint_pages;
/* Not more often the ends of the logs are written into the journal while commands come; tests raise it. */
extern gint64 probity_writer_head_interval_us;

ProbityWriter *probity_writer_new (ProbityCasebook *casebook);
void           probity_writer_push (ProbityWriter *self,
                                    ProbityJob    *job);
void           probity_writer_free (ProbityWriter *self,
                                    gboolean       wait);

ProbityReaders *probity_readers_new (ProbityCasebook *casebook);
void            probity_readers_push (ProbityReaders *self,
                                      ProbityJob     *job);
void            probity_readers_push_behind (ProbityReaders *self,
                                             ProbityJob     *job);
void            probity_readers_stop (ProbityReaders *self);
void            probity_readers_join (ProbityReaders *self);
void            probity_readers_free (ProbityReaders *self);

ProbityWatcher *probity_watcher_new (ProbityCasebook *casebook);
void            probity_watcher_stop (ProbityWatcher *self);
void            probity_watcher_join (ProbityWatcher *self);
void            probity_watcher_free (ProbityWatcher *self);

/* Joined by the writer before it writes the log back for the last time. */
void probity_casebook_join_readers (ProbityCasebook *self);

/* What is done outside the databases while a command is committed. */
typedef struct
{
  ProbityWriteHookFunc func;
  gpointer             data;
  GDestroyNotify       data_destroy;
} ProbityWriteHook;

/* A command while it runs: what the writer begins, commits and takes back. */
struct _ProbityWrite
{
  ProbityCasebook   *casebook;
  ProbityDb        **dbs; /* the writer's, by compartment */
  ProbityLock       *lock;
  char              *now;
  ProbityChanges    *changes;
  gboolean           begun[PROBITY_N_HANDLES];
  gint64             seq_before[PROBITY_N_HANDLES];
  ProbityCompartment entered; /* JOURNAL: none */
  ProbityCompartment entered_home;
  ProbityCompartment made;   /* by this command; JOURNAL: none */
  GArray            *outbox; /* of ProbityOutboxRow, added by this command */
  ProbityCompartment early;  /* committed before other open compartments; JOURNAL: none */
  ProbityWriteHook   hooks[PROBITY_N_WRITE_MOMENTS];
};

void     probity_write_init (ProbityWrite    *self,
                             ProbityCasebook *casebook,
                             ProbityDb      **dbs,
                             ProbityLock     *lock);
gboolean probity_write_commit (ProbityWrite *self,
                               GError      **error);
void     probity_write_rollback (ProbityWrite *self);
void     probity_write_clear (ProbityWrite *self);
gboolean probity_write_has_begun (ProbityWrite *self);

/* What stands between two compartments. */
typedef struct
{
  ProbityCompartment compartment;
  char              *uid;
} ProbityOutboxRow;

gboolean probity_outbox_remove (ProbityCasebook *casebook,
                                ProbityDb      **dbs,
                                ProbityLock     *lock,
                                GArray          *rows,
                                GError         **error);
gboolean probity_outbox_finish (ProbityCasebook *casebook,
                                ProbityDb      **dbs,
                                ProbityLock     *lock,
                                ProbityChanges  *changes,
                                gint64          *ret_n_finished,
                                GError         **error);

/* Functions that others gave the casebook; called on its threads. Cleared when none of them runs. */
typedef struct _ProbityHooks ProbityHooks;

ProbityHooks *probity_hooks_new (void);
void          probity_hooks_clear (ProbityHooks *self);
void          probity_hooks_free (ProbityHooks *self);
ProbityHooks *probity_casebook_peek_hooks (ProbityCasebook *self);
gboolean      probity_casebook_call_head_func (ProbityCasebook *self,
                                               ProbityWrite    *write,
                                               GError         **error);
gboolean      probity_casebook_has_head_func (ProbityCasebook *self);
/* Before each job, on its thread. @seen: the version of the registers when that thread last looked; -1 at first. */
gboolean probity_casebook_has_registers_func (ProbityCasebook *self);
gboolean probity_casebook_look_at_registers (ProbityCasebook *self,
                                             ProbityDb       *registers,
                                             gint64          *seen,
                                             GError         **error);
gboolean probity_casebook_find_outbox_handler (ProbityCasebook *self,
                                               const char      *command);
gboolean probity_casebook_call_outbox_handler (ProbityCasebook   *self,
                                               ProbityWrite      *write,
                                               ProbityCompartment source,
                                               const char        *command,
                                               const char        *payload,
                                               GError           **error);

G_END_DECLS
