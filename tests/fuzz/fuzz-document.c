/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document to screen: read as text or refused with a reason; what can be a name in it lies within it. */

#include "config.h"

#include "probity-document.h"
#include "probity-screen-private.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static void
check_places (const char *text,
              GPtrArray  *names)
{
  const gsize length = strlen (text);

  for (guint i = 0; i < names->len; i++)
    {
      const ProbityScreenName *name = g_ptr_array_index (names, i);
      g_autofree char         *context = NULL;

      if (name->place.start > length || name->place.length > length - name->place.start)
        g_error ("A name outside of the text");
      context = probity_screen_dup_context (text, &name->place);
      if (!g_utf8_validate (context, -1, NULL))
        g_error ("A name in the middle of a letter");
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = probity_document_read_text (bytes, "file", &error);
  g_autoptr (GArray) words = NULL;
  g_autoptr (GPtrArray) names = NULL;
  g_autoptr (GPtrArray) references = NULL;

  if ((text == NULL) != (error != NULL))
    g_error ("Neither a text nor a reason");
  if (text == NULL)
    return 0;
  if (!g_utf8_validate (text, -1, NULL))
    g_error ("A text that is none");

  words = probity_screen_split (text);
  names = probity_screen_find_names (text, words);
  references = probity_screen_find_references (text);
  check_places (text, names);
  check_places (text, references);

  return 0;
}
