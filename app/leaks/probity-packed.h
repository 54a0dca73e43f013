/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <string.h>

G_BEGIN_DECLS

/*
 * One column of one chunk of an access log as bytes: integers as multiples of a step above the least of them, each with
 * as many bits as the greatest needs. Any value is found without those before it.
 *
 *   0  bits a value (0 to 56)    1 to 3  zero    4  how many values, 32 bits
 *   8  the least value, signed 64 bits           16  the step, 64 bits         24  the bits, then 8 bytes of zero
 *
 * Everything is little-endian.
 */
#define PROBITY_PACKED_HEADER 24
#define PROBITY_PACKED_MAX_WIDTH 56

typedef struct
{
  const guint8 *bits;
  gint64        least;
  guint64       step;
  guint64       mask;
  guint         width;
  guint         n;
} ProbityPacked;

GBytes  *probity_packed_new (const gint64 *values,
                             guint         n);
gboolean probity_packed_open (ProbityPacked *self,
                              GBytes        *bytes,
                              guint          n,
                              GError       **error);

/** Value @i as a multiple of the step above the least; @i is not checked. */
static inline guint64
probity_packed_get_code (const ProbityPacked *self,
                         guint                i)
{
  const guint64 bit = (guint64) i * self->width;
  guint64       word;

  /* Eight bytes follow the last, so that this never reads behind the end. */
  memcpy (&word, self->bits + (bit >> 3), sizeof word);

  return (GUINT64_FROM_LE (word) >> (bit & 7)) & self->mask;
}

static inline gint64
probity_packed_get (const ProbityPacked *self,
                    guint                i)
{
  return self->least + (gint64) (probity_packed_get_code (self, i) * self->step);
}

G_END_DECLS
