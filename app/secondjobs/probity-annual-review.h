/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-check.h"

G_BEGIN_DECLS

/*
 * The annual review in bulk. A run, begun by the head of HR, calls for the return of every registered job
 * that is due in its days. Returns come singly or in a file, what is outstanding is chased, checks are made
 * as one batch, lapses are confirmed by the head of HR and never by the clock.
 */

/** Begins a run over what is due from @from (nullable: whatever is overdue) until @until; ISO days. Resolves to a boxed ProbityValues: run (its number), calls. */
DexFuture *probity_annual_review_begin (ProbitySession *session,
                                        const char     *from,
                                        const char     *until);

/** Runs, newest first: a boxed GPtrArray of ProbityValues: run, due_from, due_until, calls, outstanding, who, at, ended. */
DexFuture *probity_annual_review_load_runs (ProbitySession *session);

/**
 * What a run called for, as far as the reader may know of it: a boxed GPtrArray of ProbityValues: reference, uid,
 * staff_number, name, employer, due, state (`outstanding`, `no-change`, `changed`, `ceased`, `lapsed`, or the stage
 * that ended it), chases (number of), last_chased, leaver (`true`), appeal_open (`true`: until it is
 * decided the job neither lapses nor ceases). To who makes such checks also complaints_hits and intelligence_hits: how
 * many records a check that is not published yet has found. @run: 0 for the newest.
 */
DexFuture *probity_annual_review_load (ProbitySession *session,
                                       guint           run);

/** Chases @references (nullable: everything outstanding) once more. Resolves to a boxed ProbityValues: chased. */
DexFuture *probity_annual_review_chase (ProbitySession    *session,
                                        guint              run,
                                        const char *const *references,
                                        const char        *how);

/** The returns of what is outstanding, a page each, to be filled in, as PDF (GBytes); logged as a disclosure. */
DexFuture *probity_annual_review_print (ProbitySession *session,
                                        guint           run);

/**
 * Takes returns from a CSV file: headings reference, result (`no-change`, `changed`, `ceased`) and note, and for what
 * changed employer, nature, weekly_hours, pattern, place, category, start. At most 64 MiB. All or nothing. Resolves to a boxed
 * ProbityValues: read, taken, sha256; and problems, a line each (`line 4, result: …`), where nothing was taken, with
 * problem_codes, the same for a window to word (`4 result unknown-result`; `-` where the whole line is meant), and n_problems.
 */
DexFuture *probity_annual_review_take_file (ProbitySession *session,
                                            GFile          *file);

/**
 * Both halves of the batch: searches for everybody whom the run called for, verdicts of earlier checks
 * remembered, and publishes in one go those without any hit; who has one is looked at singly. @searched as
 * in probity_check_publish(). Resolves to a boxed ProbityValues: searched, published, with_hits (references, one a line), skipped.
 */
DexFuture *probity_annual_review_check (ProbitySession    *session,
                                        guint              run,
                                        ProbityCheckKind   kind,
                                        const char *const *searched);

/** The head of HR confirms that a job has lapsed: overdue, chased, no return, and no appeal open. Resolves to ProbityRecord. */
DexFuture *probity_annual_review_lapse (ProbitySession *session,
                                        const char     *reference,
                                        const char     *reason);

/**
 * Ceases the jobs of those who left the force, as the staff list has them, save where an appeal is open: that is
 * decided first, or recorded as not pursued. Resolves to a boxed ProbityValues: ceased, with_appeal (references of
 * what was left, one a line).
 */
DexFuture *probity_annual_review_cease_leavers (ProbitySession *session,
                                                guint           run);

/** Ends a run of which nothing is outstanding. Resolves to a boxed ProbityValues: run. */
DexFuture *probity_annual_review_end (ProbitySession *session,
                                      guint           run,
                                      const char     *note);

/**
 * Logs in @compartment, `registers`, what is left of the calls of @run_uid after one went with a case that was
 * sealed: what the run was signed over is not there any more, and nothing else may go. Writer thread.
 */
gboolean probity_annual_review_log_left (ProbityWrite      *write,
                                         ProbitySession    *session,
                                         ProbityCompartment compartment,
                                         const char        *run_uid,
                                         GError           **error);

G_END_DECLS
