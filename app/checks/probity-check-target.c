/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-step.h"

/* Whom a check is about: the applicant of a second job, or a subject of an investigation. */

gboolean
probity_check_target_is_second_job (ProbityCheckTarget *self)
{
  return self->subject_uid == NULL;
}

const char *
probity_check_target_get_uid (ProbityCheckTarget *self)
{
  return probity_record_get_uid (self->record);
}

const char *
probity_check_target_get_reference (ProbityCheckTarget *self)
{
  return probity_record_get_reference (self->record);
}

const char *
probity_check_target_get_case_kind (ProbityCheckTarget *self)
{
  return probity_record_kind_get_name (probity_record_get_kind (self->record));
}

/* Of a case in intelligence even that a complaints check was made is no business of `standards`. */
static gboolean
is_secret (ProbityCheckTarget *self)
{
  return probity_record_kind_get_compartment (probity_record_get_kind (self->record)) == PROBITY_COMPARTMENT_INTELLIGENCE;
}

ProbityCompartment
probity_check_target_get_compartment (ProbityCheckTarget *self,
                                      ProbityCheckKind    kind)
{
  return is_secret (self) ? PROBITY_COMPARTMENT_INTELLIGENCE : probity_check_kind_get_compartment (kind);
}

ProbityOperation
probity_check_target_get_operation (ProbityCheckTarget *self,
                                    ProbityCheckKind    kind)
{
  return kind == PROBITY_CHECK_COMPLAINTS && !is_secret (self) ? PROBITY_OPERATION_CHECK_COMPLAINTS
                                                               : PROBITY_OPERATION_CHECK_INTELLIGENCE;
}

ProbityRoles
probity_check_target_get_roles (ProbityCheckTarget *self,
                                ProbityCheckKind    kind)
{
  return is_secret (self) ? PROBITY_ROLE_ACU_OFFICER : probity_check_kind_get_roles (kind);
}

void
probity_check_target_free (ProbityCheckTarget *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->record, probity_record_unref);
  g_free (self->subject);
  g_free (self->subject_uid);
  g_free (self->staff_number);
  g_free (self->name);
  g_free (self->date_of_birth);
  g_free (self->material_digest);
  g_free (self);
}

ProbityCheckTarget *
probity_check_target_new_for_job (ProbityRecord *job)
{
  ProbityCheckTarget *self = g_new0 (ProbityCheckTarget, 1);

  self->record = probity_record_ref (job);
  self->subject = g_strdup (probity_record_get (job, "staff_number"));
  self->staff_number = g_strdup (self->subject);
  self->material_digest = g_strdup (probity_record_get (job, "material_digest"));

  return self;
}

char *
probity_check_dup_subject_name (const char *staff_number,
                                const char *name,
                                const char *date_of_birth)
{
  if (staff_number != NULL)
    return g_strdup (staff_number);

  return g_strdup_printf ("%s|%s", name != NULL ? name : "", date_of_birth != NULL ? date_of_birth : "");
}

char *
probity_check_dup_subject_digest (const char *case_kind,
                                  const char *case_uid,
                                  const char *staff_number,
                                  const char *name,
                                  const char *date_of_birth)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/case-subject/1");

  probity_canonical_add_text (canonical, "kind", case_kind);
  probity_canonical_add_text (canonical, "case", case_uid);
  probity_canonical_add_text (canonical, "staff_number", staff_number);
  probity_canonical_add_text (canonical, "name", name);
  probity_canonical_add_text (canonical, "date_of_birth", date_of_birth);

  return probity_canonical_dup_digest (canonical);
}

static GPtrArray *
load_subjects (ProbityDb     *db,
               ProbityRecord *record,
               gboolean       all,
               GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_check_target_free);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = NULL;

  /* Who has no number but is known beyond doubt is searched for as that person. */
  sql = g_strdup_printf ("SELECT uid, staff_number, name, date_of_birth, material_digest, subject FROM %s"
                         " WHERE %s = $id AND ($all OR eliminated IS NULL) ORDER BY position",
                         kind->subject_table,
                         kind->subject_parent);
  statement = probity_db_query (db, error, sql, "$id", 'i', probity_record_get_id (record), "$all", 't', all, NULL);
  if (statement == NULL)
    return NULL;

  for (;;)
    {
      ProbityCheckTarget *target;
      gboolean            row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&targets);
      target = g_new0 (ProbityCheckTarget, 1);
      g_ptr_array_add (targets, target);
      target->record = probity_record_ref (record);
      target->subject_uid = probity_statement_dup_text (statement, 0);
      target->staff_number = probity_statement_dup_text (statement, 1);
      target->name = probity_statement_dup_text (statement, 2);
      target->date_of_birth = probity_statement_dup_text (statement, 3);
      target->material_digest = probity_statement_dup_text (statement, 4);
      target->subject = probity_statement_dup_text (statement, 5);
    }
}

GPtrArray *
probity_check_load_targets (ProbityDb     *db,
                            ProbityRecord *record,
                            gboolean       all,
                            GError       **error)
{
  GPtrArray *targets;

  if (probity_record_get_kind (record)->subject_table != NULL)
    return load_subjects (db, record, all, error);

  targets = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_check_target_free);
  g_ptr_array_add (targets, probity_check_target_new_for_job (record));

  return targets;
}

gboolean
probity_check_is_investigator (ProbityDb  *db,
                               const char *case_uid,
                               const char *person,
                               gboolean   *ret_investigates,
                               GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (db, error, "SELECT 1 FROM case_investigator WHERE case_uid = $uid AND person = $person LIMIT 1", "$uid", 's', case_uid, "$person", 's', person, NULL);

  return statement != NULL && probity_statement_step (statement, ret_investigates, error);
}

gboolean
probity_check_step_find_all (ProbityStep  *step,
                             ProbityWrite *write,
                             ProbityDb   **ret_staff,
                             GPtrArray   **ret_targets,
                             GError      **error)
{
  ProbityDb *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) targets = NULL;

  if (!probity_step_find (step, write, &db, &record, error) ||
      (*ret_staff = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      (targets = probity_check_load_targets (db, record, FALSE, error)) == NULL)
    return FALSE;
  if (targets->len == 0)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is about nobody yet whom a check could be made of", probity_record_get_reference (record));
      return FALSE;
    }
  *ret_targets = g_steal_pointer (&targets);

  return TRUE;
}

static gboolean
is_called (ProbityCheckTarget *target,
           const char         *subject)
{
  return g_strcmp0 (target->staff_number, subject) == 0 || g_strcmp0 (target->subject, subject) == 0 ||
         g_strcmp0 (target->name, subject) == 0 || g_strcmp0 (target->subject_uid, subject) == 0;
}

gboolean
probity_check_step_find (ProbityStep         *step,
                         ProbityWrite        *write,
                         ProbityDb          **ret_staff,
                         ProbityCheckTarget **ret_target,
                         GError             **error)
{
  g_autoptr (GPtrArray) targets = NULL;

  if (!probity_check_step_find_all (step, write, ret_staff, &targets, error))
    return FALSE;

  for (guint i = 0; i < targets->len; i++)
    if (step->staff_number == NULL ? targets->len == 1 : is_called (g_ptr_array_index (targets, i), step->staff_number))
      {
        *ret_target = g_ptr_array_steal_index (targets, i);
        return TRUE;
      }

  g_propagate_error (error,
                     probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID,
                                                     "subject",
                                                     step->staff_number == NULL ? "%s is about several people: say which" : "%s is not about this person",
                                                     step->reference));

  return FALSE;
}
