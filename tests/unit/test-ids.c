/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-ids.h"

/* The ids of a list, packed: as an array of them would be, and smaller. */

static void
assert_same (ProbityIds *ids,
             GArray     *expected)
{
  g_autoptr (GArray) all = probity_ids_to_array (ids);

  g_assert_cmpuint (probity_ids_get_size (ids), ==, expected->len);
  g_assert_cmpmem (all->data, all->len * sizeof (gint64), expected->data, expected->len * sizeof (gint64));
  for (guint i = 0; i < 20 && expected->len > 0; i++)
    {
      const guint  position = (guint) g_test_rand_int_range (0, (gint32) expected->len);
      const guint  n = MIN (64, expected->len - position);
      const gint64 id = g_array_index (expected, gint64, position);
      gint64       page[64];
      guint        found = G_MAXUINT;

      g_assert_cmpint (probity_ids_get (ids, position), ==, id);
      probity_ids_read (ids, position, n, page);
      g_assert_cmpmem (page, n * sizeof (gint64), &g_array_index (expected, gint64, position), n * sizeof (gint64));
      g_assert_true (probity_ids_find (ids, id, &found));
      g_assert_cmpint (g_array_index (expected, gint64, found), ==, id);
    }
}

/* Ids as tables have them, now and then one of a sealed compartment, which is far above. */
static gint64
invent_id (guint round)
{
  const gint64 id = g_test_rand_int_range (1, round % 3 == 0 ? 200 : 12000000);

  return g_test_rand_int_range (0, 500) == 0 ? id | ((gint64) g_test_rand_int_range (1, 60) << 54) : id;
}

static void
test_any_change (void)
{
  g_test_summary ("Whatever is put in or taken out where, the ids are those that an array would have");

  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (ProbityIds) ids = probity_ids_new ();
      g_autoptr (ProbityIds) copy = probity_ids_new ();
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) before = NULL;
      const guint n = (guint) g_test_rand_int_range (0, 5000);

      for (guint i = 0; i < n; i++)
        {
          const gint64 id = invent_id (round);

          g_array_append_val (expected, id);
          probity_ids_append (ids, id);
        }
      assert_same (ids, expected);
      probity_ids_assign (copy, ids);
      before = g_array_copy (expected);

      for (guint change = 0; change < 12; change++)
        {
          const guint        position = (guint) g_test_rand_int_range (0, (gint32) expected->len + 1);
          const guint        most = MIN (expected->len - position, change % 4 == 0 ? 3000 : 3);
          const guint        n_removed = (guint) g_test_rand_int_range (0, (gint32) most + 1);
          const guint        n_added = (guint) g_test_rand_int_range (0, change % 4 == 1 ? 3000 : 3);
          g_autofree gint64 *added = g_new (gint64, n_added + 1);

          for (guint i = 0; i < n_added; i++)
            added[i] = invent_id (round);
          if (n_removed > 0)
            g_array_remove_range (expected, position, n_removed);
          if (n_added > 0)
            g_array_insert_vals (expected, position, added, n_added);
          probity_ids_splice (ids, position, n_removed, added, n_added);
          assert_same (ids, expected);
          if (change % 5 == 4)
            {
              g_array_append_val (expected, added[0]);
              probity_ids_append (ids, added[0]);
              assert_same (ids, expected);
            }
        }
      /* What it shared with another list is that one's still. */
      assert_same (copy, before);
    }
}

static void
test_extremes (void)
{
  const gint64 all[] = { G_MININT64, G_MAXINT64, 0, -1, 1, G_MAXINT64 };
  g_autoptr (ProbityIds) ids = probity_ids_new ();
  guint position;

  g_test_summary ("Any number is kept as it is");

  probity_ids_splice (ids, 0, 0, all, G_N_ELEMENTS (all));
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_assert_cmpint (probity_ids_get (ids, i), ==, all[i]);
  g_assert_true (probity_ids_find (ids, G_MAXINT64, &position));
  g_assert_cmpuint (position, ==, 1);
  g_assert_false (probity_ids_find (ids, 2, &position));
  probity_ids_splice (ids, 0, G_N_ELEMENTS (all), all + 1, 1);
  g_assert_cmpuint (probity_ids_get_size (ids), ==, 1);
  g_assert_cmpint (probity_ids_get (ids, 0), ==, G_MAXINT64);
  probity_ids_splice (ids, 0, 1, NULL, 0);
  g_assert_cmpuint (probity_ids_get_size (ids), ==, 0);
}

static void
test_alike (void)
{
  g_test_summary ("How much two lists have in common at both ends is told to the row");

  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (ProbityIds) one = probity_ids_new ();
      g_autoptr (ProbityIds) other = probity_ids_new ();
      const guint  n = (guint) g_test_rand_int_range (1, 5000);
      const guint  position = (guint) g_test_rand_int_range (0, (gint32) n);
      const gint64 fresh[] = { 100000, 100001 };
      const guint  n_added = round % 3;

      for (guint i = 0; i < n; i++)
        probity_ids_append (one, i);
      probity_ids_assign (other, one);
      g_assert_cmpuint (probity_ids_count_alike (one, other), ==, n);
      g_assert_cmpuint (probity_ids_count_alike_at_end (one, other, n), ==, 0);
      probity_ids_splice (other, position, 1, fresh, n_added);
      g_assert_cmpuint (probity_ids_count_alike (one, other), ==, position);
      g_assert_cmpuint (probity_ids_count_alike (other, one), ==, position);
      g_assert_cmpuint (probity_ids_count_alike_at_end (one, other, position), ==, n - position - 1);
      g_assert_cmpuint (probity_ids_count_alike_at_end (other, one, position), ==, n - position - 1);
    }
}

static void
test_small (void)
{
  g_autoptr (ProbityIds) in_order = probity_ids_new ();
  g_autoptr (ProbityIds) in_any = probity_ids_new ();
  const guint n = 1000000;

  g_test_summary ("A million ids take 2 MB in their order and 3 MB in any other, and a sealed case among them costs a few kilobytes");

  for (guint i = 0; i < n; i++)
    {
      probity_ids_append (in_order, n - i);
      probity_ids_append (in_any, (gint64) i * 7919 % n + 1);
    }
  g_assert_cmpuint (probity_ids_get_bytes (in_order), <, 21 * n / 10);
  g_assert_cmpuint (probity_ids_get_bytes (in_any), <, 31 * n / 10);
  probity_ids_splice (in_any, n / 2, 0, &(gint64) { (gint64) 3 << 54 }, 1);
  g_assert_cmpuint (probity_ids_get_bytes (in_any), <, 32 * n / 10);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ids/any-change", test_any_change);
  g_test_add_func ("/ids/extremes", test_extremes);
  g_test_add_func ("/ids/alike", test_alike);
  g_test_add_func ("/ids/small", test_small);

  return g_test_run ();
}
