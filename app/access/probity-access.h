/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"

G_BEGIN_DECLS

/*
 * Who may do what: the one place. Every list, count, search, record, command and export asks here.
 */

/** Whether the roles and keys of @session allow @operation at all. PROBITY_ACCESS_ERROR_NOT_PERMITTED or NO_KEY. Any thread. */
gboolean probity_access_check (ProbitySession *session, ProbityOperation operation, GError **error);
/** The same as a question, for sensitivity of buttons. */
gboolean probity_access_may (ProbitySession *session, ProbityOperation operation);

/** Whether @roles alone would do for @operation, which is none of the signatory's: for judging signatures. Any thread. */
gboolean probity_access_roles_may (ProbityRoles roles, ProbityOperation operation);
/** Whether @account, whoever is signed in, has the roles and holds the key that @operation needs. What a profile's signatory may do is not asked here. Any thread. */
gboolean probity_access_account_may (const ProbityAccount *account, ProbityOperation operation);

/**
 * What rows a reader may know of, as SQL to be put into WHERE with AND. Queries that use it bind
 * what probity_access_bind_scope() binds:
 *
 *   $me      this session's staff number ('' if none)
 *   $locked  JSON array of staff numbers that this reader is locked from (self and related)
 *   $everyone 1 unless the reader is confined to their own people (line manager only), else 0
 *
 * @staff_column is the SQL expression of the subject's staff number, @manager_condition (nullable)
 * an SQL expression that is true where the reader manages the subject (see the record kinds).
 */
char    *probity_access_dup_scope (const char *staff_column, const char *manager_condition);
gboolean probity_access_bind_scope (ProbitySession *session, ProbityStatement *statement, GError **error);

/** Whether @staff_number is this reader's own or of someone related, as the query or command that runs sees the registers. Its thread. */
gboolean probity_access_is_locked (ProbitySession *session, const char *staff_number);

/**
 * Logs that a record was asked for and not given (locked, not one's own people, or not there: all
 * alike), by a note sealed to the intelligence compartment in the journal. The caller then fails with
 * PROBITY_ACCESS_ERROR_NOT_FOUND and the same words in every case.
 */
gboolean probity_access_note_refusal (ProbitySession *session, ProbityWrite *write, const char *kind, const char *reference, GError **error);
/** The same as a command of its own, for reads: always rejects, with NOT_FOUND (or with what hindered the note). */
DexFuture *probity_access_refuse (ProbitySession *session, const char *kind, const char *reference);

/** A refused attempt as the note tells it; all strings owned, NULL where it does not open or is not proved. */
typedef struct
{
  gint64   seq;
  char    *at;
  char    *account; /* name */
  char    *kind;
  char    *reference;
  gboolean seen; /* somebody marked it as looked at */
} ProbityRefusal;
/**
 * Opens the newest 500 notes, newest first, for who reads intelligence; without the reader's own and
 * without what is about them or their relatives. Resolves to boxed GPtrArray of ProbityRefusal.
 */
DexFuture *probity_access_load_refusals (ProbitySession *session);
/** The same on a reader thread. (transfer full) */
GPtrArray *probity_access_collect_refusals (ProbitySession *session, ProbityRead *read, GError **error);
/** Marks the note @seq as looked at, which is logged; NOT_FOUND for what the reader is not shown. Resolves to TRUE. */
DexFuture *probity_access_mark_refusal_seen (ProbitySession *session, gint64 seq);

/** The one error for "not there or not for you". Always %FALSE. */
gboolean probity_access_set_not_found (GError **error, const char *reference);

G_END_DECLS
