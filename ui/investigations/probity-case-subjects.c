/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-subjects.h"

#include <glib/gi18n.h>

#include "probity-day-row.h"
#include "probity-format.h"
#include "probity-investigation.h"
#include "probity-staff-row.h"

static const char *
get_uid (ProbityCaseGroup *group)
{
  return probity_record_get_uid (probity_case_group_get_record (group));
}

static gboolean
is_open (ProbityCaseGroup *group)
{
  return probity_record_get (probity_case_group_get_record (group), "closed") == NULL;
}

/* --- Adding --- */

static DexFuture *
add_step (ProbityCaseGroup  *group,
          ProbityStepDialog *dialog,
          ProbityValues     *item)
{
  const char *number = probity_step_dialog_get (dialog, "staff_number");
  const char *name = probity_step_dialog_get (dialog, "name");
  const char *born = probity_step_dialog_get (dialog, "date_of_birth");

  return probity_investigation_add_subject (probity_case_group_get_session (group),
                                            get_uid (group),
                                            *number != '\0' ? number : NULL,
                                            *name != '\0' ? name : NULL,
                                            *born != '\0' ? born : NULL,
                                            probity_step_dialog_get (dialog, "reason"));
}

static void
add_subject (ProbityCaseGroup *group)
{
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("New Subject"), _ ("_Add"), NULL, add_step);

  probity_step_dialog_set_note (dialog, _ ("Both checks are made of every subject before the case is closed. A subject’s own account finds no trace of the case."));
  probity_step_dialog_add_row (dialog, "staff_number", probity_staff_row_new (probity_case_group_get_session (group)), _ ("Staff Number"), NULL, FALSE);
  probity_step_dialog_add_text (dialog, "name", _ ("Name"), _ ("Where there is no staff number:"), 1, FALSE);
  probity_step_dialog_add_row (dialog, "date_of_birth", probity_day_row_new (), _ ("Date of Birth"), NULL, FALSE);
  probity_step_dialog_add_text (dialog, "reason", _ ("Why the case is about them"), NULL, 3, TRUE);
  probity_case_group_keep_draft (group, dialog, "subject", NULL);
  probity_case_group_present (group, dialog);
}

/* --- Eliminating --- */

static DexFuture *
eliminate_step (ProbityCaseGroup  *group,
                ProbityStepDialog *dialog,
                ProbityValues     *item)
{
  return probity_investigation_eliminate_subject (probity_case_group_get_session (group),
                                                  get_uid (group),
                                                  probity_values_get (item, "uid"),
                                                  probity_step_dialog_get (dialog, "reason"));
}

static void
eliminate (ProbityCaseGroup *group,
           ProbityValues    *item)
{
  /* Translators: %s is a person. */
  g_autofree char   *title = g_strdup_printf (_ ("Eliminate %s"), probity_values_get (item, "name"));
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, title, _ ("_Eliminate"), item, eliminate_step);

  probity_step_dialog_set_note (dialog, _ ("The person stays recorded as eliminated, with the reason, until the case is closed; then the name is masked and due for early disposal."));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 3, TRUE);
  probity_case_group_keep_draft (group, dialog, "eliminate", probity_values_get (item, "uid"));
  probity_case_group_present (group, dialog);
}

static void
open_person (ProbityCaseGroup *group,
             ProbityValues    *item)
{
  gtk_widget_activate_action (GTK_WIDGET (group), "win.open-record", "(ss)", "person", probity_values_get (item, "staff_number"));
}

static const ProbityCaseAction person_steps[] = {
  { N_ ("_Open Person"), open_person },
  { N_ ("_Eliminate…"), eliminate },
};

/* --- Rows --- */

static GtkWidget *
make_row (ProbityCaseGroup *group,
          gpointer          data)
{
  ProbityCaseSubject *subject = data;
  const char         *name = subject->name != NULL ? subject->name : subject->staff_number;
  g_autofree char    *born = subject->date_of_birth != NULL ? probity_format_day (subject->date_of_birth) : NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (ProbityValues) item = probity_values_new ();
  GtkWidget *row;
  gboolean   known = subject->staff_number != NULL;

  if (known && subject->name != NULL)
    g_string_append (text, subject->staff_number);
  if (born != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", born);
  if (subject->reason != NULL && subject->eliminated == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", subject->reason);
  if (subject->eliminated != NULL)
    {
      g_autofree char *who_when = probity_case_dup_who_when (subject->eliminated_by, subject->eliminated);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: %s is who eliminated a suspect, and when. */
      g_string_append_printf (text, _ ("Eliminated: %s"), who_when);
      if (subject->elimination_reason != NULL)
        g_string_append_printf (text, "\n%s", subject->elimination_reason);
    }
  if (subject->disposal_due != NULL)
    {
      g_autofree char *due = probity_format_day (subject->disposal_due);

      g_string_append_c (text, '\n');
      /* Translators: %s is a day. */
      g_string_append_printf (text, _ ("Masked; due for disposal %s"), due);
    }

  row = probity_case_row_new (subject->masked != NULL ? _ ("Masked") : name, text->str);
  if (subject->eliminated != NULL)
    {
      gtk_widget_add_css_class (row, "dimmed");
      return row;
    }
  probity_values_set (item, "uid", subject->uid);
  probity_values_set (item, "name", name);
  if (known)
    probity_values_set (item, "staff_number", subject->staff_number);
  if (probity_case_group_may_work (group) && is_open (group))
    probity_case_group_add_menu (group, row, item, known ? person_steps : person_steps + 1, known ? 2 : 1);
  else if (known)
    probity_case_group_add_menu (group, row, item, person_steps, 1);

  return row;
}

static DexFuture *
load (ProbitySession        *session,
      const ProbityCaseKind *kind,
      const char            *uid)
{
  return probity_investigation_load_subjects (session, uid);
}

static char *
describe (GPtrArray *items)
{
  guint n_eliminated = 0;

  for (guint i = 0; i < items->len; i++)
    n_eliminated += ((ProbityCaseSubject *) g_ptr_array_index (items, i))->eliminated != NULL;
  if (n_eliminated == 0)
    return NULL;

  return g_strdup_printf (ngettext ("%u eliminated", "%u eliminated", n_eliminated), n_eliminated);
}

const ProbityCaseGroupKind probity_case_subjects_group = {
  .title = N_ ("Subjects"),
  .empty = N_ ("Nobody is identified yet. Whom the case is about is added here, and eliminated with a reason."),
  .add_label = N_ ("Add a Subject"),
  .load = load,
  .make_row = make_row,
  .add = add_subject,
  .may_add_for = is_open,
  .describe = describe,
};
