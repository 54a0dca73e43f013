/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit-private.h"
#include "probity-session-private.h"

/* A forgotten passphrase is replaced by whoever has the recovery code. */

typedef struct
{
  ProbityOpening  *opening;
  char            *new_passphrase; /* locked memory */
  ProbityKeySlots *slots;
  ProbitySession  *session;
} Recovery;

static void
clear_recovery (gpointer data)
{
  Recovery *self = data;

  probity_opening_unref (self->opening);
  probity_passphrase_free (self->new_passphrase);
  g_clear_pointer (&self->slots, probity_key_slots_free);
  g_clear_object (&self->session);
}

static void
unref_recovery (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_recovery);
}

static gboolean
unlock_func (gpointer data,
             GError **error)
{
  Recovery *self = data;

  if (!probity_opening_unlock (self->opening, PROBITY_SLOT_RECOVERY, error))
    return FALSE;

  self->slots = probity_key_slots_load (self->opening->folder, self->opening->account_uid, error);

  return self->slots != NULL &&
         probity_key_slots_lock (self->slots, PROBITY_SLOT_PASSPHRASE, self->opening->secrets, self->new_passphrase, &self->opening->cost, error);
}

static gboolean
replace_func (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  Recovery *self = data;

  if (!probity_audit_add (write, self->session, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_KEY_CHANGE, "account", self->opening->account_uid, "recovery", NULL, g_get_host_name (), error) ||
      !probity_key_slots_save (self->slots, self->opening->folder, error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static DexFuture *
recover_fiber (gpointer data)
{
  Recovery *self = data;
  g_autoptr (GError) error = NULL;
  gboolean replaced;

  if (!dex_await (probity_run_blocking (unlock_func, g_atomic_rc_box_acquire (self), unref_recovery), &error) ||
      !probity_opening_open (self->opening, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  self->session = probity_session_new_from_opening (self->opening);
  probity_audit_install_heads (self->session);
  replaced = dex_await (probity_casebook_write (self->opening->casebook, replace_func, g_atomic_rc_box_acquire (self), unref_recovery), &error);
  dex_await (probity_casebook_close (self->opening->casebook), replaced ? &error : NULL);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

/**
 * probity_session_recover:
 *
 * The code stays usable; probity_session_make_recovery_code() makes another.
 *
 * Returns: (transfer full): resolves to %TRUE; PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE for a wrong code, an
 *   unknown account, or one without a code
 */
DexFuture *
probity_session_recover (const char *folder,
                         const char *account,
                         const char *code,
                         const char *new_passphrase)
{
  Recovery *self;
  GError   *error = NULL;
  char     *passphrase;

  dex_return_error_if_fail (folder != NULL && account != NULL && code != NULL);

  passphrase = probity_passphrase_copy (new_passphrase, &error);
  if (passphrase == NULL)
    return dex_future_new_for_error (error);

  self = g_atomic_rc_box_new0 (Recovery);
  self->new_passphrase = passphrase;
  self->opening = probity_opening_new (folder, account, NULL, NULL);
  self->opening->passphrase = probity_recovery_code_read (code);

  return dex_scheduler_spawn (NULL, 0, recover_fiber, self, unref_recovery);
}
