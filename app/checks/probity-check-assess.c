/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-profile.h"

/* Verdicts on hits, and publishing what a check found. */

static ProbityCheckKind
kind_of_hit (const char *hit)
{
  return hit[0] == 'i' ? PROBITY_CHECK_INTELLIGENCE : PROBITY_CHECK_COMPLAINTS;
}

static gboolean
require_verdict (const char *verdict,
                 GError    **error)
{
  const char *const verdicts[] = { "relevant", "not-relevant", "not-the-same-person", NULL };

  if (verdict != NULL && g_strv_contains (verdicts, verdict))
    return TRUE;

  g_propagate_error (error,
                     probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "verdict", "A verdict is relevant, not-relevant or not-the-same-person"));

  return FALSE;
}

static ProbityCheckHitRow *
find_hit (GPtrArray  *hits,
          const char *hit)
{
  for (guint i = 0; hits != NULL && i < hits->len; i++)
    {
      ProbityCheckHitRow *row = g_ptr_array_index (hits, i);

      if (g_str_equal (row->hit, hit))
        return row;
    }

  return NULL;
}

static gboolean
assess_open_hit (ProbityStep        *step,
                 ProbityWrite       *write,
                 ProbityDb          *db,
                 ProbityCheckTarget *target,
                 ProbityRow         *run,
                 ProbityCheckHitRow *hit,
                 GError            **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();

  probity_row_set (row, "case_uid", probity_check_target_get_uid (target));
  probity_row_set (row, "staff_number", target->subject);
  probity_row_set (row, "hit", hit->hit);
  probity_row_set (row, "target_kind", hit->target_kind);
  probity_row_set (row, "target_uid", hit->target_uid);
  probity_row_set (row, "target_digest", hit->target_digest);
  /* Of the records as the checker saw them: what changed since is searched again before it is published. */
  probity_row_set (row, "subject_digest", probity_row_get (run, "subject_digest"));
  probity_row_set (row, "material_digest", probity_row_get (run, "material_digest"));
  probity_row_set (row, "verdict", step->action);
  probity_row_set (row, "reason", step->reason);

  return probity_signed_insert (&probity_signed_assessment, write, step->session, db, probity_check_target_get_uid (target), row, error) &&
         probity_db_run (db, error, "UPDATE check_hit SET assessment_uid = $assessment, version = version + 1 WHERE uid = $uid", "$assessment", 's', probity_row_get (row, "uid"), "$uid", 's', hit->uid, NULL) &&
         probity_audit_add (write, step->session, probity_db_get_compartment (db), PROBITY_VERB_ALTERATION, probity_check_target_get_case_kind (target), probity_check_target_get_uid (target), "assessment", hit->assessment != NULL ? probity_row_get (hit->assessment, "verdict") : NULL, step->action, error);
}

static gboolean
assess_recheck (ProbityStep        *step,
                ProbityWrite       *write,
                ProbityDb          *db,
                ProbityCheckTarget *target,
                ProbityCheckKind    kind,
                gboolean           *ret_found,
                GError            **error)
{
  g_autoptr (GPtrArray) rechecks = probity_check_load_rechecks (db, probity_check_target_get_uid (target), kind, error);

  *ret_found = FALSE;
  if (rechecks == NULL)
    return FALSE;
  for (guint i = 0; i < rechecks->len; i++)
    {
      ProbityRow      *recheck = g_ptr_array_index (rechecks, i);
      g_autofree char *hit = probity_check_dup_hit_id (target, kind, probity_row_get (recheck, "target_uid"));

      if (!g_str_equal (hit, step->text))
        continue;
      *ret_found = TRUE;

      return probity_check_close_recheck (write, step->session, db, recheck, step->action, step->reason, error);
    }

  return TRUE;
}

/* The subject whose open check has the hit; where none has, the first, of whom a re-check may ask. */
static gboolean
find_target_of_hit (ProbityStep         *step,
                    ProbityDb           *db,
                    GPtrArray           *targets,
                    ProbityCheckKind     kind,
                    ProbityCheckTarget **ret_target,
                    ProbityRow         **ret_run,
                    GPtrArray          **ret_hits,
                    GError             **error)
{
  for (guint i = 0; i < targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (targets, i);
      g_autoptr (ProbityRow) run = NULL;
      g_autoptr (GPtrArray) hits = NULL;

      if (!probity_check_find (db, target, kind, TRUE, FALSE, &run, error) ||
          (run != NULL && (hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error)) == NULL))
        return FALSE;
      if (find_hit (hits, step->text) == NULL)
        continue;
      *ret_target = target;
      *ret_run = g_steal_pointer (&run);
      *ret_hits = g_steal_pointer (&hits);
      return TRUE;
    }

  *ret_target = g_ptr_array_index (targets, 0);

  return TRUE;
}

static gboolean
assess_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCheckKind kind = kind_of_hit (step->text);
  ProbityDb             *staff, *db;
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  ProbityCheckTarget *target;
  ProbityCheckHitRow *hit = NULL;
  ProbityCheck       *check;
  gboolean            found = FALSE;

  if (!probity_check_step_find_all (step, write, &staff, &targets, error))
    return FALSE;
  target = g_ptr_array_index (targets, 0);
  if (!probity_step_require (step->session, probity_check_target_get_operation (target, kind), error) ||
      !require_verdict (step->action, error) ||
      !probity_step_require_text ("reason", step->reason, error) ||
      !probity_check_require_separation (step, write, target, error) ||
      (db = probity_write_get_db (write, probity_check_target_get_compartment (target, kind), error)) == NULL ||
      !find_target_of_hit (step, db, targets, kind, &target, &run, &hits, error))
    return FALSE;

  hit = find_hit (hits, step->text);
  if (hit != NULL)
    {
      if (!assess_open_hit (step, write, db, target, run, hit, error))
        return FALSE;
    }
  else if (!assess_recheck (step, write, db, target, kind, &found, error))
    {
      return FALSE;
    }
  else if (!found)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s has no open check with the hit “%s”; run the check first", step->reference, step->text);
      return FALSE;
    }

  g_clear_pointer (&run, probity_row_free);
  g_value_init (result, PROBITY_TYPE_CHECK);
  if (!probity_check_find (db, target, kind, TRUE, TRUE, &run, error))
    return FALSE;
  if (run == NULL)
    return TRUE;
  if ((check = probity_check_new_from_run (step->session, db, run, error)) == NULL)
    return FALSE;
  probity_write_note_change (write, probity_db_get_compartment (db), "check", probity_row_get_int (run, "id"), check->uid);
  g_value_take_boxed (result, check);

  return TRUE;
}

/**
 * probity_check_assess:
 * @hit: the hit's id, of an open check or of an open re-check
 * @verdict: relevant, not-relevant, not-the-same-person
 * @reason: why; required
 *
 * Signed, remembered, and asked again only if either record changes. Resolves to #ProbityCheck.
 */
DexFuture *
probity_check_assess (ProbitySession *session,
                      const char     *reference,
                      const char     *hit,
                      const char     *verdict,
                      const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && hit != NULL);

  step = probity_step_new (session, NULL, reference);
  step->text = g_strdup (hit);
  step->action = g_strdup (verdict);
  step->reason = g_strdup (reason);

  return probity_step_run (step, assess_write);
}

static gboolean
insert_searches (ProbityStep  *step,
                 ProbityWrite *write,
                 ProbityDb    *db,
                 ProbityRow   *run,
                 GError      **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; step->list != NULL && step->list[i] != NULL; i++)
    {
      const char      *equals = strchr (step->list[i], '=');
      g_autofree char *uid = NULL;
      g_autofree char *system = NULL;

      if (equals == NULL || equals == step->list[i] || equals[1] == '\0')
        {
          g_propagate_error (error,
                             probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "searched", "“%s” is not of the form SYSTEM=RESULT", step->list[i]));
          return FALSE;
        }
      system = g_strndup (step->list[i], equals - step->list[i]);
      if (!probity_step_require_text ("searched", system, error) || !probity_step_require_text ("searched", equals + 1, error))
        return FALSE;
      if (!g_hash_table_add (seen, g_strdup (system)))
        {
          g_propagate_error (error,
                             probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "searched", "“%s” is there twice", system));
          return FALSE;
        }
      uid = probity_write_new_uid (write);
      if (!probity_db_run (db, error, "INSERT INTO check_search (uid, check_run_id, system, result, account, at)"
                                      " VALUES ($uid, $run, $system, $result, $account, $at)",
                           "$uid",
                           's',
                           uid,
                           "$run",
                           'i',
                           probity_row_get_int (run, "id"),
                           "$system",
                           's',
                           system,
                           "$result",
                           's',
                           equals + 1,
                           "$account",
                           's',
                           probity_session_get_account_uid (step->session),
                           "$at",
                           's',
                           probity_write_get_now (write),
                           NULL))
        return FALSE;
    }

  {
    g_auto (GStrv) required = probity_profile_dup_required_systems (probity_session_get_profile (step->session),
                                                                    probity_check_kind_to_string ((ProbityCheckKind) step->kind));

    for (guint i = 0; required != NULL && required[i] != NULL; i++)
      if (!g_hash_table_contains (seen, required[i]))
        {
          g_propagate_error (error,
                             probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "searched", "Say what came of searching “%s”, or why it was not searched", required[i]));
          return FALSE;
        }
  }

  return TRUE;
}

/* What the published check covers also answers the re-checks that asked for it. */
static gboolean
close_rechecks (ProbityStep        *step,
                ProbityWrite       *write,
                ProbityDb          *db,
                ProbityCheckTarget *target,
                ProbityCheckKind    kind,
                GPtrArray          *hits,
                GError            **error)
{
  g_autoptr (GPtrArray) rechecks = probity_check_load_rechecks (db, probity_check_target_get_uid (target), kind, error);

  if (rechecks == NULL)
    return FALSE;
  for (guint i = 0; i < rechecks->len; i++)
    {
      ProbityRow *recheck = g_ptr_array_index (rechecks, i);

      for (guint j = 0; j < hits->len; j++)
        {
          ProbityCheckHitRow *hit = g_ptr_array_index (hits, j);

          if (g_str_equal (hit->target_uid, probity_row_get (recheck, "target_uid")) &&
              !probity_check_close_recheck (write, step->session, db, recheck, probity_row_get (hit->assessment, "verdict"), probity_row_get (hit->assessment, "reason"), error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
sign_and_publish (ProbityStep        *step,
                  ProbityWrite       *write,
                  ProbityDb          *db,
                  ProbityCheckTarget *target,
                  ProbityRow         *run,
                  GPtrArray          *hits,
                  GError            **error)
{
  g_autofree char *searches = probity_check_dup_searches_digest (db, probity_row_get_int (run, "id"), error);
  g_autofree char *assessments = probity_check_dup_assessments_digest (hits);

  if (searches == NULL)
    return FALSE;
  probity_row_set (run, "published", probity_write_get_now (write));
  probity_row_set (run, "account", probity_session_get_account_uid (step->session));
  probity_row_set (run, "person", probity_session_get_person (step->session));
  probity_row_set (run, "result", step->flag ? "concern" : "no-concern");
  probity_row_set (run, "searches_digest", searches);
  probity_row_set (run, "assessments_digest", assessments);

  return probity_signed_sign (&probity_signed_check, step->session, probity_check_target_get_uid (target), run, error) &&
         probity_signed_sign (&probity_signed_check_clearance, step->session, probity_check_target_get_uid (target), run, error) &&
         probity_db_run (db, error, "UPDATE check_run SET published = $published, account = $account, person = $person, result = $result,"
                                    " searches_digest = $searches, assessments_digest = $assessments, signature = $signature,"
                                    " clearance_signature = $clearance, version = version + 1 WHERE id = $id",
                         "$id",
                         'i',
                         probity_row_get_int (run, "id"),
                         "$published",
                         's',
                         probity_row_get (run, "published"),
                         "$account",
                         's',
                         probity_row_get (run, "account"),
                         "$person",
                         's',
                         probity_row_get (run, "person"),
                         "$result",
                         's',
                         probity_row_get (run, "result"),
                         "$searches",
                         's',
                         searches,
                         "$assessments",
                         's',
                         assessments,
                         "$signature",
                         'b',
                         probity_row_get_bytes (run, "signature"),
                         "$clearance",
                         'b',
                         probity_row_get_bytes (run, "clearance_signature"),
                         NULL);
}

static gboolean
publish_write (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCheckKind kind = (ProbityCheckKind) step->kind;
  ProbityDb             *staff, *db;
  g_autoptr (ProbityCheckTarget) target = NULL;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  ProbityCheck *check;
  guint         n_unassessed;

  if (!probity_check_step_find (step, write, &staff, &target, error) ||
      !probity_step_require (step->session, probity_check_target_get_operation (target, kind), error) ||
      !probity_check_require_separation (step, write, target, error) ||
      (db = probity_write_get_db (write, probity_check_target_get_compartment (target, kind), error)) == NULL ||
      !probity_check_find (db, target, kind, TRUE, FALSE, &run, error))
    return FALSE;
  if (run == NULL)
    return probity_step_refuse (error,
                                kind == PROBITY_CHECK_COMPLAINTS ? "complaints-check" : "intelligence-check",
                                "%s has no open check of this kind; run it first",
                                step->reference);

  /* What was entered since the last search is not published over. */
  if (!probity_check_refresh (write, step->session, staff, db, target, kind, run, &n_unassessed, error))
    return FALSE;
  if (n_unassessed > 0)
    return probity_step_refuse (error, "unassessed-hits", "%u of the hits have no verdict", n_unassessed);

  if (!insert_searches (step, write, db, run, error) ||
      (hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error)) == NULL ||
      !sign_and_publish (step, write, db, target, run, hits, error) ||
      !close_rechecks (step, write, db, target, kind, hits, error) ||
      !probity_audit_add (write, step->session, probity_db_get_compartment (db), PROBITY_VERB_COLLECTION, probity_check_target_get_case_kind (target), probity_check_target_get_uid (target), "check-published", NULL, probity_row_get (run, "result"), error) ||
      (check = probity_check_new_from_run (step->session, db, run, error)) == NULL)
    return FALSE;

  probity_write_note_change (write, probity_db_get_compartment (db), "check", probity_row_get_int (run, "id"), check->uid);
  g_value_init (result, PROBITY_TYPE_CHECK);
  g_value_take_boxed (result, check);

  return TRUE;
}

static ProbityStep *
publish_step_new (ProbitySession    *session,
                  const char        *reference,
                  const char        *subject,
                  ProbityCheckKind   kind,
                  gboolean           concern,
                  const char *const *searched)
{
  ProbityStep *step = probity_step_new (session, NULL, reference);

  step->action = g_strdup_printf ("publish:%s", probity_check_kind_to_string (kind));
  step->staff_number = g_strdup (subject);
  step->kind = (int) kind;
  step->flag = !!concern;
  step->list = g_strdupv ((GStrv) searched);

  return step;
}

/**
 * probity_check_publish:
 * @concern: whether something speaks against the application; no match is never worded as "clear"
 * @searched: (nullable): NULL-terminated `SYSTEM=RESULT`: other systems, and what came or why not
 *
 * Signs the whole result, kept in the check's compartment, and beside it a clearance that holds no
 * result, for the decision. Resolves to #ProbityCheck.
 */
DexFuture *
probity_check_publish (ProbitySession    *session,
                       const char        *reference,
                       const char        *subject,
                       ProbityCheckKind   kind,
                       gboolean           concern,
                       const char *const *searched)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  return probity_step_run (publish_step_new (session, reference, subject, kind, concern, searched), publish_write);
}

DexFuture *
probity_check_publish_in_batch (ProbitySession    *session,
                                const char        *reference,
                                ProbityCheckKind   kind,
                                const char *const *searched)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = publish_step_new (session, reference, NULL, kind, FALSE, searched);
  step->unasked = TRUE;

  return probity_step_run (step, publish_write);
}
