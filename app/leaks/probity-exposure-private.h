/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-access-log.h"
#include "probity-exposure-builder.h"
#include "probity-exposure.h"
#include "probity-packed.h"
#include "probity-signed-row.h"
#include "probity-step.h"

G_BEGIN_DECLS

/* What the exposure list's files share. Functions with a ProbityDb run on its thread. */

#define PROBITY_EXPOSURE_WORDS_PAGE 4096

/** As the audit log and the change feed call it; the record is the case's uid. */
#define PROBITY_EXPOSURE_KIND "exposure"

/** A step as it is reckoned with. */
typedef struct
{
  ProbityExposureStep *step;
  gint64               id;
  gint64               from_ms;
  gint64               until_ms;
  GHashTable          *people; /* (nullable): set of gint64, ids of exposure_person */
} ProbityExposureRule;

/** Somebody as they are reckoned with. */
typedef struct
{
  ProbityExposurePerson *person;
  gboolean               hidden;  /* not for this reader */
  gboolean               added;   /* by hand */
  gboolean               counted; /* stands in a log that takes part, as far as logs were read, or was added by hand */
  guint                  level;   /* how many rules some row of theirs passes; in the end how many they pass */
  gint64                 rows;
  gint64                 first_ms;
  gint64                 last_ms;
} ProbityExposureMember;

/** What a list is reckoned from and to. */
typedef struct
{
  ProbityDb    *db;
  char         *case_uid;
  GCancellable *cancellable;
  GPtrArray    *rules;    /* ProbityExposureRule */
  GArray       *members;  /* ProbityExposureMember, by the id of their person */
  char         *disposal; /* nullable */
} ProbityExposureReckoning;

/** @session is %NULL for everybody, whoever asks; else who is locked from the reader is hidden. */
ProbityExposureReckoning *probity_exposure_reckoning_new (ProbityDb      *db,
                                                          ProbitySession *session,
                                                          const char     *case_uid,
                                                          GCancellable   *cancellable,
                                                          GError        **error);
void                      probity_exposure_reckoning_free (ProbityExposureReckoning *self);
/** Finds for everybody how many rules they pass. */
gboolean probity_exposure_reckoning_run (ProbityExposureReckoning *self,
                                         GError                  **error);
/** After it has run; takes what it has. (transfer full) */
ProbityExposureList *probity_exposure_reckoning_take_list (ProbityExposureReckoning *self,
                                                           GError                  **error);
/** Reads how the logs that take part write everybody, and who stands in them; a run does so by itself. */
gboolean probity_exposure_reckoning_read_accounts (ProbityExposureReckoning *self,
                                                   GError                  **error);
/** Finds who stands in a log that takes part; a run, and reading accounts, do so by themselves. */
gboolean               probity_exposure_reckoning_read_counted (ProbityExposureReckoning *self,
                                                                GError                  **error);
void                   probity_exposure_member_add_account (ProbityExposureMember *self,
                                                            const char            *account);
gboolean               probity_exposure_reckoning_find_index (ProbityExposureReckoning *self,
                                                              gint64                    id,
                                                              guint                    *ret_index);
ProbityExposureMember *probity_exposure_reckoning_find (ProbityExposureReckoning *self,
                                                        gint64                    id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureReckoning, probity_exposure_reckoning_free)

/** Adds the ids of who is eliminated in the case now, whom the reader may know of. Refuses if there is nobody. */
gboolean probity_exposure_read_eliminated (ProbityExposureReckoning *self,
                                           GArray                   *ids,
                                           GError                  **error);

/** One log on its way through the rules. */
typedef struct _ProbityExposureScan ProbityExposureScan;
ProbityExposureScan                *probity_exposure_scan_new (ProbityExposureReckoning *reckoning,
                                                               gint64                    import_id,
                                                               gint64                    clock_error_ms,
                                                               guint                     fields,
                                                               GError                  **error);
void                                probity_exposure_scan_free (ProbityExposureScan *self);
/** Raises the level of everybody who stands in the log to how many rules their rows pass. */
gboolean probity_exposure_scan_run (ProbityExposureScan *self,
                                    GError             **error);
/**
 * Adds rows of @member (its index; PROBITY_EXPOSURE_EVERYBODY: who is not hidden) to @rows, as far as they pass all rules unless
 * @all; stops at @limit rows.
 */
gboolean probity_exposure_scan_collect (ProbityExposureScan *self,
                                        guint                member,
                                        gboolean             all,
                                        const char          *system,
                                        const char          *file_name,
                                        guint                limit,
                                        GPtrArray           *rows,
                                        GError             **error);
#define PROBITY_EXPOSURE_EVERYBODY G_MAXUINT
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureScan, probity_exposure_scan_free)

/** Each word of a field of a log with its number, the first is 1; stops when @func says %FALSE. */
typedef gboolean (*ProbityExposureWordFunc) (guint       code,
                                             const char *word,
                                             gpointer    data);
gboolean probity_exposure_each_word (ProbityDb              *db,
                                     gint64                  import_id,
                                     guint                   field,
                                     ProbityExposureWordFunc func,
                                     gpointer                data,
                                     GError                **error);

/** Compares words with what a step names: without case; `*` stands for any letters, `?` for one. */
typedef struct _ProbityExposureMatcher ProbityExposureMatcher;
ProbityExposureMatcher                *probity_exposure_matcher_new (const char *const *words);
void                                   probity_exposure_matcher_free (ProbityExposureMatcher *self);
gboolean                               probity_exposure_matcher_match (ProbityExposureMatcher *self,
                                                                       const char             *word);
/** The first of what is named that nothing was found for; %NULL if all was. */
const char *probity_exposure_matcher_get_unfound (ProbityExposureMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureMatcher, probity_exposure_matcher_free)

/** The field of a log that a step of @kind is about; PROBITY_LOG_N_FIELDS for one that is about none. */
guint    probity_exposure_step_kind_get_field (ProbityExposureStepKind kind);
gboolean probity_exposure_step_kind_from_string (const char              *text,
                                                 ProbityExposureStepKind *ret_kind);

/** The frame of a command or read on the list of @reference. */
ProbityStep *probity_exposure_step_new (ProbitySession *session,
                                        const char     *reference,
                                        const char     *action);
/** Finds the case of @step for this reader, into its uid, on whichever thread; @ret_db is of its compartment. */
gboolean probity_exposure_find_case (ProbityStep  *step,
                                     ProbityWrite *write,
                                     ProbityRead  *read,
                                     ProbityDb   **ret_db,
                                     GError      **error);
/** Logs what was done to the list of the case of @step. */
gboolean probity_exposure_log_entry (ProbityStep  *step,
                                     ProbityWrite *write,
                                     ProbityVerb   verb,
                                     const char   *field,
                                     const char   *old_value,
                                     const char   *new_value,
                                     GError      **error);

/** Reckons the list of the case of @step, without logging; for what has logged already. Resolves to #ProbityExposureList. */
DexFuture *probity_exposure_load_after (ProbitySession *session,
                                        const char     *reference);
/** Runs @func on the writer with what @step says, then reckons the list. Resolves to #ProbityExposureList. From a fiber. */
DexFuture *probity_exposure_list_after (ProbityStep     *step,
                                        ProbityWriteFunc func);
/** Refuses with PROBITY_RECORD_ERROR_STAGE the list of a case that is closed. */
gboolean probity_exposure_require_open (ProbityDb  *db,
                                        const char *case_uid,
                                        GError    **error);

/** Puts the name of an account in the place of its uid. */
void probity_exposure_name_account (ProbityKeyring *keyring,
                                    char          **account);

/** Signed by who sets a log aside or takes it in again. */
extern const ProbitySignedTable probity_signed_exposure_set_aside;

/** Into each of @logs (ProbityExposureLog) whether and why it was set aside. */
gboolean probity_exposure_read_changes (ProbityDb  *db,
                                        const char *case_uid,
                                        GPtrArray  *logs,
                                        GError    **error);
/** Whether @log took part when the step with this @number was recorded, and does so no more. */
gboolean probity_exposure_log_was_in (const ProbityExposureLog *log,
                                      gint64                    number);
void     probity_exposure_change_free (ProbityExposureChange *self);

/** Reads one log, or all of a case (@import_id 0). (transfer full) (element-type ProbityExposureLog) */
GPtrArray *probity_exposure_read_logs (ProbityDb  *db,
                                       const char *case_uid,
                                       gint64      import_id,
                                       GError    **error);

void probity_exposure_step_free (ProbityExposureStep *self);
void probity_exposure_person_free (ProbityExposurePerson *self);
void probity_exposure_row_free (ProbityExposureRow *self);

/** Whom a staff number, an account or a name means on the staff list, for how the accounts of one log are written. */
typedef struct _ProbityExposureStaff ProbityExposureStaff;
ProbityExposureStaff                *probity_exposure_staff_new (ProbityDb           *registers,
                                                                 const ProbityLogWho *who,
                                                                 GError             **error);
void                                 probity_exposure_staff_free (ProbityExposureStaff *self);
/** The person of the case for @account, made if there is none yet; 0 with an error. Writer thread. */
gint64 probity_exposure_staff_take_person (ProbityExposureStaff *self,
                                           ProbityWrite         *write,
                                           ProbityDb            *db,
                                           const char           *case_uid,
                                           const char           *account,
                                           GError              **error);
/** The person of the case for somebody who is on no staff list, by name; 0 with an error. Writer thread. */
gint64 probity_exposure_staff_take_name (ProbityExposureStaff *self,
                                         ProbityWrite         *write,
                                         ProbityDb            *db,
                                         const char           *case_uid,
                                         const char           *name,
                                         GError              **error);
/** The staff number that @account means; %NULL if none or more than one. */
const char *probity_exposure_staff_find (ProbityExposureStaff *self,
                                         const char           *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExposureStaff, probity_exposure_staff_free)

struct _ProbityExposureProgress
{
  gatomicrefcount ref_count;
  guint64         rows;  /* atomic */
  guint64         bytes; /* atomic */
  guint64         size;  /* atomic */
};

G_END_DECLS
