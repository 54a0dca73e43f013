/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-checks-private.h"
#include "probity-list-kind.h"
#include "probity-my-day-private.h"
#include "probity-seal.h"

/*
 * A check does not find what is sealed. So every check that is pending, of anybody, is put before who holds a
 * sealed compartment, whether or not a sealed case is about its subject: that they are asked, and what they do
 * then, tells nobody anything. Which it is they alone read here.
 */

static gboolean
add_subjects (const ProbitySource *source,
              const ProbityCase   *found,
              gpointer             data,
              GError             **error)
{
  GHashTable              *known = data;
  const ProbityRecordKind *kind = found->kind->record_kind;
  g_autofree char         *sql = g_strdup_printf ("SELECT staff_number, known_number, name FROM %s WHERE %s = $id AND eliminated IS NULL", kind->subject_table, kind->subject_parent);
  g_autoptr (ProbityStatement) statement = probity_db_query (found->db, error, sql, "$id", 'i', probity_record_get_id (found->record), NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      for (int i = 0; i < 3; i++)
        {
          const char *text = probity_statement_get_text (statement, i);

          if (text != NULL)
            g_hash_table_add (known, i < 2 ? g_strdup (text) : probity_fold_text (text));
        }
    }
}

/* Few, and not to be lost among the others of a list. */
static gboolean
add_case (const ProbitySource *source,
          const ProbityCase   *found,
          gpointer             data,
          GError             **error)
{
  ProbityDayRun  *run = data;
  ProbityDayItem *item;

  if (probity_case_is_closed (found->kind, found->record))
    return TRUE;
  item = probity_day_run_add (run, "sealed-case", found->kind->record_kind->name, probity_record_get_uid (found->record), probity_record_get_reference (found->record), probity_record_get (found->record, "title"), NULL, probity_record_get (found->record, "stage"));
  g_set_str (&item->group, "sealed");

  return TRUE;
}

static gboolean
is_known (GHashTable *known,
          const char *numbers,
          const char *name)
{
  g_auto (GStrv) all = g_strsplit_set (numbers != NULL ? numbers : "", ", ", -1);
  g_autofree char *folded = probity_fold_text (name);

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0' && g_hash_table_contains (known, all[i]))
      return TRUE;

  return *folded != '\0' && g_hash_table_contains (known, folded);
}

gboolean
probity_my_day_add_sealed (ProbityDayRun *run,
                           GError       **error)
{
  const ProbitySource source = { .session = run->session, .read = run->read };
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = NULL;

  if (probity_casebook_get_n_sealed (probity_session_get_casebook (run->session)) == 0)
    return TRUE;
  if (!probity_seal_collect (&source, add_case, run, error) || !probity_seal_collect (&source, add_subjects, known, error) ||
      (rows = probity_checks_collect_pending (run->session, run->read, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len && i < PROBITY_DAY_MAX_ITEMS; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);
      ProbityDayItem *item;
      const gboolean  named = is_known (known, row->cells[PROBITY_CHECKS_CELL_STAFF_NUMBER], row->cells[PROBITY_CHECKS_CELL_APPLICANT_NAME]);

      /* The checks of sealed cases are made by their holders; nobody else is asked about them. */
      if (probity_list_row_is_sealed (row))
        continue;
      item = probity_day_run_add (run,
                                  "sealed-check",
                                  row->cells[PROBITY_CHECKS_CELL_KIND],
                                  row->uid,
                                  row->cells[PROBITY_CHECKS_CELL_REFERENCE],
                                  row->cells[PROBITY_CHECKS_CELL_APPLICANT_NAME],
                                  NULL,
                                  named ? "sealed-named" : "sealed-not-named");
      g_set_str (&item->group, "sealed");
    }

  return TRUE;
}
