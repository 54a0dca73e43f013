/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-progress.h"

#include <stdatomic.h>

struct _ProbityProgress
{
  gatomicrefcount     ref_count;
  atomic_int_fast64_t done;
  atomic_int_fast64_t total;
};

ProbityProgress *
probity_progress_new (void)
{
  ProbityProgress *self = g_new0 (ProbityProgress, 1);

  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

ProbityProgress *
probity_progress_ref (ProbityProgress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_progress_unref (ProbityProgress *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

void
probity_progress_set_total (ProbityProgress *self,
                            gint64           bytes)
{
  if (self != NULL)
    atomic_store (&self->total, bytes);
}

void
probity_progress_add (ProbityProgress *self,
                      gint64           bytes)
{
  if (self != NULL)
    atomic_fetch_add (&self->done, bytes);
}

double
probity_progress_get_fraction (ProbityProgress *self)
{
  gint64 total;

  g_return_val_if_fail (self != NULL, 0);

  total = atomic_load (&self->total);

  return total > 0 ? CLAMP ((double) atomic_load (&self->done) / (double) total, 0.0, 1.0) : 0.0;
}

gint64
probity_progress_get_done (ProbityProgress *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return atomic_load (&self->done);
}
