/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/** Asks what this reader's sealed cases say to a check of the case @reference, above @parent. */
void probity_sealed_answer_dialog_open (GtkWidget      *parent,
                                        ProbitySession *session,
                                        const char     *reference);
/** Asks to answer for the cases @references, of whom no sealed case of this reader names anybody, in one go. (transfer floating) */
AdwDialog *probity_sealed_answer_dialog_new_for_several (ProbitySession    *session,
                                                         const char *const *references);

G_END_DECLS
