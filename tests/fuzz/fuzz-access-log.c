/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An access log, CSV or JSON lines, with any mapping: every row is read or says why not. The input is a mapping, a byte
 * 0xff, and the file. */

#include "config.h"

#include "probity-access-log.h"
#include "probity-exposure-builder.h"
#include "probity-log-time.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  const uint8_t *split = length > 0 ? memchr (data, 0xff, length) : NULL;
  g_autoptr (GBytes) mapping = split != NULL && split > data ? g_bytes_new (data, (gsize) (split - data)) : NULL;
  g_autoptr (GBytes) file = split != NULL ? g_bytes_new (split + 1, (gsize) (data + length - split - 1)) : g_bytes_new (data, length);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityAccessLog) log = probity_access_log_open_stream (stream, "any.log", mapping, "any.ini", "Europe/London", NULL, &error);
  ProbityExposureBuilder *builder;
  ProbityLogWho           who;
  guint64                 line = 0;
  guint64                 n = 0;

  if ((log != NULL) != (error == NULL))
    g_error ("A log was neither taken nor refused");
  if (!probity_log_who_read (&who, mapping, "any.ini", NULL))
    {
      probity_log_who_clear (&who);
      return 0;
    }
  if (log == NULL)
    {
      probity_log_who_clear (&who);
      return 0;
    }

  builder = probity_exposure_builder_new ();
  while (TRUE)
    {
      const ProbityLogRow *row;

      if (!probity_access_log_next (log, &row, NULL, NULL) || row == NULL)
        break;
      if (row->line <= line)
        g_error ("A row comes before the one before it");
      line = row->line;
      n++;
      if (row->error == NULL)
        {
          g_autofree char *folded = NULL;

          if (row->ms < PROBITY_LOG_TIME_FIRST_MS || row->ms >= PROBITY_LOG_TIME_LAST_MS)
            g_error ("A time beyond its bounds");
          for (guint i = 0; i < PROBITY_LOG_N_FIELDS; i++)
            if (!g_utf8_validate (row->texts[i], -1, NULL))
              g_error ("A text that is not UTF-8");
          folded = probity_log_who_fold (&who, row->texts[PROBITY_LOG_WHO]);
        }
      if (!probity_exposure_builder_add (builder, row, NULL))
        g_error ("A small log is too large");
    }
  probity_exposure_builder_finish (builder);
  if (probity_exposure_builder_get_rows (builder) + probity_exposure_builder_get_rejected (builder) != n)
    g_error ("Rows are lost");

  probity_exposure_builder_free (builder);
  probity_log_who_clear (&who);

  return 0;
}
