/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-json.h"

#include <math.h>
#include <string.h>

G_DEFINE_QUARK (probity-json-error-quark, probity_json_error)

/* A member that is there and not null. */
static gboolean
find_member (JsonObject     *object,
             const char     *member,
             ProbityJsonNeed need,
             JsonNode      **ret_node,
             GError        **error)
{
  JsonNode *node = json_object_get_member (object, member);

  *ret_node = node != NULL && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
  if (*ret_node == NULL && need == PROBITY_JSON_REQUIRED)
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_MISSING, "“%s” is missing", member);
      return FALSE;
    }

  return TRUE;
}

static gboolean
refuse_type (const char *member,
             const char *wanted,
             GError    **error)
{
  g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE, "“%s” must be %s", member, wanted);

  return FALSE;
}

/**
 * probity_json_read:
 * @name: what messages call the file
 *
 * Reads one JSON object, strictly; see probity_json_check().
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonObject *
probity_json_read (GBytes     *bytes,
                   const char *name,
                   GError    **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *safe_name = g_utf8_make_valid (name, -1);
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);
  JsonNode        *root;

  if (!probity_json_check (data != NULL ? data : "", length, safe_name, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, data, (gssize) length, &local_error))
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_SYNTAX, "%s: %s", safe_name, local_error->message);
      return NULL;
    }

  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE, "%s: not a JSON object", safe_name);
      return NULL;
    }

  return json_object_ref (json_node_get_object (root));
}

/**
 * probity_json_read_path:
 *
 * Like probity_json_read(), from a file of which no more than the limit is read.
 */
JsonObject *
probity_json_read_path (const char *path,
                        GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GByteArray) contents = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (stream == NULL)
    return NULL;

  contents = g_byte_array_new ();
  while (contents->len <= PROBITY_JSON_MAX_BYTES)
    {
      guint8 chunk[16 * 1024];
      gsize  n;

      if (!g_input_stream_read_all (G_INPUT_STREAM (stream), chunk, sizeof chunk, &n, NULL, error))
        {
          g_prefix_error (error, "%s: ", name);
          return NULL;
        }
      if (n == 0)
        break;
      g_byte_array_append (contents, chunk, (guint) n);
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&contents));

  return probity_json_read (bytes, name, error);
}

/**
 * probity_json_get_string:
 * @ret_text: (out) (transfer none) (nullable): %NULL where it is optional and not there
 */
gboolean
probity_json_get_string (JsonObject     *object,
                         const char     *member,
                         ProbityJsonNeed need,
                         guint           max_characters,
                         const char    **ret_text,
                         GError        **error)
{
  JsonNode *node;

  *ret_text = NULL;
  if (!find_member (object, member, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return refuse_type (member, "a text", error);

  if (g_utf8_strlen (json_node_get_string (node), -1) > (glong) max_characters)
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_RANGE, "“%s” is longer than %u characters", member, max_characters);
      return FALSE;
    }

  *ret_text = json_node_get_string (node);

  return TRUE;
}

/**
 * probity_json_get_boolean:
 * @ret_value: left as it is where the member is optional and not there
 */
gboolean
probity_json_get_boolean (JsonObject     *object,
                          const char     *member,
                          ProbityJsonNeed need,
                          gboolean       *ret_value,
                          GError        **error)
{
  JsonNode *node;

  if (!find_member (object, member, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse_type (member, "true or false", error);

  *ret_value = json_node_get_boolean (node);

  return TRUE;
}

/**
 * probity_json_get_integer:
 * @ret_value: left as it is where the member is optional and not there
 */
gboolean
probity_json_get_integer (JsonObject     *object,
                          const char     *member,
                          ProbityJsonNeed need,
                          gint64          minimum,
                          gint64          maximum,
                          gint64         *ret_value,
                          GError        **error)
{
  JsonNode *node;
  gint64    value;

  if (!find_member (object, member, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return refuse_type (member, "a whole number", error);

  value = json_node_get_int (node);
  if (value < minimum || value > maximum)
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_RANGE, "“%s” must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, member, minimum, maximum);
      return FALSE;
    }
  *ret_value = value;

  return TRUE;
}

/**
 * probity_json_get_number:
 * @ret_value: left as it is where the member is optional and not there
 *
 * A number, whole or not; hours, say.
 */
gboolean
probity_json_get_number (JsonObject     *object,
                         const char     *member,
                         ProbityJsonNeed need,
                         double          minimum,
                         double          maximum,
                         double         *ret_value,
                         GError        **error)
{
  JsonNode *node;
  double    value;

  if (!find_member (object, member, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_VALUE (node) ||
      (json_node_get_value_type (node) != G_TYPE_INT64 && json_node_get_value_type (node) != G_TYPE_DOUBLE))
    return refuse_type (member, "a number", error);

  value = json_node_get_double (node);
  if (!isfinite (value) || value < minimum || value > maximum)
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_RANGE, "“%s” must be from %g to %g", member, minimum, maximum);
      return FALSE;
    }
  *ret_value = value;

  return TRUE;
}

/**
 * probity_json_get_array:
 * @ret_array: (out) (transfer none) (nullable): %NULL where it is optional and not there
 */
gboolean
probity_json_get_array (JsonObject     *object,
                        const char     *member,
                        ProbityJsonNeed need,
                        guint           max_elements,
                        JsonArray     **ret_array,
                        GError        **error)
{
  JsonNode *node;

  *ret_array = NULL;
  if (!find_member (object, member, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse_type (member, "an array", error);

  if (json_array_get_length (json_node_get_array (node)) > max_elements)
    {
      g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_RANGE, "“%s” has more than %u elements", member, max_elements);
      return FALSE;
    }
  *ret_array = json_node_get_array (node);

  return TRUE;
}

/**
 * probity_json_get_object:
 * @ret_object: (out) (transfer none) (nullable): %NULL where it is optional and not there
 */
gboolean
probity_json_get_object (JsonObject     *object,
                         const char     *member,
                         ProbityJsonNeed need,
                         JsonObject    **ret_object,
                         GError        **error)
{
  JsonNode *node;

  *ret_object = NULL;
  if (!find_member (object, member, need, &node, error))
    return FALSE;
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_type (member, "an object", error);
  *ret_object = json_node_get_object (node);

  return TRUE;
}

/**
 * probity_json_refuse_unknown:
 * @members: (array zero-terminated=1): every member that @object may have
 *
 * Refuses an object with a member that nobody asked for: a misspelt name would otherwise be lost in silence.
 */
gboolean
probity_json_refuse_unknown (JsonObject        *object,
                             const char *const *members,
                             GError           **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *at = names; at != NULL; at = at->next)
    if (!g_strv_contains (members, at->data))
      {
        g_set_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_UNKNOWN, "“%s” is not known here", (const char *) at->data);
        return FALSE;
      }

  return TRUE;
}

/**
 * probity_json_to_text:
 * @pretty: with line ends and indentation
 *
 * Returns: (transfer full) (nullable): one document that probity_json_check() accepts; %NULL where a number in it is
 *   not finite or a text not UTF-8
 */
char *
probity_json_to_text (JsonNode *node,
                      gboolean  pretty,
                      GError  **error)
{
  g_autofree char *text = json_to_string (node, pretty);

  /* What was put in is not trusted more than a file: what does not come out as JSON is not let out at all. */
  if (text == NULL || !probity_json_check (text, strlen (text), "output", error))
    return NULL;

  return g_steal_pointer (&text);
}

/**
 * probity_json_write:
 *
 * Writes one document on one line and nothing else.
 */
gboolean
probity_json_write (JsonNode      *node,
                    GOutputStream *stream,
                    GError       **error)
{
  g_autofree char *text = probity_json_to_text (node, FALSE, error);

  return text != NULL &&
         g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, error) &&
         g_output_stream_write_all (stream, "\n", 1, NULL, NULL, error) &&
         g_output_stream_flush (stream, NULL, error);
}
