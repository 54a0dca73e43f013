/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who is in a sample casebook and what happened to whom, before any of it is done. */

typedef struct
{
  char *staff_number;
  char *forenames, *surname, *known_as, *former_names;
  char *rank, *unit, *line_manager, *employment_group;
  char *date_of_birth, *address, *postcode;
} CtlSamplePerson;

typedef enum
{
  CTL_SAMPLE_APPROVED,
  CTL_SAMPLE_APPROVED_WITH_CONDITIONS,
  CTL_SAMPLE_REFUSED,
  CTL_SAMPLE_WITHDRAWN,
  CTL_SAMPLE_PENDING,
} CtlSampleEnd;

typedef struct
{
  guint        person; /* index of the applicant */
  char        *employer;
  const char  *category;
  const char  *nature;
  gboolean     paid;
  double       weekly_hours;
  gint64       received; /* days since 1970-01-01 */
  CtlSampleEnd end;
} CtlSampleJob;

typedef struct
{
  char *reference, *received, *complainant, *staff_number, *subject_name, *date_of_birth;
  char *allegation, *status, *finalised, *result;
} CtlSampleComplaint;

typedef struct
{
  char       *reference, *date, *category, *text, *sanitised_text, *staff_number, *subject_name, *date_of_birth;
  const char *source_evaluation, *information_assessment, *handling_code;
} CtlSampleReport;

typedef struct
{
  GPtrArray *people;     /* CtlSamplePerson; those of the accounts come first, see below */
  GPtrArray *jobs;       /* CtlSampleJob in order of receipt */
  GPtrArray *complaints; /* CtlSampleComplaint */
  GPtrArray *reports;    /* CtlSampleReport */
} CtlSampleStory;

/* The people behind the accounts, as indices of `people`. */
enum
{
  CTL_SAMPLE_LINE_MANAGER,
  CTL_SAMPLE_HR_OFFICER,
  CTL_SAMPLE_HEAD_OF_HR,
  CTL_SAMPLE_PSD_OFFICER,
  CTL_SAMPLE_ACU_OFFICER,
  CTL_SAMPLE_DECIDER,
  CTL_SAMPLE_ADMINISTRATOR,
  CTL_SAMPLE_N_ACCOUNTS,
};

/** @force is derbyshire or durham; the same seed gives the same story. */
CtlSampleStory *ctl_sample_story_new (const char *force, guint n_people, guint32 seed);
void            ctl_sample_story_free (CtlSampleStory *self);
/** Another employer's name. (transfer full) */
char *ctl_sample_dup_employer (GRand *rand, guint trade);
/** The trades that applications are drawn from. */
guint       ctl_sample_get_n_trades (void);
const char *ctl_sample_get_trade_category (guint trade);
const char *ctl_sample_get_trade_nature (guint trade);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlSampleStory, ctl_sample_story_free)

G_END_DECLS
