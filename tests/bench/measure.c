/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "measure.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#define N_RESAMPLES 2000

/* By the clock, and of the processors. */
typedef struct
{
  double clock;
  double processor;
} Time;

static double
get_processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return now.tv_sec + now.tv_nsec / 1e9;
}

static Time
time_of (MeasureFunc func,
         gpointer    data,
         guint       share)
{
  double processor = get_processor_time ();
  gint64 start = g_get_monotonic_time ();
  Time   time;

  func (data);
  time.clock = (double) MAX (g_get_monotonic_time () - start, 1) / G_USEC_PER_SEC / MAX (share, 1);
  time.processor = MAX (get_processor_time () - processor, 1e-6) / MAX (share, 1);

  return time;
}

static void
run_control (gpointer data)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 block[4096] = { 1 };

  for (guint i = 0; i < 4000; i++)
    g_checksum_update (checksum, block, sizeof block);
  g_checksum_get_string (checksum);
}

int
measure_compare_doubles (gconstpointer a,
                         gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (double *values,
        guint   n)
{
  qsort (values, n, sizeof *values, measure_compare_doubles);

  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void
bootstrap (const double *ratios,
           guint         n,
           double       *ret_low,
           double       *ret_high)
{
  g_autofree double *medians = g_new (double, N_RESAMPLES);
  g_autofree double *sample = g_new (double, n);
  guint              state = 1;

  for (guint i = 0; i < N_RESAMPLES; i++)
    {
      for (guint j = 0; j < n; j++)
        sample[j] = ratios[measure_random (&state, n)];
      medians[i] = median (sample, n);
    }
  qsort (medians, N_RESAMPLES, sizeof *medians, measure_compare_doubles);
  *ret_low = medians[N_RESAMPLES / 40];
  *ret_high = medians[N_RESAMPLES - N_RESAMPLES / 40 - 1];
}

char *
measure_dup_load (void)
{
  double loads[1] = { 0 };

  /* Whoever else works on the machine; the benchmark itself is one. */
  if (getloadavg (loads, 1) < 1)
    return g_strdup ("unknown");

  return g_strdup_printf ("%.1f", loads[0]);
}

guint
measure_get_n_rows (void)
{
  const char *text = g_getenv ("PROBITY_PEOPLE");

  return text != NULL ? (guint) MAX (atoi (text), 1000) : 100000;
}

void
measure_print_ratios (const char   *what,
                      const double *ratios,
                      guint         n,
                      const char   *goal)
{
  g_autofree double *sorted = g_memdup2 (ratios, sizeof *ratios * n);
  double             middle = median (sorted, n);
  double             low;
  double             high;

  bootstrap (ratios, n, &low, &high);
  g_print ("     %s %.3g (least %.3g, most %.3g; 95 %%: %.3g to %.3g; %u pairs)%s%s\n",
           what,
           middle,
           sorted[0],
           sorted[n - 1],
           low,
           high,
           n,
           goal != NULL ? "; goal: " : "",
           goal != NULL ? goal : "");
}

static char *
format_time (double seconds)
{
  if (seconds >= 1)
    return g_strdup_printf ("%.2f s", seconds);
  if (seconds >= 0.001)
    return g_strdup_printf ("%.2f ms", seconds * 1e3);

  return g_strdup_printf ("%.1f µs", seconds * 1e6);
}

static double
get_ratio (const Measure *measure,
           double         baseline,
           double         tried)
{
  return measure->ratio == MEASURE_SPEEDUP ? baseline / tried : tried / baseline;
}

static void
print_best (const char *what,
            const char *name,
            Time        best)
{
  g_autofree char *clock = format_time (best.clock);
  g_autofree char *processor = format_time (best.processor);

  g_print ("     %-9s %-40s %s at best, %s of the processor\n", what, name, clock, processor);
}

void
measure_run (const Measure *measure)
{
  guint              n = measure->n_pairs != 0 ? measure->n_pairs : 9;
  g_autofree double *clocks = g_new (double, n);
  g_autofree double *processors = g_new (double, n);
  g_autofree char   *load = measure_dup_load ();
  Time               best_baseline = { INFINITY, INFINITY };
  Time               best_tried = { INFINITY, INFINITY };
  double             control_before = time_of (run_control, NULL, 1).clock;
  double             control_after;

  for (guint i = 0; i < n + 1; i++)
    {
      Time baseline = { 0 };
      Time tried;

      if (i % 2 == 0)
        baseline = time_of (measure->baseline, measure->data, 1);
      tried = time_of (measure->tried, measure->data, measure->share);
      if (i % 2 == 1)
        baseline = time_of (measure->baseline, measure->data, 1);

      if (i == 0)
        continue;
      clocks[i - 1] = get_ratio (measure, baseline.clock, tried.clock);
      processors[i - 1] = get_ratio (measure, baseline.processor, tried.processor);
      best_baseline.clock = MIN (best_baseline.clock, baseline.clock);
      best_baseline.processor = MIN (best_baseline.processor, baseline.processor);
      best_tried.clock = MIN (best_tried.clock, tried.clock);
      best_tried.processor = MIN (best_tried.processor, tried.processor);
    }
  control_after = time_of (run_control, NULL, 1).clock;

  g_print ("%-4s %s; load %s\n", measure->id, measure->what, load);
  print_best ("baseline", measure->baseline_name, best_baseline);
  print_best ("tried", measure->tried_name, best_tried);
  measure_print_ratios (measure->ratio == MEASURE_SPEEDUP ? "times faster" : "ratio", clocks, n, measure->goal);
  measure_print_ratios ("  of the processor", processors, n, NULL);
  if (fabs (control_after / control_before - 1) > 0.1)
    g_print ("     the machine was not quiet: fixed work took %.2f and %.2f ms before and after\n",
             control_before * 1e3,
             control_after * 1e3);
}

guint
measure_random (guint *state,
                guint  n)
{
  /* xorshift: the same on every machine. */
  *state = *state == 0 ? 1 : *state;
  *state ^= *state << 13;
  *state ^= *state >> 17;
  *state ^= *state << 5;

  return *state % n;
}
