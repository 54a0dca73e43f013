/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-sealed.h"

#include "probity-audit.h"

/*
 * A list of cases is that of their compartment, and in it the few cases that stand sealed in compartments
 * of their own and whose keys this reader holds. Nothing is copied together: each compartment answers the same
 * query, and where a sealed case stands in the order is found by bisection, the rows that are met on the way
 * being compared with it in SQL, where they are. Who holds no such key runs the one query, and no other.
 */

/* Where the compartment stands in the id of a row; ids of the list of checks go up to 2 << 48. */
#define COMPARTMENT_SHIFT 54

gint64
probity_list_id_join (ProbityCompartment compartment,
                      gint64             id)
{
  return compartment == PROBITY_COMPARTMENT_JOURNAL ? id : ((gint64) (compartment - PROBITY_COMPARTMENT_SEALED + 1) << COMPARTMENT_SHIFT) | id;
}

ProbityCompartment
probity_list_id_split (gint64  list_id,
                       gint64 *ret_id)
{
  const gint64 compartment = list_id >> COMPARTMENT_SHIFT;

  *ret_id = list_id & ((G_GINT64_CONSTANT (1) << COMPARTMENT_SHIFT) - 1);

  return compartment <= 0 ? PROBITY_COMPARTMENT_JOURNAL : (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + compartment - 1);
}

guint
probity_list_kind_list_homes (const ProbityListKind *kind,
                              ProbitySession        *session,
                              ProbityCompartment     compartments[PROBITY_MAX_SEALED + 1])
{
  if (kind->collect == NULL && probity_case_kind_of (kind->record_kind) != NULL)
    return probity_casebook_list_homes (probity_session_get_casebook (session), kind->record_kind->compartment, compartments);

  compartments[0] = PROBITY_COMPARTMENT_JOURNAL;

  return 1;
}

typedef struct
{
  const ProbityListKind *kind;
  ProbitySession        *session;
  ProbityRead           *read;
  char                  *key_sql;     /* what the row $id is put in order by */
  char                  *compare_sql; /* whether the row $id comes before $key (-1), with it, or after it */
  gboolean               descending;
} Order;

static void
order_clear (Order *self)
{
  g_free (self->key_sql);
  g_free (self->compare_sql);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

static Order
order_make (ProbityListQuery *query,
            ProbitySession   *session,
            ProbityRead      *read)
{
  Order            self = { probity_list_query_get_kind (query), session, read, NULL, NULL, FALSE };
  g_autofree char *by = probity_list_query_dup_order (query, session, &self.descending);
  const char      *table = self.kind->record_kind->table;

  self.key_sql = g_strdup_printf ("SELECT typeof (%s), %s FROM %s AS r WHERE r.id = $id", by, by, table);
  /* As ORDER BY has it: what is empty first, and by the collation of the column. */
  self.compare_sql = g_strdup_printf ("SELECT CASE WHEN (%s) IS $key THEN 0 WHEN (%s) IS NULL OR (%s) < $key THEN -1 ELSE 1 END FROM %s AS r WHERE r.id = $id", by, by, by, table);

  return self;
}

/* Of a row of the list, where it stands. */
static ProbityStatement *
query_row (Order      *self,
           gint64      list_id,
           const char *sql,
           GError    **error)
{
  gint64 id;
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityDb *db;

  probity_read_enter (self->read, probity_list_id_split (list_id, &id));
  db = probity_read_get_db (self->read, self->kind->record_kind->compartment, error);
  if (db == NULL ||
      (statement = probity_db_query (db, error, sql, "$id", 'i', id, NULL)) == NULL ||
      !probity_list_bind_days (statement, sql, self->session, error))
    return NULL;

  return g_steal_pointer (&statement);
}

static gboolean
read_key (Order   *self,
          gint64   list_id,
          GValue  *ret_key,
          GError **error)
{
  g_autoptr (ProbityStatement) statement = query_row (self, list_id, self->key_sql, error);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (row && g_strcmp0 (probity_statement_get_text (statement, 0), "integer") == 0)
    {
      g_value_init (ret_key, G_TYPE_INT64);
      g_value_set_int64 (ret_key, probity_statement_get_int64 (statement, 1));
    }
  else
    {
      g_value_init (ret_key, G_TYPE_STRING);
      g_value_take_string (ret_key, row ? probity_statement_dup_text (statement, 1) : NULL);
    }

  return TRUE;
}

/* Whether the row @other comes before the row @list_id with @key. */
static gboolean
comes_before (Order        *self,
              gint64        other,
              gint64        list_id,
              const GValue *key,
              gboolean     *ret_before,
              GError      **error)
{
  g_autoptr (ProbityStatement) statement = query_row (self, other, self->compare_sql, error);
  gboolean row;
  gint64   order;

  if (statement == NULL || !probity_statement_bind (statement, "$key", key, error) || !probity_statement_step (statement, &row, error))
    return FALSE;

  order = row ? probity_statement_get_int64 (statement, 0) : 0;
  if (order == 0)
    order = other < list_id ? -1 : 1;
  *ret_before = self->descending ? order > 0 : order < 0;

  return TRUE;
}

static gboolean
put_in_order (Order      *self,
              ProbityIds *ids,
              gint64      list_id,
              GError    **error)
{
  g_auto (GValue) key = G_VALUE_INIT;
  guint low = 0;
  guint high = probity_ids_get_size (ids);

  if (!read_key (self, list_id, &key, error))
    return FALSE;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;
      gboolean    before;

      if (!comes_before (self, probity_ids_get (ids, middle), list_id, &key, &before, error))
        return FALSE;
      if (before)
        low = middle + 1;
      else
        high = middle;
    }
  probity_ids_splice (ids, low, 0, &list_id, 1);

  return TRUE;
}

/* What the compartment that is entered answers to the query. */
static gboolean
put_ids (Order             *self,
         ProbityListQuery  *query,
         ProbityCompartment compartment,
         ProbityIds        *ids,
         GError           **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  ProbityDb *db = probity_read_get_db (self->read, self->kind->record_kind->compartment, error);
  g_autoptr (ProbityStatement) statement = db != NULL ? probity_list_query_prepare (query, self->session, db, FALSE, error) : NULL;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gint64 list_id;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      list_id = probity_list_id_join (compartment, probity_statement_get_int64 (statement, 0));
      g_array_append_val (found, list_id);
    }
  for (guint i = 0; i < found->len; i++)
    if (!put_in_order (self, ids, g_array_index (found, gint64, i), error))
      return FALSE;

  return TRUE;
}

gboolean
probity_list_add_sealed_ids (ProbityListQuery *query,
                             ProbitySession   *session,
                             ProbityRead      *read,
                             ProbityIds       *ids,
                             GError          **error)
{
  const ProbityListKind *kind = probity_list_query_get_kind (query);
  ProbityCompartment     compartments[PROBITY_MAX_SEALED + 1];
  const guint            n = probity_list_kind_list_homes (kind, session, compartments);
  g_auto (Order) order = { NULL };
  gboolean ok = TRUE;

  if (n == 1)
    return TRUE;

  order = order_make (query, session, read);
  for (guint i = 1; ok && i < n; i++)
    {
      probity_read_enter (read, compartments[i]);
      ok = put_ids (&order, query, compartments[i], ids, error);
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

static gboolean
count_in (ProbityListQuery  *query,
          ProbitySession    *session,
          ProbityRead       *read,
          ProbityCompartment compartment,
          gint64            *ret_count,
          GError           **error)
{
  ProbityDb *db;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  probity_read_enter (read, compartment);
  db = probity_read_get_db (read, probity_list_query_get_kind (query)->record_kind->compartment, error);
  if (db == NULL || (statement = probity_list_query_prepare (query, session, db, TRUE, error)) == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_count = probity_statement_get_int64 (statement, 0);

  return TRUE;
}

gboolean
probity_list_count_sealed (ProbityListQuery *query,
                           ProbitySession   *session,
                           ProbityRead      *read,
                           gint64           *count,
                           GError          **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_list_kind_list_homes (probity_list_query_get_kind (query), session, compartments);
  gboolean           ok = TRUE;

  for (guint i = 1; ok && i < n; i++)
    {
      gint64 found = 0;

      ok = count_in (query, session, read, compartments[i], &found, error);
      *count += found;
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

GArray *
probity_list_find_sealed (ProbityListQuery *query,
                          ProbitySession   *session,
                          ProbityRead      *read,
                          GError          **error)
{
  const ProbityListKind *kind = probity_list_query_get_kind (query);
  ProbityCompartment     compartments[PROBITY_MAX_SEALED + 1];
  const guint            n = probity_list_kind_list_homes (kind, session, compartments);
  gboolean               ok = TRUE;
  g_autoptr (GArray) sealed = g_array_new (FALSE, FALSE, sizeof (ProbityCompartment));

  if (kind->collect != NULL)
    {
      g_autoptr (GPtrArray) rows = kind->collect (session, read, query, error);

      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->len; i++)
        {
          gint64 id;

          probity_audit_add_sealed (sealed, probity_list_id_split (((ProbityListRow *) g_ptr_array_index (rows, i))->id, &id));
        }

      return g_steal_pointer (&sealed);
    }

  for (guint i = 1; ok && i < n; i++)
    {
      gint64 found = 0;

      ok = count_in (query, session, read, compartments[i], &found, error);
      if (found > 0)
        probity_audit_add_sealed (sealed, compartments[i]);
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);

  return ok ? g_steal_pointer (&sealed) : NULL;
}
