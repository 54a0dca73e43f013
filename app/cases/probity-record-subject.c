/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-record-kind.h"

/* Whom complaints and intelligence reports are about: rows of their own. */

ProbitySubject *
probity_subject_new (const char *staff_number,
                     const char *name,
                     const char *date_of_birth)
{
  ProbitySubject *self = g_new0 (ProbitySubject, 1);

  self->staff_number = g_strdup (staff_number);
  self->name = g_strdup (name);
  self->date_of_birth = g_strdup (date_of_birth);

  return self;
}

void
probity_subject_free (ProbitySubject *self)
{
  g_free (self->staff_number);
  g_free (self->name);
  g_free (self->date_of_birth);
  g_free (self);
}

/* `4127 Aileen Marsh 1988-03-12, Tariq Ahmed`. */
char *
probity_subjects_to_text (GPtrArray *subjects)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < subjects->len; i++)
    {
      const ProbitySubject *subject = g_ptr_array_index (subjects, i);
      const char           *parts[] = { subject->staff_number, subject->name, subject->date_of_birth };
      gboolean              first = TRUE;

      if (i > 0)
        g_string_append (text, ", ");

      for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
        if (parts[j] != NULL)
          {
            g_string_append_printf (text, "%s%s", first ? "" : " ", parts[j]);
            first = FALSE;
          }
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

GPtrArray *
probity_record_read_subjects (ProbityDb     *db,
                              ProbityRecord *record,
                              GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean         row;

  sql = g_strdup_printf ("SELECT staff_number, name, date_of_birth FROM %s WHERE %s = $id ORDER BY position",
                         kind->subject_table,
                         kind->subject_parent);
  statement = probity_db_query (db, error, sql, "$id", 'i', probity_record_get_id (record), NULL);
  if (statement == NULL)
    return NULL;

  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      g_ptr_array_add (subjects,
                       probity_subject_new (probity_statement_get_text (statement, 0),
                                            probity_statement_get_text (statement, 1),
                                            probity_statement_get_text (statement, 2)));
    }

  return g_steal_pointer (&subjects);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The words of all names given, folded, in the order of the alphabet: "Marsh, Aileen" and "Aileen MARSH" are the same. */
static char *
dup_name_words (const char *first,
                const char *second)
{
  g_autofree char *both = g_strjoin (" ", first != NULL ? first : "", second != NULL ? second : "", NULL);
  g_autofree char *folded = probity_fold_text (both);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  qsort (words, g_strv_length (words), sizeof (char *), compare_words);

  return g_strjoinv (" ", words);
}

static gboolean
is_named (const char       *wanted,
          ProbityStatement *person)
{
  const char      *forenames = probity_statement_get_text (person, 1);
  const char      *surname = probity_statement_get_text (person, 2);
  const char      *known_as = probity_statement_get_text (person, 3);
  const char      *former_names = probity_statement_get_text (person, 4);
  g_autofree char *first = forenames != NULL ? g_strndup (forenames, strcspn (forenames, " ")) : NULL;
  const char      *given[] = { forenames, first, known_as };
  const char      *family[] = { surname, former_names };

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    for (guint j = 0; j < G_N_ELEMENTS (family); j++)
      {
        g_autofree char *words = NULL;

        if (given[i] == NULL || family[j] == NULL)
          continue;
        words = dup_name_words (given[i], family[j]);
        if (strcmp (words, wanted) == 0)
          return TRUE;
      }

  return FALSE;
}

/*
 * The staff number of whoever has exactly the name and birth date of a subject without number. It
 * serves the lock alone: who is complained of by name must not read it because the number is missing.
 * A name alone would hide records of namesakes from who has to check them.
 */
gboolean
probity_subject_find_known_number (ProbityWrite         *write,
                                   const ProbitySubject *subject,
                                   char                **ret_number,
                                   GError              **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *wanted = NULL;
  ProbityDb       *registers;
  gboolean         row;

  *ret_number = NULL;
  if (subject->staff_number != NULL || subject->name == NULL || subject->date_of_birth == NULL)
    return TRUE;

  registers = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  if (registers == NULL)
    return FALSE;

  wanted = dup_name_words (subject->name, NULL);
  statement = probity_db_query (registers, error, "SELECT staff_number, forenames, surname, known_as, former_names FROM person WHERE date_of_birth = $date_of_birth", "$date_of_birth", 's', subject->date_of_birth, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (is_named (wanted, statement))
        {
          *ret_number = probity_statement_dup_text (statement, 0);
          return TRUE;
        }
    }
}

static gboolean
insert_subjects (ProbityWrite            *write,
                 ProbityDb               *db,
                 const ProbityRecordKind *kind,
                 gint64                   id,
                 GPtrArray               *subjects,
                 GError                 **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (%s, position, staff_number, name, date_of_birth, known_number)"
                                          " VALUES ($id, $position, $staff_number, $name, $date_of_birth, $known_number)",
                                          kind->subject_table,
                                          kind->subject_parent);

  for (guint i = 0; i < subjects->len; i++)
    {
      const ProbitySubject *subject = g_ptr_array_index (subjects, i);
      g_autofree char      *known_number = NULL;

      if (!probity_subject_find_known_number (write, subject, &known_number, error) ||
          !probity_db_run (db, error, sql, "$id", 'i', id, "$position", 'i', (gint64) i, "$staff_number", 's', subject->staff_number, "$name", 's', subject->name, "$date_of_birth", 's', subject->date_of_birth, "$known_number", 's', known_number, NULL))
        return FALSE;
    }

  return TRUE;
}

/* The names in one line, for lists to show and sort without looking into another table. */
static char *
dup_names (GPtrArray *subjects)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < subjects->len; i++)
    {
      const ProbitySubject *subject = g_ptr_array_index (subjects, i);
      const char           *name = subject->name != NULL ? subject->name : subject->staff_number != NULL ? subject->staff_number
                                                                                                         : subject->date_of_birth;

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", name);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

gboolean
probity_record_write_subjects (ProbityWrite  *write,
                               ProbityRecord *record,
                               GPtrArray     *subjects,
                               GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  ProbityDb               *db = probity_write_get_db (write, kind->compartment, error);
  g_autofree char         *remove = NULL;
  g_autofree char         *update = NULL;
  g_autofree char         *names = dup_names (subjects);
  g_autofree char         *folded = probity_fold_text (names);

  if (db == NULL)
    return FALSE;

  remove = g_strdup_printf ("DELETE FROM %s WHERE %s = $id", kind->subject_table, kind->subject_parent);
  update = g_strdup_printf ("UPDATE %s SET subjects = $names, sort_subjects = $folded, changed = $changed WHERE id = $id", kind->table);

  if (!probity_db_run (db, error, remove, "$id", 'i', probity_record_get_id (record), NULL) ||
      !insert_subjects (write, db, kind, probity_record_get_id (record), subjects, error) ||
      !probity_db_run (db, error, update, "$id", 'i', probity_record_get_id (record), "$names", 's', *names != '\0' ? names : NULL, "$folded", 's', *folded != '\0' ? folded : NULL, "$changed", 's', probity_write_get_now (write), NULL))
    return FALSE;

  probity_write_note_change (write, kind->compartment, kind->name, probity_record_get_id (record), probity_record_get_uid (record));

  return TRUE;
}
