/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-gate-private.h"
#include "probity-instant.h"
#include "probity-list-checks-private.h"
#include "probity-list-sealed.h"

/*
 * Checks of leak and conduct investigations that wait for this reader: of every subject of an open
 * case that the reader may know of and does not investigate. A check that was made once is asked for again
 * when it holds no longer and somebody proposes to close the case; until then nobody needs it fresh.
 */

/* The gate searches for each: cases that somebody proposes to close are few. */
#define MAX_SEARCHED 40

static const struct
{
  const ProbityRecordKind *kind;
  gint64                   ids; /* where the ids of its rows begin: rows of all kinds stand in one list */
} tables[] = {
  { &probity_conduct_kind, G_GINT64_CONSTANT (1) << 48 },
  { &probity_leak_kind, G_GINT64_CONSTANT (2) << 48 },
};

/* The newest check of one kind of one subject. */
typedef struct
{
  gboolean open;
  char    *published; /* of the newest that is; nullable */
  char    *person;
  char    *digest;
} Made;

typedef struct
{
  ProbitySession *session;
  ProbityRead    *read;
  GHashTable     *cases;
  GHashTable     *made; /* `case|kind|subject` → Made */
  ProbityDay      today;
  guint           n_searched;
  gboolean        undecided;
} Run;

static void
made_free (gpointer data)
{
  Made *self = data;

  g_free (self->published);
  g_free (self->person);
  g_free (self->digest);
  g_free (self);
}

static char *
dup_key (const char *case_uid,
         const char *kind,
         const char *subject)
{
  return g_strjoin ("|", case_uid, kind, subject, NULL);
}

/* Reads from @compartment the checks of open investigations in @db. */
static gboolean
read_made (Run               *run,
           ProbityCompartment compartment,
           const char        *uids,
           GError           **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  ProbityDb *db = probity_read_get_db (run->read, compartment, error);
  gboolean   row;

  if (db == NULL ||
      (statement = probity_db_query (db, error, "SELECT c.case_uid, c.kind, c.staff_number, c.published, c.person, c.material_digest"
                                                " FROM json_each ($uids) AS u JOIN check_run AS c ON c.case_uid = u.value ORDER BY c.id",
                                     "$uids",
                                     's',
                                     uids,
                                     NULL)) == NULL)
    return FALSE;

  for (;;)
    {
      g_autofree char *key = NULL;
      Made            *made;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      key = dup_key (probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2));
      made = g_hash_table_lookup (run->made, key);
      if (made == NULL)
        {
          made = g_new0 (Made, 1);
          g_hash_table_insert (run->made, g_steal_pointer (&key), made);
        }
      if (probity_statement_is_null (statement, 3))
        {
          made->open = TRUE;
          continue;
        }
      g_set_str (&made->published, probity_statement_get_text (statement, 3));
      g_set_str (&made->person, probity_statement_get_text (statement, 4));
      g_set_str (&made->digest, probity_statement_get_text (statement, 5));
    }
}

/* Whether a record has come since that the published check of @subject_uid did not see. */
static gboolean
has_new_record (Run                     *run,
                ProbityDb               *db,
                const ProbityRecordKind *kind,
                gint64                   id,
                const char              *subject_uid,
                ProbityCheckKind         check,
                gboolean                *ret_new,
                GError                 **error)
{
  ProbityDb *staff = probity_read_get_open_db (run->read, PROBITY_COMPARTMENT_REGISTERS, error);
  ProbityDb *searched = staff != NULL ? probity_read_get_open_db (run->read, probity_check_kind_get_compartment (check), error) : NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) targets = NULL;

  *ret_new = FALSE;
  if (searched == NULL || !probity_record_read_id (db, kind, run->session, id, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  if ((targets = probity_check_load_targets (db, record, FALSE, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < targets->len; i++)
    {
      ProbityCheckTarget *target = g_ptr_array_index (targets, i);
      ProbityDb          *kept;
      g_autoptr (ProbityRow) published = NULL;
      g_autoptr (ProbityCheckSubject) subject = NULL;
      g_autoptr (GPtrArray) hits = NULL;
      g_autoptr (GPtrArray) unseen = NULL;

      if (g_strcmp0 (target->subject_uid, subject_uid) != 0)
        continue;
      kept = probity_read_get_db (run->read, probity_check_target_get_compartment (target, check), error);
      if (kept == NULL || !probity_check_find (kept, target, check, FALSE, TRUE, &published, error))
        return FALSE;
      if (published == NULL)
        return TRUE;
      if ((hits = probity_check_load_hits (kept, probity_row_get_int (published, "id"), error)) == NULL ||
          (subject = probity_check_subject_new (staff, target, error)) == NULL ||
          (unseen = probity_gate_find_unseen (run->session, searched, subject, hits, error)) == NULL)
        return FALSE;
      *ret_new = unseen->len > 0;
      return TRUE;
    }

  return TRUE;
}

enum
{
  COLUMN_ID,
  COLUMN_UID,
  COLUMN_REFERENCE,
  COLUMN_RECEIVED,
  COLUMN_SUBJECTS,
  COLUMN_TITLE,
  COLUMN_AGE,
  COLUMN_PROPOSED,
  COLUMN_INVESTIGATORS,
  COLUMN_SUBJECT_UID,
  COLUMN_SUBJECT,
  COLUMN_DIGEST,
  COLUMN_STAFF_NUMBER,
};

/* What is to do of one kind for one subject; NULL: nothing. */
static gboolean
find_state (Run                     *run,
            ProbityDb               *db,
            const ProbityRecordKind *kind,
            ProbityStatement        *statement,
            ProbityCheckKind         check,
            const char             **ret_state,
            GError                 **error)
{
  g_autofree char *key = dup_key (probity_statement_get_text (statement, COLUMN_UID), probity_check_kind_to_string (check), probity_statement_get_text (statement, COLUMN_SUBJECT));
  const Made      *made = g_hash_table_lookup (run->made, key);
  g_autofree char *quoted = NULL;
  gboolean         newer;

  *ret_state = NULL;
  if (made == NULL || made->published == NULL)
    {
      *ret_state = made == NULL ? "not-started" : "open";
      return TRUE;
    }

  /* A check by somebody who came to investigate afterwards holds no more. */
  quoted = g_strdup_printf ("\"%s\"", made->person);
  if (g_strcmp0 (made->digest, probity_statement_get_text (statement, COLUMN_DIGEST)) != 0 ||
      strstr (probity_statement_get_text (statement, COLUMN_INVESTIGATORS), quoted) != NULL)
    {
      *ret_state = made->open ? "open" : "stale";
      return TRUE;
    }

  if (probity_statement_get_int64 (statement, COLUMN_PROPOSED) == 0)
    {
      *ret_state = made->open ? "open" : NULL;
      return TRUE;
    }
  if (probity_instant_to_day (made->published) + (ProbityDay) probity_statement_get_int64 (statement, COLUMN_AGE) < run->today)
    {
      *ret_state = made->open ? "open" : "stale";
      return TRUE;
    }
  if (run->n_searched++ >= MAX_SEARCHED)
    return TRUE;
  if (!has_new_record (run, db, kind, probity_statement_get_int64 (statement, COLUMN_ID), probity_statement_get_text (statement, COLUMN_SUBJECT_UID), check, &newer, error))
    return FALSE;
  if (newer)
    *ret_state = made->open ? "open" : "new-record";

  return TRUE;
}

static ProbityChecksWaiting *
find_waiting (Run                     *run,
              const ProbityRecordKind *kind,
              gint64                   ids,
              ProbityStatement        *statement)
{
  const ProbityCompartment entered = probity_read_get_entered (run->read);
  ProbityChecksWaiting    *waiting = g_hash_table_lookup (run->cases, probity_statement_get_text (statement, COLUMN_UID));

  if (waiting != NULL)
    {
      /* About several people: no one number says whom. */
      g_clear_pointer (&waiting->cells[PROBITY_CHECKS_CELL_STAFF_NUMBER], g_free);
      return waiting;
    }

  waiting = probity_checks_waiting_new (probity_list_id_join (entered, ids + probity_statement_get_int64 (statement, COLUMN_ID)), probity_statement_get_text (statement, COLUMN_UID), kind->name);
  if (entered != PROBITY_COMPARTMENT_JOURNAL)
    waiting->cells[PROBITY_CHECKS_CELL_BADGES] = g_strdup ("sealed");
  waiting->cells[PROBITY_CHECKS_CELL_REFERENCE] = probity_statement_dup_text (statement, COLUMN_REFERENCE);
  waiting->cells[PROBITY_CHECKS_CELL_RECEIVED] = probity_statement_dup_text (statement, COLUMN_RECEIVED);
  waiting->cells[PROBITY_CHECKS_CELL_STAFF_NUMBER] = probity_statement_dup_text (statement, COLUMN_STAFF_NUMBER);
  waiting->cells[PROBITY_CHECKS_CELL_APPLICANT_NAME] = probity_statement_dup_text (statement, COLUMN_SUBJECTS);
  waiting->cells[PROBITY_CHECKS_CELL_EMPLOYER] = probity_statement_dup_text (statement, COLUMN_TITLE);
  g_hash_table_replace (run->cases, waiting->uid, waiting);

  return waiting;
}

static void
add_once (ProbityChecksWaiting *waiting,
          const char           *kind,
          const char           *state)
{
  for (guint i = 0; i < waiting->kinds->len; i++)
    if (g_str_equal (g_ptr_array_index (waiting->kinds, i), kind) && g_str_equal (g_ptr_array_index (waiting->states, i), state))
      return;

  probity_checks_waiting_add (waiting, kind, state);
}

/* Whether the reader makes such checks of cases of @kind, as probity_check_target_get_operation(); or who makes them is not asked. */
static gboolean
may_check (Run                     *run,
           const ProbityRecordKind *kind,
           ProbityCheckKind         check)
{
  const gboolean secret = kind->compartment == PROBITY_COMPARTMENT_INTELLIGENCE;

  if (run->undecided)
    return probity_casebook_has (probity_session_get_casebook (run->session), secret ? PROBITY_COMPARTMENT_INTELLIGENCE : probity_check_kind_get_compartment (check));

  return probity_access_may (run->session, check == PROBITY_CHECK_COMPLAINTS && !secret ? PROBITY_OPERATION_CHECK_COMPLAINTS : PROBITY_OPERATION_CHECK_INTELLIGENCE);
}

static gboolean
add_rows (Run                     *run,
          const ProbityRecordKind *kind,
          gint64                   ids,
          ProbityDb               *db,
          ProbityStatement        *statement,
          GError                 **error)
{
  gboolean row;

  for (;;)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      for (int check = PROBITY_CHECK_COMPLAINTS; check <= PROBITY_CHECK_INTELLIGENCE; check++)
        {
          const char *state = NULL;

          if (!may_check (run, kind, (ProbityCheckKind) check))
            continue;
          if (!find_state (run, db, kind, statement, (ProbityCheckKind) check, &state, error))
            return FALSE;
          if (state != NULL)
            add_once (find_waiting (run, kind, ids, statement), probity_check_kind_to_string ((ProbityCheckKind) check), state);
        }
      if (run->undecided && probity_statement_get_int64 (statement, COLUMN_PROPOSED) != 0)
        find_waiting (run, kind, ids, statement)->open = TRUE;
    }
}

#define OPEN_CASES                                                                            \
  " FROM %s AS r JOIN %s AS s ON s.%s = r.id WHERE r.closed IS NULL AND s.eliminated IS NULL" \
  " AND NOT EXISTS (SELECT 1 FROM case_investigator AS i WHERE i.case_uid = r.uid AND i.person = $person) AND %s"

static gboolean
add_of_kind (Run                     *run,
             const ProbityRecordKind *kind,
             gint64                   ids,
             GError                 **error)
{
  ProbityDb       *db = probity_read_get_db (run->read, kind->compartment, error);
  const char      *person = probity_session_get_person (run->session);
  g_autofree char *scope = probity_record_kind_dup_scope (kind, run->session);
  g_autofree char *uids_sql = NULL;
  g_autofree char *sql = NULL;
  g_autoptr (ProbityStatement) uids = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  uids_sql = g_strdup_printf ("SELECT json_group_array (DISTINCT r.uid)" OPEN_CASES, kind->table, kind->subject_table, kind->subject_parent, scope);
  sql = g_strdup_printf ("SELECT r.id, r.uid, r.reference, r.received, r.subjects, r.title, r.check_age_days,"
                         " EXISTS (SELECT 1 FROM closing_proposal AS p WHERE p.case_uid = r.uid),"
                         " (SELECT json_group_array (i.person) FROM case_investigator AS i WHERE i.case_uid = r.uid),"
                         " s.uid, s.subject, s.material_digest, s.staff_number" OPEN_CASES " ORDER BY r.id, s.position",
                         kind->table,
                         kind->subject_table,
                         kind->subject_parent,
                         scope);
  if (db == NULL ||
      (uids = probity_db_query (db, error, uids_sql, "$person", 's', person, NULL)) == NULL ||
      !probity_access_bind_scope (run->session, uids, error) ||
      !probity_statement_step (uids, &row, error))
    return FALSE;

  if (may_check (run, kind, PROBITY_CHECK_COMPLAINTS) && !read_made (run, kind->compartment, probity_statement_get_text (uids, 0), error))
    return FALSE;
  if (kind->compartment != PROBITY_COMPARTMENT_INTELLIGENCE && may_check (run, kind, PROBITY_CHECK_INTELLIGENCE) &&
      !read_made (run, PROBITY_COMPARTMENT_INTELLIGENCE, probity_statement_get_text (uids, 0), error))
    return FALSE;

  statement = probity_db_query (db, error, sql, "$person", 's', person, NULL);

  return statement != NULL && probity_access_bind_scope (run->session, statement, error) && add_rows (run, kind, ids, db, statement, error);
}

/* Of the compartment of @kind, and of each sealed one whose key is held. */
static gboolean
add_of_homes (Run                     *run,
              const ProbityRecordKind *kind,
              gint64                   ids,
              GError                 **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1];
  const guint        n = probity_casebook_list_homes (probity_session_get_casebook (run->session), kind->compartment, compartments);
  gboolean           ok = TRUE;

  for (guint i = 0; ok && i < n; i++)
    {
      probity_read_enter (run->read, compartments[i]);
      ok = add_of_kind (run, kind, ids, error);
    }
  probity_read_enter (run->read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

gboolean
probity_checks_add_investigations (ProbitySession *session,
                                   ProbityRead    *read,
                                   GHashTable     *cases,
                                   gboolean        undecided,
                                   GError        **error)
{
  g_autoptr (GHashTable) made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, made_free);
  Run run = { session, read, cases, made, probity_list_get_today (session), 0, undecided };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const ProbityRecordKind *kind = tables[i].kind;

      if (!probity_access_may (session, kind->read) ||
          (!may_check (&run, kind, PROBITY_CHECK_COMPLAINTS) && !may_check (&run, kind, PROBITY_CHECK_INTELLIGENCE)))
        continue;
      if (!add_of_homes (&run, kind, tables[i].ids, error))
        return FALSE;
    }

  return TRUE;
}
