/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-record.h"

G_BEGIN_DECLS

/*
 * The complaints check (kept in `standards`) and the intelligence check (kept in `intelligence`) of
 * a case's subject: the applicant of a second job, each person whom an investigation is about. Of a
 * leak investigation both are kept in `intelligence`. A decision carries the signed clearances, which
 * never hold a result, beside the case; nothing of them stands in `registers` before.
 *
 * @subject may be %NULL where the case is about one person; else it is a staff number, a name, or
 * the uid of the subject's row.
 */

typedef enum
{
  PROBITY_CHECK_COMPLAINTS,
  PROBITY_CHECK_INTELLIGENCE
} ProbityCheckKind;
const char *probity_check_kind_to_string (ProbityCheckKind kind); /* complaints, intelligence */

typedef struct
{
  char    *id; /* stable within the check: HIT of the console */
  char    *compartment;
  char    *kind; /* complaint, intelligence-report */
  char    *uid;
  char    *reference;
  char    *title;   /* allegation or sanitised text, shortened */
  char    *subject; /* name, birth date as recorded */
  double   score;
  char    *why;
  char    *verdict; /* relevant, not-relevant, not-the-same-person, or NULL */
  char    *reason;
  gboolean remembered; /* verdict of an earlier check, neither record changed since */
} ProbityHit;

typedef struct
{
  char      *uid;       /* of the check */
  char      *reference; /* of the case */
  char      *subject;   /* whom it is about: staff number, or name and birth date */
  char      *started;
  char      *by;        /* account name: who published it, before that who began it */
  char      *published; /* NULL while open */
  char      *result;    /* no-concern, concern */
  gboolean   stale;     /* application materially changed, too old, or a newer record touches the applicant */
  GPtrArray *hits;      /* ProbityHit, best first */
  GPtrArray *searched;  /* char*: `system=result` */
  char      *digest;
} ProbityCheck;
#define PROBITY_TYPE_CHECK (probity_check_get_type ())
GType probity_check_get_type (void);
void  probity_check_free (ProbityCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityCheck, probity_check_free)

/** Searches, stores hits and digest; an open check is searched again and keeps its verdicts. Resolves to ProbityCheck. */
DexFuture *probity_check_run (ProbitySession *session, const char *reference, const char *subject, ProbityCheckKind kind);
DexFuture *probity_check_load (ProbitySession *session, const char *reference, const char *subject, ProbityCheckKind kind);
DexFuture *probity_check_assess (ProbitySession *session, const char *reference, const char *hit, const char *verdict, const char *reason);
/** @searched: NULL-terminated `SYSTEM=RESULT`; nullable. Refused with `unassessed-hits` while a hit has no verdict. */
DexFuture *probity_check_publish (ProbitySession *session, const char *reference, const char *subject, ProbityCheckKind kind, gboolean concern, const char *const *searched);
/**
 * The same in a batch of cases that the program goes through: one that is no longer this reader's rejects too, and that
 * is not logged as their attempt.
 */
DexFuture *probity_check_run_in_batch (ProbitySession *session, const char *reference, ProbityCheckKind kind);
DexFuture *probity_check_publish_in_batch (ProbitySession *session, const char *reference, ProbityCheckKind kind, const char *const *searched);

/**
 * What came in where nobody knows of the second jobs that are sealed for this account raises its re-checks in them
 * now: once a session, when it begins.
 */
DexFuture *probity_check_catch_up (ProbitySession *session);

/* Person comparison against the casebook's staff */
typedef struct
{
  char  *staff_number, *name, *why;
  gint64 id;
  double score;
} ProbityPersonHit;
void probity_person_hit_free (ProbityPersonHit *self);
/** Words as a person types them. Resolves to boxed GPtrArray of ProbityPersonHit above the threshold, best first. */
DexFuture *probity_person_find (ProbitySession *session, const char *words);
/** A list of people (CSV) against the casebook: boxed GPtrArray of ProbityPersonRow. */
typedef struct
{
  guint64    line;
  GPtrArray *people; /* ProbityPersonHit */
} ProbityPersonRow;
void       probity_person_row_free (ProbityPersonRow *self);
DexFuture *probity_person_find_file (ProbitySession *session, GBytes *csv, const char *file_name);

G_END_DECLS
