/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-readers.h"

#include "probity-part.h"
#include "probity-sealed.h"

/* Who can see a case: the scope that decides for a reader, asked for each account. */

/* Themselves and everyone related to them: whom an account is locked from. */
static char *
dup_locked (const ProbitySource *source,
            const char          *staff_number,
            GError             **error)
{
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (source->session)));
  ProbityDb       *registers = probity_source_get_open_db (source, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (registers == NULL)
    return NULL;
  statement = probity_db_query (registers, error, "SELECT json_group_array (s) FROM (SELECT $own AS s"
                                                  " UNION SELECT related_staff_number FROM relation"
                                                  " WHERE staff_number = $own AND (ended IS NULL OR ended > $today)"
                                                  " UNION SELECT staff_number FROM relation"
                                                  " WHERE related_staff_number = $own AND (ended IS NULL OR ended > $today))",
                                "$today",
                                's',
                                today,
                                "$own",
                                's',
                                staff_number,
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return NULL;

  return probity_statement_dup_text (statement, 0);
}

/* Whether the row @id of @kind is within the scope of @account, whatever its role may open. */
static gboolean
is_row_in_scope (const ProbitySource     *source,
                 const ProbityRecordKind *kind,
                 ProbityDb               *db,
                 const char              *key,
                 const char              *id,
                 const ProbityAccount    *account,
                 gboolean                 everyone,
                 gboolean                *ret_is,
                 GError                 **error)
{
  const char      *own = account->staff_number != NULL ? account->staff_number : "";
  g_autofree char *scope = probity_record_kind_dup_scope_of (kind, account->roles);
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s AS r WHERE r.%s = $id AND %s", kind->table, key, scope);
  g_autofree char *locked = NULL;
  g_autoptr (ProbityStatement) statement = NULL;

  if (db == NULL)
    return FALSE;
  locked = dup_locked (source, own, error);
  if (locked == NULL)
    return FALSE;

  statement = probity_db_query (db, error, sql, "$id", 's', id, "$me", 's', own, "$locked", 's', locked, "$everyone", 't', everyone, NULL);

  return statement != NULL && probity_statement_step (statement, ret_is, error);
}

static gboolean
is_in_scope (const ProbitySource  *source,
             const ProbityCase    *self,
             const ProbityAccount *account,
             gboolean              everyone,
             gboolean             *ret_is,
             GError              **error)
{
  const ProbityRecordKind *kind = self->kind->record_kind;

  return is_row_in_scope (source, kind, probity_source_get_db (source, kind->compartment, error), "uid", probity_record_get_uid (self->record), account, everyone, ret_is, error);
}

gboolean
probity_case_knows_everyone (const ProbityAccount *account)
{
  return (account->roles & ~(PROBITY_ROLE_LINE_MANAGER | PROBITY_ROLE_ADMINISTRATOR)) != 0;
}

gboolean
probity_case_may_know_person (const ProbitySource  *source,
                              const char           *staff_number,
                              const ProbityAccount *account,
                              gboolean             *ret_locked,
                              gboolean             *ret_may,
                              GError              **error)
{
  ProbityDb *registers = probity_source_get_open_db (source, PROBITY_COMPARTMENT_REGISTERS, error);
  gboolean   unlocked;

  if (!is_row_in_scope (source, &probity_person_kind, registers, "staff_number", staff_number, account, TRUE, &unlocked, error) ||
      !is_row_in_scope (source, &probity_person_kind, registers, "staff_number", staff_number, account, probity_case_knows_everyone (account), ret_may, error))
    return FALSE;
  *ret_locked = !unlocked;

  return TRUE;
}

gboolean
probity_case_is_locked_for (const ProbitySource  *source,
                            const ProbityCase    *self,
                            const ProbityAccount *account,
                            gboolean             *ret_locked,
                            GError              **error)
{
  gboolean is;

  /* Whatever an account's role lets it see: who holds the key reads the file. */
  if (!is_in_scope (source, self, account, TRUE, &is, error))
    return FALSE;
  *ret_locked = !is;

  return TRUE;
}

gboolean
probity_case_may_know (const ProbitySource  *source,
                       const ProbityCase    *self,
                       const ProbityAccount *account,
                       gboolean             *ret_may,
                       GError              **error)
{
  *ret_may = FALSE;

  return !probity_access_account_may (account, self->kind->record_kind->read) || is_in_scope (source, self, account, probity_case_knows_everyone (account), ret_may, error);
}

gboolean
probity_case_may_see (const ProbitySource  *source,
                      const ProbityCase    *self,
                      const ProbityAccount *account,
                      gboolean             *ret_may,
                      GError              **error)
{
  const ProbityCompartment sealed = probity_source_get_entered (source);
  g_auto (GStrv) holders = NULL;
  ProbityDb *db;

  if (!probity_case_may_know (source, self, account, ret_may, error))
    return FALSE;
  if (!*ret_may || sealed == PROBITY_COMPARTMENT_JOURNAL)
    return TRUE;
  db = probity_source_get_db (source, sealed, error);
  holders = db != NULL ? probity_sealed_dup_holders (db, error) : NULL;
  if (holders == NULL)
    return FALSE;
  *ret_may = g_strv_contains ((const char *const *) holders, account->uid);

  return TRUE;
}

static gboolean
readers_read (ProbityRead *read,
              gpointer     data,
              GValue      *result,
              GError     **error)
{
  ProbityStep  *step = data;
  ProbitySource source = { .session = step->session, .read = read };
  ProbityCase   found = { NULL };
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (!probity_step_find_read (step, read, &found.db, &record, error))
    return FALSE;
  found.kind = step->case_kind;
  found.record = record;

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      gboolean              may;

      if (!probity_case_may_see (&source, &found, account, &may, error))
        return FALSE;
      if (may)
        g_ptr_array_add (names, g_strdup (account->name));
    }

  return probity_part_return_list (result, g_steal_pointer (&names));
}

DexFuture *
probity_case_load_readers (ProbitySession        *session,
                           const ProbityCaseKind *kind,
                           const char            *reference)
{
  return probity_part_read (session, kind, reference, "readers", readers_read);
}
