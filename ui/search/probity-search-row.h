/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "probity-search.h"

G_BEGIN_DECLS

/* One record that was found: its title, where it stands and a line of its text, the words marked. */
#define PROBITY_TYPE_SEARCH_ROW (probity_search_row_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySearchRow, probity_search_row, PROBITY, SEARCH_ROW, GtkListBoxRow)

GtkWidget  *probity_search_row_new (const ProbitySearchHit *hit);
const char *probity_search_row_get_kind (ProbitySearchRow *self);
const char *probity_search_row_get_uid (ProbitySearchRow *self);

G_END_DECLS
