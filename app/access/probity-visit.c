/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-visit.h"

#include "probity-audit.h"
#include "probity-session-private.h"

struct _ProbityVisit
{
  ProbitySession *session;
  GHashTable     *consulted; /* what → DexFuture of its entry */
  GHashTable     *shown;     /* names of records */
};

G_DEFINE_BOXED_TYPE (ProbityVisit, probity_visit, probity_visit_ref, probity_visit_unref)

static void
clear_visit (gpointer data)
{
  ProbityVisit  *self = data;
  GHashTableIter iter;
  gpointer       name;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    probity_session_count_shown (self->session, name, -1);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_object (&self->session);
  g_clear_pointer (&self->consulted, g_hash_table_unref);
}

ProbityVisit *
probity_visit_new (ProbitySession *session)
{
  ProbityVisit *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);

  self = g_atomic_rc_box_new0 (ProbityVisit);
  self->session = g_object_ref (session);
  self->consulted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dex_unref);
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

ProbityVisit *
probity_visit_ref (ProbityVisit *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
probity_visit_unref (ProbityVisit *self)
{
  g_atomic_rc_box_release_full (self, clear_visit);
}

DexFuture *
probity_visit_consult (ProbityVisit   *self,
                       ProbitySession *session,
                       const char     *kind,
                       const char     *uid,
                       const char     *field)
{
  g_autofree char *what = NULL;
  DexFuture       *entry;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));

  if (self == NULL || self->session != session)
    return probity_audit_consult (session, kind, uid, field);

  what = g_strjoin ("\n", kind, uid, field != NULL ? field : "", NULL);
  entry = g_hash_table_lookup (self->consulted, what);
  /* What could not be logged was not shown, and is logged when it is asked for again. */
  if (entry == NULL || dex_future_is_rejected (entry))
    {
      entry = probity_audit_consult (session, kind, uid, field);
      g_hash_table_replace (self->consulted, g_steal_pointer (&what), entry);
    }

  return dex_ref (entry);
}

void
probity_visit_note_shown (ProbityVisit *self,
                          const char   *name)
{
  g_return_if_fail (self != NULL);

  if (name != NULL && g_hash_table_add (self->shown, g_strdup (name)))
    probity_session_count_shown (self->session, name, 1);
}

gboolean
probity_visit_has_shown (ProbityVisit   *self,
                         ProbitySession *session,
                         const char     *name)
{
  g_return_val_if_fail (name != NULL, FALSE);

  return self != NULL && self->session == session && g_hash_table_contains (self->shown, name);
}

gboolean
probity_visit_is_shown (ProbitySession *session,
                        const char     *name)
{
  g_return_val_if_fail (PROBITY_IS_SESSION (session), FALSE);

  return name != NULL && probity_session_is_shown (session, name);
}
