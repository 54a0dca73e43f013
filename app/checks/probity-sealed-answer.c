/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed-answer-private.h"

#define COLUMNS(...) ((const char *const[]) { __VA_ARGS__, NULL })

#define MAY_HOLD (PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER)

const ProbitySignedTable probity_signed_sealed_answer = {
  "probity/sealed-answer/1",
  "sealed_answer",
  "signature",
  "case_uid",
  COLUMNS ("uid", "subject", "material_digest", "answer", "reason", "account", "person", "at"),
  "case",
};

/* --- What holds --- */

/* The newest answer about @target in @db, if it is proved and about the person and application as they are. */
static gboolean
find_answer (ProbityGate             *gate,
             const ProbityGateSource *source,
             ProbityDb               *db,
             ProbityCheckTarget      *target,
             ProbityRow             **ret_row,
             GError                 **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_sealed_answer, db, "case_uid = $key ORDER BY id DESC", probity_check_target_get_uid (target), error);

  *ret_row = NULL;
  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);

      if (g_strcmp0 (probity_row_get (row, "subject"), target->subject) != 0)
        continue;
      if (g_strcmp0 (probity_row_get (row, "material_digest"), target->material_digest) == 0 &&
          probity_gate_prove (gate, source, &probity_signed_sealed_answer, row, probity_row_get (row, "at"), MAY_HOLD, "forged-answer", db))
        *ret_row = g_ptr_array_steal_index (rows, i);
      break;
    }

  return TRUE;
}

gboolean
probity_sealed_answer_judge (ProbityGate             *gate,
                             const ProbityGateSource *source,
                             ProbitySealedPeople     *people,
                             ProbityCheckTarget      *target,
                             ProbitySealedJudgement  *ret_judgement,
                             GError                 **error)
{
  const ProbitySource from = { .session = source->session, .read = source->read, .write = source->write };
  g_autoptr (GArray) named = probity_sealed_people_find_named (people, target->staff_number, target->name);

  for (guint i = 0; i < probity_sealed_people_get_size (people); i++)
    {
      const ProbityCompartment compartment = probity_sealed_people_get (people, i)->compartment;
      g_autoptr (ProbityRow) row = NULL;
      gboolean   is_named = FALSE;
      ProbityDb *db;

      /* One question a compartment. */
      if (i > 0 && probity_sealed_people_get (people, i - 1)->compartment == compartment)
        continue;
      db = probity_source_get_db (&from, compartment, error);
      if (db == NULL || !find_answer (gate, source, db, target, &row, error))
        return FALSE;
      for (guint j = 0; j < named->len; j++)
        is_named = is_named || probity_sealed_people_get (people, g_array_index (named, gint64, j))->compartment == compartment;

      ret_judgement->named |= is_named;
      ret_judgement->due |= row == NULL;
      ret_judgement->lacks |= row == NULL && is_named;
      ret_judgement->waits |= row != NULL && g_strcmp0 (probity_row_get (row, "answer"), "wait") == 0;
    }

  return TRUE;
}

static gboolean
is_asked (const ProbityGateSource *source)
{
  const ProbitySource from = { .session = source->session, .read = source->read, .write = source->write };

  return !source->historic && (source->read != NULL || source->write != NULL) &&
         probity_casebook_get_n_sealed (probity_session_get_casebook (source->session)) > 0 &&
         probity_source_get_entered (&from) == PROBITY_COMPARTMENT_JOURNAL;
}

static void
add_code (ProbityGate *gate,
          GPtrArray   *codes,
          const char  *code)
{
  probity_gate_add_missing (gate, code);
  if (codes != NULL && !g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
    g_ptr_array_add (codes, g_strdup (code));
}

gboolean
probity_sealed_answer_examine (ProbityGate             *gate,
                               const ProbityGateSource *source,
                               ProbityCheckTarget      *target,
                               GPtrArray               *codes,
                               GError                 **error)
{
  const ProbitySource    from = { .session = source->session, .read = source->read, .write = source->write };
  ProbitySealedJudgement judgement = { FALSE };
  g_autoptr (ProbitySealedPeople) people = NULL;

  if (!is_asked (source))
    return TRUE;
  if ((people = probity_sealed_people_new (&from, error)) == NULL ||
      !probity_sealed_people_name_target (people, &from, target, error) ||
      !probity_sealed_answer_judge (gate, source, people, target, &judgement, error))
    return FALSE;

  if (judgement.lacks)
    add_code (gate, codes, "sealed-answer");
  if (judgement.waits)
    add_code (gate, codes, "sealed-wait");

  return TRUE;
}

/* (element-type ProbityCheckTarget) (transfer full) */
static GPtrArray *
load_targets (const ProbitySource *source,
              ProbitySealedPeople *people,
              ProbityDb           *db,
              ProbityRecord       *record,
              GError             **error)
{
  g_autoptr (GPtrArray) targets = NULL;

  if (probity_record_get_kind (record) == &probity_second_job_kind)
    {
      targets = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_check_target_free);
      g_ptr_array_add (targets, probity_check_target_new_for_job (record));
    }
  else if ((targets = probity_check_load_targets (db, record, FALSE, error)) == NULL)
    {
      return NULL;
    }
  for (guint i = 0; i < targets->len; i++)
    if (!probity_sealed_people_name_target (people, source, g_ptr_array_index (targets, i), error))
      return NULL;

  return g_steal_pointer (&targets);
}

gboolean
probity_sealed_answer_is_due (ProbitySession          *session,
                              ProbityRead             *read,
                              ProbitySealedPeople     *people,
                              const ProbityRecordKind *kind,
                              const char              *uid,
                              ProbitySealedJudgement  *ret_judgement,
                              GError                 **error)
{
  const ProbitySource from = { .session = session, .read = read };
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  const ProbityGateSource source = { .session = session, .keyring = keyring, .read = read };
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityGate) gate = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  ProbityDb *db;

  *ret_judgement = (ProbitySealedJudgement) { FALSE };
  if (!probity_source_read_record (&from, kind, uid, &db, &record, error))
    return FALSE;
  if (record == NULL || probity_source_get_entered (&from) != PROBITY_COMPARTMENT_JOURNAL)
    {
      probity_source_enter (&from, PROBITY_COMPARTMENT_JOURNAL);
      return TRUE;
    }
  gate = probity_gate_new (record);
  if ((targets = load_targets (&from, people, db, record, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!probity_sealed_answer_judge (gate, &source, people, g_ptr_array_index (targets, i), ret_judgement, error))
      return FALSE;

  return TRUE;
}

/* --- Giving it --- */

/* The case that is asked about, its people and those of the sealed cases. */
static gboolean
find_asked (ProbityStep          *step,
            const ProbitySource  *source,
            ProbityRecord       **ret_record,
            GPtrArray           **ret_targets,
            ProbitySealedPeople **ret_people,
            GError              **error)
{
  ProbityDb *db;

  if (!(source->write != NULL ? probity_step_find (step, source->write, &db, ret_record, error) : probity_step_find_read (step, source->read, &db, ret_record, error)) ||
      !probity_step_require (step->session, PROBITY_OPERATION_READ_STANDARDS, error))
    return FALSE;
  if (probity_casebook_get_n_sealed (probity_session_get_casebook (step->session)) == 0 || step->sealed != PROBITY_COMPARTMENT_JOURNAL)
    return probity_step_refuse (error, "not-your-step", "This step is not for this account");

  return (*ret_people = probity_sealed_people_new (source, error)) != NULL &&
         (*ret_targets = load_targets (source, *ret_people, db, *ret_record, error)) != NULL;
}

/* One row for each person, and one entry of the log, in a sealed compartment. */
static gboolean
put_answer (ProbityStep         *step,
            ProbityWrite        *write,
            ProbityCompartment   compartment,
            ProbitySealedPeople *people,
            GPtrArray           *targets,
            const char          *case_kind,
            GError             **error)
{
  ProbityDb *db = probity_write_get_db (write, compartment, error);

  if (db == NULL)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (targets, i);
      g_autoptr (GArray) named = probity_sealed_people_find_named (people, target->staff_number, target->name);
      g_autoptr (ProbityRow) row = probity_row_new ();
      gboolean waits = FALSE;

      for (guint j = 0; j < named->len; j++)
        waits = waits || (g_str_equal (step->text, "wait") && probity_sealed_people_get (people, g_array_index (named, gint64, j))->compartment == compartment);
      probity_row_set (row, "case_uid", step->uid);
      probity_row_set (row, "subject", target->subject);
      probity_row_set (row, "material_digest", target->material_digest);
      probity_row_set (row, "answer", waits ? "wait" : "nothing");
      probity_row_set (row, "reason", waits ? step->reason : NULL);
      if (!probity_signed_insert (&probity_signed_sealed_answer, write, step->session, db, step->uid, row, error))
        return FALSE;
    }

  return probity_audit_add (write, step->session, compartment, PROBITY_VERB_COMBINATION, case_kind, step->uid, "sealed-answer", NULL, NULL, error);
}

static gboolean
any_named (ProbitySealedPeople *people,
           GPtrArray           *targets)
{
  for (guint i = 0; i < targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (targets, i);
      g_autoptr (GArray) named = probity_sealed_people_find_named (people, target->staff_number, target->name);

      if (named->len > 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
give_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .write = write };
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbitySealedPeople) people = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  const gboolean waits = g_strcmp0 (step->text, "wait") == 0;

  if (!find_asked (step, &source, &record, &targets, &people, error))
    return FALSE;
  if (!waits && g_strcmp0 (step->text, "nothing") != 0)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "answer", "An answer is nothing or wait"));
      return FALSE;
    }
  if (waits && !probity_step_require_text ("reason", step->reason, error))
    return FALSE;
  if (waits && !any_named (people, targets))
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "answer", "No sealed case of this account names anybody here"));
      return FALSE;
    }

  for (guint i = 0; i < probity_sealed_people_get_size (people); i++)
    {
      const ProbityCompartment compartment = probity_sealed_people_get (people, i)->compartment;

      if (i > 0 && probity_sealed_people_get (people, i - 1)->compartment == compartment)
        continue;
      if (!put_answer (step, write, compartment, people, targets, probity_record_kind_get_name (probity_record_get_kind (record)), error))
        return FALSE;
      probity_write_note_change (write, compartment, "sealed-answer", 0, step->uid);
    }
  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_set_boxed (result, record);

  return TRUE;
}

DexFuture *
probity_sealed_answer_give (ProbitySession *session,
                            const char     *reference,
                            const char     *answer,
                            const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && answer != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("sealed-answer");
  step->text = g_strdup (answer);
  step->reason = g_strdup (reason);

  return probity_step_run (step, give_write);
}

typedef struct
{
  ProbitySession *session;
  GStrv           references;
} Several;

static void
several_free (gpointer data)
{
  Several *self = data;

  g_object_unref (self->session);
  g_strfreev (self->references);
  g_free (self);
}

static DexFuture *
several_fiber (gpointer data)
{
  Several *self = data;
  gint64   n = 0;

  for (guint i = 0; self->references[i] != NULL; i++)
    {
      GError *error = NULL;

      if (!dex_await (probity_sealed_answer_give (self->session, self->references[i], "nothing", NULL), &error))
        return dex_future_new_for_error (error);
      n++;
    }

  return dex_future_new_for_int64 (n);
}

DexFuture *
probity_sealed_answer_give_several (ProbitySession    *session,
                                    const char *const *references)
{
  Several *self;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (references != NULL);

  self = g_new0 (Several, 1);
  self->session = g_object_ref (session);
  self->references = g_strdupv ((GStrv) references);

  return dex_scheduler_spawn (NULL, 0, several_fiber, self, several_free);
}

/* --- What is to be known for it --- */

static void
add_named (GPtrArray           *list,
           ProbitySealedPeople *people,
           ProbityCheckTarget  *target)
{
  g_autoptr (GArray) named = probity_sealed_people_find_named (people, target->staff_number, target->name);

  for (guint i = 0; i < named->len; i++)
    {
      const gint64               index = g_array_index (named, gint64, i);
      const ProbitySealedPerson *person = probity_sealed_people_get (people, index);
      ProbityValues             *values = probity_values_new ();
      g_autofree char           *alike = target->name != NULL ? probity_sealed_people_explain (people, target->name, index) : NULL;
      const gboolean             same = target->staff_number != NULL && (g_strcmp0 (person->staff_number, target->staff_number) == 0 || g_strcmp0 (person->known_number, target->staff_number) == 0);

      probity_values_set (values, "what", "named");
      probity_values_set (values, "kind", person->kind->name);
      probity_values_set (values, "uid", person->uid);
      probity_values_set (values, "reference", person->reference);
      probity_values_set (values, "title", person->title);
      probity_values_set (values, "subject", target->name != NULL ? target->name : target->subject);
      probity_values_set (values, "why", same ? "same staff number" : alike);
      g_ptr_array_add (list, values);
    }
}

static gboolean
add_answers (ProbityGate             *gate,
             const ProbityGateSource *source,
             GPtrArray               *list,
             ProbitySealedPeople     *people,
             ProbityCheckTarget      *target,
             GError                 **error)
{
  for (guint i = 0; i < probity_sealed_people_get_size (people); i++)
    {
      const ProbitySealedPerson *person = probity_sealed_people_get (people, i);
      ProbityValues             *values;
      const ProbityAccount      *account;
      ProbityDb                 *db;
      g_autoptr (ProbityRow) row = NULL;

      if (i > 0 && probity_sealed_people_get (people, i - 1)->compartment == person->compartment)
        continue;
      db = probity_read_get_db (source->read, person->compartment, error);
      if (db == NULL || !find_answer (gate, source, db, target, &row, error))
        return FALSE;
      if (row == NULL)
        continue;
      account = probity_keyring_find (source->keyring, probity_row_get (row, "account"));
      values = probity_values_new ();
      probity_values_set (values, "what", "answer");
      probity_values_set (values, "answer", probity_row_get (row, "answer"));
      probity_values_set (values, "reason", probity_row_get (row, "reason"));
      probity_values_set (values, "subject", target->name != NULL ? target->name : target->subject);
      probity_values_set (values, "who", account != NULL ? account->name : NULL);
      probity_values_set (values, "at", probity_row_get (row, "at"));
      probity_values_set (values, "reference", person->reference);
      g_ptr_array_add (list, values);
    }

  return TRUE;
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .read = read };
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  const ProbityGateSource from = { .session = step->session, .keyring = keyring, .read = read };
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_values_unref);
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbitySealedPeople) people = NULL;
  g_autoptr (GPtrArray) targets = NULL;
  g_autoptr (ProbityGate) gate = NULL;

  if (!find_asked (step, &source, &record, &targets, &people, error))
    return FALSE;
  gate = probity_gate_new (record);
  for (guint i = 0; i < targets->len; i++)
    add_named (list, people, g_ptr_array_index (targets, i));
  for (guint i = 0; i < targets->len; i++)
    if (!add_answers (gate, &from, list, people, g_ptr_array_index (targets, i), error))
      return FALSE;

  return probity_part_return_list (result, g_steal_pointer (&list));
}

DexFuture *
probity_sealed_answer_load (ProbitySession *session,
                            const char     *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("sealed-answers");

  return probity_step_read (step, load_read);
}

/* --- Proof --- */

gboolean
probity_sealed_answer_verify (ProbitySession    *session,
                              ProbityRead       *read,
                              ProbityCompartment compartment,
                              GPtrArray         *problems,
                              GError           **error)
{
  g_autoptr (ProbityKeyring) keyring = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  ProbityDb *db;

  /* The open register has none. */
  if (compartment == PROBITY_COMPARTMENT_JOURNAL ||
      (compartment == PROBITY_COMPARTMENT_REGISTERS && probity_read_get_entered (read) == PROBITY_COMPARTMENT_JOURNAL))
    return TRUE;
  db = probity_read_get_db (read, compartment, error);
  if (db == NULL || (rows = probity_signed_load (&probity_signed_sealed_answer, db, "1 ORDER BY id", NULL, error)) == NULL)
    return FALSE;

  keyring = probity_session_dup_keyring (session);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);

      if (!probity_signed_prove (&probity_signed_sealed_answer, keyring, probity_row_get (row, "case_uid"), row) ||
          (probity_keyring_get_roles_at (keyring, probity_row_get (row, "account"), probity_row_get (row, "at")) & MAY_HOLD) == 0)
        g_ptr_array_add (problems, g_strdup_printf ("forged-answer: %s", probity_row_get (row, "uid")));
    }

  return TRUE;
}
