/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Two fields for a new passphrase with a hint at its strength. Property: acceptable. */
#define PROBITY_TYPE_PASSPHRASE_ROWS (probity_passphrase_rows_get_type ())
G_DECLARE_FINAL_TYPE (ProbityPassphraseRows, probity_passphrase_rows, PROBITY, PASSPHRASE_ROWS, AdwBin)

const char *probity_passphrase_rows_get_text (ProbityPassphraseRows *self);
gboolean    probity_passphrase_rows_get_acceptable (ProbityPassphraseRows *self);
void        probity_passphrase_rows_set_note (ProbityPassphraseRows *self,
                                              const char            *note);
guint       probity_passphrase_get_strength (const char *passphrase);

G_END_DECLS
