/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "probity-labels.h"
#include "probity-words.h"

static const ProbityWords verbs[] = {
  { "collection", N_ ("Recorded") },
  { "alteration", N_ ("Changed") },
  { "consultation", N_ ("Looked at") },
  { "disclosure", N_ ("Given out") },
  { "combination", N_ ("Compared or linked") },
  { "erasure", N_ ("Erased") },
  { "sign-in", N_ ("Signed in") },
  { "refusal", N_ ("Refused") },
  { "key-change", N_ ("Keys changed") },
};

/* Besides the kinds of records that have pages. */
static const ProbityWords kinds[] = {
  { "audit", N_ ("Audit log") },
  { "audit-value", N_ ("Value in the audit log") },
  { "backup", N_ ("Backup") },
  { "rehearsal", N_ ("Test of a backup") },
  { "restore", N_ ("Restored From a Backup") },
  { "casebook", N_ ("Casebook") },
  { "keyring", N_ ("Keyring") },
  { "exposure", N_ ("Exposure list") },
  { "refusal", N_ ("Refused attempt") },
  { "review-run", N_ ("Annual review") },
  { "leak-record", N_ ("Record of the source") },
  { "leak-publication", N_ ("Publication") },
  { "leak-line", N_ ("Line of enquiry") },
  { "leak-outlet", N_ ("Outlet") },
  { "leak-harm", N_ ("Harm") },
  { "leak-assessment", N_ ("Public-interest assessment") },
  { "leak-learning", N_ ("Learning") },
  { "conduct-allegation", N_ ("Allegation") },
  { "conduct-severity", N_ ("Severity assessment") },
  { "conduct-notice", N_ ("Notice of investigation") },
  { "conduct-referral", N_ ("Referral decision") },
  { "conduct-progress-report", N_ ("Statutory report") },
  { "conduct-interview", N_ ("Interview") },
  { "conduct-finding", N_ ("Finding") },
  { "conduct-reflective", N_ ("Reflective practice") },
  { "conduct-learning", N_ ("Learning") },
};

static const ProbityWords fields[] = {
  { "add", N_ ("Account added") },
  { "advice", N_ ("Advice to the decider") },
  { "appeal", N_ ("Appeal") },
  { "appeal-box", N_ ("Reasons sealed to the chief officer") },
  { "appeal_bundle", N_ ("Reasons sealed to the chief officer") },
  { "appeal_reasons", N_ ("Reasons of the appeal’s decision") },
  { "assessment", N_ ("Assessment of a hit") },
  { "assigned", N_ ("Assigned") },
  { "backup", N_ ("Backup") },
  { "begun", N_ ("Search begun") },
  { "carried", N_ ("Log of the case, carried over") },
  { "check", N_ ("Check") },
  { "check-published", N_ ("Check published") },
  { "closing-proposal", N_ ("Proposal to close") },
  { "create", N_ ("Account made") },
  { "decision", N_ ("Decision") },
  { "disable", N_ ("Account disabled") },
  { "eliminated-masked", N_ ("Eliminated people masked") },
  { "ended", N_ ("Ended") },
  { "everything", N_ ("Everything about a person") },
  { "exhibits", N_ ("Exhibits") },
  { "finished", N_ ("Decision finished") },
  { "grant", N_ ("Key granted") },
  { "import", N_ ("Import") },
  { "import-trial", N_ ("Import tried") },
  { "keys", N_ ("Keys") },
  { "letter", N_ ("Decision letter") },
  { "link-chart", N_ ("Link chart") },
  { "log", N_ ("Access log") },
  { "material_digest", N_ ("What the application says") },
  { "notice", N_ ("Notice of investigation") },
  { "passphrase", N_ ("Passphrase") },
  { "people", N_ ("People") },
  { "person", N_ ("Person") },
  { "progress-report", N_ ("Statutory report") },
  { "recheck", N_ ("Re-check") },
  { "recovery", N_ ("Recovery") },
  { "recovery-code", N_ ("Recovery code") },
  { "reset", N_ ("Account reset") },
  { "restricted_reason", N_ ("Restricted reasons") },
  { "return", N_ ("Annual return") },
  { "returns", N_ ("Annual returns") },
  { "review", N_ ("Annual return") },
  { "review-chase", N_ ("Annual return chased") },
  { "roles", N_ ("Roles") },
  { "rows", N_ ("Rows of an access log") },
  { "screen", N_ ("Screening") },
  { "sealed", N_ ("Sealed") },
  { "sealed-answer", N_ ("Answer for sealed cases") },
  { "sealed-view", N_ ("Clearances sealed to the signatory") },
  { "sealed-without", N_ ("Taken off the seal") },
  { "search", N_ ("Search") },
  { "seen", N_ ("Seen") },
  { "stage", N_ ("Stage") },
  { "step", N_ ("Step") },
  { "stand_in", N_ ("Stand-in") },
  { "subject", N_ ("Subject") },
  { "subject-eliminated", N_ ("Subject eliminated") },
  { "subjects", N_ ("Subjects") },
  { "timeline", N_ ("Timeline") },
  { "to", N_ ("Where to") },
  { "view", N_ ("Professional standards’ view") },
  { "workstation", N_ ("Workstation") },
  /* Parts of a case, read as a whole. */
  { "allegations", N_ ("Allegations") },
  { "assessments", N_ ("Public-interest assessments") },
  { "findings", N_ ("Findings") },
  { "harms", N_ ("Harm") },
  { "interviews", N_ ("Interviews") },
  { "learning", N_ ("Learning") },
  { "lines", N_ ("Lines of enquiry") },
  { "notices", N_ ("Notices of investigation") },
  { "outlets", N_ ("Outlets") },
  { "progress_reports", N_ ("Statutory reports") },
  { "publications", N_ ("Publications") },
  { "records", N_ ("Records of the source") },
  { "referrals", N_ ("Referral decisions") },
  { "reflective_practice", N_ ("Reflective practice") },
  { "severity_assessments", N_ ("Severity assessments") },
};

/* What stands before the colon of an event that has more to say. */
static const ProbityWords events[] = {
  { "action", N_ ("Action") },
  { "checklist", N_ ("Checklist") },
  { "comment", N_ ("Comment") },
  { "condition", N_ ("Condition") },
  { "decision", N_ ("Decision") },
  { "exhibit", N_ ("Exhibit") },
  { "link", N_ ("Link") },
  { "log", N_ ("Log") },
  { "waiver", N_ ("Comment waived") },
  { "watch", N_ ("Watch list") },
};

static const char *
find_event (const char *field,
            char      **ret_number)
{
  g_autofree char *head = g_strndup (field, strcspn (field, ":"));
  char            *number = strrchr (head, '-');

  if (number != NULL && g_ascii_isdigit (number[1]))
    {
      if (ret_number != NULL)
        *ret_number = g_strdup (number + 1);
      *number = '\0';
    }

  return probity_words_find (events, G_N_ELEMENTS (events), head);
}

const char *
probity_audit_words_for_verb (const char *verb)
{
  const char *words = probity_words_find (verbs, G_N_ELEMENTS (verbs), verb);

  return words != NULL ? words : probity_label_for_value (verb);
}

const char *
probity_audit_words_for_kind (const char *kind)
{
  const char *words = probity_words_find (kinds, G_N_ELEMENTS (kinds), kind);

  return words != NULL ? words : probity_label_for_kind (kind);
}

char *
probity_audit_words_dup_field (const char *kind,
                               const char *field)
{
  const char      *words = probity_label_is_known_field (kind, field) ? NULL : probity_words_find (fields, G_N_ELEMENTS (fields), field);
  g_autofree char *number = NULL;
  const char      *event = words == NULL && !probity_label_is_known_field (kind, field) ? find_event (field, &number) : NULL;
  g_autoptr (GString) text = NULL;
  g_auto (GStrv) more = NULL;

  if (words != NULL)
    return g_strdup (words);
  if (event == NULL)
    return g_strdup (probity_label_for_field (kind, field));

  text = g_string_new (event);
  more = g_strsplit (field, ":", -1);
  if (number != NULL)
    g_string_append_printf (text, " %s", number);
  for (guint i = 1; more[0] != NULL && more[i] != NULL; i++)
    g_string_append_printf (text, " · %s", probity_label_for_value (more[i]));

  return g_string_free_and_steal (g_steal_pointer (&text));
}

gboolean
probity_audit_words_know_verb (const char *verb)
{
  return probity_words_find (verbs, G_N_ELEMENTS (verbs), verb) != NULL;
}

gboolean
probity_audit_words_know_kind (const char *kind)
{
  return probity_words_find (kinds, G_N_ELEMENTS (kinds), kind) != NULL || probity_label_is_known_kind (kind);
}

gboolean
probity_audit_words_know_field (const char *kind,
                                const char *field)
{
  return probity_label_is_known_field (kind, field) || probity_words_find (fields, G_N_ELEMENTS (fields), field) != NULL || find_event (field, NULL) != NULL;
}
