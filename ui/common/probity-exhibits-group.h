/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-exhibit.h"

G_BEGIN_DECLS

/*
 * The exhibits of a case, on the page of a case of any kind: what there is, and for who works the case a
 * button, and room to drop a file, that takes one in.
 */
#define PROBITY_TYPE_EXHIBITS_GROUP (probity_exhibits_group_get_type ())
G_DECLARE_FINAL_TYPE (ProbityExhibitsGroup, probity_exhibits_group, PROBITY, EXHIBITS_GROUP, AdwPreferencesGroup)

GtkWidget *probity_exhibits_group_new (ProbitySession *session,
                                       const char     *case_kind);
/** Shows the exhibits of the case with this reference or uid, and reads them anew. */
void probity_exhibits_group_set_case (ProbityExhibitsGroup *self,
                                      const char           *case_reference);

ProbitySession *probity_exhibits_group_get_session (ProbityExhibitsGroup *self);
const char     *probity_exhibits_group_get_case (ProbityExhibitsGroup *self);
/** Reads the list anew. */
void probity_exhibits_group_reload (ProbityExhibitsGroup *self);
/** Shows how far @progress is, with a button that cancels, until @future (transfer full) is done; (transfer full): the same future. */
DexFuture *probity_exhibits_group_follow (ProbityExhibitsGroup *self,
                                          const char           *text,
                                          ProbityProgress      *progress,
                                          GCancellable         *cancellable,
                                          DexFuture            *future);

G_END_DECLS
