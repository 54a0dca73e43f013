/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "casebook-fixture.h"
#include "probity-access.h"
#include "probity-audit.h"
#include "probity-list.h"
#include "probity-session.h"

G_BEGIN_DECLS

/*
 * A casebook made as a person makes one, but with slots that cost next to nothing, and its first
 * account signed in: `admin`, administrator and decider, staff number 1000. The clock stands at
 * SESSION_FIXTURE_NOW. All passphrases are the account's name. What the workstation remembers is
 * kept in the fixture's folder.
 */
#define SESSION_FIXTURE_NOW "2026-03-02T09:00:00.000Z"

typedef struct
{
  char           *base;   /* everything of this fixture */
  char           *folder; /* the casebook */
  ProbityClock   *clock;
  ProbitySession *admin;
  gpointer        original; /* what it was copied from; nullable */
  gboolean        is_kept;  /* stays where it is when the fixture goes */
} SessionFixture;

/* How many places for sealed cases each account that may seal one has; none unless a test sets it first. */
extern guint session_fixture_places;

/* What session_fixture_new() does first: slots that cost next to nothing are taken in this program. */
void session_fixture_allow_cheap_slots (void);

SessionFixture *session_fixture_new (const char *profile);

/*
 * The same with what @prepare adds, signed in as admin. A casebook is made once a program for each @profile and @prepare, and
 * copied from then on: its accounts and records have the same uids in every test of the program, except that two casebooks
 * which are there at the same time have nothing in common.
 */
typedef void (*SessionFixturePrepare) (SessionFixture *self);
SessionFixture *session_fixture_new_prepared (const char           *profile,
                                              SessionFixturePrepare prepare);
/* In the folder @base, which exists. */
SessionFixture *session_fixture_new_in (const char *base,
                                        const char *profile);
/* One that was made in @base and kept. */
SessionFixture *session_fixture_open (const char *base);
void            session_fixture_free (SessionFixture *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionFixture, session_fixture_free)

/* Adds the account @name with @roles (`line-manager,decider`) and grants it all that its roles need. */
void session_fixture_add (SessionFixture *self,
                          const char     *name,
                          const char     *roles,
                          const char     *staff_number);
/* (transfer full) */
ProbitySession *session_fixture_sign_in (SessionFixture *self,
                                         const char     *name);
GError         *session_fixture_fail_to_sign_in (SessionFixture *self,
                                                 const char     *name,
                                                 const char     *passphrase);
/* Signs out and drops the reference. */
void session_fixture_sign_out (ProbitySession *session);
/* @session anew: a key that was given meanwhile is found at the next sign-in. */
void session_fixture_sign_in_again (SessionFixture  *self,
                                    ProbitySession **session,
                                    const char      *name);

/* Waits for @future (taken) and gives what it resolved to. (transfer full) */
gpointer wait_for_object (DexFuture *future);
gpointer wait_for_boxed (DexFuture *future);

/* Verify finds nothing; what it finds is told. The number of compartments that @session holds. */
guint assert_verified (ProbitySession *session);

/* A list that is read from its start on begins as the whole list does, with the same rows; TRUE where it is long enough for that. */
gboolean assert_list_starts (ProbitySession   *session,
                             ProbityListQuery *query);

#define assert_access_error(error, error_code) \
  g_assert_error ((error), PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_##error_code)

G_END_DECLS
