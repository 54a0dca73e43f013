/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ctl-call.h"
#include "probity-audit.h"
#include "probity-list.h"

G_BEGIN_DECLS

/** The stable word for @error in JSON (`wrong-passphrase`, `gate`, `not-found` …); static. */
const char *ctl_error_get_code (const GError *error);
/** `{"error": {"code", "message"}, "missing": [codes]}`; @is_step for a step in a case's review. (transfer full) */
JsonNode *ctl_error_to_json (const GError *error, gboolean is_step);
/** Prints @document as one line of JSON, or as text for a person. */
void ctl_print (JsonNode *document, gboolean json);

/** Adds a member that is null where @value is %NULL. */
void ctl_add_text (JsonBuilder *builder, const char *name, const char *value);
void ctl_add_int (JsonBuilder *builder, const char *name, gint64 value);
/** Adds a list of texts; NULL is an empty one. */
void ctl_add_texts (JsonBuilder *builder, const char *name, const char *const *texts);
/**
 * Adds `missing`, and `unseen`: those of them of which this account is not shown whether they are there. A person reads as missing only
 * what is known to be so, as in the window.
 */
void ctl_add_missing (JsonBuilder *builder, gboolean json, const char *const *missing, const char *const *unseen);
/** Adds the field @name of @values: numbers and booleans as what they are, what is empty as null. */
void ctl_add_field (JsonBuilder *builder, ProbityValues *values, const char *name);
/** `{"actions": [{…}]}` of ProbityValues; @fields separated by blanks. (transfer full) */
JsonNode *ctl_list_to_json (const char *member, GPtrArray *list, const char *fields);
/** All rows of @query, of a list of @kind, that this account is shown; without those that went meanwhile. (transfer full) */
GPtrArray *ctl_load_rows (CtlCall *call, const ProbityListKind *kind, ProbityListQuery *query, GError **error);
/** The fields of an application from a JSON file, also of what changed in one. (transfer full) */
ProbityValues *ctl_read_application (const char *path, GError **error);
/** Ends the object that @builder holds. (transfer full) */
JsonNode *ctl_finish (JsonBuilder *builder);
/** `{"done": true}` with what was done to which reference. (transfer full) */
JsonNode *ctl_done (const char *what, const char *reference);
/** What verify prints. (transfer full) */
JsonNode *ctl_verify_report_to_json (ProbityVerifyReport *report);

G_END_DECLS
