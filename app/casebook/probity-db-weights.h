/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Weights: what a full-text index holds of a row beside its words, so that the rows which answer best can be
 * read first where thousands answer. FTS5 has no such order of its own: it goes through every hit.
 *
 * A weight is how well a row answers one word (see probity_db_rank_word()), from 0 to PROBITY_WEIGHTS - 1. The
 * column `weights` of an index has
 *   - for each beginning of two to eight letters that several words of the row have: a sign of its weight
 *     and the beginning, as one word;
 *   - a sign of how long the row is, from which the weight of every other beginning follows.
 * The signs are characters for private use, which nobody types and no text has.
 *
 * What an index holds has to be known again when its row goes, so that nothing here may ever change: it
 * depends on no table of characters that grows.
 */
#define PROBITY_WEIGHTS 64
#define PROBITY_WEIGHTS_MIN_LETTERS 2
#define PROBITY_WEIGHTS_MAX_LETTERS 8
#define PROBITY_LENGTHS 48

/** How well a row of @n_words answers a word that @n_found of them begin with: 0 to 1. */
double probity_db_rank_word (int n_found,
                             int n_words);

/** The weight of rows of @length, 0 to PROBITY_LENGTHS - 1, for a beginning that one of their words has. */
guint probity_db_weigh_length (guint length);

/** Writes the sign of @weight or @length to @ret_sign, of at least 6 bytes; returns it. */
const char *probity_db_write_weight (guint weight,
                                     char *ret_sign);
const char *probity_db_write_length (guint length,
                                     char *ret_sign);

/** Whether rows can be read by the weight of @beginning, which is folded. */
gboolean probity_db_has_weights (const char *beginning);

G_END_DECLS
