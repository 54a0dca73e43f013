/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-second-job-words.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-words.h"

/* What the codes of a second job's course say to people. */

static const ProbityWords gate_items[] = {
  { "line-manager-comment", N_ ("Line manager’s comment") },
  { "head-of-hr-comment", N_ ("Head of HR’s comment") },
  { "complaints-check", N_ ("Complaints check") },
  { "intelligence-check", N_ ("Intelligence check") },
  { "professional-standards-view", N_ ("Professional standards’ view") },
  { "professional-standards", N_ ("Professional standards") },
  { "decision", N_ ("Decision") },
  { "appeal", N_ ("Appeal") },
  { "reasons-bundle", N_ ("Reasons for the chief officer") },
  { "advice", N_ ("The anti-corruption unit’s advice") },
  { "stale-check", N_ ("A check is out of date") },
  { "unassessed-hits", N_ ("Records without a verdict") },
  { "new-record", N_ ("A new record touches the applicant") },
  { "sealed-answer", N_ ("Answer for a sealed case") },
  { "sealed-wait", N_ ("Waits for a sealed case") },
  { "recheck-open", N_ ("Open re-check") },
  { "separation-of-duties", N_ ("Different people") },
};

/* Of an item that is missing: who supplies it. */
static const ProbityWords suppliers[] = {
  { "line-manager", N_ ("Line manager or stand-in") },
  { "head-of-hr", N_ ("Head of HR") },
  { "sealed-holder", N_ ("You, in My Day; nobody else is told") },
  { "psd-officer", N_ ("PSD officer or ACU officer") },
  { "acu-officer", N_ ("ACU officer") },
  { "decider", N_ ("Head of professional standards") },
  { "professional-standards", N_ ("Professional standards") },
};

/* Of an item of which the reader is not shown whether it is done. */
static const ProbityWords unseen[] = {
  { "intelligence-check", N_ ("The anti-corruption unit makes it; only they and deciders see whether it is done.") },
  { "professional-standards-view", N_ ("The head of professional standards gives it; this account is not shown whether it is done.") },
};

static const ProbityWords details[] = {
  { "supports", N_ ("supports it") },
  { "does-not-support", N_ ("does not support it") },
  { "waived", N_ ("waived") },
  { "in-place-of-head-of-hr", N_ ("in the place of the head of HR") },
  { "stale", N_ ("made before something changed: make it again") },
  { "no-concern", N_ ("no concern") },
  { "concern", N_ ("concern") },
  { "no-objection", N_ ("no objection") },
  { "objection", N_ ("objection") },
  { "approved", N_ ("approved") },
  { "approved-with-conditions", N_ ("approved with conditions") },
  { "refused", N_ ("refused") },
  { "wait", N_ ("wait with the decision") },
  { "as-if-unknown", N_ ("decide as if nothing were known") },
};

static const ProbityWords waiting[] = {
  { "line-manager", N_ ("Waiting for the line manager’s comment") },
  { "head-of-hr", N_ ("Waiting for the head of HR’s comment") },
  { "professional-standards", N_ ("Waiting for professional standards") },
  { "signatory", N_ ("Waiting for the decision") },
  { "chief-officer", N_ ("Waiting for the chief officer’s decision on the appeal") },
  { "applicant", N_ ("Deferred: waiting for facts from the applicant") },
};

static const ProbityWords hours_warnings[] = {
  { "over-weekly-limit", N_ ("More than the weekly average that the working time rules allow.") },
  { "over-local-cap", N_ ("More other work than the force’s own limit allows.") },
  { "contracted-hours-unknown", N_ ("The contracted hours are not known, so the sum is too low.") },
  { "job-hours-unknown", N_ ("The hours of a job are not known, so the sum is too low.") },
};

/** What an item of the gate card is called. Static. */
const char *
probity_second_job_words_for_gate_item (const char *code)
{
  const char *words = probity_words_find (gate_items, G_N_ELEMENTS (gate_items), code);

  return words != NULL ? words : probity_gate_code_to_sentence (code);
}

/** (transfer full): who did it and when, or who can supply what is missing. */
char *
probity_second_job_words_dup_gate_detail (const ProbityGateItem *item)
{
  g_autofree char *when = item->when != NULL ? probity_format_instant (item->when) : NULL;
  const char      *detail = probity_words_find (details, G_N_ELEMENTS (details), item->detail);
  const char      *supplier = probity_words_find (suppliers, G_N_ELEMENTS (suppliers), item->who);
  const char      *parts[4] = { NULL };
  gsize            n_parts = 0;

  if (item->unseen)
    {
      const char *words = probity_words_find (unseen, G_N_ELEMENTS (unseen), item->code);

      return g_strdup (words != NULL ? words : supplier);
    }
  if (detail == NULL && item->detail != NULL && *item->detail != '\0')
    detail = probity_label_for_value (item->detail);
  if (item->who != NULL && *item->who != '\0')
    parts[n_parts++] = item->done || item->when != NULL || supplier == NULL ? item->who : supplier;
  if (when != NULL)
    parts[n_parts++] = when;
  if (detail != NULL)
    parts[n_parts++] = detail;

  return g_strjoinv (" · ", (char **) parts);
}

/** Whom the case waits for; %NULL for nobody. Static. */
const char *
probity_second_job_words_for_waiting (const char *waiting_for)
{
  return probity_words_find (waiting, G_N_ELEMENTS (waiting), waiting_for);
}

static void
add_part (GString *text,
          double   hours,
          char    *part)
{
  if (hours > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " + " : "", part);
  g_free (part);
}

/** (transfer full): the sum, of what it is made, and the limit. */
char *
probity_second_job_words_dup_hours (const ProbityHoursSummary *hours)
{
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: the four are joined by plus signs. */
  add_part (text, hours->contracted, g_strdup_printf (_ ("%g contracted"), hours->contracted));
  add_part (text, hours->overtime, g_strdup_printf (_ ("%g overtime"), hours->overtime));
  add_part (text, hours->this_job, g_strdup_printf (_ ("%g here"), hours->this_job));
  add_part (text, hours->other_jobs, g_strdup_printf (_ ("%g in other jobs"), hours->other_jobs));
  if (text->len == 0)
    /* Translators: hours a week, and the limit of their average. */
    return g_strdup_printf (_ ("%g of %g hours"), hours->total, hours->limit);
  /* Translators: what the sum is made of, the sum, the limit of the weekly average. */
  return g_strdup_printf (_ ("%s = %g of %g hours"), text->str, hours->total, hours->limit);
}

/** (transfer full): a line for each warning; empty for none. */
char *
probity_second_job_words_dup_hours_warnings (const ProbityHoursSummary *hours)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; hours->warnings != NULL && hours->warnings[i] != NULL; i++)
    {
      const char *words = probity_words_find (hours_warnings, G_N_ELEMENTS (hours_warnings), hours->warnings[i]);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", words != NULL ? words : hours->warnings[i]);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}
