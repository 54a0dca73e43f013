/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "probity-audit-private.h"
#include "probity-backup-proof-private.h"
#include "probity-scratch.h"
#include "probity-session-private.h"

/* Backups made from an open casebook, and what becomes of them. */

typedef struct
{
  SessionFixture *session;
  char           *store; /* where backups are kept */
} Fixture;

static Fixture *
fixture_new (void)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->session = session_fixture_new ("generic");
  self->store = g_build_filename (self->session->base, "store", NULL);
  g_assert_no_errno (g_mkdir (self->store, 0700));

  return self;
}

static void
fixture_free (Fixture *self)
{
  session_fixture_free (self->session);
  g_free (self->store);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static char *
dup_path (Fixture    *self,
          const char *name)
{
  return g_build_filename (self->store, name, NULL);
}

static void
assert_store_holds (Fixture *self,
                    guint    n)
{
  g_autoptr (GDir) dir = g_dir_open (self->store, 0, NULL);
  guint found = 0;

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_test_message ("%s", name);
      found++;
    }
  g_assert_cmpuint (found, ==, n);
}

static ProbityBackupReport *
back_up (ProbitySession *session,
         const char     *path,
         guint           keep)
{
  ProbityBackupReport *report = wait_for_boxed (probity_session_back_up (session, path, keep, NULL));

  for (guint i = 0; report->problems[i] != NULL; i++)
    g_test_message ("%s", report->problems[i]);
  g_assert_null (report->problems[0]);

  return report;
}

static gboolean
has_problem (GStrv       problems,
             const char *start)
{
  for (guint i = 0; problems[i] != NULL; i++)
    {
      g_test_message ("%s", problems[i]);
      if (g_str_has_prefix (problems[i], start))
        return TRUE;
    }

  return FALSE;
}

/* An entry in two compartments, one command: of both or of neither there is a trace. */
static gboolean
pair_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbitySession *session = data;

  if (!probity_audit_add (write, session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_ALTERATION, "pair", NULL, NULL, NULL, "one", error) ||
      !probity_audit_add (write, session, PROBITY_COMPARTMENT_REGISTERS, PROBITY_VERB_ALTERATION, "pair", NULL, NULL, NULL, "other", error))
    return FALSE;
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static void
write_pair (ProbitySession *session)
{
  wait_for_success (probity_casebook_write (probity_session_get_casebook (session), pair_func, session, NULL));
}

typedef struct
{
  ProbitySession *session;
  gint64          n_acknowledged;
  gboolean        stop;
  gboolean        stopped;
} Scribe;

static DexFuture *
scribe_fiber (gpointer data)
{
  Scribe *scribe = data;

  while (!scribe->stop)
    {
      g_autoptr (GError) error = NULL;

      dex_await (probity_casebook_write (probity_session_get_casebook (scribe->session), pair_func, scribe->session, NULL), &error);
      g_assert_no_error (error);
      scribe->n_acknowledged++;
    }
  scribe->stopped = TRUE;

  return dex_future_new_true ();
}

static gint64
count_pairs (ProbitySession    *session,
             ProbityCompartment compartment)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, "SELECT count(*) FROM audit_entry WHERE kind = 'pair'", NULL));
}

/*
 * Rule: a backup that is made while two sessions write is of one moment in every compartment, and holds all
 * that had been acknowledged when it was begun; restored elsewhere it opens and is proved.
 */
static void
test_while_writing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autofree char *folder = dup_path (fixture, "restored");
  g_autoptr (ProbityBackupReport) report = NULL;
  g_autoptr (ProbityBackupReport) restored = NULL;
  g_autoptr (ProbityVerifyReport) verified = NULL;
  ProbitySession *second = session_fixture_sign_in (fixture->session, "admin");
  ProbitySession *copy;
  Scribe          scribes[] = { { .session = fixture->session->admin }, { .session = second } };
  gint64          n_before, n_copied;

  probity_writer_checkpoint_pages = 20;
  for (guint i = 0; i < G_N_ELEMENTS (scribes); i++)
    dex_future_disown (dex_scheduler_spawn (NULL, 0, scribe_fiber, &scribes[i], NULL));
  while (scribes[0].n_acknowledged + scribes[1].n_acknowledged < 100)
    g_main_context_iteration (NULL, TRUE);

  n_before = scribes[0].n_acknowledged + scribes[1].n_acknowledged;
  report = back_up (fixture->session->admin, path, 0);
  for (guint i = 0; i < G_N_ELEMENTS (scribes); i++)
    {
      scribes[i].stop = TRUE;
      while (!scribes[i].stopped)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpint (scribes[0].n_acknowledged + scribes[1].n_acknowledged, >, n_before);
  g_assert_cmpuint (g_strv_length (report->proved), ==, PROBITY_N_COMPARTMENTS);

  restored = wait_for_boxed (probity_backup_restore (path, folder, "admin", "admin", fixture->session->clock, NULL));
  g_assert_null (restored->problems[0]);
  copy = wait_for_object (probity_session_sign_in (folder, "admin", "admin", fixture->session->clock));
  n_copied = count_pairs (copy, PROBITY_COMPARTMENT_REGISTERS);
  g_test_message ("%" G_GINT64_FORMAT " acknowledged before, %" G_GINT64_FORMAT " in the backup", n_before, n_copied);
  g_assert_cmpint (n_copied, >=, n_before);
  g_assert_cmpint (count_pairs (copy, PROBITY_COMPARTMENT_INTELLIGENCE), ==, n_copied);
  verified = wait_for_boxed (probity_audit_verify (copy, NULL));
  g_assert_false (has_problem (verified->problems, ""));
  g_assert_true (verified->ok);
  session_fixture_sign_out (copy);

  /* What went on is whole too, and its logs are written back again. */
  g_clear_pointer (&verified, probity_verify_report_free);
  verified = wait_for_boxed (probity_audit_verify (fixture->session->admin, NULL));
  g_assert_true (verified->ok);
  g_assert_cmpuint (g_strv_length (verified->notices), ==, 0);
  session_fixture_sign_out (second);
  probity_writer_checkpoint_pages = 1000;
}

/* Rule: while a backup copies, no program writes a log back into its database, not even the last one that closes it. */
static void
test_held_back (void)
{
  g_autoptr (CasebookFixture) fixture = casebook_fixture_new ();
  g_autoptr (ProbityCasebook) casebook = casebook_fixture_open (fixture);
  g_autofree char *database = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "");
  g_autofree char *wal = casebook_fixture_dup_path (fixture, PROBITY_COMPARTMENT_REGISTERS, "-wal");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  ProbityLock     *hold = probity_lock_open (fixture->folder, FALSE, NULL);
  struct stat      info;
  gsize            length;

  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "first"));
  g_assert_true (probity_lock_hold_back (hold, NULL));
  g_assert_no_errno (stat (database, &info));
  g_assert_true (g_file_get_contents (database, &before, &length, NULL));
  probity_writer_checkpoint_pages = 2;
  for (guint i = 0; i < 20; i++)
    wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "more"));
  wait_for_success (probity_casebook_close (casebook));
  g_assert_true (g_file_get_contents (database, &after, NULL, NULL));
  g_assert_cmpmem (before, length, after, length);
  g_assert_no_errno (stat (wal, &info));
  g_assert_cmpint (info.st_size, >, 0);

  /* Let go, the next one catches up. */
  probity_lock_close (hold);
  g_clear_object (&casebook);
  casebook = casebook_fixture_open (fixture);
  wait_for_success (collect (casebook, PROBITY_COMPARTMENT_REGISTERS, "last"));
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, "SELECT count(*) FROM audit_entry", NULL)), ==, 22);
  wait_for_success (probity_casebook_close (casebook));
  g_assert_cmpint (g_access (wal, F_OK), !=, 0);
  probity_writer_checkpoint_pages = 1000;
}

/*
 * Rule: whoever holds the journal's key alone copies everything, exhibits too, and proves what it can; another's
 * keys prove the rest of the same file. Who answers for nothing makes no backup.
 */
static void
test_keys (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autofree char *other = dup_path (fixture, "b.probity-backup");
  g_autofree char *exhibits = g_build_filename (fixture->session->folder, "standards", "exhibits", "ab", NULL);
  g_autofree char *exhibit = g_build_filename (exhibits, "abcdef", NULL);
  g_autofree char *folder = dup_path (fixture, "restored");
  g_autofree char *restored_exhibit = g_build_filename (folder, "standards", "exhibits", "ab", "abcdef", NULL);
  g_autofree char *text = NULL;
  g_autoptr (ProbityBackupReport) report = NULL;
  g_autoptr (ProbityBackupReport) proved = NULL;
  g_autoptr (ProbityBackupReport) restored = NULL;
  g_autoptr (GError) error = NULL;
  ProbitySession *keeper;
  ProbitySession *manager;

  g_assert_no_errno (g_mkdir_with_parents (exhibits, 0770));
  g_assert_true (g_file_set_contents (exhibit, "a photograph", -1, NULL));
  session_fixture_add (fixture->session, "keeper", "administrator", NULL);
  session_fixture_add (fixture->session, "manager", "line-manager", "2000");
  keeper = session_fixture_sign_in (fixture->session, "keeper");
  write_pair (fixture->session->admin);
  report = back_up (keeper, path, 0);
  g_assert_cmpuint (g_strv_length (report->proved), ==, 1);
  g_assert_cmpstr (report->proved[0], ==, "journal");
  g_assert_cmpuint (g_strv_length (report->unproved), ==, 3);
  session_fixture_sign_out (keeper);

  proved = wait_for_boxed (probity_backup_prove (path, "admin", "admin", fixture->session->clock, NULL));
  g_assert_cmpuint (g_strv_length (proved->proved), ==, PROBITY_N_COMPARTMENTS);
  g_assert_false (has_problem (proved->problems, ""));

  manager = session_fixture_sign_in (fixture->session, "manager");
  error = wait_for_error (probity_session_back_up (manager, other, 0, NULL));
  assert_access_error (error, NOT_PERMITTED);
  g_clear_error (&error);
  error = wait_for_error (probity_backup_restore (path, folder, "manager", "manager", fixture->session->clock, NULL));
  assert_access_error (error, NOT_PERMITTED);
  g_clear_error (&error);
  error = wait_for_error (probity_backup_restore (path, folder, "admin", "wrong", fixture->session->clock, NULL));
  assert_access_error (error, WRONG_PASSPHRASE);
  session_fixture_sign_out (manager);
  assert_store_holds (fixture, 1);

  restored = wait_for_boxed (probity_backup_restore (path, folder, "admin", "admin", fixture->session->clock, NULL));
  g_assert_true (g_file_get_contents (restored_exhibit, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "a photograph");
}

/* Neither proved nor restored, for @code, and nothing is left behind. */
static void
assert_refused (Fixture           *fixture,
                const char        *path,
                ProbityBackupError code)
{
  g_autofree char *folder = g_build_filename (fixture->session->base, "refused", NULL);
  g_autofree char *beside = g_strconcat (folder, ".restoring", NULL);
  g_autoptr (GError) error = NULL;

  error = wait_for_error (probity_backup_prove (path, "admin", "admin", fixture->session->clock, NULL));
  g_assert_error (error, PROBITY_BACKUP_ERROR, (int) code);
  g_clear_error (&error);
  error = wait_for_error (probity_backup_restore (path, folder, "admin", "admin", fixture->session->clock, NULL));
  g_assert_error (error, PROBITY_BACKUP_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (beside, G_FILE_TEST_EXISTS));
}

/* Rule: a file that was cut, changed anywhere, or is something else is refused with the reason, and nothing is written. */
static void
test_damaged (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autofree char *text = dup_path (fixture, "text.probity-backup");
  g_autoptr (ProbityBackupReport) report = back_up (fixture->session->admin, path, 0);
  goffset length = (goffset) report->info->length;
  struct
  {
    goffset            offset;
    ProbityBackupError code;
  } flips[] = {
    { 3, PROBITY_BACKUP_ERROR_NOT_A_BACKUP },
    { 16, PROBITY_BACKUP_ERROR_NEWER_VERSION },
    { 41, PROBITY_BACKUP_ERROR_DAMAGED },
    { 60, PROBITY_BACKUP_ERROR_DAMAGED },
    { 100, PROBITY_BACKUP_ERROR_DAMAGED },
    { 192 + 5000, PROBITY_BACKUP_ERROR_DAMAGED },
    { length / 2, PROBITY_BACKUP_ERROR_DAMAGED },
    { length - 10, PROBITY_BACKUP_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flips); i++)
    {
      flip_byte (path, flips[i].offset);
      assert_refused (fixture, path, flips[i].code);
      flip_byte (path, flips[i].offset);
    }

  g_assert_no_errno (truncate (path, length - 1));
  assert_refused (fixture, path, PROBITY_BACKUP_ERROR_DAMAGED);
  g_assert_no_errno (truncate (path, 100));
  assert_refused (fixture, path, PROBITY_BACKUP_ERROR_DAMAGED);
  g_assert_no_errno (truncate (path, 0));
  assert_refused (fixture, path, PROBITY_BACKUP_ERROR_NOT_A_BACKUP);
  g_assert_true (g_file_set_contents (text, "not a backup at all, but a text that is longer than its head would be", -1, NULL));
  assert_refused (fixture, text, PROBITY_BACKUP_ERROR_NOT_A_BACKUP);
}

/* Rule: a whole file with a whole list, signed by somebody else, is not the account's that it names. */
static void
test_forged (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autoptr (ProbityBackupReport) report = back_up (fixture->session->admin, path, 0);
  g_autoptr (ProbityBackupReader) reader = probity_backup_reader_open (path, NULL);
  ProbityBackupHeader header = *probity_backup_reader_peek_header (reader);
  guint8              bytes[PROBITY_BACKUP_HEADER_LENGTH];
  int                 fd;

  header.signature[10] ^= 1;
  probity_backup_header_write (&header, bytes);
  fd = open (path, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, bytes, sizeof bytes, 0), ==, sizeof bytes);
  close (fd);
  assert_refused (fixture, path, PROBITY_BACKUP_ERROR_FOREIGN);
}

/* Rule: damage in the casebook does not become a backup, and nothing is left of the attempt. */
static void
test_damaged_casebook (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autofree char *database = g_build_filename (fixture->session->folder, "registers", "registers.db", NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  session_fixture_sign_out (g_steal_pointer (&fixture->session->admin));
  fd = open (database, O_WRONLY | O_CLOEXEC);
  g_assert_cmpint (pwrite (fd, "damaged", 7, 8192 * 5 + 300), ==, 7);
  close (fd);
  fixture->session->admin = session_fixture_sign_in (fixture->session, "admin");
  error = wait_for_error (probity_session_back_up (fixture->session->admin, path, 0, NULL));
  g_assert_error (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED);
  assert_store_holds (fixture, 0);
}

/* Rule: nothing that exists is written over, and nothing is kept in the casebook itself. */
static void
test_existing (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autofree char *inside = g_build_filename (fixture->session->folder, "a.probity-backup", NULL);
  g_autoptr (ProbityBackupReport) report = back_up (fixture->session->admin, path, 0);
  g_autoptr (GError) error = NULL;

  error = wait_for_error (probity_session_back_up (fixture->session->admin, path, 0, NULL));
  assert_casebook_error (error, EXISTS);
  g_clear_error (&error);
  error = wait_for_error (probity_session_back_up (fixture->session->admin, inside, 0, NULL));
  assert_casebook_error (error, FAILED);
  g_clear_error (&error);
  error = wait_for_error (probity_backup_restore (path, fixture->session->folder, "admin", "admin", fixture->session->clock, NULL));
  assert_casebook_error (error, EXISTS);
  g_clear_error (&error);
  error = wait_for_error (probity_backup_restore (path, fixture->store, "admin", "admin", fixture->session->clock, NULL));
  assert_casebook_error (error, EXISTS);
  assert_store_holds (fixture, 1);
}

/* Rule: a step that is asked to stop leaves nothing. */
static void
test_stopped (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autoptr (ProbityBackupProgress) progress = probity_backup_progress_new ();
  g_autoptr (GError) error = NULL;

  probity_backup_progress_cancel (progress);
  error = wait_for_error (probity_session_back_up (fixture->session->admin, path, 0, progress));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_store_holds (fixture, 0);
  write_pair (fixture->session->admin);
}

/* Signs in at another time of the same casebook. */
static ProbitySession *
sign_in_at (Fixture    *fixture,
            const char *folder,
            const char *now)
{
  g_autoptr (ProbityClock) clock = probity_clock_new_fixed (now);

  return wait_for_object (probity_session_sign_in (folder, "admin", "admin", clock));
}

/*
 * Rule: rotation takes older backups of the same casebook once a newer one was verified, keeps the newest of each
 * of the last days, and touches nothing else.
 */
static void
test_rotation (void)
{
  static const char *const days[] = { "2026-03-02T09:00:00.000Z", "2026-03-03T09:00:00.000Z", "2026-03-03T21:00:00.000Z", "2026-03-04T09:00:00.000Z", "2026-03-05T09:00:00.000Z" };
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *foreign = dup_path (fixture, "foreign.probity-backup");
  g_autofree char *broken = dup_path (fixture, "broken.probity-backup");
  g_autofree char *newest = dup_path (fixture, "4.probity-backup");
  g_autofree char *gone_folder = g_build_filename (fixture->session->base, "other", NULL);

  /* One of another casebook: the same bytes with another uid would not be signed, so a real one. */
  {
    g_autoptr (SessionFixture) other = session_fixture_new ("generic");
    g_autoptr (ProbityBackupReport) report = back_up (other->admin, foreign, 0);
  }
  g_assert_true (g_file_set_contents (broken, "nothing", -1, NULL));
  session_fixture_sign_out (g_steal_pointer (&fixture->session->admin));

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.probity-backup", i);
      g_autofree char *path = dup_path (fixture, name);
      ProbitySession  *session = sign_in_at (fixture, fixture->session->folder, days[i]);
      g_autoptr (ProbityBackupReport) report = back_up (session, path, i + 1 < G_N_ELEMENTS (days) ? 0 : 3);

      if (i + 1 == G_N_ELEMENTS (days))
        {
          /* The first day is too old; of the second its later one stays. */
          g_assert_cmpuint (g_strv_length (report->removed), ==, 2);
          g_assert_true (g_str_has_suffix (report->removed[0], "/1.probity-backup"));
          g_assert_true (g_str_has_suffix (report->removed[1], "/0.probity-backup"));
        }
      session_fixture_sign_out (session);
    }

  assert_store_holds (fixture, 5);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (newest, G_FILE_TEST_EXISTS));
}

/* Rule: that a backup was tried is recorded with which one it was, and the copy is gone. */
static void
test_rehearsal (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  g_autofree char *path = dup_path (fixture, "a.probity-backup");
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "probity", NULL);
  g_autoptr (ProbityBackupReport) report = back_up (fixture->session->admin, path, 0);
  g_autoptr (ProbityBackupReport) tried = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GDir) dir = NULL;
  ProbityBackupRecord *record;

  write_pair (fixture->session->admin);
  tried = wait_for_boxed (probity_session_rehearse (fixture->session->admin, path, NULL));
  g_assert_false (has_problem (tried->problems, ""));
  records = wait_for_boxed (probity_session_load_backups (fixture->session->admin));
  g_assert_cmpuint (records->len, ==, 2);
  for (guint i = 0; i < records->len; i++)
    {
      record = g_ptr_array_index (records, i);
      g_assert_cmpstr (record->digest, ==, report->info->digest);
      g_assert_cmpstr (record->account, ==, "admin");
      g_assert_cmpstr (record->created, ==, SESSION_FIXTURE_NOW);
    }

  dir = g_dir_open (cache, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    g_assert_false (g_str_has_prefix (name, "probity-scratch-"));

  /* The table keeps it. */
  {
    g_autoptr (GError) error = wait_for_error (run_sql (probity_session_get_casebook (fixture->session->admin), PROBITY_COMPARTMENT_JOURNAL, "DELETE FROM rehearsal"));
    g_autoptr (GError) replace_error = wait_for_error (run_sql (probity_session_get_casebook (fixture->session->admin), PROBITY_COMPARTMENT_JOURNAL, "INSERT OR REPLACE INTO backup SELECT id, uid, at, account, digest, created, 'elsewhere', bytes, files, proved, problems FROM backup"));

    assert_casebook_error (error, CONSTRAINT);
    assert_casebook_error (replace_error, CONSTRAINT);
  }
}

static ProbityVerifyReport *
verify_in (Fixture    *fixture,
           const char *folder)
{
  ProbitySession      *session = wait_for_object (probity_session_sign_in (folder, "admin", "admin", fixture->session->clock));
  ProbityVerifyReport *report = wait_for_boxed (probity_audit_verify (session, NULL));

  session_fixture_sign_out (session);

  return report;
}

static gboolean
is_told (ProbityVerifyReport *report,
         const char          *start)
{
  gboolean found = has_problem (report->problems, start);

  for (guint i = 0; i < report->compartments->len; i++)
    found = has_problem (((ProbityVerifyCompartment *) g_ptr_array_index (report->compartments, i))->problems, start) || found;

  return found;
}

/* Puts the files of the backup @path into @folder, as somebody would who tells nobody. */
static void
put_back (const char *path,
          const char *folder)
{
  g_autoptr (ProbityBackupReader) reader = probity_backup_reader_open (path, NULL);
  g_autoptr (GError) error = NULL;
  ProbityLock *lock;

  remove_tree (folder);
  g_assert_no_errno (g_mkdir (folder, 0770));
  probity_backup_reader_extract (reader, folder, NULL, NULL, &error);
  g_assert_no_error (error);
  lock = probity_lock_open (folder, TRUE, &error);
  g_assert_no_error (error);
  probity_lock_close (lock);
}

/*
 * Rule: a workstation that remembers more than the casebook holds says so, unless the casebook was restored by
 * an account that may: then that is told. The restore excuses what was known before it and nothing that came after.
 */
static void
test_restored_and_put_back (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  const char      *folder = fixture->session->folder;
  g_autofree char *first = dup_path (fixture, "first.probity-backup");
  g_autofree char *second = dup_path (fixture, "second.probity-backup");
  g_autofree char *living = g_build_filename (fixture->session->base, "living", NULL);
  g_autoptr (ProbityBackupReport) report = back_up (fixture->session->admin, first, 0);
  g_autoptr (ProbityBackupReport) restored = NULL;
  g_autoptr (ProbityBackupReport) later = NULL;
  g_autoptr (ProbityVerifyReport) found = NULL;
  ProbitySession *session;

  for (guint i = 0; i < 5; i++)
    write_pair (fixture->session->admin);
  session_fixture_sign_out (g_steal_pointer (&fixture->session->admin));
  g_assert_no_errno (g_rename (folder, living));

  /* Put back in secret. */
  put_back (first, folder);
  found = verify_in (fixture, folder);
  g_assert_false (found->ok);
  g_assert_true (is_told (found, "tail-cut:"));
  g_clear_pointer (&found, probity_verify_report_free);
  remove_tree (folder);

  /* Restored. */
  restored = wait_for_boxed (probity_backup_restore (first, folder, "admin", "admin", fixture->session->clock, NULL));
  found = verify_in (fixture, folder);
  g_assert_false (is_told (found, ""));
  g_assert_true (found->ok);
  g_assert_cmpuint (g_strv_length (found->notices), ==, 1);
  g_assert_true (g_str_has_prefix (found->notices[0], "restored: admin restored this casebook"));
  g_clear_pointer (&found, probity_verify_report_free);

  /* The one before lives on in its own folder and is not told of. */
  found = verify_in (fixture, living);
  g_assert_true (found->ok);
  g_assert_cmpuint (g_strv_length (found->notices), ==, 0);
  g_clear_pointer (&found, probity_verify_report_free);

  /* A backup of the restored one, work that goes on, and the backup put back in secret. */
  session = session_fixture_sign_in (fixture->session, "admin");
  later = back_up (session, second, 0);
  for (guint i = 0; i < 5; i++)
    write_pair (session);
  session_fixture_sign_out (session);
  put_back (second, folder);
  found = verify_in (fixture, folder);
  g_assert_false (found->ok);
  g_assert_true (is_told (found, "tail-cut:"));
  g_clear_pointer (&found, probity_verify_report_free);

  /* What was there before the restore, put back in secret: every one of its own heads is met. */
  remove_tree (folder);
  g_assert_no_errno (g_rename (living, folder));
  found = verify_in (fixture, folder);
  g_assert_false (found->ok);
  g_assert_true (is_told (found, "restore-undone:"));

  fixture->session->admin = session_fixture_sign_in (fixture->session, "admin");
}

/* Rule: a restore that nobody signed who may restore excuses nothing. */
static void
test_forged_restore (void)
{
  g_autoptr (Fixture) fixture = fixture_new ();
  const char      *folder = fixture->session->folder;
  g_autofree char *first = dup_path (fixture, "first.probity-backup");
  g_autoptr (ProbityBackupReport) report = NULL;
  g_autoptr (ProbityVerifyReport) found = NULL;
  ProbitySession *session;

  session_fixture_add (fixture->session, "hr", "hr-officer", "2000");
  report = back_up (fixture->session->admin, first, 0);
  for (guint i = 0; i < 5; i++)
    write_pair (fixture->session->admin);
  session_fixture_sign_out (g_steal_pointer (&fixture->session->admin));
  put_back (first, folder);

  /* With other tools: its own signature, but a role that may not. */
  session = session_fixture_sign_in (fixture->session, "hr");
  wait_for_success (probity_backup_record (session, PROBITY_BACKUP_RECORD_RESTORE, report));
  session_fixture_sign_out (session);

  found = verify_in (fixture, folder);
  g_assert_false (found->ok);
  g_assert_true (is_told (found, "restore-invalid:"));
  g_assert_true (is_told (found, "tail-cut:") || is_told (found, "history-replaced:"));
  fixture->session->admin = session_fixture_sign_in (fixture->session, "admin");
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *cache = g_dir_make_tmp ("session-backup-XXXXXX", NULL);
  int              status;

  /* Other tests make scratch folders too. */
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/session-backup/while-writing", test_while_writing);
  g_test_add_func ("/session-backup/held-back", test_held_back);
  g_test_add_func ("/session-backup/keys", test_keys);
  g_test_add_func ("/session-backup/damaged", test_damaged);
  g_test_add_func ("/session-backup/forged", test_forged);
  g_test_add_func ("/session-backup/damaged-casebook", test_damaged_casebook);
  g_test_add_func ("/session-backup/existing", test_existing);
  g_test_add_func ("/session-backup/stopped", test_stopped);
  g_test_add_func ("/session-backup/rotation", test_rotation);
  g_test_add_func ("/session-backup/rehearsal", test_rehearsal);
  g_test_add_func ("/session-backup/restored-and-put-back", test_restored_and_put_back);
  g_test_add_func ("/session-backup/forged-restore", test_forged_restore);

  status = g_test_run ();
  remove_tree (cache);

  return status;
}
