/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-day.h"
#include "probity-investigation.h"

G_BEGIN_DECLS

/*
 * The conduct investigation, kept in `standards`. What it shares with leak investigations is in
 * probity-investigation.h, the closing gate in probity-closing.h.
 *
 * Fields of the case beside the shared ones: origin (report, complaint, intelligence,
 * social-media-referral, register-match, other), came_to_attention (of the appropriate authority: starts the
 * statutory clock), referrer, platform, capture, capture_exhibit (the exhibit that holds it), external_reference, register, corruption_category,
 * appropriate_authority. Its parts, each with the fields in probity-conduct-parts.c:
 *
 *   allegation       allegation × standard of professional behaviour × officer
 *   severity         severity assessments, all kept; a changed one says who was notified
 *   notice           written notice of investigation with its required parts, or withheld with reason and review date
 *   referral         to the IOPC: decided on the allegation as if it were shown to be true
 *   progress-report  the statutory report at 12 months and every 6 months after
 *   interview
 *   finding          outcome per officer and allegation
 *   reflective       reflective practice, apart from discipline
 *   learning
 *
 * Officers are the subjects of the case. Outcomes of the closing decision: finding,
 * no-further-action, referred-to-proceedings.
 */

/**
 * The day on which the statutory report number @n (from 0) of a case falls due that came to the
 * appropriate authority's attention on @attention, by the rules of that day in @profile; since 2020 after
 * twelve months, then every six (Police (Conduct) Regulations 2020, reg. 19). PROBITY_DAY_NONE where the
 * rules of the day know no such report.
 */
ProbityDay probity_conduct_get_report_due (ProbityProfile *profile,
                                           ProbityDay      attention,
                                           guint           n);
/**
 * The day by which the next report is due, where the last one was made for @last_due (ISO; %NULL: there is none). A second
 * report for a day, or one made between, puts off none that is due later.
 */
ProbityDay probity_conduct_get_next_report (ProbityProfile *profile,
                                            ProbityDay      attention,
                                            const char     *last_due);

/**
 * The next statutory report with what the case already says of its six items: due, came_to_attention,
 * notice_served, progress, estimated_end, reason_for_time, planned_steps, and the rule. To be completed and
 * added as a row of `progress-report`. Resolves to boxed #ProbityValues; without `due` where the case is closed or
 * the rules of its day know no such report.
 */
DexFuture *probity_conduct_prepare_report (ProbitySession *session,
                                           const char     *reference);

/**
 * What the notice to one officer (@subject: staff number, name or uid) would say, in the wording of the rules of
 * the case: name, staff_number, rank, unit, title, rule, conduct, severity, proceedings, advice,
 * representations, representations_due, inference, terms_of_reference, with `…_stated` `true` for each part that
 * the case can state; `missing` names in words what it still lacks. Resolves to boxed #ProbityValues.
 */
DexFuture *probity_conduct_prepare_notice (ProbitySession *session,
                                           const char     *reference,
                                           const char     *subject);

/**
 * The notice to one officer as PDF, logged as a disclosure. @values: (nullable): served, served_by,
 * terms_of_reference, no_terms_reason as they are about to be recorded; else those of the newest notice, and
 * STAGE where that is withheld. MISSING names every part that lacks (reg. 17). Resolves to GBytes.
 */
DexFuture *probity_conduct_print_notice (ProbitySession *session,
                                         const char     *reference,
                                         const char     *subject,
                                         ProbityValues  *values);

/**
 * A statutory report of the case as PDF with its six items (reg. 19), logged as a disclosure; the newest where
 * @uid is %NULL. STAGE where it is withheld or there is none. Resolves to GBytes.
 */
DexFuture *probity_conduct_print_report (ProbitySession *session,
                                         const char     *reference,
                                         const char     *uid);

/**
 * What the regulations ask of the case. Resolves to a boxed GPtrArray of #ProbityValues: code (officer, capture,
 * allegation, severity, notice, finding, referral, report), state (done, missing, withheld, review-due, due,
 * overdue), subject (uid) and name of the officer, day, detail, rule; absent where unknown.
 */
DexFuture *probity_conduct_load_duties (ProbitySession *session,
                                        const char     *reference);

/** Whether @reasons argue that the evidence is weak: no reason not to refer. */
gboolean probity_conduct_is_weak_evidence (const char *reasons);

G_END_DECLS
