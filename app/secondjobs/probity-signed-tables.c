/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-signed-tables.h"

/* The declarations. What they name is frozen with the tag: a change of columns is a new number. */

#define COLUMNS(...) ((const char *const[]) { __VA_ARGS__, NULL })

const ProbitySignedTable probity_signed_application = {
  "probity/application/1",
  "application_statement",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "round", "kind", "material_digest", "route_digest", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_comment = {
  "probity/comment/1",
  "second_job_comment",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "round", "for_role", "supports", "text", "performance", "sickness", "hours", "impact", "own_interest", "from=on_paper_from", "account", "person", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_stand_in = {
  "probity/stand-in/1",
  "stand_in",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "staff_number", "reason", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_waiver = {
  "probity/waiver/1",
  "waiver",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "round", "for_role", "reason", "account", "person", "material_digest", "at"),
};

/* The same statement stands in the check's own compartment and, once decided, in registers. */
const ProbitySignedTable probity_signed_clearance = {
  "probity/clearance/1",
  "clearance",
  "signature",
  "second_job_id",
  COLUMNS ("kind", "check_uid", "account", "person", "subject_digest", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_check_clearance = {
  "probity/clearance/1",
  "check_run",
  "clearance_signature",
  "case_uid",
  COLUMNS ("kind", "check_uid=uid", "account", "person", "subject_digest", "material_digest", "at=published"),
};

const ProbitySignedTable probity_signed_check = {
  "probity/check/1",
  "check_run",
  "signature",
  "case_uid",
  COLUMNS ("uid", "reference", "staff_number", "kind", "started", "searched_at", "material_digest", "subject_digest", "records_digest", "coverage", "published", "account", "person", "result", "searches_digest", "assessments_digest"),
};

const ProbitySignedTable probity_signed_decision = {
  "probity/decision/1",
  "decision",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "round", "action", "outcome", "open_reasons", "missing_facts", "conditions_digest", "clearances_digest", "account", "person", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_review = {
  "probity/review/1",
  "review",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "round", "due", "result", "note", "account", "person", "at", "material_digest"),
};

const ProbitySignedTable probity_signed_advice = {
  "probity/advice/1",
  "advice",
  "signature",
  "second_job_uid",
  COLUMNS ("uid", "reference", "staff_number", "advice", "text", "account", "person", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_view = {
  "probity/view/1",
  "standards_view",
  "signature",
  "second_job_uid",
  COLUMNS ("uid", "reference", "staff_number", "round", "objection", "reasons", "complaints_check_uid", "intelligence_check_uid", "account", "person", "material_digest", "at"),
};

/* What the signatory is shown of a view: all but its reasons. */
const ProbitySignedTable probity_signed_view_notice = {
  "probity/view-notice/1",
  "standards_view",
  "notice_signature",
  "second_job_uid",
  COLUMNS ("uid", "round", "objection", "complaints_check_uid", "intelligence_check_uid", "account", "person", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_restricted_reason = {
  "probity/restricted-reason/1",
  "restricted_reason",
  "signature",
  "second_job_uid",
  COLUMNS ("uid", "reference", "staff_number", "decision_uid", "text", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_assessment = {
  "probity/assessment/1",
  "check_assessment",
  "signature",
  "case_uid",
  COLUMNS ("uid", "second_job_uid=case_uid", "staff_number", "hit", "target_kind", "target_uid", "target_digest", "subject_digest", "material_digest", "verdict", "reason", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_recheck = {
  "probity/recheck/1",
  "recheck",
  "signature",
  "case_uid",
  COLUMNS ("uid", "reference", "staff_number", "target_kind", "target_uid", "raised", "account=closed_by", "person", "at=closed", "verdict", "reason"),
};

const ProbitySignedTable probity_signed_letter_service = {
  "probity/letter-service/1",
  "letter_service",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "decision_uid", "served_on", "how", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_appeal = {
  "probity/appeal/1",
  "appeal",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "round", "decision_uid", "service_uid", "last_day", "lodged_on", "decide_by", "late_reason", "grounds", "companion", "account", "person", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_appeal_outcome = {
  "probity/appeal-outcome/1",
  "appeal_outcome",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "appeal_uid", "round", "outcome", "reasons", "decision_uid", "account", "person", "material_digest", "at"),
};

/* Stands in intelligence, and whole in the boxes of the chief officers. */
const ProbitySignedTable probity_signed_appeal_bundle = {
  "probity/appeal-bundle/1",
  "appeal_bundle",
  "signature",
  "second_job_uid",
  COLUMNS ("uid", "reference", "staff_number", "appeal_uid", "round", "restricted", "complaints_check_uid", "intelligence_check_uid", "account", "person", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_condition_review = {
  "probity/condition-review/1",
  "condition_review",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "condition_uid", "due", "reviewed_on", "result", "seen", "exhibit_uid", "next_due", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_condition_answer = {
  "probity/condition-answer/1",
  "condition_answer",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "review_uid", "text", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_watch = {
  "probity/watch/1",
  "watch",
  "signature",
  "case_uid",
  COLUMNS ("uid", "reference", "staff_number", "reason", "review_on", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_watch_note = {
  "probity/watch-note/1",
  "watch_note",
  "signature",
  "case_uid",
  COLUMNS ("uid", "watch_uid", "kind", "text", "review_on", "account", "person", "at"),
};

/* A run is no case's: what it calls for stands in its digest. */
const ProbitySignedTable probity_signed_review_run = {
  "probity/review-run/1",
  "review_run",
  "signature",
  "uid",
  COLUMNS ("uid", "due_from", "due_until", "n_calls", "calls_digest", "account", "person", "at"),
  "run",
};

const ProbitySignedTable probity_signed_review_run_end = {
  "probity/review-run-end/1",
  "review_run_end",
  "signature",
  "run_uid",
  COLUMNS ("uid", "note", "account", "person", "at"),
  "run",
};

const ProbitySignedTable probity_signed_review_chase = {
  "probity/review-chase/1",
  "review_chase",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "run_uid", "how", "account", "person", "at"),
};

const ProbitySignedTable probity_signed_job_lapse = {
  "probity/job-lapse/1",
  "job_lapse",
  "signature",
  "second_job_id",
  COLUMNS ("uid", "round", "run_uid", "reason", "account", "person", "at"),
};
