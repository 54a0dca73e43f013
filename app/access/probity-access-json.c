/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-keyring-private.h"

#include <string.h>

/* How deep lists and objects may stand in each other: nothing of ours goes deeper than four. */
#define MAX_DEPTH 16

/* The parser of JSON-GLib calls itself for each level, on a fiber's small stack. */
static gboolean
is_shallow (const char *text,
            gsize       length)
{
  gboolean in_text = FALSE;
  int      depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (in_text)
        {
          if (text[i] == '\\')
            i++;
          else if (text[i] == '"')
            in_text = FALSE;
          continue;
        }

      switch (text[i])
        {
        case '"':
          in_text = TRUE;
          break;
        case '{':
        case '[':
          if (++depth > MAX_DEPTH)
            return FALSE;
          break;
        case '}':
        case ']':
          depth--;
          break;
        case '/': /* comments, which JSON does not have */
          return FALSE;
        default:
          break;
        }
    }

  return TRUE;
}

JsonObject *
probity_access_json_parse (const char *text,
                           gsize       length)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;

  if (length == 0 || length > G_MAXINT || memchr (text, '\0', length) != NULL || !g_utf8_validate (text, (gssize) length, NULL) ||
      !is_shallow (text, length))
    return NULL;

  parser = json_parser_new_immutable ();
  json_parser_set_strict (parser, TRUE);
  if (!json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return json_object_ref (json_node_get_object (root));
}

const char *
probity_access_json_get_text (JsonObject *object,
                              const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

JsonObject *
probity_access_json_get_object (JsonObject *object,
                                const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return json_node_get_object (node);
}

gboolean
probity_access_json_get_integer (JsonObject *object,
                                 const char *name,
                                 gint64      least,
                                 gint64      most,
                                 gint64     *ret_value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  *ret_value = json_node_get_int (node);

  return *ret_value >= least && *ret_value <= most;
}

char *
probity_access_json_dup_text (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);

  return json_to_string (node, FALSE);
}
