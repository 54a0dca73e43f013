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

/**
 * As probity_id_changes_apply(), for another order altogether. Few rows come as one change, with which GTK shows
 * them in the widgets of those that went; for many it would ask for every item, so that all go and come again.
 */
void
probity_id_changes_replace (ProbityIds         *ids,
                            ProbityIds         *wanted,
                            ProbityIdChangeFunc func,
                            gpointer            data)
{
  const guint before = probity_ids_get_size (ids);
  const guint after = probity_ids_get_size (wanted);

  if (before > 0 && after > MOST_AT_ONCE)
    {
      probity_ids_splice (ids, 0, before, NULL, 0);
      func (0, before, 0, data);
    }
  probity_ids_assign (ids, wanted);
  if (after > MOST_AT_ONCE)
    func (0, 0, after, data);
  else if (before > 0 || after > 0)
    func (0, before, after, data);
}

/*
 * Marks in @keep_old and @keep_new the ids that stay where they are relative to each other.
 * Patience sorting over the old ids' new positions.
 */
static void
mark_kept (const gint64 *old,
           guint         n_old,
           const gint64 *wanted,
           guint         n_wanted,
           guint8       *keep_old,
           guint8       *keep_new)
{
  g_autoptr (GHashTable) positions = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree guint *target = g_new (guint, n_old);
  g_autofree guint *previous = g_new (guint, n_old);
  g_autofree guint *tails = g_new (guint, n_old);
  guint             length = 0;

  for (guint i = 0; i < n_wanted; i++)
    g_hash_table_insert (positions, (gpointer) &wanted[i], GUINT_TO_POINTER (i + 1));

  for (guint i = 0; i < n_old; i++)
    {
      guint low = 0, high = length;

      target[i] = GPOINTER_TO_UINT (g_hash_table_lookup (positions, &old[i]));
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

static gint64 *
read_part (ProbityIds *ids,
           guint       first,
           guint       n)
{
  gint64 *part = g_new (gint64, n);

  probity_ids_read (ids, first, n, part);
  return part;
}

/**
 * probity_id_changes_apply:
 * @ids: (inout): the ids in their present order; each occurs once
 * @wanted: the ids in the order that is to be
 * @func: called for each change, after @ids was changed accordingly
 * @data: for @func
 *
 * Makes @ids equal to @wanted, step by step.
 */
void
probity_id_changes_apply (ProbityIds         *ids,
                          ProbityIds         *wanted,
                          ProbityIdChangeFunc func,
                          gpointer            data)
{
  const guint        first = probity_ids_count_alike (ids, wanted);
  const guint        at_end = probity_ids_count_alike_at_end (ids, wanted, first);
  const guint        n_old = probity_ids_get_size (ids) - first - at_end;
  const guint        n_new = probity_ids_get_size (wanted) - first - at_end;
  g_autofree gint64 *old_part = NULL;
  g_autofree gint64 *new_part = NULL;
  g_autofree guint8 *keep_old = NULL;
  g_autofree guint8 *keep_new = NULL;

  if (n_old == 0 && n_new == 0)
    return;

  if (n_old == 0 || n_new == 0)
    {
      probity_ids_assign (ids, wanted);
      func (first, n_old, n_new, data);
      return;
    }
  if (n_old > MOST_COMPARED || n_new > MOST_COMPARED)
    {
      probity_id_changes_replace (ids, wanted, func, data);
      return;
    }

  old_part = read_part (ids, first, n_old);
  new_part = read_part (wanted, first, n_new);
  keep_old = g_new0 (guint8, n_old);
  keep_new = g_new0 (guint8, n_new);
  mark_kept (old_part, n_old, new_part, n_new, keep_old, keep_new);
  if (count_runs (keep_old, n_old) + count_runs (keep_new, n_new) > MOST_RUNS)
    {
      probity_id_changes_replace (ids, wanted, func, data);
      return;
    }

  for (guint end = n_old; end > 0;)
    {
      guint start = end;

      while (start > 0 && !keep_old[start - 1])
        start--;
      if (start < end)
        {
          probity_ids_splice (ids, first + start, end - start, NULL, 0);
          func (first + start, end - start, 0, data);
        }
      end = start > 0 ? start - 1 : 0;
    }
  for (guint start = 0; start < n_new;)
    {
      guint end = start;

      while (end < n_new && !keep_new[end])
        end++;
      if (start < end)
        {
          probity_ids_splice (ids, first + start, 0, &new_part[start], end - start);
          func (first + start, 0, end - start, data);
        }
      start = end + 1;
    }
}
