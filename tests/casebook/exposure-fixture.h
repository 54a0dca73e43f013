/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-exposure.h"
#include "records-fixture.h"

G_BEGIN_DECLS

/* Eight rows of six people; svc-desk is on no staff list. */
#define EXPOSURE_LOG                                         \
  "User,Time,Record,Workstation,Role\n"                      \
  "FORCE\\4127,2026-01-10 09:00:00,NIC/1,WS-1,Constable\n"   \
  "4128,2026-01-10 10:00:00,NIC/1,WS-2,Constable\n"          \
  "FORCE\\004128,2026-01-12 10:00:00,NIC/2,WS-2,Constable\n" \
  "4300,2026-01-11 11:00:00,NIC/1,WS-3,Sergeant\n"           \
  "svc-desk,2026-01-11 12:00:00,NIC/1,WS-4,\n"               \
  "2004,2026-01-11 13:00:00,NIC/1,WS-9,Sergeant\n"           \
  "4200,2026-01-11 14:00:00,NIC/1,WS-9,Constable\n"          \
  "4127,2026-01-12 12:00:30,NIC/1,WS-1,Constable\n"

/* A new leak case; its reference. */
char *exposure_case_new (RecordsFixture *fixture);
char *exposure_case_new_in (SessionFixture *fixture);

/* Imports @text, written to a file @name, as a log of the system `NICHE`. */
DexFuture          *exposure_import (RecordsFixture *fixture,
                                     ProbitySession *session,
                                     const char     *reference,
                                     const char     *name,
                                     const char     *text,
                                     const char     *mapping,
                                     const char     *time_zone,
                                     int             clock_error);
ProbityExposureLog *exposure_import_text (RecordsFixture *fixture,
                                          ProbitySession *session,
                                          const char     *reference,
                                          const char     *name,
                                          const char     *text,
                                          const char     *mapping,
                                          const char     *time_zone,
                                          int             clock_error);

ProbityExposureList *exposure_load (ProbitySession *session,
                                    const char     *reference);
ProbityExposureList *exposure_narrow (ProbitySession          *session,
                                      const char              *reference,
                                      ProbityExposureNarrowing step);
gint64               exposure_count (ProbitySession *session,
                                     const char     *sql);

/* The people of @list in their order, who has gone with the number of the step. */
char *exposure_describe (ProbityExposureList *list);

#define exposure_assert_list(list, text)                    \
  G_STMT_START                                              \
  {                                                         \
    g_autofree char *described_ = exposure_describe (list); \
    g_assert_cmpstr (described_, ==, (text));               \
  }                                                         \
  G_STMT_END

#define EXPOSURE_WORDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

G_END_DECLS
