/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-document.h"

#include <string.h>

#define ODT_TYPE "application/vnd.oasis.opendocument.text"
#define CONTENT "<?xml version='1.0'?><office:document-content xmlns:office='o' xmlns:text='t'><office:automatic-styles>no text</office:automatic-styles><office:body><office:text>%s</office:text></office:body></office:document-content>"

/* A zip archive, made by hand. */
typedef struct
{
  GByteArray *bytes;
  GByteArray *list;
  guint       n;
} Zip;

static void
append_16 (GByteArray *bytes,
           guint       value)
{
  guint8 little[2] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (bytes, little, 2);
}

static void
append_32 (GByteArray *bytes,
           guint32     value)
{
  append_16 (bytes, value & 0xffff);
  append_16 (bytes, value >> 16);
}

static GBytes *
deflate (const char *data,
         gsize       size)
{
  g_autoptr (GConverter) converter = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_RAW, 9));
  g_autoptr (GBytes) in = g_bytes_new_static (data, size);

  return g_converter_convert_bytes (converter, in, NULL);
}

static void
add_member (Zip        *zip,
            const char *name,
            const char *data,
            gsize       size,
            gboolean    packed)
{
  g_autoptr (GBytes) content = packed ? deflate (data, size) : g_bytes_new (data, size);
  guint  offset = zip->bytes->len;
  gsize  length = g_bytes_get_size (content);
  guint8 name_length = (guint8) strlen (name);

  append_32 (zip->bytes, 0x04034b50);
  append_16 (zip->bytes, 20);
  append_16 (zip->bytes, 0);
  append_16 (zip->bytes, packed ? 8 : 0);
  append_32 (zip->bytes, 0);
  append_32 (zip->bytes, 0);
  append_32 (zip->bytes, (guint32) length);
  append_32 (zip->bytes, (guint32) size);
  append_16 (zip->bytes, name_length);
  append_16 (zip->bytes, 0);
  g_byte_array_append (zip->bytes, (const guint8 *) name, name_length);
  g_byte_array_append (zip->bytes, g_bytes_get_data (content, NULL), (guint) length);

  append_32 (zip->list, 0x02014b50);
  append_32 (zip->list, 0);
  append_16 (zip->list, 0);
  append_16 (zip->list, packed ? 8 : 0);
  append_32 (zip->list, 0);
  append_32 (zip->list, 0);
  append_32 (zip->list, (guint32) length);
  append_32 (zip->list, (guint32) size);
  append_16 (zip->list, name_length);
  append_32 (zip->list, 0);
  append_32 (zip->list, 0);
  append_32 (zip->list, 0);
  append_32 (zip->list, offset);
  g_byte_array_append (zip->list, (const guint8 *) name, name_length);
  zip->n++;
}

static GBytes *
end_zip (Zip *zip)
{
  guint offset = zip->bytes->len;
  guint length = zip->list->len;

  g_byte_array_append (zip->bytes, zip->list->data, length);
  append_32 (zip->bytes, 0x06054b50);
  append_32 (zip->bytes, 0);
  append_16 (zip->bytes, zip->n);
  append_16 (zip->bytes, zip->n);
  append_32 (zip->bytes, length);
  append_32 (zip->bytes, offset);
  append_16 (zip->bytes, 0);
  g_byte_array_unref (zip->list);

  return g_byte_array_free_to_bytes (zip->bytes);
}

static GBytes *
make_odt (const char *type,
          const char *xml,
          gsize       size)
{
  Zip zip = { g_byte_array_new (), g_byte_array_new (), 0 };

  add_member (&zip, "mimetype", type, strlen (type), FALSE);
  add_member (&zip, "content.xml", xml, size, TRUE);

  return end_zip (&zip);
}

static GBytes *
make_odt_of (const char *paragraphs)
{
  g_autofree char *xml = g_strdup_printf (CONTENT, paragraphs);

  return make_odt (ODT_TYPE, xml, strlen (xml));
}

static void
assert_refused (GBytes *bytes,
                int     code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = probity_document_read_text (bytes, "file", &error);

  g_assert_null (text);
  g_assert_error (error, PROBITY_DOCUMENT_ERROR, code);
}

static void
assert_reads (GBytes     *bytes,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = probity_document_read_text (bytes, "file", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_plain (void)
{
  g_autoptr (GBytes) utf8 = g_bytes_new_static ("Siân met\r\nher", strlen ("Siân met\r\nher"));
  g_autoptr (GBytes) windows = g_bytes_new_static ("Si\xe2n", 4);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) binary = g_bytes_new_static ("\x7f"
                                                  "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0",
                                                  20);

  assert_reads (utf8, "Siân met\r\nher");
  assert_reads (windows, "Siân");
  assert_reads (nothing, "");
  assert_refused (binary, PROBITY_DOCUMENT_ERROR_KIND);
}

static void
test_odt (void)
{
  g_autoptr (GBytes) odt = make_odt_of ("<text:tracked-changes>deleted</text:tracked-changes><text:h>Head</text:h><text:p>One<text:s text:c='2'/>two<text:tab/>three<text:line-break/>four &amp; <text:span>five</text:span></text:p>");
  g_autoptr (GBytes) sheet = make_odt ("application/vnd.oasis.opendocument.spreadsheet", "<a/>", 4);
  g_autoptr (GBytes) broken = make_odt (ODT_TYPE, "<a><b></a>", 10);
  g_autoptr (GBytes) empty = make_odt (ODT_TYPE, "", 0);

  assert_reads (odt, "Head\nOne  two\tthree\nfour & five\n");
  assert_refused (sheet, PROBITY_DOCUMENT_ERROR_KIND);
  assert_refused (broken, PROBITY_DOCUMENT_ERROR_DAMAGED);
  assert_refused (empty, PROBITY_DOCUMENT_ERROR_DAMAGED);
}

static void
test_pdf_is_refused_in_words (void)
{
  g_autoptr (GBytes) pdf = g_bytes_new_static ("%PDF-1.7\n", 9);
  g_autoptr (GError) error = NULL;

  g_assert_null (probity_document_read_text (pdf, "article.pdf", &error));
  g_assert_error (error, PROBITY_DOCUMENT_ERROR, PROBITY_DOCUMENT_ERROR_KIND);
  g_assert_nonnull (strstr (error->message, "article.pdf"));
  g_assert_nonnull (strstr (error->message, "paste"));
}

/* A little file that unpacks to very much stops at the limit. */
static void
test_bomb (void)
{
  const gsize      size = 80 * 1024 * 1024;
  g_autofree char *blanks = g_strnfill (size, ' ');
  g_autofree char *letters = g_strnfill (PROBITY_DOCUMENT_MAX_TEXT + 1024, 'x');
  g_autofree char *long_xml = g_strdup_printf (CONTENT, letters);
  g_autoptr (GBytes) bomb = make_odt (ODT_TYPE, blanks, size);
  g_autoptr (GBytes) much = make_odt (ODT_TYPE, long_xml, strlen (long_xml));
  g_autoptr (GString) deep = g_string_new (NULL);
  g_autoptr (GBytes) nested = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (deep, "<text:p>");
  nested = make_odt_of (deep->str);

  assert_refused (bomb, PROBITY_DOCUMENT_ERROR_TOO_LARGE);
  assert_refused (much, PROBITY_DOCUMENT_ERROR_TOO_LARGE);
  assert_refused (nested, PROBITY_DOCUMENT_ERROR_DAMAGED);
}

/* Cut anywhere, or with any byte changed, it is read or refused, and nothing is read outside of it. */
static void
test_damage (void)
{
  g_autoptr (GBytes) odt = make_odt_of ("<text:p>A sentence</text:p>");
  gsize         size;
  const guint8 *data = g_bytes_get_data (odt, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) cut = g_bytes_new (data, i);
      g_autoptr (GBytes) changed = NULL;
      g_autofree char *one = probity_document_read_text (cut, "cut", NULL);
      g_autofree char *other = NULL;

      copy[i] ^= 0xff;
      changed = g_bytes_new (copy, size);
      other = probity_document_read_text (changed, "changed", NULL);
      g_assert_true (other == NULL || g_utf8_validate (other, -1, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/document/plain text in its encodings", test_plain);
  g_test_add_func ("/document/OpenDocument text", test_odt);
  g_test_add_func ("/document/PDF is refused in so many words", test_pdf_is_refused_in_words);
  g_test_add_func ("/document/limits hold whatever a file says", test_bomb);
  g_test_add_func ("/document/damage", test_damage);

  return g_test_run ();
}
