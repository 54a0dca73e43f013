/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"
#include "probity-outbox.h"

/* One command over the compartments that it touches, on the writer thread, under the write lock. */

static void
clear_outbox_row (gpointer data)
{
  ProbityOutboxRow *row = data;

  g_free (row->uid);
}

void
probity_write_init (ProbityWrite    *self,
                    ProbityCasebook *casebook,
                    ProbityDb      **dbs,
                    ProbityLock     *lock)
{
  *self = (ProbityWrite) { 0 };
  self->casebook = casebook;
  self->dbs = dbs;
  self->lock = lock;
  self->now = probity_clock_dup_now (probity_casebook_get_clock (casebook));
  self->changes = probity_changes_new ();
  self->outbox = g_array_new (FALSE, FALSE, sizeof (ProbityOutboxRow));
  g_array_set_clear_func (self->outbox, clear_outbox_row);
}

void
probity_write_clear (ProbityWrite *self)
{
  g_clear_pointer (&self->now, g_free);
  g_clear_pointer (&self->changes, probity_changes_unref);
  g_clear_pointer (&self->outbox, g_array_unref);
  for (guint i = 0; i < PROBITY_N_WRITE_MOMENTS; i++)
    if (self->hooks[i].data_destroy != NULL)
      g_clear_pointer (&self->hooks[i].data, self->hooks[i].data_destroy);
}

gboolean
probity_write_has_begun (ProbityWrite *self)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      if (self->begun[i])
        return TRUE;
    }

  return FALSE;
}

/* Takes back what is not committed. */
void
probity_write_rollback (ProbityWrite *self)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    {
      if (!self->begun[i])
        continue;

      /* SQLite itself has rolled back after a full disk or a failed read. */
      if (!sqlite3_get_autocommit (probity_db_get_handle (self->dbs[i])))
        probity_db_exec (self->dbs[i], "ROLLBACK", NULL);
      self->begun[i] = FALSE;
    }
}

static gboolean
commit_compartment (ProbityWrite      *self,
                    ProbityCompartment compartment,
                    GError           **error)
{
  ProbityFeed *feed = probity_casebook_peek_feed (self->casebook);
  ProbityDb   *db = self->dbs[compartment];
  gint64       before = self->seq_before[compartment];
  gint64       last;

  if (!probity_feed_read_last (db, &last, error))
    return FALSE;

  if (last > before)
    probity_feed_add_own (feed, compartment, before + 1, last);

  if (!probity_db_exec (db, "COMMIT", error))
    {
      if (last > before)
        probity_feed_remove_own (feed, compartment, before + 1);
      return FALSE;
    }

  self->begun[compartment] = FALSE;

  return TRUE;
}

static gboolean
call_hook (ProbityWrite      *self,
           ProbityWriteMoment moment,
           GError           **error)
{
  ProbityWriteHook *hook = &self->hooks[moment];

  return hook->func == NULL || hook->func (hook->data, error);
}

static gboolean
commit_all (ProbityWrite *self,
            GError      **error)
{
  gboolean first = TRUE;

  for (int i = PROBITY_N_HANDLES - 1; i >= 0; i--)
    {
      /* One of the open compartments may have to come before those above it. */
      if (i == PROBITY_N_COMPARTMENTS - 1 && self->begun[self->early] && self->early != PROBITY_COMPARTMENT_JOURNAL &&
          !commit_compartment (self, self->early, error))
        return FALSE;
      if (!self->begun[i])
        continue;
      if (!commit_compartment (self, (ProbityCompartment) i, error) || (first && !call_hook (self, PROBITY_WRITE_BETWEEN, error)))
        return FALSE;
      first = FALSE;
    }

  return TRUE;
}

/*
 * Commits the highest compartment first. What is not committed when one fails is taken back; what
 * is committed stands, and its outbox row says how it is finished.
 */
gboolean
probity_write_commit (ProbityWrite *self,
                      GError      **error)
{
  g_autoptr (GError) later_error = NULL;

  if (!commit_all (self, error))
    {
      probity_write_rollback (self);
      return FALSE;
    }

  /* The command stands. What is still to be done is left to the next program that opens the casebook. */
  if (!call_hook (self, PROBITY_WRITE_AFTER, &later_error))
    g_array_set_size (self->outbox, 0);

  return TRUE;
}

void
probity_write_commit_early (ProbityWrite      *self,
                            ProbityCompartment compartment)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (compartment < PROBITY_COMPARTMENT_SEALED);

  self->early = compartment;
}

void
probity_write_set_hook (ProbityWrite        *self,
                        ProbityWriteMoment   moment,
                        ProbityWriteHookFunc func,
                        gpointer             data,
                        GDestroyNotify       data_destroy)
{
  ProbityWriteHook *hook = &self->hooks[moment];

  g_return_if_fail (self != NULL && func != NULL && hook->func == NULL);

  *hook = (ProbityWriteHook) { func, data, data_destroy };
}

void
probity_write_enter (ProbityWrite      *self,
                     ProbityCompartment compartment)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (compartment == PROBITY_COMPARTMENT_JOURNAL || compartment >= PROBITY_COMPARTMENT_SEALED);

  self->entered = compartment;
  self->entered_home = probity_casebook_get_home (self->casebook, compartment);
}

ProbityCompartment
probity_write_get_entered (ProbityWrite *self)
{
  g_return_val_if_fail (self != NULL, PROBITY_COMPARTMENT_JOURNAL);

  return self->entered;
}

ProbityDb *
probity_write_get_db (ProbityWrite      *self,
                      ProbityCompartment compartment,
                      GError           **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return probity_write_get_open_db (self, probity_compartment_resolve (compartment, self->entered, self->entered_home), error);
}

ProbityDb *
probity_write_get_open_db (ProbityWrite      *self,
                           ProbityCompartment compartment,
                           GError           **error)
{
  ProbityDb *db;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, NULL);

  db = self->dbs[compartment];
  if (db == NULL)
    {
      probity_casebook_set_no_key (error, compartment);
      return NULL;
    }

  if (!self->begun[compartment])
    {
      if (!probity_db_run (db, error, "BEGIN IMMEDIATE", NULL))
        return NULL;
      self->begun[compartment] = TRUE;

      if (!probity_feed_read_last (db, &self->seq_before[compartment], error))
        return NULL;
    }

  return db;
}

ProbityCasebook *
probity_write_get_casebook (ProbityWrite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->casebook;
}

const char *
probity_write_get_now (ProbityWrite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->now;
}

char *
probity_write_new_uid (ProbityWrite *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return probity_uid_new (probity_clock_get_unix_usec (probity_casebook_get_clock (self->casebook)));
}

void
probity_write_note_change (ProbityWrite      *self,
                           ProbityCompartment compartment,
                           const char        *kind,
                           gint64             id,
                           const char        *uid)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (kind != NULL);

  probity_changes_add (self->changes, compartment, kind, id, uid);
}

gboolean
probity_write_outbox_add (ProbityWrite      *self,
                          ProbityCompartment source,
                          ProbityCompartment target,
                          const char        *command,
                          const char        *payload,
                          GError           **error)
{
  ProbityOutboxRow row = { 0 };
  ProbityDb       *db;

  g_return_val_if_fail (self != NULL, FALSE);
  /* The source is committed before the target. */
  g_return_val_if_fail (source > target, FALSE);
  g_return_val_if_fail (command != NULL && payload != NULL, FALSE);

  /* Of a sealed case both halves stand in one compartment, and are committed as one. */
  if (probity_compartment_resolve (source, self->entered, self->entered_home) == probity_compartment_resolve (target, self->entered, self->entered_home))
    return TRUE;

  db = probity_write_get_db (self, source, error);
  if (db == NULL)
    return FALSE;

  row.compartment = source;
  row.uid = probity_write_new_uid (self);
  g_array_append_val (self->outbox, row);

  return probity_db_run (db, error, "INSERT INTO outbox (uid, target, command, payload, created)"
                                    " VALUES ($uid, $target, $command, $payload, $created)",
                         "$uid",
                         's',
                         row.uid,
                         "$target",
                         's',
                         probity_compartment_to_string (target),
                         "$command",
                         's',
                         command,
                         "$payload",
                         's',
                         payload,
                         "$created",
                         's',
                         self->now,
                         NULL);
}
