/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exhibit-dialogs.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-format.h"
#include "probity-reply.h"
#include "probity-step-dialog.h"
#include "probity-toast.h"

/* One thing on its way, held by the dialog that asks about it. */
typedef struct
{
  ProbityExhibitsGroup *group;
  ProbityExhibit       *exhibit;
  GFile                *file;
  ProbityProgress      *progress;
  GCancellable         *cancellable;
} Work;

static Work *
work_new (ProbityExhibitsGroup *group,
          ProbityExhibit       *exhibit,
          GFile                *file)
{
  Work *work = g_atomic_rc_box_new0 (Work);

  work->group = g_object_ref (group);
  work->exhibit = exhibit != NULL ? probity_exhibit_copy (exhibit) : NULL;
  work->file = file != NULL ? g_object_ref (file) : NULL;
  work->progress = probity_progress_new ();
  work->cancellable = g_cancellable_new ();

  return work;
}

static void
clear_work (gpointer data)
{
  Work *work = data;

  g_object_unref (work->group);
  g_clear_pointer (&work->exhibit, probity_exhibit_free);
  g_clear_object (&work->file);
  probity_progress_unref (work->progress);
  g_object_unref (work->cancellable);
}

static void
work_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_work);
}

static void
taken_cb (ProbityExhibitsGroup *group)
{
  probity_exhibits_group_reload (group);
}

static void
present (Work              *work,
         ProbityStepDialog *dialog,
         ProbityStepFunc    step)
{
  probity_step_dialog_set_step (dialog, step, work, work_unref);
  g_signal_connect_object (dialog, "taken", G_CALLBACK (taken_cb), work->group, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (work->group));
}

/* --- Taking in --- */

static void
set_day (ProbityValues *values,
         const char    *text,
         GError       **error)
{
  g_autofree char *iso = *text != '\0' ? probity_format_read_day (text, error) : NULL;

  probity_values_set (values, "received", iso);
}

static DexFuture *
take_in_step (ProbityStepDialog *dialog,
              gpointer           data)
{
  static const char *const fields[] = { "description", "received_from", "place", "initials" };
  Work                    *work = data;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *name = g_file_get_basename (work->file);
  g_autofree char *text = g_strdup_printf (_ ("Taking in %s"), name);
  GError          *error = NULL;

  set_day (values, probity_step_dialog_get (dialog, "received"), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    probity_values_set (values, fields[i], probity_step_dialog_get (dialog, fields[i]));

  return probity_exhibits_group_follow (work->group,
                                        text,
                                        work->progress,
                                        work->cancellable,
                                        probity_exhibit_add (probity_exhibits_group_get_session (work->group), probity_exhibits_group_get_case (work->group), work->file, values, work->progress, work->cancellable));
}

void
probity_exhibit_take_in (ProbityExhibitsGroup *group,
                         GFile                *file)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (probity_exhibits_group_get_session (group), _ ("Take In an Exhibit"), _ ("_Take In"));
  g_autofree char   *name = g_file_get_basename (file);
  g_autofree char   *valid = g_utf8_make_valid (name, -1);
  g_autofree char   *note = g_strdup_printf (_ ("“%s” is copied into the casebook and encrypted. What you say of it here cannot be changed later."), valid);

  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_add_text (dialog, "description", _ ("What it is"), NULL, 1, TRUE);
  probity_step_dialog_add_text (dialog, "received", _ ("Day it was seized or received"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "received_from", _ ("From whom"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "place", _ ("Where"), NULL, 1, FALSE);
  probity_step_dialog_add_text (dialog, "initials", _ ("Initials of who found it, if not yours"), NULL, 1, FALSE);
  present (work_new (group, NULL, file), dialog, take_in_step);
}

/* --- Giving out --- */

static DexFuture *
copy_step (ProbityStepDialog *dialog,
           gpointer           data)
{
  Work            *work = data;
  g_autofree char *text = g_strdup_printf (_ ("Copying %s"), work->exhibit->reference);

  return probity_exhibits_group_follow (work->group,
                                        text,
                                        work->progress,
                                        work->cancellable,
                                        probity_exhibit_export (probity_exhibits_group_get_session (work->group),
                                                                work->exhibit->case_reference,
                                                                work->exhibit->reference,
                                                                work->file,
                                                                probity_step_dialog_get (dialog, "to"),
                                                                probity_step_dialog_get (dialog, "reason"),
                                                                work->progress,
                                                                work->cancellable));
}

static void
copy_chosen_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  Work              *work = data;
  ProbityStepDialog *dialog;

  work->file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  if (work->file == NULL || gtk_widget_get_root (GTK_WIDGET (work->group)) == NULL)
    {
      work_unref (work);
      return;
    }

  dialog = probity_step_dialog_new (probity_exhibits_group_get_session (work->group), _ ("Give Out a Copy"), _ ("_Give Out"));
  probity_step_dialog_set_note (dialog, _ ("The copy is not encrypted. Who gets it, and why, is logged as a disclosure and in the exhibit’s continuity."));
  probity_step_dialog_add_text (dialog, "to", _ ("To whom"), NULL, 1, TRUE);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 3, TRUE);
  present (work, dialog, copy_step);
}

void
probity_exhibit_save_copy (ProbityExhibitsGroup *group,
                           ProbityExhibit       *exhibit)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Give Out a Copy"));
  gtk_file_dialog_set_initial_name (dialog, exhibit->file_name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (group))), NULL, copy_chosen_cb, work_new (group, exhibit, NULL));
}

static void
launched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (ProbityExhibitsGroup) group = data;
  g_autoptr (GError) error = NULL;

  if (gtk_file_launcher_launch_finish (GTK_FILE_LAUNCHER (source), result, &error))
    return;

  /* Nobody is there to read it, so that it need not lie there until the session ends. */
  probity_exhibit_discard_outside (gtk_file_launcher_get_file (GTK_FILE_LAUNCHER (source)));
  if (gtk_widget_get_root (GTK_WIDGET (group)) == NULL)
    return;
  if (g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    probity_toast (GTK_WIDGET (group), _ ("No program was chosen. The copy was removed."));
  else
    probity_alert (GTK_WIDGET (group), _ ("No Program Opened It"), _ ("This computer has no program that opens such a file. The copy was removed; what was recorded of it stays in the exhibit’s continuity."));
}

static DexFuture *
copied_cb (DexFuture *future,
           gpointer   data)
{
  Work *work = data;
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (g_value_get_object (dex_future_get_value (future, NULL)));

  gtk_file_launcher_set_always_ask (launcher, TRUE);
  gtk_file_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (work->group))), NULL, launched_cb, g_object_ref (work->group));

  return dex_future_new_true ();
}

static DexFuture *
launch_step (ProbityStepDialog *dialog,
             gpointer           data)
{
  Work            *work = data;
  g_autofree char *text = g_strdup_printf (_ ("Copying %s"), work->exhibit->reference);
  DexFuture       *future = probity_exhibit_open_outside (probity_exhibits_group_get_session (work->group),
                                                    work->exhibit->case_reference,
                                                    work->exhibit->reference,
                                                    probity_step_dialog_get (dialog, "reason"),
                                                    work->progress,
                                                    work->cancellable);

  return dex_future_then (probity_exhibits_group_follow (work->group, text, work->progress, work->cancellable, future), copied_cb, g_atomic_rc_box_acquire (work), work_unref);
}

void
probity_exhibit_launch (ProbityExhibitsGroup *group,
                        ProbityExhibit       *exhibit)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (probity_exhibits_group_get_session (group), _ ("Open With Another Program"), _ ("_Open"));

  probity_step_dialog_set_note (dialog, _ ("The other program gets a copy that is not encrypted. It is removed when you lock or sign out, but the program may keep what it read. This is logged as a disclosure."));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 3, TRUE);
  present (work_new (group, exhibit, NULL), dialog, launch_step);
}

/* --- Proving and moving --- */

static void
proved_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityExhibitsGroup *group = object;
  const char           *state = value != NULL ? g_value_get_string (value) : NULL;

  if (error != NULL)
    probity_toast_error (GTK_WIDGET (group), error);
  else if (g_strcmp0 (state, "whole") == 0)
    probity_toast (GTK_WIDGET (group), _ ("The exhibit is what was taken in."));
  else
    probity_alert (GTK_WIDGET (group),
                   g_strcmp0 (state, "missing") == 0 ? _ ("The Exhibit’s File Is Missing") : _ ("The Exhibit Is Not What Was Taken In"),
                   _ ("This has been recorded in its continuity. Restore the file from a backup, or take the original in again: the same content becomes whole again."));
  probity_exhibits_group_reload (group);
}

void
probity_exhibit_prove (ProbityExhibitsGroup *group,
                       ProbityExhibit       *exhibit)
{
  g_autoptr (ProbityProgress) progress = probity_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *text = g_strdup_printf (_ ("Proving %s"), exhibit->reference);
  DexFuture       *future = probity_exhibit_verify (probity_exhibits_group_get_session (group), exhibit->case_reference, exhibit->reference, progress, cancellable);

  probity_reply (probity_exhibits_group_follow (group, text, progress, cancellable, future), group, proved_cb);
}

static DexFuture *
move_step (ProbityStepDialog *dialog,
           gpointer           data)
{
  Work *work = data;

  return probity_exhibit_move (probity_exhibits_group_get_session (work->group),
                               work->exhibit->case_reference,
                               work->exhibit->reference,
                               probity_step_dialog_get (dialog, "to"),
                               probity_step_dialog_get (dialog, "reason"));
}

void
probity_exhibit_record_move (ProbityExhibitsGroup *group,
                             ProbityExhibit       *exhibit)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (probity_exhibits_group_get_session (group), _ ("Record a Move"), _ ("_Record"));

  probity_step_dialog_set_note (dialog, _ ("For the thing itself, or who answers for it. The copy in the casebook stays where it is."));
  probity_step_dialog_add_text (dialog, "to", _ ("Where to, or to whom"), NULL, 1, TRUE);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 3, TRUE);
  present (work_new (group, exhibit, NULL), dialog, move_step);
}

/* --- Continuity --- */

static const char *
get_action_words (const char *action)
{
  if (g_str_equal (action, "taken-in"))
    return _ ("Taken in");
  if (g_str_equal (action, "viewed"))
    return _ ("Viewed");
  if (g_str_equal (action, "verified"))
    return _ ("Proved");
  if (g_str_equal (action, "disclosed"))
    return _ ("Given out");
  if (g_str_equal (action, "moved"))
    return _ ("Moved");

  return action;
}

static char *
dup_words (ProbityContinuityItem *item)
{
  if (g_str_equal (item->action, "taken-in") && item->detail != NULL)
    /* Translators: of an exhibit: from whom it came */
    return g_strdup_printf (_ ("Taken in from %s"), item->detail);
  if (g_str_equal (item->action, "disclosed") && item->detail != NULL)
    /* Translators: of an exhibit: who got a copy */
    return g_strdup_printf (_ ("Given out to %s"), item->detail);
  if (g_str_equal (item->action, "moved") && item->detail != NULL)
    /* Translators: of an exhibit: where, or in whose hands, it is now */
    return g_strdup_printf (_ ("Moved: %s"), item->detail);
  if (g_strcmp0 (item->detail, "whole") == 0)
    return g_strdup (_ ("Proved: it is what was taken in"));
  if (g_strcmp0 (item->detail, "missing") == 0)
    return g_strdup (_ ("Proved: its file is missing"));
  if (g_strcmp0 (item->detail, "damaged") == 0)
    return g_strdup (_ ("Proved: it is not what was taken in"));

  return g_strdup (get_action_words (item->action));
}

static void
continuity_loaded_cb (gpointer      object,
                      const GValue *value,
                      const GError *error)
{
  AdwPreferencesGroup *group = object;
  GPtrArray           *items = value != NULL ? g_value_get_boxed (value) : NULL;

  if (error != NULL)
    probity_toast_error (GTK_WIDGET (group), error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      ProbityContinuityItem *item = g_ptr_array_index (items, i);
      g_autofree char       *when = probity_format_instant (item->at);
      g_autofree char       *title = dup_words (item);
      g_autofree char       *subtitle = g_strdup_printf ("%s, %s%s%s", item->who, when, item->reason != NULL ? "\n" : "", item->reason != NULL ? item->reason : "");
      GtkWidget             *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      adw_preferences_group_add (group, row);
    }
}

static void
add_property (AdwPreferencesGroup *group,
              const char          *label,
              const char          *value)
{
  GtkWidget *row;

  if (value == NULL)
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (group, row);
}

/* Pango would put hyphens into it where it wraps. */
static void
add_digest (AdwPreferencesGroup *group,
            const char          *sha256)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (_ ("SHA-256 when it was taken in"));
  GtkWidget *value = gtk_label_new (sha256);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (value), attributes);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "dimmed");
  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (value, "monospace");
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), value);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gtk_label_get_label (GTK_LABEL (title)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  adw_preferences_group_add (group, row);
}

void
probity_exhibit_show_continuity (ProbityExhibitsGroup *group,
                                 ProbityExhibit       *exhibit)
{
  AdwDialog       *dialog = adw_dialog_new ();
  GtkWidget       *view = adw_toolbar_view_new ();
  GtkWidget       *page = adw_preferences_page_new ();
  GtkWidget       *about = adw_preferences_group_new ();
  GtkWidget       *course = adw_preferences_group_new ();
  g_autofree char *received = strlen (exhibit->received) > 10 ? probity_format_instant (exhibit->received) : probity_format_day (exhibit->received);
  g_autofree char *size = g_format_size_full ((guint64) exhibit->size, G_FORMAT_SIZE_LONG_FORMAT);

  adw_dialog_set_title (dialog, exhibit->reference);
  adw_dialog_set_content_width (dialog, 560);
  adw_dialog_set_content_height (dialog, 640);
  add_property (ADW_PREFERENCES_GROUP (about), _ ("What it is"), exhibit->description);
  add_property (ADW_PREFERENCES_GROUP (about), _ ("File"), exhibit->file_name);
  add_property (ADW_PREFERENCES_GROUP (about), _ ("Size"), size);
  add_digest (ADW_PREFERENCES_GROUP (about), exhibit->sha256);
  add_property (ADW_PREFERENCES_GROUP (about), _ ("Received"), received);
  add_property (ADW_PREFERENCES_GROUP (about), _ ("From whom"), exhibit->received_from);
  add_property (ADW_PREFERENCES_GROUP (about), _ ("Where"), exhibit->place);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (course), _ ("Continuity"));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (about));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (course));
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, GTK_WIDGET (group));

  probity_reply (probity_exhibit_load_continuity (probity_exhibits_group_get_session (group), exhibit->case_reference, exhibit->reference), course, continuity_loaded_cb);
}
