/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "records-fixture.h"

/* Records of every kind: checked, found, changed and logged by the same rules. */

static void
test_values_are_checked_by_field (void)
{
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  const struct
  {
    const char        *field;
    const char        *value;
    ProbityRecordError code;
  } bad[] = {
    { "staff_number", "", PROBITY_RECORD_ERROR_MISSING },
    { "staff_number", "  ", PROBITY_RECORD_ERROR_MISSING },
    { "date_of_birth", "1988-02-30", PROBITY_RECORD_ERROR_INVALID },
    { "date_of_birth", "03/04/1988", PROBITY_RECORD_ERROR_INVALID },
    { "contracted_hours", "lots", PROBITY_RECORD_ERROR_INVALID },
    { "surname", "Mar\xff", PROBITY_RECORD_ERROR_INVALID },
    { "shoe_size", "43", PROBITY_RECORD_ERROR_INVALID },
  };
  const struct
  {
    const char *field;
    const char *value;
  } good[] = {
    { "staff_number", "4127" },
    { "date_of_birth", "1988-02-29" },
    { "date_of_birth", "" },
    { "contracted_hours", "37.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (probity_record_validate_value (kind, NULL, bad[i].field, bad[i].value, &error));
      g_assert_error (error, PROBITY_RECORD_ERROR, (int) bad[i].code);
      g_assert_cmpstr (probity_record_error_get_field (error), ==, bad[i].field);
    }

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (probity_record_validate_value (kind, NULL, good[i].field, good[i].value, &error));
      g_assert_no_error (error);
    }
}

static void
test_error_keeps_field_and_codes_through_copies (void)
{
  const char *const missing[] = { "complaints-check", "recheck-open", NULL };
  g_autoptr (GError) field = probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "received", "No");
  g_autoptr (GError) gate = probity_record_error_new_missing (missing, "Not yet");
  g_autoptr (GError) field_copy = g_error_copy (field);
  g_autoptr (GError) gate_copy = g_error_copy (gate);

  g_clear_error (&field);
  g_clear_error (&gate);
  g_assert_cmpstr (probity_record_error_get_field (field_copy), ==, "received");
  g_assert_null (probity_record_error_get_missing (field_copy));
  g_assert_true (g_strv_equal (probity_record_error_get_missing (gate_copy), missing));
  g_assert_error (gate_copy, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_GATE);
}

static void
test_record_is_made_and_found (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *hr = records_fixture_get (fixture, "hr-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  g_autoptr (ProbityRecord) made = make (hr, "person", "staff_number", " 5001 ", "forenames", "Zoë", "surname", "O’Hara", "date_of_birth", "12 March 1988", "contracted_hours", "37.50", "line_manager", "2001", NULL);
  g_autoptr (ProbityRecord) by_number = wait_for_boxed (probity_record_load (hr, kind, "5001"));
  g_autoptr (ProbityRecord) by_uid = wait_for_boxed (probity_record_load (hr, kind, probity_record_get_uid (made)));

  g_assert_cmpint (probity_record_get_id (by_number), ==, probity_record_get_id (made));
  g_assert_cmpint (probity_record_get_id (by_uid), ==, probity_record_get_id (made));
  g_assert_cmpint (probity_record_get_version (by_uid), ==, 1);
  g_assert_cmpstr (probity_record_get_reference (by_uid), ==, "5001");
  g_assert_cmpstr (probity_record_get (by_uid, "date_of_birth"), ==, "1988-03-12");
  g_assert_cmpstr (probity_record_get (by_uid, "contracted_hours"), ==, "37.5");
  g_assert_cmpfloat (probity_record_get_hours (by_uid, "contracted_hours"), ==, 37.5);
  g_assert_cmpstr (probity_record_get (by_uid, "name"), ==, "Zoë O’Hara");
  g_assert_cmpstr (probity_record_get (by_uid, "line_manager_name"), ==, "Priya Nair");
  g_assert_null (probity_record_get (by_uid, "address"));
}

static void
test_key_is_used_once (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  g_autoptr (ProbityValues) values = values_new ("staff_number", "4127", "surname", "Other", NULL);
  g_autoptr (ProbityValues) unknown = values_new ("staff_number", "5001", "surname", "Other", "line_manager", "9999", NULL);
  g_autoptr (GError) error = wait_for_error (probity_record_create (hr, probity_record_kind_find ("person"), values));
  g_autoptr (GError) unknown_error = wait_for_error (probity_record_create (hr, probity_record_kind_find ("person"), unknown));

  assert_record_error (error, EXISTS, "staff_number");
  assert_record_error (unknown_error, INVALID, "line_manager");
}

static void
test_stale_save_is_a_conflict (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *hr = records_fixture_get (fixture, "hr-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  g_autoptr (ProbityRecord) seen = wait_for_boxed (probity_record_load (hr, kind, "4127"));
  g_autoptr (ProbityValues) first = values_new ("unit", "Roads", NULL);
  g_autoptr (ProbityValues) second = values_new ("unit", "Dogs", NULL);
  g_autoptr (ProbityRecord) saved = wait_for_boxed (probity_record_update (hr, kind, probity_record_get_uid (seen), probity_record_get_version (seen), first));
  g_autoptr (GError) error = wait_for_error (probity_record_update (hr, kind, probity_record_get_uid (seen), probity_record_get_version (seen), second));
  g_autoptr (ProbityRecord) stands = wait_for_boxed (probity_record_load (hr, kind, "4127"));

  g_assert_cmpint (probity_record_get_version (saved), ==, 2);
  g_assert_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT);
  g_assert_cmpstr (probity_record_get (stands, "unit"), ==, "Roads");
}

static void
test_each_changed_field_is_logged (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *hr = records_fixture_get (fixture, "hr-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  g_autoptr (ProbityRecord) seen = wait_for_boxed (probity_record_load (hr, kind, "4127"));
  g_autoptr (ProbityValues) values = values_new ("unit", "Roads", "rank", "Constable", "address", "3 High Street", "known_as", "", NULL);
  g_autoptr (ProbityRecord) saved = wait_for_boxed (probity_record_update (hr, kind, probity_record_get_uid (seen), 1, values));
  g_autofree char *count = g_strdup_printf ("SELECT count (*) FROM audit_entry WHERE record = '%s' AND verb = 'alteration'", probity_record_get_uid (seen));
  g_autofree char *unit = g_strdup_printf ("SELECT count (*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                           " WHERE e.record = '%s' AND e.field = 'unit' AND v.old IS NULL AND v.new = 'Roads'",
                                           probity_record_get_uid (seen));
  ProbityCasebook *casebook = probity_session_get_casebook (hr);
  g_autoptr (ProbityRecord) again = NULL;

  /* Unit and address; rank and known_as are as they were. */
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, count, NULL)), ==, 2);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, unit, NULL)), ==, 1);

  /* Saving what stands already changes and logs nothing. */
  again = wait_for_boxed (probity_record_update (hr, kind, probity_record_get_uid (seen), 2, values));
  g_assert_cmpint (probity_record_get_version (again), ==, 2);
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_REGISTERS, count, NULL)), ==, 2);
}

static void
test_consultation_is_logged_in_the_highest_compartment (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *psd = records_fixture_get (fixture, "psd-officer");
  g_autoptr (ProbityRecord) person = wait_for_boxed (probity_record_load (psd, probity_record_kind_find ("person"), "4127"));
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM audit_entry WHERE verb = 'consultation' AND record = '%s'", probity_record_get_uid (person));

  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (psd), PROBITY_COMPARTMENT_STANDARDS, sql, NULL)), ==, 1);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (psd), PROBITY_COMPARTMENT_REGISTERS, sql, NULL)), ==, 0);
}

static void
test_what_is_not_for_the_reader_is_not_there (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *acu = records_fixture_get (fixture, "acu-officer");
  ProbitySession          *manager = records_fixture_get (fixture, "line-manager");
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  const struct
  {
    ProbitySession *session;
    const char     *staff_number;
  } hidden[] = {
    { acu, "2004" },     /* oneself */
    { acu, "4200" },     /* one's brother */
    { acu, "9999" },     /* nobody */
    { manager, "4300" }, /* somebody else's */
    { manager, "2001" }, /* oneself */
    { manager, "9999" },
  };
  g_autofree char *said = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (hidden); i++)
    {
      g_autoptr (GError) error = wait_for_error (probity_record_load (hidden[i].session, kind, hidden[i].staff_number));
      g_autoptr (ProbityValues) values = values_new ("unit", "Roads", NULL);
      g_autofree char *words = NULL;

      assert_access_error (error, NOT_FOUND);

      /* In the same words, whatever the reason. */
      words = g_strdup (error->message);
      for (char *p = strstr (words, hidden[i].staff_number); p != NULL; p = strstr (words, hidden[i].staff_number))
        memcpy (p, "----", 4);
      if (said == NULL)
        said = g_steal_pointer (&words);
      else
        g_assert_cmpstr (words, ==, said);
    }

  {
    g_autoptr (ProbityRecord) own = wait_for_boxed (probity_record_load (manager, kind, "4127"));

    g_assert_cmpstr (probity_record_get (own, "surname"), ==, "Marsh");
  }
}

static void
test_change_of_what_is_hidden_is_refused (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *hr = records_fixture_get (fixture, "hr-officer");
  ProbitySession          *manager = records_fixture_get (fixture, "line-manager");
  const ProbityRecordKind *kind = probity_record_kind_find ("person");
  g_autoptr (ProbityValues) values = values_new ("rank", "Chief Constable", NULL);
  g_autoptr (GError) own = wait_for_error (probity_record_update (hr, kind, "2006", 1, values));
  g_autoptr (GError) not_permitted = wait_for_error (probity_record_update (manager, kind, "4127", 1, values));

  assert_access_error (own, NOT_FOUND);
  assert_access_error (not_permitted, NOT_PERMITTED);
}

static void
test_complaint_with_a_locked_subject_is_hidden (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *psd = records_fixture_get (fixture, "psd-officer");
  ProbitySession          *acu = records_fixture_get (fixture, "acu-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("complaint");
  g_autoptr (ProbityRecord) made = make (psd, "complaint", "received", "2026-01-05", "complainant", "A. Person", "allegation", "Incivility", NULL);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityRecord) seen = NULL;
  g_autoptr (GPtrArray) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) subjects_error = NULL;

  g_assert_cmpstr (probity_record_get_reference (made), ==, "CM/2026/0001");

  /* The officer, and the brother of one who holds the key. */
  g_ptr_array_add (subjects, probity_subject_new ("4127", "Aileen Marsh", "1988-03-12"));
  g_ptr_array_add (subjects, probity_subject_new ("4200", "Colin Reid", NULL));
  record = wait_for_boxed (probity_record_set_subjects (psd, kind, probity_record_get_uid (made), 1, subjects));
  g_assert_cmpint (probity_record_get_version (record), ==, 2);
  g_assert_cmpstr (probity_record_get (record, "subjects"), ==, "Aileen Marsh, Colin Reid");

  seen = wait_for_boxed (probity_record_load (psd, kind, "CM/2026/0001"));
  loaded = wait_for_boxed (probity_record_load_subjects (psd, kind, probity_record_get_uid (seen)));
  g_assert_cmpuint (loaded->len, ==, 2);
  g_assert_cmpstr (((ProbitySubject *) g_ptr_array_index (loaded, 0))->date_of_birth, ==, "1988-03-12");

  error = wait_for_error (probity_record_load (acu, kind, "CM/2026/0001"));
  assert_access_error (error, NOT_FOUND);
  subjects_error = wait_for_error (probity_record_load_subjects (acu, kind, probity_record_get_uid (seen)));
  assert_access_error (subjects_error, NOT_FOUND);
}

/* Who is complained of by name and birth date does not read it because the staff number is missing. */
static void
test_lock_knows_a_subject_without_number (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *psd = records_fixture_get (fixture, "psd-officer");
  ProbitySession          *acu = records_fixture_get (fixture, "acu-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("complaint");
  const ProbityRecordKind *person_kind = probity_record_kind_find ("person");
  g_autoptr (ProbityRecord) officer = wait_for_boxed (probity_record_load (fixture->admin, person_kind, "2003"));
  g_autoptr (ProbityValues) values = values_new ("date_of_birth", "1975-05-05", NULL);
  g_autoptr (ProbityRecord) dated = wait_for_boxed (probity_record_update (fixture->admin, person_kind, probity_record_get_uid (officer), 1, values));
  g_autoptr (ProbityRecord) first = make (acu, "complaint", "allegation", "By name and day", NULL);
  g_autoptr (ProbityRecord) second = make (acu, "complaint", "allegation", "By name alone", NULL);
  g_autoptr (ProbityRecord) first_named = set_subject (acu, first, NULL, "FARÜK-FAROUK, Omar", "1975-05-05");
  g_autoptr (ProbityRecord) first_renamed = set_subject (acu, first_named, NULL, "FAROUK, Omar", "1975-05-05");
  g_autoptr (ProbityRecord) second_named = set_subject (acu, second, NULL, "Omar Farouk", NULL);
  g_autoptr (GError) error = wait_for_error (probity_record_load (psd, kind, probity_record_get_uid (first_renamed)));
  g_autoptr (ProbityRecord) namesake = wait_for_boxed (probity_record_load (psd, kind, probity_record_get_uid (second_named)));
  g_autoptr (ProbityRecord) others = wait_for_boxed (probity_record_load (acu, kind, probity_record_get_uid (first_renamed)));

  assert_access_error (error, NOT_FOUND);
  g_assert_cmpstr (probity_record_get (namesake, "allegation"), ==, "By name alone");
  g_assert_cmpstr (probity_record_get (others, "subjects"), ==, "FAROUK, Omar");
  g_assert_cmpint (probity_record_get_version (dated), ==, 2);
}

static void
test_subjects_are_checked (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *psd = records_fixture_get (fixture, "psd-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("complaint");
  g_autoptr (ProbityRecord) made = make (psd, "complaint", "allegation", "Incivility", NULL);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
  g_autoptr (GPtrArray) bad_day = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
  g_autoptr (GError) nobody_error = NULL;
  g_autoptr (GError) bad_error = NULL;
  g_autoptr (GError) stale_error = NULL;

  g_ptr_array_add (nobody, probity_subject_new (NULL, "", NULL));
  g_ptr_array_add (bad_day, probity_subject_new (NULL, "A. Marsh", "1988-13-01"));

  nobody_error = wait_for_error (probity_record_set_subjects (psd, kind, probity_record_get_uid (made), 1, nobody));
  assert_record_error (nobody_error, MISSING, "subject_name");
  bad_error = wait_for_error (probity_record_set_subjects (psd, kind, probity_record_get_uid (made), 1, bad_day));
  assert_record_error (bad_error, INVALID, "date_of_birth");

  g_ptr_array_set_size (bad_day, 0);
  stale_error = wait_for_error (probity_record_set_subjects (psd, kind, probity_record_get_uid (made), 7, bad_day));
  g_assert_error (stale_error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT);
}

static void
test_references_run_without_a_gap (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *psd = records_fixture_get (fixture, "psd-officer");
  g_autoptr (ProbityRecord) first = make (psd, "complaint", "allegation", "One", NULL);
  g_autoptr (ProbityRecord) own = make (psd, "complaint", "reference", "CO/00451/26", "allegation", "Two", NULL);
  g_autoptr (ProbityRecord) second = make (psd, "complaint", "allegation", "Three", NULL);
  g_autoptr (ProbityRecord) next_year = NULL;

  g_assert_cmpstr (probity_record_get_reference (first), ==, "CM/2026/0001");
  g_assert_cmpstr (probity_record_get_reference (own), ==, "CO/00451/26");
  g_assert_cmpstr (probity_record_get_reference (second), ==, "CM/2026/0002");

  /* The UK's year. */
  probity_clock_set (fixture->base->clock, "2027-01-01T00:00:00.000Z");
  next_year = make (psd, "complaint", "allegation", "Four", NULL);
  g_assert_cmpstr (probity_record_get_reference (next_year), ==, "CM/2027/0001");
}

static void
test_report_is_graded (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *acu = records_fixture_get (fixture, "acu-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("intelligence-report");
  const struct
  {
    const char *source, *information, *handling, *conditions, *source_reference, *field;
  } bad[] = {
    { "4", "A", "P", NULL, NULL, "source_evaluation" },
    { "1", "F", "P", NULL, NULL, "information_assessment" },
    { "1", NULL, "P", NULL, NULL, "information_assessment" },
    { NULL, NULL, NULL, NULL, NULL, "source_evaluation" },
    { "1", "B", "C", NULL, NULL, "handling_conditions" },
    { "1", "B", "P", NULL, "John Smith", "source_reference" },
  };
  g_autoptr (ProbityRecord) good = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (ProbityValues) values = values_new ("text", "Something", "source_evaluation", bad[i].source, "information_assessment", bad[i].information, "handling_code", bad[i].handling, "handling_conditions", bad[i].conditions, "source_reference", bad[i].source_reference, NULL);
      g_autoptr (GError) error = wait_for_error (probity_record_create (acu, kind, values));

      g_assert_nonnull (error);
      g_assert_cmpstr (probity_record_error_get_field (error), ==, bad[i].field);
    }

  good = make (acu, "intelligence-report", "text", "Something", "source_evaluation", "1", "information_assessment", "B", "handling_code", "C", "handling_conditions", "A1", "source_reference", "ISR 12/345", NULL);
  g_assert_cmpstr (probity_record_get (good, "grading"), ==, "1BC");
  g_assert_cmpstr (probity_record_get_reference (good), ==, "IR/2026/0001");
}

static void
test_original_text_opens_to_its_author_or_for_a_reason (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *acu = records_fixture_get (fixture, "acu-officer");
  ProbitySession          *decider = records_fixture_get (fixture, "decider");
  ProbitySession          *psd = records_fixture_get (fixture, "psd-officer");
  const ProbityRecordKind *kind = probity_record_kind_find ("intelligence-report");
  g_autoptr (ProbityRecord) report = make (acu, "intelligence-report", "text", "CANARY original", "sanitised_text", "Sanitised words", "source_evaluation", "1", "information_assessment", "B", "handling_code", "P", NULL);
  const char *uid = probity_record_get_uid (report);
  g_autoptr (ProbityRecord) loaded = wait_for_boxed (probity_record_load (decider, kind, uid));
  g_autoptr (DexFuture) own = wait_for (probity_record_load_withheld (acu, kind, uid, "text", NULL));
  g_autoptr (DexFuture) reasoned = wait_for (probity_record_load_withheld (decider, kind, uid, "text", "Needed for the decision"));
  g_autoptr (GError) unreasoned = wait_for_error (probity_record_load_withheld (decider, kind, uid, "text", "  "));
  g_autoptr (GError) keyless = wait_for_error (probity_record_load_withheld (psd, kind, uid, "text", "Curious"));
  g_autoptr (GError) not_withheld = wait_for_error (probity_record_load_withheld (decider, kind, uid, "category", "Why not"));
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                          " WHERE e.record = '%s' AND e.field = 'text' AND e.verb = 'consultation' AND v.new = 'Needed for the decision'",
                                          uid);

  g_assert_null (probity_record_get (loaded, "text"));
  g_assert_cmpstr (probity_record_get (loaded, "sanitised_text"), ==, "Sanitised words");
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (own, NULL)), ==, "CANARY original");
  g_assert_cmpstr (g_value_get_string (dex_future_get_value (reasoned, NULL)), ==, "CANARY original");
  assert_record_error (unreasoned, MISSING, "reason");
  g_assert_nonnull (keyless);
  g_assert_nonnull (not_withheld);
  g_assert_cmpint (wait_for_int64 (read_int64 (probity_session_get_casebook (decider), PROBITY_COMPARTMENT_INTELLIGENCE, sql, NULL)), ==, 1);
}

static void
test_who_sanitises_does_not_approve (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession          *acu = records_fixture_get (fixture, "acu-officer");
  ProbitySession          *decider = records_fixture_get (fixture, "decider");
  const ProbityRecordKind *kind = probity_record_kind_find ("intelligence-report");
  g_autoptr (ProbityRecord) report = make (acu, "intelligence-report", "text", "Original", "source_evaluation", "1", "information_assessment", "B", "handling_code", "P", NULL);
  const char *uid = probity_record_get_uid (report);
  g_autoptr (ProbityValues) sanitised = values_new ("sanitised_text", "Clean words", NULL);
  g_autoptr (ProbityValues) again = values_new ("sanitised_text", "Cleaner words", NULL);
  g_autoptr (ProbityRecord) second = NULL;
  g_autoptr (ProbityRecord) approved = NULL;
  g_autoptr (ProbityRecord) changed = NULL;
  g_autoptr (GError) too_early = wait_for_error (probity_intelligence_approve_sanitised (decider, uid, 1));
  g_autoptr (GError) own = NULL;

  g_assert_error (too_early, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);

  second = wait_for_boxed (probity_record_update (acu, kind, uid, 1, sanitised));
  g_assert_cmpstr (probity_record_get (second, "sanitised_by"), ==, probity_session_get_account_uid (acu));
  g_assert_false (probity_intelligence_may_approve (acu, second));
  g_assert_true (probity_intelligence_may_approve (decider, second));
  own = wait_for_error (probity_intelligence_approve_sanitised (acu, uid, 2));
  assert_access_error (own, NOT_PERMITTED);

  approved = wait_for_boxed (probity_intelligence_approve_sanitised (decider, uid, 2));
  g_assert_cmpstr (probity_record_get (approved, "sanitised_approved_by"), ==, probity_session_get_account_uid (decider));

  /* An approval is of the text as it stood. */
  changed = wait_for_boxed (probity_record_update (acu, kind, uid, 3, again));
  g_assert_null (probity_record_get (changed, "sanitised_approved_by"));
}

static void
test_kinds_with_a_course_have_commands_of_their_own (void)
{
  g_autoptr (RecordsFixture) fixture = records_fixture_new ();
  ProbitySession *hr = records_fixture_get (fixture, "hr-officer");
  g_autoptr (ProbityValues) values = values_new ("staff_number", "4127", "employer", "Peak Cycle Hire", NULL);
  g_autoptr (GError) error = wait_for_error (probity_record_create (hr, probity_record_kind_find ("second-job"), values));

  g_assert_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/record/values-are-checked-by-field", test_values_are_checked_by_field);
  g_test_add_func ("/record/error-keeps-field-and-codes-through-copies", test_error_keeps_field_and_codes_through_copies);
  g_test_add_func ("/record/is-made-and-found", test_record_is_made_and_found);
  g_test_add_func ("/record/key-is-used-once", test_key_is_used_once);
  g_test_add_func ("/record/stale-save-is-a-conflict", test_stale_save_is_a_conflict);
  g_test_add_func ("/record/each-changed-field-is-logged", test_each_changed_field_is_logged);
  g_test_add_func ("/record/consultation-is-logged-in-the-highest-compartment", test_consultation_is_logged_in_the_highest_compartment);
  g_test_add_func ("/record/what-is-not-for-the-reader-is-not-there", test_what_is_not_for_the_reader_is_not_there);
  g_test_add_func ("/record/change-of-what-is-hidden-is-refused", test_change_of_what_is_hidden_is_refused);
  g_test_add_func ("/record/complaint-with-a-locked-subject-is-hidden", test_complaint_with_a_locked_subject_is_hidden);
  g_test_add_func ("/record/lock-knows-a-subject-without-number", test_lock_knows_a_subject_without_number);
  g_test_add_func ("/record/subjects-are-checked", test_subjects_are_checked);
  g_test_add_func ("/record/references-run-without-a-gap", test_references_run_without_a_gap);
  g_test_add_func ("/record/report-is-graded", test_report_is_graded);
  g_test_add_func ("/record/original-text-opens-to-its-author-or-for-a-reason", test_original_text_opens_to_its_author_or_for_a_reason);
  g_test_add_func ("/record/who-sanitises-does-not-approve", test_who_sanitises_does_not_approve);
  g_test_add_func ("/record/kinds-with-a-course-have-commands-of-their-own", test_kinds_with_a_course_have_commands_of_their_own);

  return g_test_run ();
}
