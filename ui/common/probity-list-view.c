/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-view.h"

#include <glib/gi18n.h>

#include "probity-format.h"
#include "probity-labels.h"
#include "probity-profile.h"

static const ProbityListView list_views[] = {
  {
      .list = "second-jobs",
      .title = N_ ("Second Jobs"),
      .name_column = "applicant_name",
      .detail_columns = (const char *const[]) { "employer", "reference", "badges", NULL },
      .trailing_column = "stage",
      .sort_column = "received",
      .sort_descending = TRUE,
      .hidden_columns = (const char *const[]) { "nature", "staff_number", "category", "outcome", "needed_by", "rank", "weekly_hours", "next_review", NULL },
      .icon_name = "probity-briefcase-symbolic",
      .empty_title = N_ ("No Second Jobs"),
      .empty_description = N_ ("Applications for a second job are kept here, from the signed form to the register and its annual review."),
      .new_kind = "second-job",
  },
  {
      .list = "leaks",
      .title = N_ ("Leaks"),
      .name_column = "title",
      .detail_columns = (const char *const[]) { "subjects", "reference", "badges", NULL },
      .trailing_column = "stage",
      .sort_column = "received",
      .sort_descending = TRUE,
      .hidden_columns = (const char *const[]) { "decided_to_investigate", "outcome", "closed", "marking", NULL },
      .icon_name = "probity-leak-symbolic",
      .empty_title = N_ ("No Leak Investigations"),
      .empty_description = N_ ("What was disclosed to whom it should not have been is investigated here, from the publication to the closing decision."),
      .new_kind = "leak-investigation",
  },
  {
      .list = "conduct",
      .title = N_ ("Conduct"),
      .name_column = "subjects",
      .detail_columns = (const char *const[]) { "title", "reference", "badges", NULL },
      .trailing_column = "stage",
      .sort_column = "received",
      .sort_descending = TRUE,
      .hidden_columns = (const char *const[]) { "decided_to_investigate", "outcome", "closed", "marking", "origin", NULL },
      .icon_name = "probity-conduct-symbolic",
      .empty_title = N_ ("No Conduct Investigations"),
      .empty_description = N_ ("Allegations against officers are investigated here, from the severity assessment to the outcome."),
      .new_kind = "conduct-investigation",
  },
  {
      .list = "checks",
      .title = N_ ("Checks"),
      .name_column = "applicant_name",
      .detail_columns = (const char *const[]) { "check", "employer", "reference", NULL },
      .trailing_column = "state",
      .sort_column = "received",
      .hidden_columns = (const char *const[]) { "kind", "staff_number", "category", "needed_by", NULL },
      .icon_name = "probity-checks-symbolic",
      .empty_title = N_ ("No Check Is Waiting"),
      .empty_description = N_ ("Applications and investigations whose complaints or intelligence check has to be made are listed here."),
  },
  {
      .list = "complaints",
      .title = N_ ("Complaints"),
      .name_column = "subjects",
      .detail_columns = (const char *const[]) { "reference", "allegation", NULL },
      .trailing_column = "received",
      .sort_column = "received",
      .sort_descending = TRUE,
      .hidden_columns = (const char *const[]) { "complainant", NULL },
      .icon_name = "probity-complaint-symbolic",
      .empty_title = N_ ("No Complaints"),
      .empty_description = N_ ("Complaints are kept here so that every second job is checked against them."),
      .new_kind = "complaint",
  },
  {
      .list = "intelligence",
      .title = N_ ("Intelligence"),
      .name_column = "subjects",
      .detail_columns = (const char *const[]) { "reference", "sanitised_text", NULL },
      .trailing_column = "date",
      .sort_column = "date",
      .sort_descending = TRUE,
      .hidden_columns = (const char *const[]) { "review_date", "category", NULL },
      .icon_name = "probity-intelligence-symbolic",
      .empty_title = N_ ("No Intelligence Reports"),
      .empty_description = N_ ("Graded reports are kept here. Lists and checks show the sanitised text only."),
      .new_kind = "intelligence-report",
  },
  {
      .list = "people",
      .title = N_ ("People"),
      .name_column = "name",
      .detail_columns = (const char *const[]) { "rank", "unit", NULL },
      .trailing_column = "staff_number",
      .sort_column = "name",
      .hidden_columns = (const char *const[]) { "employment_group", "line_manager", "known_as", "former_names", NULL },
      .icon_name = "system-users-symbolic",
      .empty_title = N_ ("No People"),
      .empty_description = N_ ("Officers and staff of the force are listed here. They are usually imported from the HR system with “probityctl import staff”."),
      .new_kind = "person",
  },
};

static const struct
{
  const char       *list;
  ProbityFilterView view;
} filter_views[] = {
  { "second-jobs", { "stage", PROBITY_FILTER_CHOICE, "=submitted,comments,with-professional-standards,deferred,registered,refused,appeal,dismissed,withdrawn,ceased" } },
  { "second-jobs", { "outcome", PROBITY_FILTER_CHOICE, "=approved,approved-with-conditions,refused,withdrawn,brought-forward" } },
  { "second-jobs", { "waiting-for", PROBITY_FILTER_CHOICE, "=line-manager,head-of-hr,professional-standards,signatory,chief-officer" } },
  { "second-jobs", { "category", PROBITY_FILTER_CHOICE, "categories" } },
  { "leaks", { "stage", PROBITY_FILTER_CHOICE, "=reported,assessment,investigation,report,closed" } },
  { "leaks", { "outcome", PROBITY_FILTER_CHOICE, "=source-identified,not-identified,no-leak,lawful-disclosure,referred" } },
  { "conduct", { "stage", PROBITY_FILTER_CHOICE, "=received,severity-assessment,investigation,report,decision,closed" } },
  { "conduct", { "outcome", PROBITY_FILTER_CHOICE, "=finding,no-further-action,referred-to-proceedings" } },
  { "conduct", { "origin", PROBITY_FILTER_CHOICE, "=report,complaint,intelligence,social-media-referral,register-match,other" } },
  { NULL, { "over-48", PROBITY_FILTER_TOGGLE, NULL } },
  { NULL, { "overdue", PROBITY_FILTER_TOGGLE, NULL } },
  { NULL, { "line-manager", PROBITY_FILTER_TEXT, NULL } },
  { "intelligence", { "category", PROBITY_FILTER_CHOICE, "corruption-categories" } },
  { "intelligence", { "source-evaluation", PROBITY_FILTER_CHOICE, "=1,2,3" } },
  { "intelligence", { "information-assessment", PROBITY_FILTER_CHOICE, "=A,B,C,D,E" } },
  { "intelligence", { "handling-code", PROBITY_FILTER_CHOICE, "=P,C" } },
  { "checks", { "check", PROBITY_FILTER_CHOICE, "=complaints,intelligence" } },
  { "checks", { "state", PROBITY_FILTER_CHOICE, "=not-started,open,stale,new-record,recheck" } },
  { "checks", { "kind", PROBITY_FILTER_CHOICE, "=second-job,conduct-investigation,leak-investigation" } },
  { NULL, { "category", PROBITY_FILTER_CHOICE, "categories" } },
  { "intelligence", { "sanitised", PROBITY_FILTER_CHOICE, "=not-sanitised,not-approved,approved" } },
  { NULL, { "open", PROBITY_FILTER_TOGGLE, NULL } },
  { NULL, { "review-due", PROBITY_FILTER_TOGGLE, NULL } },
  { NULL, { "date-from", PROBITY_FILTER_DAY, NULL } },
  { NULL, { "date-until", PROBITY_FILTER_DAY, NULL } },
  { NULL, { "brought-forward", PROBITY_FILTER_TOGGLE, NULL } },
  { NULL, { "received-from", PROBITY_FILTER_DAY, NULL } },
  { NULL, { "received-until", PROBITY_FILTER_DAY, NULL } },
  { NULL, { "unit", PROBITY_FILTER_TEXT, NULL } },
  { NULL, { "rank", PROBITY_FILTER_TEXT, NULL } },
  { NULL, { "status", PROBITY_FILTER_TEXT, NULL } },
  { NULL, { "employer", PROBITY_FILTER_TEXT, NULL } },
};

/** How the list called @list is shown; %NULL if it has no page. */
const ProbityListView *
probity_list_view_find (const char *list)
{
  for (guint i = 0; i < G_N_ELEMENTS (list_views); i++)
    if (g_strcmp0 (list_views[i].list, list) == 0)
      return &list_views[i];
  return NULL;
}

/** How @filter of @list is asked for; %NULL if it is not offered. */
const ProbityFilterView *
probity_filter_view_find (const char *list,
                          const char *filter)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter_views); i++)
    if (g_strcmp0 (filter_views[i].view.name, filter) == 0 &&
        (filter_views[i].list == NULL || g_strcmp0 (filter_views[i].list, list) == 0))
      return &filter_views[i].view;
  return NULL;
}

/** probity_choices_dup: (transfer full): the stored words of `=a,b,c` or of a list of @profile. */
GStrv
probity_choices_dup (ProbityProfile *profile,
                     const char     *choices)
{
  if (choices == NULL)
    return g_new0 (char *, 1);
  if (*choices == '=')
    return g_strsplit (choices + 1, ",", -1);
  return profile != NULL ? probity_profile_dup_list (profile, choices) : g_new0 (char *, 1);
}

/**
 * probity_choices_for_field:
 * @kind: (nullable): the kind of record
 * @field: one of its fields
 *
 * Fields that files of other systems fill as they like are text in the library; people are offered
 * the force's own list for them.
 *
 * Returns: (nullable): the list of choices, as ProbityField.choices
 */
const char *
probity_choices_for_field (const char         *kind,
                           const ProbityField *field)
{
  if (field->type == PROBITY_FIELD_CHOICE)
    return field->choices;
  if (g_strcmp0 (kind, "intelligence-report") == 0 && g_str_equal (field->name, "category"))
    return "corruption-categories";
  if (g_strcmp0 (kind, "person") == 0 && g_str_equal (field->name, "employment_group"))
    return "employment-groups";
  return NULL;
}

/** What the stored word @value of @choices (nullable) is called: by the force's profile, or by the program. */
const char *
probity_choices_get_label (ProbityProfile *profile,
                           const char     *choices,
                           const char     *value)
{
  const char *label = NULL;

  if (choices != NULL && g_str_has_prefix (choices, "=second-job,"))
    return probity_label_for_kind (value);
  if (choices != NULL && *choices != '=' && profile != NULL)
    label = probity_profile_get_label (profile, choices, value);
  return label != NULL ? label : probity_label_for_choice (choices, value);
}

/* Columns whose cells are the program's own words. */
static const char *const coded_columns[] = { "stage", "outcome", "waiting_for", "check", "state", "sanitised", "badges", "marking", "origin", "severity", NULL };

/* One of them, or several separated by commas. */
static char *
dup_words (const char *cell)
{
  g_auto (GStrv) words = g_strsplit (cell, ",", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", probity_label_for_value (words[i]));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** probity_list_column_dup_text: (transfer full): a cell as people read it. */
char *
probity_list_column_dup_text (ProbityProfile          *profile,
                              const ProbityListColumn *column,
                              const char              *cell)
{
  char *text;

  if (cell != NULL && column->type == PROBITY_FIELD_CHOICE && g_str_equal (column->name, "category"))
    text = g_strdup (probity_choices_get_label (profile, "categories", cell));
  else if (cell != NULL && g_str_equal (column->name, "kind"))
    text = g_strdup (probity_label_for_kind (cell));
  else if (cell != NULL && g_strv_contains (coded_columns, column->name))
    text = dup_words (cell);
  else
    text = probity_format_value (column->type, cell);
  /* A cell is one line. */
  return g_strdelimit (text, "\n\t", ' ');
}
