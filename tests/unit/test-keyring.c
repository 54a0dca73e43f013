/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-clock.h"
#include "probity-keyring-private.h"

#include <glib/gstdio.h>
#include <string.h>

#define T0 "2026-01-01T00:00:00.000Z"
#define T1 "2026-01-02T00:00:00.000Z"
#define T2 "2026-01-03T00:00:00.000Z"

static const ProbityKeyCost cheap = { 1, 8192 };

/* A keyring in the making, and the secrets of all who are in it. */
typedef struct
{
  GBytes         *bytes;
  ProbityKeyring *keyring;
  ProbityKey     *keys[PROBITY_N_COMPARTMENTS];
  ProbitySecrets *admin, *hr, *decider;
  char           *admin_uid, *hr_uid, *decider_uid;
} Fixture;

static GBytes *
extend (GBytes         *bytes,
        JsonObject     *payload,
        const char     *by,
        ProbitySecrets *secrets,
        const char     *now,
        GError        **error)
{
  g_autoptr (GPtrArray) payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  g_ptr_array_add (payloads, payload);

  return probity_keyring_extend (bytes, payloads, by, secrets, now, NULL, error);
}

static void
add (Fixture        *fixture,
     JsonObject     *payload,
     const char     *by,
     ProbitySecrets *secrets,
     const char     *now)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = extend (fixture->bytes, payload, by, secrets, now, &error);

  g_assert_no_error (error);
  g_bytes_unref (fixture->bytes);
  fixture->bytes = bytes;
  probity_keyring_unref (fixture->keyring);
  fixture->keyring = probity_keyring_parse (bytes, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture        *fixture,
                JsonObject     *payload,
                const char     *by,
                ProbitySecrets *secrets,
                int             code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = extend (fixture->bytes, payload, by, secrets, T2, &error);

  g_assert_error (error, PROBITY_ACCESS_ERROR, code);
  g_assert_null (bytes);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *casebook_uid = probity_uid_new (1);
  g_autoptr (GPtrArray) payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  guint8 compartment_public[PROBITY_N_COMPARTMENTS][PROBITY_BOX_PUBLIC_BYTES];

  fixture->admin = probity_secrets_new_random ();
  fixture->hr = probity_secrets_new_random ();
  fixture->decider = probity_secrets_new_random ();
  fixture->admin_uid = probity_uid_new (2);
  fixture->hr_uid = probity_uid_new (3);
  fixture->decider_uid = probity_uid_new (4);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      g_autoptr (ProbitySecrets) pair = probity_secrets_new_random ();

      fixture->keys[i] = probity_key_new_random ();
      memcpy (compartment_public[i], probity_secrets_peek_box_public (pair), PROBITY_BOX_PUBLIC_BYTES);
    }

  g_ptr_array_add (payloads, probity_payload_new_casebook (casebook_uid, "generic", "00", FALSE, fixture->admin_uid, "admin", PROBITY_ROLE_ADMINISTRATOR, NULL, fixture->admin, compartment_public, fixture->keys));
  fixture->bytes = probity_keyring_extend (NULL, payloads, fixture->admin_uid, fixture->admin, T0, &fixture->keyring, &error);
  g_assert_no_error (error);

  add (fixture, probity_payload_new_account (fixture->hr_uid, "hr", PROBITY_ROLE_HEAD_OF_HR, "4127", fixture->hr), fixture->admin_uid, fixture->admin, T1);
  add (fixture, probity_payload_new_account (fixture->decider_uid, "decider", PROBITY_ROLE_DECIDER, "4127", fixture->decider), fixture->admin_uid, fixture->admin, T1);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_bytes_unref (fixture->bytes);
  probity_keyring_unref (fixture->keyring);
  probity_secrets_unref (fixture->admin);
  probity_secrets_unref (fixture->hr);
  probity_secrets_unref (fixture->decider);
  g_free (fixture->admin_uid);
  g_free (fixture->hr_uid);
  g_free (fixture->decider_uid);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    probity_key_unref (fixture->keys[i]);
}

static JsonObject *
grant_registers_to_hr (Fixture *fixture)
{
  return probity_payload_new_grant (fixture->hr_uid, PROBITY_COMPARTMENT_REGISTERS, probity_secrets_peek_box_public (fixture->hr), fixture->keys[PROBITY_COMPARTMENT_REGISTERS]);
}

/* Rule: what was sealed to an account opens with its secrets, and with nobody else's. */
static void
test_grant (Fixture      *fixture,
            gconstpointer data)
{
  ProbityKeyringAccount *inner;
  g_autoptr (ProbityKey) opened = NULL;
  g_autoptr (ProbityKey) stolen = NULL;

  g_assert_cmpuint (probity_keyring_find (fixture->keyring, "hr")->holds, ==, 0);
  add (fixture, grant_registers_to_hr (fixture), fixture->admin_uid, fixture->admin, T1);
  g_assert_cmpuint (probity_keyring_find (fixture->keyring, "hr")->holds, ==, 1u << PROBITY_COMPARTMENT_REGISTERS);

  inner = probity_keyring_find_inner (fixture->keyring, "hr");
  opened = probity_secrets_open_key (fixture->hr, inner->sealed[PROBITY_COMPARTMENT_REGISTERS]);
  g_assert_nonnull (opened);
  g_assert_cmpmem (probity_key_peek (opened), PROBITY_KEY_BYTES, probity_key_peek (fixture->keys[PROBITY_COMPARTMENT_REGISTERS]), PROBITY_KEY_BYTES);
  stolen = probity_secrets_open_key (fixture->decider, inner->sealed[PROBITY_COMPARTMENT_REGISTERS]);
  g_assert_null (stolen);
}

/* Rule: only a holder grants; only administrators add, change roles, reset and disable; one of them stays. */
static void
test_who_may_say_what (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (ProbitySecrets) fresh = probity_secrets_new_random ();
  g_autofree char *uid = probity_uid_new (9);

  assert_refused (fixture, grant_registers_to_hr (fixture), fixture->decider_uid, fixture->decider, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, grant_registers_to_hr (fixture), fixture->hr_uid, fixture->hr, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, probity_payload_new_roles (fixture->hr_uid, PROBITY_ROLE_ADMINISTRATOR), fixture->hr_uid, fixture->hr, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, probity_payload_new_account (uid, "mallory", PROBITY_ROLE_DECIDER, NULL, fresh), fixture->hr_uid, fixture->hr, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, probity_payload_new_reset (fixture->decider_uid, fresh), fixture->hr_uid, fixture->hr, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, probity_payload_new_disable (fixture->decider_uid), fixture->hr_uid, fixture->hr, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, probity_payload_new_disable (fixture->admin_uid), fixture->admin_uid, fixture->admin, PROBITY_ACCESS_ERROR_LAST_ADMINISTRATOR);
  assert_refused (fixture, probity_payload_new_roles (fixture->admin_uid, PROBITY_ROLE_DECIDER), fixture->admin_uid, fixture->admin, PROBITY_ACCESS_ERROR_LAST_ADMINISTRATOR);
  assert_refused (fixture, probity_payload_new_account (uid, "hr", PROBITY_ROLE_DECIDER, NULL, fresh), fixture->admin_uid, fixture->admin, PROBITY_ACCESS_ERROR_EXISTS);

  /* With a second administrator the first can go, and says nothing any more. */
  add (fixture, probity_payload_new_roles (fixture->hr_uid, PROBITY_ROLE_ADMINISTRATOR), fixture->admin_uid, fixture->admin, T1);
  add (fixture, probity_payload_new_disable (fixture->admin_uid), fixture->hr_uid, fixture->hr, T2);
  assert_refused (fixture, probity_payload_new_disable (fixture->decider_uid), fixture->admin_uid, fixture->admin, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, grant_registers_to_hr (fixture), fixture->admin_uid, fixture->admin, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  assert_refused (fixture, probity_payload_new_roles (fixture->admin_uid, PROBITY_ROLE_ADMINISTRATOR), fixture->hr_uid, fixture->hr, PROBITY_ACCESS_ERROR_DISABLED);
}

/* Rule: a signature counts with the roles and the key that its account had at its time. */
static void
test_roles_and_keys_in_time (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (ProbitySecrets) fresh = probity_secrets_new_random ();
  g_autoptr (GBytes) message = g_bytes_new_static ("m", 1);
  g_autoptr (GBytes) before = probity_secrets_sign (fixture->hr, message);
  g_autoptr (GBytes) after = probity_secrets_sign (fresh, message);
  g_autofree char *person = NULL;

  add (fixture, grant_registers_to_hr (fixture), fixture->admin_uid, fixture->admin, T1);
  add (fixture, probity_payload_new_reset (fixture->hr_uid, fresh), fixture->admin_uid, fixture->admin, T2);
  g_assert_cmpuint (probity_keyring_find (fixture->keyring, "hr")->holds, ==, 0);

  g_assert_true (probity_keyring_verify (fixture->keyring, fixture->hr_uid, message, before));
  g_assert_true (probity_keyring_verify_at (fixture->keyring, fixture->hr_uid, "2026-01-02T12:00:00.000Z", message, before));
  g_assert_false (probity_keyring_verify_at (fixture->keyring, fixture->hr_uid, "2026-01-03T12:00:00.000Z", message, before));
  g_assert_true (probity_keyring_verify_at (fixture->keyring, fixture->hr_uid, "2026-01-03T12:00:00.000Z", message, after));
  g_assert_false (probity_keyring_verify_at (fixture->keyring, fixture->hr_uid, "2026-01-02T12:00:00.000Z", message, after));
  g_assert_false (probity_keyring_verify (fixture->keyring, fixture->decider_uid, message, before));

  g_assert_cmpuint (probity_keyring_get_roles_at (fixture->keyring, fixture->hr_uid, T0), ==, PROBITY_ROLE_NONE);
  g_assert_cmpuint (probity_keyring_get_roles_at (fixture->keyring, fixture->hr_uid, T1), ==, PROBITY_ROLE_HEAD_OF_HR);
  add (fixture, probity_payload_new_disable (fixture->hr_uid), fixture->admin_uid, fixture->admin, T2);
  g_assert_cmpuint (probity_keyring_get_roles_at (fixture->keyring, fixture->hr_uid, T1), ==, PROBITY_ROLE_HEAD_OF_HR);
  g_assert_cmpuint (probity_keyring_get_roles_at (fixture->keyring, fixture->hr_uid, "2026-01-03T00:00:00.001Z"), ==, PROBITY_ROLE_NONE);

  /* Accounts of one staff number are one person. */
  person = probity_keyring_dup_person_of (fixture->keyring, fixture->decider_uid);
  g_assert_cmpstr (person, ==, "staff:4127");
}

static GStrv
split_lines (GBytes *bytes)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_strsplit (text, "\n", -1);
}

static void
assert_damaged (char      **lines,
                const char *where)
{
  char *text = g_strjoinv ("\n", lines);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityKeyring) keyring = probity_keyring_parse (bytes, &error);

  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED);
  g_assert_null (keyring);
  g_assert_nonnull (strstr (error->message, where));
}

static char *
replace (const char *text,
         const char *from,
         const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 1);

  return g_strjoinv (to, parts);
}

/* Signs and hashes an edited line again, as somebody does who has an account of their own. */
static char *
forge_line (char          **lines,
            guint           index,
            const char     *from,
            const char     *to,
            const char     *by,
            ProbitySecrets *secrets)
{
  g_autoptr (JsonObject) before = probity_access_json_parse (lines[index - 1], strlen (lines[index - 1]));
  g_autoptr (JsonObject) line = probity_access_json_parse (lines[index], strlen (lines[index]));
  g_autoptr (JsonObject) forged = json_object_new ();
  g_autofree char *payload = replace (probity_access_json_get_text (line, "payload"), from, to);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autofree char *signature_text = NULL;
  g_autoptr (GString) hex = g_string_new (NULL);
  const char *previous_text = probity_access_json_get_text (before, "hash");
  guint8      previous[PROBITY_HASH_BYTES], hash[PROBITY_HASH_BYTES];

  for (guint i = 0; i < sizeof previous; i++)
    previous[i] = (guint8) (g_ascii_xdigit_value (previous_text[i * 2]) << 4 | g_ascii_xdigit_value (previous_text[i * 2 + 1]));
  message = probity_keyring_dup_signed (previous, payload);
  signature = probity_secrets_sign (secrets, message);
  probity_keyring_hash (previous, payload, by, g_bytes_get_data (signature, NULL), hash);
  for (guint i = 0; i < sizeof hash; i++)
    g_string_append_printf (hex, "%02x", hash[i]);

  signature_text = probity_base64_dup (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  json_object_set_string_member (forged, "payload", payload);
  json_object_set_string_member (forged, "by", by);
  json_object_set_string_member (forged, "signature", signature_text);
  json_object_set_string_member (forged, "hash", hex->str);

  return probity_access_json_dup_text (forged);
}

static void
swap (char **a,
      char **b)
{
  char *c = *a;

  *a = *b;
  *b = c;
}

/* Rule: an edited role, a removed, moved or re-signed line is damage, and the line is named. */
static void
test_tampering (Fixture      *fixture,
                gconstpointer data)
{
  g_auto (GStrv) lines = split_lines (fixture->bytes);
  g_autofree char *edited = replace (lines[1], "head-of-hr", "administrator");
  g_autofree char *resigned = forge_line (lines, 1, "head-of-hr", "administrator", fixture->hr_uid, fixture->hr);
  g_autofree char *as_admin = forge_line (lines, 1, "head-of-hr", "administrator", fixture->admin_uid, fixture->hr);
  g_autofree char *by_decider = forge_line (lines, 2, "decider", "administrator", fixture->hr_uid, fixture->hr);
  g_autofree char *removed = NULL;

  g_assert_cmpuint (g_strv_length (lines), ==, 4);

  swap (&lines[1], &edited);
  assert_damaged (lines, "Line 2");
  swap (&lines[1], &edited);

  /* By the account itself, which stands nowhere before that line. */
  swap (&lines[1], &resigned);
  assert_damaged (lines, "Line 2 of the keyring: signed by an unknown account");
  swap (&lines[1], &resigned);

  swap (&lines[1], &as_admin);
  assert_damaged (lines, "Line 2 of the keyring: is not signed by whom it names");
  swap (&lines[1], &as_admin);

  /* By an account that exists and is no administrator. */
  swap (&lines[2], &by_decider);
  assert_damaged (lines, "Line 3 of the keyring: only an administrator");
  swap (&lines[2], &by_decider);

  swap (&lines[1], &lines[2]);
  assert_damaged (lines, "Line 2");
  swap (&lines[1], &lines[2]);

  {
    char *shorter[] = { lines[0], lines[2], lines[3], NULL };
    char *headless[] = { lines[1], lines[2], lines[3], NULL };

    assert_damaged (shorter, "Line 2");
    assert_damaged (headless, "Line 1");
  }
}

/* Rule: every flipped bit of the list is noticed. */
static void
test_bit_flips (Fixture      *fixture,
                gconstpointer data)
{
  gsize              length;
  const guint8      *bytes = g_bytes_get_data (fixture->bytes, &length);
  g_autofree guint8 *copy = g_memdup2 (bytes, length);

  for (gsize i = 0; i < length * 8; i += 5)
    {
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ProbityKeyring) keyring = NULL;

      copy[i / 8] ^= (guint8) (1u << (i % 8));
      flipped = g_bytes_new (copy, length);
      keyring = probity_keyring_parse (flipped, &error);
      copy[i / 8] ^= (guint8) (1u << (i % 8));

      /* The last line end is the one byte whose loss looks like an interrupted writer. */
      if (i / 8 == length - 1)
        g_assert_cmpuint (probity_keyring_get_n_accounts (keyring), ==, 2);
      else
        g_assert_null (keyring);
    }
}

/* Rule: a line that an interrupted writer left says nothing, and the next writer takes it away. */
static void
test_interrupted_writer (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("probity-keyring-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, PROBITY_KEYRING_FILE, NULL);
  g_autoptr (GPtrArray) payloads = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autoptr (ProbityKeyring) torn = NULL;
  g_autoptr (ProbityKeyring) written = NULL;
  g_autoptr (ProbityKeyring) read = NULL;
  gsize length = g_bytes_get_size (fixture->bytes);

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (fixture->bytes, NULL), (gssize) length - 100, &error));
  torn = probity_keyring_load (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (probity_keyring_get_n_accounts (torn), ==, 2);
  g_assert_null (probity_keyring_find (torn, "decider"));

  g_ptr_array_add (payloads, grant_registers_to_hr (fixture));
  written = probity_keyring_append (folder, payloads, fixture->admin_uid, fixture->admin, T2, &error);
  g_assert_no_error (error);
  read = probity_keyring_load (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->n_statements, ==, 3);
  g_assert_cmpmem (read->head, sizeof read->head, written->head, sizeof written->head);
  g_assert_cmpuint (probity_keyring_find (read, "hr")->holds, ==, 1u << PROBITY_COMPARTMENT_REGISTERS);

  g_unlink (path);
  g_rmdir (folder);
}

/* Rule: a clock that went back does not make the list unreadable. */
static void
test_clock_goes_back (Fixture      *fixture,
                      gconstpointer data)
{
  add (fixture, grant_registers_to_hr (fixture), fixture->admin_uid, fixture->admin, "2001-01-01T00:00:00.000Z");
  g_assert_cmpstr (fixture->keyring->last_at, ==, T1);
}

/* Rule: what is no keyring is refused, never crashed upon. */
static void
test_garbage (void)
{
  static const char *const garbage[] = {
    "", "\n", "{}\n", "[]\n", "null\n", "{\"payload\": 1, \"by\": 2, \"signature\": 3, \"hash\": 4}\n", "\xff\xfe\n", "{\"payload\":\"{}\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (garbage[i], strlen (garbage[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (ProbityKeyring) keyring = probity_keyring_parse (bytes, &error);

      g_assert_null (keyring);
      g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED);
    }
}

/* Rule: a slot opens with its passphrase only, for its account only, and with nothing beside it changed. */
static void
test_slots (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = probity_uid_new (1);
  g_autofree char *other = probity_uid_new (2);
  g_autoptr (ProbitySecrets) secrets = probity_secrets_new_random ();
  g_autoptr (ProbitySecrets) opened = NULL;
  g_autoptr (ProbitySecrets) by_code = NULL;
  g_autoptr (ProbityKeySlots) slots = probity_key_slots_new (uid);
  g_autoptr (ProbityKeySlots) read = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char                    *code = probity_recovery_code_new ();
  g_autofree char         *lower = g_ascii_strdown (code, -1);
  char                    *typed;
  static const char *const edits[][2] = { { "\"operations\":1", "\"operations\":2" }, { "\"memory\":8192", "\"memory\":9216" } };

  probity_key_cost_set_floor (&cheap);
  g_assert_true (probity_key_slots_lock (slots, PROBITY_SLOT_PASSPHRASE, secrets, "correct", &cheap, &error));
  g_assert_true (probity_key_slots_lock (slots, PROBITY_SLOT_RECOVERY, secrets, code, &cheap, &error));
  bytes = probity_key_slots_dup_bytes (slots);
  read = probity_key_slots_parse (bytes, uid, &error);
  g_assert_no_error (error);

  opened = probity_key_slots_unlock (read, PROBITY_SLOT_PASSPHRASE, "correct", &error);
  g_assert_no_error (error);
  g_assert_cmpmem (probity_secrets_peek_sign_public (opened), PROBITY_SIGN_PUBLIC_BYTES, probity_secrets_peek_sign_public (secrets), PROBITY_SIGN_PUBLIC_BYTES);
  g_assert_cmpmem (probity_secrets_peek_box_public (opened), PROBITY_BOX_PUBLIC_BYTES, probity_secrets_peek_box_public (secrets), PROBITY_BOX_PUBLIC_BYTES);

  typed = probity_recovery_code_read (lower);
  g_assert_cmpstr (typed, ==, code);
  by_code = probity_key_slots_unlock (read, PROBITY_SLOT_RECOVERY, typed, &error);
  g_assert_no_error (error);
  g_assert_nonnull (by_code);
  probity_passphrase_free (typed);
  probity_passphrase_free (code);

  g_assert_null (probity_key_slots_unlock (read, PROBITY_SLOT_PASSPHRASE, "Correct", &error));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);
  g_assert_null (probity_key_slots_unlock (read, PROBITY_SLOT_RECOVERY, "correct", &error));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE);
  g_clear_error (&error);

  g_assert_null (probity_key_slots_parse (bytes, other, &error));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED);
  g_clear_error (&error);

  {
    g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

    for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
      {
        char *changed = replace (text, edits[i][0], edits[i][1]);
        g_autoptr (GBytes) changed_bytes = g_bytes_new_take (changed, strlen (changed));
        g_autoptr (ProbityKeySlots) changed_slots = probity_key_slots_parse (changed_bytes, uid, &error);

        g_assert_no_error (error);
        g_assert_null (probity_key_slots_unlock (changed_slots, PROBITY_SLOT_PASSPHRASE, "correct", &error));
        g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE);
        g_clear_error (&error);
      }
  }
  probity_key_cost_set_floor (&probity_key_cost_standard);
}

/* Rule: no program makes a slot cheaper than the standard, and the standard keeps guesses off cheap hardware. */
static void
test_cost_floor (void)
{
  ProbityKeyCost raised = probity_key_cost_raise (&cheap);
  ProbityKeyCost dear = { 16, 1 };

  g_assert_cmpuint (raised.operations, ==, probity_key_cost_standard.operations);
  g_assert_cmpuint (raised.memory, ==, probity_key_cost_standard.memory);
  g_assert_cmpuint (probity_key_cost_standard.memory, >=, 256 << 20);
  g_assert_cmpuint (probity_key_cost_raise (&dear).operations, ==, 16);
}

/* Rule: a slot file cannot ask for a cost that would bring the machine down. */
static void
test_slot_bounds (void)
{
  static const char *const costs[] = {
    "\"operations\":17,\"memory\":8192", "\"operations\":0,\"memory\":8192", "\"operations\":1,\"memory\":1073741825", "\"operations\":1,\"memory\":8191", "\"operations\":1.5,\"memory\":8192", "\"operations\":\"1\",\"memory\":8192"
  };
  g_autofree char *uid = probity_uid_new (1);

  for (gsize i = 0; i < G_N_ELEMENTS (costs); i++)
    {
      g_autoptr (GError) error = NULL;
      char *text = g_strdup_printf ("{\"format\":1,\"account\":\"%s\",\"slots\":[{\"kind\":\"passphrase\",\"algorithm\":\"argon2id13\",%s}]}", uid, costs[i]);
      g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

      g_assert_null (probity_key_slots_parse (bytes, uid, &error));
      g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_KEYRING_DAMAGED);
      g_assert_nonnull (strstr (error->message, "cost"));
    }
}

/* Rule: the words of roles are those of the console; keys follow roles as the table of compartments says. */
static void
test_roles (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ProbityRoles     roles;
  static const struct
  {
    const char *role;
    const char *opens;
  } expected[] = {
    { "line-manager", "jr" },
    { "hr-officer", "jr" },
    { "head-of-hr", "jr" },
    { "psd-officer", "jrs" },
    { "acu-officer", "jrsi" },
    { "decider", "jrsi" },
    { "administrator", "j" },
    { "administrator,decider", "jrsi" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GString) opens = g_string_new (NULL);

      g_assert_true (probity_roles_parse (expected[i].role, &roles, &error));
      for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS; compartment++)
        if (probity_roles_open (roles, compartment))
          g_string_append_c (opens, probity_compartment_to_string (compartment)[0]);
      g_assert_cmpstr (opens->str, ==, expected[i].opens);
    }

  g_assert_true (probity_roles_parse (" decider,line-manager , decider", &roles, &error));
  text = probity_roles_to_string (roles);
  g_assert_cmpstr (text, ==, "line-manager,decider");
  g_assert_false (probity_roles_parse ("decider,chief", &roles, &error));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "chief"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/keyring/grant", test_grant);
  ADD ("/keyring/who-may-say-what", test_who_may_say_what);
  ADD ("/keyring/roles-and-keys-in-time", test_roles_and_keys_in_time);
  ADD ("/keyring/tampering", test_tampering);
  ADD ("/keyring/bit-flips", test_bit_flips);
  ADD ("/keyring/interrupted-writer", test_interrupted_writer);
  ADD ("/keyring/clock-goes-back", test_clock_goes_back);
  g_test_add_func ("/keyring/garbage", test_garbage);
  g_test_add_func ("/slots/open", test_slots);
  g_test_add_func ("/slots/cost-floor", test_cost_floor);
  g_test_add_func ("/slots/bounds", test_slot_bounds);
  g_test_add_func ("/roles", test_roles);

  return g_test_run ();
}
