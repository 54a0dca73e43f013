/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../casebook/session-fixture.h"
#include "bench-people.h"
#include "measure.h"
#include "probity-live-index.h"
#include "probity-record-kind.h"
#include "probity-screen.h"

/*
 * Screening an article of 2,000 words against 100,000 people: with names, spelled otherwise, numbers and references,
 * against looking for every word of the article that begins with a capital letter by LIKE in the same table.
 */

#define N_WORDS 2000

typedef struct
{
  ProbitySession *session;
  char           *article;
  guint           n_found;
} Bench;

typedef struct
{
  GString *text;
  guint    n_people;
} Article;

/* Every fiftieth words name somebody of the force. */
static gboolean
write_article (ProbityRead *read,
               gpointer     data,
               GValue      *result,
               GError     **error)
{
  static const char *const filler[] = { "the", "force", "said", "that", "an", "inquiry", "into", "what", "was", "told", "has", "not", "ended", "and", "Nobody", "of", "Derby", "Council", "would", "comment" };
  Article                 *self = data;
  ProbityDb               *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);

  for (guint i = 0; i < N_WORDS; i++)
    {
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean row;

      g_string_append_printf (self->text, "%s%s", filler[(i * 7 + i / 20) % G_N_ELEMENTS (filler)], i % 17 == 16 ? ".\n" : " ");
      if (i % 50 != 25)
        continue;
      statement = probity_db_query (db, error, "SELECT forenames, surname FROM person WHERE id = $id", "$id", 'i', (gint64) (1 + i * 977 % self->n_people), NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        g_string_append_printf (self->text, "%s %s ", probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1));
    }
  g_value_init (result, G_TYPE_BOOLEAN);

  return TRUE;
}

static gboolean
like_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  Bench     *bench = data;
  ProbityDb *db = probity_read_get_db (read, PROBITY_COMPARTMENT_REGISTERS, error);
  g_auto (GStrv) words = g_strsplit_set (bench->article, " \n.", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = NULL;
      g_autofree char *pattern = NULL;
      g_autoptr (ProbityStatement) statement = NULL;

      if (!g_ascii_isupper (words[i][0]) || !g_hash_table_add (seen, words[i]))
        continue;
      folded = probity_fold_text (words[i]);
      pattern = g_strdup_printf ("%%%s%%", folded);
      statement = probity_db_query (db, error, "SELECT count (*) FROM person WHERE search_text LIKE $pattern", "$pattern", 's', pattern, NULL);
      if (statement == NULL || !probity_statement_step (statement, NULL, error))
        return FALSE;
    }
  g_value_init (result, G_TYPE_BOOLEAN);

  return TRUE;
}

static void
screen_by_like (gpointer data)
{
  Bench *bench = data;

  wait_for_success (probity_casebook_read (probity_session_get_casebook (bench->session), like_func, bench, NULL, NULL));
}

static void
screen (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GPtrArray) findings = wait_for_boxed (probity_screen (bench->session, bench->article, NULL));

  bench->n_found = findings->len;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (SessionFixture) fixture = NULL;
  Article article = { g_string_new (NULL), measure_get_n_rows () };
  Bench   bench = { 0 };

  dex_init ();
  fixture = session_fixture_new ("derbyshire");
  bench.session = fixture->admin;
  bench_fill_people (probity_session_get_casebook (bench.session), article.n_people);
  wait_for_success (probity_casebook_read (probity_session_get_casebook (bench.session), write_article, &article, NULL, NULL));
  bench.article = g_string_free_and_steal (article.text);

  wait_for_success (probity_live_index_warm (bench.session));
  measure_run (&(Measure) { "P8", "a 2,000-word article against 100,000 people", "as fast as it is read: 1 s", MEASURE_SPEEDUP, 3, "LIKE '%…%' of each capitalised word", screen_by_like, "screening", screen, &bench });
  g_print ("     %u findings, 40 of them named on purpose\n", bench.n_found);

  g_free (bench.article);

  return 0;
}
