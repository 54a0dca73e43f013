/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A spreadsheet takes a cell that begins with one of = + - @ for a formula and carries it out. A cell that would be
 * one is written with an apostrophe before it, and read without it (OWASP ASVS 5.0, 1.2.10).
 */
gboolean probity_csv_guard_is_needed (const char *cell);
void     probity_csv_guard_remove (GString *text,
                                   gsize    start);

G_END_DECLS
