/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-profile.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *label;
  char *source; /* of the item itself; nullable */
  guint days;   /* of a stage */
} ProbityProfileItem;

typedef struct
{
  char      *kind; /* of case */
  ProbityDay from;
  GPtrArray *stages; /* ProbityProfileItem */
} ProbityProfileStages;

struct _ProbityProfile
{
  gatomicrefcount ref_count;

  GBytes     *bytes;
  char       *digest;
  char       *version;
  ProbityDay  valid_from;
  GHashTable *values;        /* "Group/Key" → text, as checked */
  GHashTable *sources;       /* "Group/Key" → text; "Group/" for a whole list */
  GHashTable *lists;         /* name → GPtrArray of ProbityProfileItem */
  GHashTable *checklists;    /* "kind stage" → GPtrArray of ProbityProfileItem */
  GPtrArray  *groups;        /* ProbityEmploymentGroup */
  GHashTable *aliases;       /* folded word → ProbityEmploymentGroup */
  GPtrArray  *conditions;    /* ProbityCondition */
  GArray     *holidays;      /* ProbityDay */
  GArray     *conduct_rules; /* ProbityDay from which each group of them holds */
  GPtrArray  *stages;        /* ProbityProfileStages */
};

gboolean    _probity_profile_parse (ProbityProfile *self,
                                    const char     *name,
                                    GError        **error);
const char *_probity_profile_parse_stages (ProbityProfile *self,
                                           GKeyFile       *file,
                                           const char     *group);
void        _probity_profile_stages_free (gpointer data);

G_END_DECLS
