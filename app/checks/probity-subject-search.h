/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-live-index.h"
#include "probity-record.h"

G_BEGIN_DECLS

/*
 * Which complaints or intelligence reports are likely to be about a person: exact staff number
 * first, then person comparison with the subjects, birth date, related persons, and the employer
 * where the text names it. Of reports only the sanitised text is searched.
 */

/** For whom a check searches; all text borrowed, any may be %NULL. */
typedef struct
{
  ProbityPersonFields        person;
  const ProbityPersonFields *related; /* people recorded as related, associates */
  guint                      n_related;
  const char                *employer; /* of the second job: looked for in the text */
} ProbitySubjectSearch;

/** A record that the search came upon. */
typedef struct
{
  ProbityCompartment compartment;
  const char        *kind; /* complaint, intelligence-report; static */
  gint64             id;
  char              *uid;
  gint64             version;
  char              *reference;
  char              *title;   /* allegation or sanitised text, shortened; NULL where a report has none */
  char              *subject; /* name and birth date of the subject found, as recorded */
  double             score;   /* 1: exact staff number; else of the person comparison or below */
  char              *why;     /* in English, parts separated by "; " */
} ProbitySubjectHit;

void probity_subject_hit_free (ProbitySubjectHit *self);

/**
 * Searches @compartment (`standards` or `intelligence`) through @read, on a reader thread. Records
 * with a subject whom the reader is locked from are not among the hits. Nothing is logged here:
 * the check that asks logs its own run.
 *
 * Returns: (transfer full) (element-type ProbitySubjectHit): best first, or %NULL with @error
 */
GPtrArray *probity_subject_search (ProbitySession             *session,
                                   ProbityRead                *read,
                                   ProbityCompartment          compartment,
                                   const ProbitySubjectSearch *search,
                                   GError                    **error);

/** The same on the writer thread, for a check that stores what it found in one command. */
GPtrArray *probity_subject_search_db (ProbitySession             *session,
                                      ProbityDb                  *db,
                                      const ProbitySubjectSearch *search,
                                      GError                    **error);

/** Where the index of the subjects of @compartment comes from. */
const ProbityLiveSource *probity_subject_get_source (ProbityCompartment compartment);
/** The key of a name in one field, `Smith, Jon` or `Jon Smith`; any may be %NULL. (transfer full) */
ProbityPersonKey *probity_subject_key_new (const char *staff_number,
                                           const char *name,
                                           const char *date_of_birth);

/**
 * ProbitySubjectsChangedFunc:
 *
 * Called on the writer thread, in the command's transaction, after a complaint or report was made,
 * imported or changed, or got other subjects: raises re-checks where it touches the holder of a
 * second job. @subjects holds #ProbitySubject.
 */
typedef gboolean (*ProbitySubjectsChangedFunc) (ProbityWrite   *write,
                                                ProbitySession *session,
                                                ProbityRecord  *record,
                                                GPtrArray      *subjects,
                                                GError        **error);

/**
 * ProbityRecordsChangedFunc:
 *
 * Called once a command, in its transaction, when all that it changed in @compartment stands there
 * and in the log: @uids is the set of the complaints or reports that were made or changed.
 */
typedef gboolean (*ProbityRecordsChangedFunc) (ProbityWrite      *write,
                                               ProbitySession    *session,
                                               ProbityCompartment compartment,
                                               GHashTable        *uids,
                                               GError           **error);

/** Who wants to be told; set once at start, by the room of second jobs. */
void probity_subjects_set_changed_funcs (ProbitySubjectsChangedFunc subjects_func,
                                         ProbityRecordsChangedFunc  records_func);
/** Tells them of one record of a file; TRUE when nobody is set. probity_subjects_file_changed() follows. */
gboolean probity_subjects_changed (ProbityWrite   *write,
                                   ProbitySession *session,
                                   ProbityRecord  *record,
                                   GPtrArray      *subjects,
                                   GError        **error);
/** Tells them of all records of a file. */
gboolean probity_subjects_file_changed (ProbityWrite      *write,
                                        ProbitySession    *session,
                                        ProbityCompartment compartment,
                                        GHashTable        *uids,
                                        GError           **error);
/**
 * Tells them of one record that was made or changed by itself; for any kind, without an effect on
 * those that have no subjects.
 */
gboolean probity_subjects_record_changed (ProbityWrite   *write,
                                          ProbitySession *session,
                                          ProbityRecord  *record,
                                          GError        **error);

G_END_DECLS
