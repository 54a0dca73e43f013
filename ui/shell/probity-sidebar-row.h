/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "probity-sections.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_SIDEBAR_ROW (probity_sidebar_row_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySidebarRow, probity_sidebar_row, PROBITY, SIDEBAR_ROW, GtkListBoxRow)

GtkWidget  *probity_sidebar_row_new (const ProbitySection *section);
const char *probity_sidebar_row_get_name (ProbitySidebarRow *self);
void        probity_sidebar_row_set_count (ProbitySidebarRow *self,
                                           gint64             count);

G_END_DECLS
