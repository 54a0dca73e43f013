/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-page.h"

G_BEGIN_DECLS

/* One second job: what it is, what is missing before approval, and the next step for this reader. */
#define PROBITY_TYPE_SECOND_JOB_PAGE (probity_second_job_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySecondJobPage, probity_second_job_page, PROBITY, SECOND_JOB_PAGE, ProbityPage)

/** @uid: of the second job. The page reads it, logs the consultation, and follows changes. */
GtkWidget *probity_second_job_page_new (ProbitySession *session,
                                        const char     *uid);

G_END_DECLS
