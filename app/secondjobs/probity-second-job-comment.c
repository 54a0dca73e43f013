/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-second-job-private.h"

/* Comments, stand-ins and waivers: what the route asks of the line. */

static const char *const comment_details[] = { "performance", "sickness", "hours", "impact", "own_interest", NULL };

/* The manager recorded at submission, or a named stand-in. */
static gboolean
is_recorded_manager (ProbityDb     *registers,
                     ProbityRecord *job,
                     const char    *staff_number,
                     gboolean      *ret_is,
                     GError       **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  if (g_strcmp0 (probity_record_get (job, "manager_staff_number"), staff_number) == 0)
    {
      *ret_is = TRUE;
      return TRUE;
    }

  statement = probity_db_query (registers, error, "SELECT 1 FROM stand_in WHERE second_job_id = $id AND staff_number = $staff_number", "$id", 'i', probity_record_get_id (job), "$staff_number", 's', staff_number, NULL);

  return statement != NULL && probity_statement_step (statement, ret_is, error);
}

static gboolean
has_own_account (ProbitySession *session,
                 const char     *staff_number)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);

      if (!account->disabled && (account->roles & PROBITY_ROLE_LINE_MANAGER) != 0 &&
          g_strcmp0 (account->staff_number, staff_number) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whose words the line manager's comment is: this account's own, or those of a manager without an account, on paper. */
static gboolean
settle_manager (ProbityStep   *step,
                ProbityDb     *registers,
                ProbityRecord *job,
                char         **ret_person,
                char         **ret_paper,
                GError       **error)
{
  const ProbityRoles roles = probity_session_get_roles (step->session);
  const char        *own = probity_session_get_staff_number (step->session);
  const char        *from = step->staff_number != NULL ? step->staff_number : probity_record_get (job, "manager_staff_number");
  gboolean           is = FALSE;

  if (!probity_step_require (step->session, PROBITY_OPERATION_COMMENT_LINE_MANAGER, error))
    return FALSE;

  if ((roles & PROBITY_ROLE_LINE_MANAGER) != 0 && own != NULL && step->staff_number == NULL)
    {
      if (!is_recorded_manager (registers, job, own, &is, error))
        return FALSE;
      if (is)
        {
          *ret_person = g_strdup (probity_session_get_person (step->session));
          return TRUE;
        }
    }

  if ((roles & (PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR)) == 0)
    return probity_step_refuse (error, "not-your-step", "The line manager's comment is that of the manager recorded when the application was entered, or of a stand-in");
  if (from == NULL || !is_recorded_manager (registers, job, from, &is, error))
    return from != NULL ? FALSE : probity_step_refuse (error, "not-your-step", "No line manager is recorded; name a stand-in first");
  if (!is)
    return probity_step_refuse (error, "not-your-step", "%s is neither the recorded manager nor a stand-in", from);
  if (has_own_account (step->session, from))
    return probity_step_refuse (error, "not-your-step", "%s comments on their own account", from);
  if (g_strcmp0 (from, own) == 0)
    return probity_step_refuse (error, "not-your-step", "Nobody enters their own comment as another's");

  *ret_person = g_strconcat ("staff:", from, NULL);
  *ret_paper = g_strdup (from);

  return TRUE;
}

/* As far as this account can know: whoever checked does not comment. The gate knows it all. */
static gboolean
refuse_checker (ProbityStep   *step,
                ProbityWrite  *write,
                ProbityRecord *job,
                const char    *person,
                GError       **error)
{
  ProbityCasebook         *casebook = probity_session_get_casebook (step->session);
  const ProbityCompartment compartments[] = { PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_COMPARTMENT_STANDARDS };

  for (guint i = 0; i < G_N_ELEMENTS (compartments); i++)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      ProbityDb *db;
      gboolean   found;

      if (!probity_casebook_has (casebook, compartments[i]))
        continue;
      db = probity_write_get_db (write, compartments[i], error);
      if (db == NULL)
        return FALSE;
      statement = probity_db_query (db, error, "SELECT 1 FROM check_run WHERE case_uid = $uid AND person = $person AND published IS NOT NULL"
                                               " AND material_digest = $digest",
                                    "$uid",
                                    's',
                                    probity_record_get_uid (job),
                                    "$person",
                                    's',
                                    person,
                                    "$digest",
                                    's',
                                    probity_record_get (job, "material_digest"),
                                    NULL);
      if (statement == NULL || !probity_statement_step (statement, &found, error))
        return FALSE;
      if (found)
        return probity_step_refuse (error, "separation-of-duties", "Who checked an application does not comment on it");
    }

  return TRUE;
}

static gboolean
settle_role (ProbityStep   *step,
             ProbityDb     *registers,
             ProbityRecord *job,
             GError       **error)
{
  const ProbityRoles roles = probity_session_get_roles (step->session);
  const char        *own = probity_session_get_staff_number (step->session);
  gboolean           is = FALSE;

  if (step->for_role == NULL)
    {
      if (step->staff_number != NULL)
        is = TRUE;
      else if ((roles & PROBITY_ROLE_LINE_MANAGER) != 0 && own != NULL && !is_recorded_manager (registers, job, own, &is, error))
        return FALSE;
      if (!is && (roles & (probity_second_job_get_head_of_hr_roles (job) | PROBITY_ROLE_LINE_MANAGER)) == 0)
        return probity_step_refuse (error, "not-your-step", "This account has no comment of its own to give");
      step->for_role = g_strdup (is || (roles & probity_second_job_get_head_of_hr_roles (job)) == 0 ? "line-manager" : "head-of-hr");
    }

  if (!g_str_equal (step->for_role, "line-manager") && !g_str_equal (step->for_role, "head-of-hr"))
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "for_role", "“%s” is neither line-manager nor head-of-hr", step->for_role));
      return FALSE;
    }

  return TRUE;
}

static gboolean
comment_write (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *person = NULL;
  g_autofree char *paper = NULL;
  g_autofree char *field = NULL;

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !settle_role (step, registers, job, error))
    return FALSE;
  if (g_str_equal (step->for_role, "line-manager"))
    {
      if (!settle_manager (step, registers, job, &person, &paper, error))
        return FALSE;
    }
  else
    {
      if (!probity_step_require (step->session, PROBITY_OPERATION_COMMENT_HEAD_OF_HR, error))
        return FALSE;
      if (!probity_second_job_may_comment_as_head (step->session, job))
        return probity_step_refuse (error, "not-your-step", probity_record_get (job, "head_of_hr_by") != NULL ? "Professional standards act here in the place of the head of HR" : "The head of HR comments on this application");
      person = g_strdup (probity_session_get_person (step->session));
    }
  if (!probity_second_job_require_reviewed (job, error) ||
      !probity_step_require_text ("text", step->text, error) ||
      !refuse_checker (step, write, job, person, error))
    return FALSE;

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "round", probity_record_get (job, "round"));
  probity_row_set (row, "for_role", step->for_role);
  probity_row_set_int (row, "supports", step->flag);
  probity_row_set (row, "text", step->text);
  for (guint i = 0; comment_details[i] != NULL; i++)
    probity_row_set (row, comment_details[i], step->values != NULL ? probity_values_get (step->values, comment_details[i]) : NULL);
  probity_row_set (row, "on_paper_from", paper);
  probity_row_set (row, "person", person);
  probity_row_set (row, "material_digest", probity_record_get (job, "material_digest"));

  field = g_strdup_printf ("comment:%s", step->for_role);
  if (!probity_signed_insert (&probity_signed_comment, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, field, NULL, step->text, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

/**
 * probity_second_job_comment:
 * @for_role: (nullable): `line-manager` or `head-of-hr`; %NULL: the one that this account gives
 * @supports: whether the application is supported
 * @details: (nullable): performance, sickness, hours, impact, own_interest
 * @on_paper_from: (nullable): staff number of the manager whose paper comment HR enters
 *
 * A line manager's comment counts only from the manager recorded when the application was entered
 * or a named stand-in; where that person has no account, HR enters what they wrote on paper.
 */
DexFuture *
probity_second_job_comment (ProbitySession *session,
                            const char     *reference,
                            const char     *for_role,
                            const char     *text,
                            gboolean        supports,
                            ProbityValues  *details,
                            const char     *on_paper_from)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("comment");
  step->for_role = g_strdup (for_role);
  step->text = g_strdup (text);
  step->flag = !!supports;
  step->values = details != NULL ? probity_values_ref (details) : NULL;
  step->staff_number = g_strdup (on_paper_from);

  return probity_step_run (step, comment_write);
}

static gboolean
stand_in_write (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers, *staff;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRecord) person = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();

  if (!probity_step_find (step, write, &registers, &job, error) ||
      !probity_step_require (step->session, PROBITY_OPERATION_NAME_STAND_IN, error) ||
      !probity_second_job_require_reviewed (job, error) ||
      !probity_step_require_text ("staff_number", step->staff_number, error) ||
      !probity_step_require_text ("reason", step->reason, error) ||
      (staff = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      !probity_record_read (staff, &probity_person_kind, step->session, step->staff_number, &person, error))
    return FALSE;
  if (person == NULL)
    return probity_access_set_not_found (error, step->staff_number);
  if (g_strcmp0 (probity_record_get (person, "staff_number"), probity_record_get (job, "staff_number")) == 0)
    return probity_step_refuse (error, "separation-of-duties", "The applicant does not stand in for their own manager");

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "staff_number", probity_record_get (person, "staff_number"));
  probity_row_set (row, "reason", step->reason);
  if (!probity_signed_insert (&probity_signed_stand_in, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, "stand_in", NULL, step->staff_number, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

/** probity_second_job_name_stand_in: HR or PSD names who comments in place of the recorded manager, and why. */
DexFuture *
probity_second_job_name_stand_in (ProbitySession *session,
                                  const char     *reference,
                                  const char     *staff_number,
                                  const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("name-stand-in");
  step->staff_number = g_strdup (staff_number);
  step->reason = g_strdup (reason);

  return probity_step_run (step, stand_in_write);
}

gboolean
probity_second_job_is_party (ProbityRecord *job,
                             const char    *person)
{
  if (person == NULL || !g_str_has_prefix (person, "staff:"))
    return FALSE;
  person += strlen ("staff:");

  return g_strcmp0 (person, probity_record_get (job, "staff_number")) == 0 ||
         g_strcmp0 (person, probity_record_get (job, "manager_staff_number")) == 0;
}

gboolean
probity_second_job_is_signatory (ProbityRoles   roles,
                                 ProbityRecord *job)
{
  const char *signatory = probity_record_get (job, "signatory");

  if (g_strcmp0 (signatory, "head-of-hr") == 0)
    return (roles & PROBITY_ROLE_HEAD_OF_HR) != 0;

  return g_strcmp0 (signatory, "decider") == 0 && (roles & PROBITY_ROLE_DECIDER) != 0;
}

static gboolean
waive_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep       *step = data;
  const ProbityRoles roles = probity_session_get_roles (step->session);
  ProbityDb         *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *field = NULL;

  if (!probity_step_find (step, write, &registers, &job, error))
    return FALSE;
  if (!probity_second_job_is_signatory (roles, job) && (roles & PROBITY_ROLE_DECIDER) == 0)
    return probity_step_refuse (error, "not-your-step", "Only the signatory or a decider waives a comment");
  if (g_strcmp0 (step->for_role, "line-manager") != 0 && g_strcmp0 (step->for_role, "head-of-hr") != 0)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "for_role", "Only comments can be waived, never checks"));
      return FALSE;
    }
  if (!probity_second_job_require_reviewed (job, error) ||
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;

  probity_row_set_int (row, "second_job_id", probity_record_get_id (job));
  probity_row_set (row, "round", probity_record_get (job, "round"));
  probity_row_set (row, "for_role", step->for_role);
  probity_row_set (row, "reason", step->reason);
  probity_row_set (row, "material_digest", probity_record_get (job, "material_digest"));
  field = g_strdup_printf ("waiver:%s", step->for_role);
  if (!probity_signed_insert (&probity_signed_waiver, write, step->session, registers, probity_record_get_uid (job), row, error) ||
      !probity_step_log (step, write, job, PROBITY_VERB_COLLECTION, field, NULL, step->reason, error))
    return FALSE;

  return probity_step_return (step, write, job, result, error);
}

/** probity_second_job_waive_comment: a recorded decision with a reason; the checks can't be waived. */
DexFuture *
probity_second_job_waive_comment (ProbitySession *session,
                                  const char     *reference,
                                  const char     *for_role,
                                  const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("waive-comment");
  step->for_role = g_strdup (for_role);
  step->reason = g_strdup (reason);

  return probity_step_run (step, waive_write);
}
