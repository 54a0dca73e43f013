/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "seal-fixture.h"

#include "probity-timeline.h"

typedef struct
{
  ProbityCompartment compartment;
  const char        *needle;
  GString           *found; /* table, as often as the word stands in it */
} Dig;

GStrv
seal_fixture_list_texts (ProbityDb  *db,
                         const char *sql,
                         const char *argument)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityStatement) statement = probity_db_query (db, &error, sql, "$argument", 's', argument, NULL);
  gboolean row;

  g_assert_no_error (error);
  while (TRUE)
    {
      g_assert_true (probity_statement_step (statement, &row, &error));
      if (!row)
        return g_strv_builder_end (builder);
      g_strv_builder_add (builder, probity_statement_get_text (statement, 0));
    }
}

static gboolean
dig_read (ProbityRead *read,
          gpointer     data,
          GValue      *result,
          GError     **error)
{
  Dig       *dig = data;
  ProbityDb *db = probity_read_get_db (read, dig->compartment, error);
  g_auto (GStrv) tables = seal_fixture_list_texts (db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT GLOB 'CREATE VIRTUAL *' AND $argument = '' ORDER BY name", "");

  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_auto (GStrv) columns = seal_fixture_list_texts (db, "SELECT name FROM pragma_table_info ($argument)", tables[i]);

      for (guint j = 0; columns[j] != NULL; j++)
        {
          g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE instr (lower (CAST (\"%s\" AS BLOB)), CAST (lower ($argument) AS BLOB)) > 0 LIMIT 1", tables[i], columns[j]);
          g_auto (GStrv) there = seal_fixture_list_texts (db, sql, dig->needle);

          if (there[0] != NULL)
            g_string_append_printf (dig->found, "%s%s.%s", dig->found->len > 0 ? " " : "", tables[i], columns[j]);
        }
    }
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

char *
seal_fixture_dig (ProbitySession    *session,
                  ProbityCompartment compartment,
                  const char        *needle)
{
  Dig dig = { compartment, needle, g_string_new (NULL) };

  wait_for_success (probity_casebook_read (probity_session_get_casebook (session), dig_read, &dig, NULL, NULL));

  return g_string_free_and_steal (dig.found);
}

guint
seal_fixture_count_timeline (ProbitySession *session,
                             const char     *reference,
                             const char     *what)
{
  g_autoptr (GPtrArray) items = wait_for_boxed (probity_case_load_timeline (session, NULL, reference));
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += g_str_has_prefix (((ProbityTimelineItem *) g_ptr_array_index (items, i))->what, what) ? 1 : 0;

  return n;
}
