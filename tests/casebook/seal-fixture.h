/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "session-fixture.h"

G_BEGIN_DECLS

/* What stands in the files of a casebook, whatever the program shows of it. */

/** The first column of what @sql, with `$argument`, finds. (transfer full) */
GStrv seal_fixture_list_texts (ProbityDb  *db,
                               const char *sql,
                               const char *argument);
/** Every `table.column` of @compartment in which @needle stands, in any case of letters, separated by blanks. (transfer full) */
char *seal_fixture_dig (ProbitySession    *session,
                        ProbityCompartment compartment,
                        const char        *needle);

/** How many entries of the timeline of a case begin with @what. */
guint seal_fixture_count_timeline (ProbitySession *session,
                                   const char     *reference,
                                   const char     *what);

#define assert_stands(session, compartment, needle, where)                     \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autofree char *_found = seal_fixture_dig (session, compartment, needle); \
    g_assert_cmpstr (_found, ==, where);                                       \
  }                                                                            \
  G_STMT_END

G_END_DECLS
