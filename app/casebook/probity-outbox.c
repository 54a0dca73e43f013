/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"
#include "probity-outbox.h"

/* A row of another program, read before it is worked on. */
typedef struct
{
  char              *uid;
  char              *command;
  char              *payload;
  ProbityCompartment source;
} LeftRow;

static void
free_left_row (gpointer data)
{
  LeftRow *row = data;

  g_free (row->uid);
  g_free (row->command);
  g_free (row->payload);
  g_free (row);
}

/* Removes rows whose second half stands. Each is its own commit: the halves were committed before. */
gboolean
probity_outbox_remove (ProbityCasebook *casebook,
                       ProbityDb      **dbs,
                       ProbityLock     *lock,
                       GArray          *rows,
                       GError         **error)
{
  ProbityWrite write;
  gboolean     ok = TRUE;

  if (rows->len == 0)
    return TRUE;

  probity_write_init (&write, casebook, dbs, lock);
  for (guint i = 0; ok && i < rows->len; i++)
    {
      ProbityOutboxRow *row = &g_array_index (rows, ProbityOutboxRow, i);
      ProbityDb        *db = probity_write_get_db (&write, row->compartment, error);

      ok = db != NULL &&
           probity_db_run (db, error, "DELETE FROM outbox WHERE uid = $uid", "$uid", 's', row->uid, NULL);
    }
  ok = ok && probity_write_commit (&write, error);
  probity_write_rollback (&write);
  probity_write_clear (&write);

  return ok;
}

static gboolean
read_left (ProbityCasebook   *casebook,
           ProbityDb        **dbs,
           ProbityCompartment source,
           GPtrArray         *rows,
           GError           **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found;

  statement = probity_db_query (dbs[source], error, "SELECT uid, target, command, payload FROM outbox ORDER BY id", NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityCompartment target;
      LeftRow           *row;

      if (!probity_statement_step (statement, &found, error))
        return FALSE;
      if (!found)
        return TRUE;

      if (!probity_compartment_from_string (probity_statement_get_text (statement, 1), &target) ||
          dbs[target] == NULL ||
          !probity_casebook_find_outbox_handler (casebook, probity_statement_get_text (statement, 2)))
        continue;

      row = g_new0 (LeftRow, 1);
      row->uid = probity_statement_dup_text (statement, 0);
      row->command = probity_statement_dup_text (statement, 2);
      row->payload = probity_statement_dup_text (statement, 3);
      row->source = source;
      g_ptr_array_add (rows, row);
    }
}

/* The second half first, then the row: killed in between, it is done once more. */
static gboolean
finish_row (ProbityCasebook *casebook,
            ProbityDb      **dbs,
            ProbityLock     *lock,
            LeftRow         *row,
            ProbityChanges  *changes,
            GError         **error)
{
  g_autoptr (GArray) done = g_array_new (FALSE, FALSE, sizeof (ProbityOutboxRow));
  ProbityOutboxRow mark = { row->source, row->uid };
  ProbityWrite     write;
  gboolean         ok;

  probity_write_init (&write, casebook, dbs, lock);
  ok = probity_casebook_call_outbox_handler (casebook, &write, row->source, row->command, row->payload, error) &&
       probity_write_commit (&write, error);
  probity_write_rollback (&write);

  for (guint i = 0; ok && i < probity_changes_get_size (write.changes); i++)
    {
      const ProbityChange *change = probity_changes_get (write.changes, i);

      probity_changes_add (changes, change->compartment, change->kind, change->id, change->uid);
    }
  probity_write_clear (&write);

  g_array_append_val (done, mark);

  return ok && probity_outbox_remove (casebook, dbs, lock, done, error);
}

/* Finishes what other programs left. Under the lock, so that what is seen here was left for good. */
gboolean
probity_outbox_finish (ProbityCasebook *casebook,
                       ProbityDb      **dbs,
                       ProbityLock     *lock,
                       ProbityChanges  *changes,
                       gint64          *ret_n_finished,
                       GError         **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_left_row);
  g_autoptr (GError) first = NULL;

  *ret_n_finished = 0;
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      if (dbs[i] != NULL && !read_left (casebook, dbs, (ProbityCompartment) i, rows, error))
        return FALSE;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (finish_row (casebook, dbs, lock, g_ptr_array_index (rows, i), changes, &local_error))
        (*ret_n_finished)++;
      else if (first == NULL)
        first = g_steal_pointer (&local_error);
    }

  if (first == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));

  return FALSE;
}
