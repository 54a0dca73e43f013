/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal-dialog.h"

#include <glib/gi18n.h>

#include "probity-seal-holders.h"
#include "probity-step-dialog.h"

static GStrv
dup_names (ProbityStepDialog *dialog,
           const char        *id)
{
  const char *names = probity_step_dialog_get (dialog, id);

  return *names != '\0' ? g_strsplit (names, "\n", -1) : g_new0 (char *, 1);
}

static DexFuture *
seal (ProbityStepDialog *dialog,
      gpointer           data)
{
  ProbityStepCase    *step = data;
  ProbitySealHolders *holders = g_object_get_data (G_OBJECT (dialog), "probity-seal-holders");
  g_auto (GStrv) names = probity_seal_holders_dup_names (holders);

  return probity_seal_holders_get_with_checks (holders) ? probity_case_seal_with_checks (step->session, step->reference, (const char *const *) names, probity_step_dialog_get (dialog, "reason"))
                                                        : probity_case_seal (step->session, step->reference, (const char *const *) names, probity_step_dialog_get (dialog, "reason"));
}

/* Whom somebody looked up and ticked is not lost by a key pressed too soon. */
static void
holders_changed_cb (ProbitySealHolders *holders,
                    ProbityStepDialog  *dialog)
{
  g_auto (GStrv) names = probity_seal_holders_dup_names (holders);

  probity_step_dialog_set_touched (dialog, names[0] != NULL);
  /* A case can be sealed for oneself alone; further accounts are some. */
  if (g_object_get_data (G_OBJECT (dialog), "probity-names-further") != NULL)
    probity_step_dialog_set_lacking (dialog, names[0] == NULL);
}

GtkWidget *
probity_seal_dialog_new (ProbitySession   *session,
                         ProbityRecord    *record,
                         ProbitySealState *state)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (session, state->sealed ? _ ("Name Further Accounts") : _ ("Seal the Case"), state->sealed ? _ ("_Name") : _ ("_Seal"));
  GtkWidget *holders = probity_seal_holders_new ();
  const char        *what = state->sealed ? _ ("Those named here can open the case too, from their next sign-in on.")
                                          : _ ("The case and everything in it moves to a compartment of its own, which you and those named here can open, at their next sign-in. Nobody else finds it any more. Who is taken off the seal later keeps what they copied until then.");
  g_autofree char   *note = probity_seal_dup_note (state, what);

  probity_step_dialog_set_step (dialog, seal, probity_step_case_new (session, probity_record_get_reference (record)), probity_step_case_free);
  probity_step_dialog_set_note (dialog, note);
  probity_seal_holders_set_state (PROBITY_SEAL_HOLDERS (holders), state);
  g_object_set_data (G_OBJECT (dialog), "probity-seal-holders", holders);
  if (state->sealed)
    {
      g_object_set_data (G_OBJECT (dialog), "probity-names-further", dialog);
      probity_step_dialog_set_lacking (dialog, TRUE);
    }
  g_signal_connect_object (holders, "changed", G_CALLBACK (holders_changed_cb), dialog, G_CONNECT_DEFAULT);
  probity_step_dialog_add_widget (dialog, holders);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
seal_without (ProbityStepDialog *dialog,
              gpointer           data)
{
  ProbityStepCase *step = data;
  g_auto (GStrv) accounts = dup_names (dialog, "without");

  return probity_case_seal_without (step->session, step->reference, (const char *const *) accounts, probity_step_dialog_get (dialog, "authority"), probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_seal_without_dialog_new (ProbitySession   *session,
                                 ProbityRecord    *record,
                                 ProbitySealState *state)
{
  ProbityStepDialog            *dialog = probity_step_dialog_new (session, _ ("Take Off the Seal"), _ ("_Take Off"));
  const char                   *own = probity_session_get_account_name (session);
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, g_strv_length (state->holders) + 1);
  guint                         n_choices = 0;

  probity_step_dialog_set_step (dialog, seal_without, probity_step_case_new (session, probity_record_get_reference (record)), probity_step_case_free);
  for (guint i = 0; state->holders[i] != NULL; i++)
    if (g_strcmp0 (state->holders[i], own) != 0)
      choices[n_choices++] = (ProbityStepChoice) { state->holders[i], state->holders[i] };
  probity_step_dialog_set_note (dialog, _ ("The case moves to another place, under a new key. Those chosen here find nothing of it any more, at once; what they copied while they could read it they keep. Everybody else who holds it finds it again at their next sign-in."));
  probity_step_dialog_add_checks (dialog, "without", _ ("Whom"), choices, n_choices);
  probity_step_dialog_add_text (dialog, "authority", _ ("Authority"), NULL, 1, TRUE);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);

  return GTK_WIDGET (dialog);
}
