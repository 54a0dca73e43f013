/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-access.h"

G_BEGIN_DECLS

/** One entry of the sidebar. */
typedef struct
{
  const char      *name; /* `second-jobs`: target of win.section, default-page in the settings */
  const char      *title;
  const char      *icon_name;
  ProbityOperation operation; /* shown only to whom this is allowed; PROBITY_N_OPERATIONS: everybody */
  const char      *list;      /* the list that is shown and counted; NULL: @create makes the page */
  AdwNavigationPage *(*create) (ProbitySession *session);
  gboolean starts_group;
} ProbitySection;

/** What the window does with one kind of record. */
typedef struct
{
  const char *kind;
  AdwNavigationPage *(*create_page) (ProbitySession *session,
                                     const char     *uid);
  AdwDialog *(*create_dialog) (ProbitySession *session); /* for a new record; NULL: made elsewhere */
  ProbityOperation create_operation;
  const char      *create_label;
  gboolean (*may_create) (ProbitySession *session); /* NULL: create_operation alone decides */
} ProbityRecordView;

const ProbitySection    *probity_sections_get (guint *ret_n_sections);
const ProbitySection    *probity_sections_find (const char *name);
gboolean                 probity_section_is_open_to (const ProbitySection *section,
                                                     ProbitySession       *session);
const ProbityRecordView *probity_record_view_find (const char *kind);
gboolean                 probity_record_view_may_create (const ProbityRecordView *view,
                                                         ProbitySession          *session);

G_END_DECLS
