/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-investigation-view.h"

G_BEGIN_DECLS

/** As ProbityPartView.group.make_row and ProbityPartView.fill, of an outlet of a leak. */
GtkWidget *probity_leak_outlet_make_row (ProbityCaseGroup *group,
                                         gpointer          item);
void       probity_leak_outlet_fill (ProbityFormDialog *dialog,
                                     ProbityCaseGroup  *group,
                                     ProbityRecord     *row);

G_END_DECLS
