/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case-group.h"

G_BEGIN_DECLS

/** Whom an investigation is or was about: added and eliminated with a reason. */
extern const ProbityCaseGroupKind probity_case_subjects_group;

G_END_DECLS
