/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-packed.h"

static guint64
find_common_step (const gint64 *values,
                  guint         n,
                  gint64        least)
{
  guint64 step = 0;

  for (guint i = 0; i < n && step != 1; i++)
    {
      guint64 a = (guint64) (values[i] - least);
      guint64 b = step;

      while (b != 0)
        {
          guint64 rest = a % b;

          a = b;
          b = rest;
        }
      step = a;
    }

  return step != 0 ? step : 1;
}

/**
 * probity_packed_new:
 * @values: (array length=n): at least one, no two further apart than 2⁵⁶
 *
 * Pure; any thread.
 *
 * Returns: (transfer full)
 */
GBytes *
probity_packed_new (const gint64 *values,
                    guint         n)
{
  gint64  least = values[0];
  gint64  greatest = values[0];
  guint64 step;
  guint   width = 0;
  gsize   size;
  guint8 *bytes;

  g_return_val_if_fail (n > 0, NULL);

  for (guint i = 1; i < n; i++)
    {
      least = MIN (least, values[i]);
      greatest = MAX (greatest, values[i]);
    }
  /* Times of whole seconds need ten bits less. */
  step = find_common_step (values, n, least);
  while (width < 64 && ((guint64) (greatest - least) / step) >> width != 0)
    width++;
  g_assert (width <= PROBITY_PACKED_MAX_WIDTH);

  size = PROBITY_PACKED_HEADER + ((gsize) n * width + 7) / 8 + sizeof (guint64);
  bytes = g_malloc0 (size);
  bytes[0] = (guint8) width;
  for (guint i = 0; i < 4; i++)
    bytes[4 + i] = (guint8) (n >> (8 * i));
  for (guint i = 0; i < 8; i++)
    {
      bytes[8 + i] = (guint8) ((guint64) least >> (8 * i));
      bytes[16 + i] = (guint8) (step >> (8 * i));
    }

  for (guint i = 0; width > 0 && i < n; i++)
    {
      const guint64 bit = (guint64) i * width;
      guint8       *at = bytes + PROBITY_PACKED_HEADER + (bit >> 3);
      guint64       word;

      memcpy (&word, at, sizeof word);
      word = GUINT64_FROM_LE (word) | ((guint64) (values[i] - least) / step) << (bit & 7);
      word = GUINT64_TO_LE (word);
      memcpy (at, &word, sizeof word);
    }

  return g_bytes_new_take (bytes, size);
}

/**
 * probity_packed_open:
 * @self: (out caller-allocates): lives as long as @bytes
 * @n: how many values are expected
 *
 * Pure; any thread.
 *
 * Returns: %FALSE with %G_IO_ERROR_INVALID_DATA for bytes that are not a column of @n values
 */
gboolean
probity_packed_open (ProbityPacked *self,
                     GBytes        *bytes,
                     guint          n,
                     GError       **error)
{
  gsize         size = 0;
  const guint8 *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  guint64       least, step;

  if (size >= PROBITY_PACKED_HEADER + sizeof (guint64) && data[0] <= PROBITY_PACKED_MAX_WIDTH)
    {
      guint32 count;

      memcpy (&count, data + 4, sizeof count);
      if (GUINT32_FROM_LE (count) == n && size == PROBITY_PACKED_HEADER + ((gsize) n * data[0] + 7) / 8 + sizeof (guint64))
        {
          memcpy (&least, data + 8, sizeof least);
          memcpy (&step, data + 16, sizeof step);
          self->bits = data + PROBITY_PACKED_HEADER;
          self->least = (gint64) GUINT64_FROM_LE (least);
          self->step = GUINT64_FROM_LE (step);
          self->width = data[0];
          self->mask = (G_GUINT64_CONSTANT (1) << data[0]) - 1;
          self->n = n;
          return TRUE;
        }
    }

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "A chunk of an access log is damaged");

  return FALSE;
}
