/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "probity-case.h"
#include "probity-step-dialog.h"

G_BEGIN_DECLS

/*
 * One part of a case (its actions, its log, …) as a group of rows that reads itself, newest or most
 * pressing first, with a button that adds to it for who may. What a part is stands in a
 * ProbityCaseGroupKind; a page of any kind of case shows the same parts.
 */
#define PROBITY_TYPE_CASE_GROUP (probity_case_group_get_type ())
G_DECLARE_FINAL_TYPE (ProbityCaseGroup, probity_case_group, PROBITY, CASE_GROUP, AdwPreferencesGroup)

typedef struct
{
  const char *title;     /* untranslated, as are the next two */
  const char *empty;     /* what the part is for, where nothing is there; NULL: the group hides */
  const char *add_label; /* NULL: nothing is added by hand */
  gboolean    newest_first;
  guint       most;  /* rows shown before somebody asks for more; 0: all */
  gboolean    whole; /* long texts stand in full */

  DexFuture *(*load) (ProbitySession        *session,
                      const ProbityCaseKind *kind,
                      const char            *uid);
  DexFuture *(*load_for) (ProbityCaseGroup *group); /* in its place, for a part that has to know its group */
  GtkWidget *(*make_row) (ProbityCaseGroup *group,
                          gpointer          item);
  void (*add) (ProbityCaseGroup *group);             /* opens a dialog */
  gboolean (*may_add) (GPtrArray *items);            /* NULL: at any time */
  gboolean (*may_add_for) (ProbityCaseGroup *group); /* likewise, where the case itself decides */
  /* What the whole list says beside its title; (transfer full), nullable. */
  char *(*describe) (GPtrArray *items);
  /* Another view of the part: a page that win.open-record knows, for the case's uid; NULL: none. */
  const char   *view;
  const char   *view_label; /* untranslated */
  const char   *view_icon;
  gconstpointer data; /* static: whatever its functions have to know; probity_case_group_get_data() */
} ProbityCaseGroupKind;

GtkWidget *probity_case_group_new (const ProbityCaseGroupKind *kind,
                                   ProbitySession             *session,
                                   const ProbityCaseKind      *case_kind);
/** Shows @record's part, and reads it anew. */
void                   probity_case_group_set_record (ProbityCaseGroup *self,
                                                      ProbityRecord    *record);
void                   probity_case_group_reload (ProbityCaseGroup *self);
ProbitySession        *probity_case_group_get_session (ProbityCaseGroup *self);
const ProbityCaseKind *probity_case_group_get_case_kind (ProbityCaseGroup *self);
ProbityRecord         *probity_case_group_get_record (ProbityCaseGroup *self);
gconstpointer          probity_case_group_get_data (ProbityCaseGroup *self);
/** The items last read; nullable. */
GPtrArray *probity_case_group_get_items (ProbityCaseGroup *self);
/** Whether this account adds and changes: it works on such cases. */
gboolean probity_case_group_may_work (ProbityCaseGroup *self);

/** What somebody does with one item. */
typedef struct
{
  const char *label; /* untranslated, with mnemonic */
  void (*activate) (ProbityCaseGroup *group,
                    ProbityValues    *item);
} ProbityCaseAction;

/** Puts a button with a menu of @actions at the end of @row, an AdwActionRow or AdwExpanderRow. */
void probity_case_group_add_menu (ProbityCaseGroup        *self,
                                  GtkWidget               *row,
                                  ProbityValues           *item,
                                  const ProbityCaseAction *actions,
                                  guint                    n_actions);

/** Takes a step with what @dialog holds; @item is %NULL for something new. (transfer full) */
typedef DexFuture *(*ProbityCaseStepFunc) (ProbityCaseGroup  *group,
                                           ProbityStepDialog *dialog,
                                           ProbityValues     *item);

/** A dialog about the case, which takes @step; show it with probity_case_group_present(). (transfer floating) */
ProbityStepDialog *probity_case_group_new_dialog (ProbityCaseGroup   *self,
                                                  const char         *title,
                                                  const char         *action_label,
                                                  ProbityValues      *item,
                                                  ProbityCaseStepFunc step);
/** Keeps what is typed as a draft of @step, of what @about (nullable) names in the case; after the fields have their first values. */
void probity_case_group_keep_draft (ProbityCaseGroup  *self,
                                    ProbityStepDialog *dialog,
                                    const char        *step,
                                    const char        *about);
void probity_case_group_present (ProbityCaseGroup  *self,
                                 ProbityStepDialog *dialog);
/** Waits for @future (transfer full), tells what went wrong, reads anew. */
void probity_case_group_run (ProbityCaseGroup *self,
                             DexFuture        *future);
/** What @dialog holds in the fields named, empty ones too, as values. (transfer full) */
ProbityValues *probity_case_dialog_dup_values (ProbityStepDialog *dialog,
                                               const char *const *fields);

GtkWidget *probity_case_row_new (const char *title,
                                 const char *subtitle);
/** `jdoe, 3 March 2026 09:00`, either may be %NULL. (transfer full) */
char *probity_case_dup_who_when (const char *who,
                                 const char *at);

G_END_DECLS
