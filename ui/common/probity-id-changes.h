/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-ids.h"

G_BEGIN_DECLS

/** Takes the arguments of GListModel::items-changed; the array is already as it says. */
typedef void (*ProbityIdChangeFunc) (guint    position,
                                     guint    removed,
                                     guint    added,
                                     gpointer data);

void probity_id_changes_apply (ProbityIds         *ids,
                               ProbityIds         *wanted,
                               ProbityIdChangeFunc func,
                               gpointer            data);
void probity_id_changes_replace (ProbityIds         *ids,
                                 ProbityIds         *wanted,
                                 ProbityIdChangeFunc func,
                                 gpointer            data);

G_END_DECLS
