/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  PROBITY_CHOOSE_FILE,
  PROBITY_CHOOSE_NEW_FILE,
  PROBITY_CHOOSE_FOLDER,
} ProbityChoose;

/** What takes the chosen path; @widget is the one that asked. */
typedef void (*ProbityPathFunc) (gpointer    widget,
                                 const char *path);

void probity_choose_path (GtkWidget      *widget,
                          ProbityChoose   choose,
                          const char     *title,
                          const char     *name,
                          ProbityPathFunc func);

void probity_choose_file (GtkWidget      *widget,
                          const char     *title,
                          GListModel     *filters,
                          ProbityPathFunc func);

G_END_DECLS
