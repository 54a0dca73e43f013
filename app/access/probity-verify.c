/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-session-private.h"
#include "probity-verify-private.h"

#include <stdarg.h>
#include <string.h>

#include "probity-migrations.h"

/* More problems than this of one compartment are only counted. */
#define MAX_PROBLEMS 200

/* --- The report --- */

static void
free_compartment (gpointer data)
{
  ProbityVerifyCompartment *self = data;

  g_free (self->name);
  g_free (self->head);
  g_strfreev (self->problems);
  g_free (self);
}

void
probity_verify_report_free (ProbityVerifyReport *self)
{
  g_ptr_array_unref (self->compartments);
  g_strfreev (self->problems);
  g_strfreev (self->notices);
  g_strfreev (self->restores);
  g_free (self);
}

static ProbityVerifyReport *
copy_report (ProbityVerifyReport *self)
{
  ProbityVerifyReport *copy = g_new0 (ProbityVerifyReport, 1);

  copy->ok = self->ok;
  copy->problems = g_strdupv (self->problems);
  copy->notices = g_strdupv (self->notices);
  copy->restores = g_strdupv (self->restores);
  copy->compartments = g_ptr_array_new_with_free_func (free_compartment);
  for (guint i = 0; i < self->compartments->len; i++)
    {
      ProbityVerifyCompartment *from = g_ptr_array_index (self->compartments, i);
      ProbityVerifyCompartment *to = g_new0 (ProbityVerifyCompartment, 1);

      to->name = g_strdup (from->name);
      to->held = from->held;
      to->entries = from->entries;
      to->head = g_strdup (from->head);
      to->problems = g_strdupv (from->problems);
      g_ptr_array_add (copy->compartments, to);
    }

  return copy;
}

G_DEFINE_BOXED_TYPE (ProbityVerifyReport, probity_verify_report, copy_report, probity_verify_report_free)

/* --- One compartment --- */

static void
free_restore (gpointer data)
{
  ProbityKnownRestore *restore = data;

  g_free (restore->uid);
  g_free (restore->account);
  g_free (restore->at);
  g_free (restore->created);
  g_free (restore);
}

static void
clear_head (gpointer data)
{
  ProbityKnownHead *head = data;

  g_free (head->source);
}

static ProbityVerification *
make_verification (ProbitySession    *session,
                   ProbityCompartment compartment,
                   GArray            *heads)
{
  ProbityVerification *self = g_atomic_rc_box_new0 (ProbityVerification);

  self->session = g_object_ref (session);
  self->compartment = compartment;
  self->name = probity_casebook_get_name (probity_session_get_casebook (session), compartment);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->keyring_problems = g_ptr_array_new_with_free_func (g_free);
  self->restores = g_ptr_array_new_with_free_func (free_restore);
  self->heads = g_array_new (FALSE, TRUE, sizeof (ProbityKnownHead));
  g_array_set_clear_func (self->heads, clear_head);
  for (guint i = 0; heads != NULL && i < heads->len; i++)
    {
      ProbityKnownHead head = g_array_index (heads, ProbityKnownHead, i);

      head.source = g_strdup (head.source);
      g_array_append_val (self->heads, head);
    }

  return self;
}

static void
clear_verification (gpointer data)
{
  ProbityVerification *self = data;

  g_object_unref (self->session);
  g_clear_pointer (&self->keyring, probity_keyring_unref);
  g_array_unref (self->heads);
  g_ptr_array_unref (self->problems);
  g_ptr_array_unref (self->keyring_problems);
  g_ptr_array_unref (self->restores);
}

static void
unref_verification (gpointer data)
{
  g_atomic_rc_box_release_full (data, clear_verification);
}

void
probity_verification_add (ProbityVerification *self,
                          const char          *format,
                          ...)
{
  va_list arguments;

  if (self->problems->len >= MAX_PROBLEMS)
    {
      self->n_dropped++;
      return;
    }

  va_start (arguments, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

void
probity_verification_add_head (ProbityVerification *self,
                               const char          *source,
                               guint                log,
                               gint64               seq,
                               const char          *hash,
                               guint                first)
{
  ProbityKnownHead head = { .source = g_strdup (source), .log = log, .seq = seq, .excused = probity_verify_is_excused (self, first, log, seq) };

  g_strlcpy (head.hash, hash, sizeof head.hash);
  g_array_append_val (self->heads, head);
}

void
probity_verification_meet (ProbityVerification *self,
                           guint                log,
                           gint64               seq,
                           const char          *hash)
{
  for (guint i = 0; i < self->heads->len; i++)
    {
      ProbityKnownHead *head = &g_array_index (self->heads, ProbityKnownHead, i);

      if (head->log == log && head->seq == seq && g_str_equal (head->hash, hash))
        head->met = TRUE;
    }
}

void
probity_verification_judge_heads (ProbityVerification *self,
                                  guint                log,
                                  gint64               last)
{
  const char *name = log < PROBITY_N_LOGS ? probity_log_get_name (log) : self->name;

  for (guint i = 0; i < self->heads->len; i++)
    {
      ProbityKnownHead *head = &g_array_index (self->heads, ProbityKnownHead, i);

      if (head->log != log || head->met || head->excused)
        continue;
      if (head->seq > last)
        probity_verification_add (self, "tail-cut: %s knows entry %" G_GINT64_FORMAT " of %s, which ends with %" G_GINT64_FORMAT ": its end was cut, or an older file put back", head->source, head->seq, name, last);
      else
        probity_verification_add (self, "history-replaced: entry %" G_GINT64_FORMAT " of %s is another than %s knows: an older file was put back and written on", head->seq, name, head->source);
    }
}

static gboolean
is_damaged (ProbityVerification *self)
{
  for (guint i = 0; i < self->problems->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (self->problems, i), "page-damaged:") ||
        g_str_has_prefix (g_ptr_array_index (self->problems, i), "database-damaged:"))
      return TRUE;

  return FALSE;
}

/*
 * What cannot be read to its end is a finding, not a failure of the proof. A connection that met a damaged
 * page answers other questions with an error of its own.
 */
static gboolean
take_damage (ProbityVerification *self,
             GError             **error)
{
  if (!g_error_matches (*error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED) &&
      !(g_error_matches (*error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED) && is_damaged (self)))
    return FALSE;

  probity_verification_add (self, "database-damaged: %s", (*error)->message);
  g_clear_error (error);

  return TRUE;
}

static gboolean
compare_schema (ProbityVerification *self,
                ProbityDb           *db,
                GError             **error)
{
  g_auto (GStrv) problems = probity_migrations_compare_schema (db, error);

  if (problems == NULL)
    return FALSE;
  for (guint i = 0; problems[i] != NULL; i++)
    probity_verification_add (self, "%s", problems[i]);

  return TRUE;
}

/* Held words belong inside the transaction of an import: left behind, they keep later records from being found. */
static gboolean
check_words (ProbityVerification *self,
             ProbityDb           *db,
             GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (self->compartment == PROBITY_COMPARTMENT_JOURNAL)
    return TRUE;
  statement = probity_db_query (db, error, "SELECT held FROM words_hold ORDER BY held", NULL);
  while (statement != NULL && probity_statement_step (statement, &row, error))
    {
      if (!row)
        return TRUE;
      probity_verification_add (self, "words-held: %s", probity_statement_get_text (statement, 0));
    }

  return FALSE;
}

static gboolean
run_domains (ProbityVerification *self,
             ProbityRead         *read,
             GError             **error)
{
  const ProbityCompartment home = probity_casebook_get_home (probity_session_get_casebook (self->session), self->compartment);

  probity_read_enter (read, self->compartment >= PROBITY_COMPARTMENT_SEALED ? self->compartment : PROBITY_COMPARTMENT_JOURNAL);
  for (guint i = 0; probity_verify_domains[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) local_error = NULL;

      if (!probity_verify_domains[i](self->session, read, home, problems, &local_error) &&
          !take_damage (self, &local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      for (guint j = 0; j < problems->len; j++)
        probity_verification_add (self, "%s", (const char *) g_ptr_array_index (problems, j));
    }

  return TRUE;
}

typedef gboolean (*StepFunc) (ProbityVerification *self,
                              ProbityDb           *db,
                              GError             **error);

static gboolean
verify_func (ProbityRead *read,
             gpointer     data,
             GValue      *result,
             GError     **error)
{
  static const StepFunc steps[] = { probity_verify_chain, probity_verify_integrity, probity_verify_values, probity_verify_carried, compare_schema, check_words };
  ProbityVerification  *self = data;
  ProbityDb            *db;

  if (!probity_read_take_moment (read, self->compartment, error) ||
      (db = probity_read_get_db (read, self->compartment, error)) == NULL)
    return FALSE;

  /* After that moment: whoever signed what it finds stands in the list by now. */
  self->keyring = probity_keyring_load (probity_session_peek_folder (self->session), NULL);
  if (self->keyring == NULL)
    self->keyring = probity_session_dup_keyring (self->session);

  for (gsize i = 0; i < (self->chain_only ? 2 : G_N_ELEMENTS (steps)); i++)
    {
      g_autoptr (GError) local_error = NULL;

      if (!steps[i](self, db, &local_error) && !take_damage (self, &local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  if (self->compartment == PROBITY_COMPARTMENT_JOURNAL && !probity_verify_notes (self, db, error))
    return FALSE;
  if (!self->chain_only && !run_domains (self, read, error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* --- What is known from elsewhere --- */

/* Before the logs are read: what is remembered now they hold then, however busy others are. */
static gboolean
read_heads_func (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  ProbityVerification *self = data;
  ProbityDb           *journal = probity_read_get_db (read, PROBITY_COMPARTMENT_JOURNAL, error);
  g_autoptr (ProbityStatement) row = NULL;
  const char *casebook_uid = probity_session_get_casebook_uid (self->session);
  gboolean    found[PROBITY_N_LOGS] = { FALSE };
  gboolean    more;

  if (journal == NULL)
    return FALSE;

  self->keyring = probity_session_dup_keyring (self->session);
  row = probity_db_query (journal, error, "SELECT log, seq, hash, at, account, signature FROM head", NULL);
  if (row == NULL)
    return FALSE;

  while (TRUE)
    {
      g_autoptr (GBytes) hash = NULL;
      g_autoptr (GBytes) signature = NULL;
      g_autoptr (GBytes) message = NULL;
      const char *name, *at, *account;
      char        hex[PROBITY_HASH_BYTES * 2 + 1] = "";
      gint64      seq;

      if (!probity_statement_step (row, &more, error))
        return FALSE;
      if (!more)
        break;

      name = probity_verification_get_text (row, 0);
      seq = probity_statement_get_int64 (row, 1);
      hash = probity_verification_dup_bytes (row, 2);
      at = probity_verification_get_text (row, 3);
      account = probity_verification_get_text (row, 4);
      signature = probity_verification_dup_bytes (row, 5);
      message = probity_audit_dup_signed_head (casebook_uid, name, seq, hash, at);
      if (!probity_keyring_verify_at (self->keyring, account, at, message, signature) ||
          probity_keyring_get_roles_at (self->keyring, account, at) == PROBITY_ROLE_NONE)
        {
          probity_verification_add (self, "head-invalid: the head of %s is not signed by whom it names", name);
          continue;
        }

      for (gsize i = 0; i < g_bytes_get_size (hash) && i < PROBITY_HASH_BYTES; i++)
        g_snprintf (hex + i * 2, 3, "%02x", ((const guint8 *) g_bytes_get_data (hash, NULL))[i]);
      for (guint log = 0; log < PROBITY_LOG_KEYRING; log++)
        {
          if (!g_str_equal (probity_log_get_name (log), name))
            continue;
          probity_verification_add_head (self, "the journal", log, seq, hex, G_MAXUINT);
          found[log] = TRUE;
        }
    }

  /* All four were written when the casebook was made, before it was one. */
  for (guint log = 0; log < PROBITY_N_COMPARTMENTS; log++)
    if (!found[log])
      probity_verification_add (self, "head-missing: the journal has no head of %s", probity_log_get_name (log));

  if (!probity_verify_restores (self, journal, error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

/* A report that was written before the casebook was restored knows what the backup does not hold. */
static guint
count_restores_in_report (ProbityVerification *self,
                          GHashTable          *earlier)
{
  const char *uid = g_hash_table_lookup (earlier, PROBITY_VERIFY_EARLIER_RESTORE);

  if (uid == NULL)
    return 0;
  for (guint i = 0; i < self->restores->len; i++)
    if (g_str_equal (((ProbityKnownRestore *) g_ptr_array_index (self->restores, i))->uid, uid))
      return i + 1;

  /* It knows a restore that is not in this casebook: nothing explains what is missing. */
  return G_MAXUINT;
}

static void
add_earlier_heads (ProbityVerification *self,
                   GHashTable          *earlier)
{
  guint first = count_restores_in_report (self, earlier);

  for (guint log = 0; log < PROBITY_N_LOGS; log++)
    {
      const char *text = g_hash_table_lookup (earlier, probity_log_get_name (log));
      char       *end;
      gint64      seq;

      if (text == NULL)
        continue;
      seq = g_ascii_strtoll (text, &end, 10);
      if (seq > 0 && *end == ':' && strlen (end + 1) == PROBITY_HASH_BYTES * 2)
        probity_verification_add_head (self, "the earlier report", log, seq, end + 1, first);
    }
}

/* The list itself, the slots beside it, and what is remembered of it. */
static gboolean
verify_keyring_func (gpointer data,
                     GError **error)
{
  ProbityVerification *self = data;
  const char          *folder = probity_session_peek_folder (self->session);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (ProbityKeyring) keyring = probity_keyring_load (folder, &local_error);

  if (keyring == NULL)
    {
      g_ptr_array_add (self->keyring_problems, g_strdup_printf ("keyring-damaged: %s", local_error->message));
      return TRUE;
    }

  if (!g_str_equal (keyring->casebook_uid, probity_session_get_casebook_uid (self->session)))
    g_ptr_array_add (self->keyring_problems, g_strdup ("keyring-damaged: it is of another casebook"));

  for (guint i = 0; i < self->heads->len; i++)
    {
      ProbityKnownHead *head = &g_array_index (self->heads, ProbityKnownHead, i);

      if (head->log == PROBITY_LOG_KEYRING && !head->excused && !g_hash_table_contains (keyring->hashes, head->hash))
        g_ptr_array_add (self->keyring_problems,
                         g_strdup_printf ("keyring-cut: %s knows a statement %" G_GINT64_FORMAT " that is gone", head->source, head->seq));
    }

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      g_autoptr (GError) slot_error = NULL;
      g_autoptr (ProbityKeySlots) slots = NULL;

      if (account->disabled)
        continue;
      slots = probity_key_slots_load (folder, account->uid, &slot_error);
      if (slots == NULL)
        g_ptr_array_add (self->keyring_problems, g_strdup_printf ("slots-damaged: %s: %s", account->name, slot_error->message));
      else if (!probity_key_slots_has (slots, PROBITY_SLOT_PASSPHRASE))
        g_ptr_array_add (self->keyring_problems, g_strdup_printf ("slots-damaged: %s: no passphrase opens them", account->name));
    }

  return TRUE;
}

/* --- All of it --- */

typedef struct
{
  ProbitySession *session;
  GHashTable     *earlier;
  gboolean        is_copy;
  gboolean        chain_only;
} Request;

static void
free_request (gpointer data)
{
  Request *request = data;

  g_object_unref (request->session);
  g_clear_pointer (&request->earlier, g_hash_table_unref);
  g_free (request);
}

static GStrv
take_problems (GPtrArray *problems)
{
  g_auto (GStrv) taken = g_new0 (char *, problems->len + 1);

  for (guint i = 0; i < problems->len; i++)
    taken[i] = g_strdup (g_ptr_array_index (problems, i));

  return g_steal_pointer (&taken);
}

static void
append_problems (GPtrArray *to,
                 GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    if (!g_ptr_array_find_with_equal_func (to, g_ptr_array_index (from, i), g_str_equal, NULL))
      g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

static ProbityVerifyCompartment *
make_compartment (ProbityVerification *verification,
                  const char          *name)
{
  ProbityVerifyCompartment *self = g_new0 (ProbityVerifyCompartment, 1);

  self->name = g_strdup (name);
  self->problems = g_new0 (char *, 1);
  if (verification == NULL)
    return self;

  if (verification->n_dropped > 0)
    g_ptr_array_add (verification->problems, g_strdup_printf ("more: %u more problems", verification->n_dropped));
  self->held = TRUE;
  self->entries = verification->entries;
  self->head = *verification->head != '\0' ? g_strdup (verification->head) : NULL;
  g_strfreev (self->problems);
  self->problems = take_problems (verification->problems);

  return self;
}

/* A restore is no attack, and is never passed over in silence. */
static void
tell_restores (ProbityVerifyReport *report,
               ProbityVerification *known)
{
  g_autoptr (GStrvBuilder) notices = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) uids = g_strv_builder_new ();

  for (guint i = 0; i < known->restores->len; i++)
    {
      ProbityKnownRestore *restore = g_ptr_array_index (known->restores, i);
      g_autofree char     *notice = g_strdup_printf ("restored: %s restored this casebook on %s from the backup of %s: what was recorded between the two is not in it", restore->account, restore->at, restore->created);

      g_strv_builder_add (notices, notice);
      g_strv_builder_add (uids, restore->uid);
    }
  report->notices = g_strv_builder_end (notices);
  report->restores = g_strv_builder_end (uids);
}

static DexFuture *
verify_fiber (gpointer data)
{
  Request         *request = data;
  ProbityCasebook *casebook = probity_session_get_casebook (request->session);
  g_autoptr (GPtrArray) verifications = g_ptr_array_new_with_free_func (unref_verification);
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ProbityVerifyReport) report = g_new0 (ProbityVerifyReport, 1);
  g_autoptr (GError) error = NULL;
  guint                n_all;
  ProbityVerification *known = make_verification (request->session, PROBITY_COMPARTMENT_JOURNAL, NULL);

  report->compartments = g_ptr_array_new_with_free_func (free_compartment);
  g_ptr_array_add (verifications, known);
  if (!dex_await (probity_casebook_read (casebook, read_heads_func, g_atomic_rc_box_acquire (known), unref_verification, NULL), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!request->is_copy)
    probity_verify_add_memory (known);
  if (request->earlier != NULL)
    add_earlier_heads (known, request->earlier);
  if (!dex_await (probity_run_blocking (verify_keyring_func, g_atomic_rc_box_acquire (known), unref_verification), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  n_all = PROBITY_N_COMPARTMENTS + probity_casebook_get_n_sealed (casebook);
  for (ProbityCompartment compartment = 0; compartment < n_all; compartment++)
    {
      ProbityVerification *verification;

      if (!probity_casebook_has (casebook, compartment))
        continue;
      verification = make_verification (request->session, compartment, known->heads);
      verification->chain_only = request->chain_only;
      g_ptr_array_add (verifications, verification);
      g_ptr_array_add (futures, probity_casebook_read (casebook, verify_func, g_atomic_rc_box_acquire (verification), unref_verification, NULL));
    }
  for (guint i = 0; i < futures->len; i++)
    if (!dex_await (dex_ref (g_ptr_array_index (futures, i)), &error))
      return dex_future_new_for_error (g_steal_pointer (&error));

  report->ok = TRUE;
  append_problems (problems, known->keyring_problems);
  for (ProbityCompartment compartment = 0; compartment < n_all; compartment++)
    {
      ProbityVerification      *verification = NULL;
      ProbityVerifyCompartment *result;

      for (guint i = 1; i < verifications->len; i++)
        if (((ProbityVerification *) g_ptr_array_index (verifications, i))->compartment == compartment)
          verification = g_ptr_array_index (verifications, i);
      if (verification != NULL)
        {
          append_problems (problems, verification->keyring_problems);
          if (compartment == PROBITY_COMPARTMENT_JOURNAL)
            append_problems (verification->problems, known->problems);
        }
      result = make_compartment (verification, probity_casebook_get_name (casebook, compartment));
      report->ok = report->ok && result->problems[0] == NULL;
      g_ptr_array_add (report->compartments, result);
    }
  tell_restores (report, known);
  report->problems = take_problems (problems);
  report->ok = report->ok && problems->len == 0;

  return dex_future_new_take_boxed (PROBITY_TYPE_VERIFY_REPORT, g_steal_pointer (&report));
}

/**
 * probity_audit_verify:
 *
 * Any account may ask; what it cannot open is told as not held and is not judged. Problems are what
 * it resolves to, never an error. Codes: entry-missing, chain-broken, entry-changed, signer-unknown,
 * signature-invalid, signer-key-replaced, signer-disabled, value-missing, value-added, value-changed,
 * carried-changed, carried-forged, tail-cut, history-replaced, head-invalid, head-missing, note-missing, note-chain-broken, note-changed,
 * schema-missing, schema-changed, schema-added, page-damaged, database-damaged, reference-broken; of the
 * keyring keyring-damaged, keyring-cut, slots-damaged; of restores restore-invalid, restore-unlogged,
 * restore-undone; and those of the domains. A restore that was recorded is a notice, not a problem: what
 * is remembered from before it and lies behind the backup's end need not be there.
 */
DexFuture *
probity_audit_verify (ProbitySession *session,
                      GHashTable     *earlier_heads)
{
  Request *request;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  request = g_new0 (Request, 1);
  request->session = g_object_ref (session);
  request->earlier = earlier_heads != NULL ? g_hash_table_ref (earlier_heads) : NULL;

  return dex_scheduler_spawn (NULL, 0, verify_fiber, request, free_request);
}

DexFuture *
probity_audit_verify_copy (ProbitySession *copy,
                           gboolean        whole)
{
  Request *request;

  dex_return_error_if_fail (PROBITY_IS_SESSION (copy));

  request = g_new0 (Request, 1);
  request->session = g_object_ref (copy);
  request->is_copy = TRUE;
  request->chain_only = !whole;

  return dex_scheduler_spawn (NULL, 0, verify_fiber, request, free_request);
}
