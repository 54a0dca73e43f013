/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal-private.h"

#include <unistd.h>

#include "probity-annual-review.h"
#include "probity-exhibit-store.h"

/*
 * One sealed compartment, one case: its rows keep their ids, so that what refers to them does still. Of a
 * case in `standards` some stands in `intelligence` too, and of a second job in both; the ids of that are lifted
 * out of the way.
 */
#define LIFT (G_GINT64_CONSTANT (1) << 40)

#define IN_RUNS "check_run_id IN (SELECT id FROM check_run WHERE case_uid = $uid)"
#define IN_IMPORTS "import_id IN (SELECT id FROM exposure_import WHERE case_uid = $uid)"
#define IN_LINKS "from_uid = $uid OR to_uid = $uid"
#define OF_JOB "second_job_id IN (SELECT id FROM second_job WHERE uid = $uid)"
/* Whom a second job names by a foreign key or as the applicant's manager. */
#define NAMED_STAFF                                                       \
  "staff_number IN (SELECT staff_number FROM second_job WHERE uid = $uid" \
  " UNION SELECT manager_staff_number FROM second_job WHERE uid = $uid)"

/* By which column a row is of a case, and what is true of those that are. */
static const struct
{
  const char *column;
  const char *condition;
} keys[] = {
  { "case_uid", "case_uid = $uid" },
  { "second_job_uid", "second_job_uid = $uid" },
  { "second_job_id", OF_JOB },
};

/* Beside those; those that refer to others come first. */
static const struct
{
  const char *table;
  const char *condition;
} further[] = {
  { "exposure_column", "chunk_id IN (SELECT id FROM exposure_chunk WHERE " IN_IMPORTS ")" },
  { "exposure_words", IN_IMPORTS },
  { "exposure_account", IN_IMPORTS },
  { "exposure_chunk", IN_IMPORTS },
  { "check_hit", IN_RUNS },
  { "check_search", IN_RUNS },
  { "case_link", IN_LINKS },
};

const char *const probity_seal_tables[] = {
  "exposure_column",
  "exposure_words",
  "exposure_account",
  "exposure_chunk",
  "check_hit",
  "check_search",
  "case_link",
  /* The case, whom it is about, its files; systems' ways of writing logs go along and stay too. */
  "leak",
  "leak_subject",
  "conduct",
  "conduct_subject",
  "second_job",
  /* Whom it names goes along, as they are known when it is sealed, and stays too. */
  "person",
  "exhibit_file",
  "case_reference",
  "exposure_system",
  /* What the logs told goes along, erased where it was. */
  "audit_entry",
  "audit_value",
  "carried_entry",
  NULL,
};

#define OF_CASE "sha256 IN (SELECT sha256 FROM exhibit WHERE case_uid = $uid)"

/* Entries of the log that are about the case, or about a record that it was linked with, as such. */
#define TOLD                                                                                                                   \
  "(e.record = $uid OR (e.field IN ('link', 'link:removed')"                                                                   \
  " AND e.record IN (SELECT from_uid FROM case_link WHERE " IN_LINKS " UNION SELECT to_uid FROM case_link WHERE " IN_LINKS ")" \
  " AND coalesce (v.new, v.old) IN (SELECT link_uid FROM case_link WHERE " IN_LINKS ")))"

/* Which of @tables a compartment of another home does not have. */
static gboolean
has_table (ProbityDb  *db,
           const char *table,
           gboolean   *ret_has,
           GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $name", "$name", 's', table, NULL);

  return statement != NULL && probity_statement_step (statement, ret_has, error);
}

static gboolean
copy_rows (ProbityDb  *from,
           ProbityDb  *to,
           const char *table,
           const char *condition,
           const char *uid,
           GError    **error)
{
  const gint64 lift = LIFT * ABS ((gint64) probity_db_get_home (from) - (gint64) probity_db_get_home (to));
  gboolean     here, there;

  return has_table (from, table, &here, error) && has_table (to, table, &there, error) &&
         (!here || !there || probity_db_copy_rows (from, to, table, condition, uid, lift, error));
}

/* All that the log of a sealed compartment told, for it is about nothing else. */
static gboolean
copy_entries (ProbityDb  *from,
              ProbityDb  *to,
              const char *uid,
              GError    **error)
{
  const gboolean sealed = probity_db_get_compartment (from) >= PROBITY_COMPARTMENT_SEALED;
  g_autoptr (ProbityStatement) row = NULL;
  gboolean more;

  row = probity_db_query (from, error, "SELECT e.seq, e.at, e.account, e.verb, e.kind, e.record, e.field, e.value_digest, e.prev, e.hash, e.signature, v.salt, v.old, v.new"
                                       " FROM audit_entry AS e LEFT JOIN audit_value AS v ON v.seq = e.seq WHERE $sealed OR " TOLD " ORDER BY e.seq",
                          "$sealed",
                          'i',
                          (gint64) sealed,
                          "$uid",
                          's',
                          uid,
                          NULL);
  if (row == NULL)
    return FALSE;
  for (;;)
    {
      g_autoptr (GBytes) value_digest = NULL;
      g_autoptr (GBytes) prev = NULL;
      g_autoptr (GBytes) hash = NULL;
      g_autoptr (GBytes) signature = NULL;
      g_autoptr (GBytes) salt = NULL;

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        return TRUE;
      value_digest = probity_statement_dup_bytes (row, 7);
      prev = probity_statement_dup_bytes (row, 8);
      hash = probity_statement_dup_bytes (row, 9);
      signature = probity_statement_dup_bytes (row, 10);
      salt = probity_statement_dup_bytes (row, 11);
      if (!probity_db_run (to, error, "INSERT INTO carried_entry (compartment, seq, at, account, verb, kind, record, field, value_digest, prev, hash, signature, salt, old, new)"
                                      " VALUES ($compartment, $seq, $at, $account, $verb, $kind, $record, $field, $value_digest, $prev, $hash, $signature, $salt, $old, $new)",
                           "$compartment",
                           's',
                           probity_db_get_name (from),
                           "$seq",
                           'i',
                           probity_statement_get_int64 (row, 0),
                           "$at",
                           's',
                           probity_statement_get_text (row, 1),
                           "$account",
                           's',
                           probity_statement_get_text (row, 2),
                           "$verb",
                           's',
                           probity_statement_get_text (row, 3),
                           "$kind",
                           's',
                           probity_statement_get_text (row, 4),
                           "$record",
                           's',
                           probity_statement_get_text (row, 5),
                           "$field",
                           's',
                           probity_statement_get_text (row, 6),
                           "$value_digest",
                           'b',
                           value_digest,
                           "$prev",
                           'b',
                           prev,
                           "$hash",
                           'b',
                           hash,
                           "$signature",
                           'b',
                           signature,
                           "$salt",
                           'b',
                           salt,
                           "$old",
                           's',
                           probity_statement_get_text (row, 12),
                           "$new",
                           's',
                           probity_statement_get_text (row, 13),
                           NULL))
        return FALSE;
    }
}

/* --- Exhibits --- */

static gboolean
copy_bytes (ProbityExhibitReader *reader,
            ProbityExhibitWriter *writer,
            GError              **error)
{
  const guint8 *bytes;
  gsize         length;

  do
    if (!probity_exhibit_reader_next (reader, &bytes, &length, error) ||
        (length > 0 && !probity_exhibit_writer_add (writer, bytes, length, error)))
      return FALSE;
  while (length > 0);

  return TRUE;
}

/* Opened under one key and closed under another; synced before its row is committed. */
static gboolean
copy_file (const char         *from_folder,
           ProbityExhibitKeys *from_keys,
           const char         *to_folder,
           ProbityExhibitKeys *to_keys,
           const char         *sha256,
           GError            **error)
{
  guint8           digest[PROBITY_DIGEST_BYTES];
  guint8           found[PROBITY_DIGEST_BYTES];
  gint64           size = 0;
  g_autofree char *name = NULL;
  g_autoptr (ProbityExhibitReader) reader = NULL;
  g_autoptr (ProbityExhibitIntake) intake = NULL;
  g_autoptr (ProbityExhibitWriter) writer = NULL;
  gboolean ok;
  int      fd;

  if (!probity_digest_from_text (sha256, digest))
    {
      g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "The exhibit’s row was altered");
      return FALSE;
    }
  name = probity_exhibit_keys_dup_name (from_keys, digest);
  fd = probity_exhibit_store_open (from_folder, name, error);
  if (fd < 0)
    return FALSE;

  reader = probity_exhibit_reader_open (from_keys, fd, digest, error);
  intake = reader != NULL ? probity_exhibit_intake_new (to_folder, probity_exhibit_reader_get_size (reader), error) : NULL;
  writer = intake != NULL ? probity_exhibit_writer_new (to_keys, probity_exhibit_intake_get_fd (intake)) : NULL;
  ok = writer != NULL && copy_bytes (reader, writer, error) && probity_exhibit_writer_finish (writer, found, &size, error);
  close (fd);
  if (ok && memcmp (found, digest, sizeof digest) != 0)
    {
      g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "The exhibit is not what was taken in");
      return FALSE;
    }

  return ok && probity_exhibit_intake_sync (intake, error) && probity_exhibit_intake_place (intake, to_keys, digest, error);
}

static ProbityExhibitKeys *
make_keys (ProbitySession    *session,
           ProbityCompartment compartment,
           GError           **error)
{
  g_autoptr (ProbityKey) key = probity_session_derive_key (session, compartment, "exhibits", error);

  return key != NULL ? probity_exhibit_keys_new (key) : NULL;
}

static char *
dup_folder (ProbityWrite      *write,
            ProbityCompartment compartment)
{
  ProbityCasebook *casebook = probity_write_get_casebook (write);

  return probity_exhibit_store_dup_folder (probity_casebook_get_folder (casebook), probity_casebook_get_name (casebook, compartment));
}

static gboolean
copy_files (ProbityWrite   *write,
            ProbitySession *session,
            ProbityDb      *from,
            ProbityDb      *to,
            const char     *uid,
            GError        **error)
{
  g_autoptr (ProbityExhibitKeys) from_keys = make_keys (session, probity_db_get_compartment (from), error);
  g_autoptr (ProbityExhibitKeys) to_keys = from_keys != NULL ? make_keys (session, probity_db_get_compartment (to), error) : NULL;
  g_autofree char *from_folder = dup_folder (write, probity_db_get_compartment (from));
  g_autofree char *to_folder = dup_folder (write, probity_db_get_compartment (to));
  g_autoptr (ProbityStatement) row = to_keys != NULL ? probity_db_query (from, error, "SELECT sha256 FROM exhibit_file WHERE " OF_CASE, "$uid", 's', uid, NULL) : NULL;
  gboolean more;

  if (row == NULL)
    return FALSE;
  for (;;)
    {
      const char      *sha256;
      g_autofree char *name = NULL;
      guint8           digest[PROBITY_DIGEST_BYTES];

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        return TRUE;
      sha256 = probity_statement_get_text (row, 0);
      if (!copy_file (from_folder, from_keys, to_folder, to_keys, sha256, error))
        return FALSE;
      probity_digest_from_text (sha256, digest);
      name = probity_exhibit_keys_dup_name (to_keys, digest);
      if (!probity_db_run (to, error, "UPDATE exhibit_file SET name = $name WHERE sha256 = $sha256", "$name", 's', name, "$sha256", 's', sha256, NULL))
        return FALSE;
    }
}

/* --- All of it --- */

static gboolean
copy_shared (ProbityDb  *from,
             ProbityDb  *to,
             const char *uid,
             GError    **error)
{
  /* Also what its holders answered about other cases. */
  const gboolean sealed = probity_db_get_compartment (from) >= PROBITY_COMPARTMENT_SEALED;

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      g_auto (GStrv) tables = probity_db_list_tables (from, keys[k].column, error);

      if (tables == NULL)
        return FALSE;
      for (guint i = 0; tables[i] != NULL; i++)
        if (!copy_rows (from, to, tables[i], sealed ? "1" : keys[k].condition, uid, error))
          return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (further); i++)
    if (!copy_rows (from, to, further[i].table, further[i].condition, uid, error))
      return FALSE;

  return (!sealed || copy_rows (from, to, "carried_entry", "1", uid, error)) &&
         copy_entries (from, to, uid, error);
}

static gboolean
copy_home (ProbityWrite            *write,
           ProbitySession          *session,
           ProbityDb               *from,
           ProbityDb               *to,
           const ProbityRecordKind *kind,
           const char              *uid,
           GError                 **error)
{
  g_autofree char *of_subject = g_strdup_printf ("%s IN (SELECT id FROM %s WHERE uid = $uid)", kind->subject_parent, kind->table);
  g_autofree char *of_reference = g_strdup_printf ("reference IN (SELECT reference FROM %s WHERE uid = $uid)", kind->table);
  const gboolean   sealed = probity_db_get_compartment (from) >= PROBITY_COMPARTMENT_SEALED;

  return (kind->subject_table != NULL || copy_rows (from, to, "person", sealed ? "1" : NAMED_STAFF, uid, error)) &&
         copy_rows (from, to, kind->table, "uid = $uid", uid, error) &&
         (kind->subject_table == NULL || copy_rows (from, to, kind->subject_table, of_subject, uid, error)) &&
         copy_rows (from, to, "case_reference", of_reference, uid, error) &&
         copy_rows (from, to, "exposure_system", "1", uid, error) &&
         copy_rows (from, to, "exhibit_file", OF_CASE, uid, error) &&
         copy_files (write, session, from, to, uid, error) &&
         copy_shared (from, to, uid, error);
}

gboolean
probity_seal_copy_staff (ProbityWrite *write,
                         const char   *staff_number,
                         GError      **error)
{
  ProbityDb *from = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  ProbityDb *to = from != NULL ? probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error) : NULL;

  return to != NULL &&
         copy_rows (from, to, "person", "staff_number = $uid OR staff_number = (SELECT line_manager FROM person WHERE staff_number = $uid)", staff_number, error);
}

/* What a copy that was interrupted left; one sealed compartment holds one case. */
static gboolean
clear (ProbityDb *db,
       GError   **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      g_auto (GStrv) tables = probity_db_list_tables (db, keys[k].column, error);

      if (tables == NULL)
        return FALSE;
      for (guint i = 0; tables[i] != NULL; i++)
        g_ptr_array_add (all, g_strdup (tables[i]));
    }
  for (guint i = 0; probity_seal_tables[i] != NULL; i++)
    if (!g_str_has_prefix (probity_seal_tables[i], "audit_"))
      g_ptr_array_add (all, g_strdup (probity_seal_tables[i]));
  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s", (const char *) g_ptr_array_index (all, i));
      gboolean         has;

      if (!has_table (db, g_ptr_array_index (all, i), &has, error) || (has && !probity_db_exec (db, sql, error)))
        return FALSE;
    }

  return TRUE;
}

/* Of an investigation nothing stands in `registers`. */
static ProbityCompartment
get_lowest (const ProbityRecordKind *kind)
{
  return MIN (kind->compartment, PROBITY_COMPARTMENT_STANDARDS);
}

gboolean
probity_seal_copy (ProbityWrite            *write,
                   ProbitySession          *session,
                   const ProbityRecordKind *kind,
                   const char              *uid,
                   ProbityCompartment       from,
                   ProbityCompartment       to,
                   GError                 **error)
{
  ProbityDb         *target = probity_write_get_open_db (write, to, error);
  ProbityCompartment first = from != PROBITY_COMPARTMENT_JOURNAL ? from : get_lowest (kind);
  ProbityCompartment last = from != PROBITY_COMPARTMENT_JOURNAL ? from : PROBITY_COMPARTMENT_INTELLIGENCE;
  g_auto (GStrv) triggers = target != NULL ? probity_db_suspend_triggers (target, error) : NULL;

  if (triggers == NULL || !clear (target, error))
    return FALSE;

  for (ProbityCompartment c = first; c <= last; c++)
    {
      ProbityDb *source = probity_write_get_open_db (write, c, error);

      if (source == NULL ||
          !(probity_db_get_home (source) == kind->compartment ? copy_home (write, session, source, target, kind, uid, error)
                                                              : copy_shared (source, target, uid, error)))
        return FALSE;
    }

  return probity_db_restore_triggers (target, triggers, error);
}

gboolean
probity_seal_has (ProbityWrite            *write,
                  const ProbityRecordKind *kind,
                  const char              *uid,
                  ProbityCompartment       from,
                  gboolean                *ret_has,
                  GError                 **error)
{
  ProbityDb       *db = probity_write_get_open_db (write, from != PROBITY_COMPARTMENT_JOURNAL ? from : kind->compartment, error);
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE uid = $uid", kind->table);
  g_autoptr (ProbityStatement) row = db != NULL ? probity_db_query (db, error, sql, "$uid", 's', uid, NULL) : NULL;

  return row != NULL && probity_statement_step (row, ret_has, error);
}

/* --- Removing --- */

static gboolean
delete_rows (ProbityDb  *db,
             const char *table,
             const char *condition,
             const char *uid,
             GError    **error)
{
  g_autofree char *sql = NULL;
  gboolean         has;

  if (!has_table (db, table, &has, error))
    return FALSE;
  if (!has)
    return TRUE;
  sql = g_strdup_printf ("DELETE FROM %s WHERE %s", table, condition);

  return probity_db_run (db, error, sql, "$uid", 's', uid, NULL);
}

/* References that were given are not given again. */
static gboolean
keep_reference (ProbityDb               *db,
                const ProbityRecordKind *kind,
                const char              *uid,
                GError                 **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT INTO case_reference (reference) SELECT reference FROM %s"
                                          " WHERE uid = $uid AND reference NOT IN (SELECT reference FROM case_reference)",
                                          kind->table);

  return probity_db_run (db, error, sql, "$uid", 's', uid, NULL);
}

static gboolean
delete_home (ProbityDb               *db,
             const ProbityRecordKind *kind,
             const char              *uid,
             GError                 **error)
{
  g_autofree char *of_subject = g_strdup_printf ("%s IN (SELECT id FROM %s WHERE uid = $uid)", kind->subject_parent, kind->table);

  return keep_reference (db, kind, uid, error) &&
         (kind->subject_table == NULL || delete_rows (db, kind->subject_table, of_subject, uid, error)) &&
         delete_rows (db, kind->table, "uid = $uid", uid, error);
}

static gboolean
delete_all (ProbityDb               *db,
            const ProbityRecordKind *kind,
            const char              *uid,
            GError                 **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (further); i++)
    if (!delete_rows (db, further[i].table, further[i].condition, uid, error))
      return FALSE;
  /* Content that another case has too stays. */
  if (!delete_rows (db, "exhibit_file", OF_CASE " AND sha256 NOT IN (SELECT sha256 FROM exhibit WHERE case_uid <> $uid)", uid, error))
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      g_auto (GStrv) tables = probity_db_list_tables (db, keys[k].column, error);

      if (tables == NULL)
        return FALSE;
      for (guint i = 0; tables[i] != NULL; i++)
        if (!delete_rows (db, tables[i], keys[k].condition, uid, error))
          return FALSE;
    }

  /* What somebody has begun to type is called by the case. */
  return delete_rows (db, "draft", "instr (key, $uid) > 0", uid, error) &&
         (probity_db_get_home (db) != kind->compartment || delete_home (db, kind, uid, error));
}

static GArray *
list_values (ProbityDb  *db,
             const char *uid,
             GError    **error)
{
  const gboolean sealed = probity_db_get_compartment (db) >= PROBITY_COMPARTMENT_SEALED;
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, "SELECT e.seq FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq WHERE $sealed OR " TOLD " ORDER BY e.seq", "$sealed", 'i', (gint64) sealed, "$uid", 's', uid, NULL);
  gboolean more;

  if (row == NULL)
    return NULL;
  for (;;)
    {
      gint64 seq;

      if (!probity_statement_step (row, &more, error))
        return NULL;
      if (!more)
        return g_steal_pointer (&seqs);
      seq = probity_statement_get_int64 (row, 0);
      g_array_append_val (seqs, seq);
    }
}

static gboolean
erase_values (ProbityWrite   *write,
              ProbitySession *session,
              ProbityDb      *db,
              GArray         *seqs,
              GError        **error)
{
  for (guint i = 0; i < seqs->len; i++)
    if (!probity_audit_erase_value (write, session, probity_db_get_compartment (db), g_array_index (seqs, gint64, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
has_row (ProbityDb  *db,
         const char *table,
         const char *condition,
         const char *uid,
         gboolean   *ret_has,
         GError    **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE %s LIMIT 1", table, condition);
  g_autoptr (ProbityStatement) row = probity_db_query (db, error, sql, "$uid", 's', uid, NULL);

  return row != NULL && probity_statement_step (row, ret_has, error);
}

static gboolean
has_rows (ProbityDb               *db,
          const ProbityRecordKind *kind,
          const char              *uid,
          gboolean                *ret_has,
          GError                 **error)
{
  if (probity_db_get_home (db) == kind->compartment)
    return has_row (db, kind->table, "uid = $uid", uid, ret_has, error);

  if (!has_row (db, "case_link", IN_LINKS, uid, ret_has, error))
    return FALSE;
  for (guint k = 0; !*ret_has && k < G_N_ELEMENTS (keys); k++)
    {
      g_auto (GStrv) tables = probity_db_list_tables (db, keys[k].column, error);

      if (tables == NULL)
        return FALSE;
      for (guint i = 0; !*ret_has && tables[i] != NULL; i++)
        if (!has_row (db, tables[i], keys[k].condition, uid, ret_has, error))
          return FALSE;
    }

  return *ret_has || has_row (db, "draft", "instr (key, $uid) > 0", uid, ret_has, error);
}

static gboolean
is_told (ProbityDb               *db,
         const ProbityRecordKind *kind,
         const char              *uid,
         gboolean                *ret_rows,
         gboolean                *ret_told,
         GError                 **error)
{
  return has_rows (db, kind, uid, ret_rows, error) &&
         has_row (db, "audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq", "e.record = $uid", uid, ret_told, error);
}

/* The runs of the annual review that called for a second job. */
static GStrv
list_runs (ProbityDb               *db,
           const ProbityRecordKind *kind,
           const char              *uid,
           GError                 **error)
{
  g_autoptr (GStrvBuilder) runs = g_strv_builder_new ();
  g_autoptr (ProbityStatement) row = NULL;
  gboolean more;

  if (probity_db_get_compartment (db) != PROBITY_COMPARTMENT_REGISTERS || kind->subject_table != NULL)
    return g_strv_builder_end (runs);
  row = probity_db_query (db, error, "SELECT DISTINCT run_uid FROM review_call WHERE " OF_JOB " ORDER BY run_uid", "$uid", 's', uid, NULL);
  if (row == NULL)
    return NULL;
  for (;;)
    {
      if (!probity_statement_step (row, &more, error))
        return NULL;
      if (!more)
        return g_strv_builder_end (runs);
      g_strv_builder_add (runs, probity_statement_get_text (row, 0));
    }
}

static gboolean
remove_from (ProbityWrite            *write,
             ProbitySession          *session,
             ProbityDb               *db,
             const ProbityRecordKind *kind,
             const char              *uid,
             GError                 **error)
{
  g_auto (GStrv) triggers = NULL;
  g_auto (GStrv) runs = NULL;
  g_autoptr (GArray) seqs = NULL;
  gboolean rows, told;

  if (!is_told (db, kind, uid, &rows, &told, error))
    return FALSE;
  if (!rows && !told)
    return TRUE;

  seqs = list_values (db, uid, error);
  if (seqs == NULL || (runs = list_runs (db, kind, uid, error)) == NULL || (triggers = probity_db_suspend_triggers (db, error)) == NULL ||
      !(probity_db_get_compartment (db) >= PROBITY_COMPARTMENT_SEALED ? clear (db, error) : delete_all (db, kind, uid, error)) ||
      !probity_db_restore_triggers (db, triggers, error) ||
      !erase_values (write, session, db, seqs, error))
    return FALSE;

  for (guint i = 0; runs[i] != NULL; i++)
    if (!probity_annual_review_log_left (write, session, probity_db_get_compartment (db), runs[i], error))
      return FALSE;

  /* By this entry every program learns that the case is not there any more. */
  if (probity_db_get_home (db) == kind->compartment &&
      !probity_audit_add (write, session, probity_db_get_compartment (db), PROBITY_VERB_ERASURE, kind->name, uid, NULL, NULL, NULL, error))
    return FALSE;
  probity_write_note_change (write, kind->compartment, kind->name, 0, uid);

  return TRUE;
}

gboolean
probity_seal_remove (ProbityWrite            *write,
                     ProbitySession          *session,
                     const ProbityRecordKind *kind,
                     const char              *uid,
                     ProbityCompartment       from,
                     GError                 **error)
{
  ProbityCompartment first = from != PROBITY_COMPARTMENT_JOURNAL ? from : get_lowest (kind);
  ProbityCompartment last = from != PROBITY_COMPARTMENT_JOURNAL ? from : PROBITY_COMPARTMENT_INTELLIGENCE;

  for (ProbityCompartment c = first; c <= last; c++)
    {
      ProbityDb *db = probity_write_get_open_db (write, c, error);

      if (db == NULL || !remove_from (write, session, db, kind, uid, error))
        return FALSE;
    }
  /* Once the case itself is gone, nobody adds to what the other still holds of it. */
  if (from == PROBITY_COMPARTMENT_JOURNAL)
    probity_write_commit_early (write, kind->compartment);

  return TRUE;
}
