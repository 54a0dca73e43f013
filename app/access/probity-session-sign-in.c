/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-audit-private.h"
#include "probity-check.h"
#include "probity-exhibit.h"
#include "probity-outbox.h"
#include "probity-seal.h"
#include "probity-second-job.h"
#include "probity-session-private.h"
#include "probity-workstation-private.h"

static gboolean
unlock_func (gpointer data,
             GError **error)
{
  ProbityOpening *opening = data;

  if (!probity_opening_unlock (opening, PROBITY_SLOT_PASSPHRASE, error))
    return FALSE;

  /* Where there is no room for them nothing can be sealed, and all else works. */
  if (probity_opening_may_seal (opening))
    probity_sealed_make_places (opening->folder, opening->keyring, opening->account_uid, opening->sealed, NULL);

  return TRUE;
}

static gboolean
log_sign_in_func (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  ProbitySession    *self = data;
  const char        *account_uid = probity_session_get_account_uid (self);
  ProbityCompartment highest = probity_casebook_get_highest (probity_session_get_casebook (self));
  g_autofree char   *first = NULL;
  guint              n_failures = probity_workstation_get_failures (probity_session_get_casebook_uid (self), account_uid, &first);

  if (n_failures > 0)
    {
      g_autofree char *text = g_strdup_printf ("%u since %s", n_failures, first);

      if (!probity_audit_add (write, self, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_REFUSAL, "account", account_uid, "passphrase", NULL, text, error))
        return FALSE;
    }

  if (!probity_audit_add (write, self, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_SIGN_IN, "account", account_uid, "workstation", NULL, g_get_host_name (), error))
    return FALSE;
  if (highest != PROBITY_COMPARTMENT_JOURNAL &&
      !probity_audit_add (write, self, highest, PROBITY_VERB_SIGN_IN, "account", account_uid, "workstation", NULL, g_get_host_name (), error))
    return FALSE;

  g_value_init (result, G_TYPE_UINT);
  g_value_set_uint (result, n_failures);

  return TRUE;
}

static DexFuture *
sign_in_fiber (gpointer data)
{
  ProbityOpening *opening = data;
  g_autoptr (ProbitySession) self = NULL;
  g_autoptr (GError) error = NULL;
  guint n_failures;

  if (!dex_await (probity_run_blocking (unlock_func, probity_opening_ref (opening), (GDestroyNotify) probity_opening_unref), &error) ||
      !probity_opening_open (opening, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  self = probity_session_new_from_opening (opening);
  probity_audit_install_heads (self);

  n_failures = dex_await_uint (probity_casebook_write (opening->casebook, log_sign_in_func, g_object_ref (self), g_object_unref), &error);
  if (error == NULL && n_failures > 0)
    probity_workstation_forget_failures (probity_session_get_casebook_uid (self), opening->account_uid);
  if (error != NULL)
    {
      dex_await (probity_casebook_close (opening->casebook), NULL);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  /* What a crash left half done is finished now; what cannot be is for verify to name, and no reason not to work. */
  probity_second_job_attach (self);
  probity_seal_attach (self);
  dex_await (probity_casebook_finish_outbox (opening->casebook), NULL);
  dex_await (probity_seal_settle (self), NULL);
  dex_await (probity_check_catch_up (self), NULL);
  probity_exhibit_sweep (self);

  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
probity_session_sign_in (const char   *folder,
                         const char   *account,
                         const char   *passphrase,
                         ProbityClock *clock)
{
  dex_return_error_if_fail (folder != NULL && account != NULL);

  return dex_scheduler_spawn (NULL, 0, sign_in_fiber, probity_opening_new (folder, account, passphrase, clock), (GDestroyNotify) probity_opening_unref);
}

static DexFuture *
sign_out_fiber (gpointer data)
{
  ProbitySession *self = data;
  g_autoptr (GError) error = NULL;

  probity_exhibit_remove_outside (self);
  dex_await (probity_casebook_close (probity_session_get_casebook (self)), &error);
  probity_session_wipe (self);
  probity_session_end (self, NULL);

  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

/* What runs on other threads may still sign until the casebook has closed; then the secrets are wiped. */
DexFuture *
probity_session_sign_out (ProbitySession *self)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (self));

  return dex_scheduler_spawn (NULL, 0, sign_out_fiber, g_object_ref (self), g_object_unref);
}
