/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-clock.h"
#include "probity-conduct-private.h"
#include "probity-part.h"
#include "probity-profile.h"

/* The written notice of investigation: what it says of one officer, in the wording of the rules of the case. */

/* Of a profile without rules of conduct investigations: Police (Conduct) Regulations 2020, regs 17 and 18. */
#define REPRESENTATION_DAYS "10"
#define RULE "Police (Conduct) Regulations 2020, reg. 17"
#define TITLE "Notice of investigation"

static const struct
{
  const char *field;
  const char *what;
} parts[] = {
  { "conduct_stated", "the conduct alleged" },
  { "severity_stated", "whether it would be misconduct or gross misconduct" },
  { "proceedings_stated", "the likely proceedings" },
  { "advice_stated", "the right to advice and to a police friend" },
  { "representations_stated", "the right to make representations, and until when" },
  { "inference_stated", "the warning that silence may harm the officer’s case" },
};

/* As they are printed. */
static const struct
{
  const char *code;
  const char *words;
} codes[] = {
  { "misconduct", "misconduct" },
  { "gross-misconduct", "gross misconduct" },
  { "meeting", "misconduct meeting" },
  { "hearing", "misconduct hearing" },
};

ProbityDay
probity_conduct_get_rules_day (ProbityRecord *record)
{
  const char *attention = probity_record_get (record, "came_to_attention");

  return probity_day_from_iso (attention != NULL ? attention : probity_record_get (record, "received"));
}

char *
probity_conduct_dup_missing_parts (ProbityValues *values,
                                   const char   **ret_field)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  *ret_field = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_strcmp0 (probity_values_get (values, parts[i].field), "true") != 0)
      {
        *ret_field = *ret_field != NULL ? *ret_field : parts[i].field;
        g_string_append_printf (missing, "%s%s", missing->len > 0 ? "; " : "", parts[i].what);
      }
  if (probity_part_get (values, "terms_of_reference") == NULL && probity_part_get (values, "no_terms_reason") == NULL)
    {
      *ret_field = *ret_field != NULL ? *ret_field : "terms_of_reference";
      g_string_append_printf (missing, "%sthe terms of reference, or why they are not given", missing->len > 0 ? "; " : "");
    }

  return *ret_field != NULL ? g_string_free_and_steal (g_steal_pointer (&missing)) : NULL;
}

/* Who it is given to; the name that the person has in the staff list, where there is one. */
static gboolean
fill_officer (const ProbitySource *source,
              ProbityDb           *db,
              const char          *subject_uid,
              ProbityValues       *values,
              GError             **error)
{
  static const char *const subject_names[] = { "staff_number", "name", NULL };
  static const char *const person_names[] = { "name", "rank", "unit", NULL };
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT staff_number, name FROM conduct_subject WHERE uid = $uid", "$uid", 's', subject_uid, NULL);
  g_autoptr (ProbityStatement) staff = NULL;
  g_autoptr (ProbityValues) subject = NULL;
  g_autoptr (ProbityValues) person = NULL;
  const char *number;
  ProbityDb  *registers;

  if (statement == NULL || !probity_part_collect_one (statement, source->session, subject_names, &subject, error))
    return FALSE;
  number = probity_part_get (subject, "staff_number");
  if (number != NULL)
    {
      registers = probity_source_get_open_db (source, PROBITY_COMPARTMENT_REGISTERS, error);
      staff = registers != NULL ? probity_db_query (registers, error, "SELECT trim (coalesce (forenames, '') || ' ' || coalesce (surname, '')), rank, unit FROM person WHERE staff_number = $number", "$number", 's', number, NULL) : NULL;
      if (staff == NULL || !probity_part_collect_one (staff, source->session, person_names, &person, error))
        return FALSE;
      probity_values_set (values, "staff_number", number);
    }
  for (guint i = 0; person_names[i] != NULL; i++)
    {
      const char *value = probity_part_get (person, person_names[i]);

      if (value == NULL)
        value = probity_part_get (subject, person_names[i]);
      if (value != NULL)
        probity_values_set (values, person_names[i], value);
    }
  probity_values_set (values, "subject", subject_uid);

  return TRUE;
}

static const char *
get_words (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++)
    if (g_str_equal (codes[i].code, code))
      return codes[i].words;

  return NULL;
}

static void
append_day (GString    *text,
            const char *word,
            const char *iso)
{
  g_autofree char *day = iso != NULL ? probity_day_to_words (probity_day_from_iso (iso)) : NULL;

  if (day != NULL)
    g_string_append_printf (text, "%s %s", word, day);
}

/* What is alleged against this officer, with the standard of each, as paragraphs. */
static gboolean
fill_conduct (const ProbitySource *source,
              ProbityDb           *db,
              const char          *subject_uid,
              const char          *introduction,
              ProbityValues       *values,
              GError             **error)
{
  static const char *const names[] = { "allegation", "standard", "from", "until", NULL };
  ProbityProfile          *profile = probity_session_get_profile (source->session);
  g_autoptr (GPtrArray) rows = probity_part_load (db, source->session, "SELECT allegation, standard, occurred_from, occurred_until FROM conduct_allegation WHERE subject = $uid ORDER BY id", subject_uid, names, error);
  g_autoptr (GString) text = NULL;

  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  text = g_string_new (introduction);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityValues *row = g_ptr_array_index (rows, i);
      const char    *standard = probity_values_get (row, "standard");
      const char    *label = probity_profile_get_label (profile, "standards-of-behaviour", standard);

      g_string_append_printf (text, "\n\n%u. %s", i + 1, probity_values_get (row, "allegation"));
      append_day (text, probity_values_get (row, "until") != NULL ? "\nFrom" : "\nOn", probity_values_get (row, "from"));
      append_day (text, probity_values_get (row, "from") != NULL ? " until" : "\nUntil", probity_values_get (row, "until"));
      g_string_append_printf (text, "\nStandard: %s", label != NULL ? label : standard);
    }
  probity_values_set (values, "conduct", text->str);
  probity_values_set (values, "conduct_stated", "true");

  return TRUE;
}

static void
state (ProbityValues *values,
       const char    *part,
       const char    *text,
       const char    *mark,
       const char    *words)
{
  g_autofree char *stated = g_strconcat (part, "_stated", NULL);
  g_autoptr (GString) filled = NULL;

  if (text == NULL || (mark != NULL && words == NULL))
    return;
  filled = g_string_new (text);
  if (mark != NULL)
    g_string_replace (filled, mark, words, 0);
  probity_values_set (values, part, filled->str);
  probity_values_set (values, stated, "true");
}

static char *
dup_representations (const char *text,
                     const char *days,
                     ProbityDay  due)
{
  g_autoptr (GString) filled = g_string_new (text);
  g_autofree char *words = probity_day_to_words (due);

  g_string_replace (filled, "{days}", days, 0);
  g_string_replace (filled, "{due}", words, 0);

  return g_string_free_and_steal (g_steal_pointer (&filled));
}

gboolean
probity_conduct_fill_notice (const ProbitySource *source,
                             ProbityDb           *db,
                             ProbityRecord       *record,
                             const char          *subject_uid,
                             ProbityDay           today,
                             ProbityValues       *values,
                             GError             **error)
{
  static const char *const assessed_names[] = { "severity", "proceedings", NULL };
  static const char *const kept[] = { "Notice-Title", "Notice-Conduct", "Notice-Severity", "Notice-Proceedings", "Notice-Advice", "Notice-Representations", "Notice-Inference", "Notice-Rule", "Representation-Days" };
  enum
  {
    NAME,
    CONDUCT,
    SEVERITY,
    PROCEEDINGS,
    ADVICE,
    REPRESENTATIONS,
    INFERENCE,
    CITATION,
    DAYS,
    N_TEXTS
  };
  ProbityProfile   *profile = probity_session_get_profile (source->session);
  const ProbityDay  day = probity_conduct_get_rules_day (record);
  const char       *texts[N_TEXTS];
  const char       *served = probity_part_get (values, "served");
  gsize             n_holidays;
  const ProbityDay *holidays = probity_profile_get_extra_holidays (profile, &n_holidays);
  ProbityDay        due;
  g_autofree char  *due_text = NULL;
  g_autofree char  *representations = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (ProbityValues) assessed = NULL;

  for (guint i = 0; i < N_TEXTS; i++)
    texts[i] = probity_profile_get_conduct_rule (profile, day, kept[i]);
  if (texts[DAYS] == NULL)
    texts[DAYS] = REPRESENTATION_DAYS;
  due = probity_day_add_working (served != NULL ? probity_day_from_iso (served) : today, (int) g_ascii_strtoll (texts[DAYS], NULL, 10), holidays, n_holidays);
  due_text = probity_day_to_iso (due);

  statement = probity_db_query (db, error, "SELECT severity, proceedings FROM conduct_severity WHERE subject = $uid ORDER BY id DESC LIMIT 1", "$uid", 's', subject_uid, NULL);
  if (statement == NULL || !probity_part_collect_one (statement, source->session, assessed_names, &assessed, error) ||
      !fill_officer (source, db, subject_uid, values, error) ||
      !fill_conduct (source, db, subject_uid, texts[CONDUCT], values, error))
    return FALSE;

  probity_values_set (values, "title", texts[NAME] != NULL ? texts[NAME] : TITLE);
  probity_values_set (values, "rule", texts[CITATION] != NULL ? texts[CITATION] : RULE);
  probity_values_set (values, "representations_due", due_text);
  state (values, "severity", texts[SEVERITY], "{severity}", get_words (probity_part_get (assessed, "severity")));
  state (values, "proceedings", texts[PROCEEDINGS], "{proceedings}", get_words (probity_part_get (assessed, "proceedings")));
  state (values, "advice", texts[ADVICE], NULL, NULL);
  representations = texts[REPRESENTATIONS] != NULL ? dup_representations (texts[REPRESENTATIONS], texts[DAYS], due) : NULL;
  state (values, "representations", representations, NULL, NULL);
  state (values, "inference", texts[INFERENCE], NULL, NULL);

  return TRUE;
}

static gboolean
prepare_read (ProbityRead *read,
              gpointer     data,
              GValue      *result,
              GError     **error)
{
  ProbityStep  *step = data;
  ProbitySource source = { .session = step->session, .read = read };
  ProbityDb    *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autofree char *subject = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *terms = NULL;
  g_autofree char *today = NULL;
  const char      *field;

  if (!probity_step_find_read (step, read, &db, &record, error) ||
      (subject = probity_investigation_dup_subject_uid (db, record, step->text, FALSE, error)) == NULL)
    return FALSE;

  today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (step->session)));
  if (!probity_conduct_fill_notice (&source, db, record, subject, probity_day_from_iso (today), values, error) ||
      !probity_conduct_join_rows (db, "SELECT terms_of_reference FROM conduct_notice WHERE subject = $uid AND terms_of_reference IS NOT NULL ORDER BY id DESC LIMIT 1", subject, &terms, error))
    return FALSE;
  if (terms != NULL)
    probity_values_set (values, "terms_of_reference", terms);
  missing = probity_conduct_dup_missing_parts (values, &field);
  if (missing != NULL)
    probity_values_set (values, "missing", missing);

  return probity_part_return (result, g_steal_pointer (&values));
}

DexFuture *
probity_conduct_prepare_notice (ProbitySession *session,
                                const char     *reference,
                                const char     *subject)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && subject != NULL);

  step = probity_step_new (session, &probity_conduct_case, reference);
  step->action = g_strdup ("notice");
  step->text = g_strdup (subject);

  return probity_step_read (step, prepare_read);
}
