/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-blocking.h"
#include "probity-keyring-private.h"
#include "probity-locked.h"
#include "probity-sealed-private.h"
#include "probity-session.h"

G_BEGIN_DECLS

/* What the files of this folder share about a session. */

/* The secret half of a compartment's own key pair, from its meta table. */
typedef struct
{
  guint8 bytes[32];
} ProbityCompartmentSecret;

/* What signing in needs and gives, step by step. Counted; one thread at a time. */
typedef struct
{
  char                     *folder;
  char                     *name;       /* of the account, lower-case */
  char                     *passphrase; /* locked memory */
  ProbityClock             *clock;
  ProbityKeyring           *keyring;
  char                     *account_uid;
  ProbitySecrets           *secrets;
  ProbityKeyCost            cost;
  ProbityKey               *keys[PROBITY_N_COMPARTMENTS];
  GPtrArray                *sealed; /* ProbitySealedPlace; NULL: none */
  ProbityCasebook          *casebook;
  ProbityProfile           *profile;
  ProbityCompartmentSecret *compartment_secrets[PROBITY_N_COMPARTMENTS]; /* locked memory */
  char                     *restore_uid;                                 /* the newest; "" where it never was restored */
} ProbityOpening;

/* @passphrase is copied; NULL where there is none (yet). */
ProbityOpening *probity_opening_new (const char   *folder,
                                     const char   *account,
                                     const char   *passphrase,
                                     ProbityClock *clock);
ProbityOpening *probity_opening_ref (ProbityOpening *self);
void            probity_opening_unref (ProbityOpening *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityOpening, probity_opening_unref)
/* Blocks for half a second: keyring, slot, keys. */
gboolean probity_opening_unlock (ProbityOpening *self,
                                 ProbitySlotKind kind,
                                 GError        **error);
/* Blocking: finds which sealed compartments are the account's, by its secrets. */
gboolean probity_opening_find_sealed (ProbityOpening *self,
                                      GError        **error);
/* From a fiber: opens the databases and proves that they are the keyring's. */
gboolean probity_opening_open (ProbityOpening *self,
                               GError        **error);
/* Takes what @opening has. */
ProbitySession *probity_session_new_from_opening (ProbityOpening *opening);

/* Any thread. */
ProbitySecrets       *probity_session_peek_secrets (ProbitySession *self);
const char           *probity_session_get_casebook_uid (ProbitySession *self);
ProbityKey           *probity_session_peek_key (ProbitySession    *self,
                                                ProbityCompartment compartment);
const ProbityKeyCost *probity_session_peek_cost (ProbitySession *self);
const char           *probity_session_peek_folder (ProbitySession *self);
/* Under which name a workstation remembers this casebook: its uid, and that of its newest restore. */
const char                     *probity_session_peek_memory (ProbitySession *self);
const ProbityCompartmentSecret *probity_session_peek_compartment_secret (ProbitySession    *self,
                                                                         ProbityCompartment compartment);
/* Whether the account may ever seal a case: then it has places of its own for that. */
gboolean probity_opening_may_seal (ProbityOpening *self);
/* Main thread. */
void probity_session_wipe (ProbitySession *self);
void probity_session_end (ProbitySession *self,
                          const GError   *error);
/* Whether the account may still act: not disabled or reset meanwhile, and the keyring is whole. */
gboolean probity_session_check_active (ProbitySession *self,
                                       GError        **error);
/* After a change to the keyring here: what everybody else reads from the file. */
void probity_session_take_keyring (ProbitySession *self,
                                   ProbityKeyring *keyring);
/* On how many pages that are open (ProbityVisit) the record @name stands. Any thread. */
void     probity_session_count_shown (ProbitySession *self,
                                      const char     *name,
                                      int             change);
gboolean probity_session_is_shown (ProbitySession *self,
                                   const char     *name);
/* Any thread. */
ProbityLocked *probity_session_peek_locked (ProbitySession *self);

G_END_DECLS
