/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-application.h"
#include "second-job-fixture.h"

G_BEGIN_DECLS

/* Runs the main loop until @condition holds; gives up, and fails, after two minutes, which is an end and no promise. */
#define wait_until(condition)                                     \
  G_STMT_START                                                    \
  {                                                               \
    gint64 _end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC; \
                                                                  \
    while (!(condition) && g_get_monotonic_time () < _end)        \
      ui_iterate ();                                              \
    g_assert_true (condition);                                    \
  }                                                               \
  G_STMT_END

/* What a test of the window begins with. (transfer full) */
ProbityApplication *ui_begin (int    *argc,
                              char ***argv);
/* Runs the tests and frees both (transfer full); what main() returns. */
int ui_end (ProbityApplication *application,
            Force              *force);

typedef gboolean (*UiIsFunc) (GtkWidget    *widget,
                              gconstpointer data);

void ui_iterate (void);
/* Presents @window and waits until its widgets have their places: nobody presses what is not on the screen yet. */
void ui_present (GtkWindow *window);
void ui_settle (GtkWidget *widget);
void ui_settle_all (GPtrArray *widgets);
/* The first widget below @widget, itself included, that @is says yes to; NULL where none is. */
GtkWidget *ui_find_where (GtkWidget    *widget,
                          UiIsFunc      is,
                          gconstpointer data);
GtkWidget *ui_find (GtkWidget  *widget,
                    GType       type,
                    const char *name);
GtkWidget *ui_find_titled (GtkWidget  *widget,
                           const char *title);
/* A button that is seen, by its tooltip or its label. */
GtkWidget *ui_find_button (GtkWidget  *widget,
                           const char *text);
/* The same, also one that is not seen. */
GtkWidget *ui_find_any_button (GtkWidget  *widget,
                               const char *text);
guint      ui_count (GtkWidget *widget,
                     GType      type);
gboolean   ui_shows_text (GtkWidget  *widget,
                          const char *text);

/* A window that shows @page alone. */
AdwApplicationWindow *ui_window_new (GtkApplication *application,
                                     gpointer        page);

/* More of everything, so that pages have something to show. */
void ui_populate (Force *force);

G_END_DECLS
