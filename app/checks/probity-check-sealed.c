/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-gate-private.h"

/*
 * Later records and sealed second jobs. Who brings a complaint or report in may hold no key of a job that it
 * touches: then nothing is raised, and the next holder who begins to work raises it, in the sealed compartment.
 */

static gboolean
is_over (ProbityRecord *job)
{
  static const char *const over[] = { "refused", "dismissed", "withdrawn", "ceased", "lapsed", NULL };

  return g_strv_contains (over, probity_record_get (job, "stage"));
}

/* Open or answered: a record is raised once. */
static gboolean
was_raised (ProbityDb     *db,
            ProbityRecord *job,
            const char    *target_uid,
            gboolean      *ret_raised,
            GError       **error)
{
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, "SELECT 1 FROM recheck WHERE case_uid = $job AND target_uid = $target", "$job", 's', probity_record_get_uid (job), "$target", 's', target_uid, NULL);

  return row != NULL && probity_statement_step (row, ret_raised, error);
}

/* The sealed compartment is entered. */
static gboolean
touch_job (ProbityWrite    *write,
           ProbitySession  *session,
           ProbityCheckKind kind,
           GHashTable      *uids,
           GError         **error)
{
  const ProbityCompartment compartment = probity_check_kind_get_compartment (kind);
  ProbityDb               *db = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  ProbityDb               *staff = db != NULL ? probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error) : NULL;
  ProbityDb               *searched = staff != NULL ? probity_write_get_open_db (write, compartment, error) : NULL;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityCheckTarget) target = NULL;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (ProbityCheckSubject) subject = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) unseen = NULL;
  gboolean touched = FALSE;

  if (searched == NULL || !probity_record_read (db, &probity_second_job_kind, NULL, NULL, &job, error))
    return FALSE;
  if (job == NULL || is_over (job))
    return TRUE;
  target = probity_check_target_new_for_job (job);
  if (!probity_check_find (db, target, kind, FALSE, TRUE, &run, error))
    return FALSE;
  /* Without a published check it comes upon the record when it is checked. */
  if (run == NULL)
    return TRUE;
  if ((subject = probity_check_subject_new (staff, target, error)) == NULL ||
      (hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error)) == NULL ||
      (unseen = probity_gate_find_unseen (session, searched, subject, hits, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < unseen->len; i++)
    {
      ProbitySubjectHit *hit = g_ptr_array_index (unseen, i);
      gboolean           raised = FALSE;

      if (uids == NULL && !was_raised (db, job, hit->uid, &raised, error))
        return FALSE;
      if (raised || (uids != NULL && !g_hash_table_contains (uids, hit->uid)))
        continue;
      touched = TRUE;
      if (!probity_check_raise_recheck (write, session, db, job, hit->kind, hit->uid, hit->reference, hit->why, error))
        return FALSE;
    }
  if (!touched)
    return TRUE;
  probity_write_note_change (write, PROBITY_COMPARTMENT_REGISTERS, "second-job", probity_record_get_id (job), probity_record_get_uid (job));

  return (!probity_second_job_is_open (job) && !probity_second_job_has_appeal (job)) || probity_gate_void_views (write, session, db, job, error);
}

gboolean
probity_check_touch_sealed (ProbityWrite    *write,
                            ProbitySession  *session,
                            ProbityCheckKind kind,
                            GHashTable      *uids,
                            GError         **error)
{
  ProbityCasebook         *casebook = probity_session_get_casebook (session);
  const ProbityCompartment entered = probity_write_get_entered (write);
  ProbityCompartment       compartments[PROBITY_MAX_SEALED + 1];
  guint                    n;
  gboolean                 ok = TRUE;

  /* What is sealed itself is told to no other seal. */
  if (entered != PROBITY_COMPARTMENT_JOURNAL || !probity_casebook_has (casebook, probity_check_kind_get_compartment (kind)))
    return TRUE;

  n = probity_casebook_list_homes (casebook, PROBITY_COMPARTMENT_REGISTERS, compartments);
  for (guint i = 1; ok && i < n; i++)
    {
      probity_write_enter (write, compartments[i]);
      ok = touch_job (write, session, kind, uids, error);
    }
  probity_write_enter (write, entered);

  return ok;
}

static gboolean
catch_up_write (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_check_touch_sealed (write, data, PROBITY_CHECK_COMPLAINTS, NULL, error) &&
         probity_check_touch_sealed (write, data, PROBITY_CHECK_INTELLIGENCE, NULL, error);
}

DexFuture *
probity_check_catch_up (ProbitySession *session)
{
  ProbityCasebook   *casebook;
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  casebook = probity_session_get_casebook (session);
  if (!probity_casebook_has (casebook, PROBITY_COMPARTMENT_STANDARDS) ||
      probity_casebook_list_homes (casebook, PROBITY_COMPARTMENT_REGISTERS, compartments) == 1)
    return dex_future_new_true ();

  return probity_casebook_write (casebook, catch_up_write, g_object_ref (session), g_object_unref);
}
