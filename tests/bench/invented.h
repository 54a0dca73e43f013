/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Invented people whose names are as common and as rare as in life: frequencies follow Zipf's law, the
 * commonest of 40,000 surnames has about one bearer in 90. The same every time.
 */

typedef struct
{
  char *forenames;
  char *surname;
  char *birth; /* ISO */
  char *address;
  char *postcode;
} InventedPerson;

/* So many people. */
InventedPerson *invented_people_new (guint n_people);
void            invented_people_free (InventedPerson *people,
                                      guint           n_people);

/* @word with a letter left out, put in, put for another, or two exchanged. (transfer full) */
char *invented_slip (GRand      *rand,
                     const char *word);
/* The person's names with so many slips. (transfer full) */
void invented_slips (GRand                *rand,
                     const InventedPerson *person,
                     guint                 n_slips,
                     char                **ret_forenames,
                     char                **ret_surname);

G_END_DECLS
