/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse.h"
#include "probity-record.h"

#define NOT_PARSED -1

/* What goes with an error beside its message, through copies of it and from thread to thread. */
typedef struct
{
  char *field;
  GStrv missing;
  int   parse_code; /* ProbityParseError, or NOT_PARSED */
} ProbityRecordErrorPrivate;

static void probity_record_error_private_init (ProbityRecordErrorPrivate *priv);
static void probity_record_error_private_copy (const ProbityRecordErrorPrivate *src,
                                               ProbityRecordErrorPrivate       *dest);
static void probity_record_error_private_clear (ProbityRecordErrorPrivate *priv);

G_DEFINE_EXTENDED_ERROR (ProbityRecordError, probity_record_error)

static void
probity_record_error_private_init (ProbityRecordErrorPrivate *priv)
{
  priv->parse_code = NOT_PARSED;
}

static void
probity_record_error_private_copy (const ProbityRecordErrorPrivate *src,
                                   ProbityRecordErrorPrivate       *dest)
{
  dest->field = g_strdup (src->field);
  dest->missing = g_strdupv (src->missing);
  dest->parse_code = src->parse_code;
}

static void
probity_record_error_private_clear (ProbityRecordErrorPrivate *priv)
{
  g_clear_pointer (&priv->field, g_free);
  g_clear_pointer (&priv->missing, g_strfreev);
}

/**
 * probity_record_error_get_field:
 *
 * Returns: (nullable): the field that @error is about
 */
const char *
probity_record_error_get_field (const GError *error)
{
  if (error == NULL || error->domain != PROBITY_RECORD_ERROR)
    return NULL;

  return probity_record_error_get_private (error)->field;
}

/**
 * probity_record_error_get_missing:
 *
 * Returns: (nullable): the codes of what the gate misses, as far as the reader may know
 */
const char *const *
probity_record_error_get_missing (const GError *error)
{
  if (error == NULL || error->domain != PROBITY_RECORD_ERROR)
    return NULL;

  return (const char *const *) probity_record_error_get_private (error)->missing;
}

/**
 * probity_record_error_new_field:
 *
 * Returns: (transfer full): an error about the value of @field
 */
GError *
probity_record_error_new_field (ProbityRecordError code,
                                const char        *field,
                                const char        *format,
                                ...)
{
  va_list args;
  GError *error;

  va_start (args, format);
  error = g_error_new_valist (PROBITY_RECORD_ERROR, code, format, args);
  va_end (args);

  probity_record_error_get_private (error)->field = g_strdup (field);

  return error;
}

/**
 * probity_record_error_new_parsed:
 * @cause: of %PROBITY_PARSE_ERROR
 *
 * Returns: (transfer full): an error about the value of @field, with the words and the code of @cause
 */
GError *
probity_record_error_new_parsed (const char   *field,
                                 const GError *cause)
{
  const gboolean empty = g_error_matches (cause, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_EMPTY);
  GError        *error = probity_record_error_new_field (empty ? PROBITY_RECORD_ERROR_MISSING : PROBITY_RECORD_ERROR_INVALID, field, "%s", cause->message);

  if (cause->domain == PROBITY_PARSE_ERROR)
    probity_record_error_get_private (error)->parse_code = cause->code;

  return error;
}

/**
 * probity_record_error_get_parse_code:
 * @ret_code: (out): a #ProbityParseError
 *
 * Returns: whether @error is about a value that could not be read, and @ret_code says why
 */
gboolean
probity_record_error_get_parse_code (const GError *error,
                                     int          *ret_code)
{
  if (error == NULL || error->domain != PROBITY_RECORD_ERROR || probity_record_error_get_private (error)->parse_code == NOT_PARSED)
    return FALSE;

  *ret_code = probity_record_error_get_private (error)->parse_code;

  return TRUE;
}

/**
 * probity_record_error_new_missing:
 *
 * Returns: (transfer full): a refusal by the gate, which lists the codes of what is @missing
 */
GError *
probity_record_error_new_missing (const char *const *missing,
                                  const char        *format,
                                  ...)
{
  va_list args;
  GError *error;

  va_start (args, format);
  error = g_error_new_valist (PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_GATE, format, args);
  va_end (args);

  probity_record_error_get_private (error)->missing = g_strdupv ((char **) missing);

  return error;
}
