/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case-group.h"
#include "probity-conduct.h"

G_BEGIN_DECLS

/*
 * The dialogs of a conduct investigation that are more than the fields of a row. @group is any group of its page;
 * @subject the uid of the officer meant, or NULL to be asked where there are several.
 */

void probity_conduct_assess (ProbityCaseGroup *group, const char *subject);
void probity_conduct_give_notice (ProbityCaseGroup *group, const char *subject);
void probity_conduct_decide_referral (ProbityCaseGroup *group);
void probity_conduct_report (ProbityCaseGroup *group);
void probity_conduct_find (ProbityCaseGroup *group, const char *subject);
/** Says which exhibit holds what was captured. */
void probity_conduct_choose_capture (ProbityCaseGroup *group);

/* Rows and lists of the groups. */

DexFuture *probity_conduct_read_duties (ProbityCaseGroup *group);
GtkWidget *probity_conduct_make_duty_row (ProbityCaseGroup *group, gpointer item);
GtkWidget *probity_conduct_make_notice_row (ProbityCaseGroup *group, gpointer item);
GtkWidget *probity_conduct_make_report_row (ProbityCaseGroup *group, gpointer item);
DexFuture *probity_conduct_load_findings (ProbityCaseGroup *group);
GtkWidget *probity_conduct_make_finding_row (ProbityCaseGroup *group, gpointer item);
void       probity_conduct_add_severity (ProbityCaseGroup *group);
void       probity_conduct_add_notice (ProbityCaseGroup *group);
void       probity_conduct_add_finding (ProbityCaseGroup *group);

/* What they share. */

/** Opens the dialog of one officer; @officer lives for the call. */
typedef void (*ProbityConductOfficerFunc) (ProbityCaseGroup   *group,
                                           ProbityCaseSubject *officer);
/** Calls @func with the officer whose uid is @subject, the only one, or the one that is chosen in a dialog called @title. */
void        probity_conduct_choose_officer (ProbityCaseGroup         *group,
                                            const char               *title,
                                            const char               *subject,
                                            ProbityConductOfficerFunc func);
const char *probity_conduct_get_officer_name (ProbityCaseSubject *officer);
/** (transfer full): today, ISO. */
char *probity_conduct_dup_today (ProbityCaseGroup *group);
/** A rule of the profile as of the day on which the matter came to attention; nullable. */
const char *probity_conduct_get_rule (ProbityCaseGroup *group, const char *key);
/** Adds what @dialog holds as a row of @part; @subject is nullable. (transfer full) */
DexFuture *probity_conduct_add_row (ProbityCaseGroup  *group,
                                    ProbityStepDialog *dialog,
                                    const char        *part,
                                    const char *const *fields,
                                    const char        *subject);

G_END_DECLS
