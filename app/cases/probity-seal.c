/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal.h"

#include "probity-audit.h"
#include "probity-case-readers.h"
#include "probity-investigation-private.h"
#include "probity-part.h"
#include "probity-seal-private.h"
#include "probity-sealed.h"

static gboolean
refuse_holder (GError    **error,
               const char *name,
               const char *why)
{
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "for", "The account “%.64s” %s", name, why));

  return FALSE;
}

/*
 * The uids of the accounts named in step->list and, at first, of who seals. Rule (No tipping off): nobody
 * gets the key of a case about themselves or a relative, nor who could not work on it.
 */
static gboolean
find_holders (ProbityStep         *step,
              const ProbitySource *source,
              const ProbityCase   *found,
              gboolean             with_self,
              GStrv               *ret_uids,
              GError             **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (GPtrArray) uids = g_ptr_array_new_with_free_func (g_free);

  if (with_self)
    g_ptr_array_add (uids, g_strdup (probity_session_get_account_uid (step->session)));
  for (guint i = 0; step->list != NULL && step->list[i] != NULL; i++)
    {
      const ProbityAccount *account = probity_part_find_account (keyring, "for", step->list[i], error);
      gboolean              may;

      if (account == NULL)
        return FALSE;
      if (!probity_seal_takes_part (found->kind, account))
        return refuse_holder (error, account->name, "may not work on such a case");
      if (!probity_case_may_know (source, found, account, &may, error))
        return FALSE;
      if (!may)
        return refuse_holder (error, account->name, "can’t be given a case about its own holder or a relative");
      if (probity_seal_gains_checks (found->kind, account) && !step->flag)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "with-checks", "The account “%.64s” holds no key of professional standards: with the key of this case it is given one under which both checks stand", account->name));
          return FALSE;
        }
      if (!g_ptr_array_find_with_equal_func (uids, account->uid, g_str_equal, NULL))
        g_ptr_array_add (uids, g_strdup (account->uid));
    }
  g_ptr_array_add (uids, NULL);
  *ret_uids = (GStrv) g_ptr_array_free (g_steal_pointer (&uids), FALSE);

  return TRUE;
}

/* --- Sealing a case that is there --- */

static gboolean
add_holders (ProbityStep   *step,
             ProbityWrite  *write,
             ProbityDb     *db,
             ProbityRecord *record,
             GError       **error)
{
  const ProbitySource source = { .session = step->session, .write = write };
  const ProbityCase   found = { step->case_kind, db, record };
  g_autofree char    *names = g_strjoinv (",", step->list);
  g_auto (GStrv) uids = NULL;

  return find_holders (step, &source, &found, FALSE, &uids, error) &&
         probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, "sealed", NULL, names, error) &&
         probity_sealed_give (write, step->session, step->sealed, (const char *const *) uids, step->reason, error);
}

/* What betrays interest stands in `intelligence`, also of a conduct case: it has to come along. */
gboolean
probity_seal_holds_keys (ProbitySession *session)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);

  return probity_casebook_has (casebook, PROBITY_COMPARTMENT_STANDARDS) && probity_casebook_has (casebook, PROBITY_COMPARTMENT_INTELLIGENCE);
}

gboolean
probity_seal_require_keys (ProbityStep *step,
                           GError     **error)
{
  if (probity_seal_holds_keys (step->session))
    return TRUE;

  return probity_step_refuse (error, "not-your-step", "A case is sealed by who holds all keys under which something of it may stand");
}

static gboolean
move_case (ProbityStep   *step,
           ProbityWrite  *write,
           ProbityDb     *db,
           ProbityRecord *record,
           GError       **error)
{
  const ProbityRecordKind *kind = step->case_kind->record_kind;
  const ProbitySource      source = { .session = step->session, .write = write };
  const ProbityCase        found = { step->case_kind, db, record };
  g_auto (GStrv) uids = NULL;
  ProbityCompartment sealed;

  if (!find_holders (step, &source, &found, TRUE, &uids, error) ||
      !probity_sealed_begin (write, step->session, kind->compartment, &sealed, error) ||
      !probity_seal_copy (write, step->session, kind, step->uid, PROBITY_COMPARTMENT_JOURNAL, sealed, error) ||
      !probity_seal_note_move (write, kind, step->uid, PROBITY_COMPARTMENT_JOURNAL, sealed, error) ||
      !probity_seal_remove (write, step->session, kind, step->uid, PROBITY_COMPARTMENT_JOURNAL, error))
    return FALSE;

  step->sealed = sealed;
  probity_write_enter (write, sealed);

  return probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, "sealed", NULL, step->reason, error) &&
         probity_seal_log_carried (write, step->session, kind, step->uid, sealed, error) &&
         probity_sealed_give (write, step->session, sealed, (const char *const *) uids, step->reason, error);
}

static gboolean
seal_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;

  if (!probity_step_find_work (step, write, &db, &record, error) ||
      !probity_seal_require_keys (step, error) ||
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;

  return (step->sealed != PROBITY_COMPARTMENT_JOURNAL ? add_holders (step, write, db, record, error) : move_case (step, write, db, record, error)) &&
         probity_step_return (step, write, record, result, error);
}

static DexFuture *
seal (ProbitySession    *session,
      const char        *reference,
      const char *const *holders,
      gboolean           with_checks,
      const char        *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && holders != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("seal");
  step->list = g_strdupv ((GStrv) holders);
  step->flag = with_checks;
  step->reason = g_strdup (reason);

  return probity_seal_run (step, seal_write);
}

DexFuture *
probity_case_seal (ProbitySession    *session,
                   const char        *reference,
                   const char *const *holders,
                   const char        *reason)
{
  return seal (session, reference, holders, FALSE, reason);
}

DexFuture *
probity_case_seal_with_checks (ProbitySession    *session,
                               const char        *reference,
                               const char *const *holders,
                               const char        *reason)
{
  return seal (session, reference, holders, TRUE, reason);
}

/* --- Sealed from the first --- */

gboolean
probity_seal_begin (ProbityStep  *step,
                    ProbityWrite *write,
                    GError      **error)
{
  if (step->list == NULL)
    return TRUE;
  if (!probity_seal_require_keys (step, error) || !probity_step_require_text ("reason", step->reason, error) ||
      !probity_sealed_begin (write, step->session, step->case_kind->record_kind->compartment, &step->sealed, error))
    return FALSE;
  probity_write_enter (write, step->sealed);

  return TRUE;
}

gboolean
probity_seal_finish (ProbityStep   *step,
                     ProbityWrite  *write,
                     ProbityRecord *record,
                     GError       **error)
{
  const ProbitySource source = { .session = step->session, .write = write };
  const ProbityCase   found = { step->case_kind, probity_write_get_db (write, step->case_kind->record_kind->compartment, error), record };
  g_auto (GStrv) uids = NULL;

  if (found.db == NULL)
    return FALSE;

  return step->list == NULL ||
         (probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, "sealed", NULL, step->reason, error) &&
          find_holders (step, &source, &found, TRUE, &uids, error) &&
          probity_sealed_give (write, step->session, step->sealed, (const char *const *) uids, step->reason, error));
}

/* --- Which there are --- */

gboolean
probity_seal_collect (const ProbitySource *source,
                      ProbitySealCaseFunc  func,
                      gpointer             data,
                      GError             **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (source->session);
  gboolean         ok = TRUE;

  for (guint i = 0; ok && i < probity_casebook_get_n_sealed (casebook); i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) (PROBITY_COMPARTMENT_SEALED + i);

      if (probity_casebook_is_pending (casebook, compartment))
        continue;
      probity_source_enter (source, compartment);
      for (guint k = 0; ok && probity_case_kinds[k] != NULL; k++)
        {
          const ProbityRecordKind *kind = probity_case_kinds[k]->record_kind;
          g_autoptr (ProbityRecord) record = NULL;
          ProbityDb *db;

          if (kind->compartment != probity_casebook_get_home (casebook, compartment) || !probity_access_may (source->session, kind->read))
            continue;
          ok = (db = probity_source_get_db (source, kind->compartment, error)) != NULL &&
               probity_record_read (db, kind, source->session, NULL, &record, error) &&
               (record == NULL || func (source, &(ProbityCase) { probity_case_kinds[k], db, record }, data, error));
        }
    }
  probity_source_enter (source, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

static gboolean
add_record (const ProbitySource *source,
            const ProbityCase   *found,
            gpointer             data,
            GError             **error)
{
  g_ptr_array_add (data, probity_record_ref (found->record));

  return TRUE;
}

static gboolean
sealed_read (ProbityRead *read,
             gpointer     data,
             GValue      *result,
             GError     **error)
{
  const ProbitySource source = { .session = data, .read = read };
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_record_unref);

  return probity_seal_collect (&source, add_record, records, error) && probity_part_return_list (result, g_steal_pointer (&records));
}

DexFuture *
probity_case_load_sealed (ProbitySession *session)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  return probity_casebook_read (probity_session_get_casebook (session), sealed_read, g_object_ref (session), g_object_unref, NULL);
}
