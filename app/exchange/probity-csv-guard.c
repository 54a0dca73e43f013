/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-csv-guard.h"

#include <string.h>

static gboolean
begins_formula (const char *cell)
{
  /* The wide forms are taken for the plain ones by spreadsheets set to some languages. */
  static const char *const wide[] = { "＝", "＋", "－", "＠" };

  if (*cell != '\0' && strchr ("=+-@\t\r\n", *cell) != NULL)
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_str_has_prefix (cell, wide[i]))
      return TRUE;

  return FALSE;
}

/**
 * probity_csv_guard_is_needed:
 *
 * Also where apostrophes already come before the formula, so that reading takes off exactly what writing put on.
 */
gboolean
probity_csv_guard_is_needed (const char *cell)
{
  while (*cell == '\'')
    cell++;

  return begins_formula (cell);
}

/**
 * probity_csv_guard_remove:
 * @start: where in @text the cell begins, which ends with it
 */
void
probity_csv_guard_remove (GString *text,
                          gsize    start)
{
  if (text->len > start && text->str[start] == '\'' && probity_csv_guard_is_needed (text->str + start))
    g_string_erase (text, (gssize) start, 1);
}
