/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "probity-access.h"
#include "probity-case-parts.h"
#include "probity-format.h"
#include "probity-kept-rows.h"
#include "probity-labels.h"
#include "probity-list-view.h"
#include "probity-reply.h"
#include "probity-second-job-page-private.h"
#include "probity-second-job-words.h"

G_DEFINE_FINAL_TYPE (ProbitySecondJobPage, probity_second_job_page, PROBITY_TYPE_PAGE)

/* Fields of the application by the group that they stand in, in the order of the form. */
static const char *const job_fields[] = {
  "employer",
  "own_business",
  "category",
  "nature",
  "paid",
  "place",
  "start",
  "already_started_since",
  "who_knew",
  "weekly_hours",
  "pattern",
  "received",
  "how_declared",
  "needed_by",
  "next_review",
  "ceased",
  NULL,
};
static const char *const declaration_fields[] = {
  "police_skills",
  "police_powers",
  "police_information",
  "police_equipment",
  "customers",
  "licensed_trade",
  "private_security",
  "private_investigation",
  "relatives_interests",
  "relatives_licences",
  "publicity",
  "tax_insurance",
  "declarations",
  NULL,
};

static const char *const watched_kinds[] = { "second-job", "check", "recheck", "watch", NULL };

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/* Label small above, value below: as GNOME shows what cannot be edited in place. */
static GtkWidget *
new_property_row (const char *label,
                  const char *value)
{
  GtkWidget *row = new_row (label, value);

  gtk_widget_add_css_class (row, "property");
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  return row;
}

static const ProbityField *
find_field (const char *name)
{
  const ProbityRecordKind *kind = probity_record_kind_find ("second-job");
  guint                    n_fields;
  const ProbityField      *fields = probity_record_kind_get_fields (kind, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, name))
      return &fields[i];
  return NULL;
}

static void
show_fields (ProbitySecondJobPage *self,
             GtkWidget            *group,
             const char *const    *names)
{
  ProbityProfile *profile = probity_session_get_profile (probity_page_get_session (PROBITY_PAGE (self)));
  gboolean        any = FALSE;

  for (guint i = 0; names[i] != NULL; i++)
    {
      const ProbityField *field = find_field (names[i]);
      ProbityFieldType    type = field != NULL ? field->type : PROBITY_FIELD_TEXT;
      const char         *value = probity_record_get (self->record, names[i]);
      g_autofree char    *text = NULL;

      /* "No" to a question of the form that does not apply is noise on the page. */
      if (value == NULL || *value == '\0' || (type == PROBITY_FIELD_BOOLEAN && g_str_equal (value, "false") && !g_str_equal (names[i], "paid")))
        continue;
      text = type == PROBITY_FIELD_CHOICE ? g_strdup (probity_choices_get_label (profile, field->choices, value)) : probity_format_value (type, value);
      probity_kept_rows_add (group, new_property_row (probity_label_for_field ("second-job", names[i]), text));
      any = TRUE;
    }
  probity_kept_rows_show (group);
  gtk_widget_set_visible (group, any);
}

static void
set_pill (GtkLabel   *label,
          const char *value)
{
  gboolean shown = value != NULL && *value != '\0' && !g_str_equal (value, "none");

  gtk_widget_set_visible (GTK_WIDGET (label), shown);
  if (shown)
    gtk_label_set_label (label, probity_label_for_value (value));
}

static gboolean
add_property (GtkWidget  *group,
              const char *label,
              const char *value)
{
  if (value == NULL || *value == '\0')
    return FALSE;
  probity_kept_rows_add (group, new_property_row (label, value));
  return TRUE;
}

static void
show_decision (ProbitySecondJobPage *self)
{
  gboolean any = FALSE;

  if (probity_record_get_boolean (self->record, "brought_forward"))
    {
      probity_kept_rows_add (self->decision_group, new_row (_ ("Brought forward from an earlier register"), _ ("Checks are not recorded here until the next review.")));
      any = TRUE;
    }
  any |= add_property (self->decision_group, _ ("Reasons"), probity_record_get (self->record, "open_reasons"));
  any |= add_property (self->decision_group, _ ("Facts that are missing"), probity_record_get (self->record, "missing_facts"));
  any |= add_property (self->decision_group, _ ("Decided by, as recorded there"), probity_record_get (self->record, "recorded_decided_by"));
  any |= add_property (self->decision_group, _ ("Conditions, as recorded there"), probity_record_get (self->record, "recorded_conditions"));
  probity_kept_rows_show (self->decision_group);
  gtk_widget_set_visible (self->decision_group, any);
}

static void
show_record (ProbitySecondJobPage *self)
{
  const char      *name = probity_record_get (self->record, "applicant_name");
  const char      *rank = probity_record_get (self->record, "rank");
  const char      *unit = probity_record_get (self->record, "unit");
  const char      *number = probity_record_get (self->record, "staff_number");
  const char      *nature = probity_record_get (self->record, "nature");
  const char      *outcome = probity_record_get (self->record, "outcome");
  const char      *stage = probity_record_get (self->record, "stage");
  g_autofree char *applicant = g_strdup_printf ("%s%s%s %s", rank ? rank : "", rank ? " " : "", number ? number : "", name ? name : "");
  g_autofree char *line = unit != NULL && *unit != '\0' ? g_strdup_printf ("%s · %s", applicant, unit) : g_strdup (applicant);
  g_autofree char *title = g_strdup_printf ("%s · %s",
                                            nature != NULL && *nature != '\0' ? nature : _ ("Second job"),
                                            probity_record_get (self->record, "employer"));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), _probity_second_job_page_get_reference (self));
  probity_page_set_subtitle (PROBITY_PAGE (self), applicant);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->applicant_label, line);
  set_pill (self->stage_label, g_strcmp0 (probity_record_get (self->record, "appeal"), "open") == 0 ? "appeal" : stage);
  set_pill (self->outcome_label, g_strcmp0 (outcome, stage) == 0 ? NULL : outcome);
  show_fields (self, self->job_group, job_fields);
  show_fields (self, self->declarations_group, declaration_fields);

  show_decision (self);
  _probity_second_job_page_show_follow_up (self);
}

/* --- The gate --- */

/* The checks themselves open from here, for those who hold their compartment. */
static const char *
find_check_action (ProbitySecondJobPage *self,
                   const char           *code)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));

  if (g_str_equal (code, "complaints-check") && probity_access_may (session, PROBITY_OPERATION_READ_STANDARDS))
    return "case.show-complaints-check";
  if (g_str_equal (code, "intelligence-check") && probity_access_may (session, PROBITY_OPERATION_READ_INTELLIGENCE))
    return "case.show-intelligence-check";
  return NULL;
}

static GtkWidget *
new_gate_row (ProbitySecondJobPage *self,
              ProbityGateItem      *item)
{
  g_autofree char *subtitle = probity_second_job_words_dup_gate_detail (item);
  gboolean         note = item->unseen || g_str_equal (item->code, "advice");
  const char      *style = item->done ? "success" : note ? "accent"
                                                         : "warning";
  const char      *action = find_check_action (self, item->code);
  GtkWidget       *row = new_row (probity_second_job_words_for_gate_item (item->code), subtitle);
  GtkWidget       *icon, *state;

  icon = gtk_image_new_from_icon_name (item->done ? "object-select-symbolic" : note ? "dialog-information-symbolic"
                                                                                    : "content-loading-symbolic");
  gtk_widget_add_css_class (icon, style);
  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (!note)
    {
      state = gtk_label_new (item->done ? _ ("Done") : _ ("Missing"));
      gtk_widget_add_css_class (state, style);
      gtk_widget_add_css_class (state, "caption-heading");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
    }
  if (action != NULL)
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    }

  return row;
}

static void
show_gate (ProbitySecondJobPage *self)
{
  const char *label = NULL;
  const char *action = _probity_second_job_page_get_next_action (self, &label);
  const char *waiting = probity_second_job_words_for_waiting (self->gate->waiting_for);
  gboolean    ready = action != NULL && !(g_strcmp0 (self->gate->next_step, "decide") == 0 && !self->gate->may_decide);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->gate_group), g_strcmp0 (probity_record_get (self->record, "appeal"), "open") == 0 ? _ ("Before the Appeal Is Upheld") : _ ("Before Approval"));
  for (guint i = 0; i < self->gate->items->len; i++)
    probity_kept_rows_add (self->gate_group, new_gate_row (self, g_ptr_array_index (self->gate->items, i)));
  probity_kept_rows_show (self->gate_group);
  gtk_widget_set_visible (self->gate_group, self->gate->items->len > 0);

  gtk_widget_set_visible (self->head.next_button, action != NULL);
  if (action != NULL)
    {
      /* One suggestion: what can be refused or put off but not approved yet is not suggested. */
      if (ready)
        gtk_widget_add_css_class (self->head.next_button, "suggested-action");
      else
        gtk_widget_remove_css_class (self->head.next_button, "suggested-action");
      gtk_button_set_label (GTK_BUTTON (self->head.next_button), label);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->head.next_button), action);
    }
  probity_case_head_set_waiting (&self->head, ready ? NULL : waiting);
  _probity_second_job_page_update_actions (self);
}

static void
gate_loaded_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  ProbitySecondJobPage *self = object;

  if (value == NULL || self->head.gone)
    return;
  g_clear_pointer (&self->gate, probity_gate_state_free);
  self->gate = g_value_dup_boxed (value);
  show_gate (self);
}

static void
hours_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbitySecondJobPage *self = object;
  ProbityHoursSummary  *hours = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char      *text = NULL;
  g_autofree char      *warnings = NULL;

  gtk_widget_set_visible (self->hours_group, hours != NULL);
  if (hours == NULL)
    return;

  text = probity_second_job_words_dup_hours (hours);
  warnings = probity_second_job_words_dup_hours_warnings (hours);
  gtk_label_set_label (self->hours_label, text);
  gtk_level_bar_set_max_value (self->hours_bar, fmax (hours->limit, 1));
  gtk_level_bar_set_value (self->hours_bar, fmin (hours->total, fmax (hours->limit, 1)));
  gtk_label_set_label (self->hours_warning, warnings);
  gtk_widget_set_visible (GTK_WIDGET (self->hours_warning), *warnings != '\0');
}

static void
record_loaded_cb (gpointer      object,
                  const GValue *value,
                  const GError *error)
{
  ProbitySecondJobPage *self = object;
  ProbitySession       *session = probity_page_get_session (PROBITY_PAGE (self));
  const char           *reference;

  if (error != NULL)
    {
      probity_case_head_show_error (&self->head, error);
      return;
    }
  g_clear_pointer (&self->record, probity_record_unref);
  self->record = g_value_dup_boxed (value);
  reference = _probity_second_job_page_get_reference (self);
  probity_case_head_set_record (&self->head, self->record);
  probity_page_set_content (PROBITY_PAGE (self), self->body);
  show_record (self);

  probity_reply (probity_second_job_load_gate (session, reference), self, gate_loaded_cb);
  probity_case_parts_set_record (PROBITY_CASE_PARTS (adw_bin_get_child (self->course_bin)), self->record);
  probity_reply (probity_second_job_load_hours (session,
                                                reference,
                                                probity_record_get (self->record, "staff_number"),
                                                probity_record_get_hours (self->record, "weekly_hours")),
                 self,
                 hours_loaded_cb);
}

void
_probity_second_job_page_reload (ProbitySecondJobPage *self)
{
  probity_reply (probity_record_load_in_visit (probity_page_get_session (PROBITY_PAGE (self)),
                                               probity_record_kind_find ("second-job"),
                                               self->uid,
                                               probity_page_get_visit (PROBITY_PAGE (self))),
                 self,
                 record_loaded_cb);
}

const char *
_probity_second_job_page_get_reference (ProbitySecondJobPage *self)
{
  return self->record != NULL ? probity_record_get_reference (self->record) : "";
}

static void
probity_second_job_page_refresh (ProbityPage *page)
{
  _probity_second_job_page_reload (PROBITY_SECOND_JOB_PAGE (page));
}

static void
probity_second_job_page_dispose (GObject *object)
{
  ProbitySecondJobPage *self = PROBITY_SECOND_JOB_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_SECOND_JOB_PAGE);
  probity_case_head_clear (&self->head);
  g_clear_object (&self->body);
  g_clear_pointer (&self->record, probity_record_unref);
  g_clear_pointer (&self->gate, probity_gate_state_free);
  g_clear_pointer (&self->uid, g_free);

  G_OBJECT_CLASS (probity_second_job_page_parent_class)->dispose (object);
}

static void
probity_second_job_page_class_init (ProbitySecondJobPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_second_job_page_dispose;
  page_class->refresh = probity_second_job_page_refresh;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/secondjobs/probity-second-job-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, breakpoint_bin);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, layout_view);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, applicant_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, stage_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, outcome_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, gate_group);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, decision_group);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, follow_box);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, hours_group);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, hours_label);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, hours_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, hours_warning);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, job_group);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, declarations_group);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, course_bin);
  gtk_widget_class_bind_template_child (widget_class, ProbitySecondJobPage, case_menu);
  _probity_second_job_page_install_actions (widget_class);
  _probity_second_job_page_install_appeal_actions (widget_class);
}

static void
probity_second_job_page_init (ProbitySecondJobPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->body = g_object_ref (self->breakpoint_bin);
}

GtkWidget *
probity_second_job_page_new (ProbitySession *session,
                             const char     *uid)
{
  ProbitySecondJobPage *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_SECOND_JOB_PAGE,
                       "session",
                       session,
                       "title",
                       _ ("Second Job"),
                       NULL);
  self->uid = g_strdup (uid);
  probity_case_head_add_to (&self->head, PROBITY_PAGE (self), self->case_menu, G_CALLBACK (_probity_second_job_page_reload));
  _probity_second_job_page_add_follow_up (self);
  adw_bin_set_child (self->course_bin, probity_case_parts_new (session, probity_case_kind_find ("second-job")));
  probity_page_watch (PROBITY_PAGE (self), watched_kinds);
  probity_page_show_loading (PROBITY_PAGE (self));
  _probity_second_job_page_reload (self);

  return GTK_WIDGET (self);
}
