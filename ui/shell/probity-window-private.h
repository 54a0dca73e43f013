/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-sign-in-page.h"
#include "probity-start-page.h"
#include "probity-window.h"

G_BEGIN_DECLS

void               _probity_window_class_install_actions (GtkWidgetClass *widget_class);
void               _probity_window_update_actions (ProbityWindow *self);
AdwNavigationView *_probity_window_get_navigation_view (ProbityWindow *self);
const char        *_probity_window_get_folder (ProbityWindow *self);

G_END_DECLS
