/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-exhibits-group.h"

G_BEGIN_DECLS

/* What people do with exhibits; each opens a dialog over the page of @group. */

/** Asks what @file is, and takes it in. */
void probity_exhibit_take_in (ProbityExhibitsGroup *group,
                              GFile                *file);
void probity_exhibit_save_copy (ProbityExhibitsGroup *group,
                                ProbityExhibit       *exhibit);
void probity_exhibit_launch (ProbityExhibitsGroup *group,
                             ProbityExhibit       *exhibit);
void probity_exhibit_prove (ProbityExhibitsGroup *group,
                            ProbityExhibit       *exhibit);
void probity_exhibit_record_move (ProbityExhibitsGroup *group,
                                  ProbityExhibit       *exhibit);
void probity_exhibit_show_continuity (ProbityExhibitsGroup *group,
                                      ProbityExhibit       *exhibit);

/** Whether the window itself can show @exhibit: pictures and text of some size. */
gboolean probity_exhibit_can_show (ProbityExhibit *exhibit);
/** Shows it, from memory alone. */
void probity_exhibit_show (ProbityExhibitsGroup *group,
                           ProbityExhibit       *exhibit);

G_END_DECLS
