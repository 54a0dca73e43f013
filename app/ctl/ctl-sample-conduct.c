/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-sample-cases.h"

#include "probity-conduct.h"
#include "probity-investigation.h"

/* One conduct investigation from severity to findings, under the regulations of 2020: all that such a case holds. Invented. */

#define CONDUCT (&probity_conduct_case)

static char *
dup_later (CtlSampleCase *self,
           int            days)
{
  return ctl_sample_dup_day (self->received + days);
}

gboolean
ctl_sample_conduct_open_up (CtlSampleCase   *self,
                            CtlSamplePerson *person,
                            ProbitySession  *psd,
                            GError         **error)
{
  g_autofree char *occurred = dup_later (self, -12);
  g_autofree char *assessed = dup_later (self, 2);
  g_autoptr (ProbityRecord) allegation = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "allegation", "Looked up the vehicle of a neighbour with whom there is a dispute over a boundary, without a policing purpose, and told the result at home.");
  probity_values_set (values, "standard", "confidentiality");
  probity_values_set (values, "subject", person->staff_number);
  probity_values_set (values, "occurred_from", occurred);
  probity_values_set (values, "occurred_until", occurred);
  allegation = dex_await_boxed (probity_investigation_add_row (psd, probity_case_part_find (CONDUCT, "allegation"), self->reference, values), error);
  if (allegation == NULL)
    return FALSE;
  self->allegation = g_strdup (probity_record_get_uid (allegation));

  return dex_await (probity_case_set_stage (psd, CONDUCT, self->reference, "severity-assessment", "The allegation is recorded."), error) &&
         ctl_sample_add_row (psd, CONDUCT, self->reference, "severity", error, "subject", person->staff_number, "assessed", assessed, "severity", "misconduct", "proceedings", "meeting", "reasons", "A single look-up that was not passed on outside the household; serious enough for disciplinary action if shown to be true.", NULL);
}

gboolean
ctl_sample_conduct_serve (CtlSampleCase   *self,
                          CtlSamplePerson *person,
                          ProbitySession  *psd,
                          GError         **error)
{
  g_autofree char *day = dup_later (self, 9);

  return ctl_sample_add_row (psd, CONDUCT, self->reference, "referral", error, "if_true", "A police system was misused for a private end, once, and nothing was passed on outside the household.", "criterion", "none", "decided", day, "decision", "not-referred", "reasons", "If what is alleged were shown to be true it would meet none of the criteria for a mandatory referral, and nothing calls for a voluntary one.", NULL) &&
         ctl_sample_add_row (psd, CONDUCT, self->reference, "notice", error, "subject", person->staff_number, "served", day, "served_by", "The investigating officer, in person", "conduct_stated", "true", "severity_stated", "true", "proceedings_stated", "true", "advice_stated", "true", "representations_stated", "true", "inference_stated", "true", "terms_of_reference", "The look-ups of this vehicle by this officer in the year before the complaint, their purpose, and to whom the result was told.", NULL) &&
         dex_await (probity_case_set_stage (psd, CONDUCT, self->reference, "investigation", "The notice is served."), error);
}

gboolean
ctl_sample_conduct_inquire (CtlSampleCase   *self,
                            CtlSamplePerson *person,
                            ProbitySession  *psd,
                            GError         **error)
{
  g_autofree char *held = dup_later (self, 60);
  g_autofree char *assessed = dup_later (self, 62);
  g_autofree char *notified = dup_later (self, 64);

  return ctl_sample_add_row (psd, CONDUCT, self->reference, "interview", error, "subject", person->staff_number, "held", held, "place", "Professional Standards Department", "interviewers", "The investigating officer and a colleague", "companion", "Police friend from the staff association", "statement", "true", "summary", "Accepts two look-ups, not one; says that a number plate was thought to be cloned. No intelligence entry was made. Denies telling anybody.", NULL) &&
         ctl_sample_add_row (psd, CONDUCT, self->reference, "severity", error, "subject", person->staff_number, "assessed", assessed, "severity", "gross-misconduct", "proceedings", "hearing", "reasons", "There were two look-ups on two days, which a single lapse does not explain.", "notified", "The officer and the police friend, in writing", "notified_on", notified, NULL);
}

/* Twelve months on: the report as the case pre-fills it, and what only the investigator can say. */
static gboolean
add_report (CtlSampleCase  *self,
            ProbitySession *psd,
            GError        **error)
{
  const ProbityCasePart *part = probity_case_part_find (CONDUCT, "progress-report");
  g_autoptr (ProbityValues) prepared = dex_await_boxed (probity_conduct_prepare_report (psd, self->reference), error);
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_auto (GStrv) fields = prepared != NULL ? probity_values_dup_fields (prepared) : NULL;
  g_autofree char *end = dup_later (self, 480);
  g_autofree char *sent = dup_later (self, 365);

  if (prepared == NULL)
    return FALSE;
  for (guint i = 0; fields[i] != NULL; i++)
    if (probity_record_kind_find_field (part->record_kind, fields[i]) != NULL)
      probity_values_set (values, fields[i], probity_values_get (prepared, fields[i]));
  probity_values_set (values, "progress", "The audit of the system is complete, the officer and two witnesses are heard. The draft report is with the appropriate authority.");
  probity_values_set (values, "estimated_end", end);
  probity_values_set (values, "reason_for_time", "The audit of the look-ups came from another force after seven months; one witness was abroad.");
  probity_values_set (values, "planned_steps", "The appropriate authority determines whether there is a case to answer; a hearing is listed if there is.");
  probity_values_set (values, "sent", sent);
  if (probity_values_get (values, "sent_to") == NULL)
    probity_values_set (values, "sent_to", "The local policing body");
  probity_values_set (values, "officer_copy", sent);

  return dex_await (probity_investigation_add_row (psd, part, self->reference, values), error);
}

gboolean
ctl_sample_conduct_report (CtlSampleCase   *self,
                           CtlSamplePerson *person,
                           ProbitySession  *psd,
                           GError         **error)
{
  g_autofree char *decided = dup_later (self, 365);

  return add_report (self, psd, error) &&
         ctl_sample_add_row (psd, CONDUCT, self->reference, "finding", error, "subject", person->staff_number, "allegation", self->allegation, "finding", "case-to-answer", "level", "gross-misconduct", "forum", "investigation", "decided", decided, "reasons", "Two look-ups without a recorded purpose, of a person with whom there was a dispute.", NULL) &&
         ctl_sample_add_row (psd, CONDUCT, self->reference, "learning", error, "learning", "The system asks for a reason at each look-up, not once a shift.", "for_whom", "Information management", NULL);
}
