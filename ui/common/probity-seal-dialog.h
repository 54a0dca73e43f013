/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-seal.h"

G_BEGIN_DECLS

/** Seals the case, or names further accounts to one that is sealed. @state: how it is. */
GtkWidget *probity_seal_dialog_new (ProbitySession   *session,
                                    ProbityRecord    *record,
                                    ProbitySealState *state);
/** Takes others off the seal of the case. */
GtkWidget *probity_seal_without_dialog_new (ProbitySession   *session,
                                            ProbityRecord    *record,
                                            ProbitySealState *state);

G_END_DECLS
