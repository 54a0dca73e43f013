/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * A list in a window of its own, and what its frames cost. A step moves the list: by three rows, by a page, or to any
 * place. It ends when every row that is seen has its cells and they are painted, so that frames of empty rows gain
 * nothing; all frames of the step count. A frame lasts from before-paint to after-paint of its GdkFrameClock.
 */

typedef enum
{
  BENCH_PATTERN_ROWS,
  BENCH_PATTERN_PAGE,
  BENCH_PATTERN_JUMP,
  BENCH_N_PATTERNS
} BenchPattern;

typedef struct
{
  const char    *name;
  GtkWidget     *window;
  GtkAdjustment *adjustment;
  GListModel    *model; /* of rows that come later; NULL: all are there */
  guint          n_rows;
  guint          state;
  gint64         begun; /* of the step */
  gint64         frame_begun;
  double         thread_begun;
  gboolean       waiting;  /* for what was asked for: what is painted meanwhile is still the old */
  gboolean       painted;  /* since the step began */
  gboolean       complete; /* what was painted last had all its cells */
  guint          n_empty;  /* frames with rows without cells */
  GArray        *frames;   /* double, ms */
  GArray        *threads;  /* double, ms of the processor */
  GArray        *waits;    /* double, ms from the step to all cells painted */
  double         frame_sum;
} BenchView;

/* `3 rows further` */
extern const char *const bench_pattern_names[BENCH_N_PATTERNS];

/* Shows @child, which has a column view with @model's rows; %NULL: all rows are there. */
void bench_view_show (BenchView  *view,
                      const char *name,
                      GtkWidget  *child,
                      guint       n_rows);
/* As bench_view_show(), until the first rows are painted, however long the rest takes. */
void bench_view_show_first (BenchView *view,
                            GtkWidget *child);
void bench_view_begin (BenchView *view);
/* Runs until all cells that are seen are painted after what was done since bench_view_begin(). */
void bench_view_finish (BenchView *view);
void bench_view_step (BenchView   *view,
                      BenchPattern pattern);
/* Begins the figures anew. */
void bench_view_reset (BenchView   *view,
                       BenchPattern pattern);
void bench_view_print (BenchView *view);
/* Of the main thread, in ms. */
double bench_get_thread_time (void);
/* The share of them that is not above it; sorts them. */
double bench_get_share (GArray *times,
                        double  share);

G_END_DECLS
