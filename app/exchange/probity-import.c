/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-import-private.h"
#include "probity-subject-search.h"
#include "probity-second-job.h"

/*
 * Import of files: rows are found again by staff number or reference, never by name. What is good
 * lands in one transaction with one entry of collection; a row that is not says why and does not
 * stop the others; a file that cannot be read to its end leaves nothing behind.
 */

typedef struct
{
  gatomicrefcount     ref_count;
  ProbityImportReport report;
} ImportReport;

typedef struct
{
  gatomicrefcount      ref_count;
  ProbitySession      *session;
  char                *what;
  ProbityFileKind      file_kind;
  char                *path;
  char                *mapping_path;
  gboolean             dry_run;
  gboolean             tried; /* a dry run that came to its end: its error is only there to roll back */
  ProbityImportReport *report;
} ImportJob;

static const struct
{
  ProbityFileKind          file_kind;
  const ProbityRecordKind *kind;
  ProbityOperation         operation;
} imports[] = {
  { PROBITY_FILE_STAFF, &probity_person_kind, PROBITY_OPERATION_IMPORT_STAFF },
  { PROBITY_FILE_COMPLAINTS, &probity_complaint_kind, PROBITY_OPERATION_IMPORT_COMPLAINTS },
  { PROBITY_FILE_INTELLIGENCE, &probity_intelligence_kind, PROBITY_OPERATION_IMPORT_INTELLIGENCE },
  { PROBITY_FILE_SECOND_JOBS, &probity_second_job_kind, PROBITY_OPERATION_IMPORT_SECOND_JOBS },
};

/* Report ----------------------------------------------------------------------------------------- */

static void
import_problem_free (gpointer data)
{
  ProbityImportProblem *problem = data;

  g_free (problem->column);
  g_free (problem->message);
  g_free (problem);
}

static ImportReport *
find_import_report (ProbityImportReport *self)
{
  return (ImportReport *) ((char *) self - G_STRUCT_OFFSET (ImportReport, report));
}

static ProbityImportReport *
probity_import_report_new (void)
{
  ImportReport *self = g_new0 (ImportReport, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->report.errors = g_ptr_array_new_with_free_func (import_problem_free);

  return &self->report;
}

static ProbityImportReport *
probity_import_report_ref (ProbityImportReport *self)
{
  g_atomic_ref_count_inc (&find_import_report (self)->ref_count);

  return self;
}

/** Lets go of one hold on the report; %NULL is allowed. */
void
probity_import_report_free (ProbityImportReport *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&find_import_report (self)->ref_count))
    return;

  g_ptr_array_unref (self->errors);
  g_free (self->sha256);
  g_free (find_import_report (self));
}

G_DEFINE_BOXED_TYPE (ProbityImportReport, probity_import_report, probity_import_report_ref, probity_import_report_free)

/* Rows ------------------------------------------------------------------------------------------- */

gboolean
probity_import_is_about_row (const GError *error)
{
  return error->domain == PROBITY_RECORD_ERROR || error->domain == PROBITY_PARSE_ERROR ||
         g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CONSTRAINT) ||
         g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
}

void
probity_import_reject (ProbityImportRun *run,
                       guint64           line,
                       GError           *problem)
{
  ProbityImportProblem *row = g_new0 (ProbityImportProblem, 1);
  const char           *field = probity_record_error_get_field (problem);

  row->line = line;
  row->column = field != NULL ? g_strdup (probity_table_get_heading (run->table, field)) : NULL;
  row->message = g_strdup (problem->message);
  g_ptr_array_add (run->report->errors, row);
  run->report->rejected++;
  g_error_free (problem);
}

void
probity_import_count (ProbityImportRun *run,
                      ProbityImportFate fate)
{
  switch (fate)
    {
    case PROBITY_IMPORT_ADDED:
      run->report->added++;
      break;
    case PROBITY_IMPORT_CHANGED:
      run->report->changed++;
      break;
    case PROBITY_IMPORT_UNCHANGED:
      run->report->unchanged++;
      break;
    }
}

char *
probity_import_take_key (ProbityImportRun *run,
                         GError          **error)
{
  const char      *problem_column = NULL;
  const char      *problem = probity_table_get_problem (run->table, &problem_column);
  const char      *key;
  g_autofree char *normal = NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, problem_column, "%s", problem));
      return NULL;
    }

  key = probity_table_get (run->table, run->kind->key);
  if (key == NULL || *key == '\0')
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, run->kind->key, "A row without %s is not taken: rows are never found by name", g_str_equal (run->kind->key, "staff_number") ? "staff number" : "reference"));
      return NULL;
    }

  if (!probity_record_normalise (run->kind, NULL, run->kind->key, key, &normal, error))
    return NULL;

  return g_steal_pointer (&normal);
}

/* Columns of the file that are no fields of the kind under that name. */
static const char *const other_columns[] = { "outcome", "decided", "decided_by", "conditions", "next_review", "ceased" };

static gboolean
take_day (ProbityImportRun *run,
          const char       *name,
          ProbityValues    *values,
          GError          **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;
  ProbityDay       day;

  if (!probity_table_get_day (run->table, name, &day, &cause))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, name, "%s", cause->message));
      return FALSE;
    }

  text = day != PROBITY_DAY_NONE ? probity_day_to_iso (day) : NULL;
  probity_values_set (values, name, text);

  return TRUE;
}

ProbityValues *
probity_import_take_values (ProbityImportRun *run,
                            GError          **error)
{
  g_autoptr (ProbityValues) values = probity_values_new ();

  for (guint i = 0; i < run->kind->n_fields; i++)
    {
      const ProbityField *field = &run->kind->fields[i];

      if (!probity_table_has (run->table, field->name))
        continue;

      if (field->type == PROBITY_FIELD_DAY)
        {
          if (!take_day (run, field->name, values, error))
            return NULL;
        }
      else
        {
          probity_values_set (values, field->name, probity_table_get (run->table, field->name));
        }
    }

  if (run->kind == &probity_second_job_kind)
    for (guint i = 0; i < G_N_ELEMENTS (other_columns); i++)
      {
        const char    *name = other_columns[i];
        const gboolean is_day = g_str_equal (name, "decided") || g_str_equal (name, "next_review") || g_str_equal (name, "ceased");

        if (!probity_table_has (run->table, name))
          continue;
        if (is_day && !take_day (run, name, values, error))
          return NULL;
        if (!is_day)
          probity_values_set (values, name, probity_table_get (run->table, name));
      }

  return g_steal_pointer (&values);
}

static gboolean
take_person (ProbityImportRun  *run,
             const char        *key,
             ProbityValues     *values,
             gboolean           seen,
             ProbityImportFate *ret_fate,
             GError           **error)
{
  g_autoptr (ProbityRecord) old = NULL;
  gboolean changed = FALSE;

  if (!probity_record_read (run->db, run->kind, NULL, key, &old, error))
    return FALSE;

  if (old == NULL)
    {
      *ret_fate = PROBITY_IMPORT_ADDED;
      return probity_record_insert (run->write, run->session, run->kind, values, TRUE, NULL, error);
    }

  if (seen)
    {
      if (!probity_record_differs (run->write, run->session, old, values, &changed, error))
        return FALSE;
    }
  else if (!probity_record_change (run->write, run->session, old, values, TRUE, &changed, NULL, error))
    {
      return FALSE;
    }

  *ret_fate = changed ? PROBITY_IMPORT_CHANGED : PROBITY_IMPORT_UNCHANGED;

  return TRUE;
}

static gboolean
take_second_job (ProbityImportRun  *run,
                 ProbityValues     *values,
                 ProbityImportFate *ret_fate,
                 GError           **error)
{
  gboolean added = FALSE;
  gboolean changed = FALSE;

  if (!probity_second_job_bring_forward (run->write, run->session, values, &added, &changed, error))
    return FALSE;

  *ret_fate = added ? PROBITY_IMPORT_ADDED : changed ? PROBITY_IMPORT_CHANGED
                                                     : PROBITY_IMPORT_UNCHANGED;

  return TRUE;
}

/* One row, one record: staff and second jobs. */
static gboolean
take_row (ProbityImportRun  *run,
          ProbityImportFate *ret_fate,
          GError           **error)
{
  g_autofree char *key = probity_import_take_key (run, error);
  g_autoptr (ProbityValues) values = NULL;
  const guint64 line = probity_table_get_line (run->table);
  gpointer      earlier;

  if (key == NULL || (values = probity_import_take_values (run, error)) == NULL)
    return FALSE;

  earlier = g_hash_table_lookup (run->lines, key);
  if (run->kind == &probity_second_job_kind)
    {
      if (earlier != NULL)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_EXISTS, run->kind->key, "“%s” is on line %u already", key, GPOINTER_TO_UINT (earlier)));
          return FALSE;
        }
      if (!take_second_job (run, values, ret_fate, error))
        return FALSE;
    }
  else
    {
      if (!take_person (run, key, values, earlier != NULL, ret_fate, error))
        return FALSE;

      /* Two rows of one number that say different things: nobody but the sender knows which holds. */
      if (earlier != NULL && *ret_fate == PROBITY_IMPORT_CHANGED)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_EXISTS, run->kind->key, "“%s” is on line %u already, with other values", key, GPOINTER_TO_UINT (earlier)));
          return FALSE;
        }
    }

  if (earlier == NULL)
    g_hash_table_insert (run->lines, g_steal_pointer (&key), GUINT_TO_POINTER ((guint) line));

  return TRUE;
}

static gboolean
take_rows (ProbityImportRun *run,
           GError          **error)
{
  gboolean row;

  while (TRUE)
    {
      ProbityImportFate fate;
      GError           *problem = NULL;

      if (!probity_table_next (run->table, &row, NULL, error))
        return FALSE;
      if (!row)
        return TRUE;

      run->report->read++;
      if (take_row (run, &fate, &problem))
        probity_import_count (run, fate);
      else if (probity_import_is_about_row (problem))
        probity_import_reject (run, probity_table_get_line (run->table), problem);
      else
        {
          g_propagate_prefixed_error (error, problem, "Line %" G_GUINT64_FORMAT ": ", probity_table_get_line (run->table));
          return FALSE;
        }
    }
}

/* Command ---------------------------------------------------------------------------------------- */

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

  g_object_unref (self->session);
  g_free (self->what);
  g_free (self->path);
  g_free (self->mapping_path);
  g_clear_pointer (&self->report, probity_import_report_free);
  g_free (self);
}

static char *
dup_summary (ImportJob *self)
{
  const ProbityImportReport *report = self->report;
  g_autofree char           *name = g_path_get_basename (self->path);

  return g_strdup_printf ("%s, sha256 %s: %" G_GUINT64_FORMAT " read, %" G_GUINT64_FORMAT " added, %" G_GUINT64_FORMAT
                          " changed, %" G_GUINT64_FORMAT " unchanged, %" G_GUINT64_FORMAT " rejected",
                          name,
                          report->sha256,
                          report->read,
                          report->added,
                          report->changed,
                          report->unchanged,
                          report->rejected);
}

static int
compare_problems (gconstpointer a,
                  gconstpointer b)
{
  const ProbityImportProblem *problem_a = a;
  const ProbityImportProblem *problem_b = b;

  return (problem_a->line > problem_b->line) - (problem_a->line < problem_b->line);
}

/* The words of the rows that come now are indexed all at once afterwards, which is many times faster than one by one. */
static gboolean
hold_words (ProbityDb               *db,
            const ProbityRecordKind *kind,
            GError                 **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO words_hold (held, after) SELECT $held, coalesce (max (id), 0) FROM %s", kind->table);

  return probity_db_run (db, error, sql, "$held", 's', kind->table, NULL);
}

static gboolean
release_words (ProbityDb               *db,
               const ProbityRecordKind *kind,
               GError                 **error)
{
  return probity_db_run (db, error, "DELETE FROM words_hold WHERE held = $held", "$held", 's', kind->table, NULL);
}

static gboolean
import_in_writer (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  ImportJob  *self = data;
  const guint index = (guint) self->file_kind;
  g_autoptr (ProbityTable) table = NULL;
  g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *summary = NULL;
  ProbityImportRun run = {
    .write = write,
    .session = self->session,
    .kind = imports[index].kind,
    .report = self->report,
    .lines = lines,
    .uids = uids,
  };
  gboolean grouped = run.kind->subject_table != NULL;

  if (!probity_access_check (self->session, imports[index].operation, error))
    return FALSE;

  table = probity_table_open (self->file_kind, self->path, self->mapping_path, NULL, error);
  if (table == NULL)
    return FALSE;

  run.table = table;
  run.db = probity_write_get_db (write, run.kind->compartment, error);
  if (run.db == NULL ||
      !hold_words (run.db, run.kind, error) ||
      !(grouped ? probity_import_grouped (&run, error) : take_rows (&run, error)) ||
      !release_words (run.db, run.kind, error))
    return FALSE;

  g_ptr_array_sort_values (self->report->errors, compare_problems);
  self->report->sha256 = g_strdup (probity_table_get_sha256 (table));
  summary = dup_summary (self);

  if (self->dry_run)
    {
      self->tried = TRUE;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Tried only");
      return FALSE;
    }

  if (!probity_audit_add (write, self->session, run.kind->compartment, PROBITY_VERB_COLLECTION, run.kind->name, NULL, "import", NULL, summary, error) ||
      !probity_subjects_file_changed (write, self->session, run.kind->compartment, uids, error))
    return FALSE;

  /* One change for all of them: lists look anew. */
  if (self->report->added + self->report->changed > 0)
    probity_write_note_change (write, run.kind->compartment, run.kind->name, 0, "");

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* A dry run says which references there are, so it is logged as a look at them. */
static gboolean
log_trial_in_writer (ProbityWrite *write,
                     gpointer      data,
                     GValue       *result,
                     GError      **error)
{
  ImportJob       *self = data;
  g_autofree char *summary = dup_summary (self);

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_audit_add (write,
                            self->session,
                            probity_casebook_get_highest (probity_session_get_casebook (self->session)),
                            PROBITY_VERB_CONSULTATION,
                            imports[self->file_kind].kind->name,
                            NULL,
                            "import-trial",
                            NULL,
                            summary,
                            error);
}

static DexFuture *
import_fiber (gpointer data)
{
  ImportJob       *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  GError          *error = NULL;

  dex_await (probity_casebook_write (casebook, import_in_writer, import_job_ref (self), import_job_unref), &error);

  if (self->tried)
    {
      g_clear_error (&error);
      dex_await (probity_casebook_write (casebook, log_trial_in_writer, import_job_ref (self), import_job_unref), &error);
    }

  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_IMPORT_REPORT, probity_import_report_ref (self->report));
}

/**
 * probity_import:
 * @what: `staff`, `complaints`, `intelligence`, `second-jobs`
 * @mapping_path: (nullable): says which headings stand for which columns
 * @dry_run: reads and checks everything and keeps nothing
 *
 * read = added + changed + unchanged + rejected; the line of a problem is where its row starts, the
 * heading being line 1. Rejected rows are no failure; a file that cannot be read is.
 *
 * Returns: (transfer full): resolves to #ProbityImportReport
 */
DexFuture *
probity_import (ProbitySession *session,
                const char     *what,
                const char     *path,
                const char     *mapping_path,
                gboolean        dry_run)
{
  ProbityFileKind file_kind;
  ImportJob      *self;
  GError         *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && what != NULL && path != NULL, NULL);

  if (!probity_file_kind_parse (what, &file_kind) || (guint) file_kind >= G_N_ELEMENTS (imports))
    return dex_future_new_reject (PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_FAILED, "“%s” is none of staff, complaints, intelligence, second-jobs", what);

  if (!probity_access_check (session, imports[file_kind].operation, &error))
    return dex_future_new_for_error (error);

  self = g_new0 (ImportJob, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->what = g_strdup (what);
  self->file_kind = file_kind;
  self->path = g_strdup (path);
  self->mapping_path = g_strdup (mapping_path);
  self->dry_run = dry_run;
  self->report = probity_import_report_new ();

  return dex_scheduler_spawn (NULL, 0, import_fiber, self, import_job_unref);
}
