/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-window-private.h"

#include <glib/gi18n.h>

#include "probity-application.h"
#include "probity-backup-minder.h"
#include "probity-due-minder.h"
#include "probity-errors.h"
#include "probity-focus-keeper.h"
#include "probity-idle.h"
#include "probity-labels.h"
#include "probity-list-page.h"
#include "probity-live-index.h"
#include "probity-overview.h"
#include "probity-page.h"
#include "probity-profile.h"
#include "probity-reply.h"
#include "probity-sections.h"
#include "probity-sidebar-row.h"
#include "probity-toast.h"

#define WARNING_MS 60000
#define COUNT_DELAY_MS 300
/* Something falls due when the day changes, without anybody saving anything. */
#define RECOUNT_SECONDS (15 * 60)
/* When the first page stands. */
#define WARM_DELAY_S 2

struct _ProbityWindow
{
  AdwApplicationWindow parent_instance;

  ProbitySession *session;
  guint           n_ending;
  ProbityIdle    *idle;
  AdwToast       *idle_toast;
  GHashTable     *pages; /* section name → AdwNavigationPage */
  char           *section;
  guint           count_id;
  guint           recount_id;
  guint           warm_id;

  /* where to go on after unlocking: account, section and the records that were open */
  char      *locked_account;
  char      *locked_section;
  GPtrArray *locked_records;

  AdwToastOverlay        *toast_overlay;
  GtkStack               *stack;
  ProbityStartPage       *start_page;
  ProbitySignInPage      *sign_in_page;
  AdwNavigationSplitView *split_view;
  GtkLabel               *force_label;
  GtkLabel               *account_label;
  GtkMenuButton          *account_button;
  GtkListBox             *sidebar_list;
  AdwNavigationPage      *content_page;
  AdwNavigationView      *navigation_view;
  AdwBanner              *backup_banner;
  GtkLabel               *marking_label;
  ProbityBackupMinder    *backup_minder;
  ProbityDueMinder       *due_minder;
};

G_DEFINE_FINAL_TYPE (ProbityWindow, probity_window, ADW_TYPE_APPLICATION_WINDOW)

static void update_counts (ProbityWindow *self);

static GSettings *
get_settings (ProbityWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  return PROBITY_IS_APPLICATION (application) ? probity_application_get_settings (PROBITY_APPLICATION (application)) : NULL;
}

static void
hide_idle_warning (ProbityWindow *self)
{
  if (self->idle_toast != NULL)
    adw_toast_dismiss (self->idle_toast);
  g_clear_object (&self->idle_toast);
}

static void
idle_warning_cb (ProbityWindow *self)
{
  g_assert (PROBITY_IS_WINDOW (self));

  hide_idle_warning (self);
  self->idle_toast = g_object_ref_sink (adw_toast_new (_ ("Locking in a minute. Drafts are kept.")));
  adw_toast_set_timeout (self->idle_toast, 0);
  adw_toast_set_priority (self->idle_toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_overlay_add_toast (self->toast_overlay, g_object_ref (self->idle_toast));
}

static void
idle_expired_cb (ProbityWindow *self)
{
  g_assert (PROBITY_IS_WINDOW (self));

  probity_window_lock (self);
}

static void
update_idle_limit (ProbityWindow *self)
{
  GSettings *settings = get_settings (self);
  guint      minutes = settings != NULL ? g_settings_get_uint (settings, "idle-lock-minutes") : 10;
  guint      limit = minutes * 60 * 1000;

  probity_idle_set_limits (self->idle, limit, limit > WARNING_MS ? limit - WARNING_MS : limit / 2);
}

static void
sidebar_row_activated_cb (ProbityWindow *self,
                          GtkListBoxRow *row)
{
  g_assert (PROBITY_IS_WINDOW (self));

  probity_window_show_section (self, probity_sidebar_row_get_name (PROBITY_SIDEBAR_ROW (row)));
}

static void
visible_page_changed_cb (ProbityWindow *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation_view);

  g_assert (PROBITY_IS_WINDOW (self));

  if (page != NULL && *adw_navigation_page_get_title (page) != '\0')
    adw_navigation_page_set_title (self->content_page, adw_navigation_page_get_title (page));
  _probity_window_update_actions (self);
}

static void
count_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  if (value != NULL)
    probity_sidebar_row_set_count (PROBITY_SIDEBAR_ROW (object), g_value_get_int64 (value));
}

static GApplication *
get_notifying_application (ProbityWindow *self)
{
  GSettings *settings = get_settings (self);

  return settings != NULL && g_settings_get_boolean (settings, "notify-due") ? G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))) : NULL;
}

static void
day_loaded_cb (gpointer      object,
               const GValue *value,
               const GError *error)
{
  ProbityWindow *self = PROBITY_WINDOW (gtk_widget_get_root (GTK_WIDGET (object)));
  GPtrArray     *items = value != NULL ? g_value_get_boxed (value) : NULL;

  if (items == NULL)
    return;
  probity_sidebar_row_set_count (PROBITY_SIDEBAR_ROW (object), items->len);
  /* A locked or closed session has nothing to tell any more. */
  if (self != NULL && self->session != NULL && self->due_minder != NULL)
    probity_due_minder_take (self->due_minder, get_notifying_application (self), items);
}

static void
update_counts (ProbityWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar_list, i)) != NULL; i++)
    {
      const ProbitySection  *section = probity_sections_find (probity_sidebar_row_get_name (PROBITY_SIDEBAR_ROW (row)));
      const ProbityListKind *kind = section->list != NULL ? probity_list_kind_find (section->list) : NULL;
      g_autoptr (ProbityListQuery) query = NULL;

      if (g_str_equal (section->name, "my-day"))
        probity_reply (probity_my_day_behind (self->session), row, day_loaded_cb);
      if (kind == NULL)
        continue;
      query = probity_list_query_new (kind);
      probity_reply (probity_list_count_behind (self->session, query), row, count_loaded_cb);
    }
}

static void
count_timeout_cb (gpointer data)
{
  ProbityWindow *self = data;

  self->count_id = 0;
  if (self->session != NULL)
    update_counts (self);
}

static gboolean
recount_cb (gpointer data)
{
  update_counts (PROBITY_WINDOW (data));

  return G_SOURCE_CONTINUE;
}

static void
casebook_changed_cb (ProbityWindow *self)
{
  g_assert (PROBITY_IS_WINDOW (self));

  if (self->count_id == 0)
    self->count_id = g_timeout_add_once (COUNT_DELAY_MS, count_timeout_cb, self);
}

static void
casebook_failed_cb (ProbityWindow *self,
                    GError        *error)
{
  g_autofree char *sentence = error != NULL ? probity_error_dup_sentence (error) : NULL;

  g_assert (PROBITY_IS_WINDOW (self));

  probity_window_lock (self);
  probity_alert (GTK_WIDGET (self), _ ("The Casebook Was Closed"), sentence);
}

/* The session came to an end by itself: the account was disabled or reset, or the casebook closed. */
static void
session_ended_cb (ProbityWindow *self,
                  GError        *error)
{
  g_autofree char *sentence = error != NULL ? probity_error_dup_sentence (error) : NULL;

  g_assert (PROBITY_IS_WINDOW (self));

  if (self->session == NULL)
    return;
  probity_window_sign_out (self);
  if (sentence != NULL)
    probity_alert (GTK_WIDGET (self), _ ("Signed Out"), sentence);
}

static gboolean
warm_timeout_cb (gpointer data)
{
  ProbityWindow *self = data;

  self->warm_id = 0;
  /* A reading that fails fails again where it is needed, and is told there. */
  dex_future_disown (probity_live_index_warm (self->session));
  return G_SOURCE_REMOVE;
}

/* Who checks, views or saves complaints compares people: the first comparison shall not wait for everybody's name to be read. */
static void
begin_warming (ProbityWindow *self)
{
  if (probity_casebook_has (probity_session_get_casebook (self->session), PROBITY_COMPARTMENT_STANDARDS) &&
      probity_access_may (self->session, PROBITY_OPERATION_READ_STANDARDS))
    self->warm_id = g_timeout_add_seconds_full (G_PRIORITY_LOW, WARM_DELAY_S, warm_timeout_cb, self, NULL);
}

static void
end_warming (ProbityWindow  *self,
             ProbitySession *session)
{
  g_clear_handle_id (&self->warm_id, g_source_remove);
  probity_live_index_stop_warming (session);
}

static void
fill_sidebar (ProbityWindow *self)
{
  const ProbitySection *sections;
  guint                 n_sections;

  gtk_list_box_remove_all (self->sidebar_list);
  sections = probity_sections_get (&n_sections);
  for (guint i = 0; i < n_sections; i++)
    if (probity_section_is_open_to (&sections[i], self->session))
      gtk_list_box_append (self->sidebar_list, probity_sidebar_row_new (&sections[i]));
}

static void
close_dialogs (ProbityWindow *self)
{
  g_autoptr (GListModel) dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (self));
  AdwDialog   *dialog;
  gboolean     animated;

  /* A dialog that fades away would still be read, and keep its draft only after the keys are gone. */
  g_object_get (settings, "gtk-enable-animations", &animated, NULL);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);

  /* A dialog that only asks before it closes must not hold up the locking. */
  while ((dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self))) != NULL)
    {
      guint before = g_list_model_get_n_items (dialogs);

      adw_dialog_force_close (dialog);
      if (g_list_model_get_n_items (dialogs) >= before)
        break;
    }
  g_object_set (settings, "gtk-enable-animations", animated, NULL);
}

static void
clear_pages (ProbityWindow *self)
{
  adw_navigation_view_replace (self->navigation_view, NULL, 0);
  g_hash_table_remove_all (self->pages);
  gtk_list_box_remove_all (self->sidebar_list);
  g_clear_pointer (&self->section, g_free);
}

static void
signed_out_cb (gpointer      object,
               const GValue *value,
               const GError *error)
{
  ProbityWindow *self = PROBITY_WINDOW (object);

  if (--self->n_ending == 0)
    probity_sign_in_page_set_held (self->sign_in_page, FALSE);
  if (error != NULL && !g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_CLOSED))
    probity_toast_error (GTK_WIDGET (self->toast_overlay), error);
}

static void
end_session (ProbityWindow *self)
{
  g_autoptr (ProbitySession) session = g_steal_pointer (&self->session);

  if (session == NULL)
    return;
  /* The toolkit holds on to what had the focus when it was removed until the next key or movement of the pointer: a page, with
   * its session and the keys, for as long as nobody comes back. A dialog gives the focus back as it closes. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  close_dialogs (self);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  clear_pages (self);
  hide_idle_warning (self);
  probity_idle_set_running (self->idle, FALSE);
  if (self->backup_minder != NULL)
    probity_backup_minder_set_session (self->backup_minder, NULL);
  if (self->due_minder != NULL)
    probity_due_minder_forget (self->due_minder, G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))));
  g_clear_handle_id (&self->count_id, g_source_remove);
  g_clear_handle_id (&self->recount_id, g_source_remove);
  end_warming (self, session);
  g_signal_handlers_disconnect_by_data (session, self);
  g_signal_handlers_disconnect_by_data (probity_session_get_casebook (session), self);
  gtk_widget_set_visible (GTK_WIDGET (self->marking_label), FALSE);
  _probity_window_update_actions (self);
  self->n_ending++;
  probity_sign_in_page_set_held (self->sign_in_page, TRUE);
  probity_reply (probity_session_sign_out (session), self, signed_out_cb);
}

static void
signed_in_cb (ProbityWindow  *self,
              ProbitySession *session)
{
  g_autoptr (GPtrArray) records = g_steal_pointer (&self->locked_records);
  g_autofree char *section = g_steal_pointer (&self->locked_section);

  g_assert (PROBITY_IS_WINDOW (self));

  probity_window_set_session (self, session);
  if (g_strcmp0 (self->locked_account, probity_session_get_account_uid (session)) == 0)
    {
      if (section != NULL)
        probity_window_show_section (self, section);
      for (guint i = 0; records != NULL && i + 1 < records->len; i += 2)
        probity_window_open_record (self, g_ptr_array_index (records, i), g_ptr_array_index (records, i + 1));
    }
  g_clear_pointer (&self->locked_account, g_free);
}

static void
remember_place (ProbityWindow *self)
{
  g_autoptr (GListModel) pages = G_LIST_MODEL (adw_navigation_view_get_navigation_stack (self->navigation_view));

  g_set_str (&self->locked_account, probity_session_get_account_uid (self->session));
  g_set_str (&self->locked_section, self->section);
  g_clear_pointer (&self->locked_records, g_ptr_array_unref);
  self->locked_records = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (pages, i);
      const char *kind = g_object_get_data (page, "probity-kind");

      if (kind == NULL)
        continue;
      g_ptr_array_add (self->locked_records, g_strdup (kind));
      g_ptr_array_add (self->locked_records, g_strdup (g_object_get_data (page, "probity-uid")));
    }
}

static void
probity_window_constructed (GObject *object)
{
  ProbityWindow *self = PROBITY_WINDOW (object);
  GSettings     *settings;

  G_OBJECT_CLASS (probity_window_parent_class)->constructed (object);

  settings = get_settings (self);
  if (settings != NULL)
    {
      g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
      g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
      g_signal_connect_object (settings, "changed::idle-lock-minutes", G_CALLBACK (update_idle_limit), self, G_CONNECT_SWAPPED);
    }
  update_idle_limit (self);
}

static void
probity_window_dispose (GObject *object)
{
  ProbityWindow *self = PROBITY_WINDOW (object);

  end_session (self);
  g_clear_object (&self->backup_minder);
  g_clear_object (&self->due_minder);
  g_clear_handle_id (&self->count_id, g_source_remove);
  g_clear_object (&self->idle_toast);
  g_clear_object (&self->idle);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->section, g_free);
  g_clear_pointer (&self->locked_account, g_free);
  g_clear_pointer (&self->locked_section, g_free);
  g_clear_pointer (&self->locked_records, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_window_parent_class)->dispose (object);
}

static void
probity_window_class_init (ProbityWindowClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = probity_window_constructed;
  object_class->dispose = probity_window_dispose;

  g_type_ensure (PROBITY_TYPE_START_PAGE);
  g_type_ensure (PROBITY_TYPE_SIGN_IN_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/shell/probity-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, start_page);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, sign_in_page);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, force_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, account_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, account_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, sidebar_list);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, content_page);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, navigation_view);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, backup_banner);
  gtk_widget_class_bind_template_child (widget_class, ProbityWindow, marking_label);
  gtk_widget_class_bind_template_callback (widget_class, signed_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, visible_page_changed_cb);

  _probity_window_class_install_actions (widget_class);
}

static void
probity_window_init (ProbityWindow *self)
{
  self->pages = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  if (g_str_equal (PROBITY_PROFILE, "development"))
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");

  probity_focus_keeper_attach (ADW_APPLICATION_WINDOW (self), self->navigation_view, self->sidebar_list);
  self->backup_minder = probity_backup_minder_new (self->backup_banner);
  self->due_minder = probity_due_minder_new ();
  self->idle = probity_idle_new (GTK_WIDGET (self));
  g_signal_connect_object (self->idle, "warning", G_CALLBACK (idle_warning_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "touched", G_CALLBACK (hide_idle_warning), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->idle, "expired", G_CALLBACK (idle_expired_cb), self, G_CONNECT_SWAPPED);
  /* Where the sample is, the application knows, which comes after this. */
  g_signal_connect (self, "notify::application", G_CALLBACK (_probity_window_update_actions), NULL);
  _probity_window_update_actions (self);
}

AdwNavigationView *
_probity_window_get_navigation_view (ProbityWindow *self)
{
  return self->navigation_view;
}

const char *
_probity_window_get_folder (ProbityWindow *self)
{
  return probity_sign_in_page_get_folder (self->sign_in_page);
}

/** probity_window_new: a window of @application that shows the start page. */
ProbityWindow *
probity_window_new (AdwApplication *application)
{
  return g_object_new (PROBITY_TYPE_WINDOW, "application", application, NULL);
}

/** probity_window_get_session: (nullable) (transfer none): who is signed in here. */
ProbitySession *
probity_window_get_session (ProbityWindow *self)
{
  g_return_val_if_fail (PROBITY_IS_WINDOW (self), NULL);
  return self->session;
}

/** Signs out whoever is signed in and shows where to create or open a casebook. */
void
probity_window_show_start (ProbityWindow *self)
{
  GSettings *settings;

  g_return_if_fail (PROBITY_IS_WINDOW (self));

  end_session (self);
  settings = get_settings (self);
  if (settings != NULL)
    {
      g_auto (GStrv) recent = g_settings_get_strv (settings, "recent-casebooks");

      probity_start_page_set_recent (self->start_page, (const char *const *) recent);
    }
  probity_sign_in_page_set_folder (self->sign_in_page, NULL);
  gtk_stack_set_visible_child_name (self->stack, "start");
}

/** Shows the sign-in page of the casebook in @folder. */
void
probity_window_open_casebook (ProbityWindow *self,
                              const char    *folder)
{
  GSettings *settings;

  g_return_if_fail (PROBITY_IS_WINDOW (self));
  g_return_if_fail (folder != NULL);

  settings = get_settings (self);
  end_session (self);
  probity_sign_in_page_set_folder (self->sign_in_page, folder);
  if (settings != NULL)
    {
      g_autofree char *account = g_settings_get_string (settings, "last-account");

      probity_sign_in_page_suggest_account (self->sign_in_page, account);
    }
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
}

/** Shows the casebook of @session, beginning with the page chosen in the preferences. */
void
probity_window_set_session (ProbityWindow  *self,
                            ProbitySession *session)
{
  GtkApplication  *application = gtk_window_get_application (GTK_WINDOW (self));
  GSettings       *settings = get_settings (self);
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  g_autofree char *roles = probity_label_dup_roles (probity_session_get_roles (session));
  g_autofree char *name = NULL;
  g_autofree char *first = settings != NULL ? g_settings_get_string (settings, "default-page") : NULL;

  g_return_if_fail (PROBITY_IS_WINDOW (self));
  g_return_if_fail (PROBITY_IS_SESSION (session));

  end_session (self);
  self->session = g_object_ref (session);
  if (probity_session_get_profile (session) != NULL)
    name = g_strdup (probity_profile_get_force_name (probity_session_get_profile (session)));
  if (name == NULL || *name == '\0')
    g_set_str (&name, _ ("Probity"));
  g_signal_connect_object (session, "ended", G_CALLBACK (session_ended_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (casebook, "changed", G_CALLBACK (casebook_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (casebook, "failed", G_CALLBACK (casebook_failed_cb), self, G_CONNECT_SWAPPED);

  if (settings != NULL && !probity_session_is_sample (session))
    g_settings_set_string (settings, "last-account", probity_session_get_account_name (session));
  if (PROBITY_IS_APPLICATION (application))
    probity_application_remember_casebook (PROBITY_APPLICATION (application), probity_casebook_get_folder (casebook));
  gtk_label_set_label (self->force_label, name);
  gtk_label_set_label (self->account_label, probity_session_get_account_name (session));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->account_button), roles);
  gtk_widget_set_visible (GTK_WIDGET (self->marking_label), TRUE);

  fill_sidebar (self);
  self->recount_id = g_timeout_add_seconds (RECOUNT_SECONDS, recount_cb, self);
  if (first == NULL || probity_sections_find (first) == NULL || !probity_section_is_open_to (probity_sections_find (first), session))
    g_set_str (&first, "my-day");
  probity_window_show_section (self, first);
  /* The page that is shown asks first. */
  update_counts (self);
  gtk_stack_set_visible_child_name (self->stack, "main");
  probity_idle_set_running (self->idle, TRUE);
  begin_warming (self);
  if (settings != NULL)
    probity_backup_minder_set_settings (self->backup_minder, settings);
  probity_backup_minder_set_session (self->backup_minder, session);
  _probity_window_update_actions (self);
}

/** Sessions signed in from here take the time from @clock; for tests. */
void
probity_window_set_clock (ProbityWindow *self,
                          ProbityClock  *clock)
{
  g_return_if_fail (PROBITY_IS_WINDOW (self));

  probity_sign_in_page_set_clock (self->sign_in_page, clock);
}

/* Without its folder a session has no rights; it has them again when the folder is back. */
static gboolean
tell_out_of_reach (ProbityWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (probity_access_check (self->session, PROBITY_OPERATION_READ_REGISTERS, &error) ||
      !g_error_matches (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK))
    return FALSE;
  probity_toast (GTK_WIDGET (self->toast_overlay), _ ("The casebook’s folder cannot be reached. Go on when it is there again."));

  return TRUE;
}

/** Shows the page of the sidebar's entry @name; nothing happens where the account has no such entry. */
void
probity_window_show_section (ProbityWindow *self,
                             const char    *name)
{
  const ProbitySection *section;
  AdwNavigationPage    *page;
  GtkListBoxRow        *row;

  g_return_if_fail (PROBITY_IS_WINDOW (self));

  section = probity_sections_find (name);
  if (self->session == NULL || section == NULL)
    return;
  if (!probity_section_is_open_to (section, self->session))
    {
      tell_out_of_reach (self);
      return;
    }

  page = g_hash_table_lookup (self->pages, section->name);
  if (page == NULL)
    {
      if (section->create != NULL)
        page = section->create (self->session);
      else
        page = probity_list_page_new (self->session, section->list);
      g_hash_table_insert (self->pages, (gpointer) section->name, g_object_ref_sink (page));
    }

  g_set_str (&self->section, section->name);
  adw_navigation_view_replace (self->navigation_view, &page, 1);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar_list, i)) != NULL; i++)
    if (g_str_equal (probity_sidebar_row_get_name (PROBITY_SIDEBAR_ROW (row)), section->name))
      gtk_list_box_select_row (self->sidebar_list, row);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

/** probity_window_get_section: (nullable): the name of the sidebar's entry that is shown. */
const char *
probity_window_get_section (ProbityWindow *self)
{
  g_return_val_if_fail (PROBITY_IS_WINDOW (self), NULL);
  return self->section;
}

/**
 * probity_window_open_record:
 * @self: a window in which somebody is signed in
 * @kind: a record kind: `second-job`, `person`, `complaint`, `intelligence-report`, `check` …
 * @uid: the record's uid
 *
 * Pushes the record's page. The page itself asks for the record and says so when it is not there or
 * not for this reader. From any widget: the action `win.open-record` with both as target.
 */
void
probity_window_open_record (ProbityWindow *self,
                            const char    *kind,
                            const char    *uid)
{
  const ProbityRecordView *view;
  AdwNavigationPage       *page;

  g_return_if_fail (PROBITY_IS_WINDOW (self));
  g_return_if_fail (kind != NULL && uid != NULL);

  view = probity_record_view_find (kind);
  if (self->session == NULL || view == NULL || view->create_page == NULL)
    return;
  /* Its page would say that there is no such record. */
  if (tell_out_of_reach (self))
    return;
  page = view->create_page (self->session, uid);
  g_object_set_data_full (G_OBJECT (page), "probity-kind", g_strdup (kind), g_free);
  g_object_set_data_full (G_OBJECT (page), "probity-uid", g_strdup (uid), g_free);
  adw_navigation_view_push (self->navigation_view, page);
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
}

/** Presents the form for a new record of @kind, where this account may make one. */
void
probity_window_new_record (ProbityWindow *self,
                           const char    *kind)
{
  const ProbityRecordView *view;

  g_return_if_fail (PROBITY_IS_WINDOW (self));

  view = probity_record_view_find (kind);
  if (!probity_record_view_may_create (view, self->session))
    {
      if (self->session != NULL)
        tell_out_of_reach (self);
      return;
    }
  adw_dialog_present (view->create_dialog (self->session), GTK_WIDGET (self));
}

/** Wipes what is shown and the keys, and asks for the passphrase; drafts are kept and the place is found again. */
void
probity_window_lock (ProbityWindow *self)
{
  g_autofree char *folder = NULL;
  g_autofree char *account = NULL;

  g_return_if_fail (PROBITY_IS_WINDOW (self));

  if (self->session == NULL)
    return;
  folder = g_strdup (probity_casebook_get_folder (probity_session_get_casebook (self->session)));
  account = g_strdup (probity_session_get_account_name (self->session));
  remember_place (self);
  probity_window_open_casebook (self, folder);
  probity_sign_in_page_set_account (self->sign_in_page, account, TRUE);
}

/** Ends the session and shows the sign-in page without an account. */
void
probity_window_sign_out (ProbityWindow *self)
{
  g_autofree char *folder = NULL;

  g_return_if_fail (PROBITY_IS_WINDOW (self));

  if (self->session == NULL)
    return;
  folder = g_strdup (probity_casebook_get_folder (probity_session_get_casebook (self->session)));
  g_clear_pointer (&self->locked_account, g_free);
  probity_window_open_casebook (self, folder);
}
