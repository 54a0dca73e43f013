/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "probity-backup.h"

/*
 * Another program on the casebook of a test. It is given the folder as argument, and on standard
 * input the keys in hex, one a line (`-`: not held), then lines of
 *
 *   create            make the databases
 *   open              open them; answers `open`
 *   write RECORD      one command; answers `ack RECORD`
 *   burst PREFIX N    N commands; answers `ack PREFIX-I` after each
 *   both PREFIX N     N commands over two compartments; answers `ack PREFIX-I` after each
 *   backup FOLDER     answers `backup`
 *   close             answers `closed`
 *
 * What other programs change it answers with `saw RECORD`. Errors are `error CODE MESSAGE`.
 */

typedef struct
{
  CasebookFixture   fixture;
  ProbityCasebook  *casebook;
  GDataInputStream *input;
} Program;

static void
changed_cb (ProbityCasebook *casebook,
            ProbityChanges  *changes,
            gpointer         data)
{
  for (guint i = 0; i < probity_changes_get_size (changes); i++)
    {
      /* Own changes come with their id. */
      if (probity_changes_get (changes, i)->id == 0)
        printf ("saw %s\n", probity_changes_get (changes, i)->uid);
    }
}

static void
read_line_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  GAsyncResult **ret_result = data;

  *ret_result = g_object_ref (result);
}

/* Reads a line with the main loop running, so that changes are seen meanwhile. */
static char *
read_line (Program *program)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_data_input_stream_read_line_async (program->input, G_PRIORITY_DEFAULT, NULL, read_line_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return g_data_input_stream_read_line_finish (program->input, result, NULL, NULL);
}

static void
say_error (const GError *error)
{
  printf ("error %d %s\n", error->code, error->message);
}

static void
read_keys (Program *program)
{
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autofree char *line = read_line (program);
      guint8           bytes[PROBITY_KEY_BYTES];

      if (line == NULL || strlen (line) != PROBITY_KEY_BYTES * 2)
        continue;
      for (guint j = 0; j < PROBITY_KEY_BYTES; j++)
        bytes[j] = (guint8) (g_ascii_xdigit_value (line[2 * j]) * 16 + g_ascii_xdigit_value (line[2 * j + 1]));
      program->fixture.keys[i] = probity_key_new_copy (bytes);
    }
}

static void
run_create (Program *program)
{
  g_autoptr (GError) error = NULL;

  if (probity_casebook_create_databases (program->fixture.folder, program->fixture.keys, &error))
    printf ("created\n");
  else
    say_error (error);
}

static void
run_open (Program *program)
{
  g_autoptr (DexFuture) future = wait_for (probity_casebook_open (program->fixture.folder, program->fixture.keys, program->fixture.clock));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    {
      say_error (error);
      return;
    }

  program->casebook = g_value_dup_object (value);
  g_signal_connect (program->casebook, "changed", G_CALLBACK (changed_cb), NULL);
  printf ("open\n");
}

static void
run_write (Program    *program,
           const char *record)
{
  g_autoptr (GError) error = wait_for_error (collect (program->casebook, PROBITY_COMPARTMENT_REGISTERS, record));

  if (error == NULL)
    printf ("ack %s\n", record);
  else
    say_error (error);
}

static void
run_burst (Program    *program,
           const char *prefix,
           int         n)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *record = g_strdup_printf ("%s-%d", prefix, i);

      run_write (program, record);
    }
}

static void
run_both (Program    *program,
          const char *prefix,
          int         n)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *record = g_strdup_printf ("%s-%d", prefix, i);
      g_autoptr (GError) error = wait_for_error (publish (program->casebook, record));

      if (error == NULL)
        printf ("ack %s\n", record);
      else
        say_error (error);
    }
}

static void
run_backup (Program    *program,
            const char *destination)
{
  g_autoptr (GError) error = wait_for_error (probity_casebook_backup (program->casebook, destination));

  if (error == NULL)
    printf ("backup\n");
  else
    say_error (error);
}

static void
run_close (Program *program)
{
  g_autoptr (GError) error = wait_for_error (probity_casebook_close (program->casebook));

  if (error == NULL)
    printf ("closed\n");
  else
    say_error (error);
  g_clear_object (&program->casebook);
}

int
main (int   argc,
      char *argv[])
{
  Program program = { 0 };
  char   *line;

  dex_init ();
  setvbuf (stdout, NULL, _IOLBF, 0);
  probity_writer_checkpoint_pages = 20;
  program.fixture.folder = argv[1];
  program.fixture.clock = probity_clock_new_system ();
  {
    g_autoptr (GInputStream) input = g_unix_input_stream_new (0, FALSE);

    program.input = g_data_input_stream_new (input);
  }
  read_keys (&program);

  while ((line = read_line (&program)) != NULL)
    {
      g_auto (GStrv) words = g_strsplit (line, " ", -1);

      if (g_str_equal (words[0], "create"))
        run_create (&program);
      else if (g_str_equal (words[0], "open"))
        run_open (&program);
      else if (g_str_equal (words[0], "write"))
        run_write (&program, words[1]);
      else if (g_str_equal (words[0], "burst"))
        run_burst (&program, words[1], atoi (words[2]));
      else if (g_str_equal (words[0], "both"))
        run_both (&program, words[1], atoi (words[2]));
      else if (g_str_equal (words[0], "backup"))
        run_backup (&program, words[1]);
      else if (g_str_equal (words[0], "close"))
        run_close (&program);
      g_free (line);
    }

  g_object_unref (program.input);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_clear_pointer (&program.fixture.keys[i], probity_key_unref);
  probity_clock_unref (program.fixture.clock);

  return 0;
}
