/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <ftw.h>
#include <glib/gstdio.h>

static int
remove_cb (const char        *path,
           const struct stat *info,
           int                type,
           struct FTW        *walk)
{
  return g_remove (path);
}

void
remove_tree (const char *path)
{
  nftw (path, remove_cb, 16, FTW_DEPTH | FTW_PHYS);
}

CasebookFixture *
casebook_fixture_new (void)
{
  CasebookFixture *self = g_new0 (CasebookFixture, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("casebook-XXXXXX", &error);
  g_assert_no_error (error);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    self->keys[i] = probity_key_new_random ();
  self->clock = probity_clock_new_system ();

  probity_casebook_create_databases (self->folder, self->keys, &error);
  g_assert_no_error (error);

  return self;
}

void
casebook_fixture_free (CasebookFixture *self)
{
  remove_tree (self->folder);
  g_free (self->folder);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_clear_pointer (&self->keys[i], probity_key_unref);
  probity_clock_unref (self->clock);
  g_free (self);
}

ProbityCasebook *
casebook_fixture_open (CasebookFixture *self)
{
  g_autoptr (DexFuture) future = wait_for (probity_casebook_open (self->folder, self->keys, self->clock));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_assert_no_error (error);

  return g_value_dup_object (value);
}

char *
casebook_fixture_dup_path (CasebookFixture   *self,
                           ProbityCompartment compartment,
                           const char        *ending)
{
  g_autofree char *path = probity_file_system_dup_database (self->folder, compartment);

  return g_strconcat (path, ending, NULL);
}

DexFuture *
wait_for (DexFuture *future)
{
  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return future;
}

GError *
wait_for_error (DexFuture *future)
{
  g_autoptr (DexFuture) done = wait_for (future);
  GError *error = NULL;

  dex_future_get_value (done, &error);

  return error;
}

gint64
wait_for_int64 (DexFuture *future)
{
  g_autoptr (DexFuture) done = wait_for (future);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  g_assert_no_error (error);

  return g_value_get_int64 (value);
}

void
wait_for_success (DexFuture *future)
{
  g_autoptr (GError) error = wait_for_error (future);

  g_assert_no_error (error);
}

typedef struct
{
  ProbityCompartment compartment;
  char              *text;
} Query;

static Query *
make_query (ProbityCompartment compartment,
            const char        *text)
{
  Query *query = g_new0 (Query, 1);

  query->compartment = compartment;
  query->text = g_strdup (text);

  return query;
}

static void
free_query (gpointer data)
{
  Query *query = data;

  g_free (query->text);
  g_free (query);
}

static gboolean
run_sql_func (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  Query     *query = data;
  ProbityDb *db = probity_write_get_db (write, query->compartment, error);

  return db != NULL && probity_db_run (db, error, query->text, NULL);
}

DexFuture *
run_sql (ProbityCasebook   *casebook,
         ProbityCompartment compartment,
         const char        *sql)
{
  return probity_casebook_write (casebook, run_sql_func, make_query (compartment, sql), free_query);
}

static gboolean
read_int64_func (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  Query     *query = data;
  ProbityDb *db = probity_read_get_db (read, query->compartment, error);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (db == NULL)
    return FALSE;
  statement = probity_db_query (db, error, query->text, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, row ? probity_statement_get_int64 (statement, 0) : -1);

  return TRUE;
}

DexFuture *
read_int64 (ProbityCasebook   *casebook,
            ProbityCompartment compartment,
            const char        *sql,
            GCancellable      *cancellable)
{
  return probity_casebook_read (casebook, read_int64_func, make_query (compartment, sql), free_query, cancellable);
}

gboolean
add_audit_entry (ProbityWrite      *write,
                 ProbityCompartment compartment,
                 const char        *verb,
                 const char        *kind,
                 const char        *record,
                 GError           **error)
{
  ProbityDb *db = probity_write_get_db (write, compartment, error);

  return db != NULL &&
         probity_db_run (db, error, "INSERT INTO audit_entry (seq, at, account, verb, kind, record, prev, hash, signature)"
                                    " VALUES ((SELECT coalesce (max (seq), 0) + 1 FROM audit_entry), $at, 'nobody', $verb, $kind, $record,"
                                    " coalesce ((SELECT hash FROM audit_entry ORDER BY seq DESC LIMIT 1), zeroblob (32)),"
                                    " randomblob (32), zeroblob (64))",
                         "$at",
                         's',
                         probity_write_get_now (write),
                         "$verb",
                         's',
                         verb,
                         "$kind",
                         's',
                         kind,
                         "$record",
                         's',
                         record,
                         NULL);
}

static gboolean
collect_func (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  Query *query = data;

  if (!add_audit_entry (write, query->compartment, "collection", "person", query->text, error))
    return FALSE;
  probity_write_note_change (write, query->compartment, "person", 1, query->text);

  return TRUE;
}

DexFuture *
collect (ProbityCasebook   *casebook,
         ProbityCompartment compartment,
         const char        *record)
{
  return probity_casebook_write (casebook, collect_func, make_query (compartment, record), free_query);
}
