/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include <libdex.h>

#include "probity-session.h"

G_BEGIN_DECLS

/*
 * A dialog for one step in a case: a few fields, one button that takes the step, and nothing lost
 * when it is refused. What was typed is kept as a draft until the step is taken.
 */
#define PROBITY_TYPE_STEP_DIALOG (probity_step_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ProbityStepDialog, probity_step_dialog, PROBITY, STEP_DIALOG, AdwDialog)

typedef struct
{
  const char *value; /* as the library takes it */
  const char *label; /* as a person reads it */
} ProbityStepChoice;

/** Takes the step with what the dialog holds; (transfer full). */
typedef DexFuture *(*ProbityStepFunc) (ProbityStepDialog *dialog,
                                       gpointer           data);

ProbityStepDialog *probity_step_dialog_new (ProbitySession *session,
                                            const char     *title,
                                            const char     *action_label);

/** What is to be known before the step is taken, above the fields. */
void probity_step_dialog_set_note (ProbityStepDialog *self, const char *note);
/** Shows the action button in red, for a step that nobody undoes. */
void probity_step_dialog_set_destructive (ProbityStepDialog *self);
/** A line (or with @lines > 1 a box) of text. @hint says below the field what belongs there; nullable. */
void probity_step_dialog_add_text (ProbityStepDialog *self, const char *id, const char *label, const char *hint, guint n_lines, gboolean required);
/** An entry row of any kind (of a day, an instant, a person of the force), floating. */
void probity_step_dialog_add_row (ProbityStepDialog *self, const char *id, GtkWidget *row, const char *label, const char *hint, gboolean required);
/** One of @choices; none is chosen at first unless @initial (nullable) names one. */
void probity_step_dialog_add_choice (ProbityStepDialog *self, const char *id, const char *label, const ProbityStepChoice *choices, guint n_choices, const char *initial);
/** One of many @choices, in a row that opens a list; @initial is chosen at first. */
void probity_step_dialog_add_pick (ProbityStepDialog *self, const char *id, const char *label, const ProbityStepChoice *choices, guint n_choices, const char *initial);
/** Any number of @choices; the value is theirs, one a line. */
void probity_step_dialog_add_checks (ProbityStepDialog *self, const char *id, const char *label, const ProbityStepChoice *choices, guint n_choices);
void probity_step_dialog_add_switch (ProbityStepDialog *self, const char *id, const char *label, const char *hint);
/** Rows of their own, floating, of which the step asks itself. */
void probity_step_dialog_add_widget (ProbityStepDialog *self, GtkWidget *widget);
/** Whether something was entered in such rows, which is not to be lost unasked. */
void probity_step_dialog_set_touched (ProbityStepDialog *self, gboolean touched);
/** Whether such rows lack something without which the step cannot be taken. */
void probity_step_dialog_set_lacking (ProbityStepDialog *self, gboolean lacking);
/** A choice that cannot be taken now is shown, insensitive, with @reason below it. */
void probity_step_dialog_forbid_choice (ProbityStepDialog *self, const char *id, const char *value, const char *reason);
/** Shows the field @id only while the choice field @choice_id has one of @values (separated by commas). */
void probity_step_dialog_show_field_for (ProbityStepDialog *self, const char *id, const char *choice_id, const char *values);
/** The value of a text, a choice or a switch (`true`/`false`); "" for none, one that is not shown, or an unknown @id. Lives until it is changed. */
const char *probity_step_dialog_get (ProbityStepDialog *self, const char *id);
/** The same, but %NULL for none. */
const char *probity_step_dialog_get_filled (ProbityStepDialog *self, const char *id);
void        probity_step_dialog_set (ProbityStepDialog *self, const char *id, const char *value);
/** What the button does; @data lives as long as the dialog. */
void probity_step_dialog_set_step (ProbityStepDialog *self, ProbityStepFunc step, gpointer data, GDestroyNotify destroy);
/** What most steps are about; pass probity_step_case_free() with it. */
typedef struct
{
  ProbitySession *session;
  char           *reference;
} ProbityStepCase;

ProbityStepCase *probity_step_case_new (ProbitySession *session, const char *reference);
void             probity_step_case_free (gpointer data);

/** Keeps what is typed under @key until the step is taken, also over a crash. */
void probity_step_dialog_set_draft_key (ProbityStepDialog *self, const char *key);

/* Signal: taken (GValue*-free): after the step was taken and the dialog closed. */

G_END_DECLS
