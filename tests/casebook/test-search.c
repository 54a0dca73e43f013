/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "records-fixture.h"

#include "probity-audit.h"
#include "probity-case-log.h"
#include "probity-conduct.h"
#include "probity-investigation.h"
#include "probity-leak.h"
#include "probity-search-private.h"

/* Search: everything that the reader may know of, and nothing else. */

#define LIMIT 50

/* Everything that a reader is told of the hits, but row ids. */
static char *
dup_hits (GPtrArray *hits)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const ProbitySearchHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (text, "%s|%s|%s|%s|%s|%s|%s|%.9f\n", hit->kind, hit->part, hit->uid, hit->reference, hit->title, hit->snippet, hit->why, hit->score);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
find (ProbitySession *session,
      const char     *words)
{
  g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_once (session, words, LIMIT));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++)
    {
      const ProbitySearchHit *hit = g_ptr_array_index (hits, i);

      g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "", hit->kind, hit->reference);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_finds(session, words, expected)           \
  G_STMT_START                                           \
  {                                                      \
    g_autofree char *found_ = find ((session), (words)); \
    g_assert_cmpstr (found_, ==, (expected));            \
  }                                                      \
  G_STMT_END

/* A second job, a complaint and a report about 4127 Aileen Marsh. */
typedef struct
{
  RecordsFixture *records;
  ProbityRecord  *job;
  ProbityRecord  *complaint;
  ProbityRecord  *report;
} Case;

static void
case_init (Case *self)
{
  g_autoptr (ProbityRecord) complaint = NULL;
  g_autoptr (ProbityRecord) report = NULL;

  self->records = records_fixture_new ();
  self->job = submit (self->records, "4127", "Peak Cycle Hire Ltd", "2026-01-10");
  complaint = make (records_fixture_get (self->records, "psd-officer"), "complaint", "reference", "CM/2019/114", "received", "2019-06-01", "complainant", "Rosalind Tew", "allegation", "Incivility at a café in Matlock", NULL);
  self->complaint = set_subject (records_fixture_get (self->records, "psd-officer"), complaint, "4127", "Aileen Marsh", NULL);
  report = make (records_fixture_get (self->records, "acu-officer"), "intelligence-report", "reference", "IR/2026/410", "date", "2026-01-06", "source_evaluation", "1", "information_assessment", "A", "handling_code", "P", "text", "Zanzibar told it to the handler", "sanitised_text", "The officer meets a journalist of the Courier", NULL);
  self->report = set_subject (records_fixture_get (self->records, "acu-officer"), report, "4127", "Aileen Marsh", NULL);
}

static void
case_clear (Case *self)
{
  g_clear_pointer (&self->job, probity_record_unref);
  g_clear_pointer (&self->complaint, probity_record_unref);
  g_clear_pointer (&self->report, probity_record_unref);
  g_clear_pointer (&self->records, records_fixture_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
test_each_role_finds_what_its_keys_open (void)
{
  g_auto (Case) self = { 0 };
  g_autofree char *registers = NULL;
  g_autofree char *standards = NULL;
  g_autofree char *all = NULL;

  case_init (&self);
  registers = g_strdup_printf ("person 4127, second-job %s", probity_record_get_reference (self.job));
  standards = g_strdup_printf ("%s, complaint CM/2019/114", registers);
  all = g_strdup_printf ("%s, intelligence-report IR/2026/410", standards);

  assert_finds (records_fixture_get (self.records, "hr-officer"), "marsh", registers);
  assert_finds (records_fixture_get (self.records, "head-of-hr"), "marsh", registers);
  assert_finds (records_fixture_get (self.records, "line-manager"), "marsh", registers);
  assert_finds (records_fixture_get (self.records, "psd-officer"), "marsh", standards);
  assert_finds (records_fixture_get (self.records, "acu-officer"), "marsh", all);
  assert_finds (records_fixture_get (self.records, "decider"), "marsh", all);
  assert_finds (records_fixture_get (self.records, "hr-officer"), "journalist", "");
  assert_finds (records_fixture_get (self.records, "psd-officer"), "courier", "");
  assert_finds (records_fixture_get (self.records, "acu-officer"), "courier", "intelligence-report IR/2026/410");
}

static void
test_original_text_is_never_found (void)
{
  g_auto (Case) self = { 0 };

  case_init (&self);
  assert_finds (records_fixture_get (self.records, "acu-officer"), "zanzibar", "");
  assert_finds (records_fixture_get (self.records, "acu-officer"), "handler", "");
  assert_finds (records_fixture_get (self.records, "decider"), "zanz", "");
}

static void
test_line_manager_finds_own_people_only (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autoptr (ProbityRecord) own = submit (fixture, "4128", "Dales Dog Walking", "2026-01-10");
  g_autoptr (ProbityRecord) other = submit (fixture, "4300", "Dales Dog Walking", "2026-01-11");
  g_autofree char *one = g_strdup_printf ("second-job %s", probity_record_get_reference (own));
  g_autofree char *both = g_strdup_printf ("second-job %s, second-job %s", probity_record_get_reference (other), probity_record_get_reference (own));
  g_autofree char *tariq = g_strdup_printf ("person 4128, %s", one);

  assert_finds (records_fixture_get (fixture, "hr-officer"), "dales dog", both);
  assert_finds (records_fixture_get (fixture, "line-manager"), "dales dog", one);
  assert_finds (records_fixture_get (fixture, "line-manager"), "second jobs", one);
  assert_finds (records_fixture_get (fixture, "line-manager"), "price", "");
  assert_finds (records_fixture_get (fixture, "line-manager"), "4300", "");
  /* Alike, too, only among them. */
  assert_finds (records_fixture_get (fixture, "line-manager"), "prise", "");
  assert_finds (records_fixture_get (fixture, "line-manager"), "tarik ahmed", tariq);
  assert_finds (records_fixture_get (fixture, "line-manager"), probity_record_get_reference (other), "");
}

static void
test_locked_records_are_not_there (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *acu = records_fixture_get (fixture, "acu-officer");
  ProbitySession *psd = records_fixture_get (fixture, "psd-officer");
  g_autoptr (ProbityRecord) seen = submit (fixture, "4127", "Calder Joinery", "2026-01-12");
  g_autoptr (GPtrArray) before = wait_for_boxed (probity_search_once (acu, "calder joinery", LIMIT));
  g_autoptr (GPtrArray) before_words = wait_for_boxed (probity_search_once (acu, "rei", LIMIT));
  g_autoptr (ProbityRecord) locked = submit (fixture, "4200", "Calder Joinery", "2026-01-13");
  g_autoptr (ProbityRecord) made = make (psd, "complaint", "reference", "CM/2019/200", "allegation", "Calder Joinery was recommended to a victim", NULL);
  g_autoptr (ProbityRecord) complaint = set_subject (psd, made, "4200", "Colin Reid", NULL);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) after_words = NULL;
  g_autoptr (GPtrArray) reference = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  g_autofree char *text_before = dup_hits (before);
  g_autofree char *words_before = dup_hits (before_words);
  g_autofree char *text_after = NULL;
  g_autofree char *words_after = NULL;

  /* Byte for byte what it was before there was anything about the officer's brother. */
  after = wait_for_boxed (probity_search_once (acu, "calder joinery", LIMIT));
  after_words = wait_for_boxed (probity_search_once (acu, "rei", LIMIT));
  text_after = dup_hits (after);
  words_after = dup_hits (after_words);
  g_assert_cmpstr (text_after, ==, text_before);
  g_assert_cmpstr (words_after, ==, words_before);
  g_assert_cmpuint (before->len, ==, 1);

  reference = wait_for_boxed (probity_search_once (acu, "CM/2019/200", LIMIT));
  missing = wait_for_boxed (probity_search_once (acu, "CM/2019/201", LIMIT));
  g_assert_cmpuint (reference->len, ==, 0);
  g_assert_cmpuint (missing->len, ==, 0);
  assert_finds (acu, "reid", "");
  assert_finds (acu, "colin", "");
  assert_finds (psd, "CM/2019/200", "complaint CM/2019/200");
}

/* Newest first, so many are ranked: a locked row takes nobody's place among them. */
static void
test_locked_records_take_no_place (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *acu = records_fixture_get (fixture, "acu-officer");
  g_autoptr (ProbityRecord) seen = submit (fixture, "4127", "Calder Joinery", "2026-01-12");
  g_autoptr (ProbityRecord) locked = submit (fixture, "4200", "Calder Joinery", "2026-01-13");
  g_autoptr (ProbityRecord) locked_too = submit (fixture, "4200", "Calder Joinery", "2026-01-13");
  g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_once (acu, "calder", 1));

  g_assert_cmpuint (hits->len, ==, 1);
  g_assert_cmpstr (((ProbitySearchHit *) g_ptr_array_index (hits, 0))->uid, ==, probity_record_get_uid (seen));
}

/* Far more rows than are ranked one by one; those that answer best are among the oldest. */
static void
test_best_of_many_are_found (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbityCasebook *casebook = probity_session_get_casebook (fixture->admin);
  g_autofree char *psd = NULL;
  g_autofree char *acu = NULL;

  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_STANDARDS, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                                                                      " INSERT INTO complaint (uid, reference, received, allegation, search_text, created, created_by, changed)"
                                                                      " SELECT 'many-' || i, 'CM/' || i, '2019-06-01', 'x', CASE i WHEN 3 THEN 'zinnia zinc zinfandel zing of brass'"
                                                                      " WHEN 4 THEN 'zinnia zinc zinfandel zing' WHEN 5 THEN 'zinfandel and zinnia' WHEN 6 THEN 'zinc' WHEN 7 THEN 'zincate zincates'"
                                                                      " ELSE 'the zinnias of a kiosk, told ' || i || ' times to somebody of the shift' END,"
                                                                      " '2026-03-02T09:00:00.000Z', 'nobody', '2026-03-02T09:00:00.000Z' FROM n"));
  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_STANDARDS, "INSERT INTO complaint_subject (complaint_id, position, name, staff_number) SELECT id, 0, 'Tom Ward', '4200' FROM complaint WHERE uid = 'many-4'"));

  wait_for_success (run_sql (casebook, PROBITY_COMPARTMENT_STANDARDS, "UPDATE complaint SET result = search_text WHERE uid IN ('many-3', 'many-6', 'many-7')"));

  psd = find (records_fixture_get (fixture, "psd-officer"), "zin");
  g_assert_true (g_str_has_prefix (psd, "complaint CM/4, complaint CM/3, complaint CM/7, complaint CM/5, complaint CM/6, complaint CM/3000, complaint CM/2999, "));
  acu = find (records_fixture_get (fixture, "acu-officer"), "zin");
  g_assert_true (g_str_has_prefix (acu, "complaint CM/3, complaint CM/7, complaint CM/5, complaint CM/6, complaint CM/3000, "));

  /* A word that is finished is looked for as it is before what begins so. */
  assert_finds (records_fixture_get (fixture, "acu-officer"), "zinc", "complaint CM/7, complaint CM/6, complaint CM/3");
  assert_finds (records_fixture_get (fixture, "acu-officer"), "zinc ", "complaint CM/6, complaint CM/3, complaint CM/7");
}

static void
test_references_whole_and_in_part (void)
{
  g_auto (Case) self = { 0 };
  ProbitySession  *decider;
  g_autofree char *job = NULL;
  g_autofree char *everything = NULL;
  const char      *reference;

  case_init (&self);
  decider = records_fixture_get (self.records, "decider");
  reference = probity_record_get_reference (self.job);
  job = g_strdup_printf ("second-job %s", reference);

  assert_finds (decider, reference, job);
  assert_finds (decider, strrchr (reference, '/') + 1, job);
  assert_finds (decider, "sj", job);
  assert_finds (decider, "cm/2019/114", "complaint CM/2019/114");
  assert_finds (decider, "CM/2019", "complaint CM/2019/114");
  assert_finds (decider, "IR/2026/4", "intelligence-report IR/2026/410");
  everything = g_strdup_printf ("person 4127, %s, complaint CM/2019/114, intelligence-report IR/2026/410", job);
  assert_finds (decider, "4127", everything);
}

static void
test_accents_beginnings_and_names_alike (void)
{
  g_auto (Case) self = { 0 };
  ProbitySession *hr;
  ProbitySession *psd;
  g_autoptr (GPtrArray) alike = NULL;
  g_autofree char        *job = NULL;
  const ProbitySearchHit *hit;

  case_init (&self);
  job = g_strdup_printf ("second-job %s", probity_record_get_reference (self.job));
  hr = records_fixture_get (self.records, "hr-officer");
  psd = records_fixture_get (self.records, "psd-officer");

  /* Siân is another form of Jane: after whom the word names. */
  assert_finds (hr, "sian", "person 4300, person 2005");
  assert_finds (hr, "SIÂN pr", "person 4300");
  assert_finds (psd, "cafe", "complaint CM/2019/114");
  assert_finds (psd, "inciv matl", "complaint CM/2019/114");
  assert_finds (psd, "ncivility", "");
  assert_finds (hr, "business interest", job);
  assert_finds (hr, "business interest marsh", job);
  assert_finds (hr, "business interest price", "");

  alike = wait_for_boxed (probity_search_once (hr, "eileen marsch", LIMIT));
  g_assert_cmpuint (alike->len, ==, 2);
  hit = g_ptr_array_index (alike, 0);
  g_assert_cmpstr (hit->reference, ==, "4127");
  g_assert_nonnull (hit->why);
}

static void
test_words_follow_the_record (void)
{
  g_auto (Case) self = { 0 };
  ProbitySession *psd;
  g_autoptr (ProbityValues) values = values_new ("allegation", "Discourtesy in Bakewell", NULL);
  g_autoptr (ProbityRecord) changed = NULL;

  case_init (&self);
  psd = records_fixture_get (self.records, "psd-officer");
  changed = wait_for_boxed (probity_record_update (psd, probity_record_kind_find ("complaint"), probity_record_get_uid (self.complaint), probity_record_get_version (self.complaint), values));
  assert_finds (psd, "bakewell", "complaint CM/2019/114");
  assert_finds (psd, "matlock", "");
}

static char *
open_case (ProbitySession        *session,
           const ProbityCaseKind *kind,
           const char            *title,
           const char            *staff_number)
{
  g_autoptr (ProbityValues) values = values_new ("title", title, "received", "2026-03-02", NULL);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;
  ProbitySubject subject = { (char *) staff_number, NULL, NULL };

  if (kind == &probity_conduct_case)
    probity_values_set (values, "origin", "report");
  else
    probity_values_set (values, "item", "Custody record of an arrest");
  g_ptr_array_add (subjects, &subject);
  record = wait_for_boxed (probity_investigation_open (session, kind, values, subjects));

  return g_strdup (probity_record_get_reference (record));
}

/* A case is found by the words of its parts, too; a part opens its case. */
static void
test_investigations (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession  *psd = records_fixture_get (fixture, "psd-officer");
  ProbitySession  *acu = records_fixture_get (fixture, "acu-officer");
  ProbitySession  *decider = records_fixture_get (fixture, "decider");
  g_autofree char *conduct = open_case (psd, &probity_conduct_case, "Posts about a shift", "4127");
  g_autofree char *leak = open_case (acu, &probity_leak_case, "Arrest told to a paper", "4128");
  g_autofree char *brother = open_case (psd, &probity_conduct_case, "Zebra crossing", "4200");
  g_autofree char *found_conduct = g_strdup_printf ("conduct-investigation %s", conduct);
  g_autofree char *found_leak = g_strdup_printf ("leak-investigation %s", leak);
  g_autofree char *found_brother = g_strdup_printf ("conduct-investigation %s", brother);

  wait_for_success (probity_case_log_add (psd, &probity_conduct_case, conduct, NULL, "The kiosk owner kept a photograph", 0));
  wait_for_success (probity_case_log_add (acu, &probity_leak_case, leak, NULL, "The kiosk has a camera", 0));
  wait_for_success (probity_case_log_add (psd, &probity_conduct_case, brother, NULL, "Seen at the kiosk", 0));

  assert_finds (psd, "posts shift", found_conduct);
  assert_finds (psd, conduct, found_conduct);
  assert_finds (psd, "leak", "");
  assert_finds (psd, leak, "");
  assert_finds (psd, "camera", "");
  assert_finds (acu, "camera", found_leak);
  assert_finds (acu, "custody", found_leak);
  assert_finds (acu, "leak investigations", found_leak);
  assert_finds (decider, "zebra", found_brother);
  assert_finds (decider, "photograph", found_conduct);
  assert_finds (records_fixture_get (fixture, "hr-officer"), "kiosk", "");

  /* The brother's case is not there for the officer, nor are its parts. */
  assert_finds (acu, "zebra", "");
  assert_finds (acu, "seen at the kiosk", "");
  assert_finds (acu, brother, "");
}

/* SQLite compares the index with the table itself. */
static void
test_indexes_agree_with_their_tables (void)
{
  g_auto (Case) self = { 0 };
  const ProbitySearchSource *sources;
  guint                      n_sources;
  g_autoptr (ProbityRecord) changed = NULL;
  g_autoptr (ProbityValues) values = values_new ("surname", "Marsh-Poole", NULL);
  g_autofree char *found = NULL;

  case_init (&self);
  {
    g_autoptr (ProbityRecord) person = wait_for_boxed (probity_record_load (records_fixture_get (self.records, "head-of-hr"), probity_record_kind_find ("person"), "4127"));

    changed = wait_for_boxed (probity_record_update (records_fixture_get (self.records, "head-of-hr"), probity_record_kind_find ("person"), probity_record_get_uid (person), probity_record_get_version (person), values));
  }
  sources = probity_search_get_sources (&n_sources);
  g_assert_cmpuint (n_sources, >, 0);
  for (guint i = 0; i < n_sources; i++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO %s (%s, rank) VALUES ('integrity-check', 1)", sources[i].index, sources[i].index);

      g_test_message ("%s", sources[i].index);
      wait_for_success (run_sql (probity_session_get_casebook (self.records->admin), sources[i].record->compartment, sql));
    }
  found = g_strdup_printf ("person 4127, second-job %s", probity_record_get_reference (self.job));
  assert_finds (records_fixture_get (self.records, "hr-officer"), "poole", found);
}

static void
test_hostile_words (void)
{
  static const char *const words[] = { "\"", "* OR *", "a\" OR \"b", "NEAR(marsh)", "search_text:marsh", "%", "'; DROP TABLE person; --", "\xff\xfe", "-", "^marsh", "{marsh}", "a", "é" };
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autofree char *much = g_strnfill (100000, 'm');
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *found = find (records_fixture_get (fixture, "hr-officer"), words[i]);

      g_assert_nonnull (found);
    }
  for (guint i = 0; i < 1000; i++)
    g_string_append (many, "marsh ");
  assert_finds (records_fixture_get (fixture, "hr-officer"), much, "");
  assert_finds (records_fixture_get (fixture, "hr-officer"), many->str, "person 4127");
  assert_finds (records_fixture_get (fixture, "hr-officer"), "", "");
}

static gint64
count_entries (ProbitySession    *session,
               ProbityCompartment compartment,
               const char        *what)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                          " WHERE e.verb = 'consultation' AND e.field = 'search' AND v.new = '%s'",
                                          what);

  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), compartment, sql, NULL));
}

static void
test_one_search_is_one_consultation (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  ProbitySession *acu = records_fixture_get (fixture, "acu-officer");
  g_autoptr (ProbitySearch) search = probity_search_new (hr);
  g_autofree char *found = find (acu, "marsh");

  /* Where the reader's read log betrays no interest. */
  g_assert_cmpint (count_entries (acu, PROBITY_COMPARTMENT_INTELLIGENCE, "marsh (1 hit)"), ==, 1);
  g_assert_cmpint (count_entries (acu, PROBITY_COMPARTMENT_REGISTERS, "marsh (1 hit)"), ==, 0);

  /* Typed, letter by letter: that there was a search, and what it came to. */
  for (guint length = 2; length <= 5; length++)
    {
      g_autofree char *begun = g_strndup ("marsh", length);
      g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_run (search, begun, LIMIT));

      g_assert_cmpuint (hits->len, >=, 1);
      g_assert_cmpint (count_entries (hr, PROBITY_COMPARTMENT_REGISTERS, "begun"), ==, 1);
    }
  wait_for_success (probity_search_settle (search));
  wait_for_success (probity_search_settle (search));
  g_assert_cmpint (count_entries (hr, PROBITY_COMPARTMENT_REGISTERS, "marsh (1 hit)"), ==, 1);
  g_assert_cmpint (count_entries (hr, PROBITY_COMPARTMENT_REGISTERS, "mars (1 hit)"), ==, 0);
}

static void
test_stale_run_is_cancelled (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  g_autoptr (ProbitySearch) search = probity_search_new (records_fixture_get (fixture, "hr-officer"));
  DexFuture *first = probity_search_run (search, "mar", LIMIT);
  DexFuture *second = probity_search_run (search, "marsh", LIMIT);
  g_autoptr (GError) error = wait_for_error (first);
  g_autoptr (GPtrArray) hits = wait_for_boxed (second);

  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (hits->len, ==, 1);
}

static void
names_read_cb (gboolean *were_read,
               gboolean  read)
{
  *were_read = read;
}

/* More people than are read while somebody types: what has the very words is there at once, names that are alike follow. */
static void
test_names_are_not_waited_for (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  g_autoptr (ProbitySearch) search = probity_search_new (hr);
  const gint64 few = probity_live_index_few;
  gboolean     were_read = FALSE;

  wait_for_success (run_sql (probity_session_get_casebook (fixture->admin), PROBITY_COMPARTMENT_REGISTERS, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
                                                                                                           " INSERT INTO person (uid, staff_number, forenames, surname, sort_name, search_text, created, created_by)"
                                                                                                           " SELECT 'one-' || i, 'n' || i, 'Tom', 'Ward', 'ward tom', 'n' || i || ' tom ward', '2026-03-02T09:00:00.000Z', 'nobody' FROM n"));
  wait_for_success (run_sql (probity_session_get_casebook (fixture->admin), PROBITY_COMPARTMENT_REGISTERS, "UPDATE person SET forenames = 'Quentin', surname = 'Wetherspoon', search_text = 'n2500 quentin wetherspoon' WHERE staff_number = 'n2500'"));
  g_signal_connect_swapped (search, "names-read", G_CALLBACK (names_read_cb), &were_read);

  probity_live_index_few = 2000;
  {
    g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_run (search, "Wetherspoon", LIMIT));

    g_assert_cmpuint (hits->len, ==, 1);
    g_assert_true (probity_search_lacks_names (search));
  }
  while (!were_read)
    g_main_context_iteration (NULL, TRUE);
  {
    g_autoptr (GPtrArray) hits = wait_for_boxed (probity_search_run (search, "Quentin Whetherspoon", LIMIT));

    g_assert_cmpuint (hits->len, ==, 1);
    g_assert_cmpstr (((ProbitySearchHit *) g_ptr_array_index (hits, 0))->reference, ==, "n2500");
    g_assert_nonnull (((ProbitySearchHit *) g_ptr_array_index (hits, 0))->why);
    g_assert_false (probity_search_lacks_names (search));
  }

  /* Who asks once gets all of it, read or not. */
  assert_finds (records_fixture_get (fixture, "head-of-hr"), "Quentin Whetherspoon", "person n2500");
  probity_live_index_few = few;
}

static void
test_administrator_reads_nothing (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *session;
  g_autoptr (GError) error = NULL;

  session_fixture_add (fixture->base, "keeper", "administrator", NULL);
  session = session_fixture_sign_in (fixture->base, "keeper");
  error = wait_for_error (probity_search_once (session, "marsh", LIMIT));
  g_assert_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED);
  session_fixture_sign_out (session);
}

static void
test_marks_and_snippets (void)
{
  g_autoptr (ProbitySearchWords) words = probity_search_words_new ("o'neill PRI ca");
  guint32 whole = 0;
  g_autoptr (GArray) marks = probity_search_words_mark (words, "Siân Price; O’Neill’s café", &whole);
  g_autofree char         *filler = g_strnfill (400, 'x');
  g_autofree char         *text = g_strdup_printf ("%s and then\n\nthe Price of a café was %s", filler, filler);
  g_autofree char         *snippet = probity_search_words_cut (words, text);
  const ProbitySearchMark *mark;

  g_assert_cmpuint (marks->len, ==, 3);
  mark = &g_array_index (marks, ProbitySearchMark, 0);
  g_assert_cmpuint (mark->start, ==, strlen ("Siân "));
  g_assert_cmpuint (mark->length, ==, strlen ("Price"));
  mark = &g_array_index (marks, ProbitySearchMark, 1);
  g_assert_cmpuint (mark->start, ==, strlen ("Siân Price; "));
  g_assert_cmphex (whole, ==, 0);
  g_assert_nonnull (strstr (snippet, "then the Price of a café was"));
  g_assert_cmpuint (strlen (snippet), <, 220);
  g_assert_true (g_utf8_validate (snippet, -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/search/each role finds what its keys open", test_each_role_finds_what_its_keys_open);
  g_test_add_func ("/search/original text is never found", test_original_text_is_never_found);
  g_test_add_func ("/search/a line manager finds own people only", test_line_manager_finds_own_people_only);
  g_test_add_func ("/search/locked records are not there, byte for byte", test_locked_records_are_not_there);
  g_test_add_func ("/search/locked records take no place", test_locked_records_take_no_place);
  g_test_add_func ("/search/the best of many are found", test_best_of_many_are_found);
  g_test_add_func ("/search/references, whole and in part", test_references_whole_and_in_part);
  g_test_add_func ("/search/accents, beginnings and names alike", test_accents_beginnings_and_names_alike);
  g_test_add_func ("/search/words follow the record", test_words_follow_the_record);
  g_test_add_func ("/search/investigations and their parts", test_investigations);
  g_test_add_func ("/search/indexes agree with their tables", test_indexes_agree_with_their_tables);
  g_test_add_func ("/search/hostile words", test_hostile_words);
  g_test_add_func ("/search/one search is one consultation", test_one_search_is_one_consultation);
  g_test_add_func ("/search/a stale run is cancelled", test_stale_run_is_cancelled);
  g_test_add_func ("/search/names are not waited for", test_names_are_not_waited_for);
  g_test_add_func ("/search/an administrator reads nothing", test_administrator_reads_nothing);
  g_test_add_func ("/search/marks and snippets", test_marks_and_snippets);

  return g_test_run ();
}
