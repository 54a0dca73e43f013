/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How far a long piece of work is, told from its thread and read from another. Counted. */
typedef struct _ProbityProgress ProbityProgress;

ProbityProgress *probity_progress_new (void);
ProbityProgress *probity_progress_ref (ProbityProgress *self);
void             probity_progress_unref (ProbityProgress *self);
/** @self may be %NULL in these two: nobody wants to know. */
void probity_progress_set_total (ProbityProgress *self,
                                 gint64           bytes);
void probity_progress_add (ProbityProgress *self,
                           gint64           bytes);
/** 0 to 1; 0 while the total is not known. */
double probity_progress_get_fraction (ProbityProgress *self);
gint64 probity_progress_get_done (ProbityProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityProgress, probity_progress_unref)

G_END_DECLS
