/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <sodium.h>
#include <string.h>

struct _ProbityKey
{
  gatomicrefcount ref_count;

  /* Guarded pages: locked, left out of core dumps, readable only. */
  guint8 *bytes;
};

static ProbityKey *
make_key (void)
{
  ProbityKey *self;

  if (sodium_init () < 0)
    g_error ("The machine gives no random numbers");

  self = g_new0 (ProbityKey, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->bytes = sodium_malloc (PROBITY_KEY_BYTES);
  if (self->bytes == NULL)
    g_error ("No locked memory is left for a key");

  return self;
}

/**
 * probity_key_new_random:
 *
 * Any thread.
 *
 * Returns: (transfer full): a key that nobody else has
 */
ProbityKey *
probity_key_new_random (void)
{
  ProbityKey *self = make_key ();

  randombytes_buf (self->bytes, PROBITY_KEY_BYTES);
  sodium_mprotect_readonly (self->bytes);

  return self;
}

/**
 * probity_key_new_copy:
 *
 * Any thread. The caller wipes its own copy.
 *
 * Returns: (transfer full): a key of the same bytes
 */
ProbityKey *
probity_key_new_copy (const guint8 bytes[PROBITY_KEY_BYTES])
{
  ProbityKey *self;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = make_key ();
  memcpy (self->bytes, bytes, PROBITY_KEY_BYTES);
  sodium_mprotect_readonly (self->bytes);

  return self;
}

ProbityKey *
probity_key_ref (ProbityKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_key_unref (ProbityKey *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  /* sodium_free() wipes. */
  sodium_free (self->bytes);
  g_free (self);
}

const guint8 *
probity_key_peek (ProbityKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

/**
 * probity_key_dup_sql:
 *
 * The key in the form in which SQLCipher takes it raw, without deriving another from it.
 *
 * Returns: (transfer full): `x'64 hex digits'` in locked memory; free it with sodium_free()
 */
char *
probity_key_dup_sql (ProbityKey *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = sodium_malloc (PROBITY_KEY_SQL_LENGTH + 1);
  if (text == NULL)
    g_error ("No locked memory is left for a key");

  memcpy (text, "x'", 2);
  sodium_bin2hex (text + 2, PROBITY_KEY_BYTES * 2 + 1, self->bytes, PROBITY_KEY_BYTES);
  memcpy (text + 2 + PROBITY_KEY_BYTES * 2, "'", 2);

  return text;
}
