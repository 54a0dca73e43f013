/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-check-private.h"
#include "probity-part.h"
#include "probity-person-index.h"

G_BEGIN_DECLS

/*
 * Whom the sealed cases of a reader are about: a few people, compared by name as the staff are. They are read for
 * one question, and kept no longer.
 */

typedef struct
{
  const ProbityRecordKind *kind; /* of the case */
  ProbityCompartment       compartment;
  gint64                   id;
  char                    *uid;
  char                    *reference;
  char                    *title;
  char                    *staff_number; /* nullable */
  char                    *known_number; /* nullable */
  char                    *name;         /* nullable */
} ProbitySealedPerson;

typedef struct _ProbitySealedPeople ProbitySealedPeople;

/**
 * The subjects of the sealed cases whose keys are held and from which the reader is not locked, those who were
 * eliminated aside. On any thread of the casebook; what was entered stays entered. (transfer full)
 */
ProbitySealedPeople *probity_sealed_people_new (const ProbitySource *source,
                                                GError             **error);
void                 probity_sealed_people_free (ProbitySealedPeople *self);

guint                      probity_sealed_people_get_size (ProbitySealedPeople *self);
const ProbitySealedPerson *probity_sealed_people_get (ProbitySealedPeople *self,
                                                      gint64               index);
/** By name, best first; the ids are indexes. (transfer full) (element-type ProbityPersonIndexHit) */
GArray *probity_sealed_people_find (ProbitySealedPeople *self,
                                    const char          *words,
                                    double               threshold);
/** Why it is a hit. (transfer full) (nullable) */
char *probity_sealed_people_explain (ProbitySealedPeople *self,
                                     const char          *words,
                                     gint64               index);
/** Who of them has this number (nullable) or a name alike @name (nullable); each once. (transfer full) (element-type gint64) */
GArray *probity_sealed_people_find_named (ProbitySealedPeople *self,
                                          const char          *staff_number,
                                          const char          *name);
/** Gives @target the name that the staff have for its number, if there is anybody to compare it with. */
gboolean probity_sealed_people_name_target (ProbitySealedPeople *self,
                                            const ProbitySource *source,
                                            ProbityCheckTarget  *target,
                                            GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbitySealedPeople, probity_sealed_people_free)

G_END_DECLS
