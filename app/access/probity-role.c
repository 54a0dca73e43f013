/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-role.h"

G_DEFINE_QUARK (probity-access-error-quark, probity_access_error)

static const struct
{
  ProbityRoles role;
  const char  *word;
} role_words[] = {
  { PROBITY_ROLE_LINE_MANAGER, "line-manager" },
  { PROBITY_ROLE_HR_OFFICER, "hr-officer" },
  { PROBITY_ROLE_HEAD_OF_HR, "head-of-hr" },
  { PROBITY_ROLE_PSD_OFFICER, "psd-officer" },
  { PROBITY_ROLE_ACU_OFFICER, "acu-officer" },
  { PROBITY_ROLE_DECIDER, "decider" },
  { PROBITY_ROLE_ADMINISTRATOR, "administrator" },
  { PROBITY_ROLE_CHIEF_OFFICER, "chief-officer" },
};

static ProbityRoles
find_role (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (role_words); i++)
    if (g_str_equal (role_words[i].word, word))
      return role_words[i].role;

  return PROBITY_ROLE_NONE;
}

/**
 * probity_roles_parse:
 *
 * At least one role is wanted; a role named twice counts once. Any thread.
 */
gboolean
probity_roles_parse (const char   *text,
                     ProbityRoles *ret_roles,
                     GError      **error)
{
  g_auto (GStrv) words = NULL;
  ProbityRoles roles = PROBITY_ROLE_NONE;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (ret_roles != NULL, FALSE);

  words = g_strsplit (text, ",", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      ProbityRoles role = find_role (g_strstrip (words[i]));

      if (role == PROBITY_ROLE_NONE)
        {
          g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, "There is no role “%.64s”", words[i]);
          return FALSE;
        }
      roles |= role;
    }

  if (roles == PROBITY_ROLE_NONE)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, "An account needs a role");
      return FALSE;
    }

  *ret_roles = roles;

  return TRUE;
}

char *
probity_roles_to_string (ProbityRoles roles)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (role_words); i++)
    {
      if ((roles & role_words[i].role) == 0)
        continue;
      if (text->len > 0)
        g_string_append_c (text, ',');
      g_string_append (text, role_words[i].word);
    }

  return g_string_free_and_steal (text);
}

/**
 * probity_roles_open:
 *
 * Rule: the table of compartments in the plan of the house. Any thread.
 */
gboolean
probity_roles_open (ProbityRoles       roles,
                    ProbityCompartment compartment)
{
  switch (compartment)
    {
    case PROBITY_COMPARTMENT_JOURNAL:
      return TRUE;
    case PROBITY_COMPARTMENT_REGISTERS:
      return (roles & ~PROBITY_ROLE_ADMINISTRATOR) != 0;
    case PROBITY_COMPARTMENT_STANDARDS:
      return (roles & (PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER)) != 0;
    case PROBITY_COMPARTMENT_INTELLIGENCE:
      return (roles & (PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER)) != 0;
    }

  g_return_val_if_reached (FALSE);
}
