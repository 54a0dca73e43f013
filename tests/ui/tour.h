/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-application.h"
#include "probity-window.h"
#include "ui-fixture.h"

G_BEGIN_DECLS

/* What the parts of the tour share. */

typedef struct
{
  const char *name;
  int         width;
  int         height;
  gboolean    dark;
  int         dpi;
  gboolean    on_demand; /* only by --look */
} Look;

typedef struct
{
  const char         *out;
  ProbityApplication *application;
  const Look         *look;
  const char         *account;
  GHashTable         *seen; /* checksum → name of the picture */
  guint               n_pictures;
  guint               n_problems;
} Tour;

void tour_complain (Tour       *tour,
                    const char *format,
                    ...) G_GNUC_PRINTF (2, 3);
/** Takes a picture of @window as it is, called @page. */
void tour_take (Tour       *tour,
                GtkWidget  *window,
                const char *page);
/** The page on top. */
GtkWidget *tour_get_page (ProbityWindow *window);
/** The same of what stands below the fold of the page on top. */
void tour_take_below (Tour          *tour,
                      ProbityWindow *window,
                      const char    *name);
/** Shows @dialog, takes its picture, and closes it. */
void tour_take_dialog (Tour          *tour,
                       ProbityWindow *window,
                       gpointer       dialog,
                       const char    *name);
/** The same of the dialog that is shown already. */
void tour_take_shown (Tour          *tour,
                      ProbityWindow *window,
                      const char    *name);
/** The first record of a list as it is sorted at first; NULL where it is empty. (transfer full) */
char      *tour_dup_first_uid (ProbitySession *session,
                               const char     *list);
GtkWidget *tour_find_tooltip (GtkWidget  *widget,
                              const char *tooltip);

/* Parts in files of their own. */
void tour_visit_investigations (Tour          *tour,
                                ProbityWindow *window);

void tour_visit_sealed (Tour          *tour,
                        ProbityWindow *window);

void tour_visit_search (Tour          *tour,
                        ProbityWindow *window);

void tour_visit_screening (Tour          *tour,
                           ProbityWindow *window);

void tour_visit_follow_up (Tour          *tour,
                           ProbityWindow *window);

G_END_DECLS
