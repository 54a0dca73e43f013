/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-closing-private.h"
#include "probity-instant.h"
#include "probity-sealed-answer-private.h"

/* What stands between an investigation and its closing decision. */

#define COLUMNS(...) ((const char *const[]) { __VA_ARGS__, NULL })

const ProbitySignedTable probity_signed_closing_proposal = {
  "probity/closing-proposal/1",
  "closing_proposal",
  "signature",
  "case_uid",
  COLUMNS ("uid", "outcome", "reasons", "subjects_digest", "account", "person", "at"),
  "case",
};

/* The statement of the check itself, carried beside the case: see probity_signed_check_clearance. */
const ProbitySignedTable probity_signed_closing_clearance = {
  "probity/clearance/1",
  "closing_clearance",
  "signature",
  "case_uid",
  COLUMNS ("kind", "check_uid", "account", "person", "subject_digest", "material_digest", "at"),
};

const ProbitySignedTable probity_signed_closing = {
  "probity/closing/1",
  "closing",
  "signature",
  "case_uid",
  COLUMNS ("uid", "outcome", "reasons", "no_subject", "proposal_uid", "subjects_digest", "clearances_digest", "account", "person", "at"),
  "case",
};

static void
free_subject (gpointer data)
{
  ProbityClosingSubject *self = data;

  g_free (self->uid);
  g_free (self->subject);
  g_free (self->name);
  g_free (self->complaints_by);
  g_free (self->complaints_at);
  g_free (self->intelligence_by);
  g_free (self->intelligence_at);
  g_strfreev (self->missing);
  g_strfreev (self->unseen);
  g_free (self);
}

void
probity_closing_free (ProbityClosing *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->gate, probity_gate_free);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_pointer (&self->state, g_ptr_array_unref);
  g_clear_pointer (&self->clearances, g_ptr_array_unref);
  g_clear_pointer (&self->proposal, probity_row_free);
  g_free (self);
}

char *
probity_closing_dup_subjects_digest (GPtrArray *targets)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/case-subjects/1");

  for (guint i = 0; i < targets->len; i++)
    probity_canonical_add_text (canonical, "subject", ((ProbityCheckTarget *) g_ptr_array_index (targets, i))->material_digest);

  return probity_canonical_dup_digest (canonical);
}

char *
probity_closing_dup_clearances_digest (GPtrArray  *clearances,
                                       const char *casebook_uid,
                                       const char *case_uid)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("probity/closing-clearances/1");

  for (guint i = 0; i < clearances->len; i++)
    {
      g_autofree char *digest = probity_signed_dup_digest (&probity_signed_closing_clearance, casebook_uid, case_uid, g_ptr_array_index (clearances, i));

      probity_canonical_add_text (canonical, "clearance", digest);
    }

  return probity_canonical_dup_digest (canonical);
}

ProbityRoles
probity_closing_get_proposer_roles (ProbityRecord *record)
{
  return probity_record_kind_get_compartment (probity_record_get_kind (record)) == PROBITY_COMPARTMENT_INTELLIGENCE
             ? PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER
             : PROBITY_ROLE_PSD_OFFICER | PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER;
}

gboolean
probity_closing_is_barred (ProbityClosing *self,
                           const char     *person,
                           gboolean       *ret_barred,
                           GError        **error)
{
  for (guint i = 0; i < self->clearances->len; i++)
    if (g_strcmp0 (person, probity_row_get (g_ptr_array_index (self->clearances, i), "person")) == 0)
      {
        *ret_barred = TRUE;
        return TRUE;
      }

  return probity_check_is_investigator (self->db, probity_record_get_uid (self->gate->job), person, ret_barred, error);
}

/* Says a code of one subject and of the case. */
static void
add_missing (ProbityClosing *self,
             GPtrArray      *codes,
             const char     *code)
{
  probity_gate_add_missing (self->gate, code);
  if (!g_ptr_array_find_with_equal_func (codes, code, g_str_equal, NULL))
    g_ptr_array_add (codes, g_strdup (code));
}

static guint
count_unassessed (GPtrArray *hits)
{
  guint n = 0;

  for (guint i = 0; hits != NULL && i < hits->len; i++)
    if (((ProbityCheckHitRow *) g_ptr_array_index (hits, i))->assessment == NULL)
      n++;

  return n;
}

/* Whether the published @run holds today, of the subject as they are. */
static gboolean
judge_run (ProbityClosing          *self,
           const ProbityGateSource *source,
           ProbityCheckTarget      *target,
           ProbityCheckKind         kind,
           ProbityDb               *db,
           ProbityRow              *run,
           GPtrArray               *codes,
           gboolean                *ret_holds,
           GError                 **error)
{
  const char *code = kind == PROBITY_CHECK_COMPLAINTS ? "complaints-check" : "intelligence-check";
  ProbityDb  *searched = source->searched[kind];
  g_autoptr (GPtrArray) hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error);
  g_autoptr (ProbityCheckSubject) subject = hits != NULL ? probity_check_subject_new (source->staff, target, error) : NULL;
  g_autoptr (GPtrArray) unseen = NULL;
  gboolean proved, investigates, stale;

  *ret_holds = FALSE;
  if (subject == NULL || !probity_gate_prove_check (self->gate, source, target, db, kind, run, hits, &proved, error) ||
      !probity_check_is_investigator (self->db, probity_record_get_uid (self->gate->job), probity_row_get (run, "person"), &investigates, error))
    return FALSE;

  stale = g_strcmp0 (probity_row_get (run, "material_digest"), target->material_digest) != 0 ||
          g_strcmp0 (probity_row_get (run, "subject_digest"), subject->digest) != 0 ||
          !probity_gate_is_fresh (self->gate->job, probity_row_get (run, "published"), source->now);
  if (proved && searched != NULL && (unseen = probity_gate_find_unseen (source->session, searched, subject, hits, error)) == NULL)
    return FALSE;

  if (!proved)
    add_missing (self, codes, code);
  if (stale)
    add_missing (self, codes, "stale-check");
  if (unseen != NULL && unseen->len > 0)
    add_missing (self, codes, "new-record");
  if (investigates)
    add_missing (self, codes, "separation-of-duties");
  *ret_holds = proved && !stale && !investigates && (unseen == NULL || unseen->len == 0);

  return TRUE;
}

static gboolean
examine_check (ProbityClosing          *self,
               const ProbityGateSource *source,
               ProbityCheckTarget      *target,
               ProbityCheckKind         kind,
               GPtrArray               *codes,
               gboolean                *ret_holds,
               char                   **ret_by,
               char                   **ret_at,
               GError                 **error)
{
  const char           *code = kind == PROBITY_CHECK_COMPLAINTS ? "complaints-check" : "intelligence-check";
  ProbityDb            *db = probity_gate_source_get_db (source, probity_check_target_get_compartment (target, kind));
  const ProbityAccount *account;
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (ProbityRow) open = NULL;
  g_autoptr (GPtrArray) open_hits = NULL;
  ProbityRow *clearance;

  *ret_holds = FALSE;
  if (db == NULL)
    {
      add_missing (self, codes, code);
      probity_gate_add_unseen (self->gate, code);
      return TRUE;
    }
  if (!probity_check_find (db, target, kind, FALSE, TRUE, &run, error) ||
      !probity_check_find (db, target, kind, TRUE, FALSE, &open, error) ||
      (open != NULL && (open_hits = probity_check_load_hits (db, probity_row_get_int (open, "id"), error)) == NULL))
    return FALSE;

  if (run == NULL)
    add_missing (self, codes, code);
  else if (!judge_run (self, source, target, kind, db, run, codes, ret_holds, error))
    return FALSE;
  if (!*ret_holds && count_unassessed (open_hits) > 0)
    add_missing (self, codes, "unassessed-hits");
  if (!*ret_holds)
    return TRUE;

  account = probity_keyring_find (source->keyring, probity_row_get (run, "account"));
  *ret_by = account != NULL ? g_strdup (account->name) : NULL;
  *ret_at = g_strdup (probity_row_get (run, "published"));
  clearance = probity_gate_build_clearance (run);
  probity_row_set (clearance, "case_uid", probity_check_target_get_uid (target));
  probity_row_set (clearance, "subject_uid", target->subject_uid);
  g_ptr_array_add (self->clearances, clearance);

  return TRUE;
}

static gboolean
examine_subject (ProbityClosing          *self,
                 const ProbityGateSource *source,
                 ProbityCheckTarget      *target,
                 GError                 **error)
{
  ProbityClosingSubject *subject = g_new0 (ProbityClosingSubject, 1);
  g_autoptr (GPtrArray) codes = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (self->state, subject);
  subject->uid = g_strdup (target->subject_uid);
  subject->subject = g_strdup (target->subject);
  subject->name = g_strdup (target->name);
  if (!examine_check (self, source, target, PROBITY_CHECK_COMPLAINTS, codes, &subject->complaints, &subject->complaints_by, &subject->complaints_at, error) ||
      !examine_check (self, source, target, PROBITY_CHECK_INTELLIGENCE, codes, &subject->intelligence, &subject->intelligence_by, &subject->intelligence_at, error) ||
      !probity_sealed_answer_examine (self->gate, source, target, codes, error))
    return FALSE;
  g_ptr_array_add (codes, NULL);
  subject->missing = (GStrv) g_ptr_array_free (g_steal_pointer (&codes), FALSE);
  subject->unseen = probity_gate_dup_unseen (self->gate, subject->missing);

  return TRUE;
}

static gboolean
examine_proposal (ProbityClosing          *self,
                  const ProbityGateSource *source,
                  GError                 **error)
{
  g_autofree char *digest = probity_closing_dup_subjects_digest (self->targets);
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_closing_proposal, self->db, "case_uid = $key ORDER BY id DESC LIMIT 1", probity_record_get_uid (self->gate->job), error);
  ProbityRow *row;

  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    return TRUE;
  row = g_ptr_array_index (rows, 0);
  /* Whoever is a subject only now was not thought of when it was proposed. */
  if (probity_gate_prove (self->gate, source, &probity_signed_closing_proposal, row, probity_row_get (row, "at"), probity_closing_get_proposer_roles (self->gate->job), "forged-proposal", self->db) &&
      g_strcmp0 (probity_row_get (row, "subjects_digest"), digest) == 0)
    self->proposal = g_ptr_array_steal_index (rows, 0);

  return TRUE;
}

ProbityClosing *
probity_closing_examine (const ProbityGateSource *source,
                         ProbityRecord           *record,
                         GError                 **error)
{
  g_autoptr (ProbityClosing) self = g_new0 (ProbityClosing, 1);

  self->gate = probity_gate_new (record);
  self->db = probity_gate_source_get_db (source, probity_record_kind_get_compartment (probity_record_get_kind (record)));
  self->clearances = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_row_free);
  self->state = g_ptr_array_new_with_free_func (free_subject);
  self->targets = probity_check_load_targets (self->db, record, FALSE, error);
  if (self->targets == NULL)
    return NULL;
  for (guint i = 0; i < self->targets->len; i++)
    if (!examine_subject (self, source, g_ptr_array_index (self->targets, i), error))
      return NULL;
  if (!examine_proposal (self, source, error))
    return NULL;

  return g_steal_pointer (&self);
}
