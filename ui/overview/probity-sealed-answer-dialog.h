/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/** Asks what this reader's sealed cases say to a check of the case @reference, above @parent. */
void probity_sealed_answer_dialog_open (GtkWidget      *parent,
                                        ProbitySession *session,
                                        const char     *reference);

G_END_DECLS
