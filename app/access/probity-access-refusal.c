/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"

#include <string.h>

#include "probity-audit-private.h"
#include "probity-session-private.h"

/*
 * What was asked for and not given, told to the anti-corruption unit behind the asker's back: a note
 * in the journal that only the intelligence compartment opens. Every note is of one length, so that
 * a locked record and one that does not exist look the same to everybody else.
 */

#define NOTE_BYTES 1024
#define REFERENCE_CHARACTERS 80
#define NEWEST 500

static void
free_refusal (gpointer data)
{
  ProbityRefusal *self = data;

  g_free (self->at);
  g_free (self->account);
  g_free (self->kind);
  g_free (self->reference);
  g_free (self);
}

static GBytes *
make_signed (const char *casebook_uid,
             const char *account_uid,
             const char *at,
             const char *kind,
             const char *reference)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/refusal/1");

  probity_canonical_add_text (canonical, "casebook", casebook_uid);
  probity_canonical_add_text (canonical, "account", account_uid);
  probity_canonical_add_text (canonical, "at", at);
  probity_canonical_add_text (canonical, "kind", kind);
  probity_canonical_add_text (canonical, "reference", reference);

  return probity_canonical_dup_bytes (canonical);
}

/* Whatever somebody typed, short enough to fit and without what JSON writes with six characters. */
static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *start = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), REFERENCE_CHARACTERS));

  for (char *c = start; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';

  return g_steal_pointer (&start);
}

static GBytes *
make_note (ProbitySession *session,
           const char     *at,
           const char     *kind,
           const char     *reference)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char      *account_uid = probity_session_get_account_uid (session);
  g_autofree char *short_kind = shorten (kind);
  g_autofree char *short_reference = shorten (reference);
  g_autoptr (GBytes) message = make_signed (probity_session_get_casebook_uid (session), account_uid, at, short_kind, short_reference);
  g_autoptr (GBytes) signature = probity_session_sign (session, message);
  g_autofree char *signature_text = probity_base64_dup (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  g_autofree char *text = NULL;
  g_autoptr (GBytes) note = NULL;
  char padded[NOTE_BYTES];

  json_object_set_string_member (object, "account", account_uid);
  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "kind", short_kind);
  json_object_set_string_member (object, "reference", short_reference);
  json_object_set_string_member (object, "signature", signature_text);
  text = probity_access_json_dup_text (object);

  /* Two texts of 80 characters, each of four bytes at most, leave room. */
  memset (padded, ' ', sizeof padded);
  memcpy (padded, text, MIN (strlen (text), sizeof padded));
  note = g_bytes_new (padded, sizeof padded);

  return probity_session_seal_to_compartment (session, PROBITY_COMPARTMENT_INTELLIGENCE, note);
}

/**
 * probity_access_note_refusal:
 *
 * Writer thread, in the transaction of @write, which the caller must let succeed: it sets the error
 * outside, with probity_access_set_not_found().
 */
gboolean
probity_access_note_refusal (ProbitySession *session,
                             ProbityWrite   *write,
                             const char     *kind,
                             const char     *reference,
                             GError        **error)
{
  ProbityDb *journal;
  g_autoptr (GBytes) prev = NULL;
  g_autoptr (GBytes) box = NULL;
  g_autoptr (GBytes) hash = NULL;
  gint64 last;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && write != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  if (!probity_session_check_active (session, error))
    return FALSE;

  journal = probity_write_get_db (write, PROBITY_COMPARTMENT_JOURNAL, error);
  if (journal == NULL || !probity_audit_read_head (journal, PROBITY_LOG_SEALED_NOTE, &last, &prev, error))
    return FALSE;

  if (prev == NULL)
    {
      static const guint8 nothing[PROBITY_HASH_BYTES];

      prev = g_bytes_new_static (nothing, sizeof nothing);
    }
  box = make_note (session, probity_write_get_now (write), kind, reference);
  hash = probity_audit_hash_note (probity_session_get_casebook_uid (session), last + 1, "intelligence", box, prev);

  return probity_db_run (journal, error, "INSERT INTO sealed_note (seq, compartment, box, prev, hash)"
                                         " VALUES ($seq, 'intelligence', $box, $prev, $hash)",
                         "$seq",
                         'i',
                         last + 1,
                         "$box",
                         'b',
                         box,
                         "$prev",
                         'b',
                         prev,
                         "$hash",
                         'b',
                         hash,
                         NULL);
}

typedef struct
{
  ProbitySession *session;
  char           *kind;
  char           *reference;
} Refused;

static void
free_refused (gpointer data)
{
  Refused *refused = data;

  g_object_unref (refused->session);
  g_free (refused->kind);
  g_free (refused->reference);
  g_free (refused);
}

static gboolean
refuse_func (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  Refused *refused = data;

  if (!probity_access_note_refusal (refused->session, write, refused->kind, refused->reference, error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static DexFuture *
refused_cb (DexFuture *future,
            gpointer   data)
{
  g_autoptr (GError) error = NULL;

  probity_access_set_not_found (&error, data);

  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
probity_access_refuse (ProbitySession *session,
                       const char     *kind,
                       const char     *reference)
{
  Refused *refused;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL && reference != NULL);

  refused = g_new0 (Refused, 1);
  refused->session = g_object_ref (session);
  refused->kind = g_strdup (kind);
  refused->reference = g_strdup (reference);

  return dex_future_then (probity_casebook_write (probity_session_get_casebook (session), refuse_func, refused, free_refused), refused_cb, g_strdup (reference), g_free);
}

/*
 * What does not open or is not proved is told as an attempt of nobody known. NULL for the reader's own:
 * nobody learns from here that their attempt was noticed.
 */
static ProbityRefusal *
open_note (ProbitySession *session,
           ProbityKeyring *keyring,
           gint64          seq,
           GBytes         *box)
{
  ProbityRefusal *self = g_new0 (ProbityRefusal, 1);
  g_autoptr (GBytes) note = probity_session_open_compartment_note (session, PROBITY_COMPARTMENT_INTELLIGENCE, box, NULL);
  g_autoptr (JsonObject) object = NULL;
  const char           *account_uid, *at, *kind, *reference;
  g_autofree char      *person = NULL;
  const ProbityAccount *account;
  guint8                signature[PROBITY_SIGNATURE_BYTES];

  self->seq = seq;
  if (note != NULL)
    object = probity_access_json_parse (g_bytes_get_data (note, NULL), g_bytes_get_size (note));
  if (object == NULL)
    return self;

  account_uid = probity_access_json_get_text (object, "account");
  at = probity_access_json_get_text (object, "at");
  kind = probity_access_json_get_text (object, "kind");
  reference = probity_access_json_get_text (object, "reference");
  if (account_uid == NULL || at == NULL || kind == NULL || reference == NULL)
    return self;
  person = probity_keyring_dup_person_of (keyring, account_uid);
  if (g_str_equal (person, probity_session_get_person (session)))
    {
      free_refusal (self);
      return NULL;
    }

  self->at = g_strdup (at);
  self->kind = g_strdup (kind);
  self->reference = g_strdup (reference);
  account = probity_keyring_find (keyring, account_uid);
  if (account != NULL && probity_base64_read (probity_access_json_get_text (object, "signature"), signature, sizeof signature))
    {
      g_autoptr (GBytes) message = make_signed (probity_session_get_casebook_uid (session), account_uid, at, kind, reference);
      g_autoptr (GBytes) bytes = g_bytes_new (signature, sizeof signature);

      if (probity_keyring_verify_at (keyring, account_uid, at, message, bytes))
        self->account = g_strdup (account->name);
    }

  return self;
}

/* What a mark is logged of. */
static char *
dup_note_name (gint64 seq)
{
  return g_strdup_printf ("note:%" G_GINT64_FORMAT, seq);
}

static gboolean
read_seen (ProbityDb *intelligence,
           gint64     seq,
           gboolean  *ret_seen,
           GError   **error)
{
  g_autofree char *name = dup_note_name (seq);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (intelligence, error, "SELECT 1 FROM audit_entry WHERE record = $record AND kind = 'refusal' AND field = 'seen' LIMIT 1", "$record", 's', name, NULL);

  return statement != NULL && probity_statement_step (statement, ret_seen, error);
}

/*
 * Nobody types a uid: a program that had the record open asks by it. Where no log that the reader holds tells of such a
 * record it is sealed, or gone, and is told to those alone who hold it.
 */
static gboolean
is_foreign_uid (ProbitySession *session,
                ProbityRead    *read,
                const char     *reference,
                gboolean       *ret_foreign,
                GError        **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  const guint      n_all = PROBITY_N_COMPARTMENTS + probity_casebook_get_n_sealed (casebook);
  gboolean         tells = FALSE;

  *ret_foreign = reference != NULL && g_uuid_string_is_valid (reference);
  for (guint i = PROBITY_COMPARTMENT_REGISTERS; *ret_foreign && i < n_all; i++)
    {
      ProbityDb *db;

      if (!probity_casebook_has (casebook, (ProbityCompartment) i))
        continue;
      db = probity_read_get_open_db (read, (ProbityCompartment) i, error);
      if (db == NULL || !probity_audit_tells_of (db, reference, &tells, error))
        return FALSE;
      *ret_foreign = !tells;
    }

  return TRUE;
}

/* Reader thread. */
GPtrArray *
probity_access_collect_refusals (ProbitySession *session,
                                 ProbityRead    *read,
                                 GError        **error)
{
  ProbityDb *journal, *intelligence;
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func (free_refusal);
  g_autoptr (GHashTable) hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && read != NULL, NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_READ_INTELLIGENCE, error))
    return NULL;

  journal = probity_read_get_db (read, PROBITY_COMPARTMENT_JOURNAL, error);
  intelligence = journal != NULL ? probity_read_get_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error) : NULL;
  if (intelligence == NULL || !probity_audit_collect_hidden (session, read, hidden, words, error))
    return NULL;

  keyring = probity_session_dup_keyring (session);
  statement = probity_db_query (journal, error, "SELECT seq, box FROM sealed_note WHERE compartment = 'intelligence' ORDER BY seq DESC LIMIT $limit", "$limit", 'i', (gint64) NEWEST, NULL);
  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      g_autoptr (GBytes) box = NULL;
      ProbityRefusal *refusal;
      gboolean        foreign;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&refusals);

      box = probity_statement_dup_bytes (statement, 1);
      refusal = open_note (session, keyring, probity_statement_get_int64 (statement, 0), box);
      if (refusal == NULL)
        continue;
      if (!is_foreign_uid (session, read, refusal->reference, &foreign, error))
        {
          free_refusal (refusal);
          return NULL;
        }
      if (foreign || (refusal->reference != NULL && g_hash_table_contains (hidden, refusal->reference)))
        {
          free_refusal (refusal);
          continue;
        }
      g_ptr_array_add (refusals, refusal);
      if (!read_seen (intelligence, refusal->seq, &refusal->seen, error))
        return NULL;
    }
}

static gboolean
load_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  GPtrArray *refusals = probity_access_collect_refusals (data, read, error);

  if (refusals == NULL)
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, refusals);

  return TRUE;
}

DexFuture *
probity_access_load_refusals (ProbitySession *session)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return probity_casebook_read (probity_session_get_casebook (session), load_func, g_object_ref (session), g_object_unref, NULL);
}

typedef struct
{
  ProbitySession *session;
  gint64          seq;
} Mark;

static void
free_mark (gpointer data)
{
  Mark *mark = data;

  g_object_unref (mark->session);
  g_free (mark);
}

static gboolean
mark_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  Mark            *mark = data;
  ProbityDb       *intelligence = probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  g_autofree char *name = dup_note_name (mark->seq);
  gboolean         seen;

  if (intelligence == NULL || !probity_access_check (mark->session, PROBITY_OPERATION_READ_INTELLIGENCE, error) ||
      !read_seen (intelligence, mark->seq, &seen, error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);
  if (seen)
    return TRUE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_INTELLIGENCE, "refusal", 0, name);

  return probity_audit_add (write, mark->session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_ALTERATION, "refusal", name, "seen", NULL, NULL, error);
}

static DexFuture *
mark_fiber (gpointer data)
{
  Mark *mark = data;
  g_autoptr (GPtrArray) refusals = NULL;
  g_autoptr (GError) error = NULL;
  gboolean shown = FALSE;

  /* Nobody clears away an attempt that they are not to know of: their own, or one at their relatives' records. */
  refusals = dex_await_boxed (probity_access_load_refusals (mark->session), &error);
  if (refusals == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < refusals->len; i++)
    shown = shown || ((ProbityRefusal *) g_ptr_array_index (refusals, i))->seq == mark->seq;
  if (!shown)
    {
      g_autofree char *name = dup_note_name (mark->seq);

      probity_access_set_not_found (&error, name);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  {
    Mark *again = g_new0 (Mark, 1);

    again->session = g_object_ref (mark->session);
    again->seq = mark->seq;

    return probity_casebook_write (probity_session_get_casebook (mark->session), mark_func, again, free_mark);
  }
}

DexFuture *
probity_access_mark_refusal_seen (ProbitySession *session,
                                  gint64          seq)
{
  Mark *mark;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  mark = g_new0 (Mark, 1);
  mark->session = g_object_ref (session);
  mark->seq = seq;

  return dex_scheduler_spawn (NULL, 0, mark_fiber, mark, free_mark);
}
