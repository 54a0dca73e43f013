/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse.h"

static void
assert_day (const char      *text,
            ProbityDateOrder order,
            const char      *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = NULL;
  ProbityDay       day = PROBITY_DAY_NONE;

  probity_parse_day (text, order, &day, &error);
  g_assert_no_error (error);
  iso = probity_day_to_iso (day);
  g_assert_cmpstr (iso, ==, expected);
}

static void
assert_no_day (const char       *text,
               ProbityDateOrder  order,
               ProbityParseError code)
{
  g_autoptr (GError) error = NULL;
  ProbityDay day;

  g_assert_false (probity_parse_day (text, order, &day, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, (int) code);
}

#define NONE PROBITY_DATE_ORDER_UNDECLARED
#define DMY PROBITY_DATE_ORDER_DMY
#define MDY PROBITY_DATE_ORDER_MDY

/* Rule: a date that can be read one way is read, whatever its form. */
static void
test_parse_day_forms (void)
{
  assert_day ("2012-03-04", NONE, "2012-03-04");
  assert_day ("  2012-03-04\xc2\xa0", NONE, "2012-03-04");
  assert_day ("2012/3/4", NONE, "2012-03-04");
  assert_day ("2012-03-04 00:00:00", NONE, "2012-03-04");
  assert_day ("2012-03-04T23:30", NONE, "2012-03-04");
  assert_day ("2012-06-30T23:30:00Z", NONE, "2012-07-01");
  assert_day ("20120304", NONE, "2012-03-04");
  assert_day ("19081209", NONE, "1908-12-09");
  assert_day ("4 March 2012", NONE, "2012-03-04");
  assert_day ("4th March 2012", NONE, "2012-03-04");
  assert_day ("04-Mar-2012", NONE, "2012-03-04");
  assert_day ("4Mar2012", NONE, "2012-03-04");
  assert_day ("1 Sept 2011", NONE, "2011-09-01");
  assert_day ("March 4, 2012", NONE, "2012-03-04");
  assert_day ("Sunday 4 March 2012", NONE, "2012-03-04");
  assert_day ("25/04/2012", NONE, "2012-04-25");
  assert_day ("04/25/2012", NONE, "2012-04-25");
  assert_day ("04.04.2012", NONE, "2012-04-04");
  assert_day ("25/04/2012 00:00", NONE, "2012-04-25");
  assert_day ("29/02/2012", NONE, "2012-02-29");
}

/* Rule: 3/4/2012 is never guessed; the message names both readings. */
static void
test_parse_day_two_ways (void)
{
  g_autoptr (GError) error = NULL;
  ProbityDay day;

  assert_no_day ("03/04/2012", NONE, PROBITY_PARSE_ERROR_AMBIGUOUS);
  assert_day ("03/04/2012", DMY, "2012-04-03");
  assert_day ("03/04/2012", MDY, "2012-03-04");
  assert_no_day ("13/04/2012", MDY, PROBITY_PARSE_ERROR_INVALID);
  assert_no_day ("04/13/2012", DMY, PROBITY_PARSE_ERROR_INVALID);
  assert_no_day ("04/03/12", DMY, PROBITY_PARSE_ERROR_AMBIGUOUS);
  assert_no_day ("4-Mar-12", NONE, PROBITY_PARSE_ERROR_AMBIGUOUS);

  g_assert_false (probity_parse_day ("03/04/2012", NONE, &day, &error));
  g_assert_nonnull (strstr (error->message, "03/04/2012"));
  g_assert_nonnull (strstr (error->message, "3 April 2012"));
  g_assert_nonnull (strstr (error->message, "4 March 2012"));
}

/* Rule: what is no day of the calendar is refused. */
static void
test_parse_day_wrong (void)
{
  static const char *const wrong[] = {
    "30/02/2012", "31 April 2012", "2012-13-01", "2012-02-30", "20121301", "0304", "March", "4", "4 4", "July 2010-September 2010", "2012-06", "1/2/3/4/5", "04032012", "2012-03-04T25:00", "2012-03-04 1:2:3:4", "32/01/2012", "4 Ma 2012", "4 March 20122", "//2012", "03/04/", "-1-2-2012", "12345678901234567890", "0000-00-00", "12/12/0212", "4 march 2012 at noon precisely, or about then"
  };

  assert_no_day (NULL, NONE, PROBITY_PARSE_ERROR_EMPTY);
  assert_no_day (" \t", NONE, PROBITY_PARSE_ERROR_EMPTY);
  assert_no_day ("2012-03-04\xff", NONE, PROBITY_PARSE_ERROR_CHARACTER);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_no_day (wrong[i], NONE, PROBITY_PARSE_ERROR_INVALID);
}

static void
test_parse_date_order (void)
{
  ProbityDateOrder order;

  g_assert_true (probity_parse_date_order ("dmy", &order, NULL));
  g_assert_cmpint (order, ==, DMY);
  g_assert_true (probity_parse_date_order ("MM/DD/YYYY", &order, NULL));
  g_assert_cmpint (order, ==, MDY);
  g_assert_true (probity_parse_date_order ("iso", &order, NULL));
  g_assert_cmpint (order, ==, NONE);
  g_assert_false (probity_parse_date_order ("any", &order, NULL));
}

static void
assert_hours (const char *text,
              int         expected)
{
  g_autoptr (GError) error = NULL;
  int minutes = -1;

  probity_parse_hours (text, &minutes, &error);
  g_assert_no_error (error);
  g_assert_cmpint (minutes, ==, expected);
}

/* Rule: hours are read as decimals or as hours and minutes, and kept as minutes. */
static void
test_parse_hours (void)
{
  static const char *const wrong[] = { "ten", "7.", ".", "7:3", "7:60", "7;30", "10-15", "7.5.1", "1e3", "7 8", "h", "7:", ":30", "12345678" };
  g_autoptr (GError) error = NULL;
  int minutes;

  assert_hours ("0", 0);
  assert_hours ("7", 420);
  assert_hours ("7.5", 450);
  assert_hours (".5", 30);
  assert_hours ("7.33", 440);
  assert_hours ("7:30", 450);
  assert_hours ("7 hours", 420);
  assert_hours ("7.5 hrs", 450);
  assert_hours ("7h", 420);
  assert_hours ("7h30", 450);
  assert_hours ("7h30m", 450);
  assert_hours ("7 hours 30 minutes", 450);
  assert_hours ("45 minutes", 45);
  assert_hours ("168", 10080);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (probity_parse_hours (wrong[i], &minutes, NULL));

  g_assert_false (probity_parse_hours ("168.02", &minutes, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (probity_parse_hours ("-1", &minutes, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_RANGE);
}

/* Rule: hours that are exported come back as the same minutes. */
static void
test_hours_round_trip (void)
{
  for (int minutes = 0; minutes <= 7 * 24 * 60; minutes++)
    {
      g_autofree char *text = probity_hours_to_text (minutes);

      assert_hours (text, minutes);
    }
}

static void
assert_pence (const char *text,
              gint64      expected)
{
  g_autoptr (GError) error = NULL;
  gint64 pence = 0;

  probity_parse_pence (text, &pence, &error);
  g_assert_no_error (error);
  g_assert_cmpint (pence, ==, expected);
}

/* Rule: amounts in pounds are kept in pence, brackets are negative. */
static void
test_parse_pence (void)
{
  static const char *const wrong[] = { "12,34", "1,23,456", "12.345", "1,", ",1", "£", "(12", "12)", "(-12)", "12-", "1.2.3", "twelve", "99999999999999" };
  gint64                   pence;

  assert_pence ("12", 1200);
  assert_pence ("£1,234.56", 123456);
  assert_pence ("1234567.5", 123456750);
  assert_pence ("1,234,567", 123456700);
  assert_pence ("(978)", -97800);
  assert_pence ("-£5.01", -501);
  assert_pence ("£-5.01", -501);
  assert_pence ("0.05", 5);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (probity_parse_pence (wrong[i], &pence, NULL));
}

static void
test_parse_boolean (void)
{
  gboolean value;

  g_assert_true (probity_parse_boolean (" YES ", &value, NULL) && value);
  g_assert_true (probity_parse_boolean ("paid", &value, NULL) && value);
  g_assert_true (probity_parse_boolean ("False", &value, NULL) && !value);
  g_assert_true (probity_parse_boolean ("unpaid", &value, NULL) && !value);
  g_assert_true (probity_parse_boolean ("0", &value, NULL) && !value);
  g_assert_false (probity_parse_boolean ("maybe", &value, NULL));
  g_assert_false (probity_parse_boolean ("", &value, NULL));
}

static void
test_parse_choice_and_integer (void)
{
  static const char *const choices[] = { "self-employed", "property-rental", NULL };
  g_autoptr (GError) error = NULL;
  gint64 number;
  guint  index;

  g_assert_true (probity_parse_choice ("Property Rental", choices, &index, NULL));
  g_assert_cmpuint (index, ==, 1);
  g_assert_false (probity_parse_choice ("waged", choices, &index, &error));
  g_assert_nonnull (strstr (error->message, "property-rental"));
  g_assert_true (probity_parse_integer (" 16 ", 0, 168, &number, NULL));
  g_assert_cmpint (number, ==, 16);
  g_clear_error (&error);
  g_assert_false (probity_parse_integer ("169", 0, 168, &number, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_RANGE);
  g_assert_false (probity_parse_integer ("16.5", 0, 168, &number, NULL));
}

/* Rule: text is kept in one form, however it was typed, and what could deceive a reader is refused. */
static void
test_parse_text (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = probity_parse_line (" Jose\xcc\x81\r\nGarc\xc3\xad"
                                              "a\t",
                                              40,
                                              NULL);
  g_autofree char *lines = probity_parse_text ("one\r\ntwo\rthree\tfour\n", 40, NULL);
  g_autofree char *empty = probity_parse_line (NULL, 1, NULL);

  g_assert_cmpstr (line, ==, "Jos\xc3\xa9 Garc\xc3\xad"
                             "a");
  g_assert_cmpstr (lines, ==, "one\ntwo\nthree\tfour");
  g_assert_cmpstr (empty, ==, "");

  g_assert_null (probity_parse_line ("12345", 4, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_TOO_LONG);
  g_clear_error (&error);
  g_assert_null (probity_parse_line ("a\001b", 4, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_CHARACTER);
  g_clear_error (&error);
  g_assert_null (probity_parse_line ("a\xe2\x80\xae"
                                     "b",
                                     4,
                                     &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_CHARACTER);
  g_clear_error (&error);
  g_assert_null (probity_parse_line ("a\xff", 4, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_CHARACTER);
}

/* Rule: what is marked above OFFICIAL-SENSITIVE is refused. */
static void
test_parse_marking (void)
{
  static const char *const too_high[] = { "SECRET", "Top Secret", "CONFIDENTIAL", "UK SECRET", "SECRET UK EYES ONLY" };
  g_autoptr (GError) error = NULL;
  ProbityMarking marking;

  g_assert_true (probity_parse_marking ("official", &marking, NULL));
  g_assert_cmpint (marking, ==, PROBITY_MARKING_OFFICIAL);
  g_assert_true (probity_parse_marking ("OFFICIAL - SENSITIVE", &marking, NULL));
  g_assert_cmpint (marking, ==, PROBITY_MARKING_OFFICIAL_SENSITIVE);
  g_assert_true (probity_parse_marking ("OFFICIAL-SENSITIVE: PERSONAL", &marking, NULL));
  g_assert_cmpint (marking, ==, PROBITY_MARKING_OFFICIAL_SENSITIVE);
  g_assert_true (probity_parse_marking ("Restricted", &marking, NULL));
  g_assert_cmpint (marking, ==, PROBITY_MARKING_OFFICIAL_SENSITIVE);
  g_assert_false (probity_parse_marking ("green", &marking, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_INVALID);

  for (gsize i = 0; i < G_N_ELEMENTS (too_high); i++)
    {
      g_clear_error (&error);
      g_assert_false (probity_parse_marking (too_high[i], &marking, &error));
      g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_MARKING);
    }

  g_assert_true (probity_text_is_marked_too_high ("SECRET\nThe officer was seen"));
  g_assert_true (probity_text_is_marked_too_high ("The officer was seen\r\n*** TOP SECRET ***\r\n"));
  g_assert_false (probity_text_is_marked_too_high ("Passed a secret to the press"));
  g_assert_false (probity_text_is_marked_too_high ("OFFICIAL-SENSITIVE\ntext"));
  g_assert_false (probity_text_is_marked_too_high (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parse/day/forms", test_parse_day_forms);
  g_test_add_func ("/parse/day/two-ways", test_parse_day_two_ways);
  g_test_add_func ("/parse/day/wrong", test_parse_day_wrong);
  g_test_add_func ("/parse/date-order", test_parse_date_order);
  g_test_add_func ("/parse/hours", test_parse_hours);
  g_test_add_func ("/parse/hours-round-trip", test_hours_round_trip);
  g_test_add_func ("/parse/pence", test_parse_pence);
  g_test_add_func ("/parse/boolean", test_parse_boolean);
  g_test_add_func ("/parse/choice-and-integer", test_parse_choice_and_integer);
  g_test_add_func ("/parse/text", test_parse_text);
  g_test_add_func ("/parse/marking", test_parse_marking);

  return g_test_run ();
}
