/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-exposure-page.h"

/* One row; the list itself is read, and that logged, only where somebody opens it. */
static DexFuture *
load (ProbitySession        *session,
      const ProbityCaseKind *kind,
      const char            *uid)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  if (probity_access_may (session, PROBITY_OPERATION_EXPOSURE))
    g_ptr_array_add (items, (gpointer) &probity_exposure_group);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&items));
}

static GtkWidget *
make_row (ProbityCaseGroup *group,
          gpointer          item)
{
  GtkWidget *row = probity_case_row_new (_ ("Exposure List"), _ ("Who opened it before it was published, from the access logs, narrowed step by step"));

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", "exposure", probity_record_get_uid (probity_case_group_get_record (group)));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

const ProbityCaseGroupKind probity_exposure_group = {
  .title = N_ ("Who Held It"),
  .load = load,
  .make_row = make_row,
};
