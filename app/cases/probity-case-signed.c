/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-signed.h"

#include "probity-audit.h"
#include "probity-instant.h"

/* The declarations. What they name is frozen with the tag: a change of columns is a new number. */

#define COLUMNS(...) ((const char *const[]) { __VA_ARGS__, NULL })

#define MS_PER_DAY (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

const ProbitySignedTable probity_signed_case_log = {
  "probity/case-log/1",
  "case_log",
  "signature",
  "case_uid",
  COLUMNS ("uid", "kind", "text", "corrects", "account", "person", "at"),
  "case",
};

const ProbitySignedTable probity_signed_case_decision = {
  "probity/case-decision/1",
  "case_decision",
  "signature",
  "case_uid",
  COLUMNS ("uid", "decision_uid", "amendment", "number", "title", "information", "threat", "powers", "options", "action", "ethics", "reasons", "decided_by", "account", "person", "at"),
  "case",
};

/* A link is no case's: it names its two ends itself. */
const ProbitySignedTable probity_signed_case_link = {
  "probity/case-link/1",
  "case_link",
  "signature",
  "link_uid",
  COLUMNS ("uid", "state", "from_kind", "from_uid", "to_kind", "to_uid", "type", "reason", "account", "person", "at"),
  "link",
};

typedef struct
{
  ProbityKeyring *keyring;
  ProbityDb      *db;
  GPtrArray      *problems;
} Proof;

static void
add_problem (GPtrArray  *problems,
             const char *code,
             ProbityRow *row,
             const char *text)
{
  g_ptr_array_add (problems, g_strdup_printf ("%s: %s: %s", code, probity_row_get (row, "uid"), text));
}

/* Nobody can put an entry into the middle of a log: so what was signed later for an earlier day shows. */
static gboolean
is_logged (ProbityDb  *db,
           const char *record,
           ProbityRow *row)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean found = FALSE;

  statement = probity_db_query (db, NULL, "SELECT 1 FROM logged_entry WHERE record = $record AND at = $at AND account = $account LIMIT 1", "$record", 's', record, "$at", 's', probity_row_get (row, "at"), "$account", 's', probity_row_get (row, "account"), NULL);

  return statement != NULL && probity_statement_step (statement, &found, NULL) && found;
}

void
probity_case_prove_row (const ProbitySignedTable *table,
                        ProbityKeyring           *keyring,
                        ProbityDb                *db,
                        ProbityRow               *row,
                        const char               *record,
                        const char               *code,
                        GPtrArray                *problems)
{
  g_autofree char *person = probity_keyring_dup_person_of (keyring, probity_row_get (row, "account"));

  if (!probity_signed_prove (table, keyring, probity_row_get (row, table->owner), row))
    add_problem (problems, code, row, "not signed by the account that it names");
  else if (g_strcmp0 (person, probity_row_get (row, "person")) != 0)
    add_problem (problems, code, row, "names another person than the account's");
  else if (!is_logged (db, record, row))
    add_problem (problems, code, row, "stands in no entry of the log");
}

static void
prove_row (Proof                    *proof,
           const ProbitySignedTable *table,
           ProbityRow               *row,
           const char               *record,
           const char               *code)
{
  probity_case_prove_row (table, proof->keyring, proof->db, row, record, code, proof->problems);
}

static gboolean
prove_log (Proof   *proof,
           GError **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_case_log, proof->db, "1 ORDER BY id", NULL, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);

      prove_row (proof, &probity_signed_case_log, row, probity_row_get (row, "case_uid"), "forged-log-entry");
    }

  return rows != NULL;
}

/* Rule: amended by its author, within 24 hours; then it is sealed. */
static gboolean
prove_decisions (Proof   *proof,
                 GError **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_case_decision, proof->db, "1 ORDER BY decision_uid, amendment", NULL, error);
  ProbityRow *first = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);
      gint64      first_ms, row_ms;

      prove_row (proof, &probity_signed_case_decision, row, probity_row_get (row, "case_uid"), "forged-decision");
      if (probity_row_get_int (row, "amendment") == 0)
        {
          first = row;
          continue;
        }
      if (first == NULL || g_strcmp0 (probity_row_get (first, "uid"), probity_row_get (row, "decision_uid")) != 0)
        add_problem (proof->problems, "forged-decision", row, "amends a decision that is not there");
      else if (g_strcmp0 (probity_row_get (first, "person"), probity_row_get (row, "person")) != 0 ||
               !probity_instant_to_ms (probity_row_get (first, "at"), &first_ms) ||
               !probity_instant_to_ms (probity_row_get (row, "at"), &row_ms) ||
               row_ms < first_ms || row_ms - first_ms > MS_PER_DAY)
        add_problem (proof->problems, "forged-decision", row, "amends a decision that was sealed, or another's");
    }

  return rows != NULL;
}

static gboolean
prove_links (Proof   *proof,
             GError **error)
{
  g_autoptr (GPtrArray) rows = probity_signed_load (&probity_signed_case_link, proof->db, "1 ORDER BY id", NULL, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      ProbityRow *row = g_ptr_array_index (rows, i);

      prove_row (proof, &probity_signed_case_link, row, probity_row_get (row, "from_uid"), "forged-link");
    }

  return rows != NULL;
}

gboolean
probity_case_verify (ProbitySession    *session,
                     ProbityRead       *read,
                     ProbityCompartment compartment,
                     GPtrArray         *problems,
                     GError           **error)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (session);
  Proof proof = { .keyring = keyring, .problems = problems };

  if (compartment == PROBITY_COMPARTMENT_JOURNAL)
    return TRUE;
  proof.db = probity_read_get_db (read, compartment, error);

  return proof.db != NULL && prove_log (&proof, error) && prove_decisions (&proof, error) && prove_links (&proof, error);
}
