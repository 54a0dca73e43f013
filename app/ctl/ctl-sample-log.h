/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * An invented access log of 20,000 rows with a findable answer: before the words were first seen published, from one
 * place, exactly one account opened one record. The same for the same input, whenever it is made.
 */
#define CTL_SAMPLE_LOG_ROWS 20000

typedef struct
{
  const char *const *staff_numbers; /* whose accounts stand in it; ten at least */
  const char        *source;        /* the staff number of the answer, one of them */
  gint64             published_ms;  /* when it was first seen published; the log covers the month before, and a day after */
  guint              seed;
} CtlSampleLog;

/* The record that was disclosed, and the place from which the answer opened it. */
#define CTL_SAMPLE_LOG_RECORD "CUS/2012/004417"
#define CTL_SAMPLE_LOG_PLACE "ILK-CUSTODY-02"

/** The log as CSV with the headings of the system CRIS: User, Time (UTC), Record, Workstation, Role. (transfer full) */
GString *ctl_sample_log_make (const CtlSampleLog *log);

G_END_DECLS
