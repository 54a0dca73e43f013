/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-hit-group.h"
#include "probity-reply.h"
#include "probity-toast.h"

struct _ProbityHitGroup
{
  AdwPreferencesGroup parent_instance;

  ProbitySession *session;
  char           *reference;
  char           *hit;
  gboolean        assessed;
  gboolean        busy;

  GtkWidget *verdicts;
  GtkWidget *reason_row;
  GtkWidget *state_label;
  GtkWidget *record_button;
};

G_DEFINE_FINAL_TYPE (ProbityHitGroup, probity_hit_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  ASSESSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
update (ProbityHitGroup *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason_row))));
  gboolean         chosen = adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->verdicts)) != NULL;

  gtk_widget_set_sensitive (self->record_button, chosen && *reason != '\0' && !self->busy);
  gtk_label_set_label (GTK_LABEL (self->state_label), self->assessed ? _ ("Assessed") : _ ("Not assessed"));
  gtk_widget_remove_css_class (self->state_label, self->assessed ? "warning" : "success");
  gtk_widget_add_css_class (self->state_label, self->assessed ? "success" : "warning");
}

static void
assessed_cb (gpointer      object,
             const GValue *value,
             const GError *error)
{
  ProbityHitGroup *self = object;

  self->busy = FALSE;
  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
    }
  else
    {
      self->assessed = TRUE;
      g_signal_emit (self, signals[ASSESSED], 0);
    }
  update (self);
}

static void
record_clicked_cb (ProbityHitGroup *self)
{
  g_autofree char *reason = NULL;

  g_assert (PROBITY_IS_HIT_GROUP (self));

  if (!gtk_widget_get_sensitive (self->record_button))
    return;
  reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason_row))));
  self->busy = TRUE;
  update (self);
  probity_reply (probity_check_assess (self->session,
                                       self->reference,
                                       self->hit,
                                       adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (self->verdicts)),
                                       reason),
                 self,
                 assessed_cb);
}

static void
changed_cb (ProbityHitGroup *self)
{
  g_assert (PROBITY_IS_HIT_GROUP (self));

  update (self);
}

static void
probity_hit_group_dispose (GObject *object)
{
  ProbityHitGroup *self = PROBITY_HIT_GROUP (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->hit, g_free);

  G_OBJECT_CLASS (probity_hit_group_parent_class)->dispose (object);
}

static void
probity_hit_group_class_init (ProbityHitGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = probity_hit_group_dispose;

  signals[ASSESSED] = g_signal_new ("assessed",
                                    G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    0);
}

static void
add_toggle (ProbityHitGroup *self,
            const char      *name,
            const char      *label)
{
  AdwToggle *toggle = adw_toggle_new ();

  adw_toggle_set_name (toggle, name);
  adw_toggle_set_label (toggle, label);
  adw_toggle_group_add (ADW_TOGGLE_GROUP (self->verdicts), toggle);
}

static void
probity_hit_group_init (ProbityHitGroup *self)
{
  self->verdicts = adw_toggle_group_new ();
  add_toggle (self, "relevant", _ ("Relevant"));
  add_toggle (self, "not-relevant", _ ("Not relevant"));
  add_toggle (self, "not-the-same-person", _ ("Not the same person"));
  adw_toggle_group_set_active (ADW_TOGGLE_GROUP (self->verdicts), GTK_INVALID_LIST_POSITION);
  adw_toggle_group_set_homogeneous (ADW_TOGGLE_GROUP (self->verdicts), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->verdicts), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Verdict"), -1);

  self->reason_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reason_row), _ ("Reason"));

  self->record_button = gtk_button_new_with_mnemonic (_ ("_Record Verdict"));
  gtk_widget_set_halign (self->record_button, GTK_ALIGN_END);

  self->state_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->state_label, "caption-heading");

  g_signal_connect_object (self->verdicts, "notify::active-name", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason_row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason_row, "entry-activated", G_CALLBACK (record_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->record_button, "clicked", G_CALLBACK (record_clicked_cb), self, G_CONNECT_SWAPPED);
}

static void
add_text_row (ProbityHitGroup *self,
              const char      *label,
              const char      *value)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_verdict_row (ProbityHitGroup *self)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = adw_wrap_box_new ();

  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 12);
  adw_wrap_box_append (ADW_WRAP_BOX (box), self->verdicts);
  adw_wrap_box_append (ADW_WRAP_BOX (box), self->record_button);
  adw_wrap_box_set_justify (ADW_WRAP_BOX (box), ADW_JUSTIFY_NONE);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

GtkWidget *
probity_hit_group_new (ProbitySession   *session,
                       const char       *reference,
                       const ProbityHit *hit,
                       gboolean          read_only)
{
  ProbityHitGroup *self = g_object_new (PROBITY_TYPE_HIT_GROUP, NULL);
  g_autofree char *title = g_strdup_printf ("%s · %s", hit->reference ? hit->reference : "", hit->subject ? hit->subject : "");
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  /* Translators: how alike the applicant and the record's subject are, 0 to 1. */
  g_autofree char *score = g_strdup_printf (_ ("Likeness %.2f"), hit->score);

  self->session = g_object_ref (session);
  self->reference = g_strdup (reference);
  self->hit = g_strdup (hit->id);
  self->assessed = hit->verdict != NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), escaped);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), score);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->state_label);
  add_text_row (self, _ ("What it says"), hit->title);
  add_text_row (self, _ ("Why it was found"), hit->why);
  if (hit->remembered)
    add_text_row (self, _ ("Verdict"), _ ("Remembered from an earlier check; neither record has changed since."));
  add_verdict_row (self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->reason_row);

  if (hit->verdict != NULL)
    adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (self->verdicts), hit->verdict);
  if (hit->reason != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reason_row), hit->reason);
  gtk_widget_set_sensitive (self->verdicts, !read_only);
  gtk_editable_set_editable (GTK_EDITABLE (self->reason_row), !read_only);
  gtk_widget_set_visible (self->record_button, !read_only);
  update (self);

  return GTK_WIDGET (self);
}

gboolean
probity_hit_group_is_assessed (ProbityHitGroup *self)
{
  g_return_val_if_fail (PROBITY_IS_HIT_GROUP (self), FALSE);

  return self->assessed;
}
