/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-check.h"
#include "probity-closing.h"
#include "probity-investigation-view.h"

G_BEGIN_DECLS

/*
 * Everything that stands between an investigation and its closing decision, in words: done by whom and when, or missing
 * and who supplies it. Once it is closed, the decision.
 *
 * Signal: check (ProbityCheckKind kind, const char *subject uid, const char *name): a check was chosen to be made or read.
 */
#define PROBITY_TYPE_CLOSING_CARD (probity_closing_card_get_type ())
G_DECLARE_FINAL_TYPE (ProbityClosingCard, probity_closing_card, PROBITY, CLOSING_CARD, AdwPreferencesGroup)

GtkWidget *probity_closing_card_new (const ProbityInvestigationView *view);
void       probity_closing_card_set_state (ProbityClosingCard  *self,
                                           ProbityRecord       *record,
                                           ProbityClosingState *state);

/** What hinders the closing, a sentence a line; NULL for nothing. Being about nobody is no hindrance where @nobody may be. (transfer full) */
char *probity_closing_dup_missing_text (ProbityClosingState *state);
/** What one code means for an investigation. Static. */
const char *probity_closing_words_for (const char *code);

G_END_DECLS
