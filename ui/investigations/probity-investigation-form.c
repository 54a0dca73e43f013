/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-investigation-form.h"

#include <glib/gi18n.h>

#include "probity-investigation-view.h"
#include "probity-seal-choice.h"
#include "probity-seal.h"
#include "probity-subjects.h"

/* Set by commands of their own once the case is open. */
static const char *const set_later[] = { "capture_exhibit", "owner", "decided_to_investigate", "investigate_reason", NULL };

static ProbityFormDialog *
make_dialog (ProbitySession        *session,
             const ProbityCaseKind *kind,
             gboolean               edit)
{
  const ProbityInvestigationView *view = probity_investigation_view_find (kind);
  ProbityFormDialog              *dialog = probity_form_dialog_new (session, kind->record_kind, _ (edit ? view->change_title : view->new_title));
  ProbityForm                    *form = probity_form_dialog_get_form (dialog);

  for (guint i = 0; i < view->n_groups; i++)
    {
      const ProbityFieldGroup *fields = &view->groups[i];
      AdwPreferencesGroup     *group = probity_form_add_group (form,
                                                           probity_form_dialog_get_page (dialog),
                                                           _ (fields->title),
                                                           fields->description != NULL ? _ (fields->description) : NULL,
                                                           NULL);

      for (guint j = 0; fields->fields[j] != NULL; j++)
        if (!g_strv_contains (set_later, fields->fields[j]) &&
            !(edit && g_str_equal (fields->fields[j], "investigating_officer")))
          probity_form_add_row (form, group, fields->fields[j]);
    }

  return dialog;
}

/* --- Opening --- */

static DexFuture *
open_case (ProbityFormDialog *dialog,
           ProbityRecord     *record,
           ProbityValues     *values,
           gpointer           data)
{
  ProbitySubjects   *subjects = g_object_get_data (G_OBJECT (dialog), "probity-subjects");
  ProbitySealChoice *seal = g_object_get_data (G_OBJECT (dialog), "probity-seal");
  g_autoptr (GPtrArray) list = probity_subjects_dup_list (subjects);

  /* Once it is closed the dialog is in no window any more. */
  g_object_set_data (G_OBJECT (dialog), "probity-window", gtk_widget_get_root (GTK_WIDGET (dialog)));

  if (seal != NULL && probity_seal_choice_get_sealed (seal))
    {
      g_auto (GStrv) names = probity_seal_choice_dup_names (seal);
      g_autofree char *reason = probity_seal_choice_dup_reason (seal);

      return probity_investigation_open_sealed (probity_form_dialog_get_session (dialog), data, values, list, (const char *const *) names, reason);
    }

  return probity_investigation_open (probity_form_dialog_get_session (dialog), data, values, list);
}

static void
opened_cb (ProbityFormDialog *dialog,
           ProbityRecord     *record)
{
  GtkWidget *window = g_object_get_data (G_OBJECT (dialog), "probity-window");

  if (window != NULL && record != NULL)
    gtk_widget_activate_action (window, "win.open-record", "(ss)", probity_record_kind_get_name (probity_record_get_kind (record)), probity_record_get_uid (record));
}

static gboolean
is_ready (ProbityFormDialog *dialog)
{
  ProbitySealChoice *seal = g_object_get_data (G_OBJECT (dialog), "probity-seal");

  probity_seal_choice_show_problem (seal);

  return probity_seal_choice_get_valid (seal);
}

static void
subjects_changed_cb (ProbitySealChoice *seal,
                     ProbitySubjects   *subjects)
{
  g_auto (GStrv) numbers = probity_subjects_dup_staff_numbers (subjects);

  g_assert (PROBITY_IS_SEAL_CHOICE (seal));

  probity_seal_choice_set_people (seal, (const char *const *) numbers);
}

static void
add_seal (ProbityFormDialog     *dialog,
          ProbitySubjects       *subjects,
          const ProbityCaseKind *kind)
{
  ProbitySealChoice *seal = probity_seal_choice_new (probity_form_dialog_get_session (dialog), kind, FALSE, probity_form_dialog_get_form (dialog), probity_form_dialog_get_page (dialog));

  if (seal == NULL)
    return;
  g_object_set_data_full (G_OBJECT (dialog), "probity-seal", seal, g_object_unref);
  probity_form_dialog_set_ready (dialog, is_ready);
  g_signal_connect_object (subjects, "changed", G_CALLBACK (subjects_changed_cb), seal, G_CONNECT_SWAPPED);
}

/** probity_investigation_form_new: (transfer floating) */
AdwDialog *
probity_investigation_form_new (ProbitySession        *session,
                                const ProbityCaseKind *kind)
{
  ProbityFormDialog *dialog = make_dialog (session, kind, FALSE);
  ProbityForm       *form = probity_form_dialog_get_form (dialog);
  g_autofree char   *key = g_strconcat (kind->name, "/new", NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  add_seal (dialog, probity_subjects_new (dialog), kind);
  probity_form_preset (form, "marking", "official-sensitive");
  probity_form_preset (form, "received", today);
  probity_form_dialog_set_save (dialog, _ ("_Open"), open_case, (gpointer) kind, NULL);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (opened_cb), dialog, G_CONNECT_DEFAULT);
  probity_form_dialog_start (dialog, key);

  return ADW_DIALOG (dialog);
}

/* --- Amending --- */

static DexFuture *
amend_case (ProbityFormDialog *dialog,
            ProbityRecord     *record,
            ProbityValues     *values,
            gpointer           data)
{
  return probity_investigation_update (probity_form_dialog_get_session (dialog), probity_record_get_reference (record), probity_record_get_version (record), values);
}

/** probity_investigation_form_new_edit: (transfer floating) */
AdwDialog *
probity_investigation_form_new_edit (ProbitySession        *session,
                                     const ProbityCaseKind *kind,
                                     ProbityRecord         *record)
{
  ProbityFormDialog *dialog = make_dialog (session, kind, TRUE);
  g_autofree char   *key = g_strdup_printf ("%s/%s", kind->name, probity_record_get_uid (record));

  probity_form_dialog_set_record (dialog, record);
  probity_form_dialog_set_save (dialog, _ ("_Amend"), amend_case, NULL, NULL);
  probity_form_dialog_start (dialog, key);

  return ADW_DIALOG (dialog);
}
