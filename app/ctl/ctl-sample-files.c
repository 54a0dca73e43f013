/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-sample-files.h"

#include <glib/gstdio.h>
#include <math.h>

#include "ctl-call.h"
#include "probity-csv-writer.h"
#include "probity-import.h"

/* Files of people, complaints and reports, read in by the ordinary import. */

static CtlSamplePerson *
get_person (const CtlSampleFiles *self,
            guint                 index)
{
  return g_ptr_array_index (self->story->people, index);
}

typedef struct
{
  const char       *what;
  char             *path;
  ProbityCsvWriter *writer;
} Table;

static gboolean
open_table (const CtlSampleFiles *self,
            Table                *table,
            const char           *what,
            GError              **error)
{
  g_autofree char *name = g_strconcat (what, ".csv", NULL);
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (GFile) file = NULL;

  table->what = what;
  table->path = g_build_filename (self->directory, name, NULL);
  file = g_file_new_for_path (table->path);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error);
  if (stream == NULL)
    return FALSE;
  table->writer = probity_csv_writer_new (G_OUTPUT_STREAM (stream));
  return TRUE;
}

static gboolean
add_row (Table             *table,
         const char *const *row,
         GError           **error)
{
  return probity_csv_writer_add_row (table->writer, row, g_strv_length ((char **) row), NULL, error);
}

static void
close_table (Table *table)
{
  g_clear_object (&table->writer);
  g_clear_pointer (&table->path, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, close_table)

static gboolean
import_rows (const CtlSampleFiles *self,
             guint                 account,
             Table                *table,
             GError              **error)
{
  const char *what = table->what;
  const char *path = table->path;
  g_autoptr (ProbityImportReport) report = NULL;

  if (!probity_csv_writer_finish (table->writer, NULL, error))
    return FALSE;
  report = dex_await_boxed (probity_import (self->sessions[account], what, path, NULL, FALSE), error);
  g_unlink (path);
  if (report == NULL)
    return FALSE;
  if (report->rejected > 0)
    {
      ProbityImportProblem *problem = g_ptr_array_index (report->errors, 0);

      g_set_error (error, CTL_ERROR, CTL_ERROR_FAILED, "Sample %s, line %" G_GUINT64_FORMAT ": %s", what, problem->line, problem->message);
      return FALSE;
    }
  return TRUE;
}

gboolean
ctl_sample_import_people (const CtlSampleFiles *self,
                          GError              **error)
{
  static const char *const heading[] = { "staff_number", "forenames", "surname", "known_as", "former_names", "rank", "unit", "line_manager", "employment_group", "date_of_birth", "address", "postcode", "status", NULL };
  g_auto (Table) table = { 0 };

  if (!open_table (self, &table, "staff", error) || !add_row (&table, heading, error))
    return FALSE;
  for (guint i = 0; i < self->story->people->len; i++)
    {
      CtlSamplePerson *person = get_person (self, i);
      const char      *row[] = { person->staff_number, person->forenames, person->surname, person->known_as ? person->known_as : "", person->former_names ? person->former_names : "", person->rank, person->unit, person->line_manager ? person->line_manager : "", person->employment_group, person->date_of_birth, person->address, person->postcode, "serving", NULL };

      if (!add_row (&table, row, error))
        return FALSE;
    }
  return import_rows (self, CTL_SAMPLE_HEAD_OF_HR, &table, error);
}

static const char *
get_text (const char *text)
{
  return text != NULL ? text : "";
}

gboolean
ctl_sample_import_complaints (const CtlSampleFiles *self,
                              GError              **error)
{
  static const char *const heading[] = { "reference", "received", "complainant", "staff_number", "subject_name", "date_of_birth", "allegation", "status", "finalised", "result", NULL };
  g_auto (Table) table = { 0 };

  if (!open_table (self, &table, "complaints", error) || !add_row (&table, heading, error))
    return FALSE;
  for (guint i = 0; i < self->story->complaints->len; i++)
    {
      CtlSampleComplaint *complaint = g_ptr_array_index (self->story->complaints, i);
      const char         *row[] = { complaint->reference, complaint->received, complaint->complainant, get_text (complaint->staff_number), complaint->subject_name, get_text (complaint->date_of_birth), complaint->allegation, complaint->status, get_text (complaint->finalised), get_text (complaint->result), NULL };

      if (!add_row (&table, row, error))
        return FALSE;
    }
  return import_rows (self, CTL_SAMPLE_PSD_OFFICER, &table, error);
}

gboolean
ctl_sample_import_reports (const CtlSampleFiles *self,
                           GError              **error)
{
  static const char *const heading[] = { "reference", "date", "source_evaluation", "information_assessment", "handling_code", "category", "text", "sanitised_text", "staff_number", "subject_name", "date_of_birth", NULL };
  g_auto (Table) table = { 0 };

  if (!open_table (self, &table, "intelligence", error) || !add_row (&table, heading, error))
    return FALSE;
  for (guint i = 0; i < self->story->reports->len; i++)
    {
      CtlSampleReport *report = g_ptr_array_index (self->story->reports, i);
      const char      *row[] = { report->reference, report->date, report->source_evaluation, report->information_assessment, report->handling_code, report->category, report->text, report->sanitised_text, get_text (report->staff_number), report->subject_name, report->date_of_birth, NULL };

      if (!add_row (&table, row, error))
        return FALSE;
    }
  return import_rows (self, CTL_SAMPLE_ACU_OFFICER, &table, error);
}

/* An older register in bulk: brought forward, for trying the program at size. */
gboolean
ctl_sample_import_register (const CtlSampleFiles *self,
                            guint64               n_second_jobs,
                            GError              **error)
{
  static const char *const heading[] = { "reference", "received", "staff_number", "employer", "category", "nature", "paid", "weekly_hours", "start", "outcome", "decided", "decided_by", "conditions", "next_review", "ceased", NULL };
  g_auto (Table) table = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) self->seed + 7);

  if (n_second_jobs == 0)
    return TRUE;

  if (!open_table (self, &table, "second-jobs", error) || !add_row (&table, heading, error))
    return FALSE;
  for (guint64 i = 0; i < n_second_jobs; i++)
    {
      guint            trade = g_rand_int_range (rand, 0, ctl_sample_get_n_trades ());
      int              year = 2001 + g_rand_int_range (rand, 0, 10);
      int              month = 1 + g_rand_int_range (rand, 0, 12);
      g_autofree char *reference = g_strdup_printf ("OLD/%06" G_GUINT64_FORMAT, i + 1);
      g_autofree char *received = g_strdup_printf ("%d-%02d-%02d", year, month, 1 + g_rand_int_range (rand, 0, 28));
      g_autofree char *start = g_strdup_printf ("%d-%02d-01", year + 1, month);
      g_autofree char *next_review = g_strdup_printf ("2012-%02d-01", month);
      g_autofree char *employer = ctl_sample_dup_employer (rand, trade);
      g_autofree char *hours = g_strdup_printf ("%d", 1 + g_rand_int_range (rand, 0, 15));
      /* Not those with an account: nobody enters a second job of their own. */
      CtlSamplePerson *person = get_person (self, g_rand_int_range (rand, CTL_SAMPLE_N_ACCOUNTS, self->story->people->len));
      const char      *row[] = { reference, received, person->staff_number, employer, ctl_sample_get_trade_category (trade), ctl_sample_get_trade_nature (trade), "true", hours, start, "brought-forward", received, "Head of Personnel", "", next_review, "", NULL };

      if (!add_row (&table, row, error))
        return FALSE;
    }
  return import_rows (self, CTL_SAMPLE_HEAD_OF_HR, &table, error);
}

/* --- Further records, for trying the program at size --- */

/* A word of no language; low numbers are used far more often than high ones, as in texts. */
static void
append_word (GString *text,
             GRand   *rand)
{
  static const char *const syllables[] = { "an", "be", "co", "de", "er", "for", "ga", "ha", "in", "jo", "ka", "la", "men", "no", "or", "pre", "qua", "re", "sta", "ti", "un", "ver", "wi", "ex", "ya", "zo", "ing", "tion", "ers", "al" };
  guint                    number = (guint) (exp (g_rand_double (rand) * log (20000)) - 1);

  if (text->len > 0)
    g_string_append_c (text, ' ');
  for (guint i = 0; i == 0 || number > 0; i++, number /= G_N_ELEMENTS (syllables))
    g_string_append (text, syllables[(number + 7 * i) % G_N_ELEMENTS (syllables)]);
}

static char *
dup_text (GRand *rand,
          guint  n_words)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    append_word (text, rand);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* People whom none of the story is about, so that its checks find what the story tells. */
static GArray *
find_bystanders (const CtlSampleFiles *self)
{
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->story->jobs->len; i++)
    g_hash_table_add (told, GUINT_TO_POINTER (((CtlSampleJob *) g_ptr_array_index (self->story->jobs, i))->person));
  for (guint i = CTL_SAMPLE_N_ACCOUNTS; i < self->story->people->len; i++)
    if (!g_hash_table_contains (told, GUINT_TO_POINTER (i)))
      g_array_append_val (indices, i);

  return g_steal_pointer (&indices);
}

static const char *
pick_bystander (const CtlSampleFiles *self,
                GArray               *indices,
                GRand                *rand)
{
  return get_person (self, g_array_index (indices, guint, g_rand_int_range (rand, 0, (int) indices->len)))->staff_number;
}

static gboolean
import_further_complaints (const CtlSampleFiles *self,
                           guint64               n,
                           GArray               *bystanders,
                           GRand                *rand,
                           GError              **error)
{
  static const char *const heading[] = { "reference", "received", "complainant", "staff_number", "allegation", "status", "finalised", "result", NULL };
  g_auto (Table) table = { 0 };

  if (!open_table (self, &table, "complaints", error) || !add_row (&table, heading, error))
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    {
      g_autofree char *reference = g_strdup_printf ("OLD/CO/%07" G_GUINT64_FORMAT, i + 1);
      g_autofree char *received = g_strdup_printf ("%d-%02d-%02d", g_rand_int_range (rand, 1995, 2009), g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
      g_autofree char *complainant = dup_text (rand, 2);
      g_autofree char *allegation = dup_text (rand, (guint) g_rand_int_range (rand, 6, 30));
      const char      *row[] = { reference, received, complainant, pick_bystander (self, bystanders, rand), allegation, "finalised", received, "No further action", NULL };

      if (!add_row (&table, row, error))
        return FALSE;
    }

  return import_rows (self, CTL_SAMPLE_PSD_OFFICER, &table, error);
}

static gboolean
import_further_reports (const CtlSampleFiles *self,
                        guint64               n,
                        GArray               *bystanders,
                        GRand                *rand,
                        GError              **error)
{
  static const char *const heading[] = { "reference", "date", "source_evaluation", "information_assessment", "handling_code", "category", "text", "sanitised_text", "staff_number", NULL };
  g_auto (Table) table = { 0 };

  if (!open_table (self, &table, "intelligence", error) || !add_row (&table, heading, error))
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    {
      g_autofree char *reference = g_strdup_printf ("OLD/IR/%07" G_GUINT64_FORMAT, i + 1);
      g_autofree char *date = g_strdup_printf ("%d-%02d-%02d", g_rand_int_range (rand, 2001, 2010), g_rand_int_range (rand, 1, 13), g_rand_int_range (rand, 1, 29));
      g_autofree char *text = dup_text (rand, (guint) g_rand_int_range (rand, 10, 40));
      g_autofree char *sanitised = dup_text (rand, (guint) g_rand_int_range (rand, 10, 40));
      const char      *row[] = { reference, date, "2", "C", "P", "misusing-force-systems", text, sanitised, pick_bystander (self, bystanders, rand), NULL };

      if (!add_row (&table, row, error))
        return FALSE;
    }

  return import_rows (self, CTL_SAMPLE_ACU_OFFICER, &table, error);
}

gboolean
ctl_sample_import_records (const CtlSampleFiles *self,
                           guint64               n_records,
                           GError              **error)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) self->seed + 11);
  g_autoptr (GArray) bystanders = find_bystanders (self);

  return n_records == 0 ||
         (import_further_complaints (self, n_records / 2, bystanders, rand, error) &&
          import_further_reports (self, n_records - n_records / 2, bystanders, rand, error));
}
