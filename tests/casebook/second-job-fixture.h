/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-check.h"
#include "probity-investigation.h"
#include "probity-second-job.h"
#include "session-fixture.h"

G_BEGIN_DECLS

/*
 * A force in small: one account a role, each signed in on the same casebook folder, and their staff.
 * 1001 Jonathan Applegate applies; 2001 manages him, 2009 manages 1002.
 */
typedef struct
{
  SessionFixture *casebook;
  ProbitySession *manager; /* staff 2001 */
  ProbitySession *other;   /* line manager, staff 2009 */
  ProbitySession *hr;      /* HR officer, 3001 */
  ProbitySession *head;    /* head of HR, 3002 */
  ProbitySession *psd;     /* PSD officer, 4001 */
  ProbitySession *acu;     /* ACU officer, 5001 */
  ProbitySession *decider; /* 6001 */
} Force;

Force *force_new (const char *profile);
/* In the new @casebook (taken). */
Force *force_new_with (SessionFixture *casebook);
/* One that was made in @base and kept. */
Force *force_open (const char *base);
void   force_free (Force *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Force, force_free)

/* Moves the clock of all. */
void force_set_now (Force *self, const char *instant);

/* Makes a person as head of HR; NULL for what is not known. */
void force_add_person (Force      *self,
                       const char *staff_number,
                       const char *forenames,
                       const char *surname,
                       const char *born,
                       const char *manager);
void force_relate (Force *self, const char *one, const char *other);

/* Each gives the uid. (transfer full) */
char *force_add_complaint (Force      *self,
                           const char *reference,
                           const char *allegation,
                           const char *staff_number,
                           const char *name,
                           const char *born);
char *force_add_report (Force      *self,
                        const char *reference,
                        const char *text,
                        const char *sanitised,
                        const char *staff_number,
                        const char *name);

/* Submits a second job of @staff_number as @session and gives its reference. (transfer full) */
char *force_submit (Force *self, ProbitySession *session, const char *staff_number, const char *employer);
/* Runs, assesses every hit as @verdict (NULL: there are none to assess) and publishes. */
void force_check (ProbitySession *session, const char *reference, ProbityCheckKind kind, const char *verdict);
/* Both comments and both checks. */
void force_prepare (Force *self, const char *reference);

/* Opens an investigation of @kind about @staff_number (NULL: nobody yet) as @session; gives its reference. (transfer full) */
char *force_investigate (ProbitySession *session, const ProbityCaseKind *kind, const char *title, const char *staff_number);
/* Adds a row of @part from name, value pairs. */
void force_add_part (ProbitySession *session, const ProbityCaseKind *kind, const char *reference, const char *part, ...) G_GNUC_NULL_TERMINATED;

DexFuture     *force_decide (ProbitySession *session, const char *reference, const char *action);
ProbityRecord *force_load (ProbitySession *session, const char *reference);

/* The codes of a refusal, in order, separated by blanks. (transfer full) */
char *dup_codes (DexFuture *future);
/* The codes that @session is told are missing. (transfer full) */
char *dup_missing (ProbitySession *session, const char *reference);
/** Those of them of which the reader is not shown whether they are there. */
char *dup_unseen (ProbitySession *session, const char *reference);

#define assert_refused(future, codes)             \
  G_STMT_START                                    \
  {                                               \
    g_autofree char *_codes = dup_codes (future); \
    g_assert_cmpstr (_codes, ==, codes);          \
  }                                               \
  G_STMT_END
#define assert_missing(session, reference, codes)               \
  G_STMT_START                                                  \
  {                                                             \
    g_autofree char *_codes = dup_missing (session, reference); \
    g_assert_cmpstr (_codes, ==, codes);                        \
  }                                                             \
  G_STMT_END
#define assert_unseen(session, reference, codes)               \
  G_STMT_START                                                 \
  {                                                            \
    g_autofree char *_codes = dup_unseen (session, reference); \
    g_assert_cmpstr (_codes, ==, codes);                       \
  }                                                            \
  G_STMT_END
#define assert_field(session, reference, field, value)                   \
  G_STMT_START                                                           \
  {                                                                      \
    g_autoptr (ProbityRecord) _record = force_load (session, reference); \
    g_assert_cmpstr (probity_record_get (_record, field), ==, value);    \
  }                                                                      \
  G_STMT_END
#define assert_not_found(future)                                                   \
  G_STMT_START                                                                     \
  {                                                                                \
    g_autoptr (GError) _error = wait_for_error (future);                           \
    g_assert_error (_error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND); \
  }                                                                                \
  G_STMT_END
#define assert_record_error(future, error_code)                                       \
  G_STMT_START                                                                        \
  {                                                                                   \
    g_autoptr (GError) _error = wait_for_error (future);                              \
    g_assert_error (_error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_##error_code); \
  }                                                                                   \
  G_STMT_END

/* What of the day of @session is about @reference, e.g. `waiting comment|overdue review-due`. (transfer full) */
char *force_dup_day (ProbitySession *session,
                     const char     *reference);
/* Whether @what of @reference stands in it. */
gboolean force_has_day_item (ProbitySession *session,
                             const char     *what,
                             const char     *reference);

#define assert_day(session, reference, expected)                    \
  G_STMT_START                                                      \
  {                                                                 \
    g_autofree char *day_ = force_dup_day ((session), (reference)); \
    g_assert_cmpstr (day_, ==, (expected));                         \
  }                                                                 \
  G_STMT_END

/* The words of a PDF, single spaces between them. */
char *force_read_pages (GBytes *pages);

G_END_DECLS
