/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-profile.h"

/*
 * Who acts in the place of the head of HR: settled when an application is entered, kept and signed with the
 * route. Checks need no such thing, since whoever holds the role and is not the applicant makes them.
 */

/* Of the accounts that may act as head of HR: whether one is @staff_number's, and whether one is anybody else's. */
static void
find_heads (ProbityKeyring *keyring,
            const char     *staff_number,
            gboolean       *ret_is,
            gboolean       *ret_others)
{
  *ret_is = *ret_others = FALSE;
  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);

      if (account->disabled || (account->roles & PROBITY_ROLE_HEAD_OF_HR) == 0)
        continue;
      if (staff_number != NULL && g_strcmp0 (account->staff_number, staff_number) == 0)
        *ret_is = TRUE;
      else
        *ret_others = TRUE;
    }
}

/*
 * The applicant who is head of HR neither comments nor signs; nor can the only head of HR sign who is the
 * applicant's line manager. What the profile says of a role that is shared stands: another head of HR acts.
 */
const char *
probity_second_job_find_stand_in (ProbitySession *session,
                                  const char     *applicant,
                                  const char     *manager)
{
  ProbityProfile *profile = probity_session_get_profile (session);
  const char     *by = probity_profile_get_stand_in (profile, "head-of-hr");
  g_autoptr (ProbityKeyring) keyring = NULL;
  gboolean is, others;

  if (g_strcmp0 (by, "decider") != 0)
    return NULL;

  keyring = probity_session_dup_keyring (session);
  find_heads (keyring, applicant, &is, &others);
  if (is)
    return by;
  if (manager == NULL || g_strcmp0 (probity_profile_get_signatory (profile), "head-of-hr") != 0)
    return NULL;
  find_heads (keyring, manager, &is, &others);

  return is && !others ? by : NULL;
}

ProbityRoles
probity_second_job_get_head_of_hr_roles (ProbityRecord *job)
{
  return g_strcmp0 (probity_record_get (job, "head_of_hr_by"), "decider") == 0 ? PROBITY_ROLE_DECIDER : PROBITY_ROLE_HEAD_OF_HR;
}

gboolean
probity_second_job_head_of_hr_signs (ProbityRecord *job)
{
  const char *by = probity_record_get (job, "head_of_hr_by");

  return g_strcmp0 (probity_record_get (job, "signatory"), by != NULL ? by : "head-of-hr") == 0;
}

/**
 * probity_second_job_may_comment_as_head:
 *
 * Whether the head of HR's comment on @job is this account's to give: as head of HR, or in their place.
 */
gboolean
probity_second_job_may_comment_as_head (ProbitySession *session,
                                        ProbityRecord  *job)
{
  return probity_access_may (session, PROBITY_OPERATION_COMMENT_HEAD_OF_HR) &&
         (probity_session_get_roles (session) & probity_second_job_get_head_of_hr_roles (job)) != 0;
}

/**
 * probity_second_job_may_sign:
 *
 * Whether @job is this account's to decide by its roles, whatever is missing yet.
 */
gboolean
probity_second_job_may_sign (ProbitySession *session,
                             ProbityRecord  *job)
{
  return probity_access_may (session, PROBITY_OPERATION_DECIDE) && probity_second_job_is_signatory (probity_session_get_roles (session), job);
}

/* Nobody was passed over: the applicant, or their manager, did hold the role when the application was entered. */
void
probity_second_job_prove_stand_in (ProbityGate    *gate,
                                   ProbityKeyring *keyring)
{
  ProbityRecord    *job = gate->job;
  const char *const parties[] = { probity_record_get (job, "staff_number"), probity_record_get (job, "manager_staff_number") };
  const char       *created = probity_record_get (job, "created");

  if (probity_record_get (job, "head_of_hr_by") == NULL)
    return;

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);

      for (guint j = 0; j < G_N_ELEMENTS (parties); j++)
        if (parties[j] != NULL && g_strcmp0 (account->staff_number, parties[j]) == 0 &&
            (probity_keyring_get_roles_at (keyring, account->uid, created) & PROBITY_ROLE_HEAD_OF_HR) != 0)
          return;
    }

  probity_gate_add_problem (gate, "forged-application", "the head of HR was passed over, who had no part in it");
  probity_gate_add_missing (gate, "separation-of-duties");
}
