/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Where the boxes of a link chart stand: the first in the middle, what is one step away to both sides of it, what is
 * two steps away beside the box that leads there. No two boxes overlap, and the same boxes stand in
 * the same places. Units are those of text at its usual size; nothing is drawn here.
 */

#define PROBITY_CHART_BOX_WIDTH 200.0
#define PROBITY_CHART_BOX_HEIGHT 64.0
#define PROBITY_CHART_MAX_BOXES 200
/** A line from a box to one that it leads to bends at most so often. */
#define PROBITY_CHART_MAX_POINTS 5

typedef struct
{
  guint  parent; /* index of an earlier box; of the first box itself: 0 */
  double x, y;   /* of the upper left corner; set by the layout */
} ProbityChartBox;

typedef struct
{
  double x, y;
} ProbityChartPoint;

/** Places @boxes, of ProbityChartBox. */
void probity_chart_layout (GArray *boxes,
                           double *ret_width,
                           double *ret_height);
/** The line from the parent of box @index to it, in free space. Returns the number of points; 0 for the first box. */
guint probity_chart_route (GArray           *boxes,
                           guint             index,
                           ProbityChartPoint ret_points[PROBITY_CHART_MAX_POINTS]);

G_END_DECLS
