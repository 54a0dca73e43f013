/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-import-private.h"
#include "probity-subject-search.h"

/*
 * Complaints and intelligence reports: an officer a line. Rows of one reference are one record; what
 * they say of it must agree, but for allegations and results, of which each line can have its own.
 * Subjects are added and brought up to date, never taken away by a file.
 */

typedef struct
{
  guint64         line;
  ProbitySubject *subject; /* nullable */
} Row;

typedef struct
{
  char          *key;
  ProbityValues *values;
  GArray        *rows; /* Row */
} Group;

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_clear_pointer (&row->subject, probity_subject_free);
}

static void
group_free (gpointer data)
{
  Group *self = data;

  g_free (self->key);
  probity_values_unref (self->values);
  g_array_unref (self->rows);
  g_free (self);
}

/* Reading ---------------------------------------------------------------------------------------- */

static gboolean
take_subject (ProbityImportRun *run,
              ProbitySubject  **ret_subject,
              GError          **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *staff_number = NULL;
  g_autofree char *name = NULL;
  g_autofree char *birth = NULL;
  ProbityDay       day = PROBITY_DAY_NONE;
  const char      *field = "staff_number";

  *ret_subject = NULL;

  if (probity_table_get (run->table, "staff_number") != NULL &&
      !probity_table_get_line_text (run->table, "staff_number", 64, &staff_number, &cause))
    goto refused;

  field = "subject_name";
  if (probity_table_get (run->table, "subject_name") != NULL &&
      !probity_table_get_line_text (run->table, "subject_name", 200, &name, &cause))
    goto refused;

  field = "date_of_birth";
  if (!probity_table_get_day (run->table, "date_of_birth", &day, &cause))
    goto refused;

  birth = day != PROBITY_DAY_NONE ? probity_day_to_iso (day) : NULL;
  if (staff_number != NULL || name != NULL || birth != NULL)
    *ret_subject = probity_subject_new (staff_number, name, birth);

  return TRUE;

refused:
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "%s", cause->message));
  return FALSE;
}

/* `1 - Reliable` is graded 1. */
static void
cut_grade (ProbityValues *values,
           const char    *field)
{
  const char *text = probity_values_get (values, field);

  if (text != NULL && g_ascii_isalnum (text[0]) && text[1] != '\0' && !g_ascii_isalnum (text[1]))
    {
      char grade[2] = { g_ascii_toupper (text[0]), '\0' };

      probity_values_set (values, field, grade);
    }
}

static gboolean
is_grade (const char *text,
          const char *grades)
{
  return text != NULL && text[0] != '\0' && text[1] == '\0' && strchr (grades, g_ascii_toupper (text[0])) != NULL;
}

/* The old 5x5x5 grading is kept as it was given; it cannot be turned into the new one. */
static void
sort_out_grading (ProbityImportRun *run,
                  ProbityValues    *values)
{
  const char *whole = probity_table_get (run->table, "grading");
  const char *source;
  const char *information;
  const char *handling;

  if (whole != NULL)
    {
      g_autofree char *letters = probity_fold_text (whole);
      g_auto (GStrv) parts = g_strsplit (letters, " ", -1);
      g_autofree char *joined = g_strjoinv ("", parts);

      if (strlen (joined) == 3 && strchr ("123", joined[0]) != NULL && strchr ("abcde", joined[1]) != NULL && strchr ("pc", joined[2]) != NULL)
        {
          const char *const names[] = { "source_evaluation", "information_assessment", "handling_code" };

          for (guint i = 0; i < G_N_ELEMENTS (names); i++)
            {
              char grade[2] = { g_ascii_toupper (joined[i]), '\0' };

              probity_values_set (values, names[i], grade);
            }
          return;
        }

      probity_values_set (values, "graded_5x5x5", whole);
      return;
    }

  cut_grade (values, "source_evaluation");
  cut_grade (values, "information_assessment");
  cut_grade (values, "handling_code");

  source = probity_values_get (values, "source_evaluation");
  information = probity_values_get (values, "information_assessment");
  handling = probity_values_get (values, "handling_code");

  if (is_grade (source, "ABCDEX") && is_grade (information, "12345") && (handling == NULL || *handling == '\0' || is_grade (handling, "12345")))
    {
      g_autofree char *old = g_strconcat (source, information, handling, NULL);

      probity_values_set (values, "graded_5x5x5", old);
      probity_values_set (values, "source_evaluation", "");
      probity_values_set (values, "information_assessment", "");
      probity_values_set (values, "handling_code", "");
    }
}

/* What an empty cell leaves alone: a file without sanitised texts takes none away. */
static ProbityValues *
take_values (ProbityImportRun *run,
             GError          **error)
{
  g_autoptr (ProbityValues) taken = probity_import_take_values (run, error);
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_auto (GStrv) fields = NULL;

  if (taken == NULL)
    return NULL;

  if (run->kind == &probity_intelligence_kind)
    sort_out_grading (run, taken);

  fields = probity_values_dup_fields (taken);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *value = NULL;

      if (!probity_record_normalise (run->kind, probity_session_get_profile (run->session), fields[i], probity_values_get (taken, fields[i]), &value, error))
        return NULL;
      if (value == NULL && (g_str_equal (fields[i], "sanitised_text") || g_str_equal (fields[i], "text")))
        continue;
      probity_values_set (values, fields[i], value);
    }

  return g_steal_pointer (&values);
}

static gboolean
may_differ (const char *field)
{
  return g_str_equal (field, "allegation") || g_str_equal (field, "result") || g_str_equal (field, "status");
}

static gboolean
has_part (const char *list,
          const char *part)
{
  g_auto (GStrv) parts = g_strsplit (list, "; ", -1);

  return g_strv_contains ((const char *const *) parts, part);
}

/* Puts what a further row says of the record beside what the first said, or refuses what contradicts it. */
static gboolean
merge_values (Group         *group,
              ProbityValues *values,
              GError       **error)
{
  g_auto (GStrv) fields = probity_values_dup_fields (values);
  const guint64 first = g_array_index (group->rows, Row, 0).line;

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const char *value = probity_values_get (values, fields[i]);
      const char *stands = probity_values_get (group->values, fields[i]);

      if (*value == '\0' || g_strcmp0 (value, stands) == 0)
        continue;
      if (stands != NULL && *stands != '\0' && !may_differ (fields[i]))
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, fields[i], "Line %" G_GUINT64_FORMAT " says otherwise of “%s”", first, group->key));
          return FALSE;
        }
    }

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const char *value = probity_values_get (values, fields[i]);
      const char *stands = probity_values_get (group->values, fields[i]);

      if (*value == '\0')
        continue;

      if (stands == NULL || *stands == '\0')
        {
          probity_values_set (group->values, fields[i], value);
        }
      else if (may_differ (fields[i]) && !has_part (stands, value))
        {
          g_autofree char *both = g_strjoin ("; ", stands, value, NULL);

          probity_values_set (group->values, fields[i], both);
        }
    }

  return TRUE;
}

static gboolean
take_row (ProbityImportRun *run,
          GHashTable       *groups,
          GPtrArray        *order,
          GError          **error)
{
  g_autofree char *key = probity_import_take_key (run, error);
  g_autoptr (ProbityValues) values = NULL;
  Group *group;
  Row    row = { .line = probity_table_get_line (run->table) };

  if (key == NULL || (values = take_values (run, error)) == NULL)
    return FALSE;

  group = g_hash_table_lookup (groups, key);
  if (group != NULL && !merge_values (group, values, error))
    return FALSE;

  if (!take_subject (run, &row.subject, error))
    return FALSE;

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->key = g_steal_pointer (&key);
      group->values = g_steal_pointer (&values);
      group->rows = g_array_new (FALSE, FALSE, sizeof (Row));
      g_array_set_clear_func (group->rows, clear_row);
      g_hash_table_insert (groups, group->key, group);
      g_ptr_array_add (order, group);
    }
  g_array_append_val (group->rows, row);

  return TRUE;
}

/* Writing ---------------------------------------------------------------------------------------- */

static gboolean
is_same_name (const char *a,
              const char *b)
{
  g_autofree char *folded_a = probity_fold_text (a);
  g_autofree char *folded_b = probity_fold_text (b);

  return strcmp (folded_a, folded_b) == 0;
}

/* By staff number; without one, by a name and birth date that say the same. */
static ProbitySubject *
find_subject (GPtrArray      *subjects,
              ProbitySubject *wanted)
{
  for (guint i = 0; i < subjects->len; i++)
    {
      ProbitySubject *subject = g_ptr_array_index (subjects, i);

      if (wanted->staff_number != NULL || subject->staff_number != NULL)
        {
          if (g_strcmp0 (wanted->staff_number, subject->staff_number) == 0)
            return subject;
        }
      else if (is_same_name (wanted->name, subject->name) && g_strcmp0 (wanted->date_of_birth, subject->date_of_birth) == 0)
        {
          return subject;
        }
    }

  return NULL;
}

static gboolean
update_text (char      **text,
             const char *value)
{
  if (value == NULL || g_strcmp0 (*text, value) == 0)
    return FALSE;

  g_free (*text);
  *text = g_strdup (value);

  return TRUE;
}

/* Whether @subjects was changed by what the row says. */
static gboolean
apply_subject (GPtrArray      *subjects,
               ProbitySubject *subject)
{
  ProbitySubject *stands;
  gboolean        changed;

  if (subject == NULL)
    return FALSE;

  stands = find_subject (subjects, subject);
  if (stands == NULL)
    {
      g_ptr_array_add (subjects, probity_subject_new (subject->staff_number, subject->name, subject->date_of_birth));
      return TRUE;
    }

  changed = update_text (&stands->name, subject->name);

  return update_text (&stands->date_of_birth, subject->date_of_birth) || changed;
}

static gboolean
tell_of_record (ProbityImportRun *run,
                ProbityRecord    *record,
                GPtrArray        *subjects,
                GError          **error)
{
  g_hash_table_add (run->uids, g_strdup (probity_record_get_uid (record)));

  return probity_subjects_changed (run->write, run->session, record, subjects, error);
}

static gboolean
add_group (ProbityImportRun *run,
           Group            *group,
           GError          **error)
{
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);

  for (guint i = 0; i < group->rows->len; i++)
    apply_subject (subjects, g_array_index (group->rows, Row, i).subject);

  if (!probity_record_insert (run->write, run->session, run->kind, group->values, TRUE, &record, error) ||
      (subjects->len > 0 && !probity_record_write_subjects (run->write, record, subjects, error)) ||
      !tell_of_record (run, record, subjects, error))
    return FALSE;

  for (guint i = 0; i < group->rows->len; i++)
    probity_import_count (run, PROBITY_IMPORT_ADDED);

  return TRUE;
}

static gboolean
log_subjects (ProbityImportRun *run,
              ProbityRecord    *record,
              const char       *old_text,
              GPtrArray        *subjects,
              GError          **error)
{
  g_autofree char *new_text = probity_subjects_to_text (subjects);

  return probity_audit_add (run->write, run->session, run->kind->compartment, PROBITY_VERB_ALTERATION, run->kind->name, probity_record_get_uid (record), "subjects", *old_text != '\0' ? old_text : NULL, *new_text != '\0' ? new_text : NULL, error);
}

static gboolean
change_group (ProbityImportRun *run,
              Group            *group,
              ProbityRecord    *old,
              GError          **error)
{
  g_autoptr (GPtrArray) subjects = probity_record_read_subjects (run->db, old, error);
  g_autofree gboolean *row_changed = g_new0 (gboolean, group->rows->len);
  g_autofree char     *old_text = NULL;
  gboolean             fields_changed = FALSE;
  gboolean             subjects_changed = FALSE;

  if (subjects == NULL)
    return FALSE;

  old_text = probity_subjects_to_text (subjects);
  for (guint i = 0; i < group->rows->len; i++)
    {
      row_changed[i] = apply_subject (subjects, g_array_index (group->rows, Row, i).subject);
      subjects_changed = subjects_changed || row_changed[i];
    }

  if (!probity_record_change (run->write, run->session, old, group->values, TRUE, &fields_changed, NULL, error))
    return FALSE;

  if (subjects_changed &&
      (!probity_record_write_subjects (run->write, old, subjects, error) || !log_subjects (run, old, old_text, subjects, error)))
    return FALSE;

  if ((fields_changed || subjects_changed) && !tell_of_record (run, old, subjects, error))
    return FALSE;

  for (guint i = 0; i < group->rows->len; i++)
    probity_import_count (run, row_changed[i] || (i == 0 && fields_changed) ? PROBITY_IMPORT_CHANGED : PROBITY_IMPORT_UNCHANGED);

  return TRUE;
}

/* Whether the group says the same of a record as stands already; nothing of it is told apart from that. */
static gboolean
says_the_same (ProbityImportRun *run,
               Group            *group,
               ProbityRecord    *old,
               gboolean         *ret_same,
               GError          **error)
{
  g_autoptr (GPtrArray) subjects = probity_record_read_subjects (run->db, old, error);
  gboolean differs = FALSE;

  if (subjects == NULL || !probity_record_differs (run->write, run->session, old, group->values, &differs, error))
    return FALSE;

  for (guint i = 0; i < group->rows->len; i++)
    differs = apply_subject (subjects, g_array_index (group->rows, Row, i).subject) || differs;

  *ret_same = !differs;

  return TRUE;
}

/* A record about the reader or somebody related is not theirs to change, by a file either. */
static gboolean
refuse_locked (ProbityImportRun *run,
               Group            *group,
               ProbityRecord    *old,
               GError          **error)
{
  gboolean same;

  if (!says_the_same (run, group, old, &same, error))
    return FALSE;

  if (same)
    {
      for (guint i = 0; i < group->rows->len; i++)
        probity_import_count (run, PROBITY_IMPORT_UNCHANGED);
      return TRUE;
    }

  if (!probity_access_note_refusal (run->session, run->write, run->kind->name, group->key, error))
    return FALSE;

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, run->kind->key, "This row is not for this account to enter"));

  return FALSE;
}

static gboolean
write_group (ProbityImportRun *run,
             Group            *group,
             GError          **error)
{
  g_autoptr (ProbityRecord) old = NULL;
  g_autoptr (ProbityRecord) readable = NULL;

  if (!probity_record_read (run->db, run->kind, NULL, group->key, &old, error))
    return FALSE;

  if (old == NULL)
    return add_group (run, group, error);

  if (!probity_record_read_id (run->db, run->kind, run->session, probity_record_get_id (old), &readable, error))
    return FALSE;

  return readable != NULL ? change_group (run, group, old, error) : refuse_locked (run, group, old, error);
}

gboolean
probity_import_grouped (ProbityImportRun *run,
                        GError          **error)
{
  g_autoptr (GHashTable) groups = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (group_free);
  gboolean row;

  while (TRUE)
    {
      GError *problem = NULL;

      if (!probity_table_next (run->table, &row, NULL, error))
        return FALSE;
      if (!row)
        break;

      run->report->read++;
      if (!take_row (run, groups, order, &problem))
        probity_import_reject (run, probity_table_get_line (run->table), problem);
    }

  for (guint i = 0; i < order->len; i++)
    {
      Group  *group = g_ptr_array_index (order, i);
      GError *problem = NULL;

      if (write_group (run, group, &problem))
        continue;

      if (!probity_import_is_about_row (problem))
        {
          g_propagate_error (error, problem);
          return FALSE;
        }

      for (guint j = 0; j < group->rows->len; j++)
        probity_import_reject (run, g_array_index (group->rows, Row, j).line, g_error_copy (problem));
      g_error_free (problem);
    }

  return TRUE;
}
