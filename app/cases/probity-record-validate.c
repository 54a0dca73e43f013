/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-parse.h"
#include "probity-profile.h"
#include "probity-record-kind.h"

#define MAX_TEXT 200
#define MAX_LONG_TEXT 20000

/* Turns what the parser says into an error that names the field. Always FALSE. */
static gboolean
refuse (const ProbityField *field,
        GError             *cause,
        GError            **error)
{
  g_propagate_error (error, probity_record_error_new_parsed (field->name, cause));
  g_error_free (cause);

  return FALSE;
}

static gboolean
normalise_choice (const ProbityField *field,
                  ProbityProfile     *profile,
                  const char         *text,
                  char              **ret_value,
                  GError            **error)
{
  g_auto (GStrv) choices = NULL;
  GError *cause = NULL;
  guint   index;

  if (field->choices != NULL && *field->choices == '=')
    {
      choices = g_strsplit (field->choices + 1, ",", -1);
      if (!probity_parse_choice (text, (const char *const *) choices, &index, &cause))
        return refuse (field, cause, error);

      *ret_value = g_strdup (choices[index]);
      return TRUE;
    }

  if (field->choices != NULL && profile != NULL)
    {
      const char *id = probity_profile_find (profile, field->choices, text);

      choices = probity_profile_dup_list (profile, field->choices);
      if (id == NULL && choices != NULL && choices[0] != NULL)
        {
          g_autofree char *known = g_strjoinv (", ", choices);

          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field->name, "“%s” is none of %s", text, known));
          return FALSE;
        }

      *ret_value = g_strdup (id != NULL ? id : text);
      return TRUE;
    }

  /* A list that the profile doesn't have limits nothing. */
  *ret_value = g_strdup (text);

  return TRUE;
}

static gboolean
normalise_value (const ProbityField *field,
                 ProbityProfile     *profile,
                 const char         *text,
                 char              **ret_value,
                 GError            **error)
{
  GError *cause = NULL;

  switch (field->type)
    {
    case PROBITY_FIELD_TEXT:
    case PROBITY_FIELD_STAFF:
      *ret_value = probity_parse_line (text, field->max_length > 0 ? field->max_length : MAX_TEXT, &cause);
      break;

    case PROBITY_FIELD_LONG_TEXT:
      *ret_value = probity_parse_text (text, field->max_length > 0 ? field->max_length : MAX_LONG_TEXT, &cause);
      break;

    case PROBITY_FIELD_DAY:
      {
        ProbityDay day;

        if (probity_parse_day (text, PROBITY_DATE_ORDER_UNDECLARED, &day, &cause))
          *ret_value = probity_day_to_iso (day);
      }
      break;

    case PROBITY_FIELD_INSTANT:
      {
        gint64 ms;

        if (probity_instant_to_ms (text, &ms))
          *ret_value = probity_instant_from_ms (ms);
        else
          g_set_error (&cause, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_INVALID, "“%s” is no instant of the form 2026-11-22T09:30:00Z", text);
      }
      break;

    case PROBITY_FIELD_HOURS:
      {
        int minutes;

        if (probity_parse_hours (text, &minutes, &cause))
          *ret_value = probity_hours_to_text (minutes);
      }
      break;

    case PROBITY_FIELD_BOOLEAN:
      {
        gboolean value;

        if (probity_parse_boolean (text, &value, &cause))
          *ret_value = g_strdup (value ? "true" : "false");
      }
      break;

    case PROBITY_FIELD_INTEGER:
      {
        gint64 value;

        if (probity_parse_integer (text, G_MININT32, G_MAXINT32, &value, &cause))
          *ret_value = g_strdup_printf ("%" G_GINT64_FORMAT, value);
      }
      break;

    case PROBITY_FIELD_CHOICE:
      return normalise_choice (field, profile, text, ret_value, error);
    }

  if (cause != NULL)
    return refuse (field, cause, error);

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!g_unichar_isspace (g_utf8_get_char (text)))
      return FALSE;

  return TRUE;
}

gboolean
probity_record_normalise (const ProbityRecordKind *kind,
                          ProbityProfile          *profile,
                          const char              *name,
                          const char              *value,
                          char                   **ret_value,
                          GError                 **error)
{
  const ProbityField *field = probity_record_kind_find_field (kind, name);
  g_autofree char    *text = NULL;

  if (field == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, name, "A %s has no field “%s”", kind->name, name));
      return FALSE;
    }

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, name, "The text is not UTF-8"));
      return FALSE;
    }

  if (is_blank (value))
    {
      if ((field->flags & PROBITY_FIELD_REQUIRED) != 0)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, name, "“%s” must not be empty", name));
          return FALSE;
        }

      *ret_value = NULL;
      return TRUE;
    }

  text = g_strstrip (g_strdup (value));

  return normalise_value (field, profile, text, ret_value, error);
}

/**
 * probity_record_validate_value:
 *
 * Checks one value as it is typed. Whether a staff number exists is known only when the record is saved.
 *
 * Returns: %FALSE with an error that names the field
 */
gboolean
probity_record_validate_value (const ProbityRecordKind *kind,
                               ProbityProfile          *profile,
                               const char              *field,
                               const char              *value,
                               GError                 **error)
{
  g_autofree char *normal = NULL;

  g_return_val_if_fail (kind != NULL && field != NULL, FALSE);

  return probity_record_normalise (kind, profile, field, value, &normal, error);
}
