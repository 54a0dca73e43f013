/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/* Emits ::signed-in (ProbitySession). */
#define PROBITY_TYPE_SIGN_IN_PAGE (probity_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySignInPage, probity_sign_in_page, PROBITY, SIGN_IN_PAGE, AdwBin)

void        probity_sign_in_page_set_folder (ProbitySignInPage *self,
                                             const char        *folder);
const char *probity_sign_in_page_get_folder (ProbitySignInPage *self);
void        probity_sign_in_page_set_account (ProbitySignInPage *self,
                                              const char        *account,
                                              gboolean           locked);
void        probity_sign_in_page_suggest_account (ProbitySignInPage *self,
                                                  const char        *account);
void        probity_sign_in_page_set_clock (ProbitySignInPage *self,
                                            ProbityClock      *clock);
/**
 * While @held nobody is signed in, since the session before still ends: what it was saving, a draft above all, is written
 * and its keys are gone before another begins. Who signs in meanwhile waits.
 */
void probity_sign_in_page_set_held (ProbitySignInPage *self,
                                    gboolean           held);

G_END_DECLS
