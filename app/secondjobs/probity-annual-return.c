/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-private.h"
#include "probity-blocking.h"
#include "probity-csv.h"
#include "probity-pages.h"
#include "probity-profile.h"

/* Returns of the annual review: printed to be filled in, and taken from a file. */

#define MAX_BYTES (64 * 1024 * 1024)
#define MAX_ROWS 20000
#define MAX_PROBLEMS 100

/* --- From a file --- */

static const char *const headings[] = { "reference", "result", "note", "employer", "nature", "weekly_hours", "pattern", "place", "category", "start", NULL };

typedef struct
{
  guint64        line;
  char          *reference;
  char          *result;
  char          *note;
  ProbityValues *values; /* what changed; nullable */
  ProbityRecord *job;    /* once found */
} Return;

static void
return_free (gpointer data)
{
  Return *self = data;

  g_free (self->reference);
  g_free (self->result);
  g_free (self->note);
  g_clear_pointer (&self->values, probity_values_unref);
  g_clear_pointer (&self->job, probity_record_unref);
  g_free (self);
}

/* What a line of the file can have wrong: for scripts as words, for a window as a code. */
typedef enum
{
  UNREADABLE,
  EMPTY,
  UNKNOWN_RESULT,
  CHANGED_WITHOUT,
  UNCHANGED_WITH,
  TWICE,
  NOT_FOUND,
  NOT_REGISTERED,
  APPEAL_OPEN,
} ProblemKind;

static const struct
{
  const char *code;
  const char *message;
} problem_words[] = {
  [UNREADABLE] = { "unreadable", NULL },
  [EMPTY] = { "empty", "must not be empty" },
  [UNKNOWN_RESULT] = { "unknown-result", "is none of no-change, changed and ceased" },
  [CHANGED_WITHOUT] = { "changed-without", "says changed, and no column says what" },
  [UNCHANGED_WITH] = { "unchanged-with", "says that nothing changed, and a column says what did" },
  [TWICE] = { "twice", "stands in the file twice" },
  [NOT_FOUND] = { "not-found", "is not in the register" },
  [NOT_REGISTERED] = { "not-registered", "is not registered" },
  [APPEAL_OPEN] = { "appeal-open", "is more than no-change, and an appeal is open" },
};

typedef struct
{
  guint64     line;
  const char *field; /* static; NULL: of the whole line */
  ProblemKind kind;
  char       *message; /* of what cannot be read; NULL: what the kind says */
} Problem;

typedef struct
{
  GPtrArray *returns;
  GArray    *problems;
} File;

static void
problem_clear (gpointer data)
{
  Problem *self = data;

  g_free (self->message);
}

static void
clear_file (File *self)
{
  g_clear_pointer (&self->returns, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (File, clear_file)

static void
init_file (File *self)
{
  self->returns = g_ptr_array_new_with_free_func (return_free);
  self->problems = g_array_new (FALSE, FALSE, sizeof (Problem));
  g_array_set_clear_func (self->problems, problem_clear);
}

static void
add_problem (File       *file,
             guint64     line,
             const char *field,
             ProblemKind kind,
             const char *message)
{
  const Problem problem = { line, field, kind, g_strdup (message) };

  g_array_append_val (file->problems, problem);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const Problem *problem_a = a;
  const Problem *problem_b = b;

  return problem_a->line < problem_b->line ? -1 : problem_a->line > problem_b->line;
}

/* In the order of the file, for that is how they are mended: the first of them, and how many there are. */
static void
tell_problems (File          *file,
               ProbityValues *values)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) codes = g_string_new (NULL);

  g_array_sort (file->problems, compare_lines);
  for (guint i = 0; i < file->problems->len && i < MAX_PROBLEMS; i++)
    {
      const Problem *problem = &g_array_index (file->problems, Problem, i);
      const char    *separator = i > 0 ? "\n" : "";
      const char    *comma = problem->field != NULL ? ", " : "";
      const char    *field = problem->field != NULL ? problem->field : "";

      g_string_append_printf (text, "%sline %" G_GUINT64_FORMAT "%s%s: %s", separator, problem->line, comma, field, problem->message != NULL ? problem->message : problem_words[problem->kind].message);
      g_string_append_printf (codes, "%s%" G_GUINT64_FORMAT " %s %s", separator, problem->line, problem->field != NULL ? problem->field : "-", problem_words[problem->kind].code);
    }
  if (file->problems->len > MAX_PROBLEMS)
    g_string_append_printf (text, "\nand %u more", file->problems->len - MAX_PROBLEMS);
  probity_values_set (values, "problems", text->str);
  probity_values_set (values, "problem_codes", codes->str);
  probity_annual_review_set_number (values, "n_problems", file->problems->len);
}

static guint
score (const ProbityCsvRow *row,
       gpointer             user_data)
{
  guint n = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n += g_strv_contains (headings, row->cells[i]);

  return n;
}

/* The column of each heading; -1 where the file has none. */
static gboolean
find_columns (const ProbityCsvRow *row,
              int                 *columns,
              GError             **error)
{
  for (guint h = 0; headings[h] != NULL; h++)
    columns[h] = -1;
  for (guint i = 0; i < row->n_cells; i++)
    {
      gboolean known = FALSE;

      for (guint h = 0; headings[h] != NULL && !known; h++)
        if (g_str_equal (row->cells[i], headings[h]))
          {
            known = columns[h] < 0;
            columns[h] = (int) i;
          }
      if (!known && *row->cells[i] != '\0')
        {
          g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS, "line %" G_GUINT64_FORMAT ": “%.64s” is no heading of a return, or stands there twice", row->line, row->cells[i]);
          return FALSE;
        }
    }
  if (columns[0] >= 0 && columns[1] >= 0)
    return TRUE;

  g_set_error_literal (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS, "returns need the headings reference and result");

  return FALSE;
}

static const char *
get_cell (const ProbityCsvRow *row,
          const int           *columns,
          guint                heading)
{
  const char *cell = columns[heading] >= 0 && (guint) columns[heading] < row->n_cells ? row->cells[columns[heading]] : NULL;

  return cell != NULL && *cell != '\0' ? cell : NULL;
}

static void
take_row (File                *file,
          const ProbityCsvRow *row,
          const int           *columns)
{
  Return     *self;
  const char *reference = get_cell (row, columns, 0);
  const char *result = get_cell (row, columns, 1);

  if (reference == NULL || result == NULL)
    {
      add_problem (file, row->line, reference == NULL ? "reference" : "result", EMPTY, NULL);
      return;
    }
  self = g_new0 (Return, 1);
  self->line = row->line;
  self->reference = g_strdup (reference);
  self->result = g_strdup (result);
  self->note = g_strdup (get_cell (row, columns, 2));
  for (guint h = 3; headings[h] != NULL; h++)
    if (get_cell (row, columns, h) != NULL)
      {
        if (self->values == NULL)
          self->values = probity_values_new ();
        probity_values_set (self->values, headings[h], get_cell (row, columns, h));
      }
  g_ptr_array_add (file->returns, self);
}

static gboolean
read_file (GBytes     *csv,
           const char *name,
           File       *file,
           char      **ret_sha256,
           GError    **error)
{
  g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new_for_bytes (csv, name, error);
  g_autoptr (GPtrArray) preamble = NULL;
  const ProbityCsvRow *row;
  int                  columns[G_N_ELEMENTS (headings)];

  if (reader == NULL ||
      !probity_csv_reader_find_headings (reader, score, NULL, &preamble, &row, NULL, error) ||
      !find_columns (row, columns, error))
    return FALSE;
  for (;;)
    {
      gboolean empty = TRUE;

      if (!probity_csv_reader_next (reader, &row, NULL, error))
        return FALSE;
      if (row == NULL)
        break;
      if (row->error != NULL)
        {
          add_problem (file, row->line, NULL, UNREADABLE, row->error->message);
          continue;
        }
      for (guint i = 0; i < row->n_cells; i++)
        empty = empty && *row->cells[i] == '\0';
      if (empty)
        continue;
      if (file->returns->len >= MAX_ROWS)
        {
          g_set_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE, "line %" G_GUINT64_FORMAT ": more than %d returns", row->line, MAX_ROWS);
          return FALSE;
        }
      take_row (file, row, columns);
    }
  *ret_sha256 = g_strdup (probity_csv_reader_get_sha256 (reader));

  return TRUE;
}

/* Everything that can be said before anything is written. */
static gboolean
check_returns (ProbityStep *step,
               ProbityDb   *registers,
               File        *file,
               GError     **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < file->returns->len; i++)
    {
      Return        *self = g_ptr_array_index (file->returns, i);
      const gboolean changed = g_str_equal (self->result, "changed");

      if (!changed && !g_str_equal (self->result, "no-change") && !g_str_equal (self->result, "ceased"))
        add_problem (file, self->line, "result", UNKNOWN_RESULT, NULL);
      else if (changed != (self->values != NULL))
        add_problem (file, self->line, "result", changed ? CHANGED_WITHOUT : UNCHANGED_WITH, NULL);
      if (!g_hash_table_add (seen, self->reference))
        add_problem (file, self->line, "reference", TWICE, NULL);
      if (!probity_record_read (registers, &probity_second_job_kind, step->session, self->reference, &self->job, error))
        return FALSE;
      /* Alike for what is not there and what is not for this reader. */
      if (self->job == NULL)
        add_problem (file, self->line, "reference", NOT_FOUND, NULL);
      else if (g_strcmp0 (probity_record_get (self->job, "stage"), "registered") != 0)
        add_problem (file, self->line, "reference", NOT_REGISTERED, NULL);
      else if (probity_second_job_has_appeal (self->job) && !g_str_equal (self->result, "no-change"))
        add_problem (file, self->line, "result", APPEAL_OPEN, NULL);
    }

  return TRUE;
}

static gboolean
apply_returns (ProbityStep  *step,
               ProbityWrite *write,
               ProbityDb    *registers,
               File         *file,
               GError      **error)
{
  for (guint i = 0; i < file->returns->len; i++)
    {
      Return *self = g_ptr_array_index (file->returns, i);

      g_clear_pointer (&step->values, probity_values_unref);
      g_set_str (&step->for_role, self->result);
      g_set_str (&step->reason, self->note);
      step->values = self->values != NULL ? probity_values_ref (self->values) : NULL;
      if (!probity_second_job_take_return (step, write, registers, self->job, error))
        {
          g_prefix_error (error, "line %" G_GUINT64_FORMAT ": ", self->line);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
take_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_auto (File) file = { NULL, NULL };
  g_autofree char *sha256 = NULL;
  g_autofree char *what = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();

  init_file (&file);
  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_REVIEW, error) ||
      (registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      !read_file (step->data, step->text, &file, &sha256, error) ||
      !check_returns (step, registers, &file, error))
    return FALSE;

  probity_annual_review_set_number (values, "read", file.returns->len);
  probity_values_set (values, "sha256", sha256);
  if (file.problems->len > 0)
    {
      tell_problems (&file, values);
      probity_annual_review_set_number (values, "taken", 0);
      return probity_part_return (result, g_steal_pointer (&values));
    }

  what = g_strdup_printf ("%u returns, SHA-256 %s", file.returns->len, sha256);
  if (!apply_returns (step, write, registers, &file, error) ||
      !probity_annual_review_log (step, write, PROBITY_VERB_COLLECTION, NULL, "returns", what, error))
    return FALSE;
  probity_annual_review_set_number (values, "taken", file.returns->len);
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "review-run", 0, NULL);

  return probity_part_return (result, g_steal_pointer (&values));
}

typedef struct
{
  ProbitySession *session;
  GFile          *file;
  GBytes         *csv;
} Taking;

static void
taking_clear (gpointer data)
{
  Taking *taking = data;

  g_object_unref (taking->session);
  g_object_unref (taking->file);
  g_clear_pointer (&taking->csv, g_bytes_unref);
}

static void
taking_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, taking_clear);
}

static gboolean
load_func (gpointer data,
           GError **error)
{
  Taking *taking = data;

  taking->csv = probity_csv_load_bytes (taking->file, MAX_BYTES, error);

  return taking->csv != NULL;
}

static DexFuture *
loaded_cb (DexFuture *future,
           gpointer   data)
{
  Taking      *taking = data;
  ProbityStep *step = probity_annual_review_step_new (taking->session, "returns", 0);

  step->text = g_file_get_basename (taking->file);
  step->data = g_bytes_ref (taking->csv);
  step->data_destroy = (GDestroyNotify) g_bytes_unref;

  return probity_step_run (step, take_write);
}

DexFuture *
probity_annual_review_take_file (ProbitySession *session,
                                 GFile          *file)
{
  Taking *taking;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (G_IS_FILE (file));

  taking = g_atomic_rc_box_new0 (Taking);
  taking->session = g_object_ref (session);
  taking->file = g_object_ref (file);

  return dex_future_then (probity_run_blocking (load_func, g_atomic_rc_box_acquire (taking), taking_unref), loaded_cb, taking, taking_unref);
}

/* --- Printed --- */

static void
add_return (ProbityPages   *pages,
            ProbityProfile *profile,
            ProbityRecord  *job,
            ProbityValues  *call)
{
  static const char *const results[] = { "no change", "changed as below", "the job has ceased", NULL };
  const char              *hours = probity_record_get (job, "weekly_hours");
  g_autofree char         *due = probity_day_to_words (probity_day_from_iso (probity_values_get (call, "due")));

  probity_pages_add_banner (pages, probity_profile_get_force_name (profile), "Annual return of a second job (business interest)");
  probity_pages_add_field (pages, "Reference", probity_values_get (call, "reference"));
  probity_pages_add_field (pages, "Holder", probity_values_get (call, "name"));
  probity_pages_add_field (pages, "Staff number", probity_values_get (call, "staff_number"));
  probity_pages_add_field (pages, "Due", due);
  probity_pages_add_heading (pages, "The job as it is registered");
  probity_pages_add_field (pages, "Employer or business", probity_record_get (job, "employer"));
  probity_pages_add_field (pages, "Nature", probity_record_get (job, "nature"));
  probity_pages_add_field (pages, "Place", probity_record_get (job, "place"));
  probity_pages_add_field (pages, "Hours a week", hours);
  probity_pages_add_field (pages, "Pattern", probity_record_get (job, "pattern"));
  probity_pages_add_field (pages, "Conditions", probity_record_get (job, "conditions"));
  probity_pages_add_heading (pages, "My return");
  probity_pages_add_ticks (pages, "In the past year", results);
  probity_pages_add_box (pages, "What has changed, and since when", 5);
  probity_pages_add_box (pages, "Name, signature and day", 2);
  probity_pages_add_field (pages, "Return to", probity_profile_get_letter_text (profile, "Reply-To"));
  /* The next one begins a page of its own. */
  probity_pages_add_space (pages, 1000);
}

static gboolean
print_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep    *step = data;
  ProbityProfile *profile = probity_session_get_profile (step->session);
  ProbityDb      *registers;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (ProbityPages) pages = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint n_returns = 0;

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_REVIEW, error) ||
      (registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      (run = probity_annual_review_find (registers, (guint) step->kind, error)) == NULL ||
      (calls = probity_annual_review_collect (step->session, registers, run, error)) == NULL)
    return FALSE;

  pages = probity_pages_new ("Annual returns", probity_profile_get_force_name (profile), probity_session_get_account_name (step->session), probity_write_get_now (write));
  for (guint i = 0; i < calls->len; i++)
    {
      ProbityValues *call = g_ptr_array_index (calls, i);
      g_autoptr (ProbityRecord) job = NULL;

      if (!g_str_equal (probity_values_get (call, "state"), "outstanding"))
        continue;
      if (!probity_record_read (registers, &probity_second_job_kind, step->session, probity_values_get (call, "uid"), &job, error))
        return FALSE;
      if (job == NULL)
        continue;
      add_return (pages, profile, job, call);
      n_returns++;
      if (!probity_step_log (step, write, job, PROBITY_VERB_DISCLOSURE, "return", NULL, probity_record_get (job, "staff_number"), error))
        return FALSE;
    }
  if (n_returns == 0)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "No return is outstanding");
      return FALSE;
    }
  if ((bytes = probity_pages_render (pages, error)) == NULL)
    return FALSE;
  g_value_init (result, G_TYPE_BYTES);
  g_value_take_boxed (result, g_steal_pointer (&bytes));

  return TRUE;
}

DexFuture *
probity_annual_review_print (ProbitySession *session,
                             guint           run)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return probity_step_run (probity_annual_review_step_new (session, "print-returns", run), print_write);
}
