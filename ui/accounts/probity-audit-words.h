/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands in the audit log, in words: what was done, to what kind of record, and to what of it. */

const char *probity_audit_words_for_verb (const char *verb);
const char *probity_audit_words_for_kind (const char *kind);
/** (transfer full): @field of @kind (nullable) can be one of the record, or the name of an event such as `watch:observation`. */
char *probity_audit_words_dup_field (const char *kind,
                                     const char *field);

/** Whether these have words of their own, so that they are translated. */
gboolean probity_audit_words_know_verb (const char *verb);
gboolean probity_audit_words_know_kind (const char *kind);
gboolean probity_audit_words_know_field (const char *kind,
                                         const char *field);

G_END_DECLS
