/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-audit-private.h"
#include "probity-session-private.h"

#include <sodium.h>
#include <string.h>

#define SALT_BYTES 16

static GBytes *
take_hash (ProbityCanonical *canonical)
{
  g_autoptr (GBytes) bytes = probity_canonical_dup_bytes (canonical);
  guint8 hash[PROBITY_HASH_BYTES];

  crypto_hash_sha256 (hash, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  return g_bytes_new (hash, sizeof hash);
}

GBytes *
probity_audit_hash (const ProbityAuditFields *fields)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/audit/1");

  probity_canonical_add_text (canonical, "casebook", fields->casebook);
  probity_canonical_add_text (canonical, "compartment", fields->compartment);
  probity_canonical_add_int64 (canonical, "seq", fields->seq);
  probity_canonical_add_text (canonical, "at", fields->at);
  probity_canonical_add_text (canonical, "account", fields->account);
  probity_canonical_add_text (canonical, "verb", fields->verb);
  probity_canonical_add_text (canonical, "kind", fields->kind);
  probity_canonical_add_text (canonical, "record", fields->record);
  probity_canonical_add_text (canonical, "field", fields->field);
  probity_canonical_add_bytes (canonical, "value_digest", fields->value_digest);
  probity_canonical_add_bytes (canonical, "prev", fields->prev);

  return take_hash (canonical);
}

GBytes *
probity_audit_hash_values (GBytes     *salt,
                           const char *old_value,
                           const char *new_value)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/audit-value/1");

  probity_canonical_add_bytes (canonical, "salt", salt);
  probity_canonical_add_text (canonical, "old", old_value);
  probity_canonical_add_text (canonical, "new", new_value);

  return take_hash (canonical);
}

GBytes *
probity_audit_hash_note (const char *casebook,
                         gint64      seq,
                         const char *compartment,
                         GBytes     *box,
                         GBytes     *prev)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/sealed-note/1");

  probity_canonical_add_text (canonical, "casebook", casebook);
  probity_canonical_add_int64 (canonical, "seq", seq);
  probity_canonical_add_text (canonical, "compartment", compartment);
  probity_canonical_add_bytes (canonical, "box", box);
  probity_canonical_add_bytes (canonical, "prev", prev);

  return take_hash (canonical);
}

GBytes *
probity_audit_dup_signed (GBytes *hash)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/audit-signature/1");

  probity_canonical_add_bytes (canonical, "hash", hash);

  return probity_canonical_dup_bytes (canonical);
}

GBytes *
probity_audit_dup_signed_head (const char *casebook,
                               const char *log,
                               gint64      seq,
                               GBytes     *hash,
                               const char *at)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/head/1");

  probity_canonical_add_text (canonical, "casebook", casebook);
  probity_canonical_add_text (canonical, "log", log);
  probity_canonical_add_int64 (canonical, "seq", seq);
  probity_canonical_add_bytes (canonical, "hash", hash);
  probity_canonical_add_text (canonical, "at", at);

  return probity_canonical_dup_bytes (canonical);
}

gboolean
probity_audit_read_head (ProbityDb *db,
                         guint      log,
                         gint64    *ret_seq,
                         GBytes   **ret_hash,
                         GError   **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  *ret_seq = 0;
  *ret_hash = NULL;
  statement = probity_db_query (db, error, log < PROBITY_N_COMPARTMENTS ? "SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1" : "SELECT seq, hash FROM sealed_note ORDER BY seq DESC LIMIT 1", NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    {
      *ret_seq = probity_statement_get_int64 (statement, 0);
      *ret_hash = probity_statement_dup_bytes (statement, 1);
    }

  return TRUE;
}

static gboolean
insert_entry (ProbityDb                *db,
              const ProbityAuditFields *fields,
              GBytes                   *hash,
              GBytes                   *signature,
              GError                  **error)
{
  return probity_db_run (db, error, "INSERT INTO audit_entry (seq, at, account, verb, kind, record, field, value_digest, prev, hash, signature)"
                                    " VALUES ($seq, $at, $account, $verb, $kind, $record, $field, $value_digest, $prev, $hash, $signature)",
                         "$seq",
                         'i',
                         fields->seq,
                         "$at",
                         's',
                         fields->at,
                         "$account",
                         's',
                         fields->account,
                         "$verb",
                         's',
                         fields->verb,
                         "$kind",
                         's',
                         fields->kind,
                         "$record",
                         's',
                         fields->record,
                         "$field",
                         's',
                         fields->field,
                         "$value_digest",
                         'b',
                         fields->value_digest,
                         "$prev",
                         'b',
                         fields->prev,
                         "$hash",
                         'b',
                         hash,
                         "$signature",
                         'b',
                         signature,
                         NULL);
}

/**
 * probity_audit_add:
 *
 * Adds one entry to the log of @compartment, signed by the session's account, in the transaction of
 * @write. Refused when the account was disabled or reset meanwhile, so that every command is. Rule:
 * section 62 of the Data Protection Act 2018. Writer thread.
 */
gboolean
probity_audit_add (ProbityWrite      *write,
                   ProbitySession    *session,
                   ProbityCompartment compartment,
                   ProbityVerb        verb,
                   const char        *kind,
                   const char        *uid,
                   const char        *field,
                   const char        *old_value,
                   const char        *new_value,
                   GError           **error)
{
  ProbityDb *db;
  g_autoptr (GBytes) prev = NULL;
  g_autoptr (GBytes) salt = NULL;
  g_autoptr (GBytes) value_digest = NULL;
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) signature = NULL;
  ProbityAuditFields fields;
  gint64             last;

  g_return_val_if_fail (write != NULL && PROBITY_IS_SESSION (session), FALSE);

  if (!probity_session_check_active (session, error))
    return FALSE;

  db = probity_write_get_db (write, compartment, error);
  if (db == NULL || !probity_audit_read_head (db, PROBITY_COMPARTMENT_JOURNAL, &last, &prev, error))
    return FALSE;

  if (prev == NULL)
    {
      static const guint8 nothing[PROBITY_HASH_BYTES];

      prev = g_bytes_new_static (nothing, sizeof nothing);
    }

  if (old_value != NULL || new_value != NULL)
    {
      guint8 random[SALT_BYTES];

      randombytes_buf (random, sizeof random);
      salt = g_bytes_new (random, sizeof random);
      value_digest = probity_audit_hash_values (salt, old_value, new_value);
    }

  fields = (ProbityAuditFields) {
    .casebook = probity_session_get_casebook_uid (session),
    .compartment = probity_db_get_name (db),
    .seq = last + 1,
    .at = probity_write_get_now (write),
    .account = probity_session_get_account_uid (session),
    .verb = probity_verb_to_string (verb),
    .kind = kind,
    .record = uid,
    .field = field,
    .value_digest = value_digest,
    .prev = prev,
  };
  hash = probity_audit_hash (&fields);
  message = probity_audit_dup_signed (hash);
  signature = probity_session_sign (session, message);

  if (!insert_entry (db, &fields, hash, signature, error))
    return FALSE;

  return salt == NULL ||
         probity_db_run (db, error, "INSERT INTO audit_value (seq, salt, old, new) VALUES ($seq, $salt, $old, $new)", "$seq", 'i', fields.seq, "$salt", 'b', salt, "$old", 's', old_value, "$new", 's', new_value, NULL);
}

gboolean
probity_audit_log_keyring (ProbityWrite   *write,
                           ProbitySession *session,
                           ProbityKeyring *keyring,
                           const char     *what,
                           const char     *account_uid,
                           const char     *old_value,
                           const char     *new_value,
                           GError        **error)
{
  char hex[PROBITY_HASH_BYTES * 2 + 1];

  sodium_bin2hex (hex, sizeof hex, keyring->head, sizeof keyring->head);

  return probity_audit_add (write, session, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_KEY_CHANGE, "account", account_uid, what, old_value, new_value, error) &&
         probity_audit_add (write, session, PROBITY_COMPARTMENT_JOURNAL, PROBITY_VERB_KEY_CHANGE, "keyring", hex, NULL, NULL, NULL, error);
}

gboolean
probity_audit_erase_value (ProbityWrite      *write,
                           ProbitySession    *session,
                           ProbityCompartment compartment,
                           gint64             seq,
                           GError           **error)
{
  ProbityDb       *db = probity_write_get_db (write, compartment, error);
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, seq);

  return db != NULL &&
         probity_audit_add (write, session, compartment, PROBITY_VERB_ERASURE, "audit-value", name, NULL, NULL, NULL, error) &&
         probity_db_run (db, error, "DELETE FROM audit_value WHERE seq = $seq", "$seq", 'i', seq, NULL);
}

typedef struct
{
  ProbitySession *session;
  ProbityVerb     verb;
  char           *kind;
  char           *uid;
  char           *field;
  char           *value;

  char              *words;  /* that were looked for; nullable */
  ProbityCompartment sealed; /* where it is logged; PROBITY_COMPARTMENT_JOURNAL: as the record is */
} Event;

static void
free_event (gpointer data)
{
  Event *event = data;

  g_object_unref (event->session);
  g_free (event->kind);
  g_free (event->uid);
  g_free (event->field);
  g_free (event->value);
  g_free (event->words);
  g_free (event);
}

gboolean
probity_audit_tells_of (ProbityDb  *db,
                        const char *uid,
                        gboolean   *ret_tells,
                        GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT 1 FROM audit_entry AS e WHERE e.record = $record AND e.verb = 'collection'"
                                                                        " AND NOT EXISTS (SELECT 1 FROM audit_entry AS g WHERE g.record = e.record AND g.kind = e.kind AND g.verb = 'erasure' AND g.field IS NULL) LIMIT 1",
                                                             "$record",
                                                             's',
                                                             uid,
                                                             NULL);

  return statement != NULL && probity_statement_step (statement, ret_tells, error);
}

/*
 * What was looked at in a sealed compartment is logged there: who reads another log must not find that
 * there is such a record. Where it is follows from what its log tells of.
 */
static gboolean
enter_sealed (Event        *event,
              ProbityWrite *write,
              GError      **error)
{
  const guint n_sealed = event->uid != NULL && event->sealed == PROBITY_COMPARTMENT_JOURNAL ? probity_casebook_get_n_sealed (probity_write_get_casebook (write)) : 0;

  if (event->sealed != PROBITY_COMPARTMENT_JOURNAL)
    probity_write_enter (write, event->sealed);

  for (guint i = 0; i < n_sealed; i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);
      ProbityDb               *db = probity_write_get_db (write, compartment, error);
      gboolean                 tells;

      if (db == NULL || !probity_audit_tells_of (db, event->uid, &tells, error))
        return FALSE;
      if (tells)
        {
          probity_write_enter (write, compartment);
          return TRUE;
        }
    }

  return TRUE;
}

/* Whether @words name a case that stands in the sealed @db: by its reference, or the end of one that was drawn. Lists fold what they look for. */
static gboolean
names_case (ProbityDb  *db,
            const char *words,
            gboolean   *ret_names,
            GError    **error)
{
  static const char *const tables[PROBITY_N_COMPARTMENTS] = {
    [PROBITY_COMPARTMENT_REGISTERS] = "second_job",
    [PROBITY_COMPARTMENT_STANDARDS] = "conduct",
    [PROBITY_COMPARTMENT_INTELLIGENCE] = "leak",
  };
  g_autofree char *folded = g_utf8_strup (words, -1);
  g_autofree char *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;

  g_return_val_if_fail (tables[probity_db_get_home (db)] != NULL, FALSE);

  g_strdelimit (folded, "/", ' ');
  sql = g_strdup_printf ("SELECT 1 FROM %s WHERE instr ($words, upper (replace (reference, '/', ' '))) > 0"
                         " OR (length (reference) = 9 AND instr ($words, substr (reference, 4)) > 0) LIMIT 1",
                         tables[probity_db_get_home (db)]);
  statement = probity_db_query (db, error, sql, "$words", 's', folded, NULL);

  return statement != NULL && probity_statement_step (statement, ret_names, error);
}

/* What found nothing in a sealed case may still name it: such words, too, stand in the log of that case alone. */
static gboolean
log_where_named (Event        *event,
                 ProbityWrite *write,
                 gboolean     *ret_logged,
                 GError      **error)
{
  const guint n_sealed = event->words != NULL ? probity_casebook_get_n_sealed (probity_write_get_casebook (write)) : 0;

  *ret_logged = FALSE;
  for (guint i = 0; i < n_sealed; i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);
      ProbityDb               *db = probity_write_get_db (write, compartment, error);
      gboolean                 names;

      if (db == NULL || !names_case (db, event->words, &names, error) ||
          (names && !probity_audit_add (write, event->session, compartment, event->verb, event->kind, NULL, event->field, NULL, event->words, error)))
        return FALSE;
      *ret_logged |= names;
    }

  return TRUE;
}

static gboolean
log_event_func (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  Event             *event = data;
  ProbityCompartment highest = probity_casebook_get_highest (probity_write_get_casebook (write));
  gboolean           logged;

  if (!log_where_named (event, write, &logged, error) ||
      (!logged && (!enter_sealed (event, write, error) ||
                   !probity_audit_add (write, event->session, highest, event->verb, event->kind, event->uid, event->field, NULL, event->value, error))))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static Event *
make_event (ProbitySession *session,
            ProbityVerb     verb,
            const char     *kind,
            const char     *uid,
            const char     *field,
            const char     *value)
{
  Event *event = g_new0 (Event, 1);

  event->session = g_object_ref (session);
  event->verb = verb;
  event->kind = g_strdup (kind);
  event->uid = g_strdup (uid);
  event->field = g_strdup (field);
  event->value = g_strdup (value);
  event->sealed = PROBITY_COMPARTMENT_JOURNAL;

  return event;
}

static DexFuture *
log_event (Event *event)
{
  return probity_casebook_write (probity_session_get_casebook (event->session), log_event_func, event, free_event);
}

DexFuture *
probity_audit_consult (ProbitySession *session,
                       const char     *kind,
                       const char     *uid,
                       const char     *field)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return log_event (make_event (session, PROBITY_VERB_CONSULTATION, kind, uid, field, NULL));
}

DexFuture *
probity_audit_disclose (ProbitySession *session,
                        const char     *kind,
                        const char     *uid,
                        const char     *to)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return log_event (make_event (session, PROBITY_VERB_DISCLOSURE, kind, uid, "to", to));
}

void
probity_audit_add_sealed (GArray            *sealed,
                          ProbityCompartment compartment)
{
  if (compartment < PROBITY_COMPARTMENT_SEALED)
    return;
  for (guint i = 0; i < sealed->len; i++)
    if (g_array_index (sealed, ProbityCompartment, i) == compartment)
      return;

  g_array_append_val (sealed, compartment);
}

DexFuture *
probity_audit_search (ProbitySession *session,
                      const char     *kind,
                      const char     *words,
                      const char     *what,
                      GArray         *sealed)
{
  const guint n = sealed != NULL ? sealed->len : 0;
  g_autoptr (GPtrArray) entries = NULL;
  Event *event;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (words != NULL && what != NULL);

  if (n == 0)
    {
      event = make_event (session, PROBITY_VERB_CONSULTATION, kind, NULL, "search", what);
      event->words = g_strdup (words);

      return log_event (event);
    }

  entries = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; i < n; i++)
    {
      event = make_event (session, PROBITY_VERB_CONSULTATION, kind, NULL, "search", words);
      event->sealed = g_array_index (sealed, ProbityCompartment, i);
      g_ptr_array_add (entries, log_event (event));
    }

  return dex_future_allv ((DexFuture **) entries->pdata, entries->len);
}
