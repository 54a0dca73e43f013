/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-leak.h"

/*
 * What came of looking an outlet up in the media contact record. "No record" is a finding, not guilt, and nothing
 * written is none: so the text begins with the finding where somebody made one, and says nothing where it does not.
 */

static const struct
{
  const char *finding;
  const char *words;
} forms[] = {
  { "no-record", "No record" },
  { "recorded", "Contact recorded" },
};

static gboolean
is_blank (const char *text)
{
  return text == NULL || text[strspn (text, " \t\n")] == '\0';
}

/* The form that @text begins with, and what follows it; -1: none. "No records were kept" is no finding. */
static int
find_form (const char  *text,
           const char **ret_details)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (forms); i++)
    {
      const gsize length = strlen (forms[i].words);

      if (g_ascii_strncasecmp (text, forms[i].words, length) != 0 || (text[length] != '\0' && strchr (":.\n", text[length]) == NULL))
        continue;
      *ret_details = text + length + strspn (text + length, ":. \t\n");
      return (int) i;
    }
  *ret_details = text != NULL ? text : "";

  return -1;
}

const char *
probity_leak_contact_get_finding (const char *recorded_contact)
{
  const char *details;
  const int   form = find_form (recorded_contact, &details);

  if (is_blank (recorded_contact))
    return PROBITY_LEAK_CONTACT_NOT_LOOKED_UP;

  return form >= 0 ? forms[form].finding : PROBITY_LEAK_CONTACT_AS_WRITTEN;
}

char *
probity_leak_contact_dup_text (const char *finding,
                               const char *recorded_contact)
{
  const char *details;

  find_form (recorded_contact, &details);
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].finding, finding))
      return is_blank (details) ? g_strdup (forms[i].words) : g_strdup_printf ("%s: %s", forms[i].words, details);

  return g_strdup (g_str_equal (finding, PROBITY_LEAK_CONTACT_NOT_LOOKED_UP) ? "" : details);
}

static gboolean
check_finding (const char *finding,
               const char *details,
               GError    **error)
{
  static const char *const findings[] = { PROBITY_LEAK_CONTACT_NOT_LOOKED_UP, "no-record", "recorded", NULL };

  if (!g_strv_contains (findings, finding))
    g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, PROBITY_LEAK_CONTACT_FINDING, "“%.64s” is none of not-looked-up, no-record, recorded", finding));
  else if (g_str_equal (finding, "recorded") && is_blank (details))
    g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "recorded_contact", "When, with whom, and where it is recorded"));
  else
    return TRUE;

  return FALSE;
}

ProbityValues *
probity_leak_contact_read_values (ProbityValues *values,
                                  ProbityRecord *old,
                                  GError       **error)
{
  const char *finding = probity_values_get (values, PROBITY_LEAK_CONTACT_FINDING);
  const char *text = probity_values_get (values, "recorded_contact");
  const char *details;
  g_auto (GStrv) fields = probity_values_dup_fields (values);
  g_autoptr (ProbityValues) read = probity_values_new ();
  g_autofree char *composed = NULL;

  for (guint i = 0; fields[i] != NULL; i++)
    if (!g_str_equal (fields[i], PROBITY_LEAK_CONTACT_FINDING))
      probity_values_set (read, fields[i], probity_values_get (values, fields[i]));
  if (finding == NULL)
    return g_steal_pointer (&read);

  /* What stood there stays, under another finding. */
  if (text == NULL && old != NULL)
    text = probity_record_get (old, "recorded_contact");
  find_form (text, &details);
  if (!check_finding (finding, details, error))
    return NULL;
  composed = probity_leak_contact_dup_text (finding, text);
  probity_values_set (read, "recorded_contact", composed);

  return g_steal_pointer (&read);
}
