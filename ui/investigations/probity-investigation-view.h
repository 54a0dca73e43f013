/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-case-group.h"
#include "probity-form-dialog.h"
#include "probity-investigation.h"

G_BEGIN_DECLS

/*
 * How the one page of investigations shows a kind of them. Each kind declares a ProbityInvestigationView in its own
 * room (ui/leaks, ui/conduct) and is named in the table of probity-investigation-view.c. Nothing in it has to be
 * written for a kind to work: its parts become groups with rows and a dialog made of the fields of their record
 * kind. What a kind does in its own way replaces that piece by piece:
 *
 *   ProbityPartView.group.load_for, make_row, add, describe   functions of the group; those that are NULL are generic
 *   ProbityPartView.fill                                      the rows of the generated dialog
 *   ProbityPartView.own                                       a group of its own: of a part, or of none
 *   ProbityInvestigationView.steps                            further entries of the menu
 *   ProbityInvestigationView.find_next                        a step that comes before those that all investigations have
 */

typedef struct _ProbityInvestigationPage ProbityInvestigationPage;

typedef struct
{
  const char                 *part;         /* its name: `publication`; NULL where the group stands for no part */
  const ProbityCaseGroupKind *own;          /* a group of its own in the place of the generic one; then nothing below is used */
  ProbityCaseGroupKind        group;        /* title, empty and add_label, untranslated; functions: see above */
  const char                 *title;        /* field that heads a row */
  const char *const          *details;      /* fields that stand below it, NULL-terminated; nullable */
  const char                 *new_title;    /* of the dialog, untranslated */
  const char                 *change_title; /* where rows may be corrected */
  const char                 *note;         /* what is to be known before the fields are filled in; nullable, untranslated */
  const char *const          *hints;        /* field, what belongs there (untranslated), …, NULL; nullable */
  /* Adds the rows of the dialog instead of one group of all fields. @row is %NULL for a new one. */
  void (*fill) (ProbityFormDialog *dialog,
                ProbityCaseGroup  *group,
                ProbityRecord     *row);
} ProbityPartView;

/** Fields of a case that stand together, in its form and on its page. */
typedef struct
{
  const char        *title;       /* untranslated */
  const char        *description; /* in the form; nullable, untranslated */
  const char *const *fields;
} ProbityFieldGroup;

/** An entry of the page's menu. */
typedef struct
{
  const char *label;                                        /* untranslated, with mnemonic */
  gboolean (*is_possible) (ProbityInvestigationPage *page); /* NULL: always */
  void (*activate) (ProbityInvestigationPage *page);
} ProbityInvestigationStep;

typedef struct
{
  const char                     *kind;  /* of the case: `leak` */
  const char                     *title; /* untranslated, as are the next two */
  const char                     *new_title;
  const char                     *change_title;
  const char                     *nobody; /* what is said where the case is about nobody yet */
  const ProbityFieldGroup        *groups;
  guint                           n_groups;
  const ProbityPartView          *parts;
  guint                           n_parts;
  const ProbityInvestigationStep *steps;
  guint                           n_steps;
  /* The step that this reader takes next, or NULL for what all investigations have. */
  const ProbityInvestigationStep *(*find_next) (ProbityInvestigationPage *page);
} ProbityInvestigationView;

/** How cases of @kind are shown; %NULL for those that are no investigations. */
const ProbityInvestigationView *probity_investigation_view_find (const ProbityCaseKind *kind);

extern const ProbityInvestigationView probity_leak_view;    /* ui/leaks */
extern const ProbityInvestigationView probity_conduct_view; /* ui/conduct */

/** The group that @view describes, with what is generic filled in. Static. */
const ProbityCaseGroupKind *probity_part_view_get_group (const ProbityPartView *view);

/* For functions of groups whose data is a ProbityPartView, as that of every group made from one is. */

const ProbityPartView *probity_part_group_get_view (ProbityCaseGroup *group);
const ProbityCasePart *probity_part_group_get_part (ProbityCaseGroup *group);
/** The value of a field as people read it; a subject's uid becomes their name. (transfer full) (nullable) */
char *probity_part_group_dup_text (ProbityCaseGroup *group,
                                   ProbityRecord    *row,
                                   const char       *field);
/** Whether rows can be added or corrected now. */
gboolean probity_part_group_is_open (ProbityCaseGroup *group);
/** The generic row: title and details, all fields when it is opened, a button to correct it. */
GtkWidget *probity_part_group_make_row (ProbityCaseGroup *group,
                                        gpointer          item);
/** Opens the generated dialog; @row is %NULL for a new one. */
void       probity_part_group_open_dialog (ProbityCaseGroup *group,
                                           ProbityRecord    *row);
void       probity_part_group_add (ProbityCaseGroup *group);
DexFuture *probity_part_group_load (ProbityCaseGroup *group);

/** Adds a row with whom the case is about to @group, for the field `subject`; what is chosen is saved by the dialog. */
void probity_part_dialog_add_subject (ProbityFormDialog   *dialog,
                                      AdwPreferencesGroup *group);

G_END_DECLS
