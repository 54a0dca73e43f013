/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-step-dialog.h"

G_BEGIN_DECLS

/* What the two halves of a step's dialog share: its frame, with drafts and the step itself, and its fields. */

typedef enum
{
  PROBITY_STEP_FIELD_TEXT,
  PROBITY_STEP_FIELD_CHOICE,
  PROBITY_STEP_FIELD_CHECKS,
  PROBITY_STEP_FIELD_PICK,
  PROBITY_STEP_FIELD_SWITCH,
} ProbityStepFieldKind;

typedef struct
{
  char                *id;
  char                *title;
  ProbityStepFieldKind kind;
  gboolean             required;
  GtkWidget           *box;     /* what is shown or hidden as a whole */
  GtkWidget           *widget;  /* entry row, text view, combo row, or switch row */
  GPtrArray           *values;  /* of a choice or pick */
  GPtrArray           *buttons; /* GtkCheckButton, one a choice */
  GPtrArray           *rows;    /* AdwActionRow, one a choice */
  char                *text;    /* what probity_step_dialog_get() gives */
  char                *before;  /* what it held when it was first shown; NULL until then */
  char                *shown_by;
  GStrv                shown_for;
} ProbityStepField;

struct _ProbityStepDialog
{
  AdwDialog parent_instance;

  ProbitySession *session;
  GPtrArray      *fields;
  ProbityStepFunc step;
  gpointer        step_data;
  GDestroyNotify  step_destroy;
  char           *draft_key;
  guint           draft_source;
  gboolean        busy;
  gboolean        touched; /* in rows that are no fields */
  gboolean        lacking; /* likewise */

  GtkWidget *content;
  GtkWidget *draft_banner; /* that what an earlier time left was restored */
  GtkWidget *lines;        /* group of the single lines added last; NULL after another field */
  GtkWidget *note;
  GtkWidget *problem;
  GtkWidget *problem_label;
  GtkWidget *action_button;
  GtkWidget *cancel_button;
  GtkWidget *spinner;
  GtkWidget *header;
  GtkWidget *step_bar; /* for the action where there is no room in the header */
};

/* probity-step-dialog-fields.c */
void              probity_step_field_free (gpointer data);
const char       *probity_step_field_read (ProbityStepField *field);
ProbityStepField *probity_step_dialog_find_field (ProbityStepDialog *self,
                                                  const char        *id);
gboolean          probity_step_dialog_shows (ProbityStepDialog *self,
                                             ProbityStepField  *field);
void              probity_step_dialog_mark (ProbityStepDialog *self,
                                            ProbityStepField  *wrong);

/* probity-step-dialog.c */
void probity_step_dialog_update (ProbityStepDialog *self);
void probity_step_dialog_field_changed (ProbityStepDialog *self);

G_END_DECLS
