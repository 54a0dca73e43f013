/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal.h"

#include <string.h>

#include "probity-audit.h"
#include "probity-part.h"
#include "probity-seal-private.h"
#include "probity-sealed.h"

/*
 * Taking accounts off a seal. What they hold is the key, so the case moves once more: into another place, under
 * a key that they are not given. The old place is emptied, for whoever has it open.
 */

/* The uids of the accounts that step->list names: each holds the case, and is another than who asks. */
static gboolean
find_leavers (ProbityStep *step,
              GStrv        holders,
              GStrv       *ret_uids,
              GError     **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (GStrvBuilder) uids = g_strv_builder_new ();

  for (guint i = 0; step->list[i] != NULL; i++)
    {
      const ProbityAccount *account = probity_part_find_account (keyring, "without", step->list[i], error);
      const char           *why = NULL;

      if (account == NULL)
        return FALSE;
      if (!g_strv_contains ((const char *const *) holders, account->uid))
        why = "does not hold this case";
      else if (g_str_equal (account->uid, probity_session_get_account_uid (step->session)))
        why = "asks for it: another who holds the case takes somebody off";
      if (why != NULL)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "without", "The account “%.64s” %s", account->name, why));
          return FALSE;
        }
      g_strv_builder_add (uids, account->uid);
    }
  *ret_uids = g_strv_builder_end (uids);
  if (*ret_uids[0] != NULL)
    return TRUE;
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "without", "Who is to be taken off?"));

  return FALSE;
}

/* Who takes the others off comes first: the new place is theirs. */
static GStrv
list_stayers (ProbityStep *step,
              GStrv        holders,
              GStrv        leavers)
{
  const char *own = probity_session_get_account_uid (step->session);
  g_autoptr (GStrvBuilder) stayers = g_strv_builder_new ();

  g_strv_builder_add (stayers, own);
  for (guint i = 0; holders[i] != NULL; i++)
    if (!g_str_equal (holders[i], own) && !g_strv_contains ((const char *const *) leavers, holders[i]))
      g_strv_builder_add (stayers, holders[i]);

  return g_strv_builder_end (stayers);
}

static gboolean
log_leavers (ProbityStep       *step,
             ProbityWrite      *write,
             ProbityCompartment sealed,
             GStrv              leavers,
             GError           **error)
{
  for (guint i = 0; leavers[i] != NULL; i++)
    if (!probity_audit_add (write, step->session, sealed, PROBITY_VERB_KEY_CHANGE, "account", leavers[i], "sealed-without", step->text, step->reason, error))
      return FALSE;

  return TRUE;
}

static gboolean
leave_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep     *step = data;
  g_autofree char *names = g_strjoinv (",", step->list);
  g_auto (GStrv) holders = NULL;
  g_auto (GStrv) leavers = NULL;
  g_auto (GStrv) stayers = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  const ProbityRecordKind *kind;
  ProbityCompartment       from, to;
  ProbityDb               *db;

  if (!probity_step_find_work (step, write, &db, &record, error) ||
      !probity_seal_require_keys (step, error) ||
      !probity_step_require_text ("authority", step->text, error) ||
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;
  if (step->sealed == PROBITY_COMPARTMENT_JOURNAL)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The case is not sealed");
      return FALSE;
    }

  from = step->sealed;
  kind = step->case_kind->record_kind;
  if ((holders = probity_sealed_dup_current (step->session, db, error)) == NULL || !find_leavers (step, holders, &leavers, error))
    return FALSE;
  stayers = list_stayers (step, holders, leavers);

  if (!probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, "sealed", names, NULL, error) ||
      !probity_sealed_begin (write, step->session, kind->compartment, &to, error) ||
      !probity_seal_copy (write, step->session, kind, step->uid, from, to, error) ||
      !probity_seal_note_move (write, kind, step->uid, from, to, error) ||
      !probity_seal_remove (write, step->session, kind, step->uid, from, error) ||
      !probity_sealed_leave (write, step->session, from, error))
    return FALSE;

  step->sealed = to;
  probity_write_enter (write, to);

  return probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, "sealed", NULL, step->reason, error) &&
         probity_seal_log_carried (write, step->session, kind, step->uid, to, error) &&
         log_leavers (step, write, to, leavers, error) &&
         probity_sealed_give (write, step->session, to, (const char *const *) stayers, step->reason, error) &&
         probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_case_seal_without (ProbitySession    *session,
                           const char        *reference,
                           const char *const *accounts,
                           const char        *authority,
                           const char        *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && accounts != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("seal-without");
  step->list = g_strdupv ((GStrv) accounts);
  step->text = g_strdup (authority);
  step->reason = g_strdup (reason);

  return probity_seal_run (step, leave_write);
}
