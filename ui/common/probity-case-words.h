/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** (transfer full): what happened, of a timeline item's code. */
char *probity_case_words_dup_event (const char *what);
/** (transfer full) (nullable): what was written then, as people read it. */
char *probity_case_words_dup_event_text (const char *what,
                                         const char *text);
/** What a type of link is called; from the other end where @outgoing is %FALSE. Static. */
const char *probity_case_words_for_link (const char *type,
                                         gboolean    outgoing);
/** What a kind of log entry is called. Static. */
const char *probity_case_words_for_log_kind (const char *kind);
/** A heading of the decision log. Static. */
const char *probity_case_words_for_decision_field (const char *field);
/** How a deadline stands (`overdue`, `past-soft`, `today`, `due`); NULL for nothing to say. Static. */
const char *probity_case_words_for_due (const char *due);

G_END_DECLS
