/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-conduct-dialogs.h"
#include "probity-format.h"
#include "probity-investigation-page.h"
#include "probity-labels.h"
#include "probity-words.h"

/* What the regulations ask of the case, done or missing, each with the way to do it. */

typedef struct
{
  const char *code;
  const char *title;    /* with %s for an officer, where it is of one */
  const char *missing;  /* what is said while it is missing */
  const char *supplier; /* of who opens it by the row: %NULL where nothing opens */
} Duty;

static const Duty duties[] = {
  { "officer", N_ ("Whom it is about"), N_ ("Add an officer as a subject."), NULL },
  { "capture", N_ ("What was captured"), N_ ("No exhibit holds what was referred."), "capture" },
  { "allegation", N_ ("Allegations against %s"), N_ ("Nothing is alleged yet."), "allegation" },
  { "severity", N_ ("Severity assessment of %s"), N_ ("What is alleged is not assessed."), "severity" },
  { "notice", N_ ("Notice to %s"), N_ ("Neither given nor withheld."), "notice" },
  { "finding", N_ ("Findings on %s"), NULL, "finding" },
  { "referral", N_ ("Decision on referral"), N_ ("Asked of what is alleged as if it were shown to be true."), "referral" },
  { "report", N_ ("Statutory report"), NULL, "report" },
};

static const ProbityWords states[] = {
  { "done", N_ ("Done") },
  { "missing", N_ ("Missing") },
  { "withheld", N_ ("Withheld") },
  { "review-due", N_ ("Review due") },
  { "due", N_ ("Not due") },
  { "overdue", N_ ("Overdue") },
};

static const Duty *
find_duty (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (duties); i++)
    if (g_strcmp0 (duties[i].code, code) == 0)
      return &duties[i];

  return NULL;
}

static const char *
get (ProbityValues *item,
     const char    *field)
{
  return probity_values_get (item, field);
}

static gboolean
is (ProbityValues *item,
    const char    *field,
    const char    *value)
{
  return g_strcmp0 (get (item, field), value) == 0;
}

/* --- Words --- */

static char *
dup_title (const Duty    *duty,
           ProbityValues *item)
{
  const char *name = get (item, "name");
  g_autoptr (GString) title = g_string_new (_ (duty->title));

  g_string_replace (title, "%s", name != NULL ? name : "", 1);

  return g_string_free_and_steal (g_steal_pointer (&title));
}

static char *
dup_detail (ProbityValues *item,
            const char    *day)
{
  const char *detail = get (item, "detail");
  const guint n = detail != NULL ? (guint) g_ascii_strtoull (detail, NULL, 10) : 0;

  if (is (item, "code", "report"))
    /* Translators: %s is a day. */
    return g_strdup_printf (_ ("Due on %s"), day);
  if (is (item, "code", "notice") && is (item, "state", "done"))
    /* Translators: %s is a day. */
    return g_strdup_printf (_ ("Given on %s"), day);
  if (is (item, "code", "notice") && day != NULL)
    /* Translators: %s is a day. */
    return g_strdup_printf (_ ("Withheld, to be looked at again on %s"), day);
  if (is (item, "code", "allegation") && n > 0)
    return g_strdup_printf (ngettext ("%u allegation", "%u allegations", n), n);
  if (is (item, "code", "finding") && n > 0)
    return g_strdup_printf (ngettext ("%u allegation without a finding", "%u allegations without a finding", n), n);
  if (is (item, "code", "finding"))
    return g_strdup (_ ("Each allegation has one"));
  if (is (item, "code", "capture"))
    return detail != NULL ? g_strdup_printf (_ ("Exhibit %s"), detail) : NULL;
  if (detail != NULL && day != NULL)
    return g_strdup_printf ("%s · %s", probity_label_for_value (detail), day);

  return NULL;
}

static char *
dup_subtitle (const Duty    *duty,
              ProbityValues *item)
{
  g_autofree char *day = get (item, "day") != NULL ? probity_format_day (get (item, "day")) : NULL;
  g_autofree char *detail = dup_detail (item, day);
  const char      *rule = get (item, "rule");
  g_autoptr (GString) text = g_string_new (detail);

  if (detail == NULL && is (item, "state", "missing") && duty->missing != NULL)
    g_string_append (text, _ (duty->missing));
  if (rule != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", rule);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* --- Rows --- */

static void
open_allegation (ProbityCaseGroup *group)
{
  GtkWidget        *page = gtk_widget_get_ancestor (GTK_WIDGET (group), PROBITY_TYPE_INVESTIGATION_PAGE);
  ProbityCaseGroup *allegations = page != NULL ? probity_investigation_page_find_group (PROBITY_INVESTIGATION_PAGE (page), "allegation") : NULL;

  if (allegations != NULL)
    probity_part_group_add (allegations);
}

static void
row_activated_cb (GtkWidget *row,
                  gpointer   data)
{
  ProbityCaseGroup *group = data;
  ProbityValues    *item = g_object_get_data (G_OBJECT (row), "probity-item");
  const char       *code = get (item, "code");
  const char       *subject = get (item, "subject");

  if (g_str_equal (code, "capture"))
    probity_conduct_choose_capture (group);
  else if (g_str_equal (code, "allegation"))
    open_allegation (group);
  else if (g_str_equal (code, "severity"))
    probity_conduct_assess (group, subject);
  else if (g_str_equal (code, "notice"))
    probity_conduct_give_notice (group, subject);
  else if (g_str_equal (code, "finding"))
    probity_conduct_find (group, subject);
  else if (g_str_equal (code, "referral"))
    probity_conduct_decide_referral (group);
  else if (g_str_equal (code, "report"))
    probity_conduct_report (group);
}

static void
add_state (GtkWidget     *row,
           ProbityValues *item)
{
  const char *state = get (item, "state");
  const char *icon_name = "content-loading-symbolic";
  const char *style = "warning";
  GtkWidget  *icon;
  GtkWidget  *label = gtk_label_new (probity_words_find (states, G_N_ELEMENTS (states), state));

  if (g_str_equal (state, "done"))
    icon_name = "object-select-symbolic", style = "success";
  else if (g_str_equal (state, "due") || g_str_equal (state, "withheld"))
    icon_name = "dialog-information-symbolic", style = "accent";
  else if (g_str_equal (state, "overdue"))
    style = "error";
  icon = gtk_image_new_from_icon_name (icon_name);
  gtk_widget_add_css_class (icon, style);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "caption-heading");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

GtkWidget *
probity_conduct_make_duty_row (ProbityCaseGroup *group,
                               gpointer          data)
{
  ProbityValues   *item = data;
  const Duty      *duty = find_duty (get (item, "code"));
  const gboolean   open = probity_record_get (probity_case_group_get_record (group), "closed") == NULL || is (item, "code", "finding");
  g_autofree char *title = dup_title (duty, item);
  g_autofree char *subtitle = dup_subtitle (duty, item);
  GtkWidget       *row = probity_case_row_new (title, subtitle);

  add_state (row, item);
  if (duty->supplier != NULL && open && probity_case_group_may_work (group))
    {
      g_object_set_data_full (G_OBJECT (row), "probity-item", probity_values_ref (item), (GDestroyNotify) probity_values_unref);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_signal_connect_object (row, "activated", G_CALLBACK (row_activated_cb), group, G_CONNECT_DEFAULT);
    }

  return row;
}

DexFuture *
probity_conduct_read_duties (ProbityCaseGroup *group)
{
  return probity_conduct_load_duties (probity_case_group_get_session (group), probity_record_get_uid (probity_case_group_get_record (group)));
}
