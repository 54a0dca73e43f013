/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-list-kind.h"
#include "probity-my-day-private.h"

/*
 * What waits for this reader: found by the reader's own rights and scope, one function a kind of work.
 * Nobody is told of work that is not theirs to do.
 */

#define REFUSAL_DAYS 14
#define MAX_REFUSALS 50

void
probity_day_item_free (ProbityDayItem *self)
{
  if (self == NULL)
    return;

  g_free (self->group);
  g_free (self->what);
  g_free (self->kind);
  g_free (self->uid);
  g_free (self->reference);
  g_free (self->subject);
  g_free (self->due);
  g_free (self->why);
  g_free (self);
}

static void
free_item (gpointer data)
{
  probity_day_item_free (data);
}

ProbityDayItem *
probity_day_run_add (ProbityDayRun *run,
                     const char    *what,
                     const char    *kind,
                     const char    *uid,
                     const char    *reference,
                     const char    *subject,
                     const char    *due,
                     const char    *why)
{
  ProbityDayItem *item = g_new0 (ProbityDayItem, 1);
  const int       to_go = due != NULL ? strcmp (due, run->today) : 1;

  item->group = g_strdup (to_go < 0 ? "overdue" : to_go == 0 ? "today"
                                                             : "waiting");
  item->what = g_strdup (what);
  item->kind = g_strdup (kind);
  item->uid = g_strdup (uid);
  item->reference = g_strdup (reference);
  item->subject = g_strdup (subject);
  item->due = g_strdup (due);
  item->why = g_strdup (why);
  g_ptr_array_add (run->items, item);

  return item;
}

gboolean
probity_day_is_gone (GError **error)
{
  if (!g_error_matches (*error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND))
    return FALSE;
  g_clear_error (error);

  return TRUE;
}

gboolean
probity_day_run_add_query (ProbityDayRun     *run,
                           ProbityCompartment compartment,
                           const char        *what,
                           const char        *kind,
                           const char        *why,
                           const char        *sql,
                           GError           **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityDb *db = probity_read_get_db (run->read, compartment, error);
  gboolean   row;

  if (db == NULL || (statement = probity_db_query (db, error, sql, NULL)) == NULL)
    return FALSE;

  if ((strstr (sql, "$locked") != NULL && !probity_access_bind_scope (run->session, statement, error)) ||
      !probity_list_bind_days (statement, sql, run->session, error))
    return FALSE;

  if (strstr (sql, "$account") != NULL)
    {
      g_auto (GValue) account = G_VALUE_INIT;

      g_value_init (&account, G_TYPE_STRING);
      g_value_set_string (&account, probity_session_get_account_uid (run->session));
      if (!probity_statement_bind (statement, "$account", &account, error))
        return FALSE;
    }

  for (guint n = 0; n < PROBITY_DAY_MAX_ITEMS; n++)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      probity_day_run_add (run,
                           what,
                           kind,
                           probity_statement_get_text (statement, 0),
                           probity_statement_get_text (statement, 1),
                           probity_statement_get_text (statement, 2),
                           probity_statement_get_text (statement, 3),
                           why);
    }

  return TRUE;
}

#define NO_COMMENT(role)                                                                                      \
  " AND NOT EXISTS (SELECT 1 FROM second_job_comment AS c WHERE c.second_job_id = r.id AND c.round = r.round" \
  " AND c.for_role = '" role "')"                                                                             \
  " AND NOT EXISTS (SELECT 1 FROM waiver AS c WHERE c.second_job_id = r.id AND c.round = r.round"             \
  " AND c.for_role = '" role "')"

#define OPEN "r.stage IN ('submitted', 'comments', 'with-professional-standards')"

static gboolean
add_comments (ProbityDayRun *run,
              GError       **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_second_job_kind, run->session);
  const char      *me = probity_session_get_staff_number (run->session);

  /* Only the manager recorded at submission, or the one who stands in, comments. */
  if (me != NULL && (probity_session_get_roles (run->session) & PROBITY_ROLE_LINE_MANAGER) != 0)
    {
      g_autofree char *sql = g_strdup_printf (PROBITY_DAY_CASE ", r.needed_by FROM second_job AS r WHERE " OPEN
                                                               " AND r.requires_line_manager_comment = 1"
                                                               " AND (r.manager_staff_number = $me"
                                                               " OR r.id IN (SELECT s.second_job_id FROM stand_in AS s WHERE s.staff_number = $me))" NO_COMMENT (
                                                                   "line-manager") " AND %s"
                                                                                   " ORDER BY r.needed_by IS NULL, r.needed_by, r.received",
                                              scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "comment", "second-job", "line-manager", sql, error))
        return FALSE;
    }

  if (probity_access_may (run->session, PROBITY_OPERATION_COMMENT_HEAD_OF_HR))
    {
      const ProbityRoles roles = probity_session_get_roles (run->session);
      const char        *whose = (roles & PROBITY_ROLE_HEAD_OF_HR) == 0 ? "r.head_of_hr_by = 'decider'"
                                 : (roles & PROBITY_ROLE_DECIDER) == 0  ? "r.head_of_hr_by IS NULL"
                                                                        : "1";
      g_autofree char   *sql = g_strdup_printf (PROBITY_DAY_CASE ", r.needed_by FROM second_job AS r WHERE " OPEN
                                                               " AND r.requires_head_of_hr_comment = 1" NO_COMMENT ("head-of-hr") " AND %s AND %s"
                                                                                                                                    " ORDER BY r.needed_by IS NULL, r.needed_by, r.received",
                                              whose,
                                              scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "comment", "second-job", (roles & PROBITY_ROLE_HEAD_OF_HR) != 0 ? "head-of-hr" : "in-place-of-head-of-hr", sql, error))
        return FALSE;
    }

  return TRUE;
}

#define NO_LETTER_SINCE(day) \
  " AND NOT EXISTS (SELECT 1 FROM logged_entry AS a WHERE a.record = r.uid AND a.verb = 'disclosure' AND a.field = 'letter' AND a.at >= " day ")"

/* Letters that were not printed yet: of decisions, and of appeals that were dismissed, which leave the decision as it is. */
static gboolean
add_letters (ProbityDayRun *run,
             const char    *scope,
             GError       **error)
{
  g_autofree char *decisions = g_strdup_printf (PROBITY_DAY_CASE ", NULL FROM second_job AS r"
                                                                 " WHERE r.decision_uid IS NOT NULL AND r.decided_at >= date ($today, '-28 days') AND r.appeal IS NOT 'dismissed'" NO_LETTER_SINCE ("r.decided_at") " AND %s ORDER BY r.decided_at",
                                                scope);
  g_autofree char *appeals = g_strdup_printf (PROBITY_DAY_CASE ", NULL FROM appeal_outcome AS o JOIN second_job AS r ON r.id = o.second_job_id"
                                                               " WHERE o.outcome = 'dismissed' AND o.at >= date ($today, '-28 days') AND r.appeal = 'dismissed'"
                                                               " AND o.id = (SELECT max (n.id) FROM appeal_outcome AS n WHERE n.second_job_id = r.id)" NO_LETTER_SINCE ("o.at") " AND %s ORDER BY o.at",
                                              scope);

  return probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "letter", "second-job", "not-printed", decisions, error) &&
         probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "letter", "second-job", "not-printed", appeals, error);
}

/* Human resources: returns that are due, facts that are missing, letters that were not printed yet. */
static gboolean
add_returns (ProbityDayRun *run,
             GError       **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_second_job_kind, run->session);
  g_autofree char *due = NULL;
  g_autofree char *facts = NULL;

  if (!probity_access_may (run->session, PROBITY_OPERATION_REVIEW))
    return TRUE;

  /* By the index of the day: nearly every job is registered, few are due. */
  due = g_strdup_printf (PROBITY_DAY_CASE ", r.next_review FROM second_job AS r"
                                          " WHERE +r.stage = 'registered' AND r.next_review <= $until AND %s"
                                          " ORDER BY r.next_review",
                         scope);
  facts = g_strdup_printf (PROBITY_DAY_CASE ", r.needed_by FROM second_job AS r WHERE r.stage = 'deferred' AND %s ORDER BY r.received", scope);
  if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "review-due", "second-job", NULL, due, error) ||
      !probity_day_run_add_query (run, PROBITY_COMPARTMENT_REGISTERS, "facts", "second-job", "deferred", facts, error))
    return FALSE;

  return (probity_session_get_roles (run->session) & (PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR)) == 0 ||
         add_letters (run, scope, error);
}

static guint
find_column (const ProbityListKind *kind,
             const char            *name)
{
  for (guint i = 0; i < kind->n_columns; i++)
    if (g_str_equal (kind->columns[i].name, name))
      return i;

  g_return_val_if_reached (0);
}

static char *
join_cells (const char *name,
            const char *about)
{
  return name != NULL ? g_strjoin (" · ", name, about, NULL) : g_strdup (about);
}

/* What the list of checks holds for this reader, one item a check. */
static gboolean
add_checks (ProbityDayRun *run,
            GError       **error)
{
  const ProbityListKind *kind = &probity_checks_list;
  g_autoptr (ProbityListQuery) query = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (!probity_access_may (run->session, PROBITY_OPERATION_CHECK_COMPLAINTS))
    return TRUE;

  query = probity_list_query_new (kind);
  rows = kind->collect (run->session, run->read, query, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);
      g_auto (GStrv) checks = g_strsplit (row->cells[find_column (kind, "check")], ",", -1);
      g_autofree char *subject = join_cells (row->cells[find_column (kind, "applicant_name")], row->cells[find_column (kind, "employer")]);

      for (guint j = 0; checks[j] != NULL; j++)
        {
          const gboolean   recheck = g_str_equal (checks[j], "recheck");
          g_autofree char *what = recheck ? g_strdup ("recheck") : g_strconcat ("check-", checks[j], NULL);
          ProbityDayItem  *item = probity_day_run_add (run, what, probity_list_row_get_record_kind (row, kind)->name, row->uid, row->cells[find_column (kind, "reference")], subject, recheck ? NULL : row->cells[find_column (kind, "needed_by")], row->cells[find_column (kind, "state")]);

          if (recheck)
            {
              g_free (item->group);
              item->group = g_strdup ("new");
            }
        }
    }

  return TRUE;
}

/* Reports without a sanitised text, sanitised texts of somebody else, reports whose review is due. */
static gboolean
add_reports (ProbityDayRun *run,
             GError       **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_intelligence_kind, run->session);

  if (probity_access_may (run->session, PROBITY_OPERATION_EDIT_INTELLIGENCE))
    {
      g_autofree char *sanitise = g_strdup_printf ("SELECT r.uid, r.reference, r.category, NULL FROM intelligence_report AS r"
                                                   " WHERE r.sanitised_approved_at IS NULL AND r.sanitised_at IS NULL AND %s ORDER BY r.created",
                                                   scope);
      g_autofree char *review = g_strdup_printf ("SELECT r.uid, r.reference, r.category, r.review_date FROM intelligence_report AS r"
                                                 " WHERE r.review_date <= $today AND %s ORDER BY r.review_date",
                                                 scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_INTELLIGENCE, "sanitise", "intelligence-report", "not-sanitised", sanitise, error) ||
          !probity_day_run_add_query (run, PROBITY_COMPARTMENT_INTELLIGENCE, "report-review", "intelligence-report", NULL, review, error))
        return FALSE;
    }

  if (probity_access_may (run->session, PROBITY_OPERATION_APPROVE_SANITISED))
    {
      g_autofree char *approve = g_strdup_printf ("SELECT r.uid, r.reference, r.category, NULL FROM intelligence_report AS r"
                                                  " WHERE r.sanitised_approved_at IS NULL AND r.sanitised_at IS NOT NULL"
                                                  " AND r.sanitised_by <> $account AND %s ORDER BY r.sanitised_at",
                                                  scope);

      if (!probity_day_run_add_query (run, PROBITY_COMPARTMENT_INTELLIGENCE, "approve-sanitised", "intelligence-report", "not-approved", approve, error))
        return FALSE;
    }

  return TRUE;
}

/* Accounts that wait for keys which this account holds and may hand on. */
static void
add_grants (ProbityDayRun *run)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  ProbityCasebook *casebook = probity_session_get_casebook (run->session);

  if (!probity_access_may (run->session, PROBITY_OPERATION_GRANT))
    return;

  keyring = probity_session_dup_keyring (run->session);
  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      gboolean              waits = FALSE;

      for (guint c = 0; c < PROBITY_N_COMPARTMENTS && !account->disabled; c++)
        waits = waits || (probity_roles_open (account->roles, c) && (account->holds & (1u << c)) == 0 && probity_casebook_has (casebook, c));

      if (waits)
        probity_day_run_add (run, "grant", "account", account->uid, NULL, account->name, NULL, "keys-missing");
    }
}

static int
rank_group (const char *group)
{
  static const char *const groups[] = { "overdue", "today", "waiting", "new", "sealed", "refused" };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_equal (groups[i], group))
      return (int) i;

  return G_N_ELEMENTS (groups);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const ProbityDayItem *item_a = a;
  const ProbityDayItem *item_b = b;
  int                   result = rank_group (item_a->group) - rank_group (item_b->group);

  /* Within a group what is due first; what has no day keeps its place behind. */
  if (result == 0 && (item_a->due == NULL) != (item_b->due == NULL))
    result = item_a->due == NULL ? 1 : -1;
  if (result == 0)
    result = g_strcmp0 (item_a->due, item_b->due);

  /* What happened is told newest first. */
  return result != 0 && g_str_equal (item_a->group, "refused") && g_str_equal (item_b->group, "refused") ? -result : result;
}

gboolean
probity_day_run_add_homes (ProbityDayRun           *run,
                           const ProbityRecordKind *kind,
                           ProbityDayAddFunc        add,
                           GError                 **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_casebook_list_homes (probity_session_get_casebook (run->session), kind->compartment, compartments);
  gboolean           ok = TRUE;

  for (guint i = 0; ok && i < n; i++)
    {
      probity_read_enter (run->read, compartments[i]);
      ok = add (run, error);
    }
  probity_read_enter (run->read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

static gboolean
collect_in_reader (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  ProbitySession  *session = data;
  const gboolean   reads_registers = probity_access_may (session, PROBITY_OPERATION_READ_REGISTERS);
  const gboolean   reads_intelligence = probity_access_may (session, PROBITY_OPERATION_READ_INTELLIGENCE);
  g_autofree char *today = probity_day_to_iso (probity_list_get_today (session));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  ProbityDayRun run = { session, read, items, today };

  if ((reads_registers && (!probity_day_run_add_homes (&run, &probity_second_job_kind, add_comments, error) || !probity_day_run_add_homes (&run, &probity_second_job_kind, add_returns, error) ||
                           !probity_day_run_add_homes (&run, &probity_second_job_kind, probity_my_day_add_second_jobs, error) || !add_checks (&run, error) || !probity_my_day_add_review_hits (&run, error))) ||
      (reads_intelligence && !add_reports (&run, error)) ||
      !probity_my_day_add_actions (&run, error) || !probity_day_run_add_homes (&run, &probity_conduct_kind, probity_my_day_add_conduct, error) ||
      !probity_day_run_add_homes (&run, &probity_leak_kind, probity_my_day_add_leaks, error) || !probity_my_day_add_sealed (&run, error))
    return FALSE;

  add_grants (&run);

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&items));

  return TRUE;
}

/* Attempts that were refused lately, for the anti-corruption unit: nobody else is told of them. */
static gboolean
await_refusals (ProbitySession *session,
                GPtrArray      *items,
                GError        **error)
{
  const ProbityDay today = probity_list_get_today (session);
  g_autofree char *today_text = probity_day_to_iso (today);
  g_autoptr (GPtrArray) refusals = NULL;
  ProbityDayRun run = { session, NULL, items, today_text };
  guint         n = 0;

  if ((probity_session_get_roles (session) & PROBITY_ROLE_ACU_OFFICER) == 0 || !probity_access_may (session, PROBITY_OPERATION_READ_INTELLIGENCE))
    return TRUE;

  refusals = dex_await_boxed (probity_access_load_refusals (session), error);
  if (refusals == NULL)
    return FALSE;

  for (guint i = 0; i < refusals->len && n < MAX_REFUSALS; i++)
    {
      const ProbityRefusal *refusal = g_ptr_array_index (refusals, i);
      ProbityDayItem       *item;

      if (refusal->seen)
        continue;
      /* A note that does not open or is not proved is told too: somebody tampered with it. */
      if (refusal->at != NULL && probity_instant_to_day (refusal->at) + REFUSAL_DAYS < today)
        continue;
      /* Nobody learns that others asked about their own relatives. */
      if (refusal->reference != NULL && probity_access_is_locked (session, refusal->reference))
        continue;

      item = probity_day_run_add (&run, "refused-attempt", NULL, NULL, refusal->reference, refusal->account, NULL, refusal->kind != NULL ? refusal->kind : "not-proved");
      g_free (item->group);
      item->uid = g_strdup_printf ("%" G_GINT64_FORMAT, refusal->seq);
      item->group = g_strdup ("refused");
      item->due = refusal->at != NULL ? probity_day_to_iso (probity_instant_to_day (refusal->at)) : NULL;
      n++;
    }

  return TRUE;
}

typedef struct
{
  ProbitySession *session;
  gboolean        behind;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *self = data;

  g_object_unref (self->session);
  g_free (self);
}

static DexFuture *
my_day_fiber (gpointer data)
{
  const Asked     *asked = data;
  ProbitySession  *session = asked->session;
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  g_autoptr (GPtrArray) items = NULL;
  GError *error = NULL;

  items = dex_await_boxed ((asked->behind ? probity_casebook_read_behind : probity_casebook_read) (casebook, collect_in_reader, g_object_ref (session), g_object_unref, NULL), &error);
  if (items == NULL || !probity_my_day_await_decisions (session, items, &error) || !probity_my_day_await_appeals (session, items, &error) || !probity_my_day_await_closings (session, items, &error) || !await_refusals (session, items, &error))
    return dex_future_new_for_error (error);

  g_ptr_array_sort_values (items, compare_items);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

static DexFuture *
collect (ProbitySession *session,
         gboolean        behind)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->session = g_object_ref (session);
  asked->behind = behind;

  return dex_scheduler_spawn (NULL, 0, my_day_fiber, asked, asked_free);
}

DexFuture *
probity_my_day (ProbitySession *session)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  return collect (session, FALSE);
}

DexFuture *
probity_my_day_behind (ProbitySession *session)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  return collect (session, TRUE);
}
