/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-watch-page.h"

#include <glib/gi18n.h>

#include "probity-format.h"
#include "probity-reply.h"
#include "probity-watch.h"

struct _ProbityWatchPage
{
  ProbityPage parent_instance;

  AdwPreferencesPage  *body;
  AdwPreferencesGroup *group; /* of the rows shown; nullable */
};

G_DEFINE_FINAL_TYPE (ProbityWatchPage, probity_watch_page, PROBITY_TYPE_PAGE)

static void
show_nothing (ProbityWatchPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "view-reveal-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Nothing on the Watch List"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _ ("A second job that was refused or has ended, and may be carried on all the same, is put here from its own page. Only professional standards, the anti-corruption unit and deciders find it."));
  probity_page_set_content (PROBITY_PAGE (self), status);
}

static GtkWidget *
new_row (ProbityValues *item)
{
  GtkWidget       *row = adw_action_row_new ();
  const char      *state = probity_values_get (item, "state");
  g_autofree char *day = probity_format_day (probity_values_get (item, "review_on"));
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", probity_values_get (item, "reference"), probity_values_get (item, "name"), probity_values_get (item, "employer"));
  /* Translators: %s is a day. */
  g_autofree char *next = g_strdup_printf (_ ("To be looked at on %s"), day);
  g_autofree char *subtitle = g_strdup_printf ("%s\n%s", probity_values_get (item, "reason"), next);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (state != NULL)
    {
      GtkWidget *pill = gtk_label_new (g_str_equal (state, "overdue") ? _ ("Overdue") : _ ("Today"));

      gtk_widget_add_css_class (pill, "pill-label");
      gtk_widget_add_css_class (pill, "warning");
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), pill);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", "second-job", probity_values_get (item, "uid"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityWatchPage *self = PROBITY_WATCH_PAGE (object);
  GPtrArray        *items;

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  items = g_value_get_boxed (value);
  if (self->group != NULL)
    adw_preferences_page_remove (self->body, self->group);
  self->group = NULL;
  if (items->len == 0)
    {
      show_nothing (self);
      return;
    }
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_description (self->group, _ ("Second jobs that were refused or have ended, and may be carried on all the same."));
  for (guint i = 0; i < items->len; i++)
    adw_preferences_group_add (self->group, new_row (g_ptr_array_index (items, i)));
  adw_preferences_page_add (self->body, self->group);
  probity_page_set_content (PROBITY_PAGE (self), GTK_WIDGET (self->body));
}

static void
probity_watch_page_refresh (ProbityPage *page)
{
  probity_reply (probity_watch_list (probity_page_get_session (page)), page, loaded_cb);
}

static void
probity_watch_page_dispose (GObject *object)
{
  ProbityWatchPage *self = PROBITY_WATCH_PAGE (object);

  g_clear_object (&self->body);

  G_OBJECT_CLASS (probity_watch_page_parent_class)->dispose (object);
}

static void
probity_watch_page_class_init (ProbityWatchPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_watch_page_dispose;
  page_class->refresh = probity_watch_page_refresh;
}

static void
probity_watch_page_init (ProbityWatchPage *self)
{
  self->body = g_object_ref_sink (ADW_PREFERENCES_PAGE (adw_preferences_page_new ()));
}

/** probity_watch_page_new: (transfer floating) */
AdwNavigationPage *
probity_watch_page_new (ProbitySession *session)
{
  ProbityWatchPage *self = g_object_new (PROBITY_TYPE_WATCH_PAGE, "session", session, "title", _ ("Watch List"), NULL);

  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { "watch", "second-job", NULL });
  probity_page_show_loading (PROBITY_PAGE (self));
  probity_watch_page_refresh (PROBITY_PAGE (self));

  return ADW_NAVIGATION_PAGE (self);
}
