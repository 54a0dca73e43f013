/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "narrow.h"
#include "probity-account-dialog.h"
#include "probity-application.h"
#include "probity-audit-page.h"
#include "probity-backup-dialog.h"
#include "probity-check-dialog.h"
#include "probity-complaint-dialog.h"
#include "probity-create-dialog.h"
#include "probity-help-dialog.h"
#include "probity-intelligence-dialog.h"
#include "probity-investigation-form.h"
#include "probity-investigation-steps.h"
#include "probity-passphrase-dialog.h"
#include "probity-person-dialog.h"
#include "probity-preferences-dialog.h"
#include "probity-restore-dialog.h"
#include "probity-search-dialog.h"
#include "probity-second-job-form.h"
#include "probity-second-job-steps.h"
#include "probity-verify-dialog.h"

/* Every dialog fits into a window of 360 pixels with text at 200 %. */

static Force              *force;
static ProbityApplication *application;

static void
take (gpointer    dialog,
      const char *name)
{
  narrow_take (GTK_APPLICATION (application), dialog, name);
}

static void
test_casebook (void)
{
  GSettings *settings = probity_application_get_settings (application);

  g_test_summary ("What makes, opens and keeps a casebook fits");

  take (probity_create_dialog_new (), "create");
  take (probity_restore_dialog_new (), "restore");
  take (probity_preferences_dialog_new (settings), "preferences");
  take (probity_help_dialog_new (), "help");
  take (probity_passphrase_dialog_new_recover ("/nowhere"), "recover");
  take (probity_passphrase_dialog_new_change (force->hr), "change-passphrase");
  take (probity_backup_dialog_new (force->hr, settings), "backup");
  take (probity_verify_dialog_new (force->decider), "verify");
  take (probity_account_dialog_new (force->decider), "new-account");
  take (probity_search_dialog_new (force->hr), "search");
  narrow_finish ();
}

static void
test_forms (void)
{
  g_autoptr (ProbityRecord) person = wait_for_boxed (probity_record_load (force->head, probity_record_kind_find ("person"), "1001"));
  const ProbityCaseKind *kinds[] = { &probity_leak_case, &probity_conduct_case };

  g_test_summary ("The form of every kind of record fits");

  take (probity_person_dialog_new (force->head), "new-person");
  take (probity_person_dialog_new_edit (force->head, person), "edit-person");
  take (probity_relation_dialog_new (force->head, "1001", "Applegate"), "new-relation");
  take (probity_complaint_dialog_new (force->psd), "new-complaint");
  take (probity_intelligence_dialog_new (force->acu), "new-report");
  take (probity_second_job_form_new (force->hr), "new-second-job");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    take (probity_investigation_form_new (force->acu, kinds[i]), kinds[i]->name);
  narrow_finish ();
}

static void
test_second_job_steps (void)
{
  g_autofree char *reference = force_submit (force, force->hr, "1001", "Peak District Cycle Hire and Outdoor Clothing Limited");
  g_autoptr (ProbityRecord) job = force_load (force->hr, reference);
  g_autoptr (ProbityGateState) gate = wait_for_boxed (probity_second_job_load_gate (force->head, reference));

  g_test_summary ("The dialog of every step of a second job fits");

  take (probity_comment_dialog_new (force->head, job), "comment");
  take (probity_stand_in_dialog_new (force->hr, job), "stand-in");
  take (probity_waive_dialog_new (force->head, job), "waive");
  take (probity_check_dialog_new (force->psd, job, PROBITY_CHECK_COMPLAINTS), "check-complaints");
  take (probity_check_dialog_new (force->acu, job, PROBITY_CHECK_INTELLIGENCE), "check-intelligence");
  take (probity_advise_dialog_new (force->acu, job), "advise");
  take (probity_view_dialog_new (force->decider, job), "view");
  take (probity_decide_dialog_new (force->head, job, gate), "decide");
  take (probity_review_dialog_new (force->hr, job), "review");
  take (probity_withdraw_dialog_new (force->hr, job), "withdraw");
  take (probity_serve_dialog_new (force->hr, job), "serve");
  take (probity_lodge_dialog_new (force->hr, job), "lodge");
  narrow_finish ();
}

static void
test_investigation_steps (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "Words of a briefing", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->acu, probity_record_kind_find ("leak-investigation"), reference));
  g_autoptr (ProbityClosingState) state = wait_for_boxed (probity_closing_load (force->acu, reference));
  g_autoptr (GPtrArray) readers = g_ptr_array_new ();

  g_test_summary ("The dialog of every step of an investigation fits");

  g_ptr_array_add (readers, (gpointer) "acu");
  take (probity_investigate_dialog_new (force->acu, record), "investigate");
  take (probity_assign_dialog_new (force->acu, record, readers), "assign");
  take (probity_stage_dialog_new (force->acu, &probity_leak_case, record, NULL), "stage");
  take (probity_propose_dialog_new (force->acu, &probity_leak_case, record), "propose");
  take (probity_close_case_dialog_new (force->decider, &probity_leak_case, record, state), "close-case");
  narrow_finish ();
}

static guint
count_columns (GtkWidget *page)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (ui_find (page, GTK_TYPE_COLUMN_VIEW, NULL)));
  guint       n_visible = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      n_visible += gtk_column_view_column_get_visible (column) ? 1 : 0;
    }

  return n_visible;
}

static void
test_audit (void)
{
  GtkWidget            *page = GTK_WIDGET (probity_audit_page_new (force->decider));
  AdwApplicationWindow *window = narrow_window_new (GTK_APPLICATION (application), page);

  g_test_summary ("The table of the audit log becomes rows that say all of an entry");

  wait_until (count_columns (page) == 1);
  wait_until (ui_shows_text (page, "Signed in · Account"));
  wait_until (ui_shows_text (page, " · decider · "));

  /* With so large a text a table has no room in a wide window either. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 720);
  wait_until (gtk_widget_get_width (page) > 1000);
  ui_settle (page);
  g_assert_cmpuint (count_columns (page), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  narrow_init ();
  force = force_new ("derbyshire");

  g_test_add_func ("/ui/narrow/casebook", test_casebook);
  g_test_add_func ("/ui/narrow/forms", test_forms);
  g_test_add_func ("/ui/narrow/second-job-steps", test_second_job_steps);
  g_test_add_func ("/ui/narrow/investigation-steps", test_investigation_steps);
  g_test_add_func ("/ui/narrow/audit", test_audit);
  return ui_end (application, force);
}
