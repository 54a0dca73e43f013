/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

#define PROBITY_TYPE_WINDOW (probity_window_get_type ())
G_DECLARE_FINAL_TYPE (ProbityWindow, probity_window, PROBITY, WINDOW, AdwApplicationWindow)

ProbityWindow  *probity_window_new (AdwApplication *application);
void            probity_window_open_casebook (ProbityWindow *self,
                                              const char    *folder);
void            probity_window_show_start (ProbityWindow *self);
ProbitySession *probity_window_get_session (ProbityWindow *self);
void            probity_window_set_session (ProbityWindow  *self,
                                            ProbitySession *session);
void            probity_window_set_clock (ProbityWindow *self,
                                          ProbityClock  *clock);
void            probity_window_show_section (ProbityWindow *self,
                                             const char    *name);
const char     *probity_window_get_section (ProbityWindow *self);
void            probity_window_open_record (ProbityWindow *self,
                                            const char    *kind,
                                            const char    *uid);
void            probity_window_new_record (ProbityWindow *self,
                                           const char    *kind);
void            probity_window_lock (ProbityWindow *self);
void            probity_window_sign_out (ProbityWindow *self);

G_END_DECLS
