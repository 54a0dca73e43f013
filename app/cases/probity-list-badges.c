/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case.h"
#include "probity-link.h"
#include "probity-list-kind.h"

/*
 * What a row of a list of cases says of its parts: an action that is overdue, notes in the log, links. Of a page of
 * rows at a time, since a link counts only where this reader may know of its other end, which no query says.
 */

static void
add_badge (ProbityListRow *row,
           guint           column,
           const char     *badge)
{
  const char *before = row->cells[column];

  if (before == NULL)
    {
      row->cells[column] = g_strdup (badge);
      return;
    }
  {
    g_auto (GStrv) words = g_strsplit (before, ",", -1);

    if (g_strv_contains ((const char *const *) words, badge))
      return;
  }
  row->cells[column] = g_strconcat (before, ",", badge, NULL);
  g_free ((char *) before);
}

static char *
dup_uids_json (GHashTable *rows)
{
  g_autoptr (GString) json = g_string_new ("[");
  GHashTableIter iter;
  gpointer       uid;

  /* Uids have nothing in them that JSON would escape. */
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    g_string_append_printf (json, "%s\"%s\"", json->len > 1 ? "," : "", (const char *) uid);
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* One pass over the rows for all that stands in the compartment of the list. */
static gboolean
add_of_parts (GHashTable *rows,
              guint       column,
              ProbityDb  *db,
              const char *uids,
              const char *today,
              GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT u.value,"
                                                                        " EXISTS (SELECT 1 FROM case_action AS a WHERE a.case_uid = u.value AND a.state IN ('open', 'started') AND a.hard_deadline < $today),"
                                                                        " EXISTS (SELECT 1 FROM case_log AS n WHERE n.case_uid = u.value)"
                                                                        " FROM json_each ($uids) AS u",
                                                             "$uids",
                                                             's',
                                                             uids,
                                                             "$today",
                                                             's',
                                                             today,
                                                             NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      ProbityListRow *found;
      gboolean        overdue, notes;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      overdue = probity_statement_get_int64 (statement, 1) != 0;
      notes = probity_statement_get_int64 (statement, 2) != 0;
      if ((!overdue && !notes) || (found = g_hash_table_lookup (rows, probity_statement_get_text (statement, 0))) == NULL)
        continue;
      if (overdue)
        add_badge (found, column, "overdue");
      if (notes)
        add_badge (found, column, "notes");
    }
}

/* Uids of rows that have a link at all in the compartments that the reader holds. */
static gboolean
find_linked (ProbitySession *session,
             ProbityRead    *read,
             const char     *uids,
             GHashTable     *linked,
             GError        **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  const int        n_all = PROBITY_N_COMPARTMENTS + (int) probity_casebook_get_n_sealed (casebook);

  for (int i = PROBITY_COMPARTMENT_REGISTERS; i < n_all; i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) i;
      g_autoptr (ProbityStatement) statement = NULL;
      ProbityDb *db;
      gboolean   row;

      if (!probity_casebook_has (casebook, compartment))
        continue;
      if ((db = probity_read_get_db (read, compartment, error)) == NULL ||
          (statement = probity_db_query (db, error, "SELECT u.value FROM json_each ($uids) AS u"
                                                    " WHERE EXISTS (SELECT 1 FROM case_link AS l WHERE l.from_uid = u.value AND l.state = 'linked')"
                                                    " OR EXISTS (SELECT 1 FROM case_link AS l WHERE l.to_uid = u.value AND l.state = 'linked')",
                                         "$uids",
                                         's',
                                         uids,
                                         NULL)) == NULL)
        return FALSE;
      for (;;)
        {
          if (!probity_statement_step (statement, &row, error))
            return FALSE;
          if (!row)
            break;
          g_hash_table_add (linked, probity_statement_dup_text (statement, 0));
        }
    }

  return TRUE;
}

static gboolean
add_links (ProbitySession          *session,
           ProbityRead             *read,
           const ProbityRecordKind *kind,
           ProbityDb               *db,
           GHashTable              *rows,
           guint                    column,
           const char              *uids,
           GError                 **error)
{
  const ProbitySource source = { .session = session, .read = read };
  g_autoptr (GHashTable) linked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer       uid;

  if (!find_linked (session, read, uids, linked, error))
    return FALSE;

  g_hash_table_iter_init (&iter, linked);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    {
      ProbityListRow *row = g_hash_table_lookup (rows, uid);
      g_autoptr (ProbityRecord) record = NULL;
      g_autoptr (GPtrArray) links = NULL;

      if (row == NULL)
        continue;
      if (!probity_record_read_id (db, kind, session, row->id, &record, error))
        return FALSE;
      if (record == NULL)
        continue;
      if ((links = probity_link_collect (&source, record, FALSE, error)) == NULL)
        return FALSE;
      if (links->len > 0)
        add_badge (row, column, "links");
    }

  return TRUE;
}

gboolean
probity_list_add_badges (const ProbityListKind *kind,
                         ProbitySession        *session,
                         ProbityRead           *read,
                         ProbityDb             *db,
                         GHashTable            *by_id,
                         GError               **error)
{
  const guint column = probity_list_kind_find_column (kind, "badges");
  g_autoptr (GHashTable) rows = NULL;
  g_autofree char *uids = NULL;
  g_autofree char *today = NULL;
  GHashTableIter   iter;
  gpointer         row;

  if (column == G_MAXUINT || probity_case_kind_of (kind->record_kind) == NULL || g_hash_table_size (by_id) == 0)
    return TRUE;

  rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_iter_init (&iter, by_id);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_hash_table_insert (rows, (gpointer) ((ProbityListRow *) row)->uid, row);
      if (probity_db_get_compartment (db) >= PROBITY_COMPARTMENT_SEALED)
        add_badge (row, column, "sealed");
    }
  uids = dup_uids_json (rows);
  today = probity_day_to_iso (probity_list_get_today (session));

  return add_of_parts (rows, column, db, uids, today, error) &&
         add_links (session, read, kind->record_kind, db, rows, column, uids, error);
}
