/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-leak-outlet.h"

#include <glib/gi18n.h>

#include "probity-choice-row.h"
#include "probity-labels.h"
#include "probity-leak.h"
#include "probity-record-page.h"
#include "probity-text-row.h"

/* An outlet of a leak: what came of looking it up in the media contact record is asked for, and never taken from an empty field. */

#define FIELD "recorded_contact"

/* In the order of the choice; what is written without a finding is none. */
static const char *const findings[] = { NULL, "no-record", "recorded" };

static guint
find_choice (const char *text)
{
  const char *finding = probity_leak_contact_get_finding (text);

  for (guint i = 1; i < G_N_ELEMENTS (findings); i++)
    if (g_str_equal (findings[i], finding))
      return i;

  return 0;
}

static void
finding_chosen_cb (AdwComboRow *choice,
                   GParamSpec  *pspec,
                   gpointer     data)
{
  ProbityTextRow  *row = data;
  const guint      index = adw_combo_row_get_selected (choice);
  g_autofree char *text = probity_text_row_dup_text (row);
  g_autofree char *said = NULL;

  if (index >= G_N_ELEMENTS (findings) || !probity_choice_begin (choice))
    return;
  /* Without a finding the rest stays: what was typed is not lost by a choice. */
  said = probity_leak_contact_dup_text (findings[index] != NULL ? findings[index] : PROBITY_LEAK_CONTACT_AS_WRITTEN, text);
  probity_text_row_set_text (row, said);
  probity_choice_end (choice);
}

static void
text_changed_cb (ProbityTextRow *row,
                 GParamSpec     *pspec,
                 gpointer        data)
{
  g_autofree char *text = probity_text_row_dup_text (row);

  if (!probity_choice_begin (data))
    return;
  adw_combo_row_set_selected (data, find_choice (text));
  probity_choice_end (data);
}

static void
add_finding (ProbityForm         *form,
             AdwPreferencesGroup *group)
{
  GtkWidget *choice = adw_combo_row_new ();
  GtkWidget *row;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("No finding yet"));
  gtk_string_list_append (names, _ ("No record"));
  gtk_string_list_append (names, _ ("Contact recorded"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice), _ ("Finding"));
  adw_combo_row_set_model (ADW_COMBO_ROW (choice), G_LIST_MODEL (names));
  adw_preferences_group_add (group, choice);
  probity_form_add_row (form, group, FIELD);
  row = probity_form_get_row (form, FIELD);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (finding_chosen_cb), row, G_CONNECT_DEFAULT);
  g_signal_connect_object (row, "notify::text", G_CALLBACK (text_changed_cb), choice, G_CONNECT_DEFAULT);
}

/* Where nobody wrote anything the row says so, so that it is not read as “no record”. */
GtkWidget *
probity_leak_outlet_make_row (ProbityCaseGroup *group,
                              gpointer          item)
{
  GtkWidget       *expander = probity_part_group_make_row (group, item);
  const char      *finding = probity_leak_contact_get_finding (probity_record_get (item, FIELD));
  const char      *before = adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (expander));
  g_autofree char *subtitle = NULL;

  if (!g_str_equal (finding, PROBITY_LEAK_CONTACT_NOT_LOOKED_UP))
    return expander;

  subtitle = before != NULL && *before != '\0' ? g_strdup_printf ("%s · %s", before, _ ("media contacts not looked up yet")) : g_strdup (_ ("Media contacts not looked up yet"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), subtitle);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), probity_property_row_new (probity_label_for_field (NULL, FIELD), _ ("Not looked up yet")));

  return expander;
}

void
probity_leak_outlet_fill (ProbityFormDialog *dialog,
                          ProbityCaseGroup  *group,
                          ProbityRecord     *row)
{
  ProbityForm         *form = probity_form_dialog_get_form (dialog);
  AdwPreferencesPage  *page = probity_form_dialog_get_page (dialog);
  AdwPreferencesGroup *contacts;

  probity_form_add_group (form, page, NULL, NULL, (const char *const[]) { "outlet", "journalist", "contact", NULL });
  contacts = probity_form_add_group (form,
                                     page,
                                     probity_label_for_field (NULL, FIELD),
                                     _ ("Which contacts of the exposed with this outlet are recorded for the days in question. That none is recorded is a finding, not guilt."),
                                     NULL);
  add_finding (form, contacts);
  probity_form_set_title (form, FIELD, _ ("What the record says"));
  probity_form_set_hint (form, FIELD, _ ("After the finding: for which days and in which record it was looked up; of a contact when, with whom, and where it is recorded."));
  probity_form_add_group (form, page, NULL, NULL, (const char *const[]) { "note", NULL });
}
