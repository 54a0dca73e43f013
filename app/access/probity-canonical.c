/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-canonical.h"

#include <string.h>

/*
 * Every part says how long it is, so that no two lists of fields run together into the same bytes.
 * Absent and empty text differ in the type byte.
 */

struct _ProbityCanonical
{
  GByteArray *bytes;
};

static void
append_field (ProbityCanonical *self,
              const char       *name,
              char              type,
              gconstpointer     data,
              gsize             length)
{
  guint64 size = GUINT64_TO_BE ((guint64) length);

  g_byte_array_append (self->bytes, (const guint8 *) name, (guint) strlen (name) + 1);
  g_byte_array_append (self->bytes, (const guint8 *) &type, 1);
  g_byte_array_append (self->bytes, (const guint8 *) &size, sizeof size);
  if (length > 0)
    g_byte_array_append (self->bytes, data, (guint) length);
}

ProbityCanonical *
probity_canonical_new (const char *tag)
{
  ProbityCanonical *self;

  g_return_val_if_fail (tag != NULL && *tag != '\0', NULL);

  self = g_new0 (ProbityCanonical, 1);
  self->bytes = g_byte_array_sized_new (512);
  g_byte_array_append (self->bytes, (const guint8 *) tag, (guint) strlen (tag) + 1);

  return self;
}

void
probity_canonical_free (ProbityCanonical *self)
{
  g_return_if_fail (self != NULL);

  g_byte_array_unref (self->bytes);
  g_free (self);
}

void
probity_canonical_add_text (ProbityCanonical *self,
                            const char       *name,
                            const char       *value)
{
  g_return_if_fail (self != NULL && name != NULL);

  append_field (self, name, value != NULL ? 's' : 'n', value, value != NULL ? strlen (value) : 0);
}

void
probity_canonical_add_int64 (ProbityCanonical *self,
                             const char       *name,
                             gint64            value)
{
  gint64 big_endian = GINT64_TO_BE (value);

  g_return_if_fail (self != NULL && name != NULL);

  append_field (self, name, 'i', &big_endian, sizeof big_endian);
}

void
probity_canonical_add_bytes (ProbityCanonical *self,
                             const char       *name,
                             GBytes           *value)
{
  gconstpointer data = NULL;
  gsize         length = 0;

  g_return_if_fail (self != NULL && name != NULL);

  if (value != NULL)
    data = g_bytes_get_data (value, &length);
  append_field (self, name, value != NULL ? 'b' : 'n', data, length);
}

GBytes *
probity_canonical_dup_bytes (ProbityCanonical *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_bytes_new (self->bytes->data, self->bytes->len);
}

char *
probity_canonical_dup_digest (ProbityCanonical *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, self->bytes->data, self->bytes->len);
}
