/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-types.h"

G_BEGIN_DECLS

/*
 * One connection to one compartment, and its cache of prepared statements. A connection belongs to
 * the thread that opened it and every function here asserts that it runs there.
 */

/** How many milliseconds a statement waits for a lock that another connection holds. */
#define PROBITY_DB_BUSY_TIMEOUT_MS 10000

/** Runs all statements of @sql, which takes no parameters. */
gboolean probity_db_exec (ProbityDb  *self,
                          const char *sql,
                          GError    **error);

/**
 * Takes @sql from the statement cache (or prepares it) and binds named parameters to it:
 * a %NULL-terminated list of name, type character and value:
 * `"$id", 'i', (gint64) id` integer; `'s'` text or %NULL; `'d'` double; `'b'` GBytes* or %NULL;
 * `'t'` gboolean as 0/1. Every parameter of the statement must be bound.
 *
 * Returns: (transfer full): the statement before its first row; free it with
 * probity_statement_free() (g_autoptr), which puts it back into the cache.
 */
ProbityStatement *probity_db_query (ProbityDb  *self,
                                    GError    **error,
                                    const char *sql,
                                    ...) G_GNUC_NULL_TERMINATED;

/** As probity_db_query() for a statement of which no rows are wanted; runs it to its end. */
gboolean probity_db_run (ProbityDb  *self,
                         GError    **error,
                         const char *sql,
                         ...) G_GNUC_NULL_TERMINATED;

/**
 * In a query: until it ends, nothing more is kept in memory of what it reads, beyond what this connection keeps
 * already. For what is read through from end to end, as the order of a long list, which would take tens of megabytes
 * in each thread that ever read it.
 */
void probity_db_pass_through (ProbityDb *self);

/**
 * Reads every page of the file and proves it by its HMAC; takes about as long as reading the file. In a query, or where
 * nobody else has the file open.
 *
 * A page that the log holds too is proved by nobody but SQLite, when it reads it: readers hold back the log from some
 * commit on, so that the file can have a hole where a page is only in a later one, and a program that is killed while it
 * writes a page back leaves half of it.
 *
 * Returns: (transfer full) (element-type utf8): SQLCipher's words for each page that is not whole, none if all are;
 * %NULL on error
 */
GPtrArray *probity_db_list_damaged_pages (ProbityDb *self,
                                          GError   **error);

/** Rows changed by the last statement, see sqlite3_changes(). */
gint64 probity_db_get_changes (ProbityDb *self);

/** Which compartment this is a connection to. */
ProbityCompartment probity_db_get_compartment (ProbityDb *self);

/** The same, or of a sealed compartment the one whose schema it has. */
ProbityCompartment probity_db_get_home (ProbityDb *self);
/** What its log calls the compartment: `registers`, `sealed-0123456789abcdef`. */
const char *probity_db_get_name (ProbityDb *self);

/*
 * Moving a case between compartments; in a command. Triggers that refuse are taken out of both, and put back
 * before the command ends.
 */

/** (transfer full): what probity_db_restore_triggers() puts back. Foreign keys are looked at when the command ends. */
GStrv    probity_db_suspend_triggers (ProbityDb *self, GError **error);
gboolean probity_db_restore_triggers (ProbityDb *self, GStrv triggers, GError **error);
/** The tables, search aside, that have @column. (transfer full) */
GStrv probity_db_list_tables (ProbityDb *self, const char *column, GError **error);
/** Copies the rows of @table of which @condition holds, an SQL expression with $uid or nothing; @shift is added to ids. */
gboolean probity_db_copy_rows (ProbityDb *from, ProbityDb *to, const char *table, const char *condition, const char *uid, gint64 shift, GError **error);

/** Steps; @ret_row is %FALSE after the last row. Cancelled reads give G_IO_ERROR_CANCELLED. */
gboolean probity_statement_step (ProbityStatement *self,
                                 gboolean         *ret_row,
                                 GError          **error);

/** Binds one more parameter after probity_db_query() was given fewer; types as there. */
gboolean probity_statement_bind (ProbityStatement *self,
                                 const char       *name,
                                 const GValue     *value,
                                 GError          **error);

gint64   probity_statement_get_int64 (ProbityStatement *self, int column);
double   probity_statement_get_double (ProbityStatement *self, int column);
gboolean probity_statement_is_null (ProbityStatement *self, int column);
/** Text that lives until the next step; %NULL for NULL. */
const char *probity_statement_get_text (ProbityStatement *self, int column);
char       *probity_statement_dup_text (ProbityStatement *self, int column);
/** (transfer full) (nullable) */
GBytes *probity_statement_dup_bytes (ProbityStatement *self, int column);
int     probity_statement_get_n_columns (ProbityStatement *self);
void    probity_statement_free (ProbityStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityStatement, probity_statement_free)

G_END_DECLS
