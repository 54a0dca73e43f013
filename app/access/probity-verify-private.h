/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-audit-private.h"

G_BEGIN_DECLS

/* Where a log once ended, as somebody remembers it. */
typedef struct
{
  char    *source; /* `the journal`, `this workstation`, `the earlier report` */
  guint    log;
  gint64   seq;
  char     hash[PROBITY_HASH_BYTES * 2 + 1];
  gboolean met; /* the log holds it */
} ProbityKnownHead;

/* One compartment while it is proved; one thread at a time. */
typedef struct
{
  ProbitySession    *session;
  ProbityKeyring    *keyring; /* of when the reading began, or newer */
  ProbityCompartment compartment;
  GArray            *heads; /* ProbityKnownHead */
  gint64             entries;
  char               head[PROBITY_HASH_BYTES * 2 + 1];
  GPtrArray         *problems;         /* char * */
  GPtrArray         *keyring_problems; /* char * */
  guint              n_dropped;
} ProbityVerification;

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
gboolean probity_verify_notes (ProbityVerification *self,
                               ProbityDb           *journal,
                               GError             **error);
gboolean probity_verify_integrity (ProbityVerification *self,
                                   ProbityDb           *db,
                                   GError             **error);

/* A %NULL-terminated table: what each room proves of its own. */
extern const ProbityVerifyFunc probity_verify_domains[];

G_END_DECLS
