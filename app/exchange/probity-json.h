/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PROBITY_JSON_MAX_BYTES (16 * 1024 * 1024)
#define PROBITY_JSON_MAX_DEPTH 32

/**
 * ProbityJsonError:
 * @PROBITY_JSON_ERROR_SYNTAX: not JSON by RFC 8259, not UTF-8, or a member that comes twice
 * @PROBITY_JSON_ERROR_TOO_LARGE: larger or deeper than is read here
 * @PROBITY_JSON_ERROR_MISSING: a member that must be there is not
 * @PROBITY_JSON_ERROR_TYPE: a member of another type than it must have
 * @PROBITY_JSON_ERROR_RANGE: a number or a text beyond what is possible
 * @PROBITY_JSON_ERROR_UNKNOWN: a member that nobody asked for
 */
typedef enum
{
  PROBITY_JSON_ERROR_SYNTAX,
  PROBITY_JSON_ERROR_TOO_LARGE,
  PROBITY_JSON_ERROR_MISSING,
  PROBITY_JSON_ERROR_TYPE,
  PROBITY_JSON_ERROR_RANGE,
  PROBITY_JSON_ERROR_UNKNOWN,
} ProbityJsonError;

#define PROBITY_JSON_ERROR (probity_json_error_quark ())
GQuark probity_json_error_quark (void);

/**
 * ProbityJsonNeed:
 *
 * Whether a getter refuses an object without the member. A member that is `null` counts as not there.
 */
typedef enum
{
  PROBITY_JSON_OPTIONAL,
  PROBITY_JSON_REQUIRED,
} ProbityJsonNeed;

/* Reading. */
gboolean    probity_json_check (const char *text,
                                gsize       length,
                                const char *name,
                                GError    **error);
JsonObject *probity_json_read (GBytes     *bytes,
                               const char *name,
                               GError    **error);
JsonObject *probity_json_read_path (const char *path,
                                    GError    **error);

gboolean probity_json_get_string (JsonObject     *object,
                                  const char     *member,
                                  ProbityJsonNeed need,
                                  guint           max_characters,
                                  const char    **ret_text,
                                  GError        **error);
gboolean probity_json_get_boolean (JsonObject     *object,
                                   const char     *member,
                                   ProbityJsonNeed need,
                                   gboolean       *ret_value,
                                   GError        **error);
gboolean probity_json_get_integer (JsonObject     *object,
                                   const char     *member,
                                   ProbityJsonNeed need,
                                   gint64          minimum,
                                   gint64          maximum,
                                   gint64         *ret_value,
                                   GError        **error);
gboolean probity_json_get_number (JsonObject     *object,
                                  const char     *member,
                                  ProbityJsonNeed need,
                                  double          minimum,
                                  double          maximum,
                                  double         *ret_value,
                                  GError        **error);
gboolean probity_json_get_array (JsonObject     *object,
                                 const char     *member,
                                 ProbityJsonNeed need,
                                 guint           max_elements,
                                 JsonArray     **ret_array,
                                 GError        **error);
gboolean probity_json_get_object (JsonObject     *object,
                                  const char     *member,
                                  ProbityJsonNeed need,
                                  JsonObject    **ret_object,
                                  GError        **error);
gboolean probity_json_refuse_unknown (JsonObject        *object,
                                      const char *const *members,
                                      GError           **error);

/* Writing. */
char    *probity_json_to_text (JsonNode *node,
                               gboolean  pretty,
                               GError  **error);
gboolean probity_json_write (JsonNode      *node,
                             GOutputStream *stream,
                             GError       **error);

G_END_DECLS
