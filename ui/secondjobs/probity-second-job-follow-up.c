/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-appeal.h"
#include "probity-case-group.h"
#include "probity-compliance.h"
#include "probity-day-row.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-second-job-page-private.h"
#include "probity-watch.h"

/* What follows the decision of a second job: the appeal, conditions and whether they are kept, the watch list. */

static const char *
get_uid (ProbityCaseGroup *group)
{
  return probity_record_get_uid (probity_case_group_get_record (group));
}

/* --- Appeal: one list of facts, in the order in which they came --- */

static const struct
{
  const char *field;
  const char *title;
  gboolean    day;
} appeal_rows[] = {
  { "served_on", N_ ("Letter served"), TRUE },
  { "last_day", N_ ("Last day to appeal"), TRUE },
  { "lodged_on", N_ ("Lodged"), TRUE },
  { "late_reason", N_ ("Taken late because") },
  { "grounds", N_ ("Grounds") },
  { "companion", N_ ("Companion") },
  { "decide_by", N_ ("To be decided by"), TRUE },
  { "outcome", N_ ("Outcome") },
  { "outcome_reasons", N_ ("Reasons") },
};

static DexFuture *
list_facts_cb (DexFuture *future,
               gpointer   data)
{
  ProbityValues *values = g_value_get_boxed (dex_future_get_value (future, NULL));
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_values_unref);

  /* What a case without a served letter could tell is no news. */
  for (guint i = 0; i < G_N_ELEMENTS (appeal_rows); i++)
    {
      const char    *value = probity_values_get (values, appeal_rows[i].field);
      ProbityValues *item;

      if (value == NULL || (g_str_equal (appeal_rows[i].field, "decide_by") && probity_values_get (values, "outcome") != NULL))
        continue;
      item = probity_values_new ();
      probity_values_set (item, "title", _ (appeal_rows[i].title));
      if (appeal_rows[i].day)
        {
          g_autofree char *day = probity_format_day (value);
          const char      *how = g_str_equal (appeal_rows[i].field, "served_on") ? probity_values_get (values, "how") : NULL;
          g_autofree char *text = how != NULL ? g_strdup_printf ("%s · %s", day, how) : g_strdup (day);

          probity_values_set (item, "text", text);
        }
      else if (g_str_equal (appeal_rows[i].field, "outcome"))
        {
          g_autofree char *who_when = probity_case_dup_who_when (probity_values_get (values, "outcome_by"), probity_values_get (values, "outcome_at"));
          g_autofree char *text = g_strdup_printf ("%s · %s", g_str_equal (value, "withdrawn") ? _ ("Not pursued") : probity_label_for_value (value), who_when);

          probity_values_set (item, "text", text);
        }
      else
        {
          probity_values_set (item, "text", value);
        }
      g_ptr_array_add (list, item);
    }
  if (probity_values_get (values, "lodged_on") != NULL && probity_values_get (values, "outcome") == NULL)
    {
      ProbityValues *item = probity_values_new ();

      probity_values_set (item, "reasons", "true");
      g_ptr_array_add (list, item);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&list));
}

static DexFuture *
load_appeal (ProbitySession        *session,
             const ProbityCaseKind *kind,
             const char            *uid)
{
  return dex_future_then (probity_appeal_load (session, uid), list_facts_cb, NULL, NULL);
}

static GtkWidget *
make_appeal_row (ProbityCaseGroup *group,
                 gpointer          data)
{
  ProbityValues  *item = data;
  ProbitySession *session = probity_case_group_get_session (group);
  GtkWidget      *row;

  if (probity_values_get (item, "reasons") == NULL)
    {
      row = probity_case_row_new (probity_values_get (item, "title"), probity_values_get (item, "text"));
      gtk_widget_add_css_class (row, "property");
      adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
      return row;
    }

  row = probity_case_row_new (_ ("Reasons"), _ ("What the chief officer decides on"));
  gtk_widget_set_visible (row, probity_access_may (session, PROBITY_OPERATION_DECIDE_APPEAL) || probity_access_may (session, PROBITY_OPERATION_SEAL_APPEAL));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "case.appeal-reasons");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static const ProbityCaseGroupKind appeal_group = {
  .title = N_ ("Appeal"),
  .load = load_appeal,
  .make_row = make_appeal_row,
};

/* --- Conditions --- */

static guint
get_number (ProbityValues *item)
{
  return (guint) g_ascii_strtoull (probity_values_get (item, "number"), NULL, 10);
}

static DexFuture *
review_step (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *item)
{
  static const char *const fields[] = { "result", "seen", "reviewed_on", "exhibit", "next_due" };
  g_autoptr (ProbityValues) values = probity_values_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (probity_step_dialog_get_filled (dialog, fields[i]) != NULL)
      probity_values_set (values, fields[i], probity_step_dialog_get_filled (dialog, fields[i]));

  return probity_compliance_review (probity_case_group_get_session (group), get_uid (group), get_number (item), values);
}

static void
review_condition (ProbityCaseGroup *group,
                  ProbityValues    *item)
{
  ProbityStepChoice  results[] = { { "complied", _ ("Kept") }, { "not-complied", _ ("Not kept") }, { "not-applicable", _ ("Does not apply any more") } };
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("Is the Condition Kept?"), _ ("_Record"), item, review_step);

  probity_step_dialog_set_note (dialog, probity_values_get (item, "text"));
  probity_step_dialog_add_choice (dialog, "result", _ ("Condition"), results, G_N_ELEMENTS (results), NULL);
  probity_step_dialog_add_text (dialog, "seen", _ ("What was seen"), _ ("Rota, pay slip, visit, conversation, …"), 3, TRUE);
  probity_step_dialog_add_text (dialog, "exhibit", _ ("Exhibit"), _ ("The reference of an exhibit of this case, such as AB/1."), 1, FALSE);
  probity_step_dialog_add_row (dialog, "reviewed_on", probity_day_row_new (), _ ("Looked at on"), _ ("Today, where none is given."), FALSE);
  probity_step_dialog_add_row (dialog, "next_due", probity_day_row_new (), _ ("Next time"), _ ("As the force’s profile says, where none is given."), FALSE);
  probity_case_group_keep_draft (group, dialog, "condition-review", probity_values_get (item, "uid"));
  probity_case_group_present (group, dialog);
}

static DexFuture *
answer_step (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *item)
{
  return probity_compliance_answer (probity_case_group_get_session (group), get_uid (group), get_number (item), probity_step_dialog_get_filled (dialog, "text"));
}

static void
answer_condition (ProbityCaseGroup *group,
                  ProbityValues    *item)
{
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("A Condition Was Not Kept"), _ ("_Answer"), item, answer_step);

  probity_step_dialog_set_note (dialog, probity_values_get (item, "text"));
  probity_step_dialog_add_text (dialog, "text", _ ("What follows"), _ ("Warned, to be decided anew, referred, …"), 3, TRUE);
  probity_case_group_keep_draft (group, dialog, "condition-answer", probity_values_get (item, "uid"));
  probity_case_group_present (group, dialog);
}

static const ProbityCaseAction review_steps[] = { { N_ ("_Record a Review…"), review_condition } };
static const ProbityCaseAction answer_steps[] = { { N_ ("_Answer…"), answer_condition }, { N_ ("_Record a Review…"), review_condition } };

static const char *
get_result_label (const char *result)
{
  if (g_str_equal (result, "complied"))
    return _ ("Kept");
  if (g_str_equal (result, "not-complied"))
    return _ ("Not kept");

  return _ ("Does not apply any more");
}

static char *
dup_condition_subtitle (ProbityValues *item)
{
  const char *due = probity_values_get (item, "due");
  const char *result = probity_values_get (item, "result");
  g_autoptr (GString) text = g_string_new (NULL);

  if (result != NULL)
    {
      g_autofree char *day = probity_format_day (probity_values_get (item, "reviewed_on"));
      const char      *exhibit = probity_values_get (item, "exhibit");

      g_string_append_printf (text, "%s · %s · %s\n%s", get_result_label (result), day, probity_values_get (item, "who"), probity_values_get (item, "seen"));
      if (exhibit != NULL)
        g_string_append_printf (text, " (%s)", exhibit);
    }
  if (probity_values_get (item, "answer") != NULL)
    g_string_append_printf (text, "\n%s: %s", probity_values_get (item, "answered_by"), probity_values_get (item, "answer"));
  if (due != NULL)
    {
      g_autofree char *day = probity_format_day (due);

      /* Translators: %s is the day on which keeping a condition is looked at. */
      g_string_append_printf (text, "%s", text->len > 0 ? "\n" : "");
      g_string_append_printf (text, _ ("Next review %s"), day);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_condition_row (ProbityCaseGroup *group,
                    gpointer          data)
{
  ProbityValues   *item = data;
  ProbitySession  *session = probity_case_group_get_session (group);
  ProbityRecord   *record = probity_case_group_get_record (group);
  const char      *state = probity_values_get (item, "state");
  g_autofree char *subtitle = dup_condition_subtitle (item);
  GtkWidget       *row = probity_case_row_new (probity_values_get (item, "text"), subtitle);
  const gboolean   decides = (probity_session_get_roles (session) & PROBITY_ROLE_DECIDER) != 0 ||
                           ((probity_session_get_roles (session) & PROBITY_ROLE_HEAD_OF_HR) != 0 && g_strcmp0 (probity_record_get (record, "signatory"), "head-of-hr") == 0);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  if (state != NULL)
    {
      GtkWidget *pill = gtk_label_new (g_str_equal (state, "not-kept") ? _ ("Not kept") : g_str_equal (state, "overdue") ? _ ("Overdue")
                                                                                                                         : _ ("Today"));

      gtk_widget_add_css_class (pill, "pill-label");
      gtk_widget_add_css_class (pill, "warning");
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  if (g_strcmp0 (probity_record_get (record, "stage"), "registered") == 0 && probity_access_may (session, PROBITY_OPERATION_COMPLIANCE))
    {
      const gboolean to_answer = g_strcmp0 (state, "not-kept") == 0 && decides;

      probity_case_group_add_menu (group, row, item, to_answer ? answer_steps : review_steps, to_answer ? G_N_ELEMENTS (answer_steps) : G_N_ELEMENTS (review_steps));
    }

  return row;
}

static DexFuture *
load_conditions (ProbitySession        *session,
                 const ProbityCaseKind *kind,
                 const char            *uid)
{
  return probity_compliance_load (session, uid);
}

static const ProbityCaseGroupKind conditions_group = {
  .title = N_ ("Conditions"),
  .load = load_conditions,
  .make_row = make_condition_row,
};

/* --- Watch list --- */

static gboolean
is_watched (GPtrArray *items)
{
  return items != NULL && items->len > 0 && !g_str_equal (probity_values_get (g_ptr_array_index (items, 0), "kind"), "ended");
}

static DexFuture *
watch_step (ProbityCaseGroup  *group,
            ProbityStepDialog *dialog,
            ProbityValues     *item)
{
  ProbitySession *session = probity_case_group_get_session (group);
  const char     *what = probity_step_dialog_get (dialog, "what");
  const char     *text = probity_step_dialog_get_filled (dialog, "text");
  const char     *day = probity_step_dialog_get_filled (dialog, "day");

  if (!is_watched (probity_case_group_get_items (group)))
    return probity_watch_add (session, get_uid (group), text, day);
  if (g_str_equal (what, "review"))
    return probity_watch_review (session, get_uid (group), text, day);
  if (g_str_equal (what, "ended"))
    return probity_watch_end (session, get_uid (group), text);

  return probity_watch_observe (session, get_uid (group), text);
}

static void
add_to_watch (ProbityCaseGroup *group)
{
  ProbityStepChoice  whats[] = { { "observation", _ ("Something was observed") }, { "review", _ ("It was looked at on its day") }, { "ended", _ ("The watch ends") } };
  const gboolean     watched = is_watched (probity_case_group_get_items (group));
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, watched ? _ ("Watch List") : _ ("Put on the Watch List"), watched ? _ ("_Record") : _ ("_Watch"), NULL, watch_step);

  probity_step_dialog_set_note (dialog, _ ("The watch list is kept by professional standards. HR, line managers and the chief officer find no trace of it."));
  if (watched)
    probity_step_dialog_add_choice (dialog, "what", _ ("Entry"), whats, G_N_ELEMENTS (whats), "observation");
  probity_step_dialog_add_text (dialog, "text", watched ? _ ("What was seen, or why it ends") : _ ("Why it may be carried on all the same"), NULL, 3, TRUE);
  probity_step_dialog_add_row (dialog, "day", probity_day_row_new (), _ ("To be looked at on"), NULL, FALSE);
  if (watched)
    probity_step_dialog_show_field_for (dialog, "day", "what", "review");
  probity_case_group_keep_draft (group, dialog, "watch", NULL);
  probity_case_group_present (group, dialog);
}

static GtkWidget *
make_watch_row (ProbityCaseGroup *group,
                gpointer          data)
{
  ProbityValues   *item = data;
  const char      *kind = probity_values_get (item, "kind");
  const char      *day = probity_values_get (item, "review_on");
  g_autofree char *who_when = probity_case_dup_who_when (probity_values_get (item, "who"), probity_values_get (item, "at"));
  g_autofree char *next = day != NULL ? probity_format_day (day) : NULL;
  const char      *what = g_str_equal (kind, "begun")         ? _ ("Put on the list")
                          : g_str_equal (kind, "observation") ? _ ("Observed")
                          : g_str_equal (kind, "review")      ? _ ("Looked at")
                                                              : _ ("Ended");
  /* Translators: %s is a day. */
  g_autofree char *until = next != NULL ? g_strdup_printf (_ ("To be looked at on %s"), next) : NULL;
  g_autofree char *subtitle = g_strdup_printf ("%s · %s%s%s", what, who_when, until != NULL ? "\n" : "", until != NULL ? until : "");
  GtkWidget       *row = probity_case_row_new (probity_values_get (item, "text"), subtitle);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static DexFuture *
load_watch (ProbitySession        *session,
            const ProbityCaseKind *kind,
            const char            *uid)
{
  return probity_watch_load (session, uid);
}

static const ProbityCaseGroupKind watch_group = {
  .title = N_ ("Watch List"),
  .empty = N_ ("Where the job may be carried on all the same, put it on the watch list with the plus."),
  .add_label = N_ ("Add to the Watch List"),
  .most = 5,
  .load = load_watch,
  .make_row = make_watch_row,
  .add = add_to_watch,
};

void
_probity_second_job_page_add_follow_up (ProbitySecondJobPage *self)
{
  ProbitySession        *session = probity_page_get_session (PROBITY_PAGE (self));
  const ProbityCaseKind *kind = probity_case_kind_find ("second-job");
  GtkBox                *box = GTK_BOX (self->follow_box);

  gtk_box_append (box, probity_case_group_new (&appeal_group, session, kind));
  gtk_box_append (box, probity_case_group_new (&conditions_group, session, kind));
  if (probity_access_may (session, PROBITY_OPERATION_WATCH))
    {
      GtkWidget *watch = probity_case_group_new (&watch_group, session, kind);

      gtk_widget_set_name (watch, "watch");
      gtk_box_append (box, watch);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (self->follow_box); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_visible (child, FALSE);
  gtk_widget_set_visible (self->follow_box, FALSE);
}

void
_probity_second_job_page_show_follow_up (ProbitySecondJobPage *self)
{
  static const char *const over[] = { "refused", "dismissed", "withdrawn", "ceased", "lapsed", NULL };
  const char              *stage = probity_record_get (self->record, "stage");
  const gboolean           decided = probity_record_get (self->record, "decision_uid") != NULL;
  const gboolean           is_over = stage != NULL && g_strv_contains (over, stage);

  gtk_widget_set_visible (self->follow_box, decided || is_over);
  for (GtkWidget *child = gtk_widget_get_first_child (self->follow_box); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (g_str_equal (gtk_widget_get_name (child), "watch") ? is_over : decided)
      probity_case_group_set_record (PROBITY_CASE_GROUP (child), self->record);
    else
      gtk_widget_set_visible (child, FALSE);
}
