/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-list-checks-private.h"
#include "probity-list-sealed.h"
#include "probity-profile.h"

/*
 * Checks that wait for this reader: open cases whose newest published check of a kind is missing,
 * too old or of another application than the one that stands, and re-checks that are open. The
 * cases are in compartments of theirs, the checks in others, so no one query gives the list; open cases
 * are few. Second jobs are found here, investigations in probity-list-checks-cases.c.
 */

static const ProbityListColumn columns[PROBITY_CHECKS_N_CELLS] = {
  { "reference", PROBITY_FIELD_TEXT, TRUE },
  { "kind", PROBITY_FIELD_TEXT, TRUE },
  { "received", PROBITY_FIELD_DAY, TRUE },
  { "staff_number", PROBITY_FIELD_STAFF, TRUE },
  { "applicant_name", PROBITY_FIELD_TEXT, TRUE },
  { "employer", PROBITY_FIELD_TEXT, TRUE },
  { "category", PROBITY_FIELD_CHOICE, TRUE },
  { "needed_by", PROBITY_FIELD_DAY, TRUE },
  { "check", PROBITY_FIELD_TEXT, TRUE },
  { "state", PROBITY_FIELD_TEXT, TRUE },
  { "badges", PROBITY_FIELD_TEXT, FALSE },
};

static const char *const filters[] = { "check", "state", "kind", "category", NULL };

void
probity_checks_waiting_free (gpointer data)
{
  ProbityChecksWaiting *self = data;

  if (self->cells != NULL)
    for (guint i = 0; i < PROBITY_CHECKS_N_CELLS; i++)
      g_free (self->cells[i]);
  g_free (self->cells);
  g_free (self->uid);
  g_free (self->material_digest);
  g_free (self->asked);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->states);
  g_free (self);
}

ProbityChecksWaiting *
probity_checks_waiting_new (gint64      id,
                            const char *uid,
                            const char *kind)
{
  ProbityChecksWaiting *self = g_new0 (ProbityChecksWaiting, 1);

  self->id = id;
  self->uid = g_strdup (uid);
  self->kinds = g_ptr_array_new ();
  self->states = g_ptr_array_new ();
  self->cells = g_new0 (char *, PROBITY_CHECKS_N_CELLS + 1);
  self->cells[PROBITY_CHECKS_CELL_KIND] = g_strdup (kind);

  return self;
}

static void
add_badge (ProbityChecksWaiting *self,
           const char           *badge)
{
  char      **cell = &self->cells[PROBITY_CHECKS_CELL_BADGES];
  const char *old = *cell;
  char       *badges = old != NULL ? g_strjoin (",", old, badge, NULL) : g_strdup (badge);

  g_free (*cell);
  *cell = badges;
}

static ProbityChecksWaiting *
take_waiting (ProbityStatement *statement,
              ProbityDay        today)
{
  static const guint    cells[] = { PROBITY_CHECKS_CELL_REFERENCE, PROBITY_CHECKS_CELL_RECEIVED, PROBITY_CHECKS_CELL_STAFF_NUMBER, PROBITY_CHECKS_CELL_APPLICANT_NAME, PROBITY_CHECKS_CELL_EMPLOYER, PROBITY_CHECKS_CELL_CATEGORY, PROBITY_CHECKS_CELL_NEEDED_BY };
  ProbityChecksWaiting *self = probity_checks_waiting_new (probity_statement_get_int64 (statement, 0), probity_statement_get_text (statement, 1), probity_second_job_kind.name);
  const char           *needed_by;

  self->material_digest = probity_statement_dup_text (statement, 2);
  self->oldest = today - (ProbityDay) probity_statement_get_int64 (statement, 3);
  self->open = probity_statement_get_int64 (statement, 4) != 0;
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    self->cells[cells[i]] = probity_statement_dup_text (statement, 5 + (int) i);

  self->asked = self->open ? NULL : probity_statement_dup_text (statement, 5 + (int) G_N_ELEMENTS (cells));
  needed_by = self->cells[PROBITY_CHECKS_CELL_NEEDED_BY];
  if (self->open && needed_by != NULL && probity_day_from_iso (needed_by) < today)
    add_badge (self, "overdue");

  return self;
}

/* Cases that could need a check: open ones, and those named in @rechecks. Of the compartment that was entered; by uid. */
static GHashTable *
read_cases (ProbitySession *session,
            ProbityRead    *read,
            const char     *rechecks,
            GError        **error)
{
  const ProbityCompartment entered = probity_read_get_entered (read);
  g_autoptr (GHashTable) cases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, probity_checks_waiting_free);
  g_autofree char *scope = probity_record_kind_dup_scope (&probity_second_job_kind, session);
  g_autofree char *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  const ProbityDay today = probity_list_get_today (session);
  const char      *me = probity_session_get_staff_number (session);
  ProbityDb       *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  gboolean         row;

  if (db == NULL)
    return NULL;

  /* Who comments as the manager does not check. */
  sql = g_strdup_printf ("SELECT r.id, r.uid, r.material_digest, r.check_age_days,"
                         " (r.stage IN ('submitted', 'comments', 'with-professional-standards') OR r.appeal IS 'open'),"
                         " r.reference, r.received, r.staff_number,"
                         " (SELECT trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, '')) FROM person AS p WHERE p.staff_number = r.staff_number),"
                         " r.employer, r.category, r.needed_by,"
                         " (SELECT max (v.at) FROM condition_review AS v WHERE v.second_job_id = r.id AND v.result = 'not-complied' AND $again = 1)"
                         " FROM second_job AS r"
                         " WHERE (r.stage IN ('submitted', 'comments', 'with-professional-standards') OR r.appeal = 'open'"
                         " OR r.uid IN (SELECT value FROM json_each ($rechecks))"
                         " OR ($again = 1 AND r.stage = 'registered' AND r.id IN (SELECT v.second_job_id FROM condition_review AS v WHERE v.result = 'not-complied')))"
                         " AND r.manager_staff_number IS NOT $manager AND %s",
                         scope);
  statement = probity_db_query (db, error, sql, "$rechecks", 's', rechecks, "$again", 't', g_str_equal (probity_profile_get_compliance (probity_session_get_profile (session), "Not-Kept-Recheck"), "yes"), "$manager", 's', me != NULL ? me : "", NULL);
  if (statement == NULL || !probity_access_bind_scope (session, statement, error))
    return NULL;

  while (TRUE)
    {
      ProbityChecksWaiting *waiting;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      waiting = take_waiting (statement, today);
      waiting->id = probity_list_id_join (entered, waiting->id);
      if (entered != PROBITY_COMPARTMENT_JOURNAL)
        add_badge (waiting, "sealed");
      g_hash_table_replace (cases, waiting->uid, waiting);
    }

  return g_steal_pointer (&cases);
}

static gboolean
read_rechecks (ProbityDb *db,
               GString   *json,
               GError   **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT DISTINCT case_uid FROM recheck WHERE closed IS NULL", NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      g_string_append_printf (json, "%s\"%s\"", json->len > 1 ? "," : "", probity_statement_get_text (statement, 0));
    }
}

void
probity_checks_waiting_add (ProbityChecksWaiting *waiting,
                            const char           *kind,
                            const char           *state)
{
  g_ptr_array_add (waiting->kinds, (gpointer) kind);
  g_ptr_array_add (waiting->states, (gpointer) state);
}

/* What is to do of one kind for one open case; NULL: nothing. */
static gboolean
find_state (ProbityDb            *db,
            ProbityChecksWaiting *waiting,
            const char           *kind,
            const char          **ret_state,
            GError              **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;
  gboolean open;

  statement = probity_db_query (db, error, "SELECT published, material_digest,"
                                           " EXISTS (SELECT 1 FROM check_run AS o WHERE o.case_uid = $uid AND o.kind = $kind AND o.published IS NULL)"
                                           " FROM check_run WHERE case_uid = $uid AND kind = $kind"
                                           " ORDER BY published IS NULL, published DESC LIMIT 1",
                                "$uid",
                                's',
                                waiting->uid,
                                "$kind",
                                's',
                                kind,
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (!row)
    {
      *ret_state = "not-started";
      return TRUE;
    }

  open = probity_statement_get_int64 (statement, 2) != 0;
  if (probity_statement_is_null (statement, 0))
    *ret_state = "open";
  else if (g_strcmp0 (probity_statement_get_text (statement, 1), waiting->material_digest) != 0 ||
           probity_instant_to_day (probity_statement_get_text (statement, 0)) < waiting->oldest)
    *ret_state = open ? "open" : "stale";
  else
    *ret_state = NULL;

  return TRUE;
}

static gboolean
is_made_since (ProbityDb            *db,
               ProbityChecksWaiting *waiting,
               const char           *kind,
               gboolean             *ret_made,
               GError              **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT 1 FROM check_run WHERE case_uid = $uid AND kind = $kind AND published >= $asked LIMIT 1", "$uid", 's', waiting->uid, "$kind", 's', kind, "$asked", 's', waiting->asked, NULL);

  return statement != NULL && probity_statement_step (statement, ret_made, error);
}

static gboolean
add_compartment (ProbityRead       *read,
                 ProbityCompartment compartment,
                 const char        *kind,
                 GHashTable        *cases,
                 GError           **error)
{
  ProbityDb *db = probity_read_get_db (read, compartment, error);
  g_autoptr (ProbityStatement) statement = NULL;
  GHashTableIter iter;
  gpointer       value;
  gboolean       row;

  if (db == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ProbityChecksWaiting *waiting = value;
      const char           *state = NULL;

      if (waiting->asked != NULL)
        {
          gboolean made;

          if (!is_made_since (db, waiting, kind, &made, error))
            return FALSE;
          if (!made)
            probity_checks_waiting_add (waiting, "recheck", "open");
        }
      if (!waiting->open)
        continue;
      if (!find_state (db, waiting, kind, &state, error))
        return FALSE;
      if (state != NULL)
        probity_checks_waiting_add (waiting, kind, state);
    }

  statement = probity_db_query (db, error, "SELECT DISTINCT case_uid FROM recheck WHERE closed IS NULL", NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityChecksWaiting *waiting;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      waiting = g_hash_table_lookup (cases, probity_statement_get_text (statement, 0));
      if (waiting != NULL && !waiting->open)
        probity_checks_waiting_add (waiting, "recheck", "open");
    }
}

/* `complaints,intelligence` */
static char *
join_words (GPtrArray *words)
{
  g_autoptr (GPtrArray) once = g_ptr_array_new ();

  for (guint i = 0; i < words->len; i++)
    if (!g_ptr_array_find_with_equal_func (once, g_ptr_array_index (words, i), g_str_equal, NULL))
      g_ptr_array_add (once, g_ptr_array_index (words, i));
  g_ptr_array_sort_values (once, (GCompareFunc) strcmp);
  g_ptr_array_add (once, NULL);

  return g_strjoinv (",", (GStrv) once->pdata);
}

/* What a search looks at. */
static char *
join_cells (ProbityChecksWaiting *waiting)
{
  static const guint cells[] = { PROBITY_CHECKS_CELL_REFERENCE, PROBITY_CHECKS_CELL_STAFF_NUMBER, PROBITY_CHECKS_CELL_APPLICANT_NAME, PROBITY_CHECKS_CELL_EMPLOYER };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    if (waiting->cells[cells[i]] != NULL)
      g_string_append_printf (text, "%s ", waiting->cells[cells[i]]);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
matches (ProbityListQuery     *query,
         ProbityChecksWaiting *waiting)
{
  const char *check = probity_list_query_get_filter (query, "check");
  const char *state = probity_list_query_get_filter (query, "state");
  const char *kind = probity_list_query_get_filter (query, "kind");
  const char *category = probity_list_query_get_filter (query, "category");
  const char *search = probity_list_query_get_search (query);

  if ((check != NULL && !g_ptr_array_find_with_equal_func (waiting->kinds, check, g_str_equal, NULL)) ||
      (state != NULL && !g_ptr_array_find_with_equal_func (waiting->states, state, g_str_equal, NULL)) ||
      (kind != NULL && g_strcmp0 (kind, waiting->cells[PROBITY_CHECKS_CELL_KIND]) != 0) ||
      (category != NULL && g_strcmp0 (category, waiting->cells[PROBITY_CHECKS_CELL_CATEGORY]) != 0))
    return FALSE;

  if (search != NULL)
    {
      g_auto (GStrv) words = g_strsplit (search, " ", -1);
      g_autofree char *all = join_cells (waiting);
      g_autofree char *folded = probity_fold_text (all);

      for (guint i = 0; words[i] != NULL; i++)
        if (strstr (folded, words[i]) == NULL)
          return FALSE;
    }

  return TRUE;
}

typedef struct
{
  guint    column;
  gboolean descending;
} Order;

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const ProbityListRow *row_a = *(ProbityListRow *const *) a;
  const ProbityListRow *row_b = *(ProbityListRow *const *) b;
  const Order          *order = user_data;
  const char           *text_a = row_a->cells[order->column];
  const char           *text_b = row_b->cells[order->column];
  int                   result;

  /* What has no day to be needed by comes after what has. */
  if (order->column == PROBITY_CHECKS_CELL_NEEDED_BY && (text_a == NULL) != (text_b == NULL))
    return text_a == NULL ? 1 : -1;

  result = g_strcmp0 (text_a, text_b);
  if (result == 0)
    result = (row_a->id > row_b->id) - (row_a->id < row_b->id);

  return order->descending ? -result : result;
}

static void
unref_row (gpointer data)
{
  probity_list_row_unref (data);
}

static gboolean
move_waiting (gpointer key,
              gpointer value,
              gpointer user_data)
{
  g_hash_table_replace (user_data, key, value);

  return TRUE;
}

/* Of the compartment that was entered. */
static gboolean
add_second_jobs (ProbitySession *session,
                 ProbityRead    *read,
                 gboolean        complaints,
                 gboolean        intelligence,
                 GHashTable     *cases,
                 GError        **error)
{
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GString) rechecks = g_string_new ("[");

  if (complaints)
    {
      ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_STANDARDS, error);

      if (db == NULL || !read_rechecks (db, rechecks, error))
        return FALSE;
    }
  if (intelligence)
    {
      ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error);

      if (db == NULL || !read_rechecks (db, rechecks, error))
        return FALSE;
    }
  g_string_append_c (rechecks, ']');

  found = read_cases (session, read, rechecks->str, error);
  if (found == NULL ||
      (complaints && !add_compartment (read, PROBITY_COMPARTMENT_STANDARDS, "complaints", found, error)) ||
      (intelligence && !add_compartment (read, PROBITY_COMPARTMENT_INTELLIGENCE, "intelligence", found, error)))
    return FALSE;
  g_hash_table_foreach_steal (found, move_waiting, cases);

  return TRUE;
}

static GPtrArray *
collect (ProbitySession   *session,
         ProbityRead      *read,
         ProbityListQuery *query,
         gboolean          complaints,
         gboolean          intelligence,
         gboolean          undecided,
         GError          **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (unref_row);
  g_autoptr (GHashTable) cases = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, probity_checks_waiting_free);
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_casebook_list_homes (probity_session_get_casebook (session), probity_second_job_kind.compartment, compartments);
  GHashTableIter     iter;
  gpointer           value;
  Order              order;
  gboolean           ok = TRUE;

  for (guint i = 0; ok && i < n; i++)
    {
      probity_read_enter (read, compartments[i]);
      ok = add_second_jobs (session, read, complaints, intelligence, cases, error);
    }
  probity_read_enter (read, PROBITY_COMPARTMENT_JOURNAL);
  if (!ok || !probity_checks_add_investigations (session, read, cases, undecided, error))
    return NULL;

  g_hash_table_iter_init (&iter, cases);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ProbityChecksWaiting *waiting = value;

      if ((waiting->kinds->len == 0 && !(undecided && waiting->open)) || !matches (query, waiting))
        continue;

      waiting->cells[PROBITY_CHECKS_CELL_CHECK] = join_words (waiting->kinds);
      waiting->cells[PROBITY_CHECKS_CELL_STATE] = join_words (waiting->states);
      g_ptr_array_add (rows, probity_list_row_new (waiting->id, waiting->uid, PROBITY_CHECKS_N_CELLS, g_steal_pointer (&waiting->cells)));
    }

  order.column = probity_list_query_get_sort (query, &order.descending);
  g_ptr_array_sort_with_data (rows, compare_rows, &order);

  return g_steal_pointer (&rows);
}

static GPtrArray *
collect_checks (ProbitySession   *session,
                ProbityRead      *read,
                ProbityListQuery *query,
                GError          **error)
{
  return collect (session,
                  read,
                  query,
                  probity_access_may (session, PROBITY_OPERATION_CHECK_COMPLAINTS),
                  probity_access_may (session, PROBITY_OPERATION_CHECK_INTELLIGENCE),
                  FALSE,
                  error);
}

GPtrArray *
probity_checks_collect_pending (ProbitySession *session,
                                ProbityRead    *read,
                                GError        **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);
  g_autoptr (ProbityListQuery) query = probity_list_query_new (&probity_checks_list);

  return collect (session,
                  read,
                  query,
                  probity_casebook_has (casebook, PROBITY_COMPARTMENT_STANDARDS),
                  probity_casebook_has (casebook, PROBITY_COMPARTMENT_INTELLIGENCE),
                  TRUE,
                  error);
}

static const ProbityRecordKind *const others[] = { &probity_conduct_kind, &probity_leak_kind, NULL };
static const char *const              watched[] = { "check", "recheck", NULL };

const ProbityListKind probity_checks_list = {
  .name = "checks",
  .record_kind = &probity_second_job_kind,
  .columns = columns,
  .n_columns = G_N_ELEMENTS (columns),
  .filters = filters,
  .sort = "needed_by",
  .read = PROBITY_OPERATION_CHECK_COMPLAINTS,
  .others = others,
  .watched = watched,
  .collect = collect_checks,
};
