/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-seal.h"

#include "probity-case-readers.h"
#include "probity-part.h"
#include "probity-profile.h"
#include "probity-seal-private.h"
#include "probity-sealed.h"

/* How a case is sealed, or could be: for whom, and who speaks for it. */

static gboolean
is_second_job (const ProbityCaseKind *kind)
{
  return kind->record_kind->compartment == PROBITY_COMPARTMENT_REGISTERS;
}

/* On a second job also who comments as its line manager and who decides an appeal, who work on no other case. */
gboolean
probity_seal_takes_part (const ProbityCaseKind *kind,
                         const ProbityAccount  *account)
{
  return probity_access_account_may (account, kind->work) ||
         (is_second_job (kind) && (probity_access_account_may (account, PROBITY_OPERATION_COMMENT_LINE_MANAGER) ||
                                   probity_access_account_may (account, PROBITY_OPERATION_DECIDE_APPEAL)));
}

/* Whether the key of a sealed @kind is one more than the account holds: both checks of a second job stand under it. */
gboolean
probity_seal_gains_checks (const ProbityCaseKind *kind,
                           const ProbityAccount  *account)
{
  return is_second_job (kind) && (account->holds & (1u << PROBITY_COMPARTMENT_STANDARDS)) == 0;
}

/* Whether @account holds a key of what may not be read by whom the case is about. */
static gboolean
holds_key (const ProbityCaseKind *kind,
           const ProbityAccount  *account)
{
  const guint keys = is_second_job (kind) ? (1u << PROBITY_COMPARTMENT_STANDARDS) | (1u << PROBITY_COMPARTMENT_INTELLIGENCE)
                                          : 1u << kind->record_kind->compartment;

  return (account->holds & keys) != 0;
}

static ProbitySealState *
copy_state (ProbitySealState *self)
{
  ProbitySealState *copy = g_new0 (ProbitySealState, 1);

  copy->sealed = self->sealed;
  copy->holders = g_strdupv (self->holders);
  copy->candidates = g_strdupv (self->candidates);
  copy->conflicts = g_strdupv (self->conflicts);
  copy->gaining = g_strdupv (self->gaining);
  copy->deciders = g_strdupv (self->deciders);
  copy->decided = self->decided;

  return copy;
}

void
probity_seal_state_free (ProbitySealState *self)
{
  g_strfreev (self->holders);
  g_strfreev (self->candidates);
  g_strfreev (self->conflicts);
  g_strfreev (self->gaining);
  g_strfreev (self->deciders);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbitySealState, probity_seal_state, copy_state, probity_seal_state_free)

/* What is found out account by account. */
typedef struct
{
  const ProbityCaseKind *kind;
  const char            *own; /* uid of who asks */
  GStrvBuilder          *holders;
  GStrvBuilder          *candidates;
  GStrvBuilder          *conflicts;
  GStrvBuilder          *gaining;
  GStrvBuilder          *deciders;
  ProbityRoles           signatory; /* of a second job */
  gboolean               decided;
} States;

static void
states_clear (States *self)
{
  g_clear_pointer (&self->holders, g_strv_builder_unref);
  g_clear_pointer (&self->candidates, g_strv_builder_unref);
  g_clear_pointer (&self->conflicts, g_strv_builder_unref);
  g_clear_pointer (&self->gaining, g_strv_builder_unref);
  g_clear_pointer (&self->deciders, g_strv_builder_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (States, states_clear)

/* @record: %NULL for a case that is not open yet */
static void
states_init (States        *self,
             ProbityStep   *step,
             ProbityRecord *record)
{
  const char *signatory = NULL;

  self->kind = step->case_kind;
  self->own = probity_session_get_account_uid (step->session);
  self->holders = g_strv_builder_new ();
  self->candidates = g_strv_builder_new ();
  self->conflicts = g_strv_builder_new ();
  self->gaining = g_strv_builder_new ();
  self->deciders = g_strv_builder_new ();
  if (is_second_job (self->kind))
    signatory = record != NULL ? probity_record_get (record, "signatory") : probity_profile_get_signatory (probity_session_get_profile (step->session));
  if (signatory == NULL || !probity_roles_parse (signatory, &self->signatory, NULL))
    self->signatory = PROBITY_ROLE_NONE;
}

/* By the role; whether they took part in it before is not known of everybody. */
static gboolean
decides (States               *self,
         const ProbityAccount *account)
{
  if (is_second_job (self->kind))
    return (account->roles & self->signatory) != 0;

  return probity_access_account_may (account, PROBITY_OPERATION_CLOSE_CASE);
}

/* @locked: the case is about its holder or a relative. @may: its role would let it know of the case. */
static void
states_add (States               *self,
            const ProbityAccount *account,
            gboolean              locked,
            gboolean              may)
{
  if (locked && holds_key (self->kind, account))
    g_strv_builder_add (self->conflicts, account->name);
  if (locked || !may || !probity_seal_takes_part (self->kind, account) || g_str_equal (account->uid, self->own))
    return;
  g_strv_builder_add (self->candidates, account->name);
  if (decides (self, account))
    g_strv_builder_add (self->deciders, account->name);
  if (probity_seal_gains_checks (self->kind, account))
    g_strv_builder_add (self->gaining, account->name);
}

static gboolean
states_return (States  *self,
               gboolean sealed,
               GValue  *result)
{
  ProbitySealState *state = g_new0 (ProbitySealState, 1);

  state->sealed = sealed;
  state->holders = g_strv_builder_end (self->holders);
  state->candidates = g_strv_builder_end (self->candidates);
  state->conflicts = g_strv_builder_end (self->conflicts);
  state->gaining = g_strv_builder_end (self->gaining);
  state->deciders = g_strv_builder_end (self->deciders);
  state->decided = self->decided;
  g_value_init (result, PROBITY_TYPE_SEAL_STATE);
  g_value_take_boxed (result, state);

  return TRUE;
}

static gboolean
state_read (ProbityRead *read,
            gpointer     data,
            GValue      *result,
            GError     **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .read = read };
  ProbityCase         found = { NULL };
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_auto (States) states = { NULL };
  g_auto (GStrv) uids = NULL;

  if (!probity_step_find_read (step, read, &found.db, &record, error))
    return FALSE;
  found.kind = step->case_kind;
  found.record = record;
  states_init (&states, step, record);
  if (step->sealed != PROBITY_COMPARTMENT_JOURNAL && (uids = probity_sealed_dup_current (step->session, found.db, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);
      const gboolean        holds = uids != NULL && g_strv_contains ((const char *const *) uids, account->uid);
      gboolean              locked, may;

      if (holds)
        g_strv_builder_add (states.holders, account->name);
      if (account->disabled)
        continue;
      if (!probity_case_is_locked_for (&source, &found, account, &locked, error) ||
          !probity_case_may_know (&source, &found, account, &may, error))
        return FALSE;
      if (!locked && (uids != NULL ? holds : g_str_equal (account->uid, states.own)))
        states.decided |= decides (&states, account);
      states_add (&states, account, locked, may && !holds);
    }

  return states_return (&states, uids != NULL, result);
}

DexFuture *
probity_case_load_seal (ProbitySession *session,
                        const char     *reference)
{
  return probity_part_read (session, NULL, reference, "seal", state_read);
}

/* --- Of a case that is not open yet --- */

/* Those of step->list of whom the reader may know: of themselves and their relatives nothing is told. */
static gboolean
find_people (ProbityStep *step,
             ProbityDb   *registers,
             GPtrArray  **ret_people,
             GError     **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new ();

  for (guint i = 0; step->list[i] != NULL; i++)
    {
      g_autoptr (ProbityRecord) person = NULL;

      if (!probity_record_read (registers, &probity_person_kind, step->session, step->list[i], &person, error))
        return FALSE;
      if (person != NULL && g_str_equal (probity_record_get (person, "staff_number"), step->list[i]))
        g_ptr_array_add (people, step->list[i]);
    }
  *ret_people = g_steal_pointer (&people);

  return TRUE;
}

static gboolean
add_account (ProbityStep          *step,
             const ProbitySource  *source,
             GPtrArray            *people,
             const ProbityAccount *account,
             States               *states,
             GError              **error)
{
  gboolean locked = FALSE, may = probity_access_account_may (account, step->case_kind->record_kind->read);

  /* A line manager knows of their own people's cases alone. */
  if (people->len == 0 && !probity_case_knows_everyone (account))
    may = FALSE;
  for (guint i = 0; i < people->len; i++)
    {
      gboolean person_locked, person_may;

      if (!probity_case_may_know_person (source, g_ptr_array_index (people, i), account, &person_locked, &person_may, error))
        return FALSE;
      locked |= person_locked;
      may &= person_may;
    }
  if (!locked && g_str_equal (account->uid, states->own))
    states->decided |= decides (states, account);
  states_add (states, account, locked, may);

  return TRUE;
}

/* What opens a case of @kind sealed. */
static ProbityOperation
get_opening_operation (const ProbityCaseKind *kind)
{
  return is_second_job (kind) ? PROBITY_OPERATION_SUBMIT_SEALED : kind->work;
}

static gboolean
new_state_read (ProbityRead *read,
                gpointer     data,
                GValue      *result,
                GError     **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .read = read };
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (step->session);
  g_autoptr (GPtrArray) people = NULL;
  g_auto (States) states = { NULL };
  ProbityDb *registers;

  if (!probity_access_check (step->session, get_opening_operation (step->case_kind), error) || !probity_seal_require_keys (step, error) ||
      (registers = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error)) == NULL ||
      !find_people (step, registers, &people, error))
    return FALSE;
  states_init (&states, step, NULL);

  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    {
      const ProbityAccount *account = probity_keyring_get_account (keyring, i);

      if (!account->disabled && !add_account (step, &source, people, account, &states, error))
        return FALSE;
    }

  return states_return (&states, FALSE, result);
}

gboolean
probity_case_may_open_sealed (ProbitySession        *session,
                              const ProbityCaseKind *kind)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  return probity_access_may (session, get_opening_operation (kind)) && probity_seal_holds_keys (session);
}

DexFuture *
probity_case_load_seal_of_new (ProbitySession        *session,
                               const ProbityCaseKind *kind,
                               const char *const     *staff_numbers)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (kind != NULL && staff_numbers != NULL);

  step = probity_step_new (session, kind, NULL);
  step->action = g_strdup ("seal");
  step->list = g_strdupv ((GStrv) staff_numbers);

  return probity_step_read (step, new_state_read);
}
