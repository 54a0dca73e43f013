/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal.h"

#include <json-glib/json-glib.h>

#include "probity-audit.h"
#include "probity-exhibit.h"
#include "probity-outbox.h"
#include "probity-seal-private.h"
#include "probity-sealed.h"

/*
 * Moving a case is a commit in each compartment that it touches. In their order: the sealed one, with an outbox
 * row; its keys are given; the case is removed where it stood; the row goes. A program that is killed before
 * the keys are given leaves noise in a place that is free as before, and one that is killed after them leaves
 * the rest to whoever opens the sealed compartment next.
 */

#define OUTBOX_SEAL "seal-remove"

gboolean
probity_seal_note_move (ProbityWrite            *write,
                        const ProbityRecordKind *kind,
                        const char              *uid,
                        ProbityCompartment       from,
                        ProbityCompartment       to,
                        GError                 **error)
{
  g_autofree char *payload = NULL;

  if (from == PROBITY_COMPARTMENT_JOURNAL)
    payload = g_strdup_printf ("{\"kind\":\"%s\",\"uid\":\"%s\"}", kind->name, uid);
  else
    payload = g_strdup_printf ("{\"kind\":\"%s\",\"uid\":\"%s\",\"from\":\"%s\"}", kind->name, uid, probity_casebook_get_name (probity_write_get_casebook (write), from));

  return probity_write_outbox_add (write, to, from == PROBITY_COMPARTMENT_JOURNAL ? kind->compartment : PROBITY_COMPARTMENT_JOURNAL, OUTBOX_SEAL, payload, error);
}

static gboolean
read_payload (const char               *payload,
              const ProbityRecordKind **ret_kind,
              char                    **ret_uid,
              char                    **ret_from)
{
  g_autoptr (JsonNode) root = json_from_string (payload, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *name = object != NULL ? json_object_get_string_member_with_default (object, "kind", NULL) : NULL;
  const char *uid = object != NULL ? json_object_get_string_member_with_default (object, "uid", NULL) : NULL;

  *ret_kind = name != NULL ? probity_record_kind_find (name) : NULL;
  *ret_uid = g_strdup (uid);
  *ret_from = g_strdup (object != NULL ? json_object_get_string_member_with_default (object, "from", NULL) : NULL);

  return *ret_kind != NULL && uid != NULL && probity_case_kind_of (*ret_kind) != NULL;
}

gboolean
probity_seal_log_carried (ProbityWrite            *write,
                          ProbitySession          *session,
                          const ProbityRecordKind *kind,
                          const char              *uid,
                          ProbityCompartment       sealed,
                          GError                 **error)
{
  ProbityDb       *db = probity_write_get_open_db (write, sealed, error);
  g_autofree char *carried = NULL;

  return db != NULL && probity_sealed_dup_carried (db, &carried, error) &&
         probity_audit_add (write, session, sealed, PROBITY_VERB_COLLECTION, kind->name, uid, "carried", NULL, carried, error);
}

/* The sealed compartment @name; JOURNAL where its key is not held. */
static ProbityCompartment
find_sealed (ProbityCasebook *casebook,
             const char      *name)
{
  for (guint i = 0; i < probity_casebook_get_n_sealed (casebook); i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);

      if (g_str_equal (probity_casebook_get_name (casebook, compartment), name))
        return compartment;
    }

  return PROBITY_COMPARTMENT_JOURNAL;
}

/*
 * The case stands where it came from until it is removed there, and somebody may have worked on it since the
 * copy was made: then it is copied once more. Who could open the copy did not see it (probity_seal_settle()).
 */
static gboolean
finish_move (ProbityWrite      *write,
             ProbityCompartment source,
             const char        *payload,
             gpointer           data,
             GError           **error)
{
  ProbitySession          *session = data;
  const ProbityRecordKind *kind;
  ProbityCompartment       from = PROBITY_COMPARTMENT_JOURNAL;
  g_autofree char         *uid = NULL;
  g_autofree char         *name = NULL;
  gboolean                 there;

  if (!read_payload (payload, &kind, &uid, &name))
    {
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "What is left to do of a sealing is not what was written");
      return FALSE;
    }
  /* A place whose key nobody has any more was left. */
  if (name != NULL && (from = find_sealed (probity_write_get_casebook (write), name)) == PROBITY_COMPARTMENT_JOURNAL)
    return TRUE;
  if (!probity_seal_has (write, kind, uid, from, &there, error))
    return FALSE;

  return (!there || (probity_seal_copy (write, session, kind, uid, from, source, error) &&
                     probity_seal_log_carried (write, session, kind, uid, source, error))) &&
         probity_seal_remove (write, session, kind, uid, from, error) &&
         (from == PROBITY_COMPARTMENT_JOURNAL || probity_sealed_leave (write, session, from, error));
}

static gboolean
finish_keys (ProbityWrite      *write,
             ProbityCompartment source,
             const char        *payload,
             gpointer           data,
             GError           **error)
{
  return probity_sealed_give_again (write, data, source, error);
}

void
probity_seal_attach (ProbitySession *session)
{
  ProbityCasebook *casebook;

  g_return_if_fail (PROBITY_IS_SESSION (session));

  /* The session owns the casebook and outlives its handlers. */
  casebook = probity_session_get_casebook (session);
  probity_casebook_add_outbox_handler (casebook, OUTBOX_SEAL, finish_move, session, NULL);
  probity_casebook_add_outbox_handler (casebook, PROBITY_SEALED_OUTBOX, finish_keys, session, NULL);
}

/* What lies beside the database of the old compartment goes too. */
static DexFuture *
sweep_cb (DexFuture *moved,
          gpointer   session)
{
  probity_exhibit_sweep (session);

  return dex_ref (moved);
}

DexFuture *
probity_seal_run (ProbityStep     *step,
                  ProbityWriteFunc func)
{
  ProbitySession *session = g_object_ref (step->session);

  return dex_future_then (probity_step_run (step, func), sweep_cb, session, g_object_unref);
}

static gboolean
clean_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_sealed_clean (data, error);
}

/* What could not be finished here, for lack of a key, others will: until then the case is where it was. */
static gboolean
pending_read (ProbityRead *read,
              gpointer     data,
              GValue      *result,
              GError     **error)
{
  ProbityCasebook *casebook = data;

  for (guint i = 0; i < probity_casebook_get_n_sealed (casebook); i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);
      ProbityDb               *db = probity_read_get_open_db (read, compartment, error);
      g_autoptr (ProbityStatement) row = NULL;
      gboolean pending;

      row = db != NULL ? probity_db_query (db, error, "SELECT 1 FROM outbox WHERE command = '" OUTBOX_SEAL "'", NULL) : NULL;
      if (row == NULL || !probity_statement_step (row, &pending, error))
        return FALSE;
      if (pending)
        probity_casebook_set_pending (casebook, compartment);
    }
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

DexFuture *
probity_seal_settle (ProbitySession *session)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  DexFuture       *cleaned = probity_casebook_has (casebook, PROBITY_COMPARTMENT_STANDARDS)
                                 ? probity_casebook_write (casebook, clean_write, g_object_ref (session), g_object_unref)
                                 : dex_future_new_true ();
  DexFuture       *settled = probity_casebook_get_n_sealed (casebook) > 0
                                 ? probity_casebook_read (casebook, pending_read, g_object_ref (casebook), g_object_unref, NULL)
                                 : dex_future_new_true ();

  return dex_future_all (cleaned, settled, NULL);
}
