/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "probity-check-private.h"

/* The rows of a check: runs, hits, and the verdicts that are remembered. */

static const char *const run_columns[] = {
  "id",
  "uid",
  "version",
  "case_uid",
  "reference",
  "staff_number",
  "kind",
  "started",
  "started_by",
  "searched_at",
  "material_digest",
  "subject_digest",
  "records_digest",
  "coverage",
  "published",
  "account",
  "person",
  "result",
  "searches_digest",
  "assessments_digest",
};

gboolean
probity_check_find (ProbityDb          *db,
                    ProbityCheckTarget *target,
                    ProbityCheckKind    kind,
                    gboolean            open,
                    gboolean            published,
                    ProbityRow        **ret_run,
                    GError            **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT signature, clearance_signature");
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (ProbityRow) run = NULL;
  gboolean row;

  *ret_run = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (run_columns); i++)
    g_string_append_printf (sql, ", %s", run_columns[i]);
  /* By the row's own order: two checks published within one millisecond have an order too. */
  g_string_append (sql,
                   " FROM check_run WHERE case_uid = $uid AND kind = $kind AND staff_number = $subject"
                   " AND (($open AND published IS NULL) OR ($published AND published IS NOT NULL)) ORDER BY id DESC LIMIT 1");
  statement = probity_db_query (db, error, sql->str, "$uid", 's', probity_check_target_get_uid (target), "$subject", 's', target->subject, "$kind", 's', probity_check_kind_to_string (kind), "$open", 't', open, "$published", 't', published, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  run = probity_row_new ();
  {
    g_autoptr (GBytes) signature = probity_statement_dup_bytes (statement, 0);
    g_autoptr (GBytes) clearance = probity_statement_dup_bytes (statement, 1);

    probity_row_set_bytes (run, "signature", signature);
    probity_row_set_bytes (run, "clearance_signature", clearance);
  }
  for (guint i = 0; i < G_N_ELEMENTS (run_columns); i++)
    probity_row_set (run, run_columns[i], probity_statement_get_text (statement, 2 + (int) i));
  *ret_run = g_steal_pointer (&run);

  return TRUE;
}

static void
free_hit_row (gpointer data)
{
  ProbityCheckHitRow *self = data;

  g_free (self->uid);
  g_free (self->hit);
  g_free (self->target_kind);
  g_free (self->target_uid);
  g_free (self->target_reference);
  g_free (self->target_digest);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->why);
  g_free (self->assessment_uid);
  g_clear_pointer (&self->assessment, probity_row_free);
  g_free (self);
}

GPtrArray *
probity_check_load_hits (ProbityDb *db,
                         gint64     id,
                         GError   **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_hit_row);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (db, error, "SELECT uid, hit, target_kind, target_uid, target_reference, target_digest, title, subject, score, why,"
                                           " assessment_uid FROM check_hit WHERE check_run_id = $id AND found = 1 ORDER BY hit",
                                "$id",
                                'i',
                                id,
                                NULL);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      ProbityCheckHitRow *hit;
      gboolean            row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      hit = g_new0 (ProbityCheckHitRow, 1);
      g_ptr_array_add (rows, hit);
      hit->uid = probity_statement_dup_text (statement, 0);
      hit->hit = probity_statement_dup_text (statement, 1);
      hit->target_kind = probity_statement_dup_text (statement, 2);
      hit->target_uid = probity_statement_dup_text (statement, 3);
      hit->target_reference = probity_statement_dup_text (statement, 4);
      hit->target_digest = probity_statement_dup_text (statement, 5);
      hit->title = probity_statement_dup_text (statement, 6);
      hit->subject = probity_statement_dup_text (statement, 7);
      hit->score = probity_statement_get_double (statement, 8);
      hit->why = probity_statement_dup_text (statement, 9);
      hit->assessment_uid = probity_statement_dup_text (statement, 10);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      ProbityCheckHitRow *hit = g_ptr_array_index (rows, i);
      g_autoptr (GPtrArray) found = NULL;

      if (hit->assessment_uid == NULL)
        continue;
      found = probity_signed_load (&probity_signed_assessment, db, "uid = $key", hit->assessment_uid, error);
      if (found == NULL)
        return NULL;
      if (found->len > 0)
        hit->assessment = g_ptr_array_steal_index (found, 0);
    }

  return g_steal_pointer (&rows);
}

char *
probity_check_dup_records_digest (GPtrArray *hits)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/records/1");

  for (guint i = 0; i < hits->len; i++)
    {
      ProbityCheckHitRow *hit = g_ptr_array_index (hits, i);

      probity_canonical_add_text (canonical, "kind", hit->target_kind);
      probity_canonical_add_text (canonical, "uid", hit->target_uid);
      probity_canonical_add_text (canonical, "digest", hit->target_digest);
    }

  return probity_canonical_dup_digest (canonical);
}

char *
probity_check_dup_assessments_digest (GPtrArray *hits)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/assessments/1");

  for (guint i = 0; i < hits->len; i++)
    {
      ProbityCheckHitRow *hit = g_ptr_array_index (hits, i);

      probity_canonical_add_text (canonical, "hit", hit->hit);
      probity_canonical_add_text (canonical, "assessment", hit->assessment_uid);
      probity_canonical_add_text (canonical, "verdict", hit->assessment != NULL ? probity_row_get (hit->assessment, "verdict") : NULL);
    }

  return probity_canonical_dup_digest (canonical);
}

char *
probity_check_dup_searches_digest (ProbityDb *db,
                                   gint64     id,
                                   GError   **error)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/searches/1");
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (db, error, "SELECT system, result, at FROM check_search WHERE check_run_id = $id ORDER BY system", "$id", 'i', id, NULL);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      probity_canonical_add_text (canonical, "system", probity_statement_get_text (statement, 0));
      probity_canonical_add_text (canonical, "result", probity_statement_get_text (statement, 1));
      probity_canonical_add_text (canonical, "at", probity_statement_get_text (statement, 2));
    }

  return probity_canonical_dup_digest (canonical);
}

/*
 * The verdict that still holds for this pair of records. That it is another person holds for every
 * case of the applicant; whether a record matters depends on the second job too, so that verdict holds for
 * the same case as long as it has not materially changed.
 */
static gboolean
recall_verdict (ProbityDb          *db,
                ProbityKeyring     *keyring,
                ProbityCheckTarget *target,
                const char         *subject_digest,
                const char         *target_uid,
                const char         *target_digest,
                ProbityRoles        roles,
                char              **ret_assessment_uid,
                GError            **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (db, error, "SELECT uid, case_uid FROM check_assessment"
                                           " WHERE staff_number = $staff_number AND target_uid = $target_uid"
                                           " AND target_digest = $target_digest AND subject_digest = $subject_digest"
                                           " AND (verdict = 'not-the-same-person' OR (case_uid = $uid AND material_digest = $material_digest))"
                                           " ORDER BY id DESC LIMIT 1",
                                "$staff_number",
                                's',
                                target->subject,
                                "$target_uid",
                                's',
                                target_uid,
                                "$target_digest",
                                's',
                                target_digest,
                                "$subject_digest",
                                's',
                                subject_digest,
                                "$uid",
                                's',
                                probity_check_target_get_uid (target),
                                "$material_digest",
                                's',
                                target->material_digest,
                                NULL);
  gboolean row;

  *ret_assessment_uid = NULL;
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  /* A verdict that nobody stands for is none. */
  rows = probity_signed_load (&probity_signed_assessment, db, "uid = $key", probity_statement_get_text (statement, 0), error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 1)
    {
      ProbityRow *assessment = g_ptr_array_index (rows, 0);

      if (probity_signed_prove (&probity_signed_assessment, keyring, probity_statement_get_text (statement, 1), assessment) &&
          (probity_keyring_get_roles_at (keyring, probity_row_get (assessment, "account"), probity_row_get (assessment, "at")) & roles) != 0)
        *ret_assessment_uid = g_strdup (probity_row_get (assessment, "uid"));
    }

  return TRUE;
}

static gboolean
store_hit (ProbityWrite      *write,
           ProbityDb         *db,
           ProbityRow        *run,
           ProbitySubjectHit *found,
           const char        *hit,
           const char        *target_digest,
           const char        *assessment_uid,
           GError           **error)
{
  g_autofree char *uid = NULL;

  if (!probity_db_run (db, error, "UPDATE check_hit SET found = 1, version = version + 1, target_reference = $target_reference,"
                                  " target_digest = $target_digest, title = $title, subject = $subject, score = $score, why = $why,"
                                  " assessment_uid = $assessment_uid WHERE check_run_id = $run AND hit = $hit",
                       "$run",
                       'i',
                       probity_row_get_int (run, "id"),
                       "$hit",
                       's',
                       hit,
                       "$target_reference",
                       's',
                       found->reference,
                       "$target_digest",
                       's',
                       target_digest,
                       "$title",
                       's',
                       found->title,
                       "$subject",
                       's',
                       found->subject,
                       "$score",
                       'd',
                       found->score,
                       "$why",
                       's',
                       found->why,
                       "$assessment_uid",
                       's',
                       assessment_uid,
                       NULL))
    return FALSE;
  if (probity_db_get_changes (db) > 0)
    return TRUE;

  uid = probity_write_new_uid (write);

  return probity_db_run (db, error, "INSERT INTO check_hit (uid, check_run_id, hit, target_kind, target_uid, target_reference, target_digest,"
                                    " title, subject, score, why, assessment_uid) VALUES ($uid, $run, $hit, $target_kind, $target_uid,"
                                    " $target_reference, $target_digest, $title, $subject, $score, $why, $assessment_uid)",
                         "$uid",
                         's',
                         uid,
                         "$run",
                         'i',
                         probity_row_get_int (run, "id"),
                         "$hit",
                         's',
                         hit,
                         "$target_kind",
                         's',
                         found->kind,
                         "$target_uid",
                         's',
                         found->uid,
                         "$target_reference",
                         's',
                         found->reference,
                         "$target_digest",
                         's',
                         target_digest,
                         "$title",
                         's',
                         found->title,
                         "$subject",
                         's',
                         found->subject,
                         "$score",
                         'd',
                         found->score,
                         "$why",
                         's',
                         found->why,
                         "$assessment_uid",
                         's',
                         assessment_uid,
                         NULL);
}

static char *
dup_coverage (ProbityCheckSubject *subject,
              ProbityCheckKind     kind,
              GPtrArray           *found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "searched");
  json_builder_add_string_value (builder, kind == PROBITY_CHECK_COMPLAINTS ? "complaints" : "intelligence reports, sanitised text");
  json_builder_set_member_name (builder, "staff_number");
  json_builder_add_string_value (builder, subject->search.person.staff_number);
  json_builder_set_member_name (builder, "employer");
  json_builder_add_string_value (builder, subject->employer);
  json_builder_set_member_name (builder, "related");
  json_builder_add_int_value (builder, subject->search.n_related);
  json_builder_set_member_name (builder, "hits");
  json_builder_add_int_value (builder, found->len);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static gboolean
write_run (ProbityWrite        *write,
           ProbityDb           *db,
           ProbityCheckTarget  *target,
           ProbityRow          *run,
           ProbityCheckSubject *subject,
           const char          *coverage,
           guint               *ret_n_unassessed,
           GError             **error)
{
  g_autoptr (GPtrArray) hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error);
  g_autofree char *records = NULL;

  if (hits == NULL)
    return FALSE;

  *ret_n_unassessed = 0;
  for (guint i = 0; i < hits->len; i++)
    if (((ProbityCheckHitRow *) g_ptr_array_index (hits, i))->assessment == NULL)
      (*ret_n_unassessed)++;

  records = probity_check_dup_records_digest (hits);
  probity_row_set (run, "searched_at", probity_write_get_now (write));
  probity_row_set (run, "material_digest", target->material_digest);
  probity_row_set (run, "subject_digest", subject->digest);
  probity_row_set (run, "records_digest", records);
  probity_row_set (run, "coverage", coverage);

  return probity_db_run (db, error, "UPDATE check_run SET searched_at = $now, material_digest = $material_digest, subject_digest = $subject_digest,"
                                    " records_digest = $records_digest, coverage = $coverage, version = version + 1 WHERE id = $id",
                         "$id",
                         'i',
                         probity_row_get_int (run, "id"),
                         "$now",
                         's',
                         probity_write_get_now (write),
                         "$material_digest",
                         's',
                         target->material_digest,
                         "$subject_digest",
                         's',
                         subject->digest,
                         "$records_digest",
                         's',
                         records,
                         "$coverage",
                         's',
                         coverage,
                         NULL);
}

gboolean
probity_check_refresh (ProbityWrite       *write,
                       ProbitySession     *session,
                       ProbityDb          *staff,
                       ProbityDb          *db,
                       ProbityCheckTarget *target,
                       ProbityCheckKind    kind,
                       ProbityRow         *run,
                       guint              *ret_n_unassessed,
                       GError            **error)
{
  g_autoptr (ProbityCheckSubject) subject = probity_check_subject_new (staff, target, error);
  ProbityDb *searched = probity_write_get_open_db (write, probity_check_kind_get_compartment (kind), error);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *coverage = NULL;

  if (subject == NULL || searched == NULL || (found = probity_check_search (session, searched, subject, error)) == NULL ||
      !probity_db_run (db, error, "UPDATE check_hit SET found = 0, version = version + 1 WHERE check_run_id = $run AND found = 1", "$run", 'i', probity_row_get_int (run, "id"), NULL))
    return FALSE;

  for (guint i = 0; i < found->len; i++)
    {
      ProbitySubjectHit *record = g_ptr_array_index (found, i);
      g_autofree char   *hit = probity_check_dup_hit_id (target, kind, record->uid);
      g_autofree char   *digest = probity_check_dup_target_digest (record);
      g_autofree char   *assessment = NULL;

      if (!recall_verdict (db, keyring, target, subject->digest, record->uid, digest, probity_check_target_get_roles (target, kind), &assessment, error) ||
          !store_hit (write, db, run, record, hit, digest, assessment, error))
        return FALSE;
    }

  coverage = dup_coverage (subject, kind, found);

  return write_run (write, db, target, run, subject, coverage, ret_n_unassessed, error);
}
