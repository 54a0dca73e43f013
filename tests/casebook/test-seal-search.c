/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-leak.h"
#include "probity-screen.h"
#include "probity-seal.h"
#include "probity-search.h"
#include "second-job-fixture.h"

/* Search and screening look into the sealed cases of who asks, by words and by names, and into nobody else's. */

static const char *const for_decider[] = { "decider", NULL };

static const char article[] = "PC Jonathan Aplegate spoke to the Zyxwhistle Courier, Katarzyna Wisniewska to nobody. Officer 1002 said nothing.";

static char *
dup_hits (ProbitySession *session,
          const char     *words,
          guint           limit)
{
  g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_once (session, words, limit));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const ProbitySearchHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (text, "%s %s|", hit->kind, hit->reference);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
dup_findings (ProbitySession *session,
              const char     *text)
{
  g_autoptr (GPtrArray) findings = wait_for_boxed (probity_screen (session, text, "article"));
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const ProbityScreenFinding *finding = g_ptr_array_index (findings, i);

      g_string_append_printf (all, "%s %s: %s (%u places)|", finding->kind, finding->reference, finding->why, finding->places->len);
    }

  return g_string_free_and_steal (g_steal_pointer (&all));
}

/* All that is asked, with the reference taken out of it. */
static char *
dup_everything (ProbitySession *session,
                const char     *reference)
{
  static const char *const asked[] = { "Zyxwhistle", "courier", "Applegate", "Jonathan Aplegate", "Katarzyna Wisniewska", "Wisniewski Kate", "leak jonathan aplegate", "1001" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *named = g_strdup_printf ("%s was named by the Courier.", reference);
  g_autofree char *by_reference = dup_hits (session, reference, 20);
  g_autofree char *screened = dup_findings (session, article);
  g_autofree char *screened_reference = dup_findings (session, named);

  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *hits = dup_hits (session, asked[i], 20);

      g_string_append_printf (text, "%s: %s\n", asked[i], hits);
    }
  g_string_append_printf (text, "%s\n%s\n%s\n", by_reference, screened, screened_reference);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
open_sealed (Force *force)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;
  ProbitySubject on_the_staff = { (char *) "1001", NULL, NULL };
  ProbitySubject outside = { NULL, (char *) "Katarzyna Wiśniewska", NULL };
  ProbitySubject number = { (char *) "1002", NULL, NULL };

  probity_values_set (values, "title", "Leak of Zyxwhistle");
  probity_values_set (values, "item", "Briefing");
  g_ptr_array_add (subjects, &on_the_staff);
  g_ptr_array_add (subjects, &outside);
  g_ptr_array_add (subjects, &number);
  record = wait_for_boxed (probity_investigation_open_sealed (force->acu, &probity_leak_case, values, subjects, for_decider, "from the first"));
  force_add_part (force->acu, &probity_leak_case, probity_record_get_reference (record), "outlet", "outlet", "Zyxwhistle Courier", "journalist", "Ned Larkin", NULL);

  return g_strdup (probity_record_get_reference (record));
}

#define assert_has(text, needle)                  \
  G_STMT_START                                    \
  {                                               \
    if (strstr (text, needle) == NULL)            \
      g_test_message ("no %s: %s", needle, text); \
    g_assert_nonnull (strstr (text, needle));     \
  }                                               \
  G_STMT_END

/* Rule: its holders find a sealed case by its words, its people however they are spelled, and in what they screen. */
static void
test_found (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *outsider;
  ProbitySession  *subject;
  g_autofree char *reference = NULL;
  g_autofree char *hit = NULL;
  g_autofree char *of_outsider_before = NULL;
  g_autofree char *of_subject_before = NULL;

  session_fixture_add (force->casebook, "outsider", "acu-officer", "5003");
  session_fixture_add (force->casebook, "subject", "acu-officer", "1001");
  outsider = session_fixture_sign_in (force->casebook, "outsider");
  subject = session_fixture_sign_in (force->casebook, "subject");
  of_outsider_before = dup_everything (outsider, "LI/222222");
  of_subject_before = dup_everything (subject, "LI/222222");

  reference = open_sealed (force);
  hit = g_strdup_printf ("leak-investigation %s|", reference);
  session_fixture_sign_out (force->decider);
  force->decider = session_fixture_sign_in (force->casebook, "decider");
  for (guint who = 0; who < 2; who++)
    {
      ProbitySession          *session = who == 0 ? force->acu : force->decider;
      static const char *const asked[] = { "Zyxwhistle", "courier", "Applegate", "Jonathan Aplegate", "Katarzyna Wisniewska", "Wisniewska Katarzina", "leak jonathan aplegate", "1001" };
      g_autofree char         *findings = dup_findings (session, article);
      g_autofree char         *finding = g_strdup_printf ("leak-investigation %s: ", reference);

      for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
        {
          g_autofree char *hits = dup_hits (session, asked[i], 20);

          g_test_message ("%s: %s", asked[i], hits);
          assert_has (hits, hit);
        }
      g_test_message ("%s", findings);
      /* By name and spelled otherwise, by number, and by the outlet. */
      assert_has (findings, finding);
      assert_has (findings, "(4 places)|");
    }

  /* As before, to the byte, for who lacks the key, and for whom it is about. */
  {
    g_autofree char *after = dup_everything (outsider, reference);
    g_autofree char *of_subject = dup_everything (subject, reference);

    g_assert_cmpstr (after, ==, of_outsider_before);
    g_assert_cmpstr (of_subject, ==, of_subject_before);
    g_assert_null (strstr (after, "leak-investigation"));
  }

  session_fixture_sign_out (outsider);
  session_fixture_sign_out (subject);
}

/* Rule: what is sealed takes no place from other hits, whose number is logged where others read it. */
static void
test_takes_no_place (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *open = force_investigate (force->acu, &probity_leak_case, "Open Zyxwhistle", NULL);
  g_autofree char *reference = open_sealed (force);
  g_autofree char *hits = dup_hits (force->acu, "Zyxwhistle", 1);

  g_test_message ("%s", hits);
  assert_has (hits, open);
  assert_has (hits, reference);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  session_fixture_places = 1;

  g_test_add_func ("/seal-search/found", test_found);
  g_test_add_func ("/seal-search/takes-no-place", test_takes_no_place);

  return g_test_run ();
}
