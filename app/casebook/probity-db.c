/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-db-private.h"

/* Whether a backup is being made of the file that this would write the log into. */
static gboolean
is_held_back (ProbityDb *self)
{
  return self->lock != NULL && self->mode != PROBITY_DB_READER && !self->abandoned && probity_lock_is_held_back (self->lock);
}

/*
 * Closes the connection. A writer's needs the lock: the last one to close writes the log back, unless a
 * backup is copying the database just now.
 */
void
probity_db_close (ProbityDb *self)
{
  int rc;

  probity_db_assert_owned (self);
  g_assert (self->handle == NULL || probity_db_may_write (self) || self->mode == PROBITY_DB_READER);
  if (self->handle != NULL && is_held_back (self))
    sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  g_clear_pointer (&self->statements, probity_statement_cache_free);
  rc = sqlite3_close (self->handle);
  g_assert (rc == SQLITE_OK);

  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

void
probity_db_assert_owned (ProbityDb *self)
{
  g_assert (self != NULL);
  g_assert (self->owner == g_thread_self ());
}

/* Whether this connection may write now: the invariant that keeps WAL databases whole. */
gboolean
probity_db_may_write (ProbityDb *self)
{
  if (self->memory || self->abandoned)
    return TRUE;

  return self->mode != PROBITY_DB_READER && probity_lock_is_held (self->lock);
}

/* Readers cannot; their file is not open for it. */
void
probity_db_assert_may_write (ProbityDb *self)
{
  g_assert (self->mode == PROBITY_DB_READER || probity_db_may_write (self));
}

sqlite3 *
probity_db_get_handle (ProbityDb *self)
{
  probity_db_assert_owned (self);

  return self->handle;
}

void
probity_db_set_cancellable (ProbityDb    *self,
                            GCancellable *cancellable)
{
  probity_db_assert_owned (self);

  self->cancellable = cancellable;
}

/* Lets what the caller runs next pass the authorizer. */
void
probity_db_set_unjudged (ProbityDb *self,
                         gboolean   unjudged)
{
  probity_db_assert_owned (self);

  self->unjudged = unjudged;
}

/* Bounds what this connection keeps of what it read. */
void
probity_db_set_cache (ProbityDb *self,
                      int        kib)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = -%d", kib);

  probity_db_assert_owned (self);

  probity_db_exec (self, sql, NULL);
}

/* What is kept while something is read through: the inner pages of its tree, and what comes next. */
#define PASSING_CACHE_KIB 2048

void
probity_db_pass_through (ProbityDb *self)
{
  int bytes = 0;
  int highest = 0;

  probity_db_assert_owned (self);

  if (self->passing)
    return;
  self->passing = TRUE;
  sqlite3_db_status (self->handle, SQLITE_DBSTATUS_CACHE_USED, &bytes, &highest, 0);
  probity_db_set_cache (self, MAX (bytes / 1024, PASSING_CACHE_KIB));
}

/* Ends probity_db_pass_through(), if it was begun. */
void
probity_db_end_passing (ProbityDb *self)
{
  probity_db_assert_owned (self);

  if (!self->passing)
    return;
  self->passing = FALSE;
  probity_db_set_cache (self, PROBITY_DB_READER_CACHE_KIB);
}

/*
 * Lets a writer be closed without the lock, and without the log being written back: after a failure,
 * or when somebody else is stuck with the lock. Nothing but closing may follow.
 */
void
probity_db_abandon (ProbityDb *self)
{
  probity_db_assert_owned (self);

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  self->abandoned = TRUE;
}

/* How many pages the log held after the last commit of this connection. */
int
probity_db_get_wal_pages (ProbityDb *self)
{
  probity_db_assert_owned (self);

  return self->wal_pages;
}

/*
 * Writes the log back into the database, as far as readers let it; with @truncate it then cuts the
 * log to nothing. That a reader is in the way is no error, and neither is that a backup is being made: it
 * copies the database as it is.
 */
gboolean
probity_db_checkpoint (ProbityDb *self,
                       gboolean   truncate,
                       GError   **error)
{
  int n_log = 0;
  int n_done = 0;
  int rc;

  probity_db_assert_owned (self);
  g_assert (probity_db_may_write (self));
  if (is_held_back (self))
    return TRUE;

  /* A reader that takes its time must not hold up the next command. */
  sqlite3_busy_timeout (self->handle, 100);
  rc = sqlite3_wal_checkpoint_v2 (self->handle, "main", truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &n_log, &n_done);
  sqlite3_busy_timeout (self->handle, PROBITY_DB_BUSY_TIMEOUT_MS);

  if (rc == SQLITE_OK && n_log == n_done)
    self->wal_pages = 0;
  if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY)
    return TRUE;

  probity_db_set_error (self, rc, error);

  return FALSE;
}

gboolean
probity_db_exec (ProbityDb  *self,
                 const char *sql,
                 GError    **error)
{
  int rc;

  probity_db_assert_owned (self);
  g_assert (sql != NULL);
  probity_db_assert_may_write (self);

  rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    return TRUE;

  probity_db_set_error (self, rc, error);

  return FALSE;
}

/* Reads a pragma that gives one number. */
gboolean
probity_db_get_pragma (ProbityDb  *self,
                       const char *name,
                       gint64     *ret_value,
                       GError    **error)
{
  g_autofree char *sql = g_strconcat ("PRAGMA ", name, NULL);
  sqlite3_stmt    *statement = NULL;
  int              rc;

  probity_db_assert_owned (self);

  rc = sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    *ret_value = sqlite3_column_int64 (statement, 0);
  else
    probity_db_set_error (self, rc, error);
  sqlite3_finalize (statement);

  return rc == SQLITE_ROW;
}

ProbityStatement *
probity_db_query (ProbityDb  *self,
                  GError    **error,
                  const char *sql,
                  ...)
{
  g_autoptr (ProbityStatement) statement = NULL;
  va_list  arguments;
  gboolean ok;

  probity_db_assert_owned (self);
  g_assert (sql != NULL);

  statement = probity_statement_cache_take (self->statements, sql, error);
  if (statement == NULL)
    return NULL;

  va_start (arguments, sql);
  ok = probity_statement_bind_valist (statement, arguments, error);
  va_end (arguments);

  return ok ? g_steal_pointer (&statement) : NULL;
}

gboolean
probity_db_run (ProbityDb  *self,
                GError    **error,
                const char *sql,
                ...)
{
  g_autoptr (ProbityStatement) statement = NULL;
  va_list  arguments;
  gboolean ok;

  probity_db_assert_owned (self);
  g_assert (sql != NULL);

  statement = probity_statement_cache_take (self->statements, sql, error);
  if (statement == NULL)
    return FALSE;

  va_start (arguments, sql);
  ok = probity_statement_bind_valist (statement, arguments, error);
  va_end (arguments);

  return ok && probity_statement_run (statement, error);
}

gint64
probity_db_get_changes (ProbityDb *self)
{
  probity_db_assert_owned (self);

  return sqlite3_changes64 (self->handle);
}

ProbityCompartment
probity_db_get_compartment (ProbityDb *self)
{
  g_return_val_if_fail (self != NULL, PROBITY_COMPARTMENT_JOURNAL);

  return self->compartment;
}

ProbityCompartment
probity_db_get_home (ProbityDb *self)
{
  g_return_val_if_fail (self != NULL, PROBITY_COMPARTMENT_JOURNAL);

  return self->home;
}

ProbityCompartment
probity_db_get_schema (ProbityDb *self)
{
  return self->compartment >= PROBITY_COMPARTMENT_SEALED && self->home == PROBITY_COMPARTMENT_REGISTERS ? PROBITY_COMPARTMENT_SEALED : self->home;
}

const char *
probity_db_get_name (ProbityDb *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}
