/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Tells on the desktop that something is due: when somebody has signed in, and when more falls due. A desktop
 * is seen by whoever passes, and keeps what it showed: nobody is named, nor a case, nor what kind of work.
 * Signal: due (guint number): what was told.
 */
#define PROBITY_TYPE_DUE_MINDER (probity_due_minder_get_type ())
G_DECLARE_FINAL_TYPE (ProbityDueMinder, probity_due_minder, PROBITY, DUE_MINDER, GObject)

ProbityDueMinder *probity_due_minder_new (void);
void              probity_due_minder_take (ProbityDueMinder *self,
                                           GApplication     *application,
                                           GPtrArray        *items);
void              probity_due_minder_forget (ProbityDueMinder *self,
                                             GApplication     *application);

G_END_DECLS
