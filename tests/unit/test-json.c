/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>

#include "probity-json.h"

static JsonObject *
read_text (const char *text,
           GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return probity_json_read (bytes, "file.json", error);
}

/* Rule: JSON by RFC 8259 is read, and its escapes mean what they mean. */
static void
test_json_good (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = read_text (" {\"a\": [1, -2.5e3, true, null, \"\\u00e9\\ud83d\\ude00\\n\\\"\"], \"b\": {}, \"\": 0}\n", &error);
  JsonArray *array;

  g_assert_no_error (error);
  g_assert_true (probity_json_get_array (object, "a", PROBITY_JSON_REQUIRED, 5, &array, NULL));
  g_assert_cmpstr (json_array_get_string_element (array, 4), ==, "é😀\n\"");
  g_assert_false (probity_json_get_array (object, "a", PROBITY_JSON_REQUIRED, 4, &array, NULL));
}

/* Rule: what could be read in two ways is refused, and the message names file and line. */
static void
test_json_wrong (void)
{
  static const char *const wrong[] = {
    "", " ", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\":1 \"b\":2}", "{\"a\":01}", "{\"a\":1.}", "{\"a\":.5}", "{\"a\":+1}", "{\"a\":1e}", "{\"a\":--1}", "{\"a\":1a}", "{\"a\":NaN}", "{\"a\":Infinity}", "{\"a\":tru}", "{\"a\":trues}", "{\"a\":\"\n\"}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}", "{\"a\":\"\\u0000\"}", "{\"a\":\"\\ud800\"}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\\ud800\\u0041\"}", "{\"a\":1} {\"b\":2}", "{\"a\":1}x", "/* c */{\"a\":1}", "{\"a\":1 // c\n}", "{\"a\":\"\xff\"}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"x\":{\"a\":1,\"a\":2}}", "{\"a\":[1,]}", "{\"a\":[1 2]}", "\xef\xbb\xbf{}", "{\"a\":0x10}"
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (read_text (wrong[i], &error));
      g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_SYNTAX);
      g_assert_nonnull (strstr (error->message, "file.json, line"));
      g_clear_error (&error);
    }

  g_assert_null (read_text ("{\n\"a\": 1,\n\"a\": 2}", &error));
  g_assert_nonnull (strstr (error->message, "line 3"));
  g_assert_nonnull (strstr (error->message, "“a”"));
  g_clear_error (&error);
  g_assert_null (read_text ("[1]", &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE);
}

static char *
nest (int depth)
{
  GString *text = g_string_new ("{\"a\":");

  for (int i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (int i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');

  return g_string_free_and_steal (text);
}

/* Rule: size and depth have limits. */
static void
test_json_limits (void)
{
  g_autofree char *deep = nest (PROBITY_JSON_MAX_DEPTH - 1);
  g_autofree char *too_deep = nest (PROBITY_JSON_MAX_DEPTH + 1);
  g_autofree char *very_deep = nest (1000000);
  g_autofree char *large = g_strnfill (PROBITY_JSON_MAX_BYTES + 1, ' ');
  g_autoptr (JsonObject) object = read_text (deep, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (object);
  g_assert_null (read_text (too_deep, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (read_text (very_deep, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (read_text (large, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (read_text ("{\"a\": 12345678901234567890}", &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TOO_LARGE);
}

/* Rule: an application as the console takes it; each getter names the member that is wrong. */
static void
test_json_getters (void)
{
  static const char *const members[] = { "staff_number", "paid", "weekly_hours", "n", "list", "more", "nothing", NULL };
  g_autoptr (JsonObject) object = read_text ("{\"staff_number\": \"4127\", \"paid\": true, \"weekly_hours\": 7.5, \"n\": 7, \"list\": [], \"more\": {}, \"nothing\": null}", NULL);
  g_autoptr (GError) error = NULL;
  const char *text = "unset";
  gboolean    paid = FALSE;
  double      hours = 0;
  gint64      n = 3;
  JsonArray  *array;
  JsonObject *more;

  g_assert_true (probity_json_get_string (object, "staff_number", PROBITY_JSON_REQUIRED, 4, &text, NULL));
  g_assert_cmpstr (text, ==, "4127");
  g_assert_true (probity_json_get_boolean (object, "paid", PROBITY_JSON_REQUIRED, &paid, NULL) && paid);
  g_assert_true (probity_json_get_number (object, "weekly_hours", PROBITY_JSON_REQUIRED, 0, 168, &hours, NULL));
  g_assert_cmpfloat (hours, ==, 7.5);
  g_assert_true (probity_json_get_number (object, "n", PROBITY_JSON_REQUIRED, 0, 168, &hours, NULL));
  g_assert_cmpfloat (hours, ==, 7);
  g_assert_true (probity_json_get_integer (object, "n", PROBITY_JSON_REQUIRED, 0, 168, &n, NULL));
  g_assert_cmpint (n, ==, 7);
  g_assert_true (probity_json_get_array (object, "list", PROBITY_JSON_REQUIRED, 0, &array, NULL) && array != NULL);
  g_assert_true (probity_json_get_object (object, "more", PROBITY_JSON_REQUIRED, &more, NULL) && more != NULL);
  g_assert_true (probity_json_refuse_unknown (object, members, NULL));

  g_assert_true (probity_json_get_string (object, "nothing", PROBITY_JSON_OPTIONAL, 4, &text, NULL));
  g_assert_null (text);
  g_assert_true (probity_json_get_integer (object, "absent", PROBITY_JSON_OPTIONAL, 0, 1, &n, NULL));
  g_assert_cmpint (n, ==, 7);

  g_assert_false (probity_json_get_string (object, "nothing", PROBITY_JSON_REQUIRED, 4, &text, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "“nothing”"));
  g_clear_error (&error);
  g_assert_false (probity_json_get_string (object, "n", PROBITY_JSON_REQUIRED, 4, &text, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (probity_json_get_boolean (object, "n", PROBITY_JSON_REQUIRED, &paid, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (probity_json_get_integer (object, "weekly_hours", PROBITY_JSON_REQUIRED, 0, 168, &n, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (probity_json_get_number (object, "staff_number", PROBITY_JSON_REQUIRED, 0, 168, &hours, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (probity_json_get_number (object, "weekly_hours", PROBITY_JSON_REQUIRED, 8, 168, &hours, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (probity_json_get_string (object, "staff_number", PROBITY_JSON_REQUIRED, 3, &text, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (probity_json_get_object (object, "list", PROBITY_JSON_REQUIRED, &more, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (probity_json_get_array (object, "more", PROBITY_JSON_REQUIRED, 9, &array, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_TYPE);
  g_clear_error (&error);
  g_assert_false (probity_json_refuse_unknown (object, members + 1, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_UNKNOWN);
}

/* Rule: what is written is one document that is read back as the same, or nothing. */
static void
test_json_write (void)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) again = NULL;
  const char *text;

  json_object_set_string_member (object, "text", "é “x”\n\t\001\\");
  json_object_set_null_member (object, "null");
  json_node_set_object (node, object);
  g_assert_true (probity_json_write (node, stream, &error));
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
  g_assert_cmpint (memchr (g_bytes_get_data (bytes, NULL), '\n', g_bytes_get_size (bytes)) == (const char *) g_bytes_get_data (bytes, NULL) + g_bytes_get_size (bytes) - 1, ==, TRUE);
  again = probity_json_read (bytes, "again", &error);
  g_assert_no_error (error);
  g_assert_true (probity_json_get_string (again, "text", PROBITY_JSON_REQUIRED, 100, &text, NULL));
  g_assert_cmpstr (text, ==, "é “x”\n\t\001\\");

  json_object_set_double_member (object, "number", NAN);
  g_assert_null (probity_json_to_text (node, FALSE, &error));
  g_assert_error (error, PROBITY_JSON_ERROR, PROBITY_JSON_ERROR_SYNTAX);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/good", test_json_good);
  g_test_add_func ("/json/wrong", test_json_wrong);
  g_test_add_func ("/json/limits", test_json_limits);
  g_test_add_func ("/json/getters", test_json_getters);
  g_test_add_func ("/json/write", test_json_write);

  return g_test_run ();
}
