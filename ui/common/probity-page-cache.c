/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-page-cache.h"

typedef struct
{
  guint      number;
  GPtrArray *rows;
  GList      link;
} Page;

struct _ProbityPageCache
{
  guint       most;
  GHashTable *pages;  /* number → Page */
  GQueue      recent; /* Page.link, least recently used first */
};

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->rows);
  g_free (page);
}

/** probity_page_cache_new: (transfer full) */
ProbityPageCache *
probity_page_cache_new (guint most)
{
  ProbityPageCache *self = g_new0 (ProbityPageCache, 1);

  self->most = most;
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, page_free);
  g_queue_init (&self->recent);
  return self;
}

void
probity_page_cache_free (ProbityPageCache *self)
{
  g_hash_table_unref (self->pages);
  g_free (self);
}

void
probity_page_cache_clear (ProbityPageCache *self)
{
  g_queue_init (&self->recent);
  g_hash_table_remove_all (self->pages);
}

GPtrArray *
probity_page_cache_find (ProbityPageCache *self,
                         guint             number)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

  if (page == NULL)
    return NULL;
  g_queue_unlink (&self->recent, &page->link);
  g_queue_push_tail_link (&self->recent, &page->link);
  return page->rows;
}

void
probity_page_cache_keep (ProbityPageCache *self,
                         guint             number,
                         GPtrArray        *rows)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

  if (page != NULL)
    {
      g_queue_unlink (&self->recent, &page->link);
      g_hash_table_remove (self->pages, GUINT_TO_POINTER (number));
    }
  while (g_hash_table_size (self->pages) >= self->most)
    {
      Page *oldest = g_queue_pop_head_link (&self->recent)->data;

      g_hash_table_remove (self->pages, GUINT_TO_POINTER (oldest->number));
    }
  page = g_new0 (Page, 1);
  page->number = number;
  page->rows = g_ptr_array_ref (rows);
  page->link.data = page;
  g_queue_push_tail_link (&self->recent, &page->link);
  g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
}

guint
probity_page_cache_get_size (ProbityPageCache *self)
{
  return g_hash_table_size (self->pages);
}
