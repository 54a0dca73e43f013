/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-parts.h"

#include <glib/gi18n.h>

#include "probity-case-find-dialog.h"
#include "probity-case-words.h"
#include "probity-labels.h"
#include "probity-link.h"
#include "probity-record-page.h"

/* Links of a case to other records. */

static const char *
get_kind_name (ProbityCaseGroup *group)
{
  return probity_record_kind_get_name (probity_case_group_get_case_kind (group)->record_kind);
}

/* @found is the record that the person looked for and chose. */
static DexFuture *
add_step (ProbityCaseGroup  *group,
          ProbityStepDialog *dialog,
          ProbityValues     *found)
{
  return probity_link_add (probity_case_group_get_session (group),
                           get_kind_name (group),
                           probity_record_get_uid (probity_case_group_get_record (group)),
                           probity_values_get (found, "kind"),
                           probity_values_get (found, "uid"),
                           probity_step_dialog_get (dialog, "type"),
                           probity_step_dialog_get (dialog, "reason"));
}

static void
record_found_cb (ProbityCaseGroup       *group,
                 const ProbitySearchHit *hit)
{
  g_autoptr (ProbityValues) found = probity_values_new ();
  g_autofree char   *note = g_strdup_printf (_ ("%s. Only those who can see both records see the link."), hit->reference != NULL ? hit->reference : hit->title);
  ProbityStepDialog *dialog;
  ProbityStepChoice  types[16];
  guint              n_types = 0;

  probity_values_set (found, "kind", hit->kind);
  probity_values_set (found, "uid", hit->uid);
  for (guint i = 0; probity_link_types[i] != NULL && n_types < G_N_ELEMENTS (types); i++)
    types[n_types++] = (ProbityStepChoice) { probity_link_types[i], probity_case_words_for_link (probity_link_types[i], TRUE) };
  dialog = probity_case_group_new_dialog (group, _ ("Link a Record"), _ ("_Link"), found, add_step);
  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_add_pick (dialog, "type", _ ("Type"), types, n_types, "related");
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);
  probity_case_group_present (group, dialog);
}

static void
add_link (ProbityCaseGroup *group)
{
  GtkWidget *dialog = probity_case_find_dialog_new (probity_case_group_get_session (group), _ ("Link a Record"));

  probity_case_find_dialog_hide (PROBITY_CASE_FIND_DIALOG (dialog), probity_record_get_uid (probity_case_group_get_record (group)));
  g_signal_connect_object (dialog, "found", G_CALLBACK (record_found_cb), group, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (group));
}

static DexFuture *
remove_step (ProbityCaseGroup  *group,
             ProbityStepDialog *dialog,
             ProbityValues     *link)
{
  return probity_link_remove (probity_case_group_get_session (group), probity_values_get (link, "uid"), probity_step_dialog_get (dialog, "reason"));
}

static void
remove_link (ProbityCaseGroup *group,
             ProbityValues    *link)
{
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, _ ("Remove Link"), _ ("_Remove"), link, remove_step);

  probity_step_dialog_set_note (dialog, _ ("That the two were linked stays on record."));
  probity_step_dialog_set_destructive (dialog);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);
  probity_case_group_present (group, dialog);
}

static const ProbityCaseAction link_steps[] = { { N_ ("_Remove…"), remove_link } };

static GtkWidget *
make_row (ProbityCaseGroup *group,
          gpointer          item)
{
  ProbityValues   *link = item;
  const char      *kind = probity_values_get (link, "kind");
  const char      *reference = probity_values_get (link, "reference");
  const char      *title = probity_values_get (link, "title");
  g_autofree char *name = reference != NULL && title != NULL ? g_strdup_printf ("%s · %s", reference, title) : g_strdup (reference != NULL ? reference : title);
  g_autofree char *who_when = probity_case_dup_who_when (probity_values_get (link, "who"), probity_values_get (link, "at"));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s\n%s · %s",
                                               probity_case_words_for_link (probity_values_get (link, "type"), g_str_equal (probity_values_get (link, "outgoing"), "true")),
                                               probity_label_for_kind (kind),
                                               probity_values_get (link, "reason"),
                                               who_when);
  GtkWidget       *row = probity_link_row_new (name != NULL ? name : "", subtitle, kind, probity_values_get (link, "record_uid"));

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (probity_case_group_may_work (group))
    probity_case_group_add_menu (group, row, link, link_steps, G_N_ELEMENTS (link_steps));

  return row;
}

static DexFuture *
load (ProbitySession        *session,
      const ProbityCaseKind *kind,
      const char            *uid)
{
  return probity_link_load (session, probity_record_kind_get_name (kind->record_kind), uid, FALSE);
}

const ProbityCaseGroupKind probity_case_links_group = {
  .title = N_ ("Links"),
  .empty = N_ ("Other cases, people, organisations, complaints and reports that belong to this."),
  .add_label = N_ ("Link a Record"),
  .most = 8,
  .load = load,
  .make_row = make_row,
  .add = add_link,
  .view = "link-chart",
  .view_label = N_ ("Link Chart"),
  .view_icon = "probity-links-symbolic",
};
