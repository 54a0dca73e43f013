/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-case-parts.h"

#include <glib/gi18n.h>

#include "probity-case-readers.h"
#include "probity-case-words.h"
#include "probity-exhibits-group.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-timeline.h"

static const ProbityCaseGroupKind *const groups[] = {
  &probity_case_actions_group,
  &probity_case_checklist_group,
  &probity_case_decisions_group,
  &probity_case_log_group,
  &probity_case_links_group,
  &probity_case_stages_group,
  &probity_case_timeline_group,
  &probity_case_readers_group,
};

struct _ProbityCaseParts
{
  GtkBox parent_instance;

  ProbityCaseGroup     *groups[G_N_ELEMENTS (groups)];
  ProbityExhibitsGroup *exhibits;
};

G_DEFINE_FINAL_TYPE (ProbityCaseParts, probity_case_parts, GTK_TYPE_BOX)

static void
probity_case_parts_class_init (ProbityCasePartsClass *klass)
{
}

static void
probity_case_parts_init (ProbityCaseParts *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
}

GtkWidget *
probity_case_parts_new (ProbitySession        *session,
                        const ProbityCaseKind *kind)
{
  ProbityCaseParts *self;

  g_return_val_if_fail (PROBITY_IS_SESSION (session), NULL);
  g_return_val_if_fail (kind != NULL, NULL);

  self = g_object_new (PROBITY_TYPE_CASE_PARTS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      GtkWidget *group = probity_case_group_new (groups[i], session, kind);

      self->groups[i] = PROBITY_CASE_GROUP (group);
      gtk_box_append (GTK_BOX (self), group);
      if (groups[i] == &probity_case_links_group)
        {
          self->exhibits = PROBITY_EXHIBITS_GROUP (probity_exhibits_group_new (session, kind->name));
          gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->exhibits));
        }
    }

  return GTK_WIDGET (self);
}

void
probity_case_parts_set_record (ProbityCaseParts *self,
                               ProbityRecord    *record)
{
  g_return_if_fail (PROBITY_IS_CASE_PARTS (self));

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    probity_case_group_set_record (self->groups[i], record);
  probity_exhibits_group_set_case (self->exhibits, probity_record_get_uid (record));
}

/* --- Stages: a pill each --- */

static DexFuture *
load_stages (ProbitySession        *session,
             const ProbityCaseKind *kind,
             const char            *uid)
{
  return probity_case_load_stages (session, kind, uid);
}

static GtkWidget *
make_stage_row (ProbityCaseGroup *group,
                gpointer          item)
{
  ProbityValues   *stage = item;
  GPtrArray       *items = probity_case_group_get_items (group);
  const gboolean   present = g_ptr_array_index (items, items->len - 1) == item;
  const char      *label = probity_label_for_value (probity_values_get (stage, "stage"));
  const char      *reason = probity_values_get (stage, "reason");
  g_autofree char *who_when = probity_case_dup_who_when (probity_values_get (stage, "who"), probity_values_get (stage, "at"));
  g_autofree char *text = reason != NULL ? g_strdup_printf ("%s\n%s", who_when, reason) : g_strdup (who_when);
  GtkWidget       *row = probity_case_row_new ("", text);
  GtkWidget       *pill = gtk_label_new (label);

  gtk_widget_add_css_class (pill, "pill-label");
  if (present)
    gtk_widget_add_css_class (pill, "stage");
  gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (pill), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), pill);
  /* Not by its title, which is empty: that would go before a label. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, pill, NULL, -1);

  return row;
}

const ProbityCaseGroupKind probity_case_stages_group = {
  .title = N_ ("Stages"),
  .newest_first = TRUE,
  .most = 3,
  .load = load_stages,
  .make_row = make_stage_row,
};

/* --- Timeline --- */

static DexFuture *
load_timeline (ProbitySession        *session,
               const ProbityCaseKind *kind,
               const char            *uid)
{
  return probity_case_load_timeline (session, kind, uid);
}

static GtkWidget *
make_timeline_row (ProbityCaseGroup *group,
                   gpointer          data)
{
  const ProbityTimelineItem *item = data;
  g_autofree char           *what = probity_case_words_dup_event (item->what);
  g_autofree char           *words = probity_case_words_dup_event_text (item->what, item->text);
  g_autofree char           *who_when = probity_case_dup_who_when (item->who, item->at);
  g_autofree char           *text = words != NULL ? g_strdup_printf ("%s\n%s", who_when, words) : g_strdup (who_when);
  GtkWidget                 *row = probity_case_row_new (what, text);

  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);

  return row;
}

/* Newest first: what happened last is what people look for. */
const ProbityCaseGroupKind probity_case_timeline_group = {
  .title = N_ ("Timeline"),
  .newest_first = TRUE,
  .most = 12,
  .load = load_timeline,
  .make_row = make_timeline_row,
};

/* --- Who can see it --- */

static void
gather_names (gpointer data,
              gpointer text)
{
  g_string_append_printf (text, "%s%s", ((GString *) text)->len > 0 ? ", " : "", (const char *) data);
}

static DexFuture *
join_names_cb (DexFuture *future,
               gpointer   data)
{
  const GValue *value = dex_future_get_value (future, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_foreach (g_value_get_boxed (value), gather_names, text);
  if (text->len > 0)
    g_ptr_array_add (lines, g_string_free (g_steal_pointer (&text), FALSE));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&lines));
}

/* All names in one line. */
static DexFuture *
load_readers (ProbitySession        *session,
              const ProbityCaseKind *kind,
              const char            *uid)
{
  return dex_future_then (probity_case_load_readers (session, kind, uid), join_names_cb, NULL, NULL);
}

static GtkWidget *
make_readers_row (ProbityCaseGroup *group,
                  gpointer          item)
{
  return probity_case_row_new (item, NULL);
}

const ProbityCaseGroupKind probity_case_readers_group = {
  .title = N_ ("Who Can See This"),
  .whole = TRUE,
  .load = load_readers,
  .make_row = make_readers_row,
};
