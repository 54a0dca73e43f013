/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-list.h"

G_BEGIN_DECLS

/* A group with the first records of a list that one filter lets through: what belongs to a record's page. */
#define PROBITY_TYPE_RELATED_GROUP (probity_related_group_get_type ())
G_DECLARE_FINAL_TYPE (ProbityRelatedGroup, probity_related_group, PROBITY, RELATED_GROUP, AdwPreferencesGroup)

/** Makes the row of one record. (transfer floating) */
typedef GtkWidget *(*ProbityRelatedRowFunc) (ProbityRelatedGroup *group,
                                             ProbityListRow      *row,
                                             gpointer             data);

GtkWidget  *probity_related_group_new (ProbitySession       *session,
                                       const char           *title,
                                       const char           *empty_text,
                                       const char           *list,
                                       const char           *filter,
                                       const char           *value,
                                       ProbityRelatedRowFunc func,
                                       gpointer              data);
const char *probity_related_group_get_cell (ProbityRelatedGroup *self,
                                            ProbityListRow      *row,
                                            const char          *column);
char       *probity_related_group_dup_text (ProbityRelatedGroup *self,
                                            ProbityListRow      *row,
                                            const char          *column);

G_END_DECLS
