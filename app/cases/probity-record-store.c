/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-instant.h"
#include "probity-parse.h"
#include "probity-record-kind.h"
#include "probity-reference.h"

/* Rows of record kinds, written on the casebook's own threads. */

/* What is written of a withheld text into the log: that it changed, and a digest by which it is known again. */
static char *
dup_logged (const ProbityField *field,
            const char         *value)
{
  g_autofree char *digest = NULL;

  if (value == NULL || (field->flags & PROBITY_FIELD_WITHHELD) == 0)
    return g_strdup (value);

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, value, -1);

  return g_strdup_printf ("withheld, sha256 %s", digest);
}

static gboolean
bind_text (ProbityStatement   *statement,
           const ProbityField *field,
           const char         *name,
           const char         *value,
           GError            **error)
{
  g_auto (GValue) bound = G_VALUE_INIT;
  g_autofree char *parameter = g_strconcat ("$", name, NULL);

  if (value == NULL || *value == '\0' || field == NULL)
    {
      g_value_init (&bound, G_TYPE_STRING);
      g_value_set_static_string (&bound, value == NULL || (*value == '\0' && field != NULL) ? NULL : value);

      return probity_statement_bind (statement, parameter, &bound, error);
    }

  switch (field->type)
    {
    case PROBITY_FIELD_HOURS:
      {
        int minutes = 0;

        if (!probity_parse_hours (value, &minutes, error))
          return FALSE;
        g_value_init (&bound, G_TYPE_INT64);
        g_value_set_int64 (&bound, minutes);
      }
      break;

    case PROBITY_FIELD_BOOLEAN:
      g_value_init (&bound, G_TYPE_INT64);
      g_value_set_int64 (&bound, strcmp (value, "true") == 0);
      break;

    case PROBITY_FIELD_INTEGER:
      g_value_init (&bound, G_TYPE_INT64);
      g_value_set_int64 (&bound, g_ascii_strtoll (value, NULL, 10));
      break;

    case PROBITY_FIELD_TEXT:
    case PROBITY_FIELD_LONG_TEXT:
    case PROBITY_FIELD_DAY:
    case PROBITY_FIELD_INSTANT:
    case PROBITY_FIELD_CHOICE:
    case PROBITY_FIELD_STAFF:
      g_value_init (&bound, G_TYPE_STRING);
      g_value_set_static_string (&bound, value);
      break;
    }

  return probity_statement_bind (statement, parameter, &bound, error);
}

/* Binds the columns of the row: checked values of fields, then what the kind computed. */
static gboolean
bind_columns (ProbityStatement    *statement,
              ProbityRecordChange *change,
              GError             **error)
{
  g_auto (GStrv) fields = probity_values_dup_fields (change->values);
  g_auto (GStrv) columns = probity_values_dup_fields (change->computed);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const ProbityField *field = probity_record_kind_find_field (change->kind, fields[i]);

      if ((field->flags & PROBITY_FIELD_WITHHELD) == 0 &&
          !bind_text (statement, field, fields[i], probity_values_get (change->values, fields[i]), error))
        return FALSE;
    }

  for (guint i = 0; columns[i] != NULL; i++)
    if (!bind_text (statement, NULL, columns[i], probity_values_get (change->computed, columns[i]), error))
      return FALSE;

  return TRUE;
}

static gboolean
write_withheld (ProbityRecordChange *change,
                gint64               id,
                GError             **error)
{
  for (guint i = 0; i < change->kind->n_fields; i++)
    {
      const ProbityField *field = &change->kind->fields[i];
      const char         *value = probity_values_get (change->values, field->name);
      g_autofree char    *sql = NULL;

      if ((field->flags & PROBITY_FIELD_WITHHELD) == 0 || value == NULL || *value == '\0')
        continue;

      sql = g_strdup_printf ("INSERT INTO %s (record_id, field, value) VALUES ($id, $field, $value)"
                             " ON CONFLICT (record_id, field) DO UPDATE SET value = excluded.value",
                             change->kind->withheld_table);
      if (!probity_db_run (change->db, error, sql, "$id", 'i', id, "$field", 's', field->name, "$value", 's', value, NULL))
        return FALSE;
    }

  return TRUE;
}

static gboolean
check_staff_exists (ProbityRecordChange *change,
                    const ProbityField  *field,
                    const char          *staff_number,
                    GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityDb *registers = probity_write_get_open_db (change->write, PROBITY_COMPARTMENT_REGISTERS, error);
  gboolean   row;

  if (registers == NULL)
    return FALSE;

  statement = probity_db_query (registers, error, "SELECT 1 FROM person WHERE staff_number = $staff_number", "$staff_number", 's', staff_number, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (!row)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field->name, "There is nobody with the staff number “%s”", staff_number));
      return FALSE;
    }

  return TRUE;
}

/* What stands in a field now; of a withheld one too, which no snapshot holds. */
static gboolean
read_standing (ProbityRecordChange *change,
               const ProbityField  *field,
               char               **ret_value,
               GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean         row;

  *ret_value = NULL;
  if (change->old == NULL)
    return TRUE;

  if ((field->flags & PROBITY_FIELD_WITHHELD) == 0)
    {
      *ret_value = g_strdup (probity_record_get (change->old, field->name));
      return TRUE;
    }

  sql = g_strdup_printf ("SELECT value FROM %s WHERE record_id = $id AND field = $field", change->kind->withheld_table);
  statement = probity_db_query (change->db, error, sql, "$id", 'i', probity_record_get_id (change->old), "$field", 's', field->name, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;

  if (row)
    *ret_value = probity_statement_dup_text (statement, 0);

  return TRUE;
}

/* Puts the checked text of each value of @values that is not as it was into @change. */
static gboolean
collect_values (ProbityRecordChange *change,
                ProbityValues       *values,
                GError             **error)
{
  ProbityProfile *profile = probity_session_get_profile (change->session);
  g_auto (GStrv) fields = probity_values_dup_fields (values);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const ProbityField *field;
      g_autofree char    *old_value = NULL;
      g_autofree char    *value = NULL;

      if (!probity_record_normalise (change->kind, profile, fields[i], probity_values_get (values, fields[i]), &value, error))
        return FALSE;

      field = probity_record_kind_find_field (change->kind, fields[i]);
      if (!read_standing (change, field, &old_value, error))
        return FALSE;
      if (g_strcmp0 (value, old_value) == 0)
        continue;

      /* The system that a record comes from may correct what it sent; people here may not. */
      if (change->old != NULL && (field->flags & PROBITY_FIELD_FIXED) != 0 && !change->import)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, fields[i], "“%s” is set once and never edited", fields[i]));
          return FALSE;
        }

      if (field->type == PROBITY_FIELD_STAFF && value != NULL && !change->import &&
          !check_staff_exists (change, field, value, error))
        return FALSE;

      probity_values_set (change->values, fields[i], value);
      probity_values_set (change->before, fields[i], old_value);
    }

  return TRUE;
}

static gboolean
check_required (ProbityRecordChange *change,
                GError             **error)
{
  for (guint i = 0; i < change->kind->n_fields; i++)
    {
      const ProbityField *field = &change->kind->fields[i];

      if ((field->flags & PROBITY_FIELD_REQUIRED) != 0 && probity_record_change_get (change, field->name) == NULL)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, field->name, "“%s” must not be empty", field->name));
          return FALSE;
        }
    }

  return TRUE;
}

static char *
allot_reference (ProbityRecordChange *change,
                 GError             **error)
{
  const ProbityRecordKind *kind = change->kind;
  int                      year;

  if (kind->numbered != NULL && !kind->numbered (change->session))
    for (;;)
      {
        g_autofree char *reference = probity_reference_draw (change->db, kind->prefix, error);
        g_autoptr (ProbityRecord) record = NULL;

        if (reference == NULL || !probity_record_read (change->db, kind, NULL, reference, &record, error))
          return NULL;
        if (record == NULL)
          return g_steal_pointer (&reference);
      }

  probity_day_split (probity_instant_to_day (probity_write_get_now (change->write)), &year, NULL, NULL);

  return probity_reference_next (change->db, kind->prefix, year, kind->table, kind->key, error);
}

/* Nor was given to a case of this kind that stands elsewhere now. */
static gboolean
key_is_free (ProbityRecordChange *change,
             const char          *key,
             GError             **error)
{
  g_autoptr (ProbityRecord) record = NULL;
  gboolean given = FALSE;

  if (!probity_record_read (change->db, change->kind, NULL, key, &record, error) ||
      (record == NULL && change->kind->prefix != NULL && !probity_reference_was_given (change->db, key, &given, error)))
    return FALSE;

  if (record != NULL || given)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_EXISTS, change->kind->key, "“%s” is already in use", key));
      return FALSE;
    }

  return TRUE;
}

static void
append_column (GString    *names,
               GString    *parameters,
               const char *name)
{
  g_string_append (names, ", ");
  g_string_append (names, name);
  g_string_append (parameters, ", $");
  g_string_append (parameters, name);
}

static char *
dup_insert (ProbityRecordChange *change)
{
  g_autoptr (GString) names = g_string_new ("uid, created, created_by");
  g_autoptr (GString) parameters = g_string_new ("$uid, $created, $created_by");
  g_auto (GStrv) fields = probity_values_dup_fields (change->values);
  g_auto (GStrv) columns = probity_values_dup_fields (change->computed);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      if ((probity_record_kind_find_field (change->kind, fields[i])->flags & PROBITY_FIELD_WITHHELD) != 0)
        continue;
      append_column (names, parameters, fields[i]);
    }

  for (guint i = 0; columns[i] != NULL; i++)
    append_column (names, parameters, columns[i]);

  return g_strdup_printf ("INSERT INTO %s (%s) VALUES (%s) RETURNING id", change->kind->table, names->str, parameters->str);
}

static gboolean
begin_change (ProbityRecordChange     *change,
              ProbityWrite            *write,
              ProbitySession          *session,
              const ProbityRecordKind *kind,
              ProbityRecord           *old,
              gboolean                 import,
              GError                 **error)
{
  *change = (ProbityRecordChange) {
    .write = write,
    .session = session,
    .kind = kind,
    .old = old,
    .import = import,
    .values = probity_values_new (),
    .computed = probity_values_new (),
    .before = probity_values_new (),
    .db = probity_write_get_db (write, kind->compartment, error),
  };

  return change->db != NULL;
}

static void
end_change (ProbityRecordChange *change)
{
  probity_values_unref (change->values);
  probity_values_unref (change->computed);
  probity_values_unref (change->before);
}

static gboolean
insert_row (ProbityRecordChange *change,
            ProbityValues       *values,
            ProbityRecord      **ret_record,
            GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char         *uid = NULL;
  g_autofree char         *sql = NULL;
  const ProbityRecordKind *kind = change->kind;
  gboolean                 row;
  gint64                   id;

  if (!collect_values (change, values, error))
    return FALSE;

  if (kind->prefix != NULL && probity_record_change_get (change, kind->key) == NULL)
    {
      g_autofree char *reference = allot_reference (change, error);

      if (reference == NULL)
        return FALSE;
      probity_values_set (change->values, kind->key, reference);
    }

  if (!check_required (change, error) ||
      (kind->key != NULL && !change->import && !key_is_free (change, probity_record_change_get (change, kind->key), error)) ||
      (kind->prepare != NULL && !kind->prepare (change, error)))
    return FALSE;

  uid = probity_write_new_uid (change->write);
  sql = dup_insert (change);
  statement = probity_db_query (change->db, error, sql, "$uid", 's', uid, "$created", 's', probity_write_get_now (change->write), "$created_by", 's', probity_session_get_account_uid (change->session), NULL);
  if (statement == NULL || !bind_columns (statement, change, error) || !probity_statement_step (statement, &row, error))
    return FALSE;

  id = probity_statement_get_int64 (statement, 0);
  g_clear_pointer (&statement, probity_statement_free);

  if (!write_withheld (change, id, error))
    return FALSE;

  /* A file notes one change for all its rows. */
  if (!change->import)
    probity_write_note_change (change->write, kind->compartment, kind->name, id, uid);

  return ret_record == NULL || probity_record_read_id (change->db, kind, NULL, id, ret_record, error);
}

gboolean
probity_record_insert (ProbityWrite            *write,
                       ProbitySession          *session,
                       const ProbityRecordKind *kind,
                       ProbityValues           *values,
                       gboolean                 import,
                       ProbityRecord          **ret_record,
                       GError                 **error)
{
  ProbityRecordChange change;
  gboolean            done = FALSE;

  if (begin_change (&change, write, session, kind, NULL, import, error))
    done = insert_row (&change, values, ret_record, error);

  end_change (&change);

  return done;
}

static gboolean
log_changes (ProbityRecordChange *change,
             GError             **error)
{
  g_auto (GStrv) fields = probity_values_dup_fields (change->values);

  for (guint i = 0; fields[i] != NULL; i++)
    {
      const ProbityField *field = probity_record_kind_find_field (change->kind, fields[i]);
      const char         *value = probity_values_get (change->values, fields[i]);
      const char         *before = probity_values_get (change->before, fields[i]);
      g_autofree char    *old_logged = dup_logged (field, before == NULL ? probity_record_get (change->old, fields[i]) : *before != '\0' ? before
                                                                                                                                         : NULL);
      g_autofree char    *new_logged = dup_logged (field, *value != '\0' ? value : NULL);

      if (!probity_audit_add (change->write,
                              change->session,
                              change->kind->compartment,
                              PROBITY_VERB_ALTERATION,
                              change->kind->name,
                              probity_record_get_uid (change->old),
                              fields[i],
                              old_logged,
                              new_logged,
                              error))
        return FALSE;
    }

  return TRUE;
}

static char *
dup_update (ProbityRecordChange *change)
{
  g_autoptr (GString) sets = g_string_new ("version = version + 1");
  g_auto (GStrv) fields = probity_values_dup_fields (change->values);
  g_auto (GStrv) columns = probity_values_dup_fields (change->computed);

  for (guint i = 0; fields[i] != NULL; i++)
    if ((probity_record_kind_find_field (change->kind, fields[i])->flags & PROBITY_FIELD_WITHHELD) == 0)
      g_string_append_printf (sets, ", %s = $%s", fields[i], fields[i]);

  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sets, ", %s = $%s", columns[i], columns[i]);

  return g_strdup_printf ("UPDATE %s SET %s WHERE id = $id AND version = $version", change->kind->table, sets->str);
}

static gboolean
change_row (ProbityRecordChange *change,
            ProbityValues       *values,
            gboolean            *ret_changed,
            GError             **error)
{
  const ProbityRecordKind *kind = change->kind;
  g_autoptr (ProbityStatement) statement = NULL;
  g_auto (GStrv) fields = NULL;
  g_autofree char *sql = NULL;

  if (!collect_values (change, values, error))
    return FALSE;

  fields = probity_values_dup_fields (change->values);
  *ret_changed = fields[0] != NULL;
  if (!*ret_changed)
    return TRUE;

  if (!check_required (change, error) || (kind->prepare != NULL && !kind->prepare (change, error)))
    return FALSE;

  sql = dup_update (change);
  statement = probity_db_query (change->db, error, sql, "$id", 'i', probity_record_get_id (change->old), "$version", 'i', probity_record_get_version (change->old), NULL);
  if (statement == NULL || !bind_columns (statement, change, error) || !probity_statement_step (statement, NULL, error))
    return FALSE;

  g_clear_pointer (&statement, probity_statement_free);

  if (!write_withheld (change, probity_record_get_id (change->old), error) || !log_changes (change, error))
    return FALSE;

  if (!change->import)
    probity_write_note_change (change->write, kind->compartment, kind->name, probity_record_get_id (change->old), probity_record_get_uid (change->old));

  return TRUE;
}

gboolean
probity_record_change (ProbityWrite   *write,
                       ProbitySession *session,
                       ProbityRecord  *old,
                       ProbityValues  *values,
                       gboolean        import,
                       gboolean       *ret_changed,
                       ProbityRecord **ret_record,
                       GError        **error)
{
  ProbityRecordChange change;
  gboolean            changed = FALSE;
  gboolean            done = FALSE;

  if (begin_change (&change, write, session, probity_record_get_kind (old), old, import, error))
    done = change_row (&change, values, &changed, error);

  if (done && ret_record != NULL)
    done = probity_record_read_id (change.db, change.kind, NULL, probity_record_get_id (old), ret_record, error);

  if (done && ret_changed != NULL)
    *ret_changed = changed;

  end_change (&change);

  return done;
}

gboolean
probity_record_differs (ProbityWrite   *write,
                        ProbitySession *session,
                        ProbityRecord  *old,
                        ProbityValues  *values,
                        gboolean       *ret_differs,
                        GError        **error)
{
  ProbityRecordChange change;
  gboolean            done;

  done = begin_change (&change, write, session, probity_record_get_kind (old), old, TRUE, error) &&
         collect_values (&change, values, error);

  if (done)
    {
      g_auto (GStrv) fields = probity_values_dup_fields (change.values);

      *ret_differs = fields[0] != NULL;
    }

  end_change (&change);

  return done;
}
