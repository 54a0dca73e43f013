/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-check-dialog.h"
#include "probity-errors.h"
#include "probity-format.h"
#include "probity-hit-group.h"
#include "probity-profile.h"
#include "probity-reply.h"
#include "probity-toast.h"

struct _ProbityCheckDialog
{
  AdwDialog parent_instance;

  ProbitySession  *session;
  char            *reference;
  char            *subject; /* uid; NULL for an applicant */
  ProbityCheckKind kind;
  ProbityCheck    *check;
  GPtrArray       *hits;      /* ProbityHitGroup */
  GPtrArray       *systems;   /* AdwEntryRow, named as the system */
  gboolean         may_check; /* otherwise it is only read */
  gboolean         busy;

  AdwWindowTitle *window_title;
  GtkWidget      *search_button;
  GtkStack       *stack;
  AdwStatusPage  *failed_page;
  GtkLabel       *summary_label;
  GtkWidget      *hits_box;
  GtkWidget      *systems_group;
  GtkWidget      *result_group;
  GtkCheckButton *no_concern_button;
  GtkCheckButton *concern_button;
  GtkWidget      *bottom_bar;
  GtkLabel       *missing_label;
  GtkWidget      *publish_button;
};

G_DEFINE_FINAL_TYPE (ProbityCheckDialog, probity_check_dialog, ADW_TYPE_DIALOG)

static gboolean
is_published (ProbityCheckDialog *self)
{
  return self->check != NULL && self->check->published != NULL;
}

static gboolean
is_read_only (ProbityCheckDialog *self)
{
  return !self->may_check || is_published (self);
}

static guint
count_unassessed (ProbityCheckDialog *self)
{
  guint n = 0;

  for (guint i = 0; i < self->hits->len; i++)
    if (!probity_hit_group_is_assessed (g_ptr_array_index (self->hits, i)))
      n++;
  return n;
}

static const char *
get_recorded (ProbityCheckDialog *self,
              const char         *system)
{
  for (guint i = 0; self->check->searched != NULL && i < self->check->searched->len; i++)
    {
      const char *searched = g_ptr_array_index (self->check->searched, i);

      if (g_str_has_prefix (searched, system) && searched[strlen (system)] == '=')
        return searched + strlen (system) + 1;
    }
  return "";
}

static gboolean
is_anything_typed (ProbityCheckDialog *self)
{
  for (guint i = 0; i < self->systems->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->systems, i);

      if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), get_recorded (self, g_object_get_data (G_OBJECT (row), "system"))))
        return TRUE;
    }
  return FALSE;
}

static void
update (ProbityCheckDialog *self)
{
  guint            n_open = count_unassessed (self);
  gboolean         chosen = gtk_check_button_get_active (self->no_concern_button) || gtk_check_button_get_active (self->concern_button);
  g_autofree char *missing = NULL;

  if (n_open > 0)
    missing = g_strdup_printf (ngettext ("%u record has no verdict yet", "%u records have no verdict yet", n_open), n_open);
  else if (!chosen)
    missing = g_strdup (_ ("Choose the result"));
  gtk_label_set_label (self->missing_label, missing != NULL ? missing : _ ("The result is signed with your account."));
  gtk_widget_set_sensitive (self->publish_button, missing == NULL && !self->busy);
  gtk_widget_set_visible (self->bottom_bar, self->check != NULL && !is_read_only (self));
  gtk_widget_set_sensitive (self->result_group, !is_read_only (self));
  gtk_widget_set_visible (self->result_group, !is_read_only (self) || is_published (self));
  gtk_widget_set_visible (self->search_button, self->may_check);
  gtk_widget_set_sensitive (self->search_button, !self->busy);
  /* What was found elsewhere is written when the check is published; verdicts are kept at once. */
  adw_dialog_set_can_close (ADW_DIALOG (self), is_read_only (self) || !is_anything_typed (self));
}

static void
show_systems (ProbityCheckDialog *self)
{
  g_autofree char *list = g_strconcat ("other-systems-", probity_check_kind_to_string (self->kind), NULL);
  ProbityProfile  *profile = probity_session_get_profile (self->session);
  g_auto (GStrv) systems = probity_profile_dup_list (profile, list);
  g_autoptr (GHashTable) typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gboolean any = FALSE;

  for (guint i = 0; !is_read_only (self) && i < self->systems->len; i++)
    g_hash_table_insert (typed, g_strdup (g_object_get_data (g_ptr_array_index (self->systems, i), "system")), g_strdup (gtk_editable_get_text (g_ptr_array_index (self->systems, i))));
  for (guint i = 0; i < self->systems->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->systems_group), g_ptr_array_index (self->systems, i));
  g_ptr_array_set_size (self->systems, 0);

  for (guint i = 0; systems != NULL && systems[i] != NULL; i++)
    {
      GtkWidget  *row = adw_entry_row_new ();
      const char *text = g_hash_table_lookup (typed, systems[i]);

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), probity_profile_get_label (profile, list, systems[i]));
      g_object_set_data_full (G_OBJECT (row), "system", g_strdup (systems[i]), g_free);
      /* What was typed stays when the records are searched again. */
      gtk_editable_set_text (GTK_EDITABLE (row), text != NULL && *text != '\0' ? text : get_recorded (self, systems[i]));
      gtk_editable_set_editable (GTK_EDITABLE (row), !is_read_only (self));
      /* What was not searched is only a question for whoever searches. */
      gtk_widget_set_visible (row, !is_read_only (self) || *gtk_editable_get_text (GTK_EDITABLE (row)) != '\0');
      any |= gtk_widget_get_visible (row);
      g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->systems, row);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->systems_group), row);
    }
  gtk_widget_set_visible (self->systems_group, any);
}

static void
show_hits (ProbityCheckDialog *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->hits_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->hits_box), child);
  g_ptr_array_set_size (self->hits, 0);

  for (guint i = 0; i < self->check->hits->len; i++)
    {
      GtkWidget *group = probity_hit_group_new (self->session, self->reference, g_ptr_array_index (self->check->hits, i), is_read_only (self));

      g_signal_connect_object (group, "assessed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_ptr_array_add (self->hits, group);
      gtk_box_append (GTK_BOX (self->hits_box), group);
    }
}

static void
show_check (ProbityCheckDialog *self)
{
  g_autofree char *when = probity_format_instant (is_published (self) ? self->check->published : self->check->started);
  g_autofree char *found = NULL;
  g_autofree char *summary = NULL;
  guint            n_hits = self->check->hits->len;

  /* Never worded as "clear": that nothing was found says nothing of what is not recorded. */
  if (n_hits == 0)
    found = g_strdup (_ ("No matching record was found in what your keys open."));
  else
    found = g_strdup_printf (self->subject != NULL ? ngettext ("%u record was found that may be about the subject.", "%u records were found that may be about the subject.", n_hits)
                                                   : ngettext ("%u record was found that may be about the applicant.", "%u records were found that may be about the applicant.", n_hits),
                             n_hits);
  if (is_published (self))
    /* Translators: when, then what was found. */
    summary = g_strdup_printf (_ ("Published %s. %s"), when, found);
  else if (!self->may_check)
    /* Translators: when, then what was found. */
    summary = g_strdup_printf (_ ("Begun %s, not published yet. %s"), when, found);
  else
    summary = g_strdup_printf (_ ("Begun %s. %s"), when, found);
  gtk_label_set_label (self->summary_label, summary);

  if (self->check->result != NULL)
    gtk_check_button_set_active (g_str_equal (self->check->result, "concern") ? self->concern_button : self->no_concern_button, TRUE);
  show_hits (self);
  show_systems (self);
  gtk_stack_set_visible_child_name (self->stack, "check");
  update (self);
}

static void
check_ready_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  ProbityCheckDialog *self = object;

  self->busy = FALSE;
  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      adw_status_page_set_description (self->failed_page, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      update (self);
      return;
    }
  g_clear_pointer (&self->check, probity_check_free);
  self->check = g_value_dup_boxed (value);
  show_check (self);
}

static void
search (ProbityCheckDialog *self)
{
  self->busy = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "searching");
  update (self);
  probity_reply (probity_check_run (self->session, self->reference, self->subject, self->kind), self, check_ready_cb);
}

/* A published check is shown as it was published; an open one, or one that no longer counts, is searched again. */
static void
check_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbityCheckDialog *self = object;
  ProbityCheck       *check = value != NULL ? g_value_get_boxed (value) : NULL;

  if (error == NULL && self->may_check && (check == NULL || check->published == NULL || check->stale))
    {
      search (self);
      return;
    }
  if (error == NULL && check == NULL)
    {
      self->busy = FALSE;
      adw_status_page_set_icon_name (self->failed_page, "system-search-symbolic");
      adw_status_page_set_title (self->failed_page, _ ("Not Begun"));
      adw_status_page_set_description (self->failed_page, _ ("Nobody has made this check yet."));
      gtk_stack_set_visible_child_name (self->stack, "failed");
      update (self);
      return;
    }
  check_ready_cb (object, value, error);
}

static void
search_clicked_cb (ProbityCheckDialog *self)
{
  search (self);
}

static void
result_toggled_cb (ProbityCheckDialog *self)
{
  update (self);
}

static void
published_cb (gpointer      object,
              const GValue *value,
              const GError *error)
{
  ProbityCheckDialog *self = object;

  self->busy = FALSE;
  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
      update (self);
      return;
    }
  adw_dialog_force_close (ADW_DIALOG (self));
}

static void
publish_clicked_cb (ProbityCheckDialog *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) searched = NULL;

  for (guint i = 0; i < self->systems->len; i++)
    {
      GtkWidget  *row = g_ptr_array_index (self->systems, i);
      const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

      if (*text != '\0')
        g_strv_builder_take (builder, g_strdup_printf ("%s=%s", (char *) g_object_get_data (G_OBJECT (row), "system"), text));
    }
  searched = g_strv_builder_end (builder);

  self->busy = TRUE;
  update (self);
  probity_reply (probity_check_publish (self->session, self->reference, self->subject, self->kind, gtk_check_button_get_active (self->concern_button), (const char *const *) searched),
                 self,
                 published_cb);
}

static void
probity_check_dialog_close_attempt (AdwDialog *dialog)
{
  probity_ask_discard (dialog);
}

static void
probity_check_dialog_dispose (GObject *object)
{
  ProbityCheckDialog *self = PROBITY_CHECK_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PROBITY_TYPE_CHECK_DIALOG);
  g_clear_object (&self->session);
  g_clear_pointer (&self->reference, g_free);
  g_clear_pointer (&self->subject, g_free);
  g_clear_pointer (&self->check, probity_check_free);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_clear_pointer (&self->systems, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_check_dialog_parent_class)->dispose (object);
}

static void
probity_check_dialog_class_init (ProbityCheckDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = probity_check_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->close_attempt = probity_check_dialog_close_attempt;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/probity/Probity/ui/checks/probity-check-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, search_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, summary_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, hits_box);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, systems_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, result_group);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, no_concern_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, concern_button);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, bottom_bar);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, missing_label);
  gtk_widget_class_bind_template_child (widget_class, ProbityCheckDialog, publish_button);
  gtk_widget_class_bind_template_callback (widget_class, search_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, result_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, publish_clicked_cb);
}

static void
probity_check_dialog_init (ProbityCheckDialog *self)
{
  self->hits = g_ptr_array_new ();
  self->systems = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static GtkWidget *
make (ProbitySession  *session,
      ProbityRecord   *record,
      const char      *subject,
      const char      *name,
      ProbityCheckKind kind,
      gboolean         may_check)
{
  ProbityCheckDialog *self = g_object_new (PROBITY_TYPE_CHECK_DIALOG, NULL);
  const char         *title = kind == PROBITY_CHECK_COMPLAINTS ? _ ("Complaints Check") : _ ("Intelligence Check");
  g_autofree char    *subtitle = g_strdup_printf ("%s · %s", probity_record_get_reference (record), name != NULL ? name : "");

  self->session = g_object_ref (session);
  self->reference = g_strdup (probity_record_get_reference (record));
  self->subject = g_strdup (subject);
  self->kind = kind;
  self->may_check = may_check;
  adw_dialog_set_title (ADW_DIALOG (self), title);
  adw_window_title_set_title (self->window_title, title);
  adw_window_title_set_subtitle (self->window_title, subtitle);
  self->busy = TRUE;
  update (self);
  probity_reply (probity_check_load (self->session, self->reference, self->subject, self->kind), self, check_loaded_cb);

  return GTK_WIDGET (self);
}

/** For a checker: goes on with the open check or begins one; what is published already is shown first. */
GtkWidget *
probity_check_dialog_new (ProbitySession  *session,
                          ProbityRecord   *record,
                          ProbityCheckKind kind)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  return make (session, record, NULL, probity_record_get (record, "applicant_name"), kind, TRUE);
}

/** For whoever may read the check: shows the newest without searching again. */
GtkWidget *
probity_check_dialog_new_to_read (ProbitySession  *session,
                                  ProbityRecord   *record,
                                  ProbityCheckKind kind)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (record != NULL, NULL);

  return make (session, record, NULL, probity_record_get (record, "applicant_name"), kind, FALSE);
}

/** For a subject of an investigation: as the first where @may_check, else as the second. */
GtkWidget *
probity_check_dialog_new_for_subject (ProbitySession  *session,
                                      ProbityRecord   *record,
                                      const char      *subject,
                                      const char      *name,
                                      ProbityCheckKind kind,
                                      gboolean         may_check)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (record != NULL && subject != NULL, NULL);

  return make (session, record, subject, name, kind, may_check);
}
