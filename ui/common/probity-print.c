/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-print.h"

#include <glib/gi18n.h>

#include "probity-toast.h"

typedef struct
{
  GtkWidget *parent;
  GBytes    *pages;
  char      *title;
  char      *name;
} Pages;

static Pages *
pages_new (GtkWidget  *parent,
           GBytes     *bytes,
           const char *title,
           const char *name)
{
  Pages *self = g_new0 (Pages, 1);

  self->parent = g_object_ref (parent);
  self->pages = g_bytes_ref (bytes);
  self->title = g_strdup (title);
  self->name = g_strdup (name);
  g_strdelimit (self->name, "/", '-');

  return self;
}

static void
pages_free (Pages *self)
{
  g_object_unref (self->parent);
  g_bytes_unref (self->pages);
  g_free (self->title);
  g_free (self->name);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pages, pages_free)

static GtkWindow *
get_window (Pages *self)
{
  GtkRoot *root = gtk_widget_get_root (self->parent);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* --- To a file --- */

static void
written_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (Pages) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    probity_toast (self->parent, _ ("PDF saved"));
  else
    probity_toast_error (self->parent, error);
}

static void
file_chosen_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (Pages) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);
  GBytes *pages = self->pages;

  if (file != NULL)
    g_file_replace_contents_bytes_async (file, pages, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, written_cb, g_steal_pointer (&self));
}

static void
save (Pages *self /* transfer full */)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, self->title);
  gtk_file_dialog_set_initial_name (dialog, self->name);
  gtk_file_dialog_save (dialog, get_window (self), NULL, file_chosen_cb, self);
}

/* --- To a printer --- */

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Pages) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (object), result, &error))
    probity_toast_error (self->parent, error);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Pages) self = data;
  g_autoptr (GError) error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (object), result, NULL, &error))
    g_output_stream_close_async (G_OUTPUT_STREAM (object), G_PRIORITY_DEFAULT, NULL, closed_cb, g_steal_pointer (&self));
  else
    probity_toast_error (self->parent, error);
}

static void
printer_chosen_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (Pages) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) stream = gtk_print_dialog_print_finish (GTK_PRINT_DIALOG (object), result, &error);
  const void *bytes;
  gsize       size;

  if (stream == NULL)
    {
      if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
        probity_toast_error (self->parent, error);
      return;
    }
  bytes = g_bytes_get_data (self->pages, &size);
  g_output_stream_write_all_async (stream, bytes, size, G_PRIORITY_DEFAULT, NULL, sent_cb, g_steal_pointer (&self));
}

static void
print (Pages *self /* transfer full */)
{
  g_autoptr (GtkPrintDialog) dialog = gtk_print_dialog_new ();

  gtk_print_dialog_set_title (dialog, self->title);
  gtk_print_dialog_print (dialog, get_window (self), NULL, NULL, printer_chosen_cb, self);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Pages) self = data;
  const char *answer = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result);

  if (g_str_equal (answer, "print"))
    print (g_steal_pointer (&self));
  else if (g_str_equal (answer, "save"))
    save (g_steal_pointer (&self));
}

void
probity_print_pages (GtkWidget  *parent,
                     GBytes     *pages,
                     const char *title,
                     const char *name)
{
  AdwDialog *dialog;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (pages != NULL && title != NULL && name != NULL);

  dialog = adw_alert_dialog_new (title, _ ("The pages are ready. That they were made for you is logged as a disclosure."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"), "save", _ ("_Save as PDF…"), "print", _ ("_Print…"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "print", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "print");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "close");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), parent, NULL, answered_cb, pages_new (parent, pages, title, name));
}
