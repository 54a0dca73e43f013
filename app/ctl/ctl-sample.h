/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The passphrase of every account of a sample casebook. Not a secret: the people are invented. */
#define CTL_SAMPLE_PASSPHRASE "probity sample"

typedef struct
{
  const char *folder;
  const char *force;         /* derbyshire or durham */
  guint64     n_people;      /* 0: as many as the story needs */
  guint64     n_second_jobs; /* further ones, brought forward from an older register in bulk */
  guint64     n_cases;       /* further conduct investigations, from before the casebook was made */
  guint64     n_records;     /* further old complaints and intelligence reports, half and half */
  guint64     seed;
  gint64      now; /* microseconds since 1970, after which nothing happens in it; 0: the system's */
} CtlSampleOptions;

/**
 * Makes a casebook from the founding reports' facts with invented people: the same commands that a
 * person's clicks lead to, under a clock that is set to the day they would have happened. In a
 * fiber on the main thread; takes some seconds.
 */
gboolean ctl_sample_make (const CtlSampleOptions *options,
                          GError                **error);

G_END_DECLS
