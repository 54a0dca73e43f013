/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed.h"

#include "probity-audit.h"
#include "probity-outbox.h"
#include "probity-session-private.h"

#define GIVEN "sealed-for"

static gboolean
is_free (ProbitySession           *session,
         const ProbitySealedPlace *place)
{
  return place->own && place->key == NULL &&
         (!place->spent || probity_casebook_place_is_idle (probity_session_peek_folder (session), place->name));
}

static ProbitySealedPlace *
find_free (ProbitySession *session,
           GPtrArray      *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      ProbitySealedPlace *place = g_ptr_array_index (places, i);

      if (is_free (session, place))
        return place;
    }

  return NULL;
}

gboolean
probity_sealed_begin (ProbityWrite       *write,
                      ProbitySession     *session,
                      ProbityCompartment  home,
                      ProbityCompartment *ret_compartment,
                      GError            **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autoptr (GPtrArray) places = probity_sealed_load (probity_session_peek_folder (session), keyring, probity_session_get_account_uid (session), probity_session_peek_secrets (session), error);
  ProbitySealedPlace *place;
  g_autoptr (ProbityKey) key = NULL;

  if (places == NULL)
    return FALSE;
  place = find_free (session, places);
  if (place == NULL)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_FAILED, "This account has no place left for a sealed case: another account that may work on the case can seal it");
      return FALSE;
    }

  key = probity_key_new_random ();
  if (!probity_write_make_sealed (write, place->name, home, key, probity_session_get_casebook_uid (session), ret_compartment, error))
    return FALSE;

  return probity_audit_add (write, session, *ret_compartment, PROBITY_VERB_COLLECTION, "casebook", probity_session_get_casebook_uid (session), NULL, NULL, NULL, error);
}

/* --- Giving the key --- */

/* Whom the log of @sealed names, and when last. */
static gboolean
read_holders (ProbityDb *sealed,
              GStrv     *ret_uids,
              GStrv     *ret_instants,
              GError   **error)
{
  g_autoptr (GStrvBuilder) uids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) instants = g_strv_builder_new ();
  g_autoptr (ProbityStatement) statement = probity_db_query (sealed, error, "SELECT record, max (at) FROM audit_entry WHERE verb = 'key-change' AND kind = 'account' AND field = '" GIVEN "' GROUP BY record ORDER BY min (seq)", NULL);
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  while (row)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_strv_builder_add (uids, probity_statement_get_text (statement, 0));
      g_strv_builder_add (instants, probity_statement_get_text (statement, 1));
    }
  *ret_uids = g_strv_builder_end (uids);
  *ret_instants = g_strv_builder_end (instants);

  return TRUE;
}

/* What giving it needs when the log that says so is committed. */
typedef struct
{
  char              *folder;
  char              *name;
  ProbityKeyring    *keyring;
  ProbityCompartment home;
  ProbityKey        *key;
  GStrv              holders; /* the first is whose place it is */
  GStrv              instants;
} Grant;

static void
free_grant (gpointer data)
{
  Grant *grant = data;

  g_free (grant->folder);
  g_free (grant->name);
  probity_keyring_unref (grant->keyring);
  probity_key_unref (grant->key);
  g_strfreev (grant->holders);
  g_strfreev (grant->instants);
  g_free (grant);
}

static gboolean
write_keys (gpointer data,
            GError **error)
{
  Grant *grant = data;

  return probity_sealed_grant (grant->folder, grant->name, grant->keyring, grant->home, grant->key, (const char *const *) grant->holders, (const char *const *) grant->instants, error);
}

/* To those whom the log of @compartment, as the command leaves it, names. */
static Grant *
make_grant (ProbityWrite      *write,
            ProbitySession    *session,
            ProbityCompartment compartment,
            GError           **error)
{
  ProbityCasebook *casebook = probity_write_get_casebook (write);
  ProbityDb       *db = probity_write_get_open_db (write, compartment, error);
  g_auto (GStrv) holders = NULL;
  g_auto (GStrv) instants = NULL;
  Grant *grant;

  if (db == NULL || !read_holders (db, &holders, &instants, error))
    return NULL;
  if (holders[0] == NULL)
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "The log of a sealed compartment names nobody who holds its key");
      return NULL;
    }

  grant = g_new0 (Grant, 1);
  grant->folder = g_strdup (probity_session_peek_folder (session));
  grant->name = g_strdup (probity_casebook_get_name (casebook, compartment));
  grant->keyring = probity_session_dup_keyring (session);
  grant->home = probity_casebook_get_home (casebook, compartment);
  grant->key = probity_key_ref (probity_casebook_peek_key (casebook, compartment));
  grant->holders = g_steal_pointer (&holders);
  grant->instants = g_steal_pointer (&instants);

  return grant;
}

gboolean
probity_sealed_give (ProbityWrite      *write,
                     ProbitySession    *session,
                     ProbityCompartment compartment,
                     const char *const *holders,
                     const char        *reason,
                     GError           **error)
{
  Grant *grant;

  for (guint i = 0; holders[i] != NULL; i++)
    if (!probity_audit_add (write, session, compartment, PROBITY_VERB_KEY_CHANGE, "account", holders[i], GIVEN, NULL, reason, error))
      return FALSE;

  /* Nobody holds a key of which no log tells; what a crash leaves in between is given by who opens it next. */
  if (!probity_write_outbox_add (write, compartment, PROBITY_COMPARTMENT_JOURNAL, PROBITY_SEALED_OUTBOX, "{}", error) ||
      (grant = make_grant (write, session, compartment, error)) == NULL)
    return FALSE;
  probity_write_set_hook (write, PROBITY_WRITE_BETWEEN, write_keys, grant, free_grant);

  return TRUE;
}

gboolean
probity_sealed_give_again (ProbityWrite      *write,
                           ProbitySession    *session,
                           ProbityCompartment compartment,
                           GError           **error)
{
  Grant   *grant = make_grant (write, session, compartment, error);
  gboolean ok = grant != NULL && write_keys (grant, error);

  g_clear_pointer (&grant, free_grant);

  return ok;
}

/* --- Taking it away --- */

static gboolean
spend_place (gpointer data,
             GError **error)
{
  Grant *grant = data;

  return probity_sealed_spend (grant->folder, grant->name, grant->keyring, grant->holders[0], grant->instants[0], error);
}

gboolean
probity_sealed_leave (ProbityWrite      *write,
                      ProbitySession    *session,
                      ProbityCompartment compartment,
                      GError           **error)
{
  Grant *grant = make_grant (write, session, compartment, error);

  if (grant == NULL)
    return FALSE;
  probity_write_set_hook (write, PROBITY_WRITE_AFTER, spend_place, grant, free_grant);

  return TRUE;
}

GStrv
probity_sealed_dup_current (ProbitySession *session,
                            ProbityDb      *sealed,
                            GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autoptr (GStrvBuilder) current = g_strv_builder_new ();
  g_auto (GStrv) holders = NULL;
  g_auto (GStrv) instants = NULL;

  if (!read_holders (sealed, &holders, &instants, error))
    return NULL;
  for (guint i = 0; holders[i] != NULL; i++)
    {
      const ProbityAccount *account = probity_keyring_find (keyring, holders[i]);

      if (account != NULL && !account->disabled &&
          probity_keyring_peek_box_public_at (keyring, account->uid, instants[i]) == probity_keyring_peek_box_public (keyring, account->uid))
        g_strv_builder_add (current, holders[i]);
    }

  return g_strv_builder_end (current);
}

/* Under the write lock: what a program that is sealing now leaves is not there yet. */
gboolean
probity_sealed_clean (ProbitySession *session,
                      GError        **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autoptr (GPtrArray) places = probity_sealed_load (probity_session_peek_folder (session), keyring, probity_session_get_account_uid (session), probity_session_peek_secrets (session), error);

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      const ProbitySealedPlace *place = g_ptr_array_index (places, i);

      if (is_free (session, place) && !probity_casebook_clean_place (probity_session_peek_folder (session), place->name, error))
        return FALSE;
    }

  return places != NULL;
}

GStrv
probity_sealed_dup_holders (ProbityDb *sealed,
                            GError   **error)
{
  g_auto (GStrv) holders = NULL;
  g_auto (GStrv) instants = NULL;

  return read_holders (sealed, &holders, &instants, error) ? g_steal_pointer (&holders) : NULL;
}

gboolean
probity_sealed_dup_carried (ProbityDb *sealed,
                            char     **ret_digest,
                            GError   **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (sealed, error, "SELECT compartment || ' ' || seq || ' ' || hex (hash) FROM carried_entry ORDER BY compartment, seq, hash", NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gboolean any = FALSE;
  gboolean row;

  *ret_digest = NULL;
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      const char *text;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      any = TRUE;
      text = probity_statement_get_text (statement, 0);
      g_checksum_update (checksum, (const guchar *) (text != NULL ? text : ""), -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  if (any)
    *ret_digest = g_strdup (g_checksum_get_string (checksum));

  return TRUE;
}
