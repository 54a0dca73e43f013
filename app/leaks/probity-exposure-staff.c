/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

/*
 * Accounts of a log against the staff list, by staff number alone: both are folded as the log's mapping says. A folded
 * number that two people share means nobody; it is not guessed which.
 */

struct _ProbityExposureStaff
{
  ProbityDb           *registers;
  const ProbityLogWho *who;
  GHashTable          *numbers; /* folded → staff number; "" where two share it */
};

ProbityExposureStaff *
probity_exposure_staff_new (ProbityDb           *registers,
                            const ProbityLogWho *who,
                            GError             **error)
{
  g_autoptr (ProbityExposureStaff) self = g_new0 (ProbityExposureStaff, 1);
  g_autoptr (ProbityStatement) statement = NULL;

  self->registers = registers;
  self->who = who;
  self->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  statement = probity_db_query (registers, error, "SELECT staff_number FROM person ORDER BY staff_number", NULL);
  if (statement == NULL)
    return NULL;
  while (TRUE)
    {
      gboolean row;
      char    *folded;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      folded = probity_log_who_fold (who, probity_statement_get_text (statement, 0));
      if (g_hash_table_contains (self->numbers, folded))
        g_hash_table_insert (self->numbers, folded, g_strdup (""));
      else
        g_hash_table_insert (self->numbers, folded, probity_statement_dup_text (statement, 0));
    }

  return g_steal_pointer (&self);
}

void
probity_exposure_staff_free (ProbityExposureStaff *self)
{
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_free (self);
}

const char *
probity_exposure_staff_find (ProbityExposureStaff *self,
                             const char           *account)
{
  g_autofree char *folded = probity_log_who_fold (self->who, account);
  const char      *number = g_hash_table_lookup (self->numbers, folded);

  return number != NULL && *number != '\0' ? number : NULL;
}

static gboolean
insert_person (ProbityExposureStaff *self,
               ProbityWrite         *write,
               ProbityDb            *db,
               const char           *case_uid,
               const char           *key,
               const char           *staff_number,
               const char           *given_name,
               gint64               *ret_id,
               GError              **error)
{
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *name = g_strdup (given_name);
  g_autofree char *rank = NULL;
  g_autofree char *unit = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (staff_number != NULL)
    {
      g_autoptr (ProbityStatement) person = probity_db_query (self->registers, error, "SELECT trim (coalesce (forenames, '') || ' ' || coalesce (surname, '')), rank, unit FROM person WHERE staff_number = $number", "$number", 's', staff_number, NULL);

      if (person == NULL || !probity_statement_step (person, &row, error))
        return FALSE;
      if (row)
        {
          g_set_str (&name, probity_statement_get_text (person, 0));
          rank = probity_statement_dup_text (person, 1);
          unit = probity_statement_dup_text (person, 2);
        }
    }

  statement = probity_db_query (db, error, "INSERT INTO exposure_person (uid, case_uid, key, staff_number, name, rank, unit)"
                                           " VALUES ($uid, $case, $key, $number, $name, $rank, $unit) RETURNING id",
                                "$uid",
                                's',
                                uid,
                                "$case",
                                's',
                                case_uid,
                                "$key",
                                's',
                                key,
                                "$number",
                                's',
                                staff_number,
                                "$name",
                                's',
                                name,
                                "$rank",
                                's',
                                rank != NULL && *rank != '\0' ? rank : NULL,
                                "$unit",
                                's',
                                unit != NULL && *unit != '\0' ? unit : NULL,
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_id = probity_statement_get_int64 (statement, 0);

  /* An INSERT … RETURNING is done only at its end. */
  return probity_statement_step (statement, &row, error);
}

static gint64
take_key (ProbityExposureStaff *self,
          ProbityWrite         *write,
          ProbityDb            *db,
          const char           *case_uid,
          const char           *key,
          const char           *staff_number,
          const char           *name,
          GError              **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gint64   id = 0;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT id FROM exposure_person WHERE case_uid = $case AND key = $key", "$case", 's', case_uid, "$key", 's', key, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return 0;
  if (row)
    return probity_statement_get_int64 (statement, 0);

  return insert_person (self, write, db, case_uid, key, staff_number, name, &id, error) ? id : 0;
}

gint64
probity_exposure_staff_take_person (ProbityExposureStaff *self,
                                    ProbityWrite         *write,
                                    ProbityDb            *db,
                                    const char           *case_uid,
                                    const char           *account,
                                    GError              **error)
{
  const char      *staff_number = probity_exposure_staff_find (self, account);
  g_autofree char *folded = probity_log_who_fold (self->who, account);
  g_autofree char *key = staff_number != NULL ? g_strconcat ("staff:", staff_number, NULL) : g_strconcat ("account:", folded, NULL);

  return take_key (self, write, db, case_uid, key, staff_number, NULL, error);
}

gint64
probity_exposure_staff_take_name (ProbityExposureStaff *self,
                                  ProbityWrite         *write,
                                  ProbityDb            *db,
                                  const char           *case_uid,
                                  const char           *name,
                                  GError              **error)
{
  g_autofree char *folded = probity_fold_text (name);
  g_autofree char *key = g_strconcat ("name:", folded, NULL);

  return take_key (self, write, db, case_uid, key, NULL, name, error);
}
