/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-parts.h"

#include <glib/gi18n.h>

#include "probity-case-log.h"
#include "probity-case-words.h"
#include "probity-format.h"
#include "probity-record-page.h"

/* The case log and the decision log. */

static const char *
get_uid (ProbityCaseGroup *group)
{
  return probity_record_get_uid (probity_case_group_get_record (group));
}

/* --- Log --- */

static DexFuture *
log_step (ProbityCaseGroup  *group,
          ProbityStepDialog *dialog,
          ProbityValues     *corrected)
{
  return probity_case_log_add (probity_case_group_get_session (group),
                               probity_case_group_get_case_kind (group),
                               get_uid (group),
                               corrected == NULL ? probity_step_dialog_get (dialog, "kind") : NULL,
                               probity_step_dialog_get (dialog, "text"),
                               corrected != NULL ? (guint) g_ascii_strtoull (probity_values_get (corrected, "number"), NULL, 10) : 0);
}

static void
add_entry (ProbityCaseGroup *group)
{
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("New Log Entry"), _ ("_Add"), NULL, log_step);
  ProbityStepChoice  kinds[16];
  guint              n_kinds = 0;

  for (guint i = 0; probity_case_log_kinds[i] != NULL && n_kinds < G_N_ELEMENTS (kinds); i++)
    if (!g_str_equal (probity_case_log_kinds[i], "correction"))
      kinds[n_kinds++] = (ProbityStepChoice) { probity_case_log_kinds[i], probity_case_words_for_log_kind (probity_case_log_kinds[i]) };
  probity_step_dialog_set_note (dialog, _ ("An entry is signed with your account and stays; a correction is an entry of its own."));
  probity_step_dialog_add_pick (dialog, "kind", _ ("Kind"), kinds, n_kinds, "note");
  probity_step_dialog_add_text (dialog, "text", _ ("Entry"), NULL, 5, TRUE);
  probity_case_group_keep_draft (group, dialog, "case-log", NULL);
  probity_case_group_present (group, dialog);
}

static void
correct_entry (ProbityCaseGroup *group,
               ProbityValues    *entry)
{
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("Correct a Log Entry"), _ ("_Correct"), entry, log_step);

  probity_step_dialog_set_note (dialog, probity_values_get (entry, "text"));
  probity_step_dialog_add_text (dialog, "text", _ ("What is right"), _ ("The earlier entry stays and is marked as corrected."), 4, TRUE);
  probity_case_group_present (group, dialog);
}

static const ProbityCaseAction entry_steps[] = { { N_ ("_Correct…"), correct_entry } };

static GtkWidget *
make_entry_row (ProbityCaseGroup *group,
                gpointer          item)
{
  ProbityValues   *entry = item;
  const char      *corrects = probity_values_get (entry, "corrects");
  const char      *corrected_by = probity_values_get (entry, "corrected_by");
  g_autofree char *who_when = probity_case_dup_who_when (probity_values_get (entry, "who"), probity_values_get (entry, "at"));
  g_autoptr (GString) subtitle = g_string_new (NULL);
  GtkWidget *row;

  g_string_append_printf (subtitle, "%s · %s · %s", probity_values_get (entry, "number"), probity_case_words_for_log_kind (probity_values_get (entry, "kind")), who_when);
  if (corrects != NULL)
    {
      g_string_append (subtitle, " · ");
      /* Translators: %s is the number of a log entry. */
      g_string_append_printf (subtitle, _ ("corrects %s"), corrects);
    }
  if (corrected_by != NULL)
    {
      g_string_append (subtitle, " · ");
      /* Translators: %s is the number, or are the numbers, of log entries. */
      g_string_append_printf (subtitle, _ ("corrected by %s"), corrected_by);
    }
  row = probity_case_row_new (probity_values_get (entry, "text"), subtitle->str);
  if (corrected_by != NULL)
    gtk_widget_add_css_class (row, "dimmed");
  if (probity_case_group_may_work (group))
    probity_case_group_add_menu (group, row, entry, entry_steps, G_N_ELEMENTS (entry_steps));

  return row;
}

static DexFuture *
load_log (ProbitySession        *session,
          const ProbityCaseKind *kind,
          const char            *uid)
{
  return probity_case_log_load (session, kind, uid);
}

const ProbityCaseGroupKind probity_case_log_group = {
  .title = N_ ("Log"),
  .empty = N_ ("What happened, in the order in which it was written down."),
  .add_label = N_ ("Add a Log Entry"),
  .newest_first = TRUE,
  .most = 5,
  .load = load_log,
  .make_row = make_entry_row,
  .add = add_entry,
};

/* --- Decisions --- */

static DexFuture *
decision_step (ProbityCaseGroup  *group,
               ProbityStepDialog *dialog,
               ProbityValues     *amended)
{
  ProbitySession        *session = probity_case_group_get_session (group);
  const ProbityCaseKind *kind = probity_case_group_get_case_kind (group);
  g_autoptr (ProbityValues) values = probity_case_dialog_dup_values (dialog, probity_decision_fields);

  if (amended == NULL)
    return probity_decision_log_add (session, kind, get_uid (group), values);

  return probity_decision_log_amend (session, kind, get_uid (group), (guint) g_ascii_strtoull (probity_values_get (amended, "number"), NULL, 10), values);
}

static void
present_decision (ProbityCaseGroup  *group,
                  ProbityStepDialog *dialog,
                  ProbityValues     *decision)
{
  static const char *const short_fields[] = { "title", "decided_by", NULL };
  static const char *const needed[] = { "title", "options", "reasons", NULL };

  probity_step_dialog_set_note (dialog, _ ("A decision is signed with your account. You can amend it for 24 hours; then it is sealed."));
  for (guint i = 0; probity_decision_fields[i] != NULL; i++)
    {
      const char *field = probity_decision_fields[i];
      const char *value = decision != NULL ? probity_values_get (decision, field) : g_str_equal (field, "decided_by") ? probity_session_get_account_name (probity_case_group_get_session (group))
                                                                                                                      : NULL;

      probity_step_dialog_add_text (dialog, field, probity_case_words_for_decision_field (field), NULL, g_strv_contains (short_fields, field) ? 1 : 2, g_strv_contains (needed, field));
      if (value != NULL)
        probity_step_dialog_set (dialog, field, value);
    }
  if (decision == NULL)
    probity_case_group_keep_draft (group, dialog, "case-decision", NULL);
  probity_case_group_present (group, dialog);
}

static void
add_decision (ProbityCaseGroup *group)
{
  present_decision (group, probity_case_group_new_dialog (group, _ ("Record a Decision"), _ ("_Record"), NULL, decision_step), NULL);
}

static void
amend_decision (ProbityCaseGroup *group,
                ProbityValues    *decision)
{
  present_decision (group, probity_case_group_new_dialog (group, _ ("Amend a Decision"), _ ("_Amend"), decision, decision_step), decision);
}

static const ProbityCaseAction decision_steps[] = { { N_ ("_Amend…"), amend_decision } };

static GtkWidget *
make_decision_row (ProbityCaseGroup *group,
                   gpointer          item)
{
  ProbityValues   *decision = item;
  const gboolean   latest = g_str_equal (probity_values_get (decision, "latest"), "true");
  const gboolean   sealed = g_str_equal (probity_values_get (decision, "sealed"), "true");
  const gboolean   amended = !g_str_equal (probity_values_get (decision, "amendment"), "0");
  g_autofree char *title = g_strdup_printf ("%s. %s", probity_values_get (decision, "number"), probity_values_get (decision, "title"));
  g_autofree char *who_when = probity_case_dup_who_when (probity_values_get (decision, "who"), probity_values_get (decision, "at"));
  g_autofree char *until = sealed ? NULL : probity_format_instant (probity_values_get (decision, "sealed_at"));
  g_autoptr (GString) subtitle = g_string_new (who_when);
  GtkWidget *row = adw_expander_row_new ();

  if (!latest)
    g_string_append_printf (subtitle, " · %s", _ ("earlier wording"));
  else if (amended)
    g_string_append_printf (subtitle, " · %s", _ ("amended"));
  if (latest && sealed)
    g_string_append_printf (subtitle, " · %s", _ ("sealed"));
  else if (latest)
    {
      g_string_append (subtitle, " · ");
      /* Translators: %s is a day and a time. */
      g_string_append_printf (subtitle, _ ("sealed on %s"), until);
    }

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_title_lines (ADW_EXPANDER_ROW (row), 0);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle->str);
  for (guint i = 1; probity_decision_fields[i] != NULL; i++)
    if (probity_values_get (decision, probity_decision_fields[i]) != NULL)
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row),
                                probity_property_row_new (probity_case_words_for_decision_field (probity_decision_fields[i]),
                                                          probity_values_get (decision, probity_decision_fields[i])));
  if (!latest)
    gtk_widget_add_css_class (row, "dimmed");
  if (g_str_equal (probity_values_get (decision, "may_amend"), "true") && probity_case_group_may_work (group))
    probity_case_group_add_menu (group, row, decision, decision_steps, G_N_ELEMENTS (decision_steps));

  return row;
}

static DexFuture *
load_decisions (ProbitySession        *session,
                const ProbityCaseKind *kind,
                const char            *uid)
{
  return probity_decision_log_load (session, kind, uid);
}

const ProbityCaseGroupKind probity_case_decisions_group = {
  .title = N_ ("Decisions"),
  .empty = N_ ("Decisions on the way, with the options there were and the reasons."),
  .add_label = N_ ("Record a Decision"),
  .newest_first = TRUE,
  .most = 5,
  .load = load_decisions,
  .make_row = make_decision_row,
  .add = add_decision,
};
