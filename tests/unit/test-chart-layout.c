/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-chart-layout.h"

/* Where the boxes of a link chart stand. */

static void
add_box (GArray *boxes,
         guint   parent)
{
  ProbityChartBox box = { .parent = parent };

  g_array_append_val (boxes, box);
}

static void
assert_readable (GArray *boxes)
{
  double width, height;

  probity_chart_layout (boxes, &width, &height);
  for (guint i = 0; i < boxes->len; i++)
    {
      const ProbityChartBox *a = &g_array_index (boxes, ProbityChartBox, i);

      g_assert_cmpfloat (a->x, >=, 0);
      g_assert_cmpfloat (a->y, >=, 0);
      g_assert_cmpfloat (a->x + PROBITY_CHART_BOX_WIDTH, <=, width);
      g_assert_cmpfloat (a->y + PROBITY_CHART_BOX_HEIGHT, <=, height);
      for (guint j = 0; j < i; j++)
        {
          const ProbityChartBox *b = &g_array_index (boxes, ProbityChartBox, j);

          g_assert_true (a->x + PROBITY_CHART_BOX_WIDTH + 8 <= b->x || b->x + PROBITY_CHART_BOX_WIDTH + 8 <= a->x ||
                         a->y + PROBITY_CHART_BOX_HEIGHT + 8 <= b->y || b->y + PROBITY_CHART_BOX_HEIGHT + 8 <= a->y);
        }
    }
  /* Nobody scrolls through a ribbon. */
  g_assert_cmpfloat (height, <=, 5000);
  g_assert_cmpfloat (width, <=, 4000);
}

/* Whether the line from @from to @to, level or upright, touches the inside of a box. */
static gboolean
crosses (GArray           *boxes,
         ProbityChartPoint from,
         ProbityChartPoint to)
{
  for (guint i = 0; i < boxes->len; i++)
    {
      const ProbityChartBox *box = &g_array_index (boxes, ProbityChartBox, i);

      if (MAX (from.x, to.x) > box->x + 1 && MIN (from.x, to.x) < box->x + PROBITY_CHART_BOX_WIDTH - 1 &&
          MAX (from.y, to.y) > box->y + 1 && MIN (from.y, to.y) < box->y + PROBITY_CHART_BOX_HEIGHT - 1)
        return TRUE;
    }

  return FALSE;
}

static void
assert_lines_are_free (GArray *boxes)
{
  for (guint i = 1; i < boxes->len; i++)
    {
      ProbityChartPoint points[PROBITY_CHART_MAX_POINTS];
      guint             n = probity_chart_route (boxes, i, points);

      g_assert_cmpuint (n, >=, 4);
      for (guint p = 0; p + 1 < n; p++)
        {
          g_assert_true (points[p].x == points[p + 1].x || points[p].y == points[p + 1].y);
          g_assert_false (crosses (boxes, points[p], points[p + 1]));
        }
    }
}

static GArray *
make_boxes (guint  n,
            GRand *random)
{
  GArray *boxes = g_array_new (FALSE, TRUE, sizeof (ProbityChartBox));
  guint   n_first = random != NULL ? (guint) g_rand_int_range (random, 1, (int) MAX (2, n)) : n - 1;

  add_box (boxes, 0);
  for (guint i = 1; i < n; i++)
    add_box (boxes, i <= n_first ? 0 : (guint) g_rand_int_range (random, 1, (int) n_first + 1));

  return boxes;
}

static void
test_star (void)
{
  for (guint n = 1; n <= PROBITY_CHART_MAX_BOXES; n++)
    {
      g_autoptr (GArray) boxes = make_boxes (n, NULL);

      assert_readable (boxes);
      assert_lines_are_free (boxes);
    }
}

static void
test_one_leads_to_all (void)
{
  g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (ProbityChartBox));

  add_box (boxes, 0);
  add_box (boxes, 0);
  for (guint i = 2; i < PROBITY_CHART_MAX_BOXES; i++)
    add_box (boxes, 1);
  assert_readable (boxes);
  assert_lines_are_free (boxes);
}

static void
test_any (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (guint i = 0; i < 400; i++)
    {
      g_autoptr (GArray) boxes = make_boxes ((guint) g_rand_int_range (random, 1, PROBITY_CHART_MAX_BOXES + 1), random);

      assert_readable (boxes);
      assert_lines_are_free (boxes);
    }
}

static void
test_same_again (void)
{
  g_autoptr (GRand) one = g_rand_new_with_seed (7);
  g_autoptr (GRand) other = g_rand_new_with_seed (7);
  g_autoptr (GArray) first = make_boxes (120, one);
  g_autoptr (GArray) second = make_boxes (120, other);
  double width, height;

  probity_chart_layout (first, &width, &height);
  probity_chart_layout (second, &width, &height);
  g_assert_cmpmem (first->data, first->len * sizeof (ProbityChartBox), second->data, second->len * sizeof (ProbityChartBox));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/chart-layout/star", test_star);
  g_test_add_func ("/chart-layout/one-leads-to-all", test_one_leads_to_all);
  g_test_add_func ("/chart-layout/any", test_any);
  g_test_add_func ("/chart-layout/same-again", test_same_again);

  return g_test_run ();
}
