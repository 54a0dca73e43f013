/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include <json-glib/json-glib.h>

#include "probity-blocking.h"
#include "probity-instant.h"
#include "probity-log-time.h"
#include "probity-parse.h"

/*
 * A log is read and cut into chunks in a thread of its own, which may take as long as the disk does; nobody waits for it.
 * The writer then has only bytes to put away, and does so in one transaction: a program that dies before its end
 * leaves nothing of the log.
 */

#define MAX_MAPPING (256 * 1024)
#define MAX_TEXT 4000

typedef struct
{
  gatomicrefcount          ref_count;
  char                    *path;
  char                    *mapping_path;
  char                    *system;
  char                    *authority;
  char                    *necessity;
  char                    *period_from;
  char                    *period_to;
  char                    *time_zone;
  int                      clock_error;
  GCancellable            *cancellable;
  ProbityExposureProgress *progress;

  /* What comes of reading. */
  GBytes                 *mapping;
  ProbityLogWho           who;
  ProbityExposureBuilder *builder;
  guint                   fields;
  guint64                 bytes;
  guint64                 ambiguous;
  char                   *sha256;
} ImportJob;

static ImportJob *
import_job_ref (ImportJob *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
import_job_unref (gpointer data)
{
  ImportJob *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->path);
  g_free (self->mapping_path);
  g_free (self->system);
  g_free (self->authority);
  g_free (self->necessity);
  g_free (self->period_from);
  g_free (self->period_to);
  g_free (self->time_zone);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, probity_exposure_progress_unref);
  g_clear_pointer (&self->mapping, g_bytes_unref);
  probity_log_who_clear (&self->who);
  g_clear_pointer (&self->builder, probity_exposure_builder_free);
  g_free (self->sha256);
  g_free (self);
}

/* Progress --------------------------------------------------------------------------------------- */

ProbityExposureProgress *
probity_exposure_progress_new (void)
{
  ProbityExposureProgress *self = g_new0 (ProbityExposureProgress, 1);

  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

ProbityExposureProgress *
probity_exposure_progress_ref (ProbityExposureProgress *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_exposure_progress_unref (ProbityExposureProgress *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

guint64
probity_exposure_progress_get_rows (ProbityExposureProgress *self)
{
  return __atomic_load_n (&self->rows, __ATOMIC_RELAXED);
}

double
probity_exposure_progress_get_fraction (ProbityExposureProgress *self)
{
  guint64 size = __atomic_load_n (&self->size, __ATOMIC_RELAXED);

  return size > 0 ? MIN ((double) __atomic_load_n (&self->bytes, __ATOMIC_RELAXED) / (double) size, 1) : 0;
}

static void
tell_progress (ImportJob        *self,
               ProbityAccessLog *log)
{
  if (self->progress == NULL)
    return;

  __atomic_store_n (&self->progress->size, probity_access_log_get_size (log), __ATOMIC_RELAXED);
  __atomic_store_n (&self->progress->bytes, probity_access_log_get_position (log), __ATOMIC_RELAXED);
  __atomic_store_n (&self->progress->rows, probity_exposure_builder_get_rows (self->builder), __ATOMIC_RELAXED);
}

/* Reading ---------------------------------------------------------------------------------------- */

static gboolean
load_mapping (ImportJob *self,
              GError   **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autofree char *memory = NULL;
  gsize            n = 0;

  if (self->mapping_path == NULL)
    return TRUE;

  file = g_file_new_for_path (self->mapping_path);
  stream = g_file_read (file, NULL, error);
  memory = g_malloc (MAX_MAPPING + 1);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), memory, MAX_MAPPING + 1, &n, NULL, error))
    return FALSE;
  /* The key file's reader refuses what is too large. */
  g_clear_pointer (&self->mapping, g_bytes_unref);
  self->mapping = g_bytes_new (memory, n);

  return TRUE;
}

static gboolean
read_log (gpointer data,
          GError **error)
{
  ImportJob       *self = data;
  g_autofree char *mapping_name = self->mapping_path != NULL ? g_path_get_basename (self->mapping_path) : g_strdup (self->system);
  g_autoptr (ProbityAccessLog) log = NULL;

  if (!load_mapping (self, error) || !probity_log_who_read (&self->who, self->mapping, mapping_name, error))
    return FALSE;
  log = probity_access_log_open (self->path, self->mapping, mapping_name, self->time_zone, self->cancellable, error);
  if (log == NULL)
    return FALSE;

  self->builder = probity_exposure_builder_new ();
  for (guint n = 0;; n++)
    {
      const ProbityLogRow *row;

      if (n % 4096 == 0)
        {
          tell_progress (self, log);
          if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
            return FALSE;
        }
      if (!probity_access_log_next (log, &row, self->cancellable, error))
        return FALSE;
      if (row == NULL)
        break;
      /* Whoever it names would be missing from the list, and the file is not imported twice. */
      if (g_error_matches (row->error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_AMBIGUOUS) && !probity_access_log_tells_order (log))
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "date_order", "Line %" G_GUINT64_FORMAT ": %s", row->line, row->error->message));
          return FALSE;
        }
      if (!probity_exposure_builder_add (self->builder, row, error))
        return FALSE;
    }
  probity_exposure_builder_finish (self->builder);
  tell_progress (self, log);

  if (probity_exposure_builder_get_rows (self->builder) == 0)
    {
      GPtrArray                  *problems = probity_exposure_builder_get_problems (self->builder);
      const ProbityImportProblem *first = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;

      if (first != NULL)
        g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_INVALID, "No line of the log can be used; line %" G_GUINT64_FORMAT ": %s", first->line, first->message);
      else
        g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_INVALID, "The log has no lines");
      return FALSE;
    }

  for (guint field = 0; field < PROBITY_LOG_N_FIELDS; field++)
    if (probity_access_log_has (log, (ProbityLogField) field))
      self->fields |= 1u << field;
  self->sha256 = g_strdup (probity_access_log_get_sha256 (log));
  self->bytes = probity_access_log_get_size (log);
  self->ambiguous = probity_access_log_get_n_ambiguous (log);

  return TRUE;
}

/* What was said of the system before, for what is not said now; and whether there is such a case at all. */
static gboolean
prepare_in_reader (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  ProbityStep *step = data;
  ImportJob   *self = step->data;
  ProbityDb   *db;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (!probity_exposure_find_case (step, NULL, read, &db, error))
    return FALSE;
  statement = probity_db_query (db, error, "SELECT mapping, time_zone, clock_error FROM exposure_system WHERE name = $name", "$name", 's', self->system, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (row && self->mapping_path == NULL && self->mapping == NULL && !probity_statement_is_null (statement, 0))
    {
      const char *mapping = probity_statement_get_text (statement, 0);

      self->mapping = g_bytes_new (mapping, strlen (mapping));
    }
  if (self->time_zone == NULL)
    self->time_zone = row ? probity_statement_dup_text (statement, 1) : g_strdup ("Europe/London");
  if (self->clock_error < 0)
    self->clock_error = row ? (int) probity_statement_get_int64 (statement, 2) : 0;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_log_time_zone_is_valid (self->time_zone, error);
}

/* Writing ---------------------------------------------------------------------------------------- */

static char *
dup_problems (ImportJob *self)
{
  GPtrArray *problems = probity_exposure_builder_get_problems (self->builder);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < problems->len; i++)
    {
      const ProbityImportProblem *problem = g_ptr_array_index (problems, i);

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, (gint64) problem->line);
      json_builder_add_string_value (builder, problem->column != NULL ? problem->column : "");
      json_builder_add_string_value (builder, problem->message);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static gboolean
refuse_twice (ProbityStep *step,
              ProbityDb   *db,
              GError     **error)
{
  ImportJob *self = step->data;
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT system FROM exposure_import_in WHERE case_uid = $case AND sha256 = $sha256", "$case", 's', step->uid, "$sha256", 's', self->sha256, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS, "This very file was imported already, as a log of %s; it can be once more when that is set aside", probity_statement_get_text (statement, 0));

  return FALSE;
}

static gboolean
insert_import (ProbityStep  *step,
               ProbityWrite *write,
               ProbityDb    *db,
               gint64       *ret_id,
               GError      **error)
{
  ImportJob       *self = step->data;
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *file_name = g_path_get_basename (self->path);
  g_autofree char *shown_name = g_utf8_make_valid (file_name, -1);
  g_autofree char *problems = dup_problems (self);
  g_autofree char *mapping = self->mapping != NULL ? g_strndup (g_bytes_get_data (self->mapping, NULL), g_bytes_get_size (self->mapping)) : NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gint64   first_ms, last_ms;
  gboolean row;

  probity_exposure_builder_get_range (self->builder, &first_ms, &last_ms);
  statement = probity_db_query (db, error, "INSERT INTO exposure_import (uid, case_uid, system, authority, necessity, file_name, sha256, bytes, mapping, time_zone, clock_error, period_from, period_to,"
                                           " first_ms, last_ms, rows, rejected, ambiguous, accounts, fields, problems, account, at, steps)"
                                           " VALUES ($uid, $case, $system, $authority, $necessity, $file_name, $sha256, $bytes, $mapping, $time_zone, $clock_error, $period_from, $period_to,"
                                           " $first_ms, $last_ms, $rows, $rejected, $ambiguous, $accounts, $fields, $problems, $account, $at,"
                                           " (SELECT coalesce (max (number), 0) FROM exposure_step WHERE case_uid = $case)) RETURNING id",
                                "$uid",
                                's',
                                uid,
                                "$case",
                                's',
                                step->uid,
                                "$system",
                                's',
                                self->system,
                                "$authority",
                                's',
                                self->authority,
                                "$necessity",
                                's',
                                self->necessity,
                                "$file_name",
                                's',
                                shown_name,
                                "$sha256",
                                's',
                                self->sha256,
                                "$bytes",
                                'i',
                                (gint64) self->bytes,
                                "$mapping",
                                's',
                                mapping,
                                "$time_zone",
                                's',
                                self->time_zone,
                                "$clock_error",
                                'i',
                                (gint64) self->clock_error,
                                "$period_from",
                                's',
                                self->period_from,
                                "$period_to",
                                's',
                                self->period_to,
                                "$first_ms",
                                'i',
                                first_ms,
                                "$last_ms",
                                'i',
                                last_ms,
                                "$rows",
                                'i',
                                (gint64) probity_exposure_builder_get_rows (self->builder),
                                "$rejected",
                                'i',
                                (gint64) probity_exposure_builder_get_rejected (self->builder),
                                "$ambiguous",
                                'i',
                                (gint64) self->ambiguous,
                                "$accounts",
                                'i',
                                (gint64) probity_exposure_builder_get_words (self->builder, PROBITY_LOG_WHO)->len,
                                "$fields",
                                'i',
                                (gint64) self->fields,
                                "$problems",
                                's',
                                problems,
                                "$account",
                                's',
                                probity_session_get_account_uid (step->session),
                                "$at",
                                's',
                                probity_write_get_now (write),
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_id = probity_statement_get_int64 (statement, 0);

  return probity_statement_step (statement, &row, error);
}

static gboolean
insert_chunks (ImportJob *self,
               ProbityDb *db,
               gint64     import_id,
               GError   **error)
{
  GPtrArray *chunks = probity_exposure_builder_get_chunks (self->builder);

  for (guint i = 0; i < chunks->len; i++)
    {
      ProbityExposureChunk *chunk = g_ptr_array_index (chunks, i);
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean row;
      gint64   id;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;

      statement = probity_db_query (db, error, "INSERT INTO exposure_chunk (import_id, number, rows, first_ms, last_ms) VALUES ($import, $number, $rows, $first_ms, $last_ms) RETURNING id", "$import", 'i', import_id, "$number", 'i', (gint64) i, "$rows", 'i', (gint64) chunk->rows, "$first_ms", 'i', chunk->first_ms, "$last_ms", 'i', chunk->last_ms, NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      id = probity_statement_get_int64 (statement, 0);
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      for (guint field = 0; field < PROBITY_EXPOSURE_N_COLUMNS; field++)
        if (!probity_db_run (db, error, "INSERT INTO exposure_column (chunk_id, field, data) VALUES ($chunk, $field, $data)", "$chunk", 'i', id, "$field", 'i', (gint64) field, "$data", 'b', chunk->columns[field], NULL))
          return FALSE;
    }

  return TRUE;
}

static gboolean
insert_words (ImportJob *self,
              ProbityDb *db,
              gint64     import_id,
              GError   **error)
{
  for (guint field = PROBITY_LOG_RECORD; field < PROBITY_LOG_N_FIELDS; field++)
    {
      GPtrArray *words = probity_exposure_builder_get_words (self->builder, (ProbityLogField) field);

      for (guint at = 0; at < words->len; at += PROBITY_EXPOSURE_WORDS_PAGE)
        {
          g_autoptr (GByteArray) page = g_byte_array_new ();
          g_autoptr (GBytes) bytes = NULL;

          for (guint i = at; i < MIN (at + PROBITY_EXPOSURE_WORDS_PAGE, words->len); i++)
            {
              const char *word = g_ptr_array_index (words, i);

              g_byte_array_append (page, (const guint8 *) word, (guint) strlen (word) + 1);
            }
          bytes = g_byte_array_free_to_bytes (g_steal_pointer (&page));
          if (!probity_db_run (db, error, "INSERT INTO exposure_words (import_id, field, page, data) VALUES ($import, $field, $page, $data)", "$import", 'i', import_id, "$field", 'i', (gint64) field, "$page", 'i', (gint64) (at / PROBITY_EXPOSURE_WORDS_PAGE), "$data", 'b', bytes, NULL))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
insert_accounts (ProbityStep  *step,
                 ProbityWrite *write,
                 ProbityDb    *db,
                 gint64        import_id,
                 GError      **error)
{
  ImportJob *self = step->data;
  GPtrArray *words = probity_exposure_builder_get_words (self->builder, PROBITY_LOG_WHO);
  ProbityDb *registers = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityExposureStaff) staff = registers != NULL ? probity_exposure_staff_new (registers, &self->who, error) : NULL;

  if (staff == NULL)
    return FALSE;

  for (guint i = 0; i < words->len; i++)
    {
      const char *account = g_ptr_array_index (words, i);
      gint64      person = probity_exposure_staff_take_person (staff, write, db, step->uid, account, error);

      if (person == 0 ||
          !probity_db_run (db, error, "INSERT INTO exposure_account (import_id, number, person_id, account) VALUES ($import, $number, $person, $account)", "$import", 'i', import_id, "$number", 'i', (gint64) i + 1, "$person", 'i', person, "$account", 's', account, NULL))
        return FALSE;
    }

  return TRUE;
}

static gboolean
remember_system (ProbityStep  *step,
                 ProbityWrite *write,
                 ProbityDb    *db,
                 GError      **error)
{
  ImportJob       *self = step->data;
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *mapping = self->mapping != NULL ? g_strndup (g_bytes_get_data (self->mapping, NULL), g_bytes_get_size (self->mapping)) : NULL;

  return probity_db_run (db, error, "INSERT INTO exposure_system (uid, name, mapping, time_zone, clock_error, changed, changed_by) VALUES ($uid, $name, $mapping, $time_zone, $clock_error, $now, $account)"
                                    " ON CONFLICT (name) DO UPDATE SET mapping = excluded.mapping, time_zone = excluded.time_zone, clock_error = excluded.clock_error, changed = excluded.changed, changed_by = excluded.changed_by",
                         "$uid",
                         's',
                         uid,
                         "$name",
                         's',
                         self->system,
                         "$mapping",
                         's',
                         mapping,
                         "$time_zone",
                         's',
                         self->time_zone,
                         "$clock_error",
                         'i',
                         (gint64) self->clock_error,
                         "$now",
                         's',
                         probity_write_get_now (write),
                         "$account",
                         's',
                         probity_session_get_account_uid (step->session),
                         NULL);
}

static gboolean
log_import (ProbityStep  *step,
            ProbityWrite *write,
            GError      **error)
{
  ImportJob       *self = step->data;
  g_autofree char *file_name = g_path_get_basename (self->path);
  g_autofree char *shown_name = g_utf8_make_valid (file_name, -1);
  g_autofree char *summary = NULL;

  summary = g_strdup_printf ("%s, log of %s, sha256 %s, authority: %s, necessity: %s: %" G_GUINT64_FORMAT " rows, %" G_GUINT64_FORMAT " rejected",
                             shown_name,
                             self->system,
                             self->sha256,
                             self->authority,
                             self->necessity,
                             probity_exposure_builder_get_rows (self->builder),
                             probity_exposure_builder_get_rejected (self->builder));

  return probity_exposure_log_entry (step, write, PROBITY_VERB_COLLECTION, "import", NULL, summary, error);
}

static gboolean
import_in_writer (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  ProbityStep *step = data;
  ImportJob   *self = step->data;
  g_autoptr (GPtrArray) logs = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  ProbityDb *db;
  gint64     id;

  if (!probity_exposure_find_case (step, write, NULL, &db, error) ||
      !probity_exposure_require_open (db, step->uid, error) ||
      !refuse_twice (step, db, error) ||
      !insert_import (step, write, db, &id, error) ||
      !insert_chunks (self, db, id, error) ||
      !insert_words (self, db, id, error) ||
      !insert_accounts (step, write, db, id, error) ||
      !remember_system (step, write, db, error) ||
      !log_import (step, write, error))
    return FALSE;

  logs = probity_exposure_read_logs (db, step->uid, id, error);
  if (logs == NULL)
    return FALSE;
  keyring = probity_session_dup_keyring (step->session);
  probity_exposure_name_account (keyring, &((ProbityExposureLog *) g_ptr_array_index (logs, 0))->by);
  g_value_init (result, PROBITY_TYPE_EXPOSURE_LOG);
  g_value_set_boxed (result, g_ptr_array_index (logs, 0));

  return TRUE;
}

/* Command ---------------------------------------------------------------------------------------- */

static DexFuture *
import_fiber (gpointer data)
{
  ProbityStep *step = data;
  ImportJob   *self = step->data;
  GError      *error = NULL;

  if (!dex_await (probity_step_read (g_atomic_rc_box_acquire (step), prepare_in_reader), &error) ||
      !dex_await (probity_run_blocking (read_log, import_job_ref (self), import_job_unref), &error))
    return dex_future_new_for_error (error);

  return probity_step_run (g_atomic_rc_box_acquire (step), import_in_writer);
}

static gboolean
check_text (const char *field,
            const char *text,
            guint       longest,
            char      **ret_text,
            GError    **error)
{
  g_autoptr (GError) problem = NULL;

  *ret_text = probity_parse_line (text, longest, &problem);
  if (*ret_text != NULL && **ret_text != '\0')
    return TRUE;

  g_propagate_error (error, problem != NULL ? probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "%s", problem->message) : probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, field, "“%s” must not be empty", field));

  return FALSE;
}

static gboolean
check_day (const char *field,
           const char *text,
           char      **ret_text,
           GError    **error)
{
  if (text == NULL || *text == '\0')
    return TRUE;
  if (probity_day_from_iso (text) != PROBITY_DAY_NONE)
    {
      *ret_text = g_strdup (text);
      return TRUE;
    }

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "“%.40s” is not a day such as 2012-03-04", text));

  return FALSE;
}

static gboolean
check_source (ImportJob                   *job,
              const ProbityExposureSource *source,
              GError                     **error)
{
  g_autoptr (GError) problem = NULL;

  if (!check_text ("system", source->system, 200, &job->system, error) ||
      !check_text ("authority", source->authority, MAX_TEXT, &job->authority, error) ||
      !check_text ("necessity", source->necessity, MAX_TEXT, &job->necessity, error) ||
      !check_day ("period_from", source->period_from, &job->period_from, error) ||
      !check_day ("period_to", source->period_to, &job->period_to, error))
    return FALSE;

  if (job->period_from != NULL && job->period_to != NULL && strcmp (job->period_from, job->period_to) > 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "period_to", "The period ends before it begins"));
      return FALSE;
    }
  if (source->clock_error > 86400)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "clock_error", "A clock that is wrong by more than a day tells no time"));
      return FALSE;
    }
  if (source->time_zone != NULL && !probity_log_time_zone_is_valid (source->time_zone, &problem))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "time_zone", "%s", problem->message));
      return FALSE;
    }

  return TRUE;
}

DexFuture *
probity_exposure_import (ProbitySession              *session,
                         const char                  *reference,
                         const ProbityExposureSource *source,
                         ProbityExposureProgress     *progress,
                         GCancellable                *cancellable)
{
  g_autoptr (ProbityStep) step = NULL;
  ImportJob *job;
  GError    *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && source != NULL && source->path != NULL);

  job = g_new0 (ImportJob, 1);
  g_atomic_ref_count_init (&job->ref_count);
  step = probity_exposure_step_new (session, reference, "exposure import");
  step->data = job;
  step->data_destroy = import_job_unref;

  if (!check_source (job, source, &error))
    return dex_future_new_for_error (error);
  job->path = g_strdup (source->path);
  job->mapping_path = g_strdup (source->mapping_path);
  if (source->mapping != NULL)
    job->mapping = g_bytes_new (source->mapping, strlen (source->mapping));
  job->time_zone = g_strdup (source->time_zone);
  job->clock_error = source->clock_error;
  g_set_object (&job->cancellable, cancellable);
  job->progress = progress != NULL ? probity_exposure_progress_ref (progress) : NULL;

  return dex_scheduler_spawn (NULL, 0, import_fiber, g_steal_pointer (&step), (GDestroyNotify) probity_step_unref);
}
