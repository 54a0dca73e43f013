/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-audit.h"
#include "probity-keyring-private.h"
#include "probity-workstation-private.h"

G_BEGIN_DECLS

/* What is hashed and signed, the same for who writes and who verifies. */

typedef struct
{
  const char *casebook;
  const char *compartment;
  gint64      seq;
  const char *at;
  const char *account;
  const char *verb;
  const char *kind;
  const char *record;
  const char *field;
  GBytes     *value_digest; /* nullable */
  GBytes     *prev;
} ProbityAuditFields;

/* (transfer full): 32 bytes each. */
GBytes *probity_audit_hash (const ProbityAuditFields *fields);
GBytes *probity_audit_hash_values (GBytes     *salt,
                                   const char *old_value,
                                   const char *new_value);
GBytes *probity_audit_hash_note (const char *casebook,
                                 gint64      seq,
                                 const char *compartment,
                                 GBytes     *box,
                                 GBytes     *prev);
/* What the signature of an entry, of a head covers. */
GBytes *probity_audit_dup_signed (GBytes *hash);
GBytes *probity_audit_dup_signed_head (const char *casebook,
                                       const char *log,
                                       gint64      seq,
                                       GBytes     *hash,
                                       const char *at);

/*
 * Logs in the journal what the newest statement of @keyring did to an account, and the statement's
 * hash: a keyring that lacks it later was cut.
 */
gboolean probity_audit_log_keyring (ProbityWrite   *write,
                                    ProbitySession *session,
                                    ProbityKeyring *keyring,
                                    const char     *what,
                                    const char     *account_uid,
                                    const char     *old_value,
                                    const char     *new_value,
                                    GError        **error);

/*
 * Adds to @records the uids, references and staff numbers of what the reader is locked from, as far as
 * their keys open it, and to @words the folded names and numbers of whom it is about. Reader thread.
 */
gboolean probity_audit_collect_hidden (ProbitySession *session,
                                       ProbityRead    *read,
                                       GHashTable     *records,
                                       GPtrArray      *words,
                                       GError        **error);

/* Whether the log in @db tells of the record @uid as one that is there. */
gboolean probity_audit_tells_of (ProbityDb  *db,
                                 const char *uid,
                                 gboolean   *ret_tells,
                                 GError    **error);

/* The head of a log as @db has it; seq 0 and no hash when it is empty. */
gboolean probity_audit_read_head (ProbityDb *db,
                                  guint      log,
                                  gint64    *ret_seq,
                                  GBytes   **ret_hash,
                                  GError   **error);
/* Has the casebook write heads, here and in the workstation's memory, from now on. Main thread. */
void probity_audit_install_heads (ProbitySession *session);

G_END_DECLS
