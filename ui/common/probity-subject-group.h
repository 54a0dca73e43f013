/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-record.h"

G_BEGIN_DECLS

/* Whom a complaint or report is about, on its page; a staff number leads to the person. */
#define PROBITY_TYPE_SUBJECT_GROUP (probity_subject_group_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySubjectGroup, probity_subject_group, PROBITY, SUBJECT_GROUP, AdwPreferencesGroup)

GtkWidget *probity_subject_group_new (ProbitySession *session,
                                      ProbityRecord  *record,
                                      ProbityVisit   *visit);

G_END_DECLS
