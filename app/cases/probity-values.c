/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-record.h"

struct _ProbityValues
{
  gatomicrefcount ref_count;
  GPtrArray      *names;  /* in the order of first setting; static or interned */
  GPtrArray      *values; /* beside them */
};

G_DEFINE_BOXED_TYPE (ProbityValues, probity_values, probity_values_ref, probity_values_unref)

static gboolean
find_name (ProbityValues *self,
           const char    *field,
           guint         *ret_index)
{
  for (guint i = 0; i < self->names->len; i++)
    if (strcmp (g_ptr_array_index (self->names, i), field) == 0)
      {
        *ret_index = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * probity_values_new:
 *
 * Values for a record that is being made or changed. Not shared between threads while it is written to.
 *
 * Returns: (transfer full):
 */
ProbityValues *
probity_values_new (void)
{
  ProbityValues *self = g_new0 (ProbityValues, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);

  return self;
}

ProbityValues *
probity_values_ref (ProbityValues *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_values_unref (ProbityValues *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * probity_values_set:
 *
 * Sets @field to @value; "" clears it, %NULL means the same.
 */
void
probity_values_set (ProbityValues *self,
                    const char    *field,
                    const char    *value)
{
  guint index;

  g_return_if_fail (self != NULL && field != NULL);

  if (find_name (self, field, &index))
    {
      g_free (g_ptr_array_index (self->values, index));
      g_ptr_array_index (self->values, index) = g_strdup (value != NULL ? value : "");
      return;
    }

  g_ptr_array_add (self->names, g_strdup (field));
  g_ptr_array_add (self->values, g_strdup (value != NULL ? value : ""));
}

/**
 * probity_values_get:
 *
 * Returns: (nullable): the text of @field, "" where it is to be cleared, %NULL where it is not set
 */
const char *
probity_values_get (ProbityValues *self,
                    const char    *field)
{
  guint index;

  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  return find_name (self, field, &index) ? g_ptr_array_index (self->values, index) : NULL;
}

/**
 * probity_values_dup_fields:
 *
 * Returns: (transfer full): the fields that are set, in the order of their first setting
 */
GStrv
probity_values_dup_fields (ProbityValues *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->names->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->names, i));

  return g_strv_builder_end (builder);
}
