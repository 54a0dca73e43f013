/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case-head.h"
#include "probity-second-job-page.h"
#include "probity-second-job.h"

G_BEGIN_DECLS

struct _ProbitySecondJobPage
{
  ProbityPage parent_instance;

  char             *uid;
  ProbityRecord    *record;
  ProbityGateState *gate;
  GtkWidget        *body; /* kept while an error or a spinner is shown instead */

  ProbityCaseHead head;

  GtkWidget   *breakpoint_bin;
  GtkWidget   *layout_view;
  GtkLabel    *title_label;
  GtkLabel    *applicant_label;
  GtkLabel    *stage_label;
  GtkLabel    *outcome_label;
  GtkWidget   *gate_group;
  GtkWidget   *decision_group;
  GtkWidget   *follow_box; /* what follows the decision: appeal, conditions, watch list */
  GtkWidget   *hours_group;
  GtkLabel    *hours_label;
  GtkLevelBar *hours_bar;
  GtkLabel    *hours_warning;
  GtkWidget   *job_group;
  GtkWidget   *declarations_group;
  AdwBin      *course_bin; /* holds the parts that every case has */
  GMenuModel  *case_menu;
};

/** The next step as the header's button names it, `case.` action it runs; %NULL when there is none. */
const char *_probity_second_job_page_get_next_action (ProbitySecondJobPage *self, const char **ret_label);
void        _probity_second_job_page_install_actions (GtkWidgetClass *klass);
/** Which of the actions this reader can take now. */
void        _probity_second_job_page_update_actions (ProbitySecondJobPage *self);
const char *_probity_second_job_page_get_reference (ProbitySecondJobPage *self);
/** Reads everything again. */
void _probity_second_job_page_reload (ProbitySecondJobPage *self);

/** Puts the groups of what follows a decision into their box, once; shows them for the record. */
void _probity_second_job_page_add_follow_up (ProbitySecondJobPage *self);
void _probity_second_job_page_show_follow_up (ProbitySecondJobPage *self);
void _probity_second_job_page_install_appeal_actions (GtkWidgetClass *klass);
void _probity_second_job_page_update_appeal_actions (ProbitySecondJobPage *self);
/** Shows @dialog, and reads everything again when it closes. */
void _probity_second_job_page_present (ProbitySecondJobPage *self, GtkWidget *dialog);

G_END_DECLS
