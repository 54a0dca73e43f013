/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-canonical.h"
#include "probity-casebook.h"
#include "probity-clock.h"
#include "probity-keyring.h"

G_BEGIN_DECLS

/*
 * An open casebook and who is signed in: what everything above is handed as a property.
 * A GObject of the main thread; the functions marked (any thread) may be called from read and
 * write functions too. Passphrases are passed as sodium-allocated or secure-buffer text and
 * copied into locked memory at once.
 */
#define PROBITY_TYPE_SESSION (probity_session_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySession, probity_session, PROBITY, SESSION, GObject)

typedef struct
{
  const char    *folder;  /* made if it does not exist; must be empty */
  const char    *profile; /* derbyshire, durham, generic */
  const char    *account;
  ProbityRoles   roles;
  const char    *staff_number; /* nullable */
  const char    *passphrase;
  const char    *recovery_file; /* nullable: a recovery code is written there */
  ProbityKeyCost cost;          /* probity_key_cost_standard */
  ProbityClock  *clock;         /* nullable: system clock */
  gboolean       sample;        /* invented people: banner, passphrase shown */
} ProbityCreateOptions;

/** First thing in main(): no core dump, no other process looks into this one's memory. */
void probity_harden_process (void);

/** Makes a casebook: folder 2770, files 0660, keyring, databases, profile copied in. Resolves to TRUE. */
DexFuture *probity_session_create_casebook (const ProbityCreateOptions *options);

/** Opens @folder as @account. Logs the sign-in; a wrong passphrase is logged as a refusal note. Resolves to #ProbitySession. */
DexFuture *probity_session_sign_in (const char *folder, const char *account, const char *passphrase, ProbityClock *clock /* nullable */);

/** Closes the casebook and wipes keys; the session is of no further use. Resolves to TRUE. */
DexFuture *probity_session_sign_out (ProbitySession *self);

ProbityCasebook *probity_session_get_casebook (ProbitySession *self);
ProbityProfile  *probity_session_get_profile (ProbitySession *self);      /* any thread */
const char      *probity_session_get_account_uid (ProbitySession *self);  /* any thread */
const char      *probity_session_get_account_name (ProbitySession *self); /* any thread */
ProbityRoles     probity_session_get_roles (ProbitySession *self);        /* any thread */
const char      *probity_session_get_staff_number (ProbitySession *self); /* any thread, nullable */
const char      *probity_session_get_person (ProbitySession *self);       /* any thread: `staff:4127` or `account:UID` */
ProbityKeyring  *probity_session_dup_keyring (ProbitySession *self);      /* any thread, newest */
gboolean         probity_session_is_sample (ProbitySession *self);

/* Accounts. All resolve to TRUE unless said otherwise, are refused with PROBITY_ACCESS_ERROR codes, and are logged. */
DexFuture *probity_session_add_account (ProbitySession *self, const char *name, ProbityRoles roles, const char *staff_number, const char *passphrase);
DexFuture *probity_session_grant (ProbitySession *self, const char *account); /* every key that the account's roles need and this session holds */
DexFuture *probity_session_disable (ProbitySession *self, const char *account);
DexFuture *probity_session_reset (ProbitySession *self, const char *account, const char *passphrase); /* new keys; old grants are gone */
DexFuture *probity_session_change_passphrase (ProbitySession *self, const char *old_passphrase, const char *new_passphrase);
DexFuture *probity_session_set_roles (ProbitySession *self, const char *account, ProbityRoles roles);
/** One's own: a new recovery code, written to @path (0600, must not exist). */
DexFuture *probity_session_make_recovery_code (ProbitySession *self, const char *passphrase, const char *path);
/** Without a session: a recovery code instead of the passphrase, which it replaces. Logged. */
DexFuture *probity_session_recover (const char *folder, const char *account, const char *code, const char *new_passphrase);

/** Signs with the account's Ed25519 key; (any thread). (transfer full) */
GBytes *probity_session_sign (ProbitySession *self, GBytes *message);
/** Seals @message so that only holders of @compartment can open it, and (transfer full) gives the box; (any thread). */
GBytes *probity_session_seal_to_compartment (ProbitySession *self, ProbityCompartment compartment, GBytes *message);
/** Seals to one account's X25519 key; opens what was sealed to this session's account; (any thread). */
GBytes *probity_session_seal_to_account (ProbitySession *self, const char *account_uid, GBytes *message, GError **error);
GBytes *probity_session_open_sealed (ProbitySession *self, GBytes *box, GError **error);
/** Opens a note sealed to a compartment that this session holds; (any thread). */
GBytes *probity_session_open_compartment_note (ProbitySession *self, ProbityCompartment compartment, GBytes *box, GError **error);

/** A key for what lies beside the database of a compartment that this session holds; @context has eight characters; (any thread). (transfer full) */
ProbityKey *probity_session_derive_key (ProbitySession *self, ProbityCompartment compartment, const char *context, GError **error);

/* Properties: casebook, account-name (construct-only). Signal: ended (GError * or NULL), main thread. */

G_END_DECLS
