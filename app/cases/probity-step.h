/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case.h"

G_BEGIN_DECLS

/*
 * The frame of every command on a case, of whatever kind: who may, is it theirs, write, what is
 * logged, and what is logged when it is refused.
 */

/** One step of a case on its way to the writer; counted, since a caller may go away before it ran. */
typedef struct
{
  ProbitySession        *session;
  const ProbityCaseKind *case_kind; /* NULL: any, until the case is found */
  char                  *reference;
  char                  *uid;    /* of the case, once found */
  ProbityCompartment     sealed; /* where it was found sealed; JOURNAL: it is not */
  char                  *action;
  char                  *for_role;
  char                  *text;
  char                  *reason;
  char                  *restricted;
  char                  *staff_number;
  gboolean               flag;
  gboolean               unasked; /* nobody asked for this case, the program goes through a list: where it is gone, nothing is logged */
  gboolean               of_page; /* set by probity_step_read_for_page() */
  gint64                 version;
  int                    kind;
  ProbityValues         *values;
  GStrv                  list;
  gpointer               data; /* of commands that need more than the above */
  GDestroyNotify         data_destroy;
  GPtrArray             *objects; /* whatever the command takes; nullable */
  gconstpointer          part;    /* static, of a case's parts; nullable */
} ProbityStep;

/** @kind is %NULL for a case of any kind; @reference for what is no case's. */
ProbityStep *probity_step_new (ProbitySession        *session,
                               const ProbityCaseKind *kind,
                               const char            *reference);
void         probity_step_unref (ProbityStep *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityStep, probity_step_unref)

/** Runs @func as a command with @step (transfer full) as its data; logs a refusal. Resolves to what @func made. */
DexFuture *probity_step_run (ProbityStep     *step,
                             ProbityWriteFunc func);
/** Runs @func as a read with @step (transfer full); logs a refusal. */
DexFuture *probity_step_read (ProbityStep    *step,
                              ProbityReadFunc func);
/**
 * The same for what a page shows of its record: where that is open (ProbityVisit) and no longer this reader's, the page
 * read it again by itself, and nothing is logged.
 */
DexFuture *probity_step_read_for_page (ProbityStep    *step,
                                       ProbityReadFunc func);
/** The same for what the program reads of a case that nobody asked for: nothing is logged. */
DexFuture *probity_step_read_unasked (ProbityStep    *step,
                                      ProbityReadFunc func);

/**
 * Finds the case of @step for its reader: NOT_FOUND alike for what is absent, locked or somebody
 * else's. @ret_db, of the case's compartment, may be %NULL.
 */
gboolean probity_step_find (ProbityStep    *step,
                            ProbityWrite   *write,
                            ProbityDb     **ret_db,
                            ProbityRecord **ret_record,
                            GError        **error);
/** The same on a reader thread. */
gboolean probity_step_find_read (ProbityStep    *step,
                                 ProbityRead    *read,
                                 ProbityDb     **ret_db,
                                 ProbityRecord **ret_record,
                                 GError        **error);
/** As probity_step_find(), for who writes parts of the case: `not-your-step` for who only reads it. */
gboolean probity_step_find_work (ProbityStep    *step,
                                 ProbityWrite   *write,
                                 ProbityDb     **ret_db,
                                 ProbityRecord **ret_record,
                                 GError        **error);

/** A refusal by the gate with one code. Always %FALSE. */
gboolean probity_step_refuse (GError    **error,
                              const char *code,
                              const char *format,
                              ...) G_GNUC_PRINTF (3, 4);
/** `not-your-step` unless the session may do @operation. */
gboolean probity_step_require (ProbitySession  *session,
                               ProbityOperation operation,
                               GError         **error);
/** PROBITY_RECORD_ERROR_MISSING unless @text says something, INVALID where it is over 20,000 characters. */
gboolean probity_step_require_text (const char *field,
                                    const char *text,
                                    GError    **error);

/** Logs one field of the case, in its compartment. */
gboolean probity_step_log (ProbityStep   *step,
                           ProbityWrite  *write,
                           ProbityRecord *record,
                           ProbityVerb    verb,
                           const char    *field,
                           const char    *old_value,
                           const char    *new_value,
                           GError       **error);
/** Says that the case changed. */
void probity_step_note_change (ProbityStep   *step,
                               ProbityWrite  *write,
                               ProbityRecord *record);
/** Reads the case anew and gives it back as the command's result. */
gboolean probity_step_return (ProbityStep   *step,
                              ProbityWrite  *write,
                              ProbityRecord *record,
                              GValue        *result,
                              GError       **error);

G_END_DECLS
