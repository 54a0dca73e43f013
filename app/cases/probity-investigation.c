/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-investigation-private.h"
#include "probity-profile.h"
#include "probity-reference.h"
#include "probity-seal.h"

/* Opening an investigation, its decision to investigate, and who investigates. */

gboolean
probity_investigation_prepare (ProbityRecordChange *change,
                               GError             **error)
{
  static const char *const searched[] = { "reference", "title", "summary", "owner", "item", "referrer", "platform", "external_reference" };
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *search_text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (searched); i++)
    {
      const char *value = probity_record_kind_find_field (change->kind, searched[i]) != NULL ? probity_record_change_get (change, searched[i]) : NULL;

      if (value != NULL)
        g_string_append_printf (all, "%s ", value);
    }
  search_text = probity_fold_text (all->str);
  probity_values_set (change->computed, "search_text", search_text);
  probity_values_set (change->computed, "changed", probity_write_get_now (change->write));

  if (change->old == NULL)
    {
      ProbityProfile        *profile = probity_session_get_profile (change->session);
      const ProbityCaseKind *kind = probity_case_kind_of (change->kind);
      g_autofree char       *days = g_strdup_printf ("%u", probity_profile_get_check_age_days (profile));

      probity_values_set (change->computed, "stage", kind->stages[0]);
      probity_values_set (change->computed, "check_age_days", days);
      probity_values_set (change->computed, "profile_name", probity_profile_get_name (profile));
      probity_values_set (change->computed, "profile_version", probity_profile_get_version (profile));
    }

  return TRUE;
}

gboolean
probity_investigation_may_enter (const ProbitySource *source,
                                 const ProbityCase   *self,
                                 const char          *stage,
                                 GError             **error)
{
  if (probity_case_is_closed (self->kind, self->record))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is closed", probity_record_get_reference (self->record));
      return FALSE;
    }
  if (g_strv_contains (self->kind->terminal, stage))
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is closed by a closing decision", probity_record_get_reference (self->record));
      return FALSE;
    }
  if (g_str_equal (stage, "investigation") && probity_record_get (self->record, "decided_to_investigate") == NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The decision to investigate %s is not recorded", probity_record_get_reference (self->record));
      return FALSE;
    }

  return TRUE;
}

gboolean
probity_investigation_require_open (ProbityRecord *record,
                                    GError       **error)
{
  if (probity_record_get (record, "closed") == NULL)
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is closed", probity_record_get_reference (record));

  return FALSE;
}

static gboolean
insert_investigator (ProbityWrite   *write,
                     ProbitySession *session,
                     ProbityDb      *db,
                     const char     *case_uid,
                     const char     *role,
                     const char     *person,
                     GError        **error)
{
  g_autofree char *uid = probity_write_new_uid (write);

  return probity_db_run (db, error, "INSERT INTO case_investigator (uid, case_uid, role, person, account, at)"
                                    " VALUES ($uid, $case_uid, $role, $person, $account, $at)",
                         "$uid",
                         's',
                         uid,
                         "$case_uid",
                         's',
                         case_uid,
                         "$role",
                         's',
                         role,
                         "$person",
                         's',
                         person,
                         "$account",
                         's',
                         probity_session_get_account_uid (session),
                         "$at",
                         's',
                         probity_write_get_now (write),
                         NULL);
}

/* An account as owner, or an error that names the field. */
static gboolean
find_owner (ProbitySession *session,
            const char     *name,
            char          **ret_person,
            GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  const ProbityAccount *account = probity_keyring_find (keyring, name);

  if (account == NULL || account->disabled || !g_str_equal (account->name, name))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "owner", "There is no account “%.64s”", name));
      return FALSE;
    }
  *ret_person = probity_keyring_dup_person_of (keyring, account->uid);

  return TRUE;
}

static gboolean
record_decision (ProbityStep   *step,
                 ProbityWrite  *write,
                 ProbityDb     *db,
                 ProbityRecord *record,
                 const char    *day,
                 const char    *reason,
                 GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  g_autofree char         *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (write)));
  g_autofree char         *sql = NULL;
  g_autofree char         *checked = NULL;

  if (!probity_step_require_text ("investigate_reason", reason, error) ||
      (day != NULL && !probity_record_normalise (kind, probity_session_get_profile (step->session), "decided_to_investigate", day, &checked, error)))
    return FALSE;
  if (checked != NULL && (strcmp (checked, today) > 0 || strcmp (checked, probity_record_get (record, "received")) < 0))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "decided_to_investigate", "The decision (%s) lies before the receipt or in the future", checked));
      return FALSE;
    }

  sql = g_strdup_printf ("UPDATE %s SET decided_to_investigate = $day, investigate_reason = $reason, changed = $now, version = version + 1 WHERE id = $id", kind->table);

  return probity_db_run (db, error, sql, "$day", 's', checked != NULL ? checked : today, "$reason", 's', reason, "$now", 's', probity_write_get_now (write), "$id", 'i', probity_record_get_id (record), NULL) &&
         probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, "decided_to_investigate", NULL, checked != NULL ? checked : today, error) &&
         probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, "investigate_reason", NULL, reason, error);
}

static ProbityValues *
build_values (ProbityStep  *step,
              ProbityWrite *write,
              const char   *reference)
{
  ProbityValues *values = probity_values_new ();
  g_auto (GStrv) fields = probity_values_dup_fields (step->values);
  g_autofree char *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (write)));

  probity_values_set (values, "marking", "official-sensitive");
  probity_values_set (values, "received", today);
  probity_values_set (values, "owner", probity_session_get_account_name (step->session));
  for (guint i = 0; fields[i] != NULL; i++)
    if (!g_str_equal (fields[i], "decided_to_investigate") && !g_str_equal (fields[i], "investigate_reason"))
      probity_values_set (values, fields[i], probity_values_get (step->values, fields[i]));
  probity_values_set (values, "reference", reference);

  return values;
}

static gboolean
require_not_future (ProbityWrite  *write,
                    ProbityRecord *record,
                    GError       **error)
{
  g_autofree char *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (write)));

  if (strcmp (probity_record_get (record, "received"), today) <= 0)
    return TRUE;

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "received", "%s lies in the future", probity_record_get (record, "received")));

  return FALSE;
}

static gboolean
open_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCaseKind *kind = step->case_kind;
  ProbityDb             *db;
  g_autoptr (ProbityValues) values = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *owner = NULL;
  const char      *officer;

  if (!probity_access_check (step->session, kind->work, error) ||
      !probity_seal_begin (step, write, error) ||
      (db = probity_write_get_db (write, kind->record_kind->compartment, error)) == NULL ||
      (reference = probity_reference_take (db, kind->prefix, error)) == NULL)
    return FALSE;

  values = build_values (step, write, reference);
  if (!find_owner (step->session, probity_values_get (values, "owner"), &owner, error) ||
      !probity_record_insert (write, step->session, kind->record_kind, values, FALSE, &record, error) ||
      !require_not_future (write, record, error) ||
      !insert_investigator (write, step->session, db, probity_record_get_uid (record), "owner", owner, error))
    return FALSE;
  /* Who opens a case knows it from within, even if it is given to another at once. */
  if (g_strcmp0 (owner, probity_session_get_person (step->session)) != 0 &&
      !insert_investigator (write, step->session, db, probity_record_get_uid (record), "owner", probity_session_get_person (step->session), error))
    return FALSE;
  officer = probity_record_get (record, "investigating_officer");
  if (officer != NULL)
    {
      g_autofree char *person = g_strconcat ("staff:", officer, NULL);

      if (!insert_investigator (write, step->session, db, probity_record_get_uid (record), "investigating-officer", person, error))
        return FALSE;
    }

  if (!probity_case_enter_stage (write, step->session, kind, record, kind->stages[0], NULL, error) ||
      !probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, "reference", NULL, reference, error))
    return FALSE;
  for (guint i = 0; step->objects != NULL && i < step->objects->len; i++)
    if (!probity_investigation_insert_subject (step, write, db, record, g_ptr_array_index (step->objects, i), "Named when the case was opened", error))
      return FALSE;
  if (probity_values_get (step->values, "decided_to_investigate") != NULL &&
      !record_decision (step, write, db, record, probity_values_get (step->values, "decided_to_investigate"), probity_values_get (step->values, "investigate_reason"), error))
    return FALSE;

  return probity_seal_finish (step, write, record, error) &&
         probity_step_return (step, write, record, result, error);
}

static ProbityStep *
make_open_step (ProbitySession        *session,
                const ProbityCaseKind *kind,
                ProbityValues         *values,
                GPtrArray             *subjects)
{
  ProbityStep *step = probity_step_new (session, kind, NULL);

  step->action = g_strdup ("open");
  step->values = probity_values_ref (values);
  if (subjects != NULL)
    {
      step->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
      for (guint i = 0; i < subjects->len; i++)
        {
          const ProbitySubject *subject = g_ptr_array_index (subjects, i);

          g_ptr_array_add (step->objects, probity_subject_new (subject->staff_number, subject->name, subject->date_of_birth));
        }
    }

  return step;
}

DexFuture *
probity_investigation_open (ProbitySession        *session,
                            const ProbityCaseKind *kind,
                            ProbityValues         *values,
                            GPtrArray             *subjects)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL && values != NULL);

  return probity_step_run (make_open_step (session, kind, values, subjects), open_write);
}

DexFuture *
probity_investigation_open_sealed (ProbitySession        *session,
                                   const ProbityCaseKind *kind,
                                   ProbityValues         *values,
                                   GPtrArray             *subjects,
                                   const char *const     *holders,
                                   const char            *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL && values != NULL && holders != NULL);

  step = make_open_step (session, kind, values, subjects);
  step->list = g_strdupv ((GStrv) holders);
  step->reason = g_strdup (reason);

  return probity_step_run (step, open_write);
}

static gboolean
update_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  static const char *const set_by_commands[] = { "owner", "investigating_officer", "decided_to_investigate", "investigate_reason" };
  ProbityStep             *step = data;
  g_autoptr (ProbityRecord) record = NULL;

  if (!probity_step_find_work (step, write, NULL, &record, error) || !probity_investigation_require_open (record, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (set_by_commands); i++)
    if (probity_values_get (step->values, set_by_commands[i]) != NULL)
      {
        g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, set_by_commands[i], "“%s” is set by a command of its own", set_by_commands[i]));
        return FALSE;
      }
  if (probity_record_get_version (record) != step->version)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT, "Somebody else saved this case in the meantime");
      return FALSE;
    }

  return probity_record_change (write, step->session, record, step->values, FALSE, NULL, NULL, error) &&
         probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_investigation_update (ProbitySession *session,
                              const char     *reference,
                              gint64          version,
                              ProbityValues  *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("change");
  step->version = version;
  step->values = probity_values_ref (values);

  return probity_step_run (step, update_write);
}

static gboolean
decide_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;

  if (!probity_step_find_work (step, write, &db, &record, error) || !probity_investigation_require_open (record, error))
    return FALSE;
  if (probity_record_get (record, "decided_to_investigate") != NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "To investigate %s was decided on %s", step->reference, probity_record_get (record, "decided_to_investigate"));
      return FALSE;
    }

  return record_decision (step, write, db, record, step->text, step->reason, error) &&
         probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_investigation_decide (ProbitySession *session,
                              const char     *reference,
                              const char     *day,
                              const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("decide-to-investigate");
  step->text = g_strdup (day);
  step->reason = g_strdup (reason);

  return probity_step_run (step, decide_write);
}

static gboolean
assign_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();

  if (!probity_step_find_work (step, write, &db, &record, error) || !probity_investigation_require_open (record, error) ||
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;

  if (step->text != NULL)
    {
      g_autofree char *person = NULL;

      if (!find_owner (step->session, step->text, &person, error) ||
          !insert_investigator (write, step->session, db, step->uid, "owner", person, error))
        return FALSE;
      probity_values_set (values, "owner", step->text);
    }
  if (step->staff_number != NULL)
    {
      g_autofree char *person = g_strconcat ("staff:", step->staff_number, NULL);

      if (!insert_investigator (write, step->session, db, step->uid, "investigating-officer", person, error))
        return FALSE;
      probity_values_set (values, "investigating_officer", step->staff_number);
    }

  return probity_record_change (write, step->session, record, values, FALSE, NULL, NULL, error) &&
         probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, "assigned", NULL, step->reason, error) &&
         probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_investigation_assign (ProbitySession *session,
                              const char     *reference,
                              const char     *owner,
                              const char     *investigating_officer,
                              const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("assign");
  step->text = g_strdup (owner);
  step->staff_number = g_strdup (investigating_officer);
  step->reason = g_strdup (reason);

  return probity_step_run (step, assign_write);
}
