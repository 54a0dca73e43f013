/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exhibits-group.h"

#include <glib/gi18n.h>

#include "probity-choose-path.h"
#include "probity-errors.h"
#include "probity-exhibit-dialogs.h"
#include "probity-format.h"
#include "probity-kept-rows.h"
#include "probity-long-row.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* How often a bar moves. */
#define PROGRESS_INTERVAL_MS 100
/* So many, the newest, and more each time somebody asks: hundreds of rows at once hold up the page. */
#define N_AT_FIRST 20
#define PAGE 50

struct _ProbityExhibitsGroup
{
  AdwPreferencesGroup parent_instance;

  ProbitySession *session;
  char           *case_kind;
  char           *case_reference;
  GPtrArray      *exhibits; /* nullable */
  guint           most;     /* how many of the newest are shown */
};

G_DEFINE_FINAL_TYPE (ProbityExhibitsGroup, probity_exhibits_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
may_work (ProbityExhibitsGroup *self)
{
  return probity_exhibit_may_work (self->session, self->case_kind);
}

/* --- Rows --- */

static const char *
get_icon_name (ProbityExhibit *exhibit)
{
  static const struct
  {
    const char *prefix;
    const char *icon;
  } icons[] = {
    { "image/", "image-x-generic-symbolic" },
    { "audio/", "audio-x-generic-symbolic" },
    { "video/", "video-x-generic-symbolic" },
    { "text/", "text-x-generic-symbolic" },
    { "application/pdf", "x-office-document-symbolic" },
    { "application/zip", "package-x-generic-symbolic" },
    { "application/vnd.", "x-office-document-symbolic" },
    { "message/", "mail-unread-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_has_prefix (exhibit->media_type, icons[i].prefix))
      return icons[i].icon;

  return "text-x-generic-symbolic";
}

static char *
dup_received (ProbityExhibit *exhibit)
{
  g_autofree char *when = strlen (exhibit->received) > 10 ? probity_format_instant (exhibit->received) : probity_format_day (exhibit->received);

  if (exhibit->received_from != NULL)
    /* Translators: an exhibit: day, then from whom it came */
    return g_strdup_printf (_ ("received %s from %s"), when, exhibit->received_from);

  /* Translators: an exhibit: day */
  return g_strdup_printf (_ ("received %s"), when);
}

static char *
dup_subtitle (ProbityExhibit *exhibit)
{
  g_autofree char *size = g_format_size ((guint64) exhibit->size);
  g_autofree char *received = dup_received (exhibit);
  g_autofree char *proof = NULL;
  g_autofree char *when = exhibit->verified != NULL ? probity_format_instant (exhibit->verified) : NULL;

  if (g_strcmp0 (exhibit->state, "whole") == 0)
    proof = g_strdup_printf (_ ("proved whole %s"), when);
  else if (g_strcmp0 (exhibit->state, "missing") == 0)
    proof = g_strdup_printf (_ ("FILE MISSING %s"), when);
  else if (exhibit->state != NULL)
    proof = g_strdup_printf (_ ("FILE DAMAGED %s"), when);
  else
    proof = g_strdup (_ ("not proved since it was taken in"));

  return g_strdup_printf ("%s · %s · %s\nSHA-256 %.16s… · %s", exhibit->file_name, size, received, exhibit->sha256, proof);
}

typedef struct
{
  const char *name;
  const char *label; /* untranslated */
  gboolean    works;
  void (*run) (ProbityExhibitsGroup *group,
               ProbityExhibit       *exhibit);
} ExhibitAction;

static const ExhibitAction actions[] = {
  { "show", N_ ("_View"), FALSE, probity_exhibit_show },
  { "continuity", N_ ("_Continuity"), FALSE, probity_exhibit_show_continuity },
  { "verify", N_ ("_Prove Again"), TRUE, probity_exhibit_prove },
  { "launch", N_ ("_Open With Another Program…"), TRUE, probity_exhibit_launch },
  { "copy", N_ ("Give Out a C_opy…"), TRUE, probity_exhibit_save_copy },
  { "move", N_ ("Record a _Move…"), TRUE, probity_exhibit_record_move },
};

static void
action_activated_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       data)
{
  ProbityExhibit       *exhibit = g_object_get_data (G_OBJECT (action), "exhibit");
  ProbityExhibitsGroup *self = g_object_get_data (G_OBJECT (action), "group");
  const ExhibitAction  *what = data;

  what->run (self, exhibit);
}

static void
add_menu (ProbityExhibitsGroup *self,
          GtkWidget            *row,
          ProbityExhibit       *exhibit)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget       *button = gtk_menu_button_new ();
  g_autofree char *label = g_strdup_printf (_ ("What to do with %s"), exhibit->reference);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (actions[i].name, NULL);
      g_autofree char *detailed = g_strconcat ("exhibit.", actions[i].name, NULL);

      if ((actions[i].works && !may_work (self)) || (actions[i].run == probity_exhibit_show && !probity_exhibit_can_show (exhibit)))
        continue;
      g_object_set_data_full (G_OBJECT (action), "exhibit", probity_exhibit_copy (exhibit), (GDestroyNotify) probity_exhibit_free);
      /* The group outlives its rows. */
      g_object_set_data (G_OBJECT (action), "group", self);
      g_signal_connect (action, "activate", G_CALLBACK (action_activated_cb), (gpointer) &actions[i]);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (menu, _ (actions[i].label), detailed);
    }

  gtk_widget_insert_action_group (row, "exhibit", G_ACTION_GROUP (group));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);

  return row;
}

static gboolean
is_damaged (ProbityExhibit *exhibit)
{
  return exhibit->state != NULL && !g_str_equal (exhibit->state, "whole");
}

static void
place_exhibit (ProbityExhibitsGroup *self,
               ProbityExhibit       *exhibit)
{
  g_autofree char *title = g_strdup_printf ("%s · %s", exhibit->reference, exhibit->description);
  g_autofree char *subtitle = dup_subtitle (exhibit);
  GtkWidget       *row = new_row (title, subtitle);
  GtkWidget       *icon = gtk_image_new_from_icon_name (get_icon_name (exhibit));

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  probity_kept_row_set_key (row, exhibit->reference);
  probity_kept_row_add_content (row, exhibit->sha256);
  if (exhibit->place != NULL)
    probity_kept_row_add_content (row, exhibit->place);
  add_menu (self, row, exhibit);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), probity_exhibit_can_show (exhibit) ? "exhibit.show" : "exhibit.continuity");
  if (is_damaged (exhibit))
    gtk_widget_add_css_class (row, "error");
  else
    probity_long_row_limit (row);
  probity_kept_rows_add (GTK_WIDGET (self), row);
}

static void
place_note (ProbityExhibitsGroup *self,
            const char           *text)
{
  GtkWidget *row = new_row (text, NULL);

  gtk_widget_add_css_class (row, "dimmed");
  probity_kept_rows_add (GTK_WIDGET (self), row);
}

static void show_exhibits (ProbityExhibitsGroup *self);

/* Where the page before @first begins, and how many it has that are not shown already. */
static guint
find_page (ProbityExhibitsGroup *self,
           guint                 first,
           guint                *ret_n)
{
  guint n = 0;

  while (first > 0 && n < PAGE)
    n += !is_damaged (g_ptr_array_index (self->exhibits, --first));
  *ret_n = n;

  return first;
}

static guint
find_first (ProbityExhibitsGroup *self)
{
  return self->exhibits->len > self->most ? self->exhibits->len - self->most : 0;
}

static void
earlier_clicked_cb (ProbityExhibitsGroup *self)
{
  guint n_earlier;

  g_assert (PROBITY_IS_EXHIBITS_GROUP (self));

  self->most = self->exhibits->len - find_page (self, find_first (self), &n_earlier);
  show_exhibits (self);
}

static void
place_earlier (ProbityExhibitsGroup *self,
               guint                 n_earlier)
{
  g_autofree char *text = g_strdup_printf (ngettext ("Show %u Earlier", "Show %u Earlier", n_earlier), n_earlier);
  GtkWidget       *row = adw_button_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  probity_kept_row_set_key (row, "earlier");
  g_signal_connect_object (row, "activated", G_CALLBACK (earlier_clicked_cb), self, G_CONNECT_SWAPPED);
  probity_kept_rows_add (GTK_WIDGET (self), row);
}

static void
show_exhibits (ProbityExhibitsGroup *self)
{
  const guint first = find_first (self);
  guint       n_earlier;

  find_page (self, first, &n_earlier);
  if (n_earlier > 0)
    place_earlier (self, n_earlier);
  for (guint i = 0; i < self->exhibits->len; i++)
    {
      ProbityExhibit *exhibit = g_ptr_array_index (self->exhibits, i);

      /* What is missing or was altered is told wherever it stands. */
      if (i >= first || is_damaged (exhibit))
        place_exhibit (self, exhibit);
    }
  if (self->exhibits->len == 0)
    place_note (self, may_work (self) ? _ ("Files that belong to this case, kept encrypted and with a record of who had them in hand. Add one, or drop it here.") : _ ("Files that belong to this case are shown here. There are none."));
  probity_kept_rows_show (GTK_WIDGET (self));
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityExhibitsGroup *self = object;

  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_is_cancelled (error) ? NULL : probity_error_dup_sentence (error);

      if (sentence != NULL)
        place_note (self, sentence);
      probity_kept_rows_show (GTK_WIDGET (self));
      return;
    }

  g_clear_pointer (&self->exhibits, g_ptr_array_unref);
  self->exhibits = g_value_dup_boxed (value);
  show_exhibits (self);
}

/* --- Long work --- */

typedef struct
{
  GWeakRef         group;
  GtkWidget       *row;
  GtkWidget       *bar;
  ProbityProgress *progress;
  GCancellable    *cancellable;
  guint            source;
} Follow;

static gboolean
progress_cb (gpointer data)
{
  Follow *follow = data;

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (follow->bar), probity_progress_get_fraction (follow->progress));

  return G_SOURCE_CONTINUE;
}

static void
free_follow (gpointer data)
{
  Follow *follow = data;
  g_autoptr (ProbityExhibitsGroup) self = g_weak_ref_get (&follow->group);

  g_source_remove (follow->source);
  if (self != NULL && gtk_widget_get_parent (follow->row) != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), follow->row);
  g_object_unref (follow->row);
  probity_progress_unref (follow->progress);
  g_object_unref (follow->cancellable);
  g_weak_ref_clear (&follow->group);
  g_free (follow);
}

static DexFuture *
followed_cb (DexFuture *future,
             gpointer   data)
{
  return dex_ref (future);
}

DexFuture *
probity_exhibits_group_follow (ProbityExhibitsGroup *self,
                               const char           *text,
                               ProbityProgress      *progress,
                               GCancellable         *cancellable,
                               DexFuture            *future)
{
  Follow    *follow = g_new0 (Follow, 1);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  g_weak_ref_init (&follow->group, self);
  follow->progress = probity_progress_ref (progress);
  follow->cancellable = g_object_ref (cancellable);
  follow->row = g_object_ref_sink (new_row (text, NULL));
  follow->bar = gtk_progress_bar_new ();
  gtk_widget_set_valign (follow->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (follow->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (g_cancellable_cancel), cancellable, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (follow->row), follow->bar);
  adw_action_row_add_suffix (ADW_ACTION_ROW (follow->row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), follow->row);
  follow->source = g_timeout_add (PROGRESS_INTERVAL_MS, progress_cb, follow);

  return dex_future_finally (future, followed_cb, follow, free_follow);
}

/* --- Taking in --- */

static void
file_chosen_cb (gpointer    widget,
                const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  probity_exhibit_take_in (widget, file);
}

static void
add_clicked_cb (ProbityExhibitsGroup *self)
{
  g_assert (PROBITY_IS_EXHIBITS_GROUP (self));

  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_FILE, _ ("Take In an Exhibit"), NULL, file_chosen_cb);
}

static gboolean
drop_cb (ProbityExhibitsGroup *self,
         const GValue         *value)
{
  GSList *files = g_value_get_boxed (value);

  g_assert (PROBITY_IS_EXHIBITS_GROUP (self));

  if (files == NULL)
    return FALSE;
  if (files->next != NULL)
    {
      probity_toast (GTK_WIDGET (self), _ ("Each exhibit is described by itself: drop one file at a time."));
      return FALSE;
    }
  probity_exhibit_take_in (self, files->data);

  return TRUE;
}

static void
add_entrances (ProbityExhibitsGroup *self)
{
  GtkWidget     *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Take In an Exhibit"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Take In an Exhibit"), -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (add_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), button);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
probity_exhibits_group_dispose (GObject *object)
{
  ProbityExhibitsGroup *self = PROBITY_EXHIBITS_GROUP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->case_kind, g_free);
  g_clear_pointer (&self->case_reference, g_free);
  g_clear_pointer (&self->exhibits, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_exhibits_group_parent_class)->dispose (object);
}

static void
probity_exhibits_group_class_init (ProbityExhibitsGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_exhibits_group_dispose;
}

static void
probity_exhibits_group_init (ProbityExhibitsGroup *self)
{
  self->most = N_AT_FIRST;
}

/**
 * probity_exhibits_group_new:
 * @case_kind: `second-job`, `leak`, `conduct`
 *
 * Returns: (transfer floating)
 */
GtkWidget *
probity_exhibits_group_new (ProbitySession *session,
                            const char     *case_kind)
{
  ProbityExhibitsGroup *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (case_kind != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_EXHIBITS_GROUP, "title", _ ("Exhibits"), NULL);
  self->session = g_object_ref (session);
  self->case_kind = g_strdup (case_kind);
  if (may_work (self))
    add_entrances (self);

  return GTK_WIDGET (self);
}

void
probity_exhibits_group_set_case (ProbityExhibitsGroup *self,
                                 const char           *case_reference)
{
  g_return_if_fail (PROBITY_IS_EXHIBITS_GROUP (self));

  g_set_str (&self->case_reference, case_reference);
  probity_exhibits_group_reload (self);
}

void
probity_exhibits_group_reload (ProbityExhibitsGroup *self)
{
  g_return_if_fail (PROBITY_IS_EXHIBITS_GROUP (self));

  if (self->case_reference != NULL)
    probity_reply (probity_exhibit_list (self->session, self->case_reference), self, loaded_cb);
}

ProbitySession *
probity_exhibits_group_get_session (ProbityExhibitsGroup *self)
{
  return self->session;
}

const char *
probity_exhibits_group_get_case (ProbityExhibitsGroup *self)
{
  return self->case_reference;
}
