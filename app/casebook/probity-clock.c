/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-clock.h"

#include <sodium.h>
#include <string.h>

#include "probity-instant.h"

struct _ProbityClock
{
  gatomicrefcount ref_count;

  GMutex   lock;
  gboolean fixed;
  gint64   now_ms;
  gint64   step_ms;
};

static ProbityClock *
make_clock (void)
{
  ProbityClock *self = g_new0 (ProbityClock, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);

  return self;
}

static gint64
read_ms (ProbityClock *self,
         gboolean      step)
{
  gint64 ms;

  if (!self->fixed)
    return g_get_real_time () / 1000;

  g_mutex_lock (&self->lock);
  ms = self->now_ms;
  if (step)
    self->now_ms += self->step_ms;
  g_mutex_unlock (&self->lock);

  return ms;
}

ProbityClock *
probity_clock_new_system (void)
{
  return make_clock ();
}

ProbityClock *
probity_clock_new_fixed (const char *instant)
{
  ProbityClock *self;
  gint64        ms;

  g_return_val_if_fail (probity_instant_to_ms (instant, &ms), NULL);

  self = make_clock ();
  self->fixed = TRUE;
  self->now_ms = ms;

  return self;
}

void
probity_clock_set (ProbityClock *self,
                   const char   *instant)
{
  gint64 ms;

  g_return_if_fail (self != NULL && self->fixed);
  g_return_if_fail (probity_instant_to_ms (instant, &ms));

  g_mutex_lock (&self->lock);
  self->now_ms = ms;
  g_mutex_unlock (&self->lock);
}

void
probity_clock_set_step (ProbityClock *self,
                        gint64        step_ms)
{
  g_return_if_fail (self != NULL && self->fixed && step_ms >= 0);

  g_mutex_lock (&self->lock);
  self->step_ms = step_ms;
  g_mutex_unlock (&self->lock);
}

ProbityClock *
probity_clock_ref (ProbityClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_clock_unref (ProbityClock *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_mutex_clear (&self->lock);
  g_free (self);
}

char *
probity_clock_dup_now (ProbityClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return probity_instant_from_ms (read_ms (self, TRUE));
}

gint64
probity_clock_get_unix_usec (ProbityClock *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->fixed ? read_ms (self, TRUE) * 1000 : g_get_real_time ();
}

char *
probity_clock_dup_today (ProbityClock *self)
{
  g_autofree char *instant = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  instant = probity_instant_from_ms (read_ms (self, FALSE));

  return probity_day_to_iso (probity_instant_to_day (instant));
}

char *
probity_uid_new (gint64 unix_usec)
{
  guint8   bytes[16];
  guint64  ms = (guint64) (unix_usec / 1000);
  GString *text = g_string_sized_new (36);

  g_return_val_if_fail (unix_usec >= 0, NULL);

  randombytes_buf (bytes, sizeof bytes);
  for (int i = 0; i < 6; i++)
    bytes[i] = (guint8) (ms >> (40 - 8 * i));
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;

  for (int i = 0; i < 16; i++)
    g_string_append_printf (text, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", bytes[i]);

  return g_string_free_and_steal (text);
}

gboolean
probity_uid_is_valid (const char *uid)
{
  if (uid == NULL || strlen (uid) != 36)
    return FALSE;

  for (int i = 0; i < 36; i++)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (uid[i] != '-')
            return FALSE;
        }
      else if (!g_ascii_isdigit (uid[i]) && !(uid[i] >= 'a' && uid[i] <= 'f'))
        {
          return FALSE;
        }
    }

  return uid[14] == '7' && strchr ("89ab", uid[19]) != NULL;
}
