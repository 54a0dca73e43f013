/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>

#include "ctl-call.h"
#include "ctl-sample-cases.h"
#include "ctl-sample-files.h"
#include "ctl-sample-follow-up.h"
#include "ctl-sample-story.h"
#include "ctl-sample.h"
#include "probity-check.h"
#include "probity-second-job.h"

#define DAY_USEC (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

/* Opens two days before the first application that the founding reports count. */
#define FIRST_INSTANT "2011-09-01T07:00:00.000Z"

typedef enum
{
  STEP_SUBMIT,
  STEP_COMMENT_LINE_MANAGER,
  STEP_COMMENT_HEAD_OF_HR,
  STEP_CHECK_COMPLAINTS,
  STEP_CHECK_INTELLIGENCE,
  STEP_VIEW,
  STEP_DECIDE,
  STEP_WITHDRAW,
  STEP_REVIEW,
  STEP_CASE, /* and what follows: steps of an investigation */
} Step;

typedef struct
{
  gint64 at; /* microseconds since 1970 */
  guint  job;
  Step   step;
} Event;

typedef struct
{
  const CtlSampleOptions *options;
  CtlSampleStory         *story;
  ProbityClock           *clock;
  ProbitySession         *sessions[CTL_SAMPLE_N_ACCOUNTS];
  GStrv                   references; /* by job; "" before it is submitted */
  GPtrArray              *cases;      /* CtlSampleCase; `job` of their events */
  GArray                 *events;
  char                   *directory;
  gboolean                durham;
} Sample;

typedef struct
{
  const char  *name;
  ProbityRoles role;
} Account;

static const Account accounts[CTL_SAMPLE_N_ACCOUNTS] = {
  [CTL_SAMPLE_LINE_MANAGER] = { "line-manager", PROBITY_ROLE_LINE_MANAGER },
  [CTL_SAMPLE_HR_OFFICER] = { "hr-officer", PROBITY_ROLE_HR_OFFICER },
  [CTL_SAMPLE_HEAD_OF_HR] = { "head-of-hr", PROBITY_ROLE_HEAD_OF_HR },
  [CTL_SAMPLE_PSD_OFFICER] = { "psd-officer", PROBITY_ROLE_PSD_OFFICER },
  [CTL_SAMPLE_ACU_OFFICER] = { "acu-officer", PROBITY_ROLE_ACU_OFFICER },
  [CTL_SAMPLE_DECIDER] = { "decider", PROBITY_ROLE_DECIDER },
  [CTL_SAMPLE_ADMINISTRATOR] = { "administrator", PROBITY_ROLE_ADMINISTRATOR },
};

static void
set_clock (Sample *sample,
           gint64  usec)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (usec / G_USEC_PER_SEC);
  g_autofree char *instant = g_date_time_format (seconds, "%Y-%m-%dT%H:%M:%S.000Z");

  probity_clock_set (sample->clock, instant);
}

static CtlSamplePerson *
get_person (Sample *sample,
            guint   index)
{
  return g_ptr_array_index (sample->story->people, index);
}

static CtlSampleJob *
get_job (Sample *sample,
         guint   index)
{
  return g_ptr_array_index (sample->story->jobs, index);
}

/* --- What happens when --- */

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  const Event *first = a;
  const Event *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  return (int) first->step - (int) second->step;
}

/* @days after the receipt, at an hour that differs from case to case. */
static void
plan (Sample *sample,
      guint   job,
      int     days,
      Step    step)
{
  Event event = { .job = job, .step = step };

  event.at = (get_job (sample, job)->received + days) * DAY_USEC +
             (9 * 60 + (job * 7 + step * 23) % 420) * G_GINT64_CONSTANT (60) * G_USEC_PER_SEC;
  g_array_append_val (sample->events, event);
}

/* Each registered job is returned on once a year; every thirteenth is left due. */
static void
plan_reviews (Sample *sample,
              guint   job,
              gint64  now)
{
  gint64 decided = (get_job (sample, job)->received + 12) * DAY_USEC;
  int    n_years = (int) ((now - decided) / (365 * DAY_USEC));

  if (job % 13 == 6)
    n_years--;
  for (int year = 1; year <= n_years; year++)
    plan (sample, job, 12 + year * 365 - 20 + (int) (job % 15), STEP_REVIEW);
}

static void
plan_job (Sample *sample,
          guint   index,
          gint64  now)
{
  CtlSampleJob *job = get_job (sample, index);

  plan (sample, index, 0, STEP_SUBMIT);
  if (!sample->durham)
    {
      plan (sample, index, 2, STEP_COMMENT_LINE_MANAGER);
      plan (sample, index, 4, STEP_COMMENT_HEAD_OF_HR);
    }
  switch (job->end)
    {
    case CTL_SAMPLE_WITHDRAWN:
      plan (sample, index, 5, STEP_WITHDRAW);
      return;
    case CTL_SAMPLE_PENDING:
      return;
    case CTL_SAMPLE_APPROVED:
    case CTL_SAMPLE_APPROVED_WITH_CONDITIONS:
    case CTL_SAMPLE_REFUSED:
      break;
    }

  plan (sample, index, 6, STEP_CHECK_COMPLAINTS);
  plan (sample, index, 7, STEP_CHECK_INTELLIGENCE);
  if (!sample->durham)
    plan (sample, index, 9, STEP_VIEW);
  plan (sample, index, 11, STEP_DECIDE);
  if (job->end != CTL_SAMPLE_REFUSED)
    plan_reviews (sample, index, now);
}

static void
plan_case (Sample *sample,
           guint   index)
{
  for (guint step = 0; step < CTL_SAMPLE_CASE_N_STEPS; step++)
    {
      Event  event = { .job = index, .step = STEP_CASE + step };
      gint64 day = ctl_sample_case_get_day (g_ptr_array_index (sample->cases, index), index, (CtlSampleCaseStep) step);

      event.at = day * DAY_USEC + (9 * 60 + (index * 11 + step * 19) % 420) * G_GINT64_CONSTANT (60) * G_USEC_PER_SEC;
      if (day >= 0)
        g_array_append_val (sample->events, event);
    }
}

/* --- Doing it --- */

static gboolean
submit (Sample  *sample,
        guint    index,
        GError **error)
{
  CtlSampleJob *job = get_job (sample, index);
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (job->received * 24 * 60 * 60);
  g_autofree char *received = g_date_time_format (day, "%Y-%m-%d");
  g_autoptr (GDateTime) later = g_date_time_add_days (day, 45);
  g_autofree char *start = g_date_time_format (later, "%Y-%m-%d");
  char             hours[G_ASCII_DTOSTR_BUF_SIZE];

  probity_values_set (values, "staff_number", get_person (sample, job->person)->staff_number);
  probity_values_set (values, "employer", job->employer);
  probity_values_set (values, "category", job->category);
  probity_values_set (values, "nature", job->nature);
  probity_values_set (values, "paid", job->paid ? "true" : "false");
  probity_values_set (values, "weekly_hours", g_ascii_formatd (hours, sizeof hours, "%.1f", job->weekly_hours));
  probity_values_set (values, "start", start);
  probity_values_set (values, "received", received);

  record = dex_await_boxed (probity_second_job_submit (sample->sessions[CTL_SAMPLE_HR_OFFICER], values), error);
  if (record == NULL)
    return FALSE;
  g_free (sample->references[index]);
  sample->references[index] = g_strdup (probity_record_get_reference (record));
  return TRUE;
}

/* The account line-manager comments on its own people; other managers did so on paper. */
static gboolean
comment_line_manager (Sample  *sample,
                      guint    index,
                      GError **error)
{
  static const char *const texts[] = {
    "Performance and attendance are good. The hours are outside the shift pattern.",
    "No concerns about performance; sickness record is clear. Rest days are kept.",
    "A reliable officer. The work has no bearing on policing duties.",
  };
  CtlSamplePerson *person = get_person (sample, get_job (sample, index)->person);
  gboolean         own = g_str_equal (person->line_manager, get_person (sample, CTL_SAMPLE_LINE_MANAGER)->staff_number);

  return dex_await (probity_second_job_comment (sample->sessions[own ? CTL_SAMPLE_LINE_MANAGER : CTL_SAMPLE_HR_OFFICER],
                                                sample->references[index],
                                                "line-manager",
                                                texts[index % G_N_ELEMENTS (texts)],
                                                get_job (sample, index)->end != CTL_SAMPLE_REFUSED,
                                                NULL,
                                                own ? NULL : person->line_manager),
                    error);
}

static gboolean
check (Sample          *sample,
       guint            index,
       ProbityCheckKind kind,
       GError         **error)
{
  ProbitySession *session = sample->sessions[kind == PROBITY_CHECK_COMPLAINTS ? CTL_SAMPLE_PSD_OFFICER : CTL_SAMPLE_ACU_OFFICER];
  const char     *reference = sample->references[index];
  gboolean        concern = get_job (sample, index)->end == CTL_SAMPLE_REFUSED && kind == PROBITY_CHECK_INTELLIGENCE;
  g_autoptr (ProbityCheck) run = dex_await_boxed (probity_check_run (session, reference, NULL, kind), error);

  if (run == NULL)
    return FALSE;
  for (guint i = 0; i < run->hits->len; i++)
    {
      ProbityHit *hit = g_ptr_array_index (run->hits, i);
      gboolean    same = hit->score >= 0.95;

      if (hit->verdict != NULL)
        continue;
      if (!dex_await (probity_check_assess (session,
                                            reference,
                                            hit->id,
                                            !same ? "not-the-same-person" : concern ? "relevant"
                                                                                    : "not-relevant",
                                            !same ? "Other date of birth and station." : "Read; bears on the application only as far as the result says."),
                      error))
        return FALSE;
    }

  return dex_await (probity_check_publish (session, reference, NULL, kind, concern, NULL), error);
}

static gboolean
decide (Sample  *sample,
        guint    index,
        GError **error)
{
  static const char *const conditions[] = { "No use of force equipment, uniform or information.", "Not more than eight hours a week; rest days are kept.", NULL };
  CtlSampleEnd             end = get_job (sample, index)->end;
  g_autoptr (ProbityRecord) record = NULL;
  ProbityDecision decision = { .action = "approve", .open_reasons = "No conflict with the office or duties of the applicant was found." };

  if (end == CTL_SAMPLE_APPROVED_WITH_CONDITIONS)
    {
      decision.action = "approve-with-conditions";
      decision.conditions = conditions;
    }
  else if (end == CTL_SAMPLE_REFUSED)
    {
      decision.action = "refuse";
      decision.open_reasons = "The work could be seen to interfere with the impartial discharge of the applicant's duties.";
    }

  record = dex_await_boxed (probity_second_job_decide (sample->sessions[sample->durham ? CTL_SAMPLE_DECIDER : CTL_SAMPLE_HEAD_OF_HR],
                                                       sample->references[index],
                                                       &decision),
                            error);
  return record != NULL;
}

static gboolean
do_event (Sample      *sample,
          const Event *event,
          GError     **error)
{
  const char *reference;

  set_clock (sample, event->at);
  if (event->step >= STEP_CASE)
    return ctl_sample_case_do (g_ptr_array_index (sample->cases, event->job),
                               sample->story,
                               event->job,
                               (CtlSampleCaseStep) (event->step - STEP_CASE),
                               sample->sessions[CTL_SAMPLE_PSD_OFFICER],
                               sample->sessions[CTL_SAMPLE_ACU_OFFICER],
                               sample->sessions[CTL_SAMPLE_DECIDER],
                               error);

  reference = sample->references[event->job];
  switch (event->step)
    {
    case STEP_SUBMIT:
      return submit (sample, event->job, error);
    case STEP_COMMENT_LINE_MANAGER:
      return comment_line_manager (sample, event->job, error);
    case STEP_COMMENT_HEAD_OF_HR:
      return dex_await (probity_second_job_comment (sample->sessions[CTL_SAMPLE_HEAD_OF_HR],
                                                    reference,
                                                    "head-of-hr",
                                                    "Within the policy on second jobs; hours are below the average limit.",
                                                    TRUE,
                                                    NULL,
                                                    NULL),
                        error);
    case STEP_CHECK_COMPLAINTS:
      return check (sample, event->job, PROBITY_CHECK_COMPLAINTS, error);
    case STEP_CHECK_INTELLIGENCE:
      return check (sample, event->job, PROBITY_CHECK_INTELLIGENCE, error);
    case STEP_VIEW:
      return dex_await (probity_second_job_view (sample->sessions[CTL_SAMPLE_DECIDER],
                                                 reference,
                                                 get_job (sample, event->job)->end == CTL_SAMPLE_REFUSED,
                                                 NULL),
                        error);
    case STEP_DECIDE:
      return decide (sample, event->job, error);
    case STEP_WITHDRAW:
      return dex_await (probity_second_job_withdraw (sample->sessions[CTL_SAMPLE_HR_OFFICER], reference, "The applicant no longer wants the work."), error);
    case STEP_REVIEW:
      return dex_await (probity_second_job_review (sample->sessions[CTL_SAMPLE_HR_OFFICER], reference, "no-change", NULL, "Return received"), error);
    case STEP_CASE:
      break;
    }
  g_return_val_if_reached (FALSE);
}

/* --- The whole --- */

static gboolean
make_accounts (Sample  *sample,
               GError **error)
{
  ProbityCreateOptions create = {
    .folder = sample->options->folder,
    .profile = sample->options->force,
    .account = accounts[CTL_SAMPLE_ADMINISTRATOR].name,
    .roles = accounts[CTL_SAMPLE_ADMINISTRATOR].role,
    .staff_number = get_person (sample, CTL_SAMPLE_ADMINISTRATOR)->staff_number,
    .passphrase = CTL_SAMPLE_PASSPHRASE,
    .cost = probity_key_cost_standard,
    .clock = sample->clock,
    .sample = TRUE,
  };

  if (!dex_await (probity_session_create_casebook (&create), error))
    return FALSE;

  /* The administrator's session adds the others, so it is opened first. */
  for (int i = CTL_SAMPLE_ADMINISTRATOR; i >= 0; i--)
    {
      if (i != CTL_SAMPLE_ADMINISTRATOR &&
          !dex_await (probity_session_add_account (sample->sessions[CTL_SAMPLE_ADMINISTRATOR],
                                                   accounts[i].name,
                                                   accounts[i].role,
                                                   get_person (sample, i)->staff_number,
                                                   CTL_SAMPLE_PASSPHRASE),
                      error))
        return FALSE;
      sample->sessions[i] = dex_await_object (probity_session_sign_in (sample->options->folder, accounts[i].name, CTL_SAMPLE_PASSPHRASE, sample->clock), error);
      if (sample->sessions[i] == NULL)
        return FALSE;
    }

  /* The chief officer is nobody's subordinate in the staff list of the story. */
  if (!dex_await (probity_session_add_account (sample->sessions[CTL_SAMPLE_ADMINISTRATOR], "chief-officer", PROBITY_ROLE_CHIEF_OFFICER, NULL, CTL_SAMPLE_PASSPHRASE), error))
    return FALSE;

  /* Who investigates a leak does not make its checks: one more ACU officer, a sergeant of the story. */
  return dex_await (probity_session_add_account (sample->sessions[CTL_SAMPLE_ADMINISTRATOR],
                                                 "acu-researcher",
                                                 PROBITY_ROLE_ACU_OFFICER,
                                                 get_person (sample, CTL_SAMPLE_N_ACCOUNTS)->staff_number,
                                                 CTL_SAMPLE_PASSPHRASE),
                    error);
}

/* --- What followed: an appeal that is open, a condition that was not kept, a job on the watch list --- */

static const char *
find_reference (Sample      *sample,
                CtlSampleEnd end)
{
  for (guint i = sample->story->jobs->len; i > 0; i--)
    if (get_job (sample, i - 1)->end == end && *sample->references[i - 1] != '\0')
      return sample->references[i - 1];

  return NULL;
}

/* This morning, unless that is still to come: what was done in the future would be before all that is done now. */
static gboolean
follow_up (Sample  *sample,
           gint64   now,
           gint64   today,
           GError **error)
{
  set_clock (sample, MIN (today + 7 * G_TIME_SPAN_HOUR, now));

  return ctl_sample_follow_up (find_reference (sample, CTL_SAMPLE_REFUSED),
                               find_reference (sample, CTL_SAMPLE_APPROVED_WITH_CONDITIONS),
                               sample->sessions,
                               today,
                               error);
}

static gboolean
make (Sample  *sample,
      gint64   now,
      gint64   today,
      GError **error)
{
  CtlSampleFiles files = { sample->story, sample->sessions, sample->directory, sample->options->seed };

  if (!make_accounts (sample, error) ||
      !ctl_sample_import_people (&files, error) ||
      !ctl_sample_import_complaints (&files, error) ||
      !ctl_sample_import_reports (&files, error) ||
      !ctl_sample_import_register (&files, sample->options->n_second_jobs, error) ||
      !ctl_sample_import_records (&files, sample->options->n_records, error))
    return FALSE;

  for (guint i = 0; i < sample->events->len; i++)
    if (!do_event (sample, &g_array_index (sample->events, Event, i), error))
      {
        g_prefix_error (error, "Sample, step %u of %u: ", i + 1, sample->events->len);
        return FALSE;
      }

  return follow_up (sample, now, today, error) && ctl_sample_seal (get_person (sample, CTL_SAMPLE_N_ACCOUNTS)->staff_number, sample->sessions, error);
}

static void
close_sessions (Sample *sample)
{
  for (guint i = 0; i < CTL_SAMPLE_N_ACCOUNTS; i++)
    if (sample->sessions[i] != NULL)
      {
        dex_await (probity_session_sign_out (sample->sessions[i]), NULL);
        g_clear_object (&sample->sessions[i]);
      }
}

gboolean
ctl_sample_make (const CtlSampleOptions *options,
                 GError                **error)
{
  Sample   sample = { .options = options };
  gint64   now = options->now != 0 ? options->now : g_get_real_time ();
  gint64   today = now / DAY_USEC * DAY_USEC;
  gboolean done;

  sample.durham = g_str_equal (options->force, "durham");
  if (!sample.durham && !g_str_equal (options->force, "derbyshire"))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "There is a sample of derbyshire and durham, not of “%s”", options->force);
      return FALSE;
    }
  sample.directory = g_dir_make_tmp ("probity-sample-XXXXXX", error);
  if (sample.directory == NULL)
    return FALSE;

  sample.story = ctl_sample_story_new (options->force, (guint) options->n_people, (guint32) options->seed);
  sample.clock = probity_clock_new_fixed (FIRST_INSTANT);
  sample.references = g_new0 (char *, sample.story->jobs->len + 1);
  sample.events = g_array_new (FALSE, FALSE, sizeof (Event));
  for (guint i = 0; i < sample.story->jobs->len; i++)
    {
      sample.references[i] = g_strdup ("");
      plan_job (&sample, i, today);
    }
  sample.cases = ctl_sample_cases_new (sample.story, sample.durham, options->n_cases);
  for (guint i = 0; i < sample.cases->len; i++)
    plan_case (&sample, i);
  g_array_sort (sample.events, compare_events);

  done = make (&sample, now, today, error);

  close_sessions (&sample);
  g_rmdir (sample.directory);
  g_free (sample.directory);
  g_array_unref (sample.events);
  g_ptr_array_unref (sample.cases);
  g_strfreev (sample.references);
  probity_clock_unref (sample.clock);
  ctl_sample_story_free (sample.story);

  return done;
}
