/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"

/* What the gate proves of a check: that it was made, of this applicant and application, whole, and since nothing came. */

static const char *
code_of (ProbityCheckKind kind)
{
  return kind == PROBITY_CHECK_COMPLAINTS ? "complaints-check" : "intelligence-check";
}

static gboolean
count_unassessed (ProbityDb  *db,
                  ProbityRow *run,
                  guint      *ret_n,
                  GError    **error)
{
  g_autoptr (GPtrArray) hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error);

  *ret_n = 0;
  if (hits == NULL)
    return FALSE;
  for (guint i = 0; i < hits->len; i++)
    if (((ProbityCheckHitRow *) g_ptr_array_index (hits, i))->assessment == NULL)
      (*ret_n)++;

  return TRUE;
}

/* The two signatures, the digests that they cover, and each verdict's own signature. */
gboolean
probity_gate_prove_check (ProbityGate             *self,
                          const ProbityGateSource *source,
                          ProbityCheckTarget      *target,
                          ProbityDb               *db,
                          ProbityCheckKind         kind,
                          ProbityRow              *run,
                          GPtrArray               *hits,
                          gboolean                *ret_proved,
                          GError                 **error)
{
  const ProbityRoles roles = probity_check_target_get_roles (target, kind);
  const char        *published = probity_row_get (run, "published");
  g_autofree char   *records = probity_check_dup_records_digest (hits);
  g_autofree char   *assessments = probity_check_dup_assessments_digest (hits);
  g_autofree char   *searches = probity_check_dup_searches_digest (db, probity_row_get_int (run, "id"), error);

  *ret_proved = FALSE;
  if (searches == NULL)
    return FALSE;
  if (!probity_gate_prove (self, source, &probity_signed_check, run, published, roles, "forged-check", db) ||
      !probity_gate_prove (self, source, &probity_signed_check_clearance, run, published, roles, "forged-check", db))
    return TRUE;
  if (g_strcmp0 (records, probity_row_get (run, "records_digest")) != 0 ||
      g_strcmp0 (assessments, probity_row_get (run, "assessments_digest")) != 0 ||
      g_strcmp0 (searches, probity_row_get (run, "searches_digest")) != 0)
    {
      probity_gate_add_problem (self, "forged-check", "the hits, verdicts or searches of %s are not those that were signed", probity_row_get (run, "uid"));
      return TRUE;
    }

  for (guint i = 0; i < hits->len; i++)
    {
      ProbityCheckHitRow *hit = g_ptr_array_index (hits, i);

      if (hit->assessment == NULL)
        {
          probity_gate_add_missing (self, "unassessed-hits");
          return TRUE;
        }
      /* A remembered verdict was signed for another case of the same applicant. */
      if (!probity_signed_prove (&probity_signed_assessment, source->keyring, probity_row_get (hit->assessment, "case_uid"), hit->assessment) ||
          (probity_keyring_get_roles_at (source->keyring, probity_row_get (hit->assessment, "account"), probity_row_get (hit->assessment, "at")) & roles) == 0)
        {
          probity_gate_add_problem (self, "forged-check", "the verdict %s is not signed by a checker", hit->assessment_uid);
          return TRUE;
        }
      if (g_strcmp0 (probity_row_get (hit->assessment, "target_uid"), hit->target_uid) != 0 ||
          g_strcmp0 (probity_row_get (hit->assessment, "target_digest"), hit->target_digest) != 0 ||
          g_strcmp0 (probity_row_get (hit->assessment, "subject_digest"), probity_row_get (run, "subject_digest")) != 0 ||
          g_strcmp0 (probity_row_get (hit->assessment, "staff_number"), probity_row_get (run, "staff_number")) != 0)
        {
          probity_gate_add_problem (self, "forged-check", "the verdict %s is about other records", hit->assessment_uid);
          return TRUE;
        }
    }

  if (g_strcmp0 (probity_row_get (run, "staff_number"), target->subject) != 0)
    {
      probity_gate_add_problem (self, "forged-check", "%s is about somebody else", probity_row_get (run, "uid"));
      return TRUE;
    }
  *ret_proved = TRUE;

  return TRUE;
}

GPtrArray *
probity_gate_find_unseen (ProbitySession      *session,
                          ProbityDb           *db,
                          ProbityCheckSubject *subject,
                          GPtrArray           *hits,
                          GError             **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < hits->len; i++)
    {
      ProbityCheckHitRow *hit = g_ptr_array_index (hits, i);

      g_hash_table_insert (seen, hit->target_uid, hit->target_digest);
    }
  found = probity_check_search (session, db, subject, error);
  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      ProbitySubjectHit *hit = g_ptr_array_index (found, i);
      g_autofree char   *digest = probity_check_dup_target_digest (hit);

      if (g_strcmp0 (g_hash_table_lookup (seen, hit->uid), digest) == 0)
        g_ptr_array_remove_index (found, i--);
    }

  return g_steal_pointer (&found);
}

ProbityRow *
probity_gate_build_clearance (ProbityRow *run)
{
  ProbityRow *row = probity_row_new ();

  probity_row_set (row, "kind", probity_row_get (run, "kind"));
  probity_row_set (row, "check_uid", probity_row_get (run, "uid"));
  probity_row_set (row, "account", probity_row_get (run, "account"));
  probity_row_set (row, "person", probity_row_get (run, "person"));
  probity_row_set (row, "subject_digest", probity_row_get (run, "subject_digest"));
  probity_row_set (row, "material_digest", probity_row_get (run, "material_digest"));
  probity_row_set (row, "at", probity_row_get (run, "published"));
  probity_row_set_bytes (row, "signature", probity_row_get_bytes (run, "clearance_signature"));

  return row;
}

static gboolean
commented (ProbityGate *self,
           const char  *person)
{
  for (guint i = 0; i < self->comments->len; i++)
    if (g_strcmp0 (probity_row_get (g_ptr_array_index (self->comments, i), "person"), person) == 0)
      return TRUE;

  return FALSE;
}

gboolean
probity_gate_examine_check (ProbityGate             *self,
                            const ProbityGateSource *source,
                            ProbityCheckKind         kind,
                            GError                 **error)
{
  ProbityGateCheck *check = &self->checks[kind];
  ProbityDb        *db = kind == PROBITY_CHECK_COMPLAINTS ? source->standards : source->intelligence;
  const char       *uid = probity_record_get_uid (self->job);
  g_autoptr (ProbityCheckTarget) target = probity_check_target_new_for_job (self->job);
  g_autoptr (ProbityRow) run = NULL;
  g_autoptr (ProbityRow) open = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  g_autoptr (GPtrArray) rechecks = NULL;
  g_autoptr (GPtrArray) unseen = NULL;
  g_autoptr (ProbityCheckSubject) subject = NULL;
  gboolean proved = FALSE;
  gboolean stale = FALSE;
  guint    n_unassessed = 0;

  if (db == NULL)
    {
      /* A view brings the clearances to who cannot read the check; else it stays unknown here. */
      probity_gate_add_unseen (self, code_of (kind));
      return TRUE;
    }
  check->known = TRUE;

  if (!probity_check_find (db, target, kind, FALSE, TRUE, &run, error) ||
      !probity_check_find (db, target, kind, TRUE, FALSE, &open, error) ||
      (open != NULL && !count_unassessed (db, open, &n_unassessed, error)) ||
      (rechecks = probity_check_load_rechecks (db, uid, kind, error)) == NULL)
    return FALSE;

  if (run == NULL)
    {
      probity_gate_add_missing (self, code_of (kind));
      if (n_unassessed > 0)
        probity_gate_add_missing (self, "unassessed-hits");
    }
  else
    {
      if ((hits = probity_check_load_hits (db, probity_row_get_int (run, "id"), error)) == NULL ||
          !probity_gate_prove_check (self, source, target, db, kind, run, hits, &proved, error) ||
          (subject = probity_check_subject_new (source->staff, target, error)) == NULL)
        return FALSE;

      stale = g_strcmp0 (probity_row_get (run, "material_digest"), probity_record_get (self->job, "material_digest")) != 0 ||
              g_strcmp0 (probity_row_get (run, "published"), probity_record_get (self->job, "material_changed_at")) < 0;
      if (!source->historic)
        stale = stale || g_strcmp0 (probity_row_get (run, "subject_digest"), subject->digest) != 0 ||
                !probity_gate_is_fresh (self->job, probity_row_get (run, "published"), source->now);
      if (proved && !source->historic && (unseen = probity_gate_find_unseen (source->session, source->searched[kind], subject, hits, error)) == NULL)
        return FALSE;

      if (!proved)
        probity_gate_add_missing (self, code_of (kind));
      if (stale)
        probity_gate_add_missing (self, "stale-check");
      if (unseen != NULL && unseen->len > 0)
        {
          probity_gate_add_missing (self, "new-record");
          if (n_unassessed > 0)
            probity_gate_add_missing (self, "unassessed-hits");
        }
      if (probity_second_job_is_party (self->job, probity_row_get (run, "person")) || commented (self, probity_row_get (run, "person")))
        {
          probity_gate_add_missing (self, "separation-of-duties");
          proved = FALSE;
        }
      check->published = g_steal_pointer (&run);
    }

  /* A case that is still before its first decision knows a later record as new; a holder is checked again. */
  if (rechecks->len > 0 && !source->historic)
    probity_gate_add_missing (self,
                              probity_second_job_is_open (self->job) && probity_second_job_get_round (self->job) == 1 ? "new-record"
                                                                                                                      : "recheck-open");
  if (proved && !stale && (unseen == NULL || unseen->len == 0) && rechecks->len == 0)
    check->clearance = probity_gate_build_clearance (check->published);

  return TRUE;
}
