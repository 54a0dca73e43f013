/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-record.h"

G_BEGIN_DECLS

/* One field of a form: the row that fits its type, and the line below that says what is wrong. */
typedef struct
{
  const ProbityField *field;
  GtkWidget          *row;
  GtkWidget          *message_row;
  GtkLabel           *message;
  char               *original; /* of the record being edited; NULL: none */
  char               *hint;     /* shown while nothing is wrong */
  char               *problem;  /* what is wrong; NULL: nothing */
  gboolean            touched;  /* typed into: an empty required field is only complained of then */
} ProbityFormField;

ProbityFormField *probity_form_field_new (ProbitySession          *session,
                                          const ProbityRecordKind *kind,
                                          const ProbityField      *field);
void              probity_form_field_free (ProbityFormField *self);
const char       *probity_form_field_get_signal (ProbityFormField *self);
char             *probity_form_field_dup_value (ProbityFormField *self);
void              probity_form_field_set_value (ProbityFormField *self,
                                                const char       *value);
void              probity_form_field_set_problem (ProbityFormField *self,
                                                  const char       *problem);
gboolean          probity_form_field_is_changed (ProbityFormField *self);

G_END_DECLS
