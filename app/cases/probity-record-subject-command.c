/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse.h"
#include "probity-case.h"
#include "probity-subject-search.h"

#define MAX_SUBJECTS 500
#define MAX_NAME 200

static gboolean
refuse (guint       index,
        const char *field,
        GError     *cause,
        GError    **error)
{
  g_prefix_error (&cause, "Subject %u: ", index + 1);
  g_propagate_error (error, probity_record_error_new_parsed (field, cause));
  g_error_free (cause);

  return FALSE;
}

static gboolean
check_subject (guint                 index,
               const ProbitySubject *subject,
               ProbitySubject      **ret_subject,
               GError              **error)
{
  g_autofree char *staff_number = NULL;
  g_autofree char *name = NULL;
  g_autofree char *date_of_birth = NULL;
  GError          *cause = NULL;

  if (subject->staff_number != NULL && *subject->staff_number != '\0' &&
      (staff_number = probity_parse_line (subject->staff_number, 64, &cause)) == NULL)
    return refuse (index, "staff_number", cause, error);

  if (subject->name != NULL && *subject->name != '\0' &&
      (name = probity_parse_line (subject->name, MAX_NAME, &cause)) == NULL)
    return refuse (index, "subject_name", cause, error);

  if (subject->date_of_birth != NULL && *subject->date_of_birth != '\0')
    {
      ProbityDay day;

      if (!probity_parse_day (subject->date_of_birth, PROBITY_DATE_ORDER_UNDECLARED, &day, &cause))
        return refuse (index, "date_of_birth", cause, error);
      date_of_birth = probity_day_to_iso (day);
    }

  if (staff_number == NULL && name == NULL && date_of_birth == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "subject_name", "Subject %u has neither number, name nor birth date", index + 1));
      return FALSE;
    }

  *ret_subject = probity_subject_new (staff_number, name, date_of_birth);

  return TRUE;
}

typedef struct
{
  gatomicrefcount          ref_count;
  ProbitySession          *session;
  const ProbityRecordKind *kind;
  char                    *uid;
  gint64                   version;
  GPtrArray               *subjects;
  ProbityVisit            *visit; /* main thread */
  gboolean                 not_found;
} SubjectCommand;

static SubjectCommand *
subject_command_ref (SubjectCommand *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
subject_command_unref (gpointer data)
{
  SubjectCommand *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->session);
  g_free (self->uid);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->visit, probity_visit_unref);
  g_free (self);
}

static SubjectCommand *
subject_command_new (ProbitySession          *session,
                     const ProbityRecordKind *kind,
                     const char              *uid)
{
  SubjectCommand *self = g_new0 (SubjectCommand, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->kind = kind;
  self->uid = g_strdup (uid);

  return self;
}

static gboolean
load_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  SubjectCommand     *self = data;
  const ProbitySource source = { .session = self->session, .read = read };
  g_autoptr (ProbityRecord) record = NULL;
  ProbityDb *db;
  GPtrArray *subjects;

  if (!probity_source_read_record (&source, self->kind, self->uid, &db, &record, error))
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  if (record == NULL)
    return TRUE;

  subjects = probity_record_read_subjects (db, record, error);
  if (subjects == NULL)
    return FALSE;

  g_value_take_boxed (result, subjects);

  return TRUE;
}

static gboolean
note_in_writer (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  SubjectCommand *self = data;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_access_note_refusal (self->session, write, self->kind->name, self->uid, error);
}

static DexFuture *
load_fiber (gpointer data)
{
  SubjectCommand  *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  g_autoptr (GPtrArray) subjects = NULL;
  GError *error = NULL;

  subjects = dex_await_boxed (probity_casebook_read (casebook, load_in_reader, subject_command_ref (self), subject_command_unref, NULL), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);

  if (subjects == NULL)
    {
      if (probity_visit_is_shown (self->session, self->uid) || dex_await (probity_casebook_write (casebook, note_in_writer, subject_command_ref (self), subject_command_unref), &error))
        probity_access_set_not_found (&error, self->uid);
      return dex_future_new_for_error (error);
    }

  if (!dex_await (probity_visit_consult (self->visit, self->session, self->kind->name, self->uid, "subjects"), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&subjects));
}

static GError *
error_without_subjects (const ProbityRecordKind *kind)
{
  return g_error_new (PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_FAILED, "A %s has no subjects", kind->name);
}

/**
 * probity_record_load_subjects:
 *
 * Whom a complaint or report is about, in their order; the consultation is logged first.
 *
 * Returns: (transfer full): resolves to a boxed GPtrArray of #ProbitySubject
 */
DexFuture *
probity_record_load_subjects (ProbitySession          *session,
                              const ProbityRecordKind *kind,
                              const char              *uid)
{
  return probity_record_load_subjects_in_visit (session, kind, uid, NULL);
}

/** probity_record_load_subjects_in_visit: as probity_record_load_subjects(), logged once a @visit (nullable). */
DexFuture *
probity_record_load_subjects_in_visit (ProbitySession          *session,
                                       const ProbityRecordKind *kind,
                                       const char              *uid,
                                       ProbityVisit            *visit)
{
  SubjectCommand *self;
  GError         *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && uid != NULL, NULL);

  if (kind->subject_table == NULL)
    return dex_future_new_for_error (error_without_subjects (kind));

  if (!probity_access_check (session, kind->read, &error))
    return dex_future_new_for_error (error);

  self = subject_command_new (session, kind, uid);
  self->visit = visit != NULL ? probity_visit_ref (visit) : NULL;

  return dex_scheduler_spawn (NULL, 0, load_fiber, self, subject_command_unref);
}

static gboolean
set_in_writer (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  SubjectCommand          *self = data;
  const ProbityRecordKind *kind = self->kind;
  g_autoptr (ProbityRecord) old = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autofree char *old_text = NULL;
  g_autofree char *new_text = NULL;
  g_autofree char *bump = NULL;
  ProbityDb       *db;

  if (!probity_access_check (self->session, kind->edit, error))
    return FALSE;

  db = probity_write_get_db (write, kind->compartment, error);
  if (db == NULL || !probity_record_read (db, kind, self->session, self->uid, &old, error))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_RECORD);
  if (old == NULL)
    {
      self->not_found = TRUE;
      return probity_access_note_refusal (self->session, write, kind->name, self->uid, error);
    }

  if (probity_record_get_version (old) != self->version)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT, "Somebody else saved this record in the meantime");
      return FALSE;
    }

  before = probity_record_read_subjects (db, old, error);
  if (before == NULL)
    return FALSE;

  old_text = probity_subjects_to_text (before);
  new_text = probity_subjects_to_text (self->subjects);
  if (strcmp (old_text, new_text) == 0)
    {
      g_value_take_boxed (result, g_steal_pointer (&old));
      return TRUE;
    }

  bump = g_strdup_printf ("UPDATE %s SET version = version + 1 WHERE id = $id", kind->table);
  if (!probity_db_run (db, error, bump, "$id", 'i', probity_record_get_id (old), NULL) ||
      !probity_record_write_subjects (write, old, self->subjects, error) ||
      !probity_audit_add (write,
                          self->session,
                          kind->compartment,
                          PROBITY_VERB_ALTERATION,
                          kind->name,
                          probity_record_get_uid (old),
                          "subjects",
                          *old_text != '\0' ? old_text : NULL,
                          *new_text != '\0' ? new_text : NULL,
                          error) ||
      !probity_record_read_id (db, kind, NULL, probity_record_get_id (old), &record, error) ||
      !probity_subjects_record_changed (write, self->session, record, error))
    return FALSE;

  g_value_take_boxed (result, g_steal_pointer (&record));

  return TRUE;
}

static DexFuture *
set_fiber (gpointer data)
{
  SubjectCommand *self = data;
  g_autoptr (ProbityRecord) record = NULL;
  GError *error = NULL;

  record = dex_await_boxed (probity_casebook_write (probity_session_get_casebook (self->session),
                                                    set_in_writer,
                                                    subject_command_ref (self),
                                                    subject_command_unref),
                            &error);
  if (error == NULL && self->not_found)
    probity_access_set_not_found (&error, self->uid);

  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_RECORD, g_steal_pointer (&record));
}

/**
 * probity_record_set_subjects:
 * @version: of the record as last seen
 * @subjects: (element-type ProbitySubject): whom it is about from now on
 *
 * Returns: (transfer full): resolves to the #ProbityRecord as it stands now
 */
DexFuture *
probity_record_set_subjects (ProbitySession          *session,
                             const ProbityRecordKind *kind,
                             const char              *uid,
                             gint64                   version,
                             GPtrArray               *subjects)
{
  g_autoptr (GPtrArray) checked = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
  SubjectCommand *self;
  GError         *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && uid != NULL && subjects != NULL, NULL);

  if (kind->subject_table == NULL)
    return dex_future_new_for_error (error_without_subjects (kind));

  if (kind->own_commands)
    return dex_future_new_for_error (g_error_new (PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "Whom a %s is about is changed by its own commands", kind->name));

  if (!probity_access_check (session, kind->edit, &error))
    return dex_future_new_for_error (error);

  if (subjects->len > MAX_SUBJECTS)
    return dex_future_new_for_error (probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "subjects", "At most %d subjects", MAX_SUBJECTS));

  for (guint i = 0; i < subjects->len; i++)
    {
      ProbitySubject *subject;

      if (!check_subject (i, g_ptr_array_index (subjects, i), &subject, &error))
        return dex_future_new_for_error (error);
      g_ptr_array_add (checked, subject);
    }

  self = subject_command_new (session, kind, uid);
  self->version = version;
  self->subjects = g_steal_pointer (&checked);

  return dex_scheduler_spawn (NULL, 0, set_fiber, self, subject_command_unref);
}
