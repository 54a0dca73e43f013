/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ProbityCompartment:
 *
 * The parts of a casebook that have a key of their own. The order is the order of secrecy, lowest
 * first: a consultation is logged in the highest compartment that the reader holds. Writes that
 * touch several are committed highest first, so that the detailed side stands before what is
 * published of it.
 */
typedef enum
{
  PROBITY_COMPARTMENT_JOURNAL,
  PROBITY_COMPARTMENT_REGISTERS,
  PROBITY_COMPARTMENT_STANDARDS,
  PROBITY_COMPARTMENT_INTELLIGENCE,
} ProbityCompartment;

#define PROBITY_N_COMPARTMENTS (PROBITY_COMPARTMENT_INTELLIGENCE + 1)

/*
 * A sealed compartment holds one case, for the accounts that were named to it. Its home is the compartment
 * that the case would stand in otherwise: it has that one's schema and rules. Which there are is known
 * only to who holds their keys; an open casebook numbers those that it holds from PROBITY_COMPARTMENT_SEALED.
 */
#define PROBITY_COMPARTMENT_SEALED ((ProbityCompartment) PROBITY_N_COMPARTMENTS)
/** How many of them one session can hold; a casebook never has more places for them (probity_sealed_make_places()). */
#define PROBITY_MAX_SEALED 256
/** Compartments of either sort that an open casebook can have. */
#define PROBITY_N_HANDLES (PROBITY_N_COMPARTMENTS + PROBITY_MAX_SEALED)

/**
 * Where @compartment is found while the sealed @entered, of the home @entered_home, is: a second job's sealed
 * compartment holds what stands in `registers`, `standards` and `intelligence`, an investigation's what stands in
 * the latter two. With @entered PROBITY_COMPARTMENT_JOURNAL itself.
 */
ProbityCompartment probity_compartment_resolve (ProbityCompartment compartment,
                                                ProbityCompartment entered,
                                                ProbityCompartment entered_home);
/** The name of @compartment as folder, in logs and in JSON (`registers`); `sealed` of every sealed one; static. */
const char *probity_compartment_to_string (ProbityCompartment compartment);
/** Reads what probity_compartment_to_string() writes; %FALSE for anything else. */
gboolean probity_compartment_from_string (const char         *name,
                                          ProbityCompartment *ret_compartment);
/** Whether @name is that of a sealed compartment: `sealed-` and sixteen hexadecimal digits. */
gboolean probity_sealed_name_is_valid (const char *name);

/** The words of section 62 of the Data Protection Act 2018, and what belongs beside them. */
typedef enum
{
  PROBITY_VERB_COLLECTION,
  PROBITY_VERB_ALTERATION,
  PROBITY_VERB_CONSULTATION,
  PROBITY_VERB_DISCLOSURE,
  PROBITY_VERB_COMBINATION,
  PROBITY_VERB_ERASURE,
  PROBITY_VERB_SIGN_IN,
  PROBITY_VERB_REFUSAL,
  PROBITY_VERB_KEY_CHANGE,
} ProbityVerb;

const char *probity_verb_to_string (ProbityVerb verb);

typedef struct _ProbityCasebook  ProbityCasebook;
typedef struct _ProbityDb        ProbityDb;
typedef struct _ProbityStatement ProbityStatement;
typedef struct _ProbityWrite     ProbityWrite;
typedef struct _ProbityRead      ProbityRead;
typedef struct _ProbityKeyring   ProbityKeyring;
typedef struct _ProbitySession   ProbitySession;
typedef struct _ProbityProfile   ProbityProfile;
typedef struct _ProbityClock     ProbityClock;

/**
 * ProbityCasebookError:
 *
 * What can go wrong with the files; each code is something that a caller does differently.
 */
typedef enum
{
  PROBITY_CASEBOOK_ERROR_FAILED,
  PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK,
  PROBITY_CASEBOOK_ERROR_WRONG_KEY,
  PROBITY_CASEBOOK_ERROR_DAMAGED,
  PROBITY_CASEBOOK_ERROR_NEWER_VERSION,
  PROBITY_CASEBOOK_ERROR_UNSAFE_FILE_SYSTEM,
  PROBITY_CASEBOOK_ERROR_UNSAFE_LIBRARY,
  PROBITY_CASEBOOK_ERROR_NO_RIGHTS,
  PROBITY_CASEBOOK_ERROR_FULL,
  PROBITY_CASEBOOK_ERROR_IO,
  PROBITY_CASEBOOK_ERROR_BUSY,
  PROBITY_CASEBOOK_ERROR_EXISTS,
  PROBITY_CASEBOOK_ERROR_CLOSED,
  PROBITY_CASEBOOK_ERROR_CONSTRAINT,
} ProbityCasebookError;

#define PROBITY_CASEBOOK_ERROR (probity_casebook_error_quark ())
GQuark probity_casebook_error_quark (void);

G_END_DECLS
