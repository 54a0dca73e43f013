/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "probity-role.h"

G_BEGIN_DECLS

const char *probity_label_for_field (const char *kind,
                                     const char *field);
const char *probity_label_for_value (const char *value);
const char *probity_label_for_choice (const char *choices,
                                      const char *value);
char       *probity_label_dup_text (const char *text);
const char *probity_label_for_list (const char *list);
const char *probity_label_for_filter (const char *filter);
const char *probity_label_for_kind (const char *kind);
const char *probity_label_for_new (const char *kind);
const char *probity_label_for_role (ProbityRoles role);
char       *probity_label_dup_roles (ProbityRoles roles);
const char *probity_label_for_compartment (ProbityCompartment compartment);
gboolean    probity_label_is_known_kind (const char *kind);
gboolean    probity_label_is_known_field (const char *kind,
                                          const char *field);

G_END_DECLS
