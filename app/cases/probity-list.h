/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-ids.h"
#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Lists: sorting, filtering, searching and counting in SQL, behind the scope of probity-access.h.
 * A list is its ids in order (3 MB and some 200 ms per million) and pages of cells read by id.
 * The sealed cases whose keys the reader holds stand among the others, where the order has them.
 */

typedef struct
{
  const char      *name; /* `reference`, `applicant_name`, … stable, also in JSON and saved filters */
  ProbityFieldType type;
  gboolean         sortable;
} ProbityListColumn;

typedef struct _ProbityListKind ProbityListKind;
/** `second-jobs`, `checks` (work to do), `complaints`, `intelligence`, `people`, `organisations`, `relations`, `reviews-due`, `conduct`, `leaks`. */
const ProbityListKind   *probity_list_kind_find (const char *name);
const ProbityListColumn *probity_list_kind_get_columns (const ProbityListKind *kind, guint *ret_n);
/** Names of the filters that a list knows (`stage`, `waiting-for`, `category`, `over-48`, `overdue`, `line-manager`, …); NULL-terminated, static. */
const char *const *probity_list_kind_get_filters (const ProbityListKind *kind);
/** The kind of record behind each row (`second-job`). */
const ProbityRecordKind *probity_list_kind_get_record_kind (const ProbityListKind *kind);
/** Whether a change of a record of @change_kind (ProbityChange.kind) can alter rows of the list. */
gboolean probity_list_kind_is_changed_by (const ProbityListKind *kind, const char *change_kind);

typedef struct _ProbityListQuery ProbityListQuery; /* boxed */
#define PROBITY_TYPE_LIST_QUERY (probity_list_query_get_type ())
GType             probity_list_query_get_type (void);
ProbityListQuery *probity_list_query_new (const ProbityListKind *kind);
ProbityListQuery *probity_list_query_copy (ProbityListQuery *self);
void              probity_list_query_free (ProbityListQuery *self);
void              probity_list_query_set_search (ProbityListQuery *self, const char *words);
void              probity_list_query_set_filter (ProbityListQuery *self, const char *name, const char *value /* NULL removes */);
void              probity_list_query_set_sort (ProbityListQuery *self, const char *column, gboolean descending);
/** What it asks for: the folded words, the value of a filter, the column of its order; nullable but the last. */
const char *probity_list_query_get_search (ProbityListQuery *self);
const char *probity_list_query_get_filter (ProbityListQuery *self, const char *name);
const char *probity_list_query_get_sort_column (ProbityListQuery *self, gboolean *ret_descending);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityListQuery, probity_list_query_free)

/** Resolves to a boxed GArray (G_TYPE_ARRAY) of gint64 ids in the order asked for. A search is logged as a consultation. */
DexFuture *probity_list_load_ids (ProbitySession *session, ProbityListQuery *query, GCancellable *cancellable);

/** How many rows of a long list are given out while its ids are being read. More than a window shows only makes it later. */
#define PROBITY_LIST_START 64
/** How many ids are given out with them: of what nothing narrows the next are there at once, and a view keeps widgets for some 200. */
#define PROBITY_LIST_START_IDS 256

/** What a long list begins with. Boxed, immutable. */
typedef struct
{
  GArray    *ids;  /* the first PROBITY_LIST_START_IDS of the gint64 ids that are being read; of a narrowed list PROBITY_LIST_START */
  GPtrArray *rows; /* of ProbityListRow or NULL: of the first PROBITY_LIST_START of them */
} ProbityListStart;
#define PROBITY_TYPE_LIST_START (probity_list_start_get_type ())
GType             probity_list_start_get_type (void);
ProbityListStart *probity_list_start_ref (ProbityListStart *self);
void              probity_list_start_unref (ProbityListStart *self);
/**
 * As probity_list_load_ids(), but to boxed ProbityIds. @ret_start (nullable) resolves before it to a boxed ProbityListStart from
 * the same state of the casebook, where the list is longer than that; it is rejected as cancelled where it is not, and where
 * the list cannot be read.
 */
DexFuture *probity_list_load_order (ProbitySession *session, ProbityListQuery *query, GCancellable *cancellable, DexFuture **ret_start);
/** Resolves to gint64. */
DexFuture *probity_list_count (ProbitySession *session, ProbityListQuery *query);
/** The same, for a number beside something: once nobody waits for anything else. */
DexFuture *probity_list_count_behind (ProbitySession *session, ProbityListQuery *query);

/** One row: cells as text in the order of the kind's columns, NULL for empty; immutable, boxed. */
typedef struct
{
  gint64       id;
  const char  *uid;
  guint        n_cells;
  const char **cells;
} ProbityListRow;
#define PROBITY_TYPE_LIST_ROW (probity_list_row_get_type ())
GType           probity_list_row_get_type (void);
ProbityListRow *probity_list_row_ref (ProbityListRow *self);
void            probity_list_row_unref (ProbityListRow *self);
/** The place of the column of that name; %G_MAXUINT where @kind has none. */
guint probity_list_kind_find_column (const ProbityListKind *kind, const char *column);
/** The text of a row of @kind in the column of that name; %NULL where it is empty or there is none. */
const char *probity_list_row_find_cell (ProbityListRow *self, const ProbityListKind *kind, const char *column);
/** The kind of record behind this row of @kind. */
const ProbityRecordKind *probity_list_row_get_record_kind (ProbityListRow *self, const ProbityListKind *kind);
/** Whether the case behind this row stands in a sealed compartment. */
gboolean probity_list_row_is_sealed (ProbityListRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityListRow, probity_list_row_unref)

/** Resolves to a boxed GPtrArray of ProbityListRow for @ids, in their order; an id that is gone or no longer readable gives a NULL element. */
DexFuture *probity_list_load_rows (ProbitySession *session, const ProbityListKind *kind, const gint64 *ids, guint n_ids, GCancellable *cancellable);

/** CSV of what the query shows, to @path; logged as disclosure. Resolves to gint64 rows. */
DexFuture *probity_list_export (ProbitySession *session, ProbityListQuery *query, const char *path);
/** The same of the rows with @ids, in their order. */
DexFuture *probity_list_export_ids (ProbitySession *session, const ProbityListKind *kind, const gint64 *ids, guint n_ids, const char *path);

G_END_DECLS
