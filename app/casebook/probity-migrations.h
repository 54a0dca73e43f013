/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-db.h"

G_BEGIN_DECLS

/*
 * The schemas of the compartments, made by the files of data/migrations (compiled in). To change one after
 * a release, add a file `NAME-2.sql` to data/migrations/meson.build and a line to the compartment's
 * table in probity-migrations.c, and add a dump of the old schema to tests/fixtures/schema/.
 */

/** The SQL of a file of data/migrations, with what it includes. Any thread. (transfer full) */
char *probity_migrations_dup_part (const char *name,
                                   GError    **error);

/**
 * What sqlite_schema holds in a compartment that only this program made: `TYPE NAME` → SQL. With
 * PROBITY_COMPARTMENT_SEALED in a sealed one that holds a second job. Any thread; made when first asked for and not
 * changed from then on.
 *
 * Returns: (transfer none)
 */
GHashTable *probity_migrations_get_expected_schema (ProbityCompartment compartment,
                                                    GError           **error);

/**
 * Compares the schema of @db with what the migrations make. On the thread of @db.
 *
 * Returns: (transfer full): sorted sentences `schema-missing: trigger NAME`, `schema-changed: …`,
 *   `schema-added: …`; empty if all is as it should be; %NULL with @error
 */
GStrv probity_migrations_compare_schema (ProbityDb *db,
                                         GError   **error);

G_END_DECLS
