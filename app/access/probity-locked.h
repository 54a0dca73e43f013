/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-casebook.h"

G_BEGIN_DECLS

/* Whom a reader is locked from: themselves and who they are related to. Shared by the threads of a casebook. */
typedef struct _ProbityLocked ProbityLocked;

/* @staff_number: the reader's own; NULL for an account that belongs to nobody, which is locked from nobody. */
ProbityLocked *probity_locked_new (const char   *staff_number,
                                   ProbityClock *clock);
ProbityLocked *probity_locked_ref (ProbityLocked *self);
void           probity_locked_unref (ProbityLocked *self);
/* A ProbityRegistersFunc. */
gboolean probity_locked_read (ProbityDb *registers,
                              gpointer   self,
                              GError   **error);
/* Any thread. */
gboolean probity_locked_contains (ProbityLocked *self,
                                  const char    *staff_number);
char    *probity_locked_dup_json (ProbityLocked *self);

G_END_DECLS
