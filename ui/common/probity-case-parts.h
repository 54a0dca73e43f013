/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case-group.h"

G_BEGIN_DECLS

/*
 * Everything that the page of a case of any kind shows beside what its kind is about: actions,
 * checklist, decisions, log, links, exhibits, stages, timeline, who can see it. A column of groups.
 */
#define PROBITY_TYPE_CASE_PARTS (probity_case_parts_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCaseParts, probity_case_parts, PROBITY, CASE_PARTS, GtkBox)

GtkWidget *probity_case_parts_new (ProbitySession        *session,
                                   const ProbityCaseKind *kind);
/** Shows the parts of @record and reads them; again after each change. */
void probity_case_parts_set_record (ProbityCaseParts *self,
                                    ProbityRecord    *record);

/* The groups one by one, for pages that place them themselves. */
extern const ProbityCaseGroupKind probity_case_actions_group;
extern const ProbityCaseGroupKind probity_case_checklist_group;
extern const ProbityCaseGroupKind probity_case_decisions_group;
extern const ProbityCaseGroupKind probity_case_log_group;
extern const ProbityCaseGroupKind probity_case_links_group;
extern const ProbityCaseGroupKind probity_case_stages_group;
extern const ProbityCaseGroupKind probity_case_timeline_group;
extern const ProbityCaseGroupKind probity_case_readers_group;

G_END_DECLS
