/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-audit-private.h"
#include "probity-session-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

/*
 * Commands over accounts. Each makes its slot first, on a thread where half a second does no harm,
 * and then says its statements on the writer thread: under the write lock of the casebook, which is
 * the keyring's too, and in the transaction that logs them.
 */

typedef enum
{
  COMMAND_ADD,
  COMMAND_GRANT,
  COMMAND_SET_ROLES,
  COMMAND_DISABLE,
  COMMAND_RESET,
  COMMAND_PASSPHRASE,
  COMMAND_RECOVERY_CODE,
} CommandKind;

typedef struct
{
  CommandKind      kind;
  ProbitySession  *session;
  char            *name; /* of the account it is about */
  char            *uid;
  ProbityRoles     roles;
  char            *staff_number;
  char            *old_passphrase; /* locked memory */
  char            *new_passphrase;
  char            *path;
  ProbitySecrets  *secrets;
  ProbityKeySlots *slots;
  GPtrArray       *payloads;
} Command;

static void
clear_command (gpointer data)
{
  Command *self = data;

  g_object_unref (self->session);
  g_free (self->name);
  g_free (self->uid);
  g_free (self->staff_number);
  g_free (self->path);
  probity_passphrase_free (self->old_passphrase);
  probity_passphrase_free (self->new_passphrase);
  g_clear_pointer (&self->secrets, probity_secrets_unref);
  g_clear_pointer (&self->slots, probity_key_slots_free);
  g_clear_pointer (&self->payloads, g_ptr_array_unref);
}

static void
unref_command (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_command);
}

static Command *
make_command (CommandKind     kind,
              ProbitySession *session,
              const char     *name)
{
  Command         *self = g_atomic_rc_box_new0 (Command);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  self->kind = kind;
  self->session = g_object_ref (session);
  self->name = g_strdup (g_strstrip (lower));
  self->payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  return self;
}

static gboolean
refuse (GError    **error,
        const char *message)
{
  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, message);

  return FALSE;
}

/* The account that @self is about, as the keyring has it now. */
static const ProbityAccount *
find_account (Command        *self,
              ProbityKeyring *keyring,
              GError        **error)
{
  const ProbityAccount *account = probity_keyring_find (keyring, self->name);

  if (account == NULL)
    g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND, "There is no account “%.64s”", self->name);
  else if (account->disabled)
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_DISABLED, "The account “%s” is disabled", self->name);
      return NULL;
    }

  return account;
}

/* What can be refused before anything is made. */
static gboolean
check_func (Command *self,
            GError **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (self->session);
  const ProbityAccount *account;

  switch (self->kind)
    {
    case COMMAND_ADD:
      if (!probity_access_check (self->session, PROBITY_OPERATION_ADMINISTER, error))
        return FALSE;
      if (!probity_account_name_is_valid (self->name))
        return refuse (error, "An account’s name has 1 to 64 of the characters a–z, 0–9, dot, dash and underscore");
      if (self->roles == PROBITY_ROLE_NONE)
        return refuse (error, "An account needs a role");
      if (probity_keyring_find (keyring, self->name) != NULL)
        {
          g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_EXISTS, "There is an account “%s” already", self->name);
          return FALSE;
        }
      return TRUE;

    case COMMAND_GRANT:
      return probity_access_check (self->session, PROBITY_OPERATION_GRANT, error) && find_account (self, keyring, error) != NULL;

    case COMMAND_SET_ROLES:
      if (self->roles == PROBITY_ROLE_NONE)
        return refuse (error, "An account needs a role");
      return probity_access_check (self->session, PROBITY_OPERATION_ADMINISTER, error) && find_account (self, keyring, error) != NULL;

    case COMMAND_DISABLE:
    case COMMAND_RESET:
      if (!probity_access_check (self->session, PROBITY_OPERATION_ADMINISTER, error))
        return FALSE;
      account = find_account (self, keyring, error);
      if (account == NULL)
        return FALSE;

      /* The last one is told so whoever asks, and can only ask about themselves. */
      if (self->kind == COMMAND_DISABLE && g_str_equal (account->uid, probity_session_get_account_uid (self->session)))
        {
          gboolean other = FALSE;

          for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
            {
              const ProbityAccount *candidate = probity_keyring_get_account (keyring, i);

              other |= candidate != account && !candidate->disabled && (candidate->roles & PROBITY_ROLE_ADMINISTRATOR) != 0;
            }
          if (!other)
            {
              g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_LAST_ADMINISTRATOR, "This is the last administrator");
              return FALSE;
            }
        }
      if (g_str_equal (account->uid, probity_session_get_account_uid (self->session)))
        return refuse (error, "Another administrator does this to an administrator’s account");
      return TRUE;

    case COMMAND_PASSPHRASE:
    case COMMAND_RECOVERY_CODE:
      return probity_session_check_active (self->session, error);
    }

  g_return_val_if_reached (FALSE);
}

/* Own secrets, proved by the old passphrase: an unattended window is not enough to take an account over. */
static gboolean
wrap_own_secrets (Command *self,
                  GError **error)
{
  const char           *uid = probity_session_get_account_uid (self->session);
  const ProbityKeyCost *cost = probity_session_peek_cost (self->session);
  g_autoptr (ProbitySecrets) secrets = NULL;

  self->slots = probity_key_slots_load (probity_session_peek_folder (self->session), uid, error);
  if (self->slots == NULL)
    return FALSE;
  secrets = probity_key_slots_unlock (self->slots, PROBITY_SLOT_PASSPHRASE, self->old_passphrase, error);
  if (secrets == NULL)
    return FALSE;

  if (memcmp (probity_secrets_peek_sign_public (secrets),
              probity_secrets_peek_sign_public (probity_session_peek_secrets (self->session)),
              PROBITY_SIGN_PUBLIC_BYTES) != 0)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE, "Not accepted");
      return FALSE;
    }

  return probity_key_slots_lock (self->slots,
                                 self->kind == COMMAND_PASSPHRASE ? PROBITY_SLOT_PASSPHRASE : PROBITY_SLOT_RECOVERY,
                                 secrets,
                                 self->new_passphrase,
                                 cost,
                                 error);
}

static gboolean
prepare_func (gpointer data,
              GError **error)
{
  Command *self = data;

  if (!check_func (self, error))
    return FALSE;

  switch (self->kind)
    {
    case COMMAND_ADD:
    case COMMAND_RESET:
      {
        g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (self->session);

        self->secrets = probity_secrets_new_random ();
        if (self->kind == COMMAND_ADD)
          self->uid = probity_uid_new (probity_clock_get_unix_usec (probity_casebook_get_clock (probity_session_get_casebook (self->session))));
        else
          self->uid = g_strdup (probity_keyring_find (keyring, self->name)->uid);
        self->slots = probity_key_slots_new (self->uid);

        return probity_key_slots_lock (self->slots, PROBITY_SLOT_PASSPHRASE, self->secrets, self->new_passphrase, probity_session_peek_cost (self->session), error);
      }

    case COMMAND_PASSPHRASE:
    case COMMAND_RECOVERY_CODE:
      self->uid = g_strdup (probity_session_get_account_uid (self->session));
      return wrap_own_secrets (self, error);

    case COMMAND_GRANT:
    case COMMAND_SET_ROLES:
    case COMMAND_DISABLE:
      return TRUE;
    }

  g_return_val_if_reached (FALSE);
}

/* Grants what @roles need and this session holds, but for what is in @held; says what in @granted. */
static void
add_grants (Command      *self,
            ProbityRoles  roles,
            guint         held,
            const guint8 *box_public,
            GString      *granted)
{
  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
    {
      ProbityKey *key = probity_session_peek_key (self->session, compartment);

      if (key == NULL || !probity_roles_open (roles, compartment) || (held & (1u << compartment)) != 0)
        continue;

      g_ptr_array_add (self->payloads, probity_payload_new_grant (self->uid, compartment, box_public, key));
      if (granted->len > 0)
        g_string_append_c (granted, ',');
      g_string_append (granted, probity_compartment_to_string (compartment));
    }
}

static gboolean
needs_more (ProbityRoles roles,
            guint        held)
{
  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
    if (probity_roles_open (roles, compartment) && (held & (1u << compartment)) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
append (Command       *self,
        ProbityWrite  *write,
        const char    *what,
        const char    *old_value,
        const char    *new_value,
        const GString *granted,
        GError       **error)
{
  /* A reference of its own: logging looks whether the file has grown, and the session may take a newer one. */
  g_autoptr (ProbityKeyring) keyring = probity_keyring_append (probity_session_peek_folder (self->session), self->payloads, probity_session_get_account_uid (self->session), probity_session_peek_secrets (self->session), probity_write_get_now (write), error);

  if (keyring == NULL)
    return FALSE;
  probity_session_take_keyring (self->session, probity_keyring_ref (keyring));

  if (granted != NULL && granted->len > 0 &&
      !probity_audit_add (write, self->session, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_KEY_CHANGE, "account", self->uid, "grant", NULL, granted->str, error))
    return FALSE;

  return what != NULL ? probity_audit_log_keyring (write, self->session, keyring, what, self->uid, old_value, new_value, error)
                      : probity_audit_log_keyring (write, self->session, keyring, "keys", self->uid, NULL, granted->str, error);
}

static gboolean
add (Command      *self,
     ProbityWrite *write,
     GError      **error)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (GString) granted = g_string_new (NULL);
  g_autofree char *roles = probity_roles_to_string (self->roles);
  g_autofree char *described = g_strdup_printf ("%s %s", self->name, roles);
  const char      *folder = probity_session_peek_folder (self->session);

  /* The slot first: an account that stands in the keyring can always sign in. */
  if (!probity_key_slots_save (self->slots, folder, error))
    return FALSE;

  g_ptr_array_add (self->payloads, probity_payload_new_account (self->uid, self->name, self->roles, self->staff_number, self->secrets));
  add_grants (self, self->roles, 0, probity_secrets_peek_box_public (self->secrets), granted);
  if (append (self, write, "add", NULL, described, granted, error))
    return TRUE;

  keyring = probity_session_dup_keyring (self->session);
  if (probity_keyring_find (keyring, self->uid) == NULL)
    probity_key_slots_remove (folder, self->uid);

  return FALSE;
}

static gboolean
grant (Command        *self,
       ProbityWrite   *write,
       ProbityKeyring *keyring,
       GError        **error)
{
  const ProbityAccount *account = find_account (self, keyring, error);
  g_autoptr (GString) granted = g_string_new (NULL);

  if (account == NULL)
    return FALSE;

  self->uid = g_strdup (account->uid);
  add_grants (self, account->roles, account->holds, probity_keyring_peek_box_public (keyring, account->uid), granted);
  if (granted->len > 0)
    return append (self, write, NULL, NULL, NULL, granted, error);

  if (!needs_more (account->roles, account->holds))
    return TRUE;

  g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY, "This account holds none of the keys that are still to be granted");

  return FALSE;
}

static gboolean
set_roles (Command        *self,
           ProbityWrite   *write,
           ProbityKeyring *keyring,
           GError        **error)
{
  const ProbityAccount *account = find_account (self, keyring, error);
  g_autofree char      *old_roles = NULL;
  g_autofree char      *new_roles = probity_roles_to_string (self->roles);

  if (account == NULL)
    return FALSE;

  old_roles = probity_roles_to_string (account->roles);
  self->uid = g_strdup (account->uid);
  g_ptr_array_add (self->payloads, probity_payload_new_roles (account->uid, self->roles));

  return append (self, write, "roles", old_roles, new_roles, NULL, error);
}

static gboolean
disable (Command        *self,
         ProbityWrite   *write,
         ProbityKeyring *keyring,
         GError        **error)
{
  const ProbityAccount *account = find_account (self, keyring, error);

  if (account == NULL)
    return FALSE;

  self->uid = g_strdup (account->uid);
  g_ptr_array_add (self->payloads, probity_payload_new_disable (account->uid));
  if (!append (self, write, "disable", account->name, NULL, NULL, error))
    return FALSE;

  /* With it the passphrase opens nothing here any more, whatever program asks. */
  probity_key_slots_remove (probity_session_peek_folder (self->session), self->uid);

  return TRUE;
}

static gboolean
reset (Command        *self,
       ProbityWrite   *write,
       ProbityKeyring *keyring,
       GError        **error)
{
  const ProbityAccount *account = find_account (self, keyring, error);
  ProbityKey           *journal = probity_session_peek_key (self->session, PROBITY_COMPARTMENT_JOURNAL);

  if (account == NULL)
    return FALSE;

  /* Every account opens the journal; the rest waits for somebody who holds it and means it. */
  g_ptr_array_add (self->payloads, probity_payload_new_reset (self->uid, self->secrets));
  g_ptr_array_add (self->payloads, probity_payload_new_grant (self->uid, PROBITY_COMPARTMENT_JOURNAL, probity_secrets_peek_box_public (self->secrets), journal));

  /* The list first: from here on the old passphrase is none, even if the new slot cannot be written. */
  return append (self, write, "reset", account->name, NULL, NULL, error) &&
         probity_key_slots_save (self->slots, probity_session_peek_folder (self->session), error);
}

static gboolean
write_func (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  Command *self = data;
  g_autoptr (ProbityKeyring) keyring = NULL;
  gboolean done = FALSE;

  /* Once more under the lock: another program may have been quicker. */
  if (!check_func (self, error))
    return FALSE;

  keyring = probity_session_dup_keyring (self->session);
  switch (self->kind)
    {
    case COMMAND_ADD:
      done = add (self, write, error);
      break;
    case COMMAND_GRANT:
      done = grant (self, write, keyring, error);
      break;
    case COMMAND_SET_ROLES:
      done = set_roles (self, write, keyring, error);
      break;
    case COMMAND_DISABLE:
      done = disable (self, write, keyring, error);
      break;
    case COMMAND_RESET:
      done = reset (self, write, keyring, error);
      break;
    case COMMAND_PASSPHRASE:
    case COMMAND_RECOVERY_CODE:
      done = probity_audit_add (write, self->session, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_KEY_CHANGE, "account", self->uid, self->kind == COMMAND_PASSPHRASE ? "passphrase" : "recovery-code", NULL, NULL, error) &&
             probity_key_slots_save (self->slots, probity_session_peek_folder (self->session), error);
      break;
    }
  if (!done)
    return FALSE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_JOURNAL, "account", 0, self->uid);
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static DexFuture *
command_fiber (gpointer data)
{
  Command *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (probity_run_blocking (prepare_func, g_atomic_rc_box_acquire (self), unref_command), &error) ||
      !dex_await (probity_casebook_write (probity_session_get_casebook (self->session), write_func, g_atomic_rc_box_acquire (self), unref_command), &error))
    {
      if (self->kind == COMMAND_RECOVERY_CODE)
        g_unlink (self->path);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_true ();
}

/* Takes @self. */
static DexFuture *
run (Command *self)
{
  return dex_scheduler_spawn (NULL, 0, command_fiber, self, unref_command);
}

/* Takes @self when it fails. */
static DexFuture *
reject_command (Command *self,
                GError  *error)
{
  unref_command (self);

  return dex_future_new_for_error (error);
}

/**
 * probity_session_add_account:
 *
 * Administrators only. Grants the keys that @roles need and this session holds; the rest waits for
 * probity_session_grant() by somebody who holds it.
 */
DexFuture *
probity_session_add_account (ProbitySession *self,
                             const char     *name,
                             ProbityRoles    roles,
                             const char     *staff_number,
                             const char     *passphrase)
{
  Command *command;
  GError  *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (name != NULL);

  command = make_command (COMMAND_ADD, self, name);
  command->roles = roles;
  command->staff_number = staff_number != NULL && *staff_number != '\0' ? g_strdup (staff_number) : NULL;
  command->new_passphrase = probity_passphrase_copy (passphrase, &error);
  if (error != NULL)
    return reject_command (command, error);

  return run (command);
}

/**
 * probity_session_grant:
 *
 * Whoever holds a key may grant it. Nothing to grant is no error; nothing that this session could
 * grant is PROBITY_ACCESS_ERROR_NO_KEY. The account signs in anew to use it.
 */
DexFuture *
probity_session_grant (ProbitySession *self,
                       const char     *account)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (account != NULL);

  return run (make_command (COMMAND_GRANT, self, account));
}

/**
 * probity_session_set_roles:
 *
 * Administrators only; an administrator's last one stays. Keys that new roles need wait for
 * probity_session_grant(); keys held stay held.
 */
DexFuture *
probity_session_set_roles (ProbitySession *self,
                           const char     *account,
                           ProbityRoles    roles)
{
  Command *command;

  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (account != NULL);

  command = make_command (COMMAND_SET_ROLES, self, account);
  command->roles = roles;

  return run (command);
}

/**
 * probity_session_disable:
 *
 * Administrators only, and never the last one; for good. Its slots are taken away.
 */
DexFuture *
probity_session_disable (ProbitySession *self,
                         const char     *account)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (account != NULL);

  return run (make_command (COMMAND_DISABLE, self, account));
}

/**
 * probity_session_reset:
 *
 * Administrators only: a new passphrase and new keys for another's account. What was granted to the
 * old ones is gone, but for the journal, and waits for probity_session_grant(). Signatures made with
 * the old ones stay proved.
 */
DexFuture *
probity_session_reset (ProbitySession *self,
                       const char     *account,
                       const char     *passphrase)
{
  Command *command;
  GError  *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (account != NULL);

  command = make_command (COMMAND_RESET, self, account);
  command->new_passphrase = probity_passphrase_copy (passphrase, &error);
  if (error != NULL)
    return reject_command (command, error);

  return run (command);
}

/**
 * probity_session_change_passphrase:
 *
 * Of one's own account. PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE if @old_passphrase is not it.
 */
DexFuture *
probity_session_change_passphrase (ProbitySession *self,
                                   const char     *old_passphrase,
                                   const char     *new_passphrase)
{
  Command *command;
  GError  *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (self));

  command = make_command (COMMAND_PASSPHRASE, self, probity_session_get_account_name (self));
  command->old_passphrase = probity_passphrase_copy (old_passphrase, &error);
  if (error == NULL)
    command->new_passphrase = probity_passphrase_copy (new_passphrase, &error);
  if (error != NULL)
    return reject_command (command, error);

  return run (command);
}

/**
 * probity_session_make_recovery_code:
 *
 * Of one's own account: a new code is written to @path, which must not exist; an older one opens
 * nothing any more.
 */
DexFuture *
probity_session_make_recovery_code (ProbitySession *self,
                                    const char     *passphrase,
                                    const char     *path)
{
  Command *command;
  GError  *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (self));
  dex_return_error_if_fail (path != NULL);

  command = make_command (COMMAND_RECOVERY_CODE, self, probity_session_get_account_name (self));
  command->path = g_strdup (path);
  command->old_passphrase = probity_passphrase_copy (passphrase, &error);
  if (error != NULL)
    return reject_command (command, error);
  command->new_passphrase = probity_recovery_code_new ();
  if (!probity_recovery_code_write (path, command->new_passphrase, &error))
    return reject_command (command, error);

  return run (command);
}
