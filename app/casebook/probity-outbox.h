/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-casebook.h"

G_BEGIN_DECLS

/*
 * What stands between two compartments. WAL gives no atomic commit over two files, so a command
 * that writes the detailed side of something into one compartment and its published half into a
 * lower one also leaves a row in the first that says how to finish. The row is committed with the
 * detailed side and removed when both halves stand; what a crash leaves is finished by the next
 * program that opens both.
 */

/**
 * ProbityOutboxFunc:
 *
 * Writes the second half anew from @payload. Runs on the writer thread like any command, maybe a
 * second time: what is there already is left as it is. @payload came from a file that others may
 * have written to: signatures in it are proved as everywhere.
 */
typedef gboolean (*ProbityOutboxFunc) (ProbityWrite      *write,
                                       ProbityCompartment source,
                                       const char        *payload,
                                       gpointer           data,
                                       GError           **error);

/** Says who finishes @command. Main thread, before probity_casebook_finish_outbox(). */
void probity_casebook_add_outbox_handler (ProbityCasebook  *self,
                                          const char       *command,
                                          ProbityOutboxFunc func,
                                          gpointer          data,
                                          GDestroyNotify    data_destroy);

/**
 * Finishes what an interrupted program left, as far as both compartments are open here and a
 * handler is known. Resolves to the number of rows finished (int64); rejects with the first error
 * after all were tried.
 */
DexFuture *probity_casebook_finish_outbox (ProbityCasebook *self);

/**
 * Says in @source, in the transaction of the first half, how the second half in @target is
 * finished. The command then writes the second half itself, in the same function.
 */
gboolean probity_write_outbox_add (ProbityWrite      *self,
                                   ProbityCompartment source,
                                   ProbityCompartment target,
                                   const char        *command,
                                   const char        *payload,
                                   GError           **error);

G_END_DECLS
