/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-db-private.h"
#include "probity-db-weights.h"

/*
 * probity_rank(): how well a row answers a full-text query, from 0 to 1.
 *
 * It is the saturation of bm25 (k1 = 1.2, b = 0.75) without its weights of words. SQLite's own bm25()
 * goes through every hit of every word to learn how common the words are, tens of milliseconds for a
 * beginning of two letters; for a query of one word that weight is the same for all rows, so that
 * both functions put them in the same order. The words of a row in the middle are a number of ours: bm25 asks
 * the index for the mean of its rows, among them those that the reader may not know of, and a score
 * would move by a hair when one is added.
 *
 * The last column is that of the weights (probity-db-weights.h), which are no words of the row.
 */
#define MAX_PHRASES 16

static void
rank_func (const Fts5ExtensionApi *api,
           Fts5Context            *fts,
           sqlite3_context        *context,
           int                     n_values,
           sqlite3_value         **values)
{
  int    counts[MAX_PHRASES] = { 0 };
  int    n_phrases = MIN (api->xPhraseCount (fts), MAX_PHRASES);
  int    n_instances, length, n_weights, rc;
  double score = 0;

  rc = api->xInstCount (fts, &n_instances);
  for (int i = 0; rc == SQLITE_OK && i < n_instances; i++)
    {
      int phrase, column, offset;

      rc = api->xInst (fts, i, &phrase, &column, &offset);
      if (rc == SQLITE_OK && phrase < n_phrases)
        counts[phrase]++;
    }
  if (rc == SQLITE_OK)
    rc = api->xColumnSize (fts, -1, &length);
  if (rc == SQLITE_OK)
    rc = api->xColumnSize (fts, api->xColumnCount (fts) - 1, &n_weights);
  if (rc != SQLITE_OK)
    {
      sqlite3_result_error_code (context, rc);
      return;
    }

  for (int i = 0; i < n_phrases; i++)
    score += probity_db_rank_word (counts[i], length - n_weights);
  sqlite3_result_double (context, n_phrases > 0 ? score / n_phrases : 0);
}

int
probity_db_add_rank (sqlite3 *handle)
{
  sqlite3_stmt *statement = NULL;
  fts5_api     *api = NULL;
  int           rc = sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &statement, NULL);

  if (rc != SQLITE_OK)
    return rc;

  sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (statement);
  rc = sqlite3_finalize (statement);
  if (rc != SQLITE_OK)
    return rc;

  return api != NULL ? api->xCreateFunction (api, "probity_rank", NULL, rank_func, NULL) : SQLITE_ERROR;
}
