/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Of the write-ahead log: https://www.sqlite.org/fileformat2.html#walformat, numbers in big-endian order. */
#define LOG_HEADER 32
#define FRAME_HEADER 24

static guint32
get_number (const guint8 *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);

  return GUINT32_FROM_BE (number);
}

static gboolean
read_at (int     fd,
         goffset at,
         guint8 *bytes,
         gsize   length)
{
  ssize_t n;

  do
    n = pread (fd, bytes, length, at);
  while (n < 0 && errno == EINTR);

  return n == (ssize_t) length;
}

/*
 * The pages that the log holds, of commits alone. No frame is proved here: SQLite does that, and
 * reads a page from the database again where the log's does not hold.
 */
static GHashTable *
list_pages_of_log (const char *path)
{
  g_autoptr (GHashTable) pages = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) uncommitted = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  /* Nobody locks the log itself: closing it drops no locks of this process. */
  int     fd = open (log, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  guint8  header[LOG_HEADER];
  guint8  frame[FRAME_HEADER];
  goffset length;

  if (fd < 0)
    return g_steal_pointer (&pages);

  if (read_at (fd, 0, header, sizeof header))
    {
      length = FRAME_HEADER + (goffset) get_number (header + 8);
      for (goffset at = LOG_HEADER; read_at (fd, at, frame, sizeof frame) && memcmp (frame + 8, header + 16, 8) == 0; at += length)
        {
          guint32 page = get_number (frame);

          g_array_append_val (uncommitted, page);
          if (get_number (frame + 4) == 0)
            continue;
          for (guint i = 0; i < uncommitted->len; i++)
            g_hash_table_add (pages, GUINT_TO_POINTER (g_array_index (uncommitted, guint32, i)));
          g_array_set_size (uncommitted, 0);
        }
    }
  close (fd);

  return g_steal_pointer (&pages);
}

/* `HMAC verification failed for page 307`, `page 308 has an invalid size of …` */
static guint32
find_page (const char *complaint)
{
  const char *page = strstr (complaint, "page ");

  return page != NULL ? (guint32) g_ascii_strtoull (page + strlen ("page "), NULL, 10) : 0;
}

GPtrArray *
probity_db_list_damaged_pages (ProbityDb *self,
                               GError   **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (self, error, "PRAGMA cipher_integrity_check", NULL);
  g_autoptr (GPtrArray) complaints = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) in_log = NULL;
  gboolean row = TRUE;

  if (statement == NULL)
    return NULL;
  while (row)
    {
      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (row)
        g_ptr_array_add (complaints, probity_statement_dup_text (statement, 0));
    }

  for (guint i = complaints->len; i-- > 0;)
    {
      if (in_log == NULL)
        in_log = list_pages_of_log (self->path);
      if (g_hash_table_contains (in_log, GUINT_TO_POINTER (find_page (g_ptr_array_index (complaints, i)))))
        g_ptr_array_remove_index (complaints, i);
    }

  return g_steal_pointer (&complaints);
}
