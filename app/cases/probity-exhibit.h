/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-exhibit-file.h"
#include "probity-progress.h"
#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Exhibits of a case of any kind, named by the case's reference or uid and their own reference in it
 * (`AB/1`), and the continuity of each: who took it in, looked at it, proved it, gave it out, moved it,
 * when and why. Who may read the case may look at its exhibits; who works the case takes in, proves, gives
 * out and moves. All is logged; what betrays interest stands in the highest compartment that its reader
 * holds. Functions are called on the main thread and their futures awaited in fibers.
 */

/** One exhibit; all strings owned, NULL where empty. */
typedef struct
{
  char  *uid;
  char  *case_reference;
  char  *reference; /* `AB/1` */
  char  *description;
  char  *received;      /* ISO day or instant: when it came into the force's hands */
  char  *received_from; /* nullable */
  char  *place;         /* nullable: where it was seized or received */
  char  *file_name;     /* as the file was called */
  char  *media_type;    /* `image/png` */
  gint64 size;          /* bytes */
  char  *sha256;        /* at intake */
  char  *added;         /* instant */
  char  *by;            /* account name */
  char  *verified;      /* nullable: instant of the last proof that the reader may know of */
  char  *state;         /* of that proof: `whole`, `missing`, `damaged`; NULL: not proved since intake */
} ProbityExhibit;
#define PROBITY_TYPE_EXHIBIT (probity_exhibit_get_type ())
GType           probity_exhibit_get_type (void);
ProbityExhibit *probity_exhibit_copy (ProbityExhibit *self);
void            probity_exhibit_free (ProbityExhibit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExhibit, probity_exhibit_free)

/** Logs that the exhibits of a case are looked through, where no page that shows the case has logged it. Resolves to TRUE. */
DexFuture *probity_exhibit_consult (ProbitySession *session, const char *case_reference);
/** Resolves to a boxed GPtrArray of ProbityExhibit, by reference. */
DexFuture *probity_exhibit_list (ProbitySession *session, const char *case_reference);

/** One line of continuity; all strings owned. */
typedef struct
{
  char *at;
  char *who;    /* account name */
  char *action; /* taken-in, viewed, verified, disclosed, moved */
  char *detail; /* nullable: to whom, where to, what a proof found */
  char *reason; /* nullable */
} ProbityContinuityItem;
/** Resolves to a boxed GPtrArray of ProbityContinuityItem, oldest first: as far as this reader may know. */
DexFuture *probity_exhibit_load_continuity (ProbitySession *session, const char *case_reference, const char *reference);

/**
 * Takes @file in: read, hashed and encrypted on a thread of its own, made to last, then its row written.
 * @values: description (required), received (now if empty), received_from, place, initials (of who found
 * it; those of the account's person if empty). Resolves to a boxed ProbityExhibit.
 */
DexFuture *probity_exhibit_add (ProbitySession  *session,
                                const char      *case_reference,
                                GFile           *file,
                                ProbityValues   *values,
                                ProbityProgress *progress /* nullable */,
                                GCancellable    *cancellable /* nullable */);

/** Hashes the whole again; what is found is recorded. Resolves to a string: `whole`, `missing` or `damaged`. */
DexFuture *probity_exhibit_verify (ProbitySession *session, const char *case_reference, const char *reference, ProbityProgress *progress, GCancellable *cancellable);

/**
 * Gives a copy out: a disclosure to @to for @reason, recorded before a byte leaves. @destination is made or
 * replaced, and only if the whole is proved while it is written. Resolves to a boxed ProbityExhibit.
 */
DexFuture *probity_exhibit_export (ProbitySession  *session,
                                   const char      *case_reference,
                                   const char      *reference,
                                   GFile           *destination,
                                   const char      *to,
                                   const char      *reason,
                                   ProbityProgress *progress,
                                   GCancellable    *cancellable);

/**
 * A copy for another program of this computer, which is a disclosure too: mode 0600 in a folder of this
 * program's below the user's runtime folder, gone when the session ends. Resolves to a GFile.
 */
DexFuture *probity_exhibit_open_outside (ProbitySession *session, const char *case_reference, const char *reference, const char *reason, ProbityProgress *progress, GCancellable *cancellable);

/** The content in memory, for a window to show: recorded as viewed first; TOO_LARGE over @max_bytes. Resolves to GBytes. */
DexFuture *probity_exhibit_load_bytes (ProbitySession *session, const char *case_reference, const char *reference, gsize max_bytes);

/** Records that the thing itself, or who answers for it, is elsewhere now. Resolves to TRUE. */
DexFuture *probity_exhibit_move (ProbitySession *session, const char *case_reference, const char *reference, const char *to, const char *reason);

/** Whether @session may take in, prove, give out and move exhibits of the case of this kind (`second-job`, `leak`, `conduct`). */
gboolean probity_exhibit_may_work (ProbitySession *session, const char *case_kind);

/**
 * Proves every exhibit of the compartments that this session holds, byte by byte. Resolves to a boxed GPtrArray
 * of sentences with a code in front, as probity_audit_verify() gives them.
 */
DexFuture *probity_exhibit_verify_all (ProbitySession *session, ProbityProgress *progress, GCancellable *cancellable);
/** A #ProbityVerifyFunc: rows, signatures, and of each file size, head and end. */
gboolean probity_exhibit_verify_rows (ProbitySession *session, ProbityRead *read, ProbityCompartment compartment, GPtrArray *problems, GError **error);

/** Removes files that no row names: a killed program's, or a case's that was moved. Queued, without being waited for. */
void probity_exhibit_sweep (ProbitySession *session);
/** Removes at once what was opened with other programs; also done when the session goes. */
void probity_exhibit_remove_outside (ProbitySession *session);
/** Removes @copy, which probity_exhibit_open_outside() made and no program took. */
void probity_exhibit_discard_outside (GFile *copy);
/** Removes what was opened with other programs by programs that were killed. Any thread. */
void probity_exhibit_sweep_outside (void);

G_END_DECLS
