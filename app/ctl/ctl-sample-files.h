/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ctl-sample-story.h"
#include "probity-session.h"

G_BEGIN_DECLS

/* What a sample casebook takes in by the ordinary import, from files written for it. In a fiber on the main thread. */

typedef struct
{
  const CtlSampleStory *story;
  ProbitySession      **sessions;  /* by account, CTL_SAMPLE_N_ACCOUNTS */
  const char           *directory; /* empty, for the files; they are removed again */
  guint64               seed;
} CtlSampleFiles;

gboolean ctl_sample_import_people (const CtlSampleFiles *self,
                                   GError              **error);
gboolean ctl_sample_import_complaints (const CtlSampleFiles *self,
                                       GError              **error);
gboolean ctl_sample_import_reports (const CtlSampleFiles *self,
                                    GError              **error);
/** @n_second_jobs of an older register, brought forward. */
gboolean ctl_sample_import_register (const CtlSampleFiles *self,
                                     guint64               n_second_jobs,
                                     GError              **error);
/** @n_records old complaints and intelligence reports, half and half, of people whom the story is not about. */
gboolean ctl_sample_import_records (const CtlSampleFiles *self,
                                    guint64               n_records,
                                    GError              **error);

G_END_DECLS
