/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"
#include "bench-people.h"
#include "measure.h"

/* R7: what the log costs an edit: the same commit with and without its entry. */

#define N_EDITS 200

typedef struct
{
  ProbitySession *session;
  gboolean        logged;
  guint           n_people;
  guint           state;
  guint           n_done;
} Bench;

static gboolean
edit_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  Bench           *bench = data;
  ProbityDb       *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  gint64           id = 1 + measure_random (&bench->state, bench->n_people);
  g_autofree char *unit = g_strdup_printf ("Unit %u", bench->n_done++ % 1000);
  g_autofree char *old = NULL;
  g_autofree char *uid = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT uid, unit FROM person WHERE id = $id", "$id", 'i', id, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  uid = probity_statement_dup_text (statement, 0);
  old = probity_statement_dup_text (statement, 1);
  g_clear_pointer (&statement, probity_statement_free);

  if (!probity_db_run (db, error, "UPDATE person SET unit = $unit, version = version + 1 WHERE id = $id", "$unit", 's', unit, "$id", 'i', id, NULL))
    return FALSE;
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "person", id, uid);

  return !bench->logged ||
         probity_audit_add (write, bench->session, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ALTERATION, "person", uid, "unit", old, unit, error);
}

static void
edit (Bench   *bench,
      gboolean logged)
{
  bench->logged = logged;
  for (guint i = 0; i < N_EDITS; i++)
    wait_for_success (probity_casebook_write (probity_session_get_casebook (bench->session), edit_func, bench, NULL));
}

static void
edit_silently (gpointer data)
{
  edit (data, FALSE);
}

static void
edit_logged (gpointer data)
{
  edit (data, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SessionFixture) fixture = NULL;
  Bench bench = { 0 };

  dex_init ();
  fixture = session_fixture_new ("derbyshire");
  bench.session = fixture->admin;
  bench.state = 3;
  bench.n_people = measure_get_n_rows ();
  bench_fill_people (probity_session_get_casebook (bench.session), bench.n_people);

  g_print ("%u people, %u edits of one field, a commit each, on %s\n", bench.n_people, N_EDITS, g_get_tmp_dir ());
  measure_run (&(Measure) { "R7", "an edit with its signed and chained log entry", "floor 1.25, target 1.10", MEASURE_SLOWDOWN, 0, "the same commit, nothing logged", edit_silently, "with the log entry", edit_logged, &bench });

  return 0;
}
