/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-application.h"
#include "probity-errors.h"
#include "probity-field-problem.h"
#include "probity-id-changes.h"
#include "probity-id-selection.h"
#include "probity-investigation.h"
#include "probity-labels.h"
#include "probity-paged-model.h"
#include "ui-fixture.h"

static Force *force;

/* --- from one order of ids to another --- */

typedef struct
{
  GArray     *mirror; /* what a listener believes */
  ProbityIds *ids;
  guint       n_changes;
  guint       longest;
} Mirror;

static void
follow (guint    position,
        guint    removed,
        guint    added,
        gpointer data)
{
  Mirror *mirror = data;

  if (removed > 0)
    g_array_remove_range (mirror->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    {
      gint64 id = probity_ids_get (mirror->ids, position + i);

      g_array_insert_val (mirror->mirror, position + i, id);
    }
  g_assert_cmpuint (mirror->mirror->len, ==, probity_ids_get_size (mirror->ids));
  mirror->n_changes++;
  mirror->longest = MAX (mirror->longest, removed + added);
}

static GArray *
new_ids (guint n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 1; i <= n; i++)
    g_array_append_val (ids, i);
  return ids;
}

static Mirror
apply (GArray *ids,
       GArray *wanted)
{
  g_autoptr (ProbityIds) packed = probity_ids_new_from_array (ids);
  g_autoptr (ProbityIds) packed_wanted = probity_ids_new_from_array (wanted);
  g_autoptr (GArray) end = NULL;
  Mirror mirror = { g_array_copy (ids), packed, 0, 0 };

  probity_id_changes_apply (packed, packed_wanted, follow, &mirror);
  end = probity_ids_to_array (packed);
  g_array_set_size (ids, 0);
  g_array_append_vals (ids, end->data, end->len);
  g_assert_cmpmem (ids->data, ids->len * sizeof (gint64), wanted->data, wanted->len * sizeof (gint64));
  g_assert_cmpmem (mirror.mirror->data, mirror.mirror->len * sizeof (gint64), wanted->data, wanted->len * sizeof (gint64));
  g_clear_pointer (&mirror.mirror, g_array_unref);
  return mirror;
}

static void
test_changes_small (void)
{
  g_autoptr (GArray) ids = new_ids (10000);
  g_autoptr (GArray) wanted = g_array_copy (ids);
  gint64 fresh = 20000, moved;
  Mirror mirror;

  g_test_summary ("A list of which few rows changed is told of these few only");

  mirror = apply (ids, wanted);
  g_assert_cmpuint (mirror.n_changes, ==, 0);

  g_array_insert_val (wanted, 5000, fresh);
  mirror = apply (ids, wanted);
  g_assert_cmpuint (mirror.n_changes, ==, 1);
  g_assert_cmpuint (mirror.longest, ==, 1);

  g_array_remove_index (wanted, 0);
  g_array_remove_index (wanted, 7000);
  mirror = apply (ids, wanted);
  g_assert_cmpuint (mirror.n_changes, ==, 2);
  g_assert_cmpuint (mirror.longest, ==, 1);

  /* A row that moves from the end to the front is one removal and one insertion, not a change of everything between. */
  moved = g_array_index (wanted, gint64, wanted->len - 1);
  g_array_set_size (wanted, wanted->len - 1);
  g_array_prepend_val (wanted, moved);
  mirror = apply (ids, wanted);
  g_assert_cmpuint (mirror.n_changes, ==, 2);
  g_assert_cmpuint (mirror.longest, ==, 1);
}

static void
test_changes_any (void)
{
  g_test_summary ("Whatever the change, the listener ends with the new order");

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GArray) ids = new_ids (g_test_rand_int_range (0, 40));
      g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));

      for (gint64 id = 1; id < 45; id++)
        if (g_test_rand_bit ())
          g_array_insert_val (wanted, g_test_rand_int_range (0, wanted->len + 1), id);
      apply (ids, wanted);
    }
}

static void
test_changes_all (void)
{
  g_autoptr (GArray) ids = new_ids (2000);
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  Mirror mirror;

  g_test_summary ("Another order altogether goes and comes in two changes, which GTK answers without asking for every row");

  for (guint i = ids->len; i > 0; i--)
    g_array_append_val (wanted, g_array_index (ids, gint64, i - 1));
  mirror = apply (ids, wanted);
  g_assert_cmpuint (mirror.n_changes, ==, 2);
}

/* --- the model --- */

static ProbityPagedModel *
new_people (void)
{
  ProbityPagedModel *model = probity_paged_model_new (force->head, probity_list_kind_find ("people"));
  g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find ("people"));

  probity_list_query_set_sort (query, "staff_number", FALSE);
  probity_paged_model_set_query (model, query);
  g_assert_true (probity_paged_model_get_loading (model));
  wait_until (!probity_paged_model_get_loading (model));
  g_assert_no_error (probity_paged_model_get_error (model));
  return model;
}

static ProbityListItem *
get_item (ProbityPagedModel *model,
          guint              position)
{
  return g_list_model_get_item (G_LIST_MODEL (model), position);
}

static const char *
get_cell (ProbityListItem *item,
          guint            cell)
{
  return probity_list_item_get_row (item)->cells[cell];
}

static void
test_model_rows_come_later (void)
{
  g_autoptr (ProbityPagedModel) model = new_people ();
  g_autoptr (ProbityListItem) item = get_item (model, 0);
  g_autoptr (ProbityListItem) again = get_item (model, 0);

  g_test_summary ("Asking for a row gives it at once, the same as long as it is held, and its cells later");

  g_assert_true (item == again);
  g_assert_true (probity_list_item_is_loading (item));
  wait_until (!probity_list_item_is_loading (item));
  g_assert_cmpstr (get_cell (item, 0), ==, "1001");
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 1);
  g_clear_object (&again);
  g_clear_object (&item);
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 0);
}

static void
test_model_change_in_place (void)
{
  g_autoptr (ProbityPagedModel) model = new_people ();
  g_autoptr (ProbityListItem) item = NULL;
  g_autoptr (ProbityListItem) after = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "4105"));
  g_autoptr (ProbityRecord) changed = NULL;
  guint position;

  g_test_summary ("A row that somebody saves changes where it stands, as the same object");

  g_assert_true (probity_paged_model_find (model, probity_record_get_id (record), &position));
  item = get_item (model, position);
  wait_until (!probity_list_item_is_loading (item));
  probity_values_set (values, "unit", "Buxton");
  changed = wait_for_boxed (probity_record_update (force->head, probity_record_kind_find ("person"), probity_record_get_uid (record), probity_record_get_version (record), values));
  wait_until (g_strcmp0 (get_cell (item, 3), "Buxton") == 0);
  after = get_item (model, position);
  g_assert_true (after == item);
}

static void
count_changes_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  guint      *count)
{
  g_assert_cmpuint (removed, ==, 0);
  g_assert_cmpuint (added, ==, 1);
  (*count)++;
}

static void
test_model_new_row (void)
{
  g_autoptr (ProbityPagedModel) model = new_people ();
  guint n_before = g_list_model_get_n_items (G_LIST_MODEL (model));
  guint n_changes = 0;

  g_test_summary ("A record that is made comes into an open list as one row");

  g_signal_connect (model, "items-changed", G_CALLBACK (count_changes_cb), &n_changes);
  force_add_person (force, "1500", "Late", "Comer", NULL, NULL);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (model)) == n_before + 1);
  g_assert_cmpuint (n_changes, ==, 1);
}

static void
test_model_last_question_counts (void)
{
  g_autoptr (ProbityPagedModel) model = new_people ();
  g_autoptr (ProbityListItem) held = get_item (model, 3);

  g_test_summary ("Of several questions in a row only the last is answered, and rows shown get their cells");

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find ("people"));

      probity_list_query_set_search (query, i == 19 ? "applegate" : "a");
      probity_paged_model_set_query (model, query);
    }
  wait_until (!probity_paged_model_get_loading (model));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, 1);

  g_clear_object (&held);
  held = get_item (model, 0);
  wait_until (!probity_list_item_is_loading (held));
  g_assert_cmpstr (get_cell (held, 0), ==, "1001");
}

static void
test_model_asked_twice (void)
{
  g_autoptr (ProbityPagedModel) model = new_people ();
  g_autoptr (ProbityListItem) item = get_item (model, 5);
  g_autoptr (ProbityListQuery) query = probity_list_query_copy (probity_paged_model_get_query (model));

  g_test_summary ("Cells that were on their way when the list was read anew still come");

  probity_paged_model_set_query (model, query);
  wait_until (!probity_paged_model_get_loading (model));
  wait_until (!probity_list_item_is_loading (item));
}

static void
test_model_bounded (void)
{
  g_autoptr (ProbityPagedModel) model = NULL;

  g_test_summary ("However far one scrolls, few pages of cells are kept");

  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *number = g_strdup_printf ("8%03u", i);

      force_add_person (force, number, "Many", "People", NULL, NULL);
    }
  model = new_people ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i += 20)
    {
      g_autoptr (ProbityListItem) item = get_item (model, i);

      wait_until (!probity_list_item_is_loading (item));
    }
  g_assert_cmpuint (probity_paged_model_get_n_cached_pages (model), <=, 48);
  g_assert_cmpuint (probity_paged_model_get_n_cached_pages (model), ==, (g_list_model_get_n_items (G_LIST_MODEL (model)) + PROBITY_PAGED_MODEL_PAGE - 1) / PROBITY_PAGED_MODEL_PAGE);
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 0);
}

/* --- the start of a long list --- */

#define N_MANY 600

static void
add_many_people (void)
{
  static gboolean  added = FALSE;
  g_autofree char *sql = g_strdup_printf ("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
                                          " INSERT INTO person (uid, staff_number, forenames, surname, unit, sort_name, search_text, created, created_by)"
                                          " SELECT 'many-' || i, printf ('7%%04d', i), 'Many', printf ('Name%%04d', %u - i), 'Matlock', printf ('name%%04d, many', %u - i), 'many', '2012-01-01T09:00:00.000Z', 'head' FROM n",
                                          N_MANY,
                                          N_MANY,
                                          N_MANY);

  if (!added)
    wait_for_success (run_sql (probity_session_get_casebook (force->head), PROBITY_COMPARTMENT_REGISTERS, sql));
  added = TRUE;
}

static ProbityListQuery *
people_by (const char *column,
           gboolean    descending)
{
  ProbityListQuery *query = probity_list_query_new (probity_list_kind_find ("people"));

  probity_list_query_set_sort (query, column, descending);
  return query;
}

typedef struct
{
  guint   n_started;
  guint   n_items;
  gint64  first;
  gint64  last;
  GArray *changes; /* guint: position, removed, added */
} Start;

static void
started_cb (ProbityPagedModel *model,
            Start             *start)
{
  g_autoptr (ProbityListItem) first = get_item (model, 0);
  g_autoptr (ProbityListItem) last = get_item (model, PROBITY_PAGED_MODEL_PAGE - 1);

  /* Its cells come with it. */
  g_assert_false (probity_list_item_is_loading (first));
  g_assert_false (probity_list_item_is_loading (last));
  g_assert_true (probity_paged_model_get_loading (model));
  g_assert_true (probity_paged_model_is_partial (model));
  start->n_started++;
  start->n_items = g_list_model_get_n_items (G_LIST_MODEL (model));
  start->first = probity_paged_model_get_id (model, 0);
  start->last = probity_paged_model_get_id (model, start->n_items - 1);
}

static void
note_change_cb (GListModel *model,
                guint       position,
                guint       removed,
                guint       added,
                Start      *start)
{
  guint change[] = { position, removed, added };

  g_array_append_vals (start->changes, change, G_N_ELEMENTS (change));
}

static void
note_row_cb (ProbityListItem *item,
             gpointer         data)
{
  (*(guint *) data)++;
}

static void
note_selection_cb (GtkSelectionModel *model,
                   guint              position,
                   guint              n_items,
                   guint             *ret_end)
{
  *ret_end = position + n_items;
}

static void
assert_whole (ProbityPagedModel *model,
              ProbityListQuery  *query)
{
  g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (force->head, query, NULL));

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, ids->len);
  for (guint i = 0; i < ids->len; i++)
    g_assert_cmpint (probity_paged_model_get_id (model, i), ==, g_array_index (ids, gint64, i));
}

static void
test_start_comes_first (void)
{
  g_autoptr (ProbityPagedModel) model = NULL;
  g_autoptr (ProbityIdSelection) selection = NULL;
  g_autoptr (ProbityListQuery) query = people_by ("name", TRUE);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (ProbityListItem) held = NULL;
  g_autoptr (ProbityListItem) beyond = NULL;
  g_autoptr (ProbityListItem) after = NULL;
  guint  shown = 0;
  Start  start = { .changes = g_array_new (FALSE, FALSE, sizeof (guint)) };
  guint  n_items, position;
  gint64 chosen;
  guint  expected[6];
  guint  n_told = 0;

  g_test_summary ("A long list in a new order shows its start before the rest is read, in the items that there are, and goes on from there");

  add_many_people ();
  model = new_people ();
  selection = probity_id_selection_new (model);
  n_items = g_list_model_get_n_items (G_LIST_MODEL (model));
  chosen = probity_paged_model_get_id (model, 3);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 3, TRUE);
  held = get_item (model, 3);
  beyond = get_item (model, PROBITY_LIST_START_IDS + 3);
  wait_until (!probity_list_item_is_loading (held) && !probity_list_item_is_loading (beyond));
  probity_list_item_watch (held, note_row_cb, &shown);

  g_signal_connect (selection, "selection-changed", G_CALLBACK (note_selection_cb), &n_told);
  g_signal_connect (model, "started", G_CALLBACK (started_cb), &start);
  g_signal_connect (model, "items-changed", G_CALLBACK (note_change_cb), &start);
  probity_paged_model_set_query (model, query);
  wait_until (!probity_paged_model_get_loading (model));

  g_assert_cmpuint (start.n_started, ==, 1);
  g_assert_cmpuint (start.n_items, ==, PROBITY_LIST_START_IDS);
  g_assert_false (probity_paged_model_is_partial (model));
  assert_whole (model, query);
  g_assert_cmpint (start.first, ==, probity_paged_model_get_id (model, 0));
  g_assert_cmpint (start.last, ==, probity_paged_model_get_id (model, PROBITY_LIST_START_IDS - 1));
  /* The widgets of the old rows show the new ones, and nothing of what is looked at goes when the rest comes. */
  memcpy (expected, (const guint[]) { PROBITY_LIST_START_IDS, n_items - PROBITY_LIST_START_IDS, 0, PROBITY_LIST_START_IDS, 0, n_items - PROBITY_LIST_START_IDS }, sizeof expected);
  g_assert_cmpmem (start.changes->data, start.changes->len * sizeof (guint), expected, sizeof expected);
  g_array_unref (start.changes);

  g_assert_true (probity_paged_model_find (model, chosen, &position));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), position));
  ids = probity_id_selection_dup_ids (selection);
  g_assert_cmpuint (ids->len, ==, 1);
  /* What stood there is the same object, and another record; whoever shows it was told once. */
  after = get_item (model, 3);
  g_assert_true (after == held);
  g_assert_cmpint (probity_list_item_get_id (held), ==, probity_paged_model_get_id (model, 3));
  g_assert_cmpint (probity_list_item_get_row (held)->id, ==, probity_paged_model_get_id (model, 3));
  g_assert_cmpint (probity_list_item_get_id (held), !=, chosen);
  g_assert_cmpuint (shown, ==, 1);
  g_assert_cmpuint (n_told, ==, PROBITY_LIST_START_IDS);
  probity_list_item_unwatch (held, &shown);
  /* What stood further down is nothing of the list's any more, and goes without a trace of its own. */
  g_clear_object (&after);
  after = get_item (model, PROBITY_LIST_START_IDS + 3);
  g_assert_true (after != beyond);
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 2);
  g_clear_object (&beyond);
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 2);
  g_clear_object (&held);
  g_clear_object (&after);
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 0);
}

/* Whatever is on its way when another order comes, cells are those of the record that the item stands for. */
static void
test_start_cells_of_their_own (void)
{
  g_autoptr (ProbityPagedModel) model = NULL;
  static const char *const columns[] = { "name", "staff_number", "unit" };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  g_test_summary ("An item has the cells of its own record, in whatever order rows and ids come");

  add_many_people ();
  model = new_people ();
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (ProbityListQuery) query = people_by (columns[round % G_N_ELEMENTS (columns)], round % 2 == 1);

      /* Pages of the old order are on their way while the new one is asked for. */
      probity_paged_model_set_query (model, query);
      for (guint i = PROBITY_LIST_START_IDS; i > 0; i -= 16)
        g_ptr_array_add (items, get_item (model, i - 1));
      wait_until (!probity_paged_model_get_loading (model));
      for (guint i = 0; i < items->len; i++)
        {
          ProbityListItem *item = g_ptr_array_index (items, i);

          if (probity_list_item_get_row (item) != NULL)
            g_assert_cmpint (probity_list_item_get_row (item)->id, ==, probity_list_item_get_id (item));
        }
      g_ptr_array_set_size (items, 0);
    }
  wait_until (!probity_paged_model_get_loading (model));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i += 16)
    {
      g_autoptr (ProbityListItem) item = get_item (model, i);

      wait_until (!probity_list_item_is_loading (item));
      g_assert_cmpint (probity_list_item_get_row (item)->id, ==, probity_paged_model_get_id (model, i));
    }
}

static void
save_cb (ProbityPagedModel *model,
         Start             *start)
{
  if (start->n_started++ == 0)
    force_add_person (force, "79999", "Aaron", "Aaa", NULL, NULL);
}

static void
note_anew_cb (ProbityPagedModel *model,
              gboolean           anew,
              gboolean          *ret_anew)
{
  *ret_anew = anew;
}

static void
test_start_and_change (void)
{
  g_autoptr (ProbityPagedModel) model = NULL;
  g_autoptr (ProbityListQuery) query = people_by ("name", FALSE);
  g_autoptr (ProbityListQuery) again = people_by ("unit", TRUE);
  Start    start = { 0 };
  guint    n_before;
  gboolean anew = FALSE;

  g_test_summary ("What is saved while only the start is there is in the list when the rest is");

  add_many_people ();
  model = new_people ();
  n_before = g_list_model_get_n_items (G_LIST_MODEL (model));
  g_signal_connect (model, "started", G_CALLBACK (save_cb), &start);
  probity_paged_model_set_query (model, query);
  wait_until (g_list_model_get_n_items (G_LIST_MODEL (model)) == n_before + 1);
  g_assert_cmpuint (start.n_started, ==, 1);
  assert_whole (model, query);
  g_signal_connect (model, "reloaded", G_CALLBACK (note_anew_cb), &anew);

  /* A question that is asked while only the start of another one is there. */
  probity_paged_model_set_query (model, again);
  wait_until (probity_paged_model_is_partial (model));
  probity_paged_model_set_query (model, query);
  wait_until (!probity_paged_model_get_loading (model));
  g_assert_false (probity_paged_model_is_partial (model));
  assert_whole (model, query);

  /* A short answer after the start of a long one. */
  probity_paged_model_set_query (model, again);
  wait_until (probity_paged_model_is_partial (model));
  probity_list_query_set_search (again, "applegate");
  probity_paged_model_set_query (model, again);
  wait_until (!probity_paged_model_get_loading (model));
  g_assert_false (probity_paged_model_is_partial (model));
  g_assert_true (anew);
  assert_whole (model, again);
}

/* --- the selection --- */

static void
test_selection_by_id (void)
{
  g_autoptr (ProbityPagedModel) model = new_people ();
  g_autoptr (ProbityIdSelection) selection = probity_id_selection_new (model);
  g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find ("people"));
  g_autoptr (GArray) ids = NULL;
  gint64 id = probity_paged_model_get_id (model, 2);
  guint  position;

  g_test_summary ("What is selected stays selected in another order, and makes no rows");

  gtk_selection_model_select_item (GTK_SELECTION_MODEL (selection), 2, TRUE);
  probity_list_query_set_sort (query, "name", TRUE);
  probity_paged_model_set_query (model, query);
  wait_until (!probity_paged_model_get_loading (model));
  g_assert_true (probity_paged_model_find (model, id, &position));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), position));
  g_assert_cmpuint (probity_id_selection_get_n_selected (selection), ==, 1);
  ids = probity_id_selection_dup_ids (selection);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, id);
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 0);
}

static void
test_selection_all (void)
{
  g_autoptr (ProbityPagedModel) model = new_people ();
  g_autoptr (ProbityIdSelection) selection = probity_id_selection_new (model);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (model));

  g_test_summary ("Selecting everything makes no rows, and one can be taken out again");

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (selection));
  g_assert_cmpuint (probity_id_selection_get_n_selected (selection), ==, n_items);
  gtk_selection_model_unselect_item (GTK_SELECTION_MODEL (selection), 1);
  g_assert_cmpuint (probity_id_selection_get_n_selected (selection), ==, n_items - 1);
  g_assert_false (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 1));
  g_assert_true (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (selection), 2));
  g_assert_cmpuint (probity_paged_model_get_n_live_items (model), ==, 0);
}

/* --- words --- */

static void
test_every_error_has_words (void)
{
  static const char *const gate_codes[] = {
    "line-manager-comment", "head-of-hr-comment", "professional-standards", "complaints-check", "intelligence-check", "professional-standards-view", "stale-check", "unassessed-hits", "new-record", "recheck-open", "separation-of-duties", "not-your-step"
  };
  const struct
  {
    GQuark domain;
    int    last;
  } domains[] = {
    { PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT },
    { PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_SIGNATURE },
  };

  g_test_summary ("A person is told in sentences what happened, never a technical message");

  for (guint d = 0; d < G_N_ELEMENTS (domains); d++)
    for (int code = 0; code <= domains[d].last; code++)
      {
        g_autoptr (GError) error = g_error_new_literal (domains[d].domain, code, "technical words");
        g_autofree char *sentence = probity_error_dup_sentence (error);

        g_assert_cmpstr (sentence, !=, "technical words");
        g_assert_true (g_str_has_suffix (sentence, "."));
      }
  for (guint i = 0; i < G_N_ELEMENTS (gate_codes); i++)
    {
      const char *const missing[] = { gate_codes[i], NULL };
      g_autoptr (GError) error = probity_record_error_new_missing (missing, "technical words");
      g_autofree char *sentence = probity_error_dup_sentence (error);

      g_assert_cmpstr (probity_gate_code_to_sentence (gate_codes[i]), !=, gate_codes[i]);
      g_assert_nonnull (strstr (sentence, probity_gate_code_to_sentence (gate_codes[i])));
    }
}

static void
test_field_errors_have_words (void)
{
  static const char *const kinds[] = { "second-job", "person", "organisation", "relation", "complaint", "intelligence-report" };
  static const char *const values[] = { "", "\x01", "3/4/26", "yesterday", "999999", "-1", "4.5.6", "SECRET", "maybe\u202e" };
  guint                    n_refused = 0;

  g_test_summary ("What is wrong with a field is said in words that can be translated, and never in the library's");

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      const ProbityRecordKind *kind = probity_record_kind_find (kinds[k]);
      guint                    n_fields;
      const ProbityField      *fields = probity_record_kind_get_fields (kind, &n_fields);

      for (guint i = 0; i < n_fields; i++)
        for (guint v = 0; v < G_N_ELEMENTS (values); v++)
          {
            g_autoptr (GError) error = NULL;
            const char      *problem;
            g_autofree char *sentence = NULL;

            if (probity_record_validate_value (kind, probity_session_get_profile (force->hr), fields[i].name, values[v], &error))
              continue;
            n_refused++;
            problem = probity_field_problem_to_sentence (error, &fields[i]);
            sentence = probity_error_dup_sentence (error);
            g_test_message ("%s “%s”: %s", fields[i].name, values[v], sentence);
            g_assert_cmpstr (problem, !=, error->message);
            g_assert_true (g_str_has_suffix (problem, "."));
            g_assert_null (strstr (sentence, error->message));
            g_assert_nonnull (strstr (sentence, probity_label_for_field (NULL, fields[i].name)));
          }
    }
  g_assert_cmpuint (n_refused, >, 100);

  for (int code = 0; code <= PROBITY_RECORD_ERROR_GATE; code++)
    {
      g_autoptr (GError) plain = g_error_new_literal (PROBITY_RECORD_ERROR, code, "technical words");
      g_autoptr (GError) field = probity_record_error_new_field (code, "employer", "technical words");
      g_autofree char *plain_sentence = probity_error_dup_sentence (plain);
      g_autofree char *field_sentence = probity_error_dup_sentence (field);

      g_assert_null (strstr (plain_sentence, "technical words"));
      g_assert_null (strstr (field_sentence, "technical words"));
    }
}

static void
test_every_field_has_title (void)
{
  static const char *const kinds[] = { "second-job", "person", "organisation", "relation", "complaint", "intelligence-report", "leak-investigation" };
  static const char *const lists[] = { "second-jobs", "leaks", "checks", "complaints", "intelligence", "people", "organisations", "relations", "reviews-due" };

  g_test_summary ("Every field and every column has a title that can be translated");

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      guint               n_fields;
      const ProbityField *fields = probity_record_kind_get_fields (probity_record_kind_find (kinds[k]), &n_fields);

      for (guint i = 0; i < n_fields; i++)
        if (!probity_label_is_known_field (kinds[k], fields[i].name))
          {
            g_test_message ("%s of %s", fields[i].name, kinds[k]);
            g_test_fail ();
          }
    }
  for (guint p = 0; probity_leak_parts[p] != NULL; p++)
    {
      guint               n_fields;
      const ProbityField *fields = probity_record_kind_get_fields (probity_leak_parts[p]->record_kind, &n_fields);

      for (guint i = 0; i < n_fields; i++)
        if (!g_str_equal (fields[i].name, "case_uid") && !probity_label_is_known_field (probity_leak_parts[p]->record_kind->name, fields[i].name))
          {
            g_test_message ("%s of %s", fields[i].name, probity_leak_parts[p]->record_kind->name);
            g_test_fail ();
          }
    }
  for (guint l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      guint                    n_columns;
      const ProbityListColumn *columns = probity_list_kind_get_columns (probity_list_kind_find (lists[l]), &n_columns);

      for (guint i = 0; i < n_columns; i++)
        if (!probity_label_is_known_field (NULL, columns[i].name))
          {
            g_test_message ("%s of %s", columns[i].name, lists[l]);
            g_test_fail ();
          }
    }
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  probity_ui_init ();
  force = force_new ("derbyshire");
  ui_populate (force);

  g_test_add_func ("/ui/changes/small", test_changes_small);
  g_test_add_func ("/ui/changes/any", test_changes_any);
  g_test_add_func ("/ui/changes/all", test_changes_all);
  g_test_add_func ("/ui/model/rows-come-later", test_model_rows_come_later);
  g_test_add_func ("/ui/model/change-in-place", test_model_change_in_place);
  g_test_add_func ("/ui/model/new-row", test_model_new_row);
  g_test_add_func ("/ui/model/last-question-counts", test_model_last_question_counts);
  g_test_add_func ("/ui/model/asked-twice", test_model_asked_twice);
  g_test_add_func ("/ui/model/bounded", test_model_bounded);
  g_test_add_func ("/ui/model/start-comes-first", test_start_comes_first);
  g_test_add_func ("/ui/model/start-cells-of-their-own", test_start_cells_of_their_own);
  g_test_add_func ("/ui/model/start-and-change", test_start_and_change);
  g_test_add_func ("/ui/selection/by-id", test_selection_by_id);
  g_test_add_func ("/ui/selection/all", test_selection_all);
  g_test_add_func ("/ui/words/errors", test_every_error_has_words);
  g_test_add_func ("/ui/words/field-errors", test_field_errors_have_words);
  g_test_add_func ("/ui/words/fields", test_every_field_has_title);
  status = g_test_run ();
  force_free (force);
  return status;
}
