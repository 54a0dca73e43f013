/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-id-changes.h"

/*
 * From one order of ids to another with few small changes, so that a list keeps its scroll position
 * and selection. What stays in order is found as the longest increasing run of new positions; the
 * rest is removed and put in again. Where that would be too much to tell of, everything goes and
 * comes anew: for GTK that is far less work than one change over the whole length, for which it asks
 * for every item.
 */

#define MOST_RUNS 256
#define MOST_COMPARED 500000
#define MOST_AT_ONCE 1024

static gint64
get (GArray *ids,
     guint   position)
{
  return g_array_index (ids, gint64, position);
}

/**
 * As probity_id_changes_apply(), for another order altogether. Few rows come as one change, with which GTK shows
 * them in the widgets of those that went; for many it would ask for every item, so that all go and come again.
 */
void
probity_id_changes_replace (GArray             *ids,
                            GArray             *wanted,
                            ProbityIdChangeFunc func,
                            gpointer            data)
{
  const guint before = ids->len;

  g_array_set_size (ids, 0);
  if (before > 0 && wanted->len > MOST_AT_ONCE)
    func (0, before, 0, data);
  g_array_append_vals (ids, wanted->data, wanted->len);
  if (wanted->len > MOST_AT_ONCE)
    func (0, 0, wanted->len, data);
  else if (before > 0 || wanted->len > 0)
    func (0, before, wanted->len, data);
}

/*
 * Marks in @keep_old and @keep_new the ids that stay where they are relative to each other.
 * Patience sorting over the old ids' new positions.
 */
static void
mark_kept (GArray *ids,
           GArray *wanted,
           guint   first,
           guint   end_old,
           guint   end_new,
           guint8 *keep_old,
           guint8 *keep_new)
{
  guint n_old = end_old - first;
  g_autoptr (GHashTable) positions = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree guint *target = g_new (guint, n_old);
  g_autofree guint *previous = g_new (guint, n_old);
  g_autofree guint *tails = g_new (guint, n_old);
  guint             length = 0;

  for (guint i = first; i < end_new; i++)
    g_hash_table_insert (positions, &g_array_index (wanted, gint64, i), GUINT_TO_POINTER (i - first + 1));

  for (guint i = 0; i < n_old; i++)
    {
      guint low = 0, high = length;

      target[i] = GPOINTER_TO_UINT (g_hash_table_lookup (positions, &g_array_index (ids, gint64, first + i)));
      if (target[i] == 0)
        continue;
      while (low < high)
        {
          guint middle = (low + high) / 2;

          if (target[tails[middle]] < target[i])
            low = middle + 1;
          else
            high = middle;
        }
      previous[i] = low > 0 ? tails[low - 1] : G_MAXUINT;
      tails[low] = i;
      length = MAX (length, low + 1);
    }

  for (guint i = length > 0 ? tails[length - 1] : G_MAXUINT; i != G_MAXUINT; i = previous[i])
    {
      keep_old[i] = 1;
      keep_new[target[i] - 1] = 1;
    }
}

static guint
count_runs (const guint8 *keep,
            guint         n)
{
  guint runs = 0;

  for (guint i = 0; i < n; i++)
    runs += !keep[i] && (i == 0 || keep[i - 1]);
  return runs;
}

/**
 * probity_id_changes_apply:
 * @ids: (inout): gint64 ids in their present order; each occurs once
 * @wanted: gint64 ids in the order that is to be
 * @func: called for each change, after @ids was changed accordingly
 * @data: for @func
 *
 * Makes @ids equal to @wanted, step by step.
 */
void
probity_id_changes_apply (GArray             *ids,
                          GArray             *wanted,
                          ProbityIdChangeFunc func,
                          gpointer            data)
{
  g_autofree guint8 *keep_old = NULL;
  g_autofree guint8 *keep_new = NULL;
  guint              first = 0, end_old = ids->len, end_new = wanted->len;

  while (first < end_old && first < end_new && get (ids, first) == get (wanted, first))
    first++;
  while (end_old > first && end_new > first && get (ids, end_old - 1) == get (wanted, end_new - 1))
    {
      end_old--;
      end_new--;
    }
  if (end_old == first && end_new == first)
    return;

  if (end_old == first)
    {
      g_array_insert_vals (ids, first, &g_array_index (wanted, gint64, first), end_new - first);
      func (first, 0, end_new - first, data);
      return;
    }
  if (end_new == first)
    {
      g_array_remove_range (ids, first, end_old - first);
      func (first, end_old - first, 0, data);
      return;
    }
  if (end_old - first > MOST_COMPARED || end_new - first > MOST_COMPARED)
    {
      probity_id_changes_replace (ids, wanted, func, data);
      return;
    }

  keep_old = g_new0 (guint8, end_old - first);
  keep_new = g_new0 (guint8, end_new - first);
  mark_kept (ids, wanted, first, end_old, end_new, keep_old, keep_new);
  if (count_runs (keep_old, end_old - first) + count_runs (keep_new, end_new - first) > MOST_RUNS)
    {
      probity_id_changes_replace (ids, wanted, func, data);
      return;
    }

  for (guint end = end_old - first; end > 0;)
    {
      guint start = end;

      while (start > 0 && !keep_old[start - 1])
        start--;
      if (start < end)
        {
          g_array_remove_range (ids, first + start, end - start);
          func (first + start, end - start, 0, data);
        }
      end = start > 0 ? start - 1 : 0;
    }
  for (guint start = 0; start < end_new - first;)
    {
      guint end = start;

      while (end < end_new - first && !keep_new[end])
        end++;
      if (start < end)
        {
          g_array_insert_vals (ids, first + start, &g_array_index (wanted, gint64, first + start), end - start);
          func (first + start, 0, end - start, data);
        }
      start = end + 1;
    }
}
