/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "records-fixture.h"

#include "probity-screen-private.h"

/* Screening: whom and what of ours a text names, for the reader who asks. */

static const char article[] =
    "The Derby Telegraph has learned that PC Aileen Marsh, who works weekends for Peak Cycle Hire, was told\n"
    "of Operation Larkspur. Sgt Nair’s report (CM/2019/114) says so. Tarik Ahmed, PC 4128, was not named.\n"
    "Colin Reid said nothing. In 2019 the sun shone.";

static char *
dup_findings (GPtrArray *findings)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const ProbityScreenFinding *finding = g_ptr_array_index (findings, i);
      const char                 *name = finding->reference != NULL ? finding->reference : finding->title;

      /* Their references are drawn. */
      if (g_str_equal (finding->kind, "second-job"))
        name = finding->title;
      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", finding->kind, name);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_names(session, text, expected)                                                         \
  G_STMT_START                                                                                        \
  {                                                                                                   \
    g_autoptr (GPtrArray) findings_ = wait_for_boxed (probity_screen ((session), (text), "article")); \
    g_autofree char *found_ = dup_findings (findings_);                                               \
    g_assert_cmpstr (found_, ==, (expected));                                                         \
  }                                                                                                   \
  G_STMT_END

static RecordsFixture *
make_fixture (void)
{
  RecordsFixture *fixture = records_fixture_new ();
  g_autoptr (ProbityRecord) job = submit (fixture, "4127", "Peak Cycle Hire Ltd", "2026-01-10");
  g_autoptr (ProbityRecord) made = make (records_fixture_get (fixture, "psd-officer"), "complaint", "reference", "CM/2019/114", "allegation", "Incivility", NULL);
  g_autoptr (ProbityRecord) complaint = set_subject (records_fixture_get (fixture, "psd-officer"), made, NULL, "Aileen Marsh", NULL);

  return fixture;
}

static void
test_article (void)
{
  g_autoptr (RecordsFixture) fixture = make_fixture ();

  /* By name, spelled otherwise, by number, by rank and surname; cases by reference, subject and employer; the lists. */
  assert_names (records_fixture_get (fixture, "decider"), article, "person 4128, person 4127, person 4200, person 2001, complaint CM/2019/114, operation Operation Larkspur, outlet Derby Telegraph, second-job Aileen Marsh · Peak Cycle Hire Ltd");
  /* The officer's brother is not there for the officer. */
  assert_names (records_fixture_get (fixture, "acu-officer"), article, "person 4128, person 4127, person 2001, complaint CM/2019/114, operation Operation Larkspur, outlet Derby Telegraph, second-job Aileen Marsh · Peak Cycle Hire Ltd");
  assert_names (records_fixture_get (fixture, "decider"), "", "");
  assert_names (records_fixture_get (fixture, "decider"), "Nobody of ours is in this text, and nothing.", "");
}

static void
test_where_and_why (void)
{
  g_autoptr (RecordsFixture) fixture = make_fixture ();
  g_autoptr (GPtrArray) findings = wait_for_boxed (probity_screen (records_fixture_get (fixture, "decider"), article, NULL));

  for (guint i = 0; i < findings->len; i++)
    {
      const ProbityScreenFinding *finding = g_ptr_array_index (findings, i);
      const ProbitySearchMark    *place = &g_array_index (finding->places, ProbitySearchMark, 0);
      g_autofree char            *there = g_strndup (article + place->start, place->length);

      g_assert_cmpuint (finding->places->len, >=, 1);
      g_assert_nonnull (finding->why);
      g_assert_nonnull (finding->context);
      if (g_strcmp0 (finding->reference, "4127") == 0)
        {
          g_assert_cmpstr (there, ==, "Aileen Marsh");
          g_assert_cmpstr (finding->why, ==, "same name (Aileen), same name (Marsh)");
        }
      if (g_strcmp0 (finding->reference, "2001") == 0)
        {
          g_assert_cmpstr (there, ==, "Nair");
          g_assert_cmpstr (finding->why, ==, "rank and surname (Nair)");
        }
      /* By name and by number: both places, the surer reason. */
      if (g_strcmp0 (finding->reference, "4128") == 0)
        {
          g_assert_cmpuint (finding->places->len, ==, 2);
          g_assert_cmpstr (finding->why, ==, "the staff number");
        }
    }
}

static void
test_who_may (void)
{
  static const struct
  {
    const char *role;
    gboolean    may;
  } roles[] = { { "line-manager", FALSE }, { "hr-officer", FALSE }, { "head-of-hr", FALSE }, { "psd-officer", TRUE }, { "acu-officer", TRUE }, { "decider", TRUE } };
  g_autoptr (RecordsFixture) fixture = make_fixture ();

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      DexFuture *future = probity_screen (records_fixture_get (fixture, roles[i].role), article, NULL);

      if (roles[i].may)
        {
          g_autoptr (GPtrArray) findings = wait_for_boxed (future);

          g_assert_cmpuint (findings->len, >, 0);
        }
      else
        {
          g_autoptr (GError) error = wait_for_error (future);

          g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
        }
    }
}

static void
test_is_a_combination (void)
{
  g_autoptr (RecordsFixture) fixture = make_fixture ();
  ProbitySession  *psd = records_fixture_get (fixture, "psd-officer");
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, article, -1);
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                          " WHERE e.verb = 'combination' AND v.new = 'article, sha256 %s'",
                                          digest);
  g_autofree char *text_sql = g_strdup ("SELECT count (*) FROM audit_value WHERE new LIKE '%Larkspur%'");
  g_autoptr (GPtrArray) findings = wait_for_boxed (probity_screen (psd, article, "article"));

  /* The digest, and nothing of the text. */
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (psd), PROBITY_COMPARTMENT_STANDARDS, sql, NULL)), ==, 1);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (psd), PROBITY_COMPARTMENT_STANDARDS, text_sql, NULL)), ==, 0);
}

static void
test_odd_texts (void)
{
  g_autoptr (RecordsFixture) fixture = make_fixture ();
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *strokes = g_strnfill (20000, '/');
  g_autofree char *capitals = g_strnfill (20000, 'A');
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *too_long = g_strnfill (PROBITY_SCREEN_MAX_TEXT + 1, 'x');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    g_string_append (many, "Zz Yy ");
  assert_names (decider, strokes, "");
  assert_names (decider, capitals, "");
  assert_names (decider, many->str, "");
  assert_names (decider, "’’’ ''' \xc3\x89 /// AB/ /AB A/B/C", "");
  error = wait_for_error (probity_screen (decider, too_long, NULL));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/screen/an article names people, cases, outlets and operations", test_article);
  g_test_add_func ("/screen/where in the text, and why", test_where_and_why);
  g_test_add_func ("/screen/who may", test_who_may);
  g_test_add_func ("/screen/is logged as a combination and stores nothing", test_is_a_combination);
  g_test_add_func ("/screen/odd texts", test_odd_texts);

  return g_test_run ();
}
