/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "../casebook/session-fixture.h"
#include "probity-list.h"

G_BEGIN_DECLS

/* Where measure_random() begins, so that a baseline reads the same pages. */
#define BENCH_PAGES_SEED 17

/* As bench_sort_jobs() of any table; @n_rows 0: however many there are. */
void bench_sort_rows (ProbityCasebook   *casebook,
                      ProbityCompartment compartment,
                      const char        *table,
                      const char        *order,
                      guint              n_rows);
/* Reads all second jobs with the column @order and puts them in order outside SQL, as a sorting list model does it. */
void bench_sort_jobs (ProbityCasebook *casebook,
                      const char      *order,
                      guint            n_rows);

/* Reads pages as bench_load_pages(), by @sql with `LIMIT $page OFFSET $offset`, of a table of @n_rows rows; its second column is never NULL. */
void bench_read_pages_by_offset (ProbityCasebook   *casebook,
                                 ProbityCompartment compartment,
                                 const char        *sql,
                                 guint              n_rows,
                                 guint              n_page_rows,
                                 guint              n_pages);
/* Steps through @statement, of whose rows there are @expected. */
gboolean bench_read_all (ProbityStatement *statement,
                         guint             expected,
                         GError          **error);
/* Loads @n_pages pages of @n_page_rows rows anywhere in a list by their @ids, the same pages every time. */
void bench_load_pages (ProbitySession        *session,
                       const ProbityListKind *kind,
                       GArray                *ids,
                       guint                  n_page_rows,
                       guint                  n_pages);

G_END_DECLS
