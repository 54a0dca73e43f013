/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"

#include "probity-session-private.h"

/* Which rows a reader may know of. */

/* Nobody who has another role besides is confined to their own people. */
static gboolean
sees_everyone (ProbitySession *session)
{
  return (probity_session_get_roles (session) & ~(PROBITY_ROLE_LINE_MANAGER | PROBITY_ROLE_ADMINISTRATOR)) != 0;
}

/**
 * probity_access_dup_scope:
 * @staff_column: SQL of the subject's staff number; where it is NULL nobody is known to be locked
 * @manager_condition: (nullable): SQL that is true where $me manages the subject; without it a line
 *   manager sees nothing
 *
 * Rules: nobody opens, finds or counts what is about themselves or someone related; a line manager
 * who has no other role knows of their own people only. Any thread.
 */
char *
probity_access_dup_scope (const char *staff_column,
                          const char *manager_condition)
{
  g_return_val_if_fail (staff_column != NULL, NULL);

  /* $me stands in every scope, so that what is bound is the same for all of them. */
  return g_strdup_printf ("(coalesce (%s, '') NOT IN (SELECT value FROM json_each ($locked))"
                          " AND ($everyone = 1 OR ($me <> '' AND (%s))))",
                          staff_column,
                          manager_condition != NULL ? manager_condition : "0");
}

static gboolean
bind_text (ProbityStatement *statement,
           const char       *name,
           const char       *text,
           GError          **error)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, text);

  return probity_statement_bind (statement, name, &value, error);
}

gboolean
probity_access_bind_scope (ProbitySession   *session,
                           ProbityStatement *statement,
                           GError          **error)
{
  g_auto (GValue) everyone = G_VALUE_INIT;
  const char      *me;
  g_autofree char *locked = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), FALSE);
  g_return_val_if_fail (statement != NULL, FALSE);

  me = probity_session_get_staff_number (session);
  locked = probity_locked_dup_json (probity_session_peek_locked (session));
  g_value_init (&everyone, G_TYPE_INT64);
  g_value_set_int64 (&everyone, sees_everyone (session) ? 1 : 0);

  return bind_text (statement, "$me", me != NULL ? me : "", error) &&
         bind_text (statement, "$locked", locked, error) &&
         probity_statement_bind (statement, "$everyone", &everyone, error);
}

gboolean
probity_access_is_locked (ProbitySession *session,
                          const char     *staff_number)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), TRUE);

  return staff_number != NULL && probity_locked_contains (probity_session_peek_locked (session), staff_number);
}

gboolean
probity_access_set_not_found (GError    **error,
                              const char *reference)
{
  g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND, "There is no “%.80s”", reference);

  return FALSE;
}
