/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-proof-private.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "probity-access.h"
#include "probity-scratch.h"
#include "probity-secrets-private.h"

/* One backup that is read; counted, since a thread may still work on it when nobody waits any more. */
typedef struct
{
  ProbitySession        *session; /* a rehearsal's; else NULL */
  char                  *path;
  char                  *folder; /* where it is restored to; else NULL */
  char                  *account;
  char                  *passphrase; /* locked memory */
  ProbityClock          *clock;
  ProbityBackupProgress *progress;
  ProbityBackupReader   *reader;
  ProbityScratch        *scratch;
  ProbityBackupReport   *report;
  ProbitySession        *copy;
} Run;

static void
clear_run (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->session);
  g_clear_object (&run->copy);
  g_clear_pointer (&run->reader, probity_backup_reader_free);
  g_clear_pointer (&run->scratch, probity_scratch_free);
  g_clear_pointer (&run->report, probity_backup_report_free);
  g_clear_pointer (&run->progress, probity_backup_progress_unref);
  g_clear_pointer (&run->clock, probity_clock_unref);
  probity_passphrase_free (run->passphrase);
  g_free (run->path);
  g_free (run->folder);
  g_free (run->account);
}

static void
unref_run (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_run);
}

static Run *
make_run (const char            *path,
          const char            *account,
          const char            *passphrase,
          ProbityClock          *clock,
          ProbityBackupProgress *progress)
{
  Run *run = g_atomic_rc_box_new0 (Run);

  run->path = g_canonicalize_filename (path, NULL);
  run->account = g_strdup (account);
  if (passphrase != NULL)
    run->passphrase = probity_passphrase_copy (passphrase, NULL);
  run->clock = clock != NULL ? probity_clock_ref (clock) : NULL;
  run->progress = progress != NULL ? probity_backup_progress_ref (progress) : probity_backup_progress_new ();

  return run;
}

static gboolean
run_step (Run                *run,
          ProbityBlockingFunc func,
          GError            **error)
{
  return dex_await (probity_run_blocking (func, g_atomic_rc_box_acquire (run), unref_run), error);
}

static ProbityScratch *
make_scratch (Run     *run,
              GError **error)
{
  g_autofree char *parent = NULL;
  g_autofree char *beside = NULL;
  struct stat      info;

  if (run->folder == NULL)
    {
      parent = g_path_get_dirname (run->path);
      return probity_scratch_new_somewhere (parent, error);
    }

  if (lstat (run->folder, &info) == 0)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_EXISTS, "%s exists already: a backup is restored into a new folder", run->folder);
      return NULL;
    }
  parent = g_path_get_dirname (run->folder);
  if (!probity_casebook_check_file_system (parent, error))
    return NULL;
  beside = g_strconcat (run->folder, ".restoring", NULL);

  return probity_scratch_new (beside, error);
}

/* The backup is looked at before a folder is made for it. */
static gboolean
extract_func (gpointer data,
              GError **error)
{
  Run *run = data;

  run->reader = probity_backup_reader_open (run->path, error);
  if (run->reader == NULL)
    return FALSE;
  run->scratch = make_scratch (run, error);
  if (run->scratch == NULL)
    return FALSE;

  run->report = probity_backup_report_new (probity_backup_info_read (run->path));

  return probity_backup_reader_extract (run->reader, probity_scratch_get_casebook (run->scratch), NULL, run->progress, error) &&
         probity_scratch_add_lock (run->scratch, error);
}

static gboolean
remove_func (gpointer data,
             GError **error)
{
  Run *run = data;

  g_clear_pointer (&run->scratch, probity_scratch_free);

  return TRUE;
}

static void
close_copy (Run *run)
{
  if (run->copy != NULL)
    probity_backup_close_copy (g_steal_pointer (&run->copy));
}

/* What all three do: files out, opened, whose it is, what is in it. */
static gboolean
open_and_prove (Run             *run,
                ProbityOperation operation,
                GError         **error)
{
  ProbityBackupManifest *manifest;
  const char            *folder;

  if (!run_step (run, extract_func, error))
    return FALSE;

  manifest = probity_backup_reader_peek_manifest (run->reader);
  folder = probity_scratch_get_casebook (run->scratch);
  run->copy = run->session != NULL ? probity_backup_open_copy (run->session, folder, error) : probity_backup_sign_in (folder, run->account, run->passphrase, run->clock, error);

  return run->copy != NULL &&
         probity_access_check (run->copy, operation, error) &&
         probity_backup_check_signature (run->copy, manifest, probity_backup_reader_peek_header (run->reader), error) &&
         probity_backup_prove_copy (run->copy, TRUE, run->report, error) &&
         probity_backup_compare_contents (run->copy, manifest, run->report, error);
}

static DexFuture *
give_report (Run *run)
{
  return dex_future_new_take_boxed (PROBITY_TYPE_BACKUP_REPORT, g_steal_pointer (&run->report));
}

/* --- Proving --- */

static DexFuture *
prove_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = open_and_prove (run, PROBITY_OPERATION_BACK_UP, &error);

  close_copy (run);
  run_step (run, remove_func, NULL);
  if (!ok)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return give_report (run);
}

DexFuture *
probity_backup_prove (const char            *path,
                      const char            *account,
                      const char            *passphrase,
                      ProbityClock          *clock,
                      ProbityBackupProgress *progress)
{
  dex_return_error_if_fail (path != NULL && account != NULL);

  return dex_scheduler_spawn (NULL, 0, prove_fiber, make_run (path, account, passphrase, clock, progress), unref_run);
}

/* --- Trying --- */

static DexFuture *
rehearse_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = probity_access_check (run->session, PROBITY_OPERATION_BACK_UP, &error) &&
                open_and_prove (run, PROBITY_OPERATION_BACK_UP, &error);

  close_copy (run);
  run_step (run, remove_func, NULL);
  if (!ok || !dex_await (probity_backup_record (run->session, PROBITY_BACKUP_RECORD_REHEARSAL, run->report), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return give_report (run);
}

DexFuture *
probity_session_rehearse (ProbitySession        *self,
                          const char            *path,
                          ProbityBackupProgress *progress)
{
  Run *run;

  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (path != NULL);

  run = make_run (path, probity_session_get_account_name (self), NULL, NULL, progress);
  run->session = g_object_ref (self);

  return dex_scheduler_spawn (NULL, 0, rehearse_fiber, run, unref_run);
}

/* --- Restoring --- */

static gboolean
move_func (gpointer data,
           GError **error)
{
  Run *run = data;

  return probity_scratch_move_casebook (run->scratch, run->folder, error);
}

static DexFuture *
restore_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = open_and_prove (run, PROBITY_OPERATION_RESTORE, &error) &&
                dex_await (probity_backup_record (run->copy, PROBITY_BACKUP_RECORD_RESTORE, run->report), &error);

  close_copy (run);
  ok = ok && run_step (run, move_func, &error);
  run_step (run, remove_func, NULL);
  if (!ok)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return give_report (run);
}

DexFuture *
probity_backup_restore (const char            *path,
                        const char            *folder,
                        const char            *account,
                        const char            *passphrase,
                        ProbityClock          *clock,
                        ProbityBackupProgress *progress)
{
  Run *run;

  dex_return_error_if_fail (path != NULL && folder != NULL && account != NULL);

  run = make_run (path, account, passphrase, clock, progress);
  run->folder = g_canonicalize_filename (folder, NULL);

  return dex_scheduler_spawn (NULL, 0, restore_fiber, run, unref_run);
}

/* --- Listing --- */

typedef struct
{
  char      *folder;
  GPtrArray *infos;
} Listing;

static void
clear_listing (gpointer data)
{
  Listing *listing = data;

  g_free (listing->folder);
  g_clear_pointer (&listing->infos, g_ptr_array_unref);
}

static void
unref_listing (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_listing);
}

static gboolean
list_func (gpointer data,
           GError **error)
{
  Listing *listing = data;

  listing->infos = probity_backup_folder_list (listing->folder, error);

  return listing->infos != NULL;
}

static DexFuture *
list_fiber (gpointer data)
{
  Listing *listing = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (probity_run_blocking (list_func, g_atomic_rc_box_acquire (listing), unref_listing), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&listing->infos));
}

DexFuture *
probity_backup_list (const char *folder)
{
  Listing *listing;

  dex_return_error_if_fail (folder != NULL);

  listing = g_atomic_rc_box_new0 (Listing);
  listing->folder = g_strdup (folder);

  return dex_scheduler_spawn (NULL, 0, list_fiber, listing, unref_listing);
}
