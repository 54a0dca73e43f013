/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "casebook-fixture.h"

#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

void
flip_byte (const char *path,
           goffset     offset)
{
  int    fd = open (path, O_RDWR | O_CLOEXEC);
  guint8 byte;

  g_assert_cmpint (pread (fd, &byte, 1, offset), ==, 1);
  byte ^= 0x10;
  g_assert_cmpint (pwrite (fd, &byte, 1, offset), ==, 1);
  close (fd);
}

static gboolean
count_damaged_func (ProbityRead *read,
                    gpointer     data,
                    GValue      *result,
                    GError     **error)
{
  ProbityDb *db = probity_read_get_db (read, (ProbityCompartment) GPOINTER_TO_UINT (data), error);
  g_autoptr (GPtrArray) damaged = db != NULL ? probity_db_list_damaged_pages (db, error) : NULL;

  if (damaged == NULL)
    return FALSE;
  for (guint i = 0; i < damaged->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (damaged, i));
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, damaged->len);

  return TRUE;
}

gint64
count_damaged (ProbityCasebook   *casebook,
               ProbityCompartment compartment)
{
  return wait_for_int64 (probity_casebook_read (casebook, count_damaged_func, GUINT_TO_POINTER ((guint) compartment), NULL, NULL));
}

static CasebookFixture *
make_fixture (char *folder /* transfer full */)
{
  CasebookFixture *self = g_new0 (CasebookFixture, 1);
  g_autoptr (GError) error = NULL;

  self->folder = folder;
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    self->keys[i] = probity_key_new_random ();
  self->clock = probity_clock_new_system ();

  probity_casebook_create_databases (self->folder, self->keys, &error);
  g_assert_no_error (error);

  return self;
}

CasebookFixture *
casebook_fixture_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("casebook-XXXXXX", &error);

  g_assert_no_error (error);

  return make_fixture (folder);
}

CasebookFixture *
casebook_fixture_new_for_users (void)
{
  g_autofree char *built = g_test_build_filename (G_TEST_BUILT, "casebook", "second-program", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (built);
  g_autoptr (GFile) to = NULL;
  g_autoptr (GError) error = NULL;
  CasebookFixture *self;
  char            *base = g_strdup ("/tmp/casebook-XXXXXX");
  char            *folder;

  /* Not below TMPDIR, nor run from the build: either may be in a home that is closed to others. */
  g_assert_nonnull (g_mkdtemp_full (base, 0755));
  folder = g_build_filename (base, "casebook", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);

  self = make_fixture (folder);
  self->base = base;
  self->program = g_build_filename (base, "second-program", NULL);
  to = g_file_new_for_path (self->program);
  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (self->program, 0755), ==, 0);
  g_assert_cmpint (g_chmod (base, 0755), ==, 0);

  return self;
}

void
casebook_fixture_free (CasebookFixture *self)
{
  remove_tree (self->base != NULL ? self->base : self->folder);
  g_free (self->base);
  g_free (self->program);
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

static DexFuture *
come_back_cb (DexFuture *future,
              gpointer   data)
{
  return NULL;
}

/* Another thread may complete it without this one being told; what comes after it is done here. */
DexFuture *
wait_for (DexFuture *future)
{
  g_autoptr (DexFuture) here = dex_future_finally (dex_ref (future), come_back_cb, NULL, NULL);

  while (dex_future_is_pending (here))
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

static gboolean
publish_func (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  Query           *query = data;
  g_autofree char *payload = g_strdup_printf ("{\"record\": \"%s\"}", query->text);

  return add_audit_entry (write, PROBITY_COMPARTMENT_INTELLIGENCE, "alteration", "view", query->text, error) &&
         probity_write_outbox_add (write, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_COMPARTMENT_REGISTERS, "publish", payload, error) &&
         add_audit_entry (write, PROBITY_COMPARTMENT_REGISTERS, "alteration", "second-job", query->text, error);
}

DexFuture *
publish (ProbityCasebook *casebook,
         const char      *record)
{
  return probity_casebook_write (casebook, publish_func, make_query (PROBITY_COMPARTMENT_INTELLIGENCE, record), free_query);
}

static gboolean
finish_func (ProbityWrite      *write,
             ProbityCompartment source,
             const char        *payload,
             gpointer           data,
             GError           **error)
{
  ProbityDb *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_auto (GStrv) parts = g_strsplit (payload, "\"", -1);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (db == NULL)
    return FALSE;
  statement = probity_db_query (db, error, "SELECT 1 FROM audit_entry WHERE record = $record", "$record", 's', parts[3], NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  return row || add_audit_entry (write, PROBITY_COMPARTMENT_REGISTERS, "alteration", "second-job", parts[3], error);
}

void
add_publish_handler (ProbityCasebook *casebook)
{
  probity_casebook_add_outbox_handler (casebook, "publish", finish_func, NULL, NULL);
}

struct _SecondProgram
{
  GSubprocess      *process;
  GDataInputStream *output;
};

typedef struct
{
  guint uid;
  guint gid;
} User;

static void
become_user (gpointer data)
{
  User *user = data;

  if (user->uid == 0)
    return;
  if (setgroups (0, NULL) != 0 ||
      setresgid (user->gid, user->gid, user->gid) != 0 ||
      setresuid (user->uid, user->uid, user->uid) != 0)
    _exit (99);
  /* The worst habit: files for oneself alone. */
  umask (077);
}

SecondProgram *
second_program_new_as (CasebookFixture *fixture,
                       guint            uid,
                       guint            gid)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "casebook", "second-program", NULL);
  g_autoptr (GError) error = NULL;
  SecondProgram *self = g_new0 (SecondProgram, 1);
  User           user = { uid, gid != 0 ? gid : uid };

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, become_user, &user, NULL);
  self->process = g_subprocess_launcher_spawn (launcher, &error, fixture->program != NULL ? fixture->program : program, fixture->folder, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autoptr (GString) hex = g_string_new (NULL);

      for (guint j = 0; fixture->keys[i] != NULL && j < PROBITY_KEY_BYTES; j++)
        g_string_append_printf (hex, "%02x", probity_key_peek (fixture->keys[i])[j]);
      second_program_say (self, "%s", fixture->keys[i] != NULL ? hex->str : "-");
    }

  return self;
}

SecondProgram *
second_program_new (CasebookFixture *fixture)
{
  return second_program_new_as (fixture, 0, 0);
}

void
second_program_free (SecondProgram *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self);
}

void
second_program_say (SecondProgram *self,
                    const char    *format,
                    ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  line = g_strconcat (text, "\n", NULL);

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line, strlen (line), NULL, NULL, NULL);
}

static void
read_line_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  GAsyncResult **ret_result = data;

  *ret_result = g_object_ref (result);
}

char *
second_program_wait (SecondProgram *self,
                     const char    *prefix)
{
  while (TRUE)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *line = NULL;

      g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, read_line_cb, &result);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      line = g_data_input_stream_read_line_finish (self->output, result, NULL, NULL);
      if (line == NULL || g_str_has_prefix (line, prefix))
        return g_steal_pointer (&line);
    }
}

void
second_program_end (SecondProgram *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
}

void
second_program_kill (SecondProgram *self)
{
  g_subprocess_force_exit (self->process);
}
