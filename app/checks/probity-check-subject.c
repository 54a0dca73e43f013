/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-full-name.h"

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
              ProbityDb           *staff,
              GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  /* Ended relations too: a former spouse is still somebody a check wants to see. */
  statement = probity_db_query (staff, error, "SELECT related_staff_number FROM relation WHERE staff_number = $staff_number"
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

      if (!probity_record_read (staff, &probity_person_kind, NULL, g_ptr_array_index (numbers, i), &record, error))
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

/* Somebody who is no one of the staff is what the case says of them. */
static ProbityPersonFields
take_fields (ProbityCheckSubject *self,
             ProbityCheckTarget  *target)
{
  if (target->name != NULL)
    probity_full_name_split (target->name, &self->forenames, &self->surname);

  return (ProbityPersonFields) {
    .forenames = self->forenames,
    .surname = self->surname,
    .date_of_birth = target->date_of_birth,
    .staff_number = target->staff_number,
  };
}

ProbityCheckSubject *
probity_check_subject_new (ProbityDb          *staff,
                           ProbityCheckTarget *target,
                           GError            **error)
{
  g_autoptr (ProbityCheckSubject) self = g_new0 (ProbityCheckSubject, 1);

  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_record_unref);
  self->related = g_array_new (FALSE, TRUE, sizeof (ProbityPersonFields));
  self->employer = probity_check_target_is_second_job (target) ? g_strdup (probity_record_get (target->record, "employer")) : NULL;

  /* Whatever the reader may know of the person: who may see the case may see whom it is about. */
  if (target->staff_number != NULL &&
      !probity_record_read (staff, &probity_person_kind, NULL, target->staff_number, &self->person, error))
    return NULL;
  if (self->person == NULL && probity_check_target_is_second_job (target))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_FAILED, "The applicant’s own row is gone");
      return NULL;
    }
  if (self->person != NULL && !load_related (self, staff, error))
    return NULL;

  if (self->person != NULL)
    self->search.person = get_fields (self->person);
  else
    self->search.person = take_fields (self, target);
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
  g_free (self->forenames);
  g_free (self->surname);
  g_free (self->employer);
  g_free (self->digest);
  g_free (self);
}

char *
probity_check_dup_hit_id (ProbityCheckTarget *target,
                          ProbityCheckKind    kind,
                          const char         *found_uid)
{
  /* One record can be about two subjects of a case: two verdicts. */
  g_autofree char *pair = g_strconcat (target->subject_uid != NULL ? target->subject_uid : probity_check_target_get_uid (target), "|", found_uid, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, pair, -1);

  return g_strdup_printf ("%c-%.10s", kind == PROBITY_CHECK_COMPLAINTS ? 'c' : 'i', digest);
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
