/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "probity-action.h"
#include "probity-case-log.h"
#include "probity-case-readers.h"
#include "probity-closing.h"
#include "probity-conduct.h"
#include "probity-exhibit.h"
#include "probity-leak.h"
#include "probity-link.h"
#include "probity-list.h"
#include "probity-overview.h"
#include "probity-seal-private.h"
#include "probity-seal.h"
#include "probity-sealed.h"
#include "probity-search.h"
#include "seal-fixture.h"
#include "second-job-fixture.h"

/* Sealed cases: who is named to one has all of it, and who is not finds nothing. */

/* No other word of the fixture is like it. */
#define WORD "Zyxwhistle"

static const char *const for_decider[] = { "decider", NULL };
static const char *const for_acu[] = { "acu", NULL };

/* Another ACU officer, who is named to nothing. */
static ProbitySession *
add_outsider (Force *force)
{
  session_fixture_add (force->casebook, "outsider", "acu-officer", "5003");

  return session_fixture_sign_in (force->casebook, "outsider");
}

static void
seal (ProbitySession    *session,
      const char        *reference,
      const char *const *holders)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_case_seal (session, reference, holders, "His brother reads the compartment."));

  g_assert_cmpstr (probity_record_get_reference (record), ==, reference);
}

static void
check_subject (ProbitySession  *session,
               const char      *reference,
               ProbityCheckKind kind)
{
  g_autoptr (ProbityCheck) check = wait_for_boxed (probity_check_run (session, reference, NULL, kind));

  for (guint i = 0; i < check->hits->len; i++)
    {
      ProbityHit *hit = g_ptr_array_index (check->hits, i);

      if (hit->verdict == NULL)
        wait_for_success (probity_check_assess (session, reference, hit->id, "not-relevant", "looked at both records"));
    }
  wait_for_success (probity_check_publish (session, reference, NULL, kind, FALSE, NULL));
}

/* --- What the commands say --- */

static char *
dup_list (ProbitySession *session,
          const char     *list,
          const char     *search)
{
  g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find (list));
  g_autoptr (GArray) ids = NULL;

  probity_list_query_set_search (query, search);
  ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));

  return g_strdup_printf ("%s %s %u %" G_GINT64_FORMAT "\n", list, search, ids->len, wait_for_int64 (probity_list_count (session, query)));
}

static void
append_hits (GString        *text,
             ProbitySession *session,
             const char     *words)
{
  g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_once (session, words, 20));

  for (guint i = 0; i < hits->len; i++)
    {
      const ProbitySearchHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (text, "hit %s %s\n", hit->kind, hit->reference);
    }
}

static void
append_links (GString        *text,
              ProbitySession *session,
              const char     *kind,
              const char     *reference)
{
  g_autoptr (GPtrArray) links = wait_for_boxed (probity_link_load (session, kind, reference, TRUE));

  for (guint i = 0; i < links->len; i++)
    g_string_append_printf (text, "link %s\n", probity_values_get (g_ptr_array_index (links, i), "reference"));
}

static char *
dup_day (ProbitySession *session)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) day = wait_for_boxed (probity_my_day (session));

  for (guint i = 0; i < day->len; i++)
    {
      const ProbityDayItem *item = g_ptr_array_index (day, i);

      g_string_append_printf (text, "day %s %s %s %s\n", item->what, item->reference, item->subject, item->why);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Everything that this reader is shown of whatever there is. */
static char *
dup_seen (ProbitySession *session)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) numbers = wait_for_boxed (probity_statistics (session, "2026-01-01", "2026-12-31"));
  g_autofree char         *day = dup_day (session);
  static const char *const lists[] = { "leaks", "conduct", "checks", "people", "complaints" };

  for (guint i = 0; i < numbers->len; i++)
    {
      const ProbityIndicator *number = g_ptr_array_index (numbers, i);

      g_string_append_printf (text, "%s %" G_GINT64_FORMAT "\n", number->id, number->value);
    }
  g_string_append (text, day);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *all = dup_list (session, lists[i], "");
      g_autofree char *some = dup_list (session, lists[i], WORD);

      g_string_append_printf (text, "%s%s", all, some);
    }
  append_hits (text, session, WORD);
  append_hits (text, session, "Applegate");
  append_links (text, session, "complaint", "CM/9");

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* A leak with something in every part that a leak has. */
static char *
make_leak (Force *force)
{
  g_autofree char *complaint = force_add_complaint (force, "CM/9", "incivility", "1001", NULL, NULL);
  char            *reference = force_investigate (force->acu, &probity_leak_case, "Leak of " WORD, "1001");
  g_autofree char *path = g_build_filename (force->casebook->base, "page.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ProbityExhibit) exhibit = NULL;
  g_autoptr (ProbityValues) decision = probity_values_new ();
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "description", "Page of " WORD);
  probity_values_set (values, "initials", "ZW");
  g_assert_true (g_file_set_contents (path, "What " WORD " wrote", -1, NULL));
  wait_for_success (probity_investigation_decide (force->acu, reference, NULL, "It was " WORD));
  force_add_part (force->acu, &probity_leak_case, reference, "publication", "outlet", WORD " Courier", "published", "2026-03-01T06:00:00Z", NULL);
  force_add_part (force->acu, &probity_leak_case, reference, "line", "title", "Ask " WORD, "state", "open", NULL);
  wait_for_success (probity_case_log_add (force->acu, NULL, reference, "note", WORD " rang", 0));
  probity_values_set (decision, "title", "Ask " WORD);
  probity_values_set (decision, "options", "ask, wait");
  probity_values_set (decision, "reasons", WORD " may leave");
  wait_for_success (probity_decision_log_add (force->acu, NULL, reference, decision));
  exhibit = wait_for_boxed (probity_exhibit_add (force->acu, reference, file, values, NULL, NULL));
  wait_for_success (probity_link_add (force->acu, NULL, reference, "complaint", "CM/9", "related", WORD " complained"));

  return reference;
}

/* --- Rules --- */

/* Rule: any case can be moved to a sealed compartment of its own; all of it goes, and stays provable. */
static void
test_moves_whole (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *outsider = add_outsider (force);
  g_autofree char *reference = NULL;
  g_autofree char *uid = NULL;

  {
    g_autofree char *made = make_leak (force);
    g_autoptr (ProbityRecord) record = wait_for_boxed (probity_case_load (force->acu, NULL, made));

    reference = g_steal_pointer (&made);
    uid = g_strdup (probity_record_get_uid (record));
  }
  check_subject (outsider, reference, PROBITY_CHECK_COMPLAINTS);
  seal (force->acu, reference, for_decider);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");

  {
    g_autoptr (GPtrArray) lines = wait_for_boxed (probity_investigation_load_rows (force->decider, probity_case_part_find (&probity_leak_case, "line"), reference));
    g_autoptr (GPtrArray) log = wait_for_boxed (probity_case_log_load (force->decider, NULL, reference));
    g_autoptr (GPtrArray) links = wait_for_boxed (probity_link_load (force->decider, NULL, reference, TRUE));
    g_autoptr (GPtrArray) timeline = wait_for_boxed (probity_case_load_timeline (force->decider, NULL, reference));
    g_autoptr (GPtrArray) readers = wait_for_boxed (probity_case_load_readers (force->decider, NULL, reference));
    g_autoptr (GPtrArray) exhibits = wait_for_boxed (probity_exhibit_list (force->decider, reference));
    g_autoptr (GBytes) bytes = NULL;

    g_assert_cmpuint (lines->len, ==, 1);
    g_assert_cmpuint (log->len, ==, 1);
    g_assert_cmpuint (links->len, ==, 1);
    g_assert_cmpuint (timeline->len, >=, 7);
    g_assert_cmpuint (readers->len, ==, 2);
    g_assert_cmpuint (exhibits->len, ==, 1);
    bytes = wait_for_boxed (probity_exhibit_load_bytes (force->decider, reference, ((ProbityExhibit *) g_ptr_array_index (exhibits, 0))->reference, 1000));
    g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "What " WORD " wrote", strlen ("What " WORD " wrote"));
  }

  /* What the open logs still say: that there was a record, by its uid; no word of it. */
  for (ProbityCompartment c = PROBITY_COMPARTMENT_JOURNAL; c <= PROBITY_COMPARTMENT_STANDARDS; c++)
    {
      assert_stands (force->decider, c, WORD, "");
      assert_stands (force->decider, c, uid, "");
      assert_stands (force->decider, c, reference, "");
    }
  assert_stands (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, WORD, "");
  assert_stands (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, uid, "audit_entry.record");
  assert_stands (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, reference, "case_reference.reference");

  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
  g_assert_cmpuint (assert_verified (outsider), ==, PROBITY_N_COMPARTMENTS);
  session_fixture_sign_out (outsider);
}

/* Rule: a sealed case answers to who lacks its key like one that does not exist, wherever they ask. */
static void
test_blind (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *outsider = add_outsider (force);
  ProbitySession  *blind[] = { outsider, force->psd, force->hr, force->head };
  g_autofree char *reference = NULL;
  g_autofree char *complaint = force_add_complaint (force, "CM/8", "incivility", "1002", NULL, NULL);
  char            *before[G_N_ELEMENTS (blind)] = { NULL };

  g_autofree char *linked = force_add_complaint (force, "CM/9", "incivility", "1001", NULL, NULL);

  (void) linked;
  before[0] = dup_seen (outsider);
  {
    g_autoptr (ProbityValues) values = probity_values_new ();
    g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
    g_autoptr (ProbityRecord) record = NULL;
    ProbitySubject subject = { (char *) "1001", NULL, NULL };

    probity_values_set (values, "title", "Leak of " WORD);
    probity_values_set (values, "item", "Briefing");
    g_ptr_array_add (subjects, &subject);
    record = wait_for_boxed (probity_investigation_open_sealed (force->decider, &probity_leak_case, values, subjects, for_acu, "from the first"));
    reference = g_strdup (probity_record_get_reference (record));
    wait_for_success (probity_investigation_decide (force->decider, reference, NULL, "It was " WORD));
    wait_for_success (probity_link_add (force->decider, NULL, reference, "complaint", "CM/9", "related", WORD));
  }
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");

  {
    g_autofree char *after = dup_seen (outsider);
    g_autofree char *holder = dup_seen (force->acu);

    g_assert_cmpstr (after, ==, before[0]);
    g_assert_nonnull (strstr (holder, reference));
    g_assert_nonnull (strstr (holder, "leak-investigations 1"));
  }
  g_free (before[0]);

  for (guint who = 0; who < 2; who++)
    for (guint step = 0; step < 8; step++)
      {
        g_autofree char *answers[2] = { NULL };

        for (guint which = 0; which < 2; which++)
          {
            const char *asked = which == 0 ? reference : "LI/222222";
            g_auto (GStrv) parts = NULL;
            g_autofree char *message = NULL;
            g_autoptr (GError) error = NULL;

            switch (step)
              {
              case 0:
                error = wait_for_error (probity_case_load (blind[who], NULL, asked));
                break;
              case 1:
                error = wait_for_error (probity_closing_load (blind[who], asked));
                break;
              case 2:
                error = wait_for_error (probity_check_run (blind[who], asked, NULL, PROBITY_CHECK_INTELLIGENCE));
                break;
              case 3:
                error = wait_for_error (probity_link_add (blind[who], NULL, "CM/8", NULL, asked, "related", "r"));
                break;
              case 4:
                error = wait_for_error (probity_case_load_timeline (blind[who], NULL, asked));
                break;
              case 5:
                error = wait_for_error (probity_case_seal (blind[who], asked, for_decider, "r"));
                break;
              case 6:
                error = wait_for_error (probity_case_load_seal (blind[who], asked));
                break;
              case 7:
                error = wait_for_error (probity_exhibit_list (blind[who], asked));
                break;
              }
            parts = g_strsplit (error->message, asked, -1);
            message = g_strjoinv ("CASE", parts);
            answers[which] = g_strdup_printf ("%s %d %s", g_quark_to_string (error->domain), error->code, message);
          }
        g_assert_cmpstr (answers[0], ==, answers[1]);
        g_free (g_steal_pointer (&answers[0]));
        g_free (g_steal_pointer (&answers[1]));
      }

  /* Opened sealed, it stands in no other file, not even by its uid or as a number that is taken. */
  for (ProbityCompartment c = PROBITY_COMPARTMENT_JOURNAL; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
    {
      assert_stands (force->decider, c, "leak of " WORD, "");
      assert_stands (force->decider, c, reference, "");
    }
  assert_stands (force->decider, PROBITY_COMPARTMENT_REGISTERS, WORD, "");
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);
  session_fixture_sign_out (outsider);
}

/* Rule: both checks of a sealed case stand beside it, search what they always search, and the gate holds. */
static void
test_checks_and_closing (void)
{
  static const char *const all[] = { "psd", "decider", "checker", NULL };
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *checker;
  g_autofree char *complaint = force_add_complaint (force, "CM/9", "incivility", "1001", NULL, NULL);
  g_autofree char *report = force_add_report (force, "IR/9", "text", "Sanitised", "1001", NULL);
  g_autofree char *reference = force_investigate (force->psd, &probity_conduct_case, "Posts by " WORD, "1001");

  session_fixture_add (force->casebook, "checker", "acu-officer", "5002");
  /* The intelligence check of a conduct case stands in `intelligence`: it comes along. */
  check_subject (force->acu, reference, PROBITY_CHECK_INTELLIGENCE);
  assert_refused (probity_case_seal (force->psd, reference, for_decider, "r"), "not-your-step");
  seal (force->acu, reference, all);
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  checker = session_fixture_sign_in (force->casebook, "checker");

  {
    g_autoptr (ProbityClosingState) state = wait_for_boxed (probity_closing_load (force->decider, reference));
    g_autofree char *missing = g_strjoinv (" ", state->missing);

    g_assert_cmpstr (missing, ==, "complaints-check");
  }
  {
    g_autoptr (ProbityCheck) check = wait_for_boxed (probity_check_run (checker, reference, NULL, PROBITY_CHECK_COMPLAINTS));

    g_assert_cmpuint (check->hits->len, ==, 1);
  }
  check_subject (checker, reference, PROBITY_CHECK_COMPLAINTS);
  /* Both stand in one table: who reads one of them outside learns nothing of the other from the timeline. */
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "check-published:complaints"), ==, 1);
  g_assert_cmpuint (seal_fixture_count_timeline (force->psd, reference, "check-published:intelligence"), ==, 0);
  g_assert_cmpuint (seal_fixture_count_timeline (force->decider, reference, "check-published:"), ==, 2);
  wait_for_success (probity_closing_close (force->decider, reference, "finding", "Proved.", NULL));
  assert_stands (force->decider, PROBITY_COMPARTMENT_STANDARDS, WORD, "");
  assert_stands (force->decider, PROBITY_COMPARTMENT_INTELLIGENCE, reference, "");
  g_assert_cmpuint (assert_verified (force->decider), ==, PROBITY_N_COMPARTMENTS + 1);
  g_assert_cmpuint (assert_verified (force->psd), ==, PROBITY_N_COMPARTMENTS + 1);
  session_fixture_sign_out (checker);
}

/* Rule: the program proposes sealing when a subject, or a relative, holds the key; such an account is given none. */
static void
test_conflicts_and_holders (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char         *reference = NULL;
  static const char *const for_outsider[] = { "outsider", NULL };
  static const char *const for_hr[] = { "hr", NULL };
  static const char *const for_nobody[] = { "nobody", NULL };
  ProbitySession          *outsider = add_outsider (force);

  force_add_person (force, "5003", "Una", "Brannigan", "1990-01-01", NULL);
  force_relate (force, "5003", "1002");
  reference = force_investigate (force->acu, &probity_leak_case, "Leak", "1002");
  {
    g_autoptr (ProbitySealState) state = wait_for_boxed (probity_case_load_seal (force->acu, reference));
    g_autofree char *conflicts = g_strjoinv (" ", state->conflicts);

    g_assert_false (state->sealed);
    g_assert_cmpstr (conflicts, ==, "outsider");
  }
  assert_record_error (probity_case_seal (force->acu, reference, for_outsider, "r"), INVALID);
  assert_record_error (probity_case_seal (force->acu, reference, for_hr, "r"), INVALID);
  assert_record_error (probity_case_seal (force->acu, reference, for_nobody, "r"), INVALID);
  assert_record_error (probity_case_seal (force->acu, reference, for_decider, " "), MISSING);
  seal (force->acu, reference, for_acu);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  assert_not_found (probity_case_load (force->decider, NULL, reference));

  /* Named later. */
  seal (force->acu, reference, for_decider);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  {
    g_autoptr (ProbitySealState) state = wait_for_boxed (probity_case_load_seal (force->decider, reference));
    g_autofree char *holders = g_strjoinv (" ", state->holders);

    g_assert_true (state->sealed);
    g_assert_cmpstr (holders, ==, "acu decider");
  }
  /* Whoever holds a sealed case is shown every pending check, of whomever; which it is they alone read. */
  {
    g_autofree char *named = force_submit (force, force->hr, "1002", "The Bell");
    g_autofree char *not_named = force_submit (force, force->hr, "1001", "The Crown");
    g_autofree char *of_named = g_strdup_printf ("day sealed-check %s Sheila Brannigan sealed-named", named);
    g_autofree char *of_not_named = g_strdup_printf ("day sealed-check %s Jonathan Applegate sealed-not-named", not_named);
    g_autofree char *holder = dup_day (force->decider);
    g_autofree char *other = dup_day (outsider);

    g_assert_nonnull (strstr (holder, of_named));
    g_assert_nonnull (strstr (holder, of_not_named));
    g_assert_null (strstr (other, "sealed-"));
  }
  /* Two places an account: the second case takes the second, a third finds none. */
  {
    g_autofree char *second = force_investigate (force->acu, &probity_leak_case, "Another", NULL);
    g_autofree char *third = force_investigate (force->acu, &probity_leak_case, "A third", NULL);
    g_autoptr (GError) error = NULL;

    seal (force->acu, second, for_acu);
    error = wait_for_error (probity_case_seal (force->acu, third, for_acu, "r"));
    g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_FAILED);
    wait_for_success (probity_case_load (force->acu, NULL, third));
  }
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 2);
  session_fixture_sign_out (outsider);
}

/* Rule: that somebody looked, was refused or works stands in no log that others read. */
static void
test_logs_stay_inside (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "Leak", "1001");
  g_autofree char *uid = NULL;
  g_autoptr (ProbityRecord) record = NULL;

  seal (force->acu, reference, for_decider);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  record = wait_for_boxed (probity_case_load (force->decider, NULL, reference));
  uid = g_strdup (probity_record_get_uid (record));
  wait_for_success (probity_case_load (force->decider, NULL, reference));
  assert_refused (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_INTELLIGENCE), "separation-of-duties");
  {
    g_autoptr (GPtrArray) open = wait_for_boxed (probity_audit_list (force->psd, uid));
    g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (force->acu, uid));
    guint n_sealed = 0;

    /* That this was asked for, no more. */
    g_assert_cmpuint (open->len, ==, 1);
    g_assert_cmpstr (((const ProbityAuditEntry *) g_ptr_array_index (open, 0))->kind, ==, "audit");
    for (guint i = 0; i < entries->len; i++)
      {
        const ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

        n_sealed += entry->compartment >= PROBITY_COMPARTMENT_SEALED;
        /* What it had told of the case is not shown, nor that it went. */
        g_assert_true (entry->compartment >= PROBITY_COMPARTMENT_SEALED || g_str_equal (entry->kind, "audit"));
      }
    g_assert_cmpuint (n_sealed, >=, 3);
  }
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);
}

static gint64
count_drafts (ProbitySession    *session,
              ProbityCompartment compartment,
              const char        *uid)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM draft WHERE instr (key, '%s') > 0", uid);

  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, sql, NULL));
}

/* Rule: what is being typed about a sealed case stands with it; who holds the key of another compartment finds there not even its uid. */
static void
test_drafts_stay_inside (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "Leak", "1001");
  g_autofree char *uid = NULL;
  g_autofree char *key = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityValues) loaded = NULL;

  record = wait_for_boxed (probity_case_load (force->acu, NULL, reference));
  uid = g_strdup (probity_record_get_uid (record));
  key = g_strdup_printf ("case-log:%s", uid);
  probity_values_set (values, "text", WORD " rang");
  wait_for_success (probity_draft_save (force->acu, key, values));
  g_assert_cmpint (count_drafts (force->acu, PROBITY_COMPARTMENT_INTELLIGENCE, uid), ==, 1);

  seal (force->acu, reference, for_decider);
  wait_for_success (probity_draft_save (force->acu, key, values));
  g_assert_cmpint (count_drafts (force->acu, PROBITY_COMPARTMENT_INTELLIGENCE, uid), ==, 0);
  g_assert_cmpint (count_drafts (force->acu, PROBITY_COMPARTMENT_SEALED, uid), ==, 1);
  loaded = wait_for_boxed (probity_draft_load (force->acu, key));
  g_assert_cmpstr (probity_values_get (loaded, "text"), ==, WORD " rang");
  wait_for_success (probity_draft_save (force->acu, key, NULL));
  g_assert_cmpint (count_drafts (force->acu, PROBITY_COMPARTMENT_SEALED, uid), ==, 0);
}

/* Rule: a folder that waits to be used and one that is used are of one size, and their keys too. */
static void
test_places_look_alike (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "Leak", "1001");
  g_auto (GStrv) before = probity_casebook_list_places (force->casebook->folder, NULL);
  g_auto (GStrv) after = NULL;
  gint64  size = 0;
  gint64  keys_size = 0;
  guint64 time = 0;

  seal (force->acu, reference, for_decider);
  session_fixture_sign_in_again (force->casebook, &force->decider, "decider");
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  session_fixture_sign_in_again (force->casebook, &force->psd, "psd");
  after = probity_casebook_list_places (force->casebook->folder, NULL);
  g_assert_cmpstrv (before, after);
  g_assert_cmpuint (g_strv_length (after), ==, 8); /* admin, psd, acu, decider */

  session_fixture_sign_out (force->acu);
  session_fixture_sign_out (force->decider);
  session_fixture_sign_out (force->psd);
  for (guint i = 0; after[i] != NULL; i++)
    {
      g_autofree char *database = g_strdup_printf ("%s/%s/%s.db", force->casebook->folder, after[i], after[i]);
      g_autofree char *keys = g_build_filename (force->casebook->folder, after[i], PROBITY_SEALED_KEYS_FILE, NULL);
      GStatBuf         info;
      GStatBuf         keys_info;

      g_assert_cmpint (g_stat (database, &info), ==, 0);
      g_assert_cmpint (g_stat (keys, &keys_info), ==, 0);
      if (i == 0)
        {
          size = info.st_size;
          keys_size = keys_info.st_size;
          time = (guint64) info.st_mtime;
        }
      g_assert_cmpint (info.st_size, ==, size);
      g_assert_cmpint (keys_info.st_size, ==, keys_size);
      g_assert_cmpuint ((guint64) info.st_mtime, ==, time);
    }
  force->acu = session_fixture_sign_in (force->casebook, "acu");
  force->decider = session_fixture_sign_in (force->casebook, "decider");
  force->psd = session_fixture_sign_in (force->casebook, "psd");
}

static gboolean
tables_read (ProbityRead *read,
             gpointer     data,
             GValue      *result,
             GError     **error)
{
  /* Complaints, reports, staff and runs of the annual review, and what belongs to accounts, or to the compartment itself. */
  static const char *const of_no_case[] = {
    "complaint", "complaint_subject", "intelligence_report", "intelligence_original", "report_subject", "relation", "organisation", "review_run", "review_run_end", "draft", "words_hold", "meta", "outbox", NULL
  };

  for (ProbityCompartment c = PROBITY_COMPARTMENT_REGISTERS; c <= PROBITY_COMPARTMENT_INTELLIGENCE; c++)
    {
      ProbityDb *db = probity_read_get_db (read, c, error);
      g_auto (GStrv) shared = probity_db_list_tables (db, "case_uid", error);
      g_auto (GStrv) by_uid = probity_db_list_tables (db, "second_job_uid", error);
      g_auto (GStrv) by_id = probity_db_list_tables (db, "second_job_id", error);
      g_auto (GStrv) tables = seal_fixture_list_texts (db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT GLOB 'CREATE VIRTUAL *'"
                                                           " AND name NOT GLOB 'search_*' AND name NOT GLOB '*_words_*' AND name NOT GLOB 'sqlite_*' AND $argument = '' ORDER BY name",
                                                       "");

      for (guint i = 0; tables[i] != NULL; i++)
        if (!g_strv_contains ((const char *const *) shared, tables[i]) && !g_strv_contains ((const char *const *) by_uid, tables[i]) &&
            !g_strv_contains ((const char *const *) by_id, tables[i]) && !g_strv_contains (probity_seal_tables, tables[i]) && !g_strv_contains (of_no_case, tables[i]))
          {
            g_test_message ("%s", tables[i]);
            g_test_fail ();
          }
    }
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static gboolean
forge_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityCompartment *compartment = data;
  ProbityDb          *db = probity_write_get_db (write, *compartment, error);

  /* An entry that is true where it stands, put where it would prove what was never logged there. */
  g_assert_true (probity_db_run (db, error, "INSERT INTO carried_entry (compartment, seq, at, account, verb, kind, record, field, value_digest, prev, hash, signature)"
                                            " SELECT $name, seq, at, account, verb, kind, record, field, value_digest, prev, hash, signature FROM audit_entry ORDER BY seq LIMIT 1",
                                 "$name",
                                 's',
                                 probity_db_get_name (db),
                                 NULL));
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* Rule: what came with a case is proved entry by entry, and nothing can be put beside it, nor where no case came. */
static void
test_forged_entries (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char         *reference = force_investigate (force->acu, &probity_leak_case, "Leak", "1001");
  const ProbityCompartment places[] = { PROBITY_COMPARTMENT_SEALED, PROBITY_COMPARTMENT_STANDARDS };

  seal (force->acu, reference, for_acu);
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      ProbityCompartment compartment = places[i];
      g_autoptr (ProbityVerifyReport) report = NULL;
      gboolean named = FALSE;

      wait_for_success (probity_casebook_write (probity_session_get_casebook (force->acu), forge_write, &compartment, NULL));
      report = wait_for_boxed (probity_audit_verify (force->acu, NULL));
      for (guint j = 0; ((const ProbityVerifyCompartment *) g_ptr_array_index (report->compartments, compartment))->problems[j] != NULL; j++)
        named = named || g_str_has_prefix (((const ProbityVerifyCompartment *) g_ptr_array_index (report->compartments, compartment))->problems[j], "carried-forged: ");
      g_assert_true (named);
    }
}

typedef struct
{
  ProbitySession *session;
  const char     *reference;
} Interrupted;

/* All of the sealing that is committed first, and nothing of what comes after. */
static gboolean
interrupted_write (ProbityWrite *write,
                   gpointer      data,
                   GValue       *result,
                   GError      **error)
{
  Interrupted        *self = data;
  const ProbitySource source = { .session = self->session, .write = write };
  const char         *holders[] = { probity_session_get_account_uid (self->session), NULL };
  ProbityCompartment  sealed;
  ProbityDb          *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *carried = NULL;

  g_assert_true (probity_source_read_record (&source, &probity_leak_kind, self->reference, &db, &record, error));
  g_assert_true (probity_sealed_begin (write, self->session, PROBITY_COMPARTMENT_INTELLIGENCE, &sealed, error));
  g_assert_true (probity_seal_copy (write, self->session, &probity_leak_kind, probity_record_get_uid (record), PROBITY_COMPARTMENT_JOURNAL, sealed, error));
  g_assert_true (probity_sealed_dup_carried (probity_write_get_db (write, sealed, error), &carried, error));
  g_assert_true (probity_audit_add (write, self->session, sealed, PROBITY_VERB_COLLECTION, "leak-investigation", probity_record_get_uid (record), "carried", NULL, carried, error));
  payload = g_strdup_printf ("{\"kind\":\"leak-investigation\",\"uid\":\"%s\"}", probity_record_get_uid (record));
  g_assert_true (probity_db_run (probity_write_get_db (write, sealed, error), error, "INSERT INTO outbox (uid, target, command, payload, created) VALUES ('o', 'intelligence', 'seal-remove', $payload, $now)", "$payload", 's', payload, "$now", 's', probity_write_get_now (write), NULL));
  g_assert_true (probity_sealed_give (write, self->session, sealed, holders, "r", error));
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* Rule: a sealing that was interrupted between its two commits is finished by the next holder who signs in. */
static void
test_interrupted (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *outsider = add_outsider (force);
  g_autofree char *reference = make_leak (force);
  Interrupted      interrupted = { force->acu, reference };

  /* And no table is forgotten when a case moves: a new one has a column case_uid, or is named. */
  wait_for_success (probity_casebook_read (probity_session_get_casebook (force->acu), tables_read, NULL, NULL, NULL));
  wait_for_success (probity_casebook_write (probity_session_get_casebook (force->acu), interrupted_write, &interrupted, NULL));
  wait_for_success (probity_case_load (outsider, NULL, reference));
  session_fixture_sign_in_again (force->casebook, &force->acu, "acu");
  assert_not_found (probity_case_load (outsider, NULL, reference));
  wait_for_success (probity_case_load (force->acu, NULL, reference));
  assert_stands (force->acu, PROBITY_COMPARTMENT_INTELLIGENCE, WORD, "");
  g_assert_cmpuint (assert_verified (force->acu), ==, PROBITY_N_COMPARTMENTS + 1);
  session_fixture_sign_out (outsider);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  session_fixture_places = 2;

  g_test_add_func ("/seal/moves-whole", test_moves_whole);
  g_test_add_func ("/seal/blind", test_blind);
  g_test_add_func ("/seal/checks-and-closing", test_checks_and_closing);
  g_test_add_func ("/seal/conflicts-and-holders", test_conflicts_and_holders);
  g_test_add_func ("/seal/logs-stay-inside", test_logs_stay_inside);
  g_test_add_func ("/seal/drafts-stay-inside", test_drafts_stay_inside);
  g_test_add_func ("/seal/places-look-alike", test_places_look_alike);
  g_test_add_func ("/seal/interrupted", test_interrupted);
  g_test_add_func ("/seal/forged-entries", test_forged_entries);

  return g_test_run ();
}
