/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-page.h"
#include "probity-seal.h"

G_BEGIN_DECLS

/*
 * Above the page of a case: that it is sealed, and for whom, or that it ought to be. It also has the actions
 * of sealing, `seal.name` and `seal.take-off`, for the page’s menu.
 */
#define PROBITY_TYPE_SEAL_BANNER (probity_seal_banner_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySealBanner, probity_seal_banner, PROBITY, SEAL_BANNER, AdwBin)

/** Puts one on @page, with its actions; @changed, a function of the page alone, is called after a dialog of it was closed. (transfer none) */
ProbitySealBanner *probity_seal_banner_add_to (ProbityPage *page,
                                               GCallback    changed);
/** Shows how the case of @record is sealed. */
void probity_seal_banner_set_record (ProbitySealBanner *self,
                                     ProbityRecord     *record);
/** The actions of sealing, without their prefix. (transfer none) */
GActionGroup *probity_seal_banner_get_actions (ProbitySealBanner *self);
/** Says and offers nothing: the case is not to be found any more. */
void probity_seal_banner_clear (ProbitySealBanner *self);

G_END_DECLS
