/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit.h"
#include "probity-leak.h"
#include "probity-list.h"
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
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
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

static void
settle (ProbitySession *session,
        const char     *words)
{
  g_autoptr (ProbitySearch) search = probity_search_new (session);
  g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_run (search, words, 20));

  wait_for_success (probity_search_settle (search));
}

static void
search_list (ProbitySession *session,
             const char     *list,
             const char     *words)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find (list));
  g_autoptr (GArray) ids = NULL;

  probity_list_query_set_search (query, words);
  ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));
}

/* How many entries of @session's logs tell of a search for @words, in open logs or in sealed ones. */
static guint
count_logged (ProbitySession *session,
              gboolean        sealed,
              const char     *words)
{
  g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (session, NULL));
  g_autofree char *needle = g_ascii_strdown (words, -1);
  guint            n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

      if (g_strcmp0 (entry->field, "search") == 0 && (entry->compartment >= PROBITY_COMPARTMENT_SEALED) == sealed)
        {
          g_autofree char *folded = g_ascii_strdown (entry->new_value, -1);

          n += strstr (folded, needle) != NULL ? 1 : 0;
        }
    }

  return n;
}

/* Rule: words that stand in a sealed case are logged there alone, however they were looked for; those that do not, as ever. */
static void
test_log (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_sealed (force);
  /* Lists fold what they look for. */
  const char              *end = reference + strlen ("LI/");
  g_autofree char         *hits = NULL;
  static const char *const for_checker[] = { "checker", NULL };
  ProbitySession          *outsider;
  ProbitySession          *checker;
  g_autoptr (ProbityRecord) record = NULL;

  session_fixture_add (force->casebook, "outsider", "acu-officer", "5003");
  session_fixture_add (force->casebook, "checker", "acu-officer", "5002");
  record = wait_for_boxed (probity_case_seal (force->acu, reference, for_checker, "To check"));
  checker = session_fixture_sign_in (force->casebook, "checker");
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  hits = dup_hits (force->decider, reference, 20);
  settle (force->decider, reference);
  search_list (force->decider, "leaks", reference);
  search_list (checker, "checks", reference);
  g_clear_pointer (&hits, g_free);
  hits = dup_hits (force->decider, "Larkin", 20);
  settle (force->decider, "Larkin");
  search_list (force->decider, "leaks", "Briefing");

  g_assert_cmpuint (count_logged (force->decider, TRUE, end), ==, 4);
  g_assert_cmpuint (count_logged (force->decider, TRUE, "Larkin"), ==, 2);
  outsider = session_fixture_sign_in (force->casebook, "outsider");
  g_assert_cmpuint (count_logged (outsider, FALSE, end), ==, 0);
  g_assert_cmpuint (count_logged (outsider, FALSE, "Larkin"), ==, 0);
  g_assert_cmpuint (count_logged (outsider, FALSE, "Briefing"), ==, 0);
  /* Not even that there was a search, but for those as one types, which are logged before anything is found. */
  g_assert_cmpuint (count_logged (outsider, FALSE, ""), ==, 2);
  g_assert_cmpuint (count_logged (outsider, FALSE, "begun"), ==, 2);

  g_clear_pointer (&hits, g_free);
  hits = dup_hits (force->decider, "Ptarmigan", 20);
  search_list (force->decider, "leaks", "Nowhere");
  g_assert_cmpuint (count_logged (outsider, FALSE, "Ptarmigan"), ==, 1);
  g_assert_cmpuint (count_logged (outsider, FALSE, "Nowhere"), ==, 1);

  /* Typed where it is not: nothing is found, and the words name it. */
  search_list (force->decider, "second-jobs", reference);
  search_list (force->decider, "complaints", end);
  g_assert_cmpuint (count_logged (force->decider, TRUE, end), ==, 6);
  g_assert_cmpuint (count_logged (outsider, FALSE, end), ==, 0);
  session_fixture_sign_out (outsider);
  session_fixture_sign_out (checker);
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
  g_test_add_func ("/seal-search/log", test_log);

  return g_test_run ();
}
