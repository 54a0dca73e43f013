/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-audit-private.h"

G_BEGIN_DECLS

/* The log of the sealed @compartment, in what is known from elsewhere. */
#define PROBITY_LOG_SEALED(compartment) (PROBITY_N_LOGS + (guint) (compartment) - PROBITY_COMPARTMENT_SEALED)

/* Where a log once ended, as somebody remembers it. */
typedef struct
{
  char    *source; /* `the journal`, `this workstation`, `the earlier report` */
  guint    log;    /* or PROBITY_LOG_SEALED () */
  gint64   seq;
  char     hash[PROBITY_HASH_BYTES * 2 + 1];
  gboolean met;     /* the log holds it */
  gboolean excused; /* the casebook was restored since, from a backup that does not reach so far */
} ProbityKnownHead;

/* One compartment while it is proved; one thread at a time. */
typedef struct
{
  ProbitySession    *session;
  ProbityKeyring    *keyring; /* of when the reading began, or newer */
  ProbityCompartment compartment;
  const char        *name;  /* of the compartment; the casebook's */
  GArray            *heads; /* ProbityKnownHead */
  gint64             entries;
  char               head[PROBITY_HASH_BYTES * 2 + 1];
  GPtrArray         *problems;         /* char * */
  GPtrArray         *keyring_problems; /* char * */
  guint              n_dropped;
  gboolean           chain_only; /* whether pages and logs are whole, not who signed what */
  GPtrArray         *restores;   /* ProbityKnownRestore, oldest first */
} ProbityVerification;

/* That the casebook was restored, proved. */
typedef struct
{
  char  *uid;
  char  *account; /* name */
  char  *at;
  char  *created;                /* the moment that the backup holds */
  gint64 points[PROBITY_N_LOGS]; /* where each log ended; -1 where that is not known */
} ProbityKnownRestore;

/* Reads the restores that stand in the journal, and tells of those that are not proved. Reader thread. */
gboolean probity_verify_restores (ProbityVerification *self,
                                  ProbityDb           *journal,
                                  GError             **error);
/* Adds what this workstation remembers of the casebook, before and after each restore. */
void probity_verify_add_memory (ProbityVerification *self);
/* Whether a head that was known before restore number @first (0: the oldest) need not be met. */
gboolean probity_verify_is_excused (ProbityVerification *self,
                                    guint                first,
                                    guint                log,
                                    gint64               seq);
/* A head as somebody knows it; @first as above, G_MAXUINT where nothing excuses it. */
void probity_verification_add_head (ProbityVerification *self,
                                    const char          *source,
                                    guint                log,
                                    gint64               seq,
                                    const char          *hash,
                                    guint                first);

void probity_verification_add (ProbityVerification *self,
                               const char          *format,
                               ...) G_GNUC_PRINTF (2, 3);
void probity_verification_meet (ProbityVerification *self,
                                guint                log,
                                gint64               seq,
                                const char          *hash);
/* After a log was read to its end. */
void probity_verification_judge_heads (ProbityVerification *self,
                                       guint                log,
                                       gint64               last);

/* Where triggers and constraints were dropped, anything may stand anywhere: never NULL. */
const char *probity_verification_get_text (ProbityStatement *row,
                                           int               column);
GBytes     *probity_verification_dup_bytes (ProbityStatement *row,
                                            int               column);

/* On a reader thread. */
gboolean probity_verify_chain (ProbityVerification *self,
                               ProbityDb           *db,
                               GError             **error);
gboolean probity_verify_values (ProbityVerification *self,
                                ProbityDb           *db,
                                GError             **error);
/* What was carried in with a case: also that an open compartment has nothing of the sort. */
gboolean probity_verify_carried (ProbityVerification *self,
                                 ProbityDb           *db,
                                 GError             **error);
gboolean probity_verify_notes (ProbityVerification *self,
                               ProbityDb           *journal,
                               GError             **error);
gboolean probity_verify_integrity (ProbityVerification *self,
                                   ProbityDb           *db,
                                   GError             **error);

/*
 * Proves a copy that is open for that alone: as probity_audit_verify(), without what the workstation
 * remembers; with @whole %FALSE only that pages and logs are whole. Resolves to a boxed #ProbityVerifyReport.
 */
DexFuture *probity_audit_verify_copy (ProbitySession *copy,
                                      gboolean        whole);

/* A %NULL-terminated table: what each room proves of its own. */
extern const ProbityVerifyFunc probity_verify_domains[];

G_END_DECLS
