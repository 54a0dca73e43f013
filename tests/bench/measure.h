/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A benchmark beside its baseline. Both are run alternately (ABBA) in one process; the first pair is
 * thrown away. What is printed: the fastest of each, the median of the ratios of the pairs, the least
 * and the most of them, and a bootstrap interval of 95 % of the median. The load of the machine, and a
 * loop of fixed work before and after, say whether it was quiet; the processor's time of all threads
 * says more where it was not.
 */

typedef enum
{
  MEASURE_SLOWDOWN, /* tried / baseline: as small as can be */
  MEASURE_SPEEDUP,  /* baseline / tried: as great as can be */
} MeasureRatio;

typedef void (*MeasureFunc) (gpointer data);

typedef struct
{
  const char  *id;   /* of the goal: P10 */
  const char  *what; /* `cold scan of 100,000 rows` */
  const char  *goal; /* `floor 4.3, target 2.5` */
  MeasureRatio ratio;
  guint        n_pairs; /* 0: 9 */
  const char  *baseline_name;
  MeasureFunc  baseline;
  const char  *tried_name;
  MeasureFunc  tried;
  gpointer     data;
  guint        share; /* how often @tried does what @baseline does once; 0: 1 */
} Measure;

void measure_run (const Measure *measure);

/* Prints a line of the median, the spread and the interval of so many ratios. */
void measure_print_ratios (const char   *what,
                           const double *ratios,
                           guint         n,
                           const char   *goal);
/* Of doubles, for g_array_sort() and qsort(). */
int measure_compare_doubles (gconstpointer a,
                             gconstpointer b);
/* The load average of the last minute. */
char *measure_dup_load (void);
/* How many rows the benchmarks work on: 100,000, or PROBITY_PEOPLE. */
guint measure_get_n_rows (void);

/* A reproducible number below @n. */
guint measure_random (guint *state,
                      guint  n);

G_END_DECLS
