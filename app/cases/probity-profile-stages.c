/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-profile-private.h"

#include <string.h>

/*
 * The stages of an investigation as a force goes through them: `[Stages conduct 2020-02-01]`, in order
 * code=name, each with its Source.code, and Days.code for how many working days it is meant to take at most.
 */

#define MAX_STAGES 40
#define MAX_TEXT 400
#define MAX_DAYS 2000

static void
free_stage (gpointer data)
{
  ProbityProfileItem *stage = data;

  g_free (stage->id);
  g_free (stage->label);
  g_free (stage->source);
  g_free (stage);
}

void
_probity_profile_stages_free (gpointer data)
{
  ProbityProfileStages *self = data;

  g_free (self->kind);
  g_ptr_array_unref (self->stages);
  g_free (self);
}

static gboolean
is_code (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_islower (*at) && !g_ascii_isdigit (*at) && *at != '-')
      return FALSE;

  return *text != '\0' && strlen (text) <= 40;
}

static char *
dup_text (GKeyFile   *file,
          const char *group,
          const char *prefix,
          const char *key)
{
  g_autofree char *name = g_strconcat (prefix, key, NULL);
  g_autofree char *text = g_key_file_get_string (file, group, name, NULL);

  return text != NULL && *g_strstrip (text) != '\0' && strlen (text) <= MAX_TEXT ? g_steal_pointer (&text) : NULL;
}

/* `Source.code`, `Days.code` and `Source.Days.code` are of a stage that is there. */
static const char *
get_stage_of (const char *key)
{
  if (g_str_has_prefix (key, "Source."))
    key += strlen ("Source.");
  if (g_str_has_prefix (key, "Days."))
    key += strlen ("Days.");

  return key;
}

static const char *
read_days (GKeyFile           *file,
           const char         *group,
           ProbityProfileItem *stage)
{
  g_autofree char *days = dup_text (file, group, "Days.", stage->id);
  g_autofree char *source = dup_text (file, group, "Source.Days.", stage->id);
  guint64          number;

  if (days == NULL)
    return NULL;
  if (!g_ascii_string_to_unsigned (days, 10, 1, MAX_DAYS, &number, NULL))
    return "the days of a stage are a whole number";
  if (source == NULL)
    return "the source of its days is missing";
  stage->days = (guint) number;

  return NULL;
}

/* A case begins somewhere, is investigated only once that is decided, and ends closed through the gate. */
static const char *
check_order (ProbityProfileStages *self)
{
  static const struct
  {
    const char *kind;
    const char *first;
  } kinds[] = {
    { "conduct", "received" },
    { "leak", "reported" },
  };
  const ProbityProfileItem *first = self->stages->len > 0 ? g_ptr_array_index (self->stages, 0) : NULL;
  const ProbityProfileItem *last = self->stages->len > 0 ? g_ptr_array_index (self->stages, self->stages->len - 1) : NULL;
  gboolean                  investigated = FALSE;

  if (first == NULL || !g_str_equal (last->id, "closed"))
    return "the last stage is “closed”: a case ends through the gate";
  for (guint i = 0; i < self->stages->len; i++)
    investigated = investigated || g_str_equal (((ProbityProfileItem *) g_ptr_array_index (self->stages, i))->id, "investigation");
  if (!investigated)
    return "“investigation” is missing: it waits for the decision to investigate";
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (self->kind, kinds[i].kind) && !g_str_equal (first->id, kinds[i].first))
      return "begins with another stage than such cases";

  return NULL;
}

/* Reads a group named `Stages KIND DAY`. Returns what is wrong with it, %NULL where nothing is. */
const char *
_probity_profile_parse_stages (ProbityProfile *self,
                               GKeyFile       *file,
                               const char     *group)
{
  g_auto (GStrv) words = g_strsplit (group, " ", 4);
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);
  ProbityProfileStages *stages;
  const char           *complaint;

  if (g_strv_length (words) != 3 || !is_code (words[1]) || probity_day_from_iso (words[2]) == PROBITY_DAY_NONE)
    return "named by kind of case and the day from which it holds, as in [Stages conduct 2020-02-01]";
  if (self->stages->len >= MAX_STAGES)
    return "too many groups of stages";

  stages = g_new0 (ProbityProfileStages, 1);
  stages->kind = g_strdup (words[1]);
  stages->from = probity_day_from_iso (words[2]);
  stages->stages = g_ptr_array_new_with_free_func (free_stage);
  g_ptr_array_add (self->stages, stages);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      ProbityProfileItem *stage;

      if (get_stage_of (keys[i]) != keys[i])
        {
          if (!g_key_file_has_key (file, group, get_stage_of (keys[i]), NULL))
            return "the source or the days of no stage";
          continue;
        }
      if (!is_code (keys[i]))
        return "stages have small letters, digits and hyphens only";
      if (stages->stages->len >= MAX_STAGES)
        return "too many stages";

      stage = g_new0 (ProbityProfileItem, 1);
      g_ptr_array_add (stages->stages, stage);
      stage->id = g_strdup (keys[i]);
      stage->label = dup_text (file, group, "", keys[i]);
      stage->source = dup_text (file, group, "Source.", keys[i]);
      if (stage->label == NULL || stage->source == NULL)
        return "a stage has a name and a source";
      complaint = read_days (file, group, stage);
      if (complaint != NULL)
        return complaint;
    }

  return check_order (stages);
}

static GPtrArray *
find_stages (ProbityProfile *self,
             const char     *kind,
             ProbityDay      day)
{
  const ProbityProfileStages *found = NULL;

  for (guint i = 0; i < self->stages->len; i++)
    {
      const ProbityProfileStages *stages = g_ptr_array_index (self->stages, i);

      if (g_str_equal (stages->kind, kind) && stages->from <= day && (found == NULL || stages->from > found->from))
        found = stages;
    }

  return found != NULL ? found->stages : NULL;
}

static const ProbityProfileItem *
find_stage (ProbityProfile *self,
            const char     *kind,
            ProbityDay      day,
            const char     *stage)
{
  GPtrArray *stages = find_stages (self, kind, day);

  for (guint i = 0; stages != NULL && i < stages->len; i++)
    {
      const ProbityProfileItem *item = g_ptr_array_index (stages, i);

      if (g_str_equal (item->id, stage))
        return item;
    }

  return NULL;
}

/**
 * probity_profile_dup_stages:
 * @kind: `conduct` or `leak`
 * @day: on which the case was received
 *
 * Returns: (transfer full) (nullable): the stages in order; %NULL where the profile has none of that day
 */
GStrv
probity_profile_dup_stages (ProbityProfile *self,
                            const char     *kind,
                            ProbityDay      day)
{
  GPtrArray *stages;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL && kind != NULL, NULL);

  stages = find_stages (self, kind, day);
  if (stages == NULL)
    return NULL;
  for (guint i = 0; i < stages->len; i++)
    g_strv_builder_add (builder, ((ProbityProfileItem *) g_ptr_array_index (stages, i))->id);

  return g_strv_builder_end (builder);
}

/**
 * probity_profile_get_stage:
 * @ret_source: (nullable): the rule that the stage comes from
 * @ret_days: (nullable): working days that it is meant to take at most; 0 for none
 *
 * Returns: (nullable): the name of @stage; %NULL where the profile has no such stage of that day
 */
const char *
probity_profile_get_stage (ProbityProfile *self,
                           const char     *kind,
                           ProbityDay      day,
                           const char     *stage,
                           const char    **ret_source,
                           guint          *ret_days)
{
  const ProbityProfileItem *item;

  g_return_val_if_fail (self != NULL && kind != NULL && stage != NULL, NULL);

  item = find_stage (self, kind, day, stage);
  if (ret_source != NULL)
    *ret_source = item != NULL ? item->source : NULL;
  if (ret_days != NULL)
    *ret_days = item != NULL ? item->days : 0;

  return item != NULL ? item->label : NULL;
}
