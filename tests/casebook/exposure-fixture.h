/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-exposure.h"
#include "records-fixture.h"

G_BEGIN_DECLS

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

G_END_DECLS
