/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-chart-layout.h"

#include <math.h>

#define MARGIN 24.0
#define CHANNEL 56.0 /* between a box and what it leads to: room for lines */
#define COLUMN_GAP 20.0
#define ROW_GAP 18.0
#define BLOCK_GAP 26.0

#define WIDTH PROBITY_CHART_BOX_WIDTH
#define HEIGHT PROBITY_CHART_BOX_HEIGHT

/* A box one step away with those that it leads to; or, without one, all boxes of a side that lead to none. */
typedef struct
{
  guint  head; /* 0: none */
  guint *members;
  guint  n_members;
  guint  n_columns;
  double height;
} Block;

static ProbityChartBox *
get_box (GArray *boxes,
         guint   index)
{
  return &g_array_index (boxes, ProbityChartBox, index);
}

static void
block_clear (gpointer data)
{
  g_free (((Block *) data)->members);
}

static double
measure_rows (guint n_rows)
{
  return n_rows > 0 ? n_rows * (HEIGHT + ROW_GAP) - ROW_GAP : 0;
}

/* As many columns as make the block about as wide as it is high; boxes are wider than they are high. */
static guint
count_columns (guint n)
{
  return n > 0 ? CLAMP ((guint) ceil (sqrt (n * (HEIGHT + ROW_GAP) / (WIDTH + COLUMN_GAP))), 1, 5) : 1;
}

static Block
make_block (guint   head,
            GArray *members)
{
  Block block = { .head = head, .n_members = members->len };

  block.members = g_memdup2 (members->data, members->len * sizeof (guint));
  block.n_columns = count_columns (members->len);
  block.height = MAX (measure_rows ((members->len + block.n_columns - 1) / block.n_columns), head != 0 ? HEIGHT : 0);

  return block;
}

static void
gather (GArray *boxes,
        guint   parent,
        GArray *ret_indices)
{
  g_array_set_size (ret_indices, 0);
  for (guint i = 1; i < boxes->len; i++)
    if (get_box (boxes, i)->parent == parent)
      g_array_append_val (ret_indices, i);
}

/* Boxes to the right of the first have positive, those to the left negative coordinates, until all are moved. */
static void
place_block (GArray      *boxes,
             const Block *block,
             int          side,
             double       top)
{
  const double first = WIDTH / 2 + CHANNEL;
  const double start = block->head != 0 ? first + WIDTH + CHANNEL : first;

  if (block->head != 0)
    {
      ProbityChartBox *head = get_box (boxes, block->head);

      head->x = side > 0 ? first : -first - WIDTH;
      head->y = top + (block->height - HEIGHT) / 2;
    }
  for (guint i = 0; i < block->n_members; i++)
    {
      ProbityChartBox *box = get_box (boxes, block->members[i]);
      const double     x = start + (i % block->n_columns) * (WIDTH + COLUMN_GAP);

      box->x = side > 0 ? x : -x - WIDTH;
      box->y = top + (i / block->n_columns) * (HEIGHT + ROW_GAP);
    }
}

static void
place_side (GArray *boxes,
            GArray *blocks,
            int     side)
{
  double height = 0;
  double top;

  for (guint i = 0; i < blocks->len; i++)
    height += g_array_index (blocks, Block, i).height + (i > 0 ? BLOCK_GAP : 0);
  top = -height / 2;
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);

      place_block (boxes, block, side, top);
      top += block->height + BLOCK_GAP;
    }
}

static void
move_into_view (GArray *boxes,
                double *ret_width,
                double *ret_height)
{
  double left = 0, top = 0, right = 0, bottom = 0;

  for (guint i = 0; i < boxes->len; i++)
    {
      const ProbityChartBox *box = get_box (boxes, i);

      left = MIN (left, box->x);
      top = MIN (top, box->y);
      right = MAX (right, box->x + WIDTH);
      bottom = MAX (bottom, box->y + HEIGHT);
    }
  for (guint i = 0; i < boxes->len; i++)
    {
      get_box (boxes, i)->x += MARGIN - left;
      get_box (boxes, i)->y += MARGIN - top;
    }
  *ret_width = right - left + 2 * MARGIN;
  *ret_height = bottom - top + 2 * MARGIN;
}

void
probity_chart_layout (GArray *boxes,
                      double *ret_width,
                      double *ret_height)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) second = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) leaves = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) right = g_array_new (FALSE, FALSE, sizeof (Block));
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (Block));
  GArray *const sides[2] = { right, left };
  double        heights[2] = { 0, 0 };

  g_return_if_fail (boxes != NULL && ret_width != NULL && ret_height != NULL);

  *ret_width = *ret_height = 0;
  if (boxes->len == 0)
    return;

  g_array_set_clear_func (right, block_clear);
  g_array_set_clear_func (left, block_clear);
  get_box (boxes, 0)->x = -WIDTH / 2;
  get_box (boxes, 0)->y = -HEIGHT / 2;

  gather (boxes, 0, first);
  for (guint i = 0; i < first->len; i++)
    {
      guint head = g_array_index (first, guint, i);

      gather (boxes, head, second);
      if (second->len == 0)
        {
          g_array_append_val (leaves, head);
        }
      else
        {
          Block block = make_block (head, second);
          int   side = heights[0] <= heights[1] ? 0 : 1;

          g_array_append_val (sides[side], block);
          heights[side] += block.height + BLOCK_GAP;
        }
    }

  /* Half of what leads nowhere to each side; a few on the emptier one alone. */
  if (leaves->len > 0)
    {
      const int emptier = heights[0] <= heights[1] ? 0 : 1;
      guint     n_there = leaves->len <= 4 ? leaves->len : (leaves->len + 1) / 2;
      Block     block;

      g_array_set_size (second, 0);
      g_array_append_vals (second, leaves->data, n_there);
      block = make_block (0, second);
      g_array_append_val (sides[emptier], block);
      if (n_there < leaves->len)
        {
          g_array_set_size (second, 0);
          g_array_append_vals (second, &g_array_index (leaves, guint, n_there), leaves->len - n_there);
          block = make_block (0, second);
          g_array_append_val (sides[1 - emptier], block);
        }
    }

  place_side (boxes, right, 1);
  place_side (boxes, left, -1);
  move_into_view (boxes, ret_width, ret_height);
}

guint
probity_chart_route (GArray           *boxes,
                     guint             index,
                     ProbityChartPoint ret_points[PROBITY_CHART_MAX_POINTS])
{
  const ProbityChartBox *box, *parent;
  gboolean               right;
  double                 begin, channel, near_side, middle;

  g_return_val_if_fail (boxes != NULL && index < boxes->len, 0);

  if (index == 0)
    return 0;

  box = get_box (boxes, index);
  parent = get_box (boxes, box->parent);
  right = box->x > parent->x;
  begin = right ? parent->x + WIDTH : parent->x;
  channel = right ? begin + CHANNEL / 2 : begin - CHANNEL / 2;
  near_side = right ? box->x : box->x + WIDTH;
  middle = parent->y + HEIGHT / 2;

  ret_points[0] = (ProbityChartPoint) { begin, middle };
  ret_points[1] = (ProbityChartPoint) { channel, middle };
  if (fabs (near_side - begin) <= CHANNEL + 1)
    {
      ret_points[2] = (ProbityChartPoint) { channel, box->y + HEIGHT / 2 };
      ret_points[3] = (ProbityChartPoint) { near_side, box->y + HEIGHT / 2 };
      return 4;
    }

  /* A box that stands behind others is reached between the rows. */
  ret_points[2] = (ProbityChartPoint) { channel, box->y - ROW_GAP / 2 };
  ret_points[3] = (ProbityChartPoint) { box->x + WIDTH / 2, box->y - ROW_GAP / 2 };
  ret_points[4] = (ProbityChartPoint) { box->x + WIDTH / 2, box->y };

  return 5;
}
