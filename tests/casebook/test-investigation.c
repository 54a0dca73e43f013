/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-closing.h"
#include "probity-conduct.h"
#include "probity-investigation.h"
#include "probity-leak.h"
#include "probity-list.h"
#include "probity-overview.h"
#include "probity-profile.h"
#include "probity-search.h"
#include "second-job-fixture.h"

/* Leak and conduct investigations: what they hold, and the gate before their closing decision. */

/* A second ACU officer, who investigates nothing. */
static ProbitySession *
add_checker (Force *force)
{
  session_fixture_add (force->casebook, "checker", "acu-officer", "5002");

  return session_fixture_sign_in (force->casebook, "checker");
}

static ProbityValues *
make_values (const char *first,
             ...)
{
  ProbityValues *values = probity_values_new ();
  va_list        args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    probity_values_set (values, name, va_arg (args, const char *));
  va_end (args);

  return values;
}

static char *
open_case (ProbitySession        *session,
           const ProbityCaseKind *kind,
           const char            *staff_number,
           const char            *name,
           const char            *born)
{
  g_autoptr (ProbityValues) values = make_values ("title", "Posts about a shift", "received", "2026-03-02", NULL);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;
  ProbitySubject subject = { (char *) staff_number, (char *) name, (char *) born };

  if (kind == &probity_conduct_case)
    probity_values_set (values, "origin", "report");
  else
    probity_values_set (values, "item", "Custody record of an arrest");
  if (staff_number != NULL || name != NULL)
    g_ptr_array_add (subjects, &subject);
  record = wait_for_boxed (probity_investigation_open (session, kind, values, subjects));

  return g_strdup (probity_record_get_reference (record));
}

static DexFuture *
add_row (ProbitySession        *session,
         const ProbityCaseKind *kind,
         const char            *reference,
         const char            *part,
         ProbityValues         *values)
{
  DexFuture *future = probity_investigation_add_row (session, probity_case_part_find (kind, part), reference, values);

  probity_values_unref (values);

  return future;
}

static void
check_subject (ProbitySession  *session,
               const char      *reference,
               const char      *subject,
               ProbityCheckKind kind)
{
  g_autoptr (ProbityCheck) check = wait_for_boxed (probity_check_run (session, reference, subject, kind));

  for (guint i = 0; i < check->hits->len; i++)
    {
      ProbityHit *hit = g_ptr_array_index (check->hits, i);

      if (hit->verdict == NULL)
        wait_for_success (probity_check_assess (session, reference, hit->id, "not-relevant", "looked at both records"));
    }
  wait_for_success (probity_check_publish (session, reference, subject, kind, FALSE, NULL));
}

static void
check_both (ProbitySession *session,
            const char     *reference,
            const char     *subject)
{
  check_subject (session, reference, subject, PROBITY_CHECK_COMPLAINTS);
  check_subject (session, reference, subject, PROBITY_CHECK_INTELLIGENCE);
}

static char *
dup_closing (ProbitySession *session,
             const char     *reference)
{
  g_autoptr (ProbityClosingState) state = wait_for_boxed (probity_closing_load (session, reference));

  return g_strjoinv (" ", state->missing);
}

#define assert_closing(session, reference, codes)               \
  G_STMT_START                                                  \
  {                                                             \
    g_autofree char *_codes = dup_closing (session, reference); \
    g_assert_cmpstr (_codes, ==, codes);                        \
  }                                                             \
  G_STMT_END

/* What is not shown to the reader, of the case and of each of its subjects alike. */
static void
assert_closing_unseen (ProbitySession *session,
                       const char     *reference,
                       const char     *codes)
{
  g_autoptr (ProbityClosingState) state = wait_for_boxed (probity_closing_load (session, reference));
  g_autofree char *all = g_strjoinv (" ", state->unseen);

  g_assert_cmpstr (all, ==, codes);
  for (guint i = 0; i < state->subjects->len; i++)
    {
      ProbityClosingSubject *subject = g_ptr_array_index (state->subjects, i);
      g_autofree char       *own = g_strjoinv (" ", subject->unseen);

      g_assert_cmpstr (own, ==, codes);
    }
}

/* Rule: no closing decision before complaints and intelligence checks of every subject. */
static void
test_closing_wants_checks_of_every_subject (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *complaint = force_add_complaint (force, "CM/1", "incivility", "1001", NULL, NULL);
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);

  wait_for_success (probity_investigation_add_subject (force->psd, reference, "1002", NULL, NULL, "seen beside him"));
  assert_closing (force->decider, reference, "complaints-check intelligence-check");
  assert_closing_unseen (force->decider, reference, "");
  /* Of a check that is not made the reader is told as of one that is. */
  assert_closing_unseen (force->psd, reference, "intelligence-check");
  assert_refused (probity_closing_close (force->decider, reference, "finding", "r", NULL), "complaints-check intelligence-check");
  assert_record_error (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS), INVALID);
  check_both (force->acu, reference, "1001");
  assert_refused (probity_closing_close (force->decider, reference, "finding", "r", NULL), "complaints-check intelligence-check");
  check_both (force->acu, reference, "1002");
  assert_closing (force->decider, reference, "");
  assert_refused (probity_closing_close (force->psd, reference, "finding", "r", NULL), "not-your-step");
  assert_record_error (probity_closing_close (force->decider, reference, "finding", " ", NULL), MISSING);
  wait_for_success (probity_closing_close (force->decider, reference, "finding", "Both were proved.", NULL));
  assert_record_error (probity_closing_close (force->decider, reference, "finding", "again", NULL), STAGE);
  assert_record_error (probity_investigation_add_subject (force->psd, reference, "2009", NULL, NULL, "late"), STAGE);
  assert_verified (force->decider);
}

/* Rule: a newer record, an older check than the profile allows, and an unassessed hit each bar a closing. */
static void
test_checks_are_fresh_and_assessed (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  g_autofree char *complaint = NULL;

  check_both (force->acu, reference, NULL);
  assert_closing (force->decider, reference, "");
  assert_closing (force->psd, reference, "intelligence-check");
  assert_closing_unseen (force->psd, reference, "intelligence-check");
  assert_closing_unseen (force->decider, reference, "");
  complaint = force_add_complaint (force, "CM/2", "incivility", "1001", NULL, NULL);
  assert_closing (force->decider, reference, "new-record");
  assert_closing (force->psd, reference, "stale-check intelligence-check");
  wait_for_success (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  assert_closing (force->decider, reference, "new-record unassessed-hits");
  assert_refused (probity_check_publish (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS, FALSE, NULL), "unassessed-hits");
  check_subject (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS);
  assert_closing (force->decider, reference, "");
  force_set_now (force, "2026-05-20T09:00:00.000Z");
  assert_closing (force->decider, reference, "stale-check");
}

/* Rule: investigator, checkers and decider are different people; no further action wants a second person. */
static void
test_people_are_different (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  g_autofree char *own = open_case (force->decider, &probity_conduct_case, "1001", NULL, NULL);

  assert_refused (probity_check_run (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS), "separation-of-duties");
  check_both (force->acu, reference, NULL);
  check_both (force->acu, own, NULL);
  assert_refused (probity_closing_close (force->decider, own, "finding", "r", NULL), "separation-of-duties");

  assert_refused (probity_closing_close (force->decider, reference, "no-further-action", "r", NULL), "second-person");
  wait_for_success (probity_closing_propose (force->decider, reference, "no-further-action", "r"));
  assert_refused (probity_closing_close (force->decider, reference, "no-further-action", "r", NULL), "second-person");
  wait_for_success (probity_closing_propose (force->psd, reference, "finding", "r"));
  assert_refused (probity_closing_close (force->decider, reference, "no-further-action", "r", NULL), "second-person");
  wait_for_success (probity_closing_propose (force->psd, reference, "no-further-action", "r"));
  wait_for_success (probity_closing_close (force->decider, reference, "no-further-action", "r", NULL));

  /* A check by somebody who came to investigate afterwards holds no more. */
  {
    g_autofree char *later = open_case (force->psd, &probity_conduct_case, "1002", NULL, NULL);

    check_both (force->acu, later, NULL);
    wait_for_success (probity_investigation_assign (force->psd, later, "acu", NULL, "on leave"));
    assert_closing (force->decider, later, "separation-of-duties");
  }
  assert_verified (force->decider);
}

static guint
count_consultations (ProbitySession *session,
                     const char     *field)
{
  g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (session, NULL));
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    n += g_strcmp0 (((const ProbityAuditEntry *) g_ptr_array_index (entries, i))->field, field) == 0;

  return n;
}

/* Rule: the closing card says who made a check and when, to whom may know it; and whether the reader investigates. */
static void
test_closing_says_who (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  g_autoptr (ProbityClosingState) decider = NULL;
  g_autoptr (ProbityClosingState) psd = NULL;
  ProbityClosingSubject *subject;

  check_both (force->acu, reference, NULL);
  decider = wait_for_boxed (probity_closing_load (force->decider, reference));
  psd = wait_for_boxed (probity_closing_load (force->psd, reference));
  g_assert_false (decider->investigates);
  g_assert_true (psd->investigates);
  subject = g_ptr_array_index (decider->subjects, 0);
  g_assert_true (subject->complaints && subject->intelligence);
  g_assert_cmpstr (subject->complaints_by, ==, "acu");
  g_assert_cmpstr (subject->intelligence_by, ==, "acu");
  g_assert_nonnull (subject->complaints_at);
  subject = g_ptr_array_index (psd->subjects, 0);
  g_assert_cmpstr (subject->complaints_by, ==, "acu");
  g_assert_null (subject->intelligence_by);
  g_assert_null (subject->intelligence_at);
}

/* Rule: what a page reads again was consulted once a visit, and nobody else’s visit counts. */
static void
test_rows_are_consulted_once_a_visit (void)
{
  g_autoptr (Force) force = force_new ("generic");
  const ProbityCasePart *part = probity_case_part_find (&probity_leak_case, "line");
  g_autofree char       *reference = open_case (force->acu, &probity_leak_case, NULL, NULL, NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->acu, &probity_leak_kind, reference));
  g_autoptr (ProbityVisit) visit = probity_visit_new (force->acu);
  g_autoptr (ProbityVisit) other = probity_visit_new (force->psd);
  g_autoptr (GError) error = NULL;

  wait_for_success (add_row (force->acu, &probity_leak_case, reference, "line", make_values ("title", "The printer’s log", "state", "open", NULL)));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) rows = wait_for_boxed (probity_investigation_load_rows_in_visit (force->acu, part, probity_record_get_uid (record), visit));

      g_assert_cmpuint (rows->len, ==, 1);
    }
  g_assert_cmpuint (count_consultations (force->acu, "lines"), ==, 1);
  error = wait_for_error (probity_investigation_load_rows_in_visit (force->psd, part, probity_record_get_uid (record), other));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
}

/* Rule: both checks of a leak are made by an ACU officer who does not investigate it and leave nothing in standards. */
static void
test_leak_leaves_nothing_in_standards (void)
{
  g_autoptr (Force) force = force_new ("generic");
  ProbitySession  *checker = add_checker (force);
  g_autofree char *complaint = force_add_complaint (force, "CM/3", "incivility", "1001", NULL, NULL);
  g_autofree char *reference = open_case (force->acu, &probity_leak_case, "1001", NULL, NULL);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (ProbityCheck) check = NULL;

  assert_refused (probity_check_run (force->acu, reference, NULL, PROBITY_CHECK_COMPLAINTS), "separation-of-duties");
  assert_not_found (probity_check_run (force->psd, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  check = wait_for_boxed (probity_check_run (checker, reference, NULL, PROBITY_CHECK_COMPLAINTS));
  g_assert_cmpuint (check->hits->len, ==, 1);
  g_assert_cmpstr (((ProbityHit *) g_ptr_array_index (check->hits, 0))->reference, ==, "CM/3");
  check_both (checker, reference, NULL);
  wait_for_success (probity_closing_close (force->decider, reference, "source-identified", "He said so.", NULL));
  assert_verified (force->decider);
  assert_verified (force->psd);

  after = wait_for_boxed (probity_audit_list (force->psd, NULL));
  for (guint i = 0; i < after->len; i++)
    {
      const ProbityAuditEntry *entry = g_ptr_array_index (after, i);

      g_assert_cmpstr (entry->kind, !=, "leak-investigation");
    }
  session_fixture_sign_out (checker);
}

/* Entries of the log of intelligence that still tell of @words. */
static guint
count_told (ProbitySession *session,
            const char     *words)
{
  g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (session, NULL));
  guint n = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const ProbityAuditEntry *entry = g_ptr_array_index (entries, i);

      if (entry->compartment == PROBITY_COMPARTMENT_INTELLIGENCE &&
          ((entry->old_value != NULL && strstr (entry->old_value, words) != NULL) || (entry->new_value != NULL && strstr (entry->new_value, words) != NULL)))
        n++;
    }

  return n;
}

/* Rule: a leak without identified subject says so instead; at closing the eliminated are masked and due for disposal. */
static void
test_eliminated_are_masked (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->acu, &probity_leak_case, "1001", NULL, NULL);
  g_autoptr (GPtrArray) subjects = NULL;
  ProbityCaseSubject *subject;

  g_assert_cmpuint (count_told (force->acu, "1001"), >, 0);
  assert_record_error (probity_investigation_eliminate_subject (force->acu, reference, "1001", " "), MISSING);
  wait_for_success (probity_investigation_eliminate_subject (force->acu, reference, "1001", "was abroad"));
  assert_closing (force->decider, reference, "no-subject");
  wait_for_success (probity_closing_propose (force->acu, reference, "not-identified", "r"));
  assert_refused (probity_closing_close (force->decider, reference, "not-identified", "r", NULL), "no-subject");
  wait_for_success (probity_closing_close (force->decider, reference, "not-identified", "r", "Too many had it."));

  subjects = wait_for_boxed (probity_investigation_load_subjects (force->acu, reference));
  g_assert_cmpuint (subjects->len, ==, 1);
  subject = g_ptr_array_index (subjects, 0);
  g_assert_null (subject->staff_number);
  g_assert_cmpstr (subject->name, ==, "Eliminated 1");
  g_assert_nonnull (subject->disposal_due);
  g_assert_cmpuint (count_told (force->acu, "1001"), ==, 0);
  assert_verified (force->decider);
}

/* Rule: nobody opens, finds or counts a case about themselves or a relative; the answer is that to a case that does not exist. */
static void
test_locked_answers_like_absent (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *own = NULL;
  g_autofree char *relative = NULL;
  g_autofree char *by_name = NULL;
  const char      *absent = "CI/222222";

  force_add_person (force, "5001", "Ada", "Unit", "1980-01-02", NULL);
  force_relate (force, "5001", "1001");
  own = open_case (force->psd, &probity_conduct_case, "5001", NULL, NULL);
  relative = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  by_name = open_case (force->psd, &probity_conduct_case, NULL, "Ada Unit", "1980-01-02");

  for (guint i = 0; i < 3; i++)
    {
      const char *reference = (const char *[]) { own, relative, by_name }[i];

      for (guint step = 0; step < 7; step++)
        {
          char *messages[2] = { NULL };
          int   codes[2];

          for (guint which = 0; which < 2; which++)
            {
              const char *asked = which == 0 ? reference : absent;
              g_auto (GStrv) parts = NULL;
              g_autoptr (GError) error = NULL;

              switch (step)
                {
                case 0:
                  error = wait_for_error (probity_record_load (force->acu, &probity_conduct_kind, asked));
                  break;
                case 1:
                  error = wait_for_error (probity_closing_load (force->acu, asked));
                  break;
                case 2:
                  error = wait_for_error (probity_check_run (force->acu, asked, NULL, PROBITY_CHECK_INTELLIGENCE));
                  break;
                case 3:
                  error = wait_for_error (probity_investigation_decide (force->acu, asked, NULL, "r"));
                  break;
                case 4:
                  error = wait_for_error (probity_investigation_load_subjects (force->acu, asked));
                  break;
                case 5:
                  error = wait_for_error (add_row (force->acu, &probity_conduct_case, asked, "learning", make_values ("learning", "x", NULL)));
                  break;
                case 6:
                  error = wait_for_error (probity_case_set_stage (force->acu, NULL, asked, "investigation", NULL));
                  break;
                }
              g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND);
              codes[which] = error->code;
              parts = g_strsplit (error->message, asked, -1);
              messages[which] = g_strjoinv ("CASE", parts);
            }
          g_assert_cmpint (codes[0], ==, codes[1]);
          g_assert_cmpstr (messages[0], ==, messages[1]);
          for (guint which = 0; which < G_N_ELEMENTS (messages); which++)
            g_free (messages[which]);
        }
    }
  {
    g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find ("conduct"));

    g_assert_cmpint (wait_for_int64 (probity_list_count (force->acu, query)), ==, 0);
    g_assert_cmpint (wait_for_int64 (probity_list_count (force->psd, query)), ==, 3);
  }
  assert_refused (probity_investigation_add_subject (force->psd, own, "4001", NULL, NULL, "r"), "separation-of-duties");

  /* Nor does the log tell them that somebody else looked for it. */
  {
    g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_once (force->psd, own, 20));
    g_autoptr (GPtrArray) entries = wait_for_boxed (probity_audit_list (force->acu, NULL));

    g_assert_cmpuint (hits->len, >=, 1);
    for (guint k = 0; k < entries->len; k++)
      {
        const ProbityAuditEntry *entry = g_ptr_array_index (entries, k);

        g_assert_true (entry->new_value == NULL || strstr (entry->new_value, own) == NULL);
      }
  }
}

/* Rule: an intrusive action waits for the assessment of public interest and protected disclosure, and follows the newest. */
static void
test_assessment_before_intrusion (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->acu, &probity_leak_case, NULL, NULL, NULL);

  assert_record_error (add_row (force->acu, &probity_leak_case, reference, "assessment", make_values ("public_interest", "none", "protected_disclosure", "yes", "protected_reasons", "to a regulator", "necessity", "n", "proportionality", "p", "intrusion", "permitted", "assessed", "2026-03-02", NULL)), INVALID);
  wait_for_success (add_row (force->acu, &probity_leak_case, reference, "assessment", make_values ("public_interest", "none", "protected_disclosure", "no", "protected_reasons", "to a newspaper", "necessity", "n", "proportionality", "p", "intrusion", "permitted", "assessed", "2026-03-02", NULL)));
  assert_record_error (add_row (force->acu, &probity_leak_case, reference, "publication", make_values ("outlet", "Evening Courier", NULL)), MISSING);
  wait_for_success (add_row (force->acu, &probity_leak_case, reference, "publication", make_values ("outlet", "Evening Courier", "published", "2026-03-01T06:00:00Z", NULL)));
}

/* Rule: a referral is decided on the allegation as if it were shown to be true; weak evidence is no reason. */
static void
test_referral_is_not_about_evidence (void)
{
  static const char *const weak[] = {
    "there is no evidence",
    "The evidence is very weak.",
    "Weak evidential basis",
    "There is insufficient, contradictory evidence",
    "Evidence: none",
    "There is no proof of it",
    "Not proven",
    "It has not so far been substantiated.",
    "No witness supports it",
    "The account is uncorroborated",
    "Hearsay only",
    "We do not believe it",
    "It is one word against another",
    "The complainant is not credible",
    "evidentially thin",
    "It was an unfounded rumour",
  };
  static const char *const asked[] = {
    "the conduct alleged would not be grave",
    "If proved, it would not amount to a criminal offence.",
    "Even if it were substantiated, no criterion would be met.",
    "It would not, if proven, be serious corruption.",
    "If what is alleged were shown to be true, it would be a breach of confidentiality without injury to anybody.",
    "The conduct would be a limited breach of orders.",
  };
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);

#define REFERRAL(criterion_, decision_, reasons_) \
  add_row (force->psd, &probity_conduct_case, reference, "referral", make_values ("if_true", "He sold information", "criterion", criterion_, "decision", decision_, "reasons", reasons_, "decided", "2026-03-02", NULL))
  assert_record_error (REFERRAL ("none", "not-referred", "The evidence is weak."), INVALID);
  assert_record_error (REFERRAL ("none", "not-referred", "It is un-corroborated and there is INSUFFICIENT  evidence"), INVALID);
  assert_record_error (REFERRAL ("serious-corruption", "not-referred", "Not grave."), INVALID);
  assert_record_error (REFERRAL ("none", "mandatory", "Grave."), INVALID);
  wait_for_success (REFERRAL ("none", "not-referred", "If it were shown to be true it would meet no criterion."));
  wait_for_success (REFERRAL ("serious-corruption", "mandatory", "If true, information was sold."));
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    {
      g_test_message ("%s", weak[i]);
      g_assert_true (probity_conduct_is_weak_evidence (weak[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_test_message ("%s", asked[i]);
      g_assert_false (probity_conduct_is_weak_evidence (asked[i]));
    }
}

/* Rule: a notice has every part or is withheld with a reason and a day to look again; representations in ten working days. */
static void
test_notice_has_its_parts (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  g_autoptr (ProbityRecord) notice = NULL;

#define SERVED "subject", "1001", "served", "2026-03-02", "severity_stated", "true", "proceedings_stated", "true", "advice_stated", "true", "representations_stated", "true", "inference_stated", "true"
  assert_record_error (add_row (force->psd, &probity_conduct_case, reference, "notice", make_values (SERVED, "terms_of_reference", "t", NULL)), MISSING);
  assert_record_error (add_row (force->psd, &probity_conduct_case, reference, "notice", make_values (SERVED, "conduct_stated", "true", NULL)), MISSING);
  assert_record_error (add_row (force->psd, &probity_conduct_case, reference, "notice", make_values ("subject", "1001", "withheld_reason", "would warn others", NULL)), MISSING);
  wait_for_success (add_row (force->psd, &probity_conduct_case, reference, "notice", make_values ("subject", "1001", "withheld_reason", "would warn others", "review_date", "2026-04-01", NULL)));
  notice = wait_for_boxed (add_row (force->psd, &probity_conduct_case, reference, "notice", make_values (SERVED, "conduct_stated", "true", "terms_of_reference", "t", NULL)));
  g_assert_cmpstr (probity_record_get (notice, "representations_due"), ==, "2026-03-16");
  g_assert_cmpstr (probity_record_get (notice, "rule"), ==, "Police (Conduct) Regulations 2020, reg. 17");
}

/* Rule: the statutory report falls due at twelve months and every six after, filled in with what the case says. */
static void
test_statutory_clock (void)
{
  const ProbityDay attention = probity_day_from_iso ("2025-08-31");
  g_autoptr (Force) force = force_new ("generic");
  ProbityProfile  *profile = probity_session_get_profile (force->psd);
  g_autofree char *first = probity_day_to_iso (probity_conduct_get_report_due (profile, attention, 0));
  g_autofree char *second = probity_day_to_iso (probity_conduct_get_report_due (profile, attention, 1));
  g_autofree char *third = probity_day_to_iso (probity_conduct_get_report_due (profile, attention, 2));
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  g_autoptr (ProbityValues) values = NULL;

  g_assert_cmpstr (first, ==, "2026-08-31");
  g_assert_cmpstr (second, ==, "2027-02-28");
  g_assert_cmpstr (third, ==, "2027-08-31");
  /* The regulations of 2008 knew no such report, and another notice. */
  g_assert_cmpint (probity_conduct_get_report_due (profile, probity_day_from_iso ("2011-09-05"), 0), ==, PROBITY_DAY_NONE);
  g_assert_cmpstr (probity_profile_get_conduct_rule (profile, probity_day_from_iso ("2020-01-31"), "Notice-Rule"), ==, "Police (Conduct) Regulations 2008, reg. 15");
  g_assert_cmpstr (probity_profile_get_conduct_rule (profile, probity_day_from_iso ("2020-02-01"), "Notice-Rule"), ==, "Police (Conduct) Regulations 2020, reg. 17");
  g_assert_nonnull (probity_profile_get_conduct_source (profile, attention, "Representation-Days"));
  values = wait_for_boxed (probity_conduct_prepare_report (force->psd, reference));
  g_assert_cmpstr (probity_values_get (values, "due"), ==, "2027-03-02");
  g_assert_cmpstr (probity_values_get (values, "came_to_attention"), ==, "2026-03-02");
  g_assert_cmpstr (probity_values_get (values, "notice_served"), ==, "not served");
  assert_record_error (add_row (force->psd, &probity_conduct_case, reference, "progress-report", g_steal_pointer (&values)), MISSING);

  /* One that is made twice for a day, or between two days, puts off none. */
  for (guint i = 0; i < 3; i++)
    {
      const char *due = (const char *[]) { "2026-12-24", "2027-03-02", "2027-03-02" }[i];

      wait_for_success (add_row (force->psd, &probity_conduct_case, reference, "progress-report", make_values ("due", due, "came_to_attention", "2026-03-02", "progress", "p", "estimated_end", "2027-09-01", "reason_for_time", "r", "planned_steps", "s", "sent", "2026-03-02", "sent_to", "the local policing body", NULL)));
      values = wait_for_boxed (probity_conduct_prepare_report (force->psd, reference));
      g_assert_cmpstr (probity_values_get (values, "due"), ==, i == 0 ? "2027-03-02" : "2027-09-02");
      g_clear_pointer (&values, probity_values_unref);
    }
}

/* Rule: an investigation counts by the recorded decision to investigate; what is not readable is not available. */
static void
test_statistics_count_decisions (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *reference = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  g_autofree char *other = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  g_autofree char *leak = open_case (force->acu, &probity_leak_case, NULL, NULL, NULL);
  const gint64     expected[] = { 1, 1, 1, 0 };

  assert_record_error (probity_investigation_decide (force->psd, reference, "2026-03-01", "r"), INVALID);
  wait_for_success (probity_investigation_decide (force->psd, reference, "2026-03-02", "r"));
  assert_record_error (probity_investigation_decide (force->psd, reference, "2026-03-02", "r"), STAGE);
  wait_for_success (probity_investigation_decide (force->acu, leak, NULL, "r"));
  for (guint who = 0; who < 3; who++)
    {
      ProbitySession *session = (ProbitySession *[]) { force->decider, force->psd, force->hr }[who];
      g_autoptr (GPtrArray) indicators = wait_for_boxed (probity_statistics (session, "2026-03-02", "2026-03-31"));

      for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
        {
          const ProbityIndicator *indicator = g_ptr_array_index (indicators, 2 + i);

          g_assert_cmpint (indicator->available, ==, who == 0 || (who == 1 && i >= 2));
          if (indicator->available)
            g_assert_cmpint (indicator->value, ==, expected[i]);
        }
    }
}

static GError *
try_sql (ProbitySession    *session,
         ProbityCompartment compartment,
         const char        *text)
{
  return wait_for_error (run_sql (probity_session_get_casebook (session), compartment, text));
}

/* A closed case about 1001 beside an open one about 1002. */
static void
close_one (Force *force,
           char **ret_closed,
           char **ret_open)
{
  *ret_closed = open_case (force->psd, &probity_conduct_case, "1001", NULL, NULL);
  *ret_open = open_case (force->psd, &probity_conduct_case, "1002", NULL, NULL);
  check_both (force->acu, *ret_closed, NULL);
  wait_for_success (probity_closing_propose (force->psd, *ret_closed, "no-further-action", "r"));
  wait_for_success (probity_closing_close (force->decider, *ret_closed, "no-further-action", "r", NULL));
}

/* Rule: the database itself closes nothing without the gate, and changes nothing that was decided. */
static void
test_triggers_hold_for_any_tool (void)
{
  static const char *const attacks[] = {
    "UPDATE conduct SET stage = 'closed', outcome = 'finding', closed = '2026-03-02' WHERE closed IS NULL",
    "UPDATE conduct SET outcome = 'finding' WHERE closed IS NULL",
    "UPDATE conduct SET stage = 'closed' WHERE closed IS NULL",
    "UPDATE conduct SET stage = 'investigation', outcome = NULL, closed = NULL WHERE closed IS NOT NULL",
    "UPDATE conduct SET outcome = 'finding' WHERE closed IS NOT NULL",
    "UPDATE conduct SET received = '2012-01-01'",
    "DELETE FROM conduct",
    "REPLACE INTO conduct SELECT * FROM conduct",
    "UPDATE conduct_subject SET staff_number = '2009', subject = '2009'",
    "UPDATE conduct_subject SET material_digest = 'x'",
    "UPDATE conduct_subject SET eliminated = '2026-03-02T09:00:00.000Z', eliminated_by = 'me'",
    "DELETE FROM conduct_subject",
    "REPLACE INTO conduct_subject SELECT * FROM conduct_subject",
    "INSERT INTO closing (uid, case_uid, outcome, reasons, subjects_digest, clearances_digest, account, person, at, signature)"
    " SELECT 'forged', uid, 'finding', 'r', 'd', 'd', 'me', 'staff:6001', '2026-03-02T09:00:00.000Z', x'00' FROM conduct WHERE closed IS NULL",
    "INSERT INTO closing (uid, case_uid, outcome, reasons, no_subject, subjects_digest, clearances_digest, account, person, at, signature)"
    " SELECT 'forged', uid, 'finding', 'r', 'nobody', 'd', 'd', 'me', 'staff:6001', '2026-03-02T09:00:00.000Z', x'00' FROM conduct WHERE closed IS NULL",
    "UPDATE closing SET outcome = 'finding'",
    "DELETE FROM closing",
    "REPLACE INTO closing SELECT * FROM closing",
    "UPDATE closing_clearance SET person = 'staff:6001'",
    "DELETE FROM closing_clearance",
    "REPLACE INTO closing_clearance SELECT * FROM closing_clearance",
    "UPDATE closing_proposal SET person = 'staff:6001'",
    "DELETE FROM closing_proposal",
    "UPDATE case_investigator SET person = 'staff:9999'",
    "DELETE FROM case_investigator",
    "REPLACE INTO case_investigator SELECT * FROM case_investigator",
  };
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *closed = NULL;
  g_autofree char *open = NULL;

  close_one (force, &closed, &open);
  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autoptr (GError) error = try_sql (force->psd, PROBITY_COMPARTMENT_STANDARDS, attacks[i]);

      g_test_message ("%s", attacks[i]);
      g_assert_nonnull (error);
    }
  assert_verified (force->decider);
}

static void
assert_names (ProbitySession *session,
              const char     *code)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));
  gboolean found = FALSE;

  for (guint i = 0; i < report->compartments->len; i++)
    {
      const ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; compartment->problems != NULL && compartment->problems[j] != NULL; j++)
        {
          g_test_message ("%s", compartment->problems[j]);
          found = found || g_str_has_prefix (compartment->problems[j], code);
        }
    }
  g_assert_true (found);
}

/* Rule: verify names what was forged past dropped triggers, or is missing. */
static void
test_verify_names_forgeries (void)
{
  static const struct
  {
    const char *trigger;
    const char *sql;
    const char *code;
  } forgeries[] = {
    { "conduct_update", "UPDATE conduct SET stage = 'closed', outcome = 'finding', closed = '2026-03-02' WHERE closed IS NULL", "forged-closing:" },
    { "conduct_update", "UPDATE conduct SET outcome = 'finding' WHERE closed IS NOT NULL", "forged-closing:" },
    { "closing_update", "UPDATE closing SET reasons = 'another'", "forged-closing:" },
    { "closing_delete", "DELETE FROM closing", "forged-closing:" },
    { "closing_clearance_delete", "DELETE FROM closing_clearance WHERE kind = 'intelligence'", "forged-closing:" },
    { "closing_clearance_update", "UPDATE closing_clearance SET at = '2026-03-01T09:00:00.000Z'", "forged-clearance:" },
    { "closing_proposal_delete", "DELETE FROM closing_proposal", "forged-closing:" },
    { "closing_proposal_update", "UPDATE closing_proposal SET reasons = 'another'", "forged-proposal:" },
    { "conduct_subject_update", "UPDATE conduct_subject SET staff_number = '2009' WHERE staff_number = '1002'", "forged-subject:" },
    { "case_investigator_insert", "INSERT INTO case_investigator (uid, case_uid, role, person, account, at)"
                                  " SELECT 'x', case_uid, 'owner', 'staff:6001', 'a', 'b' FROM closing",
      "separation-of-duties:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autoptr (Force) force = force_new ("generic");
      g_autofree char *closed = NULL;
      g_autofree char *open = NULL;
      g_autofree char *drop = g_strdup_printf ("DROP TRIGGER %s", forgeries[i].trigger);

      close_one (force, &closed, &open);
      wait_for_success (run_sql (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, drop));
      wait_for_success (run_sql (probity_session_get_casebook (force->psd), PROBITY_COMPARTMENT_STANDARDS, forgeries[i].sql));
      g_test_message ("%s", forgeries[i].sql);
      assert_names (force->decider, forgeries[i].code);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/investigation/closing-wants-checks-of-every-subject", test_closing_wants_checks_of_every_subject);
  g_test_add_func ("/investigation/checks-are-fresh-and-assessed", test_checks_are_fresh_and_assessed);
  g_test_add_func ("/investigation/people-are-different", test_people_are_different);
  g_test_add_func ("/investigation/closing-says-who", test_closing_says_who);
  g_test_add_func ("/investigation/rows-once-a-visit", test_rows_are_consulted_once_a_visit);
  g_test_add_func ("/investigation/leak-leaves-nothing-in-standards", test_leak_leaves_nothing_in_standards);
  g_test_add_func ("/investigation/eliminated-are-masked", test_eliminated_are_masked);
  g_test_add_func ("/investigation/locked-answers-like-absent", test_locked_answers_like_absent);
  g_test_add_func ("/investigation/assessment-before-intrusion", test_assessment_before_intrusion);
  g_test_add_func ("/investigation/referral-is-not-about-evidence", test_referral_is_not_about_evidence);
  g_test_add_func ("/investigation/notice-has-its-parts", test_notice_has_its_parts);
  g_test_add_func ("/investigation/statutory-clock", test_statutory_clock);
  g_test_add_func ("/investigation/statistics-count-decisions", test_statistics_count_decisions);

  g_test_add_func ("/investigation/triggers-hold-for-any-tool", test_triggers_hold_for_any_tool);
  g_test_add_func ("/investigation/verify-names-forgeries", test_verify_names_forgeries);

  return g_test_run ();
}
