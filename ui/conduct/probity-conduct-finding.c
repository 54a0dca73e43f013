/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "probity-conduct-dialogs.h"
#include "probity-day-row.h"
#include "probity-investigation-view.h"
#include "probity-page.h"
#include "probity-record-page.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* What was found on each allegation against each officer. */

#define FIELDS(...) ((const char *const[]) { __VA_ARGS__, NULL })

/* --- The words of an allegation for its uid --- */

static DexFuture *
load_allegations (ProbityCaseGroup *group)
{
  const ProbityCasePart *part = probity_case_part_find (&probity_conduct_case, "allegation");
  ProbitySession        *session = probity_case_group_get_session (group);
  const char            *uid = probity_record_get_uid (probity_case_group_get_record (group));
  GtkWidget             *page = gtk_widget_get_ancestor (GTK_WIDGET (group), PROBITY_TYPE_PAGE);

  return page != NULL ? probity_investigation_load_rows_in_visit (session, part, uid, probity_page_get_visit (PROBITY_PAGE (page)))
                      : probity_investigation_load_rows (session, part, uid);
}

static DexFuture *
keep_allegations_cb (DexFuture *future,
                     gpointer   data)
{
  ProbityCaseGroup *group = data;
  DexFuture        *first = dex_future_set_get_future_at (DEX_FUTURE_SET (future), 0);
  const GValue     *allegations = dex_future_get_value (dex_future_set_get_future_at (DEX_FUTURE_SET (future), 1), NULL);

  if (allegations != NULL)
    g_object_set_data_full (G_OBJECT (group), "probity-allegations", g_value_dup_boxed (allegations), (GDestroyNotify) g_ptr_array_unref);

  return dex_ref (first);
}

DexFuture *
probity_conduct_load_findings (ProbityCaseGroup *group)
{
  return dex_future_then (dex_future_all (probity_part_group_load (group), load_allegations (group), NULL), keep_allegations_cb, g_object_ref (group), g_object_unref);
}

static ProbityRecord *
find_allegation (GPtrArray  *allegations,
                 const char *uid)
{
  for (guint i = 0; allegations != NULL && i < allegations->len; i++)
    if (g_strcmp0 (probity_record_get_uid (g_ptr_array_index (allegations, i)), uid) == 0)
      return g_ptr_array_index (allegations, i);

  return NULL;
}

/* --- Rows --- */

static void
add_property (GtkWidget  *expander,
              const char *title,
              char       *text /* transfer full */)
{
  if (text != NULL)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), probity_property_row_new (title, text));
  g_free (text);
}

GtkWidget *
probity_conduct_make_finding_row (ProbityCaseGroup *group,
                                  gpointer          item)
{
  ProbityRecord   *row = item;
  ProbityRecord   *allegation = find_allegation (g_object_get_data (G_OBJECT (group), "probity-allegations"), probity_record_get (row, "allegation"));
  g_autofree char *finding = probity_part_group_dup_text (group, row, "finding");
  g_autofree char *officer = probity_part_group_dup_text (group, row, "subject");
  g_autofree char *decided = probity_part_group_dup_text (group, row, "decided");
  g_autofree char *title = g_strdup_printf ("%s · %s", finding, officer);
  g_autofree char *subtitle = g_strdup_printf ("%s%s%s", decided, allegation != NULL ? "\n" : "", allegation != NULL ? probity_record_get (allegation, "allegation") : "");
  GtkWidget       *expander = adw_expander_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), subtitle);
  adw_expander_row_set_subtitle_lines (ADW_EXPANDER_ROW (expander), 3);
  add_property (expander, _ ("Level"), probity_part_group_dup_text (group, row, "level"));
  add_property (expander, _ ("Found by"), probity_part_group_dup_text (group, row, "forum"));
  add_property (expander, _ ("Sanction"), probity_part_group_dup_text (group, row, "sanction"));
  add_property (expander, _ ("Reasons"), probity_part_group_dup_text (group, row, "reasons"));

  return expander;
}

/* --- The dialog --- */

static DexFuture *
record_finding (ProbityCaseGroup  *group,
                ProbityStepDialog *dialog,
                ProbityValues     *item)
{
  ProbityRecord *allegation = find_allegation (g_object_get_data (G_OBJECT (dialog), "probity-allegations"), probity_step_dialog_get (dialog, "allegation"));

  return probity_conduct_add_row (group, dialog, "finding", FIELDS ("allegation", "finding", "level", "forum", "sanction", "decided", "reasons"), allegation != NULL ? probity_record_get (allegation, "subject") : NULL);
}

static void
open_dialog (ProbityCaseGroup   *group,
             ProbityCaseSubject *officer,
             GPtrArray          *allegations)
{
  ProbityStepChoice findings[] = {
    { "case-to-answer", _ ("Case to answer") },
    { "no-case-to-answer", _ ("No case to answer") },
    { "proved", _ ("Proved") },
    { "not-proved", _ ("Not proved") },
    { "withdrawn", _ ("Withdrawn") },
    { "discontinued", _ ("Discontinued") },
  };
  ProbityStepChoice levels[] = { { "", _ ("Not said") }, { "misconduct", _ ("Misconduct") }, { "gross-misconduct", _ ("Gross misconduct") } };
  ProbityStepChoice forums[] = {
    { "investigation", _ ("The appropriate authority, on the report") },
    { "meeting", _ ("A misconduct meeting") },
    { "hearing", _ ("A misconduct hearing") },
    { "accelerated-hearing", _ ("An accelerated hearing") },
    { "appeal", _ ("An appeal") },
  };
  g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, allegations->len);
  g_autofree char              *today = probity_conduct_dup_today (group);
  /* Translators: %s is an officer. */
  g_autofree char   *title = g_strdup_printf (_ ("Finding: %s"), probity_conduct_get_officer_name (officer));
  ProbityStepDialog *dialog = probity_case_group_new_dialog (group, title, _ ("_Record"), NULL, record_finding);

  for (guint i = 0; i < allegations->len; i++)
    choices[i] = (ProbityStepChoice) { probity_record_get_uid (g_ptr_array_index (allegations, i)), probity_record_get (g_ptr_array_index (allegations, i), "allegation") };
  g_object_set_data_full (G_OBJECT (dialog), "probity-allegations", g_ptr_array_ref (allegations), (GDestroyNotify) g_ptr_array_unref);
  probity_step_dialog_set_note (dialog, _ ("One finding for each officer and allegation. It stands as it is written; a later one overtakes it. Reflective practice is no finding and is recorded apart."));
  probity_step_dialog_add_choice (dialog, "allegation", _ ("Allegation"), choices, allegations->len, allegations->len == 1 ? choices[0].value : NULL);
  probity_step_dialog_add_choice (dialog, "finding", _ ("Finding"), findings, G_N_ELEMENTS (findings), NULL);
  probity_step_dialog_add_pick (dialog, "level", _ ("Level"), levels, G_N_ELEMENTS (levels), "");
  probity_step_dialog_show_field_for (dialog, "level", "finding", "case-to-answer,proved");
  probity_step_dialog_add_pick (dialog, "forum", _ ("Found by"), forums, G_N_ELEMENTS (forums), "investigation");
  probity_step_dialog_add_text (dialog, "sanction", _ ("Sanction"), NULL, 1, FALSE);
  probity_step_dialog_show_field_for (dialog, "sanction", "finding", "proved");
  probity_step_dialog_add_text (dialog, "reasons", _ ("Reasons"), NULL, 4, TRUE);
  probity_step_dialog_add_row (dialog, "decided", probity_day_row_new (), _ ("Decided on"), NULL, TRUE);
  probity_step_dialog_set (dialog, "decided", today);
  probity_case_group_keep_draft (group, dialog, "finding", officer->uid);
  probity_case_group_present (group, dialog);
}

typedef struct
{
  ProbityCaseGroup  *group;
  ProbityCaseSubject officer; /* uid and name alone */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_object_unref (self->group);
  g_free (self->officer.uid);
  g_free (self->officer.name);
  g_free (self);
}

static DexFuture *
allegations_loaded_cb (DexFuture *future,
                       gpointer   data)
{
  Opening *self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_record_unref);

  if (value == NULL)
    {
      probity_toast_error (GTK_WIDGET (self->group), error);
      return dex_future_new_true ();
    }
  for (guint i = 0; i < ((GPtrArray *) g_value_get_boxed (value))->len; i++)
    {
      ProbityRecord *allegation = g_ptr_array_index ((GPtrArray *) g_value_get_boxed (value), i);

      if (g_strcmp0 (probity_record_get (allegation, "subject"), self->officer.uid) == 0)
        g_ptr_array_add (own, probity_record_ref (allegation));
    }
  if (own->len == 0)
    probity_alert (GTK_WIDGET (self->group), _ ("Nothing Alleged Yet"), _ ("Record first what is alleged against this officer."));
  else
    open_dialog (self->group, &self->officer, own);

  return dex_future_new_true ();
}

static void
open_finding (ProbityCaseGroup   *group,
              ProbityCaseSubject *officer)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->group = g_object_ref (group);
  opening->officer.uid = g_strdup (officer->uid);
  opening->officer.name = g_strdup (probity_conduct_get_officer_name (officer));
  dex_future_disown (dex_future_finally (load_allegations (group), allegations_loaded_cb, opening, opening_free));
}

void
probity_conduct_find (ProbityCaseGroup *group,
                      const char       *subject)
{
  probity_conduct_choose_officer (group, _ ("Record a Finding"), subject, open_finding);
}

void
probity_conduct_add_finding (ProbityCaseGroup *group)
{
  probity_conduct_find (group, NULL);
}
