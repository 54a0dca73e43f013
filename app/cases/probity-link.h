/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/*
 * Links between any two records: cases, people, organisations, complaints, intelligence reports. A link
 * lives in the higher compartment of the two and is found from both ends, but only by who holds that
 * key and may know of both records: to everybody else it does not exist. It is made and removed for a
 * reason; a removed one stays on record.
 *
 * Ends are named by kind and reference. Kinds are those of records (`second-job`, `leak-investigation`,
 * `person`, …) or of cases (`leak`), %NULL where the reference says enough; a person's reference is the
 * staff number, an organisation's its name. A uid does for any.
 */

/** `related`, `same-matter`, `arose-from`, …; NULL-terminated. */
extern const char *const probity_link_types[];

/** Resolves to a boxed ProbityValues with `uid`. PROBITY_RECORD_ERROR_EXISTS where the two are linked so already. */
DexFuture *probity_link_add (ProbitySession *session,
                             const char     *from_kind,
                             const char     *from,
                             const char     *to_kind,
                             const char     *to,
                             const char     *type,
                             const char     *reason);

/** @uid: of the link. Resolves to TRUE. */
DexFuture *probity_link_remove (ProbitySession *session,
                                const char     *uid,
                                const char     *reason);

/**
 * The links of one record. Resolves to a boxed GPtrArray of ProbityValues, oldest first: uid, type,
 * outgoing, reason, at, who, compartment; of the other end: kind, record_uid, reference, title; state
 * (`linked`, `removed`), and of a removed one removed_at, removed_by, removed_reason.
 */
DexFuture *probity_link_load (ProbitySession *session,
                              const char     *kind,
                              const char     *reference,
                              gboolean        removed_too);

/** The same on a reader or writer thread, of a record that was found for this reader. (transfer full) */
GPtrArray *probity_link_collect (const ProbitySource *source,
                                 ProbityRecord       *record,
                                 gboolean             removed_too,
                                 GError             **error);

/**
 * Finds a record of any kind for its reader, through all kinds that the account may read, whether one
 * is found or not. @ret_record is %NULL where there is none; that is no error.
 */
gboolean probity_link_find_record (const ProbitySource *source,
                                   const char          *kind,
                                   const char          *reference,
                                   ProbityRecord      **ret_record,
                                   GError             **error);
/** What a person reads of a record beside its reference. (transfer full) (nullable) */
char *probity_link_dup_title (ProbityRecord *record);

G_END_DECLS
