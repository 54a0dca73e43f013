/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Folders that belong to a running program and are nobody's once it was killed. The lock is on the folder itself, so
 * that there is none without an owner: who makes one and finds it cleared away before it was locked makes another.
 * Any thread.
 */

/**
 * Makes a folder named @prefix and something that no other has, below @parent.
 *
 * Returns: its lock, which ends with close() or with the program; -1 on error
 */
int probity_claim_new_folder (const char *parent,
                              const char *prefix,
                              char      **ret_path,
                              GError    **error);
/** A name for that. (transfer full) */
char *probity_claim_dup_path (const char *parent,
                              const char *prefix);
/** The lock of the folder @path; -1 with errno EWOULDBLOCK where somebody works in it, ENOENT where it is gone. */
int probity_claim_take (const char *path);
/** Clears away what killed programs left below @parent under names with @prefix. */
void probity_claim_sweep (const char *parent,
                          const char *prefix);

G_END_DECLS
