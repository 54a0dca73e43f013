/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-list.h"

G_BEGIN_DECLS

/*
 * Rows in bulk, for lists of millions: `second-jobs` (of the people who are there), `organisations`, `conduct`, `leaks`.
 *
 * They are put in by the writer, in SQL, behind the checks and triggers of their tables, and without what a list does
 * not read: words by which they would be found, statements, signatures, histories, entries of the audit log. Days and
 * references go up with the ids, as those of a register that grew do; names, employers and hours are scattered.
 */
void bench_fill (ProbityCasebook *casebook,
                 const char      *list,
                 guint            n_rows);

G_END_DECLS
