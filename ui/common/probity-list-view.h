/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "probity-list.h"

G_BEGIN_DECLS

/** How one list of the casebook is shown: everything that the library's ProbityListKind does not know. */
typedef struct
{
  const char        *list;
  const char        *title;           /* of the page */
  const char        *name_column;     /* first line of a narrow row */
  const char *const *detail_columns;  /* second line of a narrow row */
  const char        *trailing_column; /* at the end of a narrow row; nullable */
  const char        *sort_column;
  gboolean           sort_descending;
  const char *const *hidden_columns; /* until they are chosen */
  const char        *icon_name;
  const char        *empty_title;
  const char        *empty_description;
  const char        *new_kind; /* record kind that the page's button makes; nullable */
} ProbityListView;

typedef enum
{
  PROBITY_FILTER_TOGGLE,
  PROBITY_FILTER_CHOICE,
  PROBITY_FILTER_TEXT,
  PROBITY_FILTER_DAY,
} ProbityFilterType;

/** How one filter is asked for. */
typedef struct
{
  const char       *name;
  ProbityFilterType type;
  const char       *choices; /* `=a,b,c`, or a list of the profile; for CHOICE */
} ProbityFilterView;

const ProbityListView   *probity_list_view_find (const char *list);
const ProbityFilterView *probity_filter_view_find (const char *list,
                                                   const char *filter);
GStrv                    probity_choices_dup (ProbityProfile *profile,
                                              const char     *choices);
const char              *probity_choices_get_label (ProbityProfile *profile,
                                                    const char     *choices,
                                                    const char     *value);
const char              *probity_choices_for_field (const char         *kind,
                                                    const ProbityField *field);
char                    *probity_list_column_dup_text (ProbityProfile          *profile,
                                                       const ProbityListColumn *column,
                                                       const char              *cell);

G_END_DECLS
