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
  GHashTable         *seen;  /* checksum → name of the picture */
  GHashTable         *names; /* of all pictures */
  guint               n_pictures;
  guint               n_problems;
} Tour;

/** From now on a warning while a picture is taken is a problem. */
void     tour_watch_warnings (void);
gboolean tour_is_narrow (Tour *tour);
void     tour_complain (Tour       *tour,
                        const char *format,
                        ...) G_GNUC_PRINTF (2, 3);
/** Runs the main loop until nothing that @window asked for is on its way, nothing turns in it, and it stands still. */
void tour_settle (GtkWidget *window);
/** Activates the action @name of @widget; whether a dialog came up. */
gboolean tour_open (ProbityWindow *window,
                    GtkWidget     *widget,
                    const char    *name);
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
/** The same of the form of a new case, once it is to be opened sealed; nothing where this account opens none so. */
void tour_take_sealed (Tour          *tour,
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
