/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-signed-row.h"

G_BEGIN_DECLS

/* What is signed of second jobs and of checks. */

extern const ProbitySignedTable probity_signed_application;
extern const ProbitySignedTable probity_signed_comment;
extern const ProbitySignedTable probity_signed_stand_in;
extern const ProbitySignedTable probity_signed_waiver;
extern const ProbitySignedTable probity_signed_clearance;
extern const ProbitySignedTable probity_signed_decision;
extern const ProbitySignedTable probity_signed_review;
extern const ProbitySignedTable probity_signed_advice;
extern const ProbitySignedTable probity_signed_view;
extern const ProbitySignedTable probity_signed_view_notice;
extern const ProbitySignedTable probity_signed_restricted_reason;
extern const ProbitySignedTable probity_signed_check;
extern const ProbitySignedTable probity_signed_check_clearance;
extern const ProbitySignedTable probity_signed_assessment;
extern const ProbitySignedTable probity_signed_recheck;
extern const ProbitySignedTable probity_signed_letter_service;
extern const ProbitySignedTable probity_signed_appeal;
extern const ProbitySignedTable probity_signed_appeal_outcome;
extern const ProbitySignedTable probity_signed_appeal_bundle;
extern const ProbitySignedTable probity_signed_condition_review;
extern const ProbitySignedTable probity_signed_condition_answer;
extern const ProbitySignedTable probity_signed_watch;
extern const ProbitySignedTable probity_signed_watch_note;
extern const ProbitySignedTable probity_signed_review_run;
extern const ProbitySignedTable probity_signed_review_run_end;
extern const ProbitySignedTable probity_signed_review_chase;
extern const ProbitySignedTable probity_signed_job_lapse;

G_END_DECLS
