/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ctl-sample-story.h"
#include "probity-case.h"
#include "probity-session.h"

G_BEGIN_DECLS

/* The investigations of a sample casebook: which there are, and each of their steps as a command. */

typedef enum
{
  CTL_SAMPLE_CASE_OPEN,
  CTL_SAMPLE_CASE_DETAIL, /* allegation and severity; of the leak its publication and lines of enquiry */
  /* Of the one conduct investigation that holds all such a case can hold. */
  CTL_SAMPLE_CASE_SERVE,
  CTL_SAMPLE_CASE_INQUIRE,
  CTL_SAMPLE_CASE_REPORT,
  CTL_SAMPLE_CASE_CHECK,
  CTL_SAMPLE_CASE_PROPOSE,
  CTL_SAMPLE_CASE_CLOSE,
  CTL_SAMPLE_CASE_N_STEPS,
} CtlSampleCaseStep;

typedef struct
{
  gboolean    leak;
  gboolean    referral; /* from social media, by HMIC */
  guint       person;   /* index of the subject; of a leak nobody is known */
  gint64      received; /* days since 1970-01-01 */
  gboolean    decided;  /* the decision to investigate is recorded, on the same day */
  gboolean    detailed; /* from severity to findings */
  const char *outcome;  /* NULL: open */
  char       *reference;
  char       *allegation; /* uid of its allegation, where it is detailed */
} CtlSampleCase;

/** (element-type CtlSampleCase): as the founding reports count them, then @n_more from before the casebook was made. */
GPtrArray *ctl_sample_cases_new (CtlSampleStory *story, gboolean durham, guint64 n_more);
/** On which day @step of @self is done, or -1 where it is not; days since 1970-01-01. */
gint64 ctl_sample_case_get_day (CtlSampleCase *self, guint index, CtlSampleCaseStep step);
/** Does it. @psd, @acu and @decider are signed in. In a fiber. */
gboolean ctl_sample_case_do (CtlSampleCase    *self,
                             CtlSampleStory   *story,
                             guint             index,
                             CtlSampleCaseStep step,
                             ProbitySession   *psd,
                             ProbitySession   *acu,
                             ProbitySession   *decider,
                             GError          **error);

/** A day since 1970-01-01 in ISO form. (transfer full) */
char *ctl_sample_dup_day (gint64 day);
/** Adds a row of @part from name, value pairs. In a fiber. */
gboolean ctl_sample_add_row (ProbitySession        *session,
                             const ProbityCaseKind *kind,
                             const char            *reference,
                             const char            *part,
                             GError               **error,
                             ...) G_GNUC_NULL_TERMINATED;

/* The steps of the detailed conduct investigation (ctl-sample-conduct.c). In a fiber. */
gboolean ctl_sample_conduct_open_up (CtlSampleCase *self, CtlSamplePerson *person, ProbitySession *psd, GError **error);
gboolean ctl_sample_conduct_serve (CtlSampleCase *self, CtlSamplePerson *person, ProbitySession *psd, GError **error);
gboolean ctl_sample_conduct_inquire (CtlSampleCase *self, CtlSamplePerson *person, ProbitySession *psd, GError **error);
gboolean ctl_sample_conduct_report (CtlSampleCase *self, CtlSamplePerson *person, ProbitySession *psd, GError **error);

G_END_DECLS
