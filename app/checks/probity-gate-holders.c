/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-subject-search.h"

/*
 * Who holds a second job and fits the subject of a new record. Asked once a record of an import, so
 * the holders' index is kept until something in `registers` changes: each change there has its audit
 * entry, and the newest hash of that log is read at once. Writer thread only.
 */

typedef struct
{
  ProbityDb          *registers;
  GBytes             *head;
  ProbityPersonIndex *index;
  GHashTable         *staff_numbers; /* person id → staff number */
} Holders;

static void
holders_free (gpointer data)
{
  Holders *self = data;

  g_clear_pointer (&self->head, g_bytes_unref);
  g_clear_pointer (&self->index, probity_person_index_unref);
  g_clear_pointer (&self->staff_numbers, g_hash_table_unref);
  g_free (self);
}

static GBytes *
read_head (ProbityDb *registers,
           GError   **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (registers, error, "SELECT hash FROM audit_entry ORDER BY seq DESC LIMIT 1", NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return NULL;

  return row ? probity_statement_dup_bytes (statement, 0) : g_bytes_new_static ("", 0);
}

static Holders *
load_holders (ProbityDb *registers,
              GBytes    *head,
              GError   **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  Holders *self = NULL;
  gboolean row;

  statement = probity_db_query (registers, error, "SELECT id, staff_number, forenames, surname, known_as, former_names, date_of_birth, address, postcode"
                                                  " FROM person WHERE staff_number IN (SELECT j.staff_number FROM second_job AS j"
                                                  " WHERE j.stage NOT IN ('refused', 'withdrawn', 'ceased', 'lapsed'))",
                                NULL);
  if (statement == NULL)
    return NULL;

  self = g_new0 (Holders, 1);
  self->registers = registers;
  self->head = g_bytes_ref (head);
  self->index = probity_person_index_new ();
  self->staff_numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (;;)
    {
      ProbityPersonFields fields;
      gint64              id;

      if (!probity_statement_step (statement, &row, error))
        {
          holders_free (self);
          return NULL;
        }
      if (!row)
        break;
      id = probity_statement_get_int64 (statement, 0);
      fields = (ProbityPersonFields) {
        .staff_number = probity_statement_get_text (statement, 1),
        .forenames = probity_statement_get_text (statement, 2),
        .surname = probity_statement_get_text (statement, 3),
        .known_as = probity_statement_get_text (statement, 4),
        .former_names = probity_statement_get_text (statement, 5),
        .date_of_birth = probity_statement_get_text (statement, 6),
        .address = probity_statement_get_text (statement, 7),
        .postcode = probity_statement_get_text (statement, 8),
      };
      g_hash_table_insert (self->staff_numbers, g_memdup2 (&id, sizeof id), g_strdup (fields.staff_number));
      probity_person_index_add (self->index, id, probity_person_key_new (&fields));
    }
  probity_person_index_freeze (self->index);

  return self;
}

GPtrArray *
probity_gate_find_holders (ProbityDb            *registers,
                           const ProbitySubject *subject,
                           GError              **error)
{
  static GPrivate kept = G_PRIVATE_INIT (holders_free);
  Holders        *holders = g_private_get (&kept);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) head = read_head (registers, error);
  g_autoptr (ProbityPersonKey) key = NULL;
  g_autoptr (GArray) hits = NULL;

  if (head == NULL)
    return NULL;
  if (holders == NULL || holders->registers != registers || !g_bytes_equal (holders->head, head))
    {
      holders = load_holders (registers, head, error);
      if (holders == NULL)
        return NULL;
      g_private_replace (&kept, holders);
    }

  key = probity_subject_key_new (NULL, subject->name, subject->date_of_birth);
  hits = probity_person_index_find (holders->index, key, PROBITY_PERSON_THRESHOLD, 20);
  for (guint i = 0; i < hits->len; i++)
    {
      const char *staff_number = g_hash_table_lookup (holders->staff_numbers, &g_array_index (hits, ProbityPersonIndexHit, i).id);

      /* By number they were found already. */
      if (g_strcmp0 (staff_number, subject->staff_number) != 0)
        g_ptr_array_add (found, g_strdup (staff_number));
    }

  return g_steal_pointer (&found);
}
