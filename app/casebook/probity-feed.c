/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

/*
 * How far each compartment's audit log is known here, and which of its entries this program wrote
 * itself. Writer and watcher share it.
 */

typedef struct
{
  gint64 first;
  gint64 last;
} Range;

struct _ProbityFeed
{
  GMutex  lock;
  gint64  seen[PROBITY_N_HANDLES];
  GArray *own[PROBITY_N_HANDLES]; /* of Range, ascending */
};

ProbityFeed *
probity_feed_new (void)
{
  ProbityFeed *self = g_new0 (ProbityFeed, 1);

  g_mutex_init (&self->lock);
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    self->own[i] = g_array_new (FALSE, FALSE, sizeof (Range));

  return self;
}

void
probity_feed_free (ProbityFeed *self)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    g_array_unref (self->own[i]);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Everything up to @seq is known; what was remembered of it is forgotten. */
void
probity_feed_set_seen (ProbityFeed       *self,
                       ProbityCompartment compartment,
                       gint64             seq)
{
  GArray *own = self->own[compartment];
  guint   n_old = 0;

  g_mutex_lock (&self->lock);
  self->seen[compartment] = seq;
  while (n_old < own->len && g_array_index (own, Range, n_old).last <= seq)
    n_old++;
  if (n_old > 0)
    g_array_remove_range (own, 0, n_old);
  g_mutex_unlock (&self->lock);
}

gint64
probity_feed_get_seen (ProbityFeed       *self,
                       ProbityCompartment compartment)
{
  gint64 seen;

  g_mutex_lock (&self->lock);
  seen = self->seen[compartment];
  g_mutex_unlock (&self->lock);

  return seen;
}

/* Before the commit: afterwards the watcher may have read them already. */
void
probity_feed_add_own (ProbityFeed       *self,
                      ProbityCompartment compartment,
                      gint64             first,
                      gint64             last)
{
  GArray *own = self->own[compartment];

  g_mutex_lock (&self->lock);
  if (own->len > 0 && g_array_index (own, Range, own->len - 1).last == first - 1)
    g_array_index (own, Range, own->len - 1).last = last;
  else
    {
      Range range = { first, last };

      g_array_append_val (own, range);
    }
  g_mutex_unlock (&self->lock);
}

/* The commit failed: what was to be @first and later will be somebody else's. */
void
probity_feed_remove_own (ProbityFeed       *self,
                         ProbityCompartment compartment,
                         gint64             first)
{
  GArray *own = self->own[compartment];

  g_mutex_lock (&self->lock);
  if (own->len > 0)
    {
      Range *newest = &g_array_index (own, Range, own->len - 1);

      if (newest->first >= first)
        g_array_set_size (own, own->len - 1);
      else
        newest->last = MIN (newest->last, first - 1);
    }
  g_mutex_unlock (&self->lock);
}

gboolean
probity_feed_is_own (ProbityFeed       *self,
                     ProbityCompartment compartment,
                     gint64             seq)
{
  gboolean is_own = FALSE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; !is_own && i < self->own[compartment]->len; i++)
    {
      Range *range = &g_array_index (self->own[compartment], Range, i);

      is_own = seq >= range->first && seq <= range->last;
    }
  g_mutex_unlock (&self->lock);

  return is_own;
}

/* The number of the newest audit entry, 0 if there is none. */
gboolean
probity_feed_read_last (ProbityDb *db,
                        gint64    *ret_seq,
                        GError   **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT max (seq) FROM audit_entry", NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  *ret_seq = probity_statement_get_int64 (statement, 0);

  return TRUE;
}
