/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "probity-db.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_CASEBOOK (probity_casebook_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCasebook, probity_casebook, PROBITY, CASEBOOK, GObject)

/*
 * A casebook's databases while they are open. The main thread never touches one.
 *
 *   one writer thread   owns one writing connection per compartment, takes the casebook's write
 *                       lock (across processes) for each command, commits, checkpoints
 *   two reader threads  own one read-only connection per compartment each
 *
 * One writer for the casebook, not one per compartment: the lock across processes serialises
 * writers anyway, and a command that touches two compartments stays one straight function.
 */

/** Length in bytes of a compartment's raw key. */
#define PROBITY_KEY_BYTES 32

/** A raw key in memory that is locked, kept out of core dumps and wiped on free. */
typedef struct _ProbityKey ProbityKey;
ProbityKey                *probity_key_new_random (void);
ProbityKey                *probity_key_new_copy (const guint8 bytes[PROBITY_KEY_BYTES]);
ProbityKey                *probity_key_ref (ProbityKey *self);
void                       probity_key_unref (ProbityKey *self);
const guint8              *probity_key_peek (ProbityKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityKey, probity_key_unref)

void probity_casebook_prepare_library (void);

/**
 * Says whether this process may open casebooks at all: SQLCipher is the only SQLite in it, is
 * really there, and keeps temporary tables in memory. Any thread; cheap after the first call.
 */
gboolean probity_casebook_check_library (GError **error);

/** Says whether @folder (which exists) lies on a file system where WAL is safe. */
gboolean probity_casebook_check_file_system (const char *folder,
                                             GError    **error);

/**
 * Makes the databases of a new casebook below @folder (which exists, is empty of compartments),
 * brings them to the current schema and closes them. Blocking; not on the main thread of a window.
 */
gboolean probity_casebook_create_databases (const char *folder,
                                            ProbityKey *keys[PROBITY_N_COMPARTMENTS],
                                            GError    **error);

/**
 * Opens the compartments for which @keys has a key. Migrates what is older, refuses what is newer.
 *
 * Returns: (transfer full): a future that resolves to a #ProbityCasebook.
 */
DexFuture *probity_casebook_open (const char   *folder,
                                  ProbityKey   *keys[PROBITY_N_COMPARTMENTS],
                                  ProbityClock *clock);

/** The key of a sealed compartment and where it is to be found. */
typedef struct
{
  const char        *name;
  ProbityCompartment home;
  ProbityKey        *key;
} ProbitySealedKey;

/** As probity_casebook_open() with @n_sealed sealed compartments, at most PROBITY_MAX_SEALED. */
DexFuture *probity_casebook_open_with_sealed (const char             *folder,
                                              ProbityKey             *keys[PROBITY_N_COMPARTMENTS],
                                              const ProbitySealedKey *sealed,
                                              guint                   n_sealed,
                                              ProbityClock           *clock);

/** Beside the database of a sealed compartment: its key, sealed to who holds it. */
#define PROBITY_SEALED_KEYS_FILE "keys"
gboolean probity_casebook_make_place (const char *folder,
                                      GBytes     *keys,
                                      GError    **error);
void     probity_casebook_clear_making (const char *folder);
GStrv    probity_casebook_list_places (const char *folder,
                                       GError    **error);
/** Whether no program has the database of the place @name open. Blocking. */
gboolean probity_casebook_place_is_idle (const char *folder,
                                         const char *name);
/**
 * Removes from the place @name, which nobody uses, what a program that was interrupted there left. In a command:
 * under the write lock.
 */
gboolean probity_casebook_clean_place (const char *folder,
                                       const char *name,
                                       GError    **error);

/** Finishes what runs, checkpoints, closes and wipes; resolves to %TRUE. Later calls fail with CLOSED. */
DexFuture *probity_casebook_close (ProbityCasebook *self);

/** Whether a read or a write is on its way, or its answer. Main thread. */
gboolean    probity_casebook_is_asked (ProbityCasebook *self);
const char *probity_casebook_get_folder (ProbityCasebook *self);
gboolean    probity_casebook_has (ProbityCasebook *self, ProbityCompartment compartment);
/** The key of an open compartment; %NULL where it is not held. For what lies beside the databases. Any thread. */
ProbityKey *probity_casebook_peek_key (ProbityCasebook   *self,
                                       ProbityCompartment compartment);
/** How many sealed compartments are open: from PROBITY_COMPARTMENT_SEALED on. Any thread; grows, never shrinks. */
guint probity_casebook_get_n_sealed (ProbityCasebook *self);
/** The compartment itself, or the one that a case sealed in @compartment would stand in. Any thread. */
ProbityCompartment probity_casebook_get_home (ProbityCasebook   *self,
                                              ProbityCompartment compartment);
/**
 * Where records that stand in @home can be found: JOURNAL for there, then each sealed compartment of that
 * home, each to be entered with probity_read_enter(). Returns how many. Any thread.
 */
guint probity_casebook_list_homes (ProbityCasebook   *self,
                                   ProbityCompartment home,
                                   ProbityCompartment compartments[PROBITY_MAX_SEALED + 1]);
/**
 * A case is still on its way into the sealed @compartment, and stands where it came from until that is
 * finished: it is no home of anything in this session. Before anybody lists homes.
 */
void     probity_casebook_set_pending (ProbityCasebook   *self,
                                       ProbityCompartment compartment);
gboolean probity_casebook_is_pending (ProbityCasebook   *self,
                                      ProbityCompartment compartment);
/** Its folder's name, by which its log calls it too: `registers`, `sealed-0123456789abcdef`. Any thread. */
const char *probity_casebook_get_name (ProbityCasebook   *self,
                                       ProbityCompartment compartment);
/** The highest compartment that is open, sealed ones apart: where consultations are logged. */
ProbityCompartment probity_casebook_get_highest (ProbityCasebook *self);
ProbityClock      *probity_casebook_get_clock (ProbityCasebook *self);

/**
 * ProbityReadFunc:
 *
 * Runs on a reader thread, in one read transaction per compartment (opened at first use), sets
 * @result (uninitialised; g_value_init() it) or returns %FALSE with @error.
 */
typedef gboolean (*ProbityReadFunc) (ProbityRead *read,
                                     gpointer     data,
                                     GValue      *result,
                                     GError     **error);

/**
 * Queues @func on the readers. @cancellable interrupts a running query within milliseconds.
 *
 * Returns: (transfer full): resolves to what @func put in its result. Await it with
 * dex_await_boxed(), dex_await_object(), dex_await_int64() …
 */
DexFuture *probity_casebook_read (ProbityCasebook *self,
                                  ProbityReadFunc  func,
                                  gpointer         data,
                                  GDestroyNotify   data_destroy,
                                  GCancellable    *cancellable);

/**
 * As probity_casebook_read(), for what nobody waits for: it begins when no other query runs or waits, and a thread
 * stays free for those that come.
 */
DexFuture *probity_casebook_read_behind (ProbityCasebook *self,
                                         ProbityReadFunc  func,
                                         gpointer         data,
                                         GDestroyNotify   data_destroy,
                                         GCancellable    *cancellable);

/** The reader's connection to @compartment; %NULL and PROBITY_ACCESS_ERROR_NO_KEY where no key is held. */
ProbityDb *probity_read_get_db (ProbityRead       *self,
                                ProbityCompartment compartment,
                                GError           **error);

/**
 * From here on, in this query, what is asked of `standards` and `intelligence` is asked of @compartment, a
 * sealed one, and where that holds a second job what is asked of `registers` too
 * (probity_compartment_resolve()); with PROBITY_COMPARTMENT_JOURNAL of them themselves again.
 */
void               probity_read_enter (ProbityRead       *self,
                                       ProbityCompartment compartment);
ProbityCompartment probity_read_get_entered (ProbityRead *self);
/**
 * Before anything else of a query: it sees all open compartments, and @compartment, which may be a sealed one, as they were at
 * one moment, for what holds the rows of one against those of another. While others write without a pause, as near to that as it gets.
 */
gboolean probity_read_take_moment (ProbityRead       *self,
                                   ProbityCompartment compartment,
                                   GError           **error);
/** The one that was given with the query (nullable), for what works long beside the database: that is not interrupted by itself. */
GCancellable *probity_read_peek_cancellable (ProbityRead *self);
/** As probity_read_get_db(), the compartment itself whatever was entered: staff, complaints and reports stand in no sealed one. */
ProbityDb *probity_read_get_open_db (ProbityRead       *self,
                                     ProbityCompartment compartment,
                                     GError           **error);

/**
 * ProbityWriteFunc:
 *
 * A command: runs on the writer thread under the casebook's write lock. Each compartment's
 * `BEGIN IMMEDIATE` comes at the first probity_write_get_db(); all are committed after @func
 * returned %TRUE, highest compartment first, or rolled back together.
 */
typedef gboolean (*ProbityWriteFunc) (ProbityWrite *write,
                                      gpointer      data,
                                      GValue       *result,
                                      GError      **error);

DexFuture *probity_casebook_write (ProbityCasebook *self,
                                   ProbityWriteFunc func,
                                   gpointer         data,
                                   GDestroyNotify   data_destroy);

ProbityDb *probity_write_get_db (ProbityWrite      *self,
                                 ProbityCompartment compartment,
                                 GError           **error);
/** As probity_read_enter() and probity_read_get_open_db(), for commands. */
void               probity_write_enter (ProbityWrite      *self,
                                        ProbityCompartment compartment);
ProbityCompartment probity_write_get_entered (ProbityWrite *self);
ProbityDb         *probity_write_get_open_db (ProbityWrite      *self,
                                              ProbityCompartment compartment,
                                              GError           **error);
/**
 * Makes the database of the sealed compartment @name, whose folder exists, in the place of what stands
 * there, and opens it for this command and those to come, unless the command fails.
 */
gboolean probity_write_make_sealed (ProbityWrite       *self,
                                    const char         *name,
                                    ProbityCompartment  home,
                                    ProbityKey         *key,
                                    const char         *casebook_uid,
                                    ProbityCompartment *ret_compartment,
                                    GError            **error);
/**
 * Of the compartments that are not sealed, @compartment is committed first: with it stands or falls what the
 * command says to those who hold no sealed one.
 */
void probity_write_commit_early (ProbityWrite      *self,
                                 ProbityCompartment compartment);

/** When something outside the databases is done: between the highest compartment's commit and the others'; after them all. */
typedef enum
{
  PROBITY_WRITE_BETWEEN,
  PROBITY_WRITE_AFTER,
} ProbityWriteMoment;
#define PROBITY_N_WRITE_MOMENTS (PROBITY_WRITE_AFTER + 1)

typedef gboolean (*ProbityWriteHookFunc) (gpointer data,
                                          GError **error);
/**
 * Has @func called once at @moment, under the write lock. If it fails, what is not committed by then is taken
 * back, and the command's outbox rows stay for the next program.
 */
void probity_write_set_hook (ProbityWrite        *self,
                             ProbityWriteMoment   moment,
                             ProbityWriteHookFunc func,
                             gpointer             data,
                             GDestroyNotify       data_destroy);

ProbityCasebook *probity_write_get_casebook (ProbityWrite *self);
/** The instant of this command, ISO 8601 UTC with milliseconds; one and the same for all its rows. */
const char *probity_write_get_now (ProbityWrite *self);
/** A new UUIDv7 whose time is that of the command's clock. (transfer full) */
char *probity_write_new_uid (ProbityWrite *self);

/**
 * Says that a record of @kind (`second-job`, `person`, `complaint`, …) was made, changed or
 * removed. After the commit the main thread emits one #ProbityCasebook::changed with all of them,
 * and so does every other program on the casebook within a second (they read it from the audit
 * entries of the compartments they hold).
 */
void probity_write_note_change (ProbityWrite      *self,
                                ProbityCompartment compartment,
                                const char        *kind,
                                gint64             id,
                                const char        *uid);

/**
 * One changed record; id 0 when another program changed it and only the uid is known; uid %NULL when
 * any number of that kind may have changed.
 */
typedef struct
{
  ProbityCompartment compartment;
  const char        *kind;
  gint64             id;
  const char        *uid;
} ProbityChange;

/**
 * ProbityHeadFunc:
 *
 * A command of the casebook's own: records how far the logs go. Runs on the writer thread.
 */
typedef gboolean (*ProbityHeadFunc) (ProbityWrite *write,
                                     gpointer      data,
                                     GError      **error);

/**
 * Says what is written after commits: at most once a second, and at close, since others may have
 * committed too. Main thread; @data_destroy is called there when the casebook has closed.
 */
void probity_casebook_set_head_func (ProbityCasebook *self,
                                     ProbityHeadFunc  func,
                                     gpointer         data,
                                     GDestroyNotify   data_destroy);

/**
 * ProbityRegistersFunc:
 *
 * Looks at the registers as a query or command is about to see them. On its thread; must not write.
 */
typedef gboolean (*ProbityRegistersFunc) (ProbityDb *registers,
                                          gpointer   data,
                                          GError   **error);

/**
 * Says what is looked up in the registers before each query and command, if they may have changed
 * since its thread last looked: what decides who may see what must not lag behind. A query or command
 * for which it fails is not run. To be set before anything is asked; @data_destroy is called when the
 * casebook has closed. Main thread.
 */
void probity_casebook_set_registers_func (ProbityCasebook     *self,
                                          ProbityRegistersFunc func,
                                          gpointer             data,
                                          GDestroyNotify       data_destroy);

#define PROBITY_TYPE_CHANGES (probity_changes_get_type ())
typedef struct _ProbityChanges ProbityChanges; /* boxed, immutable, argument of ::changed */
GType                          probity_changes_get_type (void);
guint                          probity_changes_get_size (ProbityChanges *self);
const ProbityChange           *probity_changes_get (ProbityChanges *self, guint index);
gboolean                       probity_changes_touch (ProbityChanges *self, const char *kind);

/* Signals, on the main thread:
 *   changed (ProbityChanges *)   after each commit here or in another program
 *   failed (GError *)            the disk is full or a sync failed: the casebook closed itself
 */

G_END_DECLS
