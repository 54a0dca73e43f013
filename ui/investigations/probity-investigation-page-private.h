/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-check.h"
#include "probity-investigation-page.h"
#include "probity-case-head.h"

G_BEGIN_DECLS

struct _ProbityInvestigationPage
{
  ProbityPage parent_instance;

  const ProbityCaseKind          *kind;
  const ProbityInvestigationView *view;
  char                           *uid;
  ProbityRecord                  *record;
  ProbityClosingState            *closing;
  GPtrArray                      *groups; /* ProbityCaseGroup: subjects, then the parts */
  GtkWidget                      *fields; /* box of the groups of the case's own fields */
  GtkWidget                      *card;
  GtkWidget                      *body; /* kept while an error or a spinner is shown instead */
  GMenu                          *menu; /* what all have, then the steps of the kind */
  GMenu                          *kind_section;

  /* What the suggested button does; one of the two. */
  const char                     *next_action;
  const ProbityInvestigationStep *next_step;
  char                           *next_stage; /* that the step of changing the stage begins with */

  ProbityCaseHead head;

  GtkWidget  *breakpoint_bin;
  GtkWidget  *layout_view;
  GtkLabel   *title_label;
  GtkLabel   *owner_label;
  GtkLabel   *stage_label;
  GtkLabel   *outcome_label;
  GtkLabel   *marking_label;
  GtkWidget  *closing_box;
  GtkWidget  *matter_box;
  AdwBin     *course_bin;
  GMenuModel *case_menu;
};

void _probity_investigation_page_install_actions (GtkWidgetClass *klass);
/** Which of the actions this reader can take now, which of them is next, and whom the case waits for otherwise. */
void _probity_investigation_page_update_steps (ProbityInvestigationPage *self);
/** Opens one check: to make it where this reader may and it is not done, else to read it. */
void _probity_investigation_page_open_check (ProbityInvestigationPage *self,
                                             ProbityCheckKind          kind,
                                             const char               *subject,
                                             const char               *name);
void _probity_investigation_page_reload (ProbityInvestigationPage *self);

G_END_DECLS
