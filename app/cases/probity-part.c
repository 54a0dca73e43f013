/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-part.h"

#include "probity-instant.h"
#include "probity-profile.h"

#define MAX_WORKING_DAYS 1000

static void
take_column (ProbityValues    *values,
             ProbityKeyring   *keyring,
             ProbityStatement *statement,
             int               column,
             const char       *name)
{
  const char *text = probity_statement_get_text (statement, column);

  if (text == NULL)
    return;

  if (*name == '@')
    {
      const ProbityAccount *account = probity_keyring_find (keyring, text);

      probity_values_set (values, name + 1, account != NULL ? account->name : text);
    }
  else if (*name == '?')
    {
      probity_values_set (values, name + 1, g_str_equal (text, "0") ? "false" : "true");
    }
  else
    {
      probity_values_set (values, name, text);
    }
}

static ProbityValues *
make_values (ProbityStatement  *statement,
             ProbityKeyring    *keyring,
             const char *const *names)
{
  ProbityValues *values = probity_values_new ();

  for (int i = 0; names[i] != NULL; i++)
    take_column (values, keyring, statement, i, names[i]);

  return values;
}

GPtrArray *
probity_part_collect (ProbityStatement  *statement,
                      ProbitySession    *session,
                      const char *const *names,
                      GError           **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_values_unref);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);

  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, make_values (statement, keyring, names));
    }
}

gboolean
probity_part_collect_one (ProbityStatement  *statement,
                          ProbitySession    *session,
                          const char *const *names,
                          ProbityValues    **ret_values,
                          GError           **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  gboolean row;

  if (!probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_values = row ? make_values (statement, keyring, names) : NULL;

  return TRUE;
}

GPtrArray *
probity_part_load (ProbityDb         *db,
                   ProbitySession    *session,
                   const char        *sql,
                   const char        *uid,
                   const char *const *names,
                   GError           **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$uid", 's', uid, NULL);

  return statement != NULL ? probity_part_collect (statement, session, names, error) : NULL;
}

DexFuture *
probity_part_read (ProbitySession        *session,
                   const ProbityCaseKind *kind,
                   const char            *reference,
                   const char            *action,
                   ProbityReadFunc        func)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup (action);

  return probity_step_read_for_page (step, func);
}

gboolean
probity_part_return_list (GValue    *result,
                          GPtrArray *list)
{
  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, list);

  return TRUE;
}

gboolean
probity_part_return (GValue        *result,
                     ProbityValues *values)
{
  g_value_init (result, PROBITY_TYPE_VALUES);
  g_value_take_boxed (result, values);

  return TRUE;
}

const char *
probity_part_get (ProbityValues *values,
                  const char    *field)
{
  const char *value = values != NULL ? probity_values_get (values, field) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

const ProbityAccount *
probity_part_find_account (ProbityKeyring *keyring,
                           const char     *field,
                           const char     *name,
                           GError        **error)
{
  const ProbityAccount *account = probity_keyring_find (keyring, name);

  if (account != NULL && !account->disabled)
    return account;

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "There is no account “%.64s”", name));

  return NULL;
}

gboolean
probity_part_read_deadline (ProbitySession *session,
                            const char     *now,
                            const char     *field,
                            const char     *text,
                            char          **ret_day,
                            GError        **error)
{
  ProbityDay day;

  *ret_day = NULL;
  if (text == NULL || *text == '\0')
    return TRUE;

  if (*text == '+')
    {
      gsize             n_extra;
      const ProbityDay *extra = probity_profile_get_extra_holidays (probity_session_get_profile (session), &n_extra);
      gint64            n_days;

      day = g_ascii_string_to_signed (text + 1, 10, 0, MAX_WORKING_DAYS, &n_days, NULL)
                ? probity_day_add_working (probity_instant_to_day (now), (int) n_days, extra, n_extra)
                : PROBITY_DAY_NONE;
    }
  else
    {
      day = probity_day_from_iso (text);
    }

  if (day == PROBITY_DAY_NONE)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID,
                                                         field,
                                                         "“%.64s” is neither a day such as 2026-11-22 nor a number of working days such as +10",
                                                         text));
      return FALSE;
    }
  *ret_day = probity_day_to_iso (day);

  return TRUE;
}
