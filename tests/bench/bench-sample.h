/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What every account of a sample casebook has. */
#define BENCH_SAMPLE_PASSPHRASE "probity sample"

/*
 * The folder of a sample casebook: the one that PROBITY_CASEBOOK names, else one that the program @ctl makes below
 * @base with @sizes (`--people`, `100000`, …, NULL). What this machine remembers of casebooks goes below @base too.
 */
char *bench_dup_sample (const char        *ctl,
                        const char        *base,
                        const char *const *sizes);

G_END_DECLS
