/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-day.h"
#include "probity-list.h"
#include "probity-record-kind.h"

G_BEGIN_DECLS

/*
 * A list in full: for the rooms of app/ that declare lists. Rows are `r` of the record kind's table.
 * Expressions may use, each bound only where it stands in the text:
 *
 *   $today  the UK day    $limit  minutes a week that the profile warns of    $until  last day that counts as due soon
 */

/** How one column is shown and put in order; beside the public ProbityListColumn of the same index. */
typedef struct
{
  const char *cell;          /* SQL of the text shown */
  const char *outside_cell;  /* the same for readers who don't hold `standards`; NULL: as @cell */
  const char *order;         /* SQL to sort by; NULL: as @cell */
  const char *outside_order; /* NULL: as @order */
} ProbityListSql;

/** A filter by one value, which stands in its SQL as `$value`. */
typedef struct
{
  const char *sql;
  const char *outside_sql; /* NULL: as @sql */
} ProbityListFilter;

/** A list that no single query gives: work to do. Its rows are few; made on a reader thread. */
typedef GPtrArray *(*ProbityListCollectFunc) (ProbitySession   *session,
                                              ProbityRead      *read,
                                              ProbityListQuery *query,
                                              GError          **error);

struct _ProbityListKind
{
  const char              *name;
  const ProbityRecordKind *record_kind;
  const ProbityListColumn *columns;
  const ProbityListSql    *sql;
  guint                    n_columns;
  const char *const       *filters;    /* names; NULL-terminated */
  const ProbityListFilter *filter_sql; /* beside them */
  const char              *base;       /* condition of every row; nullable */
  const char              *search;     /* condition with $word, one folded word; nullable */
  const char              *sort;       /* column of the order when none was asked for */
  gboolean                 descending;
  ProbityOperation         read;
  ProbityListCollectFunc   collect; /* instead of SQL; nullable */
  /* Kinds of record beside @record_kind that rows can be of, told by the column `kind`; NULL-terminated, nullable. */
  const ProbityRecordKind *const *others;
  const char *const              *watched; /* further kinds of change that alter the list; NULL-terminated, nullable */
};

/** What a query asks for; reader threads read it through these. */
const ProbityListKind *probity_list_query_get_kind (ProbityListQuery *self);
/** Whether it has a filter or words. */
gboolean probity_list_query_is_narrowed (ProbityListQuery *self);
/** The column to sort by: asked for, or the kind's own. */
guint probity_list_query_get_sort (ProbityListQuery *self,
                                   gboolean         *ret_descending);

/** @cells: (transfer full): as many as the kind has columns, NULL for empty. */
ProbityListRow *probity_list_row_new (gint64      id,
                                      const char *uid,
                                      guint       n_cells,
                                      char      **cells);

/** The rows with @ids, in their order; %NULL for what is not there or not for this reader. On a reader thread. (element-type ProbityListRow) (transfer full) */
GPtrArray *probity_list_read_rows (ProbitySession        *session,
                                   const ProbityListKind *kind,
                                   ProbityRead           *read,
                                   GArray                *ids,
                                   GError               **error);

/** What the rows are put in order by, in SQL, before their ids. (transfer full) */
char *probity_list_query_dup_order (ProbityListQuery *self,
                                    ProbitySession   *session,
                                    gboolean         *ret_descending);
/** The statement of the ids, or of their number, of a query. (transfer full) */
char *probity_list_query_dup_sql (ProbityListQuery *self,
                                  ProbitySession   *session,
                                  gboolean          count);
/** Prepares and binds it. */
ProbityStatement *probity_list_query_prepare (ProbityListQuery *self,
                                              ProbitySession   *session,
                                              ProbityDb        *db,
                                              gboolean          count,
                                              GError          **error);
/** Binds $today, $limit and $until where @sql has them. */
gboolean probity_list_bind_days (ProbityStatement *statement,
                                 const char       *sql,
                                 ProbitySession   *session,
                                 GError          **error);

/**
 * Adds to the column `badges` of rows of cases (id → ProbityListRow, not given out yet) what their parts say:
 * overdue, notes, links.
 */
gboolean probity_list_add_badges (const ProbityListKind *kind,
                                  ProbitySession        *session,
                                  ProbityRead           *read,
                                  ProbityDb             *db,
                                  GHashTable            *by_id,
                                  GError               **error);

/** The UK day by the casebook's clock. Any thread. */
ProbityDay probity_list_get_today (ProbitySession *session);

/** Every case with a check that is pending, whoever makes it, and those that wait for a decision: for who holds both keys. On a reader thread. (element-type ProbityListRow) (transfer full) */
GPtrArray *probity_checks_collect_pending (ProbitySession *session,
                                           ProbityRead    *read,
                                           GError        **error);

extern const ProbityListKind probity_second_jobs_list;
extern const ProbityListKind probity_reviews_due_list;
extern const ProbityListKind probity_checks_list;
extern const ProbityListKind probity_complaints_list;
extern const ProbityListKind probity_intelligence_list;
extern const ProbityListKind probity_people_list;
extern const ProbityListKind probity_organisations_list;
extern const ProbityListKind probity_relations_list;
extern const ProbityListKind probity_conduct_list;
extern const ProbityListKind probity_leaks_list;

G_END_DECLS
