/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-db.h"

G_BEGIN_DECLS

/*
 * How records get the names by which people speak of them. None is ever used again: of a case that
 * was sealed its reference stays in `case_reference`, and no row is removed. Writer thread.
 */

/**
 * Draws a reference such as `LI/7KQ2MX`: random, of letters and digits that are not taken for each
 * other and spell nothing, which @db does not know; records nothing. (transfer full)
 */
char *probity_reference_draw (ProbityDb  *db,
                              const char *prefix,
                              GError    **error);

/** Draws one and records in @db that it was given. (transfer full) */
char *probity_reference_take (ProbityDb  *db,
                              const char *prefix,
                              GError    **error);

/**
 * The next of the numbers of @year, such as `CM/2026/0007`: they run without a gap through the UK
 * year. @table and its column @key hold those that were given. (transfer full)
 */
char *probity_reference_next (ProbityDb  *db,
                              const char *prefix,
                              int         year,
                              const char *table,
                              const char *key,
                              GError    **error);

/** Whether @reference was given to a case that stands elsewhere now, or to one of another kind. */
gboolean probity_reference_was_given (ProbityDb  *db,
                                      const char *reference,
                                      gboolean   *ret_given,
                                      GError    **error);

G_END_DECLS
