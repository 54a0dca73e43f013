/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

struct _ProbityChanges
{
  gatomicrefcount ref_count;

  /* ProbityChange; kinds are interned, uids owned. Fixed once another thread or a signal has it. */
  GArray *changes;
};

G_DEFINE_BOXED_TYPE (ProbityChanges, probity_changes, probity_changes_ref, probity_changes_unref)

static void
clear_change (gpointer data)
{
  ProbityChange *change = data;

  g_free ((char *) change->uid);
}

ProbityChanges *
probity_changes_new (void)
{
  ProbityChanges *self = g_new0 (ProbityChanges, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->changes = g_array_new (FALSE, FALSE, sizeof (ProbityChange));
  g_array_set_clear_func (self->changes, clear_change);

  return self;
}

ProbityChanges *
probity_changes_ref (ProbityChanges *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_changes_unref (ProbityChanges *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->changes);
  g_free (self);
}

/* Notes one record once: of several changes of one record in a row only the last stays. */
void
probity_changes_add (ProbityChanges    *self,
                     ProbityCompartment compartment,
                     const char        *kind,
                     gint64             id,
                     const char        *uid)
{
  ProbityChange change = { compartment, g_intern_string (kind), id, NULL };

  if (self->changes->len > 0)
    {
      ProbityChange *last = &g_array_index (self->changes, ProbityChange, self->changes->len - 1);

      if (last->compartment == compartment && last->kind == change.kind && g_strcmp0 (last->uid, uid) == 0)
        {
          last->id = MAX (last->id, id);
          return;
        }
    }

  change.uid = g_strdup (uid);
  g_array_append_val (self->changes, change);
}

guint
probity_changes_get_size (ProbityChanges *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->changes->len;
}

const ProbityChange *
probity_changes_get (ProbityChanges *self,
                     guint           index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->changes->len, NULL);

  return &g_array_index (self->changes, ProbityChange, index);
}

gboolean
probity_changes_touch (ProbityChanges *self,
                       const char     *kind)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->changes->len; i++)
    {
      if (g_strcmp0 (g_array_index (self->changes, ProbityChange, i).kind, kind) == 0)
        return TRUE;
    }

  return FALSE;
}
