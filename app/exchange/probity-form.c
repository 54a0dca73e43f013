/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-letter.h"

#include "probity-instant.h"

static const char *const yes_no[] = { "Yes", "No", NULL };

static void
add_categories (ProbityPages   *pages,
                ProbityProfile *profile)
{
  g_auto (GStrv) ids = probity_profile_dup_list (profile, "categories");
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (labels, (gpointer) probity_profile_get_label (profile, "categories", ids[i]));
  g_ptr_array_add (labels, NULL);

  probity_pages_add_ticks (pages, "Category", (const char *const *) labels->pdata);
}

static void
add_employment_groups (ProbityPages   *pages,
                       ProbityProfile *profile)
{
  g_auto (GStrv) ids = probity_profile_dup_list (profile, "employment-groups");
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (labels, (gpointer) probity_profile_get_label (profile, "employment-groups", ids[i]));
  g_ptr_array_add (labels, NULL);

  probity_pages_add_ticks (pages, "I am a", (const char *const *) labels->pdata);
}

static void
add_applicant (ProbityPages   *pages,
               ProbityProfile *profile)
{
  probity_pages_add_heading (pages, "1. You");
  add_employment_groups (pages, profile);
  probity_pages_add_box (pages, "Staff number, rank or grade, forenames and surname", 1);
  probity_pages_add_box (pages, "Unit, and your line manager’s name and staff number", 1);
  probity_pages_add_box (pages, "Contracted hours a week, and usual overtime hours a week", 1);
}

static void
add_job (ProbityPages   *pages,
         ProbityProfile *profile)
{
  static const char *const pay[] = { "Paid", "Voluntary", NULL };

  probity_pages_add_heading (pages, "2. The second job");
  probity_pages_add_box (pages, "Employer, or the name of your own business", 1);
  add_categories (pages, profile);
  probity_pages_add_ticks (pages, "Is it paid?", pay);
  probity_pages_add_box (pages, "What the work is, and where it is done", 3);
  probity_pages_add_box (pages, "Hours a week on average, and on which days and at what times", 2);
  probity_pages_add_box (pages, "Date of start. If you have started already: since when, and who knew of it", 2);
  probity_pages_add_box (pages, "Other second jobs that you hold or have applied for, with their hours", 2);
}

static void
add_conflicts (ProbityPages *pages)
{
  probity_pages_add_heading (pages, "3. What may conflict with your duties");
  probity_pages_add_ticks (pages, "Does it use police skills, powers, information or equipment?", yes_no);
  probity_pages_add_ticks (pages, "Is it in a licensed trade (alcohol, betting, entertainment)?", yes_no);
  probity_pages_add_ticks (pages, "Is it private security or private investigation?", yes_no);
  probity_pages_add_ticks (pages, "Does a relative have such an interest or licence in the force area?", yes_no);
  probity_pages_add_ticks (pages, "May it attract publicity?", yes_no);
  probity_pages_add_box (pages, "If you ticked yes: explain", 4);
  probity_pages_add_box (pages, "Who the customers are, and whether any is a supplier of the force or known to you from your duties", 2);
  probity_pages_add_box (pages, "How tax and insurance are arranged", 1);
}

static void
add_declarations (ProbityPages   *pages,
                  ProbityProfile *profile)
{
  g_autofree char *notice = g_strdup_printf (
      "This application is reviewed before it is decided. It will be compared with records that %s hold. "
      "Do not start this work until you have a decision.",
      probity_profile_get_force_name (profile));

  probity_pages_add_heading (pages, "4. Declaration");
  probity_pages_add_text (pages, notice);
  probity_pages_add_numbered (pages, 1, "What I have written is complete and true.");
  probity_pages_add_numbered (pages, 2, "I will report any change of employer, nature, place or hours before it happens.");
  probity_pages_add_numbered (pages, 3, "I will not do this work in duty time, nor while absent through sickness, unless this is agreed in writing first.");
  probity_pages_add_numbered (pages, 4, "I know that the approval of a second job is reviewed every year.");
  probity_pages_add_box (pages, "Signature and date", 2);

  probity_pages_add_heading (pages, "For the office");
  probity_pages_add_box (pages, "Received on, by, and entered under reference", 1);
}

/**
 * probity_form_render:
 * @printed_by: who prints it
 * @printed_at: when, an instant
 *
 * A blank application form for a second job, to be signed by an applicant who has no account; the answers are what
 * the window asks for.
 *
 * Returns: (transfer full) (nullable): a PDF
 */
GBytes *
probity_form_render (ProbityProfile *profile,
                     const char     *printed_by,
                     const char     *printed_at,
                     GError        **error)
{
  g_autoptr (ProbityPages) pages = NULL;
  gint64 ms;

  g_return_val_if_fail (profile != NULL, NULL);

  if (printed_by == NULL || !probity_instant_to_ms (printed_at, &ms))
    {
      g_set_error_literal (error, PROBITY_PAGES_ERROR, PROBITY_PAGES_ERROR_INVALID, "a form says who printed it and when");
      return NULL;
    }

  pages = probity_pages_new ("Application to hold a second job", probity_profile_get_force_name (profile), printed_by, printed_at);
  probity_pages_add_banner (pages, probity_profile_get_force_name (profile), "Application to hold a second job (business interest)");
  add_applicant (pages, profile);
  add_job (pages, profile);
  add_conflicts (pages);
  add_declarations (pages, profile);

  return probity_pages_render (pages, error);
}
