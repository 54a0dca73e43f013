/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-reference.h"

#include <sodium.h>

/* No vowels, so that nothing is spelt; none that is taken for another. */
#define LETTERS "23456789BCDFGHJKMNPQRSTVWXYZ"
#define LENGTH 6

gboolean
probity_reference_was_given (ProbityDb  *db,
                             const char *reference,
                             gboolean   *ret_given,
                             GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT 1 FROM case_reference WHERE reference = $reference", "$reference", 's', reference, NULL);

  return statement != NULL && probity_statement_step (statement, ret_given, error);
}

char *
probity_reference_draw (ProbityDb  *db,
                        const char *prefix,
                        GError    **error)
{
  for (;;)
    {
      g_autoptr (GString) reference = g_string_new (prefix);
      gboolean given;

      g_string_append_c (reference, '/');
      for (guint i = 0; i < LENGTH; i++)
        g_string_append_c (reference, LETTERS[randombytes_uniform (strlen (LETTERS))]);

      if (!probity_reference_was_given (db, reference->str, &given, error))
        return NULL;
      if (!given)
        return g_string_free (g_steal_pointer (&reference), FALSE);
    }
}

char *
probity_reference_take (ProbityDb  *db,
                        const char *prefix,
                        GError    **error)
{
  g_autofree char *reference = probity_reference_draw (db, prefix, error);

  if (reference == NULL ||
      !probity_db_run (db, error, "INSERT INTO case_reference (reference) VALUES ($reference)", "$reference", 's', reference, NULL))
    return NULL;

  return g_steal_pointer (&reference);
}

char *
probity_reference_next (ProbityDb  *db,
                        const char *prefix,
                        int         year,
                        const char *table,
                        const char *key,
                        GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *stem = g_strdup_printf ("%s/%04d/", prefix, year);
  g_autofree char *after = g_strdup_printf ("%s/%04d0", prefix, year); /* '0' follows '/' */
  g_autofree char *sql = g_strdup_printf ("SELECT max (coalesce ((SELECT max (CAST (substr (%s, length ($stem) + 1) AS INTEGER)) FROM %s WHERE %s >= $stem AND %s < $after), 0),"
                                          " coalesce ((SELECT max (CAST (substr (reference, length ($stem) + 1) AS INTEGER)) FROM case_reference WHERE reference >= $stem AND reference < $after), 0))",
                                          key,
                                          table,
                                          key,
                                          key);
  gboolean         row;

  statement = probity_db_query (db, error, sql, "$stem", 's', stem, "$after", 's', after, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return NULL;

  return g_strdup_printf ("%s%04" G_GINT64_FORMAT, stem, probity_statement_get_int64 (statement, 0) + 1);
}
