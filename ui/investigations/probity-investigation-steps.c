/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-investigation-steps.h"

#include <glib/gi18n.h>

#include "probity-closing-card.h"
#include "probity-day-row.h"
#include "probity-labels.h"
#include "probity-staff-row.h"

typedef struct
{
  ProbitySession        *session;
  const ProbityCaseKind *kind; /* nullable */
  char                  *reference;
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->session);
  g_free (step->reference);
  g_free (step);
}

static ProbityStepDialog *
new_dialog (ProbitySession        *session,
            const ProbityCaseKind *kind,
            ProbityRecord         *record,
            const char            *title,
            const char            *action,
            const char            *draft,
            ProbityStepFunc        func)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (session, title, action);
  Step              *step = g_new0 (Step, 1);

  step->session = g_object_ref (session);
  step->kind = kind;
  step->reference = g_strdup (probity_record_get_reference (record));
  probity_step_dialog_set_step (dialog, func, step, step_free);
  if (draft != NULL)
    {
      g_autofree char *key = g_strdup_printf ("%s/%s", draft, probity_record_get_uid (record));

      probity_step_dialog_set_draft_key (dialog, key);
    }

  return dialog;
}

static const char *
get_or_null (ProbityStepDialog *dialog,
             const char        *id)
{
  const char *text = probity_step_dialog_get (dialog, id);

  return *text != '\0' ? text : NULL;
}

/* --- The decision to investigate --- */

static DexFuture *
investigate (ProbityStepDialog *dialog,
             gpointer           data)
{
  Step *step = data;

  return probity_investigation_decide (step->session, step->reference, get_or_null (dialog, "day"), probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_investigate_dialog_new (ProbitySession *session,
                                ProbityRecord  *record)
{
  ProbityStepDialog *dialog = new_dialog (session, NULL, record, _ ("Decide to Investigate"), _ ("_Decide"), "investigate", investigate);

  probity_step_dialog_set_note (dialog, _ ("The decision is recorded once and is what the statistics count."));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 4, TRUE);
  probity_step_dialog_add_row (dialog, "day", probity_day_row_new (), _ ("Day of the Decision"), _ ("Today, where none is given:"), FALSE);

  return GTK_WIDGET (dialog);
}

/* --- Who investigates --- */

static DexFuture *
assign (ProbityStepDialog *dialog,
        gpointer           data)
{
  Step       *step = data;
  const char *owner = get_or_null (dialog, "owner");
  const char *officer = get_or_null (dialog, "officer");

  return probity_investigation_assign (step->session, step->reference, owner, officer, probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_assign_dialog_new (ProbitySession *session,
                           ProbityRecord  *record,
                           GPtrArray      *readers)
{
  ProbityStepDialog            *dialog = new_dialog (session, NULL, record, _ ("Assign"), _ ("_Assign"), NULL, assign);
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, readers->len + 1);
  guint                         n_choices = 0;

  choices[n_choices++] = (ProbityStepChoice) { "", _ ("As it is") };
  for (guint i = 0; i < readers->len; i++)
    {
      const char *name = g_ptr_array_index (readers, i);

      if (g_strcmp0 (name, probity_record_get (record, "owner")) != 0)
        choices[n_choices++] = (ProbityStepChoice) { name, name };
    }
  probity_step_dialog_set_note (dialog, _ ("Who ever owned the case or investigated it makes none of its checks and does not close it."));
  probity_step_dialog_add_pick (dialog, "owner", _ ("New Owner"), choices, n_choices, "");
  probity_step_dialog_add_row (dialog, "officer", probity_staff_row_new (session), _ ("New Investigating Officer"), NULL, FALSE);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);

  return GTK_WIDGET (dialog);
}

/* --- Stages --- */

static DexFuture *
set_stage (ProbityStepDialog *dialog,
           gpointer           data)
{
  Step *step = data;

  return probity_case_set_stage (step->session, step->kind, step->reference, probity_step_dialog_get (dialog, "stage"), get_or_null (dialog, "reason"));
}

GtkWidget *
probity_stage_dialog_new (ProbitySession        *session,
                          const ProbityCaseKind *kind,
                          ProbityRecord         *record,
                          const char            *stage)
{
  ProbityStepDialog *dialog = new_dialog (session, kind, record, _ ("Change Stage"), _ ("_Change"), NULL, set_stage);
  ProbityStepChoice  choices[16];
  g_auto (GStrv) stages = probity_case_dup_stages (session, kind, record);
  guint n_choices = 0;

  for (guint i = 0; stages[i] != NULL && n_choices < G_N_ELEMENTS (choices); i++)
    if (!g_strv_contains (kind->terminal, stages[i]) && g_strcmp0 (stages[i], probity_record_get (record, "stage")) != 0)
      choices[n_choices++] = (ProbityStepChoice) { stages[i], probity_label_for_value (stages[i]) };
  probity_step_dialog_add_choice (dialog, "stage", _ ("Stage"), choices, n_choices, stage);
  if (probity_record_get (record, "decided_to_investigate") == NULL && g_strv_contains ((const char *const *) stages, "investigation"))
    probity_step_dialog_forbid_choice (dialog, "stage", "investigation", _ ("The decision to investigate comes first."));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, FALSE);

  return GTK_WIDGET (dialog);
}

/* --- Closing --- */

static guint
list_outcomes (const ProbityCaseKind *kind,
               ProbityStepChoice     *choices,
               guint                  n_choices)
{
  const char *const *outcomes = probity_closing_get_outcomes (kind);
  guint              n = 0;

  for (; outcomes[n] != NULL && n < n_choices; n++)
    choices[n] = (ProbityStepChoice) { outcomes[n], probity_label_for_value (outcomes[n]) };

  return n;
}

static DexFuture *
propose (ProbityStepDialog *dialog,
         gpointer           data)
{
  Step *step = data;

  return probity_closing_propose (step->session, step->reference, probity_step_dialog_get (dialog, "outcome"), probity_step_dialog_get (dialog, "reasons"));
}

GtkWidget *
probity_propose_dialog_new (ProbitySession        *session,
                            const ProbityCaseKind *kind,
                            ProbityRecord         *record)
{
  ProbityStepDialog *dialog = new_dialog (session, kind, record, _ ("Propose Closing"), _ ("_Propose"), "propose-closing", propose);
  ProbityStepChoice  choices[16];
  const guint        n_choices = list_outcomes (kind, choices, G_N_ELEMENTS (choices));

  probity_step_dialog_set_note (dialog, _ ("The proposal is signed with your account. Another person decides on it."));
  probity_step_dialog_add_choice (dialog, "outcome", _ ("Outcome"), choices, n_choices, NULL);
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons"), NULL, 4, TRUE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
close_case (ProbityStepDialog *dialog,
            gpointer           data)
{
  Step *step = data;

  return probity_closing_close (step->session,
                                step->reference,
                                probity_step_dialog_get (dialog, "outcome"),
                                probity_step_dialog_get (dialog, "reasons"),
                                get_or_null (dialog, "no_subject"));
}

/* An outcome that this reader cannot decide now says why. */
static void
forbid_outcomes (ProbityStepDialog       *dialog,
                 ProbitySession          *session,
                 ProbityClosingState     *state,
                 const ProbityStepChoice *choices,
                 guint                    n_choices)
{
  g_autofree char *missing = probity_closing_dup_missing_text (state);
  const gboolean   own = g_strcmp0 (state->proposed_by, probity_session_get_account_name (session)) == 0;

  for (guint i = 0; i < n_choices; i++)
    if (missing != NULL)
      probity_step_dialog_forbid_choice (dialog, "outcome", choices[i].value, missing);
    else if (probity_closing_is_no_further_action (choices[i].value) && (own || g_strcmp0 (state->proposed, choices[i].value) != 0))
      probity_step_dialog_forbid_choice (dialog, "outcome", choices[i].value, own ? _ ("You proposed it: another person decides.") : _ ("Nobody has proposed this outcome."));
}

GtkWidget *
probity_close_case_dialog_new (ProbitySession        *session,
                               const ProbityCaseKind *kind,
                               ProbityRecord         *record,
                               ProbityClosingState   *state)
{
  ProbityStepDialog *dialog = new_dialog (session, kind, record, _ ("Close the Case"), _ ("_Close Case"), "closing", close_case);
  ProbityStepChoice  choices[16];
  const guint        n_choices = list_outcomes (kind, choices, G_N_ELEMENTS (choices));

  probity_step_dialog_set_note (dialog, _ ("The decision is signed with your account and cannot be changed afterwards. Whoever was eliminated is masked."));
  probity_step_dialog_add_choice (dialog, "outcome", _ ("Outcome"), choices, n_choices, state->proposed);
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons"), NULL, 4, TRUE);
  if (state->subjects->len == 0)
    probity_step_dialog_add_text (dialog, "no_subject", _ ("Why nobody could be checked"), _ ("The case is about nobody, so that no check was made."), 3, TRUE);
  forbid_outcomes (dialog, session, state, choices, n_choices);

  return GTK_WIDGET (dialog);
}
