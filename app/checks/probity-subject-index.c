/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-subject-index.h"

typedef struct
{
  char               *state; /* of the records that the index was made of */
  ProbityPersonIndex *index;
} Kept;

typedef struct
{
  GMutex mutex;
  Kept   kept[PROBITY_N_COMPARTMENTS];
} Cache;

static void
cache_free (gpointer data)
{
  Cache *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->kept); i++)
    {
      g_free (self->kept[i].state);
      g_clear_pointer (&self->kept[i].index, probity_person_index_unref);
    }
  g_mutex_clear (&self->mutex);
  g_free (self);
}

static Cache *
get_cache (ProbityCasebook *casebook)
{
  static GMutex making;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&making);
  Cache *cache = g_object_get_data (G_OBJECT (casebook), "probity-subject-index");

  if (cache == NULL)
    {
      cache = g_new0 (Cache, 1);
      g_mutex_init (&cache->mutex);
      g_object_set_data_full (G_OBJECT (casebook), "probity-subject-index", cache, cache_free);
    }

  return cache;
}

/* Says whether anything was made or changed: every change of a record or its subjects raises its version. */
static char *
read_state (ProbityDb               *db,
            const ProbityRecordKind *kind,
            GError                 **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count (*) || ' ' || coalesce (max (id), 0) || ' ' || coalesce (sum (version), 0)"
                                          " || ' ' || coalesce (max (changed), '') FROM %s",
                                          kind->table);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return NULL;

  return probity_statement_dup_text (statement, 0);
}

ProbityPersonKey *
probity_subject_key_new (const char *staff_number,
                         const char *name,
                         const char *date_of_birth)
{
  const char      *comma = strchr (name, ',');
  const char      *space = strrchr (name, ' ');
  g_autofree char *surname = NULL;
  g_autofree char *forenames = NULL;

  if (comma != NULL)
    {
      surname = g_strndup (name, comma - name);
      forenames = g_strdup (comma + 1);
    }
  else if (space != NULL)
    {
      surname = g_strdup (space + 1);
      forenames = g_strndup (name, space - name);
    }
  else
    {
      surname = g_strdup (name);
    }

  return probity_person_key_new (&(ProbityPersonFields) {
      .staff_number = staff_number,
      .surname = surname,
      .forenames = forenames,
      .date_of_birth = date_of_birth,
  });
}

static ProbityPersonIndex *
build_index (ProbityDb               *db,
             const ProbityRecordKind *kind,
             GError                 **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id, staff_number, name, date_of_birth FROM %s WHERE name IS NOT NULL", kind->subject_table);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, NULL);
  g_autoptr (ProbityPersonIndex) index = NULL;

  if (statement == NULL)
    return NULL;
  index = probity_person_index_new ();
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      probity_person_index_add (index, probity_statement_get_int64 (statement, 0), probity_subject_key_new (probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2), probity_statement_get_text (statement, 3)));
    }
  probity_person_index_freeze (index);

  return g_steal_pointer (&index);
}

ProbityPersonIndex *
probity_subject_index_ref (ProbityCasebook         *casebook,
                           ProbityDb               *db,
                           const ProbityRecordKind *kind,
                           GError                 **error)
{
  Cache           *cache = get_cache (casebook);
  Kept            *kept = &cache->kept[kind->compartment];
  g_autofree char *state = read_state (db, kind, error);
  g_autoptr (GMutexLocker) locker = NULL;

  if (state == NULL)
    return NULL;
  locker = g_mutex_locker_new (&cache->mutex);
  if (kept->index == NULL || g_strcmp0 (kept->state, state) != 0)
    {
      ProbityPersonIndex *index = build_index (db, kind, error);

      if (index == NULL)
        return NULL;
      g_clear_pointer (&kept->index, probity_person_index_unref);
      kept->index = index;
      g_set_str (&kept->state, state);
    }

  return probity_person_index_ref (kept->index);
}
