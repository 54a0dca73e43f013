/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/** Work that takes its time: keys, large files. On a thread of its own; touches no database. */
typedef gboolean (*ProbityBlockingFunc) (gpointer data,
                                         GError **error);

/**
 * Runs @func on a thread that is made for it. @data_destroy is called there.
 *
 * Returns: (transfer full): resolves to %TRUE, or rejects with what @func set
 */
DexFuture *probity_run_blocking (ProbityBlockingFunc func,
                                 gpointer            data,
                                 GDestroyNotify      data_destroy);

G_END_DECLS
