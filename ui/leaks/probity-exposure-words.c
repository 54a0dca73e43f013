/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-words.h"

#include <glib/gi18n.h>

#include "probity-format.h"
#include "probity-words.h"

/* What the exposure list says to people. */

static const ProbityWords manners[] = {
  { "briefed", N_ ("Briefed") },
  { "e-mailed", N_ ("E-mailed") },
  { "shared-log-on", N_ ("Shared log-on") },
  { "other", N_ ("In another way") },
};

const char *
probity_exposure_words_for_manner (const char *manner)
{
  const char *words = probity_words_find (manners, G_N_ELEMENTS (manners), manner);

  return words != NULL ? words : manner;
}

char *
probity_exposure_words_dup_span (const char *first,
                                 const char *last)
{
  g_autofree char *from = first != NULL ? probity_format_instant (first) : NULL;
  g_autofree char *until = last != NULL ? probity_format_instant (last) : NULL;

  if (from == NULL || until == NULL)
    return g_strdup ("");
  if (g_str_equal (from, until))
    return g_steal_pointer (&from);

  return g_strdup_printf ("%s – %s", from, until);
}

static char *
dup_window (const ProbityExposureStep *step)
{
  g_autofree char *from = step->from != NULL ? probity_format_instant_exactly (step->from) : NULL;
  g_autofree char *until = probity_format_instant_exactly (step->until);

  if (from == NULL)
    /* Translators: %s is an instant. */
    return g_strdup_printf (_ ("Opened before %s"), until);

  /* Translators: both are instants. */
  return g_strdup_printf (_ ("Opened from %s until %s"), from, until);
}

char *
probity_exposure_words_dup_step (const ProbityExposureStep *step)
{
  g_autofree char *words = step->words != NULL ? g_strjoinv (", ", step->words) : g_strdup ("");

  switch (step->kind)
    {
    case PROBITY_EXPOSURE_WINDOW:
      return dup_window (step);
    case PROBITY_EXPOSURE_RECORDS:
      /* Translators: %s is a list of records that somebody opened. */
      return g_strdup_printf (step->keep ? _ ("Only who opened %s") : _ ("Who opened %s does not count"), words);
    case PROBITY_EXPOSURE_PLACES:
      /* Translators: %s is a list of workstations. */
      return g_strdup_printf (step->keep ? _ ("Only from %s") : _ ("Not from %s"), words);
    case PROBITY_EXPOSURE_ROLES:
      /* Translators: %s is a list of roles or ranks. */
      return g_strdup_printf (step->keep ? _ ("Only in the role %s") : _ ("Not in the role %s"), words);
    case PROBITY_EXPOSURE_UNITS:
      /* Translators: %s is a list of units. */
      return g_strdup_printf (step->keep ? _ ("Only of the unit %s") : _ ("Not of the unit %s"), words);
    case PROBITY_EXPOSURE_ELIMINATED:
      return g_strdup_printf (ngettext ("%u person who is eliminated as a subject goes", "%u people who are eliminated as subjects go", step->named), step->named);
    case PROBITY_EXPOSURE_EXCLUSION:
      return g_strdup_printf (ngettext ("%u named person goes", "%u named people go", step->named), step->named);
    }
  g_return_val_if_reached (NULL);
}

char *
probity_exposure_words_dup_effect (const ProbityExposureStep *step)
{
  const guint      gone = step->before - step->after;
  g_autofree char *go = gone > 0 ? g_strdup_printf (ngettext ("%u goes", "%u go", gone), gone) : g_strdup (_ ("nobody goes"));
  g_autofree char *remain = g_strdup_printf (ngettext ("%u remains", "%u remain", step->after), step->after);

  /* Translators: how many people go with a step, and how many remain. */
  return g_strdup_printf (_ ("%s, %s"), go, remain);
}

const char *
probity_exposure_words_get_name (const ProbityExposurePerson *person)
{
  if (person->name != NULL && !person->masked)
    return person->name;
  if (person->masked)
    return _ ("Masked");
  if (person->accounts != NULL)
    return person->accounts;

  return person->staff_number != NULL ? person->staff_number : "";
}

static void
append (GString    *text,
        const char *part,
        const char *separator)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? separator : "", part);
}

char *
probity_exposure_words_dup_person (const ProbityExposurePerson *person)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *span = probity_exposure_words_dup_span (person->first, person->last);

  if (!person->masked)
    {
      append (text, person->staff_number, " · ");
      append (text, person->rank, " · ");
      append (text, person->unit, " · ");
      if (person->name != NULL)
        append (text, person->accounts, " · ");
    }
  if (person->rows > 0)
    {
      /* Translators: how often somebody opened what the log is about, and from when until when. */
      g_autofree char *rows = g_strdup_printf (ngettext ("%u row of the logs, %s", "%u rows of the logs, %s", (guint) person->rows), (guint) person->rows, span);

      append (text, rows, "\n");
    }
  if (person->manner != NULL)
    {
      g_autofree char *added = g_strdup_printf (_ ("Added by hand: %s"), probity_exposure_words_for_manner (person->manner));

      append (text, added, "\n");
      append (text, person->masked ? NULL : person->reason, "\n");
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}
