/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-proof-private.h"

#include <string.h>

#include "probity-access.h"
#include "probity-scratch.h"
#include "probity-snapshot.h"
#include "probity-version.h"

/* An exhibit that is removed while it is copied is seldom; somebody who removes one after the other is not. */
#define MAX_TRIES 3

/* One backup on its way; counted, since a thread may still work on it when nobody waits any more. */
typedef struct
{
  ProbitySession        *session;
  char                  *path;
  guint                  keep;
  ProbityBackupProgress *progress;
  ProbitySnapshot       *snapshot;
  gint64                 locked_us;
  gint64                 begun_us;  /* monotonic */
  gint64                 copied_us; /* monotonic */
  char                  *created;
  ProbityBackupWriter   *writer;
  ProbityScratch        *scratch;
  ProbityBackupReport   *report;
} Run;

static void
clear_run (gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->snapshot, probity_snapshot_free);
  g_clear_pointer (&run->writer, probity_backup_writer_free);
  g_clear_pointer (&run->scratch, probity_scratch_free);
  g_clear_pointer (&run->report, probity_backup_report_free);
  g_clear_pointer (&run->progress, probity_backup_progress_unref);
  g_object_unref (run->session);
  g_free (run->path);
  g_free (run->created);
}

static void
unref_run (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_run);
}

/* Runs @func on a thread of its own and waits for it. */
static gboolean
run_step (Run                *run,
          ProbityBlockingFunc func,
          GError            **error)
{
  return dex_await (probity_run_blocking (func, g_atomic_rc_box_acquire (run), unref_run), error);
}

static gboolean
snapshot_func (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  Run   *run = data;
  gint64 start = g_get_monotonic_time ();

  run->snapshot = probity_snapshot_take (write, error);
  if (run->snapshot == NULL)
    return FALSE;

  g_clear_pointer (&run->created, g_free);
  run->created = g_strdup (probity_write_get_now (write));
  run->locked_us = g_get_monotonic_time () - start;
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* Databases, keyring and slots: what has to be there for the copy to be opened. Exhibits are read, no more. */
static gboolean
is_opened (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);

  return g_strv_length (parts) < 3 && strstr (path, "/exhibits") == NULL;
}

static gboolean
copy_func (gpointer data,
           GError **error)
{
  Run             *run = data;
  g_autofree char *lock_folder = NULL;
  gboolean         ok;

  run->writer = probity_backup_writer_new (run->path, error);
  if (run->writer == NULL)
    return FALSE;
  probity_backup_writer_set_progress (run->writer, run->progress);
  probity_backup_progress_add_total (run->progress, 2 * probity_snapshot_get_length (run->snapshot));

  run->begun_us = g_get_monotonic_time ();
  ok = probity_snapshot_copy (run->snapshot, run->writer, error) && probity_backup_writer_sync (run->writer, error);
  g_clear_pointer (&run->snapshot, probity_snapshot_free);
  if (!ok)
    return FALSE;
  run->copied_us = g_get_monotonic_time ();

  lock_folder = g_path_get_dirname (probity_session_peek_folder (run->session));
  run->scratch = probity_scratch_new_somewhere (lock_folder, error);

  return run->scratch != NULL &&
         probity_backup_writer_extract (run->writer, probity_scratch_get_casebook (run->scratch), is_opened, error) &&
         probity_scratch_add_lock (run->scratch, error);
}

static GBytes *
sign_manifest (const guint8 digest[PROBITY_BACKUP_HASH_BYTES],
               gpointer     data)
{
  Run *run = data;
  g_autoptr (GBytes) message = probity_backup_dup_signed (probity_backup_writer_peek_manifest (run->writer), digest);

  return probity_session_sign (run->session, message);
}

static gboolean
finish_func (gpointer data,
             GError **error)
{
  Run   *run = data;
  guint8 digest[PROBITY_BACKUP_HASH_BYTES];

  g_clear_pointer (&run->scratch, probity_scratch_free);
  if (!probity_backup_writer_finish (run->writer, sign_manifest, run, digest, error) ||
      !probity_backup_writer_commit (run->writer, error))
    return FALSE;

  g_clear_pointer (&run->writer, probity_backup_writer_free);
  run->report->info = probity_backup_info_read (run->path);
  run->report->locked_us = run->locked_us;
  run->report->copy_us = run->copied_us - run->begun_us;
  run->report->proof_us = g_get_monotonic_time () - run->copied_us;

  return TRUE;
}

static gboolean
rotate_func (gpointer data,
             GError **error)
{
  Run *run = data;

  g_strfreev (run->report->removed);
  run->report->removed = probity_backup_folder_rotate (run->report->info, run->keep);

  return TRUE;
}

/* The copy of the databases is opened as a person would open it after a restore. */
static gboolean
prove (Run     *run,
       GError **error)
{
  ProbityBackupManifest *manifest = probity_backup_writer_peek_manifest (run->writer);
  ProbitySession        *copy = probity_backup_open_copy (run->session, probity_scratch_get_casebook (run->scratch), error);
  gboolean               ok;

  if (copy == NULL)
    return FALSE;

  run->report = probity_backup_report_new (NULL);
  ok = probity_backup_prove_copy (copy, FALSE, run->report, error) &&
       probity_backup_seal_contents (copy, manifest, error);
  probity_backup_close_copy (copy);

  manifest->casebook_uid = g_strdup (probity_session_get_casebook_uid (run->session));
  manifest->created = g_strdup (run->created);
  manifest->account_uid = g_strdup (probity_session_get_account_uid (run->session));
  manifest->account_name = g_strdup (probity_session_get_account_name (run->session));
  manifest->program = g_strdup (probity_version ());

  return ok;
}

static gboolean
take_and_copy (Run     *run,
               GError **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (run->session);

  for (guint i = 1; TRUE; i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (!dex_await (probity_casebook_write (casebook, snapshot_func, g_atomic_rc_box_acquire (run), unref_run), error))
        return FALSE;
      if (run_step (run, copy_func, &local_error))
        return TRUE;

      g_clear_pointer (&run->writer, probity_backup_writer_free);
      if (i == MAX_TRIES || !g_error_matches (local_error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_CHANGED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
}

static DexFuture *
back_up_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;

  /* Logged first, so that the copy itself tells of it. */
  if (!probity_access_check (run->session, PROBITY_OPERATION_BACK_UP, &error) ||
      !dex_await (probity_audit_disclose (run->session, "casebook", NULL, run->path), &error) ||
      !take_and_copy (run, &error) ||
      !prove (run, &error) ||
      !run_step (run, finish_func, &error) ||
      !dex_await (probity_backup_record (run->session, PROBITY_BACKUP_RECORD_BACKUP, run->report), &error) ||
      (run->keep > 0 && run->report->problems[0] == NULL && !run_step (run, rotate_func, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (PROBITY_TYPE_BACKUP_REPORT, g_steal_pointer (&run->report));
}

DexFuture *
probity_session_back_up (ProbitySession        *self,
                         const char            *path,
                         guint                  keep,
                         ProbityBackupProgress *progress)
{
  Run             *run;
  g_autofree char *canonical = NULL;
  const char      *folder;

  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (path != NULL);

  /* The backup of a backup would grow without end. */
  canonical = g_canonicalize_filename (path, NULL);
  folder = probity_session_peek_folder (self);
  if (g_str_has_prefix (canonical, folder) && G_IS_DIR_SEPARATOR (canonical[strlen (folder)]))
    return dex_future_new_reject (PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "A backup is not kept in the casebook itself");

  run = g_atomic_rc_box_new0 (Run);
  run->session = g_object_ref (self);
  run->path = g_steal_pointer (&canonical);
  run->keep = keep;
  run->progress = progress != NULL ? probity_backup_progress_ref (progress) : probity_backup_progress_new ();

  return dex_scheduler_spawn (NULL, 0, back_up_fiber, run, unref_run);
}

char *
probity_session_dup_backup_path (ProbitySession *self,
                                 const char     *folder)
{
  g_autofree char *now = probity_clock_dup_now (probity_casebook_get_clock (probity_session_get_casebook (self)));
  g_autofree char *name = g_path_get_basename (probity_session_peek_folder (self));
  g_autofree char *file = NULL;

  /* `2026-11-22T09:30:00.123Z`; colons are not names of files everywhere. */
  now[19] = '\0';
  g_strdelimit (now, ":", '-');
  file = g_strconcat (name, " ", now, "Z", PROBITY_BACKUP_SUFFIX, NULL);

  return g_build_filename (folder, file, NULL);
}
