/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-types.h"

#include <string.h>

static const char *const compartment_names[PROBITY_N_COMPARTMENTS] = {
  [PROBITY_COMPARTMENT_JOURNAL] = "journal",
  [PROBITY_COMPARTMENT_REGISTERS] = "registers",
  [PROBITY_COMPARTMENT_STANDARDS] = "standards",
  [PROBITY_COMPARTMENT_INTELLIGENCE] = "intelligence",
};

static const char *const verb_names[] = {
  [PROBITY_VERB_COLLECTION] = "collection",
  [PROBITY_VERB_ALTERATION] = "alteration",
  [PROBITY_VERB_CONSULTATION] = "consultation",
  [PROBITY_VERB_DISCLOSURE] = "disclosure",
  [PROBITY_VERB_COMBINATION] = "combination",
  [PROBITY_VERB_ERASURE] = "erasure",
  [PROBITY_VERB_SIGN_IN] = "sign-in",
  [PROBITY_VERB_REFUSAL] = "refusal",
  [PROBITY_VERB_KEY_CHANGE] = "key-change",
};

G_DEFINE_QUARK (probity-casebook-error-quark, probity_casebook_error)

ProbityCompartment
probity_compartment_resolve (ProbityCompartment compartment,
                             ProbityCompartment entered,
                             ProbityCompartment entered_home)
{
  if (entered == PROBITY_COMPARTMENT_JOURNAL || compartment == PROBITY_COMPARTMENT_JOURNAL || compartment >= PROBITY_COMPARTMENT_SEALED ||
      (compartment == PROBITY_COMPARTMENT_REGISTERS && entered_home != PROBITY_COMPARTMENT_REGISTERS))
    return compartment;

  return entered;
}

const char *
probity_compartment_to_string (ProbityCompartment compartment)
{
  g_return_val_if_fail ((guint) compartment < PROBITY_N_HANDLES, NULL);

  return compartment < PROBITY_COMPARTMENT_SEALED ? compartment_names[compartment] : "sealed";
}

gboolean
probity_compartment_from_string (const char         *name,
                                 ProbityCompartment *ret_compartment)
{
  g_return_val_if_fail (ret_compartment != NULL, FALSE);

  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      if (g_strcmp0 (name, compartment_names[i]) == 0)
        {
          *ret_compartment = (ProbityCompartment) i;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
probity_sealed_name_is_valid (const char *name)
{
  static const char prefix[] = "sealed-";

  return g_str_has_prefix (name, prefix) && strlen (name) == strlen (prefix) + 16 &&
         strspn (name + strlen (prefix), "0123456789abcdef") == 16;
}

const char *
probity_verb_to_string (ProbityVerb verb)
{
  g_return_val_if_fail ((guint) verb < G_N_ELEMENTS (verb_names), NULL);

  return verb_names[verb];
}
