/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-intelligence-page.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-format.h"
#include "probity-intelligence.h"
#include "probity-subject-group.h"

struct _ProbityIntelligencePage
{
  ProbityRecordPage parent_instance;

  GtkWidget *step_button;
  AdwBanner *banner;
};

G_DEFINE_FINAL_TYPE (ProbityIntelligencePage, probity_intelligence_page, PROBITY_TYPE_RECORD_PAGE)

/* Who an account uid stands for, and when: `acu-officer, 12 Nov 2026, 14:02`. */
static char *
dup_who_when (ProbitySession *session,
              const char     *account_uid,
              const char     *instant)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  const ProbityAccount *account = keyring != NULL && account_uid != NULL ? probity_keyring_find (keyring, account_uid) : NULL;
  g_autofree char      *when = probity_format_instant (instant);

  return g_strdup_printf ("%s%s%s", account != NULL ? account->name : _ ("Somebody"), *when != '\0' ? ", " : "", when);
}

static void
add_text_group (ProbityIntelligencePage *self,
                ProbityRecord           *record)
{
  ProbitySession      *session = probity_page_get_session (PROBITY_PAGE (self));
  AdwPreferencesGroup *group = probity_record_page_add_group (PROBITY_RECORD_PAGE (self), _ ("Text"), NULL);
  const char          *sanitised = probity_record_get (record, "sanitised_text");
  g_autofree char     *who = NULL;
  GtkWidget           *row;

  adw_preferences_group_add (group, probity_property_row_new (_ ("Sanitised text"), sanitised != NULL ? sanitised : _ ("None yet: lists, searches and checks show nothing of this report’s text.")));
  if (probity_record_get (record, "sanitised_by") != NULL)
    {
      who = dup_who_when (session, probity_record_get (record, "sanitised_by"), probity_record_get (record, "sanitised_at"));
      adw_preferences_group_add (group, probity_property_row_new (_ ("Sanitised by"), who));
    }
  if (probity_record_get (record, "sanitised_approved_by") != NULL)
    {
      g_autofree char *approver = dup_who_when (session, probity_record_get (record, "sanitised_approved_by"), probity_record_get (record, "sanitised_approved_at"));

      adw_preferences_group_add (group, probity_property_row_new (_ ("Approved by"), approver));
    }
  row = adw_button_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Show the _Original…"));
  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "intelligence.show-original");
  adw_preferences_group_add (group, row);
}

static void
update_step (ProbityIntelligencePage *self,
             ProbityRecord           *record)
{
  ProbitySession *session = probity_page_get_session (PROBITY_PAGE (self));
  gboolean        sanitised = probity_record_get (record, "sanitised_text") != NULL;
  gboolean        approved = probity_record_get (record, "sanitised_approved_by") != NULL;
  gboolean        may_edit = probity_access_may (session, PROBITY_OPERATION_EDIT_INTELLIGENCE);
  gboolean        may_approve = sanitised && !approved && probity_intelligence_may_approve (session, record);

  gtk_widget_set_visible (self->step_button, (!sanitised && may_edit) || may_approve);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->step_button), sanitised ? "intelligence.approve" : "intelligence.sanitise");
  gtk_button_set_label (GTK_BUTTON (self->step_button), sanitised ? _ ("_Approve…") : _ ("_Sanitise…"));
  adw_banner_set_revealed (self->banner, !approved && !gtk_widget_get_visible (self->step_button));
  adw_banner_set_title (self->banner, sanitised ? _ ("The sanitised text waits for somebody else to approve it") : _ ("Waits to be sanitised by an ACU officer"));
}

static void
probity_intelligence_page_show_record (ProbityRecordPage *page,
                                       ProbityRecord     *record)
{
  ProbityIntelligencePage *self = PROBITY_INTELLIGENCE_PAGE (page);
  ProbitySession          *session = probity_page_get_session (PROBITY_PAGE (self));
  g_autofree char         *author = NULL;
  GtkWidget               *group;

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), probity_record_get_reference (record));
  probity_page_set_subtitle (PROBITY_PAGE (self), probity_record_get (record, "grading"));

  probity_record_page_take_group (page, ADW_PREFERENCES_GROUP (probity_subject_group_new (session, record, probity_page_get_visit (PROBITY_PAGE (page)))));
  probity_record_page_add_fields (page, _ ("Grading (3×5×2)"), (const char *const[]) { "source_evaluation", "information_assessment", "handling_code", "handling_conditions", "graded_5x5x5", NULL });
  add_text_group (self, record);
  group = probity_record_page_add_fields (page, _ ("Report"), (const char *const[]) { "date", "category", "provenance", "source_reference", "review_date", NULL });
  if (group == NULL)
    group = GTK_WIDGET (probity_record_page_add_group (page, _ ("Report"), NULL));
  author = dup_who_when (session, probity_record_get (record, "author"), probity_record_get (record, "created"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), probity_property_row_new (_ ("Entered by"), author));

  update_step (self, record);
  _probity_intelligence_page_update_actions (self, record);
}

static void
probity_intelligence_page_class_init (ProbityIntelligencePageClass *klass)
{
  ProbityRecordPageClass *page_class = PROBITY_RECORD_PAGE_CLASS (klass);

  page_class->show_record = probity_intelligence_page_show_record;
  _probity_intelligence_page_class_install_actions (GTK_WIDGET_CLASS (klass));
}

static void
probity_intelligence_page_init (ProbityIntelligencePage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("_Edit…"), "intelligence.edit");
  g_menu_append (menu, _ ("_Sanitise…"), "intelligence.sanitise");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("More"));
  self->step_button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->step_button), TRUE);
  gtk_widget_add_css_class (self->step_button, "suggested-action");
  gtk_widget_set_visible (self->step_button, FALSE);
  self->banner = ADW_BANNER (adw_banner_new (""));
  probity_page_pack_end (PROBITY_PAGE (self), button);
  probity_page_pack_end (PROBITY_PAGE (self), self->step_button);
  probity_page_add_top (PROBITY_PAGE (self), GTK_WIDGET (self->banner));
}

/** probity_intelligence_page_new: (transfer floating): the page of the report with @uid, which may be a reference. */
AdwNavigationPage *
probity_intelligence_page_new (ProbitySession *session,
                               const char     *uid)
{
  return g_object_new (PROBITY_TYPE_INTELLIGENCE_PAGE, "session", session, "kind", "intelligence-report", "uid", uid, NULL);
}
