/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/* Search over everything that the reader may know of, as they type. */
#define PROBITY_TYPE_SEARCH_DIALOG (probity_search_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySearchDialog, probity_search_dialog, PROBITY, SEARCH_DIALOG, AdwDialog)

AdwDialog *probity_search_dialog_new (ProbitySession *session);

/* For tests and tours: types @words; and what is shown: `start`, `nothing`, `results` or `error`. */
void        probity_search_dialog_set_words (ProbitySearchDialog *self,
                                             const char          *words);
const char *probity_search_dialog_get_state (ProbitySearchDialog *self);

G_END_DECLS
