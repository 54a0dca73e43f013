/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-casebook-private.h"

G_BEGIN_DECLS

struct _ProbityDb
{
  ProbityCompartment compartment;
  ProbityCompartment home; /* whose schema it has */
  char              *name;
  ProbityDbMode      mode;
  GThread           *owner;
  sqlite3           *handle;
  char              *path;

  ProbityStatementCache *statements;

  ProbityLock  *lock;        /* borrowed; NULL for readers and for memory */
  GCancellable *cancellable; /* borrowed, of the read that runs */
  int           wal_pages;
  guint         memory : 1;
  guint         abandoned : 1;
  guint         passing : 1;  /* its cache does not grow, until the query ends */
  guint         unjudged : 1; /* own statements: the authorizer lets them pass */
};

/* Bounds, not reservations: a connection takes what it has read. */
#define PROBITY_DB_READER_CACHE_KIB 65536
#define PROBITY_DB_WRITER_CACHE_KIB 65536

/* Whether the file at @path was cut short, whatever its key. Looks at it by name only. */
gboolean probity_db_is_cut (const char *path);

/* Gives @handle the ranking of full-text queries; an SQLite result code. */
int probity_db_add_rank (sqlite3 *handle);

/** Gives @handle probity_weights(), which the triggers of full-text indexes call; an SQLite result code. */
int probity_db_add_weights (sqlite3 *handle);

G_END_DECLS
