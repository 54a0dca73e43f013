/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PROBITY_TYPE_START_PAGE (probity_start_page_get_type ())
G_DECLARE_FINAL_TYPE (ProbityStartPage, probity_start_page, PROBITY, START_PAGE, AdwBin)

void probity_start_page_set_recent (ProbityStartPage  *self,
                                    const char *const *folders);

G_END_DECLS
