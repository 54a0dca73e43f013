/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ProbityDay:
 *
 * A day of the calendar as a number of days, so that days are compared and counted by plain arithmetic.
 * In files and on the wire a day is ISO text, `2012-03-04`.
 */
typedef guint32 ProbityDay;

#define PROBITY_DAY_NONE ((ProbityDay) 0)

/* Days outside these years are typing errors in every record that this program keeps. */
#define PROBITY_DAY_FIRST_YEAR 1800
#define PROBITY_DAY_LAST_YEAR 2999

ProbityDay probity_day_new (int year,
                            int month,
                            int day);
ProbityDay probity_day_from_iso (const char *text);
char      *probity_day_to_iso (ProbityDay day);
char      *probity_day_to_words (ProbityDay day);
gboolean   probity_day_split (ProbityDay day,
                              int       *ret_year,
                              int       *ret_month,
                              int       *ret_day);
int        probity_day_get_weekday (ProbityDay day);
ProbityDay probity_day_add_months (ProbityDay day,
                                   int        months);
ProbityDay probity_day_add_years (ProbityDay day,
                                  int        years);
gboolean   probity_window_contains_day (ProbityDay from,
                                        ProbityDay to,
                                        ProbityDay day);

/* Working days: not Saturday, not Sunday, not a bank holiday of England and Wales. */
gboolean   probity_day_is_bank_holiday (ProbityDay        day,
                                        const ProbityDay *extra,
                                        gsize             n_extra);
gboolean   probity_day_is_working (ProbityDay        day,
                                   const ProbityDay *extra,
                                   gsize             n_extra);
ProbityDay probity_day_add_working (ProbityDay        day,
                                    int               working_days,
                                    const ProbityDay *extra,
                                    gsize             n_extra);
int        probity_day_count_working (ProbityDay        after,
                                      ProbityDay        until,
                                      const ProbityDay *extra,
                                      gsize             n_extra);

G_END_DECLS
