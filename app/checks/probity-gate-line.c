/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-gate-private.h"

/* What the gate proves of the application itself and of the line's comments. */

static const ProbityRoles submit_roles = PROBITY_ROLE_LINE_MANAGER | PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER;
/* And in a sealed compartment, in which one was opened. */
static const ProbityRoles sealed_submit_roles = PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER;
static const ProbityRoles import_roles = PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_DECIDER;
static const ProbityRoles stand_in_roles = PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER;

static GPtrArray *
load (const ProbityGateSource  *source,
      const ProbitySignedTable *table,
      ProbityRecord            *job,
      GError                  **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, probity_record_get_id (job));

  return probity_signed_load (table, source->registers, "second_job_id = $key ORDER BY id", id, error);
}

/* The row of the case must be what somebody entered and signed: route, manager and material facts. */
static void
prove_application (ProbityGate             *self,
                   const ProbityGateSource *source)
{
  g_autofree char   *material = probity_second_job_dup_material_digest (self->job);
  g_autofree char   *route = probity_second_job_dup_route_digest (self->job);
  const ProbityRoles entering = probity_db_get_compartment (source->registers) >= PROBITY_COMPARTMENT_SEALED ? submit_roles | sealed_submit_roles : submit_roles;
  ProbityRow        *newest = NULL;
  gboolean           proved = FALSE;

  for (guint i = 0; i < self->statements->len; i++)
    {
      ProbityRow    *row = g_ptr_array_index (self->statements, i);
      const gboolean forward = g_strcmp0 (probity_row_get (row, "kind"), "brought-forward") == 0;

      newest = row;
      proved = probity_gate_prove (self, source, &probity_signed_application, row, probity_row_get (row, "at"), forward ? import_roles : entering, "forged-application", forward ? NULL : source->registers);
    }

  if (proved)
    probity_second_job_prove_stand_in (self, source->keyring);
  if (newest == NULL)
    probity_gate_add_problem (self, "forged-application", "nobody signed the application");
  else if (proved && g_strcmp0 (material, probity_record_get (self->job, "material_digest")) != 0)
    probity_gate_add_problem (self, "forged-application", "the particulars are not those that its digest was made of");
  else if (proved && (g_strcmp0 (material, probity_row_get (newest, "material_digest")) != 0 ||
                      g_strcmp0 (route, probity_row_get (newest, "route_digest")) != 0))
    probity_gate_add_problem (self, "forged-application", "the particulars or the route are not those that were signed");
  else if (proved)
    return;

  /* Whatever was checked, it was not this. */
  probity_gate_add_missing (self, "stale-check");
}

static gboolean
is_manager_or_stand_in (ProbityGate *self,
                        const char  *person)
{
  if (!g_str_has_prefix (person, "staff:"))
    return FALSE;
  person += strlen ("staff:");
  if (g_strcmp0 (person, probity_record_get (self->job, "manager_staff_number")) == 0)
    return TRUE;
  for (guint i = 0; i < self->stand_ins->len; i++)
    if (g_strcmp0 (person, probity_row_get (g_ptr_array_index (self->stand_ins, i), "staff_number")) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
prove_comment (ProbityGate             *self,
               const ProbityGateSource *source,
               ProbityRow              *row)
{
  const gboolean   manager = g_strcmp0 (probity_row_get (row, "for_role"), "line-manager") == 0;
  const gboolean   paper = probity_row_get (row, "on_paper_from") != NULL;
  ProbityRoles     roles = probity_second_job_get_head_of_hr_roles (self->job);
  g_autofree char *applicant = g_strconcat ("staff:", probity_record_get (self->job, "staff_number"), NULL);

  if (manager)
    roles = paper ? PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR : PROBITY_ROLE_LINE_MANAGER;
  else if (paper)
    roles = PROBITY_ROLE_NONE;

  if (!probity_gate_prove (self, source, &probity_signed_comment, row, probity_row_get (row, "at"), roles, "forged-comment", source->registers))
    return FALSE;
  if (g_strcmp0 (probity_row_get (row, "person"), applicant) == 0 ||
      (manager && !is_manager_or_stand_in (self, probity_row_get (row, "person"))))
    {
      probity_gate_add_problem (self, "forged-comment", "%s is not from the recorded manager or a stand-in", probity_row_get (row, "uid"));
      return FALSE;
    }

  return TRUE;
}

static void
drop_unproved (GPtrArray *rows,
               guint     *index)
{
  g_ptr_array_remove_index (rows, *index);
  (*index)--;
}

gboolean
probity_gate_examine_line (ProbityGate             *self,
                           const ProbityGateSource *source,
                           GError                 **error)
{
  const gint64      round = probity_second_job_get_round (self->job);
  const char *const roles[] = { "line-manager", "head-of-hr" };
  const char *const required[] = { "requires_line_manager_comment", "requires_head_of_hr_comment" };
  const char *const codes[] = { "line-manager-comment", "head-of-hr-comment" };
  ProbityRoles      waivers = PROBITY_ROLE_DECIDER;

  if (g_strcmp0 (probity_record_get (self->job, "signatory"), "head-of-hr") == 0)
    waivers |= PROBITY_ROLE_HEAD_OF_HR;

  if ((self->statements = load (source, &probity_signed_application, self->job, error)) == NULL ||
      (self->stand_ins = load (source, &probity_signed_stand_in, self->job, error)) == NULL ||
      (self->comments = load (source, &probity_signed_comment, self->job, error)) == NULL ||
      (self->waivers = load (source, &probity_signed_waiver, self->job, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < self->stand_ins->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (self->stand_ins, i);

      if (!probity_gate_prove (self, source, &probity_signed_stand_in, row, probity_row_get (row, "at"), stand_in_roles, "forged-stand-in", source->registers))
        drop_unproved (self->stand_ins, &i);
    }
  for (guint i = 0; i < self->comments->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (self->comments, i);

      if (!prove_comment (self, source, row))
        drop_unproved (self->comments, &i);
      else if (probity_row_get_int (row, "round") != round)
        g_ptr_array_add (self->earlier, g_ptr_array_steal_index (self->comments, i--));
    }
  for (guint i = 0; i < self->waivers->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (self->waivers, i);

      if (!probity_gate_prove (self, source, &probity_signed_waiver, row, probity_row_get (row, "at"), waivers, "forged-waiver", source->registers))
        drop_unproved (self->waivers, &i);
      else if (probity_row_get_int (row, "round") != round)
        g_ptr_array_add (self->earlier, g_ptr_array_steal_index (self->waivers, i--));
    }

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (probity_record_get (self->job, required[i]), "0") != 0 &&
        probity_gate_find_comment (self, roles[i]) == NULL && probity_gate_find_waiver (self, roles[i]) == NULL)
      probity_gate_add_missing (self, codes[i]);

  prove_application (self, source);

  return TRUE;
}

static ProbityRow *
find_newest (GPtrArray  *rows,
             const char *for_role)
{
  for (guint i = rows->len; i > 0; i--)
    {
      ProbityRow *row = g_ptr_array_index (rows, i - 1);

      if (g_strcmp0 (probity_row_get (row, "for_role"), for_role) == 0)
        return row;
    }

  return NULL;
}

ProbityRow *
probity_gate_find_comment (ProbityGate *self,
                           const char  *for_role)
{
  return find_newest (self->comments, for_role);
}

ProbityRow *
probity_gate_find_waiver (ProbityGate *self,
                          const char  *for_role)
{
  return find_newest (self->waivers, for_role);
}
