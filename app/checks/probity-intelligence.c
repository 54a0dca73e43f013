/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-intelligence.h"
#include "probity-record-kind.h"
#include "probity-subject-search.h"

static const ProbityField intelligence_fields[] = {
  { "reference", PROBITY_FIELD_TEXT, PROBITY_FIELD_REQUIRED | PROBITY_FIELD_KEY | PROBITY_FIELD_FIXED, 64 },
  { "date", PROBITY_FIELD_DAY },
  { "source_evaluation", PROBITY_FIELD_CHOICE, 0, 0, "=1,2,3" },
  { "information_assessment", PROBITY_FIELD_CHOICE, 0, 0, "=A,B,C,D,E" },
  { "handling_code", PROBITY_FIELD_CHOICE, 0, 0, "=P,C" },
  { "handling_conditions", PROBITY_FIELD_LONG_TEXT, 0, 2000 },
  { "graded_5x5x5", PROBITY_FIELD_TEXT, PROBITY_FIELD_FIXED, 40 },
  { "provenance", PROBITY_FIELD_LONG_TEXT, 0, 2000 },
  { "category", PROBITY_FIELD_TEXT },
  { "source_reference", PROBITY_FIELD_TEXT, 0, 64 },
  { "review_date", PROBITY_FIELD_DAY },
  { "text", PROBITY_FIELD_LONG_TEXT, PROBITY_FIELD_WITHHELD | PROBITY_FIELD_FIXED },
  { "sanitised_text", PROBITY_FIELD_LONG_TEXT },
};

static const ProbityDerived intelligence_derived[] = {
  { "subjects", "r.subjects" },
  { "grading", "coalesce (r.source_evaluation || r.information_assessment || r.handling_code, r.graded_5x5x5)" },
  { "author", "r.author" },
  { "sanitised_by", "r.sanitised_by" },
  { "sanitised_at", "r.sanitised_at" },
  { "sanitised_approved_by", "r.sanitised_approved_by" },
  { "sanitised_approved_at", "r.sanitised_approved_at" },
  { "created", "r.created" },
  { "changed", "r.changed" },
};

static gboolean
refuse (const char *field,
        const char *message,
        GError    **error)
{
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "%s", message));

  return FALSE;
}

/* Either all three of the 3x5x2 grading, or none beside the old grading, which stays as it was given. */
static gboolean
check_grading (ProbityRecordChange *change,
               GError             **error)
{
  const char *source = probity_record_change_get (change, "source_evaluation");
  const char *information = probity_record_change_get (change, "information_assessment");
  const char *handling = probity_record_change_get (change, "handling_code");
  const char *old_grading = probity_record_change_get (change, "graded_5x5x5");

  if (old_grading != NULL && source == NULL && information == NULL && handling == NULL)
    return TRUE;

  if (source == NULL)
    return refuse ("source_evaluation", "A report is graded 1, 2 or 3 for its source", error);
  if (information == NULL)
    return refuse ("information_assessment", "A report is graded A to E for its information", error);
  if (handling == NULL)
    return refuse ("handling_code", "A report has the handling code P or C", error);

  /* A file of another system may leave the conditions in its own; here they are asked for. */
  if (!change->import && strcmp (handling, "C") == 0 && probity_record_change_get (change, "handling_conditions") == NULL)
    return refuse ("handling_conditions", "Handling code C needs its conditions", error);

  return TRUE;
}

/* A source reference is a number or pseudonym of the source unit; two words with capitals look like a name. */
static gboolean
looks_like_name (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *p = words[i];

      if (*p == '\0')
        continue;

      for (; *p != '\0'; p = g_utf8_next_char (p))
        {
          gunichar letter = g_utf8_get_char (p);

          if (!g_unichar_isalpha (letter) && letter != '-' && letter != '\'' && letter != 0x2019)
            return FALSE;
        }

      if (!g_unichar_isupper (g_utf8_get_char (words[i])))
        return FALSE;
      n++;
    }

  return n >= 2;
}

static gboolean
prepare_intelligence (ProbityRecordChange *change,
                      GError             **error)
{
  const char      *account = probity_session_get_account_uid (change->session);
  const char      *now = probity_write_get_now (change->write);
  const char      *source_reference = probity_values_get (change->values, "source_reference");
  const char      *sanitised = probity_record_change_get (change, "sanitised_text");
  const char      *category = probity_record_change_get (change, "category");
  const char      *provenance = probity_record_change_get (change, "provenance");
  g_autofree char *all = NULL;
  g_autofree char *search_text = NULL;

  if (!check_grading (change, error))
    return FALSE;

  if (source_reference != NULL && looks_like_name (source_reference))
    return refuse ("source_reference", "A source is referred to by number, never by name", error);

  if (change->old == NULL)
    probity_values_set (change->computed, "author", account);

  if (probity_values_get (change->values, "sanitised_text") != NULL)
    {
      if (sanitised == NULL && change->old != NULL)
        return refuse ("sanitised_text", "A sanitised text is replaced, not emptied", error);

      if (sanitised != NULL)
        {
          g_autoptr (ProbityStatement) statement = NULL;

          probity_values_set (change->computed, "sanitised_by", account);
          probity_values_set (change->computed, "sanitised_at", now);

          /* An approval was of the text before. */
          if (change->old != NULL &&
              !probity_db_run (change->db, error, "UPDATE intelligence_report SET sanitised_approved_by = NULL, sanitised_approved_at = NULL WHERE id = $id", "$id", 'i', probity_record_get_id (change->old), NULL))
            return FALSE;
        }
    }

  all = g_strjoin (" ", probity_record_change_get (change, "reference"), category != NULL ? category : "", provenance != NULL ? provenance : "", sanitised != NULL ? sanitised : "", NULL);
  search_text = probity_fold_text (all);
  probity_values_set (change->computed, "search_text", search_text);
  probity_values_set (change->computed, "changed", now);

  return TRUE;
}

/* Accounts of one staff number are one person. */
static gboolean
is_me (ProbitySession *session,
       const char     *account)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autofree char *person = NULL;

  if (account == NULL)
    return FALSE;

  if (strcmp (account, probity_session_get_account_uid (session)) == 0)
    return TRUE;

  keyring = probity_session_dup_keyring (session);
  person = probity_keyring_dup_person_of (keyring, account);

  return g_strcmp0 (person, probity_session_get_person (session)) == 0;
}

static gboolean
opens_freely (ProbitySession *session,
              ProbityRecord  *record)
{
  return is_me (session, probity_record_get (record, "author")) || is_me (session, probity_record_get (record, "sanitised_by"));
}

const ProbityRecordKind probity_intelligence_kind = {
  .name = "intelligence-report",
  .table = "intelligence_report",
  .compartment = PROBITY_COMPARTMENT_INTELLIGENCE,
  .fields = intelligence_fields,
  .n_fields = G_N_ELEMENTS (intelligence_fields),
  .derived = intelligence_derived,
  .n_derived = G_N_ELEMENTS (intelligence_derived),
  .key = "reference",
  .prefix = "IR",
  .read = PROBITY_OPERATION_READ_INTELLIGENCE,
  .edit = PROBITY_OPERATION_EDIT_INTELLIGENCE,
  .subject_table = "report_subject",
  .subject_parent = "report_id",
  .withheld_table = "intelligence_original",
  .prepare = prepare_intelligence,
  .opens_freely = opens_freely,
};

/* Approval --------------------------------------------------------------------------------------- */

typedef struct
{
  gatomicrefcount ref_count;
  ProbitySession *session;
  char           *uid;
  gint64          version;
  gboolean        not_found;
} Approval;

static Approval *
approval_ref (Approval *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
approval_unref (gpointer data)
{
  Approval *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->session);
  g_free (self->uid);
  g_free (self);
}

static gboolean
approve_record (Approval      *self,
                ProbityWrite  *write,
                ProbityRecord *old,
                GError       **error)
{
  if (probity_record_get_version (old) != self->version)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT, "Somebody else saved this report in the meantime");
      return FALSE;
    }

  if (probity_record_get (old, "sanitised_text") == NULL)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "This report has no sanitised text yet");
      return FALSE;
    }

  if (is_me (self->session, probity_record_get (old, "sanitised_by")))
    {
      g_set_error (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED, "Who sanitised a text does not approve it");
      return FALSE;
    }

  return probity_db_run (probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, NULL), error, "UPDATE intelligence_report SET version = version + 1, changed = $now,"
                                                                                                      " sanitised_approved_by = $account, sanitised_approved_at = $now WHERE id = $id",
                         "$now",
                         's',
                         probity_write_get_now (write),
                         "$account",
                         's',
                         probity_session_get_account_uid (self->session),
                         "$id",
                         'i',
                         probity_record_get_id (old),
                         NULL) &&
         probity_audit_add (write,
                            self->session,
                            PROBITY_COMPARTMENT_INTELLIGENCE,
                            PROBITY_VERB_ALTERATION,
                            "intelligence-report",
                            self->uid,
                            "sanitised_approved_by",
                            probity_record_get (old, "sanitised_approved_by"),
                            probity_session_get_account_name (self->session),
                            error);
}

static gboolean
approve_in_writer (ProbityWrite *write,
                   gpointer      data,
                   GValue       *result,
                   GError      **error)
{
  Approval *self = data;
  g_autoptr (ProbityRecord) old = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  ProbityDb *db;

  if (!probity_access_check (self->session, PROBITY_OPERATION_APPROVE_SANITISED, error))
    return FALSE;

  db = probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  if (db == NULL || !probity_record_read (db, &probity_intelligence_kind, self->session, self->uid, &old, error))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_RECORD);
  if (old == NULL)
    {
      self->not_found = TRUE;
      return probity_access_note_refusal (self->session, write, "intelligence-report", self->uid, error);
    }

  if (!approve_record (self, write, old, error) ||
      !probity_record_read_id (db, &probity_intelligence_kind, NULL, probity_record_get_id (old), &record, error) ||
      !probity_subjects_record_changed (write, self->session, record, error))
    return FALSE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_INTELLIGENCE, "intelligence-report", probity_record_get_id (old), probity_record_get_uid (old));
  g_value_take_boxed (result, g_steal_pointer (&record));

  return TRUE;
}

static DexFuture *
approve_fiber (gpointer data)
{
  Approval *self = data;
  g_autoptr (ProbityRecord) record = NULL;
  GError *error = NULL;

  record = dex_await_boxed (probity_casebook_write (probity_session_get_casebook (self->session),
                                                    approve_in_writer,
                                                    approval_ref (self),
                                                    approval_unref),
                            &error);
  if (error == NULL && self->not_found)
    probity_access_set_not_found (&error, self->uid);

  if (error != NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (PROBITY_TYPE_RECORD, g_steal_pointer (&record));
}

DexFuture *
probity_intelligence_approve_sanitised (ProbitySession *session,
                                        const char     *uid,
                                        gint64          version)
{
  Approval *self;
  GError   *error = NULL;

  g_return_val_if_fail (PROBITY_IS_SESSION (session) && uid != NULL, NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_APPROVE_SANITISED, &error))
    return dex_future_new_for_error (error);

  self = g_new0 (Approval, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->uid = g_strdup (uid);
  self->version = version;

  return dex_scheduler_spawn (NULL, 0, approve_fiber, self, approval_unref);
}

gboolean
probity_intelligence_may_approve (ProbitySession *session,
                                  ProbityRecord  *record)
{
  return probity_record_get (record, "sanitised_text") != NULL &&
         probity_record_get (record, "sanitised_approved_by") == NULL &&
         probity_access_may (session, PROBITY_OPERATION_APPROVE_SANITISED) &&
         !is_me (session, probity_record_get (record, "sanitised_by"));
}
