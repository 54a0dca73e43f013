/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever the bytes: one JSON object that is written and read back as the same text, or a reason. What the strict
 * reader takes, json-glib takes too. */

#include "config.h"

#include "probity-json.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static char *
write_object (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;
  char *text;

  json_node_set_object (node, object);
  text = probity_json_to_text (node, FALSE, &error);
  /* A number such as 1e999 is read as infinite and cannot be written. */
  if (text == NULL && error == NULL)
    g_error ("An object was not written without a reason");

  return text;
}

static void
use_getters (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *text;
      gboolean    boolean;
      gint64      integer;
      double      number;
      JsonArray  *array;
      JsonObject *child;
      int         n = 0;

      n += probity_json_get_string (object, at->data, PROBITY_JSON_REQUIRED, 100000, &text, NULL);
      n += probity_json_get_boolean (object, at->data, PROBITY_JSON_REQUIRED, &boolean, NULL);
      n += probity_json_get_array (object, at->data, PROBITY_JSON_REQUIRED, 100000, &array, NULL);
      n += probity_json_get_object (object, at->data, PROBITY_JSON_REQUIRED, &child, NULL);
      n += probity_json_get_number (object, at->data, PROBITY_JSON_REQUIRED, -1e300, 1e300, &number, NULL);
      if (n > 1)
        g_error ("A member is of two types");
      probity_json_get_integer (object, at->data, PROBITY_JSON_REQUIRED, 0, 9, &integer, NULL);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GBytes) again_bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = probity_json_read (bytes, "any.json", &error);
  g_autoptr (JsonObject) again = NULL;
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;

  if ((object != NULL) != (error == NULL))
    g_error ("A document was neither taken nor refused");
  if (object == NULL)
    {
      if (!g_utf8_validate (error->message, -1, NULL))
        g_error ("A reason that is not text");
      /* What passes the check is refused only for not being an object. */
      if (probity_json_check ((const char *) data, length, "any.json", NULL) && !g_error_matches (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE))
        g_error ("json-glib refuses what the check takes: %s", error->message);
      return 0;
    }

  use_getters (object);
  once = write_object (object);
  if (once == NULL)
    return 0;

  again_bytes = g_bytes_new_static (once, strlen (once));
  again = probity_json_read (again_bytes, "again.json", &error);
  if (again == NULL)
    g_error ("What was written cannot be read: %s", error->message);
  twice = write_object (again);
  if (g_strcmp0 (once, twice) != 0)
    g_error ("What was written is read as something else:\n%s\n%s", once, twice);

  return 0;
}
