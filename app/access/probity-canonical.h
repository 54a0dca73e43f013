/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Canonical bytes: what is signed. A tag, then fields in the order they were added, each as
 * `name` NUL, one type byte, 8-byte big-endian length, bytes. No two different lists of fields
 * give the same bytes.
 */
typedef struct _ProbityCanonical ProbityCanonical;

/** @tag names what is said, e.g. `probity/clearance/1`. */
ProbityCanonical *probity_canonical_new (const char *tag);
void              probity_canonical_free (ProbityCanonical *self);
void              probity_canonical_add_text (ProbityCanonical *self, const char *name, const char *value /* nullable */);
void              probity_canonical_add_int64 (ProbityCanonical *self, const char *name, gint64 value);
void              probity_canonical_add_bytes (ProbityCanonical *self, const char *name, GBytes *value /* nullable */);
/** (transfer full) */
GBytes *probity_canonical_dup_bytes (ProbityCanonical *self);
/** SHA-256 of the bytes as 64 hex digits. (transfer full) */
char *probity_canonical_dup_digest (ProbityCanonical *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityCanonical, probity_canonical_free)

G_END_DECLS
