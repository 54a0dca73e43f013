/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"

G_BEGIN_DECLS

/*
 * The audit log: append-only, chained and signed, one per compartment, written in the transaction
 * of what it tells of. Tables audit_entry and audit_value (data/migrations/common-1.sql).
 */

/** Adds one entry. @field, @old_value and @new_value may be %NULL; @kind and @uid too (sign-in). */
gboolean probity_audit_add (ProbityWrite      *write,
                            ProbitySession    *session,
                            ProbityCompartment compartment,
                            ProbityVerb        verb,
                            const char        *kind,
                            const char        *uid,
                            const char        *field,
                            const char        *old_value,
                            const char        *new_value,
                            GError           **error);

/** Takes away what entry @seq of the log of @compartment told: an erasure is recorded that names its number, and the chain stays whole. */
gboolean probity_audit_erase_value (ProbityWrite      *write,
                                    ProbitySession    *session,
                                    ProbityCompartment compartment,
                                    gint64             seq,
                                    GError           **error);

/** Logs that @uid of @kind was looked at, in the highest compartment that the reader holds. Resolves to TRUE once it is committed; a record is shown only then. */
DexFuture *probity_audit_consult (ProbitySession *session, const char *kind, const char *uid, const char *field);
/**
 * Logs what was looked for among records of @kind (nullable): @what in the highest compartment that the reader holds. Where
 * it was found in cases that are sealed (@sealed, nullable, of ProbityCompartment), or names one by its reference, it would
 * tell the readers of that log of them: @words then stand in the logs of those cases alone. Resolves to TRUE.
 */
DexFuture *probity_audit_search (ProbitySession *session, const char *kind, const char *words, const char *what, GArray *sealed);
/** Adds @compartment to what probity_audit_search() is given, if it is a sealed one that is not among it. */
void probity_audit_add_sealed (GArray *sealed, ProbityCompartment compartment);
/** Logs that something left the casebook (export, print, letter): what, and to whom or where. */
DexFuture *probity_audit_disclose (ProbitySession *session, const char *kind, const char *uid, const char *to);

/** One entry as people read it; all strings owned. */
typedef struct
{
  ProbityCompartment compartment;
  gint64             seq;
  char              *at;
  char              *account; /* name */
  char              *verb;
  char              *kind;
  char              *record;
  char              *field;
  char              *old_value;
  char              *new_value;
  char              *hash;
} ProbityAuditEntry;

/** Resolves to a boxed GPtrArray of ProbityAuditEntry (G_TYPE_PTR_ARRAY), oldest first. @record nullable. Locked people's records are not among them. */
DexFuture *probity_audit_list (ProbitySession *session, const char *record);

typedef struct
{
  char    *name;
  gboolean held;
  gint64   entries;
  char    *head;     /* hex hash of the last entry */
  GStrv    problems; /* sentences in English with a stable code in front: `chain-broken: …` */
} ProbityVerifyCompartment;

typedef struct
{
  gboolean   ok;
  GPtrArray *compartments; /* ProbityVerifyCompartment */
  GStrv      problems;     /* of the keyring and the casebook as a whole */
  GStrv      notices;      /* what is in order and has to be known: that it was restored from a backup */
  GStrv      restores;     /* their uids, oldest first */
} ProbityVerifyReport;

/** In @earlier_heads, beside the heads: the newest restore that the earlier report knew of. */
#define PROBITY_VERIFY_EARLIER_RESTORE "restore"

#define PROBITY_TYPE_VERIFY_REPORT (probity_verify_report_get_type ())
GType probity_verify_report_get_type (void);
void  probity_verify_report_free (ProbityVerifyReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityVerifyReport, probity_verify_report_free)

/**
 * Proves keyring, chains, signatures, heads (journal, workstation memory, @earlier), triggers and
 * schema, database integrity, and what each registered domain verifier proves (decisions, comments,
 * checks). Resolves to a boxed #ProbityVerifyReport.
 */
DexFuture *probity_audit_verify (ProbitySession *session, GHashTable *earlier_heads /* compartment name → "seq:hash"; nullable */);

/** A domain's own proof, run on a reader thread for each held compartment; adds problem sentences. Registered once at start (static table in probity-verify.c). */
typedef gboolean (*ProbityVerifyFunc) (ProbitySession *session, ProbityRead *read, ProbityCompartment compartment, GPtrArray *problems, GError **error);

G_END_DECLS
