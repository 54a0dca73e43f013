/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-second-job-private.h"

/* The second job among the kinds of case. */

static const char *const stages[] = {
  "submitted",
  "comments",
  "with-professional-standards",
  "deferred",
  "decided",
  "registered",
  "refused",
  "appeal",
  "upheld",
  "dismissed",
  "withdrawn",
  "ceased",
  "lapsed",
  NULL,
};

static const char *const terminal[] = { "refused", "dismissed", "withdrawn", "ceased", "lapsed", NULL };

/* Beyond what every case has: comments, decisions, checks. */
static const ProbityTimelineSource timeline[] = {
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT c.at, c.account, 'commented:' || c.for_role || CASE c.supports WHEN 1 THEN ':supports' ELSE ':does-not-support' END, c.text"
                                   " FROM second_job_comment AS c JOIN second_job AS j ON j.id = c.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT s.at, s.account, 'stand-in', s.staff_number || ': ' || s.reason FROM stand_in AS s JOIN second_job AS j ON j.id = s.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT w.at, w.account, 'waived:' || w.for_role, w.reason FROM waiver AS w JOIN second_job AS j ON j.id = w.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT d.at, d.account, 'decision:' || d.action, d.open_reasons FROM decision AS d JOIN second_job AS j ON j.id = d.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT s.at, s.account, 'letter-served', s.served_on || ': ' || s.how FROM letter_service AS s JOIN second_job AS j ON j.id = s.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT a.at, a.account, 'appeal:lodged', a.grounds FROM appeal AS a JOIN second_job AS j ON j.id = a.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT o.at, o.account, 'appeal:' || o.outcome, o.reasons FROM appeal_outcome AS o JOIN second_job AS j ON j.id = o.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'appeal-bundle', restricted FROM appeal_bundle WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT v.at, v.account, 'condition:' || v.result, c.text || char (10) || v.seen FROM condition_review AS v JOIN decision_condition AS c ON c.uid = v.condition_uid JOIN second_job AS j ON j.id = v.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT a.at, a.account, 'condition-answered', a.text FROM condition_answer AS a JOIN second_job AS j ON j.id = a.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT at, account, 'watch:begun', reason FROM watch WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT at, account, 'watch:' || kind, text FROM watch_note WHERE case_uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT h.at, h.account, 'review-chase', h.how FROM review_chase AS h JOIN second_job AS j ON j.id = h.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT r.at, r.account, 'review:' || r.result, r.note FROM review AS r JOIN second_job AS j ON j.id = r.second_job_id WHERE j.uid = $uid" },
  { PROBITY_COMPARTMENT_REGISTERS, "SELECT a.at, a.account, 'application:' || a.kind, NULL FROM application_statement AS a JOIN second_job AS j ON j.id = a.second_job_id WHERE j.uid = $uid AND a.kind <> 'submitted'" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT started, started_by, 'check-started:' || kind, NULL FROM check_run WHERE case_uid = $uid AND kind = 'complaints'" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT published, account, 'check-published:' || kind, result FROM check_run WHERE case_uid = $uid AND kind = 'complaints' AND published IS NOT NULL" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT raised, raised_by, 'recheck-raised', target_reference FROM recheck WHERE case_uid = $uid AND target_kind = 'complaint'" },
  { PROBITY_COMPARTMENT_STANDARDS, "SELECT closed, closed_by, 'recheck-closed:' || verdict, reason FROM recheck WHERE case_uid = $uid AND target_kind = 'complaint' AND closed IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT started, started_by, 'check-started:' || kind, NULL FROM check_run WHERE case_uid = $uid AND kind = 'intelligence'" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT published, account, 'check-published:' || kind, result FROM check_run WHERE case_uid = $uid AND kind = 'intelligence' AND published IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT raised, raised_by, 'recheck-raised', target_reference FROM recheck WHERE case_uid = $uid AND target_kind <> 'complaint'" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT closed, closed_by, 'recheck-closed:' || verdict, reason FROM recheck WHERE case_uid = $uid AND target_kind <> 'complaint' AND closed IS NOT NULL" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'advice:' || advice, text FROM advice WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'viewed:' || CASE objection WHEN 1 THEN 'objection' ELSE 'no-objection' END, reasons FROM standards_view WHERE second_job_uid = $uid" },
  { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT at, account, 'restricted-reasons', text FROM restricted_reason WHERE second_job_uid = $uid" },
};

const ProbityCaseKind probity_second_job_case = {
  .name = "second-job",
  .prefix = "SJ",
  .record_kind = &probity_second_job_kind,
  .stages = stages,
  .terminal = terminal,
  .title = "employer",
  .work = PROBITY_OPERATION_WORK_SECOND_JOBS,
  .timeline = timeline,
  .n_timeline = G_N_ELEMENTS (timeline),
  .own_stages = TRUE,
};
