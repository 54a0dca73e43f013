/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-role.h"

G_BEGIN_DECLS

/* A check button a role, put as rows into a group. Property: roles. Lives as long as the group. */
#define PROBITY_TYPE_ROLE_ROWS (probity_role_rows_get_type ())
G_DECLARE_FINAL_TYPE (ProbityRoleRows, probity_role_rows, PROBITY, ROLE_ROWS, GObject)

ProbityRoleRows *probity_role_rows_new (AdwPreferencesGroup *group);
ProbityRoles     probity_role_rows_get_roles (ProbityRoleRows *self);
void             probity_role_rows_set_roles (ProbityRoleRows *self,
                                              ProbityRoles     roles);

G_END_DECLS
