/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-verify-private.h"

#include "probity-case-signed.h"
#include "probity-exhibit.h"
#include "probity-closing.h"
#include "probity-exposure.h"
#include "probity-sealed-answer-private.h"
#include "probity-second-job.h"

/* What each room proves of its own records; see ProbityVerifyFunc. */
const ProbityVerifyFunc probity_verify_domains[] = {
  probity_exhibit_verify_rows,
  probity_second_job_verify,
  probity_case_verify,
  probity_exposure_verify,
  probity_closing_verify,
  probity_sealed_answer_verify,
  NULL,
};
