/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A folder of one's own that is gone when it is freed, and that the next program clears away when
 * this one was killed. Any thread, one at a time.
 */
typedef struct _ProbityScratch ProbityScratch;

/** Makes the folder @path, which only its parent has to have room for. BUSY where another program works in it. */
ProbityScratch *probity_scratch_new (const char *path,
                                     GError    **error);
/**
 * Makes a folder on a disk of this computer on which a casebook is safe: in the user's cache, else beside
 * @near (a folder; nullable). Clears away what killed programs left there.
 */
ProbityScratch *probity_scratch_new_somewhere (const char *near,
                                               GError    **error);
/** An empty folder in it, for a casebook. */
const char *probity_scratch_get_casebook (ProbityScratch *self);
/** Makes the lock that a casebook has in its folder. */
gboolean probity_scratch_add_lock (ProbityScratch *self,
                                   GError        **error);
/**
 * Gives the casebook in it the name @folder, which must not exist and lies on the same disk, and has all of it
 * on the disk. EXISTS.
 */
gboolean probity_scratch_move_casebook (ProbityScratch *self,
                                        const char     *folder,
                                        GError        **error);
/** Removes it and all in it. */
void probity_scratch_free (ProbityScratch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityScratch, probity_scratch_free)

/** Removes @path and all below it; follows no links. */
void probity_remove_tree (const char *path);

G_END_DECLS
