/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-second-job.h"

G_BEGIN_DECLS

/* The application for a second job, entered on the applicant's behalf from the signed form. */
#define PROBITY_TYPE_SECOND_JOB_FORM (probity_second_job_form_get_type ())
G_DECLARE_FINAL_TYPE (ProbitySecondJobForm, probity_second_job_form, PROBITY, SECOND_JOB_FORM, AdwDialog)

GtkWidget *probity_second_job_form_new (ProbitySession *session);
/** For facts that came later; a change to what the checks were about makes them stale. */
GtkWidget *probity_second_job_form_new_for_amendment (ProbitySession *session,
                                                      ProbityRecord  *record);

/* Signal: entered (uid): after the application was submitted or amended. */

G_END_DECLS
