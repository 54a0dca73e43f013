/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is changed in a profile: it keeps the checks and the separation of duties, or it is refused. The input is
 * lines that are put over a good profile: `[Group] Key=Value` changes a value; anything else is read as a whole file. */

#include "config.h"

#include "probity-profile.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

static gboolean
is_name (const char *text)
{
  const char *at = text;

  while (g_ascii_isalnum (*at) || *at == '-' || *at == '.' || (*at == ' ' && at > text))
    at++;

  return at > text && *at == '\0' && at[-1] != ' ';
}

static GBytes *
change_profile (const char *changes)
{
  static GBytes *good = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) lines = g_strsplit (changes, "\n", 64);
  char *text;
  gsize size;

  if (good == NULL)
    {
      g_autoptr (ProbityProfile) profile = probity_profile_load_builtin ("derbyshire", NULL);

      if (profile == NULL)
        g_error ("The profile of Derbyshire is not there");
      good = g_bytes_ref (probity_profile_get_bytes (profile));
    }

  g_key_file_load_from_bytes (file, good, G_KEY_FILE_NONE, NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *group = lines[i];
      char *key = strchr (group, ']');
      char *value = key != NULL ? strchr (key, '=') : NULL;

      if (*group != '[' || value == NULL || key[1] != ' ')
        continue;
      *key = '\0';
      *value = '\0';
      if (is_name (group + 1) && is_name (key + 2))
        g_key_file_set_value (file, group + 1, key + 2, value + 1);
    }

  text = g_key_file_to_data (file, &size, NULL);

  return g_bytes_new_take (text, size);
}

static void
check_gate (ProbityProfile *profile)
{
  const char *signatory = probity_profile_get_signatory (profile);

  if (!g_str_equal (signatory, "decider") && !(g_str_equal (signatory, "head-of-hr") && probity_profile_requires_view (profile)))
    g_error ("%s signs without professional standards", signatory);
  if (probity_profile_get_check_age_days (profile) < 1 || probity_profile_get_check_age_days (profile) > 366)
    g_error ("Checks of %u days", probity_profile_get_check_age_days (profile));
  if (!g_str_equal (probity_profile_find_category (profile, "what nobody has"), "other"))
    g_error ("An unknown category is not other");
}

static void
check_lists (ProbityProfile *profile)
{
  static const char *const lists[] = { "categories", "employment-groups", "corruption-categories", "handling-codes", "conditions", "other-systems-intelligence" };
  ProbityDay               day = probity_profile_get_next_review (profile, probity_day_from_iso ("2012-02-29"));

  if (day <= probity_day_from_iso ("2012-02-29") || day > probity_day_from_iso ("2013-03-01"))
    g_error ("A review that is not within the year");

  for (gsize l = 0; l < G_N_ELEMENTS (lists); l++)
    {
      g_auto (GStrv) ids = probity_profile_dup_list (profile, lists[l]);

      for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
        {
          if (probity_profile_get_label (profile, lists[l], ids[i]) == NULL)
            g_error ("%s of %s has no name", ids[i], lists[l]);
          probity_profile_find (profile, lists[l], ids[i]);
        }
    }

  {
    g_auto (GStrv) groups = probity_profile_dup_list (profile, "employment-groups");

    for (guint i = 0; groups[i] != NULL; i++)
      {
        const ProbityEmploymentGroup *group = probity_profile_get_employment_group (profile, groups[i]);

        if (group->lawful_order && !g_str_equal (group->id, "officer"))
          g_error ("A lawful order for %s", group->id);
      }
  }
}

/* An investigation is investigated only once that is decided, and ends closed through the gate. */
static void
check_stages (ProbityProfile *profile)
{
  static const char *const kinds[] = { "conduct", "leak" };

  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_auto (GStrv) stages = probity_profile_dup_stages (profile, kinds[k], probity_day_from_iso ("2026-03-02"));

      if (stages != NULL && (!g_strv_contains ((const char *const *) stages, "investigation") || !g_str_equal (stages[g_strv_length (stages) - 1], "closed")))
        g_error ("Stages of %s cases that go past the gate", kinds[k]);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autofree char *changes = g_strndup ((const char *) data, length);
  g_autoptr (GBytes) whole = g_bytes_new (data, length);
  g_autoptr (GBytes) changed = g_utf8_validate (changes, -1, NULL) ? change_profile (changes) : NULL;
  GBytes *files[] = { whole, changed };

  for (gsize i = 0; i < G_N_ELEMENTS (files) && files[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ProbityProfile) profile = probity_profile_new_from_bytes (files[i], "any.profile", &error);

      if ((profile != NULL) != (error == NULL))
        g_error ("A profile was neither taken nor refused");
      if (profile == NULL)
        continue;
      check_gate (profile);
      check_lists (profile);
      check_stages (profile);
    }

  return 0;
}
