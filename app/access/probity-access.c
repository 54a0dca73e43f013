/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"

#include "probity-profile.h"
#include "probity-session-private.h"

/* The one table of rights. */

#define LINE_MANAGER PROBITY_ROLE_LINE_MANAGER
#define HR_OFFICER PROBITY_ROLE_HR_OFFICER
#define HEAD_OF_HR PROBITY_ROLE_HEAD_OF_HR
#define PSD_OFFICER PROBITY_ROLE_PSD_OFFICER
#define ACU_OFFICER PROBITY_ROLE_ACU_OFFICER
#define DECIDER PROBITY_ROLE_DECIDER
#define ADMINISTRATOR PROBITY_ROLE_ADMINISTRATOR
#define CHIEF_OFFICER PROBITY_ROLE_CHIEF_OFFICER
#define ALL_BUT_ADMINISTRATOR (LINE_MANAGER | HR_OFFICER | HEAD_OF_HR | PSD_OFFICER | ACU_OFFICER | DECIDER | CHIEF_OFFICER)
#define EVERYBODY (ALL_BUT_ADMINISTRATOR | ADMINISTRATOR)

static const struct
{
  ProbityRoles       roles;
  ProbityCompartment key;       /* every account holds the journal's */
  gboolean           signatory; /* and whom the profile names */
  const char        *instead;   /* and who by the profile acts where an applicant holds this role; the case says whether so */
} rights[PROBITY_N_OPERATIONS] = {
  [PROBITY_OPERATION_READ_REGISTERS] = { ALL_BUT_ADMINISTRATOR, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_READ_STANDARDS] = { PSD_OFFICER | ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_STANDARDS },
  [PROBITY_OPERATION_READ_INTELLIGENCE] = { ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_SUBMIT] = { LINE_MANAGER | HR_OFFICER | HEAD_OF_HR | PSD_OFFICER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_SUBMIT_SEALED] = { ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_COMMENT_LINE_MANAGER] = { LINE_MANAGER | HR_OFFICER | HEAD_OF_HR, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_COMMENT_HEAD_OF_HR] = { HEAD_OF_HR, PROBITY_COMPARTMENT_REGISTERS, FALSE, "head-of-hr" },
  [PROBITY_OPERATION_NAME_STAND_IN] = { HR_OFFICER | HEAD_OF_HR | PSD_OFFICER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_CHECK_COMPLAINTS] = { PSD_OFFICER | ACU_OFFICER, PROBITY_COMPARTMENT_STANDARDS },
  [PROBITY_OPERATION_CHECK_INTELLIGENCE] = { ACU_OFFICER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_ADVISE] = { ACU_OFFICER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_VIEW] = { DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_DECIDE] = { PROBITY_ROLE_NONE, PROBITY_COMPARTMENT_REGISTERS, TRUE, "head-of-hr" },
  [PROBITY_OPERATION_WAIVE_COMMENT] = { DECIDER, PROBITY_COMPARTMENT_REGISTERS, TRUE },
  [PROBITY_OPERATION_REVIEW] = { HR_OFFICER | HEAD_OF_HR | PSD_OFFICER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_EDIT_PEOPLE] = { HR_OFFICER | HEAD_OF_HR | DECIDER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_IMPORT_STAFF] = { HEAD_OF_HR | DECIDER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_IMPORT_SECOND_JOBS] = { HEAD_OF_HR | DECIDER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_EDIT_COMPLAINTS] = { PSD_OFFICER | ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_STANDARDS },
  [PROBITY_OPERATION_IMPORT_COMPLAINTS] = { PSD_OFFICER | ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_STANDARDS },
  [PROBITY_OPERATION_EDIT_INTELLIGENCE] = { ACU_OFFICER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_APPROVE_SANITISED] = { ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_IMPORT_INTELLIGENCE] = { ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_SCREEN] = { PSD_OFFICER | ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_STANDARDS },
  [PROBITY_OPERATION_EXPOSURE] = { ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_STATISTICS] = { ALL_BUT_ADMINISTRATOR, PROBITY_COMPARTMENT_JOURNAL },
  [PROBITY_OPERATION_READ_AUDIT] = { PSD_OFFICER | ACU_OFFICER | DECIDER | ADMINISTRATOR, PROBITY_COMPARTMENT_JOURNAL },
  [PROBITY_OPERATION_EXPORT] = { ALL_BUT_ADMINISTRATOR, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_ADMINISTER] = { ADMINISTRATOR, PROBITY_COMPARTMENT_JOURNAL },
  [PROBITY_OPERATION_GRANT] = { EVERYBODY, PROBITY_COMPARTMENT_JOURNAL },
  [PROBITY_OPERATION_WORK_SECOND_JOBS] = { HR_OFFICER | HEAD_OF_HR | PSD_OFFICER | ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_WORK_CONDUCT] = { PSD_OFFICER | ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_STANDARDS },
  [PROBITY_OPERATION_WORK_LEAKS] = { ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  /* A backup holds what its maker cannot read either, so it takes no key; whoever can open the folder could
     copy it, but a copy that is carried away with the program's help is the business of those who answer for it. */
  [PROBITY_OPERATION_BACK_UP] = { EVERYBODY & ~LINE_MANAGER, PROBITY_COMPARTMENT_JOURNAL },
  /* What others recorded since the backup is not in what is restored, and the restore excuses that. */
  [PROBITY_OPERATION_RESTORE] = { ADMINISTRATOR | DECIDER, PROBITY_COMPARTMENT_JOURNAL },
  [PROBITY_OPERATION_CLOSE_CASE] = { DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_LODGE_APPEAL] = { HR_OFFICER | HEAD_OF_HR | PSD_OFFICER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_SEAL_APPEAL] = { DECIDER, PROBITY_COMPARTMENT_INTELLIGENCE },
  [PROBITY_OPERATION_DECIDE_APPEAL] = { CHIEF_OFFICER, PROBITY_COMPARTMENT_REGISTERS },
  [PROBITY_OPERATION_COMPLIANCE] = { HR_OFFICER | HEAD_OF_HR | PSD_OFFICER | DECIDER, PROBITY_COMPARTMENT_REGISTERS },
  /* Interest in somebody shows to nobody whose key opens registers alone. */
  [PROBITY_OPERATION_WATCH] = { PSD_OFFICER | ACU_OFFICER | DECIDER, PROBITY_COMPARTMENT_STANDARDS },
  [PROBITY_OPERATION_RUN_REVIEW] = { HEAD_OF_HR, PROBITY_COMPARTMENT_REGISTERS },
};

/* Of an account that is not signed in, at some time: what its signature was worth. */
gboolean
probity_access_roles_may (ProbityRoles     roles,
                          ProbityOperation operation)
{
  g_return_val_if_fail ((guint) operation < PROBITY_N_OPERATIONS && !rights[operation].signatory, FALSE);

  return (roles & rights[operation].roles) != 0;
}

/* The roles that a word of the profile names; a word that is no role (`named`) adds none. */
static ProbityRoles
parse_profile_role (const char *role)
{
  ProbityRoles roles;

  return role != NULL && probity_roles_parse (role, &roles, NULL) ? roles : PROBITY_ROLE_NONE;
}

/* What a role may do is asked before what a key opens: the creator holds all keys, whatever they are. */
gboolean
probity_access_check (ProbitySession  *session,
                      ProbityOperation operation,
                      GError         **error)
{
  ProbityProfile *profile;
  ProbityRoles    roles, allowed;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), FALSE);
  g_return_val_if_fail ((guint) operation < PROBITY_N_OPERATIONS, FALSE);

  if (!probity_session_check_active (session, error))
    return FALSE;

  allowed = rights[operation].roles;
  profile = probity_session_get_profile (session);
  if (rights[operation].signatory)
    allowed |= parse_profile_role (probity_profile_get_signatory (profile));
  if (rights[operation].instead != NULL)
    allowed |= parse_profile_role (probity_profile_get_stand_in (profile, rights[operation].instead));

  roles = probity_session_get_roles (session);
  if ((roles & allowed) == 0)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED, "The roles of this account do not allow this");
      return FALSE;
    }

  if (!probity_casebook_has (probity_session_get_casebook (session), rights[operation].key))
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY, "The key of %s has not been granted to this account", probity_compartment_to_string (rights[operation].key));
      return FALSE;
    }

  return TRUE;
}

gboolean
probity_access_may (ProbitySession  *session,
                    ProbityOperation operation)
{
  return probity_access_check (session, operation, NULL);
}

gboolean
probity_access_account_may (const ProbityAccount *account,
                            ProbityOperation      operation)
{
  g_return_val_if_fail (account != NULL, FALSE);
  g_return_val_if_fail ((guint) operation < PROBITY_N_OPERATIONS, FALSE);

  return !account->disabled && (account->roles & rights[operation].roles) != 0 && (account->holds & (1u << rights[operation].key)) != 0;
}
