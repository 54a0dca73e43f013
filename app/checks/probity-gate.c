/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"
#include "probity-instant.h"
#include "probity-sealed-answer-private.h"

/* The examination as a whole, and what of it is told to whom. */

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

ProbityGate *
probity_gate_new (ProbityRecord *job)
{
  ProbityGate *self = g_new0 (ProbityGate, 1);

  self->job = probity_record_ref (job);
  self->missing = g_ptr_array_new_with_free_func (g_free);
  self->unseen = g_ptr_array_new_with_free_func (g_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->earlier = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);

  return self;
}

void
probity_gate_free (ProbityGate *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->job, probity_record_unref);
  g_clear_pointer (&self->statements, g_ptr_array_unref);
  g_clear_pointer (&self->stand_ins, g_ptr_array_unref);
  g_clear_pointer (&self->comments, g_ptr_array_unref);
  g_clear_pointer (&self->waivers, g_ptr_array_unref);
  g_clear_pointer (&self->earlier, g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->checks); i++)
    {
      g_clear_pointer (&self->checks[i].clearance, probity_row_free);
      g_clear_pointer (&self->checks[i].published, probity_row_free);
    }
  g_clear_pointer (&self->view, probity_row_free);
  g_clear_pointer (&self->advice, probity_row_free);
  g_clear_pointer (&self->appeal, probity_row_free);
  g_clear_pointer (&self->bundle, probity_row_free);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_clear_pointer (&self->unseen, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

gboolean
probity_gate_lacks (ProbityGate *self,
                    const char  *code)
{
  return g_ptr_array_find_with_equal_func (self->missing, code, g_str_equal, NULL);
}

void
probity_gate_add_missing (ProbityGate *self,
                          const char  *code)
{
  if (!probity_gate_lacks (self, code))
    g_ptr_array_add (self->missing, g_strdup (code));
}

void
probity_gate_add_unseen (ProbityGate *self,
                         const char  *code)
{
  probity_gate_add_missing (self, code);
  if (!g_ptr_array_find_with_equal_func (self->unseen, code, g_str_equal, NULL))
    g_ptr_array_add (self->unseen, g_strdup (code));
}

void
probity_gate_drop_missing (ProbityGate *self,
                           const char  *code)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (self->missing, code, g_str_equal, &index))
    g_ptr_array_remove_index (self->missing, index);
  if (g_ptr_array_find_with_equal_func (self->unseen, code, g_str_equal, &index))
    g_ptr_array_remove_index (self->unseen, index);
}

void
probity_gate_add_problem (ProbityGate *self,
                          const char  *code,
                          const char  *format,
                          ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->problems, g_strdup_printf ("%s: %s: %s", code, probity_record_get_reference (self->job), text));
}

/*
 * Every statement was logged in its own transaction, and nobody can put an entry into the middle of a
 * log: so a former role-holder's key cannot make a statement of a day when they still had the role.
 */
static gboolean
is_logged (ProbityDb     *log,
           ProbityRecord *job,
           const char    *account,
           const char    *at)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row = FALSE;

  statement = probity_db_query (log, NULL, "SELECT 1 FROM logged_entry WHERE record = $record"
                                           " AND ((at = $at AND account = $account) OR field = 'finished') LIMIT 1",
                                "$record",
                                's',
                                probity_record_get_uid (job),
                                "$at",
                                's',
                                at,
                                "$account",
                                's',
                                account,
                                NULL);

  return statement != NULL && probity_statement_step (statement, &row, NULL) && row;
}

gboolean
probity_gate_prove (ProbityGate              *self,
                    const ProbityGateSource  *source,
                    const ProbitySignedTable *table,
                    ProbityRow               *row,
                    const char               *at,
                    ProbityRoles              roles,
                    const char               *problem,
                    ProbityDb                *log)
{
  const char      *account = probity_row_get (row, "account");
  g_autofree char *person = NULL;

  if (!probity_signed_prove (table, source->keyring, probity_record_get_uid (self->job), row))
    {
      probity_gate_add_problem (self, problem, "%s is not signed by the account that it names", probity_row_get (row, "uid"));
      return FALSE;
    }
  if ((probity_keyring_get_roles_at (source->keyring, account, at) & roles) == 0)
    {
      probity_gate_add_problem (self, problem, "%s was signed by an account whose role did not allow it", probity_row_get (row, "uid"));
      return FALSE;
    }
  /* A paper comment is another person's words, and says so. */
  if (probity_row_get (row, "on_paper_from") != NULL)
    person = g_strconcat ("staff:", probity_row_get (row, "on_paper_from"), NULL);
  else
    person = probity_keyring_dup_person_of (source->keyring, account);
  if (g_strcmp0 (person, probity_row_get (row, "person")) != 0)
    {
      probity_gate_add_problem (self, problem, "%s names another person than the account's", probity_row_get (row, "uid"));
      return FALSE;
    }
  if (log != NULL && !is_logged (log, self->job, account, at))
    {
      probity_gate_add_problem (self, problem, "%s stands in no entry of the log", probity_row_get (row, "uid"));
      return FALSE;
    }

  return TRUE;
}

gboolean
probity_gate_is_fresh (ProbityRecord *job,
                       const char    *at,
                       const char    *now)
{
  const gint64 days = g_ascii_strtoll (probity_record_get (job, "check_age_days"), NULL, 10);
  gint64       at_ms, now_ms;

  return probity_instant_to_ms (at, &at_ms) && probity_instant_to_ms (now, &now_ms) &&
         at_ms <= now_ms && now_ms - at_ms <= days * MS_PER_DAY;
}

static gboolean
load_advice (ProbityGate             *self,
             const ProbityGateSource *source,
             GError                 **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (source->intelligence == NULL)
    return TRUE;
  rows = probity_signed_load (&probity_signed_advice, source->intelligence, "second_job_uid = $key ORDER BY id DESC LIMIT 1", probity_record_get_uid (self->job), error);
  if (rows == NULL)
    return FALSE;
  if (rows->len > 0)
    {
      ProbityRow *row = g_ptr_array_index (rows, 0);

      if (probity_gate_prove (self, source, &probity_signed_advice, row, probity_row_get (row, "at"), PROBITY_ROLE_ACU_OFFICER, "forged-advice", source->intelligence))
        self->advice = g_ptr_array_steal_index (rows, 0);
    }

  return TRUE;
}

static gboolean
examine_sealed (ProbityGate             *self,
                const ProbityGateSource *source,
                GError                 **error)
{
  g_autoptr (ProbityCheckTarget) target = probity_check_target_new_for_job (self->job);

  return probity_sealed_answer_examine (self, source, target, NULL, error);
}

ProbityGate *
probity_gate_examine (const ProbityGateSource *source,
                      ProbityRecord           *job,
                      GError                 **error)
{
  g_autoptr (ProbityGate) self = probity_gate_new (job);

  if (!probity_gate_examine_line (self, source, error) ||
      !probity_gate_examine_check (self, source, PROBITY_CHECK_COMPLAINTS, error) ||
      !probity_gate_examine_check (self, source, PROBITY_CHECK_INTELLIGENCE, error) ||
      !(probity_second_job_has_appeal (job) ? probity_gate_examine_appeal (self, source, error)
                                            : probity_gate_examine_view (self, source, error)) ||
      !load_advice (self, source, error) || !examine_sealed (self, source, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
is_same_person (const char *a,
                const char *b)
{
  return a != NULL && b != NULL && g_str_equal (a, b);
}

gboolean
probity_gate_is_barred (ProbityGate    *self,
                        ProbitySession *session)
{
  const char    *person = probity_session_get_person (session);
  const char    *account = probity_session_get_account_uid (session);
  const gboolean head_of_hr_signs = !probity_second_job_has_appeal (self->job) && probity_second_job_head_of_hr_signs (self->job);

  if (probity_second_job_is_party (self->job, person) ||
      is_same_person (person, probity_record_get (self->job, "entered_by_person")) ||
      is_same_person (account, probity_record_get (self->job, "created_by")))
    return TRUE;

  for (guint i = 0; i < self->statements->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (self->statements, i);

      if (probity_row_get_int (row, "round") == probity_second_job_get_round (self->job) &&
          (is_same_person (person, probity_row_get (row, "person")) || is_same_person (account, probity_row_get (row, "account"))))
        return TRUE;
    }

  for (guint i = 0; i < self->comments->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (self->comments, i);

      if (is_same_person (person, probity_row_get (row, "person")) &&
          (!head_of_hr_signs || g_str_equal (probity_row_get (row, "for_role"), "line-manager")))
        return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (self->checks); i++)
    if ((self->checks[i].clearance != NULL && is_same_person (person, probity_row_get (self->checks[i].clearance, "person"))) ||
        (self->checks[i].published != NULL && is_same_person (person, probity_row_get (self->checks[i].published, "person"))))
      return TRUE;

  return FALSE;
}

gboolean
probity_gate_is_barred_from_deciding (ProbityGate    *self,
                                      ProbitySession *session)
{
  return probity_gate_is_barred (self, session) ||
         (self->view != NULL && is_same_person (probity_session_get_person (session), probity_row_get (self->view, "person")));
}

static gboolean
is_of_the_line (const char *code)
{
  return g_str_equal (code, "line-manager-comment") || g_str_equal (code, "head-of-hr-comment");
}

GStrv
probity_gate_dup_told (ProbityGate    *self,
                       ProbitySession *session)
{
  const gboolean inside = probity_casebook_has (probity_session_get_casebook (session), PROBITY_COMPARTMENT_STANDARDS);
  const gboolean decider = (probity_session_get_roles (session) & PROBITY_ROLE_DECIDER) != 0;
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->missing->len; i++)
    {
      const char *code = g_ptr_array_index (self->missing, i);

      if (!inside && !is_of_the_line (code))
        code = "professional-standards";
      else if (!decider && g_str_equal (code, "new-record"))
        code = "stale-check";
      if (!g_ptr_array_find_with_equal_func (told, code, g_str_equal, NULL))
        g_ptr_array_add (told, g_strdup (code));
    }
  g_ptr_array_add (told, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&told), FALSE);
}

GStrv
probity_gate_dup_unseen (ProbityGate *self,
                         GStrv        told)
{
  g_autoptr (GStrvBuilder) unseen = g_strv_builder_new ();

  for (guint i = 0; told[i] != NULL; i++)
    if (g_ptr_array_find_with_equal_func (self->unseen, told[i], g_str_equal, NULL))
      g_strv_builder_add (unseen, told[i]);

  return g_strv_builder_end (unseen);
}

ProbityDb *
probity_gate_source_get_db (const ProbityGateSource *source,
                            ProbityCompartment       compartment)
{
  switch (compartment)
    {
    case PROBITY_COMPARTMENT_REGISTERS:
      return source->registers;

    case PROBITY_COMPARTMENT_STANDARDS:
      return source->standards;

    case PROBITY_COMPARTMENT_INTELLIGENCE:
      return source->intelligence;

    case PROBITY_COMPARTMENT_JOURNAL:
      break;
    }

  return NULL;
}

gboolean
probity_gate_source_init_write (ProbityGateSource *source,
                                ProbitySession    *session,
                                ProbityWrite      *write,
                                GError           **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);

  *source = (ProbityGateSource) {
    .session = session,
    .keyring = probity_session_dup_keyring (session),
    .now = probity_write_get_now (write),
    .write = write,
  };
  source->registers = probity_write_get_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  source->staff = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  if (source->registers == NULL || source->staff == NULL)
    return FALSE;
  if (probity_casebook_has (casebook, PROBITY_COMPARTMENT_STANDARDS) &&
      ((source->standards = probity_write_get_db (write, PROBITY_COMPARTMENT_STANDARDS, error)) == NULL ||
       (source->searched[PROBITY_CHECK_COMPLAINTS] = probity_write_get_open_db (write, PROBITY_COMPARTMENT_STANDARDS, error)) == NULL))
    return FALSE;

  return !probity_casebook_has (casebook, PROBITY_COMPARTMENT_INTELLIGENCE) ||
         ((source->intelligence = probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, error)) != NULL &&
          (source->searched[PROBITY_CHECK_INTELLIGENCE] = probity_write_get_open_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, error)) != NULL);
}

gboolean
probity_gate_source_init_read (ProbityGateSource *source,
                               ProbitySession    *session,
                               ProbityRead       *read,
                               GError           **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (session);

  *source = (ProbityGateSource) {
    .session = session,
    .keyring = probity_session_dup_keyring (session),
    .read = read,
  };
  source->registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  source->staff = probity_read_get_open_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  if (source->registers == NULL || source->staff == NULL)
    return FALSE;
  if (probity_casebook_has (casebook, PROBITY_COMPARTMENT_STANDARDS) &&
      ((source->standards = probity_read_get_db (read, PROBITY_COMPARTMENT_STANDARDS, error)) == NULL ||
       (source->searched[PROBITY_CHECK_COMPLAINTS] = probity_read_get_open_db (read, PROBITY_COMPARTMENT_STANDARDS, error)) == NULL))
    return FALSE;

  return !probity_casebook_has (casebook, PROBITY_COMPARTMENT_INTELLIGENCE) ||
         ((source->intelligence = probity_read_get_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error)) != NULL &&
          (source->searched[PROBITY_CHECK_INTELLIGENCE] = probity_read_get_open_db (read, PROBITY_COMPARTMENT_INTELLIGENCE, error)) != NULL);
}
