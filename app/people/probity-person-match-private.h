/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "probity-name.h"
#include "probity-person-match.h"

G_BEGIN_DECLS

/* What a word of a name stands as. */
enum
{
  NAME_FORENAME = 1 << 0,
  NAME_MIDDLE = 1 << 1,
  NAME_KNOWN_AS = 1 << 2,
  NAME_SURNAME = 1 << 3,
  NAME_FORMER = 1 << 4,
  NAME_PARTICLE = 1 << 5,    /* van, de, al: not worth comparing alone */
  NAME_IS_FORENAME = 1 << 6, /* is in the list of forenames */
  NAME_IS_SURNAME = 1 << 7,
};

#define NAME_CALLED (NAME_FORENAME | NAME_KNOWN_AS)
#define NAME_FAMILY (NAME_SURNAME | NAME_FORMER)

#define KEY_MAX_NAMES 24
#define KEY_MAX_PLACES 24

typedef struct
{
  guint32 sound;
  guint16 offset;
  guint16 term;
  guint8  length;
  guint8  role;
  guint8  forename_bits; /* sixteenths */
  guint8  surname_bits;
} NameWord;

typedef struct
{
  guint16 offset;
  guint8  length;
  guint8  bits; /* sixteenths */
  guint8  is_number;
  guint8  is_common; /* street, road, north, flat: never looked up */
} PlaceWord;

/* One block: this head, the words of names, the words of the address, then the text that both point into, the staff number, and
 * the names as written. Immutable once an index holds it. */
struct _ProbityPersonKey
{
  guint16 size;
  guint8  n_names;
  guint8  n_places;
  gint32  birth;        /* yyyymmdd as given, possible or not; yyyy0000 when only the year is known; 0 when unknown */
  char    postcode[8];  /* capital letters and digits, padded with NUL */
  guint16 staff_number; /* where it begins, 0 when there is none */
  guint16 written[4];   /* forenames, surname, known as, former names; 0 when there is none */
  guint8  staff_length;
  guint8  generation : 2; /* 1 senior, 2 junior */
  guint8  is_whole : 1;   /* surname and forenames stand in one field */
};

typedef struct
{
  const NameWord *a;
  const NameWord *b;
  double          bits;
  guint8          code; /* ProbityPersonReasonCode, 0 when there is nothing to compare */
} NameFinding;

/* The whole comparison of two keys, term by term, in bits. */
typedef struct
{
  gboolean    staff_same;
  gboolean    exchanged;
  NameFinding surname;
  NameFinding forename;
  double      middle;
  double      birth;
  guint8      birth_code;
  double      address;
  guint8      address_code;
  gboolean    address_exact;
  gboolean    address_clean;
  gboolean    number_different;
  double      postcode;
  guint8      postcode_code;
  double      place;
  double      generation;
  double      household; /* what the other reading, two people of one household, takes away */
  double      total;
} PersonFindings;

static inline const NameWord *
key_names (const ProbityPersonKey *key)
{
  return (const NameWord *) (key + 1);
}

static inline const PlaceWord *
key_places (const ProbityPersonKey *key)
{
  return (const PlaceWord *) (key_names (key) + key->n_names);
}

static inline const char *
key_text (const ProbityPersonKey *key,
          guint                   offset)
{
  return (const char *) key + offset;
}

double probity_person_compare_names (const ProbityPersonKey *a,
                                     const ProbityPersonKey *b,
                                     PersonFindings         *findings);
void   probity_person_compare_addresses (const ProbityPersonKey *a,
                                         const ProbityPersonKey *b,
                                         PersonFindings         *findings);
void   probity_person_compare_postcodes (const ProbityPersonKey *a,
                                         const ProbityPersonKey *b,
                                         PersonFindings         *findings);
void   probity_person_weigh (const ProbityPersonKey *a,
                             const ProbityPersonKey *b,
                             PersonFindings         *ret_findings);
double probity_person_score (double bits);
gint32 probity_person_parse_birth (const char *text);
gint32 probity_person_exchange_birth (gint32 birth);

G_END_DECLS
