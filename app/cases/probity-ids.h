/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The ids of a list in their order, small: in blocks, each with its smallest id and of every id only how much it is
 * above that, in as many bytes as the largest needs. A million ids take 2 to 3 MB instead of 8, ten million 30.
 * Boxed; of one thread at a time, as a GArray is.
 */
typedef struct _ProbityIds ProbityIds;
#define PROBITY_TYPE_IDS (probity_ids_get_type ())
GType       probity_ids_get_type (void);
ProbityIds *probity_ids_new (void);
/** (transfer full): as a list of gint64 has them. */
ProbityIds *probity_ids_new_from_array (GArray *ids);
ProbityIds *probity_ids_ref (ProbityIds *self);
void        probity_ids_unref (ProbityIds *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityIds, probity_ids_unref)

guint  probity_ids_get_size (ProbityIds *self);
gint64 probity_ids_get (ProbityIds *self, guint position);
/** Puts @n ids from @first on into @ret_ids. */
void probity_ids_read (ProbityIds *self, guint first, guint n, gint64 *ret_ids);
/** (transfer full): of gint64. */
GArray *probity_ids_to_array (ProbityIds *self);
/** Where @id stands. */
gboolean probity_ids_find (ProbityIds *self, gint64 id, guint *ret_position);
/** How many ids both begin with, or after @skip at the beginning end with. */
guint probity_ids_count_alike (ProbityIds *self, ProbityIds *other);
guint probity_ids_count_alike_at_end (ProbityIds *self, ProbityIds *other, guint skip);

void probity_ids_append (ProbityIds *self, gint64 id);
/** Puts @n_added ids in the place of @n_removed from @position on. */
void probity_ids_splice (ProbityIds *self, guint position, guint n_removed, const gint64 *added, guint n_added);
/** Makes it what @other is; they share what they hold. */
void probity_ids_assign (ProbityIds *self, ProbityIds *other);

/** How many bytes the ids take. */
gsize probity_ids_get_bytes (ProbityIds *self);

G_END_DECLS
