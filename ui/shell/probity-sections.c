/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sections.h"

#include <glib/gi18n.h>

#include "probity-accounts-page.h"
#include "probity-annual-review-page.h"
#include "probity-audit-page.h"
#include "probity-chart-page.h"
#include "probity-complaint-dialog.h"
#include "probity-complaint-page.h"
#include "probity-everything-page.h"
#include "probity-exposure-page.h"
#include "probity-intelligence-dialog.h"
#include "probity-intelligence-page.h"
#include "probity-investigation-form.h"
#include "probity-investigation-page.h"
#include "probity-my-day-page.h"
#include "probity-person-dialog.h"
#include "probity-person-page.h"
#include "probity-screen-page.h"
#include "probity-seal.h"
#include "probity-second-job-form.h"
#include "probity-second-job-page.h"
#include "probity-watch-page.h"

#define EVERYBODY ((ProbityOperation) PROBITY_N_OPERATIONS)

static const ProbitySection sections[] = {
  { "my-day", N_ ("My Day"), "probity-myday-symbolic", EVERYBODY, NULL, probity_my_day_page_new },
  { "second-jobs", N_ ("Second Jobs"), "probity-briefcase-symbolic", PROBITY_OPERATION_READ_REGISTERS, "second-jobs", .starts_group = TRUE },
  { "leaks", N_ ("Leaks"), "probity-leak-symbolic", PROBITY_OPERATION_READ_INTELLIGENCE, "leaks" },
  { "conduct", N_ ("Conduct"), "probity-conduct-symbolic", PROBITY_OPERATION_READ_STANDARDS, "conduct" },
  { "checks", N_ ("Checks"), "probity-checks-symbolic", PROBITY_OPERATION_CHECK_COMPLAINTS, "checks" },
  { "annual-review", N_ ("Annual Review"), "x-office-calendar-symbolic", PROBITY_OPERATION_WORK_SECOND_JOBS, NULL, probity_annual_review_page_new },
  { "watch", N_ ("Watch List"), "view-reveal-symbolic", PROBITY_OPERATION_WATCH, NULL, probity_watch_page_new },
  { "complaints", N_ ("Complaints"), "probity-complaint-symbolic", PROBITY_OPERATION_READ_STANDARDS, "complaints" },
  { "intelligence", N_ ("Intelligence"), "probity-intelligence-symbolic", PROBITY_OPERATION_READ_INTELLIGENCE, "intelligence" },
  { "screening", N_ ("Screening"), "text-x-generic-symbolic", PROBITY_OPERATION_SCREEN, NULL, probity_screen_page_new },
  { "people", N_ ("People"), "system-users-symbolic", PROBITY_OPERATION_READ_REGISTERS, "people" },
  { "accounts", N_ ("Accounts"), "probity-accounts-symbolic", PROBITY_OPERATION_ADMINISTER, NULL, probity_accounts_page_new, TRUE },
  { "audit", N_ ("Audit Log"), "probity-audit-symbolic", PROBITY_OPERATION_READ_AUDIT, NULL, probity_audit_page_new },
};

static AdwNavigationPage *
create_second_job_page (ProbitySession *session,
                        const char     *uid)
{
  return ADW_NAVIGATION_PAGE (probity_second_job_page_new (session, uid));
}

static AdwDialog *
create_second_job_form (ProbitySession *session)
{
  return ADW_DIALOG (probity_second_job_form_new (session));
}

static AdwNavigationPage *
create_leak_page (ProbitySession *session,
                  const char     *uid)
{
  return ADW_NAVIGATION_PAGE (probity_investigation_page_new (session, &probity_leak_case, uid));
}

static AdwDialog *
create_leak_form (ProbitySession *session)
{
  return probity_investigation_form_new (session, &probity_leak_case);
}

static AdwNavigationPage *
create_conduct_page (ProbitySession *session,
                     const char     *uid)
{
  return ADW_NAVIGATION_PAGE (probity_investigation_page_new (session, &probity_conduct_case, uid));
}

static AdwDialog *
create_conduct_form (ProbitySession *session)
{
  return probity_investigation_form_new (session, &probity_conduct_case);
}

/* Who enters no application openly may still enter one sealed. */
static gboolean
may_create_second_job (ProbitySession *session)
{
  return probity_access_may (session, PROBITY_OPERATION_SUBMIT) || probity_case_may_open_sealed (session, probity_case_kind_of (&probity_second_job_kind));
}

static const ProbityRecordView record_views[] = {
  { "second-job", create_second_job_page, create_second_job_form, PROBITY_OPERATION_SUBMIT, N_ ("_New Application…"), may_create_second_job },
  { "leak-investigation", create_leak_page, create_leak_form, PROBITY_OPERATION_WORK_LEAKS, N_ ("_New Leak Investigation…") },
  { "exposure", probity_exposure_page_new },
  { "conduct-investigation", create_conduct_page, create_conduct_form, PROBITY_OPERATION_WORK_CONDUCT, N_ ("_New Conduct Investigation…") },
  { "person", probity_person_page_new, probity_person_dialog_new, PROBITY_OPERATION_EDIT_PEOPLE, N_ ("_New Person…") },
  { "everything", probity_everything_page_new },
  { "link-chart", probity_chart_page_new },
  { "complaint", probity_complaint_page_new, probity_complaint_dialog_new, PROBITY_OPERATION_EDIT_COMPLAINTS, N_ ("_New Complaint…") },
  { "intelligence-report", probity_intelligence_page_new, probity_intelligence_dialog_new, PROBITY_OPERATION_EDIT_INTELLIGENCE, N_ ("_New Intelligence Report…") },
};

/** The entries of the sidebar, in order; static. */
const ProbitySection *
probity_sections_get (guint *ret_n_sections)
{
  *ret_n_sections = G_N_ELEMENTS (sections);
  return sections;
}

/** The entry called @name (nullable); %NULL if there is none. */
const ProbitySection *
probity_sections_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    if (g_strcmp0 (sections[i].name, name) == 0)
      return &sections[i];
  return NULL;
}

/** Whether the account of @session has this entry. */
gboolean
probity_section_is_open_to (const ProbitySection *section,
                            ProbitySession       *session)
{
  return session != NULL && (section->operation == EVERYBODY ||
                             probity_access_may (session, section->operation));
}

/** How records of @kind are shown and made; %NULL if they have no page. */
const ProbityRecordView *
probity_record_view_find (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (record_views); i++)
    if (g_strcmp0 (record_views[i].kind, kind) == 0)
      return &record_views[i];
  return NULL;
}

/** Whether the account of @session (nullable) makes records of @view (nullable) here. */
gboolean
probity_record_view_may_create (const ProbityRecordView *view,
                                ProbitySession          *session)
{
  if (session == NULL || view == NULL || view->create_dialog == NULL)
    return FALSE;

  return view->may_create != NULL ? view->may_create (session) : probity_access_may (session, view->create_operation);
}
