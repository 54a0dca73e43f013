/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include <json-glib/json-glib.h>

#include "probity-instant.h"

/* Looking at a list. */

#define MOST_ROWS 100000

static void
free_problem (gpointer data)
{
  ProbityImportProblem *problem = data;

  g_free (problem->column);
  g_free (problem->message);
  g_free (problem);
}

static GPtrArray *
read_problems (const char *text)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (free_problem);
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonArray *array = root != NULL && JSON_NODE_HOLDS_ARRAY (root) ? json_node_get_array (root) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode             *node = json_array_get_element (array, i);
      JsonArray            *parts = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      ProbityImportProblem *problem;

      if (parts == NULL || json_array_get_length (parts) != 3)
        continue;
      problem = g_new0 (ProbityImportProblem, 1);
      problem->line = (guint64) json_array_get_int_element (parts, 0);
      problem->column = g_strdup (json_array_get_string_element (parts, 1));
      problem->message = g_strdup (json_array_get_string_element (parts, 2));
      g_ptr_array_add (problems, problem);
    }

  return problems;
}

GPtrArray *
probity_exposure_read_logs (ProbityDb  *db,
                            const char *case_uid,
                            gint64      import_id,
                            GError    **error)
{
  g_autoptr (GPtrArray) logs = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_exposure_log_free);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (db, error, "SELECT uid, system, authority, necessity, file_name, sha256, time_zone, period_from, period_to, first_ms, last_ms, account, at, bytes, rows, rejected, ambiguous, clock_error, problems, steps"
                                           " FROM exposure_import WHERE case_uid = $case AND ($import = 0 OR id = $import) ORDER BY id",
                                "$case",
                                's',
                                case_uid,
                                "$import",
                                'i',
                                import_id,
                                NULL);
  if (statement == NULL)
    return NULL;

  while (TRUE)
    {
      ProbityExposureLog *log;
      gboolean            row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return probity_exposure_read_changes (db, case_uid, logs, error) ? g_steal_pointer (&logs) : NULL;

      log = g_new0 (ProbityExposureLog, 1);
      log->uid = probity_statement_dup_text (statement, 0);
      log->system = probity_statement_dup_text (statement, 1);
      log->authority = probity_statement_dup_text (statement, 2);
      log->necessity = probity_statement_dup_text (statement, 3);
      log->file_name = probity_statement_dup_text (statement, 4);
      log->sha256 = probity_statement_dup_text (statement, 5);
      log->time_zone = probity_statement_dup_text (statement, 6);
      log->period_from = probity_statement_dup_text (statement, 7);
      log->period_to = probity_statement_dup_text (statement, 8);
      log->first = probity_instant_from_ms (probity_statement_get_int64 (statement, 9));
      log->last = probity_instant_from_ms (probity_statement_get_int64 (statement, 10));
      log->by = probity_statement_dup_text (statement, 11);
      log->at = probity_statement_dup_text (statement, 12);
      log->bytes = probity_statement_get_int64 (statement, 13);
      log->rows = probity_statement_get_int64 (statement, 14);
      log->rejected = probity_statement_get_int64 (statement, 15);
      log->ambiguous = probity_statement_get_int64 (statement, 16);
      log->clock_error = (int) probity_statement_get_int64 (statement, 17);
      log->problems = read_problems (probity_statement_get_text (statement, 18));
      log->steps = probity_statement_get_int64 (statement, 19);
      log->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_exposure_change_free);
      g_ptr_array_add (logs, log);
    }
}

/* What a look needs besides its case. */
typedef struct
{
  GCancellable           *cancellable;
  char                   *person;
  char                   *log;
  gboolean                all;
  guint                   limit;
  ProbityExposureStepKind field;
  char                   *prefix;
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  g_clear_object (&self->cancellable);
  g_free (self->person);
  g_free (self->log);
  g_free (self->prefix);
  g_free (self);
}

static ProbityStep *
step_new (ProbitySession *session,
          const char     *reference,
          const char     *action,
          GCancellable   *cancellable)
{
  ProbityStep *step = probity_exposure_step_new (session, reference, action);
  Look        *look = g_new0 (Look, 1);

  g_set_object (&look->cancellable, cancellable);
  step->data = look;
  step->data_destroy = look_free;

  return step;
}

static void
name_accounts (ProbitySession      *session,
               ProbityExposureList *list)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);

  for (guint i = 0; i < list->logs->len; i++)
    {
      ProbityExposureLog *log = g_ptr_array_index (list->logs, i);

      probity_exposure_name_account (keyring, &log->by);
      for (guint j = 0; j < log->changes->len; j++)
        probity_exposure_name_account (keyring, &((ProbityExposureChange *) g_ptr_array_index (log->changes, j))->by);
    }
  for (guint i = 0; i < list->steps->len; i++)
    probity_exposure_name_account (keyring, &((ProbityExposureStep *) g_ptr_array_index (list->steps, i))->by);
}

static gboolean
load_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  ProbityStep *step = data;
  Look        *look = step->data;
  g_autoptr (ProbityExposureReckoning) reckoning = NULL;
  g_autoptr (ProbityExposureList) list = NULL;
  ProbityDb *db;

  if (!probity_exposure_find_case (step, NULL, read, &db, error))
    return FALSE;
  reckoning = probity_exposure_reckoning_new (db, step->session, step->uid, look->cancellable, error);
  if (reckoning == NULL || !probity_exposure_reckoning_run (reckoning, error))
    return FALSE;
  list = probity_exposure_reckoning_take_list (reckoning, error);
  if (list == NULL)
    return FALSE;
  name_accounts (step->session, list);

  g_value_init (result, PROBITY_TYPE_EXPOSURE_LIST);
  g_value_take_boxed (result, g_steal_pointer (&list));

  return TRUE;
}

/* Reads, then logs that it was looked at; shown only once that is committed. */
static DexFuture *
look_fiber (ProbityStep    *step,
            ProbityReadFunc func)
{
  g_autoptr (DexFuture) read = probity_step_read_for_page (g_atomic_rc_box_acquire (step), func);
  GError *error = NULL;

  if (!dex_await (dex_ref (read), &error) ||
      !dex_await (probity_audit_consult (step->session, PROBITY_EXPOSURE_KIND, step->uid, step->action), &error))
    return dex_future_new_for_error (error);

  return g_steal_pointer (&read);
}

static DexFuture *
load_fiber (gpointer data)
{
  return look_fiber (data, load_in_reader);
}

DexFuture *
probity_exposure_load (ProbitySession *session,
                       const char     *reference,
                       GCancellable   *cancellable)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  return dex_scheduler_spawn (NULL, 0, load_fiber, step_new (session, reference, "exposure list", cancellable), (GDestroyNotify) probity_step_unref);
}

DexFuture *
probity_exposure_load_after (ProbitySession *session,
                             const char     *reference)
{
  return probity_step_read_for_page (step_new (session, reference, "exposure list", NULL), load_in_reader);
}

/* Rows ------------------------------------------------------------------------------------------- */

static gboolean
find_person (ProbityExposureReckoning *reckoning,
             const char               *uid,
             guint                    *ret_index)
{
  for (guint i = 0; i < reckoning->members->len; i++)
    {
      const ProbityExposureMember *member = &g_array_index (reckoning->members, ProbityExposureMember, i);

      if (!member->hidden && (strcmp (member->person->uid, uid) == 0 || g_strcmp0 (member->person->staff_number, uid) == 0))
        {
          *ret_index = i;
          return TRUE;
        }
    }

  return FALSE;
}

static int
compare_log_rows (gconstpointer a,
                  gconstpointer b)
{
  const ProbityExposureRow *one = *(ProbityExposureRow *const *) a;
  const ProbityExposureRow *other = *(ProbityExposureRow *const *) b;

  return strcmp (one->at, other->at);
}

static gboolean
collect_rows (ProbityExposureReckoning *reckoning,
              const Look               *look,
              guint                     person,
              GPtrArray                *rows,
              GError                  **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (reckoning->db, error, "SELECT i.id, i.clock_error, i.fields, i.system, i.file_name, NOT EXISTS (SELECT 1 FROM exposure_import_in AS j WHERE j.id = i.id) AS aside"
                                                      " FROM exposure_import AS i WHERE i.case_uid = $case AND ($all OR NOT aside) AND ($log IS NULL OR i.uid = $log) ORDER BY i.id",
                                "$case",
                                's',
                                reckoning->case_uid,
                                "$all",
                                't',
                                look->all,
                                "$log",
                                's',
                                look->log,
                                NULL);
  if (statement == NULL)
    return FALSE;

  for (guint n_logs = 0;; n_logs++)
    {
      g_autoptr (ProbityExposureScan) scan = NULL;
      const guint first = rows->len;
      gboolean    row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return n_logs > 0 || look->log == NULL || probity_access_set_not_found (error, look->log);
      scan = probity_exposure_scan_new (reckoning, probity_statement_get_int64 (statement, 0), probity_statement_get_int64 (statement, 1) * 1000, (guint) probity_statement_get_int64 (statement, 2), error);
      if (scan == NULL ||
          !probity_exposure_scan_collect (scan, person, look->all, probity_statement_get_text (statement, 3), probity_statement_get_text (statement, 4), rows->len + look->limit, rows, error))
        return FALSE;
      for (guint i = first; i < rows->len; i++)
        ((ProbityExposureRow *) g_ptr_array_index (rows, i))->set_aside = probity_statement_get_int64 (statement, 5) != 0;
    }
}

static gboolean
rows_in_reader (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  ProbityStep *step = data;
  Look        *look = step->data;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_exposure_row_free);
  g_autoptr (ProbityExposureReckoning) reckoning = NULL;
  ProbityDb *db;
  guint      person = PROBITY_EXPOSURE_EVERYBODY;

  if (!probity_exposure_find_case (step, NULL, read, &db, error))
    return FALSE;
  reckoning = probity_exposure_reckoning_new (db, step->session, step->uid, look->cancellable, error);
  if (reckoning == NULL)
    return FALSE;
  if (look->person != NULL && !find_person (reckoning, look->person, &person))
    return probity_access_set_not_found (error, look->person);
  if (!collect_rows (reckoning, look, person, rows, error))
    return FALSE;
  g_ptr_array_sort (rows, compare_log_rows);
  if (rows->len > look->limit)
    g_ptr_array_set_size (rows, (int) look->limit);

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&rows));

  return TRUE;
}

static DexFuture *
rows_fiber (gpointer data)
{
  return look_fiber (data, rows_in_reader);
}

DexFuture *
probity_exposure_load_rows (ProbitySession *session,
                            const char     *reference,
                            const char     *person,
                            gboolean        all,
                            guint           limit,
                            GCancellable   *cancellable)
{
  ProbityStep *step;
  Look        *look;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && person != NULL);

  step = step_new (session, reference, "exposure rows", cancellable);
  look = step->data;
  look->person = g_strdup (person);
  look->all = all;
  look->limit = MIN (limit, MOST_ROWS);

  return dex_scheduler_spawn (NULL, 0, rows_fiber, step, (GDestroyNotify) probity_step_unref);
}

DexFuture *
probity_exposure_load_log_rows (ProbitySession *session,
                                const char     *reference,
                                const char     *log,
                                guint           limit,
                                GCancellable   *cancellable)
{
  ProbityStep *step;
  Look        *look;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && log != NULL);

  step = step_new (session, reference, "exposure rows", cancellable);
  look = step->data;
  look->log = g_strdup (log);
  look->all = TRUE;
  look->limit = MIN (limit, MOST_ROWS);

  return dex_scheduler_spawn (NULL, 0, rows_fiber, step, (GDestroyNotify) probity_step_unref);
}

/* Words ------------------------------------------------------------------------------------------ */

typedef struct
{
  GHashTable *words;
  const char *prefix; /* folded */
} WordList;

static gboolean
take_word_cb (guint       code,
              const char *word,
              gpointer    data)
{
  WordList *list = data;

  if (*list->prefix != '\0')
    {
      g_autofree char *folded = g_utf8_casefold (word, -1);

      if (!g_str_has_prefix (folded, list->prefix))
        return TRUE;
    }
  if (!g_hash_table_contains (list->words, word))
    g_hash_table_add (list->words, g_strdup (word));

  return TRUE;
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  const char *one = *(const char *const *) a;
  const char *other = *(const char *const *) b;
  int         order = g_ascii_strcasecmp (one, other);

  return order != 0 ? order : strcmp (one, other);
}

static gboolean
words_in_reader (ProbityRead *read,
                 gpointer     data,
                 GValue      *result,
                 GError     **error)
{
  ProbityStep     *step = data;
  Look            *look = step->data;
  g_autofree char *prefix = g_utf8_casefold (look->prefix != NULL ? look->prefix : "", -1);
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GPtrArray) sorted = NULL;
  WordList   list = { words, prefix };
  ProbityDb *db;

  if (!probity_exposure_find_case (step, NULL, read, &db, error))
    return FALSE;
  statement = probity_db_query (db, error, "SELECT id FROM exposure_import_in WHERE case_uid = $case ORDER BY id", "$case", 's', step->uid, NULL);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      if (!probity_exposure_each_word (db, probity_statement_get_int64 (statement, 0), probity_exposure_step_kind_get_field (look->field), take_word_cb, &list, error))
        return FALSE;
    }

  sorted = g_hash_table_steal_all_keys (words);
  g_ptr_array_set_free_func (sorted, g_free);
  g_ptr_array_sort (sorted, compare_words);
  if (sorted->len > look->limit)
    g_ptr_array_set_size (sorted, (int) look->limit);
  g_ptr_array_add (sorted, NULL);
  g_value_init (result, G_TYPE_STRV);
  g_value_set_boxed (result, sorted->pdata);

  return TRUE;
}

static DexFuture *
words_fiber (gpointer data)
{
  return look_fiber (data, words_in_reader);
}

DexFuture *
probity_exposure_load_words (ProbitySession         *session,
                             const char             *reference,
                             ProbityExposureStepKind field,
                             const char             *prefix,
                             guint                   limit,
                             GCancellable           *cancellable)
{
  ProbityStep *step;
  Look        *look;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && probity_exposure_step_kind_get_field (field) < PROBITY_LOG_N_FIELDS);

  step = step_new (session, reference, "exposure words", cancellable);
  look = step->data;
  look->field = field;
  look->prefix = g_strdup (prefix);
  look->limit = limit;

  return dex_scheduler_spawn (NULL, 0, words_fiber, step, (GDestroyNotify) probity_step_unref);
}

/* Systems ---------------------------------------------------------------------------------------- */

static gboolean
systems_in_reader (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  g_autoptr (ProbityStatement) statement = db != NULL ? probity_db_query (db, error, "SELECT name FROM exposure_system ORDER BY name", NULL) : NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_strv_builder_add (names, probity_statement_get_text (statement, 0));
    }
  g_value_init (result, G_TYPE_STRV);
  g_value_take_boxed (result, g_strv_builder_end (names));

  return TRUE;
}

DexFuture *
probity_exposure_load_systems (ProbitySession *session)
{
  GError *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  if (!probity_access_check (session, PROBITY_OPERATION_EXPOSURE, &error))
    return dex_future_new_for_error (error);

  return probity_casebook_read (probity_session_get_casebook (session), systems_in_reader, NULL, NULL, NULL);
}
