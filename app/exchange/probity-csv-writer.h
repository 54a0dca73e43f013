/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PROBITY_TYPE_CSV_WRITER (probity_csv_writer_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCsvWriter, probity_csv_writer, PROBITY, CSV_WRITER, GObject)

ProbityCsvWriter *probity_csv_writer_new (GOutputStream *stream);
gboolean          probity_csv_writer_add_row (ProbityCsvWriter  *self,
                                              const char *const *cells,
                                              guint              n_cells,
                                              GCancellable      *cancellable,
                                              GError           **error);
gboolean          probity_csv_writer_finish (ProbityCsvWriter *self,
                                             GCancellable     *cancellable,
                                             GError          **error);

G_END_DECLS
