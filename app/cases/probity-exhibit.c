/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exhibit-private.h"

/* What is known of exhibits: lists, continuity, and the look-up with which every command begins. */

#define COLUMNS(...) ((const char *const[]) { __VA_ARGS__, NULL })

const ProbitySignedTable probity_signed_exhibit = {
  "probity/exhibit/1",
  "exhibit",
  "signature",
  "case_uid",
  COLUMNS ("uid", "case_kind", "reference", "description", "received", "received_from", "place", "file_name", "media_type", "size", "sha256", "account", "person", "at"),
  "case",
};

const ProbitySignedTable probity_signed_continuity = {
  "probity/continuity/1",
  "exhibit_continuity",
  "signature",
  "case_uid",
  COLUMNS ("uid", "exhibit_uid", "action", "detail", "reason", "account", "person", "at"),
  "case",
};

/* --- Snapshots --- */

void
probity_exhibit_free (ProbityExhibit *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->case_reference);
  g_free (self->reference);
  g_free (self->description);
  g_free (self->received);
  g_free (self->received_from);
  g_free (self->place);
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self->added);
  g_free (self->by);
  g_free (self->verified);
  g_free (self->state);
  g_free (self);
}

ProbityExhibit *
probity_exhibit_copy (ProbityExhibit *self)
{
  ProbityExhibit *copy = g_new0 (ProbityExhibit, 1);

  copy->uid = g_strdup (self->uid);
  copy->case_reference = g_strdup (self->case_reference);
  copy->reference = g_strdup (self->reference);
  copy->description = g_strdup (self->description);
  copy->received = g_strdup (self->received);
  copy->received_from = g_strdup (self->received_from);
  copy->place = g_strdup (self->place);
  copy->file_name = g_strdup (self->file_name);
  copy->media_type = g_strdup (self->media_type);
  copy->size = self->size;
  copy->sha256 = g_strdup (self->sha256);
  copy->added = g_strdup (self->added);
  copy->by = g_strdup (self->by);
  copy->verified = g_strdup (self->verified);
  copy->state = g_strdup (self->state);

  return copy;
}

G_DEFINE_BOXED_TYPE (ProbityExhibit, probity_exhibit, probity_exhibit_copy, probity_exhibit_free)

static void
free_item (gpointer data)
{
  ProbityContinuityItem *self = data;

  g_free (self->at);
  g_free (self->who);
  g_free (self->action);
  g_free (self->detail);
  g_free (self->reason);
  g_free (self);
}

static char *
dup_account_name (ProbityKeyring *keyring,
                  const char     *uid)
{
  const ProbityAccount *account = uid != NULL ? probity_keyring_find (keyring, uid) : NULL;

  return g_strdup (account != NULL ? account->name : uid);
}

#define EXHIBIT_COLUMNS "uid, reference, description, received, received_from, place, file_name, media_type, size, sha256, at, account"

static ProbityExhibit *
read_exhibit (ProbityStatement *statement,
              ProbityKeyring   *keyring,
              ProbityRecord    *record)
{
  ProbityExhibit *self = g_new0 (ProbityExhibit, 1);

  self->case_reference = g_strdup (probity_record_get_reference (record));
  self->uid = probity_statement_dup_text (statement, 0);
  self->reference = probity_statement_dup_text (statement, 1);
  self->description = probity_statement_dup_text (statement, 2);
  self->received = probity_statement_dup_text (statement, 3);
  self->received_from = probity_statement_dup_text (statement, 4);
  self->place = probity_statement_dup_text (statement, 5);
  self->file_name = probity_statement_dup_text (statement, 6);
  self->media_type = probity_statement_dup_text (statement, 7);
  self->size = probity_statement_get_int64 (statement, 8);
  self->sha256 = probity_statement_dup_text (statement, 9);
  self->added = probity_statement_dup_text (statement, 10);
  self->by = dup_account_name (keyring, probity_statement_get_text (statement, 11));

  return self;
}

/* --- Lists --- */

/* The last proof of each, from whichever compartment knows the later one. */
static gboolean
add_proofs (ProbityDb  *db,
            const char *case_uid,
            GHashTable *by_uid,
            GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT exhibit_uid, at, detail FROM exhibit_continuity WHERE case_uid = $case_uid AND action = 'verified' ORDER BY id", "$case_uid", 's', case_uid, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityExhibit *exhibit;
      const char     *at;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      exhibit = g_hash_table_lookup (by_uid, probity_statement_get_text (statement, 0));
      at = probity_statement_get_text (statement, 1);
      if (exhibit == NULL || at == NULL || g_strcmp0 (exhibit->verified, at) > 0)
        continue;
      g_set_str (&exhibit->verified, at);
      g_set_str (&exhibit->state, probity_statement_get_text (statement, 2));
    }
}

static gboolean
collect_exhibits (ProbityStep   *step,
                  ProbityRead   *read,
                  ProbityDb     *db,
                  ProbityRecord *record,
                  GPtrArray     *exhibits,
                  GError       **error)
{
  ProbityCasebook         *casebook = probity_session_get_casebook (step->session);
  const ProbityCompartment own = probity_db_get_compartment (db); /* of a sealed case all stands in one */
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (GHashTable) by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT " EXHIBIT_COLUMNS " FROM exhibit WHERE case_uid = $case_uid ORDER BY initials, number", "$case_uid", 's', probity_record_get_uid (record), NULL);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      ProbityExhibit *exhibit;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      exhibit = read_exhibit (statement, keyring, record);
      g_ptr_array_add (exhibits, exhibit);
      g_hash_table_insert (by_uid, exhibit->uid, exhibit);
    }

  for (ProbityCompartment compartment = own; exhibits->len > 0 && (compartment == own || compartment < PROBITY_N_COMPARTMENTS); compartment++)
    {
      ProbityDb *other;

      if (!probity_casebook_has (casebook, compartment))
        continue;
      other = probity_read_get_db (read, compartment, error);
      if (other == NULL || !add_proofs (other, probity_record_get_uid (record), by_uid, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
list_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) exhibits = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_exhibit_free);

  if (!probity_step_find_read (step, read, &db, &record, error) ||
      !collect_exhibits (step, read, db, record, exhibits, error))
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&exhibits));

  return TRUE;
}

DexFuture *
probity_exhibit_list (ProbitySession *session,
                      const char     *case_reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL);

  step = probity_step_new (session, NULL, case_reference);
  step->action = g_strdup ("exhibit-list");

  return probity_step_read_for_page (step, list_read);
}

static gboolean
consult_write (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  ProbityStep *step = data;
  g_autoptr (ProbityRecord) record = NULL;

  if (!probity_step_find (step, write, NULL, &record, error) ||
      !probity_audit_add (write,
                          step->session,
                          probity_casebook_get_highest (probity_session_get_casebook (step->session)),
                          PROBITY_VERB_CONSULTATION,
                          step->case_kind->record_kind->name,
                          step->uid,
                          "exhibits",
                          NULL,
                          NULL,
                          error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

DexFuture *
probity_exhibit_consult (ProbitySession *session,
                         const char     *case_reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL);

  step = probity_step_new (session, NULL, case_reference);
  step->action = g_strdup ("exhibit-list");

  return probity_step_run (step, consult_write);
}

static int
compare_at (gconstpointer a,
            gconstpointer b)
{
  return g_strcmp0 ((*(const ProbityContinuityItem *const *) a)->at, (*(const ProbityContinuityItem *const *) b)->at);
}

static gboolean
add_items (ProbityDb      *db,
           ProbityKeyring *keyring,
           const char     *exhibit_uid,
           GPtrArray      *items,
           GError        **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT at, account, action, detail, reason FROM exhibit_continuity WHERE exhibit_uid = $exhibit_uid ORDER BY id", "$exhibit_uid", 's', exhibit_uid, NULL);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      ProbityContinuityItem *item;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      item = g_new0 (ProbityContinuityItem, 1);
      item->at = probity_statement_dup_text (statement, 0);
      item->who = dup_account_name (keyring, probity_statement_get_text (statement, 1));
      item->action = probity_statement_dup_text (statement, 2);
      item->detail = probity_statement_dup_text (statement, 3);
      item->reason = probity_statement_dup_text (statement, 4);
      g_ptr_array_add (items, item);
    }
}

static gboolean
continuity_read (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  ProbityStep        *step = data;
  ProbityExhibitTask *task = step->data;
  ProbityCasebook    *casebook = probity_session_get_casebook (step->session);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);

  if (!probity_exhibit_task_find (task, step, read, error))
    return FALSE;

  for (ProbityCompartment compartment = task->compartment; compartment == task->compartment || compartment < PROBITY_N_COMPARTMENTS; compartment++)
    {
      ProbityDb *db;

      if (!probity_casebook_has (casebook, compartment))
        continue;
      db = probity_read_get_db (read, compartment, error);
      if (db == NULL || !add_items (db, keyring, task->exhibit->uid, items, error))
        return FALSE;
    }
  g_ptr_array_sort (items, compare_at);

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&items));

  return TRUE;
}

/** probity_exhibit_load_continuity: of each compartment only what the reader holds. */
DexFuture *
probity_exhibit_load_continuity (ProbitySession *session,
                                 const char     *case_reference,
                                 const char     *reference)
{
  g_autoptr (ProbityExhibitTask) task = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL && reference != NULL);

  task = probity_exhibit_task_new (session, case_reference, reference);

  return probity_step_read (probity_exhibit_task_new_step (task, "exhibit-continuity"), continuity_read);
}

gboolean
probity_exhibit_may_work (ProbitySession *session,
                          const char     *case_kind)
{
  const ProbityCaseKind *kind;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), FALSE);
  g_return_val_if_fail (case_kind != NULL, FALSE);

  kind = probity_case_kind_find (case_kind);

  return kind != NULL && probity_access_may (session, kind->work);
}

/* --- Tasks --- */

ProbityExhibitTask *
probity_exhibit_task_new (ProbitySession *session,
                          const char     *case_reference,
                          const char     *reference)
{
  ProbityExhibitTask *self = g_atomic_rc_box_new0 (ProbityExhibitTask);

  self->session = g_object_ref (session);
  self->case_reference = g_strdup (case_reference);
  self->reference = reference != NULL ? g_ascii_strup (reference, -1) : NULL;

  return self;
}

ProbityExhibitTask *
probity_exhibit_task_ref (ProbityExhibitTask *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_task (gpointer data)
{
  ProbityExhibitTask *self = data;

  g_object_unref (self->session);
  g_free (self->case_reference);
  g_free (self->reference);
  g_clear_pointer (&self->progress, probity_progress_unref);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_pointer (&self->values, probity_values_unref);
  g_free (self->to);
  g_free (self->reason);
  g_free (self->folder);
  g_clear_pointer (&self->keys, probity_exhibit_keys_unref);
  g_clear_pointer (&self->exhibit, probity_exhibit_free);
  g_clear_pointer (&self->intake, probity_exhibit_intake_free);
  g_free (self->file_name);
  g_free (self->media_type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

void
probity_exhibit_task_unref (ProbityExhibitTask *self)
{
  g_atomic_rc_box_release_full (self, clear_task);
}

ProbityStep *
probity_exhibit_task_new_step (ProbityExhibitTask *task,
                               const char         *action)
{
  ProbityStep *step = probity_step_new (task->session, NULL, task->case_reference);

  step->action = g_strdup (action);
  step->data = probity_exhibit_task_ref (task);
  step->data_destroy = (GDestroyNotify) probity_exhibit_task_unref;

  return step;
}

gboolean
probity_exhibit_task_take_keys (ProbityExhibitTask *task,
                                GError            **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (task->session);
  g_autoptr (ProbityKey) key = probity_session_derive_key (task->session, task->compartment, "exhibits", error);

  if (key == NULL)
    return FALSE;
  g_clear_pointer (&task->keys, probity_exhibit_keys_unref);
  task->keys = probity_exhibit_keys_new (key);
  g_clear_pointer (&task->folder, g_free);
  task->folder = probity_exhibit_store_dup_folder (probity_casebook_get_folder (casebook), probity_casebook_get_name (casebook, task->compartment));

  return TRUE;
}

gboolean
probity_exhibit_task_find (ProbityExhibitTask *task,
                           ProbityStep        *step,
                           ProbityRead        *read,
                           GError            **error)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityDb *db;
  gboolean   row;

  if (!probity_step_find_read (step, read, &db, &record, error))
    return FALSE;

  task->compartment = probity_db_get_compartment (db);
  if (task->reference == NULL)
    return TRUE;

  keyring = probity_session_dup_keyring (step->session);
  statement = probity_db_query (db, error, "SELECT " EXHIBIT_COLUMNS " FROM exhibit WHERE case_uid = $case_uid AND reference = $reference", "$case_uid", 's', probity_record_get_uid (record), "$reference", 's', task->reference, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "exhibit", "%s has no exhibit %.40s", probity_record_get_reference (record), task->reference));
      return FALSE;
    }
  g_clear_pointer (&task->exhibit, probity_exhibit_free);
  task->exhibit = read_exhibit (statement, keyring, record);
  if (!probity_digest_from_text (task->exhibit->sha256, task->digest))
    {
      g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_DAMAGED, "The exhibit’s row was altered");
      return FALSE;
    }

  return TRUE;
}

static gboolean
prepare_read (ProbityRead *read,
              gpointer     data,
              GValue      *result,
              GError     **error)
{
  ProbityStep *step = data;

  if (!probity_exhibit_task_find (step->data, step, read, error) ||
      (step->flag && !probity_step_require (step->session, step->case_kind->work, error)))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

gboolean
probity_exhibit_task_prepare (ProbityExhibitTask *task,
                              const char         *action,
                              gboolean            to_work,
                              GError            **error)
{
  ProbityStep *step = probity_exhibit_task_new_step (task, action);

  step->flag = !!to_work;

  return dex_await (probity_step_read (step, prepare_read), error) &&
         probity_exhibit_task_take_keys (task, error);
}

/* --- Continuity --- */

static ProbityVerb
get_verb (const char *action)
{
  if (g_str_equal (action, "disclosed"))
    return PROBITY_VERB_DISCLOSURE;
  if (g_str_equal (action, "viewed") || g_str_equal (action, "verified"))
    return PROBITY_VERB_CONSULTATION;

  return PROBITY_VERB_COLLECTION;
}

gboolean
probity_exhibit_add_continuity (ProbityExhibitTask *task,
                                ProbityStep        *step,
                                ProbityWrite       *write,
                                const char         *action,
                                const char         *detail,
                                const char         *reason,
                                GError            **error)
{
  const ProbityVerb  verb = get_verb (action);
  ProbityCompartment compartment = verb == PROBITY_VERB_COLLECTION ? task->compartment : probity_casebook_get_highest (probity_session_get_casebook (task->session));
  ProbityDb         *db = probity_write_get_db (write, compartment, error);
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *field = g_strdup_printf ("exhibit:%s:%s", task->exhibit->reference, action);

  if (db == NULL)
    return FALSE;

  probity_row_set (row, "exhibit_uid", task->exhibit->uid);
  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "action", action);
  probity_row_set (row, "detail", detail);
  probity_row_set (row, "reason", reason);

  return probity_signed_insert (&probity_signed_continuity, write, task->session, db, step->uid, row, error) &&
         probity_audit_add (write, task->session, compartment, verb, step->case_kind->record_kind->name, step->uid, field, NULL, detail != NULL ? detail : reason, error);
}
