/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-check.h"

G_BEGIN_DECLS

/* A record that was found for an applicant, why it was found, and the checker's verdict on it. */
#define PROBITY_TYPE_HIT_GROUP (probity_hit_group_get_type ())
G_DECLARE_FINAL_TYPE (ProbityHitGroup, probity_hit_group, PROBITY, HIT_GROUP, AdwPreferencesGroup)

/** @read_only once the check is published. */
GtkWidget *probity_hit_group_new (ProbitySession *session, const char *reference, const ProbityHit *hit, gboolean read_only);
/** Whether a verdict is recorded (not only typed). */
gboolean probity_hit_group_is_assessed (ProbityHitGroup *self);

/* Signal: assessed: a verdict was recorded. */

G_END_DECLS
