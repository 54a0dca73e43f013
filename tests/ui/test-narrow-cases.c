/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "narrow.h"
#include "probity-application.h"
#include "probity-conduct-dialogs.h"
#include "probity-exhibit-dialogs.h"
#include "probity-exposure-import-dialog.h"
#include "probity-exposure-page.h"
#include "probity-exposure-steps.h"
#include "probity-investigation-page.h"
#include "probity-investigation-steps.h"
#include "probity-seal-dialog.h"
#include "probity-sealed-answer-dialog.h"
#include "probity-second-job-page.h"

/* The dialogs of what cases are made of fit into a window of 360 pixels with text at 200 %. */

#define OFFICER "1003"

static Force              *force;
static ProbityApplication *application;

static void
take (gpointer    dialog,
      const char *name)
{
  narrow_take (GTK_APPLICATION (application), dialog, name);
}

static char *
dup_uid (ProbitySession *session,
         const char     *kind,
         const char     *reference)
{
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (session, probity_record_kind_find (kind), reference));

  return g_strdup (probity_record_get_uid (record));
}

static char *
dup_file (const char *name,
          const char *text)
{
  char *path = g_build_filename (force->casebook->base, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static void
add_exhibit (ProbitySession *session,
             const char     *reference)
{
  g_autofree char *path = dup_file ("capture.txt", "Words");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ProbityValues) values = probity_values_new ();

  probity_values_set (values, "description", "Page of the Derbyshire and Nottinghamshire Evening Courier as printed");
  wait_for_success (probity_exhibit_add (session, reference, file, values, NULL, NULL));
}

/* Opens the page of a case with an exhibit and a subject, and waits until its parts are there. */
static GtkWidget *
open_case (ProbitySession        *session,
           const ProbityCaseKind *kind,
           const char            *reference,
           AdwApplicationWindow **ret_window)
{
  g_autofree char *uid = dup_uid (session, kind->record_kind->name, reference);
  GtkWidget       *page;

  add_exhibit (session, reference);
  page = probity_investigation_page_new (session, kind, uid);
  *ret_window = narrow_window_new (GTK_APPLICATION (application), page);
  wait_until (ui_shows_text (page, "Featherstonehaugh"));
  ui_settle (page);

  return page;
}

static void
test_leak_parts (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "Words of a briefing", OFFICER);
  AdwApplicationWindow *window;
  GtkWidget            *page = open_case (force->acu, &probity_leak_case, reference, &window);

  g_test_summary ("The form of every part of a leak investigation fits");

  /* Subjects, actions, log, decisions and links, and what a leak has of its own. */
  g_assert_cmpuint (narrow_take_parts (window, page), >=, 5 + 7);
  narrow_finish ();
}

static void
test_conduct_parts (void)
{
  g_autofree char      *reference = force_investigate (force->psd, &probity_conduct_case, "Posts about a shift", OFFICER);
  AdwApplicationWindow *window;
  GtkWidget            *page;

  g_test_summary ("The form of every part of a conduct investigation fits");

  {
    g_autofree char *uid = dup_uid (force->psd, "conduct-investigation", reference);
    g_autoptr (GPtrArray) subjects = wait_for_boxed (probity_investigation_load_subjects (force->psd, uid));

    /* A finding is about an allegation. */
    force_add_part (force->psd, &probity_conduct_case, reference, "allegation", "subject", ((ProbityCaseSubject *) g_ptr_array_index (subjects, 0))->uid, "allegation", "Posted a photograph of a colleague", "standard", "confidentiality", NULL);
  }
  page = open_case (force->psd, &probity_conduct_case, reference, &window);

  g_assert_cmpuint (narrow_take_parts (window, page), >=, 5 + 6);
  narrow_finish ();
}

static void
test_conduct_steps (void)
{
  g_autofree char      *reference = force_investigate (force->psd, &probity_conduct_case, "A second set of posts", OFFICER);
  AdwApplicationWindow *window;
  ProbityCaseGroup     *group;
  AdwDialog            *dialog = NULL;
  GtkWidget            *page;

  g_test_summary ("The dialogs of what the regulations ask fit, also where the officer is chosen first");

  wait_for_success (probity_investigation_add_subject (force->psd, reference, "1001", NULL, NULL, "Was on the same shift."));
  page = open_case (force->psd, &probity_conduct_case, reference, &window);
  group = probity_investigation_page_find_group (PROBITY_INVESTIGATION_PAGE (page), "severity");
  probity_conduct_assess (group, NULL);
  dialog = narrow_take_next (window, dialog, "choose an officer");
  probity_conduct_decide_referral (group);
  dialog = narrow_take_next (window, dialog, "referral");
  probity_conduct_report (group);
  dialog = narrow_take_next (window, dialog, "statutory report");
  probity_conduct_choose_capture (group);
  narrow_take_next (window, dialog, "what was captured");
  narrow_finish ();
}

static void
test_exhibits (void)
{
  g_autofree char      *reference = force_investigate (force->acu, &probity_leak_case, "A photograph", OFFICER);
  AdwApplicationWindow *window;
  GtkWidget            *page = open_case (force->acu, &probity_leak_case, reference, &window);
  ProbityExhibitsGroup *group = PROBITY_EXHIBITS_GROUP (ui_find (page, PROBITY_TYPE_EXHIBITS_GROUP, NULL));
  g_autofree char      *path = dup_file ("a-long-name-as-telephones-give-them-to-photographs-20260302-101112.txt", "Words");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) exhibits = wait_for_boxed (probity_exhibit_list (force->acu, reference));
  ProbityExhibit *exhibit = g_ptr_array_index (exhibits, 0);
  AdwDialog      *dialog = NULL;

  g_test_summary ("What is done with an exhibit fits");

  probity_exhibit_take_in (group, file);
  dialog = narrow_take_next (window, dialog, "take in");
  probity_exhibit_record_move (group, exhibit);
  dialog = narrow_take_next (window, dialog, "move");
  probity_exhibit_launch (group, exhibit);
  dialog = narrow_take_next (window, dialog, "open with another program");
  probity_exhibit_show_continuity (group, exhibit);
  dialog = narrow_take_next (window, dialog, "continuity");
  probity_exhibit_show (group, exhibit);
  narrow_take_next (window, dialog, "preview");
  narrow_finish ();
}

static void
present_cb (GtkWidget *page,
            GtkWidget *dialog)
{
  adw_dialog_present (ADW_DIALOG (dialog), page);
}

static void
test_exposure (void)
{
  g_autofree char            *reference = force_investigate (force->acu, &probity_leak_case, "A custody record", OFFICER);
  g_autofree char            *uid = dup_uid (force->acu, "leak-investigation", reference);
  g_autofree char            *log = dup_file ("custody-log.csv", "User,Time (UTC),Record of custody,Workstation,Role\n1001,2026-02-09 10:00:00,CUS/2026/000001,ILK-CUSTODY-02,Constable\n");
  GtkWidget                  *page = GTK_WIDGET (probity_exposure_page_new (force->acu, uid));
  AdwApplicationWindow       *window = narrow_window_new (GTK_APPLICATION (application), page);
  AdwDialog                  *import = probity_exposure_import_dialog_new (force->acu, reference);
  const ProbityExposurePerson person = { .uid = (char *) "1", .staff_number = (char *) OFFICER, .name = (char *) "Bartholomew Featherstonehaugh-Cholmondeley" };
  const ProbityExposureLog    in = { .uid = (char *) "1", .system = (char *) "NICHE", .file_name = (char *) "custody-log-of-all-of-the-stations.csv" };
  const ProbityExposureLog    aside = { .uid = (char *) "1", .system = (char *) "NICHE", .file_name = (char *) "custody-log-of-all-of-the-stations.csv", .set_aside = TRUE };
  AdwDialog                  *dialog = NULL;

  g_test_summary ("The import of an access log and the narrowing of the list fit");

  wait_until (ui_shows_text (page, "Nobody in the List"));
  probity_exposure_step_dialog_open (page, force->acu, reference, present_cb);
  dialog = narrow_take_next (window, dialog, "step");
  take (probity_exposure_add_dialog_new (force->acu, reference), "add by hand");
  take (probity_exposure_exclude_dialog_new (force->acu, reference, &person), "exclude");
  take (probity_exposure_subject_dialog_new (force->acu, reference, &person), "add as a subject");
  take (probity_exposure_set_aside_dialog_new (force->acu, reference, &in), "set a log aside");
  take (probity_exposure_set_aside_dialog_new (force->acu, reference, &aside), "take a log in again");
  take (import, "import");
  probity_exposure_import_dialog_set_path (PROBITY_EXPOSURE_IMPORT_DIALOG (import), log);
  /* Which column tells what is asked once the file is known. */
  wait_until (ui_shows_text (GTK_WIDGET (import), "Record of custody"));
  narrow_finish ();
}

static void
test_seal (void)
{
  g_autofree char *reference = force_investigate (force->acu, &probity_leak_case, "A list of names", OFFICER);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_record_load (force->acu, probity_record_kind_find ("leak-investigation"), reference));
  g_autoptr (ProbitySealState) state = wait_for_boxed (probity_case_load_seal (force->acu, reference));
  const char *references[] = { reference, NULL };

  g_test_summary ("Sealing a case, and the answer of those who hold sealed ones, fit");

  take (probity_seal_dialog_new (force->acu, record, state), "seal");
  take (probity_seal_without_dialog_new (force->acu, record, state), "take off the seal");
  take (probity_sealed_answer_dialog_new_for_several (force->acu, references), "answer for several");
  narrow_finish ();
}

static void
test_second_job_parts (void)
{
  g_autofree char      *reference = force_submit (force, force->hr, OFFICER, "Peak District Cycle Hire and Outdoor Clothing Limited");
  g_autofree char      *uid = dup_uid (force->psd, "second-job", reference);
  GtkWidget            *page = probity_second_job_page_new (force->psd, uid);
  AdwApplicationWindow *window = narrow_window_new (GTK_APPLICATION (application), page);

  g_test_summary ("The parts of a second job fit, the watch list too");

  wait_for_success (probity_second_job_withdraw (force->hr, reference, "The applicant changed their mind."));
  wait_until (ui_find (page, PROBITY_TYPE_CASE_GROUP, "watch") != NULL);
  wait_until (gtk_widget_get_mapped (ui_find (page, PROBITY_TYPE_CASE_GROUP, "watch")));
  ui_settle (page);
  /* Watch list, actions, log, decisions, links. */
  g_assert_cmpuint (narrow_take_parts (window, page), >=, 5);
  narrow_finish ();
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  narrow_init ();
  force = force_new ("derbyshire");
  force_add_person (force, OFFICER, "Bartholomew", "Featherstonehaugh-Cholmondeley", "1984-02-03", "2001");

  g_test_add_func ("/ui/narrow-cases/leak-parts", test_leak_parts);
  g_test_add_func ("/ui/narrow-cases/conduct-parts", test_conduct_parts);
  g_test_add_func ("/ui/narrow-cases/conduct-steps", test_conduct_steps);
  g_test_add_func ("/ui/narrow-cases/exhibits", test_exhibits);
  g_test_add_func ("/ui/narrow-cases/exposure", test_exposure);
  g_test_add_func ("/ui/narrow-cases/seal", test_seal);
  g_test_add_func ("/ui/narrow-cases/second-job-parts", test_second_job_parts);
  return ui_end (application, force);
}
