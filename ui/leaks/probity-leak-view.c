/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-exposure-page.h"
#include "probity-investigation-view.h"
#include "probity-leak-outlet.h"

/* How the page of investigations shows a leak. */

#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

static const ProbityFieldGroup groups[] = {
  { N_ ("The Disclosure"), N_ ("What became known, and where it is kept."), FIELDS ("title", "item", "item_marking", "item_created", "discovered", "discovered_by", "corruption_category") },
  { N_ ("The Case"), NULL, FIELDS ("summary", "marking", "received", "investigating_officer", "decided_to_investigate", "investigate_reason") },
};

static const ProbityPartView parts[] = {
  {
      .part = "publication",
      .group = {
          .title = N_ ("Publications"),
          .empty = N_ ("Where and when it appeared, in which words, and who saw it first. The captured file is taken in as an exhibit."),
          .add_label = N_ ("Add a Publication"),
      },
      .title = "outlet",
      .details = FIELDS ("published", "earliest_seen", "quoted_words", "capture_exhibit"),
      .new_title = N_ ("New Publication"),
      .change_title = N_ ("Correct Publication"),
      .note = N_ ("The earliest time at which it was seen published ends the window of the exposure list. Take the captured file in as an exhibit first, and choose it here."),
      .hints = FIELDS ("published", N_ ("As the outlet states it: 10 Feb 2012 06:15. This or the time below is needed."), "earliest_seen", N_ ("When somebody first saw it published.")),
  },
  {
      .part = "record",
      .group = {
          .title = N_ ("Systems and Records"),
          .empty = N_ ("The systems and records that the item stands in, and which published words stand in which."),
          .add_label = N_ ("Add a Record"),
      },
      .title = "system",
      .details = FIELDS ("record", "words"),
      .new_title = N_ ("New Record"),
      .change_title = N_ ("Correct Record"),
      .hints = FIELDS ("system", N_ ("As in the access logs: CRIS, NICHE …"), "record", N_ ("Its number there, as the access log writes it.")),
  },
  {
      .own = &probity_exposure_group,
  },
  {
      .part = "line",
      .group = {
          .title = N_ ("Lines of Enquiry"),
          .empty = N_ ("What is followed up, what came of it, and what is not pursued and why."),
          .add_label = N_ ("Add a Line of Enquiry"),
      },
      .title = "title",
      .details = FIELDS ("state", "result"),
      .new_title = N_ ("New Line of Enquiry"),
      .change_title = N_ ("Line of Enquiry"),
  },
  {
      .part = "outlet",
      .group = {
          .title = N_ ("Journalists and Outlets"),
          .empty = N_ ("Who published it, and which contacts the media contact record holds. That it holds none is a finding, not guilt."),
          .add_label = N_ ("Add an Outlet"),
          .make_row = probity_leak_outlet_make_row,
      },
      .title = "outlet",
      .details = FIELDS ("journalist", "recorded_contact"),
      .new_title = N_ ("New Outlet"),
      .change_title = N_ ("Correct Outlet"),
      .fill = probity_leak_outlet_fill,
  },
  {
      .part = "harm",
      .group = {
          .title = N_ ("Harm"),
          .empty = N_ ("To whom the disclosure does harm, how grave it is, and what is done about it."),
          .add_label = N_ ("Add Harm"),
      },
      .title = "kind",
      .details = FIELDS ("to_whom", "severity", "description"),
      .new_title = N_ ("New Harm"),
      .change_title = N_ ("Correct Harm"),
  },
  {
      .part = "assessment",
      .group = {
          .title = N_ ("Public Interest and Protected Disclosure"),
          .empty = N_ ("Nothing intrusive is started before it is assessed whether the disclosure was in the public interest or protected."),
          .add_label = N_ ("Add an Assessment"),
          .newest_first = TRUE,
      },
      .title = "intrusion",
      .details = FIELDS ("assessed", "protected_disclosure", "public_interest"),
      .new_title = N_ ("New Assessment"),
      .note = N_ ("The newest assessment counts. It stands as it is written; one that is no longer right is followed by another."),
      .hints = FIELDS ("intrusion", N_ ("To find who made a protected disclosure nothing intrusive is done.")),
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

const ProbityInvestigationView probity_leak_view = {
  .kind = "leak",
  .title = N_ ("Leak Investigation"),
  .new_title = N_ ("New Leak Investigation"),
  .change_title = N_ ("Amend Leak Investigation"),
  .nobody = N_ ("No source is identified"),
  .groups = groups,
  .n_groups = G_N_ELEMENTS (groups),
  .parts = parts,
  .n_parts = G_N_ELEMENTS (parts),
};
