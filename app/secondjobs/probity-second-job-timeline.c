/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"

/* What happened to a case, from every compartment that the reader holds, oldest first. */

static void
free_item (gpointer data)
{
  ProbityTimelineItem *self = data;

  g_free (self->at);
  g_free (self->who);
  g_free (self->what);
  g_free (self->text);
  g_free (self);
}

/* Each gives at, account, what, text of the rows of one case. */
static const struct
{
  ProbityCompartment compartment;
  const char        *sql;
} sources[] = {
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT h.at, h.account, h.stage, h.note FROM stage_history AS h JOIN second_job AS j ON j.id = h.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT c.at, c.account, 'commented:' || c.for_role || CASE c.supports WHEN 1 THEN ':supports' ELSE ':does-not-support' END, c.text"
                                   " FROM second_job_comment AS c JOIN second_job AS j ON j.id = c.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT s.at, s.account, 'stand-in', s.staff_number || ': ' || s.reason FROM stand_in AS s JOIN second_job AS j ON j.id = s.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT w.at, w.account, 'waived:' || w.for_role, w.reason FROM waiver AS w JOIN second_job AS j ON j.id = w.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT d.at, d.account, 'decision:' || d.action, d.open_reasons FROM decision AS d JOIN second_job AS j ON j.id = d.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT r.at, r.account, 'review:' || r.result, r.note FROM review AS r JOIN second_job AS j ON j.id = r.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT a.at, a.account, 'application:' || a.kind, NULL FROM application_statement AS a JOIN second_job AS j ON j.id = a.second_job_id WHERE j.uid = $uid AND a.kind <> 'submitted'" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT started, started_by, 'check-started:' || kind, NULL FROM check_run WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT published, account, 'check-published:' || kind, result FROM check_run WHERE second_job_uid = $uid AND published IS NOT NULL" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT raised, raised_by, 'recheck-raised', target_reference FROM recheck WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT closed, closed_by, 'recheck-closed:' || verdict, reason FROM recheck WHERE second_job_uid = $uid AND closed IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT started, started_by, 'check-started:' || kind, NULL FROM check_run WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT published, account, 'check-published:' || kind, result FROM check_run WHERE second_job_uid = $uid AND published IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT raised, raised_by, 'recheck-raised', target_reference FROM recheck WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT closed, closed_by, 'recheck-closed:' || verdict, reason FROM recheck WHERE second_job_uid = $uid AND closed IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'advice:' || advice, text FROM advice WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'viewed:' || CASE objection WHEN 1 THEN 'objection' ELSE 'no-objection' END, reasons FROM standards_view WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'restricted-reasons', text FROM restricted_reason WHERE second_job_uid = $uid" },
};

static int
compare_at (gconstpointer a,
            gconstpointer b)
{
  return g_strcmp0 ((*(const ProbityTimelineItem *const *) a)->at, (*(const ProbityTimelineItem *const *) b)->at);
}

static gboolean
add_items (ProbityDb      *db,
           ProbityKeyring *keyring,
           const char     *sql,
           const char     *uid,
           GPtrArray      *items,
           GError        **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$uid", 's', uid, NULL);

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      const ProbityAccount *account;
      ProbityTimelineItem  *item;
      gboolean              row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      item = g_new0 (ProbityTimelineItem, 1);
      item->at = probity_statement_dup_text (statement, 0);
      account = probity_statement_is_null (statement, 1) ? NULL : probity_keyring_find (keyring, probity_statement_get_text (statement, 1));
      item->who = account != NULL ? g_strdup (account->name) : probity_statement_dup_text (statement, 1);
      item->what = probity_statement_dup_text (statement, 2);
      item->text = probity_statement_dup_text (statement, 3);
      g_ptr_array_add (items, item);
    }
}

static gboolean
timeline_read (ProbityRead *read,
               gpointer     data,
               GValue      *result,
               GError     **error)
{
  ProbityStep     *step = data;
  ProbityCasebook *casebook = probity_session_get_casebook (step->session);
  ProbityDb       *registers;
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      (registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      !probity_record_read (registers, &probity_second_job_kind, step->session, step->reference, &job, error))
    return FALSE;
  if (job == NULL)
    return probity_access_set_not_found (error, step->reference);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      ProbityDb *db;

      if (!probity_casebook_has (casebook, sources[i].compartment))
        continue;
      if ((db = probity_read_get_db (read, sources[i].compartment, error)) == NULL ||
          !add_items (db, keyring, sources[i].sql, probity_record_get_uid (job), items, error))
        return FALSE;
    }
  g_ptr_array_sort (items, compare_at);
  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&items));

  return TRUE;
}

/** probity_second_job_load_timeline: of each compartment only what the reader holds. */
DexFuture *
probity_second_job_load_timeline (ProbitySession *session,
                                  const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("timeline");

  return probity_step_read (step, timeline_read);
}
