/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-exposure.h"

G_BEGIN_DECLS

/** A step of @list: what it says, how many go with it and why; who, when it is opened. (transfer floating) */
GtkWidget *probity_exposure_step_row_new (ProbityExposureList *list,
                                          guint                index);
/** A log: of which system, how many rows; under which authority and all else, when it is opened. (transfer floating) */
GtkWidget *probity_exposure_log_row_new (const ProbityExposureLog *log);

G_END_DECLS
