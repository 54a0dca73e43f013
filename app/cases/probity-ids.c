/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-ids.h"

#include <string.h>

/*
 * Blocks are never changed, only replaced, so that two lists can hold the same. What is appended is kept as it is until
 * it fills a block. A list that was only appended to has full blocks, and a position is found without searching.
 */

#define BLOCK 1024
/* An id is read by eight bytes, of which the block may hold fewer. */
#define MARGIN sizeof (guint64)

typedef struct
{
  guint8 *bytes; /* counted references */
  gint64  least;
  guint   first; /* the position of its first id */
  guint16 n;
  guint8  width; /* bytes of an id */
} Block;

struct _ProbityIds
{
  gatomicrefcount ref_count;
  GArray         *blocks; /* of Block */
  guint           packed; /* how many ids they hold */
  GArray         *tail;   /* gint64, fewer than BLOCK */
};

G_DEFINE_BOXED_TYPE (ProbityIds, probity_ids, probity_ids_ref, probity_ids_unref)

static void
clear_block (gpointer data)
{
  Block *block = data;

  g_clear_pointer (&block->bytes, g_atomic_rc_box_release);
}

ProbityIds *
probity_ids_new (void)
{
  ProbityIds *self = g_new0 (ProbityIds, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, clear_block);
  self->tail = g_array_new (FALSE, FALSE, sizeof (gint64));

  return self;
}

ProbityIds *
probity_ids_new_from_array (GArray *ids)
{
  ProbityIds *self = probity_ids_new ();

  for (guint i = 0; i < ids->len; i++)
    probity_ids_append (self, g_array_index (ids, gint64, i));

  return self;
}

ProbityIds *
probity_ids_ref (ProbityIds *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_ids_unref (ProbityIds *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->blocks);
  g_array_unref (self->tail);
  g_free (self);
}

/* Blocks ------------------------------------------------------------------------------------------- */

static Block
pack (const gint64 *ids,
      guint         n,
      guint         first)
{
  Block   block = { .first = first, .n = (guint16) n, .least = ids[0] };
  gint64  most = ids[0];
  guint64 span;

  for (guint i = 1; i < n; i++)
    {
      block.least = MIN (block.least, ids[i]);
      most = MAX (most, ids[i]);
    }
  for (span = (guint64) most - (guint64) block.least; span > 0; span >>= 8)
    block.width++;

  block.bytes = g_atomic_rc_box_alloc0 (n * block.width + MARGIN);
  for (guint i = 0; i < n; i++)
    {
      const guint64 above = GUINT64_TO_LE ((guint64) ids[i] - (guint64) block.least);

      memcpy (block.bytes + i * block.width, &above, block.width);
    }

  return block;
}

static inline gint64
unpack (const Block *block,
        guint        i)
{
  const guint64 mask = block->width == sizeof (guint64) ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << (8 * block->width)) - 1;
  guint64       above;

  memcpy (&above, block->bytes + i * block->width, sizeof above);

  return (gint64) ((guint64) block->least + (GUINT64_FROM_LE (above) & mask));
}

static inline const Block *
get_block (ProbityIds *self,
           guint       index)
{
  return &g_array_index (self->blocks, Block, index);
}

/* The index of the block that holds @position, which is one of those that are packed. */
static guint
find_block (ProbityIds *self,
            guint       position)
{
  guint low = position / BLOCK;
  guint high = self->blocks->len;

  if (low < high && get_block (self, low)->first <= position && position - get_block (self, low)->first < get_block (self, low)->n)
    return low;

  low = 0;
  while (high - low > 1)
    {
      const guint middle = low + (high - low) / 2;

      if (get_block (self, middle)->first <= position)
        low = middle;
      else
        high = middle;
    }

  return low;
}

static void
pack_tail (ProbityIds *self)
{
  Block block;

  if (self->tail->len == 0)
    return;

  block = pack ((const gint64 *) (gpointer) self->tail->data, self->tail->len, self->packed);
  g_array_append_val (self->blocks, block);
  self->packed += self->tail->len;
  g_array_set_size (self->tail, 0);
}

/* Reading ------------------------------------------------------------------------------------------ */

guint
probity_ids_get_size (ProbityIds *self)
{
  return self->packed + self->tail->len;
}

gint64
probity_ids_get (ProbityIds *self,
                 guint       position)
{
  const Block *block;

  g_return_val_if_fail (position < probity_ids_get_size (self), 0);

  if (position >= self->packed)
    return g_array_index (self->tail, gint64, position - self->packed);
  block = get_block (self, find_block (self, position));

  return unpack (block, position - block->first);
}

void
probity_ids_read (ProbityIds *self,
                  guint       first,
                  guint       n,
                  gint64     *ret_ids)
{
  guint position = first;

  g_return_if_fail (first <= probity_ids_get_size (self) && n <= probity_ids_get_size (self) - first);

  for (guint b = position < self->packed && n > 0 ? find_block (self, position) : self->blocks->len; b < self->blocks->len && position < first + n; b++)
    {
      const Block *block = get_block (self, b);
      const guint  end = MIN (block->first + block->n, first + n);

      for (; position < end; position++)
        *ret_ids++ = unpack (block, position - block->first);
    }
  if (position < first + n)
    memcpy (ret_ids, &g_array_index (self->tail, gint64, position - self->packed), (first + n - position) * sizeof *ret_ids);
}

GArray *
probity_ids_to_array (ProbityIds *self)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), probity_ids_get_size (self));

  g_array_set_size (ids, probity_ids_get_size (self));
  probity_ids_read (self, 0, ids->len, (gint64 *) (gpointer) ids->data);

  return ids;
}

gboolean
probity_ids_find (ProbityIds *self,
                  gint64      id,
                  guint      *ret_position)
{
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const Block  *block = get_block (self, b);
      const guint64 above = (guint64) id - (guint64) block->least;

      if (id < block->least || (block->width < sizeof (guint64) && above >> (8 * block->width) != 0))
        continue;
      for (guint i = 0; i < block->n; i++)
        if (unpack (block, i) == id)
          {
            *ret_position = block->first + i;
            return TRUE;
          }
    }
  for (guint i = 0; i < self->tail->len; i++)
    if (g_array_index (self->tail, gint64, i) == id)
      {
        *ret_position = self->packed + i;
        return TRUE;
      }

  return FALSE;
}

guint
probity_ids_count_alike (ProbityIds *self,
                         ProbityIds *other)
{
  const guint        n = MIN (probity_ids_get_size (self), probity_ids_get_size (other));
  g_autofree gint64 *ours = g_new (gint64, BLOCK);
  g_autofree gint64 *theirs = g_new (gint64, BLOCK);

  for (guint first = 0; first < n; first += BLOCK)
    {
      const guint m = MIN (BLOCK, n - first);

      probity_ids_read (self, first, m, ours);
      probity_ids_read (other, first, m, theirs);
      if (memcmp (ours, theirs, m * sizeof *ours) == 0)
        continue;
      for (guint i = 0;; i++)
        if (ours[i] != theirs[i])
          return first + i;
    }

  return n;
}

guint
probity_ids_count_alike_at_end (ProbityIds *self,
                                ProbityIds *other,
                                guint       skip)
{
  const guint        size = probity_ids_get_size (self);
  const guint        other_size = probity_ids_get_size (other);
  const guint        n = MIN (size, other_size) - skip;
  g_autofree gint64 *ours = g_new (gint64, BLOCK);
  g_autofree gint64 *theirs = g_new (gint64, BLOCK);

  for (guint done = 0; done < n;)
    {
      const guint m = MIN (BLOCK, n - done);

      probity_ids_read (self, size - done - m, m, ours);
      probity_ids_read (other, other_size - done - m, m, theirs);
      if (memcmp (ours, theirs, m * sizeof *ours) != 0)
        {
          for (guint i = m;; i--)
            if (ours[i - 1] != theirs[i - 1])
              return done + m - i;
        }
      done += m;
    }

  return n;
}

gsize
probity_ids_get_bytes (ProbityIds *self)
{
  gsize bytes = self->blocks->len * sizeof (Block) + self->tail->len * sizeof (gint64);

  for (guint b = 0; b < self->blocks->len; b++)
    bytes += (gsize) get_block (self, b)->n * get_block (self, b)->width + MARGIN;

  return bytes;
}

/* Changing ----------------------------------------------------------------------------------------- */

void
probity_ids_append (ProbityIds *self,
                    gint64      id)
{
  g_array_append_val (self->tail, id);
  if (self->tail->len == BLOCK)
    pack_tail (self);
}

/* Packs @ids, in blocks of the same length, as those from @index on. */
static guint
insert_blocks (ProbityIds *self,
               guint       index,
               GArray     *ids,
               guint       first)
{
  const guint       n_blocks = (ids->len + BLOCK - 1) / BLOCK;
  g_autofree Block *blocks = g_new (Block, n_blocks);
  guint             done = 0;

  for (guint b = 0; b < n_blocks; b++)
    {
      const guint n = (ids->len - done) / (n_blocks - b);

      blocks[b] = pack (&g_array_index (ids, gint64, done), n, first + done);
      done += n;
    }
  if (n_blocks > 0)
    g_array_insert_vals (self->blocks, index, blocks, n_blocks);

  return n_blocks;
}

void
probity_ids_splice (ProbityIds   *self,
                    guint         position,
                    guint         n_removed,
                    const gint64 *added,
                    guint         n_added)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const guint end = position + n_removed;
  guint       first_block = 0, end_block = 0, first = 0;

  g_return_if_fail (position <= probity_ids_get_size (self) && n_removed <= probity_ids_get_size (self) - position);

  /* The blocks at both ends of what goes are packed anew, with what comes between them. */
  pack_tail (self);
  if (self->blocks->len > 0)
    {
      const Block *block;

      first_block = find_block (self, MIN (position, self->packed - 1));
      end_block = find_block (self, MIN (MAX (end, position + 1), self->packed) - 1) + 1;
      first = get_block (self, first_block)->first;
      g_array_set_size (ids, position - first);
      probity_ids_read (self, first, position - first, (gint64 *) (gpointer) ids->data);
      if (n_added > 0)
        g_array_append_vals (ids, added, n_added);
      block = get_block (self, end_block - 1);
      if (block->first + block->n > end)
        {
          const guint before = ids->len;

          g_array_set_size (ids, before + block->first + block->n - end);
          probity_ids_read (self, end, block->first + block->n - end, &g_array_index (ids, gint64, before));
        }
      g_array_remove_range (self->blocks, first_block, end_block - first_block);
    }
  else if (n_added > 0)
    {
      g_array_append_vals (ids, added, n_added);
    }

  first_block += insert_blocks (self, first_block, ids, first);
  self->packed = self->packed - n_removed + n_added;
  for (guint b = first_block; b < self->blocks->len; b++)
    g_array_index (self->blocks, Block, b).first = b > 0 ? get_block (self, b - 1)->first + get_block (self, b - 1)->n : 0;
}

void
probity_ids_assign (ProbityIds *self,
                    ProbityIds *other)
{
  if (self == other)
    return;

  g_array_set_size (self->blocks, 0);
  g_array_set_size (self->tail, 0);
  g_array_append_vals (self->blocks, other->blocks->data, other->blocks->len);
  for (guint b = 0; b < self->blocks->len; b++)
    g_atomic_rc_box_acquire (get_block (self, b)->bytes);
  g_array_append_vals (self->tail, other->tail->data, other->tail->len);
  self->packed = other->packed;
}
