/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "probity-letter.h"

static const char *const conditions[] = {
  "You must not use police information in this work.",
  "You must not do this work in duty time.",
  "You must report any change.",
  NULL
};

static ProbityLetter
make_letter (const char *outcome,
             const char *group)
{
  ProbityLetter letter = {
    .reference = "SJ/2012/0007",
    .name = "Ann Jones",
    .rank = "PC",
    .staff_number = "4127",
    .unit = "B Division",
    .employment_group = group,
    .employer = "Jones & Sons <Lettings>",
    .category = "property-rental",
    .nature = "Letting of two flats",
    .paid = TRUE,
    .weekly_minutes = 450,
    .start = probity_day_from_iso ("2012-11-01"),
    .received = probity_day_from_iso ("2012-10-01"),
    .decided = probity_day_from_iso ("2012-10-19"),
    .outcome = outcome,
    .open_reasons = "The hours are few and the flats are outside the force area.",
    .conditions = conditions,
    .decided_by = "J. Carter, Head of Human Resources",
    .printed_by = "J. Carter",
    .printed_at = "2012-10-19T09:30:00.000Z",
  };

  return letter;
}

static ProbityProfile *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  ProbityProfile *profile = probity_profile_load_builtin (name, &error);

  g_assert_no_error (error);

  return profile;
}

static char *
run_tool (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  int              status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));

  return g_steal_pointer (&output);
}

/* The words of the PDF, single spaces between them. */
static char *
read_pdf (GBytes *pdf,
          guint  *ret_n_pages)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "letter-XXXXXX.pdf", NULL);
  g_autofree char *output = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) spaced = NULL;
  GString          *text = g_string_new (NULL);
  int               fd = g_mkstemp (path);
  const char *const arguments[] = { "pdftotext", "-raw", "-enc", "UTF-8", path, "-", NULL };

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL));
  output = run_tool (arguments);
  g_unlink (path);

  *ret_n_pages = 0;
  for (const char *at = output; *at != '\0'; at++)
    *ret_n_pages += *at == '\f';

  spaced = g_string_new (output);
  g_string_replace (spaced, "\u00a0", " ", 0);
  words = g_strsplit_set (spaced->str, " \n\f", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", words[i]);

  return g_string_free_and_steal (text);
}

static char *
print_letter (const char          *profile_name,
              const ProbityLetter *letter,
              guint               *ret_n_pages)
{
  g_autoptr (ProbityProfile) profile = load (profile_name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = probity_letter_render (profile, letter, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_get_size (pdf) > 4 && memcmp (g_bytes_get_data (pdf, NULL), "%PDF", 4) == 0);

  return read_pdf (pdf, ret_n_pages);
}

#define assert_says(text, words) g_assert_nonnull (strstr (text, words))
#define assert_silent(text, words) g_assert_null (strstr (text, words))

/* Rule: the letter says whose it is, for whom, on what, with which outcome, reasons and conditions, and its marking. */
static void
test_letter_conditions (void)
{
  ProbityLetter    letter = make_letter ("approved-with-conditions", "officer");
  guint            n_pages;
  g_autofree char *text = print_letter ("derbyshire", &letter, &n_pages);

  assert_says (text, "OFFICIAL-SENSITIVE");
  assert_says (text, "Derbyshire Constabulary");
  assert_says (text, "Human Resources");
  assert_says (text, "PC Ann Jones, 4127");
  assert_says (text, "SJ/2012/0007");
  assert_says (text, "Jones & Sons <Lettings>");
  assert_says (text, "Property rental");
  assert_says (text, "7.5");
  assert_says (text, "19 October 2012");
  assert_says (text, "The hours are few");
  assert_says (text, "1. You must not use police information in this work. 2. You must not do this work in duty time. 3. You must report");
  assert_says (text, "Police Regulations 2003");
  assert_says (text, "lawful order");
  assert_says (text, "within 10 days of the day on which this letter was served");
  assert_says (text, "within 28 days");
  assert_says (text, "police friend");
  assert_says (text, "Chief Constable");
  assert_says (text, "J. Carter, Head of Human Resources");
  assert_says (text, "Printed by J. Carter on 19 October 2012, 10:30 · Page 1 of");
  assert_silent (text, "{appeal");
}

/* Rule: the lawful order is for police officers only, and only since regulation 7 was substituted. */
static void
test_letter_lawful_order (void)
{
  static const struct
  {
    const char *group, *decided, *outcome;
    gboolean    lawful_order;
  } cases[] = {
    { "Police Officer", "2012-08-20", "refused", TRUE },
    { "officer", "2012-08-19", "refused", FALSE },
    { "officer", "2012-10-19", "approved", FALSE },
    { "staff", "2012-10-19", "refused", FALSE },
    { "special", "2012-10-19", "refused", FALSE },
    { "pcso", "2012-10-19", "refused", FALSE },
    { "volunteer", "2012-10-19", "approved-with-conditions", FALSE },
    { "something else", "2012-10-19", "refused", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ProbityLetter    letter = make_letter (cases[i].outcome, cases[i].group);
      g_autofree char *text = NULL;
      guint            n_pages;

      letter.decided = probity_day_from_iso (cases[i].decided);
      text = print_letter ("durham", &letter, &n_pages);
      g_assert_cmpint (strstr (text, "lawful order") != NULL, ==, cases[i].lawful_order);
    }
}

/* Rule: an approval has no appeal, a refusal no review; each outcome says its own. */
static void
test_letter_outcomes (void)
{
  ProbityLetter    approved = make_letter ("approved", "staff");
  ProbityLetter    refused = make_letter ("refused", "staff");
  ProbityLetter    deferred = make_letter ("deferred", "staff");
  guint            n_pages;
  g_autofree char *approval = print_letter ("durham", &approved, &n_pages);
  g_autofree char *refusal = print_letter ("durham", &refused, &n_pages);
  g_autofree char *deferral = NULL;

  deferred.missing_facts = "Who the other partners are.";
  deferral = print_letter ("durham", &deferred, &n_pages);

  assert_says (approval, "Professional Standards and Legal Services Department");
  assert_says (approval, "has been approved.");
  assert_says (approval, "Changes and review");
  assert_silent (approval, "Appeal");
  assert_silent (approval, "Conditions");
  assert_says (refusal, "has been refused.");
  assert_says (refusal, "Appeal");
  assert_says (refusal, "trade union");
  assert_silent (refusal, "Changes and review");
  assert_silent (refusal, "Conditions");
  assert_says (deferral, "Who the other partners are.");
  assert_silent (deferral, "Appeal");
}

/* Rule: a letter on an appeal names the decision it was against, and nothing to appeal again. */
static void
test_letter_appeal (void)
{
  ProbityLetter    dismissed = make_letter ("refused", "staff");
  ProbityLetter    upheld = make_letter ("approved", "staff");
  guint            n_pages;
  g_autofree char *dismissal = NULL;
  g_autofree char *success = NULL;

  dismissed.appeal = "dismissed";
  upheld.appeal = "upheld";
  dismissed.appealed = upheld.appealed = probity_day_from_iso ("2012-09-20");
  dismissed.lodged = upheld.lodged = probity_day_from_iso ("2012-10-01");
  dismissed.appealed_outcome = "refused";
  upheld.appealed_outcome = "approved-with-conditions";
  dismissal = print_letter ("durham", &dismissed, &n_pages);
  success = print_letter ("durham", &upheld, &n_pages);

  assert_says (dismissal, "Your appeal has been dismissed.");
  assert_says (dismissal, "Appealed against 20 September 2012: refused");
  assert_says (dismissal, "Appeal lodged 1 October 2012");
  assert_says (dismissal, "Appeal decided 19 October 2012");
  assert_silent (dismissal, "You may ask");
  assert_says (success, "has been upheld.");
  assert_says (success, "Appealed against 20 September 2012: approved on conditions");
  assert_says (success, "has been approved.");
}

/* Rule: a long letter goes on over numbered pages and loses nothing. */
static void
test_letter_long (void)
{
  ProbityLetter letter = make_letter ("approved-with-conditions", "officer");
  g_autoptr (GString) reasons = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *last = NULL;
  guint            n_pages;

  for (int i = 0; i < 300; i++)
    g_string_append_printf (reasons, "Reason number %d stands here with some words behind it.\n", i);
  letter.open_reasons = reasons->str;
  text = print_letter ("generic", &letter, &n_pages);

  g_assert_cmpuint (n_pages, >=, 6);
  for (int i = 0; i < 300; i++)
    {
      g_autofree char *words = g_strdup_printf ("Reason number %d stands here with some words behind it.", i);

      assert_says (text, words);
    }
  last = g_strdup_printf ("Page %u of %u", n_pages, n_pages);
  assert_says (text, last);
}

/* Rule: the same letter gives the same bytes; names of any script are printed. */
static void
test_letter_same (void)
{
  g_autoptr (ProbityProfile) profile = load ("derbyshire");
  ProbityLetter letter = make_letter ("refused", "officer");
  g_autoptr (GBytes) one = NULL;
  g_autoptr (GBytes) two = NULL;
  g_autofree char *text = NULL;
  guint            n_pages;

  letter.name = "Zoë Łukasz O’Brien";
  one = probity_letter_render (profile, &letter, NULL);
  two = probity_letter_render (profile, &letter, NULL);
  g_assert_true (g_bytes_equal (one, two));
  text = read_pdf (one, &n_pages);
  assert_says (text, "Zoë Łukasz O’Brien");
}

/* Rule: a letter that would lack what it must say is not printed. */
static void
test_letter_incomplete (void)
{
  g_autoptr (ProbityProfile) profile = load ("derbyshire");
  ProbityLetter    letters[7];
  g_autofree char *long_text = g_strnfill (300 * 1024, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    letters[i] = make_letter ("approved-with-conditions", "officer");
  letters[0].reference = NULL;
  letters[1].outcome = "brought-forward";
  letters[2].conditions = NULL;
  letters[3].decided = PROBITY_DAY_NONE;
  letters[4].printed_at = "today";
  letters[5].open_reasons = "\xff";
  letters[6].open_reasons = long_text;

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      int code = i == 6 ? PROBITY_PAGES_ERROR_TOO_LONG : PROBITY_PAGES_ERROR_INVALID;
      g_autoptr (GError) error = NULL;

      g_assert_null (probity_letter_render (profile, &letters[i], &error));
      g_assert_error (error, PROBITY_PAGES_ERROR, code);
    }
}

/* Rule: an applicant without an account signs a form that asks what the window asks. */
static void
test_form (void)
{
  g_autoptr (ProbityProfile) profile = load ("durham");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = probity_form_render (profile, "A. Clerk", "2012-10-19T09:30:00.000Z", &error);
  g_autofree char *text = NULL;
  guint            n_pages;

  g_assert_no_error (error);
  text = read_pdf (pdf, &n_pages);
  /* Both sides of one sheet. */
  g_assert_cmpuint (n_pages, ==, 2);
  assert_says (text, "Durham Constabulary");
  assert_says (text, "OFFICIAL-SENSITIVE");
  assert_says (text, "Musical entertainer");
  assert_says (text, "Police community support officer");
  assert_says (text, "Contracted hours");
  assert_says (text, "Signature and date");
  g_assert_null (probity_form_render (profile, NULL, "2012-10-19T09:30:00.000Z", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *tool = NULL;

  g_test_init (&argc, &argv, NULL);

  tool = g_find_program_in_path ("pdftotext");
  g_assert_nonnull (tool);

  g_test_add_func ("/letter/conditions", test_letter_conditions);
  g_test_add_func ("/letter/lawful-order", test_letter_lawful_order);
  g_test_add_func ("/letter/outcomes", test_letter_outcomes);
  g_test_add_func ("/letter/appeal", test_letter_appeal);
  g_test_add_func ("/letter/long", test_letter_long);
  g_test_add_func ("/letter/same", test_letter_same);
  g_test_add_func ("/letter/incomplete", test_letter_incomplete);
  g_test_add_func ("/letter/form", test_form);

  return g_test_run ();
}
