/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-profile-private.h"

/* The rules of conduct investigations, which changed with the regulations: those of the day on which a matter came to attention. */

static char *
find_group (ProbityProfile *self,
            ProbityDay      day)
{
  ProbityDay       newest = PROBITY_DAY_NONE;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->conduct_rules->len; i++)
    {
      const ProbityDay from = g_array_index (self->conduct_rules, ProbityDay, i);

      if (from <= day && (newest == PROBITY_DAY_NONE || from > newest))
        newest = from;
    }
  if (newest == PROBITY_DAY_NONE)
    return NULL;
  text = probity_day_to_iso (newest);

  return g_strconcat ("Conduct-Rules ", text, NULL);
}

static const char *
look_up (ProbityProfile *self,
         GHashTable     *table,
         ProbityDay      day,
         const char     *key)
{
  g_autofree char *group = find_group (self, day);
  g_autofree char *path = group != NULL ? g_strconcat (group, "/", key, NULL) : NULL;

  return path != NULL ? g_hash_table_lookup (table, path) : NULL;
}

/**
 * probity_profile_get_conduct_rule:
 * @day: as of which the rules are asked for
 * @key: Severity-Rule, Notice-Rule, Report-Rule (citations as they are printed), Representation-Days (working
 *   days), First-Report-Months, Next-Report-Months (0: no such report)
 *
 * Returns: (nullable): the value; %NULL where the profile has no rules of that day
 */
const char *
probity_profile_get_conduct_rule (ProbityProfile *self,
                                  ProbityDay      day,
                                  const char     *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  return look_up (self, self->values, day, key);
}

/** probity_profile_get_conduct_source: (nullable): where the value of that rule is from */
const char *
probity_profile_get_conduct_source (ProbityProfile *self,
                                    ProbityDay      day,
                                    const char     *key)
{
  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  return look_up (self, self->sources, day, key);
}
