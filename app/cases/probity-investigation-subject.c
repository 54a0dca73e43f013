/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-day.h"
#include "probity-instant.h"
#include "probity-investigation-private.h"
#include "probity-parse.h"

/* Whom an investigation is about: added and eliminated with reasons, masked at its end. */

#define MAX_NAME 200
/* Years that the name of an eliminated person is kept for at most, counted from the closing. */
#define DISPOSAL_MONTHS 12

void
probity_case_subject_free (ProbityCaseSubject *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->staff_number);
  g_free (self->name);
  g_free (self->date_of_birth);
  g_free (self->reason);
  g_free (self->added);
  g_free (self->added_by);
  g_free (self->eliminated);
  g_free (self->eliminated_by);
  g_free (self->elimination_reason);
  g_free (self->masked);
  g_free (self->disposal_due);
  g_free (self);
}

static gboolean
check_field (const char *field,
             GError     *cause,
             GError    **error)
{
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "%s", cause->message));
  g_error_free (cause);

  return FALSE;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/* The name that the register has for a number is put beside it, so that the case still says who it was. */
static gboolean
complete (ProbityWrite         *write,
          const ProbitySubject *subject,
          ProbitySubject      **ret_subject,
          GError              **error)
{
  g_autofree char *staff_number = NULL;
  g_autofree char *name = NULL;
  g_autofree char *date_of_birth = NULL;
  GError          *cause = NULL;

  if (has_text (subject->staff_number) && (staff_number = probity_parse_line (subject->staff_number, 64, &cause)) == NULL)
    return check_field ("staff_number", cause, error);
  if (has_text (subject->name) && (name = probity_parse_line (subject->name, MAX_NAME, &cause)) == NULL)
    return check_field ("name", cause, error);
  if (has_text (subject->date_of_birth))
    {
      ProbityDay day;

      if (!probity_parse_day (subject->date_of_birth, PROBITY_DATE_ORDER_UNDECLARED, &day, &cause))
        return check_field ("date_of_birth", cause, error);
      date_of_birth = probity_day_to_iso (day);
    }
  if (staff_number == NULL && name == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "staff_number", "A subject has a staff number or a name"));
      return FALSE;
    }

  if (staff_number != NULL)
    {
      ProbityDb *registers = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
      g_autoptr (ProbityRecord) person = NULL;

      if (registers == NULL || !probity_record_read (registers, &probity_person_kind, NULL, staff_number, &person, error))
        return FALSE;
      if (person == NULL)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "staff_number", "There is nobody with the staff number “%s”", staff_number));
          return FALSE;
        }
      if (name == NULL)
        {
          const char *forenames = probity_record_get (person, "forenames");
          const char *surname = probity_record_get (person, "surname");

          name = g_strstrip (g_strdup_printf ("%s %s", forenames != NULL ? forenames : "", surname != NULL ? surname : ""));
        }
    }
  *ret_subject = probity_subject_new (staff_number, name, date_of_birth);

  return TRUE;
}

/* The line of names that lists show and sort by; who was eliminated is not among them. */
static gboolean
update_names (ProbityWrite  *write,
              ProbityDb     *db,
              ProbityRecord *record,
              GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  g_autoptr (GPtrArray) targets = probity_check_load_targets (db, record, FALSE, error);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *folded = NULL;
  g_autofree char *sql = NULL;

  if (targets == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (targets, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", target->name != NULL ? target->name : target->subject);
    }
  folded = probity_fold_text (names->str);
  sql = g_strdup_printf ("UPDATE %s SET subjects = $names, sort_subjects = $folded, changed = $now, version = version + 1 WHERE id = $id", kind->table);

  return probity_db_run (db, error, sql, "$names", 's', names->len > 0 ? names->str : NULL, "$folded", 's', names->len > 0 ? folded : NULL, "$now", 's', probity_write_get_now (write), "$id", 'i', probity_record_get_id (record), NULL);
}

static gboolean
is_subject (ProbityDb     *db,
            ProbityRecord *record,
            const char    *digest,
            gboolean      *ret_is,
            GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  g_autofree char         *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE %s = $id AND material_digest = $digest AND eliminated IS NULL", kind->subject_table, kind->subject_parent);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$id", 'i', probity_record_get_id (record), "$digest", 's', digest, NULL);

  return statement != NULL && probity_statement_step (statement, ret_is, error);
}

gboolean
probity_investigation_insert_subject (ProbityStep          *step,
                                      ProbityWrite         *write,
                                      ProbityDb            *db,
                                      ProbityRecord        *record,
                                      const ProbitySubject *given,
                                      const char           *reason,
                                      GError              **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  ProbitySubject          *subject = NULL;
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
  g_autofree char *known_number = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *called = NULL;
  g_autofree char *text = NULL;
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *sql = NULL;
  gboolean         known;

  if (!complete (write, given, &subject, error))
    return FALSE;
  g_ptr_array_add (held, subject);
  if (!probity_subject_find_known_number (write, subject, &known_number, error))
    return FALSE;
  if (probity_access_is_locked (step->session, subject->staff_number) || probity_access_is_locked (step->session, known_number))
    return probity_step_refuse (error, "separation-of-duties", "Nobody works on a case about themselves or somebody related to them");

  digest = probity_check_dup_subject_digest (kind->name, probity_record_get_uid (record), subject->staff_number, subject->name, subject->date_of_birth);
  if (!is_subject (db, record, digest, &known, error))
    return FALSE;
  if (known)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS, "%s is about this person already", probity_record_get_reference (record));
      return FALSE;
    }
  called = probity_check_dup_subject_name (subject->staff_number, subject->name, subject->date_of_birth);
  text = probity_subjects_to_text (held);
  sql = g_strdup_printf ("INSERT INTO %s (uid, %s, position, staff_number, name, date_of_birth, known_number, subject, material_digest, reason, added, added_by)"
                         " VALUES ($uid, $id, (SELECT coalesce (max (position), -1) + 1 FROM %s WHERE %s = $id), $staff_number, $name, $date_of_birth,"
                         " $known_number, $subject, $digest, $reason, $added, $added_by)",
                         kind->subject_table,
                         kind->subject_parent,
                         kind->subject_table,
                         kind->subject_parent);

  return probity_db_run (db, error, sql, "$uid", 's', uid, "$id", 'i', probity_record_get_id (record), "$staff_number", 's', subject->staff_number, "$name", 's', subject->name, "$date_of_birth", 's', subject->date_of_birth, "$known_number", 's', known_number, "$subject", 's', called, "$digest", 's', digest, "$reason", 's', reason, "$added", 's', probity_write_get_now (write), "$added_by", 's', probity_session_get_account_uid (step->session), NULL) &&
         update_names (write, db, record, error) &&
         probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, "subject", NULL, text, error);
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

  return probity_step_find_work (step, write, &db, &record, error) && probity_investigation_require_open (record, error) &&
         probity_step_require_text ("reason", step->reason, error) &&
         probity_investigation_insert_subject (step, write, db, record, g_ptr_array_index (step->objects, 0), step->reason, error) &&
         probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_investigation_add_subject (ProbitySession *session,
                                   const char     *reference,
                                   const char     *staff_number,
                                   const char     *name,
                                   const char     *date_of_birth,
                                   const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("add-subject");
  step->reason = g_strdup (reason);
  step->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
  g_ptr_array_add (step->objects, probity_subject_new (staff_number, name, date_of_birth));

  return probity_step_run (step, add_write);
}

char *
probity_investigation_dup_subject_uid (ProbityDb     *db,
                                       ProbityRecord *record,
                                       const char    *text,
                                       gboolean       all,
                                       GError       **error)
{
  g_autoptr (GPtrArray) targets = probity_check_load_targets (db, record, all, error);

  if (targets == NULL)
    return NULL;
  for (guint i = 0; i < targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (targets, i);

      if (g_strcmp0 (target->subject_uid, text) == 0 || g_strcmp0 (target->staff_number, text) == 0 ||
          g_strcmp0 (target->subject, text) == 0 || g_strcmp0 (target->name, text) == 0)
        return g_strdup (target->subject_uid);
    }
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "subject", "%s is not about “%.64s”", probity_record_get_reference (record), text != NULL ? text : ""));

  return NULL;
}

static gboolean
eliminate_write (ProbityWrite *write,
                 gpointer      data,
                 GValue       *result,
                 GError      **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autofree char *uid = NULL;
  g_autofree char *sql = NULL;

  if (!probity_step_find_work (step, write, &db, &record, error) || !probity_investigation_require_open (record, error) ||
      !probity_step_require_text ("reason", step->reason, error) ||
      (uid = probity_investigation_dup_subject_uid (db, record, step->staff_number, FALSE, error)) == NULL)
    return FALSE;

  sql = g_strdup_printf ("UPDATE %s SET eliminated = $now, eliminated_by = $by, elimination_reason = $reason WHERE uid = $uid", probity_record_get_kind (record)->subject_table);

  return probity_db_run (db, error, sql, "$now", 's', probity_write_get_now (write), "$by", 's', probity_session_get_account_uid (step->session), "$reason", 's', step->reason, "$uid", 's', uid, NULL) &&
         update_names (write, db, record, error) &&
         probity_step_log (step, write, record, PROBITY_VERB_ALTERATION, "subject-eliminated", step->staff_number, step->reason, error) &&
         probity_step_return (step, write, record, result, error);
}

DexFuture *
probity_investigation_eliminate_subject (ProbitySession *session,
                                         const char     *reference,
                                         const char     *subject,
                                         const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && subject != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("eliminate-subject");
  step->staff_number = g_strdup (subject);
  step->reason = g_strdup (reason);

  return probity_step_run (step, eliminate_write);
}

/* Texts that the log has of those who are masked now. */
static GPtrArray *
list_eliminated (ProbityDb     *db,
                 ProbityRecord *record,
                 GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  g_autofree char         *sql = g_strdup_printf ("SELECT staff_number, name, date_of_birth FROM %s WHERE %s = $id AND eliminated IS NOT NULL AND masked IS NULL", kind->subject_table, kind->subject_parent);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$id", 'i', probity_record_get_id (record), NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (;;)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);
      gboolean row;

      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&texts);
      g_ptr_array_add (one, probity_subject_new (probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2)));
      g_ptr_array_add (texts, probity_subjects_to_text (one));
    }
}

/* Who was added and who was eliminated stands in the log of the case too, which all read who read its compartment. */
static gboolean
erase_from_log (ProbityWrite   *write,
                ProbitySession *session,
                ProbityDb      *db,
                ProbityRecord  *record,
                GError        **error)
{
  g_autoptr (GPtrArray) texts = list_eliminated (db, record, error);
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GArray) seqs = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (texts == NULL)
    return FALSE;
  statement = probity_db_query (db, error, "SELECT e.seq, e.field, v.new FROM audit_entry AS e JOIN audit_value AS v ON v.seq = e.seq"
                                           " WHERE e.record = $uid AND e.field IN ('subject', 'subject-eliminated') ORDER BY e.seq",
                                "$uid",
                                's',
                                probity_record_get_uid (record),
                                NULL);
  for (;;)
    {
      gboolean row;
      gint64   seq;

      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      seq = probity_statement_get_int64 (statement, 0);
      if (g_str_equal (probity_statement_get_text (statement, 1), "subject-eliminated") ||
          (!probity_statement_is_null (statement, 2) && g_ptr_array_find_with_equal_func (texts, probity_statement_get_text (statement, 2), g_str_equal, NULL)))
        g_array_append_val (seqs, seq);
    }
  for (guint i = 0; i < seqs->len; i++)
    if (!probity_audit_erase_value (write, session, probity_db_get_compartment (db), g_array_index (seqs, gint64, i), error))
      return FALSE;

  return TRUE;
}

gboolean
probity_investigation_mask (ProbityWrite   *write,
                            ProbitySession *session,
                            ProbityRecord  *record,
                            GError        **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  ProbityDb               *db = probity_write_get_db (write, kind->compartment, error);
  const ProbityDay         today = probity_instant_to_day (probity_write_get_now (write));
  g_autofree char         *due = probity_day_to_iso (probity_day_add_months (today, DISPOSAL_MONTHS));
  g_autofree char         *sql = NULL;

  if (db == NULL || !erase_from_log (write, session, db, record, error))
    return FALSE;
  sql = g_strdup_printf ("UPDATE %s SET staff_number = NULL, name = 'Eliminated ' || (position + 1), date_of_birth = NULL, subject = 'masked:' || uid,"
                         " known_number = coalesce (known_number, staff_number), masked = $now, disposal_due = $due"
                         " WHERE %s = $id AND eliminated IS NOT NULL AND masked IS NULL",
                         kind->subject_table,
                         kind->subject_parent);
  if (!probity_db_run (db, error, sql, "$now", 's', probity_write_get_now (write), "$due", 's', due, "$id", 'i', probity_record_get_id (record), NULL))
    return FALSE;

  return probity_db_get_changes (db) == 0 ||
         probity_audit_add (write, session, kind->compartment, PROBITY_VERB_ERASURE, kind->name, probity_record_get_uid (record), "eliminated-masked", NULL, due, error);
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_case_subject_free);
  g_autofree char *sql = NULL;

  if (!probity_step_find_read (step, read, &db, &record, error))
    return FALSE;
  if (probity_record_get_kind (record)->subject_table == NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "%s is no investigation", step->reference);
      return FALSE;
    }
  sql = g_strdup_printf ("SELECT uid, staff_number, name, date_of_birth, reason, added, added_by, eliminated, eliminated_by, elimination_reason, masked, disposal_due"
                         " FROM %s WHERE %s = $id ORDER BY position",
                         probity_record_get_kind (record)->subject_table,
                         probity_record_get_kind (record)->subject_parent);
  statement = probity_db_query (db, error, sql, "$id", 'i', probity_record_get_id (record), NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      ProbityCaseSubject   *subject;
      const ProbityAccount *account;
      gboolean              row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      subject = g_new0 (ProbityCaseSubject, 1);
      g_ptr_array_add (subjects, subject);
      subject->uid = probity_statement_dup_text (statement, 0);
      subject->staff_number = probity_statement_dup_text (statement, 1);
      subject->name = probity_statement_dup_text (statement, 2);
      subject->date_of_birth = probity_statement_dup_text (statement, 3);
      subject->reason = probity_statement_dup_text (statement, 4);
      subject->added = probity_statement_dup_text (statement, 5);
      account = probity_keyring_find (keyring, probity_statement_get_text (statement, 6));
      subject->added_by = g_strdup (account != NULL ? account->name : NULL);
      subject->eliminated = probity_statement_dup_text (statement, 7);
      if (subject->eliminated != NULL)
        {
          account = probity_keyring_find (keyring, probity_statement_get_text (statement, 8));
          subject->eliminated_by = g_strdup (account != NULL ? account->name : NULL);
        }
      subject->elimination_reason = probity_statement_dup_text (statement, 9);
      subject->masked = probity_statement_dup_text (statement, 10);
      subject->disposal_due = probity_statement_dup_text (statement, 11);
    }

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&subjects));

  return TRUE;
}

DexFuture *
probity_investigation_load_subjects (ProbitySession *session,
                                     const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("subjects");

  return probity_step_read_for_page (step, load_read);
}
