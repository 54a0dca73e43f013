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
 *   outlet       journalists and outlets, and what the media contact record holds
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

G_END_DECLS
