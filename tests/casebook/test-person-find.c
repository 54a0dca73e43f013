/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "records-fixture.h"

#include "probity-check.h"
#include "probity-subject-search.h"

/* Who is meant, and which records are about whom: only what the reader may know of. */

static char *
found (ProbitySession *session,
       const char     *words)
{
  g_autoptr (GPtrArray) people = wait_for_boxed (probity_person_find (session, words));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    {
      const ProbityPersonHit *hit = g_ptr_array_index (people, i);

      g_assert_cmpfloat (hit->score, >=, PROBITY_PERSON_THRESHOLD);
      g_assert_nonnull (hit->why);
      if (i > 0)
        g_assert_cmpfloat (((ProbityPersonHit *) g_ptr_array_index (people, i - 1))->score, >=, hit->score);
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", hit->staff_number);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_found(session, words, expected)            \
  G_STMT_START                                            \
  {                                                       \
    g_autofree char *found_ = found ((session), (words)); \
    g_assert_cmpstr (found_, ==, (expected));             \
  }                                                       \
  G_STMT_END

static void
test_people_are_found_by_any_name (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  g_autoptr (ProbityRecord) person = make (hr, "person", "staff_number", "6001", "forenames", "Margaret", "surname", "Hollingworth", "former_names", "Ackroyd", "date_of_birth", "1979-08-14", NULL);

  assert_found (hr, "Aileen Marsh", "4127");
  assert_found (hr, "marsh aileen", "4127");
  assert_found (hr, "Aleen Marsh", "4127");
  assert_found (hr, "Sian Price", "4300");
  assert_found (hr, "Peggy Hollingworth", "6001");
  assert_found (hr, "Margaret Ackroyd", "6001");
  assert_found (hr, "4127", "4127");
  assert_found (hr, "Wilhelmina Quisling", "");
  assert_found (hr, "", "");
}

static void
test_locked_and_others_people_are_not_found (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();

  assert_found (records_fixture_get (fixture, "hr-officer"), "Colin Reid", "4200");
  assert_found (records_fixture_get (fixture, "acu-officer"), "Colin Reid", "");
  assert_found (records_fixture_get (fixture, "acu-officer"), "Ewan Reid", "");
  assert_found (records_fixture_get (fixture, "line-manager"), "Colin Reid", "4200");
  assert_found (records_fixture_get (fixture, "line-manager"), "Sian Price", "");
}

static void
test_index_follows_changes (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *hr = records_fixture_get (fixture, "hr-officer");
  ProbitySession          *head = records_fixture_get (fixture, "head-of-hr");
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  g_autoptr (ProbityRecord) before = wait_for_boxed (probity_record_load (hr, kind, "4128"));
  g_autoptr (ProbityValues) values = values_new ("forenames", "Bartholomew", "surname", "Featherstone", NULL);
  g_autoptr (ProbityRecord) after = NULL;
  g_autoptr (ProbityImportReport) report = NULL;

  assert_found (head, "Tariq Ahmed", "4128");
  assert_found (head, "Bartholomew Featherstone", "");

  /* By another account. */
  after = wait_for_boxed (probity_record_update (hr, kind, probity_record_get_uid (before), probity_record_get_version (before), values));
  assert_found (head, "Bartholomew Featherstone", "4128");
  assert_found (head, "Tariq Ahmed", "");

  report = import_text (fixture, head, "staff", "staff_number,forenames,surname\n6100,Ottoline,Quarmby\n", FALSE);
  assert_found (head, "Ottoline Quarmby", "6100");
  assert_found (head, "Bartholomew Featherstone", "4128");
  g_assert_cmpstr (probity_record_get (after, "surname"), ==, "Featherstone");
}

static void
test_every_row_of_a_list_is_answered (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  const char     *text = "forenames,surname,date_of_birth,staff_number\n"
                         "Aileen,Marsh,,\n"
                         "Nobody,Atall,1950-01-01,\n"
                         "\"Colin\n\",Reid,not a date,\n"
                         ",,,4300\n"
                         "Hal,Moss,,\n";
  g_autoptr (GBytes) csv = g_bytes_new_static (text, strlen (text));
  g_autoptr (GPtrArray) rows = wait_for_boxed (probity_person_find_file (hr, csv, "people.csv"));
  const struct
  {
    guint64     line;
    const char *staff_number;
  } expected[] = {
    { 2, "4127" },
    { 3, NULL },
    { 4, "4200" },
    { 6, "4300" },
    { 7, NULL }, /* the one who asks */
  };

  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++)
    {
      const ProbityPersonRow *row = g_ptr_array_index (rows, i);
      const ProbityPersonHit *best = row->people->len > 0 ? g_ptr_array_index (row->people, 0) : NULL;

      g_assert_cmpuint (row->line, ==, expected[i].line);
      g_assert_cmpstr (best != NULL ? best->staff_number : NULL, ==, expected[i].staff_number);
    }

  /* A list held against the staff is a combination. */
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (hr), PROBITY_COMPARTMENT_REGISTERS, "SELECT count (*) FROM audit_entry WHERE verb = 'combination' AND kind = 'person'", NULL)),
                   ==,
                   1);
}

/* Subjects ---------------------------------------------------------------------------------------- */

typedef struct
{
  ProbitySession             *session;
  ProbityCompartment          compartment;
  const ProbitySubjectSearch *search;
} SearchJob;

static gboolean
search_in_reader (ProbityRead *read,
                  gpointer     data,
                  GValue      *result,
                  GError     **error)
{
  SearchJob *job = data;
  GPtrArray *hits = probity_subject_search (job->session, read, job->compartment, job->search, error);

  if (hits == NULL)
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, hits);

  return TRUE;
}

static GPtrArray *
search (ProbitySession             *session,
        ProbityCompartment          compartment,
        const ProbitySubjectSearch *sought)
{
  SearchJob job = { session, compartment, sought };

  return wait_for_boxed (probity_casebook_read (probity_session_get_casebook (session), search_in_reader, &job, NULL, NULL));
}

static void
test_subjects_by_number_name_relation_and_employer (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *psd = records_fixture_get (fixture, "psd-officer");
  const char     *file = "reference,received,complainant,staff_number,subject_name,date_of_birth,allegation\n"
                         "CO/1,2019-05-01,X,4127,,,By number\n"
                         "CO/2,2019-05-01,X,,\"MARSH, Aileen\",1988-03-12,By name\n"
                         "CO/3,2019-05-01,X,,Robert Marsh,,By relation\n"
                         "CO/4,2019-05-01,X,,Unknown Officer,,\"Was seen working at O'Neill's Cycle-Hire, off duty\"\n"
                         "CO/5,2019-05-01,X,,Somebody Else,,Works in a cycle shop; hires cars\n"
                         "CO/6,2019-05-01,X,2003,Omar Farouk,,About O'Neill's Cycle Hire and the officer who searches\n";
  g_autoptr (ProbityImportReport) report = import_text (fixture, records_fixture_get (fixture, "acu-officer"), "complaints", file, FALSE);
  const ProbityPersonFields  related = { .forenames = "Robert", .surname = "Marsh", .staff_number = "4999" };
  const ProbitySubjectSearch sought = {
    .person = { .staff_number = "4127", .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "1988-03-12" },
    .related = &related,
    .n_related = 1,
    .employer = "O'Neill's Cycle Hire Ltd",
  };
  const ProbitySubjectSearch nobodys = {
    .person = { .staff_number = "4127", .forenames = "Aileen", .surname = "Marsh", .date_of_birth = "1988-03-12" },
    .employer = "Self-employed",
  };
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) fewer = NULL;
  const struct
  {
    const char *reference;
    const char *why;
  } expected[] = {
    { "CO/1", "staff number" },
    { "CO/2", "" },
    { "CO/3", "related person" },
    { "CO/4", "employer" },
  };

  assert_report (report, 6, 6, 0, 0, 0);
  hits = search (psd, PROBITY_COMPARTMENT_STANDARDS, &sought);
  g_assert_cmpuint (hits->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < hits->len; i++)
    {
      const ProbitySubjectHit *hit = g_ptr_array_index (hits, i);

      g_assert_cmpstr (hit->reference, ==, expected[i].reference);
      g_assert_nonnull (strstr (hit->why, expected[i].why));
      g_assert_cmpstr (hit->kind, ==, "complaint");
    }
  g_assert_cmpfloat (((ProbitySubjectHit *) g_ptr_array_index (hits, 0))->score, ==, 1);

  fewer = search (psd, PROBITY_COMPARTMENT_STANDARDS, &nobodys);
  g_assert_cmpuint (fewer->len, ==, 2);
}

static void
test_subject_index_follows_changes (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession            *psd = records_fixture_get (fixture, "psd-officer");
  const ProbitySubjectSearch sought = {
    .person = { .forenames = "Bartholomew", .surname = "Featherstone", .date_of_birth = "1970-01-02" },
  };
  g_autoptr (ProbityRecord) first = make (psd, "complaint", "allegation", "Incivility", NULL);
  g_autoptr (GPtrArray) none = search (psd, PROBITY_COMPARTMENT_STANDARDS, &sought);
  g_autoptr (ProbityRecord) named = set_subject (psd, first, NULL, "Bartholomew Featherstone", "1970-01-02");
  g_autoptr (GPtrArray) one = search (psd, PROBITY_COMPARTMENT_STANDARDS, &sought);
  g_autoptr (ProbityRecord) other = set_subject (psd, named, NULL, "Wilhelmina Quisling", NULL);
  g_autoptr (GPtrArray) gone = search (psd, PROBITY_COMPARTMENT_STANDARDS, &sought);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (gone->len, ==, 0);
  g_assert_cmpint (probity_record_get_version (other), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/person-find/people-are-found-by-any-name", test_people_are_found_by_any_name);
  g_test_add_func ("/person-find/locked-and-others-people-are-not-found", test_locked_and_others_people_are_not_found);
  g_test_add_func ("/person-find/index-follows-changes", test_index_follows_changes);
  g_test_add_func ("/person-find/every-row-of-a-list-is-answered", test_every_row_of_a_list_is_answered);
  g_test_add_func ("/subject-search/by-number-name-relation-and-employer", test_subjects_by_number_name_relation_and_employer);
  g_test_add_func ("/subject-search/index-follows-changes", test_subject_index_follows_changes);

  return g_test_run ();
}
