/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-pages.h"
#include "probity-profile.h"

G_BEGIN_DECLS

/**
 * ProbityLetter:
 * @outcome: `approved`, `approved-with-conditions`, `refused` or `deferred`
 * @appeal: (nullable): `upheld` or `dismissed`: the letter tells of an appeal, @outcome of the decision that now stands
 * @appealed: of an appeal: the day of the decision appealed against, @appealed_outcome what it was
 * @lodged: of an appeal: the day on which it was lodged
 * @category: an id of the profile's categories
 * @employment_group: as the record has it; the profile finds the wording
 * @conditions: (array zero-terminated=1) (nullable): full texts, in order
 * @missing_facts: what a deferred application waits for
 * @served: the day on which the letter is handed over, where it is known: the appeal runs from it
 *
 * What a decision letter says to the applicant. There is no room here for what is restricted: the letter is made from
 * what stands in `registers` and nothing else.
 */
typedef struct
{
  const char        *reference;
  const char        *name;
  const char        *rank;
  const char        *staff_number;
  const char        *unit;
  const char        *employment_group;
  const char        *employer;
  const char        *category;
  const char        *nature;
  const char        *place;
  gboolean           paid;
  int                weekly_minutes; /* -1 where unknown */
  ProbityDay         start;
  ProbityDay         received;
  ProbityDay         decided;
  ProbityDay         served;
  const char        *outcome;
  const char        *appeal;
  ProbityDay         appealed;
  const char        *appealed_outcome; /* nullable */
  ProbityDay         lodged;
  const char        *open_reasons;
  const char *const *conditions;
  const char        *missing_facts;
  const char        *decided_by;
  const char        *printed_by;
  const char        *printed_at; /* an instant */
  const char        *log_head;   /* nullable: head of the audit log, printed small */
} ProbityLetter;

GBytes *probity_letter_render (ProbityProfile      *profile,
                               const ProbityLetter *letter,
                               GError             **error);
GBytes *probity_form_render (ProbityProfile *profile,
                             const char     *printed_by,
                             const char     *printed_at,
                             GError        **error);

G_END_DECLS
