/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** Offers @pages, a PDF called @title, to be printed by the print dialog (or portal) or saved as @name (slashes become hyphens) in a file that only this account may read. */
void probity_print_pages (GtkWidget  *parent,
                          GBytes     *pages,
                          const char *title,
                          const char *name);

G_END_DECLS
