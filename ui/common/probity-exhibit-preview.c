/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "probity-blocking.h"
#include "probity-errors.h"
#include "probity-exhibit-dialogs.h"
#include "probity-reply.h"

/*
 * An exhibit shown in the window: decrypted, decoded and shown in memory, never written anywhere. Only
 * formats whose readers are in the toolkit itself, and only of a size that cannot take the machine's memory: a
 * picture says how large it is before it is decoded.
 */

#define MAX_PICTURE_BYTES ((gsize) 32 * 1024 * 1024)
#define MAX_PICTURE_PIXELS ((guint64) 50 * 1000 * 1000)
#define MAX_TEXT_BYTES ((gsize) 1024 * 1024)

typedef struct
{
  char       *name;
  gboolean    is_picture;
  GBytes     *bytes;
  GdkTexture *texture;
} Preview;

static void
clear_preview (gpointer data)
{
  Preview *preview = data;

  g_clear_pointer (&preview->bytes, g_bytes_unref);
  g_clear_object (&preview->texture);
  g_free (preview->name);
}

static void
preview_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_preview);
}

static gboolean
is_picture (ProbityExhibit *exhibit)
{
  return g_str_equal (exhibit->media_type, "image/png") || g_str_equal (exhibit->media_type, "image/jpeg");
}

static gboolean
is_text (ProbityExhibit *exhibit)
{
  return g_str_has_prefix (exhibit->media_type, "text/") || g_str_equal (exhibit->media_type, "application/json") || g_str_equal (exhibit->media_type, "application/xml");
}

gboolean
probity_exhibit_can_show (ProbityExhibit *exhibit)
{
  if (is_picture (exhibit))
    return (guint64) exhibit->size <= MAX_PICTURE_BYTES;

  return is_text (exhibit) && (guint64) exhibit->size <= MAX_TEXT_BYTES;
}

static guint
read_16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

static guint64
read_32 (const guint8 *bytes)
{
  return (guint64) read_16 (bytes) << 16 | read_16 (bytes + 2);
}

/* Walks the segments up to the frame's header (ITU-T T.81, B.2.2). */
static guint64
count_jpeg_pixels (const guint8 *bytes,
                   gsize         length)
{
  gsize at = 2;

  while (at + 9 < length && bytes[at] == 0xff)
    {
      const guint8 marker = bytes[at + 1];

      if (marker == 0xff)
        {
          at++;
          continue;
        }
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc)
        return (guint64) read_16 (bytes + at + 5) * read_16 (bytes + at + 7);
      at += 2;
      if (marker != 0x01 && (marker < 0xd0 || marker > 0xd8))
        at += read_16 (bytes + at);
    }

  return 0;
}

/* 0 where it is neither a PNG nor a JPEG. */
static guint64
count_pixels (GBytes *picture)
{
  gsize         length;
  const guint8 *bytes = g_bytes_get_data (picture, &length);

  if (length >= 24 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0 && memcmp (bytes + 12, "IHDR", 4) == 0)
    return read_32 (bytes + 16) * read_32 (bytes + 20);
  if (length >= 4 && bytes[0] == 0xff && bytes[1] == 0xd8)
    return count_jpeg_pixels (bytes, length);

  return 0;
}

static gboolean
decode_func (gpointer data,
             GError **error)
{
  Preview      *preview = data;
  const guint64 n_pixels = count_pixels (preview->bytes);

  if (n_pixels == 0)
    {
      g_set_error_literal (error, GDK_TEXTURE_ERROR, GDK_TEXTURE_ERROR_UNSUPPORTED_FORMAT, "Neither a PNG nor a JPEG");
      return FALSE;
    }
  if (n_pixels > MAX_PICTURE_PIXELS)
    {
      g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_TOO_LARGE, "The picture is too large to be shown here");
      return FALSE;
    }
  preview->texture = gdk_texture_new_from_bytes (preview->bytes, error);

  return preview->texture != NULL;
}

/* As programs of the same desktops write text: UTF-8, UTF-16 with its mark at the start, or one byte a letter. */
static char *
dup_text (const char *bytes,
          gsize       length)
{
  const gboolean   is_wide = length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0);
  gsize            n_written = 0;
  g_autofree char *text = NULL;

  if (!g_utf8_validate_len (bytes, length, NULL))
    text = g_convert (bytes, (gssize) length, "UTF-8", is_wide ? "UTF-16" : "WINDOWS-1252", NULL, &n_written, NULL);

  /* By its length: what stands after a NUL is shown too. */
  return g_utf8_make_valid (text != NULL ? text : bytes, (gssize) (text != NULL ? n_written : length));
}

static GtkWidget *
new_text_view (Preview *preview)
{
  GtkWidget       *scroller = gtk_scrolled_window_new ();
  GtkWidget       *view = gtk_text_view_new ();
  gsize            length;
  const char      *bytes = g_bytes_get_data (preview->bytes, &length);
  g_autofree char *text = dup_text (bytes, length);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
  gtk_text_view_set_editable (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), TRUE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 12);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, preview->name, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);

  return scroller;
}

static GtkWidget *
new_picture (Preview *preview)
{
  GtkWidget *picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (preview->texture));

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_SCALE_DOWN);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), preview->name);

  return picture;
}

static void
shown_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  AdwBin          *bin = object;
  Preview         *preview = g_object_get_data (G_OBJECT (bin), "preview");
  g_autofree char *sentence = NULL;
  GtkWidget       *page;

  if (error == NULL && g_bytes_get_size (preview->bytes) > 0)
    {
      adw_bin_set_child (bin, preview->is_picture ? new_picture (preview) : new_text_view (preview));
      return;
    }

  if (error == NULL)
    sentence = g_strdup (_ ("There is nothing in it: the file was empty when it was taken in."));
  else if (error->domain == GDK_TEXTURE_ERROR)
    sentence = g_strdup (_ ("Its name is that of a picture, but it holds none that can be read: it is something else, or damaged since before it was taken in."));
  else
    sentence = probity_error_dup_sentence (error);
  page = adw_status_page_new ();
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "dialog-warning-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _ ("It Cannot Be Shown Here"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), sentence);
  adw_bin_set_child (bin, page);
}

static DexFuture *
loaded_cb (DexFuture *future,
           gpointer   data)
{
  Preview *preview = data;

  preview->bytes = g_value_dup_boxed (dex_future_get_value (future, NULL));
  if (!preview->is_picture)
    return dex_future_new_true ();

  return probity_run_blocking (decode_func, g_atomic_rc_box_acquire (preview), preview_unref);
}

void
probity_exhibit_show (ProbityExhibitsGroup *group,
                      ProbityExhibit       *exhibit)
{
  AdwDialog       *dialog = adw_dialog_new ();
  GtkWidget       *view = adw_toolbar_view_new ();
  GtkWidget       *bin = adw_bin_new ();
  GtkWidget       *spinner = adw_spinner_new ();
  Preview         *preview = g_atomic_rc_box_new0 (Preview);
  g_autofree char *title = g_strdup_printf ("%s · %s", exhibit->reference, exhibit->description);
  DexFuture       *future;

  preview->name = g_strdup (title);
  preview->is_picture = is_picture (exhibit);
  g_object_set_data_full (G_OBJECT (bin), "preview", preview, preview_unref);

  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, 900);
  adw_dialog_set_content_height (dialog, 700);
  gtk_widget_set_hexpand (bin, TRUE);
  gtk_widget_set_vexpand (bin, TRUE);
  adw_bin_set_child (ADW_BIN (bin), spinner);
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), bin);
  adw_dialog_set_child (dialog, view);
  adw_dialog_present (dialog, GTK_WIDGET (group));

  future = probity_exhibit_load_bytes (probity_exhibits_group_get_session (group), exhibit->case_reference, exhibit->reference, preview->is_picture ? MAX_PICTURE_BYTES : MAX_TEXT_BYTES);
  probity_reply (dex_future_then (future, loaded_cb, g_atomic_rc_box_acquire (preview), preview_unref), bin, shown_cb);
}
