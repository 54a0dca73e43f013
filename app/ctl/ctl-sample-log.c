/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-sample-log.h"

#include "probity-instant.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define N_PLACES 60

/* How many opened the record at all: before, but from elsewhere; and at the place, but after the publication. */
#define N_ELSEWHERE 40
#define N_AFTER 12

typedef struct
{
  gint64      ms;
  const char *staff_number;
  char       *record;
  char       *place;
} Row;

static void
clear_row (gpointer data)
{
  Row *row = data;

  g_free (row->record);
  g_free (row->place);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *one = a;
  const Row *other = b;

  return (one->ms > other->ms) - (one->ms < other->ms);
}

static void
add_row (GArray     *rows,
         gint64      ms,
         const char *staff_number,
         const char *record,
         const char *place)
{
  Row row = { ms, staff_number, g_strdup (record), g_strdup (place) };

  g_array_append_val (rows, row);
}

static const char *
pick_other (const CtlSampleLog *log,
            GRand              *random,
            guint               n)
{
  const char *number;

  do
    number = log->staff_numbers[g_rand_int_range (random, 0, (gint32) n)];
  while (g_str_equal (number, log->source));

  return number;
}

GString *
ctl_sample_log_make (const CtlSampleLog *log)
{
  static const char *const roles[] = { "Constable", "Constable", "Constable", "Sergeant", "Police Staff" };
  const guint              n = g_strv_length ((GStrv) log->staff_numbers);
  const gint64             begin = log->published_ms - 30 * DAY_MS;
  g_autoptr (GRand) random = g_rand_new_with_seed (log->seed);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  GString *csv = g_string_new ("User,Time,Record,Workstation,Role\n");

  g_return_val_if_fail (n >= 10, csv);

  g_array_set_clear_func (rows, clear_row);

  /* The answer: twice in the evening before. */
  add_row (rows, log->published_ms - 11 * 3600 * 1000, log->source, CTL_SAMPLE_LOG_RECORD, CTL_SAMPLE_LOG_PLACE);
  add_row (rows, log->published_ms - 11 * 3600 * 1000 + 94000, log->source, CTL_SAMPLE_LOG_RECORD, CTL_SAMPLE_LOG_PLACE);
  for (guint i = 0; i < N_ELSEWHERE; i++)
    {
      g_autofree char *place = g_strdup_printf ("ILK-OFFICE-%02d", g_rand_int_range (random, 1, N_PLACES));

      add_row (rows, log->published_ms - g_rand_int_range (random, 60, 6 * 86400) * G_GINT64_CONSTANT (1000), pick_other (log, random, n), CTL_SAMPLE_LOG_RECORD, place);
    }
  for (guint i = 0; i < N_AFTER; i++)
    add_row (rows, log->published_ms + g_rand_int_range (random, 600, 86000) * G_GINT64_CONSTANT (1000), pick_other (log, random, n), CTL_SAMPLE_LOG_RECORD, CTL_SAMPLE_LOG_PLACE);

  /* Everybody's day: other records, from everywhere. */
  while (rows->len < CTL_SAMPLE_LOG_ROWS)
    {
      g_autofree char *record = g_strdup_printf ("CUS/2012/%06d", g_rand_int_range (random, 0, 4000));
      g_autofree char *place = g_rand_int_range (random, 0, 12) == 0 ? g_strdup (CTL_SAMPLE_LOG_PLACE) : g_strdup_printf ("ILK-OFFICE-%02d", g_rand_int_range (random, 1, N_PLACES));

      add_row (rows, begin + g_rand_int_range (random, 0, 31 * 86400) * G_GINT64_CONSTANT (1000), log->staff_numbers[g_rand_int_range (random, 0, (gint32) n)], record, place);
    }
  g_array_sort (rows, compare_rows);

  for (guint i = 0; i < rows->len; i++)
    {
      const Row       *row = &g_array_index (rows, Row, i);
      g_autofree char *at = probity_instant_from_ms (row->ms);

      g_string_append_printf (csv, "FORCE\\%s,%s,%s,%s,%s\n", row->staff_number, at, row->record, row->place, roles[g_str_hash (row->staff_number) % G_N_ELEMENTS (roles)]);
    }

  return csv;
}
