/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-exposure.h"

G_BEGIN_DECLS

/** What a step says: `Only CUS/2012/004417 stays`. (transfer full) */
char *probity_exposure_words_dup_step (const ProbityExposureStep *step);
/** How many people it leaves and how many go. (transfer full) */
char *probity_exposure_words_dup_effect (const ProbityExposureStep *step);
/** Name, or how the logs write who has none. Static. */
const char *probity_exposure_words_get_name (const ProbityExposurePerson *person);
/** Number, rank, unit, rows and when; how they came to be in the list. (transfer full) */
char *probity_exposure_words_dup_person (const ProbityExposurePerson *person);
/** What a manner of being exposed without a log is called. Static. */
const char *probity_exposure_words_for_manner (const char *manner);
/** Two instants as a span. (transfer full) */
char *probity_exposure_words_dup_span (const char *first,
                                       const char *last);

G_END_DECLS
