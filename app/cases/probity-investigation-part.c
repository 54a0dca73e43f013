/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <json-glib/json-glib.h>

#include "probity-investigation-private.h"

/* The parts of investigations: rows that are added, some corrected, none removed. */

const ProbityCasePart *const *
probity_case_kind_get_parts (const ProbityCaseKind *kind)
{
  static const ProbityCasePart *const none[] = { NULL };

  if (kind == &probity_leak_case)
    return probity_leak_parts;
  if (kind == &probity_conduct_case)
    return probity_conduct_parts;

  return none;
}

const ProbityCasePart *
probity_case_part_find (const ProbityCaseKind *kind,
                        const char            *name)
{
  const ProbityCasePart *const *parts = probity_case_kind_get_parts (kind);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_equal (parts[i]->name, name))
      return parts[i];

  return NULL;
}

static gboolean
require_addable (const ProbityCasePart *part,
                 ProbityRecord         *record,
                 GError               **error)
{
  return part->after_closing || probity_investigation_require_open (record, error);
}

/* What is written of a row into the log: all that was entered. */
static char *
dup_logged (ProbityValues *values)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_auto (GStrv) fields = probity_values_dup_fields (values);

  for (guint i = 0; fields[i] != NULL; i++)
    if (!g_str_equal (fields[i], "case_uid"))
      json_object_set_string_member (object, fields[i], probity_values_get (values, fields[i]));
  json_node_set_object (root, object);

  return json_to_string (root, FALSE);
}

static gboolean
resolve_subject (const ProbityCasePart *part,
                 ProbityDb             *db,
                 ProbityRecord         *record,
                 ProbityValues         *values,
                 GError               **error)
{
  const char      *text = probity_values_get (values, "subject");
  g_autofree char *uid = NULL;

  if (text == NULL || *text == '\0' || probity_record_kind_find_field (part->record_kind, "subject") == NULL)
    return TRUE;
  uid = probity_investigation_dup_subject_uid (db, record, text, TRUE, error);
  if (uid == NULL)
    return FALSE;
  probity_values_set (values, "subject", uid);

  return TRUE;
}

static ProbityValues *
copy_values (ProbityValues *values)
{
  ProbityValues *copy = probity_values_new ();
  g_auto (GStrv) fields = probity_values_dup_fields (values);

  for (guint i = 0; fields[i] != NULL; i++)
    probity_values_set (copy, fields[i], probity_values_get (values, fields[i]));

  return copy;
}

static ProbityValues *
dup_values (const ProbityCasePart *part,
            ProbityValues         *values,
            ProbityRecord         *old,
            GError               **error)
{
  return part->read_values != NULL ? part->read_values (values, old, error) : copy_values (values);
}

static gboolean
add_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCasePart *part = step->part;
  ProbityDb             *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityRecord) row = NULL;
  g_autoptr (ProbityValues) values = NULL;
  g_autofree char *logged = NULL;

  if (!probity_step_find_work (step, write, &db, &record, error) || !require_addable (part, record, error) ||
      (values = dup_values (part, step->values, NULL, error)) == NULL || !resolve_subject (part, db, record, values, error))
    return FALSE;
  probity_values_set (values, "case_uid", step->uid);
  logged = dup_logged (values);
  if (!probity_record_insert (write, step->session, part->record_kind, values, FALSE, &row, error) ||
      !probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, part->name, NULL, logged, error))
    return FALSE;

  probity_step_note_change (step, write, record);
  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_take_boxed (result, g_steal_pointer (&row));

  return TRUE;
}

DexFuture *
probity_investigation_add_row (ProbitySession        *session,
                               const ProbityCasePart *part,
                               const char            *reference,
                               ProbityValues         *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (part != NULL && reference != NULL && values != NULL);

  step = probity_step_new (session, part->case_kind, reference);
  step->action = g_strdup (part->name);
  step->part = part;
  step->values = probity_values_ref (values);

  return probity_step_run (step, add_write);
}

static gboolean
change_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCasePart *part = step->part;
  ProbityDb             *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityRecord) old = NULL;
  g_autoptr (ProbityRecord) row = NULL;
  g_autoptr (ProbityValues) values = NULL;

  if (!probity_step_find_work (step, write, &db, &record, error) || !require_addable (part, record, error) ||
      !probity_record_read (db, part->record_kind, NULL, step->text, &old, error))
    return FALSE;
  if (old == NULL || g_strcmp0 (probity_record_get (old, "case_uid"), step->uid) != 0)
    return probity_access_set_not_found (error, step->text);
  if (!part->editable)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "What is recorded as %s stands; add a new one", part->name);
      return FALSE;
    }
  if (probity_record_get_version (old) != step->version)
    {
      g_set_error (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_CONFLICT, "Somebody else saved this in the meantime");
      return FALSE;
    }
  if ((values = dup_values (part, step->values, old, error)) == NULL || !resolve_subject (part, db, record, values, error))
    return FALSE;
  if (!probity_record_change (write, step->session, old, values, FALSE, NULL, &row, error))
    return FALSE;

  probity_step_note_change (step, write, record);
  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_take_boxed (result, g_steal_pointer (&row));

  return TRUE;
}

DexFuture *
probity_investigation_change_row (ProbitySession        *session,
                                  const ProbityCasePart *part,
                                  const char            *reference,
                                  const char            *uid,
                                  gint64                 version,
                                  ProbityValues         *values)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (part != NULL && reference != NULL && uid != NULL && values != NULL);

  step = probity_step_new (session, part->case_kind, reference);
  step->action = g_strdup (part->name);
  step->part = part;
  step->text = g_strdup (uid);
  step->version = version;
  step->values = probity_values_ref (values);

  return probity_step_run (step, change_write);
}

GPtrArray *
probity_case_part_read (ProbityDb             *db,
                        const ProbityCasePart *part,
                        const char            *case_uid,
                        GError               **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_record_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE case_uid = $uid ORDER BY id", part->record_kind->table);

  statement = probity_db_query (db, error, sql, "$uid", 's', case_uid, NULL);
  if (statement == NULL)
    return NULL;
  for (;;)
    {
      gboolean row;
      gint64   id;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      id = probity_statement_get_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      ProbityRecord *record = NULL;

      if (!probity_record_read_id (db, part->record_kind, NULL, g_array_index (ids, gint64, i), &record, error))
        return NULL;
      if (record != NULL)
        g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

/* Looking is logged in the compartment of the case before anything is shown: a command. */
static gboolean
load_write (ProbityWrite *write,
            gpointer      data,
            GValue       *result,
            GError      **error)
{
  ProbityStep           *step = data;
  const ProbityCasePart *part = step->part;
  ProbityDb             *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (!probity_step_find (step, write, &db, &record, error) ||
      (rows = probity_case_part_read (db, part, step->uid, error)) == NULL ||
      !probity_audit_add (write,
                          step->session,
                          probity_casebook_get_highest (probity_session_get_casebook (step->session)),
                          PROBITY_VERB_CONSULTATION,
                          step->case_kind->record_kind->name,
                          step->uid,
                          part->plural,
                          NULL,
                          NULL,
                          error))
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&rows));

  return TRUE;
}

DexFuture *
probity_investigation_load_rows (ProbitySession        *session,
                                 const ProbityCasePart *part,
                                 const char            *reference)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (part != NULL && reference != NULL);

  step = probity_step_new (session, part->case_kind, reference);
  step->action = g_strdup (part->plural);
  step->part = part;

  return probity_step_run (step, load_write);
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep *step = data;
  ProbityDb   *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (!probity_step_find_read (step, read, &db, &record, error) ||
      (rows = probity_case_part_read (db, step->part, step->uid, error)) == NULL)
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&rows));

  return TRUE;
}

typedef struct
{
  ProbitySession        *session;
  const ProbityCasePart *part;
  char                  *uid;
  ProbityVisit          *visit;
} VisitLoad;

static void
free_visit_load (gpointer data)
{
  VisitLoad *self = data;

  g_object_unref (self->session);
  g_free (self->uid);
  probity_visit_unref (self->visit);
  g_free (self);
}

/* What was read is given away only once the entry that says so is committed. */
static DexFuture *
visit_load_fiber (gpointer data)
{
  VisitLoad   *self = data;
  ProbityStep *step = probity_step_new (self->session, self->part->case_kind, self->uid);
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;

  step->action = g_strdup (self->part->plural);
  step->part = self->part;
  rows = dex_await_boxed (probity_step_read_for_page (step, load_read), &error);
  if (rows == NULL ||
      !dex_await (probity_visit_consult (self->visit, self->session, self->part->case_kind->record_kind->name, self->uid, self->part->plural), &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&rows));
}

DexFuture *
probity_investigation_load_rows_in_visit (ProbitySession        *session,
                                          const ProbityCasePart *part,
                                          const char            *uid,
                                          ProbityVisit          *visit)
{
  VisitLoad *load;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (part != NULL && uid != NULL && visit != NULL);

  load = g_new0 (VisitLoad, 1);
  load->session = g_object_ref (session);
  load->part = part;
  load->uid = g_strdup (uid);
  load->visit = probity_visit_ref (visit);

  return dex_scheduler_spawn (NULL, 0, visit_load_fiber, load, free_visit_load);
}
