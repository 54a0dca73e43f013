/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-name.h"

#include "probity-profile.h"

/**
 * probity_casebook_dup_display_name:
 * @folder: of a casebook
 * @keyring: (nullable): its list of accounts, where it could be read
 *
 * What to call a casebook that is not open. The profile in it is encrypted, but the keyring says
 * which one it was made with, and those that are shipped name their force. A profile that leaves
 * the name to be set does not: then the folder's own name is what its people gave it.
 *
 * Returns: (transfer full): the force's name, or the folder's
 */
char *
probity_casebook_dup_display_name (const char     *folder,
                                   ProbityKeyring *keyring)
{
  g_autoptr (ProbityProfile) profile = NULL;
  const char *name;

  g_return_val_if_fail (folder != NULL, NULL);

  if (keyring != NULL)
    profile = probity_profile_load_builtin (probity_keyring_get_profile_name (keyring), NULL);
  name = profile != NULL && !probity_profile_is_setting (profile, "Profile", "Force-Name") ? probity_profile_get_force_name (profile) : NULL;

  return name != NULL && *name != '\0' ? g_strdup (name) : g_path_get_basename (folder);
}
