/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a person or another system writes into a field, reading it gives a value that can be written and read
 * again, or an error; never neither and never both. */

#include "config.h"

#include "probity-parse.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static void
check_outcome (gboolean      good,
               const GError *error)
{
  if (good != (error == NULL))
    g_error ("a reader returned %s and %s an error", good ? "success" : "failure", error != NULL ? "set" : "did not set");
}

static void
check_hours (const char *text)
{
  g_autoptr (GError) error = NULL;
  int      minutes = 0;
  gboolean good = probity_parse_hours (text, &minutes, &error);

  check_outcome (good, error);
  if (good)
    {
      g_autofree char *again = probity_hours_to_text (minutes);
      int              second = -1;

      if (!probity_parse_hours (again, &second, NULL) || second != minutes)
        g_error ("%d minutes were written as \"%s\" and read as %d", minutes, again, second);
    }
}

static void
check_text (const char *text)
{
  g_autoptr (GError) line_error = NULL;
  g_autoptr (GError) text_error = NULL;
  g_autofree char *line = probity_parse_line (text, 200, &line_error);
  g_autofree char *paragraphs = probity_parse_text (text, 4000, &text_error);
  g_autofree char *folded = probity_fold_word (text);

  check_outcome (line != NULL, line_error);
  check_outcome (paragraphs != NULL, text_error);
  if (line != NULL && (!g_utf8_validate (line, -1, NULL) || g_utf8_strlen (line, -1) > 200))
    g_error ("a line is longer than its field or not UTF-8");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autofree char *text = g_strndup ((const char *) data, length);

  for (ProbityDateOrder order = PROBITY_DATE_ORDER_UNDECLARED; order <= PROBITY_DATE_ORDER_MDY; order++)
    {
      g_autoptr (GError) error = NULL;
      ProbityDay day;

      gboolean good = probity_parse_day (text, order, &day, &error);

      check_outcome (good, error);
    }

  {
    g_autoptr (GError) error = NULL;
    gboolean value;
    gboolean good = probity_parse_boolean (text, &value, &error);

    check_outcome (good, error);
  }
  {
    g_autoptr (GError) error = NULL;
    gint64   pence;
    gboolean good = probity_parse_pence (text, &pence, &error);

    check_outcome (good, error);
  }
  {
    g_autoptr (GError) error = NULL;
    gint64   number;
    gboolean good = probity_parse_integer (text, -5, 1000, &number, &error);

    check_outcome (good, error);
    if (good && (number < -5 || number > 1000))
      g_error ("a number beyond its limits was let through");
  }
  {
    g_autoptr (GError) error = NULL;
    ProbityMarking marking;
    gboolean       good = probity_parse_marking (text, &marking, &error);

    check_outcome (good, error);
  }
  check_hours (text);
  check_text (text);
  return 0;
}
