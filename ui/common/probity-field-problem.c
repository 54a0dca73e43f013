/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-field-problem.h"

#include <glib/gi18n.h>

#include "probity-parse.h"

/* What the library finds wrong with a value beyond how it is written: by field, for each says one thing. */
static const struct
{
  const char *field;
  const char *sentence;
} field_sentences[] = {
  { "staff_number", N_ ("There is nobody with this staff number.") },
  { "line_manager", N_ ("This has to be the staff number of somebody else on the staff.") },
  { "related_staff_number", N_ ("This has to be the staff number of somebody else on the staff.") },
  { "surname", N_ ("A person has a name.") },
  { "received", N_ ("This day is still to come.") },
  { "finalised", N_ ("This is before the day on which it was received.") },
  { "source_evaluation", N_ ("Grade the source: 1, 2 or 3.") },
  { "information_assessment", N_ ("Grade the information: A to E.") },
  { "handling_code", N_ ("Choose the handling code: P or C.") },
  { "handling_conditions", N_ ("Handling code C needs its conditions.") },
  { "source_reference", N_ ("A source is referred to by number, never by name.") },
  { "sanitised_text", N_ ("A sanitised text is replaced, not emptied.") },
  { "subjects", N_ ("These are more subjects than one record can have.") },
  { "condition", N_ ("Conditions go with an approval with conditions, and with nothing else.") },
  { "restricted_reasons", N_ ("Your account does not hold the key for restricted reasons.") },
  { "searched", N_ ("Say for each system, once, what came of searching it or why it was not searched.") },
  { "for_role", N_ ("Only the comments of the line manager and of the head of HR can be given or waived.") },
  { "earliest_seen", N_ ("It cannot be seen before it was published.") },
  { "intrusion", N_ ("To find who made a protected disclosure nothing intrusive is done.") },
  { "owner", N_ ("There is no such account.") },
  { "reasons", N_ ("Whether to refer is asked of what is alleged as if it were shown to be true: the strength of the evidence is no reason.") },
  { "decision", N_ ("What meets a criterion has to be referred.") },
  { "criterion", N_ ("A referral because a criterion is met names the criterion.") },
  { "route", N_ ("The rules of that day do not know this way.") },
  { "occurred_until", N_ ("It ends before it began.") },
  { "capture_exhibit", N_ ("The case has no such exhibit.") },
  { "review_date", N_ ("This day has passed. Give today or a later one.") },
  { "to", N_ ("The last day is before the first.") },
};

static const ProbityField *
find_field (const char *name)
{
  static const char *const kinds[] = { "second-job", "person", "organisation", "relation", "complaint", "intelligence-report", "leak-investigation", "conduct-investigation" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const ProbityRecordKind *kind = probity_record_kind_find (kinds[i]);
      guint                    n_fields = 0;
      const ProbityField      *fields = kind != NULL ? probity_record_kind_get_fields (kind, &n_fields) : NULL;

      for (guint j = 0; j < n_fields; j++)
        if (g_strcmp0 (fields[j].name, name) == 0)
          return &fields[j];
    }
  return NULL;
}

static const char *
say_how_to_write (ProbityFieldType type)
{
  switch (type)
    {
    case PROBITY_FIELD_DAY:
      return _ ("This is not a day. Write it as 3 April 2026 or 2026-04-03.");
    case PROBITY_FIELD_INSTANT:
      return _ ("This is not a day and a time. Write it as 3 April 2026 09:30.");
    case PROBITY_FIELD_HOURS:
      return _ ("This is not a number of hours. Write it as 7.5 or 7:30.");
    case PROBITY_FIELD_BOOLEAN:
      return _ ("Choose yes or no.");
    case PROBITY_FIELD_INTEGER:
      return _ ("This is not a whole number.");
    case PROBITY_FIELD_CHOICE:
      return _ ("Choose one of the list.");
    case PROBITY_FIELD_TEXT:
    case PROBITY_FIELD_LONG_TEXT:
    case PROBITY_FIELD_STAFF:
      break;
    }
  return NULL;
}

static const char *
parse_sentence (ProbityParseError code,
                ProbityFieldType  type)
{
  switch (code)
    {
    case PROBITY_PARSE_ERROR_EMPTY:
      return _ ("This has to be filled in.");
    case PROBITY_PARSE_ERROR_INVALID:
      return say_how_to_write (type);
    case PROBITY_PARSE_ERROR_AMBIGUOUS:
      return type == PROBITY_FIELD_DAY ? _ ("This can be two different days. Write the month as a word: 3 April 2026.")
                                       : _ ("This can be read in two ways. Write it in full.");
    case PROBITY_PARSE_ERROR_RANGE:
      return type == PROBITY_FIELD_HOURS ? _ ("A week has no fewer than 0 and no more than 168 hours.")
                                         : _ ("This is more or less than is possible.");
    case PROBITY_PARSE_ERROR_TOO_LONG:
      return _ ("This is too long. Shorten it.");
    case PROBITY_PARSE_ERROR_CHARACTER:
      return _ ("There is a character in this that cannot be kept. Type it again instead of pasting it.");
    case PROBITY_PARSE_ERROR_MARKING:
      return _ ("This is marked above OFFICIAL-SENSITIVE and may not be kept here.");
    }
  return NULL;
}

/**
 * probity_field_problem_to_sentence:
 * @error: an error of the library about the value of a field
 * @field: (nullable): the field; %NULL: found by the name that @error has
 *
 * Says to a person what is wrong with what they entered, and how it is written. What the library
 * says itself is for files and logs.
 *
 * Returns: a sentence; static
 */
const char *
probity_field_problem_to_sentence (const GError       *error,
                                   const ProbityField *field)
{
  const char *name = probity_record_error_get_field (error);
  const char *sentence = NULL;
  int         code;

  if (error->domain == PROBITY_RECORD_ERROR && error->code == PROBITY_RECORD_ERROR_MISSING)
    return _ ("This has to be filled in.");

  if (field == NULL && name != NULL)
    field = find_field (name);
  if (probity_record_error_get_parse_code (error, &code))
    sentence = parse_sentence (code, field != NULL ? field->type : PROBITY_FIELD_TEXT);
  for (guint i = 0; sentence == NULL && i < G_N_ELEMENTS (field_sentences); i++)
    if (g_strcmp0 (field_sentences[i].field, name) == 0)
      sentence = _ (field_sentences[i].sentence);
  if (sentence == NULL && field != NULL)
    sentence = say_how_to_write (field->type);

  return sentence != NULL ? sentence : _ ("This is not valid.");
}
