/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-list.h"

G_BEGIN_DECLS

/* Pages of cells by their number: as many as a fixed number, those that were used last. */
typedef struct _ProbityPageCache ProbityPageCache;

ProbityPageCache *probity_page_cache_new (guint most);
void              probity_page_cache_free (ProbityPageCache *self);
void              probity_page_cache_clear (ProbityPageCache *self);
/** (transfer none) (nullable): ProbityListRow or NULL where a record is gone. */
GPtrArray *probity_page_cache_find (ProbityPageCache *self,
                                    guint             number);
void       probity_page_cache_keep (ProbityPageCache *self,
                                    guint             number,
                                    GPtrArray        *rows);
guint      probity_page_cache_get_size (ProbityPageCache *self);

G_END_DECLS
