/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-exposure.h"

G_BEGIN_DECLS

/** A step of @list: what it says, how many go with it and why; who, when it is opened. (transfer floating) */
GtkWidget *probity_exposure_step_row_new (ProbityExposureList *list,
                                          guint                index);
/** A log: of which system, how many rows, whether it is set aside and why; under which authority and all else, when it is opened. (transfer floating) */
GtkWidget *probity_exposure_log_row_new (ProbityExposureList *list,
                                         guint                index);
/** A mark at the end of a row. (transfer floating) */
GtkWidget *probity_exposure_badge_new (const char *text);
/** What can be done with what is called @name. (transfer floating) */
GtkWidget *probity_exposure_menu_button_new (GMenu      *menu,
                                             const char *name);

G_END_DECLS
