/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-parts.h"

#include <glib/gi18n.h>

#include "probity-checklist.h"
#include "probity-kept-rows.h"
#include "probity-labels.h"

/* The profile's checklist as it was put to the case. */

static const char *
get_uid (ProbityCaseGroup *group)
{
  return probity_record_get_uid (probity_case_group_get_record (group));
}

static void
answer (ProbityCaseGroup *group,
        ProbityValues    *item,
        const char       *word)
{
  probity_case_group_run (group, probity_checklist_answer (probity_case_group_get_session (group), probity_case_group_get_case_kind (group), get_uid (group), probity_values_get (item, "stage"), probity_values_get (item, "code"), word, NULL));
}

static void
apply (ProbityCaseGroup *group)
{
  probity_case_group_run (group, probity_checklist_apply (probity_case_group_get_session (group), probity_case_group_get_case_kind (group), get_uid (group), NULL));
}

static DexFuture *
answer_step (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *item)
{
  const char *note = probity_step_dialog_get (dialog, "note");

  return probity_checklist_answer (probity_case_group_get_session (group),
                                   probity_case_group_get_case_kind (group),
                                   get_uid (group),
                                   probity_values_get (item, "stage"),
                                   probity_values_get (item, "code"),
                                   probity_step_dialog_get (dialog, "answer"),
                                   *note != '\0' ? note : NULL);
}

static void
answer_with_note (ProbityCaseGroup *group,
                  ProbityValues    *item)
{
  ProbityStepChoice  answers[] = { { "done", _ ("Done") }, { "not-applicable", _ ("Does not apply") }, { "open", _ ("Open") } };
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("Checklist"), _ ("_Answer"), item, answer_step);
  const char        *note = probity_values_get (item, "note");

  probity_step_dialog_set_note (dialog, probity_values_get (item, "text"));
  probity_step_dialog_add_choice (dialog, "answer", _ ("Answer"), answers, G_N_ELEMENTS (answers), probity_values_get (item, "answer"));
  probity_step_dialog_add_text (dialog, "note", _ ("Note"), _ ("Needed where it does not apply."), 2, FALSE);
  if (note != NULL)
    probity_step_dialog_set (dialog, "note", note);
  probity_case_group_present (group, dialog);
}

static const ProbityCaseAction item_steps[] = { { N_ ("_Answer With a Note…"), answer_with_note } };

typedef struct
{
  ProbityCaseGroup *group;
  ProbityValues    *item;
} Toggle;

static void
toggle_free (gpointer  data,
             GClosure *closure)
{
  Toggle *toggle = data;

  probity_values_unref (toggle->item);
  g_free (toggle);
}

static void
toggled_cb (GtkCheckButton *button,
            gpointer        data)
{
  Toggle *toggle = data;

  /* Where the answer is refused, the next reading takes the tick away again. */
  probity_kept_row_touch (gtk_widget_get_ancestor (GTK_WIDGET (button), ADW_TYPE_ACTION_ROW));
  answer (toggle->group, toggle->item, gtk_check_button_get_active (button) ? "done" : "open");
}

static char *
dup_subtitle (ProbityValues *item)
{
  const char      *word = probity_values_get (item, "answer");
  const char      *note = probity_values_get (item, "note");
  g_autofree char *who_when = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const char *between = "";

  if (!g_str_equal (probity_values_get (item, "present"), "true"))
    {
      g_string_append (text, probity_label_for_value (probity_values_get (item, "stage")));
      between = " · ";
    }
  if (g_str_equal (word, "done") || g_str_equal (word, "not-applicable"))
    {
      who_when = probity_case_dup_who_when (probity_values_get (item, "answered_by"), probity_values_get (item, "answered_at"));
      g_string_append_printf (text, "%s%s: %s", between, g_str_equal (word, "done") ? _ ("Done") : _ ("Does not apply"), who_when);
    }
  else
    {
      const char *rule = probity_values_get (item, "rule");

      /* That nobody but the force wants it needs no telling. */
      if (rule != NULL && !g_str_has_prefix (rule, "setting"))
        g_string_append_printf (text, "%s%s", between, rule);
    }
  if (note != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", note);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_row (ProbityCaseGroup *group,
          gpointer          data)
{
  ProbityValues   *item = data;
  const char      *word = probity_values_get (item, "answer");
  g_autofree char *subtitle = dup_subtitle (item);
  GtkWidget       *row = probity_case_row_new (probity_values_get (item, "text"), subtitle);
  GtkWidget       *check = gtk_check_button_new ();
  const gboolean   put = !g_str_equal (word, "not-applied");
  Toggle          *toggle;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_str_equal (word, "done"));
  gtk_check_button_set_inconsistent (GTK_CHECK_BUTTON (check), g_str_equal (word, "not-applicable"));
  gtk_widget_set_sensitive (check, put && probity_case_group_may_work (group));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, probity_values_get (item, "text"), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  if (!put)
    {
      gtk_widget_add_css_class (row, "dimmed");
      return row;
    }
  toggle = g_new0 (Toggle, 1);
  toggle->group = group;
  toggle->item = probity_values_ref (item);
  g_signal_connect_data (check, "toggled", G_CALLBACK (toggled_cb), toggle, toggle_free, G_CONNECT_DEFAULT);
  if (probity_case_group_may_work (group))
    probity_case_group_add_menu (group, row, item, item_steps, G_N_ELEMENTS (item_steps));

  return row;
}

static char *
describe (GPtrArray *items)
{
  guint n_answered = 0;
  guint n_put = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const char *word = probity_values_get (g_ptr_array_index (items, i), "answer");

      n_put += !g_str_equal (word, "not-applied");
      n_answered += g_str_equal (word, "done") || g_str_equal (word, "not-applicable");
    }
  if (n_put < items->len)
    return g_strdup (n_put == 0 ? _ ("What the force wants looked at now. Put it to the case with the plus.") : _ ("The force’s list has more since. Put it to the case with the plus."));

  /* Translators: how many points of a checklist are answered, and of how many. */
  return n_put > 0 ? g_strdup_printf (_ ("%u of %u answered"), n_answered, n_put) : NULL;
}

static gboolean
may_apply (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (probity_values_get (g_ptr_array_index (items, i), "answer"), "not-applied"))
      return TRUE;

  return FALSE;
}

static DexFuture *
load (ProbitySession        *session,
      const ProbityCaseKind *kind,
      const char            *uid)
{
  return probity_checklist_load (session, kind, uid);
}

const ProbityCaseGroupKind probity_case_checklist_group = {
  .title = N_ ("Checklist"),
  .add_label = N_ ("Put the Checklist to the Case"),
  .most = 8,
  .load = load,
  .make_row = make_row,
  .add = apply,
  .may_add = may_apply,
  .describe = describe,
};
