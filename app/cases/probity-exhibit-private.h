/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-exhibit-store.h"
#include "probity-exhibit.h"
#include "probity-signed-row.h"
#include "probity-step.h"

G_BEGIN_DECLS

/** What one command on an exhibit needs from its first look at the case to its last row. Counted; one thread at a time. */
typedef struct
{
  ProbitySession  *session;
  char            *case_reference;
  char            *reference; /* of the exhibit; NULL: a new one */
  ProbityProgress *progress;
  GCancellable    *cancellable;
  GFile           *file;
  ProbityValues   *values;
  char            *to;
  char            *reason;
  gsize            max_bytes;

  /* Once the case was found. */
  ProbityCompartment  compartment;
  char               *folder; /* of its exhibits */
  ProbityExhibitKeys *keys;
  ProbityExhibit     *exhibit;

  /* What was done on the way. */
  ProbityExhibitIntake *intake;
  guint8                digest[PROBITY_DIGEST_BYTES];
  gint64                size;
  char                 *file_name;
  char                 *media_type;
  const char           *state;
  GBytes               *bytes;
} ProbityExhibitTask;

ProbityExhibitTask *probity_exhibit_task_new (ProbitySession *session,
                                              const char     *case_reference,
                                              const char     *reference);
ProbityExhibitTask *probity_exhibit_task_ref (ProbityExhibitTask *self);
void                probity_exhibit_task_unref (ProbityExhibitTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityExhibitTask, probity_exhibit_task_unref)

/** A step of the shared frame that carries @task (borrowed; a reference is taken). (transfer full) */
ProbityStep *probity_exhibit_task_new_step (ProbityExhibitTask *task,
                                            const char         *action);

/** Reader thread: finds the exhibit that @task names in the case of @step, and what opens its file. */
gboolean probity_exhibit_task_find (ProbityExhibitTask *task,
                                    ProbityStep        *step,
                                    ProbityRead        *read,
                                    GError            **error);
/** In a fiber: probity_exhibit_task_find(), for who works the case if @to_work. */
gboolean probity_exhibit_task_prepare (ProbityExhibitTask *task,
                                       const char         *action,
                                       gboolean            to_work,
                                       GError            **error);
/** Keys and folder, once the compartment is known. */
gboolean probity_exhibit_task_take_keys (ProbityExhibitTask *task,
                                         GError            **error);

/** Writer thread: adds a line of continuity and its audit entry where they belong (see exhibit-2.sql). */
gboolean probity_exhibit_add_continuity (ProbityExhibitTask *task,
                                         ProbityStep        *step,
                                         ProbityWrite       *write,
                                         const char         *action,
                                         const char         *detail,
                                         const char         *reason,
                                         GError            **error);

/** Blocking thread: opens the file of @task's exhibit. @ret_fd is the caller's. (transfer full) */
ProbityExhibitReader *probity_exhibit_task_open (ProbityExhibitTask *task,
                                                 int                *ret_fd,
                                                 GError            **error);
/** Reads it to its end; to @stream where that is not %NULL. DAMAGED unless the content is what was taken in. */
gboolean probity_exhibit_task_copy (ProbityExhibitTask   *task,
                                    ProbityExhibitReader *reader,
                                    GOutputStream        *stream,
                                    GError              **error);
/** As PROBITY_EXHIBIT_ERROR what went wrong with a file outside the casebook. Always %FALSE. */
gboolean probity_exhibit_set_source_error (GError      **error,
                                           const GError *cause);

/** Main thread: a name for a copy for another program, in a folder that is removed with @session. (transfer full) */
GFile                          *probity_exhibit_make_outside (ProbitySession *session,
                                                              ProbityExhibit *exhibit,
                                                              GError        **error);
extern const ProbitySignedTable probity_signed_exhibit;
extern const ProbitySignedTable probity_signed_continuity;

G_END_DECLS
