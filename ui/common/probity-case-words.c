/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-words.h"

#include <glib/gi18n.h>

#include "probity-format.h"
#include "probity-labels.h"
#include "probity-words.h"

#define DAY_LENGTH 10

/* What happens to every case; what its kind adds comes after. */
static const ProbityWords events[] = {
  { "action:added", N_ ("Action added") },
  { "action:assigned", N_ ("Action given to somebody else") },
  { "action:soft-deadline", N_ ("Aim of an action moved") },
  { "action:hard-deadline", N_ ("Deadline of an action moved") },
  { "action:started", N_ ("Action started") },
  { "action:done", N_ ("Action done") },
  { "action:cancelled", N_ ("Action cancelled") },
  { "log:note", N_ ("Note") },
  { "log:enquiry", N_ ("Enquiry") },
  { "log:contact", N_ ("Contact") },
  { "log:meeting", N_ ("Meeting") },
  { "log:advice", N_ ("Advice") },
  { "log:disclosure", N_ ("Disclosure") },
  { "log:correction", N_ ("Correction of the log") },
  { "log-decision", N_ ("Decision recorded") },
  { "log-decision:amended", N_ ("Decision amended") },
  { "checklist:applied", N_ ("Checklist put to the case") },
  { "checklist:done", N_ ("Checklist: done") },
  { "checklist:not-applicable", N_ ("Checklist: does not apply") },
  { "checklist:open", N_ ("Checklist: opened again") },
  { "link-removed", N_ ("Link removed") },
  { "exhibit", N_ ("Exhibit taken in") },
  { "complaint-received", N_ ("Complaint received") },
  { "complaint-finalised", N_ ("Complaint finalised") },
  { "report", N_ ("Intelligence report") },

  { "subject-added", N_ ("Subject added") },
  { "subject-eliminated", N_ ("Subject eliminated") },
  { "publication", N_ ("Publication recorded") },
  { "log-imported", N_ ("Access log imported") },
  { "log-set-aside", N_ ("Access log set aside") },
  { "log-taken-in-again", N_ ("Access log taken in again") },
  { "line-of-enquiry", N_ ("Line of enquiry") },
  { "public-interest-assessment", N_ ("Public interest assessed") },
  { "allegation", N_ ("Allegation recorded") },
  { "severity:misconduct", N_ ("Severity: misconduct") },
  { "severity:gross-misconduct", N_ ("Severity: gross misconduct") },
  { "severity:neither", N_ ("Severity: neither misconduct nor gross misconduct") },
  { "notice-served", N_ ("Notice of investigation given") },
  { "notice-withheld", N_ ("Notice of investigation withheld") },
  { "referral:mandatory", N_ ("Referral: a criterion is met") },
  { "referral:voluntary", N_ ("Referral: voluntary") },
  { "referral:not-referred", N_ ("Referral: not referred") },
  { "progress-report", N_ ("Statutory report") },
  { "interview", N_ ("Interview") },
  { "finding:case-to-answer", N_ ("Finding: case to answer") },
  { "finding:no-case-to-answer", N_ ("Finding: no case to answer") },
  { "finding:proved", N_ ("Finding: proved") },
  { "finding:not-proved", N_ ("Finding: not proved") },
  { "finding:withdrawn", N_ ("Finding: withdrawn") },
  { "finding:discontinued", N_ ("Finding: discontinued") },
  { "reflective-practice", N_ ("Reflective practice") },
  { "closing-proposed", N_ ("Closing proposed") },
  { "closing-decided", N_ ("Closed") },

  { "stage:submitted", N_ ("Application submitted") },
  { "stage:with-professional-standards", N_ ("With professional standards") },
  { "stage:registered", N_ ("Entered in the register") },
  { "commented:line-manager:supports", N_ ("Line manager’s comment: supports it") },
  { "commented:line-manager:does-not-support", N_ ("Line manager’s comment: does not support it") },
  { "commented:head-of-hr:supports", N_ ("Head of HR’s comment: supports it") },
  { "commented:head-of-hr:does-not-support", N_ ("Head of HR’s comment: does not support it") },
  { "stand-in", N_ ("Stand-in named") },
  { "waived:line-manager", N_ ("Line manager’s comment waived") },
  { "waived:head-of-hr", N_ ("Head of HR’s comment waived") },
  { "decision:approve", N_ ("Decision: approved") },
  { "decision:approve-with-conditions", N_ ("Decision: approved with conditions") },
  { "decision:refuse", N_ ("Decision: refused") },
  { "decision:defer", N_ ("Decision: deferred until facts are there") },
  { "stage:appeal", N_ ("Under appeal") },
  { "stage:upheld", N_ ("Appeal upheld") },
  { "stage:dismissed", N_ ("Appeal dismissed") },
  { "letter-served", N_ ("Letter served") },
  { "appeal:lodged", N_ ("Appeal lodged") },
  { "appeal:upheld", N_ ("Chief officer: appeal upheld") },
  { "appeal:dismissed", N_ ("Chief officer: appeal dismissed") },
  { "appeal:withdrawn", N_ ("Appeal not pursued") },
  { "appeal-bundle", N_ ("Reasons sealed to the chief officer") },
  { "condition:complied", N_ ("Condition kept") },
  { "condition:not-complied", N_ ("Condition not kept") },
  { "condition:not-applicable", N_ ("Condition does not apply any more") },
  { "condition-answered", N_ ("Answer to a condition that was not kept") },
  { "watch:begun", N_ ("Put on the watch list") },
  { "watch:observation", N_ ("Watch list: observed") },
  { "watch:review", N_ ("Watch list: looked at") },
  { "watch:ended", N_ ("Watch list: ended") },
  { "review-chase", N_ ("Annual return chased") },
  { "review:no-change", N_ ("Annual return: no change") },
  { "review:changed", N_ ("Annual return: changed") },
  { "review:ceased", N_ ("Annual return: the job has ceased") },
  { "application:amended", N_ ("Application amended") },
  { "application:changed", N_ ("Application changed by the annual return") },
  { "application:brought-forward", N_ ("Brought forward from an earlier register") },
  { "check-started:complaints", N_ ("Complaints check begun") },
  { "check-started:intelligence", N_ ("Intelligence check begun") },
  { "check-published:complaints", N_ ("Complaints check published") },
  { "check-published:intelligence", N_ ("Intelligence check published") },
  { "recheck-raised", N_ ("Re-check raised") },
  { "recheck-closed:relevant", N_ ("Re-check closed: relevant") },
  { "recheck-closed:not-relevant", N_ ("Re-check closed: not relevant") },
  { "recheck-closed:not-the-same-person", N_ ("Re-check closed: not the same person") },
  { "advice:wait", N_ ("Advice to the decider: wait") },
  { "advice:as-if-unknown", N_ ("Advice to the decider: as if nothing were known") },
  { "advice:none", N_ ("Advice to the decider withdrawn") },
  { "viewed:no-objection", N_ ("Professional standards’ view: no objection") },
  { "viewed:objection", N_ ("Professional standards’ view: objection") },
  { "restricted-reasons", N_ ("Restricted reasons of the decision") },
};

/* Read from the record that the link was made at, and from the other. */
static const struct
{
  const char *type;
  const char *outgoing;
  const char *incoming;
} links[] = {
  { "related", N_ ("Related"), N_ ("Related") },
  { "same-matter", N_ ("Same matter"), N_ ("Same matter") },
  { "arose-from", N_ ("Arose from"), N_ ("Gave rise to") },
  { "subject", N_ ("Subject"), N_ ("Subject of") },
  { "witness", N_ ("Witness"), N_ ("Witness in") },
  { "associate", N_ ("Associate"), N_ ("Associate of") },
  { "employer", N_ ("Employer"), N_ ("Employer of") },
  { "evidence", N_ ("Evidence"), N_ ("Evidence for") },
  { "duplicate", N_ ("Duplicate of"), N_ ("Duplicate") },
};

static const ProbityWords headings[] = {
  { "title", N_ ("What is decided") },
  { "information", N_ ("Information and intelligence") },
  { "threat", N_ ("Threat and risk") },
  { "powers", N_ ("Powers and policy") },
  { "options", N_ ("Options and contingencies") },
  { "action", N_ ("Action and review") },
  { "ethics", N_ ("Code of Ethics") },
  { "reasons", N_ ("Reasons") },
  { "decided_by", N_ ("Decided by") },
};

static const ProbityWords dues[] = {
  { "overdue", N_ ("Overdue") },
  { "past-soft", N_ ("Past its aim") },
  { "today", N_ ("Today") },
  { "due", N_ ("Due soon") },
};

char *
probity_case_words_dup_event (const char *what)
{
  const char      *words = probity_words_find (events, G_N_ELEMENTS (events), what);
  g_autofree char *first = NULL;

  if (words != NULL)
    return g_strdup (words);
  if (g_str_has_prefix (what, "stage:"))
    return g_strdup (probity_label_for_value (what + strlen ("stage:")));
  if (g_str_has_prefix (what, "link:"))
    /* Translators: a link to another record was made, and its type. */
    return g_strdup_printf (_ ("Linked: %s"), probity_case_words_for_link (what + strlen ("link:"), TRUE));
  first = g_strndup (what, strcspn (what, ":"));

  return g_strdup (probity_label_for_value (first));
}

/* What the library tells begins, or ends after a colon, with a day as it is stored. Nobody's own words are touched. */
static char *
dup_with_day (const char *text,
              gboolean    at_end)
{
  const gsize      length = strlen (text);
  const gsize      before = at_end && length > DAY_LENGTH + 2 ? length - DAY_LENGTH : 0;
  g_autofree char *iso = NULL;
  g_autofree char *day = NULL;

  if (length < DAY_LENGTH || (at_end && (before == 0 || strncmp (text + before - 2, ": ", 2) != 0)))
    return g_strdup (text);
  iso = g_strndup (text + before, DAY_LENGTH);
  day = probity_format_day (iso);

  return g_strdup_printf ("%.*s%s%s", (int) before, text, day, text + before + DAY_LENGTH);
}

char *
probity_case_words_dup_event_text (const char *what,
                                   const char *text)
{
  if (text == NULL || *text == '\0')
    return NULL;
  if (g_str_has_prefix (what, "check-published:") || g_str_has_prefix (what, "closing-") || g_str_equal (what, "checklist:applied"))
    return g_strdup (probity_label_for_value (text));

  if (g_str_equal (what, "public-interest-assessment"))
    return g_strdup (probity_label_for_choice ("=permitted,not-permitted", text));
  if (g_str_equal (what, "letter-served"))
    return dup_with_day (text, FALSE);
  if (g_str_equal (what, "action:soft-deadline") || g_str_equal (what, "action:hard-deadline"))
    return dup_with_day (text, TRUE);

  return g_strdup (text);
}

const char *
probity_case_words_for_link (const char *type,
                             gboolean    outgoing)
{
  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    if (g_strcmp0 (links[i].type, type) == 0)
      return outgoing ? _ (links[i].outgoing) : _ (links[i].incoming);

  return probity_label_for_value (type);
}

const char *
probity_case_words_for_log_kind (const char *kind)
{
  g_autofree char *code = g_strconcat ("log:", kind, NULL);
  const char      *words = g_str_equal (kind, "correction") ? _ ("Correction") : probity_words_find (events, G_N_ELEMENTS (events), code);

  return words != NULL ? words : probity_label_for_value (kind);
}

const char *
probity_case_words_for_decision_field (const char *field)
{
  const char *words = probity_words_find (headings, G_N_ELEMENTS (headings), field);

  return words != NULL ? words : field;
}

const char *
probity_case_words_for_due (const char *due)
{
  return due != NULL ? probity_words_find (dues, G_N_ELEMENTS (dues), due) : NULL;
}
