/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-investigation-view.h"

static const ProbityInvestigationView *const views[] = {
  &probity_leak_view,
  &probity_conduct_view,
};

const ProbityInvestigationView *
probity_investigation_view_find (const ProbityCaseKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    if (g_str_equal (views[i]->kind, kind->name))
      return views[i];

  return NULL;
}

const ProbityCaseGroupKind *
probity_part_view_get_group (const ProbityPartView *view)
{
  static GHashTable    *groups;
  ProbityCaseGroupKind *group;

  g_return_val_if_fail (view != NULL, NULL);

  if (view->own != NULL)
    return view->own;
  if (groups == NULL)
    groups = g_hash_table_new (NULL, NULL);
  group = g_hash_table_lookup (groups, view);
  if (group != NULL)
    return group;

  group = g_memdup2 (&view->group, sizeof view->group);
  group->data = view;
  if (group->load == NULL && group->load_for == NULL)
    group->load_for = probity_part_group_load;
  if (group->make_row == NULL)
    group->make_row = probity_part_group_make_row;
  if (group->add == NULL)
    group->add = probity_part_group_add;
  if (group->may_add == NULL && group->may_add_for == NULL)
    group->may_add_for = probity_part_group_is_open;
  g_hash_table_insert (groups, (gpointer) view, group);

  return group;
}
