/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-action.h"

#include "probity-case-readers.h"
#include "probity-list-kind.h"
#include "probity-part.h"
#include "probity-profile.h"

#define DUE_WORKING_DAYS 5

/* One action as its row has it, on its way through a command. */
typedef struct
{
  ProbityDb     *db;
  ProbityRecord *record;
  ProbityValues *row;
  gint64         version;
} Found;

static void
found_clear (Found *self)
{
  g_clear_pointer (&self->record, probity_record_unref);
  g_clear_pointer (&self->row, probity_values_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static gboolean
refuse_state (Found      *found,
              const char *state,
              GError    **error)
{
  g_set_error (error,
               PROBITY_RECORD_ERROR,
               PROBITY_RECORD_ERROR_STAGE,
               "Action %s of %s is %s",
               probity_values_get (found->row, "number"),
               probity_record_get_reference (found->record),
               state);

  return FALSE;
}

/* The action numbered as the step says, of a case whose parts this account writes. */
static gboolean
find_action (ProbityStep  *step,
             ProbityWrite *write,
             Found        *found,
             GError      **error)
{
  static const char *const names[] = { "uid", "number", "title", "owner", "soft_deadline", "hard_deadline", "intrusive", "state", "version", NULL };
  g_autoptr (ProbityStatement) statement = NULL;

  if (!probity_step_find_work (step, write, &found->db, &found->record, error))
    return FALSE;

  statement = probity_db_query (found->db, error, "SELECT uid, number, title, owner, soft_deadline, hard_deadline, intrusive, state, version"
                                                  " FROM case_action WHERE case_uid = $uid AND number = $number",
                                "$uid",
                                's',
                                step->uid,
                                "$number",
                                'i',
                                step->version,
                                NULL);
  if (statement == NULL || !probity_part_collect_one (statement, step->session, names, &found->row, error))
    return FALSE;
  if (found->row == NULL)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID,
                                                         "number",
                                                         "%s has no action %" G_GINT64_FORMAT,
                                                         probity_record_get_reference (found->record),
                                                         step->version));
      return FALSE;
    }
  found->version = g_ascii_strtoll (probity_values_get (found->row, "version"), NULL, 10);
  if (g_str_equal (probity_values_get (found->row, "state"), "done") || g_str_equal (probity_values_get (found->row, "state"), "cancelled"))
    return refuse_state (found, probity_values_get (found->row, "state"), error);

  return TRUE;
}

/* Before the row changes: its trigger looks for the reason here. */
static gboolean
add_event (ProbityStep  *step,
           ProbityWrite *write,
           ProbityDb    *db,
           const char   *action_uid,
           gint64        version,
           const char   *what,
           const char   *old_value,
           const char   *new_value,
           GError      **error)
{
  g_autofree char *uid = probity_write_new_uid (write);

  return probity_db_run (db, error, "INSERT INTO case_action_event (uid, action_uid, case_uid, version, what, old, new, reason, account, at)"
                                    " VALUES ($uid, $action_uid, $case_uid, $version, $what, $old, $new, $reason, $account, $at)",
                         "$uid",
                         's',
                         uid,
                         "$action_uid",
                         's',
                         action_uid,
                         "$case_uid",
                         's',
                         step->uid,
                         "$version",
                         'i',
                         version,
                         "$what",
                         's',
                         what,
                         "$old",
                         's',
                         old_value,
                         "$new",
                         's',
                         new_value,
                         "$reason",
                         's',
                         step->reason,
                         "$account",
                         's',
                         probity_session_get_account_uid (step->session),
                         "$at",
                         's',
                         probity_write_get_now (write),
                         NULL);
}

static gboolean
log_action (ProbityStep   *step,
            ProbityWrite  *write,
            ProbityRecord *record,
            const char    *number,
            const char    *what,
            const char    *old_value,
            const char    *new_value,
            GError       **error)
{
  const gboolean   added = g_str_equal (what, "added");
  g_autofree char *field = g_strdup_printf ("action-%s:%s", number, what);

  return probity_step_log (step, write, record, added ? PROBITY_VERB_COLLECTION : PROBITY_VERB_ALTERATION, field, old_value, new_value, error);
}

static gboolean
return_number (ProbityStep   *step,
               ProbityWrite  *write,
               ProbityRecord *record,
               const char    *number,
               GValue        *result)
{
  ProbityValues *values = probity_values_new ();

  probity_values_set (values, "number", number);
  probity_values_set (values, "reference", probity_record_get_reference (record));
  probity_step_note_change (step, write, record);

  return probity_part_return (result, values);
}

static gboolean
check_deadlines (const char *soft,
                 const char *hard,
                 GError    **error)
{
  if (soft == NULL || hard == NULL || strcmp (soft, hard) <= 0)
    return TRUE;

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "soft_deadline", "The soft deadline is after the hard one"));

  return FALSE;
}

/* An action is nobody's who cannot see its case: they would learn of it, or never do it. */
static gboolean
find_owner (ProbityStep   *step,
            ProbityWrite  *write,
            ProbityRecord *record,
            const char    *name,
            char         **ret_uid,
            GError       **error)
{
  const ProbitySource source = { .session = step->session, .write = write };
  const ProbityCase   found = { .kind = step->case_kind, .record = record };
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  const ProbityAccount *account = probity_part_find_account (keyring, "owner", name != NULL ? name : probity_session_get_account_uid (step->session), error);
  gboolean              may;

  if (account == NULL || !probity_case_may_see (&source, &found, account, &may, error))
    return FALSE;
  if (!may)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "owner", "“%s” cannot see this case", account->name));
      return FALSE;
    }
  *ret_uid = g_strdup (account->uid);

  return TRUE;
}

static gboolean
next_number (ProbityDb  *db,
             const char *case_uid,
             char      **ret_number,
             GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT coalesce (max (number), 0) + 1 FROM case_action WHERE case_uid = $uid", "$uid", 's', case_uid, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_number = probity_statement_dup_text (statement, 0);

  return TRUE;
}

gboolean
probity_action_insert (ProbityStep   *step,
                       ProbityWrite  *write,
                       ProbityDb     *db,
                       ProbityRecord *record,
                       ProbityValues *values,
                       char         **ret_number,
                       GError       **error)
{
  g_autofree char *owner = NULL;
  g_autofree char *soft = NULL;
  g_autofree char *hard = NULL;
  g_autofree char *number = NULL;
  g_autofree char *uid = probity_write_new_uid (write);
  const char      *title = probity_part_get (values, "title");
  const char      *now = probity_write_get_now (write);
  const gboolean   intrusive = g_strcmp0 (probity_part_get (values, "intrusive"), "true") == 0;

  if (!probity_step_require_text ("title", title, error) ||
      (probity_part_get (values, "what") != NULL && !probity_step_require_text ("what", probity_part_get (values, "what"), error)) ||
      !probity_part_read_deadline (step->session, now, "soft_deadline", probity_part_get (values, "soft_deadline"), &soft, error) ||
      !probity_part_read_deadline (step->session, now, "hard_deadline", probity_part_get (values, "hard_deadline"), &hard, error) ||
      !check_deadlines (soft, hard, error) ||
      !find_owner (step, write, record, probity_part_get (values, "owner"), &owner, error) ||
      !next_number (db, step->uid, &number, error))
    return FALSE;
  if (intrusive && step->case_kind->may_intrude == NULL)
    {
      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "intrusive", "Nothing intrusive is done in a case of this kind"));
      return FALSE;
    }

  if (!add_event (step, write, db, uid, 1, "added", NULL, title, error) ||
      !probity_db_run (db, error, "INSERT INTO case_action (uid, case_uid, number, title, what, owner, soft_deadline, hard_deadline, intrusive, created, created_by)"
                                  " VALUES ($uid, $case_uid, $number, $title, $what, $owner, $soft, $hard, $intrusive, $now, $me)",
                       "$uid",
                       's',
                       uid,
                       "$case_uid",
                       's',
                       step->uid,
                       "$number",
                       'i',
                       g_ascii_strtoll (number, NULL, 10),
                       "$title",
                       's',
                       title,
                       "$what",
                       's',
                       probity_part_get (values, "what"),
                       "$owner",
                       's',
                       owner,
                       "$soft",
                       's',
                       soft,
                       "$hard",
                       's',
                       hard,
                       "$intrusive",
                       't',
                       intrusive,
                       "$now",
                       's',
                       now,
                       "$me",
                       's',
                       probity_session_get_account_uid (step->session),
                       NULL) ||
      !log_action (step, write, record, number, "added", NULL, title, error))
    return FALSE;
  *ret_number = g_steal_pointer (&number);

  return TRUE;
}

static gboolean
add_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autofree char *number = NULL;

  return probity_step_find_work (step, write, &db, &record, error) &&
         probity_action_insert (step, write, db, record, step->values, &number, error) &&
         return_number (step, write, record, number, result);
}

DexFuture *
probity_action_add (ProbitySession        *session,
                    const ProbityCaseKind *kind,
                    const char            *reference,
                    ProbityValues         *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = probity_step_new (session, kind, reference);
  step->action = g_strdup ("action-add");
  step->values = probity_values_ref (values);

  return probity_step_run (step, add_write);
}

/* One field of the action: its history, its column, the log. */
static gboolean
change_field (ProbityStep  *step,
              ProbityWrite *write,
              Found        *found,
              const char   *column,
              const char   *what,
              const char   *value,
              GError      **error)
{
  const char      *old = probity_part_get (found->row, column);
  g_autofree char *sql = g_strdup_printf ("UPDATE case_action SET %s = $value, version = version + 1 WHERE uid = $uid", column);

  if (g_strcmp0 (old, value) == 0)
    return TRUE;

  found->version++;

  return add_event (step, write, found->db, probity_values_get (found->row, "uid"), found->version, what, old, value, error) &&
         probity_db_run (found->db, error, sql, "$value", 's', value, "$uid", 's', probity_values_get (found->row, "uid"), NULL) &&
         log_action (step, write, found->record, probity_values_get (found->row, "number"), what, old, value, error);
}

static gboolean
change_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  const char  *now = probity_write_get_now (write);
  const char  *soft_text = probity_values_get (step->values, "soft_deadline");
  const char  *hard_text = probity_values_get (step->values, "hard_deadline");
  const char  *owner_text = probity_part_get (step->values, "owner");
  g_auto (Found) found = { NULL };
  g_autofree char *soft = NULL;
  g_autofree char *hard = NULL;
  g_autofree char *owner = NULL;

  if (!find_action (step, write, &found, error) ||
      !probity_part_read_deadline (step->session, now, "soft_deadline", soft_text != NULL ? soft_text : probity_part_get (found.row, "soft_deadline"), &soft, error) ||
      !probity_part_read_deadline (step->session, now, "hard_deadline", hard_text != NULL ? hard_text : probity_part_get (found.row, "hard_deadline"), &hard, error) ||
      !check_deadlines (soft, hard, error) ||
      !find_owner (step, write, found.record, owner_text != NULL ? owner_text : probity_part_get (found.row, "owner"), &owner, error))
    return FALSE;
  if (probity_part_get (found.row, "hard_deadline") != NULL && g_strcmp0 (probity_part_get (found.row, "hard_deadline"), hard) != 0 &&
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;

  if (!change_field (step, write, &found, "owner", "assigned", owner, error) ||
      !change_field (step, write, &found, "soft_deadline", "soft-deadline", soft, error) ||
      !change_field (step, write, &found, "hard_deadline", "hard-deadline", hard, error))
    return FALSE;

  return return_number (step, write, found.record, probity_values_get (found.row, "number"), result);
}

static ProbityStep *
make_step (ProbitySession        *session,
           const ProbityCaseKind *kind,
           const char            *reference,
           guint                  number,
           const char            *action)
{
  ProbityStep *step = probity_step_new (session, kind, reference);

  step->action = g_strdup (action);
  step->version = number;

  return step;
}

DexFuture *
probity_action_change (ProbitySession        *session,
                       const ProbityCaseKind *kind,
                       const char            *reference,
                       guint                  number,
                       ProbityValues         *values,
                       const char            *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && values != NULL);

  step = make_step (session, kind, reference, number, "action-change");
  step->values = probity_values_ref (values);
  step->reason = g_strdup (reason);

  return probity_step_run (step, change_write);
}

/* Moves the action to @state; @when and @who name the columns that tell it. */
static gboolean
move (ProbityStep  *step,
      ProbityWrite *write,
      Found        *found,
      const char   *state,
      const char   *sql,
      const char   *authorised_by,
      GValue       *result,
      GError      **error)
{
  const char *number = probity_values_get (found->row, "number");
  const char *old = probity_values_get (found->row, "state");
  const char *uid = probity_values_get (found->row, "uid");

  if (!add_event (step, write, found->db, uid, found->version + 1, state, old, step->text, error) ||
      !probity_db_run (found->db, error, sql, "$state", 's', state, "$now", 's', probity_write_get_now (write), "$me", 's', probity_session_get_account_uid (step->session), "$text", 's', authorised_by != NULL ? authorised_by : step->text, "$uid", 's', uid, NULL) ||
      !log_action (step, write, found->record, number, "state", old, state, error))
    return FALSE;

  return return_number (step, write, found->record, number, result);
}

static gboolean
ask_intrusion (ProbityStep  *step,
               ProbityWrite *write,
               Found        *found,
               char        **ret_assessment_uid,
               GError      **error)
{
  const ProbitySource source = { .session = step->session, .write = write };
  const ProbityCase   self = { step->case_kind, found->db, found->record };

  if (!g_str_equal (probity_values_get (found->row, "intrusive"), "1"))
    return TRUE;
  if (step->case_kind->may_intrude == NULL)
    return probity_step_refuse (error, "public-interest-assessment", "Nothing intrusive is done in a case of this kind");

  return step->case_kind->may_intrude (&source, &self, ret_assessment_uid, error);
}

static gboolean
start_write (ProbityWrite *write,
             gpointer      data,
             GValue       *result,
             GError      **error)
{
  ProbityStep *step = data;
  g_auto (Found) found = { NULL };
  g_autofree char *assessment = NULL;

  if (!find_action (step, write, &found, error))
    return FALSE;
  if (g_str_equal (probity_values_get (found.row, "state"), "started"))
    return refuse_state (&found, "started", error);

  return ask_intrusion (step, write, &found, &assessment, error) &&
         move (step,
               write,
               &found,
               "started",
               "UPDATE case_action SET state = $state, started = $now, started_by = $me, authorised_by = $text, version = version + 1 WHERE uid = $uid",
               assessment,
               result,
               error);
}

DexFuture *
probity_action_start (ProbitySession        *session,
                      const ProbityCaseKind *kind,
                      const char            *reference,
                      guint                  number)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  return probity_step_run (make_step (session, kind, reference, number, "action-start"), start_write);
}

static gboolean
finish_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  g_auto (Found) found = { NULL };

  if (!find_action (step, write, &found, error) ||
      (step->text != NULL && !probity_step_require_text ("result", step->text, error)))
    return FALSE;
  /* What is intrusive was allowed when it was started; it is not done without. */
  if (g_str_equal (probity_values_get (found.row, "intrusive"), "1") && g_str_equal (probity_values_get (found.row, "state"), "open"))
    return refuse_state (&found, "not started", error);

  return move (step,
               write,
               &found,
               "done",
               "UPDATE case_action SET state = $state, finished = $now, finished_by = $me, result = $text, version = version + 1 WHERE uid = $uid",
               NULL,
               result,
               error);
}

DexFuture *
probity_action_finish (ProbitySession        *session,
                       const ProbityCaseKind *kind,
                       const char            *reference,
                       guint                  number,
                       const char            *text)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = make_step (session, kind, reference, number, "action-done");
  step->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  return probity_step_run (step, finish_write);
}

static gboolean
cancel_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep *step = data;
  g_auto (Found) found = { NULL };

  if (!find_action (step, write, &found, error) ||
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;

  return move (step,
               write,
               &found,
               "cancelled",
               "UPDATE case_action SET state = $state, finished = $now, finished_by = $me, result = $text, version = version + 1 WHERE uid = $uid",
               NULL,
               result,
               error);
}

DexFuture *
probity_action_cancel (ProbitySession        *session,
                       const ProbityCaseKind *kind,
                       const char            *reference,
                       guint                  number,
                       const char            *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = make_step (session, kind, reference, number, "action-cancel");
  step->reason = g_strdup (reason);

  return probity_step_run (step, cancel_write);
}

/* How the deadline stands on @today; a soft one that is over is told from a hard one. */
static void
judge (ProbitySession *session,
       ProbityValues  *action,
       ProbityDay      today)
{
  gsize             n_extra;
  const ProbityDay *extra = probity_profile_get_extra_holidays (probity_session_get_profile (session), &n_extra);
  const char       *state = probity_values_get (action, "state");
  const ProbityDay  soft = probity_day_from_iso (probity_values_get (action, "soft_deadline"));
  const ProbityDay  hard = probity_day_from_iso (probity_values_get (action, "hard_deadline"));
  const ProbityDay  next = soft != PROBITY_DAY_NONE && (hard == PROBITY_DAY_NONE || soft >= today) ? soft : hard;
  const char       *due = NULL;
  g_autofree char  *days = NULL;
  int               n_days;

  if (next == PROBITY_DAY_NONE || g_str_equal (state, "done") || g_str_equal (state, "cancelled"))
    return;

  n_days = next >= today ? probity_day_count_working (today, next, extra, n_extra) : -probity_day_count_working (next, today, extra, n_extra);
  if (hard != PROBITY_DAY_NONE && hard < today)
    due = "overdue";
  else if (soft != PROBITY_DAY_NONE && soft < today)
    due = "past-soft";
  else if (next == today)
    due = "today";
  else if (n_days <= DUE_WORKING_DAYS)
    due = "due";

  days = g_strdup_printf ("%d", n_days);
  probity_values_set (action, "working_days", days);
  if (due != NULL)
    probity_values_set (action, "due", due);
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  static const char *const names[] = {
    "number",
    "uid",
    "title",
    "what",
    "@owner",
    "soft_deadline",
    "hard_deadline",
    "?intrusive",
    "state",
    "result",
    "created",
    "@created_by",
    "started",
    "@started_by",
    "finished",
    "@finished_by",
    "reason",
    NULL,
  };
  ProbityStep     *step = data;
  const ProbityDay today = probity_list_get_today (step->session);
  ProbityDb       *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) actions = NULL;

  if (!probity_step_find_read (step, read, &db, &record, error))
    return FALSE;
  actions = probity_part_load (db, step->session, "SELECT a.number, a.uid, a.title, a.what, a.owner, a.soft_deadline, a.hard_deadline, a.intrusive, a.state, a.result,"
                                                  " a.created, a.created_by, a.started, a.started_by, a.finished, a.finished_by,"
                                                  " (SELECT e.reason FROM case_action_event AS e WHERE e.action_uid = a.uid AND e.reason IS NOT NULL ORDER BY e.id DESC LIMIT 1)"
                                                  " FROM case_action AS a WHERE a.case_uid = $uid"
                                                  " ORDER BY a.state IN ('done', 'cancelled'), coalesce (a.hard_deadline, a.soft_deadline) IS NULL,"
                                                  " min (coalesce (a.hard_deadline, a.soft_deadline), coalesce (a.soft_deadline, a.hard_deadline)), a.number",
                               step->uid,
                               names,
                               error);
  if (actions == NULL)
    return FALSE;
  for (guint i = 0; i < actions->len; i++)
    judge (step->session, g_ptr_array_index (actions, i), today);

  return probity_part_return_list (result, g_steal_pointer (&actions));
}

DexFuture *
probity_action_load (ProbitySession        *session,
                     const ProbityCaseKind *kind,
                     const char            *reference)
{
  return probity_part_read (session, kind, reference, "actions", load_read);
}
