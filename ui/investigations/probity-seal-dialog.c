/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-investigation-steps.h"

#include <glib/gi18n.h>

#include "probity-labels.h"
#include "probity-seal.h"

typedef struct
{
  ProbitySession *session;
  char           *reference;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->session);
  g_free (step->reference);
  g_free (step);
}

static DexFuture *
seal (ProbityStepDialog *dialog,
      gpointer           data)
{
  Step       *step = data;
  const char *names = probity_step_dialog_get (dialog, "for");
  g_auto (GStrv) holders = *names != '\0' ? g_strsplit (names, "\n", -1) : g_new0 (char *, 1);

  return probity_case_seal (step->session, step->reference, (const char *const *) holders, probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_seal_dialog_new (ProbitySession   *session,
                         ProbityRecord    *record,
                         ProbitySealState *state)
{
  ProbityStepDialog            *dialog = probity_step_dialog_new (session, state->sealed ? _ ("Name Further Accounts") : _ ("Seal the Case"), state->sealed ? _ ("_Name") : _ ("_Seal"));
  Step *step = g_new0 (Step, 1);
  const guint                   n_choices = g_strv_length (state->candidates);
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, n_choices + 1);

  step->session = g_object_ref (session);
  step->reference = g_strdup (probity_record_get_reference (record));
  probity_step_dialog_set_step (dialog, seal, step, step_free);

  for (guint i = 0; i < n_choices; i++)
    choices[i] = (ProbityStepChoice) { state->candidates[i], state->candidates[i] };
  probity_step_dialog_set_note (dialog,
                                state->sealed
                                    ? _ ("Those named here can open the case too, from their next sign-in on. Nobody is taken off the list again.")
                                    : _ ("The case and everything in it moves to a compartment of its own, which you and those named here can open, at their next sign-in. Nobody else finds it any more, and nobody is taken off the list again."));
  probity_step_dialog_add_checks (dialog, "for", _ ("For Whom"), choices, n_choices);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);

  return GTK_WIDGET (dialog);
}
