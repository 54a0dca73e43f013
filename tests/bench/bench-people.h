/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "../casebook/casebook-fixture.h"

G_BEGIN_DECLS

/* Loads so many invented people in bulk, past the commands and the log; the same every time. */
void bench_fill_people (ProbityCasebook *casebook,
                        guint            n_people);

/* Reads all second jobs with the column @order and puts them in order outside SQL, as a sorting list model does it. */
void bench_sort_jobs (ProbityCasebook *casebook,
                      const char      *order,
                      guint            n_rows);

G_END_DECLS
