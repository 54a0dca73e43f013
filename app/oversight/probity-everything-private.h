/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"
#include "probity-everything.h"

G_BEGIN_DECLS

/** With nothing in it yet. (transfer full) */
ProbityEverything *probity_everything_new (ProbityRecord *person);

/** On a reader thread: @person was found for this reader. (transfer full) */
ProbityEverything *probity_everything_collect (const ProbitySource *source,
                                               ProbityRecord       *person,
                                               GError             **error);

G_END_DECLS
