/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-visit.h"

#include "probity-audit.h"

struct _ProbityVisit
{
  ProbitySession *session;
  GHashTable     *consulted; /* what → DexFuture of its entry */
};

G_DEFINE_BOXED_TYPE (ProbityVisit, probity_visit, probity_visit_ref, probity_visit_unref)

static void
clear_visit (gpointer data)
{
  ProbityVisit *self = data;

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
