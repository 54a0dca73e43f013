/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case.h"
#include "probity-subject-search.h"

/* The commands that every kind of record has. Data of one command, shared by its fiber and the writer. */
typedef struct
{
  gatomicrefcount          ref_count;
  ProbitySession          *session;
  const ProbityRecordKind *kind;
  ProbityValues           *values;
  char                    *uid;
  char                    *field;
  char                    *reason;
  gint64                   version;
  ProbityVisit            *visit;     /* main thread */
  gboolean                 not_found; /* set by the writer: noted, to be told after the commit */
} RecordCommand;

static RecordCommand *
record_command_new (ProbitySession          *session,
                    const ProbityRecordKind *kind)
{
  RecordCommand *self = g_new0 (RecordCommand, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->kind = kind;

  return self;
}

static RecordCommand *
record_command_ref (RecordCommand *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
record_command_unref (gpointer data)
{
  RecordCommand *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->session);
  g_clear_pointer (&self->values, probity_values_unref);
  g_free (self->uid);
  g_free (self->field);
  g_free (self->reason);
  g_clear_pointer (&self->visit, probity_visit_unref);
  g_free (self);
}

static DexFuture *
reject (GError *error)
{
  return dex_future_new_for_error (error);
}

static DexFuture *
reject_not_found (RecordCommand *self)
{
  GError *error = NULL;

  probity_access_set_not_found (&error, self->uid);

  return reject (error);
}

/* Kinds with a course of their own are made and changed by its commands only. */
static gboolean
check_edit (ProbitySession          *session,
            const ProbityRecordKind *kind,
            GError                 **error)
{
  if (kind->own_commands)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "A %s is made and changed by its own commands", kind->name);
      return FALSE;
    }

  return probity_access_check (session, kind->edit, error);
}

static gboolean
create_in_writer (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  RecordCommand *self = data;
  g_autoptr (ProbityRecord) record = NULL;

  if (!check_edit (self->session, self->kind, error) ||
      !probity_record_insert (write, self->session, self->kind, self->values, FALSE, &record, error) ||
      !probity_audit_add (write,
                          self->session,
                          self->kind->compartment,
                          PROBITY_VERB_COLLECTION,
                          self->kind->name,
                          probity_record_get_uid (record),
                          self->kind->key,
                          NULL,
                          probity_record_get_reference (record),
                          error) ||
      !probity_subjects_record_changed (write, self->session, record, error))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_take_boxed (result, g_steal_pointer (&record));

  return TRUE;
}

/**
 * probity_record_create:
 *
 * Makes a record from @values and logs its collection.
 *
 * Returns: (transfer full): resolves to #ProbityRecord; rejects with %PROBITY_RECORD_ERROR that
 *   names the field, or %PROBITY_ACCESS_ERROR
 */
DexFuture *
probity_record_create (ProbitySession          *session,
                       const ProbityRecordKind *kind,
                       ProbityValues           *values)
{
  RecordCommand *self;
  GError        *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && values != NULL, NULL);

  if (!check_edit (session, kind, &error))
    return reject (error);

  self = record_command_new (session, kind);
  self->values = probity_values_ref (values);

  return probity_casebook_write (probity_session_get_casebook (session), create_in_writer, self, record_command_unref);
}

/* Finds the record that the reader may change; what is not there or not for them is noted, and told after the commit. */
static gboolean
find_or_note (RecordCommand  *self,
              ProbityWrite   *write,
              ProbityRecord **ret_record,
              GError        **error)
{
  ProbityDb *db = probity_write_get_db (write, self->kind->compartment, error);

  if (db == NULL || !probity_record_read (db, self->kind, self->session, self->uid, ret_record, error))
    return FALSE;

  if (*ret_record != NULL)
    return TRUE;

  self->not_found = TRUE;

  return probity_access_note_refusal (self->session, write, self->kind->name, self->uid, error);
}

static gboolean
check_version (ProbityRecord *record,
               gint64         version,
               GError       **error)
{
  if (probity_record_get_version (record) == version)
    return TRUE;

  g_set_error (error,
               PROBITY_RECORD_ERROR,
               PROBITY_RECORD_ERROR_CONFLICT,
               "Somebody else saved this record in the meantime (version %" G_GINT64_FORMAT ", yours is %" G_GINT64_FORMAT ")",
               probity_record_get_version (record),
               version);

  return FALSE;
}

static gboolean
update_in_writer (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  RecordCommand *self = data;
  g_autoptr (ProbityRecord) old = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  gboolean changed = FALSE;

  if (!check_edit (self->session, self->kind, error) || !find_or_note (self, write, &old, error))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_RECORD);
  if (old == NULL)
    return TRUE;

  if (!check_version (old, self->version, error) ||
      !probity_record_change (write, self->session, old, self->values, FALSE, &changed, &record, error) ||
      (changed && !probity_subjects_record_changed (write, self->session, record, error)))
    return FALSE;

  g_value_take_boxed (result, g_steal_pointer (&record));

  return TRUE;
}

static DexFuture *
update_fiber (gpointer data)
{
  RecordCommand *self = data;
  g_autoptr (ProbityRecord) record = NULL;
  GError *error = NULL;

  record = dex_await_boxed (probity_casebook_write (probity_session_get_casebook (self->session),
                                                    update_in_writer,
                                                    record_command_ref (self),
                                                    record_command_unref),
                            &error);
  if (error != NULL)
    return reject (error);

  if (self->not_found)
    return reject_not_found (self);

  return dex_future_new_take_boxed (PROBITY_TYPE_RECORD, g_steal_pointer (&record));
}

/**
 * probity_record_update:
 *
 * Changes the fields set in @values where they differ from what stands; one alteration is logged for
 * each. @version is that of the record as it was last seen: if a newer one was saved since, nothing
 * is written and the future rejects with %PROBITY_RECORD_ERROR_CONFLICT.
 *
 * Returns: (transfer full): resolves to #ProbityRecord as it stands now
 */
DexFuture *
probity_record_update (ProbitySession          *session,
                       const ProbityRecordKind *kind,
                       const char              *uid,
                       gint64                   version,
                       ProbityValues           *values)
{
  RecordCommand *self;
  GError        *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && uid != NULL && values != NULL, NULL);

  if (!check_edit (session, kind, &error))
    return reject (error);

  self = record_command_new (session, kind);
  self->uid = g_strdup (uid);
  self->version = version;
  self->values = probity_values_ref (values);

  return dex_scheduler_spawn (NULL, 0, update_fiber, self, record_command_unref);
}

static gboolean
load_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  RecordCommand      *self = data;
  const ProbitySource source = { .session = self->session, .read = read };
  g_autoptr (ProbityRecord) record = NULL;
  ProbityDb *db;

  if (!probity_source_read_record (&source, self->kind, self->uid, &db, &record, error))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_take_boxed (result, g_steal_pointer (&record));

  return TRUE;
}

static gboolean
note_in_writer (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  RecordCommand *self = data;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_access_note_refusal (self->session, write, self->kind->name, self->uid, error);
}

/* Reads the record and logs that it was looked at, before anybody sees it. */
static ProbityRecord *
await_record (RecordCommand *self,
              const char    *field,
              GError       **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  g_autoptr (ProbityRecord) record = NULL;
  GError *local_error = NULL;

  record = dex_await_boxed (probity_casebook_read (casebook, load_in_reader, record_command_ref (self), record_command_unref, NULL), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  if (record == NULL)
    {
      if (probity_visit_has_shown (self->visit, self->session, self->uid) ||
          dex_await (probity_casebook_write (casebook, note_in_writer, record_command_ref (self), record_command_unref), error))
        probity_access_set_not_found (error, self->uid);
      return NULL;
    }

  if (!dex_await (probity_visit_consult (self->visit, self->session, self->kind->name, probity_record_get_uid (record), field), error))
    return NULL;
  if (self->visit != NULL)
    {
      probity_visit_note_shown (self->visit, self->uid);
      probity_visit_note_shown (self->visit, probity_record_get_uid (record));
      probity_visit_note_shown (self->visit, probity_record_get_reference (record));
    }

  return g_steal_pointer (&record);
}

static DexFuture *
load_fiber (gpointer data)
{
  RecordCommand *self = data;
  GError        *error = NULL;
  ProbityRecord *record = await_record (self, NULL, &error);

  if (record == NULL)
    return reject (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_RECORD, record);
}

/**
 * probity_record_load:
 *
 * Reads a record by its uid, reference or staff number; resolves only after the consultation is
 * logged. What is locked, not one's own people's or not there is refused alike with
 * %PROBITY_ACCESS_ERROR_NOT_FOUND, and noted.
 *
 * Returns: (transfer full): resolves to #ProbityRecord
 */
DexFuture *
probity_record_load (ProbitySession          *session,
                     const ProbityRecordKind *kind,
                     const char              *uid_or_reference)
{
  return probity_record_load_in_visit (session, kind, uid_or_reference, NULL);
}

/**
 * probity_record_load_in_visit:
 * @visit: (nullable): the opening of a page for which the record is read, perhaps again
 *
 * As probity_record_load(); what was consulted in @visit before is not logged again.
 */
DexFuture *
probity_record_load_in_visit (ProbitySession          *session,
                              const ProbityRecordKind *kind,
                              const char              *uid_or_reference,
                              ProbityVisit            *visit)
{
  RecordCommand *self;
  GError        *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && uid_or_reference != NULL, NULL);

  if (!probity_access_check (session, kind->read, &error))
    return reject (error);

  self = record_command_new (session, kind);
  self->uid = g_strdup (uid_or_reference);
  self->visit = visit != NULL ? probity_visit_ref (visit) : NULL;

  return dex_scheduler_spawn (NULL, 0, load_fiber, self, record_command_unref);
}

/* Withheld fields -------------------------------------------------------------------------------- */

static gboolean
open_in_writer (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  RecordCommand           *self = data;
  const ProbityRecordKind *kind = self->kind;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean         row;

  g_value_init (result, G_TYPE_STRING);

  if (!find_or_note (self, write, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;

  if (self->reason == NULL && (kind->opens_freely == NULL || !kind->opens_freely (self->session, record)))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "reason", "Opening “%s” needs a reason, which is logged", self->field));
      return FALSE;
    }

  if (!probity_audit_add (write,
                          self->session,
                          probity_casebook_get_highest (probity_session_get_casebook (self->session)),
                          PROBITY_VERB_CONSULTATION,
                          kind->name,
                          probity_record_get_uid (record),
                          self->field,
                          NULL,
                          self->reason,
                          error))
    return FALSE;

  sql = g_strdup_printf ("SELECT value FROM %s WHERE record_id = $id AND field = $field", kind->withheld_table);
  statement = probity_db_query (probity_write_get_db (write, kind->compartment, NULL), error, sql, "$id", 'i', probity_record_get_id (record), "$field", 's', self->field, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    g_value_take_string (result, probity_statement_dup_text (statement, 0));

  return TRUE;
}

static DexFuture *
open_fiber (gpointer data)
{
  RecordCommand   *self = data;
  g_autofree char *text = NULL;
  GError          *error = NULL;

  /* The value comes to this thread only after the commit of the entry that says so. */
  text = dex_await_string (probity_casebook_write (probity_session_get_casebook (self->session),
                                                   open_in_writer,
                                                   record_command_ref (self),
                                                   record_command_unref),
                           &error);
  if (error != NULL)
    return reject (error);

  if (self->not_found)
    return reject_not_found (self);

  return dex_future_new_take_string (g_steal_pointer (&text));
}

/**
 * probity_record_load_withheld:
 * @reason: (nullable): why; only for those to whom the field opens anyhow it may be left out
 *
 * Opens a field that lists, searches and exports never show, such as the original text of an
 * intelligence report. Logged with the reason before it is shown.
 *
 * Returns: (transfer full): resolves to a string, %NULL where the field is empty
 */
DexFuture *
probity_record_load_withheld (ProbitySession          *session,
                              const ProbityRecordKind *kind,
                              const char              *uid,
                              const char              *field,
                              const char              *reason)
{
  const ProbityField *withheld;
  RecordCommand      *self;
  GError             *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && kind != NULL && uid != NULL && field != NULL, NULL);

  if (!probity_access_check (session, kind->read, &error))
    return reject (error);

  withheld = probity_record_kind_find_field (kind, field);
  if (withheld == NULL || (withheld->flags & PROBITY_FIELD_WITHHELD) == 0)
    return reject (probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "“%s” is no withheld field of a %s", field, kind->name));

  self = record_command_new (session, kind);
  self->uid = g_strdup (uid);
  self->field = g_strdup (field);
  self->reason = reason != NULL ? g_strstrip (g_strdup (reason)) : NULL;
  if (self->reason != NULL && *self->reason == '\0')
    g_clear_pointer (&self->reason, g_free);

  return dex_scheduler_spawn (NULL, 0, open_fiber, self, record_command_unref);
}
