/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-saved-filter.h"

#include <json-glib/json-glib.h>

#include "probity-list-kind.h"
#include "probity-second-job.h"

/* Kept as a draft is: one sealed text a list, a saved filter a field. */

#define MAX_NAME 100
#define MAX_SAVED 100

void
probity_saved_filter_free (ProbitySavedFilter *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_clear_pointer (&self->query, probity_list_query_free);
  g_strfreev (self->columns);
  g_free (self);
}

static char *
dup_key (const ProbityListKind *kind)
{
  return g_strconcat ("filters:", kind->name, NULL);
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static char *
query_to_json (ProbityListQuery  *query,
               const char *const *columns)
{
  const ProbityListKind *kind = probity_list_query_get_kind (query);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  gboolean descending;
  guint    sort = probity_list_query_get_sort (query, &descending);

  json_builder_begin_object (builder);
  add_text (builder, "search", probity_list_query_get_search (query));
  add_text (builder, "sort", kind->columns[sort].name);
  json_builder_set_member_name (builder, "descending");
  json_builder_add_boolean_value (builder, descending);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_object (builder);
  for (guint i = 0; kind->filters[i] != NULL; i++)
    add_text (builder, kind->filters[i], probity_list_query_get_filter (query, kind->filters[i]));
  json_builder_end_object (builder);
  if (columns != NULL)
    {
      json_builder_set_member_name (builder, "columns");
      json_builder_begin_array (builder);
      for (guint i = 0; columns[i] != NULL; i++)
        json_builder_add_string_value (builder, columns[i]);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/* A filter or column that the list has no more is left aside. */
static ProbitySavedFilter *
read_saved (const ProbityListKind *kind,
            const char            *name,
            const char            *json)
{
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  ProbitySavedFilter *saved;
  JsonObject         *object, *filters = NULL;
  const char         *sort;
  guint               column;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  object = json_node_get_object (root);
  if (json_object_has_member (object, "filters") && JSON_NODE_HOLDS_OBJECT (json_object_get_member (object, "filters")))
    filters = json_object_get_object_member (object, "filters");

  probity_list_query_set_search (query, json_object_get_string_member_with_default (object, "search", NULL));
  for (guint i = 0; filters != NULL && kind->filters[i] != NULL; i++)
    probity_list_query_set_filter (query, kind->filters[i], json_object_get_string_member_with_default (filters, kind->filters[i], NULL));
  sort = json_object_get_string_member_with_default (object, "sort", NULL);
  column = sort != NULL ? probity_list_kind_find_column (kind, sort) : G_MAXUINT;
  if (column < kind->n_columns && kind->columns[column].sortable)
    probity_list_query_set_sort (query, sort, json_object_get_boolean_member_with_default (object, "descending", FALSE));

  saved = g_new0 (ProbitySavedFilter, 1);
  saved->name = g_strdup (name);
  saved->query = g_steal_pointer (&query);
  if (json_object_has_member (object, "columns") && JSON_NODE_HOLDS_ARRAY (json_object_get_member (object, "columns")))
    {
      JsonArray *array = json_object_get_array_member (object, "columns");
      g_autoptr (GStrvBuilder) columns = g_strv_builder_new ();

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (json_array_get_string_element (array, i) != NULL &&
            probity_list_kind_find_column (kind, json_array_get_string_element (array, i)) != G_MAXUINT)
          g_strv_builder_add (columns, json_array_get_string_element (array, i));
      saved->columns = g_strv_builder_end (columns);
    }

  return saved;
}

typedef struct
{
  ProbitySession        *session;
  const ProbityListKind *kind;
  char                  *name;
  char                  *json; /* NULL: remove */
} Job;

static Job *
job_new (ProbitySession        *session,
         const ProbityListKind *kind,
         const char            *name)
{
  Job *self = g_new0 (Job, 1);

  self->session = g_object_ref (session);
  self->kind = kind;
  self->name = g_strdup (name);

  return self;
}

static void
job_free (gpointer data)
{
  Job *self = data;

  g_object_unref (self->session);
  g_free (self->name);
  g_free (self->json);
  g_free (self);
}

static ProbityValues *
await_values (Job     *self,
              GError **error)
{
  g_autofree char *key = dup_key (self->kind);

  return dex_await_boxed (probity_draft_load (self->session, key), error);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (((const ProbitySavedFilter *) a)->name, ((const ProbitySavedFilter *) b)->name);
}

static DexFuture *
load_fiber (gpointer data)
{
  Job    *self = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) saved = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_saved_filter_free);
  g_autoptr (ProbityValues) values = await_values (self, &error);
  g_auto (GStrv) names = NULL;

  if (error != NULL)
    return dex_future_new_for_error (error);

  names = values != NULL ? probity_values_dup_fields (values) : NULL;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      ProbitySavedFilter *one = read_saved (self->kind, names[i], probity_values_get (values, names[i]));

      if (one != NULL)
        g_ptr_array_add (saved, one);
    }
  g_ptr_array_sort_values (saved, compare_names);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&saved));
}

DexFuture *
probity_saved_filter_load (ProbitySession        *session,
                           const ProbityListKind *kind)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL);

  return dex_scheduler_spawn (NULL, 0, load_fiber, job_new (session, kind, NULL), job_free);
}

static DexFuture *
change_fiber (gpointer data)
{
  Job    *self = data;
  GError *error = NULL;
  g_autoptr (ProbityValues) before = await_values (self, &error);
  g_autoptr (ProbityValues) after = probity_values_new ();
  g_autofree char *key = dup_key (self->kind);
  g_auto (GStrv) names = NULL;
  guint n_left = 0;

  if (error != NULL)
    return dex_future_new_for_error (error);

  names = before != NULL ? probity_values_dup_fields (before) : NULL;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_str_equal (names[i], self->name) && n_left < MAX_SAVED)
      {
        probity_values_set (after, names[i], probity_values_get (before, names[i]));
        n_left++;
      }
  if (self->json != NULL)
    probity_values_set (after, self->name, self->json);

  return probity_draft_save (self->session, key, self->json != NULL || n_left > 0 ? after : NULL);
}

DexFuture *
probity_saved_filter_save (ProbitySession    *session,
                           const char        *name,
                           ProbityListQuery  *query,
                           const char *const *columns)
{
  Job *job;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (name != NULL && query != NULL);

  if (*name == '\0' || g_utf8_strlen (name, -1) > MAX_NAME)
    return dex_future_new_for_error (probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "name", "A saved filter has a name of at most %d characters", MAX_NAME));

  job = job_new (session, probity_list_query_get_kind (query), name);
  job->json = query_to_json (query, columns);

  return dex_scheduler_spawn (NULL, 0, change_fiber, job, job_free);
}

DexFuture *
probity_saved_filter_remove (ProbitySession        *session,
                             const ProbityListKind *kind,
                             const char            *name)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL && name != NULL);

  return dex_scheduler_spawn (NULL, 0, change_fiber, job_new (session, kind, name), job_free);
}
