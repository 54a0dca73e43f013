/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probity-person-index.h"

/* Labelled people: a CSV file whose rows say who is the same person, and how well the comparison finds them. */

typedef struct
{
  char             *id;
  char             *truth; /* rows with the same are one person */
  char             *text;  /* the row, for telling what was missed */
  ProbityPersonKey *key;
} TruthRow;

typedef struct
{
  guint  right;        /* pairs found that are one person */
  guint  wrong;        /* pairs found that are not */
  guint  missed;       /* pairs of one person that were not found */
  guint  not_compared; /* of these, pairs that full comparison would have found */
  double precision;
  double recall;
  double f1;
} TruthResult;

GPtrArray *truth_load (const char *path,
                       GError    **error);
void       truth_measure (GPtrArray   *rows,
                          double       threshold,
                          gboolean     tell,
                          TruthResult *ret_result);
