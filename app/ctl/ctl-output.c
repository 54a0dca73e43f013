/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-backup-manifest.h"
#include "probity-csv.h"
#include "probity-exhibit.h"
#include "probity-document.h"
#include "probity-record.h"
#include "probity-role.h"

static const char *
get_casebook_code (int code)
{
  switch ((ProbityCasebookError) code)
    {
    case PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK:
      return "not-a-casebook";
    case PROBITY_CASEBOOK_ERROR_WRONG_KEY:
      return "wrong-key";
    case PROBITY_CASEBOOK_ERROR_DAMAGED:
      return "damaged";
    case PROBITY_CASEBOOK_ERROR_NEWER_VERSION:
      return "newer-version";
    case PROBITY_CASEBOOK_ERROR_UNSAFE_FILE_SYSTEM:
      return "unsafe-file-system";
    case PROBITY_CASEBOOK_ERROR_UNSAFE_LIBRARY:
      return "unsafe-library";
    case PROBITY_CASEBOOK_ERROR_NO_RIGHTS:
      return "no-rights";
    case PROBITY_CASEBOOK_ERROR_FULL:
      return "disk-full";
    case PROBITY_CASEBOOK_ERROR_IO:
      return "input-output";
    case PROBITY_CASEBOOK_ERROR_BUSY:
      return "busy";
    case PROBITY_CASEBOOK_ERROR_EXISTS:
      return "exists";
    case PROBITY_CASEBOOK_ERROR_CLOSED:
      return "closed";
    case PROBITY_CASEBOOK_ERROR_CONSTRAINT:
      return "constraint";
    case PROBITY_CASEBOOK_ERROR_FAILED:
      break;
    }
  return "failed";
}

static const char *
get_access_code (int code)
{
  switch ((ProbityAccessError) code)
    {
    case PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE:
      return "wrong-passphrase";
    case PROBITY_ACCESS_ERROR_DISABLED:
      return "disabled";
    case PROBITY_ACCESS_ERROR_NOT_PERMITTED:
      return "not-permitted";
    case PROBITY_ACCESS_ERROR_NOT_FOUND:
      return "not-found";
    case PROBITY_ACCESS_ERROR_NO_KEY:
      return "no-key";
    case PROBITY_ACCESS_ERROR_INVALID:
      return "invalid";
    case PROBITY_ACCESS_ERROR_EXISTS:
      return "exists";
    case PROBITY_ACCESS_ERROR_LAST_ADMINISTRATOR:
      return "last-administrator";
    case PROBITY_ACCESS_ERROR_KEYRING_DAMAGED:
      return "keyring-damaged";
    case PROBITY_ACCESS_ERROR_SIGNATURE:
      return "signature";
    case PROBITY_ACCESS_ERROR_FAILED:
      break;
    }
  return "failed";
}

static const char *
get_backup_code (int code)
{
  switch ((ProbityBackupError) code)
    {
    case PROBITY_BACKUP_ERROR_NOT_A_BACKUP:
      return "not-a-backup";
    case PROBITY_BACKUP_ERROR_DAMAGED:
      return "damaged";
    case PROBITY_BACKUP_ERROR_NEWER_VERSION:
      return "newer-version";
    case PROBITY_BACKUP_ERROR_FOREIGN:
      return "foreign-backup";
    case PROBITY_BACKUP_ERROR_CHANGED:
    default:
      return "busy";
    }
}

static const char *
get_record_code (int code)
{
  switch ((ProbityRecordError) code)
    {
    case PROBITY_RECORD_ERROR_INVALID:
      return "invalid";
    case PROBITY_RECORD_ERROR_MISSING:
      return "missing";
    case PROBITY_RECORD_ERROR_EXISTS:
      return "exists";
    case PROBITY_RECORD_ERROR_CONFLICT:
      return "conflict";
    case PROBITY_RECORD_ERROR_STAGE:
      return "stage";
    case PROBITY_RECORD_ERROR_GATE:
      return "gate";
    case PROBITY_RECORD_ERROR_FAILED:
      break;
    }
  return "failed";
}

static const char *
get_exhibit_code (int code)
{
  switch ((ProbityExhibitError) code)
    {
    case PROBITY_EXHIBIT_ERROR_MISSING:
      return "exhibit-missing";
    case PROBITY_EXHIBIT_ERROR_DAMAGED:
      return "exhibit-damaged";
    case PROBITY_EXHIBIT_ERROR_TOO_LARGE:
      return "too-large";
    case PROBITY_EXHIBIT_ERROR_NO_SPACE:
      return "disk-full";
    case PROBITY_EXHIBIT_ERROR_SOURCE:
      return "file";
    case PROBITY_EXHIBIT_ERROR_FAILED:
      break;
    }
  return "failed";
}

const char *
ctl_error_get_code (const GError *error)
{
  if (error->domain == PROBITY_CASEBOOK_ERROR)
    return get_casebook_code (error->code);
  if (error->domain == PROBITY_ACCESS_ERROR)
    return get_access_code (error->code);
  if (error->domain == PROBITY_BACKUP_ERROR)
    return get_backup_code (error->code);
  if (error->domain == PROBITY_RECORD_ERROR)
    return get_record_code (error->code);
  if (error->domain == PROBITY_EXHIBIT_ERROR)
    return get_exhibit_code (error->code);
  if (g_error_matches (error, CTL_ERROR, CTL_ERROR_USAGE))
    return "usage";
  if (error->domain == CTL_ERROR || error->domain == PROBITY_DOCUMENT_ERROR || error->domain == PROBITY_CSV_ERROR || error->domain == G_FILE_ERROR || error->domain == G_IO_ERROR)
    return "file";
  return "failed";
}

JsonNode *
ctl_error_to_json (const GError *error,
                   gboolean      is_step)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  static const char *const not_your_step[] = { "not-your-step", NULL };
  const char *const       *missing = NULL;

  /* A step of a case that the account's roles never take is told as one that is not its turn. */
  if (is_step && g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED))
    missing = not_your_step;
  else if (error->domain == PROBITY_RECORD_ERROR)
    missing = probity_record_error_get_missing (error);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  ctl_add_text (builder, "code", ctl_error_get_code (error));
  ctl_add_text (builder, "message", error->message);
  if (error->domain == PROBITY_RECORD_ERROR && probity_record_error_get_field (error) != NULL)
    ctl_add_text (builder, "field", probity_record_error_get_field (error));
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; missing != NULL && missing[i] != NULL; i++)
    json_builder_add_string_value (builder, missing[i]);
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static char *
dup_scalar_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node))
    {
      GType type = json_node_get_value_type (node);

      if (type == G_TYPE_STRING)
        return g_strdup (json_node_get_string (node));
      if (type == G_TYPE_BOOLEAN)
        return g_strdup (json_node_get_boolean (node) ? "yes" : "no");
      if (type == G_TYPE_DOUBLE)
        return g_strdup_printf ("%.3g", json_node_get_double (node));
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
      g_auto (GStrv) texts = NULL;

      for (guint i = 0; i < json_array_get_length (array); i++)
        g_strv_builder_take (parts, dup_scalar_text (json_array_get_element (array, i)));
      texts = g_strv_builder_end (parts);
      return g_strjoinv (", ", texts);
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_to_string (node, FALSE);
  return g_strdup ("–");
}

static gboolean
is_table (JsonNode *node)
{
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  return json_array_get_length (array) > 0 && JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, 0));
}

static void
print_object (JsonObject *object,
              const char *indent)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);

      if (is_table (node))
        {
          JsonArray *array = json_node_get_array (node);

          g_print ("%s%s:\n", indent, (char *) l->data);
          for (guint i = 0; i < json_array_get_length (array); i++)
            {
              g_autofree char *deeper = g_strconcat (indent, "  ", NULL);

              if (i > 0)
                g_print ("\n");
              print_object (json_array_get_object_element (array, i), deeper);
            }
        }
      else
        {
          g_autofree char *text = dup_scalar_text (node);

          g_print ("%s%s: %s\n", indent, (char *) l->data, text);
        }
    }
}

void
ctl_print (JsonNode *document,
           gboolean  json)
{
  if (json)
    {
      g_autofree char *text = json_to_string (document, FALSE);

      g_print ("%s\n", text);
    }
  else
    {
      print_object (json_node_get_object (document), "");
    }
}

void
ctl_add_text (JsonBuilder *builder,
              const char  *name,
              const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
ctl_add_int (JsonBuilder *builder,
             const char  *name,
             gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
ctl_add_texts (JsonBuilder       *builder,
               const char        *name,
               const char *const *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

void
ctl_add_missing (JsonBuilder       *builder,
                 gboolean           json,
                 const char *const *missing,
                 const char *const *unseen)
{
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; missing != NULL && missing[i] != NULL; i++)
    if (json || unseen == NULL || !g_strv_contains (unseen, missing[i]))
      json_builder_add_string_value (builder, missing[i]);
  json_builder_end_array (builder);
  ctl_add_texts (builder, "unseen", unseen);
}

JsonNode *
ctl_finish (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
ctl_done (const char *what,
          const char *reference)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_add_text (builder, "done", what);
  if (reference != NULL)
    ctl_add_text (builder, "reference", reference);
  return ctl_finish (builder);
}

static gboolean
is_one_of (const char *names,
           const char *name)
{
  g_auto (GStrv) all = g_strsplit (names, " ", -1);

  return g_strv_contains ((const char *const *) all, name);
}

/* One field as JSON: numbers and booleans as what they are, what is empty as null. */
void
ctl_add_field (JsonBuilder   *builder,
               ProbityValues *values,
               const char    *name)
{
  const char *value = probity_values_get (values, name);

  if (value == NULL || *value == '\0')
    {
      ctl_add_text (builder, name, NULL);
      return;
    }
  json_builder_set_member_name (builder, name);
  if (is_one_of ("number amendment working_days corrects added notes run calls outstanding chases chased ceased read taken searched published skipped complaints_hits intelligence_hits", name))
    json_builder_add_int_value (builder, g_ascii_strtoll (value, NULL, 10));
  else if (is_one_of ("intrusive latest sealed may_amend outgoing present late leaver appeal_open ended", name))
    json_builder_add_boolean_value (builder, g_str_equal (value, "true"));
  else
    json_builder_add_string_value (builder, value);
}

/* `{"actions": [{…}]}`; @fields separated by blanks. */
JsonNode *
ctl_list_to_json (const char *member,
                  GPtrArray  *list,
                  const char *fields)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) names = g_strsplit (fields, " ", -1);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->len; i++)
    {
      json_builder_begin_object (builder);
      for (guint f = 0; names[f] != NULL; f++)
        ctl_add_field (builder, g_ptr_array_index (list, i), names[f]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}
