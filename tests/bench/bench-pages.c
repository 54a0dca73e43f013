/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-pages.h"

#include "measure.h"

typedef struct
{
  gint64 id;
  char  *text;
} Cell;

typedef struct
{
  ProbityCompartment compartment;
  const char        *table;
  const char        *order;
  guint              n_rows; /* 0: any */
} Sort;

static void
clear_cell (gpointer data)
{
  g_free (((Cell *) data)->text);
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (((const Cell *) a)->text, ((const Cell *) b)->text);
}

static gboolean
sort_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  const Sort      *sort = data;
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s FROM %s NOT INDEXED", sort->order, sort->table);
  g_autoptr (ProbityStatement) statement = probity_db_query (probity_read_get_db (read, sort->compartment, NULL), error, sql, NULL);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  gboolean row = TRUE;

  g_array_set_clear_func (cells, clear_cell);
  while (statement != NULL && probity_statement_step (statement, &row, error) && row)
    {
      Cell cell = { probity_statement_get_int64 (statement, 0), probity_statement_dup_text (statement, 1) };

      g_array_append_val (cells, cell);
    }
  g_array_sort (cells, compare_cells);
  g_assert_true (cells->len == sort->n_rows || sort->n_rows == 0);

  return TRUE;
}

void
bench_sort_rows (ProbityCasebook   *casebook,
                 ProbityCompartment compartment,
                 const char        *table,
                 const char        *order,
                 guint              n_rows)
{
  Sort sort = { compartment, table, order, n_rows };

  wait_for_success (probity_casebook_read (casebook, sort_func, &sort, NULL, NULL));
}

void
bench_sort_jobs (ProbityCasebook *casebook,
                 const char      *order,
                 guint            n_rows)
{
  bench_sort_rows (casebook, PROBITY_COMPARTMENT_REGISTERS, "second_job", order, n_rows);
}

gboolean
bench_read_all (ProbityStatement *statement,
                guint             expected,
                GError          **error)
{
  guint    n = 0;
  gboolean row;

  while (statement != NULL && probity_statement_step (statement, &row, error) && row)
    n += probity_statement_get_text (statement, 1) != NULL;
  g_assert_cmpuint (n, ==, expected);

  return TRUE;
}

typedef struct
{
  ProbityCompartment compartment;
  const char        *sql;
  guint              offset;
  guint              n_page_rows;
} Page;

static gboolean
page_func (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  const Page *page = data;
  g_autoptr (ProbityStatement) statement = probity_db_query (probity_read_get_db (read, page->compartment, error), error, page->sql, "$page", 'i', (gint64) page->n_page_rows, "$offset", 'i', (gint64) page->offset, NULL);

  return bench_read_all (statement, page->n_page_rows, error);
}

void
bench_read_pages_by_offset (ProbityCasebook   *casebook,
                            ProbityCompartment compartment,
                            const char        *sql,
                            guint              n_rows,
                            guint              n_page_rows,
                            guint              n_pages)
{
  guint state = BENCH_PAGES_SEED;

  for (guint i = 0; i < n_pages; i++)
    {
      Page page = { compartment, sql, measure_random (&state, n_rows - n_page_rows), n_page_rows };

      wait_for_success (probity_casebook_read (casebook, page_func, &page, NULL, NULL));
    }
}

void
bench_load_pages (ProbitySession        *session,
                  const ProbityListKind *kind,
                  GArray                *ids,
                  guint                  n_page_rows,
                  guint                  n_pages)
{
  guint state = BENCH_PAGES_SEED;

  for (guint i = 0; i < n_pages; i++)
    {
      const guint at = measure_random (&state, ids->len - n_page_rows);
      g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, kind, &g_array_index (ids, gint64, at), n_page_rows, NULL));

      g_assert_cmpuint (rows->len, ==, n_page_rows);
    }
}
