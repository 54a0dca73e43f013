/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "probity-canonical.h"
#include "probity-keyring.h"

G_BEGIN_DECLS

/* What the files of this folder share about keys, and nobody else includes but its own tests. */

#define PROBITY_BOX_PUBLIC_BYTES 32  /* X25519 */
#define PROBITY_SIGN_PUBLIC_BYTES 32 /* Ed25519 */
#define PROBITY_SIGNATURE_BYTES 64
#define PROBITY_HASH_BYTES 32
#define PROBITY_PASSPHRASE_MAX 1024

#define PROBITY_KEYRING_MAX_BYTES (16 * 1024 * 1024)
#define PROBITY_KEYRING_MAX_LINE (64 * 1024)
#define PROBITY_KEYRING_MAX_STATEMENTS 10000
#define PROBITY_SLOTS_MAX_BYTES (64 * 1024)

/* --- An account's secret keys, in locked memory; any thread --- */

typedef struct _ProbitySecrets ProbitySecrets;
ProbitySecrets                *probity_secrets_new_random (void);
ProbitySecrets                *probity_secrets_ref (ProbitySecrets *self);
void                           probity_secrets_unref (ProbitySecrets *self);
const guint8                  *probity_secrets_peek_box_public (ProbitySecrets *self);
const guint8                  *probity_secrets_peek_sign_public (ProbitySecrets *self);
GBytes                        *probity_secrets_sign (ProbitySecrets *self,
                                                     GBytes         *message);
GBytes                        *probity_secrets_open (ProbitySecrets *self,
                                                     GBytes         *box);
ProbityKey                    *probity_secrets_open_key (ProbitySecrets *self,
                                                         GBytes         *box);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbitySecrets, probity_secrets_unref)

/* Seals to an X25519 public key. */
GBytes *probity_seal_bytes (const guint8  public_key[PROBITY_BOX_PUBLIC_BYTES],
                            gconstpointer data,
                            gsize         length);
/* Base64 of exactly @length bytes; FALSE for anything else. */
gboolean probity_base64_read (const char *text,
                              guint8     *bytes,
                              gsize       length);
char    *probity_base64_dup (gconstpointer bytes,
                             gsize         length);

/* A passphrase copied into locked memory. NULL with INVALID when it is empty or too long. */
char *probity_passphrase_copy (const char *passphrase,
                               GError    **error);
void  probity_passphrase_free (char *passphrase);
/* A new recovery code in locked memory, and what a person typed brought into its form. */
char    *probity_recovery_code_new (void);
char    *probity_recovery_code_read (const char *text);
gboolean probity_recovery_code_write (const char *path,
                                      const char *code,
                                      GError    **error);

/* --- Key slots --- */

typedef enum
{
  PROBITY_SLOT_PASSPHRASE,
  PROBITY_SLOT_RECOVERY,
} ProbitySlotKind;

#define PROBITY_N_SLOT_KINDS (PROBITY_SLOT_RECOVERY + 1)

/* The wrapped secrets of one account; not for use by two threads at once. */
typedef struct _ProbityKeySlots ProbityKeySlots;
ProbityKeySlots                *probity_key_slots_new (const char *account_uid);
ProbityKeySlots                *probity_key_slots_parse (GBytes     *bytes,
                                                         const char *account_uid,
                                                         GError    **error);
ProbityKeySlots                *probity_key_slots_load (const char *folder,
                                                        const char *account_uid,
                                                        GError    **error);
gboolean                        probity_key_slots_save (ProbityKeySlots *self,
                                                        const char      *folder,
                                                        GError         **error);
/* An account that is disabled needs none. */
void            probity_key_slots_remove (const char *folder,
                                          const char *account_uid);
GBytes         *probity_key_slots_dup_bytes (ProbityKeySlots *self);
void            probity_key_slots_free (ProbityKeySlots *self);
gboolean        probity_key_slots_has (ProbityKeySlots *self,
                                       ProbitySlotKind  kind);
gboolean        probity_key_slots_get_cost (ProbityKeySlots *self,
                                            ProbitySlotKind  kind,
                                            ProbityKeyCost  *ret_cost);
gboolean        probity_key_slots_lock (ProbityKeySlots      *self,
                                        ProbitySlotKind       kind,
                                        ProbitySecrets       *secrets,
                                        const char           *passphrase,
                                        const ProbityKeyCost *cost,
                                        GError              **error);
ProbitySecrets *probity_key_slots_unlock (ProbityKeySlots *self,
                                          ProbitySlotKind  kind,
                                          const char      *passphrase,
                                          GError         **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityKeySlots, probity_key_slots_free)

/* Spends what one guess costs, for an account that does not exist. */
void probity_key_cost_spend (const ProbityKeyCost *cost,
                             const char           *passphrase);
/*
 * No slot is made cheaper than the floor, and the floor is the standard in every program that is
 * shipped: nothing but test programs calls probity_key_cost_set_floor().
 */
void           probity_key_cost_set_floor (const ProbityKeyCost *cost);
ProbityKeyCost probity_key_cost_raise (const ProbityKeyCost *cost);

/* --- Files --- */

void probity_access_file_set_error (GError    **error,
                                    int         code,
                                    int         missing_code,
                                    const char *path);
/* Replaces @path as a whole: after a crash it is the old or the new one. */
gboolean probity_access_file_replace (const char *path,
                                      GBytes     *bytes,
                                      int         mode,
                                      GError    **error);
/* Reads at most @limit bytes; a longer file is refused. */
GBytes  *probity_access_file_read (const char *path,
                                   gsize       limit,
                                   GError    **error);
gboolean probity_access_file_sync_folder (const char *path,
                                          GError    **error);

/* --- JSON from outside: each gives NULL or FALSE where a value is not of its kind --- */

JsonObject *probity_access_json_parse (const char *text,
                                       gsize       length);
const char *probity_access_json_get_text (JsonObject *object,
                                          const char *name);
JsonObject *probity_access_json_get_object (JsonObject *object,
                                            const char *name);
gboolean    probity_access_json_get_integer (JsonObject *object,
                                             const char *name,
                                             gint64      least,
                                             gint64      most,
                                             gint64     *ret_value);
/* Without spaces and line ends. */
char *probity_access_json_dup_text (JsonObject *object);

/* --- The keyring's inner side --- */

#define PROBITY_KEYRING_FILE "keyring.jsonl"

typedef struct
{
  char  *from; /* instant */
  guint8 box_public[PROBITY_BOX_PUBLIC_BYTES];
  guint8 sign_public[PROBITY_SIGN_PUBLIC_BYTES];
} ProbityKeyPeriod;

typedef struct
{
  char        *at;
  ProbityRoles roles; /* NONE from then on when disabled */
} ProbityRoleChange;

typedef struct
{
  ProbityAccount account; /* its strings belong to this */
  GArray        *periods; /* ProbityKeyPeriod, oldest first */
  GArray        *changes; /* ProbityRoleChange, oldest first */
  GBytes        *sealed[PROBITY_N_COMPARTMENTS];
} ProbityKeyringAccount;

struct _ProbityKeyring
{
  gatomicrefcount ref_count;

  char       *casebook_uid;
  char       *created;
  char       *profile_name;
  char       *profile_digest; /* SHA-256 of its text, hex: whoever edits the casebook's copy is found out */
  gboolean    sample;
  char       *fingerprint; /* of the creator's signing key */
  char       *last_at;
  guint8      compartment_public[PROBITY_N_COMPARTMENTS][PROBITY_BOX_PUBLIC_BYTES];
  GPtrArray  *accounts; /* ProbityKeyringAccount */
  GHashTable *by_uid;   /* borrowed both */
  GHashTable *by_name;
  GHashTable *hashes; /* hex hash of each statement */
  guint       n_statements;
  guint8      head[PROBITY_HASH_BYTES];
  gsize       length; /* bytes of whole lines */
};

/* Takes one payload, already proved to be signed by @by, into @self. */
gboolean probity_keyring_apply (ProbityKeyring *self,
                                JsonObject     *payload,
                                const char     *by,
                                GError        **error);
/* The key with which @by must have signed the next statement; the payload's own in the first one. */
gboolean probity_keyring_find_signer (ProbityKeyring *self,
                                      JsonObject     *payload,
                                      const char     *by,
                                      guint8          ret_public[PROBITY_SIGN_PUBLIC_BYTES],
                                      GError        **error);

/* What a statement's signature covers, and what its hash covers. */
GBytes *probity_keyring_dup_signed (const guint8 previous[PROBITY_HASH_BYTES],
                                    const char  *payload);
void    probity_keyring_hash (const guint8 previous[PROBITY_HASH_BYTES],
                              const char  *payload,
                              const char  *by,
                              const guint8 signature[PROBITY_SIGNATURE_BYTES],
                              guint8       ret_hash[PROBITY_HASH_BYTES]);

ProbityKeyringAccount *probity_keyring_find_inner (ProbityKeyring *self,
                                                   const char     *uid_or_name);
const guint8          *probity_keyring_peek_compartment_public (ProbityKeyring    *self,
                                                                ProbityCompartment compartment);
const guint8          *probity_keyring_peek_box_public (ProbityKeyring *self,
                                                        const char     *uid);
/** The one that the account had at @instant: what was given to it then is not given to who had it reset. */
const guint8 *probity_keyring_peek_box_public_at (ProbityKeyring *self,
                                                  const char     *uid,
                                                  const char     *instant);

/* --- Writing --- */

/* Payloads, without their time. */
JsonObject *probity_payload_new_casebook (const char     *casebook_uid,
                                          const char     *profile_name,
                                          const char     *profile_digest,
                                          gboolean        sample,
                                          const char     *account_uid,
                                          const char     *name,
                                          ProbityRoles    roles,
                                          const char     *staff_number,
                                          ProbitySecrets *secrets,
                                          const guint8    compartment_public[PROBITY_N_COMPARTMENTS][PROBITY_BOX_PUBLIC_BYTES],
                                          ProbityKey     *keys[PROBITY_N_COMPARTMENTS]);
JsonObject *probity_payload_new_account (const char     *account_uid,
                                         const char     *name,
                                         ProbityRoles    roles,
                                         const char     *staff_number,
                                         ProbitySecrets *secrets);
JsonObject *probity_payload_new_roles (const char  *account_uid,
                                       ProbityRoles roles);
JsonObject *probity_payload_new_grant (const char        *account_uid,
                                       ProbityCompartment compartment,
                                       const guint8       box_public[PROBITY_BOX_PUBLIC_BYTES],
                                       ProbityKey        *key);
JsonObject *probity_payload_new_reset (const char     *account_uid,
                                       ProbitySecrets *secrets);
JsonObject *probity_payload_new_disable (const char *account_uid);

/*
 * Signs @payloads (JsonObject) and puts them behind the list in @bytes (NULL: a new one). Gives the
 * whole file; it has been read and proved like anybody's, so that what the rules forbid is not written.
 */
GBytes *probity_keyring_extend (GBytes          *bytes,
                                GPtrArray       *payloads,
                                const char      *by,
                                ProbitySecrets  *secrets,
                                const char      *now,
                                ProbityKeyring **ret_keyring,
                                GError         **error);
/* The same with FOLDER/keyring.jsonl, which must exist. The caller holds the casebook's write lock. */
ProbityKeyring *probity_keyring_append (const char     *folder,
                                        GPtrArray      *payloads,
                                        const char     *by,
                                        ProbitySecrets *secrets,
                                        const char     *now,
                                        GError        **error);

G_END_DECLS
