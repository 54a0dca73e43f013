/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-gate-private.h"

/*
 * A complaint or report that touches the holder of a second job later, or an applicant whose check
 * is made already. What it raises stays in the record's own compartment.
 */

/* Of a sealed case those of both checks stand in one table. */
static gboolean
is_of_check (const char      *target_kind,
             ProbityCheckKind kind)
{
  const ProbityRecordKind *target = target_kind != NULL ? probity_record_kind_find (target_kind) : NULL;

  return target == NULL || target->compartment == probity_check_kind_get_compartment (kind);
}

GPtrArray *
probity_check_load_rechecks (ProbityDb       *db,
                             const char      *case_uid,
                             ProbityCheckKind kind,
                             GError         **error)
{
  static const char *const columns[] = {
    "id",
    "uid",
    "case_uid",
    "reference",
    "staff_number",
    "target_kind",
    "target_uid",
    "target_reference",
    "why",
    "raised",
    "raised_by",
  };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);
  g_autoptr (GString) sql = g_string_new ("SELECT ");
  g_autoptr (ProbityStatement) statement = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "", columns[i]);
  g_string_append (sql, " FROM recheck WHERE case_uid = $uid AND closed IS NULL ORDER BY id");
  statement = probity_db_query (db, error, sql->str, "$uid", 's', case_uid, NULL);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      ProbityRow *recheck;
      gboolean    row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&rows);
      if (!is_of_check (probity_statement_get_text (statement, 5), kind))
        continue;
      recheck = probity_row_new ();
      g_ptr_array_add (rows, recheck);
      for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
        probity_row_set (recheck, columns[i], probity_statement_get_text (statement, (int) i));
    }
}

gboolean
probity_check_close_recheck (ProbityWrite   *write,
                             ProbitySession *session,
                             ProbityDb      *db,
                             ProbityRow     *recheck,
                             const char     *verdict,
                             const char     *reason,
                             GError        **error)
{
  probity_row_set (recheck, "closed", probity_write_get_now (write));
  probity_row_set (recheck, "closed_by", probity_session_get_account_uid (session));
  probity_row_set (recheck, "person", probity_session_get_person (session));
  probity_row_set (recheck, "verdict", verdict);
  probity_row_set (recheck, "reason", reason);

  return probity_signed_sign (&probity_signed_recheck, session, probity_row_get (recheck, "case_uid"), recheck, error) &&
         probity_db_run (db, error, "UPDATE recheck SET closed = $closed, closed_by = $closed_by, person = $person, verdict = $verdict,"
                                    " reason = $reason, signature = $signature, version = version + 1 WHERE id = $id",
                         "$id",
                         'i',
                         probity_row_get_int (recheck, "id"),
                         "$closed",
                         's',
                         probity_row_get (recheck, "closed"),
                         "$closed_by",
                         's',
                         probity_row_get (recheck, "closed_by"),
                         "$person",
                         's',
                         probity_row_get (recheck, "person"),
                         "$verdict",
                         's',
                         verdict,
                         "$reason",
                         's',
                         reason,
                         "$signature",
                         'b',
                         probity_row_get_bytes (recheck, "signature"),
                         NULL) &&
         probity_audit_add (write, session, probity_db_get_compartment (db), PROBITY_VERB_ALTERATION, "second-job", probity_row_get (recheck, "case_uid"), "recheck", NULL, verdict, error);
}

gboolean
probity_check_raise_recheck (ProbityWrite   *write,
                             ProbitySession *session,
                             ProbityDb      *db,
                             ProbityRecord  *job,
                             const char     *target_kind,
                             const char     *target_uid,
                             const char     *target_reference,
                             const char     *why,
                             GError        **error)
{
  g_autoptr (ProbityStatement) known = NULL;
  g_autofree char *uid = NULL;
  gboolean         row;

  known = probity_db_query (db, error, "SELECT 1 FROM recheck WHERE case_uid = $job AND target_uid = $target AND closed IS NULL", "$job", 's', probity_record_get_uid (job), "$target", 's', target_uid, NULL);
  if (known == NULL || !probity_statement_step (known, &row, error))
    return FALSE;
  if (row)
    return TRUE;

  uid = probity_write_new_uid (write);

  return probity_db_run (db, error, "INSERT INTO recheck (uid, case_uid, reference, staff_number, target_kind, target_uid, target_reference,"
                                    " why, raised, raised_by) VALUES ($uid, $job, $reference, $staff_number, $target_kind, $target_uid,"
                                    " $target_reference, $why, $raised, $raised_by)",
                         "$uid",
                         's',
                         uid,
                         "$job",
                         's',
                         probity_record_get_uid (job),
                         "$reference",
                         's',
                         probity_record_get_reference (job),
                         "$staff_number",
                         's',
                         probity_record_get (job, "staff_number"),
                         "$target_kind",
                         's',
                         target_kind,
                         "$target_uid",
                         's',
                         target_uid,
                         "$target_reference",
                         's',
                         target_reference,
                         "$why",
                         's',
                         why,
                         "$raised",
                         's',
                         probity_write_get_now (write),
                         "$raised_by",
                         's',
                         probity_session_get_account_uid (session),
                         NULL) &&
         probity_audit_add (write, session, probity_db_get_compartment (db), PROBITY_VERB_COMBINATION, "second-job", probity_record_get_uid (job), "recheck", NULL, target_reference, error);
}

static GArray *
take_ids (ProbityStatement *statement,
          GError          **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (statement == NULL)
    return NULL;
  for (;;)
    {
      gboolean row;
      gint64   id;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&ids);
      id = probity_statement_get_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
}

/* Second jobs that are held: decided, and neither refused nor over. */
static GArray *
load_held_jobs (ProbityDb  *registers,
                const char *staff_number,
                GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (registers, error, "SELECT id FROM second_job WHERE staff_number = $staff_number AND outcome IS NOT NULL"
                                                  " AND stage NOT IN ('refused', 'withdrawn', 'ceased', 'lapsed') ORDER BY id",
                                "$staff_number",
                                's',
                                staff_number,
                                NULL);

  return take_ids (statement, error);
}

static gboolean
touch_holder (ProbityWrite   *write,
              ProbitySession *session,
              ProbityDb      *registers,
              ProbityDb      *db,
              ProbityRecord  *record,
              const char     *staff_number,
              const char     *why,
              GError        **error)
{
  g_autoptr (GArray) ids = load_held_jobs (registers, staff_number, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (ProbityRecord) job = NULL;

      if (!probity_record_read_id (registers, &probity_second_job_kind, NULL, g_array_index (ids, gint64, i), &job, error) ||
          !probity_check_raise_recheck (write, session, db, job, probity_record_kind_get_name (probity_record_get_kind (record)), probity_record_get_uid (record), probity_record_get_reference (record), why, error))
        return FALSE;
    }

  return TRUE;
}

/* An open case with a published check: what the gate finds new among @uids is raised, and a view that was given holds no more. */
static gboolean
touch_applicant (ProbityWrite   *write,
                 ProbitySession *session,
                 ProbityDb      *registers,
                 ProbityDb      *db,
                 ProbityRecord  *job,
                 ProbityRow     *run,
                 GHashTable     *uids,
                 GError        **error)
{
  g_autoptr (ProbityCheckTarget) target = probity_check_target_new_for_job (job);
  ProbityDb *staff = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityCheckSubject) subject = staff != NULL ? probity_check_subject_new (staff, target, error) : NULL;
  g_autoptr (GPtrArray) hits = subject != NULL ? probity_check_load_hits (db, probity_row_get_int (run, "id"), error) : NULL;
  g_autoptr (GPtrArray) unseen = hits != NULL ? probity_gate_find_unseen (session, db, subject, hits, error) : NULL;
  gboolean touched = FALSE;

  if (unseen == NULL)
    return FALSE;
  for (guint i = 0; i < unseen->len; i++)
    {
      ProbitySubjectHit *hit = g_ptr_array_index (unseen, i);

      if (!g_hash_table_contains (uids, hit->uid))
        continue;
      touched = TRUE;
      if (!probity_check_raise_recheck (write, session, db, job, hit->kind, hit->uid, hit->reference, hit->why, error))
        return FALSE;
    }

  return !touched || probity_gate_void_views (write, session, registers, job, error);
}

gboolean
probity_check_records_changed (ProbityWrite      *write,
                               ProbitySession    *session,
                               ProbityCompartment compartment,
                               GHashTable        *uids,
                               GError           **error)
{
  const ProbityCheckKind kind = compartment == PROBITY_COMPARTMENT_STANDARDS ? PROBITY_CHECK_COMPLAINTS : PROBITY_CHECK_INTELLIGENCE;
  ProbityDb             *registers, *db;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GArray) ids = NULL;

  if (compartment != PROBITY_COMPARTMENT_STANDARDS && compartment != PROBITY_COMPARTMENT_INTELLIGENCE)
    return TRUE;
  db = probity_write_get_db (write, compartment, error);
  registers = db != NULL ? probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error) : NULL;
  if (registers == NULL)
    return FALSE;

  statement = probity_db_query (registers, error, "SELECT id FROM second_job WHERE outcome IS NULL OR appeal = 'open' ORDER BY id", NULL);
  ids = take_ids (statement, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (ProbityRecord) job = NULL;
      g_autoptr (ProbityCheckTarget) target = NULL;
      g_autoptr (ProbityRow) run = NULL;

      if (!probity_record_read_id (registers, &probity_second_job_kind, NULL, g_array_index (ids, gint64, i), &job, error))
        return FALSE;
      target = probity_check_target_new_for_job (job);
      if (!probity_check_find (db, target, kind, FALSE, TRUE, &run, error))
        return FALSE;
      /* Without a published check it comes upon the record when it is checked. */
      if (run != NULL && !touch_applicant (write, session, registers, db, job, run, uids, error))
        return FALSE;
    }

  return probity_check_touch_sealed (write, session, kind, uids, error);
}

gboolean
probity_check_subjects_changed (ProbityWrite   *write,
                                ProbitySession *session,
                                ProbityRecord  *record,
                                GPtrArray      *subjects,
                                GError        **error)
{
  const ProbityCompartment compartment = probity_record_kind_get_compartment (probity_record_get_kind (record));
  ProbityDb               *registers, *db;

  if (compartment != PROBITY_COMPARTMENT_STANDARDS && compartment != PROBITY_COMPARTMENT_INTELLIGENCE)
    return TRUE;
  db = probity_write_get_db (write, compartment, error);
  registers = db != NULL ? probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error) : NULL;
  if (registers == NULL)
    return FALSE;

  for (guint i = 0; i < subjects->len; i++)
    {
      const ProbitySubject *subject = g_ptr_array_index (subjects, i);
      g_autoptr (GPtrArray) people = NULL;

      if (subject->staff_number != NULL && *subject->staff_number != '\0' &&
          !touch_holder (write, session, registers, db, record, subject->staff_number, "staff number", error))
        return FALSE;
      if (subject->name == NULL || *subject->name == '\0')
        continue;
      people = probity_gate_find_holders (registers, subject, error);
      if (people == NULL)
        return FALSE;
      for (guint j = 0; j < people->len; j++)
        if (!touch_holder (write, session, registers, db, record, g_ptr_array_index (people, j), "name", error))
          return FALSE;
    }

  return TRUE;
}
