/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"
#include "probity-migrations-resources.h"
#include "probity-migrations.h"

#include <string.h>

#define RESOURCE_PREFIX "/org/probity/migrations/"
#define INCLUDE "@include "
#define MAX_PARTS 16

/*
 * How a compartment came to be what it is: one step a version, each a list of files that are run in
 * one transaction. A released step is never changed; a new version is a new file and a new line.
 */
typedef struct
{
  guint       version;
  const char *parts[MAX_PARTS];
} ProbityMigration;

static const ProbityMigration journal_steps[] = {
  { 1, { "common-1.sql", "outbox-1.sql", "journal-1.sql" } },
  { 2, { "journal-2.sql" } },
};

static const ProbityMigration registers_steps[] = {
  { 1, { "common-1.sql", "outbox-1.sql", "registers-1.sql", "registers-secondjobs-1.sql" } },
  { 2, { "case-2.sql", "exhibit-2.sql", "registers-cases-2.sql", "registers-stand-ins-2.sql", "registers-appeals-2.sql", "registers-conditions-2.sql", "registers-reviews-2.sql", "words-hold-2.sql", "case-words-2.sql", "registers-words-2.sql" } },
  { 3, { "registers-sealed-3.sql", "registers-lists-3.sql" } },
  { 4, { "registers-references-4.sql" } },
};

static const ProbityMigration standards_steps[] = {
  { 1, { "common-1.sql", "outbox-1.sql", "standards-1.sql", "standards-search-1.sql", "checks-1.sql" } },
  { 2, { "checks-2.sql", "case-2.sql", "exhibit-2.sql", "standards-watch-2.sql", "standards-conduct-2.sql", "investigation-2.sql", "sealed-answer-2.sql", "words-hold-2.sql", "case-words-2.sql", "standards-words-2.sql" } },
};

static const ProbityMigration intelligence_steps[] = {
  { 1, { "common-1.sql", "outbox-1.sql", "intelligence-1.sql", "intelligence-search-1.sql", "checks-1.sql", "intelligence-secondjobs-1.sql" } },
  { 2, { "checks-2.sql", "case-2.sql", "exhibit-2.sql", "intelligence-leak-2.sql", "investigation-2.sql", "sealed-answer-2.sql", "intelligence-exposure-2.sql", "intelligence-appeals-2.sql", "words-hold-2.sql", "case-words-2.sql", "intelligence-words-2.sql" } },
  { 3, { "intelligence-exposure-3.sql" } },
};

/* Where a second job is sealed: what it has in `registers`, and what it has in the two above. */
static const ProbityMigration second_job_steps[] = {
  { 1, { "common-1.sql", "outbox-1.sql", "registers-1.sql", "registers-secondjobs-1.sql", "second-job-sealed-3.sql", "checks-1.sql", "intelligence-secondjobs-1.sql" } },
  { 2, { "checks-2.sql", "case-2.sql", "exhibit-2.sql", "registers-cases-2.sql", "registers-stand-ins-2.sql", "registers-appeals-2.sql", "registers-conditions-2.sql", "registers-reviews-2.sql", "standards-watch-2.sql", "sealed-answer-2.sql", "intelligence-appeals-2.sql", "words-hold-2.sql", "case-words-2.sql", "registers-words-2.sql", "second-job-opened-3.sql", "registers-lists-3.sql" } },
};

static const struct
{
  const ProbityMigration *steps;
  guint                   n_steps;
} all_steps[PROBITY_N_COMPARTMENTS + 1] = {
  [PROBITY_COMPARTMENT_JOURNAL] = { journal_steps, G_N_ELEMENTS (journal_steps) },
  [PROBITY_COMPARTMENT_REGISTERS] = { registers_steps, G_N_ELEMENTS (registers_steps) },
  [PROBITY_COMPARTMENT_STANDARDS] = { standards_steps, G_N_ELEMENTS (standards_steps) },
  [PROBITY_COMPARTMENT_INTELLIGENCE] = { intelligence_steps, G_N_ELEMENTS (intelligence_steps) },
  [PROBITY_COMPARTMENT_SEALED] = { second_job_steps, G_N_ELEMENTS (second_job_steps) },
};

/* Nothing in a static library is registered by itself. */
static GResource *
get_resource (void)
{
  static gsize registered = 0;

  if (g_once_init_enter (&registered))
    {
      probity_migrations_register_resource ();
      g_once_init_leave (&registered, 1);
    }

  return probity_migrations_get_resource ();
}

/* (transfer full): the text of a file of data/migrations. */
static GString *
read_file (const char *name,
           GError    **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL)
    return NULL;

  return g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

/* What tables have in common stands once, in a file with @NAME@ where they differ: `FILE NAME=VALUE …`. */
static gboolean
append_included (GString    *sql,
                 const char *arguments,
                 GError    **error)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) text = NULL;

  if (!g_shell_parse_argv (arguments, NULL, &words, error))
    return FALSE;
  text = read_file (words[0], error);
  if (text == NULL)
    return FALSE;

  for (guint i = 1; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);
      g_autofree char *mark = g_strdup_printf ("@%s@", pair[0]);

      g_string_replace (text, mark, pair[1] != NULL ? pair[1] : "", 0);
    }
  g_string_append_len (sql, text->str, (gssize) text->len);

  return TRUE;
}

char *
probity_migrations_dup_part (const char *name,
                             GError    **error)
{
  g_autoptr (GString) text = NULL;
  g_autoptr (GString) sql = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  text = read_file (name, error);
  if (text == NULL)
    return NULL;

  lines = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_str_has_prefix (lines[i], INCLUDE))
      g_string_append_printf (sql, "%s\n", lines[i]);
    else if (!append_included (sql, lines[i] + strlen (INCLUDE), error))
      return NULL;

  return g_string_free_and_steal (g_steal_pointer (&sql));
}

static gboolean
run_part (ProbityDb  *db,
          const char *name,
          GError    **error)
{
  g_autofree char *sql = probity_migrations_dup_part (name, error);

  if (sql == NULL || !probity_db_exec (db, sql, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  return TRUE;
}

/* A foreign key that a step broke would only show at the next change of the row. */
static gboolean
check_foreign_keys (ProbityDb *db,
                    GError   **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "PRAGMA foreign_key_check", NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "A row of %s refers to one that is not there", probity_statement_get_text (statement, 0));

  return FALSE;
}

static gboolean
run_step (ProbityDb              *db,
          const ProbityMigration *step,
          GError                **error)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %u;",
                                            PROBITY_DB_APPLICATION_ID,
                                            step->version);
  gboolean         ok;

  if (!probity_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;

  ok = TRUE;
  for (guint i = 0; ok && i < MAX_PARTS && step->parts[i] != NULL; i++)
    ok = run_part (db, step->parts[i], error);

  ok = ok &&
       check_foreign_keys (db, error) &&
       probity_db_exec (db, marks, error) &&
       probity_db_exec (db, "COMMIT", error);

  if (!ok)
    probity_db_exec (db, "ROLLBACK", NULL);

  return ok;
}

/* The version that this program makes. */
guint
probity_migrations_get_version (ProbityCompartment schema)
{
  g_return_val_if_fail ((guint) schema < G_N_ELEMENTS (all_steps), 0);

  return all_steps[schema].steps[all_steps[schema].n_steps - 1].version;
}

/* Brings @db up to @version, a step at a time; killed at any moment it is at a step's end. */
gboolean
probity_migrations_run_to (ProbityDb *db,
                           guint      version,
                           GError   **error)
{
  ProbityCompartment schema = probity_db_get_schema (db);
  gint64             current;
  gboolean           ok = TRUE;

  if (!probity_db_get_pragma (db, "user_version", &current, error))
    return FALSE;
  if (current >= version)
    return TRUE;

  /* A step that rebuilds a table may have references in the air; they are checked before its end. */
  probity_db_set_unjudged (db, TRUE);
  ok = probity_db_exec (db, "PRAGMA foreign_keys = OFF", error);

  for (guint i = 0; ok && i < all_steps[schema].n_steps; i++)
    {
      const ProbityMigration *step = &all_steps[schema].steps[i];

      if (step->version > current && step->version <= version)
        ok = run_step (db, step, error);
    }

  ok = probity_db_exec (db, "PRAGMA foreign_keys = ON", ok ? error : NULL) && ok;
  probity_db_set_unjudged (db, FALSE);

  return ok;
}

gboolean
probity_migrations_run (ProbityDb *db,
                        GError   **error)
{
  return probity_migrations_run_to (db, probity_migrations_get_version (probity_db_get_schema (db)), error);
}

static GHashTable *
read_schema (ProbityDb *db,
             GError   **error)
{
  g_autoptr (GHashTable) schema = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  /* What ANALYZE leaves is no part of the schema. */
  statement = probity_db_query (db, error, "SELECT type || ' ' || name, coalesce (sql, '') FROM sqlite_schema"
                                           " WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'",
                                NULL);
  if (statement == NULL)
    return NULL;

  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      g_hash_table_insert (schema, probity_statement_dup_text (statement, 0), probity_statement_dup_text (statement, 1));
    }

  return g_steal_pointer (&schema);
}

static GHashTable *
make_expected_schema (ProbityCompartment compartment,
                      GError           **error)
{
  g_autoptr (ProbityDb) db = probity_db_open_memory (compartment, error);

  if (db == NULL || !probity_migrations_run (db, error))
    return NULL;

  return read_schema (db, error);
}

GHashTable *
probity_migrations_get_expected_schema (ProbityCompartment compartment,
                                        GError           **error)
{
  static GMutex      mutex;
  static GHashTable *schemas[G_N_ELEMENTS (all_steps)];
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  g_return_val_if_fail ((guint) compartment < G_N_ELEMENTS (all_steps), NULL);

  if (schemas[compartment] == NULL)
    schemas[compartment] = make_expected_schema (compartment, error);

  return schemas[compartment];
}

static int
compare_text (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GStrv
probity_migrations_compare_schema (ProbityDb *db,
                                   GError   **error)
{
  GHashTable *expected;
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer       name;
  gpointer       sql;

  g_return_val_if_fail (db != NULL, NULL);

  expected = probity_migrations_get_expected_schema (probity_db_get_schema (db), error);
  if (expected == NULL)
    return NULL;
  found = read_schema (db, error);
  if (found == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &name, &sql))
    {
      const char *there = g_hash_table_lookup (found, name);

      if (there == NULL)
        g_ptr_array_add (problems, g_strdup_printf ("schema-missing: %s", (const char *) name));
      else if (strcmp (there, sql) != 0)
        g_ptr_array_add (problems, g_strdup_printf ("schema-changed: %s", (const char *) name));
      g_hash_table_remove (found, name);
    }

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (problems, g_strdup_printf ("schema-added: %s", (const char *) name));

  g_ptr_array_sort (problems, compare_text);
  g_ptr_array_add (problems, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&problems), FALSE);
}
