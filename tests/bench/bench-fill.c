/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "bench-fill.h"

#include "../casebook/casebook-fixture.h"

/* Rows that are written in one transaction: until it is done the log of the file has them too. */
#define BATCH 500000

#define NUMBERS "WITH RECURSIVE n (i) AS (SELECT $first UNION ALL SELECT i + 1 FROM n WHERE i < $last)"
#define DAY "date ('2001-01-01', (i * 4000 / $n) || ' days')"

/* A case begins open, and nobody has decided to investigate it. */
#define CASE_COLUMNS                                                                                       \
  "uid, reference, title, marking, owner, received, stage, check_age_days, profile_name, profile_version," \
  " subjects, sort_subjects, search_text, created, created_by, changed"
#define CASE_VALUES                                                                                                \
  "'bulk-' || i, printf ('OLD/%08d', i), printf ('Case %08d', i * 7919 % $n), 'official', 'officer ' || (i % 40)," \
  " " DAY ", CASE i % 20 WHEN 0 THEN 'reported' ELSE 'assessed' END, 28, 'derbyshire', '1',"                       \
  " printf ('Name %05d', i * 31 % 90000), printf ('name %05d', i * 31 % 90000), 'old',"                            \
  " '2012-03-02T09:00:00.000Z', 'nobody', '2012-03-02T09:00:00.000Z'"

typedef struct
{
  const char        *list;
  ProbityCompartment compartment;
  const char        *words; /* the trigger that would index each row */
  const char        *sql;
} Table;

static const Table tables[] = {
  { "second-jobs",
    PROBITY_COMPARTMENT_REGISTERS,
    "search_second_job_insert",
    NUMBERS " INSERT INTO second_job (uid, reference, staff_number, applicant_sort_name, unit, employer, category, nature, received, created, created_by, entered_by_person,"
            " profile_name, profile_version, requires_line_manager_comment, requires_head_of_hr_comment, requires_view, signatory, check_age_days,"
            " material_digest, material_changed_at, stage, outcome, weekly_hours, next_review, brought_forward, search_text)"
            " SELECT 'bulk-' || i, printf ('BULK/%08d', i), p.staff_number, p.sort_name, p.unit, printf ('%c%c %d Ltd', 65 + i * 31 % 26, 97 + i * 17 % 26, i * 7 % 5000),"
            " CASE i % 3 WHEN 0 THEN 'waged' WHEN 1 THEN 'letting' ELSE 'other' END, 'behind the bar', " DAY ", '2012-03-02T09:00:00.000Z', 'nobody', 'staff:1',"
            " 'derbyshire', '1', 1, 1, 1, 'head-of-hr', 28, 'd', '2012-03-02T09:00:00.000Z',"
            " CASE WHEN i % 50 = 0 THEN 'refused' WHEN i % 20 = 0 THEN 'ceased' ELSE 'registered' END, 'brought-forward', i * 11 % 900,"
            " CASE WHEN i % 20 <> 0 THEN date ('2012-01-01', (i * 6000 / $n) || ' days') END, 1, printf ('bulk/%08d behind the bar', i)"
            " FROM n JOIN person AS p ON p.id = 1 + i * 7919 % (SELECT max (id) FROM person)" },
  { "organisations",
    PROBITY_COMPARTMENT_REGISTERS,
    "search_organisation_insert",
    NUMBERS " INSERT INTO organisation (uid, name, nature, registration_number, address, postcode, sort_name, search_text, created, created_by)"
            " SELECT 'bulk-' || i, printf ('Works %08d Ltd', i), CASE i % 3 WHEN 0 THEN 'shop' WHEN 1 THEN 'works' ELSE 'other' END, printf ('R%08d', i),"
            " (i % 300) || ' High Street, Derby', printf ('DE%02d %dAB', i * 60 / $n, i % 9), printf ('works %08d ltd', i), printf ('works %08d', i), '2012-03-02T09:00:00.000Z', 'nobody' FROM n" },
  { "conduct",
    PROBITY_COMPARTMENT_STANDARDS,
    "search_conduct_insert",
    NUMBERS " INSERT INTO conduct (" CASE_COLUMNS ", origin) SELECT " CASE_VALUES ", CASE i % 3 WHEN 0 THEN 'report' ELSE 'complaint' END FROM n" },
  { "leaks",
    PROBITY_COMPARTMENT_INTELLIGENCE,
    "search_leak_insert",
    NUMBERS " INSERT INTO leak (" CASE_COLUMNS ", item) SELECT " CASE_VALUES ", 'Custody record' FROM n" },
};

typedef struct
{
  const Table *table;
  gint64       first;
  gint64       last;
  gint64       n;
} Fill;

static gboolean
fill_func (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  Fill            *fill = data;
  ProbityDb       *db = probity_write_get_db (write, fill->table->compartment, error);
  g_autofree char *drop = g_strconcat ("DROP TRIGGER ", fill->table->words, NULL);
  g_autofree char *create = NULL;
  gboolean         row;

  if (db == NULL)
    return FALSE;
  {
    g_autoptr (ProbityStatement) statement = probity_db_query (db, error, "SELECT sql FROM sqlite_schema WHERE name = $name", "$name", 's', fill->table->words, NULL);

    if (statement == NULL || !probity_statement_step (statement, &row, error))
      return FALSE;
    g_assert_true (row);
    create = probity_statement_dup_text (statement, 0);
  }

  return probity_db_run (db, error, drop, NULL) &&
         probity_db_run (db, error, fill->table->sql, "$first", 'i', fill->first, "$last", 'i', fill->last, "$n", 'i', fill->n, NULL) &&
         probity_db_run (db, error, create, NULL);
}

void
bench_fill (ProbityCasebook *casebook,
            const char      *list,
            guint            n_rows)
{
  Fill fill = { .n = n_rows };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (g_str_equal (tables[i].list, list))
      fill.table = &tables[i];
  g_assert_nonnull (fill.table);

  for (fill.first = 1; fill.first <= n_rows; fill.first = fill.last + 1)
    {
      fill.last = MIN (fill.first + BATCH - 1, fill.n);
      wait_for_success (probity_casebook_write (casebook, fill_func, &fill, NULL));
    }
}
