/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-conduct-dialogs.h"
#include "probity-day-row.h"
#include "probity-format.h"
#include "probity-investigation-view.h"
#include "probity-print.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* The statutory report: filled in with what the case already says of its six items, sent or withheld, printed. */

#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

/* --- Printing --- */

static void
printed_cb (gpointer      object,
            const GValue *value,
            const GError *error)
{
  ProbityCaseGroup *group = object;
  g_autofree char  *name = NULL;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (group), error);
      return;
    }
  name = g_strdup_printf ("%s %s.pdf", probity_record_get_reference (probity_case_group_get_record (group)), _ ("report"));
  probity_print_pages (GTK_WIDGET (group), g_value_get_boxed (value), _ ("Statutory Report"), name);
}

static void
print (ProbityCaseGroup *group,
       ProbityValues    *item)
{
  probity_reply (probity_conduct_print_report (probity_case_group_get_session (group),
                                               probity_record_get_uid (probity_case_group_get_record (group)),
                                               probity_values_get (item, "uid")),
                 group,
                 printed_cb);
}

/* When it was due, whether it was sent, when and to whom. */
static void
say_what_became (GtkWidget     *widget,
                 ProbityRecord *row)
{
  const char      *withheld = probity_record_get (row, "withheld_reason");
  const char      *sent = probity_record_get (row, "sent");
  const char      *to = probity_record_get (row, "sent_to");
  g_autofree char *due = probity_format_day (probity_record_get (row, "due"));
  g_autofree char *day = sent != NULL ? probity_format_day (sent) : NULL;
  /* Translators: %s is a day. */
  g_autofree char *title = g_strdup_printf (_ ("Due on %s"), due);
  g_autoptr (GString) text = g_string_new (NULL);

  if (withheld != NULL)
    /* Translators: %s is why a report is withheld. */
    g_string_append_printf (text, _ ("Withheld: %s"), withheld);
  else if (day != NULL)
    /* Translators: %s is a day. */
    g_string_append_printf (text, _ ("Sent on %s"), day);
  if (withheld == NULL && to != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", to);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (widget), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (widget), text->str);
}

GtkWidget *
probity_conduct_make_report_row (ProbityCaseGroup *group,
                                 gpointer          data)
{
  static const ProbityCaseAction actions[] = { { N_ ("_Print…"), print } };
  ProbityRecord                 *row = data;
  GtkWidget                     *widget = probity_part_group_make_row (group, row);
  g_autoptr (ProbityValues) item = probity_values_new ();

  say_what_became (widget, row);
  if (probity_record_get (row, "withheld_reason") != NULL)
    return widget;
  probity_values_set (item, "uid", probity_record_get_uid (row));
  probity_case_group_add_menu (group, widget, item, actions, G_N_ELEMENTS (actions));

  return widget;
}

/* --- The dialog --- */

static DexFuture *
send (ProbityCaseGroup  *group,
      ProbityStepDialog *dialog,
      ProbityValues     *item)
{
  static const char *const kept[] = { "came_to_attention", "notice_served", "rule" };
  g_autoptr (ProbityValues) values = probity_case_dialog_dup_values (dialog, FIELDS ("due", "progress", "estimated_end", "reason_for_time", "planned_steps", "sent", "sent_to", "withheld_reason", "officer_copy", "copy_withheld_reason"));

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (probity_values_get (item, kept[i]) != NULL)
      probity_values_set (values, kept[i], probity_values_get (item, kept[i]));

  return probity_investigation_add_row (probity_case_group_get_session (group),
                                        probity_case_part_find (&probity_conduct_case, "progress-report"),
                                        probity_record_get_uid (probity_case_group_get_record (group)),
                                        values);
}

/* The first two items stand in the case and are only said. */
static char *
dup_note (ProbityValues *prepared)
{
  const char      *rule = probity_values_get (prepared, "rule");
  const char      *served = probity_values_get (prepared, "notice_served");
  g_autofree char *attention = probity_format_day_long (probity_values_get (prepared, "came_to_attention"));
  g_autofree char *notice = probity_day_from_iso (served) != PROBITY_DAY_NONE ? probity_format_day_long (served) : g_strdup (_ ("not given"));

  /* Translators: the rule; a day; a day or “not given”. The report has items (a) to (f). */
  return g_strdup_printf (_ ("%s\n(a) Came to attention: %s\n(b) Notice to the officer: %s"), rule != NULL ? rule : "", attention, notice);
}

static void
add_items (ProbityStepDialog *dialog)
{
  probity_step_dialog_add_row (dialog, "due", probity_day_row_new (), _ ("Due on"), NULL, TRUE);
  probity_step_dialog_add_text (dialog, "progress", _ ("(c) Progress of the investigation"), NULL, 4, TRUE);
  probity_step_dialog_add_row (dialog, "estimated_end", probity_day_row_new (), _ ("(d) Estimated end, with the report"), NULL, TRUE);
  probity_step_dialog_add_text (dialog, "reason_for_time", _ ("(e) Reason for the time taken"), NULL, 3, TRUE);
  probity_step_dialog_add_text (dialog, "planned_steps", _ ("(f) Planned steps"), NULL, 3, TRUE);
  probity_step_dialog_add_text (dialog, "sent_to", _ ("Sent to"), NULL, 1, TRUE);
  probity_step_dialog_add_row (dialog, "sent", probity_day_row_new (), _ ("Sent on"), NULL, TRUE);
}

static void
prepared_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  static const char *const items[] = { "progress", "estimated_end", "reason_for_time", "planned_steps", "sent_to", "sent" };
  static const char *const filled[] = { "due", "progress", "estimated_end", "planned_steps", "sent_to" };
  ProbityStepChoice        actions[] = { { "sent", _ ("It is sent") }, { "withheld", _ ("It is withheld: it would do prejudice") } };
  ProbityStepChoice        copies[] = { { "later", _ ("Not yet") }, { "given", _ ("Given to the officer") }, { "kept", _ ("Withheld: it would do harm") } };
  ProbityCaseGroup        *group = object;
  ProbityValues           *prepared;
  ProbityStepDialog       *dialog;
  g_autofree char         *note = NULL;
  g_autofree char         *today = NULL;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (group), error);
      return;
    }
  prepared = g_value_get_boxed (value);
  note = dup_note (prepared);
  today = probity_conduct_dup_today (group);
  dialog = probity_case_group_new_dialog (group, _ ("Statutory Report"), _ ("_Record"), prepared, send);
  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_add_choice (dialog, "action", _ ("What is done"), actions, G_N_ELEMENTS (actions), "sent");
  add_items (dialog);
  probity_step_dialog_add_text (dialog, "withheld_reason", _ ("The prejudice that it would do"), NULL, 3, TRUE);
  probity_step_dialog_add_choice (dialog, "copy", _ ("Copy for the Officer"), copies, G_N_ELEMENTS (copies), "later");
  probity_step_dialog_add_row (dialog, "officer_copy", probity_day_row_new (), _ ("Given on"), NULL, TRUE);
  probity_step_dialog_add_text (dialog, "copy_withheld_reason", _ ("The harm that it would do"), NULL, 2, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    probity_step_dialog_show_field_for (dialog, items[i], "action", "sent");
  probity_step_dialog_show_field_for (dialog, "withheld_reason", "action", "withheld");
  probity_step_dialog_show_field_for (dialog, "copy", "action", "sent");
  probity_step_dialog_show_field_for (dialog, "officer_copy", "copy", "given");
  probity_step_dialog_show_field_for (dialog, "copy_withheld_reason", "copy", "kept");
  for (guint i = 0; i < G_N_ELEMENTS (filled); i++)
    if (probity_values_get (prepared, filled[i]) != NULL)
      probity_step_dialog_set (dialog, filled[i], probity_values_get (prepared, filled[i]));
  probity_step_dialog_set (dialog, "sent", today);
  probity_case_group_keep_draft (group, dialog, "report", NULL);
  probity_case_group_present (group, dialog);
}

void
probity_conduct_report (ProbityCaseGroup *group)
{
  probity_reply (probity_conduct_prepare_report (probity_case_group_get_session (group), probity_record_get_uid (probity_case_group_get_record (group))), group, prepared_cb);
}
