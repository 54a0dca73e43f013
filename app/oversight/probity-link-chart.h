/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <cairo.h>

#include "probity-chart-layout.h"
#include "probity-record.h"

G_BEGIN_DECLS

/*
 * The links of one record, drawn to two steps: links that were made, and what is one as well: whom a case is about,
 * who applied, who is related to whom. Every box and every line was asked for through the reader's own scope: a
 * link in a compartment without key, and what leads to a locked record, does not exist.
 */

typedef struct
{
  char *kind; /* of record */
  char *uid;
  char *reference; /* nullable, as the next */
  char *title;
  guint step; /* 0: whose chart it is; 1; 2 */
} ProbityChartNode;

typedef struct
{
  guint    from, to; /* indices of nodes */
  char    *type;     /* of the link; `applicant`, `about`, `eliminated`, `relation` */
  char    *text;     /* nature of a relation; nullable */
  gboolean leads;    /* the line by which the layout has @to, or @from, where it stands */
} ProbityChartEdge;

typedef struct
{
  GPtrArray *nodes; /* ProbityChartNode; the first is whose chart it is */
  GPtrArray *edges; /* ProbityChartEdge */
  GArray    *boxes; /* ProbityChartBox beside the nodes */
  double     width, height;
  gboolean   cut; /* there are more than fit */
} ProbityLinkChart;
#define PROBITY_TYPE_LINK_CHART (probity_link_chart_get_type ())
GType             probity_link_chart_get_type (void);
ProbityLinkChart *probity_link_chart_copy (ProbityLinkChart *self);
void              probity_link_chart_free (ProbityLinkChart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityLinkChart, probity_link_chart_free)

/**
 * The chart of the record @reference (or uid) of any kind. Logged as a consultation before it resolves, once a @visit
 * (nullable). NOT_FOUND alike for what is absent and what is not for this reader. Resolves to #ProbityLinkChart.
 */
DexFuture *probity_link_chart_load (ProbitySession *session,
                                    const char     *reference,
                                    ProbityVisit   *visit);

/** What a person reads of a kind of record, or of a line: (transfer full). */
typedef char *(*ProbityChartWordsFunc) (const char *code,
                                        gboolean    is_kind);

/** Draws @self, one unit a point. */
void probity_link_chart_draw (ProbityLinkChart     *self,
                              cairo_t              *cairo,
                              ProbityChartWordsFunc words);

/**
 * Writes @self to @path as SVG or, where its name ends in `.png`, as a picture; logged as a disclosure before anything
 * leaves. Resolves to TRUE.
 */
DexFuture *probity_link_chart_export (ProbityLinkChart     *self,
                                      ProbitySession       *session,
                                      const char           *path,
                                      ProbityChartWordsFunc words);

G_END_DECLS
