/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Makes words of what stands on a page, as Poppler gives its @text (valid UTF-8): ligatures become their letters, soft
 * hyphens go, and a word that was divided at the end of a line is put together. A hyphen before a capital stays, as in
 * a double-barrelled name. Control characters become blanks, but for line breaks and tabs.
 *
 * The text is appended to @lines, with a line break at its end.
 */
void probity_pdf_lines_append (GString    *lines,
                               const char *text);

G_END_DECLS
