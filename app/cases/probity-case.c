/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-part.h"

/* Finding a case, whatever its kind, and where it stands. */

ProbityDb *
probity_source_get_db (const ProbitySource *source,
                       ProbityCompartment   compartment,
                       GError             **error)
{
  return source->write != NULL ? probity_write_get_db (source->write, compartment, error) : probity_read_get_db (source->read, compartment, error);
}

ProbityDb *
probity_source_get_open_db (const ProbitySource *source,
                            ProbityCompartment   compartment,
                            GError             **error)
{
  return source->write != NULL ? probity_write_get_open_db (source->write, compartment, error) : probity_read_get_open_db (source->read, compartment, error);
}

void
probity_source_enter (const ProbitySource *source,
                      ProbityCompartment   compartment)
{
  if (source->write != NULL)
    probity_write_enter (source->write, compartment);
  else
    probity_read_enter (source->read, compartment);
}

ProbityCompartment
probity_source_get_entered (const ProbitySource *source)
{
  return source->write != NULL ? probity_write_get_entered (source->write) : probity_read_get_entered (source->read);
}

gboolean
probity_source_read_record (const ProbitySource     *source,
                            const ProbityRecordKind *kind,
                            const char              *uid_or_key,
                            ProbityDb              **ret_db,
                            ProbityRecord          **ret_record,
                            GError                 **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1] = { PROBITY_COMPARTMENT_JOURNAL };
  guint              n = 1;

  if (probity_case_kind_of (kind) != NULL)
    n = probity_casebook_list_homes (probity_session_get_casebook (source->session), kind->compartment, compartments);
  for (guint i = 0; i < n; i++)
    {
      probity_source_enter (source, compartments[i]);
      *ret_db = probity_source_get_db (source, kind->compartment, error);
      if (*ret_db == NULL || !probity_record_read (*ret_db, kind, source->session, uid_or_key, ret_record, error))
        return FALSE;
      if (*ret_record != NULL)
        return TRUE;
    }
  probity_source_enter (source, PROBITY_COMPARTMENT_JOURNAL);

  return TRUE;
}

void
probity_case_clear (ProbityCase *self)
{
  g_clear_pointer (&self->record, probity_record_unref);
}

/* References given here are written in capitals, whatever somebody types. */
static char *
dup_key (const ProbityCaseKind *kind,
         const char            *uid_or_reference)
{
  if (probity_case_kind_find_by_reference (uid_or_reference) == kind)
    return g_ascii_strup (uid_or_reference, -1);

  return g_strdup (uid_or_reference);
}

static gboolean
look_in (const ProbitySource   *source,
         const ProbityCaseKind *kind,
         const char            *uid_or_reference,
         ProbityCase           *self,
         GError               **error)
{
  g_autofree char *key = dup_key (kind, uid_or_reference);

  self->kind = kind;

  return probity_source_read_record (source, kind->record_kind, key, &self->db, &self->record, error);
}

gboolean
probity_case_locate (const ProbitySource   *source,
                     const ProbityCaseKind *kind,
                     const char            *uid_or_reference,
                     ProbityCase           *ret_case,
                     GError               **error)
{
  const ProbityCaseKind *first = kind != NULL ? kind : probity_case_kind_find_by_reference (uid_or_reference);
  gboolean               any = FALSE;

  g_return_val_if_fail (uid_or_reference != NULL, FALSE);

  *ret_case = (ProbityCase) { NULL };
  if (kind != NULL && !probity_access_check (source->session, kind->record_kind->read, error))
    return FALSE;

  /* A uid names no kind, and an earlier register may have used any prefix. */
  for (int i = -1; i < 0 || probity_case_kinds[i] != NULL; i++)
    {
      const ProbityCaseKind *candidate = i < 0 ? first : probity_case_kinds[i];

      if (candidate == NULL || (i >= 0 && (kind != NULL || candidate == first)) ||
          !probity_access_may (source->session, candidate->record_kind->read))
        continue;

      any = TRUE;
      if (!look_in (source, candidate, uid_or_reference, ret_case, error))
        return FALSE;
      if (ret_case->record != NULL)
        return TRUE;
    }

  *ret_case = (ProbityCase) { NULL };
  if (!any)
    return probity_access_check (source->session, probity_case_kinds[0]->record_kind->read, error) &&
           probity_access_set_not_found (error, uid_or_reference);

  return probity_access_set_not_found (error, uid_or_reference);
}

gboolean
probity_case_enter_stage (ProbityWrite          *write,
                          ProbitySession        *session,
                          const ProbityCaseKind *kind,
                          ProbityRecord         *record,
                          const char            *stage,
                          const char            *reason,
                          GError               **error)
{
  ProbityDb       *db = probity_write_get_db (write, probity_case_kind_get_compartment (kind), error);
  g_autofree char *uid = probity_write_new_uid (write);

  g_return_val_if_fail (!kind->own_stages, FALSE);

  return db != NULL &&
         probity_db_run (db, error, "INSERT INTO case_stage (uid, case_uid, stage, entered_at, account, reason)"
                                    " VALUES ($uid, $case_uid, $stage, $at, $account, $reason)",
                         "$uid",
                         's',
                         uid,
                         "$case_uid",
                         's',
                         probity_record_get_uid (record),
                         "$stage",
                         's',
                         stage,
                         "$at",
                         's',
                         probity_write_get_now (write),
                         "$account",
                         's',
                         probity_session_get_account_uid (session),
                         "$reason",
                         's',
                         reason,
                         NULL);
}

gboolean
probity_case_move (ProbityWrite      *write,
                   ProbitySession    *session,
                   const ProbityCase *self,
                   const char        *stage,
                   const char        *reason,
                   GError           **error)
{
  const ProbityRecordKind *kind = self->kind->record_kind;
  ProbityDb               *db = probity_write_get_db (write, kind->compartment, error);
  g_autofree char         *sql = g_strdup_printf ("UPDATE %s SET stage = $stage, changed = $now, version = version + 1 WHERE id = $id AND version = $version", kind->table);

  if (db == NULL ||
      !probity_db_run (db, error, sql, "$stage", 's', stage, "$now", 's', probity_write_get_now (write), "$id", 'i', probity_record_get_id (self->record), "$version", 'i', probity_record_get_version (self->record), NULL))
    return FALSE;
  if (probity_db_get_changes (db) != 1)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT, "Somebody changed %s meanwhile", probity_record_get_reference (self->record));
      return FALSE;
    }
  if (!probity_case_enter_stage (write, session, self->kind, self->record, stage, reason, error) ||
      !probity_audit_add (write,
                          session,
                          kind->compartment,
                          PROBITY_VERB_ALTERATION,
                          kind->name,
                          probity_record_get_uid (self->record),
                          "stage",
                          probity_record_get (self->record, "stage"),
                          stage,
                          error))
    return FALSE;

  probity_write_note_change (write, kind->compartment, kind->name, probity_record_get_id (self->record), probity_record_get_uid (self->record));

  return TRUE;
}

static gboolean
find_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep *step = data;
  g_autoptr (ProbityRecord) record = NULL;

  if (!probity_step_find_read (step, read, NULL, &record, error))
    return FALSE;
  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_take_boxed (result, g_steal_pointer (&record));

  return TRUE;
}

typedef struct
{
  ProbitySession        *session;
  const ProbityCaseKind *kind;
  char                  *reference;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_object_unref (load->session);
  g_free (load->reference);
  g_free (load);
}

static DexFuture *
load_fiber (gpointer data)
{
  Load   *load = data;
  GError *error = NULL;
  g_autoptr (ProbityRecord) found = NULL;
  ProbityStep *step = probity_step_new (load->session, load->kind, load->reference);

  step->action = g_strdup ("load");
  found = dex_await_boxed (probity_step_read (step, find_read), &error);
  if (found == NULL)
    return dex_future_new_for_error (error);

  return probity_record_load (load->session, probity_record_get_kind (found), probity_record_get_uid (found));
}

DexFuture *
probity_case_load (ProbitySession        *session,
                   const ProbityCaseKind *kind,
                   const char            *reference)
{
  Load *load;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  load = g_new0 (Load, 1);
  load->session = g_object_ref (session);
  load->kind = kind;
  load->reference = g_strdup (reference);

  return dex_scheduler_spawn (NULL, 0, load_fiber, load, load_free);
}

static int
find_stage (GStrv       stages,
            const char *stage)
{
  for (int i = 0; stages[i] != NULL; i++)
    if (g_strcmp0 (stages[i], stage) == 0)
      return i;

  return -1;
}

static gboolean
set_stage_write (ProbityWrite *write,
                 gpointer      data,
                 GValue       *result,
                 GError      **error)
{
  ProbityStep  *step = data;
  ProbitySource source = { .session = step->session, .write = write };
  ProbityCase   found = { NULL };
  g_autoptr (ProbityRecord) record = NULL;
  g_auto (GStrv) stages = NULL;
  const char *now;

  if (!probity_step_find_work (step, write, &found.db, &record, error))
    return FALSE;
  stages = probity_case_dup_stages (step->session, step->case_kind, record);
  found.kind = step->case_kind;
  found.record = record;
  now = probity_record_get (record, "stage");

  if (find_stage (stages, step->text) < 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "stage", "There is no stage “%.64s”", step->text));
      return FALSE;
    }
  if (found.kind->may_enter == NULL || g_strcmp0 (now, step->text) == 0)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s does not move to “%s” this way", probity_record_get_reference (record), step->text);
      return FALSE;
    }
  /* What goes back says why. */
  if (find_stage (stages, step->text) < find_stage (stages, now) && !probity_step_require_text ("reason", step->reason, error))
    return FALSE;

  return found.kind->may_enter (&source, &found, step->text, error) &&
         probity_case_move (write, step->session, &found, step->text, step->reason, error) &&
         probity_step_return (step, write, record, result, error);
}

/**
 * probity_case_set_stage:
 * @kind: (nullable): %NULL for any
 * @reason: (nullable): wanted where the case goes back to an earlier stage
 */
DexFuture *
probity_case_set_stage (ProbitySession        *session,
                        const ProbityCaseKind *kind,
                        const char            *reference,
                        const char            *stage,
                        const char            *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && stage != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup ("stage");
  step->text = g_strdup (stage);
  step->reason = g_strdup (reason);

  return probity_step_run (step, set_stage_write);
}

static gboolean
stages_read (ProbityRead *read,
             gpointer     data,
             GValue      *result,
             GError     **error)
{
  static const char *const names[] = { "stage", "at", "@who", "reason", NULL };
  ProbityStep             *step = data;
  ProbityDb               *db;
  g_autoptr (ProbityRecord) record = NULL;
  GPtrArray *stages;

  if (!probity_step_find_read (step, read, &db, &record, error))
    return FALSE;
  stages = probity_part_load (db, step->session, "SELECT stage, entered_at, account, reason FROM case_stage WHERE case_uid = $uid ORDER BY id", step->uid, names, error);

  return stages != NULL && probity_part_return_list (result, stages);
}

DexFuture *
probity_case_load_stages (ProbitySession        *session,
                          const ProbityCaseKind *kind,
                          const char            *reference)
{
  return probity_part_read (session, kind, reference, "stages", stages_read);
}
