/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/**
 * ProbityReplyFunc:
 * @object: whom the answer is for; alive for the length of the call
 * @value: (nullable): what the future resolved to, %NULL when it was rejected
 * @error: (nullable): why it was rejected
 */
typedef void (*ProbityReplyFunc) (gpointer      object,
                                  const GValue *value,
                                  const GError *error);

void probity_reply (DexFuture       *future,
                    gpointer         object,
                    ProbityReplyFunc func);

G_END_DECLS
