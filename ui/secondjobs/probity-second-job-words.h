/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-second-job.h"

G_BEGIN_DECLS

const char *probity_second_job_words_for_gate_item (const char *code);
char       *probity_second_job_words_dup_gate_detail (const ProbityGateItem *item);
const char *probity_second_job_words_for_waiting (const char *waiting_for);
char       *probity_second_job_words_dup_hours (const ProbityHoursSummary *hours);
char       *probity_second_job_words_dup_hours_warnings (const ProbityHoursSummary *hours);

G_END_DECLS
