/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "ctl-sample-cases.h"
#include "ctl-sample-log.h"
#include "probity-check.h"
#include "probity-closing.h"
#include "probity-exhibit.h"
#include "probity-exposure.h"
#include "probity-instant.h"
#include "probity-investigation.h"

/*
 * Between September 2011 and May 2012 Derbyshire instigated 55 investigations into conduct and one
 * into a disclosure to the media, which was continuing; Durham 11 and none. HMIC referred four
 * social-media cases to Durham, and none to Derbyshire (HMIC, Revisiting police relationships, December
 * 2012). Everything else is invented.
 */

static const struct
{
  const char *title;
  const char *origin;
  const char *standard;
  const char *category;
} matters[] = {
  { "Hospitality not declared", "register-match", "honesty-integrity", "abuse-of-authority" },
  { "Vehicle of a neighbour looked up", "intelligence", "confidentiality", "misuse-of-systems" },
  { "Second job without approval", "report", "orders-instructions", "other" },
  { "Association not declared", "intelligence", "discreditable-conduct", "inappropriate-association" },
  { "Custody details told to a relative", "complaint", "confidentiality", "disclosure" },
  { "Gift accepted from a contractor", "register-match", "honesty-integrity", "abuse-of-authority" },
  { "Posts about a shift on a social network", "report", "discreditable-conduct", "other" },
  { "Crime record read without a reason", "report", "confidentiality", "misuse-of-systems" },
};

static gint64
get_day (int year,
         int month,
         int day)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 0, 0, 0);

  return g_date_time_to_unix (date) / (24 * 60 * 60);
}

char *
ctl_sample_dup_day (gint64 day)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (day * 24 * 60 * 60);

  return g_date_time_format (date, "%Y-%m-%d");
}

static void
free_case (gpointer data)
{
  CtlSampleCase *self = data;

  g_free (self->reference);
  g_free (self->allegation);
  g_free (self);
}

static CtlSampleCase *
add_case (GPtrArray      *cases,
          CtlSampleStory *story,
          gint64          received)
{
  CtlSampleCase *self = g_new0 (CtlSampleCase, 1);
  const guint    first = CTL_SAMPLE_N_ACCOUNTS + MAX (4, story->people->len / 12);

  self->person = first + (cases->len * 7 + 3) % (story->people->len - first);
  self->received = received;
  g_ptr_array_add (cases, self);

  return self;
}

GPtrArray *
ctl_sample_cases_new (CtlSampleStory *story,
                      gboolean        durham,
                      guint64         n_more)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (free_case);
  const guint  n_conduct = durham ? 11 : 55;
  const gint64 from = get_day (2011, 9, 1);
  const gint64 until = get_day (2012, 5, 31);

  /* The first and the last day of the window are days of it. */
  for (guint i = 0; i < n_conduct; i++)
    {
      CtlSampleCase *self = add_case (cases, story, from + (until - from) * i / (n_conduct - 1));

      self->decided = TRUE;
      if (i % 5 == 1)
        self->outcome = i % 2 == 0 ? "finding" : "no-further-action";
    }
  if (!durham)
    {
      CtlSampleCase *self = add_case (cases, story, get_day (2012, 2, 14));

      self->leak = self->decided = TRUE;

      /* Long after those days, so that it counts among none of them. */
      self = add_case (cases, story, get_day (2024, 10, 7));
      self->detailed = self->decided = TRUE;
    }
  for (guint i = 0; durham && i < 4; i++)
    add_case (cases, story, get_day (2012, 10, 8) + i * 3)->referral = TRUE;
  for (guint64 i = 0; i < n_more; i++)
    add_case (cases, story, get_day (2001, 1, 2) + (gint64) (i % 3800))->decided = i % 3 != 0;

  return g_steal_pointer (&cases);
}

gint64
ctl_sample_case_get_day (CtlSampleCase    *self,
                         guint             index,
                         CtlSampleCaseStep step)
{
  /* Those from before the casebook was made are entered when it was. */
  const gint64 opened = MAX (self->received, get_day (2011, 9, 1));

  switch (step)
    {
    case CTL_SAMPLE_CASE_OPEN:
      return opened;
    case CTL_SAMPLE_CASE_DETAIL:
      return self->leak || self->detailed || self->outcome != NULL ? opened + 2 : -1;
    case CTL_SAMPLE_CASE_SERVE:
      return self->detailed ? opened + 9 : -1;
    case CTL_SAMPLE_CASE_INQUIRE:
      return self->detailed ? opened + 64 : -1;
    case CTL_SAMPLE_CASE_REPORT:
      return self->detailed ? opened + 365 : -1;
    case CTL_SAMPLE_CASE_CHECK:
      return self->outcome != NULL ? opened + 60 + index % 30 : -1;
    case CTL_SAMPLE_CASE_PROPOSE:
      return self->outcome != NULL ? opened + 63 + index % 30 : -1;
    case CTL_SAMPLE_CASE_CLOSE:
      return self->outcome != NULL ? opened + 67 + index % 30 : -1;
    case CTL_SAMPLE_CASE_N_STEPS:
      break;
    }

  return -1;
}

static gboolean
open_leak (CtlSampleCase  *self,
           ProbitySession *acu,
           GError        **error)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityRecord) record = NULL;
  g_autofree char *day = ctl_sample_dup_day (self->received);

  probity_values_set (values, "title", "Details of an arrest in a newspaper");
  probity_values_set (values, "item", "Name, address and occupation of a man arrested on 8 February, as they stand in the custody record and nowhere else");
  probity_values_set (values, "item_marking", "official-sensitive");
  probity_values_set (values, "received", day);
  probity_values_set (values, "discovered", day);
  probity_values_set (values, "discovered_by", "Corporate communications, press cuttings");
  probity_values_set (values, "corruption_category", "disclosure");
  probity_values_set (values, "decided_to_investigate", day);
  probity_values_set (values, "investigate_reason", "The words printed can only have come from the custody record.");
  record = dex_await_boxed (probity_investigation_open (acu, &probity_leak_case, values, NULL), error);
  if (record == NULL)
    return FALSE;
  self->reference = g_strdup (probity_record_get_reference (record));

  return TRUE;
}

static gboolean
open_conduct (CtlSampleCase  *self,
              CtlSampleStory *story,
              guint           index,
              ProbitySession *psd,
              GError        **error)
{
  const guint      matter = self->referral ? 6 : self->detailed ? 1
                                                                : index % G_N_ELEMENTS (matters);
  CtlSamplePerson *person = g_ptr_array_index (story->people, self->person);
  ProbitySubject   subject = { .staff_number = person->staff_number };
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityRecord) record = NULL;
  g_autofree char *day = ctl_sample_dup_day (self->received);

  g_ptr_array_add (subjects, &subject);
  probity_values_set (values, "title", matters[matter].title);
  probity_values_set (values, "origin", self->referral ? "social-media-referral" : matters[matter].origin);
  probity_values_set (values, "received", day);
  probity_values_set (values, "corruption_category", matters[matter].category);
  if (g_str_equal (matters[matter].origin, "register-match"))
    probity_values_set (values, "register", "Gifts and hospitality");
  if (self->referral)
    {
      g_autofree char *reference = g_strdup_printf ("HMIC/SN/%03u", 100 + index);

      probity_values_set (values, "referrer", "HMIC");
      probity_values_set (values, "platform", index % 2 == 0 ? "Facebook" : "Twitter");
      probity_values_set (values, "capture", "Page as captured by the research commissioned by HMIC");
      probity_values_set (values, "external_reference", reference);
    }
  if (self->decided)
    {
      probity_values_set (values, "decided_to_investigate", day);
      probity_values_set (values, "investigate_reason", "What is alleged would breach the standards of professional behaviour.");
    }
  record = dex_await_boxed (probity_investigation_open (psd, &probity_conduct_case, values, subjects), error);
  if (record == NULL)
    return FALSE;
  self->reference = g_strdup (probity_record_get_reference (record));

  return TRUE;
}

gboolean
ctl_sample_add_row (ProbitySession        *session,
                    const ProbityCaseKind *kind,
                    const char            *reference,
                    const char            *part,
                    GError               **error,
                    ...)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  va_list args;

  va_start (args, error);
  for (const char *field = va_arg (args, const char *); field != NULL; field = va_arg (args, const char *))
    probity_values_set (values, field, va_arg (args, const char *));
  va_end (args);

  return dex_await (probity_investigation_add_row (session, probity_case_part_find (kind, part), reference, values), error);
}

#define PUBLISHED "2012-02-10T06:15:00.000Z"

/* Who opened custody records in the month before: one of them the one that was printed, from the place where it was read out. */
static gboolean
import_log (CtlSampleCase  *self,
            CtlSampleStory *story,
            ProbitySession *acu,
            GError        **error)
{
  const guint first = CTL_SAMPLE_N_ACCOUNTS + MAX (4, story->people->len / 12);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();
  g_autofree char *directory = g_dir_make_tmp ("probity-sample-XXXXXX", error);
  g_autofree char *path = directory != NULL ? g_build_filename (directory, "custody-log.csv", NULL) : NULL;
  g_autoptr (ProbityExposureLog) imported = NULL;
  CtlSampleLog          log = { .seed = 2012 };
  ProbityExposureSource source = {
    .path = path,
    .system = "CRIS",
    .authority = "Head of professional standards, in writing, 16 February 2012",
    .necessity = "The words printed stand in one custody record; who opened it before the publication cannot be learnt otherwise.",
    .period_from = "2012-01-11",
    .period_to = "2012-02-11",
    .time_zone = "UTC",
    .clock_error = 60,
  };

  if (path == NULL)
    return FALSE;
  for (guint i = first; i < story->people->len; i++)
    g_ptr_array_add (numbers, ((CtlSamplePerson *) g_ptr_array_index (story->people, i))->staff_number);
  g_ptr_array_add (numbers, NULL);
  log.staff_numbers = (const char *const *) numbers->pdata;
  log.source = g_ptr_array_index (numbers, 41);
  if (probity_instant_to_ms (PUBLISHED, &log.published_ms))
    {
      GString *csv = ctl_sample_log_make (&log);

      if (g_file_set_contents (path, csv->str, (gssize) csv->len, error))
        imported = dex_await_boxed (probity_exposure_import (acu, self->reference, &source, NULL, NULL), error);
      g_string_free (csv, TRUE);
    }
  g_unlink (path);
  g_rmdir (directory);

  return imported != NULL;
}

/* The page as it was seen, taken in and named by its publication. */
static char *
take_in_page (CtlSampleCase  *self,
              ProbitySession *acu,
              GError        **error)
{
  static const char page[] = "Dale Evening Courier, Friday 10 February 2012\n"
                             "\n"
                             "ROOFER HELD AFTER QUARRY BANK INCIDENT\n"
                             "\n"
                             "Police have arrested a 44-year-old roofer of Quarry Bank, the Courier has learnt.\n"
                             "He was taken into custody on Wednesday. The force would not comment.\n"
                             "\n"
                             "Captured from https://courier.example/news/2012/02/10/roofer-held on 14 February 2012.\n";
  g_autofree char  *directory = g_dir_make_tmp ("probity-sample-XXXXXX", error);
  g_autofree char  *path = directory != NULL ? g_build_filename (directory, "courier-2012-02-10.txt", NULL) : NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (ProbityExhibit) exhibit = NULL;

  if (path == NULL)
    return NULL;
  probity_values_set (values, "description", "Page of the Courier's website as captured");
  probity_values_set (values, "received_from", "Corporate communications");
  if (g_file_set_contents (path, page, -1, error))
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);

      exhibit = dex_await_boxed (probity_exhibit_add (acu, self->reference, file, values, NULL, NULL), error);
    }
  g_unlink (path);
  g_rmdir (directory);

  return exhibit != NULL ? g_strdup (exhibit->reference) : NULL;
}

static gboolean
detail_leak (CtlSampleCase  *self,
             CtlSampleStory *story,
             ProbitySession *acu,
             GError        **error)
{
  g_autofree char *page = take_in_page (self, acu, error);

  return page != NULL &&
         import_log (self, story, acu, error) &&
         ctl_sample_add_row (acu, &probity_leak_case, self->reference, "record", error, "system", "CRIS", "record", CTL_SAMPLE_LOG_RECORD, "description", "Custody record of the man arrested on 8 February", "held_since", "2012-02-08", "words", "a 44-year-old roofer of Quarry Bank", NULL) &&
         ctl_sample_add_row (acu, &probity_leak_case, self->reference, "publication", error, "outlet", "Dale Evening Courier", "author", "Crime desk", "platform", "newspaper and website", "address", "https://courier.example/news/2012/02/10/roofer-held", "published", PUBLISHED, "quoted_words", "a 44-year-old roofer of Quarry Bank", "earliest_seen", "2012-02-10T07:40:00Z", "seen_by", "Corporate communications", "how_captured", "Saved as text from the browser and printed", "capture_exhibit", page, NULL) &&
         ctl_sample_add_row (acu, &probity_leak_case, self->reference, "outlet", error, "outlet", "Dale Evening Courier", "journalist", "Not named", "contact_finding", "no-record", "recorded_contact", "6 to 10 February, media contact record of corporate communications", NULL) &&
         ctl_sample_add_row (acu, &probity_leak_case, self->reference, "harm", error, "kind", "person", "to_whom", "The man arrested, released without charge", "description", "Named at home before any charge", "severity", "high", NULL) &&
         ctl_sample_add_row (acu, &probity_leak_case, self->reference, "line", error, "title", "Who opened the custody record before it was printed", "reason", "The words stand in no other system", "state", "open", NULL);
}

static gboolean
detail_conduct (CtlSampleCase  *self,
                CtlSampleStory *story,
                guint           index,
                ProbitySession *psd,
                GError        **error)
{
  CtlSamplePerson *person = g_ptr_array_index (story->people, self->person);
  g_autofree char *day = ctl_sample_dup_day (self->received + 2);
  const guint      matter = index % G_N_ELEMENTS (matters);

  return ctl_sample_add_row (psd, &probity_conduct_case, self->reference, "allegation", error, "allegation", matters[matter].title, "standard", matters[matter].standard, "subject", person->staff_number, NULL) &&
         ctl_sample_add_row (psd, &probity_conduct_case, self->reference, "severity", error, "subject", person->staff_number, "assessed", day, "severity", "misconduct", "proceedings", "meeting", "reasons", "Serious enough for disciplinary action if shown to be true; not for dismissal.", NULL);
}

static gboolean
check (const char      *reference,
       ProbityCheckKind kind,
       ProbitySession  *acu,
       GError         **error)
{
  g_autoptr (ProbityCheck) run = dex_await_boxed (probity_check_run (acu, reference, NULL, kind), error);

  if (run == NULL)
    return FALSE;
  for (guint i = 0; i < run->hits->len; i++)
    {
      ProbityHit *hit = g_ptr_array_index (run->hits, i);

      if (hit->verdict == NULL &&
          !dex_await (probity_check_assess (acu,
                                            reference,
                                            hit->id,
                                            hit->score >= 0.95 ? "not-relevant" : "not-the-same-person",
                                            hit->score >= 0.95 ? "Read; another matter." : "Other date of birth and station."),
                      error))
        return FALSE;
    }

  return dex_await (probity_check_publish (acu, reference, NULL, kind, FALSE, NULL), error);
}

gboolean
ctl_sample_case_do (CtlSampleCase    *self,
                    CtlSampleStory   *story,
                    guint             index,
                    CtlSampleCaseStep step,
                    ProbitySession   *psd,
                    ProbitySession   *acu,
                    ProbitySession   *decider,
                    GError          **error)
{
  CtlSamplePerson *person = g_ptr_array_index (story->people, self->person);

  switch (step)
    {
    case CTL_SAMPLE_CASE_OPEN:
      return self->leak ? open_leak (self, acu, error) : open_conduct (self, story, index, psd, error);
    case CTL_SAMPLE_CASE_DETAIL:
      if (self->detailed)
        return ctl_sample_conduct_open_up (self, person, psd, error);
      return self->leak ? detail_leak (self, story, acu, error) : detail_conduct (self, story, index, psd, error);
    case CTL_SAMPLE_CASE_SERVE:
      return ctl_sample_conduct_serve (self, person, psd, error);
    case CTL_SAMPLE_CASE_INQUIRE:
      return ctl_sample_conduct_inquire (self, person, psd, error);
    case CTL_SAMPLE_CASE_REPORT:
      return ctl_sample_conduct_report (self, person, psd, error);
    case CTL_SAMPLE_CASE_CHECK:
      return check (self->reference, PROBITY_CHECK_COMPLAINTS, acu, error) && check (self->reference, PROBITY_CHECK_INTELLIGENCE, acu, error);
    case CTL_SAMPLE_CASE_PROPOSE:
      return dex_await (probity_closing_propose (psd, self->reference, self->outcome, "The report of the investigation is complete."), error);
    case CTL_SAMPLE_CASE_CLOSE:
      return dex_await (probity_closing_close (decider, self->reference, self->outcome, "As the report of the investigation recommends.", NULL), error);
    case CTL_SAMPLE_CASE_N_STEPS:
      break;
    }
  g_return_val_if_reached (FALSE);
}
