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

/* As that, but always one that is made, as @folder. */
char *bench_dup_sample_at (const char        *ctl,
                           const char        *folder,
                           const char        *base,
                           const char *const *sizes);

/* As bench_dup_sample(), of long lists: what long-casebook.c makes with @lists (`conduct`, `1000000`, …, NULL). */
char *bench_dup_long (const char        *ctl,
                      const char        *program,
                      const char        *base,
                      const char *const *lists);

G_END_DECLS
