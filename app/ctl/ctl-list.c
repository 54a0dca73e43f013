/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-bulk.h"
#include "probity-link-chart.h"
#include "probity-saved-filter.h"

/* Lists as the window has them: filters that are saved, one act for many cases; and the chart of what is linked. */

#define SELECTION "where,search,order,filter"

static const ProbityListKind *
find_list (CtlCall *call,
           GError **error)
{
  const char            *name = ctl_call_get_argument (call, 1);
  const ProbityListKind *kind = probity_list_kind_find (name);

  if (kind == NULL)
    g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "There is no list “%s”", name);

  return kind;
}

static gboolean
set_filters (CtlCall               *call,
             const ProbityListKind *kind,
             ProbityListQuery      *query,
             GError               **error)
{
  g_autofree const char **where = ctl_call_get_options (call, "where");

  for (guint i = 0; where[i] != NULL; i++)
    {
      const char      *equals = strchr (where[i], '=');
      g_autofree char *name = equals != NULL ? g_strndup (where[i], (gsize) (equals - where[i])) : g_strdup (where[i]);

      if (equals == NULL || !g_strv_contains (probity_list_kind_get_filters (kind), name))
        {
          g_autofree char *known = g_strjoinv (", ", (GStrv) probity_list_kind_get_filters (kind));

          g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "--where is FILTER=VALUE, and this list has the filters %s", known);
          return FALSE;
        }
      probity_list_query_set_filter (query, name, equals + 1);
    }

  return TRUE;
}

/* A saved filter, and what is asked for besides. */
static ProbityListQuery *
dup_query (CtlCall               *call,
           const ProbityListKind *kind,
           GError               **error)
{
  const char *name = ctl_call_get_option (call, "filter");
  const char *order = ctl_call_get_option (call, "order");
  g_autoptr (ProbityListQuery) query = NULL;

  if (name != NULL)
    {
      g_autoptr (GPtrArray) saved = dex_await_boxed (probity_saved_filter_load (call->session, kind), error);

      if (saved == NULL)
        return NULL;
      for (guint i = 0; i < saved->len && query == NULL; i++)
        if (g_str_equal (((ProbitySavedFilter *) g_ptr_array_index (saved, i))->name, name))
          query = probity_list_query_copy (((ProbitySavedFilter *) g_ptr_array_index (saved, i))->query);
      if (query == NULL)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "No filter was saved as “%s”", name);
          return NULL;
        }
    }
  if (query == NULL)
    query = probity_list_query_new (kind);
  if (!set_filters (call, kind, query, error))
    return NULL;
  if (ctl_call_get_option (call, "search") != NULL)
    probity_list_query_set_search (query, ctl_call_get_option (call, "search"));
  if (order != NULL)
    {
      const gboolean descending = *order == '-';

      if (probity_list_kind_find_column (kind, order + descending) == G_MAXUINT)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "The list has no column “%s”", order + descending);
          return NULL;
        }
      probity_list_query_set_sort (query, order + descending, descending);
    }

  return g_steal_pointer (&query);
}

GPtrArray *
ctl_load_rows (CtlCall               *call,
               const ProbityListKind *kind,
               ProbityListQuery      *query,
               GError               **error)
{
  g_autoptr (GArray) ids = dex_await_boxed (probity_list_load_ids (call->session, query, NULL), error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) there = NULL;

  if (ids == NULL)
    return NULL;
  rows = dex_await_boxed (probity_list_load_rows (call->session, kind, (const gint64 *) (gpointer) ids->data, ids->len, NULL), error);
  if (rows == NULL)
    return NULL;

  there = g_ptr_array_new_full (rows->len, (GDestroyNotify) probity_list_row_unref);
  for (guint i = 0; i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      g_ptr_array_add (there, probity_list_row_ref (g_ptr_array_index (rows, i)));

  return g_steal_pointer (&there);
}

static JsonNode *
run_show (CtlCall *call,
          GError **error)
{
  const ProbityListKind *kind = find_list (call, error);
  g_autoptr (ProbityListQuery) query = kind != NULL ? dup_query (call, kind, error) : NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const ProbityListColumn *columns;
  guint                    n_columns;

  if (query == NULL || !dex_await (probity_audit_consult (call->session, ctl_call_get_argument (call, 1), NULL, NULL), error) ||
      (rows = ctl_load_rows (call, kind, query, error)) == NULL)
    return NULL;

  columns = probity_list_kind_get_columns (kind, &n_columns);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rows");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "uid", row->uid);
      for (guint j = 0; j < n_columns; j++)
        ctl_add_text (builder, columns[j].name, row->cells[j]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_save (CtlCall *call,
          GError **error)
{
  const ProbityListKind *kind = find_list (call, error);
  g_autoptr (ProbityListQuery) query = kind != NULL ? dup_query (call, kind, error) : NULL;

  if (query == NULL || !dex_await (probity_saved_filter_save (call->session, ctl_call_get_argument (call, 2), query, NULL), error))
    return NULL;

  return ctl_done ("saved", NULL);
}

static JsonNode *
run_saved (CtlCall *call,
           GError **error)
{
  const ProbityListKind *kind = find_list (call, error);
  g_autoptr (GPtrArray) saved = kind != NULL ? dex_await_boxed (probity_saved_filter_load (call->session, kind), error) : NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (saved == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < saved->len; i++)
    {
      const ProbitySavedFilter *filter = g_ptr_array_index (saved, i);
      const char *const        *names = probity_list_kind_get_filters (kind);
      gboolean                  descending;

      json_builder_begin_object (builder);
      ctl_add_text (builder, "name", filter->name);
      ctl_add_text (builder, "search", probity_list_query_get_search (filter->query));
      ctl_add_text (builder, "order", probity_list_query_get_sort_column (filter->query, &descending));
      json_builder_set_member_name (builder, "where");
      json_builder_begin_object (builder);
      for (guint j = 0; names[j] != NULL; j++)
        if (probity_list_query_get_filter (filter->query, names[j]) != NULL)
          ctl_add_text (builder, names[j], probity_list_query_get_filter (filter->query, names[j]));
      json_builder_end_object (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_forget (CtlCall *call,
            GError **error)
{
  const ProbityListKind *kind = find_list (call, error);

  if (kind == NULL || !dex_await (probity_saved_filter_remove (call->session, kind, ctl_call_get_argument (call, 2)), error))
    return NULL;

  return ctl_done ("forgotten", NULL);
}

/* What a bulk act is about: never a whole list by an oversight. */
static GArray *
load_selection (CtlCall               *call,
                const ProbityListKind *kind,
                GError               **error)
{
  g_autoptr (ProbityListQuery) query = NULL;

  if (ctl_call_get_option (call, "where") == NULL && ctl_call_get_option (call, "search") == NULL && ctl_call_get_option (call, "filter") == NULL)
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "Say which: --where, --search or --filter");
      return NULL;
    }
  query = dup_query (call, kind, error);

  return query != NULL ? dex_await_boxed (probity_list_load_ids (call->session, query, NULL), error) : NULL;
}

/* Takes @future. */
static JsonNode *
finish_bulk (DexFuture *future,
             GError   **error)
{
  g_autoptr (ProbityBulkResult) result = dex_await_boxed (future, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (result == NULL)
    return NULL;
  json_builder_begin_object (builder);
  ctl_add_int (builder, "done", result->n_done);
  json_builder_set_member_name (builder, "failures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < result->failures->len; i++)
    {
      const ProbityBulkFailure *failure = g_ptr_array_index (result->failures, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "reference", failure->reference);
      ctl_add_text (builder, "code", ctl_error_get_code (failure->error));
      ctl_add_text (builder, "message", failure->error->message);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_assign (CtlCall *call,
            GError **error)
{
  const ProbityListKind *kind = find_list (call, error);
  const char            *owner = kind != NULL ? ctl_call_require_option (call, "owner", error) : NULL;
  g_autoptr (GArray) ids = owner != NULL ? load_selection (call, kind, error) : NULL;

  if (ids == NULL)
    return NULL;

  return finish_bulk (probity_bulk_assign (call->session, kind, (const gint64 *) (gpointer) ids->data, ids->len, owner, ctl_call_get_option (call, "reason")), error);
}

static JsonNode *
run_act (CtlCall *call,
         GError **error)
{
  const ProbityListKind *kind = find_list (call, error);
  g_autoptr (ProbityValues) values = ctl_call_dup_values (call, "title,owner,soft-deadline,hard-deadline");
  g_autoptr (GArray) ids = kind != NULL && ctl_call_require_option (call, "title", error) != NULL ? load_selection (call, kind, error) : NULL;

  if (ids == NULL)
    return NULL;

  return finish_bulk (probity_bulk_add_action (call->session, kind, (const gint64 *) (gpointer) ids->data, ids->len, values), error);
}

/* --- Link charts --- */

/* `complaint`, `same-matter`: as they stand in JSON, without the hyphens. */
static char *
dup_words (const char *code,
           gboolean    is_kind)
{
  char *words = g_strdelimit (g_strdup (code), "-", ' ');

  if (*words != '\0')
    *words = g_ascii_toupper (*words);

  return words;
}

static void
add_node (JsonBuilder            *builder,
          const ProbityChartNode *node)
{
  json_builder_begin_object (builder);
  ctl_add_text (builder, "kind", node->kind);
  ctl_add_text (builder, "reference", node->reference);
  ctl_add_text (builder, "uid", node->uid);
  ctl_add_text (builder, "title", node->title);
  ctl_add_int (builder, "step", node->step);
  json_builder_end_object (builder);
}

static JsonNode *
run_chart (CtlCall *call,
           GError **error)
{
  const char *path = ctl_call_get_option (call, "export");
  g_autoptr (ProbityLinkChart) chart = dex_await_boxed (probity_link_chart_load (call->session, ctl_call_get_argument (call, 1), NULL), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (chart == NULL || (path != NULL && !dex_await (probity_link_chart_export (chart, call->session, path, dup_words), error)))
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "records");
  json_builder_begin_array (builder);
  for (guint i = 0; i < chart->nodes->len; i++)
    add_node (builder, g_ptr_array_index (chart->nodes, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "links");
  json_builder_begin_array (builder);
  for (guint i = 0; i < chart->edges->len; i++)
    {
      const ProbityChartEdge *edge = g_ptr_array_index (chart->edges, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "from", ((ProbityChartNode *) g_ptr_array_index (chart->nodes, edge->from))->uid);
      ctl_add_text (builder, "to", ((ProbityChartNode *) g_ptr_array_index (chart->nodes, edge->to))->uid);
      ctl_add_text (builder, "type", edge->type);
      ctl_add_text (builder, "text", edge->text);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "cut");
  json_builder_add_boolean_value (builder, chart->cut);

  return ctl_finish (builder);
}

const CtlCommand ctl_list_commands[] = {
  { { "list show", "FOLDER LIST", 2, 2, SELECTION }, TRUE, run_show },
  { { "list save", "FOLDER LIST NAME", 3, 3, SELECTION }, TRUE, run_save },
  { { "list saved", "FOLDER LIST", 2, 2, "" }, TRUE, run_saved },
  { { "list forget", "FOLDER LIST NAME", 3, 3, "" }, TRUE, run_forget },
  { { "list assign", "FOLDER LIST", 2, 2, SELECTION ",owner,reason" }, TRUE, run_assign },
  { { "list action", "FOLDER LIST", 2, 2, SELECTION ",title,owner,soft-deadline,hard-deadline" }, TRUE, run_act },
  { { "link chart", "FOLDER REFERENCE", 2, 2, "export" }, TRUE, run_chart },
  { { NULL } },
};
