/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-record-page.h"

#include <glib/gi18n.h>

#include "probity-format.h"
#include "probity-labels.h"
#include "probity-list-view.h"
#include "probity-reply.h"

typedef struct
{
  char               *kind;
  char               *uid;
  ProbityRecord      *record;
  AdwPreferencesPage *body;
  GPtrArray          *groups;
} ProbityRecordPagePrivate;

typedef enum
{
  PROP_KIND = 1,
  PROP_UID,
} ProbityRecordPageProps;

static GParamSpec *properties[PROP_UID + 1];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ProbityRecordPage, probity_record_page, PROBITY_TYPE_PAGE)

static void
clear_groups (ProbityRecordPage *self)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  for (guint i = 0; i < priv->groups->len; i++)
    adw_preferences_page_remove (priv->body, g_ptr_array_index (priv->groups, i));
  g_ptr_array_set_size (priv->groups, 0);
}

static void
record_loaded_cb (gpointer      object,
                  const GValue *value,
                  const GError *error)
{
  ProbityRecordPage        *self = PROBITY_RECORD_PAGE (object);
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  if (error != NULL)
    {
      g_clear_pointer (&priv->record, probity_record_unref);
      clear_groups (self);
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  g_clear_pointer (&priv->record, probity_record_unref);
  priv->record = g_value_dup_boxed (value);
  clear_groups (self);
  probity_page_set_content (PROBITY_PAGE (self), GTK_WIDGET (priv->body));
  PROBITY_RECORD_PAGE_GET_CLASS (self)->show_record (self, priv->record);
}

static void
probity_record_page_refresh (ProbityPage *page)
{
  probity_record_page_load (PROBITY_RECORD_PAGE (page));
}

static void
probity_record_page_constructed (GObject *object)
{
  ProbityRecordPage        *self = PROBITY_RECORD_PAGE (object);
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  G_OBJECT_CLASS (probity_record_page_parent_class)->constructed (object);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), probity_label_for_kind (priv->kind));
  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { priv->kind, NULL });
  probity_page_show_loading (PROBITY_PAGE (self));
  probity_record_page_load (self);
}

static void
probity_record_page_dispose (GObject *object)
{
  ProbityRecordPage        *self = PROBITY_RECORD_PAGE (object);
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  g_clear_pointer (&priv->record, probity_record_unref);
  g_clear_object (&priv->body);

  G_OBJECT_CLASS (probity_record_page_parent_class)->dispose (object);
}

static void
probity_record_page_finalize (GObject *object)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (PROBITY_RECORD_PAGE (object));

  g_clear_pointer (&priv->kind, g_free);
  g_clear_pointer (&priv->uid, g_free);
  g_clear_pointer (&priv->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_record_page_parent_class)->finalize (object);
}

static void
probity_record_page_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (PROBITY_RECORD_PAGE (object));

  switch ((ProbityRecordPageProps) property_id)
    {
    case PROP_KIND:
      g_value_set_string (value, priv->kind);
      break;
    case PROP_UID:
      g_value_set_string (value, priv->uid);
      break;
    }
}

static void
probity_record_page_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (PROBITY_RECORD_PAGE (object));

  switch ((ProbityRecordPageProps) property_id)
    {
    case PROP_KIND:
      priv->kind = g_value_dup_string (value);
      break;
    case PROP_UID:
      priv->uid = g_value_dup_string (value);
      break;
    }
}

static void
probity_record_page_class_init (ProbityRecordPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->constructed = probity_record_page_constructed;
  object_class->dispose = probity_record_page_dispose;
  object_class->finalize = probity_record_page_finalize;
  object_class->get_property = probity_record_page_get_property;
  object_class->set_property = probity_record_page_set_property;
  page_class->refresh = probity_record_page_refresh;

  properties[PROP_KIND] =
      g_param_spec_string ("kind", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_UID] =
      g_param_spec_string ("uid", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
probity_record_page_init (ProbityRecordPage *self)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  priv->groups = g_ptr_array_new ();
  priv->body = g_object_ref_sink (ADW_PREFERENCES_PAGE (adw_preferences_page_new ()));
}

/** The uid, or reference, that the page was opened for. */
const char *
probity_record_page_get_uid (ProbityRecordPage *self)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  return priv->uid;
}

/** probity_record_page_get_record: (transfer none) (nullable): the record as it was last read. */
ProbityRecord *
probity_record_page_get_record (ProbityRecordPage *self)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  return priv->record;
}

/** Reads the record again and shows it; logged once for as long as the page is open. */
void
probity_record_page_load (ProbityRecordPage *self)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  g_return_if_fail (PROBITY_IS_RECORD_PAGE (self));

  probity_reply (probity_record_load_in_visit (probity_page_get_session (PROBITY_PAGE (self)), probity_record_kind_find (priv->kind), priv->uid, probity_page_get_visit (PROBITY_PAGE (self))), self, record_loaded_cb);
}

/** probity_record_page_add_group: (transfer none): adds an empty group; all are removed before the record is shown again. */
AdwPreferencesGroup *
probity_record_page_add_group (ProbityRecordPage *self,
                               const char        *title,
                               const char        *description)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);
  AdwPreferencesGroup      *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (title != NULL)
    adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (priv->body, group);
  g_ptr_array_add (priv->groups, group);
  return group;
}

/** Adds @group as it is. */
void
probity_record_page_take_group (ProbityRecordPage   *self,
                                AdwPreferencesGroup *group)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);

  adw_preferences_page_add (priv->body, group);
  g_ptr_array_add (priv->groups, group);
}

/** Adds @widget in a group of its own. */
void
probity_record_page_add_widget (ProbityRecordPage *self,
                                GtkWidget         *widget)
{
  adw_preferences_group_add (probity_record_page_add_group (self, NULL, NULL), widget);
}

static const ProbityField *
find_field (const ProbityRecordKind *kind,
            const char              *name)
{
  const ProbityField *fields;
  guint               n_fields;

  fields = probity_record_kind_get_fields (kind, &n_fields);
  for (guint i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].name, name))
      return &fields[i];
  return NULL;
}

/** probity_record_page_add_fields: (transfer none) (nullable): adds a group with those of @fields that have a value; none, if none has. */
GtkWidget *
probity_record_page_add_fields (ProbityRecordPage *self,
                                const char        *title,
                                const char *const *fields)
{
  ProbityRecordPagePrivate *priv = probity_record_page_get_instance_private (self);
  AdwPreferencesGroup      *group = NULL;

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const ProbityField *field = find_field (probity_record_get_kind (priv->record), fields[i]);
      const char         *value = probity_record_get (priv->record, fields[i]);
      const char         *choices;
      g_autofree char    *text = NULL;

      if (value == NULL || *value == '\0')
        continue;
      choices = field != NULL ? probity_choices_for_field (priv->kind, field) : NULL;
      if (choices != NULL)
        text = g_strdup (probity_choices_get_label (probity_session_get_profile (probity_page_get_session (PROBITY_PAGE (self))), choices, value));
      else
        text = probity_format_value (field != NULL ? field->type : PROBITY_FIELD_TEXT, value);
      if (group == NULL)
        group = probity_record_page_add_group (self, title, NULL);
      adw_preferences_group_add (group, probity_property_row_new (probity_label_for_field (priv->kind, fields[i]), text));
    }
  return GTK_WIDGET (group);
}

/** probity_property_row_new: (transfer floating): a row that shows @value, which can be selected and copied. */
GtkWidget *
probity_property_row_new (const char *title,
                          const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  return row;
}

/** probity_link_row_new: (transfer floating): a row that opens the record @uid of @kind. */
GtkWidget *
probity_link_row_new (const char *title,
                      const char *subtitle,
                      const char *kind,
                      const char *uid)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (uid != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", kind, uid);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
    }
  return row;
}
