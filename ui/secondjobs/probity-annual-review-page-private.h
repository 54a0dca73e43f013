/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-annual-review-page.h"

G_BEGIN_DECLS

struct _ProbityAnnualReviewPage
{
  ProbityPage parent_instance;

  AdwPreferencesPage *body;
  GPtrArray          *groups;
  GPtrArray          *runs; /* nullable */
  GPtrArray          *calls;
  guint               shown;    /* number of the run that is shown; 0: the newest */
  guint               first[2]; /* of what is outstanding, of what is in: the first row that is shown */
  GtkWidget          *begin_button;
  GtkWidget          *menu_button;
};

guint probity_annual_review_page_get_number (ProbityValues *values,
                                             const char    *name);
guint probity_annual_review_page_get_run_number (ProbityAnnualReviewPage *self);
char *probity_annual_review_page_dup_title (ProbityValues *call);
/* Whether an appeal is open: until it is decided the job neither lapses nor ceases. */
gboolean probity_annual_review_page_is_appealed (ProbityValues *call);
void     probity_annual_review_page_load (ProbityAnnualReviewPage *self);

/* What is done about the run that is shown. */
void probity_annual_review_page_begin (ProbityAnnualReviewPage *self);
void probity_annual_review_page_take_path (gpointer    page,
                                           const char *path);
void probity_annual_review_page_take_file (GtkWidget  *widget,
                                           const char *name,
                                           GVariant   *parameter);
void probity_annual_review_page_install_steps (GtkWidgetClass *widget_class);

G_END_DECLS
