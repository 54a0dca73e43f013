/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-casebook-private.h"
#include "probity-outbox.h"

G_BEGIN_DECLS

/* A new casebook in a folder of its own, and its keys. */
typedef struct
{
  char         *folder;
  char         *base;    /* of what other users can reach; else NULL */
  char         *program; /* the second program there; else NULL */
  ProbityKey   *keys[PROBITY_N_COMPARTMENTS];
  ProbityClock *clock;
} CasebookFixture;

CasebookFixture *casebook_fixture_new (void);
/* Where every user of the machine can come, with a second program that they can start. */
CasebookFixture *casebook_fixture_new_for_users (void);
void             casebook_fixture_free (CasebookFixture *self);
ProbityCasebook *casebook_fixture_open (CasebookFixture *self);
char            *casebook_fixture_dup_path (CasebookFixture   *self,
                                            ProbityCompartment compartment,
                                            const char        *ending);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CasebookFixture, casebook_fixture_free)

/* Waits for @future (taken) with the main loop running; its value is owned by it. */
DexFuture *wait_for (DexFuture *future);
/* The same; gives the error that it was rejected with, NULL if it resolved. */
GError *wait_for_error (DexFuture *future);
gint64  wait_for_int64 (DexFuture *future);
void    wait_for_success (DexFuture *future);

/* Commands and queries of one statement. */
DexFuture *run_sql (ProbityCasebook   *casebook,
                    ProbityCompartment compartment,
                    const char        *sql);
DexFuture *read_int64 (ProbityCasebook   *casebook,
                       ProbityCompartment compartment,
                       const char        *sql,
                       GCancellable      *cancellable);

/* Adds an audit entry as the log wants it, though signed by nobody. */
gboolean add_audit_entry (ProbityWrite      *write,
                          ProbityCompartment compartment,
                          const char        *verb,
                          const char        *kind,
                          const char        *record,
                          GError           **error);
/* A command of one collection entry, noted as a change. */
DexFuture *collect (ProbityCasebook   *casebook,
                    ProbityCompartment compartment,
                    const char        *record);

/*
 * A command over two compartments: @record in intelligence, then in registers, with what it takes to
 * finish it; and who finishes it.
 */
DexFuture *publish (ProbityCasebook *casebook,
                    const char      *record);
void       add_publish_handler (ProbityCasebook *casebook);

/* Another program on the same casebook, run from tests/casebook/second-program.c. */
typedef struct _SecondProgram SecondProgram;
SecondProgram                *second_program_new (CasebookFixture *fixture);
/* The same as another user of the machine; of their own group alone if @gid is 0. */
SecondProgram *second_program_new_as (CasebookFixture *fixture,
                                      guint            uid,
                                      guint            gid);
void           second_program_free (SecondProgram *self);
void           second_program_say (SecondProgram *self,
                                   const char    *format,
                                   ...) G_GNUC_PRINTF (2, 3);
/* Its next line of which @prefix is the beginning; everything else is passed over. NULL at its end. */
char *second_program_wait (SecondProgram *self,
                           const char    *prefix);
void  second_program_kill (SecondProgram *self);
/* Says that nothing more is to come: it ends when it has done what it was told. */
void second_program_end (SecondProgram *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SecondProgram, second_program_free)

void remove_tree (const char *path);
/* Changes one bit of the file @path at @offset. Twice leaves it as it was. */
void flip_byte (const char *path,
                goffset     offset);
/* How many pages of the compartment are not what was written; each is said. */
gint64 count_damaged (ProbityCasebook   *casebook,
                      ProbityCompartment compartment);

#define assert_casebook_error(error, error_code) \
  g_assert_error ((error), PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_##error_code)

G_END_DECLS
