/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-page.h"

#include <glib/gi18n.h>

#include "probity-errors.h"

/* Several commits in a row are answered by reading once. */
#define REFRESH_DELAY_MS 150

typedef struct
{
  ProbitySession *session;
  ProbityVisit   *visit;
  char          **kinds;
  guint           refresh_id;
  gulong          changed_id;

  GPtrArray *step_buttons; /* buttons with words, which go below the content where there is no room */
  gboolean   narrow;

  AdwToolbarView *toolbar_view;
  GtkWidget      *step_bar;
  AdwHeaderBar   *header_bar;
  AdwWindowTitle *window_title;
  GtkWidget      *title_label; /* in its place where the header has no room for a reference */
  GtkWidget      *banner;
} ProbityPagePrivate;

typedef enum
{
  PROP_SESSION = 1,
  PROP_CONTENT,
  PROP_SUBTITLE,
} ProbityPageProps;

static GParamSpec *properties[PROP_SUBTITLE + 1];

static void buildable_iface_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable_iface;

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (ProbityPage, probity_page, ADW_TYPE_NAVIGATION_PAGE, G_ADD_PRIVATE (ProbityPage) G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, buildable_iface_init))

/** probity_sample_banner_new: (transfer floating): the banner that a casebook of invented people carries everywhere. */
GtkWidget *
probity_sample_banner_new (void)
{
  GtkWidget *banner = adw_banner_new (_ ("Sample: invented people"));

  adw_banner_set_revealed (ADW_BANNER (banner), TRUE);
  gtk_widget_add_css_class (banner, "sample");
  return banner;
}

static void
update_step_bar (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);
  gboolean            any = FALSE;

  for (guint i = 0; i < priv->step_buttons->len; i++)
    any |= gtk_widget_get_visible (g_ptr_array_index (priv->step_buttons, i));
  gtk_widget_set_visible (priv->step_bar, priv->narrow && any);
}

static void
make_movable (ProbityPage *self,
              GtkWidget   *button)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_ptr_array_add (priv->step_buttons, g_object_ref (button));
  g_signal_connect_object (button, "notify::visible", G_CALLBACK (update_step_bar), self, G_CONNECT_SWAPPED);
}

static void
narrow_cb (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_assert (PROBITY_IS_PAGE (self));

  priv->narrow = TRUE;
  for (guint i = 0; i < priv->step_buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (priv->step_buttons, i);

      adw_header_bar_remove (priv->header_bar, button);
      gtk_widget_set_hexpand (button, TRUE);
      gtk_box_append (GTK_BOX (priv->step_bar), button);
    }
  update_step_bar (self);
}

static void
wide_cb (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_assert (PROBITY_IS_PAGE (self));

  priv->narrow = FALSE;
  for (guint i = 0; i < priv->step_buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (priv->step_buttons, i);

      gtk_box_remove (GTK_BOX (priv->step_bar), button);
      gtk_widget_set_hexpand (button, FALSE);
      if (g_object_get_data (G_OBJECT (button), "probity-at-start") != NULL)
        adw_header_bar_pack_start (priv->header_bar, button);
      else
        adw_header_bar_pack_end (priv->header_bar, button);
    }
  update_step_bar (self);
}

static void
update_title (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);
  const char         *title = adw_navigation_page_get_title (ADW_NAVIGATION_PAGE (self));

  gtk_label_set_text (GTK_LABEL (priv->title_label), title);
  adw_window_title_set_title (priv->window_title, gtk_widget_get_visible (priv->title_label) ? "" : title);
}

static void
narrowest_cb (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  narrow_cb (self);
  gtk_widget_set_visible (priv->title_label, TRUE);
  update_title (self);
}

static void
not_narrowest_cb (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  wide_cb (self);
  gtk_widget_set_visible (priv->title_label, FALSE);
  update_title (self);
}

static void
add_breakpoint (ProbityPage *self,
                GtkWidget   *bin,
                const char  *condition,
                GCallback    apply,
                GCallback    unapply)
{
  AdwBreakpoint *breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse (condition));

  g_signal_connect_object (breakpoint, "apply", apply, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (breakpoint, "unapply", unapply, self, G_CONNECT_SWAPPED);
  adw_breakpoint_bin_add_breakpoint (ADW_BREAKPOINT_BIN (bin), breakpoint);
}

static void
refresh_cb (gpointer data)
{
  ProbityPage        *self = PROBITY_PAGE (data);
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  priv->refresh_id = 0;
  if (PROBITY_PAGE_GET_CLASS (self)->refresh != NULL)
    PROBITY_PAGE_GET_CLASS (self)->refresh (self);
}

static void
casebook_changed_cb (ProbityPage    *self,
                     ProbityChanges *changes)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);
  gboolean            touched = FALSE;

  g_assert (PROBITY_IS_PAGE (self));

  for (guint i = 0; priv->kinds != NULL && priv->kinds[i] != NULL; i++)
    touched |= probity_changes_touch (changes, priv->kinds[i]);
  if (touched && priv->refresh_id == 0)
    priv->refresh_id = g_timeout_add_once (REFRESH_DELAY_MS, refresh_cb, self);
}

static void
set_session (ProbityPage    *self,
             ProbitySession *session)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_set_object (&priv->session, session);
  gtk_widget_set_visible (priv->banner, session != NULL && probity_session_is_sample (session));
}

static void
probity_page_add_child (GtkBuildable *buildable,
                        GtkBuilder   *builder,
                        GObject      *child,
                        const char   *type)
{
  ProbityPage *self = PROBITY_PAGE (buildable);

  if (g_strcmp0 (type, "start") == 0)
    probity_page_pack_start (self, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    probity_page_pack_end (self, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "start-action") == 0 || g_strcmp0 (type, "end-action") == 0)
    {
      /* A button that goes below the content while the page is narrow. */
      if (g_str_equal (type, "start-action"))
        {
          g_object_set_data (child, "probity-at-start", child);
          probity_page_pack_start (self, GTK_WIDGET (child));
        }
      else
        {
          probity_page_pack_end (self, GTK_WIDGET (child));
        }
      make_movable (self, GTK_WIDGET (child));
    }
  else if (g_strcmp0 (type, "top") == 0)
    probity_page_add_top (self, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "bottom") == 0)
    probity_page_add_bottom (self, GTK_WIDGET (child));
  else if (type == NULL && GTK_IS_WIDGET (child))
    probity_page_set_content (self, GTK_WIDGET (child));
  else
    parent_buildable_iface->add_child (buildable, builder, child, type);
}

static void
buildable_iface_init (GtkBuildableIface *iface)
{
  parent_buildable_iface = g_type_interface_peek_parent (iface);
  iface->add_child = probity_page_add_child;
}

static void
probity_page_dispose (GObject *object)
{
  ProbityPage        *self = PROBITY_PAGE (object);
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_clear_handle_id (&priv->refresh_id, g_source_remove);
  if (priv->session != NULL && priv->changed_id != 0)
    {
      ProbityCasebook *casebook = probity_session_get_casebook (priv->session);

      if (casebook != NULL)
        g_clear_signal_handler (&priv->changed_id, casebook);
    }
  g_clear_pointer (&priv->visit, probity_visit_unref);
  g_clear_object (&priv->session);
  g_clear_pointer (&priv->kinds, g_strfreev);

  G_OBJECT_CLASS (probity_page_parent_class)->dispose (object);
}

static void
probity_page_finalize (GObject *object)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (PROBITY_PAGE (object));

  g_clear_pointer (&priv->step_buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_page_parent_class)->finalize (object);
}

static void
probity_page_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  ProbityPage        *self = PROBITY_PAGE (object);
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  switch ((ProbityPageProps) property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, adw_toolbar_view_get_content (priv->toolbar_view));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, adw_window_title_get_subtitle (priv->window_title));
      break;
    }
}

static void
probity_page_set_property (GObject      *object,
                           guint         property_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  ProbityPage *self = PROBITY_PAGE (object);

  switch ((ProbityPageProps) property_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      probity_page_set_content (self, g_value_get_object (value));
      break;
    case PROP_SUBTITLE:
      probity_page_set_subtitle (self, g_value_get_string (value));
      break;
    }
}

/* The next step of whatever the page shows: its suggested button. */
static void
step_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (PROBITY_PAGE (widget));

  for (guint i = 0; i < priv->step_buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (priv->step_buttons, i);

      if (gtk_widget_has_css_class (button, "suggested-action") && gtk_widget_is_visible (button) && gtk_widget_is_sensitive (button))
        {
          gtk_widget_activate (button);
          return;
        }
    }
}

static void
probity_page_class_init (ProbityPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_page_dispose;
  object_class->finalize = probity_page_finalize;
  object_class->get_property = probity_page_get_property;
  object_class->set_property = probity_page_set_property;

  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, PROBITY_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTENT] =
      g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] =
      g_param_spec_string ("subtitle", NULL, NULL, "", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "page.step", NULL, step_action);
}

static void
probity_page_init (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);
  GtkWidget          *bin;

  priv->toolbar_view = ADW_TOOLBAR_VIEW (adw_toolbar_view_new ());
  priv->header_bar = ADW_HEADER_BAR (adw_header_bar_new ());
  priv->window_title = ADW_WINDOW_TITLE (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (priv->header_bar, GTK_WIDGET (priv->window_title));
  adw_toolbar_view_add_top_bar (priv->toolbar_view, GTK_WIDGET (priv->header_bar));
  priv->title_label = gtk_label_new ("");
  gtk_widget_add_css_class (priv->title_label, "heading");
  gtk_label_set_wrap (GTK_LABEL (priv->title_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (priv->title_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (priv->title_label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start (priv->title_label, 12);
  gtk_widget_set_margin_end (priv->title_label, 12);
  gtk_widget_set_margin_bottom (priv->title_label, 6);
  gtk_widget_set_visible (priv->title_label, FALSE);
  adw_toolbar_view_add_top_bar (priv->toolbar_view, priv->title_label);
  g_signal_connect (self, "notify::title", G_CALLBACK (update_title), NULL);
  priv->banner = probity_sample_banner_new ();
  gtk_widget_set_visible (priv->banner, FALSE);
  adw_toolbar_view_add_top_bar (priv->toolbar_view, priv->banner);

  priv->step_buttons = g_ptr_array_new_with_free_func (g_object_unref);
  priv->step_bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_add_css_class (priv->step_bar, "toolbar");
  gtk_widget_set_visible (priv->step_bar, FALSE);
  adw_toolbar_view_add_bottom_bar (priv->toolbar_view, priv->step_bar);

  bin = adw_breakpoint_bin_new ();
  gtk_widget_set_size_request (bin, 300, 200);
  /* Of those that fit the last one is applied, alone. */
  add_breakpoint (self, bin, "max-width: 500sp", G_CALLBACK (narrow_cb), G_CALLBACK (wide_cb));
  add_breakpoint (self, bin, "max-width: 260sp", G_CALLBACK (narrowest_cb), G_CALLBACK (not_narrowest_cb));
  adw_breakpoint_bin_set_child (ADW_BREAKPOINT_BIN (bin), GTK_WIDGET (priv->toolbar_view));
  adw_navigation_page_set_child (ADW_NAVIGATION_PAGE (self), bin);
}

/** probity_page_get_session: (transfer none): who is signed in. */
ProbitySession *
probity_page_get_session (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_return_val_if_fail (PROBITY_IS_PAGE (self), NULL);
  return priv->session;
}

/** probity_page_get_visit: (transfer none): this opening of the page, for what it reads more than once. */
ProbityVisit *
probity_page_get_visit (ProbityPage *self)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_return_val_if_fail (PROBITY_IS_PAGE (self), NULL);
  if (priv->visit == NULL && priv->session != NULL)
    priv->visit = probity_visit_new (priv->session);
  return priv->visit;
}

/** Shows @content (nullable) below the header. */
void
probity_page_set_content (ProbityPage *self,
                          GtkWidget   *content)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_return_if_fail (PROBITY_IS_PAGE (self));

  if (content == adw_toolbar_view_get_content (priv->toolbar_view))
    return;
  adw_toolbar_view_set_content (priv->toolbar_view, content);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONTENT]);
}

/** Text below the title, for a stage or a name. */
void
probity_page_set_subtitle (ProbityPage *self,
                           const char  *subtitle)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_return_if_fail (PROBITY_IS_PAGE (self));

  adw_window_title_set_subtitle (priv->window_title, subtitle != NULL ? subtitle : "");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/** Puts @widget at the start of the header bar. */
void
probity_page_pack_start (ProbityPage *self,
                         GtkWidget   *widget)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  adw_header_bar_pack_start (priv->header_bar, widget);
}

/** Puts @widget at the end of the header bar; a button with words goes below the content while the page is narrow. */
void
probity_page_pack_end (ProbityPage *self,
                       GtkWidget   *widget)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  adw_header_bar_pack_end (priv->header_bar, widget);
  if (G_OBJECT_TYPE (widget) == GTK_TYPE_BUTTON && gtk_button_get_icon_name (GTK_BUTTON (widget)) == NULL)
    make_movable (self, widget);
}

/** Adds a bar below the header. */
void
probity_page_add_top (ProbityPage *self,
                      GtkWidget   *widget)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  adw_toolbar_view_add_top_bar (priv->toolbar_view, widget);
}

/** Adds a bar below the content. */
void
probity_page_add_bottom (ProbityPage *self,
                         GtkWidget   *widget)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  adw_toolbar_view_add_bottom_bar (priv->toolbar_view, widget);
}

/**
 * probity_page_watch:
 * @self: a page
 * @kinds: %NULL-terminated record kinds
 *
 * From now on a commit here or in another program that touches one of @kinds has the page read again.
 */
void
probity_page_watch (ProbityPage       *self,
                    const char *const *kinds)
{
  ProbityPagePrivate *priv = probity_page_get_instance_private (self);

  g_return_if_fail (PROBITY_IS_PAGE (self));
  g_return_if_fail (priv->session != NULL);

  g_strfreev (priv->kinds);
  priv->kinds = g_strdupv ((char **) kinds);
  if (priv->changed_id == 0)
    priv->changed_id = g_signal_connect_object (probity_session_get_casebook (priv->session), "changed", G_CALLBACK (casebook_changed_cb), self, G_CONNECT_SWAPPED);
}

/** Shows that the content is being read. */
void
probity_page_show_loading (ProbityPage *self)
{
  AdwSpinner *spinner = ADW_SPINNER (adw_spinner_new ());

  gtk_widget_set_halign (GTK_WIDGET (spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (spinner), GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (GTK_WIDGET (spinner), 32, 32);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spinner), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Loading"), -1);
  probity_page_set_content (self, GTK_WIDGET (spinner));
}

/** Shows @error in place of the content. */
void
probity_page_show_error (ProbityPage  *self,
                         const GError *error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *escaped = NULL;
  GtkWidget       *status;

  if (probity_error_is_cancelled (error))
    return;
  sentence = probity_error_dup_sentence (error);
  escaped = g_markup_escape_text (sentence, -1);
  status = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "action-unavailable-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Nothing to Show"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), escaped);
  probity_page_set_content (self, status);
}
