/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "probity-gate-private.h"
#include "probity-hours.h"
#include "probity-parse.h"

/* What a reader sees of a case beside its record: who can open it, and the hours of all work together. */

static gboolean
read_job (ProbityStep    *step,
          ProbityRead    *read,
          ProbityDb     **ret_registers,
          ProbityRecord **ret_job,
          GError        **error)
{
  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error))
    return FALSE;
  *ret_registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  if (*ret_registers == NULL ||
      !probity_record_read (*ret_registers, &probity_second_job_kind, step->session, step->reference, ret_job, error))
    return FALSE;

  return *ret_job != NULL || probity_access_set_not_found (error, step->reference);
}

/* Themselves and everyone related to them: whom an account is locked from. */
static char *
dup_locked (ProbityDb  *registers,
            const char *staff_number,
            const char *today,
            GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

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

static gboolean
can_open (ProbityDb            *registers,
          ProbityRecord        *job,
          const ProbityAccount *account,
          const char           *today,
          gboolean             *ret_can,
          GError              **error)
{
  const gboolean   everyone = (account->roles & ~(PROBITY_ROLE_LINE_MANAGER | PROBITY_ROLE_ADMINISTRATOR)) != 0;
  const char      *own = account->staff_number != NULL ? account->staff_number : "";
  g_autofree char *scope = probity_access_dup_scope (probity_second_job_kind.staff_column, probity_second_job_kind.manager_condition);
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM second_job AS r WHERE r.id = $id AND %s", scope);
  g_autofree char *locked = dup_locked (registers, own, today, error);
  g_autoptr (ProbityStatement) statement = NULL;

  if (locked == NULL)
    return FALSE;
  statement = probity_db_query (registers, error, sql, "$id", 'i', probity_record_get_id (job), "$me", 's', own, "$locked", 's', locked, "$everyone", 't', everyone, NULL);

  return statement != NULL && probity_statement_step (statement, ret_can, error);
}

static gboolean
readers_read (ProbityRead *read,
              gpointer     data,
              GValue      *result,
              GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (step->session)));

  if (!read_job (step, read, &registers, &job, error))
    return FALSE;

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      gboolean              can;

      if (account->disabled || (account->holds & (1u << PROBITY_COMPARTMENT_REGISTERS)) == 0)
        continue;
      if (!can_open (registers, job, account, today, &can, error))
        return FALSE;
      if (can)
        g_ptr_array_add (names, g_strdup (account->name));
    }
  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&names));

  return TRUE;
}

/** probity_second_job_load_readers: accounts whose keys, roles and relations let them open this case. */
DexFuture *
probity_second_job_load_readers (ProbitySession *session,
                                 const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("readers");

  return probity_step_read (step, readers_read);
}

static ProbityHoursSummary *
probity_hours_summary_copy (ProbityHoursSummary *self)
{
  ProbityHoursSummary *copy = g_memdup2 (self, sizeof *self);

  copy->warnings = g_strdupv (self->warnings);

  return copy;
}

void
probity_hours_summary_free (ProbityHoursSummary *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->warnings);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityHoursSummary, probity_hours_summary, probity_hours_summary_copy, probity_hours_summary_free)

/* Minutes; -1 where nobody stated any. */
static int
get_minutes (ProbityRecord *record,
             const char    *field)
{
  const char *text = record != NULL ? probity_record_get (record, field) : NULL;
  int         minutes;

  return text != NULL && probity_parse_hours (text, &minutes, NULL) ? minutes : PROBITY_HOURS_UNKNOWN;
}

static GArray *
load_other_jobs (ProbityDb  *registers,
                 const char *staff_number,
                 gint64      except,
                 GError    **error)
{
  g_autoptr (GArray) others = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (registers, error, "SELECT coalesce (weekly_hours, -1) FROM second_job WHERE staff_number = $staff_number AND id <> $except"
                                                  " AND stage IN ('submitted', 'comments', 'with-professional-standards', 'deferred', 'decided', 'registered')",
                                "$staff_number",
                                's',
                                staff_number,
                                "$except",
                                'i',
                                except,
                                NULL);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      gboolean row;
      int      minutes;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&others);
      minutes = (int) probity_statement_get_int64 (statement, 0);
      g_array_append_val (others, minutes);
    }
}

static gboolean
hours_read (ProbityRead *read,
            gpointer     data,
            GValue      *result,
            GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *registers;
  g_autoptr (ProbityRecord) job = NULL;
  g_autoptr (ProbityRecord) person = NULL;
  g_autoptr (GArray) others = NULL;
  ProbityHoursSummary *summary;
  ProbityHours         hours;
  const char          *staff_number = step->staff_number;
  int                  this_job = (int) step->version;
  int                  contracted, overtime;

  if (step->reference != NULL)
    {
      if (!read_job (step, read, &registers, &job, error))
        return FALSE;
      staff_number = probity_record_get (job, "staff_number");
      if (this_job < 0)
        this_job = get_minutes (job, "weekly_hours");
    }
  else if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
           (registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL)
    {
      return FALSE;
    }

  if (!probity_record_read (registers, &probity_person_kind, step->session, staff_number != NULL ? staff_number : "", &person, error))
    return FALSE;
  if (person == NULL)
    return probity_access_set_not_found (error, staff_number);
  if ((others = load_other_jobs (registers, probity_record_get (person, "staff_number"), job != NULL ? probity_record_get_id (job) : 0, error)) == NULL)
    return FALSE;

  contracted = get_minutes (job, "contracted_hours");
  overtime = get_minutes (job, "overtime_hours");
  probity_hours_sum (probity_session_get_profile (step->session),
                     contracted >= 0 ? contracted : get_minutes (person, "contracted_hours"),
                     overtime >= 0 ? overtime : get_minutes (person, "overtime_hours"),
                     this_job,
                     (const int *) (gpointer) others->data,
                     others->len,
                     &hours);

  summary = g_new0 (ProbityHoursSummary, 1);
  summary->contracted = hours.contracted / 60.0;
  summary->overtime = hours.overtime / 60.0;
  summary->this_job = hours.this_job / 60.0;
  summary->other_jobs = hours.other_jobs / 60.0;
  summary->total = hours.total / 60.0;
  summary->limit = hours.limit / 60.0;
  summary->cap = hours.cap / 60.0;
  summary->warnings = probity_hours_dup_warnings (&hours);
  g_value_init (result, PROBITY_TYPE_HOURS_SUMMARY);
  g_value_take_boxed (result, summary);

  return TRUE;
}

/**
 * probity_second_job_load_hours:
 * @reference: (nullable): %NULL for a form that is not submitted
 * @staff_number: (nullable): the applicant, where @reference is %NULL
 * @weekly_hours: hours a week as the form has them; below 0: as recorded
 *
 * Sums contracted and usual overtime hours with all registered and pending second jobs. Warnings are
 * to be answered and never block.
 */
DexFuture *
probity_second_job_load_hours (ProbitySession *session,
                               const char     *reference,
                               const char     *staff_number,
                               double          weekly_hours)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL || staff_number != NULL);

  step = probity_second_job_step_new (session, reference);
  step->action = g_strdup ("hours");
  step->staff_number = g_strdup (staff_number);
  step->version = weekly_hours < 0 || weekly_hours > 168 ? PROBITY_HOURS_UNKNOWN : (gint64) (weekly_hours * 60 + 0.5);

  return probity_step_read (step, hours_read);
}
