/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-link-chart.h"

G_BEGIN_DECLS

/*
 * Draws a link chart. Each box is a button: reached with Tab and the arrow keys, opened with Enter, and told
 * with its name, its kind and how it is linked.
 */
#define PROBITY_TYPE_CHART_VIEW (probity_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (ProbityChartView, probity_chart_view, PROBITY, CHART_VIEW, GtkWidget)

GtkWidget *probity_chart_view_new (void);
void       probity_chart_view_set_chart (ProbityChartView *self,
                                         ProbityLinkChart *chart);
GtkWidget *probity_chart_view_get_box (ProbityChartView *self,
                                       guint             index);
/** What a kind of record or a line of a chart is called; (transfer full). */
char *probity_chart_words (const char *code,
                           gboolean    is_kind);
/** How the line @edge reads from its end @index; (transfer full). */
char *probity_chart_dup_line (const ProbityChartEdge *edge,
                              guint                   index);

#define PROBITY_CHART_MIN_ZOOM 0.25
#define PROBITY_CHART_MAX_ZOOM 4.0

void   probity_chart_view_set_zoom (ProbityChartView *self, double zoom);
double probity_chart_view_get_zoom (ProbityChartView *self);

G_END_DECLS
