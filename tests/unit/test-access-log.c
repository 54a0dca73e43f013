/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access-log.h"
#include "probity-instant.h"
#include "probity-log-time.h"
#include "probity-packed.h"

/* Logs of other systems: times, accounts, CSV and JSON lines, and the columns that they become. */

/* Rule: a time is an instant, read in one way only; the hour that comes twice is its first, the one that is skipped none. */
static void
test_times (void)
{
  static const struct
  {
    const char      *zone;
    ProbityDateOrder order;
    const char      *text;
    const char      *instant; /* NULL: refused */
  } cases[] = {
    { "Europe/London", PROBITY_DATE_ORDER_UNDECLARED, "2012-03-04T10:30:00", "2012-03-04T10:30:00.000Z" },
    { "Europe/London", PROBITY_DATE_ORDER_UNDECLARED, "2012-07-04 10:30", "2012-07-04T09:30:00.000Z" },
    { "Europe/London", PROBITY_DATE_ORDER_UNDECLARED, "2012-07-04 10:30:15.5Z", "2012-07-04T10:30:15.500Z" },
    { "+01:00", PROBITY_DATE_ORDER_UNDECLARED, "2012-03-04T10:30:00", "2012-03-04T09:30:00.000Z" },
    { "-05:30", PROBITY_DATE_ORDER_UNDECLARED, "2012-03-04T10:30:00", "2012-03-04T16:00:00.000Z" },
    { "+01:00", PROBITY_DATE_ORDER_UNDECLARED, "2012-03-04T10:30:00-02:00", "2012-03-04T12:30:00.000Z" },
    { "UTC", PROBITY_DATE_ORDER_DMY, "04/03/2012 10:30:00", "2012-03-04T10:30:00.000Z" },
    { "UTC", PROBITY_DATE_ORDER_MDY, "04/03/2012 2:30:00 PM", "2012-04-03T14:30:00.000Z" },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "4 March 2012 12:05 am", "2012-03-04T00:05:00.000Z" },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "20120304103000", "2012-03-04T10:30:00.000Z" },
    { "Europe/London", PROBITY_DATE_ORDER_UNDECLARED, "1330857000", "2012-03-04T10:30:00.000Z" },
    { "Europe/London", PROBITY_DATE_ORDER_UNDECLARED, "1330857000123", "2012-03-04T10:30:00.123Z" },
    { "Europe/London", PROBITY_DATE_ORDER_UNDECLARED, "2012-10-28 01:30:00", "2012-10-28T00:30:00.000Z" },
    { "Europe/London", PROBITY_DATE_ORDER_UNDECLARED, "2012-03-25 01:30:00", NULL },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "04/03/2012 10:30:00", NULL },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "2012-02-30T10:30:00", NULL },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "2012-03-04T24:30:00", NULL },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "2012-03-04", NULL },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "1985-03-04T10:30:00", NULL },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "", NULL },
    { "UTC", PROBITY_DATE_ORDER_UNDECLARED, "10:30", NULL },
  };
  const char *const zones[] = { "Europe/Derby", "1", "+1", "../etc/passwd", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ProbityLogTime) time = probity_log_time_new (cases[i].zone, cases[i].order, NULL);
      g_autoptr (GError) error = NULL;
      gint64   ms = 0;
      gboolean read = probity_log_time_parse (time, cases[i].text, &ms, &error);

      if (read != (cases[i].instant != NULL) || read == (error != NULL))
        g_error ("%s: %s", cases[i].text, error != NULL ? error->message : "was read");
      if (read)
        {
          g_autofree char *instant = probity_instant_from_ms (ms);

          g_assert_cmpstr (instant, ==, cases[i].instant);
        }
    }
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++)
    g_assert_false (probity_log_time_zone_is_valid (zones[i], NULL));
}

/* Rule: case never matters; domain, leading zeros and prefixes as the mapping says. */
static void
test_accounts (void)
{
  static const struct
  {
    const char *mapping;
    const char *account;
    const char *folded;
  } cases[] = {
    { NULL, "FORCE\\004127", "4127" },
    { NULL, "4127@Force.example", "4127" },
    { NULL, " A.Marsh ", "a.marsh" },
    { NULL, "000", "0" },
    { NULL, "PC4127", "pc4127" },
    { "[who]\nprefixes=PC;PS\n", "Force\\ps 04127", "4127" },
    { "[who]\nprefixes=PC\n", "PCarter", "pcarter" },
    { "[who]\ndomain=keep\nleading-zeros=keep\n", "FORCE\\004127", "force\\004127" },
  };
  ProbityLogWho who;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) mapping = cases[i].mapping != NULL ? g_bytes_new_static (cases[i].mapping, strlen (cases[i].mapping)) : NULL;
      g_autofree char *folded = NULL;

      g_assert_true (probity_log_who_read (&who, mapping, "m", NULL));
      folded = probity_log_who_fold (&who, cases[i].account);
      g_assert_cmpstr (folded, ==, cases[i].folded);
      probity_log_who_clear (&who);
    }
  {
    g_autoptr (GBytes) wrong = g_bytes_new_static ("[who]\ndomain=perhaps\n", 21);

    g_assert_false (probity_log_who_read (&who, wrong, "m", NULL));
    probity_log_who_clear (&who);
  }
}

static char *
read_all (const char *text,
          const char *mapping_text)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) strlen (text), NULL);
  g_autoptr (GBytes) mapping = mapping_text != NULL ? g_bytes_new_static (mapping_text, strlen (mapping_text)) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityAccessLog) log = probity_access_log_open_stream (stream, "log", mapping, "map", "UTC", NULL, &error);
  g_autoptr (GString) all = g_string_new (NULL);
  const ProbityLogRow *row;

  if (log == NULL)
    return g_strdup ("refused");
  while (probity_access_log_next (log, &row, NULL, &error) && row != NULL)
    if (row->error != NULL)
      g_string_append_printf (all, "%d!%s ", (int) row->line, row->column != NULL ? row->column : "");
    else
      g_string_append_printf (all, "%d:%s,%s,%s ", (int) row->line, row->texts[PROBITY_LOG_WHO], row->texts[PROBITY_LOG_RECORD], row->texts[PROBITY_LOG_PLACE]);
  g_assert_no_error (error);

  return g_string_free_and_steal (g_steal_pointer (&all));
}

/* Rule: who, when and which record must be told; a line that is not good says so and stops none after it. */
static void
test_files (void)
{
  static const struct
  {
    const char *text;
    const char *mapping;
    const char *rows;
  } cases[] = {
    { "User,Timestamp,Record,Terminal\na,2012-03-04 10:00:00,R1,T1\n,2012-03-04 10:00:00,R1,T1\nb,2012-03-04 10:00:00,R1\n", NULL, "2:a,R1,T1 3!User 4! " },
    { "{\"user\":\"a\",\"ts\":\"2012-03-04T10:00:00Z\",\"record\":7,\"host\":null}\n\n{\"user\":\"b\",\"user\":\"c\"}\n[1]\n{\"user\":\"d\",\"ts\":1330857000,\"record\":\"x\\u00e9\",\"more\":{\"deep\":[{}]}}", NULL, "1:a,7, 3!user 4! 5:d,xé, " },
    { "{\"u\":{\"id\":\"a\"},\"ts\":\"2012-03-04T10:00:00Z\",\"record\":\"R\"}\n", "[columns]\nwho=u.id\n", "1:a,R, " },
    { "{\"u\":{\"id\":\"a\"},\"ts\":\"2012-03-04T10:00:00Z\",\"record\":\"R\"}\n", NULL, "refused" },
    { "user,Date,Time,record\na,4/3/2012,10:00,R\n", "[formats]\ndate=dmy\n", "2:a,R, " },
    { "user,Date,record\na,4/3/2012,R\n", "[columns]\nwho=nobody\n", "refused" },
    { "{\"user\":\"a\"\n", NULL, "refused" },
    { "{\"user\":\"a\",\"ts\":\"2012-03-04T10:00:00Z\",\"record\":\"R\"} x\n{\"user\":\"a\",\"ts\":\"2012-03-04T10:00:00Z\",\"record\":01}\n", NULL, "1! 2! " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_all (cases[i].text, cases[i].mapping);

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

/* Rule: what is packed is what is read, whatever its range; damaged bytes are refused. */
static void
test_packed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  gint64 values[700];

  for (guint round = 0; round < 60; round++)
    {
      const guint   n = (guint) g_rand_int_range (random, 1, G_N_ELEMENTS (values));
      const guint64 range = G_GUINT64_CONSTANT (1) << MIN (round, 55);
      const gint64  step = round % 3 == 0 ? 1000 : 1;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) cut = NULL;
      ProbityPacked packed;

      for (guint i = 0; i < n; i++)
        values[i] = (gint64) ((((guint64) g_rand_int (random) << 32) | g_rand_int (random)) % MAX (range / (guint64) step, 1)) * step - 5000000;
      bytes = probity_packed_new (values, n);
      g_assert_true (probity_packed_open (&packed, bytes, n, NULL));
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (probity_packed_get (&packed, i), ==, values[i]);

      g_assert_false (probity_packed_open (&packed, bytes, n + 1, NULL));
      cut = g_bytes_new_from_bytes (bytes, 0, g_bytes_get_size (bytes) - 1);
      g_assert_false (probity_packed_open (&packed, cut, n, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/access-log/times", test_times);
  g_test_add_func ("/access-log/accounts", test_accounts);
  g_test_add_func ("/access-log/files", test_files);
  g_test_add_func ("/access-log/packed", test_packed);

  return g_test_run ();
}
