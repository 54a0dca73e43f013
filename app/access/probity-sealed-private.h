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
 *           2: the key of a sealed compartment; 3: a place of this account that was used, and can be again once
           no program has it open any more), its home (as ProbityCompartment), whether the place
 *           is this account's, five zero bytes, the key
 */

typedef struct
{
  char              *name;  /* of the place */
  gboolean           own;   /* this account's to use */
  gboolean           spent; /* its case went elsewhere */
  ProbityCompartment home;
  ProbityKey        *key; /* NULL: not used yet */
} ProbitySealedPlace;

/** How many places an account that may seal cases has; tests lower it. */
extern guint probity_sealed_places_per_account;
/**
 * How many places a casebook has at most: as many as one session can hold, so that whoever is named can always
 * open what they were named to. An account that finds none left makes none, and cannot seal. Tests lower it.
 */
extern guint probity_sealed_max_places;

/**
 * The places below @folder of which this account has to know, in the order of their names: those it holds,
 * and those it may use. Blocking. (element-type ProbitySealedPlace) (transfer full)
 */
GPtrArray *probity_sealed_load (const char     *folder,
                                ProbityKeyring *keyring,
                                const char     *account_uid,
                                ProbitySecrets *secrets,
                                GError        **error);
/** Makes the places that an account with its roles is to have and are not in @places yet, as far as there is room. Blocking. */
gboolean probity_sealed_make_places (const char     *folder,
                                     ProbityKeyring *keyring,
                                     const char     *account_uid,
                                     GPtrArray      *places,
                                     GError        **error);
/**
 * Gives @key to @holders (account uids), each to the keys that the account had at the instant in @instants, and
 * to nobody else. The place stays its owner's, the first holder's. All entries are written anew, so that who
 * compares the file with an older one does not see whose changed. Under the write lock. Blocking.
 */
gboolean probity_sealed_grant (const char        *folder,
                               const char        *name,
                               ProbityKeyring    *keyring,
                               ProbityCompartment home,
                               ProbityKey        *key,
                               const char *const *holders,
                               const char *const *instants,
                               GError           **error);

/** Takes the key from everybody: the place waits for its owner, to whose keys of then @instant says, to use it again. */
gboolean probity_sealed_spend (const char     *folder,
                               const char     *name,
                               ProbityKeyring *keyring,
                               const char     *owner_uid,
                               const char     *instant,
                               GError        **error);

/*
 * Where the logs of sealed compartments ended, in the memory of the workstation: a file for each account, whether it
 * holds any or not, always of one length, written whenever other heads are, and sealed to the account. A log is
 * known by its key: a place can be used for another.
 */
#define PROBITY_SEALED_ID_BYTES 16
typedef struct
{
  guint8 id[PROBITY_SEALED_ID_BYTES];
  gint64 seq;
  guint8 hash[PROBITY_HASH_BYTES];
} ProbitySealedHead;
void probity_sealed_get_id (ProbityKey *key,
                            guint8      ret_id[PROBITY_SEALED_ID_BYTES]);
/** What is remembered under @memory (probity_session_peek_memory()), the newest first; empty where nothing is. (element-type ProbitySealedHead) (transfer full) */
GArray *probity_sealed_memory_load (const char     *memory,
                                    const char     *account_uid,
                                    ProbitySecrets *secrets);
/** Remembers @heads, the first PROBITY_MAX_SEALED of them. A workstation that cannot works all the same. */
void probity_sealed_memory_save (const char     *memory,
                                 const char     *account_uid,
                                 ProbitySecrets *secrets,
                                 GArray         *heads);
/** The one of the compartment whose key this is; %NULL. */
ProbitySealedHead *probity_sealed_memory_find (GArray     *heads,
                                               ProbityKey *key);

G_END_DECLS
