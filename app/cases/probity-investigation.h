/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/*
 * What leak and conduct investigations share: opening, who investigates, whom the case is about, and
 * the rows of its parts. What is particular to each is declared in app/leaks and app/conduct. All
 * commands take the case's reference, log what they do, and answer a case that is not for the
 * reader as one that does not exist.
 */

/** A part of a case kept as rows: publications, allegations, severity assessments, … */
typedef struct
{
  const char              *name;          /* `publication`: console, audit log */
  const char              *plural;        /* `publications`: of lists */
  const ProbityCaseKind   *case_kind;     /* of which kind of case */
  const ProbityRecordKind *record_kind;   /* fields; the first is case_uid. A field `subject` is the uid of a subject */
  gboolean                 editable;      /* rows may be corrected; else they are only ever added */
  gboolean                 after_closing; /* may be added once the case is closed */
  /* The values of the fields, where more can be said than they are: a copy, or %NULL with @error. @old: of a change. NULL: as they are. */
  ProbityValues *(*read_values) (ProbityValues *values,
                                 ProbityRecord *old,
                                 GError       **error);
} ProbityCasePart;

/** The parts of @kind; NULL-terminated. */
const ProbityCasePart *const *probity_case_kind_get_parts (const ProbityCaseKind *kind);
/** %NULL if unknown. */
const ProbityCasePart *probity_case_part_find (const ProbityCaseKind *kind,
                                               const char            *name);

extern const ProbityCasePart *const probity_leak_parts[];    /* app/leaks */
extern const ProbityCasePart *const probity_conduct_parts[]; /* app/conduct */

/**
 * Opens a case of @kind (`leak`, `conduct`). @values: the fields of its record kind; marking, received
 * and owner have defaults. With `decided_to_investigate` and `investigate_reason` the decision to
 * investigate is recorded at once. @subjects: (nullable) (element-type ProbitySubject): whom it is about
 * from the first. Resolves to #ProbityRecord.
 */
DexFuture *probity_investigation_open (ProbitySession        *session,
                                       const ProbityCaseKind *kind,
                                       ProbityValues         *values,
                                       GPtrArray             *subjects);

/** Changes fields; @version as last seen. Resolves to #ProbityRecord. */
DexFuture *probity_investigation_update (ProbitySession *session,
                                         const char     *reference,
                                         gint64          version,
                                         ProbityValues  *values);

/** Records, once, the decision to investigate: what the statistics count. @day: ISO, %NULL today. Resolves to #ProbityRecord. */
DexFuture *probity_investigation_decide (ProbitySession *session,
                                         const char     *reference,
                                         const char     *day,
                                         const char     *reason);

/**
 * Gives the case to another owner (account name) or investigating officer (staff number); either may
 * be %NULL. Who ever was either makes no check of the case and does not close it.
 */
DexFuture *probity_investigation_assign (ProbitySession *session,
                                         const char     *reference,
                                         const char     *owner,
                                         const char     *investigating_officer,
                                         const char     *reason);

/** Somebody whom a case is or was about; all strings owned, NULL where unknown. */
typedef struct
{
  char *uid;
  char *staff_number, *name, *date_of_birth; /* after masking: only a name that names nobody */
  char *reason;                              /* why the case is about them */
  char *added, *added_by;                    /* instant, account name */
  char *eliminated, *eliminated_by;          /* instant, account name; NULL while they are a subject */
  char *elimination_reason;
  char *masked;       /* instant */
  char *disposal_due; /* ISO day */
} ProbityCaseSubject;
void probity_case_subject_free (ProbityCaseSubject *self);

DexFuture *probity_investigation_add_subject (ProbitySession *session,
                                              const char     *reference,
                                              const char     *staff_number,
                                              const char     *name,
                                              const char     *date_of_birth,
                                              const char     *reason);
/** @subject: staff number, name or uid. The person stays recorded, as eliminated, with the reason. */
DexFuture *probity_investigation_eliminate_subject (ProbitySession *session,
                                                    const char     *reference,
                                                    const char     *subject,
                                                    const char     *reason);
/** Resolves to a boxed GPtrArray of #ProbityCaseSubject in the order in which they were added. */
DexFuture *probity_investigation_load_subjects (ProbitySession *session,
                                                const char     *reference);

/** Adds a row; in a field `subject` a staff number or name will do for the uid. Resolves to #ProbityRecord. */
DexFuture *probity_investigation_add_row (ProbitySession        *session,
                                          const ProbityCasePart *part,
                                          const char            *reference,
                                          ProbityValues         *values);
/** Corrects one; STAGE for a part whose rows are only added. Resolves to #ProbityRecord. */
DexFuture *probity_investigation_change_row (ProbitySession        *session,
                                             const ProbityCasePart *part,
                                             const char            *reference,
                                             const char            *uid,
                                             gint64                 version,
                                             ProbityValues         *values);
/** Resolves to a boxed GPtrArray of #ProbityRecord, oldest first; the consultation of the case is logged. */
DexFuture *probity_investigation_load_rows (ProbitySession        *session,
                                            const ProbityCasePart *part,
                                            const char            *reference);
/** As probity_investigation_load_rows() of the case with @uid, logged once a @visit. */
DexFuture *probity_investigation_load_rows_in_visit (ProbitySession        *session,
                                                     const ProbityCasePart *part,
                                                     const char            *uid,
                                                     ProbityVisit          *visit);

/* For the rooms of app/. */

/** `search_text`, `changed` and, of a new case, what it begins with; the prepare function of both kinds. */
gboolean probity_investigation_prepare (ProbityRecordChange *change,
                                        GError             **error);
/** may_enter of both kinds: any stage but the closing one; `investigation` only after the decision to investigate. */
gboolean probity_investigation_may_enter (const ProbitySource *source,
                                          const ProbityCase   *self,
                                          const char          *stage,
                                          GError             **error);
/** Reads the rows of a part, oldest first. (element-type ProbityRecord) (transfer full) */
GPtrArray *probity_case_part_read (ProbityDb             *db,
                                   const ProbityCasePart *part,
                                   const char            *case_uid,
                                   GError               **error);
/** Masks the eliminated of a case that is being closed; they are due for disposal early. */
gboolean probity_investigation_mask (ProbityWrite   *write,
                                     ProbitySession *session,
                                     ProbityRecord  *record,
                                     GError        **error);

/** The fields and derived columns that both kinds begin with. */
#define PROBITY_INVESTIGATION_FIELDS                                                                         \
  { "reference", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_KEY | PROBITY_FIELD_FIXED, 64 }, \
      { "title", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },                                               \
      { "marking", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=official,official-sensitive" },        \
      { "summary", PROBITY_FIELD_LONG_TEXT },                                                                \
      { "owner", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },                                               \
      { "investigating_officer", PROBITY_FIELD_STAFF, 0, 64 },                                               \
      { "received", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_FIXED },                       \
      { "decided_to_investigate", PROBITY_FIELD_DAY },                                                       \
      { "investigate_reason", PROBITY_FIELD_LONG_TEXT, 0, 4000 }

#define PROBITY_INVESTIGATION_DERIVED             \
  { "stage", "r.stage" },                         \
      { "outcome", "r.outcome" },                 \
      { "closed", "r.closed" },                   \
      { "subjects", "r.subjects" },               \
      { "check_age_days", "r.check_age_days" },   \
      { "profile_name", "r.profile_name" },       \
      { "profile_version", "r.profile_version" }, \
      { "created", "r.created" },                 \
      { "created_by", "r.created_by" },           \
      { "changed", "r.changed" }

G_END_DECLS
