/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Rows that somebody answers for by name: comments, waivers, assessments, checks, views, decisions.
 * What is signed are the canonical bytes of the casebook, the case and the columns that the table's
 * declaration names, in its order, as text. One declaration serves the writer and the prover.
 */

/** Column values of one row as text; a missing column is NULL. */
typedef struct _ProbityRow ProbityRow;

ProbityRow *probity_row_new (void);
void        probity_row_free (ProbityRow *self);
void        probity_row_set (ProbityRow *self,
                             const char *column,
                             const char *value);
void        probity_row_set_int (ProbityRow *self,
                                 const char *column,
                                 gint64      value);
void        probity_row_set_bytes (ProbityRow *self,
                                   const char *column,
                                   GBytes     *value);
const char *probity_row_get (ProbityRow *self,
                             const char *column);
gint64      probity_row_get_int (ProbityRow *self,
                                 const char *column);
GBytes     *probity_row_get_bytes (ProbityRow *self,
                                   const char *column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityRow, probity_row_free)

/** The texts of the row as values. (transfer full) */
ProbityValues *probity_row_to_values (ProbityRow *self);
/** One JSON object, bytes in base64 under their name and a `*`. (transfer full) */
char *probity_row_to_json (ProbityRow *self);
/** Reads what probity_row_to_json() wrote. (transfer full) */
ProbityRow *probity_row_from_json (const char *json,
                                   GError    **error);

/** Writes @row into @table as it is. */
gboolean probity_row_insert (ProbityDb  *db,
                             const char *table,
                             ProbityRow *row,
                             GError    **error);

/**
 * What of a table is signed. A column `a=b` is signed under the name `a` and stands in the table as
 * `b`, so that the same statement can stand in two tables.
 */
typedef struct
{
  const char        *tag;
  const char        *table;
  const char        *signature; /* column */
  const char        *owner;     /* column that names the case: second_job_id, case_uid, …; not signed as such */
  const char *const *columns;   /* NULL-terminated; the one signed as `account` is the signer */
  const char        *owned_by;  /* name under which the case's uid is signed (`case`); NULL: `second_job` */
} ProbitySignedTable;

/** The statement about the case @case_uid. (transfer full) */
GBytes *probity_signed_dup_message (const ProbitySignedTable *table,
                                    const char               *casebook_uid,
                                    const char               *case_uid,
                                    ProbityRow               *row);
/** SHA-256 of the statement as 64 hex digits. (transfer full) */
char *probity_signed_dup_digest (const ProbitySignedTable *table,
                                 const char               *casebook_uid,
                                 const char               *case_uid,
                                 ProbityRow               *row);
/** Sets the signature column of @row by @session's account. */
gboolean probity_signed_sign (const ProbitySignedTable *table,
                              ProbitySession           *session,
                              const char               *case_uid,
                              ProbityRow               *row,
                              GError                  **error);
/** Whether the account that the row names signed just this. Roles are the caller's to judge. */
gboolean probity_signed_prove (const ProbitySignedTable *table,
                               ProbityKeyring           *keyring,
                               const char               *case_uid,
                               ProbityRow               *row);
/** Fills `account`, `person`, `at` of @row from the session and the command, signs and inserts it. */
gboolean probity_signed_insert (const ProbitySignedTable *table,
                                ProbityWrite             *write,
                                ProbitySession           *session,
                                ProbityDb                *db,
                                const char               *case_uid,
                                ProbityRow               *row,
                                GError                  **error);
/**
 * Reads the rows of @table where @condition holds (`second_job_id = $key ORDER BY id`): signed columns,
 * `id`, `uid`, owner and signature. @key is %NULL where the condition has none.
 *
 * Returns: (element-type ProbityRow) (transfer full)
 */
GPtrArray *probity_signed_load (const ProbitySignedTable *table,
                                ProbityDb                *db,
                                const char               *condition,
                                const char               *key,
                                GError                  **error);

G_END_DECLS
