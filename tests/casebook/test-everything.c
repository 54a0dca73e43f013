/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-closing.h"
#include "probity-conduct.h"
#include "probity-everything.h"
#include "probity-leak.h"
#include "probity-link.h"
#include "second-job-fixture.h"

/* Everything about one person that a reader may know of, and nothing besides. */

/* `applicant second-job|subject complaint|…` */
static char *
dup_items (ProbitySession *session,
           const char     *number)
{
  g_autoptr (ProbityEverything) everything = wait_for_boxed (probity_everything_load (session, number, NULL));
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpstr (probity_record_get (everything->person, "staff_number"), ==, number);
  for (guint i = 0; i < everything->items->len; i++)
    {
      const ProbityEverythingItem *item = g_ptr_array_index (everything->items, i);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "|" : "", item->how, item->kind);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_items(session, number, expected)                \
  G_STMT_START                                                 \
  {                                                            \
    g_autofree char *items_ = dup_items ((session), (number)); \
    g_assert_cmpstr (items_, ==, (expected));                  \
  }                                                            \
  G_STMT_END

static guint
count_events (ProbitySession *session,
              const char     *number,
              const char     *kind)
{
  g_autoptr (ProbityEverything) everything = wait_for_boxed (probity_everything_load (session, number, NULL));
  guint       n = 0;
  const char *before = "";

  for (guint i = 0; i < everything->events->len; i++)
    {
      const ProbityEverythingEvent *event = g_ptr_array_index (everything->events, i);

      g_assert_cmpstr (before, <=, event->at);
      before = event->at;
      n += g_str_equal (event->kind, kind);
    }

  return n;
}

/* Rule: each reader sees of a person what their keys and roles open, and the rest neither as a row nor as an event. */
static void
test_each_reader_sees_their_own (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *job = force_submit (force, force->hr, "1001", "The Bell");
  g_autofree char *complaint = force_add_complaint (force, "CM/1", "incivility", "1001", NULL, NULL);
  g_autofree char *report = force_add_report (force, "IR/1", "CANARY words", "Seen at the market.", "1001", NULL);
  g_autofree char *conduct = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autofree char *leak = force_investigate (force->acu, &probity_leak_case, "The arrest in the paper", "1001");

  force_relate (force, "1001", "1002");
  wait_for_success (probity_link_add (force->acu, "person", "1002", "leak", leak, "witness", "She was on duty."));

  assert_items (force->acu, "1001", "applicant second-job|subject conduct-investigation|subject leak-investigation|subject intelligence-report|subject complaint|related person");
  assert_items (force->psd, "1001", "applicant second-job|subject conduct-investigation|subject complaint|related person");
  assert_items (force->hr, "1001", "applicant second-job|related person");
  assert_items (force->acu, "1002", "related person|linked leak-investigation");
  assert_items (force->psd, "1002", "related person");
  g_assert_cmpuint (count_events (force->acu, "1001", "leak-investigation"), >, 0);
  g_assert_cmpuint (count_events (force->psd, "1001", "leak-investigation"), ==, 0);
  g_assert_cmpuint (count_events (force->psd, "1001", "conduct-investigation"), >, 0);
  g_assert_cmpuint (count_events (force->hr, "1001", "conduct-investigation"), ==, 0);
  g_assert_cmpuint (count_events (force->hr, "1001", "second-job"), >, 0);

  /* A line manager: their own people, and no others. */
  assert_items (force->manager, "1001", "applicant second-job|related person");
  assert_not_found (probity_everything_load (force->other, "1001", NULL));
  g_assert_true (complaint != NULL && report != NULL && job != NULL && conduct != NULL);
}

/* Rule: nobody looks at themselves or a relative, nor finds a case that is about them too; the attempt is told to the ACU. */
static void
test_locked (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *conduct = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autoptr (GPtrArray) refusals = NULL;

  force_add_person (force, "5001", "Ada", "Unit", "1980-01-02", NULL);
  assert_items (force->acu, "1001", "subject conduct-investigation");
  wait_for_success (probity_investigation_add_subject (force->psd, conduct, "5001", NULL, NULL, "was there"));
  assert_items (force->acu, "1001", "");
  assert_items (force->psd, "1001", "subject conduct-investigation");
  assert_not_found (probity_everything_load (force->acu, "5001", NULL));
  assert_not_found (probity_everything_load (force->acu, "9999", NULL));

  force_relate (force, "4001", "1002");
  assert_not_found (probity_everything_load (force->psd, "1002", NULL));
  assert_items (force->acu, "1002", "related person");
  refusals = wait_for_boxed (probity_access_load_refusals (force->acu));
  g_assert_cmpuint (refusals->len, ==, 1);
  g_assert_cmpstr (((ProbityRefusal *) g_ptr_array_index (refusals, 0))->reference, ==, "1002");
}

/* Rule: who was eliminated is told as eliminated, and once masked is nobody. */
static void
test_eliminated (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *leak = force_investigate (force->acu, &probity_leak_case, "The arrest in the paper", "1001");

  wait_for_success (probity_investigation_eliminate_subject (force->acu, leak, "1001", "was abroad"));
  assert_items (force->acu, "1001", "eliminated leak-investigation");
  wait_for_success (probity_closing_propose (force->acu, leak, "not-identified", "r"));
  wait_for_success (probity_closing_close (force->decider, leak, "not-identified", "r", "Too many had it."));
  assert_items (force->acu, "1001", "");
}

/* Rule: records of somebody alike, and words that have the name, are told apart from what is about the person. */
static void
test_likely_and_mentioned (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *alike = force_add_complaint (force, "CM/1", "incivility", NULL, "Jon Applegate", NULL);
  g_autofree char *words = force_add_complaint (force, "CM/2", "Said that Jonathan Applegate had been there", "1002", NULL, NULL);

  assert_items (force->psd, "1001", "likely complaint|mentioned complaint");
  assert_items (force->hr, "1001", "");
  g_assert_true (alike != NULL && words != NULL);
}

/* Rule: that a person and which of their cases were looked at is logged, in the highest compartment, before it is shown. */
static void
test_is_logged (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *conduct = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autoptr (ProbityVisit) visit = probity_visit_new (force->acu);
  g_autoptr (ProbityEverything) first = wait_for_boxed (probity_everything_load (force->acu, "1001", visit));
  g_autoptr (ProbityEverything) second = wait_for_boxed (probity_everything_load (force->acu, "1001", visit));
  ProbityCasebook *casebook = probity_session_get_casebook (force->acu);

  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count (*) FROM audit_entry WHERE verb = 'consultation' AND kind = 'person' AND field = 'everything'", NULL)), ==, 1);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT count (*) FROM audit_entry WHERE verb = 'consultation' AND kind = 'conduct-investigation' AND field = 'timeline'", NULL)), ==, 1);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM audit_entry WHERE verb = 'consultation' AND kind = 'person'", NULL)), ==, 0);
  g_assert_cmpuint (first->items->len, ==, second->items->len);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/everything/each-reader-sees-their-own", test_each_reader_sees_their_own);
  g_test_add_func ("/everything/locked", test_locked);
  g_test_add_func ("/everything/eliminated", test_eliminated);
  g_test_add_func ("/everything/likely-and-mentioned", test_likely_and_mentioned);
  g_test_add_func ("/everything/is-logged", test_is_logged);

  return g_test_run ();
}
