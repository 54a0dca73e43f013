/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "../casebook/casebook-fixture.h"

G_BEGIN_DECLS

/* Loads so many invented people in bulk, past the commands and the log; the same every time. */
void bench_fill_people (ProbityCasebook *casebook,
                        guint            n_people);

G_END_DECLS
