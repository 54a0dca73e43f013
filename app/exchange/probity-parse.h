/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-day.h"

G_BEGIN_DECLS

/*
 * Values as people write them, in forms and in files of other systems. What can be read in two ways is an error
 * that names both; nothing is guessed. Pure functions, any thread; @text may be NULL, which is an empty value.
 */

/**
 * ProbityParseError:
 * @PROBITY_PARSE_ERROR_EMPTY: there is no value
 * @PROBITY_PARSE_ERROR_INVALID: it is not a value of this kind
 * @PROBITY_PARSE_ERROR_AMBIGUOUS: it can be read in two ways; declare which
 * @PROBITY_PARSE_ERROR_RANGE: it can be read, and is beyond what is possible
 * @PROBITY_PARSE_ERROR_TOO_LONG: longer than the field holds
 * @PROBITY_PARSE_ERROR_CHARACTER: not UTF-8, a control character, or one that turns the direction of writing
 * @PROBITY_PARSE_ERROR_MARKING: marked above OFFICIAL-SENSITIVE
 */
typedef enum
{
  PROBITY_PARSE_ERROR_EMPTY,
  PROBITY_PARSE_ERROR_INVALID,
  PROBITY_PARSE_ERROR_AMBIGUOUS,
  PROBITY_PARSE_ERROR_RANGE,
  PROBITY_PARSE_ERROR_TOO_LONG,
  PROBITY_PARSE_ERROR_CHARACTER,
  PROBITY_PARSE_ERROR_MARKING,
} ProbityParseError;

#define PROBITY_PARSE_ERROR (probity_parse_error_quark ())
GQuark probity_parse_error_quark (void);

/**
 * ProbityDateOrder:
 *
 * In which order a file or a user writes day and month between strokes.
 */
typedef enum
{
  PROBITY_DATE_ORDER_UNDECLARED,
  PROBITY_DATE_ORDER_DMY,
  PROBITY_DATE_ORDER_MDY,
} ProbityDateOrder;

/**
 * ProbityMarking:
 *
 * The Government Security Classifications that a casebook may hold.
 */
typedef enum
{
  PROBITY_MARKING_OFFICIAL,
  PROBITY_MARKING_OFFICIAL_SENSITIVE,
} ProbityMarking;

gboolean probity_parse_date_order (const char       *text,
                                   ProbityDateOrder *ret_order,
                                   GError          **error);
gboolean probity_parse_day (const char      *text,
                            ProbityDateOrder order,
                            ProbityDay      *ret_day,
                            GError         **error);
gboolean probity_parse_boolean (const char *text,
                                gboolean   *ret_value,
                                GError    **error);
gboolean probity_parse_hours (const char *text,
                              int        *ret_minutes,
                              GError    **error);
char    *probity_hours_to_text (int minutes);
gboolean probity_parse_pence (const char *text,
                              gint64     *ret_pence,
                              GError    **error);
gboolean probity_parse_integer (const char *text,
                                gint64      minimum,
                                gint64      maximum,
                                gint64     *ret_value,
                                GError    **error);
gboolean probity_parse_choice (const char        *text,
                               const char *const *choices,
                               guint             *ret_index,
                               GError           **error);
char    *probity_parse_line (const char *text,
                             guint       max_characters,
                             GError    **error);
char    *probity_parse_text (const char *text,
                             guint       max_characters,
                             GError    **error);
gboolean probity_parse_marking (const char     *text,
                                ProbityMarking *ret_marking,
                                GError        **error);
gboolean probity_text_is_marked_too_high (const char *text);

/* For comparing headings, choices and words of a closed list. */
char *probity_fold_word (const char *text);

G_END_DECLS
