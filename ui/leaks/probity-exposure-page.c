/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-page.h"

#include <glib/gi18n.h>

#include "probity-choose-path.h"
#include "probity-exposure-import-dialog.h"
#include "probity-exposure-rows.h"
#include "probity-exposure-steps.h"
#include "probity-exposure-words.h"
#include "probity-format.h"
#include "probity-kept-rows.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* How many people are shown before somebody asks for more, and how many more then. */
#define FIRST_PEOPLE 50
#define MORE_PEOPLE 200

struct _ProbityExposurePage
{
  ProbityPage parent_instance;

  char                *uid;
  char                *reference;
  ProbityExposureList *list;
  guint                n_shown;

  GtkWidget *stack;
  GtkWidget *next_button;
  GtkWidget *menu_button;
  GtkWidget *banner;
  GtkLabel  *title_label;
  GtkLabel  *detail_label;
  GtkWidget *level_bar;
  GtkWidget *steps_group;
  GtkWidget *people_group;
  GtkWidget *logs_group;
};

G_DEFINE_FINAL_TYPE (ProbityExposurePage, probity_exposure_page, PROBITY_TYPE_PAGE)

static void reload (ProbityExposurePage *self);
static void show_people (ProbityExposurePage *self);

static void
place_note (GtkWidget  *group,
            const char *text)
{
  GtkWidget *row = probity_case_row_new (text, NULL);

  gtk_widget_add_css_class (row, "dimmed");
  probity_kept_rows_add (group, row);
}

static gboolean
is_open (ProbityExposurePage *self)
{
  return self->list != NULL && self->list->disposal_due == NULL;
}

/* --- Steps --- */

static void
show_steps (ProbityExposurePage *self)
{
  GPtrArray *steps = self->list->steps;

  for (guint i = 0; i < steps->len; i++)
    probity_kept_rows_add (self->steps_group, probity_exposure_step_row_new (self->list, i));
  if (steps->len == 0)
    place_note (self->steps_group, _ ("Everybody whom the logs name is in the list. Each step says who goes and why, and can be undone."));
  probity_kept_rows_show (self->steps_group);
}

/* --- People --- */

static const ProbityExposurePerson *
find_person (ProbityExposurePage *self,
             const char          *uid)
{
  for (guint i = 0; self->list != NULL && i < self->list->people->len; i++)
    {
      const ProbityExposurePerson *person = g_ptr_array_index (self->list->people, i);

      if (g_str_equal (person->uid, uid))
        return person;
    }

  return NULL;
}

static void
more_cb (ProbityExposurePage *self)
{
  g_assert (PROBITY_IS_EXPOSURE_PAGE (self));

  self->n_shown += MORE_PEOPLE;
  show_people (self);
}

static GtkWidget *
new_person_row (ProbityExposurePage         *self,
                const ProbityExposurePerson *person)
{
  g_autofree char *text = probity_exposure_words_dup_person (person);
  GtkWidget       *row = probity_case_row_new (probity_exposure_words_get_name (person), text);
  g_autoptr (GMenu) menu = NULL;

  if (person->staff_number == NULL && !person->masked)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), probity_exposure_badge_new (_ ("Not on the staff list")));

  menu = g_menu_new ();
  if (person->rows > 0)
    {
      g_autofree char *action = g_strdup_printf ("exposure.rows('%s')", person->uid);

      g_menu_append (menu, _ ("What They _Opened…"), action);
    }
  if (is_open (self))
    {
      g_autofree char *subject = g_strdup_printf ("exposure.subject('%s')", person->uid);
      g_autofree char *exclude = g_strdup_printf ("exposure.exclude('%s')", person->uid);

      if (person->staff_number != NULL)
        g_menu_append (menu, _ ("Add as a _Subject…"), subject);
      g_menu_append (menu, _ ("E_xclude…"), exclude);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), probity_exposure_menu_button_new (menu, probity_exposure_words_get_name (person)));

  return row;
}

static void
show_people (ProbityExposurePage *self)
{
  const guint n_people = self->list->n_remaining;
  const guint n_shown = MIN (n_people, self->n_shown);

  for (guint i = 0; i < n_shown; i++)
    probity_kept_rows_add (self->people_group, new_person_row (self, g_ptr_array_index (self->list->people, i)));
  if (n_shown < n_people)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("Show %u More", "Show %u More", MIN (n_people - n_shown, MORE_PEOPLE)), MIN (n_people - n_shown, MORE_PEOPLE));
      GtkWidget       *row = adw_button_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
      g_signal_connect_object (row, "activated", G_CALLBACK (more_cb), self, G_CONNECT_SWAPPED);
      probity_kept_rows_add (self->people_group, row);
    }
  if (n_people == 0 && self->list->people->len == 0)
    place_note (self->people_group, _ ("Nobody stands in a log that takes part. Import a log, take one in again, or add who was exposed without one."));
  else if (n_people == 0)
    place_note (self->people_group, _ ("Nobody remains. A step may be wrong, or the source stands in no log: add who was exposed without one."));
  probity_kept_rows_show (self->people_group);
}

/* --- Logs --- */

static void
show_logs (ProbityExposurePage *self)
{
  for (guint i = 0; i < self->list->logs->len; i++)
    probity_kept_rows_add (self->logs_group, probity_exposure_log_row_new (self->list, i));
  if (self->list->logs->len == 0)
    place_note (self->logs_group, _ ("No log is imported. Who was exposed was added by hand."));
  probity_kept_rows_show (self->logs_group);
}

/* --- The whole --- */

static void
show_summary (ProbityExposurePage *self)
{
  const guint      n_people = self->list->people->len;
  g_autofree char *title = g_strdup_printf (ngettext ("%u of %u people remains", "%u of %u people remain", self->list->n_remaining), self->list->n_remaining, n_people);
  g_autofree char *unmatched = self->list->n_unmatched > 0 ? g_strdup_printf (ngettext ("%u of them stands on no staff list.", "%u of them stand on no staff list.", self->list->n_unmatched), self->list->n_unmatched) : NULL;

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->detail_label, unmatched != NULL ? unmatched : _ ("All of them stand on the staff list."));
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), self->list->n_remaining > 0);
  gtk_level_bar_set_max_value (GTK_LEVEL_BAR (self->level_bar), MAX (n_people, 1));
  gtk_level_bar_set_value (GTK_LEVEL_BAR (self->level_bar), self->list->n_remaining);
}

static void
show_list (ProbityExposurePage *self)
{
  GtkWidget     *widget = GTK_WIDGET (self);
  const gboolean open = is_open (self);
  const gboolean empty = self->list->people->len == 0 && self->list->logs->len == 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty ? "empty" : "list");
  show_summary (self);
  show_steps (self);
  show_people (self);
  show_logs (self);

  gtk_widget_action_set_enabled (widget, "exposure.import", open);
  gtk_widget_action_set_enabled (widget, "exposure.add", open);
  gtk_widget_action_set_enabled (widget, "exposure.step", open && self->list->people->len > 0);
  gtk_widget_action_set_enabled (widget, "exposure.undo", open && self->list->steps->len > 0);
  gtk_widget_action_set_enabled (widget, "exposure.export", !empty);
  gtk_widget_set_visible (self->next_button, open && self->list->people->len > 0);
  gtk_widget_set_visible (self->menu_button, open || !empty);
  if (!open)
    {
      g_autofree char *day = probity_format_day (self->list->disposal_due);
      /* Translators: %s is a day. */
      g_autofree char *text = g_strdup_printf (_ ("The case is closed: who was eliminated is masked, and due for disposal on %s"), day);

      adw_banner_set_title (ADW_BANNER (self->banner), text);
    }
  adw_banner_set_revealed (ADW_BANNER (self->banner), !open);
}

static void
list_loaded_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  ProbityExposurePage *self = object;

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  g_clear_pointer (&self->list, probity_exposure_list_unref);
  self->list = g_value_dup_boxed (value);
  probity_page_set_content (PROBITY_PAGE (self), self->stack);
  show_list (self);
}

static void
reload (ProbityExposurePage *self)
{
  probity_reply (probity_exposure_load (probity_page_get_session (PROBITY_PAGE (self)), self->uid, NULL), self, list_loaded_cb);
}

static void
record_loaded_cb (gpointer      object,
                  const GValue *value,
                  const GError *error)
{
  ProbityExposurePage *self = object;

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  g_set_str (&self->reference, probity_record_get_reference (g_value_get_boxed (value)));
  probity_page_set_subtitle (PROBITY_PAGE (self), self->reference);
  reload (self);
}

/* --- Actions --- */

static void
present (GtkWidget *page,
         GtkWidget *dialog)
{
  /* The list says by itself that it changed. */
  adw_dialog_present (ADW_DIALOG (dialog), page);
}

static void
imported_cb (ProbityExposurePage *self,
             ProbityExposureLog  *log)
{
  g_autofree char *text = NULL;

  g_assert (PROBITY_IS_EXPOSURE_PAGE (self));

  text = g_strdup_printf (ngettext ("%u row imported", "%u rows imported", (guint) log->rows), (guint) log->rows);
  if (log->rejected > 0)
    {
      g_autofree char *rejected = g_strdup_printf (ngettext ("%u line cannot be used", "%u lines cannot be used", (guint) log->rejected), (guint) log->rejected);
      g_autofree char *both = g_strjoin (", ", text, rejected, NULL);

      g_set_str (&text, both);
    }
  probity_toast (GTK_WIDGET (self), text);
  reload (self);
}

static void
import_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbityExposurePage *self = PROBITY_EXPOSURE_PAGE (widget);
  AdwDialog           *dialog = probity_exposure_import_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->uid);

  g_signal_connect_object (dialog, "imported", G_CALLBACK (imported_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, widget);
}

static void
step_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ProbityExposurePage *self = PROBITY_EXPOSURE_PAGE (widget);

  probity_exposure_step_dialog_open (widget, probity_page_get_session (PROBITY_PAGE (self)), self->uid, present);
}

static void
add_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ProbityExposurePage *self = PROBITY_EXPOSURE_PAGE (widget);

  present (widget, probity_exposure_add_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->uid));
}

static void
undone_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  else
    probity_toast (GTK_WIDGET (object), _ ("The last step is undone"));
}

static void
undo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ProbityExposurePage *self = PROBITY_EXPOSURE_PAGE (widget);

  probity_reply (probity_exposure_undo (probity_page_get_session (PROBITY_PAGE (self)), self->uid), self, undone_cb);
}

static void
exported_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (object), error);
      return;
    }
  text = g_strdup_printf (ngettext ("List of %u person exported with its steps", "List of %u people exported with its steps", (guint) g_value_get_int64 (value)), (guint) g_value_get_int64 (value));
  probity_toast (GTK_WIDGET (object), text);
}

static void
export_path_cb (gpointer    widget,
                const char *path)
{
  ProbityExposurePage *self = widget;

  probity_reply (probity_exposure_export (probity_page_get_session (PROBITY_PAGE (self)), self->uid, path), self, exported_cb);
}

static void
export_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ProbityExposurePage *self = PROBITY_EXPOSURE_PAGE (widget);
  g_autofree char     *file_name = g_strdup_printf ("%s.csv", self->reference);

  g_strdelimit (file_name, "/", '-');
  probity_choose_path (widget, PROBITY_CHOOSE_NEW_FILE, _ ("Export the Exposure List"), file_name, export_path_cb);
}

static void
rows_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ProbityExposurePage         *self = PROBITY_EXPOSURE_PAGE (widget);
  const ProbityExposurePerson *person = find_person (self, g_variant_get_string (parameter, NULL));

  if (person != NULL)
    adw_dialog_present (probity_exposure_rows_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->uid, person), widget);
}

static void
subject_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ProbityExposurePage         *self = PROBITY_EXPOSURE_PAGE (widget);
  const ProbityExposurePerson *person = find_person (self, g_variant_get_string (parameter, NULL));

  if (person != NULL)
    present (widget, probity_exposure_subject_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->uid, person));
}

static void
exclude_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ProbityExposurePage         *self = PROBITY_EXPOSURE_PAGE (widget);
  const ProbityExposurePerson *person = find_person (self, g_variant_get_string (parameter, NULL));

  if (person != NULL)
    present (widget, probity_exposure_exclude_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->uid, person));
}

static const ProbityExposureLog *
find_log (ProbityExposurePage *self,
          GVariant            *uid)
{
  for (guint i = 0; self->list != NULL && i < self->list->logs->len; i++)
    {
      const ProbityExposureLog *log = g_ptr_array_index (self->list->logs, i);

      if (g_str_equal (log->uid, g_variant_get_string (uid, NULL)))
        return log;
    }

  return NULL;
}

static void
log_rows_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ProbityExposurePage      *self = PROBITY_EXPOSURE_PAGE (widget);
  const ProbityExposureLog *log = find_log (self, parameter);

  if (log != NULL)
    adw_dialog_present (probity_exposure_log_rows_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->uid, log), widget);
}

/* Set aside, or taken in again. */
static void
change_log_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ProbityExposurePage      *self = PROBITY_EXPOSURE_PAGE (widget);
  const ProbityExposureLog *log = find_log (self, parameter);

  if (log != NULL && log->set_aside == g_str_equal (name, "exposure.take-in"))
    present (widget, probity_exposure_set_aside_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), self->uid, log));
}

static void
probity_exposure_page_refresh (ProbityPage *page)
{
  reload (PROBITY_EXPOSURE_PAGE (page));
}

static void
probity_exposure_page_dispose (GObject *object)
{
  ProbityExposurePage *self = PROBITY_EXPOSURE_PAGE (object);

  g_clear_object (&self->stack);
  g_clear_pointer (&self->list, probity_exposure_list_unref);
  g_clear_pointer (&self->uid, g_free);
  g_clear_pointer (&self->reference, g_free);

  G_OBJECT_CLASS (probity_exposure_page_parent_class)->dispose (object);
}

static void
probity_exposure_page_class_init (ProbityExposurePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = probity_exposure_page_dispose;
  PROBITY_PAGE_CLASS (klass)->refresh = probity_exposure_page_refresh;

  gtk_widget_class_install_action (widget_class, "exposure.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "exposure.step", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "exposure.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "exposure.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "exposure.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "exposure.rows", "s", rows_cb);
  gtk_widget_class_install_action (widget_class, "exposure.subject", "s", subject_cb);
  gtk_widget_class_install_action (widget_class, "exposure.exclude", "s", exclude_cb);
  gtk_widget_class_install_action (widget_class, "exposure.log-rows", "s", log_rows_cb);
  gtk_widget_class_install_action (widget_class, "exposure.set-aside", "s", change_log_cb);
  gtk_widget_class_install_action (widget_class, "exposure.take-in", "s", change_log_cb);
}

static GtkWidget *
add_group (GtkWidget  *box,
           const char *title,
           const char *icon_name,
           const char *tooltip,
           const char *action)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  if (action != NULL)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_set_tooltip_text (button, tooltip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip, -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
      adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
    }
  gtk_box_append (GTK_BOX (box), group);

  return group;
}

static GtkWidget *
new_summary (ProbityExposurePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->title_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->title_label, 0);
  gtk_label_set_wrap (self->title_label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "title-2");
  self->detail_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->detail_label, 0);
  gtk_label_set_wrap (self->detail_label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->detail_label), "dim-label");
  self->level_bar = gtk_level_bar_new ();
  gtk_widget_set_margin_top (self->level_bar, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->level_bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People who remain"), -1);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->title_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->detail_label));
  gtk_box_append (GTK_BOX (box), self->level_bar);

  return box;
}

static GtkWidget *
new_content (ProbityExposurePage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);

  gtk_box_append (GTK_BOX (box), new_summary (self));
  self->steps_group = add_group (box, _ ("Steps"), "edit-undo-symbolic", _ ("Undo the Last Step"), "exposure.undo");
  self->people_group = add_group (box, _ ("People Who Remain"), "list-add-symbolic", _ ("Add a Person by Hand"), "exposure.add");
  self->logs_group = add_group (box, _ ("Access Logs"), "list-add-symbolic", _ ("Import an Access Log"), "exposure.import");
  gtk_widget_set_margin_top (box, 24);
  gtk_widget_set_margin_bottom (box, 36);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);

  return scrolled;
}

static GtkWidget *
new_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Import an Access Log…"));

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "probity-leak-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("Nobody in the List"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _ ("Import the access logs of the systems that hold what was disclosed. Then narrow the list step by step to who could have been the source."));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "exposure.import");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_button_set_can_shrink (GTK_BUTTON (button), TRUE);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);

  return page;
}

static GMenuModel *
new_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) list = g_menu_new ();
  g_autoptr (GMenu) file = g_menu_new ();

  g_menu_append (list, _ ("_Import an Access Log…"), "exposure.import");
  g_menu_append (list, _ ("_Add a Person by Hand…"), "exposure.add");
  g_menu_append (list, _ ("_Undo the Last Step"), "exposure.undo");
  g_menu_append (file, _ ("_Export with Its Steps…"), "exposure.export");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (list));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (file));

  return G_MENU_MODEL (menu);
}

static void
probity_exposure_page_init (ProbityExposurePage *self)
{
  g_autoptr (GMenuModel) menu = new_menu ();

  self->n_shown = FIRST_PEOPLE;
  self->stack = g_object_ref_sink (gtk_stack_new ());
  gtk_stack_add_named (GTK_STACK (self->stack), new_content (self), "list");
  gtk_stack_add_named (GTK_STACK (self->stack), new_empty (), "empty");

  self->next_button = gtk_button_new_with_mnemonic (_ ("New _Step…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->next_button), "exposure.step");
  gtk_widget_add_css_class (self->next_button, "suggested-action");
  gtk_widget_set_visible (self->next_button, FALSE);
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), menu);
  gtk_widget_set_tooltip_text (self->menu_button, _ ("More Steps"));
  gtk_widget_set_visible (self->menu_button, FALSE);
  self->banner = adw_banner_new ("");
  adw_banner_set_use_markup (ADW_BANNER (self->banner), FALSE);
  probity_page_pack_end (PROBITY_PAGE (self), self->menu_button);
  probity_page_pack_end (PROBITY_PAGE (self), self->next_button);
  probity_page_add_top (PROBITY_PAGE (self), self->banner);
}

AdwNavigationPage *
probity_exposure_page_new (ProbitySession *session,
                           const char     *uid)
{
  static const char *const watched[] = { "exposure", "leak-investigation", NULL };
  ProbityExposurePage     *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_EXPOSURE_PAGE, "session", session, "title", _ ("Exposure List"), NULL);
  self->uid = g_strdup (uid);
  probity_page_watch (PROBITY_PAGE (self), watched);
  probity_page_show_loading (PROBITY_PAGE (self));
  probity_reply (probity_record_load_in_visit (session, probity_record_kind_find ("leak-investigation"), uid, probity_page_get_visit (PROBITY_PAGE (self))), self, record_loaded_cb);

  return ADW_NAVIGATION_PAGE (self);
}
