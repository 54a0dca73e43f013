/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "../casebook/second-job-fixture.h"

G_BEGIN_DECLS

/*
 * The force of a benchmark: in a new casebook that goes with it; or, where PROBITY_CASEBOOK names a folder, in the casebook
 * that an earlier run left there, or in a new one that is left there. @fill, with @data, runs in the writer of a new one.
 */
Force *bench_force_new (ProbityWriteFunc fill,
                        gpointer         data);

G_END_DECLS
