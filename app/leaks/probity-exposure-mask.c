/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include <sodium.h>

/*
 * At closing, those who turned out not to be the source are no longer named: casework.md, "at closing the eliminated are
 * masked and due for early disposal" (fifth data protection principle, section 39 of the Data Protection Act 2018).
 */

#define SALT_BYTES 32

/* Of who stands in logs set aside alone; steps begin with 1. */
#define WITHOUT_A_STEP 0

/* How long what is left of them is kept where the caller does not say. */
#define DEFAULT_MONTHS 3

static char *
mask (const guint8 *salt,
      const char   *text)
{
  crypto_hash_sha256_state state;
  guint8                   digest[crypto_hash_sha256_BYTES];
  char                     hex[crypto_hash_sha256_BYTES * 2 + 1];

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, salt, SALT_BYTES);
  crypto_hash_sha256_update (&state, (const guint8 *) text, strlen (text));
  crypto_hash_sha256_final (&state, digest);
  sodium_bin2hex (hex, sizeof hex, digest, sizeof digest);
  hex[32] = '\0';

  return g_strconcat ("masked:", hex, NULL);
}

static gboolean
mask_person (ProbityWrite *write,
             ProbityDb    *db,
             const guint8 *salt,
             gint64        id,
             gint64        gone_step,
             GError      **error)
{
  g_autofree char *id_text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *key = mask (salt, id_text);

  return probity_db_run (db, error, "UPDATE exposure_person SET key = $key, staff_number = NULL, name = NULL, rank = NULL, unit = NULL, masked = $now, gone_step = $step WHERE id = $id", "$key", 's', key, "$now", 's', probity_write_get_now (write), "$step", 'i', gone_step, "$id", 'i', id, NULL) &&
         probity_db_run (db, error, "UPDATE exposure_account SET account = $key WHERE person_id = $id", "$key", 's', key, "$id", 'i', id, NULL) &&
         probity_db_run (db, error, "UPDATE exposure_addition SET reason = $key WHERE person_id = $id", "$key", 's', key, "$id", 'i', id, NULL);
}

/* Accounts stand in what is told of lines that were not taken, too. */
static gboolean
clear_problems (ProbityDb  *db,
                const char *case_uid,
                GError    **error)
{
  return probity_db_run (db, error, "UPDATE exposure_import SET problems = '[]' WHERE case_uid = $case AND problems <> '[]'", "$case", 's', case_uid, NULL);
}

static char *
dup_due (ProbitySession *session,
         const char     *due)
{
  g_autofree char *today = NULL;

  if (due != NULL)
    return g_strdup (due);

  today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (session)));

  return probity_day_to_iso (probity_day_add_months (probity_day_from_iso (today), DEFAULT_MONTHS));
}

static gboolean
record_disposal (ProbityWrite   *write,
                 ProbitySession *session,
                 ProbityDb      *db,
                 const char     *case_uid,
                 const char     *due,
                 gint64          n_masked,
                 GError        **error)
{
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *summary = g_strdup_printf ("%" G_GINT64_FORMAT " people masked, due for disposal %s", n_masked, due);

  if (!probity_db_run (db, error, "INSERT INTO exposure_disposal (uid, case_uid, masked, due, account, at) VALUES ($uid, $case, $masked, $due, $account, $at)", "$uid", 's', uid, "$case", 's', case_uid, "$masked", 'i', n_masked, "$due", 's', due, "$account", 's', probity_session_get_account_uid (session), "$at", 's', probity_write_get_now (write), NULL) ||
      !probity_audit_add (write, session, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_VERB_ERASURE, PROBITY_EXPOSURE_KIND, case_uid, "people", NULL, summary, error))
    return FALSE;

  probity_write_note_change (write, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_EXPOSURE_KIND, 0, case_uid);

  return TRUE;
}

gboolean
probity_exposure_mask (ProbityWrite   *write,
                       ProbitySession *session,
                       const char     *case_uid,
                       const char     *due,
                       gint64         *ret_masked,
                       GError        **error)
{
  ProbityDb       *db = probity_write_get_db (write, PROBITY_COMPARTMENT_INTELLIGENCE, error);
  g_autofree char *day = dup_due (session, due);
  g_autoptr (ProbityExposureReckoning) reckoning = NULL;
  guint8 salt[SALT_BYTES];
  gint64 n_masked = 0;

  if (ret_masked != NULL)
    *ret_masked = 0;
  /* Everybody, whoever closes the case. */
  reckoning = db != NULL ? probity_exposure_reckoning_new (db, NULL, case_uid, NULL, error) : NULL;
  if (reckoning == NULL)
    return FALSE;
  if (reckoning->disposal != NULL || reckoning->members->len == 0)
    return TRUE;
  if (!probity_exposure_reckoning_run (reckoning, error))
    return FALSE;

  randombytes_buf (salt, sizeof salt);
  for (guint i = 0; i < reckoning->members->len; i++)
    {
      const ProbityExposureMember *member = &g_array_index (reckoning->members, ProbityExposureMember, i);
      gint64                       gone_step = WITHOUT_A_STEP;

      if (member->counted)
        {
          if (member->level >= reckoning->rules->len)
            continue;
          gone_step = ((ProbityExposureRule *) g_ptr_array_index (reckoning->rules, member->level))->step->number;
        }
      if (!mask_person (write, db, salt, member->person->id, gone_step, error))
        {
          sodium_memzero (salt, sizeof salt);
          return FALSE;
        }
      n_masked++;
    }
  sodium_memzero (salt, sizeof salt);

  if (!clear_problems (db, case_uid, error) || !record_disposal (write, session, db, case_uid, day, n_masked, error))
    return FALSE;
  if (ret_masked != NULL)
    *ret_masked = n_masked;

  return TRUE;
}
