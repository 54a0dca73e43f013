/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"

G_BEGIN_DECLS

/*
 * One opening of a page by a person. What is shown there is read again whenever somebody saves
 * something, but it was consulted once: the first time is logged, and the others wait for that entry
 * if it is not committed yet. Another opening is another visit. Main thread.
 *
 * While a record stands on such a page the program reads it again by itself. Where it has become somebody else's
 * meanwhile, that is no attempt of the person before the page; opening it anew is one.
 */
#define PROBITY_TYPE_VISIT (probity_visit_get_type ())
typedef struct _ProbityVisit ProbityVisit;
GType                        probity_visit_get_type (void);

ProbityVisit *probity_visit_new (ProbitySession *session);
ProbityVisit *probity_visit_ref (ProbityVisit *self);
void          probity_visit_unref (ProbityVisit *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityVisit, probity_visit_unref)

/**
 * probity_visit_consult:
 * @self: (nullable): %NULL and a visit of another session log every time
 *
 * As probity_audit_consult(), once a visit for the same @kind, @uid and @field.
 *
 * Returns: (transfer full): resolves once an entry of this visit is committed
 */
DexFuture *probity_visit_consult (ProbityVisit   *self,
                                  ProbitySession *session,
                                  const char     *kind,
                                  const char     *uid,
                                  const char     *field);

/** Says that the record @name (uid, reference or staff number; nullable) stands on this page. */
void probity_visit_note_shown (ProbityVisit *self,
                               const char   *name);
/** Whether @self (nullable), a visit of @session, has shown @name. */
gboolean probity_visit_has_shown (ProbityVisit   *self,
                                  ProbitySession *session,
                                  const char     *name);
/** Whether @name stands on any page that is open. Any thread. */
gboolean probity_visit_is_shown (ProbitySession *session,
                                 const char     *name);

G_END_DECLS
