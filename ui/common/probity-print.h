/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * Asks for a file and writes @pages, a PDF, there; only this account may read it. @title is the chooser's, @name the
 * file's at first (slashes become hyphens), @done what is said afterwards.
 */
void probity_save_pages (GtkWidget  *parent,
                         GBytes     *pages,
                         const char *title,
                         const char *name,
                         const char *done);

/** Offers @pages, a PDF called @title, to be printed by the print dialog (or portal) or saved as @name. */
void probity_print_pages (GtkWidget  *parent,
                          GBytes     *pages,
                          const char *title,
                          const char *name);

G_END_DECLS
