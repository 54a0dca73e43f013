/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-locked.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "probity-clock.h"

struct _ProbityLocked
{
  gatomicrefcount ref_count;
  char           *staff_number;
  ProbityClock   *clock;

  GMutex      lock;
  GHashTable *numbers; /* staff numbers */
};

/* Holds both ways; an ended relation locks no more. */
static const char related_sql[] =
    "SELECT related_staff_number FROM relation WHERE staff_number = $me AND (ended IS NULL OR ended > $today)"
    " UNION "
    "SELECT staff_number FROM relation WHERE related_staff_number = $me AND (ended IS NULL OR ended > $today)";

static GHashTable *
make_numbers (ProbityLocked *self)
{
  GHashTable *numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (self->staff_number != NULL)
    g_hash_table_add (numbers, g_strdup (self->staff_number));

  return numbers;
}

ProbityLocked *
probity_locked_new (const char   *staff_number,
                    ProbityClock *clock)
{
  ProbityLocked *self = g_new0 (ProbityLocked, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->staff_number = g_strdup (staff_number);
  self->clock = probity_clock_ref (clock);
  g_mutex_init (&self->lock);
  self->numbers = make_numbers (self);

  return self;
}

ProbityLocked *
probity_locked_ref (ProbityLocked *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_locked_unref (ProbityLocked *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->staff_number);
  probity_clock_unref (self->clock);
  g_mutex_clear (&self->lock);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

gboolean
probity_locked_read (ProbityDb *registers,
                     gpointer   data,
                     GError   **error)
{
  ProbityLocked   *self = data;
  g_autofree char *today = probity_clock_dup_today (self->clock);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GHashTable) numbers = make_numbers (self);
  g_autoptr (GHashTable) before = NULL;
  gboolean row;

  if (self->staff_number == NULL)
    return TRUE;

  statement = probity_db_query (registers, error, related_sql, "$me", 's', self->staff_number, "$today", 's', today, NULL);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_hash_table_add (numbers, probity_statement_dup_text (statement, 0));
    }

  g_mutex_lock (&self->lock);
  before = self->numbers;
  self->numbers = g_steal_pointer (&numbers);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

gboolean
probity_locked_contains (ProbityLocked *self,
                         const char    *staff_number)
{
  gboolean contains;

  g_mutex_lock (&self->lock);
  contains = g_hash_table_contains (self->numbers, staff_number);
  g_mutex_unlock (&self->lock);

  return contains;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
probity_locked_dup_json (ProbityLocked *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (GPtrArray) numbers = NULL;

  g_mutex_lock (&self->lock);
  numbers = g_hash_table_get_keys_as_ptr_array (self->numbers);
  g_ptr_array_sort (numbers, compare_texts);
  for (guint i = 0; i < numbers->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (numbers, i));
  g_mutex_unlock (&self->lock);

  json_node_set_array (node, array);

  return json_to_string (node, FALSE);
}
