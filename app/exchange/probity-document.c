/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-document.h"

#include <string.h>

#include "probity-encoding.h"
#include "probity-pdf.h"

/* The XML of a document is many times its text. */
#define MAX_XML (64 * 1024 * 1024)
#define MAX_DEPTH 512
#define MAX_BLANKS 1000
#define ODT_TYPE "application/vnd.oasis.opendocument.text"

G_DEFINE_QUARK (probity-document-error-quark, probity_document_error)

static gboolean
refuse (const char          *name,
        ProbityDocumentError code,
        const char          *why,
        GError             **error)
{
  g_set_error (error, PROBITY_DOCUMENT_ERROR, (int) code, "%s: %s", name, why);

  return FALSE;
}

/* OpenDocument ------------------------------------------------------------------------------------ */

typedef struct
{
  const char *name;
  GString    *text;
  guint       depth;
  guint       skipped; /* how deep in what was deleted from the text or is no part of it */
  gboolean    in_body;
} Odt;

/* A document of 4 MiB of text is longer than anything that is screened. */
static gboolean
check_length (Odt     *self,
              GError **error)
{
  return self->text->len <= PROBITY_DOCUMENT_MAX_TEXT || refuse (self->name, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "it is longer than what is read here", error);
}

static void
append_blanks (Odt         *self,
               const char **names,
               const char **values)
{
  guint64 n = 1;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], "text:c") && !g_ascii_string_to_unsigned (values[i], 10, 1, MAX_BLANKS, &n, NULL))
      n = 1;
  for (guint64 i = 0; i < n; i++)
    g_string_append_c (self->text, ' ');
}

static void
start_element_cb (GMarkupParseContext *context,
                  const char          *element,
                  const char         **names,
                  const char         **values,
                  gpointer             data,
                  GError             **error)
{
  Odt *self = data;

  if (++self->depth > MAX_DEPTH)
    {
      refuse (self->name, PROBITY_DOCUMENT_ERROR_DAMAGED, "its parts are nested too deep", error);
      return;
    }
  if (self->skipped > 0 || g_str_equal (element, "text:tracked-changes") || g_str_equal (element, "office:forms"))
    self->skipped++;
  else if (g_str_equal (element, "office:text"))
    self->in_body = TRUE;
  else if (!self->in_body)
    return;
  else if (g_str_equal (element, "text:s"))
    append_blanks (self, names, values);
  else if (g_str_equal (element, "text:tab"))
    g_string_append_c (self->text, '\t');
  else if (g_str_equal (element, "text:line-break"))
    g_string_append_c (self->text, '\n');

  check_length (self, error);
}

static void
end_element_cb (GMarkupParseContext *context,
                const char          *element,
                gpointer             data,
                GError             **error)
{
  Odt *self = data;

  self->depth--;
  if (self->skipped > 0)
    self->skipped--;
  else if (g_str_equal (element, "office:text"))
    self->in_body = FALSE;
  else if (self->in_body && (g_str_equal (element, "text:p") || g_str_equal (element, "text:h")))
    g_string_append_c (self->text, '\n');
}

static void
text_cb (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             data,
         GError             **error)
{
  Odt *self = data;

  if (!self->in_body || self->skipped > 0)
    return;
  g_string_append_len (self->text, text, (gssize) length);
  check_length (self, error);
}

static char *
read_odt (GBytes     *bytes,
          const char *name,
          GError    **error)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) type = probity_zip_read_member (bytes, "mimetype", 256, name, &local_error);
  g_autoptr (GBytes) xml = NULL;
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GString) text = NULL;
  Odt odt = { .name = name };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (type == NULL || g_bytes_get_size (type) != strlen (ODT_TYPE) || memcmp (g_bytes_get_data (type, NULL), ODT_TYPE, strlen (ODT_TYPE)) != 0)
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_KIND, "of documents only PDF, OpenDocument texts (.odt) and plain texts are read; save it as one of them, or paste its text", error);
      return NULL;
    }

  xml = probity_zip_read_member (bytes, "content.xml", MAX_XML, name, &local_error);
  if (xml == NULL || g_bytes_get_size (xml) == 0)
    {
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        refuse (name, PROBITY_DOCUMENT_ERROR_DAMAGED, "its content is not there", error);
      return NULL;
    }

  text = odt.text = g_string_new (NULL);
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &odt, NULL);
  if (!g_markup_parse_context_parse (context, g_bytes_get_data (xml, NULL), (gssize) g_bytes_get_size (xml), &local_error) ||
      !g_markup_parse_context_end_parse (context, &local_error))
    {
      if (local_error->domain == PROBITY_DOCUMENT_ERROR)
        g_propagate_error (error, g_steal_pointer (&local_error));
      else
        refuse (name, PROBITY_DOCUMENT_ERROR_DAMAGED, "its content is no well-formed XML", error);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Plain text -------------------------------------------------------------------------------------- */

static char *
read_plain (GBytes     *bytes,
            const char *name,
            GError    **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) local_error = NULL;
  ProbityEncoding encoding;
  ProbityDecoder  decoder;
  gsize           skip, size;
  const guint8   *data = g_bytes_get_data (bytes, &size);

  if (size == 0)
    return g_strdup ("");
  if (size > 2 * (gsize) PROBITY_DOCUMENT_MAX_TEXT)
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "it is longer than what is read here", error);
      return NULL;
    }
  if (!probity_encoding_sniff (stream, name, PROBITY_DOCUMENT_MAX_BYTES, &encoding, &skip, NULL, &local_error) || skip > size)
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_KIND, "this is no text", error);
      return NULL;
    }
  probity_decoder_init (&decoder, encoding);
  if (!probity_decoder_feed (&decoder, data + skip, size - skip, text) || !probity_decoder_end (&decoder) ||
      memchr (text->str, '\0', text->len) != NULL || !g_utf8_validate (text->str, (gssize) text->len, NULL))
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_KIND, "this is no text", error);
      return NULL;
    }
  if (text->len > PROBITY_DOCUMENT_MAX_TEXT)
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "it is longer than what is read here", error);
      return NULL;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
begins (GBytes     *bytes,
        const char *with)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size >= strlen (with) && memcmp (data, with, strlen (with)) == 0;
}

char *
probity_document_read_text (GBytes     *bytes,
                            const char *name,
                            GError    **error)
{
  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  if (g_bytes_get_size (bytes) > PROBITY_DOCUMENT_MAX_BYTES)
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_TOO_LARGE, "the file is larger than 64 MiB", error);
      return NULL;
    }
  if (probity_pdf_is_one (bytes))
    {
      refuse (name, PROBITY_DOCUMENT_ERROR_KIND, "a PDF is not read here; open it, copy its text and paste it", error);
      return NULL;
    }
  if (begins (bytes, "PK\x03\x04"))
    return read_odt (bytes, name, error);

  return read_plain (bytes, name, error);
}
