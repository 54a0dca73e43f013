/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-document.h"
#include "probity-pdf-lines.h"
#include "probity-pdf-reading.h"
#include "probity-pdf.h"

#include <cairo-pdf.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

/* PDF files are made here, by cairo where it can and by hand where it cannot, and read by the program without rights. */

/* Making -------------------------------------------------------------------------------------------- */

static cairo_status_t
append_cb (void                *data,
           const unsigned char *bytes,
           unsigned int         length)
{
  g_byte_array_append (data, bytes, length);

  return CAIRO_STATUS_SUCCESS;
}

/* A page for each of @pages; its lines are drawn one below the other. */
static GBytes *
make_pdf (const char *const *pages)
{
  GByteArray      *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, 595, 842);
  cairo_t         *cr = cairo_create (surface);

  cairo_select_font_face (cr, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 12);
  for (; *pages != NULL; pages++)
    {
      g_auto (GStrv) lines = g_strsplit (*pages, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        {
          cairo_move_to (cr, 50, 50 + 15 * i);
          cairo_show_text (cr, lines[i]);
        }
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
make_picture (void)
{
  GByteArray      *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, 595, 842);
  cairo_surface_t *scan = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 200, 200);
  cairo_t         *cr = cairo_create (surface);

  cairo_set_source_surface (cr, scan, 50, 50);
  cairo_paint (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (scan);
  cairo_surface_destroy (surface);

  return g_byte_array_free_to_bytes (bytes);
}

/* A file of the objects @bodies, numbered from 1; the first is the catalogue. */
static GBytes *
assemble (GPtrArray  *bodies,
          const char *trailer)
{
  GString *file = g_string_new ("%PDF-1.7\n");
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (gsize));
  gsize start;

  for (guint i = 0; i < bodies->len; i++)
    {
      g_array_append_val (offsets, file->len);
      g_string_append_printf (file, "%u 0 obj\n%s\nendobj\n", i + 1, (const char *) g_ptr_array_index (bodies, i));
    }
  start = file->len;
  g_string_append_printf (file, "xref\n0 %u\n0000000000 65535 f \n", bodies->len + 1);
  for (guint i = 0; i < offsets->len; i++)
    g_string_append_printf (file, "%010zu 00000 n \n", g_array_index (offsets, gsize, i));
  g_string_append_printf (file, "trailer\n<</Size %u/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", bodies->len + 1, trailer, start);

  return g_string_free_to_bytes (file);
}

static void
add_object (GPtrArray  *bodies,
            const char *format,
            ...) G_GNUC_PRINTF (2, 3);

static void
add_object (GPtrArray  *bodies,
            const char *format,
            ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (bodies, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* @n pages that all say the same: @content. */
static GBytes *
make_by_hand (guint       n,
              const char *content,
              const char *trailer)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) kids = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (kids, "%u 0 R ", i + 6);
  add_object (bodies, "<</Type/Catalog/Pages 2 0 R>>");
  add_object (bodies, "<</Type/Pages/Count %u/Kids[%s]>>", n, kids->str);
  add_object (bodies, "<</Length %zu>>\nstream\n%s\nendstream", strlen (content), content);
  add_object (bodies, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
  /* What a passphrase is asked for with: this one is of no passphrase that anybody has. */
  add_object (bodies, "<</Filter/Standard/V 1/R 2/P -4/O<%064x>/U<%064x>>>", 1, 2);
  for (guint i = 0; i < n; i++)
    add_object (bodies, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9000 9000]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>");

  return assemble (bodies, trailer);
}

/* A page that draws forms which draw forms, each the next one ten times: more than any computer comes to the end of. */
static GBytes *
make_endless (void)
{
  g_autoptr (GPtrArray) bodies = g_ptr_array_new_with_free_func (g_free);
  static const char content[] = "/F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do /F Do";

  add_object (bodies, "<</Type/Catalog/Pages 2 0 R>>");
  add_object (bodies, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  add_object (bodies, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 900]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>");
  add_object (bodies, "<</Length %zu>>\nstream\n%s\nendstream", strlen (content), content);
  for (guint i = 5; i < 17; i++)
    add_object (bodies, "<</Type/XObject/Subtype/Form/BBox[0 0 900 900]/Resources<</XObject<</F %u 0 R>>>>/Length %zu>>\nstream\n%s\nendstream", i + 1, strlen (content), content);
  add_object (bodies, "<</Type/XObject/Subtype/Form/BBox[0 0 900 900]/Length 0>>\nstream\n\nendstream");

  return assemble (bodies, "");
}

static char *
dup_lines (guint n)
{
  GString *content = g_string_new ("BT /F 6 Tf 10 8900 Td ");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (content, "0 -8 Td (%04u said a constable of the division, who did not wish to be named in the newspaper) Tj\n", i);
  g_string_append (content, "ET");

  return g_string_free_and_steal (content);
}

/* Reading ------------------------------------------------------------------------------------------- */

static void
assert_reads (GBytes     *pdf,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = probity_pdf_read_text (pdf, "article.pdf", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_refused (GBytes *pdf,
                int     code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = probity_pdf_read_text (pdf, "article.pdf", NULL, &error);

  g_assert_null (text);
  g_assert_error (error, PROBITY_DOCUMENT_ERROR, code);
  g_assert_true (g_str_has_prefix (error->message, "article.pdf: "));
}

static void
test_words (void)
{
  static const char *const pages[] = { "Sgt Aileen\nMarsh met Ann Smith-\nJones, an investi-\ngator, in the ofﬁce.", "Siân Farouk", NULL };
  g_autoptr (GBytes) pdf = make_pdf (pages);

  g_test_summary ("Names over two lines, divided words and ligatures are read as a person reads them");

  assert_reads (pdf, "Sgt Aileen\nMarsh met Ann Smith-Jones, an investigator, in the office.\n\nSiân Farouk\n");
}

static void
test_lines (void)
{
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "a well-\nknown", "a wellknown\n" },
    { "Smith- \n Jones", "Smith-Jones\n" },
    { "inves\xc2\xad\ntigation", "investigation\n" },
    { "inves\xc2\xadtigation", "investigation\n" },
    { "O\xe2\x80\x90\nBrien", "O-Brien\n" },
    { "1990-\n1991 -\nand", "1990-\n1991 -\nand\n" },
    { "-", "-\n" },
    { "a-\n", "a-\n" },
    { "\xef\xac\x83"
      "e\x01\x7f"
      "\t",
      "ffie  \t\n" },
    { "", "" },
  };

  g_test_summary ("What is made of the ends of lines, of ligatures and control characters");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) lines = g_string_new (NULL);

      probity_pdf_lines_append (lines, cases[i].text);
      g_assert_cmpstr (lines->str, ==, cases[i].expected);
    }
}

static void
test_refused (void)
{
  static const char garbage[] = "%PDF-1.7\nnothing of this is an object \xff\xfe\x00 <</Type";
  g_autoptr (GBytes) encrypted = make_by_hand (1, "BT ET", "/Encrypt 5 0 R/ID[<00><00>]");
  g_autoptr (GBytes) junk = g_bytes_new_static (garbage, sizeof garbage);
  g_autoptr (GBytes) picture = make_picture ();
  g_autoptr (GBytes) blank = make_by_hand (3, "BT ET", "");

  g_test_summary ("What cannot be read is refused by its reason");

  assert_refused (encrypted, PROBITY_DOCUMENT_ERROR_ENCRYPTED);
  assert_refused (junk, PROBITY_DOCUMENT_ERROR_DAMAGED);
  assert_refused (picture, PROBITY_DOCUMENT_ERROR_NO_TEXT);
  assert_refused (blank, PROBITY_DOCUMENT_ERROR_NO_TEXT);
}

static void
test_too_much (void)
{
  g_autofree char *content = dup_lines (400);
  g_autoptr (GBytes) one = make_by_hand (1, content, "");
  g_autoptr (GBytes) many = make_by_hand (200, content, "");
  g_autofree char *text = probity_pdf_read_text (one, "one.pdf", NULL, NULL);

  g_test_summary ("A small file whose text goes on and on is left at the limit");

  g_assert_nonnull (text);
  g_assert_cmpuint (strlen (text), >, PROBITY_DOCUMENT_MAX_TEXT / 200);
  g_assert_cmpuint (g_bytes_get_size (many), <, 128 * 1024);
  assert_refused (many, PROBITY_DOCUMENT_ERROR_TOO_LARGE);
}

static void
test_damage (void)
{
  static const char *const pages[] = { "A sentence about PC Marsh.", NULL };
  g_autoptr (GBytes) pdf = make_pdf (pages);
  const gsize size = g_bytes_get_size (pdf);

  g_test_summary ("Cut anywhere, it is read or refused");

  for (guint i = 0; i < 16; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (pdf, 0, size * i / 16);
      g_autoptr (GError) error = NULL;
      g_autofree char *text = probity_pdf_read_text (cut, "cut.pdf", NULL, &error);

      g_assert_true ((text == NULL) == (error != NULL));
      g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
      g_assert_true (error == NULL || (error->domain == PROBITY_DOCUMENT_ERROR && error->code != PROBITY_DOCUMENT_ERROR_UNAVAILABLE));
    }
}

static gpointer
cancel_thread (gpointer data)
{
  g_usleep (50 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancelled (void)
{
  g_autoptr (GBytes) endless = make_endless ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  g_test_summary ("It can be given up, before and while it is read, and leaves no process");

  thread = g_thread_new ("cancel", cancel_thread, cancellable);
  g_assert_null (probity_pdf_read_text (endless, "endless.pdf", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_clear_error (&error);
  g_assert_null (probity_pdf_read_text (endless, "endless.pdf", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
}

static void
test_judged (void)
{
  static const struct
  {
    ProbityPdfEnd end;
    int           status;
    const char   *output;
    int           code;
  } cases[] = {
    { PROBITY_PDF_END_EXIT, W_EXITCODE (0, 0), "text", -1 },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (0, 0), "\xff", PROBITY_DOCUMENT_ERROR_DAMAGED },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (1, 0), "text", PROBITY_DOCUMENT_ERROR_DAMAGED },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (PROBITY_PDF_READING_FAILED, 0), "text", PROBITY_DOCUMENT_ERROR_UNAVAILABLE },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (127, 0), "", PROBITY_DOCUMENT_ERROR_UNAVAILABLE },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (PROBITY_PDF_READING_NO_TEXT, 0), "", PROBITY_DOCUMENT_ERROR_NO_TEXT },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (0, SIGSEGV), "text", PROBITY_DOCUMENT_ERROR_DAMAGED },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (0, SIGSYS), "text", PROBITY_DOCUMENT_ERROR_DAMAGED },
    { PROBITY_PDF_END_EXIT, W_EXITCODE (0, SIGXCPU), "text", PROBITY_DOCUMENT_ERROR_TIME },
    { PROBITY_PDF_END_TIME, W_EXITCODE (0, 0), "text", PROBITY_DOCUMENT_ERROR_TIME },
    { PROBITY_PDF_END_TOO_MUCH, W_EXITCODE (0, SIGKILL), "text", PROBITY_DOCUMENT_ERROR_TOO_LARGE },
  };

  g_test_summary ("What the program left is not taken on trust");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = probity_pdf_judge (cases[i].end, cases[i].status, cases[i].output, strlen (cases[i].output), "file", &error);

      g_assert_cmpint (error != NULL ? error->code : -1, ==, cases[i].code);
      g_assert_cmpstr (text, ==, cases[i].code == -1 ? cases[i].output : NULL);
    }
}

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      data)
{
  ProbityDocument **document = data;
  g_autoptr (GError) error = NULL;

  *document = probity_document_load_finish (G_FILE (object), result, &error);
  g_assert_no_error (error);
}

static void
test_loaded (void)
{
  static const char *const pages[] = { "PC Marsh", NULL };
  g_autoptr (GBytes) pdf = make_pdf (pages);
  g_autoptr (GFileIOStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_tmp ("article-XXXXXX.pdf", &stream, NULL);
  g_autoptr (ProbityDocument) document = NULL;
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, pdf);
  g_autofree char *label = NULL;

  g_test_summary ("A file is read without blocking, and the digest is of its bytes");

  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)), g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf), NULL, NULL, NULL));
  probity_document_load_async (file, NULL, loaded_cb, &document);
  while (document == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (document->text, ==, "PC Marsh\n");
  g_assert_cmpstr (document->digest, ==, digest);
  label = probity_document_dup_label (document);
  g_assert_nonnull (strstr (label, digest));
  g_file_delete (file, NULL, NULL);
}

static void
test_without_words (void)
{
  static const struct
  {
    const char *content;
    int         code;
  } files[] = { { "", PROBITY_DOCUMENT_ERROR_EMPTY }, { " \n\t\n", PROBITY_DOCUMENT_ERROR_NO_TEXT }, { "\xef\xbb\xbf", PROBITY_DOCUMENT_ERROR_NO_TEXT } };

  g_test_summary ("A file without a byte, and one without a word, are refused by their reasons");

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GFileIOStream) stream = NULL;
      g_autoptr (GFile) file = g_file_new_tmp ("nothing-XXXXXX.txt", &stream, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (stream)), files[i].content, strlen (files[i].content), NULL, NULL, NULL));
      g_assert_null (probity_document_load (file, NULL, &error));
      g_assert_error (error, PROBITY_DOCUMENT_ERROR, files[i].code);
      g_file_delete (file, NULL, NULL);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pdf/words", test_words);
  g_test_add_func ("/pdf/without words", test_without_words);
  g_test_add_func ("/pdf/lines", test_lines);
  g_test_add_func ("/pdf/refused by reason", test_refused);
  g_test_add_func ("/pdf/too much", test_too_much);
  g_test_add_func ("/pdf/damage", test_damage);
  g_test_add_func ("/pdf/cancelled", test_cancelled);
  g_test_add_func ("/pdf/judged", test_judged);
  g_test_add_func ("/pdf/loaded", test_loaded);

  return g_test_run ();
}
