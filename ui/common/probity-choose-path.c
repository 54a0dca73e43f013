/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-choose-path.h"

typedef struct
{
  GtkWidget      *widget;
  ProbityChoose   choose;
  ProbityPathFunc func;
} Choice;

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Choice *choice = data;
  g_autoptr (GtkWidget) widget = choice->widget;
  g_autoptr (GFile) file = NULL;

  switch (choice->choose)
    {
    case PROBITY_CHOOSE_FILE:
      file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);
      break;
    case PROBITY_CHOOSE_NEW_FILE:
      file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
      break;
    case PROBITY_CHOOSE_FOLDER:
      file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);
      break;
    }

  if (file != NULL && g_file_peek_path (file) != NULL && gtk_widget_get_root (widget) != NULL)
    choice->func (widget, g_file_peek_path (file));
}

static Choice *
choice_new (GtkWidget      *widget,
            ProbityChoose   choose,
            ProbityPathFunc func)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->widget = g_object_ref (widget);
  choice->choose = choose;
  choice->func = func;

  return choice;
}

/**
 * probity_choose_path:
 * @widget: who asks; the dialog belongs to its window
 * @title: of the dialog, which is the portal's in a sandbox
 * @name: (nullable): what a new file is called until the person says otherwise
 * @func: called with the path; not if nothing was chosen or @widget left its window meanwhile
 */
void
probity_choose_path (GtkWidget      *widget,
                     ProbityChoose   choose,
                     const char     *title,
                     const char     *name,
                     ProbityPathFunc func)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  GtkWindow *window;
  Choice    *choice;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (func != NULL);

  window = GTK_WINDOW (gtk_widget_get_root (widget));
  choice = choice_new (widget, choose, func);
  gtk_file_dialog_set_title (dialog, title);
  if (name != NULL)
    gtk_file_dialog_set_initial_name (dialog, name);

  switch (choose)
    {
    case PROBITY_CHOOSE_FILE:
      gtk_file_dialog_open (dialog, window, NULL, chosen_cb, choice);
      break;
    case PROBITY_CHOOSE_NEW_FILE:
      gtk_file_dialog_save (dialog, window, NULL, chosen_cb, choice);
      break;
    case PROBITY_CHOOSE_FOLDER:
      gtk_file_dialog_select_folder (dialog, window, NULL, chosen_cb, choice);
      break;
    }
}

/**
 * probity_choose_file:
 * @filters: a list of #GtkFileFilter, the first of which is on
 *
 * As probity_choose_path() for a file that is there, but offers only such files at first.
 */
void
probity_choose_file (GtkWidget      *widget,
                     const char     *title,
                     GListModel     *filters,
                     ProbityPathFunc func)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (G_IS_LIST_MODEL (filters));
  g_return_if_fail (func != NULL);

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, filters);
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, chosen_cb, choice_new (widget, PROBITY_CHOOSE_FILE, func));
}
