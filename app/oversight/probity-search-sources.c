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

static const ProbitySearchSource sources[] = {
  {
      .record = &probity_person_kind,
      .index = "search_person",
      .reference = "r.staff_number",
      .title = "trim (coalesce (r.forenames, '') || ' ' || coalesce (r.surname, ''))",
      .text = "concat_ws (' · ', r.rank, r.unit, r.known_as, r.former_names)",
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
  {
      .record = &probity_complaint_kind,
      .index = "search_complaint",
      .reference = "r.reference",
      .title = "coalesce (r.subjects, r.allegation, r.reference)",
      .text = "concat_ws (' · ', r.allegation, r.complainant, r.status, r.result)",
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
      .called = "organisation|organisations",
  },
};

const ProbitySearchSource *
probity_search_get_sources (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (sources);

  return sources;
}
