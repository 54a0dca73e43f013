/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-checklist.h"

#include "probity-part.h"
#include "probity-profile.h"

/* The stage asked for, or where the case stands as its reader sees it. */
static gboolean
settle_stage (ProbityStep   *step,
              ProbityRecord *record,
              const char   **ret_stage,
              GError       **error)
{
  g_auto (GStrv) stages = NULL;

  *ret_stage = step->text != NULL ? step->text : probity_record_get (record, "stage");
  stages = probity_case_dup_stages (step->session, step->case_kind, record);
  if (*ret_stage != NULL && g_strv_contains ((const char *const *) stages, *ret_stage))
    return TRUE;

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "stage", "There is no stage “%.64s”", *ret_stage));

  return FALSE;
}

static gboolean
has_item (ProbityDb  *db,
          const char *case_uid,
          const char *stage,
          const char *code,
          gboolean   *ret_has,
          GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT 1 FROM case_checklist WHERE case_uid = $uid AND stage = $stage AND code = $code", "$uid", 's', case_uid, "$stage", 's', stage, "$code", 's', code, NULL);

  return statement != NULL && probity_statement_step (statement, ret_has, error);
}

static gboolean
insert_item (ProbityStep  *step,
             ProbityWrite *write,
             ProbityDb    *db,
             const char   *stage,
             guint         position,
             const char   *code,
             const char   *text,
             const char   *rule,
             GError      **error)
{
  ProbityProfile  *profile = probity_session_get_profile (step->session);
  g_autofree char *uid = probity_write_new_uid (write);

  return probity_db_run (db, error, "INSERT INTO case_checklist (uid, case_uid, stage, code, position, text, rule, profile_name, profile_version, applied_at, applied_by)"
                                    " VALUES ($uid, $case_uid, $stage, $code, $position, $text, $rule, $name, $version, $now, $me)",
                         "$uid",
                         's',
                         uid,
                         "$case_uid",
                         's',
                         step->uid,
                         "$stage",
                         's',
                         stage,
                         "$code",
                         's',
                         code,
                         "$position",
                         'i',
                         (gint64) position,
                         "$text",
                         's',
                         text,
                         "$rule",
                         's',
                         rule,
                         "$name",
                         's',
                         probity_profile_get_name (profile),
                         "$version",
                         's',
                         probity_profile_get_version (profile),
                         "$now",
                         's',
                         probity_write_get_now (write),
                         "$me",
                         's',
                         probity_session_get_account_uid (step->session),
                         NULL);
}

static gboolean
apply_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep     *step = data;
  ProbityProfile  *profile = probity_session_get_profile (step->session);
  g_autofree char *added_text = NULL;
  ProbityDb       *db;
  g_autoptr (ProbityRecord) record = NULL;
  ProbityValues *values;
  const char    *stage;
  guint          n_added = 0;

  if (!probity_step_find_work (step, write, &db, &record, error) ||
      !settle_stage (step, record, &stage, error))
    return FALSE;

  for (guint i = 0; i < probity_profile_get_n_checklist (profile, step->case_kind->name, stage); i++)
    {
      const char *code, *text, *rule;
      gboolean    has;

      probity_profile_get_checklist (profile, step->case_kind->name, stage, i, &code, &text, &rule);
      if (!has_item (db, step->uid, stage, code, &has, error) ||
          (!has && !insert_item (step, write, db, stage, i, code, text, rule, error)))
        return FALSE;
      n_added += !has;
    }

  added_text = g_strdup_printf ("%u", n_added);
  if (n_added > 0)
    {
      g_autofree char *field = g_strconcat ("checklist:", stage, NULL);

      if (!probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, field, NULL, added_text, error))
        return FALSE;
      probity_step_note_change (step, write, record);
    }
  values = probity_values_new ();
  probity_values_set (values, "added", added_text);

  return probity_part_return (result, values);
}

DexFuture *
probity_checklist_apply (ProbitySession        *session,
                         const ProbityCaseKind *kind,
                         const char            *reference,
                         const char            *stage)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup ("checklist-apply");
  step->text = g_strdup (stage);

  return probity_step_run (step, apply_write);
}

static gboolean
answer_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  static const char *const answers[] = { "done", "not-applicable", "open", NULL };
  ProbityStep             *step = data;
  const char              *stage;
  const char              *answer;
  g_autofree char         *field = NULL;
  ProbityDb               *db;
  g_autoptr (ProbityRecord) record = NULL;
  gboolean has;

  if (!probity_step_find_work (step, write, &db, &record, error) ||
      !settle_stage (step, record, &stage, error) ||
      !has_item (db, step->uid, stage, step->for_role, &has, error))
    return FALSE;
  if (!has || !g_strv_contains (answers, step->restricted))
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID,
                                                         has ? "answer" : "code",
                                                         has ? "“%.64s” is neither done, not-applicable nor open" : "“%.64s” stands in no checklist of this case",
                                                         has ? step->restricted : step->for_role));
      return FALSE;
    }
  if (g_str_equal (step->restricted, "not-applicable") && !probity_step_require_text ("note", step->reason, error))
    return FALSE;

  answer = g_str_equal (step->restricted, "open") ? NULL : step->restricted;
  field = g_strdup_printf ("checklist:%s:%s", stage, step->for_role);
  if (!probity_db_run (db, error, "UPDATE case_checklist SET answer = $answer, note = $note, answered_at = $now, answered_by = $me, version = version + 1"
                                  " WHERE case_uid = $uid AND stage = $stage AND code = $code",
                       "$answer",
                       's',
                       answer,
                       "$note",
                       's',
                       step->reason,
                       "$now",
                       's',
                       probity_write_get_now (write),
                       "$me",
                       's',
                       probity_session_get_account_uid (step->session),
                       "$uid",
                       's',
                       step->uid,
                       "$stage",
                       's',
                       stage,
                       "$code",
                       's',
                       step->for_role,
                       NULL) ||
      !probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, field, NULL, step->restricted, error))
    return FALSE;

  probity_step_note_change (step, write, record);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

DexFuture *
probity_checklist_answer (ProbitySession        *session,
                          const ProbityCaseKind *kind,
                          const char            *reference,
                          const char            *stage,
                          const char            *code,
                          const char            *answer,
                          const char            *note)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && code != NULL && answer != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup ("checklist-answer");
  step->text = g_strdup (stage);
  step->for_role = g_strdup (code);
  step->restricted = g_strdup (answer);
  step->reason = note != NULL && *note != '\0' ? g_strdup (note) : NULL;

  return probity_step_run (step, answer_write);
}

static gboolean
holds (GPtrArray  *items,
       const char *stage,
       const char *code)
{
  for (guint i = 0; i < items->len; i++)
    {
      ProbityValues *item = g_ptr_array_index (items, i);

      if (g_str_equal (probity_values_get (item, "stage"), stage) && g_str_equal (probity_values_get (item, "code"), code))
        return TRUE;
    }

  return FALSE;
}

static int
rank_stage (const char *const *stages,
            ProbityValues     *item)
{
  int i = 0;

  while (stages[i] != NULL && !g_str_equal (stages[i], probity_values_get (item, "stage")))
    i++;

  return i;
}

static int
compare_stages (gconstpointer a,
                gconstpointer b,
                gpointer      data)
{
  return rank_stage (data, (ProbityValues *) a) - rank_stage (data, (ProbityValues *) b);
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  static const char *const names[] = { "stage", "code", "text", "rule", "answer", "note", "answered_at", "@answered_by", "applied_at", NULL };
  ProbityStep             *step = data;
  ProbityProfile          *profile = probity_session_get_profile (step->session);
  const char              *present;
  ProbityDb               *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_auto (GStrv) stages = NULL;

  if (!probity_step_find_read (step, read, &db, &record, error))
    return FALSE;
  items = probity_part_load (db, step->session, "SELECT stage, code, text, rule, coalesce (answer, 'open'), note, answered_at, answered_by, applied_at"
                                                " FROM case_checklist WHERE case_uid = $uid ORDER BY position, id",
                             step->uid,
                             names,
                             error);
  if (items == NULL)
    return FALSE;

  present = probity_record_get (record, "stage");
  for (guint i = 0; present != NULL && i < probity_profile_get_n_checklist (profile, step->case_kind->name, present); i++)
    {
      const char    *code, *text, *rule;
      ProbityValues *item;

      probity_profile_get_checklist (profile, step->case_kind->name, present, i, &code, &text, &rule);
      if (holds (items, present, code))
        continue;
      item = probity_values_new ();
      probity_values_set (item, "stage", present);
      probity_values_set (item, "code", code);
      probity_values_set (item, "text", text);
      probity_values_set (item, "rule", rule);
      probity_values_set (item, "answer", "not-applied");
      g_ptr_array_add (items, item);
    }
  for (guint i = 0; i < items->len; i++)
    {
      ProbityValues *item = g_ptr_array_index (items, i);

      probity_values_set (item, "present", g_strcmp0 (probity_values_get (item, "stage"), present) == 0 ? "true" : "false");
    }
  stages = probity_case_dup_stages (step->session, step->case_kind, record);
  g_ptr_array_sort_values_with_data (items, compare_stages, stages);

  return probity_part_return_list (result, g_steal_pointer (&items));
}

DexFuture *
probity_checklist_load (ProbitySession        *session,
                        const ProbityCaseKind *kind,
                        const char            *reference)
{
  return probity_part_read (session, kind, reference, "checklist", load_read);
}
