/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-parts.h"

#include <glib/gi18n.h>

#include "probity-action.h"
#include "probity-case-readers.h"
#include "probity-case-words.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* Actions of a case. */

static guint
get_number (ProbityValues *action)
{
  return (guint) g_ascii_strtoull (probity_values_get (action, "number"), NULL, 10);
}

static const char *
get_uid (ProbityCaseGroup *group)
{
  return probity_record_get_uid (probity_case_group_get_record (group));
}

/* --- Dialogs; the owner is chosen among those who can see the case --- */

static const char *const add_fields[] = { "title", "what", "owner", "soft_deadline", "hard_deadline", "intrusive", NULL };

static DexFuture *
add_step (ProbityCaseGroup  *group,
          ProbityStepDialog *dialog,
          ProbityValues     *item)
{
  g_autoptr (ProbityValues) values = probity_case_dialog_dup_values (dialog, add_fields);

  return probity_action_add (probity_case_group_get_session (group), probity_case_group_get_case_kind (group), get_uid (group), values);
}

static DexFuture *
change_step (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *item)
{
  static const char *const fields[] = { "owner", "soft_deadline", "hard_deadline", NULL };
  g_autoptr (ProbityValues) values = probity_case_dialog_dup_values (dialog, fields);

  return probity_action_change (probity_case_group_get_session (group),
                                probity_case_group_get_case_kind (group),
                                get_uid (group),
                                get_number (item),
                                values,
                                probity_step_dialog_get (dialog, "reason"));
}

static void
add_owner (ProbityStepDialog *dialog,
           GPtrArray         *names,
           const char        *owner)
{
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, names->len + 1);

  for (guint i = 0; i < names->len; i++)
    choices[i] = (ProbityStepChoice) { g_ptr_array_index (names, i), g_ptr_array_index (names, i) };
  probity_step_dialog_add_pick (dialog, "owner", _ ("Who does it"), choices, names->len, owner);
}

static void
add_deadlines (ProbityStepDialog *dialog)
{
  probity_step_dialog_add_text (dialog, "soft_deadline", _ ("Aim"), _ ("A day such as 2026-12-01, or +10 for ten working days."), 1, FALSE);
  probity_step_dialog_add_text (dialog, "hard_deadline", _ ("Deadline"), _ ("It is moved only for a reason."), 1, FALSE);
}

static void
readers_for_add_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbityCaseGroup  *group = object;
  ProbityStepDialog *dialog;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (group), error);
      return;
    }
  dialog = probity_case_group_new_dialog (group, _ ("New Action"), _ ("_Add"), NULL, add_step);
  probity_step_dialog_set_note (dialog, _ ("Everybody who can see the case sees its actions."));
  probity_step_dialog_add_text (dialog, "title", _ ("Action"), NULL, 1, TRUE);
  probity_step_dialog_add_text (dialog, "what", _ ("What is to be done"), NULL, 3, FALSE);
  add_owner (dialog, g_value_get_boxed (value), probity_session_get_account_name (probity_case_group_get_session (group)));
  add_deadlines (dialog);
  if (probity_case_group_get_case_kind (group)->may_intrude != NULL)
    probity_step_dialog_add_switch (dialog, "intrusive", _ ("Intrusive"), _ ("It can be started only after the public-interest assessment."));
  probity_case_group_keep_draft (group, dialog, "action", NULL);
  probity_case_group_present (group, dialog);
}

static void
add_action (ProbityCaseGroup *group)
{
  probity_reply (probity_case_load_readers (probity_case_group_get_session (group), probity_case_group_get_case_kind (group), get_uid (group)), group, readers_for_add_cb);
}

static void
readers_for_change_cb (gpointer      object,
                       const GValue *value,
                       const GError *error)
{
  ProbityCaseGroup  *group = object;
  ProbityValues     *action = g_object_get_data (G_OBJECT (group), "changing");
  ProbityStepDialog *dialog;

  if (error != NULL || action == NULL)
    {
      if (error != NULL)
        probity_toast_error (GTK_WIDGET (group), error);
      return;
    }
  dialog = probity_case_group_new_dialog (group, _ ("Change Action"), _ ("_Change"), action, change_step);
  add_owner (dialog, g_value_get_boxed (value), probity_values_get (action, "owner"));
  add_deadlines (dialog);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), _ ("Needed where the deadline moves."), 2, FALSE);
  if (probity_values_get (action, "soft_deadline") != NULL)
    probity_step_dialog_set (dialog, "soft_deadline", probity_values_get (action, "soft_deadline"));
  if (probity_values_get (action, "hard_deadline") != NULL)
    probity_step_dialog_set (dialog, "hard_deadline", probity_values_get (action, "hard_deadline"));
  probity_case_group_present (group, dialog);
}

static void
change_action (ProbityCaseGroup *group,
               ProbityValues    *action)
{
  g_object_set_data_full (G_OBJECT (group), "changing", probity_values_ref (action), (GDestroyNotify) probity_values_unref);
  probity_reply (probity_case_load_readers (probity_case_group_get_session (group), probity_case_group_get_case_kind (group), get_uid (group)), group, readers_for_change_cb);
}

static void
start_action (ProbityCaseGroup *group,
              ProbityValues    *action)
{
  probity_case_group_run (group, probity_action_start (probity_case_group_get_session (group), probity_case_group_get_case_kind (group), get_uid (group), get_number (action)));
}

static DexFuture *
finish_step (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *action)
{
  const char *result = probity_step_dialog_get (dialog, "result");

  return probity_action_finish (probity_case_group_get_session (group),
                                probity_case_group_get_case_kind (group),
                                get_uid (group),
                                get_number (action),
                                *result != '\0' ? result : NULL);
}

static void
finish_action (ProbityCaseGroup *group,
               ProbityValues    *action)
{
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, probity_values_get (action, "title"), _ ("_Done"), action, finish_step);

  probity_step_dialog_add_text (dialog, "result", _ ("What came of it"), NULL, 3, FALSE);
  probity_case_group_keep_draft (group, dialog, "action-done", probity_values_get (action, "number"));
  probity_case_group_present (group, dialog);
}

static DexFuture *
cancel_step (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *action)
{
  return probity_action_cancel (probity_case_group_get_session (group),
                                probity_case_group_get_case_kind (group),
                                get_uid (group),
                                get_number (action),
                                probity_step_dialog_get (dialog, "reason"));
}

static void
cancel_action (ProbityCaseGroup *group,
               ProbityValues    *action)
{
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("Cancel Action"), _ ("_Cancel Action"), action, cancel_step);

  probity_step_dialog_set_destructive (dialog);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);
  probity_case_group_present (group, dialog);
}

static const ProbityCaseAction open_steps[] = {
  { N_ ("_Start"), start_action },
  { N_ ("_Done…"), finish_action },
  { N_ ("_Change…"), change_action },
  { N_ ("C_ancel…"), cancel_action },
};

static const ProbityCaseAction started_steps[] = {
  { N_ ("_Done…"), finish_action },
  { N_ ("_Change…"), change_action },
  { N_ ("C_ancel…"), cancel_action },
};

/* --- Rows --- */

static char *
dup_subtitle (ProbityValues *action)
{
  g_autoptr (GString) text = g_string_new (probity_values_get (action, "owner"));
  const char *state = probity_values_get (action, "state");
  const char *result = probity_values_get (action, "result");
  const char *reason = probity_values_get (action, "reason");
  const char *what = probity_values_get (action, "what");
  const char *soft = probity_values_get (action, "soft_deadline");
  const char *hard = probity_values_get (action, "hard_deadline");

  if (g_str_equal (state, "done") || g_str_equal (state, "cancelled"))
    {
      g_autofree char *who_when = probity_case_dup_who_when (probity_values_get (action, "finished_by"), probity_values_get (action, "finished"));

      g_string_printf (text, "%s: %s", probity_label_for_value (state), who_when);
      if (g_str_equal (state, "cancelled") && reason != NULL)
        g_string_append_printf (text, "\n%s", reason);
      if (result != NULL)
        g_string_append_printf (text, "\n%s", result);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }

  if (soft != NULL)
    {
      g_autofree char *day = probity_format_day (soft);

      g_string_append (text, " · ");
      /* Translators: %s is a day. */
      g_string_append_printf (text, _ ("aim %s"), day);
    }
  if (hard != NULL)
    {
      g_autofree char *day = probity_format_day (hard);

      g_string_append (text, " · ");
      /* Translators: %s is a day. */
      g_string_append_printf (text, _ ("deadline %s"), day);
    }
  if (g_str_equal (state, "started"))
    g_string_append_printf (text, " · %s", _ ("started"));
  if (g_strcmp0 (probity_values_get (action, "intrusive"), "true") == 0)
    g_string_append_printf (text, " · %s", _ ("intrusive"));
  if (what != NULL)
    g_string_append_printf (text, "\n%s", what);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_due (GtkWidget     *row,
         ProbityValues *action)
{
  const char *due = probity_values_get (action, "due");
  const char *words = probity_case_words_for_due (due);
  GtkWidget  *label;

  if (words == NULL)
    return;
  label = gtk_label_new (words);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, g_str_equal (due, "overdue") ? "error" : g_str_equal (due, "due") ? "accent"
                                                                                                     : "warning");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static GtkWidget *
make_row (ProbityCaseGroup *group,
          gpointer          item)
{
  ProbityValues   *action = item;
  const char      *state = probity_values_get (action, "state");
  g_autofree char *title = g_strdup_printf ("%s. %s", probity_values_get (action, "number"), probity_values_get (action, "title"));
  g_autofree char *subtitle = dup_subtitle (action);
  GtkWidget       *row = probity_case_row_new (title, subtitle);
  const gboolean   open = g_str_equal (state, "open");

  if (!open && !g_str_equal (state, "started"))
    {
      gtk_widget_add_css_class (row, "dimmed");
      return row;
    }
  add_due (row, action);
  if (probity_case_group_may_work (group))
    probity_case_group_add_menu (group, row, action, open ? open_steps : started_steps, open ? G_N_ELEMENTS (open_steps) : G_N_ELEMENTS (started_steps));

  return row;
}

static char *
describe (GPtrArray *actions)
{
  guint n_open = 0;

  for (guint i = 0; i < actions->len; i++)
    {
      const char *state = probity_values_get (g_ptr_array_index (actions, i), "state");

      n_open += g_str_equal (state, "open") || g_str_equal (state, "started");
    }

  return n_open > 0 ? g_strdup_printf (ngettext ("%u open", "%u open", n_open), n_open) : NULL;
}

static DexFuture *
load (ProbitySession        *session,
      const ProbityCaseKind *kind,
      const char            *uid)
{
  return probity_action_load (session, kind, uid);
}

const ProbityCaseGroupKind probity_case_actions_group = {
  .title = N_ ("Actions"),
  .empty = N_ ("What is to be done in this case, by whom and until when."),
  .add_label = N_ ("Add an Action"),
  .most = 6,
  .load = load,
  .make_row = make_row,
  .add = add_action,
  .describe = describe,
};
