/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-investigation-view.h"

/* How the page of investigations shows a conduct investigation. */

#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static const ProbityFieldGroup groups[] = {
  { N_ ("The Matter"), NULL, FIELDS ("title", "summary", "corruption_category", "marking") },
  { N_ ("How It Came to Notice"), NULL, FIELDS ("origin", "received", "came_to_attention", "referrer", "platform", "capture", "external_reference", "register") },
  { N_ ("The Investigation"), NULL, FIELDS ("appropriate_authority", "investigating_officer", "decided_to_investigate", "investigate_reason") },
};

static const ProbityPartView parts[] = {
  {
      .part = "allegation",
      .group = {
          .title = N_ ("Allegations"),
          .empty = N_ ("What is alleged against whom, and which standard of professional behaviour it would breach."),
          .add_label = N_ ("Add an Allegation"),
      },
      .title = "allegation",
      .details = FIELDS ("subject", "standard"),
      .new_title = N_ ("New Allegation"),
      .change_title = N_ ("Correct Allegation"),
  },
  {
      .part = "severity",
      .group = {
          .title = N_ ("Severity Assessments"),
          .empty = N_ ("Whether what is alleged, if shown to be true, would be misconduct or gross misconduct. Every assessment is kept."),
          .add_label = N_ ("Add a Severity Assessment"),
          .newest_first = TRUE,
      },
      .title = "severity",
      .details = FIELDS ("subject", "assessed", "proceedings"),
      .new_title = N_ ("New Severity Assessment"),
  },
  {
      .part = "notice",
      .group = {
          .title = N_ ("Notices of Investigation"),
          .empty = N_ ("The written notice with its required parts, or why it is withheld and until when."),
          .add_label = N_ ("Add a Notice"),
          .newest_first = TRUE,
      },
      .title = "subject",
      .details = FIELDS ("served", "representations_due", "review_date"),
      .new_title = N_ ("New Notice"),
  },
  {
      .part = "referral",
      .group = {
          .title = N_ ("Referral to the IOPC"),
          .empty = N_ ("Whether the matter has to be referred, decided as if what is alleged were shown to be true."),
          .add_label = N_ ("Add a Referral Decision"),
          .newest_first = TRUE,
      },
      .title = "decision",
      .details = FIELDS ("decided", "criterion"),
      .new_title = N_ ("New Referral Decision"),
  },
  {
      .part = "progress-report",
      .group = {
          .title = N_ ("Statutory Reports"),
          .empty = N_ ("The report after twelve months and every six months after."),
          .add_label = N_ ("Add a Report"),
          .newest_first = TRUE,
      },
      .title = "due",
      .details = FIELDS ("sent", "sent_to"),
      .new_title = N_ ("New Statutory Report"),
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
  },
  {
      .part = "reflective",
      .group = {
          .title = N_ ("Reflective Practice"),
          .empty = N_ ("What is answered with reflection. It is no discipline."),
          .add_label = N_ ("Add Reflective Practice"),
      },
      .title = "subject",
      .details = FIELDS ("referred", "discussion"),
      .new_title = N_ ("New Reflective Practice"),
      .change_title = N_ ("Reflective Practice"),
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
};
