/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-profile-private.h"

/* What follows from a condition's review. Profiles from before there was such a group have these. */
static const struct
{
  const char *key;
  const char *value;
} defaults[] = {
  { "Review-Months", "12" },
  { "Not-Kept-Months", "1" },
  { "Not-Kept-Action", "yes" },
  { "Action-Days", "10" },
  { "Not-Kept-Recheck", "yes" },
  { "Not-Kept-Decider", "yes" },
};

/**
 * probity_profile_get_compliance:
 * @key: Review-Months (of conditions in free words), Not-Kept-Months (until what was not kept is looked at
 *   again), Not-Kept-Action, Not-Kept-Recheck, Not-Kept-Decider (`yes` or `no`), Action-Days (working days)
 *
 * Returns: the value
 */
const char *
probity_profile_get_compliance (ProbityProfile *self,
                                const char     *key)
{
  g_autofree char *path = NULL;
  const char      *value;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  path = g_strconcat ("Compliance/", key, NULL);
  value = g_hash_table_lookup (self->values, path);
  for (guint i = 0; value == NULL && i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (defaults[i].key, key))
      value = defaults[i].value;

  return value;
}
