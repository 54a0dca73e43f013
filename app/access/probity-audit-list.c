/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-audit-private.h"
#include "probity-session-private.h"

#include <sodium.h>
#include <string.h>

/* The log as people read it, without what is about the reader or somebody related to them. */

typedef struct
{
  ProbitySession *session;
  char           *record;

  /* While it is read. */
  GHashTable *hidden;      /* uids and references of records that the reader is locked from */
  GHashTable *sealed_away; /* uids of cases that stood in an open compartment once */
  GPtrArray  *words;       /* folded: their staff numbers and surnames, as somebody may have searched for them */
} ListJob;

static void
free_job (gpointer data)
{
  ListJob *self = data;

  g_object_unref (self->session);
  g_free (self->record);
  g_clear_pointer (&self->hidden, g_hash_table_unref);
  g_clear_pointer (&self->sealed_away, g_hash_table_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self);
}

static void
free_entry (gpointer data)
{
  ProbityAuditEntry *entry = data;

  g_free (entry->at);
  g_free (entry->account);
  g_free (entry->verb);
  g_free (entry->kind);
  g_free (entry->record);
  g_free (entry->field);
  g_free (entry->old_value);
  g_free (entry->new_value);
  g_free (entry->hash);
  g_free (entry);
}

/* Every column of every row of @sql, which takes $locked unless that is NULL. */
static gboolean
collect (ProbityDb  *db,
         const char *sql,
         const char *locked,
         GHashTable *into,
         GError    **error)
{
  g_autoptr (ProbityStatement) row = locked != NULL ? probity_db_query (db, error, sql, "$locked", 's', locked, NULL) : probity_db_query (db, error, sql, NULL);
  gboolean more;

  if (row == NULL)
    return FALSE;

  while (TRUE)
    {
      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        return TRUE;
      for (int i = 0; i < probity_statement_get_n_columns (row); i++)
        if (!probity_statement_is_null (row, i))
          g_hash_table_add (into, probity_statement_dup_text (row, i));
    }
}

/* What is searched for is logged as it was typed, with what was found: whole references, with blanks as lists fold them, and those ends that no other has. */
#define OWN_END 6

static void
add_references (GHashTable *records,
                GPtrArray  *words)
{
  GHashTableIter iter;
  gpointer       record;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, &record, NULL))
    {
      const char      *slash = strrchr (record, '/');
      g_autofree char *folded = NULL;

      if (slash == NULL)
        continue;
      folded = g_utf8_casefold (record, -1);
      g_ptr_array_add (words, g_strdelimit (g_strdup (folded), "/", ' '));
      if (strlen (slash + 1) >= OWN_END)
        g_ptr_array_add (words, g_utf8_casefold (slash + 1, -1));
      g_ptr_array_add (words, g_steal_pointer (&folded));
    }
}

#define LOCKED "IN (SELECT value FROM json_each ($locked))"
#define ROWS_OF_CASE(case_, table)                                                                                                  \
  "SELECT x.uid FROM " table " AS x JOIN " case_ " AS c ON c.uid = x.case_uid JOIN " case_ "_subject AS s ON s." case_ "_id = c.id" \
  " WHERE coalesce (s.staff_number, s.known_number) " LOCKED

/* What is about whom stands with the records; where a key is missing, its records cannot be meant here. */
gboolean
probity_audit_collect_hidden (ProbitySession *session,
                              ProbityRead    *read,
                              GHashTable     *records,
                              GPtrArray      *words,
                              GError        **error)
{
  static const struct
  {
    ProbityCompartment compartment;
    const char        *sql;
  } queries[] = {
    { PROBITY_COMPARTMENT_REGISTERS, "SELECT uid, reference FROM second_job WHERE staff_number " LOCKED },
    { PROBITY_COMPARTMENT_REGISTERS, "SELECT uid, staff_number FROM person WHERE staff_number " LOCKED },
    { PROBITY_COMPARTMENT_REGISTERS, "SELECT uid FROM relation WHERE staff_number " LOCKED " OR related_staff_number " LOCKED },
    { PROBITY_COMPARTMENT_STANDARDS, "SELECT uid, reference FROM complaint JOIN complaint_subject ON complaint_id = complaint.id WHERE coalesce (staff_number, known_number) " LOCKED },
    { PROBITY_COMPARTMENT_STANDARDS, "SELECT conduct.uid, reference FROM conduct JOIN conduct_subject ON conduct_id = conduct.id WHERE coalesce (staff_number, known_number) " LOCKED },
    { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT leak.uid, reference FROM leak JOIN leak_subject ON leak_id = leak.id WHERE coalesce (staff_number, known_number) " LOCKED },
    /* Rows of their own that are corrected, and so logged by themselves. */
    { PROBITY_COMPARTMENT_STANDARDS, ROWS_OF_CASE ("conduct", "conduct_allegation") },
    { PROBITY_COMPARTMENT_STANDARDS, ROWS_OF_CASE ("conduct", "conduct_interview") },
    { PROBITY_COMPARTMENT_STANDARDS, ROWS_OF_CASE ("conduct", "conduct_reflective") },
    { PROBITY_COMPARTMENT_STANDARDS, ROWS_OF_CASE ("conduct", "conduct_learning") },
    { PROBITY_COMPARTMENT_INTELLIGENCE, ROWS_OF_CASE ("leak", "leak_record") },
    { PROBITY_COMPARTMENT_INTELLIGENCE, ROWS_OF_CASE ("leak", "leak_publication") },
    { PROBITY_COMPARTMENT_INTELLIGENCE, ROWS_OF_CASE ("leak", "leak_line") },
    { PROBITY_COMPARTMENT_INTELLIGENCE, ROWS_OF_CASE ("leak", "leak_outlet") },
    { PROBITY_COMPARTMENT_INTELLIGENCE, ROWS_OF_CASE ("leak", "leak_harm") },
    { PROBITY_COMPARTMENT_INTELLIGENCE, ROWS_OF_CASE ("leak", "leak_learning") },
    { PROBITY_COMPARTMENT_INTELLIGENCE, "SELECT uid, reference FROM intelligence_report JOIN report_subject ON report_id = intelligence_report.id WHERE coalesce (staff_number, known_number) " LOCKED },
  };
  g_autofree char *locked = probity_locked_dup_json (probity_session_peek_locked (session));
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  GHashTableIter   iter;
  gpointer         word;

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      ProbityDb *db;

      if (!probity_casebook_has (casebook, queries[i].compartment))
        continue;
      db = probity_read_get_db (read, queries[i].compartment, error);
      if (db == NULL || !collect (db, queries[i].sql, locked, records, error))
        return FALSE;
    }

  if (probity_casebook_has (casebook, PROBITY_COMPARTMENT_REGISTERS))
    {
      ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);

      if (db == NULL || !collect (db, "SELECT staff_number, surname FROM person WHERE staff_number " LOCKED, locked, names, error))
        return FALSE;
    }

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_ptr_array_add (words, g_utf8_casefold (word, -1));
  add_references (records, words);

  return TRUE;
}

static gboolean
is_hidden (ListJob                 *self,
           const ProbityAuditEntry *entry)
{
  g_autofree char *folded = NULL;

  if ((entry->record != NULL && g_hash_table_contains (self->hidden, entry->record)) ||
      (entry->old_value != NULL && g_hash_table_contains (self->hidden, entry->old_value)) ||
      (entry->new_value != NULL && g_hash_table_contains (self->hidden, entry->new_value)))
    return TRUE;

  if (g_strcmp0 (entry->verb, "consultation") != 0 || entry->new_value == NULL)
    return FALSE;

  folded = g_utf8_casefold (entry->new_value, -1);
  for (guint i = 0; i < self->words->len; i++)
    if (strstr (folded, g_ptr_array_index (self->words, i)) != NULL)
      return TRUE;

  return FALSE;
}

static ProbityAuditEntry *
make_entry (ProbityStatement  *row,
            ProbityCompartment compartment,
            ProbityKeyring    *keyring)
{
  ProbityAuditEntry    *entry = g_new0 (ProbityAuditEntry, 1);
  const char           *uid = probity_statement_get_text (row, 2);
  const ProbityAccount *account = uid != NULL ? probity_keyring_find (keyring, uid) : NULL;
  g_autoptr (GBytes) hash = probity_statement_dup_bytes (row, 9);

  entry->compartment = compartment;
  entry->seq = probity_statement_get_int64 (row, 0);
  entry->at = probity_statement_dup_text (row, 1);
  entry->account = g_strdup (account != NULL ? account->name : uid);
  entry->verb = probity_statement_dup_text (row, 3);
  entry->kind = probity_statement_dup_text (row, 4);
  entry->record = probity_statement_dup_text (row, 5);
  entry->field = probity_statement_dup_text (row, 6);
  entry->old_value = probity_statement_dup_text (row, 7);
  entry->new_value = probity_statement_dup_text (row, 8);
  if (hash != NULL)
    {
      entry->hash = g_malloc0 (g_bytes_get_size (hash) * 2 + 1);
      sodium_bin2hex (entry->hash, g_bytes_get_size (hash) * 2 + 1, g_bytes_get_data (hash, NULL), g_bytes_get_size (hash));
    }

  return entry;
}

/* The uids of cases that were taken out of @db to be sealed. */
static gboolean
collect_sealed_away (ProbityDb  *db,
                     GHashTable *uids,
                     GError    **error)
{
  return collect (db, "SELECT DISTINCT record FROM audit_entry WHERE verb = 'erasure' AND kind IN ('leak-investigation', 'conduct-investigation', 'second-job') AND field IS NULL", NULL, uids, error);
}

/* From whichever compartment: what another says of them is about them too. */
static gboolean
collect_all_sealed_away (ListJob     *self,
                         ProbityRead *read,
                         GError     **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);

  for (ProbityCompartment compartment = PROBITY_COMPARTMENT_REGISTERS; compartment < PROBITY_COMPARTMENT_SEALED; compartment++)
    {
      ProbityDb *db;

      if (!probity_casebook_has (casebook, compartment))
        continue;
      db = probity_read_get_db (read, compartment, error);
      if (db == NULL || !collect_sealed_away (db, self->sealed_away, error))
        return FALSE;
    }

  return TRUE;
}

/*
 * What the log still tells of a case that was taken out of its compartment to be sealed: uids of cases and
 * numbers of entries. Nothing of that is shown; who holds the key finds it all where the case is now.
 */
static GHashTable *
read_sealed_away (ListJob           *self,
                  ProbityDb         *db,
                  ProbityCompartment compartment,
                  GError           **error)
{
  g_autoptr (GHashTable) away = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) moved_on = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTable    *uids = compartment >= PROBITY_COMPARTMENT_SEALED ? moved_on : self->sealed_away;
  GHashTableIter iter;
  gpointer       uid;

  if (compartment >= PROBITY_COMPARTMENT_SEALED && !collect_sealed_away (db, moved_on, error))
    return NULL;

  g_hash_table_iter_init (&iter, uids);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    {
      g_autoptr (ProbityStatement) row = probity_db_query (db, error, "SELECT seq FROM audit_entry WHERE record = $uid", "$uid", 's', uid, NULL);
      gboolean more = TRUE;

      g_hash_table_add (away, g_strdup (uid));
      while (more)
        {
          if (row == NULL || !probity_statement_step (row, &more, error))
            return NULL;
          if (more)
            g_hash_table_add (away, g_strdup_printf ("audit-value %s", probity_statement_get_text (row, 0)));
        }
    }

  return g_steal_pointer (&away);
}

static gboolean
is_sealed_away (GHashTable              *away,
                const ProbityAuditEntry *entry)
{
  g_autofree char *erasure = NULL;

  if (entry->record == NULL || g_hash_table_size (away) == 0)
    return FALSE;
  erasure = g_strdup_printf ("%s %s", entry->kind, entry->record);

  return g_hash_table_contains (away, entry->record) || g_hash_table_contains (away, erasure);
}

static gboolean
read_log (ListJob           *self,
          ProbityRead       *read,
          ProbityCompartment compartment,
          ProbityKeyring    *keyring,
          GPtrArray         *entries,
          GError           **error)
{
  ProbityDb *db = probity_read_get_db (read, compartment, error);
  g_autoptr (ProbityStatement) row = NULL;
  g_autoptr (GHashTable) away = NULL;
  gboolean more;

#define SELECT_ENTRIES "SELECT audit_entry.seq, at, account, verb, kind, record, field, old, new, hash" \
                       " FROM audit_entry LEFT JOIN audit_value ON audit_value.seq = audit_entry.seq"
#define SELECT_CARRIED "SELECT seq, at, account, verb, kind, record, field, old, new, hash FROM carried_entry"
  if (db == NULL || (away = read_sealed_away (self, db, compartment, error)) == NULL)
    return FALSE;
  if (compartment >= PROBITY_COMPARTMENT_SEALED)
    row = probity_db_query (db, error, SELECT_CARRIED " WHERE $record IS NULL OR record = $record UNION ALL " SELECT_ENTRIES " WHERE $record IS NULL OR record = $record", "$record", 's', self->record, NULL);
  else if (self->record != NULL)
    row = probity_db_query (db, error, SELECT_ENTRIES " WHERE record = $record ORDER BY audit_entry.seq", "$record", 's', self->record, NULL);
  else
    row = probity_db_query (db, error, SELECT_ENTRIES " ORDER BY audit_entry.seq", NULL);
  if (row == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityAuditEntry *entry;

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        return TRUE;

      entry = make_entry (row, compartment, keyring);
      if (is_hidden (self, entry) || is_sealed_away (away, entry))
        free_entry (entry);
      else
        g_ptr_array_add (entries, entry);
    }
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const ProbityAuditEntry *first = *(const ProbityAuditEntry *const *) a;
  const ProbityAuditEntry *second = *(const ProbityAuditEntry *const *) b;
  int                      order = g_strcmp0 (first->at, second->at);

  if (order != 0)
    return order;
  if (first->compartment != second->compartment)
    return first->compartment < second->compartment ? -1 : 1;

  return first->seq < second->seq ? -1 : first->seq > second->seq;
}

static gboolean
list_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ListJob         *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (self->session);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  gboolean content = (probity_session_get_roles (self->session) & ~(PROBITY_ROLE_ADMINISTRATOR | PROBITY_ROLE_LINE_MANAGER | PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_CHIEF_OFFICER)) != 0;

  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->sealed_away = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!probity_audit_collect_hidden (self->session, read, self->hidden, self->words, error) ||
      !collect_all_sealed_away (self, read, error))
    return FALSE;

  for (ProbityCompartment compartment = 0; compartment < PROBITY_N_COMPARTMENTS + probity_casebook_get_n_sealed (casebook); compartment++)
    {
      if (!probity_casebook_has (casebook, compartment) || (compartment != PROBITY_COMPARTMENT_JOURNAL && !content))
        continue;
      if (!read_log (self, read, compartment, keyring, entries, error))
        return FALSE;
    }
  g_ptr_array_sort (entries, compare_entries);

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&entries));

  return TRUE;
}

static DexFuture *
list_fiber (gpointer data)
{
  ListJob *self = data;
  ListJob *job;
  g_autoptr (GError) error = NULL;

  if (!dex_await (probity_audit_consult (self->session, "audit", self->record, NULL), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  job = g_new0 (ListJob, 1);
  job->session = g_object_ref (self->session);
  job->record = g_strdup (self->record);

  return probity_casebook_read (probity_session_get_casebook (self->session), list_func, job, free_job, NULL);
}

/**
 * probity_audit_list:
 * @record: (nullable): the uid of a record; %NULL for everything
 *
 * What the reader holds the keys of; an administrator who is nothing else reads the journal only.
 * What is about the reader or somebody related, and searches for them, are left out. That the log was
 * read is logged.
 */
DexFuture *
probity_audit_list (ProbitySession *session,
                    const char     *record)
{
  ListJob *self;
  GError  *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  if (!probity_access_check (session, PROBITY_OPERATION_READ_AUDIT, &error))
    return dex_future_new_for_error (error);

  self = g_new0 (ListJob, 1);
  self->session = g_object_ref (session);
  self->record = g_strdup (record);

  return dex_scheduler_spawn (NULL, 0, list_fiber, self, free_job);
}
