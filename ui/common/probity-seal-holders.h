/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-seal.h"

G_BEGIN_DECLS

/*
 * The accounts to whom a case could be sealed, to be ticked; those who would gain a key of both checks stand apart.
 * For who seals a case that is there and who opens one sealed. Signal: changed.
 */
#define PROBITY_TYPE_SEAL_HOLDERS (probity_seal_holders_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySealHolders, probity_seal_holders, PROBITY, SEAL_HOLDERS, AdwBin)

GtkWidget *probity_seal_holders_new (void);
/** Shows the candidates of @state; who is ticked and still one of them stays so. */
void  probity_seal_holders_set_state (ProbitySealHolders *self,
                                      ProbitySealState   *state);
GStrv probity_seal_holders_dup_names (ProbitySealHolders *self);
/** Ticks @names, also those who become candidates later. */
void probity_seal_holders_set_names (ProbitySealHolders *self,
                                     const char *const  *names);
/** Whether somebody is ticked who holds no key of the checks. */
gboolean probity_seal_holders_get_with_checks (ProbitySealHolders *self);

/** What is said of @state where a case ought to be sealed; %NULL where nothing speaks for it. */
char *probity_seal_dup_proposal (ProbitySealState *state);
/** @what, and what goes with a second job where somebody among the candidates of @state gains a key. */
char *probity_seal_dup_note (ProbitySealState *state,
                             const char       *what);

G_END_DECLS
