/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-clock.h"
#include "probity-list-kind.h"
#include "probity-profile.h"

/* More words than anybody types; what is beyond is not searched for. */
#define MAX_WORDS 12
#define MAX_SEARCH 400

struct _ProbityListQuery
{
  const ProbityListKind *kind;
  char                  *search;
  GPtrArray             *filters; /* names, borrowed from the kind */
  GPtrArray             *values;
  int                    sort; /* index, -1: the kind's own */
  gboolean               descending;
};

G_DEFINE_BOXED_TYPE (ProbityListQuery, probity_list_query, probity_list_query_copy, probity_list_query_free)

/**
 * probity_list_query_new:
 *
 * Returns: (transfer full): everything in @kind, in its own order
 */
ProbityListQuery *
probity_list_query_new (const ProbityListKind *kind)
{
  ProbityListQuery *self = g_new0 (ProbityListQuery, 1);

  self->kind = kind;
  self->sort = -1;
  self->filters = g_ptr_array_new ();
  self->values = g_ptr_array_new_with_free_func (g_free);

  return self;
}

ProbityListQuery *
probity_list_query_copy (ProbityListQuery *self)
{
  ProbityListQuery *copy = probity_list_query_new (self->kind);

  copy->search = g_strdup (self->search);
  copy->sort = self->sort;
  copy->descending = self->descending;
  for (guint i = 0; i < self->filters->len; i++)
    {
      g_ptr_array_add (copy->filters, g_ptr_array_index (self->filters, i));
      g_ptr_array_add (copy->values, g_strdup (g_ptr_array_index (self->values, i)));
    }

  return copy;
}

void
probity_list_query_free (ProbityListQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->search);
  g_ptr_array_unref (self->filters);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * probity_list_query_set_search:
 * @words: (nullable): every one of them must be in the row, in any order, case and accents aside
 */
void
probity_list_query_set_search (ProbityListQuery *self,
                               const char       *words)
{
  g_autofree char *valid = words != NULL ? g_utf8_make_valid (words, MIN (strlen (words), MAX_SEARCH)) : NULL;

  g_free (self->search);
  self->search = valid != NULL ? probity_fold_text (valid) : NULL;
  if (self->search != NULL && *self->search == '\0')
    g_clear_pointer (&self->search, g_free);
}

static guint
find_filter (const ProbityListKind *kind,
             const char            *name)
{
  for (guint i = 0; kind->filters[i] != NULL; i++)
    if (strcmp (kind->filters[i], name) == 0)
      return i;

  return G_MAXUINT;
}

/**
 * probity_list_query_set_filter:
 * @value: (nullable): %NULL takes the filter away
 *
 * A filter that the list does not know is left aside with a critical: its names are the program's own.
 */
void
probity_list_query_set_filter (ProbityListQuery *self,
                               const char       *name,
                               const char       *value)
{
  guint index = find_filter (self->kind, name);

  g_return_if_fail (index != G_MAXUINT);

  name = self->kind->filters[index];
  for (guint i = 0; i < self->filters->len; i++)
    if (g_ptr_array_index (self->filters, i) == name)
      {
        g_ptr_array_remove_index (self->filters, i);
        g_ptr_array_remove_index (self->values, i);
        break;
      }

  if (value != NULL)
    {
      g_ptr_array_add (self->filters, (gpointer) name);
      g_ptr_array_add (self->values, g_strdup (value));
    }
}

/**
 * probity_list_query_set_sort:
 * @column: (nullable): %NULL for the list's own order
 */
void
probity_list_query_set_sort (ProbityListQuery *self,
                             const char       *column,
                             gboolean          descending)
{
  self->sort = -1;
  self->descending = descending;

  if (column == NULL)
    return;

  for (guint i = 0; i < self->kind->n_columns; i++)
    if (strcmp (self->kind->columns[i].name, column) == 0 && self->kind->columns[i].sortable)
      {
        self->sort = (int) i;
        return;
      }

  g_return_if_reached ();
}

const ProbityListKind *
probity_list_query_get_kind (ProbityListQuery *self)
{
  return self->kind;
}

const char *
probity_list_query_get_search (ProbityListQuery *self)
{
  return self->search;
}

const char *
probity_list_query_get_filter (ProbityListQuery *self,
                               const char       *name)
{
  for (guint i = 0; i < self->filters->len; i++)
    if (strcmp (g_ptr_array_index (self->filters, i), name) == 0)
      return g_ptr_array_index (self->values, i);

  return NULL;
}

gboolean
probity_list_query_is_narrowed (ProbityListQuery *self)
{
  return self->search != NULL || self->filters->len > 0;
}

guint
probity_list_query_get_sort (ProbityListQuery *self,
                             gboolean         *ret_descending)
{
  if (self->sort >= 0)
    {
      *ret_descending = self->descending;
      return (guint) self->sort;
    }

  *ret_descending = self->kind->descending;
  for (guint i = 0; i < self->kind->n_columns; i++)
    if (strcmp (self->kind->columns[i].name, self->kind->sort) == 0)
      return i;

  g_return_val_if_reached (0);
}

const char *
probity_list_query_get_sort_column (ProbityListQuery *self,
                                    gboolean         *ret_descending)
{
  return self->kind->columns[probity_list_query_get_sort (self, ret_descending)].name;
}

/* SQL -------------------------------------------------------------------------------------------- */

static const char *
pick (gboolean    outside,
      const char *sql,
      const char *outside_sql)
{
  return outside && outside_sql != NULL ? outside_sql : sql;
}

/* Gives a parameter of a fragment a name of its own, since the fragment can stand in the query more than once. */
static void
append_numbered (GString    *sql,
                 const char *fragment,
                 const char *parameter,
                 guint       number)
{
  g_auto (GStrv) parts = g_strsplit (fragment, parameter, -1);

  g_string_append (sql, " AND (");
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_printf (sql, "%s_%u", parameter, number);
      g_string_append (sql, parts[i]);
    }
  g_string_append_c (sql, ')');
}

static GStrv
dup_words (ProbityListQuery *self)
{
  g_auto (GStrv) words = NULL;

  if (self->search == NULL || self->kind->search == NULL)
    return NULL;

  words = g_strsplit (self->search, " ", MAX_WORDS + 1);
  if (g_strv_length (words) > MAX_WORDS)
    g_clear_pointer (&words[MAX_WORDS], g_free);

  return g_steal_pointer (&words);
}

char *
probity_list_query_dup_order (ProbityListQuery *self,
                              ProbitySession   *session,
                              gboolean         *ret_descending)
{
  const ProbityListSql *column = &self->kind->sql[probity_list_query_get_sort (self, ret_descending)];

  return g_strdup (pick (!probity_record_reader_is_inside (session),
                         column->order != NULL ? column->order : column->cell,
                         column->outside_order != NULL ? column->outside_order : column->order == NULL ? column->outside_cell
                                                                                                       : NULL));
}

char *
probity_list_query_dup_sql (ProbityListQuery *self,
                            ProbitySession   *session,
                            gboolean          count)
{
  const ProbityListKind *kind = self->kind;
  const gboolean         outside = !probity_record_reader_is_inside (session);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autofree char *scope = probity_record_kind_dup_scope (kind->record_kind, session);
  g_auto (GStrv) words = dup_words (self);

  g_string_append_printf (sql, "SELECT %s FROM %s AS r WHERE %s", count ? "count (*)" : "r.id", kind->record_kind->table, scope);
  if (kind->base != NULL)
    g_string_append_printf (sql, " AND (%s)", kind->base);

  for (guint i = 0; i < self->filters->len; i++)
    {
      guint index = find_filter (kind, g_ptr_array_index (self->filters, i));

      append_numbered (sql, pick (outside, kind->filter_sql[index].sql, kind->filter_sql[index].outside_sql), "$value", i);
    }

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    append_numbered (sql, kind->search, "$word", i);

  if (!count)
    {
      gboolean         descending;
      g_autofree char *order = probity_list_query_dup_order (self, session, &descending);

      g_string_append_printf (sql, " ORDER BY %s%s, r.id%s", order, descending ? " DESC" : "", descending ? " DESC" : "");
    }

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

ProbityDay
probity_list_get_today (ProbitySession *session)
{
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (session)));

  return probity_day_from_iso (today);
}

gboolean
probity_list_bind_days (ProbityStatement *statement,
                        const char       *sql,
                        ProbitySession   *session,
                        GError          **error)
{
  ProbityProfile  *profile = probity_session_get_profile (session);
  const ProbityDay today = probity_list_get_today (session);

  if (strstr (sql, "$today") != NULL)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, G_TYPE_STRING);
      g_value_take_string (&value, probity_day_to_iso (today));
      if (!probity_statement_bind (statement, "$today", &value, error))
        return FALSE;
    }

  if (strstr (sql, "$until") != NULL)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, G_TYPE_STRING);
      g_value_take_string (&value, probity_day_to_iso (today + probity_profile_get_review_lead_days (profile)));
      if (!probity_statement_bind (statement, "$until", &value, error))
        return FALSE;
    }

  if (strstr (sql, "$limit") != NULL)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      g_value_init (&value, G_TYPE_INT64);
      g_value_set_int64 (&value, probity_profile_get_weekly_limit (profile));
      if (!probity_statement_bind (statement, "$limit", &value, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
bind_string (ProbityStatement *statement,
             const char       *parameter,
             guint             number,
             const char       *text,
             GError          **error)
{
  g_autofree char *name = g_strdup_printf ("%s_%u", parameter, number);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_static_string (&value, text);

  return probity_statement_bind (statement, name, &value, error);
}

ProbityStatement *
probity_list_query_prepare (ProbityListQuery *self,
                            ProbitySession   *session,
                            ProbityDb        *db,
                            gboolean          count,
                            GError          **error)
{
  g_autofree char *sql = probity_list_query_dup_sql (self, session, count);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, NULL);
  g_auto (GStrv) words = dup_words (self);

  if (statement == NULL)
    return NULL;

  if (strstr (sql, "$locked") != NULL && !probity_access_bind_scope (session, statement, error))
    return NULL;

  if (!probity_list_bind_days (statement, sql, session, error))
    return NULL;

  for (guint i = 0; i < self->filters->len; i++)
    {
      guint index = find_filter (self->kind, g_ptr_array_index (self->filters, i));

      /* A filter that is on or off takes no value. */
      if (strstr (self->kind->filter_sql[index].sql, "$value") != NULL &&
          !bind_string (statement, "$value", i, g_ptr_array_index (self->values, i), error))
        return NULL;
    }

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (!bind_string (statement, "$word", i, words[i], error))
      return NULL;

  return g_steal_pointer (&statement);
}
