/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-investigation.h"

G_BEGIN_DECLS

/*
 * The leak investigation (inappropriate disclosure), kept in `intelligence`. What it shares with
 * conduct investigations is in probity-investigation.h, the closing gate in probity-closing.h.
 *
 * Fields of the case beside the shared ones: item, item_marking, item_created, discovered,
 * discovered_by, corruption_category. Its parts, each with the fields in probity-leak-parts.c:
 *
 *   record       the systems and records that the item sits in, and which published words stand there
 *   publication  outlet, address, when, quoted words, earliest-seen time, the exhibit that holds what was captured
 *   line         lines of enquiry
 *   outlet       journalists and outlets, and what came of looking them up in the media contact record
 *   harm         to whom, how grave, mitigated how
 *   assessment   public interest and protected disclosure: before any intrusive action
 *   learning
 *
 * Suspects are the subjects of the case. Outcomes of the closing decision: source-identified,
 * not-identified, no-leak, lawful-disclosure, referred.
 */

/** may_intrude: the newest assessment, where it permits intrusion; else refused with `public-interest-assessment`. */
gboolean probity_leak_may_intrude (const ProbitySource *source,
                                   const ProbityCase   *self,
                                   char               **ret_assessment_uid,
                                   GError             **error);

/*
 * What came of looking an outlet up in the media contact record stands at the beginning of the outlet's recorded_contact, in these
 * words: `No record: 6 to 10 February, media contact register`, `Contact recorded: …`. Nothing written is no finding, and
 * what begins otherwise is told as it was written.
 */
#define PROBITY_LEAK_CONTACT_NOT_LOOKED_UP "not-looked-up"
#define PROBITY_LEAK_CONTACT_AS_WRITTEN "as-written"
/** Beside the fields of an outlet, when one is added or changed: not-looked-up, no-record, recorded. */
#define PROBITY_LEAK_CONTACT_FINDING "contact_finding"

/** `not-looked-up`, `no-record`, `recorded`, `as-written`; static. @recorded_contact: (nullable). */
const char *probity_leak_contact_get_finding (const char *recorded_contact);
/** The text that says @finding, with what @recorded_contact (nullable) says besides; empty for `not-looked-up`. (transfer full) */
char *probity_leak_contact_dup_text (const char *finding,
                                     const char *recorded_contact);
/** ProbityCasePart.read_values of an outlet. */
ProbityValues *probity_leak_contact_read_values (ProbityValues *values,
                                                 ProbityRecord *old,
                                                 GError       **error);

G_END_DECLS
