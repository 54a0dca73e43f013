/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-keyring-private.h"

G_BEGIN_DECLS

/*
 * Who holds which sealed compartment, so that nobody else can tell.
 *
 * A compartment that holds a sealed case must not be told from one that holds nothing, nor who its holders
 * are from who they are not. So each account that may seal a case has places of its own from its first
 * sign-in: folders with random bytes in them. The file `keys` of a place has one entry for every account
 * in the order of the keyring, and as many again as bring their number to a multiple of 64, all of
 * one length: sealed to the account's X25519 key where it says something, and to a key that nobody has where
 * it does not. Only its own account finds out which.
 *
 *   0   16  `PROBITY-SEALED\n` and 1
 *   16  …   entries, each a sealed box of 40 bytes: what it says (1: a place of this account to be used;
 *           2: the key of a sealed compartment), its home (as ProbityCompartment), whether the place
 *           is this account's, five zero bytes, the key
 */

typedef struct
{
  char              *name; /* of the place */
  gboolean           own;  /* this account's to use */
  ProbityCompartment home;
  ProbityKey        *key; /* NULL: not used yet */
} ProbitySealedPlace;

/** How many places an account that may seal cases has; tests lower it. */
extern guint probity_sealed_places_per_account;

/**
 * The places below @folder of which this account has to know, in the order of their names: those it holds,
 * and those it may use. Blocking. (element-type ProbitySealedPlace) (transfer full)
 */
GPtrArray *probity_sealed_load (const char     *folder,
                                ProbityKeyring *keyring,
                                const char     *account_uid,
                                ProbitySecrets *secrets,
                                GError        **error);
/** Makes the places that an account with its roles is to have and are not in @places yet. Blocking. */
gboolean probity_sealed_make_places (const char     *folder,
                                     ProbityKeyring *keyring,
                                     const char     *account_uid,
                                     GPtrArray      *places,
                                     GError        **error);
/**
 * Gives @key to @holders (account uids), beside those who have it already if @add. The place stays its
 * owner's. Under the write lock. Blocking.
 */
gboolean probity_sealed_grant (const char        *folder,
                               const char        *name,
                               ProbityKeyring    *keyring,
                               const char        *owner_uid,
                               ProbityCompartment home,
                               ProbityKey        *key,
                               const char *const *holders,
                               gboolean           add,
                               GError           **error);

G_END_DECLS
