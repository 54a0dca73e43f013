/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "second-job-fixture.h"

#include "probity-overview.h"

static ProbityValues *
build_values (const char *first,
              ...)
{
  ProbityValues *values = probity_values_new ();
  va_list        args;

  va_start (args, first);
  for (const char *name = first; name != NULL; name = va_arg (args, const char *))
    {
      const char *value = va_arg (args, const char *);

      if (value != NULL)
        probity_values_set (values, name, value);
    }
  va_end (args);

  return values;
}

static ProbityRecord *
create (ProbitySession *session,
        const char     *kind,
        ProbityValues  *values)
{
  ProbityRecord *record = wait_for_boxed (probity_record_create (session, probity_record_kind_find (kind), values));

  probity_values_unref (values);

  return record;
}

static void
add_person (ProbitySession *session,
            const char     *staff_number,
            const char     *forenames,
            const char     *surname,
            const char     *born,
            const char     *manager)
{
  g_autoptr (ProbityRecord) record = create (session, "person", build_values ("staff_number", staff_number, "forenames", forenames, "surname", surname, "date_of_birth", born, "line_manager", manager, "employment_group", "officer", "contracted_hours", "40", NULL));

  g_assert_nonnull (record);
}

static void
prepare (SessionFixture *casebook)
{
  ProbitySession *head;

  session_fixture_add (casebook, "head-of-hr", "head-of-hr", "3002");
  session_fixture_add (casebook, "manager", "line-manager", "2001");
  session_fixture_add (casebook, "other", "line-manager", "2009");
  session_fixture_add (casebook, "hr", "hr-officer", "3001");
  session_fixture_add (casebook, "psd", "psd-officer", "4001");
  session_fixture_add (casebook, "acu", "acu-officer", "5001");
  session_fixture_add (casebook, "decider", "decider", "6001");

  head = session_fixture_sign_in (casebook, "head-of-hr");
  add_person (head, "2001", "Mary", "Manager", "1970-01-01", NULL);
  add_person (head, "2009", "Olive", "Othermanager", "1971-01-01", NULL);
  add_person (head, "1001", "Jonathan", "Applegate", "1985-03-04", "2001");
  add_person (head, "1002", "Sheila", "Brannigan", "1988-07-21", "2009");
  add_person (head, "4001", "Percy", "Standards", "1975-05-05", NULL);
  session_fixture_sign_out (head);
}

static Force *
sign_in_all (SessionFixture *casebook)
{
  Force *self = g_new0 (Force, 1);

  self->casebook = casebook;
  self->head = session_fixture_sign_in (casebook, "head-of-hr");
  self->manager = session_fixture_sign_in (casebook, "manager");
  self->other = session_fixture_sign_in (casebook, "other");
  self->hr = session_fixture_sign_in (casebook, "hr");
  self->psd = session_fixture_sign_in (casebook, "psd");
  self->acu = session_fixture_sign_in (casebook, "acu");
  self->decider = session_fixture_sign_in (casebook, "decider");

  return self;
}

Force *
force_new (const char *profile)
{
  return sign_in_all (session_fixture_new_prepared (profile, prepare));
}

Force *
force_open (const char *base)
{
  return sign_in_all (session_fixture_open (base));
}

Force *
force_new_with (SessionFixture *casebook)
{
  prepare (casebook);

  return sign_in_all (casebook);
}

void
force_free (Force *self)
{
  ProbitySession *sessions[] = { self->manager, self->other, self->hr, self->head, self->psd, self->acu, self->decider };

  for (gsize i = 0; i < G_N_ELEMENTS (sessions); i++)
    session_fixture_sign_out (sessions[i]);
  session_fixture_free (self->casebook);
  g_free (self);
}

void
force_set_now (Force      *self,
               const char *instant)
{
  probity_clock_set (self->casebook->clock, instant);
}

void
force_add_person (Force      *self,
                  const char *staff_number,
                  const char *forenames,
                  const char *surname,
                  const char *born,
                  const char *manager)
{
  add_person (self->head, staff_number, forenames, surname, born, manager);
}

void
force_relate (Force      *self,
              const char *one,
              const char *other)
{
  g_autoptr (ProbityRecord) record = create (self->head, "relation", build_values ("staff_number", one, "related_staff_number", other, "nature", "spouse", NULL));

  g_assert_nonnull (record);
}

static void
set_subject (ProbitySession *session,
             const char     *kind,
             ProbityRecord  *record,
             const char     *staff_number,
             const char     *name,
             const char     *born)
{
  ProbitySubject subject = { (char *) staff_number, (char *) name, (char *) born };
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) changed = NULL;

  g_ptr_array_add (subjects, &subject);
  changed = wait_for_boxed (probity_record_set_subjects (session, probity_record_kind_find (kind), probity_record_get_uid (record), probity_record_get_version (record), subjects));
}

char *
force_add_complaint (Force      *self,
                     const char *reference,
                     const char *allegation,
                     const char *staff_number,
                     const char *name,
                     const char *born)
{
  g_autoptr (ProbityRecord) record = create (self->psd, "complaint", build_values ("reference", reference, "received", "2026-01-05", "allegation", allegation, NULL));

  set_subject (self->psd, "complaint", record, staff_number, name, born);

  return g_strdup (probity_record_get_uid (record));
}

char *
force_add_report (Force      *self,
                  const char *reference,
                  const char *text,
                  const char *sanitised,
                  const char *staff_number,
                  const char *name)
{
  g_autoptr (ProbityRecord) record = create (self->acu, "intelligence-report", build_values ("reference", reference, "date", "2026-01-06", "source_evaluation", "1", "information_assessment", "A", "handling_code", "P", "text", text, "sanitised_text", sanitised, NULL));

  set_subject (self->acu, "intelligence-report", record, staff_number, name, NULL);

  return g_strdup (probity_record_get_uid (record));
}

char *
force_submit (Force          *self,
              ProbitySession *session,
              const char     *staff_number,
              const char     *employer)
{
  g_autoptr (ProbityValues) values = build_values ("staff_number", staff_number, "employer", employer, "category", "no such category", "nature", "serving behind the bar", "paid", "true", "weekly_hours", "7.5", "start", "2026-04-01", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_second_job_submit (session, values));

  return g_strdup (probity_record_get_reference (record));
}

void
force_check (ProbitySession  *session,
             const char      *reference,
             ProbityCheckKind kind,
             const char      *verdict)
{
  g_autoptr (ProbityCheck) check = wait_for_boxed (probity_check_run (session, reference, NULL, kind));

  for (guint i = 0; i < check->hits->len; i++)
    {
      ProbityHit *hit = g_ptr_array_index (check->hits, i);

      g_assert_nonnull (verdict);
      if (hit->verdict == NULL)
        wait_for_success (probity_check_assess (session, reference, hit->id, verdict, "looked at both records"));
    }
  wait_for_success (probity_check_publish (session, reference, NULL, kind, FALSE, NULL));
}

void
force_prepare (Force      *self,
               const char *reference)
{
  wait_for_success (probity_second_job_comment (self->manager, reference, NULL, "a good officer", TRUE, NULL, NULL));
  wait_for_success (probity_second_job_comment (self->head, reference, "head-of-hr", "hours are fine", TRUE, NULL, NULL));
  force_check (self->psd, reference, PROBITY_CHECK_COMPLAINTS, "not-relevant");
  force_check (self->acu, reference, PROBITY_CHECK_INTELLIGENCE, "not-relevant");
}

DexFuture *
force_decide (ProbitySession *session,
              const char     *reference,
              const char     *action)
{
  const char     *conditions[] = { "not in uniform", NULL };
  ProbityDecision decision = { .action = action, .open_reasons = "no conflict with the office" };

  if (g_str_equal (action, "approve-with-conditions"))
    decision.conditions = conditions;

  return probity_second_job_decide (session, reference, &decision);
}

ProbityRecord *
force_load (ProbitySession *session,
            const char     *reference)
{
  return wait_for_boxed (probity_record_load (session, probity_record_kind_find ("second-job"), reference));
}

char *
dup_codes (DexFuture *future)
{
  g_autoptr (GError) error = wait_for_error (future);
  const char *const *missing;

  if (error == NULL)
    return g_strdup ("went through");
  missing = probity_record_error_get_missing (error);

  return missing != NULL ? g_strjoinv (" ", (GStrv) missing) : g_strdup (error->message);
}

char *
dup_missing (ProbitySession *session,
             const char     *reference)
{
  g_autoptr (ProbityGateState) state = wait_for_boxed (probity_second_job_load_gate (session, reference));

  return g_strjoinv (" ", state->missing);
}

char *
dup_unseen (ProbitySession *session,
            const char     *reference)
{
  g_autoptr (ProbityGateState) state = wait_for_boxed (probity_second_job_load_gate (session, reference));

  return g_strjoinv (" ", state->unseen);
}

char *
force_investigate (ProbitySession        *session,
                   const ProbityCaseKind *kind,
                   const char            *title,
                   const char            *staff_number)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityRecord) record = NULL;
  ProbitySubject subject = { (char *) staff_number, NULL, NULL };

  probity_values_set (values, "title", title);
  probity_values_set (values, "received", "2026-03-02");
  if (kind == &probity_conduct_case)
    probity_values_set (values, "origin", "report");
  else
    probity_values_set (values, "item", "Custody record of an arrest");
  if (staff_number != NULL)
    g_ptr_array_add (subjects, &subject);
  record = wait_for_boxed (probity_investigation_open (session, kind, values, subjects));

  return g_strdup (probity_record_get_reference (record));
}

void
force_add_part (ProbitySession        *session,
                const ProbityCaseKind *kind,
                const char            *reference,
                const char            *part,
                ...)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  va_list args;

  va_start (args, part);
  for (const char *name = va_arg (args, const char *); name != NULL; name = va_arg (args, const char *))
    probity_values_set (values, name, va_arg (args, const char *));
  va_end (args);
  wait_for_success (probity_investigation_add_row (session, probity_case_part_find (kind, part), reference, values));
}

char *
force_dup_day (ProbitySession *session,
               const char     *reference)
{
  g_autoptr (GPtrArray) items = wait_for_boxed (probity_my_day (session));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    {
      const ProbityDayItem *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (item->reference, reference) == 0)
        g_string_append_printf (text, "%s%s %s", text->len > 0 ? "|" : "", item->group, item->what);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

gboolean
force_has_day_item (ProbitySession *session,
                    const char     *what,
                    const char     *reference)
{
  g_autoptr (GPtrArray) items = wait_for_boxed (probity_my_day (session));

  for (guint i = 0; i < items->len; i++)
    {
      const ProbityDayItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->what, what) && g_strcmp0 (item->reference, reference) == 0)
        return TRUE;
    }

  return FALSE;
}

char *
force_read_pages (GBytes *pages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) tool = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-layout", "-", "-", NULL);
  g_autoptr (GRegex) spaces = g_regex_new ("\\s+", 0, 0, NULL);
  g_autoptr (GBytes) words = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate (tool, pages, NULL, &words, NULL, &error);
  g_assert_no_error (error);

  return g_regex_replace_literal (spaces, g_bytes_get_data (words, NULL), (gssize) g_bytes_get_size (words), 0, " ", 0, NULL);
}
