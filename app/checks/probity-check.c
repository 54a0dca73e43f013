/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"

/* Making and looking at a check. */

static void
free_hit (gpointer data)
{
  ProbityHit *self = data;

  g_free (self->id);
  g_free (self->compartment);
  g_free (self->kind);
  g_free (self->uid);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->why);
  g_free (self->verdict);
  g_free (self->reason);
  g_free (self);
}

static gpointer
copy_hit (gconstpointer data,
          gpointer      user_data)
{
  const ProbityHit *hit = data;
  ProbityHit       *copy = g_memdup2 (hit, sizeof *hit);

  copy->id = g_strdup (hit->id);
  copy->compartment = g_strdup (hit->compartment);
  copy->kind = g_strdup (hit->kind);
  copy->uid = g_strdup (hit->uid);
  copy->reference = g_strdup (hit->reference);
  copy->title = g_strdup (hit->title);
  copy->subject = g_strdup (hit->subject);
  copy->why = g_strdup (hit->why);
  copy->verdict = g_strdup (hit->verdict);
  copy->reason = g_strdup (hit->reason);

  return copy;
}

static gpointer
copy_text (gconstpointer data,
           gpointer      user_data)
{
  return g_strdup (data);
}

static ProbityCheck *
probity_check_copy (ProbityCheck *self)
{
  ProbityCheck *copy = g_memdup2 (self, sizeof *self);

  copy->uid = g_strdup (self->uid);
  copy->reference = g_strdup (self->reference);
  copy->subject = g_strdup (self->subject);
  copy->started = g_strdup (self->started);
  copy->by = g_strdup (self->by);
  copy->published = g_strdup (self->published);
  copy->result = g_strdup (self->result);
  copy->digest = g_strdup (self->digest);
  copy->hits = g_ptr_array_copy (self->hits, (GCopyFunc) copy_hit, NULL);
  g_ptr_array_set_free_func (copy->hits, free_hit);
  copy->searched = g_ptr_array_copy (self->searched, (GCopyFunc) copy_text, NULL);
  g_ptr_array_set_free_func (copy->searched, g_free);

  return copy;
}

void
probity_check_free (ProbityCheck *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->reference);
  g_free (self->subject);
  g_free (self->started);
  g_free (self->by);
  g_free (self->published);
  g_free (self->result);
  g_free (self->digest);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->searched, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityCheck, probity_check, probity_check_copy, probity_check_free)

static int
compare_score (gconstpointer a,
               gconstpointer b)
{
  const ProbityHit *hit_a = *(const ProbityHit *const *) a;
  const ProbityHit *hit_b = *(const ProbityHit *const *) b;

  if (hit_a->score != hit_b->score)
    return hit_a->score > hit_b->score ? -1 : 1;

  return g_strcmp0 (hit_a->reference, hit_b->reference);
}

static gboolean
load_searched (ProbityDb *db,
               gint64     id,
               GPtrArray *searched,
               GError   **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT system || '=' || result FROM check_search"
                                                                        " WHERE check_run_id = $id ORDER BY system",
                                                             "$id",
                                                             'i',
                                                             id,
                                                             NULL);

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      g_ptr_array_add (searched, probity_statement_dup_text (statement, 0));
    }
}

ProbityCheck *
probity_check_new_from_run (ProbitySession *session,
                            ProbityDb      *db,
                            ProbityRow     *run,
                            GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  const ProbityAccount *account;
  const gint64          id = probity_row_get_int (run, "id");
  g_autoptr (GPtrArray) rows = probity_check_load_hits (db, id, error);
  ProbityCheck *self;

  if (rows == NULL)
    return NULL;

  self = g_new0 (ProbityCheck, 1);
  self->uid = g_strdup (probity_row_get (run, "uid"));
  self->reference = g_strdup (probity_row_get (run, "reference"));
  self->subject = g_strdup (probity_row_get (run, "staff_number"));
  self->started = g_strdup (probity_row_get (run, "started"));
  account = probity_keyring_find (keyring, probity_row_get (run, probity_row_get (run, "account") != NULL ? "account" : "started_by"));
  self->by = account != NULL ? g_strdup (account->name) : NULL;
  self->published = g_strdup (probity_row_get (run, "published"));
  self->result = g_strdup (probity_row_get (run, "result"));
  self->digest = g_strdup (probity_row_get (run, "records_digest"));
  self->hits = g_ptr_array_new_with_free_func (free_hit);
  self->searched = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++)
    {
      ProbityCheckHitRow *row = g_ptr_array_index (rows, i);
      ProbityHit         *hit = g_new0 (ProbityHit, 1);

      hit->id = g_strdup (row->hit);
      hit->compartment = g_strdup (probity_compartment_to_string (row->hit[0] == 'c' ? PROBITY_COMPARTMENT_STANDARDS : PROBITY_COMPARTMENT_INTELLIGENCE));
      hit->kind = g_strdup (row->target_kind);
      hit->uid = g_strdup (row->target_uid);
      hit->reference = g_strdup (row->target_reference);
      hit->title = g_strdup (row->title);
      hit->subject = g_strdup (row->subject);
      hit->score = row->score;
      hit->why = g_strdup (row->why);
      if (row->assessment != NULL)
        {
          hit->verdict = g_strdup (probity_row_get (row->assessment, "verdict"));
          hit->reason = g_strdup (probity_row_get (row->assessment, "reason"));
          hit->remembered = g_strcmp0 (probity_row_get (row->assessment, "at"), self->started) < 0;
        }
      g_ptr_array_add (self->hits, hit);
    }
  g_ptr_array_sort (self->hits, compare_score);

  if (!load_searched (db, id, self->searched, error))
    {
      probity_check_free (self);
      return NULL;
    }

  return self;
}

/* Applicant, line manager, checkers and decider are different people. */
gboolean
probity_check_require_separation (ProbityStep        *step,
                                  ProbityWrite       *write,
                                  ProbityCheckTarget *target,
                                  GError            **error)
{
  const char    *person = probity_session_get_person (step->session);
  ProbityRecord *job = target->record;
  ProbityDb     *db = probity_write_get_db (write, probity_record_kind_get_compartment (probity_record_get_kind (job)), error);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found;

  if (db == NULL)
    return FALSE;
  if (!probity_check_target_is_second_job (target))
    {
      gboolean investigates;

      if (!probity_check_is_investigator (db, probity_check_target_get_uid (target), person, &investigates, error))
        return FALSE;
      if (investigates)
        return probity_step_refuse (error, "separation-of-duties", "Who investigates a case does not make its checks");
      return TRUE;
    }
  if (probity_second_job_is_party (job, person))
    return probity_step_refuse (error, "separation-of-duties", "The applicant’s manager does not check the application");

  statement = probity_db_query (db, error, "SELECT 1 FROM second_job_comment WHERE second_job_id = $id AND round = $round AND person = $person", "$id", 'i', probity_record_get_id (job), "$round", 'i', probity_second_job_get_round (job), "$person", 's', person, NULL);
  if (statement == NULL || !probity_statement_step (statement, &found, error))
    return FALSE;
  if (found)
    return probity_step_refuse (error, "separation-of-duties", "Who commented on an application does not check it");

  return TRUE;
}

static gboolean
require_checkable (ProbityCheckTarget *target,
                   GError            **error)
{
  ProbityRecord    *job = target->record;
  const char       *stage = probity_record_get (job, "stage");
  const char *const closed[] = { "refused", "dismissed", "withdrawn", "ceased", "lapsed", "closed", NULL };

  if (!g_strv_contains (closed, stage))
    return TRUE;

  g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is closed", probity_record_get_reference (job));

  return FALSE;
}

static gboolean
insert_run (ProbityWrite       *write,
            ProbitySession     *session,
            ProbityDb          *db,
            ProbityCheckTarget *target,
            ProbityCheckKind    kind,
            GError            **error)
{
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *uid = probity_write_new_uid (write);

  probity_row_set (row, "uid", uid);
  probity_row_set (row, "case_uid", probity_check_target_get_uid (target));
  probity_row_set (row, "case_kind", probity_check_target_get_case_kind (target));
  probity_row_set (row, "reference", probity_check_target_get_reference (target));
  probity_row_set (row, "staff_number", target->subject);
  probity_row_set (row, "kind", probity_check_kind_to_string (kind));
  probity_row_set (row, "started", probity_write_get_now (write));
  probity_row_set (row, "started_by", probity_session_get_account_uid (session));
  probity_row_set (row, "searched_at", probity_write_get_now (write));
  probity_row_set (row, "material_digest", target->material_digest);
  probity_row_set (row, "subject_digest", "");
  probity_row_set (row, "records_digest", "");
  probity_row_set (row, "coverage", "{}");

  return probity_row_insert (db, "check_run", row, error);
}

static gboolean
run_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCheckKind kind = (ProbityCheckKind) step->kind;
  ProbityDb             *staff, *db;
  g_autoptr (ProbityCheckTarget) target = NULL;
  g_autoptr (ProbityRow) run = NULL;
  g_autofree char *summary = NULL;
  ProbityCheck    *check;
  guint            n_unassessed;

  if (!probity_check_step_find (step, write, &staff, &target, error) ||
      !probity_step_require (step->session, probity_check_target_get_operation (target, kind), error) ||
      !require_checkable (target, error) ||
      !probity_check_require_separation (step, write, target, error) ||
      (db = probity_write_get_db (write, probity_check_target_get_compartment (target, kind), error)) == NULL ||
      !probity_check_find (db, target, kind, TRUE, FALSE, &run, error))
    return FALSE;

  if (run == NULL &&
      (!insert_run (write, step->session, db, target, kind, error) ||
       !probity_check_find (db, target, kind, TRUE, FALSE, &run, error)))
    return FALSE;
  if (!probity_check_refresh (write, step->session, staff, db, target, kind, run, &n_unassessed, error))
    return FALSE;

  g_clear_pointer (&run, probity_row_free);
  if (!probity_check_find (db, target, kind, TRUE, FALSE, &run, error) ||
      (check = probity_check_new_from_run (step->session, db, run, error)) == NULL)
    return FALSE;
  g_value_init (result, PROBITY_TYPE_CHECK);
  g_value_take_boxed (result, check);

  summary = g_strdup_printf ("%s: %u hits", probity_check_kind_to_string (kind), check->hits->len);
  probity_write_note_change (write, probity_db_get_compartment (db), "check", probity_row_get_int (run, "id"), check->uid);

  return probity_audit_add (write, step->session, probity_db_get_compartment (db), PROBITY_VERB_COMBINATION, probity_check_target_get_case_kind (target), probity_check_target_get_uid (target), "check", NULL, summary, error);
}

static ProbityStep *
run_step_new (ProbitySession  *session,
              const char      *reference,
              const char      *subject,
              ProbityCheckKind kind)
{
  ProbityStep *step = probity_step_new (session, NULL, reference);

  step->action = g_strdup_printf ("check:%s", probity_check_kind_to_string (kind));
  step->staff_number = g_strdup (subject);
  step->kind = (int) kind;

  return step;
}

/**
 * probity_check_run:
 * @reference: of any case
 * @subject: (nullable): of a case about several people the one: staff number, name or uid
 *
 * Searches `standards` (complaints) or `intelligence` for likely records of the case's subject and
 * stores what it found. An open check is searched again and keeps its verdicts; a verdict of an
 * earlier check counts while neither record has changed.
 */
DexFuture *
probity_check_run (ProbitySession  *session,
                   const char      *reference,
                   const char      *subject,
                   ProbityCheckKind kind)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  return probity_step_run (run_step_new (session, reference, subject, kind), run_write);
}

DexFuture *
probity_check_run_in_batch (ProbitySession  *session,
                            const char      *reference,
                            ProbityCheckKind kind)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = run_step_new (session, reference, NULL, kind);
  step->unasked = TRUE;

  return probity_step_run (step, run_write);
}

/* Looking is logged before anything is shown; in the compartment of the check, so in a command. */
static gboolean
load_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCheckKind kind = (ProbityCheckKind) step->kind;
  ProbityCompartment     compartment;
  ProbityDb             *staff, *db;
  g_autoptr (ProbityCheckTarget) target = NULL;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (ProbityCheckSubject) subject = NULL;
  ProbityCheck *check = NULL;

  if (!probity_check_step_find (step, write, &staff, &target, error))
    return FALSE;
  compartment = probity_check_target_get_compartment (target, kind);
  if (!probity_access_check (step->session,
                             compartment == PROBITY_COMPARTMENT_STANDARDS ? PROBITY_OPERATION_READ_STANDARDS : PROBITY_OPERATION_READ_INTELLIGENCE,
                             error) ||
      (db = probity_write_get_db (write, compartment, error)) == NULL ||
      !probity_check_find (db, target, kind, TRUE, TRUE, &run, error))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_CHECK);
  if (run == NULL)
    return TRUE;
  if ((check = probity_check_new_from_run (step->session, db, run, error)) == NULL)
    return FALSE;
  g_value_take_boxed (result, check);
  if ((subject = probity_check_subject_new (staff, target, error)) == NULL)
    return FALSE;
  check->stale = g_strcmp0 (probity_row_get (run, "material_digest"), target->material_digest) != 0 ||
                 g_strcmp0 (probity_row_get (run, "subject_digest"), subject->digest) != 0;

  return probity_audit_add (write,
                            step->session,
                            probity_casebook_get_highest (probity_session_get_casebook (step->session)),
                            PROBITY_VERB_CONSULTATION,
                            probity_check_target_get_case_kind (target),
                            probity_check_target_get_uid (target),
                            "check",
                            NULL,
                            NULL,
                            error);
}

/** probity_check_load: the newest check of the kind, open or published; a %NULL box where none was begun. */
DexFuture *
probity_check_load (ProbitySession  *session,
                    const char      *reference,
                    const char      *subject,
                    ProbityCheckKind kind)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("check");
  step->staff_number = g_strdup (subject);
  step->kind = (int) kind;

  return probity_step_run (step, load_write);
}
