/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-private.h"

/* A check of everybody whom a run called for, as one batch. */

typedef struct
{
  ProbitySession  *session;
  guint            run;
  ProbityCheckKind kind;
  GStrv            searched;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *self = data;

  g_object_unref (self->session);
  g_strfreev (self->searched);
  g_free (self);
}

/* --- What is left to be looked at singly --- */

static const struct
{
  ProbityCheckKind   kind;
  ProbityCompartment compartment;
  ProbityOperation   operation;
  const char        *name;
} hit_kinds[] = {
  { PROBITY_CHECK_COMPLAINTS, PROBITY_COMPARTMENT_STANDARDS, PROBITY_OPERATION_CHECK_COMPLAINTS, "complaints_hits" },
  { PROBITY_CHECK_INTELLIGENCE, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_OPERATION_CHECK_INTELLIGENCE, "intelligence_hits" },
};

static gboolean
add_hits (ProbityDb  *db,
          guint       which,
          GHashTable *calls,
          GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT c.case_uid, count (*) FROM check_run AS c JOIN check_hit AS h ON h.check_run_id = c.id AND h.found = 1"
                                                                        " WHERE c.published IS NULL AND c.kind = $kind"
                                                                        " AND NOT EXISTS (SELECT 1 FROM check_run AS n WHERE n.case_uid = c.case_uid AND n.kind = c.kind AND n.id > c.id)"
                                                                        " GROUP BY c.case_uid",
                                                             "$kind",
                                                             's',
                                                             probity_check_kind_to_string (hit_kinds[which].kind),
                                                             NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      ProbityValues *call;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      call = g_hash_table_lookup (calls, probity_statement_get_text (statement, 0));
      if (call != NULL)
        probity_annual_review_set_number (call, hit_kinds[which].name, (guint) probity_statement_get_int64 (statement, 1));
    }
}

gboolean
probity_annual_review_add_hits (ProbitySession *session,
                                ProbityRead    *read,
                                GPtrArray      *calls,
                                GError        **error)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < calls->len; i++)
    g_hash_table_insert (by_uid, (gpointer) probity_values_get (g_ptr_array_index (calls, i), "uid"), g_ptr_array_index (calls, i));
  for (guint i = 0; i < G_N_ELEMENTS (hit_kinds); i++)
    {
      ProbityDb *db;

      if (!probity_access_may (session, hit_kinds[i].operation))
        continue;
      db = probity_read_get_db (read, hit_kinds[i].compartment, error);
      if (db == NULL || !add_hits (db, i, by_uid, error))
        return FALSE;
    }

  return TRUE;
}

/* --- The batch --- */

/* Who may not check somebody (their manager, a relative, an earlier commenter) leaves them to another checker. */
static gboolean
is_left_to_others (const GError *error)
{
  return g_error_matches (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_GATE) ||
         g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND) ||
         g_error_matches (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE);
}

static DexFuture *
check_fiber (gpointer data)
{
  Batch                 *self = data;
  const ProbityOperation operation = self->kind == PROBITY_CHECK_COMPLAINTS ? PROBITY_OPERATION_CHECK_COMPLAINTS : PROBITY_OPERATION_CHECK_INTELLIGENCE;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GString) with_hits = g_string_new (NULL);
  ProbityValues *values;
  GError        *error = NULL;
  guint          n_searched = 0, n_published = 0, n_skipped = 0;

  if (!probity_access_check (self->session, operation, &error))
    return dex_future_new_for_error (error);
  calls = dex_await_boxed (probity_annual_review_load (self->session, self->run), &error);
  if (calls == NULL)
    return dex_future_new_for_error (error);

  for (guint i = 0; i < calls->len; i++)
    {
      const char *reference = probity_values_get (g_ptr_array_index (calls, i), "reference");
      const char *state = probity_values_get (g_ptr_array_index (calls, i), "state");
      g_autoptr (ProbityCheck) check = NULL;
      g_autoptr (GError) problem = NULL;

      if (!g_str_equal (state, "outstanding") && !g_str_equal (state, "no-change") && !g_str_equal (state, "changed"))
        continue;
      check = dex_await_boxed (probity_check_run_in_batch (self->session, reference, self->kind), &problem);
      if (check != NULL)
        {
          n_searched++;
          if (check->hits->len > 0)
            g_string_append_printf (with_hits, "%s%s", with_hits->len > 0 ? "\n" : "", reference);
          else if (dex_await (probity_check_publish_in_batch (self->session, reference, self->kind, (const char *const *) self->searched), &problem))
            n_published++;
        }
      if (problem != NULL && !is_left_to_others (problem))
        return dex_future_new_for_error (g_steal_pointer (&problem));
      n_skipped += problem != NULL;
    }

  values = probity_values_new ();
  probity_annual_review_set_number (values, "searched", n_searched);
  probity_annual_review_set_number (values, "published", n_published);
  probity_annual_review_set_number (values, "skipped", n_skipped);
  probity_values_set (values, "with_hits", with_hits->str);

  return dex_future_new_take_boxed (PROBITY_TYPE_VALUES, values);
}

DexFuture *
probity_annual_review_check (ProbitySession    *session,
                             guint              run,
                             ProbityCheckKind   kind,
                             const char *const *searched)
{
  Batch *self;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  self = g_new0 (Batch, 1);
  self->session = g_object_ref (session);
  self->run = run;
  self->kind = kind;
  self->searched = g_strdupv ((GStrv) searched);

  return dex_scheduler_spawn (NULL, 0, check_fiber, self, batch_free);
}
