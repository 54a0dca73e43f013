/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <libdex.h>
#include <stdio.h>

#include "probity-session.h"

/*
 * dump-casebook FOLDER ACCOUNT PASSPHRASE: writes whatever the keys of an account open, byte by byte, to standard
 * output: every column of every table of every compartment that they hold, and every box that is sealed to the account.
 * It asks no right of reading, so that nothing but encryption stands between the account and the rest.
 */

typedef struct
{
  char          **arguments;
  ProbitySession *session;
  GMainLoop      *loop;
  int             status;
} Dump;

static void
write_bytes (GBytes *bytes)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  fwrite (data, 1, length, stdout);
  fputc ('\n', stdout);
}

static gboolean
dump_table (Dump       *self,
            ProbityDb  *db,
            const char *table,
            GError    **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM \"%s\"", table);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, NULL);

  if (statement == NULL)
    return FALSE;
  printf ("== %s\n", table);
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      for (int i = 0; i < probity_statement_get_n_columns (statement); i++)
        {
          g_autoptr (GBytes) value = probity_statement_dup_bytes (statement, i);
          g_autoptr (GBytes) opened = NULL;

          if (value == NULL || g_bytes_get_size (value) == 0)
            continue;
          write_bytes (value);
          opened = probity_session_open_sealed (self->session, value, NULL);
          if (opened != NULL)
            write_bytes (opened);
        }
    }
}

static gboolean
dump_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  static const ProbityCompartment compartments[] = {
    PROBITY_COMPARTMENT_JOURNAL, PROBITY_COMPARTMENT_REGISTERS, PROBITY_COMPARTMENT_STANDARDS, PROBITY_COMPARTMENT_INTELLIGENCE
  };
  Dump            *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);

  for (guint i = 0; i < G_N_ELEMENTS (compartments); i++)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
      ProbityDb *db;
      gboolean   row;

      if (!probity_casebook_has (casebook, compartments[i]))
        continue;
      printf ("= %s\n", probity_compartment_to_string (compartments[i]));
      if ((db = probity_read_get_db (read, compartments[i], error)) == NULL ||
          (statement = probity_db_query (db, error, "SELECT name FROM sqlite_schema WHERE type = 'table'", NULL)) == NULL)
        return FALSE;
      while (probity_statement_step (statement, &row, error) && row)
        g_ptr_array_add (tables, probity_statement_dup_text (statement, 0));
      for (guint j = 0; j < tables->len; j++)
        if (!dump_table (self, db, g_ptr_array_index (tables, j), error))
          return FALSE;
    }
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static DexFuture *
dump_fiber (gpointer data)
{
  Dump *self = data;
  g_autoptr (GError) error = NULL;

  self->session = dex_await_object (probity_session_sign_in (self->arguments[1], self->arguments[2], self->arguments[3], NULL), &error);
  if (self->session != NULL)
    dex_await_boolean (probity_casebook_read (probity_session_get_casebook (self->session), dump_in_reader, self, NULL, NULL), &error);
  if (error != NULL)
    {
      g_printerr ("%s\n", error->message);
      self->status = 1;
    }
  if (self->session != NULL)
    dex_await (probity_session_sign_out (self->session), NULL);
  g_main_loop_quit (self->loop);

  return dex_future_new_for_boolean (TRUE);
}

int
main (int   argc,
      char *argv[])
{
  Dump self = { .arguments = argv };
  g_autoptr (DexFuture) fiber = NULL;

  if (argc != 4)
    return 2;
  dex_init ();
  self.loop = g_main_loop_new (NULL, FALSE);
  fiber = dex_scheduler_spawn (NULL, 0, dump_fiber, &self, NULL);
  g_main_loop_run (self.loop);
  g_main_loop_unref (self.loop);
  g_clear_object (&self.session);

  return self.status;
}
