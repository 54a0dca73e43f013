/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-session.h"

G_BEGIN_DECLS

/* A row for a person of the force: a staff number, or words to find one by. Property: name (of the person found). */
#define PROBITY_TYPE_STAFF_ROW (probity_staff_row_get_type ())
G_DECLARE_FINAL_TYPE (ProbityStaffRow, probity_staff_row, PROBITY, STAFF_ROW, AdwEntryRow)

GtkWidget  *probity_staff_row_new (ProbitySession *session);
const char *probity_staff_row_get_name (ProbityStaffRow *self);
void        probity_staff_row_set_person (ProbityStaffRow *self,
                                          const char      *staff_number,
                                          const char      *name);

G_END_DECLS
