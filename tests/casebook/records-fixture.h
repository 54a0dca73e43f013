/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-import.h"
#include "probity-intelligence.h"
#include "probity-list.h"
#include "probity-overview.h"
#include "probity-record.h"
#include "probity-second-job.h"
#include "probity-list-kind.h"
#include "session-fixture.h"

G_BEGIN_DECLS

/*
 * A casebook with one account a role, named as the role, and some people:
 *
 *   1000 the administrator         2001 Priya Nair, sergeant, manages 4127 and 4128 (account line-manager)
 *   2002 Rose Bell (head-of-hr)    2003 Omar Farouk (psd-officer)   2004 Ewan Reid (acu-officer)
 *   2005 Jane Oldroyd (decider)    2006 Hal Moss (hr-officer)
 *   4127 Aileen Marsh              4128 Tariq Ahmed                 4200 Colin Reid, brother of 2004, managed by 2001
 *   4300 Sian Price, managed by nobody of these
 */
typedef struct
{
  SessionFixture *base;
  ProbitySession *admin;        /* of the base; administrator and decider */
  ProbitySession *line_manager; /* the rest signed in when first asked for */
  ProbitySession *hr_officer;
  ProbitySession *head_of_hr;
  ProbitySession *psd_officer;
  ProbitySession *acu_officer;
  ProbitySession *decider;
} RecordsFixture;

RecordsFixture *records_fixture_new (void);
void            records_fixture_free (RecordsFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecordsFixture, records_fixture_free)

/* The session of the account named as @role. */
ProbitySession *records_fixture_get (RecordsFixture *self,
                                     const char     *role);

/* Name, value pairs up to NULL. */
ProbityValues *values_new (const char *first,
                           ...) G_GNUC_NULL_TERMINATED;
/* Makes a record of @kind from name, value pairs. */
ProbityRecord *make (ProbitySession *session,
                     const char     *kind,
                     ...) G_GNUC_NULL_TERMINATED;
/* Gives @record, a complaint or report, its subjects: staff number, name, birth date triples up to three NULLs in a row. */
ProbityRecord *set_subject (ProbitySession *session,
                            ProbityRecord  *record,
                            const char     *staff_number,
                            const char     *name,
                            const char     *date_of_birth);
/* An application of @staff_number, entered by human resources. */
ProbityRecord *submit (RecordsFixture *self,
                       const char     *staff_number,
                       const char     *employer,
                       const char     *received);

ProbityListQuery *query_new (const char *list,
                             const char *search,
                             const char *filter,
                             const char *value);
/* The cells of @column of what the query lists, joined by `|`; checks that the count and the rows agree. */
char *list_column (ProbitySession   *session,
                   ProbityListQuery *query,
                   const char       *column);

/* Writes @text to a file of the fixture and imports it. */
ProbityImportReport *import_text (RecordsFixture *self,
                                  ProbitySession *session,
                                  const char     *what,
                                  const char     *text,
                                  gboolean        dry_run);
char                *write_text (RecordsFixture *self,
                                 const char     *name,
                                 const char     *text);

#define assert_record_error(error, error_code, error_field)                            \
  G_STMT_START                                                                         \
  {                                                                                    \
    g_assert_error ((error), PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_##error_code); \
    g_assert_cmpstr (probity_record_error_get_field (error), ==, (error_field));       \
  }                                                                                    \
  G_STMT_END

#define assert_report(report, n_read, n_added, n_changed, n_unchanged, n_rejected) \
  G_STMT_START                                                                     \
  {                                                                                \
    g_assert_cmpuint ((report)->read, ==, (n_read));                               \
    g_assert_cmpuint ((report)->added, ==, (n_added));                             \
    g_assert_cmpuint ((report)->changed, ==, (n_changed));                         \
    g_assert_cmpuint ((report)->unchanged, ==, (n_unchanged));                     \
    g_assert_cmpuint ((report)->rejected, ==, (n_rejected));                       \
  }                                                                                \
  G_STMT_END

G_END_DECLS
