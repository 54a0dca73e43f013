/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keyring.jsonl lies in a folder where others can write. Whatever stands in it, it is proved whole or refused with a
 * reason. An input that starts with an exclamation mark holds payloads, one a line, which an administrator's keys sign
 * before they are read: past the signatures, rules are all that is left to hold. */

#include "config.h"

#include "probity-clock.h"
#include "probity-keyring-private.h"

#include <stdint.h>
#include <string.h>

#define CASEBOOK "01900000-0000-7000-8000-000000000001"
#define ADMINISTRATOR "01900000-0000-7000-8000-000000000002"
#define NOW "2026-11-22T09:30:00.123Z"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static ProbitySecrets *secrets;
static GBytes         *beginning;

static void
make_beginning (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  ProbityKey *keys[PROBITY_N_COMPARTMENTS];
  guint8      compartment_public[PROBITY_N_COMPARTMENTS][PROBITY_BOX_PUBLIC_BYTES];

  if (beginning != NULL)
    return;

  secrets = probity_secrets_new_random ();
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      keys[i] = probity_key_new_random ();
      memcpy (compartment_public[i], probity_secrets_peek_box_public (secrets), PROBITY_BOX_PUBLIC_BYTES);
    }
  g_ptr_array_add (payloads, probity_payload_new_casebook (CASEBOOK, "generic", "00", FALSE, ADMINISTRATOR, "administrator", PROBITY_ROLE_ADMINISTRATOR, NULL, secrets, compartment_public, keys));
  beginning = probity_keyring_extend (NULL, payloads, ADMINISTRATOR, secrets, NOW, NULL, &error);
  if (beginning == NULL)
    g_error ("The first statement is refused: %s", error->message);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    probity_key_unref (keys[i]);
}

/* What was accepted can be asked everything, and always has somebody who can administer it. */
static void
check_keyring (ProbityKeyring *keyring)
{
  gboolean administered = FALSE;

  if (!probity_uid_is_valid (probity_keyring_get_casebook_uid (keyring)))
    g_error ("An accepted keyring has no casebook");
  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      g_autofree char      *person = probity_keyring_dup_person_of (keyring, account->uid);
      ProbityRoles          roles = probity_keyring_get_roles_at (keyring, account->uid, "2100-01-01T00:00:00.000Z");

      if (probity_keyring_find (keyring, account->uid) != account || probity_keyring_find (keyring, account->name) != account)
        g_error ("Two accounts have one name");
      if (person == NULL || *person == '\0')
        g_error ("An account belongs to no person");
      if (account->disabled && roles != PROBITY_ROLE_NONE)
        g_error ("A disabled account has roles");
      if (!account->disabled && (account->roles & PROBITY_ROLE_ADMINISTRATOR) != 0)
        administered = TRUE;
    }
  if (!administered)
    g_error ("Nobody can administer an accepted keyring");
}

static void
read_file (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityKeyring) keyring = probity_keyring_parse (bytes, &error);

  if ((keyring != NULL) != (error == NULL))
    g_error ("A keyring was neither accepted nor refused");
  if (keyring != NULL)
    check_keyring (keyring);
}

static void
read_payloads (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (GBytes) extended = NULL;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_auto (GStrv) lines = g_strsplit (text, "\n", 20);

  make_beginning ();
  for (guint i = 0; lines[i] != NULL; i++)
    {
      JsonObject *payload = probity_access_json_parse (lines[i], strlen (lines[i]));

      if (payload != NULL)
        g_ptr_array_add (payloads, payload);
    }
  extended = probity_keyring_extend (beginning, payloads, ADMINISTRATOR, secrets, NOW, &keyring, &error);
  if ((extended != NULL) != (error == NULL))
    g_error ("Payloads were neither accepted nor refused");
  if (extended != NULL)
    {
      check_keyring (keyring);
      read_file (extended);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  if (length > 0 && data[0] == '!')
    {
      g_autofree char *text = g_strndup ((const char *) data + 1, length - 1);

      read_payloads (text);
    }
  else
    {
      g_autoptr (GBytes) bytes = g_bytes_new (data, length);

      read_file (bytes);
    }
  return 0;
}
