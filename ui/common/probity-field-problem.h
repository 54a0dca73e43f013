/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

const char *probity_field_problem_to_sentence (const GError       *error,
                                               const ProbityField *field);

G_END_DECLS
