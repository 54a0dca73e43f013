/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-search.h"

G_BEGIN_DECLS

/*
 * Screening: an article, a post or a statement is held against the casebook. Whom and what of ours does it name?
 *
 * Nothing of the text is stored; that it was screened is logged as a combination, with the digest of the text. Who
 * and what the reader may not know of is not among the findings.
 */

/** What a text names; strings owned. */
typedef struct
{
  const char        *kind; /* of a record; or `operation`, `outlet`, `journalist`: words of the profile; static */
  ProbityCompartment compartment;
  char              *uid;       /* NULL for words of the profile */
  char              *reference; /* nullable */
  char              *title;
  char              *why;     /* in English */
  char              *context; /* the text around the first place, on one line */
  GArray            *places;  /* of ProbitySearchMark: bytes of the text */
  double             score;   /* 0 to 1 */
} ProbityScreenFinding;

void probity_screen_finding_free (ProbityScreenFinding *self);

/** The longest text that is screened, in bytes. */
#define PROBITY_SCREEN_MAX_TEXT (1024 * 1024)

/**
 * Screens @text (valid UTF-8), which is called @name (a file's name; nullable) in the log.
 * PROBITY_ACCESS_ERROR_NOT_PERMITTED, or PROBITY_ACCESS_ERROR_INVALID for too long a text.
 *
 * Returns: (transfer full): resolves to a boxed GPtrArray of #ProbityScreenFinding, of a kind together, best first
 */
DexFuture *probity_screen (ProbitySession *session,
                           const char     *text,
                           const char     *name);

G_END_DECLS
