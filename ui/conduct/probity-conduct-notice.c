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

/* The written notice of investigation: its parts checked, given and recorded, withheld, or printed first. */

#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })
#define CONTENT_HEIGHT 720

static const struct
{
  const char *part; /* of what the library fills in */
  const char *field;
  const char *label;
} parts[] = {
  { "conduct", "conduct_stated", N_ ("What is alleged, and against which standard") },
  { "severity", "severity_stated", N_ ("Whether it would be misconduct or gross misconduct") },
  { "proceedings", "proceedings_stated", N_ ("Which proceedings are likely") },
  { "advice", "advice_stated", N_ ("The right to advice and to a police friend") },
  { "representations", "representations_stated", N_ ("The right to make representations, and until when") },
  { "inference", "inference_stated", N_ ("That silence may harm the officer’s case") },
};

/* --- Printing --- */

static void
show_pages (ProbityCaseGroup *group,
            GBytes           *pages)
{
  g_autofree char *name = g_strdup_printf ("%s %s.pdf", probity_record_get_reference (probity_case_group_get_record (group)), _ ("notice"));

  probity_print_pages (GTK_WIDGET (group), pages, _ ("Notice of Investigation"), name);
}

static DexFuture *
printed_cb (DexFuture *future,
            gpointer   data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  show_pages (data, g_value_get_boxed (value));

  return dex_ref (future);
}

static void
reprinted_cb (gpointer      object,
              const GValue *value,
              const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  else
    show_pages (object, g_value_get_boxed (value));
}

static void
print_again (ProbityCaseGroup *group,
             ProbityValues    *item)
{
  probity_reply (probity_conduct_print_notice (probity_case_group_get_session (group),
                                               probity_record_get_uid (probity_case_group_get_record (group)),
                                               probity_values_get (item, "subject"),
                                               NULL),
                 group,
                 reprinted_cb);
}

/* --- Rows --- */

/* Given or withheld, and which of its days is which. */
static char *
dup_summary (ProbityRecord *row)
{
  const char      *served = probity_record_get (row, "served");
  const char      *until = probity_record_get (row, served != NULL ? "representations_due" : "review_date");
  g_autofree char *given = served != NULL ? probity_format_day (served) : NULL;
  g_autofree char *day = until != NULL ? probity_format_day (until) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  if (given == NULL)
    {
      /* Translators: %s is a day. */
      g_string_append_printf (text, _ ("Withheld, to be looked at again on %s"), day != NULL ? day : "");
      if (probity_record_get (row, "withheld_reason") != NULL)
        g_string_append_printf (text, "\n%s", probity_record_get (row, "withheld_reason"));
    }
  else
    {
      /* Translators: %s is a day. */
      g_string_append_printf (text, _ ("Given on %s"), given);
      if (day != NULL)
        {
          g_string_append (text, " · ");
          /* Translators: of the officer, on the notice that was given; %s is a day. */
          g_string_append_printf (text, _ ("representations until %s"), day);
        }
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

GtkWidget *
probity_conduct_make_notice_row (ProbityCaseGroup *group,
                                 gpointer          data)
{
  static const ProbityCaseAction actions[] = { { N_ ("_Print…"), print_again } };
  ProbityRecord                 *row = data;
  GtkWidget                     *widget = probity_part_group_make_row (group, row);
  g_autofree char               *summary = dup_summary (row);
  g_autoptr (ProbityValues) item = probity_values_new ();

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (widget), summary);
  if (probity_record_get (row, "served") == NULL)
    return widget;
  probity_values_set (item, "subject", probity_record_get (row, "subject"));
  probity_case_group_add_menu (group, widget, item, actions, G_N_ELEMENTS (actions));

  return widget;
}

/* --- The dialog --- */

/* What the notice would lack, in words; NULL where it is whole. */
static char *
dup_lacking (ProbityStepDialog *dialog,
             ProbityValues     *prepared,
             gboolean           printed,
             const char *const *stated)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (printed ? probity_values_get (prepared, parts[i].part) == NULL : !g_strv_contains (stated, parts[i].field))
      g_string_append_printf (text, "\n• %s", _ (parts[i].label));
  if (*probity_step_dialog_get (dialog, "terms_of_reference") == '\0' && *probity_step_dialog_get (dialog, "no_terms_reason") == '\0')
    g_string_append_printf (text, "\n• %s", _ ("The terms of reference, or why they are not given"));
  if (text->len == 0)
    return NULL;
  g_string_prepend (text, _ ("The notice lacks:"));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static DexFuture *
give (ProbityCaseGroup  *group,
      ProbityStepDialog *dialog,
      ProbityValues     *item)
{
  const char *action = probity_step_dialog_get (dialog, "action");
  g_auto (GStrv) stated = g_strsplit (probity_step_dialog_get (dialog, "parts"), "\n", -1);
  g_autoptr (ProbityValues) values = NULL;
  g_autofree char *lacking = NULL;

  if (g_str_equal (action, "withheld"))
    return probity_conduct_add_row (group, dialog, "notice", FIELDS ("withheld_reason", "review_date"), probity_values_get (item, "subject"));

  lacking = dup_lacking (dialog, item, g_str_equal (action, "print"), (const char *const *) stated);
  if (lacking != NULL)
    return dex_future_new_reject (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", lacking);

  values = probity_case_dialog_dup_values (dialog, FIELDS ("served", "served_by", "terms_of_reference", "no_terms_reason"));
  if (g_str_equal (action, "print"))
    return dex_future_then (probity_conduct_print_notice (probity_case_group_get_session (group),
                                                          probity_record_get_uid (probity_case_group_get_record (group)),
                                                          probity_values_get (item, "subject"),
                                                          values),
                            printed_cb,
                            g_object_ref (group),
                            g_object_unref);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    probity_values_set (values, parts[i].field, g_strv_contains ((const char *const *) stated, parts[i].field) ? "true" : "false");
  probity_values_set (values, "subject", probity_values_get (item, "subject"));

  return probity_investigation_add_row (probity_case_group_get_session (group),
                                        probity_case_part_find (&probity_conduct_case, "notice"),
                                        probity_record_get_uid (probity_case_group_get_record (group)),
                                        values);
}

/* The parts that the case can state are ticked; what it cannot is named, so that it is seen to first. */
static void
add_parts (ProbityStepDialog *dialog,
           ProbityValues     *prepared)
{
  ProbityStepChoice choices[G_N_ELEMENTS (parts)];
  g_autoptr (GString) stated = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      choices[i] = (ProbityStepChoice) { parts[i].field, _ (parts[i].label) };
      if (probity_values_get (prepared, parts[i].part) != NULL)
        g_string_append_printf (stated, "%s%s", stated->len > 0 ? "\n" : "", parts[i].field);
    }
  probity_step_dialog_add_checks (dialog, "parts", _ ("Parts that the Notice Has"), choices, G_N_ELEMENTS (choices));
  probity_step_dialog_set (dialog, "parts", stated->str);
  probity_step_dialog_show_field_for (dialog, "parts", "action", "given");
}

static char *
dup_note (ProbityValues *prepared)
{
  g_autoptr (GString) text = g_string_new (probity_values_get (prepared, "rule"));
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (probity_values_get (prepared, parts[i].part) == NULL)
      {
        if (!any)
          g_string_append_printf (text, "\n%s", _ ("The case does not say yet:"));
        g_string_append_printf (text, "\n• %s", _ (parts[i].label));
        any = TRUE;
      }
  if (!any)
    g_string_append_printf (text, "\n%s", _ ("The case says everything that the notice must have."));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static void
open_dialog (ProbityCaseGroup *group,
             ProbityValues    *prepared)
{
  ProbityStepChoice actions[] = {
    { "print", _ ("Print it, to be given") },
    { "given", _ ("It was given") },
    { "withheld", _ ("It is withheld: it would do prejudice") },
  };
  const char        *name = probity_values_get (prepared, "name");
  const char        *terms = probity_values_get (prepared, "terms_of_reference");
  g_autofree char   *title = g_strdup_printf (_ ("Notice: %s"), name != NULL ? name : probity_values_get (prepared, "staff_number"));
  g_autofree char   *note = dup_note (prepared);
  g_autofree char   *today = probity_conduct_dup_today (group);
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, title, _ ("_Continue"), prepared, give);

  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_add_choice (dialog, "action", _ ("What is done"), actions, G_N_ELEMENTS (actions), NULL);
  add_parts (dialog, prepared);
  probity_step_dialog_add_text (dialog, "terms_of_reference", _ ("Terms of reference"), _ ("What is investigated, and what is not."), 3, FALSE);
  probity_step_dialog_add_text (dialog, "no_terms_reason", _ ("Why they are not given"), _ ("Only where the terms of reference are not given."), 2, FALSE);
  probity_step_dialog_add_row (dialog, "served", probity_day_row_new (), _ ("Given on"), NULL, TRUE);
  probity_step_dialog_add_text (dialog, "served_by", _ ("Given by"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "withheld_reason", _ ("The prejudice that it would do"), NULL, 3, TRUE);
  probity_step_dialog_add_row (dialog, "review_date", probity_day_row_new (), _ ("To be looked at again on"), NULL, TRUE);
  probity_step_dialog_show_field_for (dialog, "terms_of_reference", "action", "print,given");
  probity_step_dialog_show_field_for (dialog, "no_terms_reason", "action", "print,given");
  probity_step_dialog_show_field_for (dialog, "served", "action", "given");
  probity_step_dialog_show_field_for (dialog, "served_by", "action", "given");
  probity_step_dialog_show_field_for (dialog, "withheld_reason", "action", "withheld");
  probity_step_dialog_show_field_for (dialog, "review_date", "action", "withheld");
  probity_step_dialog_set (dialog, "served", today);
  if (terms != NULL)
    probity_step_dialog_set (dialog, "terms_of_reference", terms);
  /* As high as with the fields of the longest answer: a dialog does not grow while it is shown. */
  adw_dialog_set_content_height (ADW_DIALOG (dialog), CONTENT_HEIGHT);
  probity_case_group_keep_draft (group, dialog, "notice", probity_values_get (prepared, "subject"));
  probity_case_group_present (group, dialog);
}

static void
prepared_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  else
    open_dialog (object, g_value_get_boxed (value));
}

static void
open_notice (ProbityCaseGroup   *group,
             ProbityCaseSubject *officer)
{
  probity_reply (probity_conduct_prepare_notice (probity_case_group_get_session (group), probity_record_get_uid (probity_case_group_get_record (group)), officer->uid), group, prepared_cb);
}

void
probity_conduct_give_notice (ProbityCaseGroup *group,
                             const char       *subject)
{
  probity_conduct_choose_officer (group, _ ("Notice of Investigation"), subject, open_notice);
}

void
probity_conduct_add_notice (ProbityCaseGroup *group)
{
  probity_conduct_give_notice (group, NULL);
}
