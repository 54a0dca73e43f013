/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-search-private.h"

#include "probity-subject-search.h"

/*
 * Everything that is found by words. A new kind of record adds its full-text table and triggers in a
 * migration (see data/migrations/registers-words-2.sql) and one entry here; nothing else.
 */

#define NAME(staff_number) \
  "(SELECT trim (coalesce (n.forenames, '') || ' ' || coalesce (n.surname, '')) FROM person AS n WHERE n.staff_number = " staff_number ")"

#define SECOND_JOB_TITLE "concat_ws (' · ', " NAME ("r.staff_number") ", r.employer)"

static const ProbityLiveSource *
get_staff (void)
{
  return &probity_staff_source;
}

static const ProbityLiveSource *
get_complaint_subjects (void)
{
  return probity_subject_get_source (PROBITY_COMPARTMENT_STANDARDS);
}

static const ProbityLiveSource *
get_report_subjects (void)
{
  return probity_subject_get_source (PROBITY_COMPARTMENT_INTELLIGENCE);
}

#define CASE_TITLE "concat_ws (' · ', r.title, r.subjects)"

/* What every case has, in the compartment of its case. */
#define PART(kind, case_title, index_, name, part_table, part_text)                                                                                                                   \
  {                                                                                                                                                                                   \
    .record = &(kind), .index = (index_), .part = (name), .table = (part_table), .join = "r.uid = x.case_uid", .reference = "r.reference", .title = (case_title), .text = (part_text) \
  }

#define CASE_PARTS(kind, case_title)                                                                                                                                                               \
  PART (kind, case_title, "search_case_log", "log-entry", "case_log", "x.text"),                                                                                                                   \
      PART (kind, case_title, "search_case_action", "action", "case_action", "concat_ws (' · ', x.title, x.what, x.result)"),                                                                      \
      PART (kind, case_title, "search_case_decision", "decision-log", "case_decision", "concat_ws (' · ', x.title, x.reasons, x.options, x.information, x.threat, x.powers, x.action, x.ethics)"), \
      PART (kind, case_title, "search_exhibit", "exhibit", "exhibit", "concat_ws (' · ', x.reference, x.description, x.received_from, x.place, x.file_name)")

static const ProbitySearchSource sources[] = {
  {
      .record = &probity_person_kind,
      .index = "search_person",
      .reference = "r.staff_number",
      .title = "trim (coalesce (r.forenames, '') || ' ' || coalesce (r.surname, ''))",
      .text = "concat_ws (' · ', r.rank, r.unit, r.known_as, r.former_names)",
      .names = "search_text",
      .get_people = get_staff,
      .people = "person AS r ON r.id = h.value",
      .called = "person|people|officer|officers|staff",
  },
  {
      .record = &probity_second_job_kind,
      .index = "search_second_job",
      .reference = "r.reference",
      .title = SECOND_JOB_TITLE,
      .text = "concat_ws (' · ', r.nature, r.place, r.licensed_trade, r.pattern, r.police_skills, r.police_powers,"
              " r.police_information, r.police_equipment, r.customers, r.relatives_interests, r.relatives_licences, r.publicity)",
      .names = "applicant_sort_name staff_number",
      .get_people = get_staff,
      .people = "person AS p ON p.id = h.value CROSS JOIN second_job AS r ON r.staff_number = p.staff_number",
      .called = "second job|second jobs|business interest|business interests|secondary employment",
  },
  {
      .record = &probity_second_job_kind,
      .index = "search_comment",
      .part = "comment",
      .table = "second_job_comment",
      .join = "r.id = x.second_job_id",
      .reference = "r.reference",
      .title = SECOND_JOB_TITLE,
      .text = "x.text",
  },
  {
      .record = &probity_second_job_kind,
      .index = "search_decision",
      .part = "decision",
      .table = "decision",
      .join = "r.id = x.second_job_id",
      .reference = "r.reference",
      .title = SECOND_JOB_TITLE,
      .text = "x.open_reasons",
  },
  CASE_PARTS (probity_second_job_kind, SECOND_JOB_TITLE),
  {
      .record = &probity_conduct_kind,
      .index = "search_conduct",
      .reference = "r.reference",
      .title = CASE_TITLE,
      .text = "concat_ws (' · ', r.summary, r.referrer, r.platform, r.external_reference)",
      .names = "subjects sort_subjects",
      .called = "conduct|conduct investigation|conduct investigations|misconduct",
  },
  PART (probity_conduct_kind, CASE_TITLE, "search_allegation", "allegation", "conduct_allegation", "concat_ws (' · ', x.allegation, x.note)"),
  CASE_PARTS (probity_conduct_kind, CASE_TITLE),
  {
      .record = &probity_leak_kind,
      .index = "search_leak",
      .reference = "r.reference",
      .title = CASE_TITLE,
      .text = "concat_ws (' · ', r.item, r.summary)",
      .names = "subjects sort_subjects",
      .called = "leak|leaks|leak investigation|leak investigations",
  },
  PART (probity_leak_kind, CASE_TITLE, "search_publication", "publication", "leak_publication", "concat_ws (' · ', x.outlet, x.author, x.platform, x.quoted_words, x.note)"),
  PART (probity_leak_kind, CASE_TITLE, "search_outlet", "outlet", "leak_outlet", "concat_ws (' · ', x.outlet, x.journalist, x.note)"),
  PART (probity_leak_kind, CASE_TITLE, "search_line", "line-of-enquiry", "leak_line", "concat_ws (' · ', x.title, x.reason, x.result)"),
  CASE_PARTS (probity_leak_kind, CASE_TITLE),
  {
      .record = &probity_complaint_kind,
      .index = "search_complaint",
      .reference = "r.reference",
      .title = "coalesce (r.subjects, r.allegation, r.reference)",
      .text = "concat_ws (' · ', r.allegation, r.complainant, r.status, r.result)",
      .names = "subjects sort_subjects",
      .get_people = get_complaint_subjects,
      .people = "complaint_subject AS p ON p.id = h.value CROSS JOIN complaint AS r ON r.id = p.complaint_id",
      .called = "complaint|complaints",
  },
  {
      .record = &probity_intelligence_kind,
      .index = "search_report",
      .reference = "r.reference",
      .title = "coalesce (r.subjects, r.category, r.reference)",
      /* Never the original. */
      .text = "concat_ws (' · ', r.sanitised_text, r.category, r.provenance)",
      .names = "subjects sort_subjects",
      .get_people = get_report_subjects,
      .people = "report_subject AS p ON p.id = h.value CROSS JOIN intelligence_report AS r ON r.id = p.report_id",
      .called = "intelligence|intelligence report|intelligence reports",
  },
  {
      .record = &probity_organisation_kind,
      .index = "search_organisation",
      .reference = "r.registration_number",
      .title = "r.name",
      .text = "concat_ws (' · ', r.nature, r.address, r.postcode)",
      .names = "search_text",
      .called = "organisation|organisations",
  },
};

const ProbitySearchSource *
probity_search_get_sources (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (sources);

  return sources;
}
