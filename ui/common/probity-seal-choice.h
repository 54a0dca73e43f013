/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"
#include "probity-form.h"

G_BEGIN_DECLS

/*
 * In the form of a new case: whether it is opened sealed, for whom and why. Proposed where somebody whom it is about,
 * or a relative of theirs, holds a key under which it would stand. Kept in the form's draft. Property: valid.
 */
#define PROBITY_TYPE_SEAL_CHOICE (probity_seal_choice_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySealChoice, probity_seal_choice, PROBITY, SEAL_CHOICE, GObject)

/**
 * Adds it to @page. %NULL, and nothing, for who opens no case of @kind sealed. @only_sealed: who opens one in no
 * other way. (transfer full)
 */
ProbitySealChoice *probity_seal_choice_new (ProbitySession        *session,
                                            const ProbityCaseKind *kind,
                                            gboolean               only_sealed,
                                            ProbityForm           *form,
                                            AdwPreferencesPage    *page);
/** Whom the case is about, as far as staff numbers were entered. */
void probity_seal_choice_set_people (ProbitySealChoice *self,
                                     const char *const *staff_numbers);
/** Whether the case is to be opened sealed. */
gboolean probity_seal_choice_get_sealed (ProbitySealChoice *self);
/** Whether it can be opened as things stand: sealed, with a reason, or openly. */
gboolean probity_seal_choice_get_valid (ProbitySealChoice *self);
/** Marks what is missing, and goes there. */
void     probity_seal_choice_show_problem (ProbitySealChoice *self);
GStrv    probity_seal_choice_dup_names (ProbitySealChoice *self);
gboolean probity_seal_choice_get_with_checks (ProbitySealChoice *self);
char    *probity_seal_choice_dup_reason (ProbitySealChoice *self);

G_END_DECLS
