/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case.h"
#include "probity-profile.h"

/* Every kind of case there is; a new one adds its line here. */
const ProbityCaseKind *const probity_case_kinds[] = {
  &probity_second_job_case,
  &probity_conduct_case,
  &probity_leak_case,
  NULL,
};

const ProbityCaseKind *
probity_case_kind_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; probity_case_kinds[i] != NULL; i++)
    if (g_str_equal (probity_case_kinds[i]->name, name))
      return probity_case_kinds[i];

  return NULL;
}

const ProbityCaseKind *
probity_case_kind_find_by_reference (const char *reference)
{
  g_return_val_if_fail (reference != NULL, NULL);

  for (guint i = 0; probity_case_kinds[i] != NULL; i++)
    {
      const gsize length = strlen (probity_case_kinds[i]->prefix);

      if (g_ascii_strncasecmp (reference, probity_case_kinds[i]->prefix, length) == 0 && reference[length] == '/')
        return probity_case_kinds[i];
    }

  return NULL;
}

const ProbityCaseKind *
probity_case_kind_of (const ProbityRecordKind *record_kind)
{
  for (guint i = 0; probity_case_kinds[i] != NULL; i++)
    if (probity_case_kinds[i]->record_kind == record_kind)
      return probity_case_kinds[i];

  return NULL;
}

ProbityCompartment
probity_case_kind_get_compartment (const ProbityCaseKind *kind)
{
  return kind->record_kind->compartment;
}

GStrv
probity_case_dup_stages (ProbitySession        *session,
                         const ProbityCaseKind *kind,
                         ProbityRecord         *record)
{
  const char *received = probity_record_get (record, "received");
  GStrv       stages = received != NULL ? probity_profile_dup_stages (probity_session_get_profile (session), kind->name, probity_day_from_iso (received)) : NULL;

  return stages != NULL ? stages : g_strdupv ((char **) kind->stages);
}

gboolean
probity_case_is_closed (const ProbityCaseKind *kind,
                        ProbityRecord         *record)
{
  const char *stage = probity_record_get (record, "stage");

  return stage != NULL && g_strv_contains (kind->terminal, stage);
}
