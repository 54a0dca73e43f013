/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-step.h"

G_BEGIN_DECLS

/*
 * Parts of a case (actions, log, decisions, links, checklists) are told as lists of values by name:
 * the console prints them and pages show them by the same names. Booleans are `true` and `false`.
 */

/**
 * Gives a ProbityValues a row of @statement. @names, NULL-terminated, name its columns in order:
 * `@who` is an account, told by its name; `?sealed` a boolean; what is NULL is left out.
 *
 * Returns: (element-type ProbityValues) (transfer full)
 */
GPtrArray *probity_part_collect (ProbityStatement  *statement,
                                 ProbitySession    *session,
                                 const char *const *names,
                                 GError           **error);
/** The first row alone; @ret_values is %NULL, without an error, where there is none. */
gboolean probity_part_collect_one (ProbityStatement  *statement,
                                   ProbitySession    *session,
                                   const char *const *names,
                                   ProbityValues    **ret_values,
                                   GError           **error);
/** probity_part_collect() of @sql with @uid bound as `$uid`. */
GPtrArray *probity_part_load (ProbityDb         *db,
                              ProbitySession    *session,
                              const char        *sql,
                              const char        *uid,
                              const char *const *names,
                              GError           **error);

/** A step that reads a part of a case: @func finds it by probity_step_find_read(). */
DexFuture *probity_part_read (ProbitySession        *session,
                              const ProbityCaseKind *kind,
                              const char            *reference,
                              const char            *action,
                              ProbityReadFunc        func);

/** Sets @result to the boxed @list, or to one boxed ProbityValues (transfer full). Always %TRUE. */
gboolean probity_part_return_list (GValue    *result,
                                   GPtrArray *list);
gboolean probity_part_return (GValue        *result,
                              ProbityValues *values);

/** @values' @field where it says something, else %NULL. */
const char *probity_part_get (ProbityValues *values,
                              const char    *field);
/** The account named by name or uid, not disabled; INVALID naming @field otherwise. */
const ProbityAccount *probity_part_find_account (ProbityKeyring *keyring,
                                                 const char     *field,
                                                 const char     *name,
                                                 GError        **error);

/**
 * Reads a day: ISO, or `+10`: ten working days of England and Wales, with the profile's further bank
 * holidays, from @now. @ret_day is %NULL for empty text. INVALID naming @field otherwise.
 */
gboolean probity_part_read_deadline (ProbitySession *session,
                                     const char     *now,
                                     const char     *field,
                                     const char     *text,
                                     char          **ret_day,
                                     GError        **error);

/** For commands that make an action of a case they found: probity_action_add() within their transaction. */
gboolean probity_action_insert (ProbityStep   *step,
                                ProbityWrite  *write,
                                ProbityDb     *db,
                                ProbityRecord *record,
                                ProbityValues *values,
                                char         **ret_number,
                                GError       **error);

G_END_DECLS
