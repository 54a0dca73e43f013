/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-sample-log.h"
#include "probity-access-log.h"

#define PUBLISHED_MS G_GINT64_CONSTANT (1331791200000) /* 2012-03-15 */

/* Rule: exactly one opened the record from the place before it was published; many from elsewhere, some there too late. */
static void
test_one_answer (void)
{
  static const char *const numbers[] = { "4101", "4102", "4103", "4104", "4105", "4106", "4107", "4108", "4109", "4110", "4111", NULL };
  const CtlSampleLog       sample = { numbers, "4107", PUBLISHED_MS, 2012 };
  GString                 *text = ctl_sample_log_make (&sample);
  GString                 *again = ctl_sample_log_make (&sample);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityAccessLog) log = probity_access_log_open_stream (stream, "sample.csv", NULL, NULL, "UTC", NULL, &error);
  g_autoptr (GHashTable) answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_rows = 0;
  guint n_elsewhere = 0;
  guint n_late = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, again->str);
  while (TRUE)
    {
      const ProbityLogRow *row;

      g_assert_true (probity_access_log_next (log, &row, NULL, &error));
      if (row == NULL)
        break;
      g_assert_no_error (row->error);
      n_rows++;
      if (!g_str_equal (row->texts[PROBITY_LOG_RECORD], CTL_SAMPLE_LOG_RECORD))
        continue;
      if (!g_str_equal (row->texts[PROBITY_LOG_PLACE], CTL_SAMPLE_LOG_PLACE))
        n_elsewhere++;
      else if (row->ms > PUBLISHED_MS)
        n_late++;
      else
        g_hash_table_add (answers, g_strdup (row->texts[PROBITY_LOG_WHO]));
    }

  g_assert_cmpuint (n_rows, ==, CTL_SAMPLE_LOG_ROWS);
  g_assert_cmpuint (n_elsewhere, >=, 40);
  g_assert_cmpuint (n_late, >=, 12);
  g_assert_cmpuint (g_hash_table_size (answers), ==, 1);
  g_assert_true (g_hash_table_contains (answers, "FORCE\\4107"));
  g_string_free (text, TRUE);
  g_string_free (again, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sample-log/one-answer", test_one_answer);

  return g_test_run ();
}
