/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-search-private.h"

#include "probity-db-weights.h"

/*
 * The rows that answer best where thousands answer: beginnings of a few letters, and what half of all texts say.
 *
 * They are read weight by weight (probity-db-weights.h), the highest first, until there are enough. The order within a
 * weight is newest first, as everywhere. No hit is looked at that is not wanted, however many there are.
 */

/* Such rows of @weight as have two words or more of the beginning, and then those whose length gives one word that weight. */
static char *
dup_match (const char *beginning,
           guint       weight)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_autoptr (GString) lengths = g_string_new (NULL);
  char sign[8];

  g_string_append_printf (match, "\"%s%s\"", probity_db_write_weight (weight, sign), beginning);
  for (guint i = 0; i < PROBITY_LENGTHS; i++)
    if (probity_db_weigh_length (i) == weight)
      g_string_append_printf (lengths, "%s\"%s\"", lengths->len > 0 ? " OR " : "", probity_db_write_length (i, sign));
  if (lengths->len > 0)
    g_string_append_printf (match, " OR ((%s) AND \"%s\" *)", lengths->str, beginning);

  return g_string_free_and_steal (g_steal_pointer (&match));
}

static char *
dup_sql (const ProbitySearchSource *source,
         const char                *locked,
         const char                *what,
         const char                *after)
{
  return g_strdup_printf ("SELECT %s FROM %s AS w WHERE w.%s MATCH $match%s%s%s ORDER BY w.rowid DESC LIMIT $limit%s",
                          what,
                          source->index,
                          source->index,
                          locked != NULL ? " AND w.rowid NOT IN (" : "",
                          locked != NULL ? locked : "",
                          locked != NULL ? ") AND $me IS NOT NULL AND $everyone IS NOT NULL" : "",
                          after);
}

static ProbityStatement *
query (ProbitySession *session,
       ProbityDb      *db,
       const char     *sql,
       const char     *match,
       guint           limit,
       GError        **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$match", 's', match, "$limit", 'i', (gint64) limit, NULL);

  if (statement == NULL || (strstr (sql, "$locked") != NULL && !probity_access_bind_scope (session, statement, error)))
    return NULL;

  return g_steal_pointer (&statement);
}

gboolean
probity_search_has_more (const ProbitySearchSource *source,
                         ProbitySession            *session,
                         ProbityDb                 *db,
                         const char                *locked,
                         const char                *match,
                         guint                      n,
                         gboolean                  *ret_more,
                         GError                   **error)
{
  g_autofree char *sql = dup_sql (source, locked, "1", " OFFSET $limit");
  g_autoptr (ProbityStatement) statement = query (session, db, sql, match, n, error);

  return statement != NULL && probity_statement_step (statement, ret_more, error);
}

GArray *
probity_search_read_best (const ProbitySearchSource *source,
                          ProbitySession            *session,
                          ProbityDb                 *db,
                          const char                *locked,
                          const char                *beginning,
                          guint                      limit,
                          GError                   **error)
{
  g_autofree char *sql = dup_sql (source, locked, "w.rowid", "");
  g_autoptr (GArray) best = g_array_new (FALSE, FALSE, sizeof (ProbitySearchBest));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint weight = PROBITY_WEIGHTS; weight-- > 0 && best->len < limit;)
    {
      g_autofree char *match = dup_match (beginning, weight);
      g_autoptr (ProbityStatement) statement = query (session, db, sql, match, limit, error);
      gboolean row;

      if (statement == NULL)
        return NULL;
      while (best->len < limit)
        {
          ProbitySearchBest one = { .score = (weight + 0.5) / PROBITY_WEIGHTS };

          if (!probity_statement_step (statement, &row, error))
            return NULL;
          if (!row)
            break;
          one.id = probity_statement_get_int64 (statement, 0);
          if (g_hash_table_add (seen, g_memdup2 (&one.id, sizeof one.id)))
            g_array_append_val (best, one);
        }
    }

  return g_steal_pointer (&best);
}
