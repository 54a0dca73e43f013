/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-session-private.h"

#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#include "probity-access.h"
#include "probity-profile.h"
#include "probity-workstation-private.h"

struct _ProbitySession
{
  GObject parent_instance;

  /* Set once, read by any thread. */
  ProbityCasebook          *casebook;
  ProbityProfile           *profile;
  char                     *casebook_uid;
  char                     *memory;
  char                     *folder;
  char                     *account_uid;
  char                     *account_name;
  char                     *staff_number;
  char                     *person;
  ProbitySecrets           *secrets;
  ProbityKey               *keys[PROBITY_N_COMPARTMENTS];
  ProbityCompartmentSecret *compartment_secrets[PROBITY_N_COMPARTMENTS];
  ProbityKeyCost            cost;
  gboolean                  sample;

  /* Main thread. */
  gboolean ended;

  ProbityLocked *locked;

  GMutex          lock; /* guards what follows */
  ProbityKeyring *keyring;
  struct stat     keyring_status; /* of the file when it was read */
  gboolean        keyring_on_disk;
  GError         *keyring_error;
  GHashTable     *shown; /* name of a record → on how many pages it stands */
};

G_DEFINE_FINAL_TYPE (ProbitySession, probity_session, G_TYPE_OBJECT)

enum
{
  PROP_CASEBOOK = 1,
  PROP_ACCOUNT_NAME,
  N_PROPS
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint       signals[N_SIGNALS];

void
probity_session_end (ProbitySession *self,
                     const GError   *error)
{
  if (self->ended)
    return;

  self->ended = TRUE;
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, error);
}

static gboolean
is_same_file (const struct stat *a,
              const struct stat *b)
{
  return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

/*
 * Under the lock. Reads the file again when it is another than the one read. A keyring that can no
 * longer be proved gives no rights, and neither does one that does not go on from the one known.
 */
static void
refresh_keyring (ProbitySession *self)
{
  g_autofree char *path = g_build_filename (self->folder, PROBITY_KEYRING_FILE, NULL);
  g_autoptr (ProbityKeyring) keyring = NULL;
  char        hex[PROBITY_HASH_BYTES * 2 + 1];
  struct stat status;

  if (stat (path, &status) == 0)
    self->keyring_on_disk = TRUE;
  else if (!self->keyring_on_disk)
    return; /* while the casebook is made */
  else
    memset (&status, 0, sizeof status);
  if (status.st_ino != 0 && is_same_file (&status, &self->keyring_status))
    {
      /* It was out of reach, or another stood there: this is the one that was proved. */
      g_clear_error (&self->keyring_error);
      return;
    }

  g_clear_error (&self->keyring_error);
  keyring = probity_keyring_load (self->folder, &self->keyring_error);
  if (keyring == NULL)
    return;

  sodium_bin2hex (hex, sizeof hex, self->keyring->head, sizeof self->keyring->head);
  if (!g_hash_table_contains (keyring->hashes, hex))
    {
      self->keyring_error = g_error_new_literal (PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED, "Statements of the keyring are gone");
      return;
    }

  probity_keyring_unref (self->keyring);
  self->keyring = g_steal_pointer (&keyring);
  self->keyring_status = status;
}

static void
changed_cb (ProbityCasebook *casebook,
            ProbityChanges  *changes,
            ProbitySession  *self)
{
  g_autoptr (GError) error = NULL;

  if (!probity_session_check_active (self, &error))
    probity_session_end (self, error);
}

static void
failed_cb (ProbityCasebook *casebook,
           GError          *error,
           ProbitySession  *self)
{
  probity_session_end (self, error);
}

static void
probity_session_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  ProbitySession *self = PROBITY_SESSION (object);

  switch (prop_id)
    {
    case PROP_CASEBOOK:
      g_value_set_object (value, self->casebook);
      break;
    case PROP_ACCOUNT_NAME:
      g_value_set_string (value, self->account_name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
probity_session_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  ProbitySession *self = PROBITY_SESSION (object);

  switch (prop_id)
    {
    case PROP_CASEBOOK:
      self->casebook = g_value_dup_object (value);
      break;
    case PROP_ACCOUNT_NAME:
      self->account_name = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
probity_session_dispose (GObject *object)
{
  ProbitySession *self = PROBITY_SESSION (object);

  if (self->casebook != NULL)
    g_signal_handlers_disconnect_by_data (self->casebook, self);

  G_OBJECT_CLASS (probity_session_parent_class)->dispose (object);
}

static void
probity_session_finalize (GObject *object)
{
  ProbitySession *self = PROBITY_SESSION (object);

  g_clear_object (&self->casebook);
  g_clear_pointer (&self->profile, probity_profile_unref);
  g_free (self->casebook_uid);
  g_free (self->memory);
  g_free (self->folder);
  g_free (self->account_uid);
  g_free (self->account_name);
  g_free (self->staff_number);
  g_free (self->person);
  probity_session_wipe (self);
  g_clear_pointer (&self->keyring, probity_keyring_unref);
  g_clear_error (&self->keyring_error);
  g_clear_pointer (&self->locked, probity_locked_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (probity_session_parent_class)->finalize (object);
}

static void
probity_session_class_init (ProbitySessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = probity_session_get_property;
  object_class->set_property = probity_session_set_property;
  object_class->dispose = probity_session_dispose;
  object_class->finalize = probity_session_finalize;

  props[PROP_CASEBOOK] =
      g_param_spec_object ("casebook", NULL, NULL, PROBITY_TYPE_CASEBOOK, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ACCOUNT_NAME] =
      g_param_spec_string ("account-name", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_ENDED] =
      g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
probity_session_init (ProbitySession *self)
{
  g_mutex_init (&self->lock);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* @opening may have no file of a keyring yet: while a casebook is made. */
ProbitySession *
probity_session_new_from_opening (ProbityOpening *opening)
{
  ProbitySession       *self = g_object_new (PROBITY_TYPE_SESSION,
                                       "casebook",
                                       opening->casebook,
                                       "account-name",
                                       opening->name,
                                       NULL);
  const ProbityAccount *account = probity_keyring_find (opening->keyring, opening->account_uid);
  g_autofree char      *path = g_build_filename (opening->folder, PROBITY_KEYRING_FILE, NULL);

  self->profile = probity_profile_ref (opening->profile);
  self->casebook_uid = g_strdup (opening->keyring->casebook_uid);
  self->memory = probity_workstation_dup_name (self->casebook_uid, opening->restore_uid);
  self->folder = g_strdup (opening->folder);
  self->account_uid = g_strdup (opening->account_uid);
  self->staff_number = g_strdup (account->staff_number);
  self->person = probity_keyring_dup_person_of (opening->keyring, opening->account_uid);
  self->secrets = probity_secrets_ref (opening->secrets);
  self->cost = opening->cost;
  self->sample = opening->keyring->sample;
  self->keyring = probity_keyring_ref (opening->keyring);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      if (opening->keys[i] != NULL)
        self->keys[i] = probity_key_ref (opening->keys[i]);
      self->compartment_secrets[i] = g_steal_pointer (&opening->compartment_secrets[i]);
    }
  self->locked = probity_locked_new (self->staff_number, probity_casebook_get_clock (self->casebook));
  if (self->staff_number != NULL && probity_casebook_has (self->casebook, PROBITY_COMPARTMENT_REGISTERS))
    probity_casebook_set_registers_func (self->casebook, probity_locked_read, probity_locked_ref (self->locked), (GDestroyNotify) probity_locked_unref);

  /* Read again at the next question, if it changed since it was parsed. */
  self->keyring_on_disk = stat (path, &self->keyring_status) == 0;
  if ((gsize) self->keyring_status.st_size != opening->keyring->length)
    memset (&self->keyring_status, 0, sizeof self->keyring_status);

  g_signal_connect (self->casebook, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->casebook, "failed", G_CALLBACK (failed_cb), self);

  return self;
}

ProbityCasebook *
probity_session_get_casebook (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  return self->casebook;
}

ProbityProfile *
probity_session_get_profile (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  return self->profile;
}

const char *
probity_session_get_casebook_uid (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  return self->casebook_uid;
}

const char *
probity_session_get_account_uid (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  return self->account_uid;
}

const char *
probity_session_get_account_name (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  return self->account_name;
}

const char *
probity_session_get_staff_number (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  return self->staff_number;
}

const char *
probity_session_get_person (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  return self->person;
}

gboolean
probity_session_is_sample (ProbitySession *self)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (self), FALSE);

  return self->sample;
}

/**
 * probity_session_get_roles:
 *
 * The roles of this moment: an administrator's change counts in sessions that are open.
 */
ProbityRoles
probity_session_get_roles (ProbitySession *self)
{
  const ProbityAccount *account;
  ProbityRoles          roles = PROBITY_ROLE_NONE;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), PROBITY_ROLE_NONE);

  g_mutex_lock (&self->lock);
  refresh_keyring (self);
  account = probity_keyring_find (self->keyring, self->account_uid);
  if (self->keyring_error == NULL && !account->disabled)
    roles = account->roles;
  g_mutex_unlock (&self->lock);

  return roles;
}

ProbityKeyring *
probity_session_dup_keyring (ProbitySession *self)
{
  ProbityKeyring *keyring;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), NULL);

  g_mutex_lock (&self->lock);
  refresh_keyring (self);
  keyring = probity_keyring_ref (self->keyring);
  g_mutex_unlock (&self->lock);

  return keyring;
}

void
probity_session_count_shown (ProbitySession *self,
                             const char     *name,
                             int             change)
{
  int n;

  g_mutex_lock (&self->lock);
  n = GPOINTER_TO_INT (g_hash_table_lookup (self->shown, name)) + change;
  if (n > 0)
    g_hash_table_replace (self->shown, g_strdup (name), GINT_TO_POINTER (n));
  else
    g_hash_table_remove (self->shown, name);
  g_mutex_unlock (&self->lock);
}

gboolean
probity_session_is_shown (ProbitySession *self,
                          const char     *name)
{
  gboolean shown;

  g_mutex_lock (&self->lock);
  shown = g_hash_table_contains (self->shown, name);
  g_mutex_unlock (&self->lock);

  return shown;
}

gboolean
probity_session_check_active (ProbitySession *self,
                              GError        **error)
{
  ProbityKeyringAccount *inner;
  ProbityKeyPeriod      *period;
  gboolean               active = FALSE;

  g_return_val_if_fail (PROBITY_IS_SESSION (self), FALSE);

  g_mutex_lock (&self->lock);
  refresh_keyring (self);
  inner = probity_keyring_find_inner (self->keyring, self->account_uid);
  period = &g_array_index (inner->periods, ProbityKeyPeriod, inner->periods->len - 1);
  if (self->keyring_error != NULL)
    g_propagate_error (error, g_error_copy (self->keyring_error));
  else if (inner->account.disabled)
    g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_DISABLED, "This account is disabled");
  else if (self->secrets != NULL &&
           memcmp (period->sign_public, probity_secrets_peek_sign_public (self->secrets), PROBITY_SIGN_PUBLIC_BYTES) != 0)
    g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_DISABLED, "This account was reset: sign in with the new passphrase");
  else
    active = TRUE;
  g_mutex_unlock (&self->lock);

  return active;
}

void
probity_session_take_keyring (ProbitySession *self,
                              ProbityKeyring *keyring)
{
  g_mutex_lock (&self->lock);
  probity_keyring_unref (self->keyring);
  self->keyring = keyring;
  memset (&self->keyring_status, 0, sizeof self->keyring_status);
  g_mutex_unlock (&self->lock);
}

ProbitySecrets *
probity_session_peek_secrets (ProbitySession *self)
{
  return self->secrets;
}

ProbityKey *
probity_session_peek_key (ProbitySession    *self,
                          ProbityCompartment compartment)
{
  return compartment < PROBITY_COMPARTMENT_SEALED ? self->keys[compartment] : probity_casebook_peek_key (self->casebook, compartment);
}

const ProbityKeyCost *
probity_session_peek_cost (ProbitySession *self)
{
  return &self->cost;
}

const char *
probity_session_peek_memory (ProbitySession *self)
{
  return self->memory;
}

const char *
probity_session_peek_folder (ProbitySession *self)
{
  return self->folder;
}

ProbityLocked *
probity_session_peek_locked (ProbitySession *self)
{
  return self->locked;
}

/* Any thread; NULL where the compartment is not held. */
const ProbityCompartmentSecret *
probity_session_peek_compartment_secret (ProbitySession    *self,
                                         ProbityCompartment compartment)
{
  return self->compartment_secrets[compartment];
}

/* After the casebook has closed: nobody is left who could ask for them. */
void
probity_session_wipe (ProbitySession *self)
{
  g_clear_pointer (&self->secrets, probity_secrets_unref);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_clear_pointer (&self->keys[i], probity_key_unref);
      g_clear_pointer (&self->compartment_secrets[i], sodium_free);
    }
}
