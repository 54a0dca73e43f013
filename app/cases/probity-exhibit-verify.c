/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <unistd.h>

#include "probity-blocking.h"
#include "probity-exhibit-private.h"

/* What verify proves of exhibits: that every file is there and is whose its row says, that who signed a row could, and that none is gone. */

typedef struct
{
  ProbityCompartment compartment;
  char              *sha256;
  gint64             size;
} FileRow;

static void
clear_file_row (gpointer data)
{
  FileRow *row = data;

  g_free (row->sha256);
}

/* Cases name people; in a report that any reader of the compartment makes an exhibit is named by its uid and sum. */
static void
add_file_problem (GPtrArray    *problems,
                  FileRow      *row,
                  const GError *error)
{
  const char *code = g_error_matches (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_MISSING) ? "exhibit-missing" : "exhibit-damaged";

  g_ptr_array_add (problems, g_strdup_printf ("%s: of %s, SHA-256 %.16s…: %s", code, probity_compartment_to_string (row->compartment), row->sha256, error->message));
}

static gboolean
collect_files (ProbityDb         *db,
               ProbityCompartment compartment,
               GArray            *rows,
               GError           **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT sha256, size FROM exhibit_file ORDER BY id", NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      FileRow file = { .compartment = compartment };

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      file.sha256 = probity_statement_dup_text (statement, 0);
      file.size = probity_statement_get_int64 (statement, 1);
      g_array_append_val (rows, file);
    }
}

/* Size, head and end; the whole only if @whole. FALSE where it was cancelled. */
static gboolean
check_file (ProbityExhibitTask *task,
            FileRow            *row,
            gboolean            whole,
            GPtrArray          *problems,
            GError            **error)
{
  g_autoptr (ProbityExhibitReader) reader = NULL;
  g_autoptr (GError) local_error = NULL;
  int fd;

  if (!probity_digest_from_text (row->sha256, task->digest))
    {
      g_ptr_array_add (problems, g_strdup_printf ("exhibit-damaged: a row of exhibit_file of %s holds no SHA-256", probity_compartment_to_string (row->compartment)));
      return TRUE;
    }

  reader = probity_exhibit_task_open (task, &fd, &local_error);
  if (reader != NULL)
    {
      if (probity_exhibit_reader_get_size (reader) != row->size)
        g_set_error_literal (&local_error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "its length is not that of its row");
      else if (whole)
        probity_exhibit_task_copy (task, reader, NULL, &local_error);
      close (fd);
    }
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (local_error != NULL)
    add_file_problem (problems, row, local_error);

  return TRUE;
}

/* --- Rows --- */

static gboolean
verify_signed (const ProbitySignedTable *table,
               ProbityDb                *db,
               ProbityKeyring           *keyring,
               GPtrArray                *problems,
               GError                  **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (table, db, "1 ORDER BY id", NULL, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);
      const char *account = probity_row_get (row, "account");
      const char *at = probity_row_get (row, "at");

      if (!probity_signed_prove (table, keyring, probity_row_get (row, "case_uid"), row) ||
          (probity_keyring_get_roles_at (keyring, account, at) & ~PROBITY_ROLE_ADMINISTRATOR) == PROBITY_ROLE_NONE)
        g_ptr_array_add (problems, g_strdup_printf ("forged-exhibit: row %s of %s is not signed by whom it names", probity_row_get (row, "id"), table->table));
    }

  return TRUE;
}

static gboolean
verify_counts (ProbityDb  *db,
               GPtrArray  *problems,
               const char *sql,
               const char *words,
               GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      g_ptr_array_add (problems, g_strdup_printf ("%s (%s)", words, probity_statement_get_text (statement, 0)));
    }
}

gboolean
probity_exhibit_verify_rows (ProbitySession    *session,
                             ProbityRead       *read,
                             ProbityCompartment compartment,
                             GPtrArray         *problems,
                             GError           **error)
{
  ProbityDb *db;
  g_autoptr (ProbityExhibitTask) task = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (GArray) rows = NULL;

  if (compartment == PROBITY_COMPARTMENT_JOURNAL)
    return TRUE;

  db = probity_read_get_db (read, compartment, error);
  if (db == NULL)
    return FALSE;
  keyring = probity_session_dup_keyring (session);
  if (!verify_signed (&probity_signed_exhibit, db, keyring, problems, error) ||
      !verify_signed (&probity_signed_continuity, db, keyring, problems, error) ||
      !verify_counts (db, problems, "SELECT uid FROM exhibit AS e WHERE NOT EXISTS (SELECT 1 FROM exhibit_continuity WHERE exhibit_uid = e.uid AND action = 'taken-in' AND account = e.account AND at = e.at)", "exhibit-continuity: nothing says how an exhibit was taken in", error) ||
      !verify_counts (db, problems, "SELECT uid FROM exhibit AS e WHERE NOT EXISTS (SELECT 1 FROM exhibit_file WHERE sha256 = e.sha256 AND size = e.size)", "exhibit-missing: an exhibit has no file", error) ||
      !verify_counts (db, problems, "SELECT a.seq FROM audit_entry AS a WHERE a.verb = 'collection' AND a.field GLOB 'exhibit:*' AND a.field NOT GLOB 'exhibit:*:*'"
                                    " AND NOT EXISTS (SELECT 1 FROM exhibit WHERE case_uid = a.record AND 'exhibit:' || reference = a.field)"
                                    " AND NOT EXISTS (SELECT 1 FROM audit_entry AS x WHERE x.verb = 'erasure' AND x.kind = 'audit-value' AND x.record = CAST (a.seq AS TEXT) AND x.seq > a.seq)",
                      "exhibit-gone: the log tells of an exhibit that is not there, entry",
                      error))
    return FALSE;

  rows = g_array_new (FALSE, FALSE, sizeof (FileRow));
  g_array_set_clear_func (rows, clear_file_row);
  task = probity_exhibit_task_new (session, "", NULL);
  task->compartment = probity_db_get_compartment (db);
  if (!collect_files (db, task->compartment, rows, error) || !probity_exhibit_task_take_keys (task, error))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    if (!check_file (task, &g_array_index (rows, FileRow, i), FALSE, problems, error))
      return FALSE;

  return TRUE;
}

/* --- Every byte --- */

typedef struct
{
  ProbitySession     *session;
  ProbityExhibitTask *tasks[PROBITY_N_HANDLES];
  ProbityProgress    *progress;
  GArray             *rows;
  GPtrArray          *problems;
} Proof;

static void
clear_proof (gpointer data)
{
  Proof *self = data;

  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    g_clear_pointer (&self->tasks[i], probity_exhibit_task_unref);
  g_clear_pointer (&self->progress, probity_progress_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_array_unref (self->rows);
  g_object_unref (self->session);
}

static void
unref_proof (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_proof);
}

static gboolean
collect_read (ProbityRead *read,
              gpointer     data,
              GValue      *result,
              GError     **error)
{
  Proof *self = data;

  for (ProbityCompartment compartment = PROBITY_COMPARTMENT_REGISTERS; compartment < PROBITY_N_HANDLES; compartment++)
    {
      ProbityDb *db;

      if (self->tasks[compartment] == NULL)
        continue;
      db = probity_read_get_db (read, compartment, error);
      if (db == NULL || !collect_files (db, compartment, self->rows, error))
        return FALSE;
    }

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static gboolean
prove_func (gpointer data,
            GError **error)
{
  Proof *self = data;
  gint64 total = 0;

  for (guint i = 0; i < self->rows->len; i++)
    total += g_array_index (self->rows, FileRow, i).size;
  probity_progress_set_total (self->progress, total);

  for (guint i = 0; i < self->rows->len; i++)
    {
      FileRow *row = &g_array_index (self->rows, FileRow, i);

      if (!check_file (self->tasks[row->compartment], row, TRUE, self->problems, error))
        return FALSE;
      probity_progress_add (self->progress, row->size);
    }

  return TRUE;
}

static DexFuture *
prove_fiber (gpointer data)
{
  Proof           *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  GError          *error = NULL;

  if (!dex_await (probity_casebook_read (casebook, collect_read, g_atomic_rc_box_acquire (self), unref_proof, NULL), &error) ||
      !dex_await (probity_run_blocking (prove_func, g_atomic_rc_box_acquire (self), unref_proof), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&self->problems));
}

DexFuture *
probity_exhibit_verify_all (ProbitySession  *session,
                            ProbityProgress *progress,
                            GCancellable    *cancellable)
{
  Proof  *self;
  GError *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  self = g_atomic_rc_box_new0 (Proof);
  self->session = g_object_ref (session);
  self->progress = progress != NULL ? probity_progress_ref (progress) : NULL;
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_array_new (FALSE, FALSE, sizeof (FileRow));
  g_array_set_clear_func (self->rows, clear_file_row);
  for (ProbityCompartment compartment = PROBITY_COMPARTMENT_REGISTERS; compartment < PROBITY_N_HANDLES; compartment++)
    {
      if (!probity_casebook_has (probity_session_get_casebook (session), compartment))
        continue;
      self->tasks[compartment] = probity_exhibit_task_new (session, "", NULL);
      self->tasks[compartment]->compartment = compartment;
      g_set_object (&self->tasks[compartment]->cancellable, cancellable);
      if (!probity_exhibit_task_take_keys (self->tasks[compartment], &error))
        {
          unref_proof (self);
          return dex_future_new_for_error (error);
        }
    }

  return dex_scheduler_spawn (NULL, 0, prove_fiber, self, unref_proof);
}
