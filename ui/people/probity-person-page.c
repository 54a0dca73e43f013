/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-person-page.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-format.h"
#include "probity-person-dialog.h"
#include "probity-related-group.h"
#include "probity-reply.h"
#include "probity-toast.h"

struct _ProbityPersonPage
{
  ProbityRecordPage parent_instance;

  GtkWidget *edit_button;
};

G_DEFINE_FINAL_TYPE (ProbityPersonPage, probity_person_page, PROBITY_TYPE_RECORD_PAGE)

static GtkWidget *
new_second_job_row (ProbityRelatedGroup *group,
                    ProbityListRow      *row,
                    gpointer             data)
{
  g_autofree char *stage = probity_related_group_dup_text (group, row, "stage");
  g_autofree char *hours = probity_related_group_dup_text (group, row, "weekly_hours");
  g_autofree char *subtitle = g_strjoin (" · ", probity_related_group_get_cell (group, row, "reference"), stage, *hours != '\0' ? hours : NULL, NULL);

  return probity_link_row_new (probity_related_group_get_cell (group, row, "employer"), subtitle, "second-job", row->uid);
}

static GtkWidget *
new_complaint_row (ProbityRelatedGroup *group,
                   ProbityListRow      *row,
                   gpointer             data)
{
  g_autofree char *received = probity_related_group_dup_text (group, row, "received");
  g_autofree char *allegation = probity_related_group_dup_text (group, row, "allegation");
  g_autofree char *title = g_strjoin (" · ", probity_related_group_get_cell (group, row, "reference"), received, NULL);

  return probity_link_row_new (title, allegation, "complaint", row->uid);
}

static GtkWidget *
new_report_row (ProbityRelatedGroup *group,
                ProbityListRow      *row,
                gpointer             data)
{
  g_autofree char *date = probity_related_group_dup_text (group, row, "date");
  g_autofree char *text = probity_related_group_dup_text (group, row, "sanitised_text");
  g_autofree char *title = g_strjoin (" · ", probity_related_group_get_cell (group, row, "reference"), probity_related_group_get_cell (group, row, "grading"), date, NULL);

  return probity_link_row_new (title, text, "intelligence-report", row->uid);
}

static void
relation_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  ProbityPersonPage *self = PROBITY_PERSON_PAGE (object);

  if (error != NULL)
    probity_toast_error (GTK_WIDGET (self), error);
  else
    adw_dialog_present (probity_relation_dialog_new_edit (probity_page_get_session (PROBITY_PAGE (self)), g_value_get_boxed (value)), GTK_WIDGET (self));
}

static void
edit_relation_cb (ProbityPersonPage *self,
                  GtkWidget         *button)
{
  g_assert (PROBITY_IS_PERSON_PAGE (self));

  probity_reply (probity_record_load (probity_page_get_session (PROBITY_PAGE (self)), probity_record_kind_find ("relation"), g_object_get_data (G_OBJECT (button), "uid")), self, relation_loaded_cb);
}

static GtkWidget *
new_relation_row (ProbityRelatedGroup *group,
                  ProbityListRow      *row,
                  gpointer             data)
{
  ProbityPersonPage *self = PROBITY_PERSON_PAGE (data);
  const char        *own = probity_record_get (probity_record_page_get_record (PROBITY_RECORD_PAGE (self)), "staff_number");
  gboolean           forward = g_strcmp0 (probity_related_group_get_cell (group, row, "staff_number"), own) == 0;
  const char        *number = probity_related_group_get_cell (group, row, forward ? "related_staff_number" : "staff_number");
  const char        *name = probity_related_group_get_cell (group, row, forward ? "related_name" : "name");
  g_autofree char   *ended = probity_related_group_dup_text (group, row, "ended");
  g_autofree char   *text = NULL;
  GtkWidget         *link, *button;

  if (*ended != '\0')
    /* Translators: the nature of a relation between two people, and the day on which it ended */
    text = g_strdup_printf (_ ("%s, ended %s"), probity_related_group_get_cell (group, row, "nature"), ended);
  else
    text = g_strdup (probity_related_group_get_cell (group, row, "nature"));
  link = probity_link_row_new (*name != '\0' ? name : number, text, "person", number);
  if (probity_access_may (probity_page_get_session (PROBITY_PAGE (self)), PROBITY_OPERATION_EDIT_PEOPLE))
    {
      button = gtk_button_new_from_icon_name ("document-edit-symbolic");
      gtk_widget_set_tooltip_text (button, _ ("Edit This Relation"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data_full (G_OBJECT (button), "uid", g_strdup (row->uid), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (edit_relation_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (link), button);
    }
  return link;
}

/* Of some people only one name is known, of a few none. */
static const char *
get_name (ProbityRecord *record)
{
  const char *name = probity_record_get (record, "name");

  return name != NULL && *name != '\0' ? name : probity_record_get (record, "staff_number");
}

static void
add_relation_cb (ProbityPersonPage *self)
{
  ProbityRecord *record = probity_record_page_get_record (PROBITY_RECORD_PAGE (self));
  const char    *name = get_name (record);

  g_assert (PROBITY_IS_PERSON_PAGE (self));

  adw_dialog_present (probity_relation_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), probity_record_get (record, "staff_number"), name), GTK_WIDGET (self));
}

static void
add_related (ProbityPersonPage    *self,
             ProbityOperation      operation,
             const char           *title,
             const char           *empty_text,
             const char           *list,
             const char           *filter,
             ProbityRelatedRowFunc func)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));
  ProbityRecord  *record = probity_record_page_get_record (PROBITY_RECORD_PAGE (self));
  GtkWidget      *group, *button;

  if (!probity_access_may (session, operation))
    return;
  group = probity_related_group_new (session, title, empty_text, list, filter, probity_record_get (record, "staff_number"), func, self);
  if (g_str_equal (list, "relations") && probity_access_may (session, PROBITY_OPERATION_EDIT_PEOPLE))
    {
      button = gtk_button_new_from_icon_name ("list-add-symbolic");
      gtk_widget_set_tooltip_text (button, _ ("Add a Relation"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_signal_connect_object (button, "clicked", G_CALLBACK (add_relation_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
    }
  probity_record_page_take_group (PROBITY_RECORD_PAGE (self), ADW_PREFERENCES_GROUP (group));
}

static void
probity_person_page_show_record (ProbityRecordPage *page,
                                 ProbityRecord     *record)
{
  ProbityPersonPage   *self = PROBITY_PERSON_PAGE (page);
  const char          *name = get_name (record);
  const char          *manager = probity_record_get (record, "line_manager");
  const char          *manager_name = probity_record_get (record, "line_manager_name");
  GtkWidget           *work;
  AdwPreferencesGroup *views;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name);
  probity_page_set_subtitle (PROBITY_PAGE (self), probity_record_get (record, "staff_number"));
  gtk_widget_set_visible (self->edit_button, probity_access_may (probity_page_get_session (PROBITY_PAGE (self)), PROBITY_OPERATION_EDIT_PEOPLE));

  views = probity_record_page_add_group (page, NULL, NULL);
  adw_preferences_group_add (views, probity_link_row_new (_ ("Everything About This Person"), _ ("Cases, complaints, reports, links and one timeline"), "everything", probity_record_get_uid (record)));
  adw_preferences_group_add (views, probity_link_row_new (_ ("Link Chart"), _ ("Who and what is linked with this person, to two steps"), "link-chart", probity_record_get_uid (record)));
  work = probity_record_page_add_fields (page, _ ("Work"), (const char *const[]) { "rank", "unit", "employment_group", "status", "contracted_hours", "overtime_hours", NULL });
  if (manager != NULL)
    {
      if (work == NULL)
        work = GTK_WIDGET (probity_record_page_add_group (page, _ ("Work"), NULL));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (work), probity_link_row_new (_ ("Line manager"), manager_name != NULL && *manager_name != '\0' ? manager_name : manager, "person", manager));
    }
  probity_record_page_add_fields (page, _ ("Person"), (const char *const[]) { "date_of_birth", "known_as", "former_names", "address", "postcode", "email", NULL });
  add_related (self, PROBITY_OPERATION_READ_REGISTERS, _ ("Second Jobs"), _ ("None recorded"), "second-jobs", "applicant", new_second_job_row);
  add_related (self, PROBITY_OPERATION_READ_STANDARDS, _ ("Complaints"), _ ("None that names this staff number"), "complaints", "subject", new_complaint_row);
  add_related (self, PROBITY_OPERATION_READ_INTELLIGENCE, _ ("Intelligence"), _ ("None that names this staff number"), "intelligence", "subject", new_report_row);
  add_related (self, PROBITY_OPERATION_READ_REGISTERS, _ ("Relations"), _ ("None recorded"), "relations", "person", new_relation_row);
}

static void
edit_cb (ProbityPersonPage *self)
{
  ProbityRecord *record = probity_record_page_get_record (PROBITY_RECORD_PAGE (self));

  g_assert (PROBITY_IS_PERSON_PAGE (self));

  if (record != NULL)
    adw_dialog_present (probity_person_dialog_new_edit (probity_page_get_session (PROBITY_PAGE (self)), record), GTK_WIDGET (self));
}

static void
probity_person_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (probity_person_page_parent_class)->constructed (object);

  probity_page_watch (PROBITY_PAGE (object), (const char *const[]) { "person", "relation", "second-job", "complaint", "intelligence-report", NULL });
}

static void
probity_person_page_class_init (ProbityPersonPageClass *klass)
{
  GObjectClass           *object_class = G_OBJECT_CLASS (klass);
  ProbityRecordPageClass *page_class = PROBITY_RECORD_PAGE_CLASS (klass);

  object_class->constructed = probity_person_page_constructed;
  page_class->show_record = probity_person_page_show_record;
}

static void
probity_person_page_init (ProbityPersonPage *self)
{
  self->edit_button = gtk_button_new_with_mnemonic (_ ("_Edit"));
  gtk_widget_set_visible (self->edit_button, FALSE);
  g_signal_connect_object (self->edit_button, "clicked", G_CALLBACK (edit_cb), self, G_CONNECT_SWAPPED);
  probity_page_pack_end (PROBITY_PAGE (self), self->edit_button);
}

/** probity_person_page_new: (transfer floating): the page of the person with @uid, which may be a staff number. */
AdwNavigationPage *
probity_person_page_new (ProbitySession *session,
                         const char     *uid)
{
  return g_object_new (PROBITY_TYPE_PERSON_PAGE, "session", session, "kind", "person", "uid", uid, NULL);
}
