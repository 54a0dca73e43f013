/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-closing-card.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-kept-rows.h"
#include "probity-labels.h"
#include "probity-words.h"

struct _ProbityClosingCard
{
  AdwPreferencesGroup parent_instance;

  const ProbityInvestigationView *view;
  gboolean                        secret; /* both checks are kept where the case is */
};

G_DEFINE_FINAL_TYPE (ProbityClosingCard, probity_closing_card, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHECK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef enum
{
  STATE_DONE,
  STATE_MISSING,
  STATE_NOTE, /* neither: who closes the case has to know it */
} State;

static const ProbityWords missing_words[] = {
  { "complaints-check", N_ ("A complaints check is not published.") },
  { "intelligence-check", N_ ("An intelligence check is not published.") },
  { "stale-check", N_ ("A check is too old, or was made before something about its subject changed: it is made again.") },
  { "unassessed-hits", N_ ("A check has records that nobody has assessed.") },
  { "new-record", N_ ("A complaint or report received since the check touches its subject: it is made again.") },
  { "separation-of-duties", N_ ("A check was made by somebody who investigates the case: another makes it again.") },
  { "second-person", N_ ("That nothing further is done is proposed by one person and decided by another.") },
  { "no-subject", N_ ("The case is about nobody who could be checked.") },
};

const char *
probity_closing_words_for (const char *code)
{
  const char *words = probity_words_find (missing_words, G_N_ELEMENTS (missing_words), code);

  return words != NULL ? words : probity_gate_code_to_sentence (code);
}

char *
probity_closing_dup_missing_text (ProbityClosingState *state)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; state->missing != NULL && state->missing[i] != NULL; i++)
    if (!g_str_equal (state->missing[i], "no-subject"))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", probity_closing_words_for (state->missing[i]));

  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

static GtkWidget *
new_row (State       state,
         const char *title,
         const char *subtitle)
{
  static const char *const icons[] = { "object-select-symbolic", "content-loading-symbolic", "dialog-information-symbolic" };
  static const char *const styles[] = { "success", "warning", "accent" };
  GtkWidget               *row = probity_case_row_new (title, subtitle);
  GtkWidget               *icon = gtk_image_new_from_icon_name (icons[state]);

  gtk_widget_add_css_class (icon, styles[state]);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (state != STATE_NOTE)
    {
      GtkWidget *label = gtk_label_new (state == STATE_DONE ? _ ("Done") : _ ("Missing"));

      gtk_widget_add_css_class (label, styles[state]);
      gtk_widget_add_css_class (label, "caption-heading");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }

  return row;
}

static void
place (ProbityClosingCard *self,
       State               state,
       const char         *title,
       const char         *subtitle)
{
  probity_kept_rows_add (GTK_WIDGET (self), new_row (state, title, subtitle));
}

/* --- Checks --- */

static void
check_activated_cb (GtkWidget *row,
                    gpointer   data)
{
  ProbityClosingCard *self = data;

  g_signal_emit (self,
                 signals[CHECK],
                 0,
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "check-kind")),
                 g_object_get_data (G_OBJECT (row), "subject"),
                 g_object_get_data (G_OBJECT (row), "name"));
}

/* Codes that are neither of the two checks themselves say why one that was made does not hold. */
static char *
dup_why_missing (ProbityClosingCard    *self,
                 ProbityClosingSubject *subject,
                 ProbityCheckKind       kind)
{
  const char *supplier = kind == PROBITY_CHECK_COMPLAINTS && !self->secret ? _ ("PSD or ACU officer who does not investigate the case") : _ ("ACU officer who does not investigate the case");
  g_autoptr (GString) text = g_string_new (supplier);

  for (guint i = 0; subject->missing != NULL && subject->missing[i] != NULL; i++)
    if (!g_str_has_suffix (subject->missing[i], "s-check") && !g_str_equal (subject->missing[i], "intelligence-check") && !g_str_has_prefix (subject->missing[i], "sealed-"))
      g_string_append_printf (text, "\n%s", probity_closing_words_for (subject->missing[i]));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
place_check (ProbityClosingCard    *self,
             ProbityClosingSubject *subject,
             ProbityCheckKind       kind)
{
  const gboolean   complaints = kind == PROBITY_CHECK_COMPLAINTS;
  const gboolean   holds = complaints ? subject->complaints : subject->intelligence;
  const gboolean   unseen = subject->unseen != NULL && g_strv_contains ((const char *const *) subject->unseen, complaints ? "complaints-check" : "intelligence-check");
  const char      *name = subject->name != NULL ? subject->name : subject->subject;
  g_autofree char *title = g_strdup_printf (complaints ? _ ("Complaints check of %s") : _ ("Intelligence check of %s"), name);
  g_autofree char *subtitle = NULL;
  GtkWidget       *row;

  if (unseen)
    {
      place (self, STATE_NOTE, title, _ ("The anti-corruption unit makes it; only they and deciders see whether it is done."));
      return;
    }
  if (holds)
    subtitle = probity_case_dup_who_when (complaints ? subject->complaints_by : subject->intelligence_by, complaints ? subject->complaints_at : subject->intelligence_at);
  else
    subtitle = dup_why_missing (self, subject, kind);
  row = new_row (holds ? STATE_DONE : STATE_MISSING, title, subtitle);
  g_object_set_data (G_OBJECT (row), "check-kind", GINT_TO_POINTER (kind));
  probity_kept_row_add_content (row, subject->uid);
  g_object_set_data_full (G_OBJECT (row), "subject", g_strdup (subject->uid), g_free);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (name), g_free);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (check_activated_cb), self, G_CONNECT_DEFAULT);
  probity_kept_rows_add (GTK_WIDGET (self), row);
}

/* Only who holds a sealed case that names the subject has such a row. */
static void
place_sealed (ProbityClosingCard    *self,
              ProbityClosingSubject *subject)
{
  const char      *name = subject->name != NULL ? subject->name : subject->subject;
  g_autofree char *title = g_strdup_printf (_ ("Your answer about %s"), name);

  for (guint i = 0; subject->missing != NULL && subject->missing[i] != NULL; i++)
    if (g_str_has_prefix (subject->missing[i], "sealed-"))
      place (self, STATE_MISSING, title, probity_closing_words_for (subject->missing[i]));
}

/* --- Who decides --- */

static void
place_proposal (ProbityClosingCard  *self,
                ProbityClosingState *state)
{
  g_autofree char *who_when = probity_case_dup_who_when (state->proposed_by, state->proposed_at);
  g_autofree char *text = NULL;

  if (state->proposed == NULL)
    {
      place (self, STATE_NOTE, _ ("Proposal to close"), _ ("By somebody who works on the case. Without it nobody can decide that nothing further is done."));
      return;
    }
  text = g_strdup_printf ("%s\n%s\n%s", probity_label_for_value (state->proposed), who_when, state->proposed_reasons);
  place (self, STATE_DONE, _ ("Proposal to close"), text);
}

static void
place_open (ProbityClosingCard  *self,
            ProbityClosingState *state)
{
  for (guint i = 0; i < state->subjects->len; i++)
    {
      place_check (self, g_ptr_array_index (state->subjects, i), PROBITY_CHECK_COMPLAINTS);
      place_check (self, g_ptr_array_index (state->subjects, i), PROBITY_CHECK_INTELLIGENCE);
      place_sealed (self, g_ptr_array_index (state->subjects, i));
    }
  if (state->subjects->len == 0)
    place (self, STATE_NOTE, _ (self->view->nobody), _ ("So there is nobody to check. Who closes the case says why nobody could be."));
  place_proposal (self, state);
  place (self, STATE_MISSING, _ ("Closing decision"), _ ("Decider who neither investigates nor checks the case, and did not propose it"));
}

static void
place_closed (ProbityClosingCard  *self,
              ProbityRecord       *record,
              ProbityClosingState *state)
{
  g_autofree char *who_when = probity_case_dup_who_when (state->closed_by, state->closed_at);
  g_autofree char *text = state->closed_reasons != NULL ? g_strdup_printf ("%s\n%s", who_when, state->closed_reasons) : g_strdup (who_when);

  place (self, STATE_DONE, probity_label_for_value (probity_record_get (record, "outcome")), text);
}

static void
probity_closing_card_class_init (ProbityClosingCardClass *klass)
{
  signals[CHECK] = g_signal_new ("check", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT, G_TYPE_STRING, G_TYPE_STRING);
}

static void
probity_closing_card_init (ProbityClosingCard *self)
{
}

GtkWidget *
probity_closing_card_new (const ProbityInvestigationView *view)
{
  ProbityClosingCard *self = g_object_new (PROBITY_TYPE_CLOSING_CARD, "title", _ ("Before Closing"), NULL);

  self->view = view;
  self->secret = probity_case_kind_get_compartment (probity_case_kind_find (view->kind)) == PROBITY_COMPARTMENT_INTELLIGENCE;

  return GTK_WIDGET (self);
}

void
probity_closing_card_set_state (ProbityClosingCard  *self,
                                ProbityRecord       *record,
                                ProbityClosingState *state)
{
  g_return_if_fail (PROBITY_IS_CLOSING_CARD (self));
  g_return_if_fail (record != NULL && state != NULL);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), probity_record_get (record, "closed") != NULL ? _ ("Closed") : _ ("Before Closing"));
  if (probity_record_get (record, "closed") != NULL)
    place_closed (self, record, state);
  else
    place_open (self, state);
  probity_kept_rows_show (GTK_WIDGET (self));
}
