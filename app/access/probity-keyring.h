/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-casebook.h"
#include "probity-role.h"

G_BEGIN_DECLS

/*
 * The keyring: a hash-chained list of signed statements in FOLDER/keyring.jsonl, one JSON line each:
 *
 *   {"payload": "<JSON text>", "by": "<account uid>", "signature": "<base64>", "hash": "<hex>"}
 *
 * hash = SHA-256 of the canonical bytes of previous hash, payload, by and signature; the signature is
 * Ed25519 over those of previous hash and payload. Payload kinds: casebook (uid, format, each
 * compartment's public key, the first account and the keys sealed to it: one line makes a casebook),
 * account, roles, grant (compartment, generation, key sealed to the account's X25519 key), reset,
 * disable. Each has its time, never earlier than the one before. Whoever is not an administrator at
 * that point of the list cannot add account, roles, reset or disable; only a holder can add a grant;
 * the last administrator stays one. Disabled is for good: who comes back gets a new account.
 * Key slots (Argon2id → secret keys) are in FOLDER/slots/UID.json, replaced as a whole, so that an
 * old passphrase does not stay usable in the casebook itself.
 */

/** What one guess at a passphrase costs; stored with the slot. */
typedef struct
{
  guint64 operations; /* libsodium opslimit */
  guint64 memory;     /* bytes */
} ProbityKeyCost;

/** The only cost that shipped programs use: about half a second. */
extern const ProbityKeyCost probity_key_cost_standard;

typedef struct
{
  const char  *uid;
  const char  *name; /* lower-case, 1–64 of [a-z0-9._-] */
  ProbityRoles roles;
  const char  *staff_number; /* nullable */
  gboolean     disabled;
  guint        holds; /* bit per ProbityCompartment */
  const char  *created;
} ProbityAccount;

/** Immutable snapshot of the statements; boxed, any thread. */
GType probity_keyring_get_type (void);
#define PROBITY_TYPE_KEYRING (probity_keyring_get_type ())
ProbityKeyring *probity_keyring_ref (ProbityKeyring *self);
void            probity_keyring_unref (ProbityKeyring *self);
/** Reads and proves the list: limits 16 MiB, 10,000 statements. Every reader of the file comes here. */
ProbityKeyring       *probity_keyring_load (const char *folder, GError **error);
ProbityKeyring       *probity_keyring_parse (GBytes *bytes, GError **error);
const char           *probity_keyring_get_casebook_uid (ProbityKeyring *self);
guint                 probity_keyring_get_n_accounts (ProbityKeyring *self);
const ProbityAccount *probity_keyring_get_account (ProbityKeyring *self, guint index);
const ProbityAccount *probity_keyring_find (ProbityKeyring *self, const char *uid_or_name);
/** The roles that the account had at @instant by the order of statements; NONE when unknown or disabled. */
ProbityRoles probity_keyring_get_roles_at (ProbityKeyring *self, const char *uid, const char *instant);
/** Checks an Ed25519 signature of account @uid over @message. */
gboolean probity_keyring_verify (ProbityKeyring *self, const char *uid, GBytes *message, GBytes *signature);
/** The same, but only with the key that the account had at @instant: after a reset the old key signs nothing any more. Prefer it wherever a time is signed too. */
gboolean probity_keyring_verify_at (ProbityKeyring *self, const char *uid, const char *instant /* nullable */, GBytes *message, GBytes *signature);
/** SHA-256 of the creator's public signing key, 64 hex digits; it stands in every compartment too. */
const char *probity_keyring_get_fingerprint (ProbityKeyring *self);
/** When the casebook was made. */
const char *probity_keyring_get_created (ProbityKeyring *self);
/** The profile that the casebook was made with, `derbyshire`. */
const char *probity_keyring_get_profile_name (ProbityKeyring *self);
/** Whether its people are invented; known before anybody signs in. */
gboolean probity_keyring_is_sample (ProbityKeyring *self);
/** Lower-case, 1–64 of [a-z0-9._-]. */
gboolean probity_account_name_is_valid (const char *name);
/** `staff:4127`, or `account:UID` where no staff number is recorded: accounts of one number are one person. (transfer full) */
char *probity_keyring_dup_person_of (ProbityKeyring *self, const char *uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityKeyring, probity_keyring_unref)

G_END_DECLS
