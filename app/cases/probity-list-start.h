/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-list.h"

G_BEGIN_DECLS

/* Gives out the start of a list from the reader thread that still reads it. */
typedef struct _ProbityListStarter ProbityListStarter;

/** On the main thread. @ret_start: (transfer full): what probity_list_load_ids_from_start() promises. */
ProbityListStarter *probity_list_starter_new (DexFuture **ret_start);
/** Rejects what was not given. On the main thread. */
void probity_list_starter_free (ProbityListStarter *self);
/** Once, on any thread. @ids, @rows: (transfer full) */
void probity_list_starter_give (ProbityListStarter *self,
                                GArray             *ids,
                                GPtrArray          *rows);

G_END_DECLS
