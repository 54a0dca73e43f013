/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PROBITY_TYPE_IDLE (probity_idle_get_type ())
G_DECLARE_FINAL_TYPE (ProbityIdle, probity_idle, PROBITY, IDLE, GObject)

ProbityIdle *probity_idle_new (GtkWidget *widget);
void         probity_idle_set_limits (ProbityIdle *self,
                                      guint        limit_ms,
                                      guint        warning_ms);
void         probity_idle_set_running (ProbityIdle *self,
                                       gboolean     running);
void         probity_idle_touch (ProbityIdle *self);

G_END_DECLS
