/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-types.h"

G_BEGIN_DECLS

/** What an account may do; a set. What it can read is said by the keys that it holds. */
typedef enum /*< flags >*/
{
  PROBITY_ROLE_NONE = 0,
  PROBITY_ROLE_LINE_MANAGER = 1 << 0,
  PROBITY_ROLE_HR_OFFICER = 1 << 1,
  PROBITY_ROLE_HEAD_OF_HR = 1 << 2,
  PROBITY_ROLE_PSD_OFFICER = 1 << 3,
  PROBITY_ROLE_ACU_OFFICER = 1 << 4,
  PROBITY_ROLE_DECIDER = 1 << 5,
  PROBITY_ROLE_ADMINISTRATOR = 1 << 6,
  PROBITY_ROLE_CHIEF_OFFICER = 1 << 7, /* or who acts as one: decides appeals */
} ProbityRoles;

#define PROBITY_N_ROLES 8

/** Reads `line-manager,decider`; an unknown word is PROBITY_ACCESS_ERROR_INVALID naming it. */
gboolean probity_roles_parse (const char *text, ProbityRoles *ret_roles, GError **error);
/** (transfer full): the words, separated by commas, in the order of the enumeration. */
char *probity_roles_to_string (ProbityRoles roles);
/** Whether an account with @roles is to hold the key of @compartment. */
gboolean probity_roles_open (ProbityRoles roles, ProbityCompartment compartment);

typedef enum
{
  PROBITY_ACCESS_ERROR_FAILED,
  PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE, /* also: no such account; the two are never told apart */
  PROBITY_ACCESS_ERROR_DISABLED,
  PROBITY_ACCESS_ERROR_NOT_PERMITTED,
  PROBITY_ACCESS_ERROR_NOT_FOUND, /* also: exists but is not for this reader */
  PROBITY_ACCESS_ERROR_NO_KEY,
  PROBITY_ACCESS_ERROR_INVALID,
  PROBITY_ACCESS_ERROR_EXISTS,
  PROBITY_ACCESS_ERROR_LAST_ADMINISTRATOR,
  PROBITY_ACCESS_ERROR_KEYRING_DAMAGED,
  PROBITY_ACCESS_ERROR_SIGNATURE,
} ProbityAccessError;

#define PROBITY_ACCESS_ERROR (probity_access_error_quark ())
GQuark probity_access_error_quark (void);

/** What can be asked of probity_access_check(); the table of rights is in probity-access.c. */
typedef enum
{
  PROBITY_OPERATION_READ_REGISTERS, /* lists, records and search over registers */
  PROBITY_OPERATION_READ_STANDARDS,
  PROBITY_OPERATION_READ_INTELLIGENCE,
  PROBITY_OPERATION_SUBMIT,               /* and withdraw: line manager, HR officer, head of HR, PSD officer */
  PROBITY_OPERATION_SUBMIT_SEALED,        /* an application that no open compartment hears of: ACU officer, decider */
  PROBITY_OPERATION_COMMENT_LINE_MANAGER, /* line manager; or HR officer/head of HR entering a paper comment */
  PROBITY_OPERATION_COMMENT_HEAD_OF_HR,
  PROBITY_OPERATION_NAME_STAND_IN,       /* HR officer, head of HR, PSD officer */
  PROBITY_OPERATION_CHECK_COMPLAINTS,    /* PSD officer, ACU officer */
  PROBITY_OPERATION_CHECK_INTELLIGENCE,  /* ACU officer */
  PROBITY_OPERATION_ADVISE,              /* ACU officer: wait, or as if nothing were known */
  PROBITY_OPERATION_VIEW,                /* decider */
  PROBITY_OPERATION_DECIDE,              /* the profile's signatory: pass the profile through the session */
  PROBITY_OPERATION_WAIVE_COMMENT,       /* the profile's signatory, decider */
  PROBITY_OPERATION_REVIEW,              /* annual review returns: HR officer, head of HR, PSD officer */
  PROBITY_OPERATION_EDIT_PEOPLE,         /* HR officer, head of HR, decider */
  PROBITY_OPERATION_IMPORT_STAFF,        /* head of HR, decider */
  PROBITY_OPERATION_IMPORT_SECOND_JOBS,  /* head of HR, decider */
  PROBITY_OPERATION_EDIT_COMPLAINTS,     /* PSD officer, ACU officer, decider */
  PROBITY_OPERATION_IMPORT_COMPLAINTS,   /* PSD officer, ACU officer, decider */
  PROBITY_OPERATION_EDIT_INTELLIGENCE,   /* ACU officer */
  PROBITY_OPERATION_APPROVE_SANITISED,   /* ACU officer, decider; not the sanitiser */
  PROBITY_OPERATION_IMPORT_INTELLIGENCE, /* ACU officer, decider */
  PROBITY_OPERATION_SCREEN,              /* holding a text against the casebook: PSD officer, ACU officer, decider */
  PROBITY_OPERATION_EXPOSURE,            /* access logs and exposure lists of leaks: ACU officer, decider */
  PROBITY_OPERATION_STATISTICS,          /* all but administrator; only what the keys open */
  PROBITY_OPERATION_READ_AUDIT,          /* PSD officer, ACU officer, decider; administrator: journal only */
  PROBITY_OPERATION_EXPORT,              /* everybody who may read the list, of what they may read */
  PROBITY_OPERATION_ADMINISTER,          /* accounts, roles, reset, disable: administrator */
  PROBITY_OPERATION_GRANT,               /* whoever holds the key granted */
  PROBITY_OPERATION_BACK_UP,             /* and try a backup: everybody but line managers */
  PROBITY_OPERATION_RESTORE,             /* administrator, decider */
  PROBITY_OPERATION_WORK_SECOND_JOBS,    /* actions, log, decisions, links of a second job: HR officer, head of HR, PSD officer, ACU officer, decider */
  PROBITY_OPERATION_WORK_CONDUCT,        /* the same of a conduct investigation: PSD officer, ACU officer, decider */
  PROBITY_OPERATION_WORK_LEAKS,          /* the same of a leak investigation: ACU officer, decider */
  PROBITY_OPERATION_CLOSE_CASE,          /* closing decisions of investigations: decider */
  PROBITY_OPERATION_LODGE_APPEAL,        /* letters served, appeals lodged and withdrawn: HR officer, head of HR, PSD officer */
  PROBITY_OPERATION_SEAL_APPEAL,         /* what the chief officer is shown of what is restricted: decider */
  PROBITY_OPERATION_DECIDE_APPEAL,       /* chief officer */
  PROBITY_OPERATION_COMPLIANCE,          /* whether conditions are kept: HR officer, head of HR, PSD officer, decider */
  PROBITY_OPERATION_WATCH,               /* the watch list: PSD officer, ACU officer, decider */
  PROBITY_OPERATION_RUN_REVIEW,          /* annual review in bulk, lapses: head of HR */
} ProbityOperation;

#define PROBITY_N_OPERATIONS (PROBITY_OPERATION_RUN_REVIEW + 1)

G_END_DECLS
