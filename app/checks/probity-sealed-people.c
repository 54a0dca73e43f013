/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed-people.h"

#include "probity-live-index.h"
#include "probity-seal.h"
#include "probity-subject-search.h"

struct _ProbitySealedPeople
{
  GPtrArray          *people; /* ProbitySealedPerson */
  ProbityPersonIndex *index;  /* NULL: there is nobody */
};

static void
free_person (gpointer data)
{
  ProbitySealedPerson *self = data;

  g_free (self->uid);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->staff_number);
  g_free (self->known_number);
  g_free (self->name);
  g_free (self);
}

void
probity_sealed_people_free (ProbitySealedPeople *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->people);
  g_clear_pointer (&self->index, probity_person_index_unref);
  g_free (self);
}

static void
add_person (ProbitySealedPeople *self,
            const ProbitySource *source,
            const ProbityCase   *found,
            ProbityStatement    *row)
{
  ProbitySealedPerson *person = g_new0 (ProbitySealedPerson, 1);
  const char          *title = probity_record_get (found->record, found->kind->title);
  const char          *subjects = probity_record_get (found->record, found->kind->record_kind->subject_table != NULL ? "subjects" : "applicant_name");

  person->kind = found->kind->record_kind;
  person->compartment = probity_source_get_entered (source);
  person->id = probity_record_get_id (found->record);
  person->uid = g_strdup (probity_record_get_uid (found->record));
  person->reference = g_strdup (probity_record_get_reference (found->record));
  person->title = subjects != NULL ? g_strjoin (" · ", title, subjects, NULL) : g_strdup (title);
  person->staff_number = probity_statement_dup_text (row, 0);
  person->known_number = probity_statement_dup_text (row, 1);
  person->name = probity_statement_dup_text (row, 2);
  g_ptr_array_add (self->people, person);
  if (person->name == NULL)
    return;

  if (self->index == NULL)
    self->index = probity_person_index_new ();
  probity_person_index_add (self->index, self->people->len - 1, probity_subject_key_new (person->staff_number, person->name, probity_statement_get_text (row, 3)));
}

static gboolean
add_case (const ProbitySource *source,
          const ProbityCase   *found,
          gpointer             data,
          GError             **error)
{
  const ProbityRecordKind *kind = found->kind->record_kind;
  g_autofree char         *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  /* A second job is about its applicant. */
  if (kind->subject_table == NULL)
    sql = g_strdup_printf ("SELECT r.staff_number, r.staff_number, trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')), p.date_of_birth"
                           " FROM %s AS r LEFT JOIN person AS p ON p.staff_number = r.staff_number WHERE r.id = $id",
                           kind->table);
  else
    sql = g_strdup_printf ("SELECT staff_number, known_number, name, date_of_birth FROM %s WHERE %s = $id AND eliminated IS NULL AND masked IS NULL ORDER BY position", kind->subject_table, kind->subject_parent);
  statement = probity_db_query (found->db, error, sql, "$id", 'i', probity_record_get_id (found->record), NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      add_person (data, source, found, statement);
    }
}

ProbitySealedPeople *
probity_sealed_people_new (const ProbitySource *source,
                           GError             **error)
{
  const ProbityCompartment entered = probity_source_get_entered (source);
  g_autoptr (ProbitySealedPeople) self = g_new0 (ProbitySealedPeople, 1);
  gboolean ok;

  self->people = g_ptr_array_new_with_free_func (free_person);
  ok = probity_seal_collect (source, add_case, self, error);
  probity_source_enter (source, entered);
  /* Found by words, for which it is all one how rare a name is: this waits for no index of the staff. */
  if (self->index != NULL)
    probity_person_index_freeze (self->index);

  return ok ? g_steal_pointer (&self) : NULL;
}

guint
probity_sealed_people_get_size (ProbitySealedPeople *self)
{
  return self->people->len;
}

const ProbitySealedPerson *
probity_sealed_people_get (ProbitySealedPeople *self,
                           gint64               index)
{
  g_return_val_if_fail (index >= 0 && index < self->people->len, NULL);

  return g_ptr_array_index (self->people, (guint) index);
}

GArray *
probity_sealed_people_find (ProbitySealedPeople *self,
                            const char          *words,
                            double               threshold)
{
  return self->index != NULL ? probity_person_index_find_words (self->index, words, threshold, 0, NULL) : g_array_new (FALSE, FALSE, sizeof (ProbityPersonIndexHit));
}

char *
probity_sealed_people_explain (ProbitySealedPeople *self,
                               const char          *words,
                               gint64               index)
{
  return self->index != NULL ? probity_person_index_explain_words (self->index, words, index) : NULL;
}

GArray *
probity_sealed_people_find_named (ProbitySealedPeople *self,
                                  const char          *staff_number,
                                  const char          *name)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) alike = name != NULL ? probity_sealed_people_find (self, name, PROBITY_PERSON_THRESHOLD) : NULL;

  for (gint64 i = 0; i < self->people->len; i++)
    {
      const ProbitySealedPerson *person = g_ptr_array_index (self->people, (guint) i);
      gboolean                   named = staff_number != NULL && (g_strcmp0 (person->staff_number, staff_number) == 0 || g_strcmp0 (person->known_number, staff_number) == 0);

      for (guint j = 0; !named && alike != NULL && j < alike->len; j++)
        named = g_array_index (alike, ProbityPersonIndexHit, j).id == i;
      if (named)
        g_array_append_val (found, i);
    }

  return found;
}

gboolean
probity_sealed_people_name_target (ProbitySealedPeople *self,
                                   const ProbitySource *source,
                                   ProbityCheckTarget  *target,
                                   GError             **error)
{
  ProbityDb *registers;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (self->index == NULL || target->name != NULL || target->staff_number == NULL)
    return TRUE;

  registers = probity_source_get_open_db (source, PROBITY_COMPARTMENT_REGISTERS, error);
  statement = registers != NULL ? probity_db_query (registers, error, "SELECT trim (coalesce (forenames, '') || ' ' || coalesce (surname, '')) FROM person WHERE staff_number = $number", "$number", 's', target->staff_number, NULL) : NULL;
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    target->name = probity_statement_dup_text (statement, 0);

  return TRUE;
}
