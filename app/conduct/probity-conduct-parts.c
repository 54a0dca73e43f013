/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-conduct-private.h"
#include "probity-instant.h"
#include "probity-profile.h"

/* What a conduct investigation holds in rows, and the rules that each row keeps. */

/* Of a profile without rules of conduct investigations: Police (Conduct) Regulations 2020, regs 17 and 18. */
#define REPRESENTATION_DAYS "10"
#define NOTICE_RULE "Police (Conduct) Regulations 2020, reg. 17"

#define CASE_UID                                                                     \
  {                                                                                  \
    "case_uid", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_FIXED, 64 \
  }
#define SUBJECT(flags)                       \
  {                                          \
    "subject", PROBITY_FIELD_TEXT, flags, 64 \
  }

static const ProbityDerived derived[] = {
  { "created", "r.created" },
  { "created_by", "r.created_by" },
};

/* The parts are read only through their case, whose lock is theirs too. */
#define DEFINE_PART(part, part_name, list, table_name, may_edit, late)   \
  static const ProbityRecordKind part##_kind = {                         \
    .name = "conduct-" part_name,                                        \
    .table = table_name,                                                 \
    .compartment = PROBITY_COMPARTMENT_STANDARDS,                        \
    .fields = part##_fields,                                             \
    .n_fields = G_N_ELEMENTS (part##_fields),                            \
    .derived = derived,                                                  \
    .n_derived = G_N_ELEMENTS (derived),                                 \
    .read = PROBITY_OPERATION_READ_STANDARDS,                            \
    .edit = PROBITY_OPERATION_WORK_CONDUCT,                              \
    .prepare = prepare_##part,                                           \
    .own_commands = TRUE,                                                \
  };                                                                     \
  static const ProbityCasePart part##_part = {                           \
    part_name, list, &probity_conduct_case, &part##_kind, may_edit, late \
  }

#define prepare_interview NULL
#define prepare_reflective NULL
#define prepare_learning NULL

static gboolean
refuse (GError           **error,
        ProbityRecordError code,
        const char        *field,
        const char        *message)
{
  g_propagate_error (error, probity_record_error_new_field (code, field, "%s", message));

  return FALSE;
}

static gboolean
is (ProbityRecordChange *change,
    const char          *field,
    const char          *value)
{
  return g_strcmp0 (probity_record_change_get (change, field), value) == 0;
}

/* --- Allegations --- */

static const ProbityField allegation_fields[] = {
  CASE_UID,
  { "allegation", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED, 4000 },
  { "standard", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "standards-of-behaviour" },
  SUBJECT (PROBITY_FIELD_REQUIRED),
  { "occurred_from", PROBITY_FIELD_DAY },
  { "occurred_until", PROBITY_FIELD_DAY },
  { "note", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
};

static gboolean
prepare_allegation (ProbityRecordChange *change,
                    GError             **error)
{
  const char *from = probity_record_change_get (change, "occurred_from");
  const char *until = probity_record_change_get (change, "occurred_until");

  if (from != NULL && until != NULL && strcmp (until, from) < 0)
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "occurred_until", "It ends before it began");

  return TRUE;
}
DEFINE_PART (allegation, "allegation", "allegations", "conduct_allegation", TRUE, FALSE);

/* --- Severity assessments --- */

static const ProbityField severity_fields[] = {
  CASE_UID,
  SUBJECT (PROBITY_FIELD_REQUIRED),
  { "assessed", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
  { "severity", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=misconduct,gross-misconduct,neither" },
  { "proceedings", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=meeting,hearing,none" },
  { "route", PROBITY_FIELD_CHOICE, 0, 0, "=management-action,reflective-practice,performance,vetting,no-action" },
  { "reasons", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "notified", PROBITY_FIELD_TEXT },
  { "notified_on", PROBITY_FIELD_DAY },
};

/* The rules that a case follows: those of the day on which it came to the appropriate authority's attention. */
static gboolean
read_attention (ProbityRecordChange *change,
                ProbityDay          *ret_day,
                GError             **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (change->db, error, "SELECT came_to_attention FROM conduct WHERE uid = $uid", "$uid", 's', probity_record_change_get (change, "case_uid"), NULL);
  const char *text;
  gboolean    row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  text = row ? probity_statement_get_text (statement, 0) : NULL;
  *ret_day = text != NULL ? probity_day_from_iso (text) : PROBITY_DAY_NONE;

  return TRUE;
}

/* Whether the rules of @day know this way for what is neither; a profile without such rules knows them all. */
static gboolean
has_route (ProbityRecordChange *change,
           ProbityDay           day,
           const char          *route)
{
  const char *known = probity_profile_get_conduct_rule (probity_session_get_profile (change->session), day, "Severity-Routes");
  g_auto (GStrv) routes = g_strsplit (known != NULL ? known : route, ";", -1);

  return g_strv_contains ((const char *const *) routes, route);
}

static gboolean
check_route (ProbityRecordChange *change,
             GError             **error)
{
  const char *route = probity_record_change_get (change, "route");
  ProbityDay  attention;

  if (route == NULL)
    return TRUE;
  if (!read_attention (change, &attention, error))
    return FALSE;
  if (has_route (change, attention, route) || has_route (change, probity_day_from_iso (probity_record_change_get (change, "assessed")), route))
    return TRUE;

  return refuse (error, PROBITY_RECORD_ERROR_INVALID, "route", "The rules of that day do not know this way");
}

/* A changed assessment is notified (reg. 14, with reg. 17): the first need not be, its notice says it. */
static gboolean
prepare_severity (ProbityRecordChange *change,
                  GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean earlier;

  if (is (change, "severity", "neither") != is (change, "proceedings", "none"))
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "proceedings", "Misconduct goes to a meeting or a hearing, and what is neither to none");
  if (is (change, "severity", "neither") && probity_record_change_get (change, "route") == NULL)
    return refuse (error, PROBITY_RECORD_ERROR_MISSING, "route", "What is neither misconduct nor gross misconduct goes another way: which?");
  if (!check_route (change, error))
    return FALSE;

  statement = probity_db_query (change->db, error, "SELECT 1 FROM conduct_severity WHERE case_uid = $case AND subject = $subject LIMIT 1", "$case", 's', probity_record_change_get (change, "case_uid"), "$subject", 's', probity_record_change_get (change, "subject"), NULL);
  if (statement == NULL || !probity_statement_step (statement, &earlier, error))
    return FALSE;
  if (earlier && (probity_record_change_get (change, "notified") == NULL || probity_record_change_get (change, "notified_on") == NULL))
    return refuse (error, PROBITY_RECORD_ERROR_MISSING, "notified", "Of a changed assessment it is recorded who was notified and when");

  return TRUE;
}
DEFINE_PART (severity, "severity", "severity_assessments", "conduct_severity", FALSE, FALSE);

/* --- Notices --- */

static const ProbityField notice_fields[] = {
  CASE_UID,
  SUBJECT (PROBITY_FIELD_REQUIRED),
  { "served", PROBITY_FIELD_DAY },
  { "served_by", PROBITY_FIELD_TEXT },
  { "conduct_stated", PROBITY_FIELD_BOOLEAN },
  { "severity_stated", PROBITY_FIELD_BOOLEAN },
  { "proceedings_stated", PROBITY_FIELD_BOOLEAN },
  { "advice_stated", PROBITY_FIELD_BOOLEAN },
  { "representations_stated", PROBITY_FIELD_BOOLEAN },
  { "inference_stated", PROBITY_FIELD_BOOLEAN },
  { "terms_of_reference", PROBITY_FIELD_LONG_TEXT },
  { "no_terms_reason", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "withheld_reason", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "review_date", PROBITY_FIELD_DAY },
  { "representations_due", PROBITY_FIELD_DAY },
  { "rule", PROBITY_FIELD_TEXT },
};

/* What follows from the rules of the day: how long representations may take, and what is cited. */
static void
set_by_rule (ProbityRecordChange *change,
             ProbityDay           attention,
             ProbityDay           served)
{
  gsize             n_holidays;
  ProbityProfile   *profile = probity_session_get_profile (change->session);
  const ProbityDay *holidays = probity_profile_get_extra_holidays (profile, &n_holidays);
  const char       *days = probity_profile_get_conduct_rule (profile, attention, "Representation-Days");
  const char       *rule = probity_profile_get_conduct_rule (profile, attention, "Notice-Rule");
  const int         n_days = (int) g_ascii_strtoll (days != NULL ? days : REPRESENTATION_DAYS, NULL, 10);
  g_autofree char  *due = probity_day_to_iso (probity_day_add_working (served, n_days, holidays, n_holidays));

  if (probity_record_change_get (change, "representations_due") == NULL)
    probity_values_set (change->values, "representations_due", due);
  if (probity_record_change_get (change, "rule") == NULL)
    probity_values_set (change->values, "rule", rule != NULL ? rule : NOTICE_RULE);
}

/* All that lacks is named at once. */
static gboolean
check_notice_parts (ProbityRecordChange *change,
                    GError             **error)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *missing = NULL;
  g_autofree char *message = NULL;
  const char      *field;

  for (guint i = 0; i < G_N_ELEMENTS (notice_fields); i++)
    {
      const char *value = probity_record_change_get (change, notice_fields[i].name);

      if (value != NULL)
        probity_values_set (values, notice_fields[i].name, value);
    }
  missing = probity_conduct_dup_missing_parts (values, &field);
  if (missing == NULL)
    return TRUE;
  message = g_strconcat ("The notice lacks: ", missing, NULL);

  return refuse (error, PROBITY_RECORD_ERROR_MISSING, field, message);
}

/* A day that is over calls nobody back. Rows from before are read as they are: this is asked only of new ones. */
static gboolean
check_review_date (ProbityRecordChange *change,
                   GError             **error)
{
  const char      *review_date = probity_record_change_get (change, "review_date");
  g_autofree char *today = probity_day_to_iso (probity_instant_to_day (probity_write_get_now (change->write)));

  if (review_date == NULL)
    return refuse (error, PROBITY_RECORD_ERROR_MISSING, "review_date", "Withheld until when?");
  if (strcmp (review_date, today) < 0)
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "review_date", "The day on which the withheld notice is looked at again has passed");

  return TRUE;
}

/* Served whole, or withheld because it would prejudice the investigation, until a day on which that is looked at again. */
static gboolean
prepare_notice (ProbityRecordChange *change,
                GError             **error)
{
  const char *served = probity_record_change_get (change, "served");
  ProbityDay  attention;

  if ((served != NULL) == (probity_record_change_get (change, "withheld_reason") != NULL))
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "served", "A notice is either served or withheld, with the prejudice that it would do");
  if (served == NULL)
    return check_review_date (change, error);

  if (!check_notice_parts (change, error) || !read_attention (change, &attention, error))
    return FALSE;
  set_by_rule (change, attention, probity_day_from_iso (served));

  return TRUE;
}
DEFINE_PART (notice, "notice", "notices", "conduct_notice", FALSE, FALSE);

/* --- Referral to the IOPC --- */

static const ProbityField referral_fields[] = {
  CASE_UID,
  { "if_true", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED, 4000 },
  { "criterion", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "referral-criteria" },
  { "decision", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=mandatory,voluntary,not-referred" },
  { "reasons", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "decided", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
  { "referred", PROBITY_FIELD_DAY },
  { "their_reference", PROBITY_FIELD_TEXT },
  { "their_decision", PROBITY_FIELD_TEXT },
};

/* Whether @word is one of @words, or begins as one of them does that ends in an asterisk. */
static gboolean
is_among (const char        *word,
          const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      const gsize length = strlen (words[i]) - 1;

      if (words[i][length] == '*' ? strncmp (word, words[i], length) == 0 : strcmp (word, words[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Whether one of @words is among the @before words before that at @index, or the @after words after it. */
static gboolean
is_near (char             **parts,
         guint              index,
         guint              before,
         guint              after,
         const char *const *words)
{
  for (guint i = index - MIN (index, before); parts[i] != NULL && i <= index + after; i++)
    if (i != index && is_among (parts[i], words))
      return TRUE;

  return FALSE;
}

/* A sentence is on the merits that has a word for proof near one for its lack; “if it were proved” is the question itself. */
static gboolean
is_on_merits (const char *sentence)
{
  static const char *const noun[] = { "evidence", "evidential*", "proof", "proofs", NULL };
  static const char *const verb[] = { "prove", "proved", "proven", "provable", "corroborat*", "substantiat*", "credib*", "supports", "supported", "believe", "believed", NULL };
  static const char *const lack[] = { "weak*", "insufficient*", "lack*", "thin", "little", "scant*", "slight", "slender", "flimsy", "poor", "limited", "unreliable", "circumstantial", "contradict*", "inconclusive", "absent", "absence", "without", NULL };
  static const char *const denial[] = { "no", "not", "none", "never", "nothing", "nobody", "cannot", "can't", "isn't", "wasn't", "don't", "doesn't", "didn't", "couldn't", "unable", "unlikely", "hardly", "barely", NULL };
  static const char *const alone[] = { "uncorroborated", "unsubstantiated", "unproven", "unproved", "unfounded", "hearsay", NULL };
  static const char *const condition[] = { "if", NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = g_strsplit_set (sentence, " \t\r\n,:()[]\"/", -1);
  g_auto (GStrv) parts = NULL;

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0')
      g_strv_builder_add (builder, all[i]);
  parts = g_strv_builder_end (builder);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const gboolean is_noun = is_among (parts[i], noun);

      if (is_among (parts[i], alone) ||
          (is_noun && (is_near (parts, i, 4, 4, lack) || is_near (parts, i, 4, 3, denial))) ||
          (is_among (parts[i], verb) && !is_near (parts, i, 5, 0, condition) && (is_near (parts, i, 4, 0, denial) || is_near (parts, i, 3, 0, lack))))
        return TRUE;
    }

  return FALSE;
}

/* R (Rose) v Chief Constable of Greater Manchester [2021]: on the conduct alleged if substantiated, not on its merits. */
gboolean
probity_conduct_is_weak_evidence (const char *reasons)
{
  static const char *const phrases[] = { "one word against", "word against word", "his word against", "her word against", "their word against", "unlikely to be true", "prospect of success", "unlikely to succeed" };
  g_autofree char         *folded = probity_fold_text (reasons);
  g_auto (GStrv) sentences = g_strsplit_set (folded, ".;!?", -1);

  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (strstr (folded, phrases[i]) != NULL)
      return TRUE;
  for (guint i = 0; sentences[i] != NULL; i++)
    if (is_on_merits (sentences[i]))
      return TRUE;

  return FALSE;
}

static gboolean
prepare_referral (ProbityRecordChange *change,
                  GError             **error)
{
  if (!is (change, "decision", "mandatory") && probity_conduct_is_weak_evidence (probity_record_change_get (change, "reasons")))
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "reasons", "Whether to refer is asked of the allegation as if it were shown to be true: the strength of the evidence is no reason");
  if (!is (change, "criterion", "none") && !is (change, "decision", "mandatory"))
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "decision", "What meets a criterion for referral must be referred");
  if (is (change, "criterion", "none") && is (change, "decision", "mandatory"))
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "criterion", "A mandatory referral names the criterion that is met");
  if (is (change, "decision", "not-referred") && probity_record_change_get (change, "referred") != NULL)
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "referred", "What was not referred has no day of referral");

  return TRUE;
}
DEFINE_PART (referral, "referral", "referrals", "conduct_referral", FALSE, FALSE);

/* --- The statutory report --- */

static const ProbityField progress_report_fields[] = {
  CASE_UID,
  { "due", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
  { "came_to_attention", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
  { "notice_served", PROBITY_FIELD_TEXT },
  { "progress", PROBITY_FIELD_LONG_TEXT },
  { "estimated_end", PROBITY_FIELD_DAY },
  { "reason_for_time", PROBITY_FIELD_LONG_TEXT },
  { "planned_steps", PROBITY_FIELD_LONG_TEXT },
  { "sent", PROBITY_FIELD_DAY },
  { "sent_to", PROBITY_FIELD_TEXT },
  { "withheld_reason", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "officer_copy", PROBITY_FIELD_DAY },
  { "copy_withheld_reason", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
  { "rule", PROBITY_FIELD_TEXT },
};

static gboolean
prepare_progress_report (ProbityRecordChange *change,
                         GError             **error)
{
  static const char *const items[] = { "progress", "estimated_end", "reason_for_time", "planned_steps", "sent", "sent_to" };

  if (probity_record_change_get (change, "notice_served") == NULL)
    probity_values_set (change->values, "notice_served", "not served");
  for (guint i = 0; i < G_N_ELEMENTS (items) && probity_record_change_get (change, "withheld_reason") == NULL; i++)
    if (probity_record_change_get (change, items[i]) == NULL)
      return refuse (error, PROBITY_RECORD_ERROR_MISSING, items[i], "The report has all its items, or is withheld for the prejudice that it would do");
  if (probity_record_change_get (change, "officer_copy") != NULL && probity_record_change_get (change, "copy_withheld_reason") != NULL)
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "copy_withheld_reason", "The officer has a copy, or it is withheld for the harm that it would do");

  return TRUE;
}
DEFINE_PART (progress_report, "progress-report", "progress_reports", "conduct_progress_report", FALSE, FALSE);

/* --- Interviews, findings, reflective practice, learning --- */

static const ProbityField interview_fields[] = {
  CASE_UID,
  SUBJECT (PROBITY_FIELD_NONE),
  { "interviewee", PROBITY_FIELD_TEXT },
  { "held", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
  { "place", PROBITY_FIELD_TEXT },
  { "interviewers", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED },
  { "companion", PROBITY_FIELD_TEXT },
  { "statement", PROBITY_FIELD_BOOLEAN },
  { "summary", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
};
DEFINE_PART (interview, "interview", "interviews", "conduct_interview", TRUE, FALSE);

static const ProbityField finding_fields[] = {
  CASE_UID,
  SUBJECT (PROBITY_FIELD_REQUIRED),
  { "allegation", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED, 64 },
  { "finding", PROBITY_FIELD_CHOICE, PROBITY_FIELD_REQUIRED, 0, "=case-to-answer,no-case-to-answer,proved,not-proved,withdrawn,discontinued" },
  { "level", PROBITY_FIELD_CHOICE, 0, 0, "=misconduct,gross-misconduct" },
  { "forum", PROBITY_FIELD_CHOICE, 0, 0, "=investigation,meeting,hearing,accelerated-hearing,appeal" },
  { "sanction", PROBITY_FIELD_TEXT },
  { "decided", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
  { "reasons", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
};

static gboolean
prepare_finding (ProbityRecordChange *change,
                 GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found;

  /* A sanction follows what was proved; reflective practice is none and stands apart. */
  if (probity_record_change_get (change, "sanction") != NULL && !is (change, "finding", "proved"))
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "sanction", "Only what was proved has a sanction");

  statement = probity_db_query (change->db, error, "SELECT 1 FROM conduct_allegation WHERE uid = $uid AND case_uid = $case AND subject = $subject", "$uid", 's', probity_record_change_get (change, "allegation"), "$case", 's', probity_record_change_get (change, "case_uid"), "$subject", 's', probity_record_change_get (change, "subject"), NULL);
  if (statement == NULL || !probity_statement_step (statement, &found, error))
    return FALSE;
  if (!found)
    return refuse (error, PROBITY_RECORD_ERROR_INVALID, "allegation", "There is no such allegation against this officer");

  return TRUE;
}
DEFINE_PART (finding, "finding", "findings", "conduct_finding", FALSE, TRUE);

static const ProbityField reflective_fields[] = {
  CASE_UID,
  SUBJECT (PROBITY_FIELD_REQUIRED),
  { "referred", PROBITY_FIELD_DAY, PROBITY_FIELD_REQUIRED },
  { "account_due", PROBITY_FIELD_DAY },
  { "account_received", PROBITY_FIELD_DAY },
  { "discussion", PROBITY_FIELD_DAY },
  { "reviewer", PROBITY_FIELD_TEXT },
  { "report", PROBITY_FIELD_LONG_TEXT },
  { "learning", PROBITY_FIELD_LONG_TEXT, 0, 4000 },
};
DEFINE_PART (reflective, "reflective", "reflective_practice", "conduct_reflective", TRUE, TRUE);

static const ProbityField learning_fields[] = {
  CASE_UID,
  { "learning", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_REQUIRED },
  { "for_whom", PROBITY_FIELD_TEXT },
  { "done", PROBITY_FIELD_DAY },
};
DEFINE_PART (learning, "learning", "learning", "conduct_learning", TRUE, TRUE);

const ProbityCasePart *const probity_conduct_parts[] = {
  &allegation_part,
  &severity_part,
  &notice_part,
  &referral_part,
  &progress_report_part,
  &interview_part,
  &finding_part,
  &reflective_part,
  &learning_part,
  NULL,
};
