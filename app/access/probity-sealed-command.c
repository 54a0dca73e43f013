/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed.h"

#include "probity-audit.h"
#include "probity-session-private.h"

#define GIVEN "sealed-for"

static ProbitySealedPlace *
find_free (GPtrArray *places)
{
  for (guint i = 0; i < places->len; i++)
    {
      ProbitySealedPlace *place = g_ptr_array_index (places, i);

      if (place->own && place->key == NULL)
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
  place = find_free (places);
  if (place == NULL)
    {
      g_set_error_literal (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_FAILED, "This account has no place left for a sealed case: another one that may work on the case can seal it");
      return FALSE;
    }

  key = probity_key_new_random ();
  if (!probity_write_make_sealed (write, place->name, home, key, probity_session_get_casebook_uid (session), ret_compartment, error))
    return FALSE;

  return probity_audit_add (write, session, *ret_compartment, PROBITY_VERB_COLLECTION, "casebook", probity_session_get_casebook_uid (session), NULL, NULL, NULL, error);
}

gboolean
probity_sealed_give (ProbityWrite      *write,
                     ProbitySession    *session,
                     ProbityCompartment compartment,
                     const char *const *holders,
                     gboolean           add,
                     const char        *reason,
                     GError           **error)
{
  ProbityCasebook *casebook = probity_write_get_casebook (write);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);

  for (guint i = 0; holders[i] != NULL; i++)
    if (!probity_audit_add (write, session, compartment, PROBITY_VERB_KEY_CHANGE, "account", holders[i], GIVEN, NULL, reason, error))
      return FALSE;

  return probity_sealed_grant (probity_session_peek_folder (session),
                               probity_casebook_get_name (casebook, compartment),
                               keyring,
                               probity_session_get_account_uid (session),
                               probity_casebook_get_home (casebook, compartment),
                               probity_casebook_peek_key (casebook, compartment),
                               holders,
                               add,
                               error);
}

GStrv
probity_sealed_dup_holders (ProbityDb *sealed,
                            GError   **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (ProbityStatement) statement = probity_db_query (sealed, error, "SELECT record FROM audit_entry WHERE verb = 'key-change' AND kind = 'account' AND field = '" GIVEN "' GROUP BY record ORDER BY min (seq)", NULL);
  gboolean row;

  if (statement == NULL)
    return NULL;
  for (;;)
    {
      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_strv_builder_end (builder);
      g_strv_builder_add (builder, probity_statement_get_text (statement, 0));
    }
}

gboolean
probity_sealed_dup_carried (ProbityDb *sealed,
                            char     **ret_digest,
                            GError   **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (sealed, error, "SELECT compartment || ' ' || seq || ' ' || hex (hash) FROM carried_entry ORDER BY compartment, seq", NULL);
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
