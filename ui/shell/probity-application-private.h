/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-application.h"

G_BEGIN_DECLS

void _probity_application_add_actions (ProbityApplication *self);

G_END_DECLS
