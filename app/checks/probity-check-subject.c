/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"

/* For whom a check searches, and under which name what it finds is known again. */

const char *
probity_check_kind_to_string (ProbityCheckKind kind)
{
  switch (kind)
    {
    case PROBITY_CHECK_COMPLAINTS:
      return "complaints";

    case PROBITY_CHECK_INTELLIGENCE:
      return "intelligence";
    }

  g_return_val_if_reached (NULL);
}

gboolean
probity_check_kind_from_string (const char       *text,
                                ProbityCheckKind *ret_kind)
{
  if (g_strcmp0 (text, "complaints") == 0)
    *ret_kind = PROBITY_CHECK_COMPLAINTS;
  else if (g_strcmp0 (text, "intelligence") == 0)
    *ret_kind = PROBITY_CHECK_INTELLIGENCE;
  else
    return FALSE;

  return TRUE;
}

ProbityCompartment
probity_check_kind_get_compartment (ProbityCheckKind kind)
{
  return kind == PROBITY_CHECK_COMPLAINTS ? PROBITY_COMPARTMENT_STANDARDS : PROBITY_COMPARTMENT_INTELLIGENCE;
}

ProbityOperation
probity_check_kind_get_operation (ProbityCheckKind kind)
{
  return kind == PROBITY_CHECK_COMPLAINTS ? PROBITY_OPERATION_CHECK_COMPLAINTS : PROBITY_OPERATION_CHECK_INTELLIGENCE;
}

ProbityRoles
probity_check_kind_get_roles (ProbityCheckKind kind)
{
  return kind == PROBITY_CHECK_COMPLAINTS ? PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER : PROBITY_ROLE_ACU_OFFICER;
}

static ProbityPersonFields
get_fields (ProbityRecord *person)
{
  return (ProbityPersonFields) {
    .forenames = probity_record_get (person, "forenames"),
    .surname = probity_record_get (person, "surname"),
    .known_as = probity_record_get (person, "known_as"),
    .former_names = probity_record_get (person, "former_names"),
    .date_of_birth = probity_record_get (person, "date_of_birth"),
    .address = probity_record_get (person, "address"),
    .postcode = probity_record_get (person, "postcode"),
    .staff_number = probity_record_get (person, "staff_number"),
  };
}

static gboolean
load_related (ProbityCheckSubject *self,
              ProbityDb           *registers,
              GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  /* Ended relations too: a former spouse is still somebody a check wants to see. */
  statement = probity_db_query (registers, error, "SELECT related_staff_number FROM relation WHERE staff_number = $staff_number"
                                                  " UNION SELECT staff_number FROM relation WHERE related_staff_number = $staff_number ORDER BY 1",
                                "$staff_number",
                                's',
                                probity_record_get (self->person, "staff_number"),
                                NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_ptr_array_add (numbers, probity_statement_dup_text (statement, 0));
    }

  for (guint i = 0; i < numbers->len; i++)
    {
      ProbityRecord      *record = NULL;
      ProbityPersonFields fields;

      if (!probity_record_read (registers, &probity_person_kind, NULL, g_ptr_array_index (numbers, i), &record, error))
        return FALSE;
      if (record == NULL)
        continue;
      g_ptr_array_add (self->records, record);
      fields = get_fields (record);
      g_array_append_val (self->related, fields);
    }

  return TRUE;
}

static char *
digest_identity (const ProbityPersonFields *fields)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/subject/1");

  probity_canonical_add_text (canonical, "staff_number", fields->staff_number);
  probity_canonical_add_text (canonical, "forenames", fields->forenames);
  probity_canonical_add_text (canonical, "surname", fields->surname);
  probity_canonical_add_text (canonical, "known_as", fields->known_as);
  probity_canonical_add_text (canonical, "former_names", fields->former_names);
  probity_canonical_add_text (canonical, "date_of_birth", fields->date_of_birth);
  probity_canonical_add_text (canonical, "address", fields->address);
  probity_canonical_add_text (canonical, "postcode", fields->postcode);

  return probity_canonical_dup_digest (canonical);
}

ProbityCheckSubject *
probity_check_subject_new (ProbityDb     *registers,
                           ProbityRecord *job,
                           GError       **error)
{
  g_autoptr (ProbityCheckSubject) self = g_new0 (ProbityCheckSubject, 1);
  const char *staff_number = probity_record_get (job, "staff_number");

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_record_unref);
  self->related = g_array_new (FALSE, TRUE, sizeof (ProbityPersonFields));
  self->employer = g_strdup (probity_record_get (job, "employer"));

  /* Whatever the reader may know of the person: who may see the case may see its applicant. */
  if (!probity_record_read (registers, &probity_person_kind, NULL, staff_number, &self->person, error))
    return NULL;
  if (self->person == NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_FAILED, "The applicant’s own row is gone");
      return NULL;
    }
  if (!load_related (self, registers, error))
    return NULL;

  self->search.person = get_fields (self->person);
  self->search.related = (const ProbityPersonFields *) (gpointer) self->related->data;
  self->search.n_related = self->related->len;
  self->search.employer = self->employer;
  self->digest = digest_identity (&self->search.person);

  return g_steal_pointer (&self);
}

void
probity_check_subject_free (ProbityCheckSubject *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->person, probity_record_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->related, g_array_unref);
  g_free (self->employer);
  g_free (self->digest);
  g_free (self);
}

char *
probity_check_dup_hit_id (ProbityCompartment compartment,
                          const char        *second_job_uid,
                          const char        *target_uid)
{
  g_autofree char *pair = g_strconcat (second_job_uid, "|", target_uid, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);

  return g_strdup_printf ("%c-%.10s", compartment == PROBITY_COMPARTMENT_STANDARDS ? 'c' : 'i', digest);
}

char *
probity_check_dup_target_digest (ProbitySubjectHit *hit)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/target/1");

  probity_canonical_add_text (canonical, "kind", hit->kind);
  probity_canonical_add_text (canonical, "uid", hit->uid);
  probity_canonical_add_int64 (canonical, "version", hit->version);
  probity_canonical_add_text (canonical, "title", hit->title);
  probity_canonical_add_text (canonical, "subject", hit->subject);

  return probity_canonical_dup_digest (canonical);
}

GPtrArray *
probity_check_search (ProbitySession      *session,
                      ProbityDb           *db,
                      ProbityCheckSubject *subject,
                      GError             **error)
{
  return probity_subject_search_db (session, db, &subject->search, error);
}
