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
  "withdrawn",
  "ceased",
  "lapsed",
  NULL,
};

static const char *const terminal[] = { "refused", "withdrawn", "ceased", "lapsed", NULL };

const ProbityCaseKind probity_second_job_case = {
  .name = "second-job",
  .prefix = "SJ",
  .record_kind = &probity_second_job_kind,
  .stages = stages,
  .terminal = terminal,
  .title = "employer",
  .work = PROBITY_OPERATION_WORK_SECOND_JOBS,
  .own_stages = TRUE,
};
