/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-conduct-dialogs.h"
#include "probity-investigation-page.h"

/* How the page of investigations shows a conduct investigation. */

#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static const ProbityFieldGroup groups[] = {
  { N_ ("The Matter"), NULL, FIELDS ("title", "summary", "corruption_category", "marking") },
  { N_ ("How It Came to Notice"), N_ ("A social-media referral says who referred it and on which platform it stands; a match, from which register."), FIELDS ("origin", "received", "came_to_attention", "referrer", "platform", "capture", "capture_exhibit", "external_reference", "register") },
  { N_ ("The Investigation"), NULL, FIELDS ("appropriate_authority", "investigating_officer", "decided_to_investigate", "investigate_reason") },
};

static const ProbityPartView parts[] = {
  {
      .group = {
          .title = N_ ("What the Regulations Ask"),
          .load_for = probity_conduct_read_duties,
          .make_row = probity_conduct_make_duty_row,
      },
  },
  {
      .part = "allegation",
      .group = {
          .title = N_ ("Allegations"),
          .empty = N_ ("What is alleged against whom, and which standard of professional behaviour it would breach."),
          .add_label = N_ ("Add an Allegation"),
      },
      .title = "allegation",
      .details = FIELDS ("subject", "standard", "occurred_from"),
      .new_title = N_ ("New Allegation"),
      .change_title = N_ ("Correct Allegation"),
      .note = N_ ("One row for each allegation, standard and officer. The notice of investigation prints it as it is written here."),
  },
  {
      .part = "severity",
      .group = {
          .title = N_ ("Severity Assessments"),
          .empty = N_ ("Whether what is alleged, if shown to be true, would be misconduct or gross misconduct. Every assessment is kept."),
          .add_label = N_ ("Assess Severity"),
          .newest_first = TRUE,
          .add = probity_conduct_add_severity,
      },
      .title = "severity",
      .details = FIELDS ("subject", "assessed", "proceedings", "route"),
  },
  {
      .part = "notice",
      .group = {
          .title = N_ ("Notices of Investigation"),
          .empty = N_ ("The written notice with its required parts, or why it is withheld and until when."),
          .add_label = N_ ("Give a Notice"),
          .newest_first = TRUE,
          .make_row = probity_conduct_make_notice_row,
          .add = probity_conduct_add_notice,
      },
      .title = "subject",
      .details = FIELDS ("served", "representations_due", "review_date", "withheld_reason"),
  },
  {
      .part = "referral",
      .group = {
          .title = N_ ("Referral to the IOPC"),
          .empty = N_ ("Whether the matter has to be referred, decided as if what is alleged were shown to be true."),
          .add_label = N_ ("Decide on Referral"),
          .newest_first = TRUE,
          .add = probity_conduct_decide_referral,
      },
      .title = "decision",
      .details = FIELDS ("decided", "criterion"),
  },
  {
      .part = "progress-report",
      .group = {
          .title = N_ ("Statutory Reports"),
          .empty = N_ ("The report on the time taken, when the rules of the case want one, with its six items."),
          .add_label = N_ ("Write a Report"),
          .newest_first = TRUE,
          .make_row = probity_conduct_make_report_row,
          .add = probity_conduct_report,
      },
      .title = "due",
      .details = FIELDS ("sent", "sent_to", "withheld_reason"),
  },
  {
      .part = "interview",
      .group = {
          .title = N_ ("Interviews"),
          .empty = N_ ("Who was interviewed when, by whom and what was said."),
          .add_label = N_ ("Add an Interview"),
      },
      .title = "held",
      .details = FIELDS ("subject", "interviewee", "interviewers"),
      .new_title = N_ ("New Interview"),
      .change_title = N_ ("Correct Interview"),
      .hints = FIELDS ("interviewee", N_ ("Where it was somebody else than a subject of the case.")),
  },
  {
      .part = "finding",
      .group = {
          .title = N_ ("Findings"),
          .empty = N_ ("The outcome for each officer and allegation. It can be recorded when the case is closed."),
          .add_label = N_ ("Record a Finding"),
          .newest_first = TRUE,
          .load_for = probity_conduct_load_findings,
          .make_row = probity_conduct_make_finding_row,
          .add = probity_conduct_add_finding,
      },
      .title = "finding",
  },
  {
      .part = "reflective",
      .group = {
          .title = N_ ("Reflective Practice"),
          .empty = N_ ("What is answered with reflection. It is no discipline and no finding, and is kept apart from both."),
          .add_label = N_ ("Add Reflective Practice"),
      },
      .title = "subject",
      .details = FIELDS ("referred", "account_due", "discussion"),
      .new_title = N_ ("New Reflective Practice"),
      .change_title = N_ ("Reflective Practice"),
      .note = N_ ("Reflective practice review: no discipline. What is written here is no outcome of the case."),
  },
  {
      .part = "learning",
      .group = {
          .title = N_ ("Learning"),
          .empty = N_ ("What the force does differently afterwards. It can be added when the case is closed."),
          .add_label = N_ ("Add Learning"),
      },
      .title = "learning",
      .details = FIELDS ("for_whom", "done"),
      .new_title = N_ ("New Learning"),
      .change_title = N_ ("Correct Learning"),
  },
};

/* --- Entries of the menu --- */

static ProbityCaseGroup *
find_group (ProbityInvestigationPage *page)
{
  return probity_investigation_page_find_group (page, "severity");
}

static gboolean
is_open (ProbityInvestigationPage *page)
{
  return probity_case_group_may_work (find_group (page)) && probity_record_get (probity_investigation_page_get_record (page), "closed") == NULL;
}

static gboolean
was_referred (ProbityInvestigationPage *page)
{
  return is_open (page) && g_strcmp0 (probity_record_get (probity_investigation_page_get_record (page), "origin"), "social-media-referral") == 0;
}

static void
assess (ProbityInvestigationPage *page)
{
  probity_conduct_assess (find_group (page), NULL);
}

static void
give_notice (ProbityInvestigationPage *page)
{
  probity_conduct_give_notice (find_group (page), NULL);
}

static void
decide_referral (ProbityInvestigationPage *page)
{
  probity_conduct_decide_referral (find_group (page));
}

static void
report (ProbityInvestigationPage *page)
{
  probity_conduct_report (find_group (page));
}

static void
choose_capture (ProbityInvestigationPage *page)
{
  probity_conduct_choose_capture (find_group (page));
}

static const ProbityInvestigationStep steps[] = {
  { N_ ("Assess Se_verity…"), is_open, assess },
  { N_ ("Give _Notice…"), is_open, give_notice },
  { N_ ("Decide on _Referral…"), is_open, decide_referral },
  { N_ ("Statutory Re_port…"), is_open, report },
  { N_ ("What Was Cap_tured…"), was_referred, choose_capture },
};

const ProbityInvestigationView probity_conduct_view = {
  .kind = "conduct",
  .title = N_ ("Conduct Investigation"),
  .new_title = N_ ("New Conduct Investigation"),
  .change_title = N_ ("Amend Conduct Investigation"),
  .nobody = N_ ("Nobody is identified"),
  .groups = groups,
  .n_groups = G_N_ELEMENTS (groups),
  .parts = parts,
  .n_parts = G_N_ELEMENTS (parts),
  .steps = steps,
  .n_steps = G_N_ELEMENTS (steps),
};
