/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-letter.h"

#include <string.h>

#include "probity-instant.h"
#include "probity-parse.h"

#define MAX_CONDITIONS 100

static gboolean
refuse (const char *complaint,
        GError    **error)
{
  g_set_error_literal (error, PROBITY_PAGES_ERROR, PROBITY_PAGES_ERROR_INVALID, complaint);

  return FALSE;
}

static gboolean
check_letter (const ProbityLetter *letter,
              GError             **error)
{
  static const char *const outcomes[] = { "approved", "approved-with-conditions", "refused", "deferred", NULL };
  static const char *const appeals[] = { "upheld", "dismissed", NULL };
  gint64                   ms;

  if (letter->reference == NULL || letter->name == NULL || letter->employer == NULL)
    return refuse ("a letter needs a reference, a name and an employer", error);
  if (letter->outcome == NULL || !g_strv_contains (outcomes, letter->outcome))
    return refuse ("there is no letter for this outcome", error);
  if (letter->appeal != NULL && !g_strv_contains (appeals, letter->appeal))
    return refuse ("an appeal is upheld or dismissed", error);
  if (letter->decided == PROBITY_DAY_NONE)
    return refuse ("a letter needs the day of the decision", error);
  if (letter->printed_by == NULL || !probity_instant_to_ms (letter->printed_at, &ms))
    return refuse ("a letter says who printed it and when", error);
  if (g_str_equal (letter->outcome, "approved-with-conditions") && (letter->conditions == NULL || letter->conditions[0] == NULL))
    return refuse ("an approval with conditions has at least one", error);
  if (letter->conditions != NULL && g_strv_length ((char **) letter->conditions) > MAX_CONDITIONS)
    return refuse ("too many conditions", error);

  return TRUE;
}

static char *
fill_in (const char                   *text,
         const ProbityEmploymentGroup *employment)
{
  g_autoptr (GString) filled = g_string_new (text);
  g_autofree char *appeal_days = g_strdup_printf ("%u", employment->appeal_days);
  g_autofree char *decide_days = g_strdup_printf ("%u", employment->decide_days);

  g_string_replace (filled, "{appeal-days}", appeal_days, 0);
  g_string_replace (filled, "{decide-days}", decide_days, 0);
  g_string_replace (filled, "{appeal-to}", employment->appeal_to, 0);

  return g_string_free_and_steal (g_steal_pointer (&filled));
}

static void
add_day (ProbityPages *pages,
         const char   *label,
         ProbityDay    day)
{
  g_autofree char *words = probity_day_to_words (day);

  probity_pages_add_field (pages, label, words);
}

/* What was appealed against, and when it was decided: a dismissal says nothing else of it. */
static void
add_appealed (ProbityPages        *pages,
              const ProbityLetter *letter)
{
  const gboolean   refused = g_strcmp0 (letter->appealed_outcome, "refused") == 0;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (letter->appeal == NULL || letter->appealed == PROBITY_DAY_NONE)
    return;

  day = probity_day_to_words (letter->appealed);
  text = letter->appealed_outcome != NULL ? g_strdup_printf ("%s: %s", day, refused ? "refused" : "approved on conditions") : g_strdup (day);
  probity_pages_add_field (pages, "Appealed against", text);
  add_day (pages, "Appeal lodged", letter->lodged);
}

static void
add_addressee (ProbityPages        *pages,
               const ProbityLetter *letter)
{
  g_autoptr (GString) who = g_string_new (NULL);

  if (letter->rank != NULL && *letter->rank != '\0')
    g_string_append_printf (who, "%s ", letter->rank);
  g_string_append (who, letter->name);
  if (letter->staff_number != NULL && *letter->staff_number != '\0')
    g_string_append_printf (who, ", %s", letter->staff_number);

  probity_pages_add_field (pages, "To", who->str);
  probity_pages_add_field (pages, "Unit", letter->unit);
  probity_pages_add_field (pages, "Our reference", letter->reference);
  add_day (pages, "Application received", letter->received);
  add_appealed (pages, letter);
  add_day (pages, letter->appeal != NULL ? "Appeal decided" : "Date of decision", letter->decided);
  add_day (pages, "Served on", letter->served);
}

static void
add_job (ProbityPages        *pages,
         ProbityProfile      *profile,
         const ProbityLetter *letter)
{
  const char *category = probity_profile_get_label (profile, "categories", letter->category);

  probity_pages_add_heading (pages, "The second job");
  probity_pages_add_field (pages, "Employer or business", letter->employer);
  probity_pages_add_field (pages, "Category", category != NULL ? category : letter->category);
  probity_pages_add_field (pages, "Nature", letter->nature);
  probity_pages_add_field (pages, "Place", letter->place);
  probity_pages_add_field (pages, "Paid", letter->paid ? "Yes" : "No");
  if (letter->weekly_minutes >= 0)
    {
      g_autofree char *hours = probity_hours_to_text (letter->weekly_minutes);

      probity_pages_add_field (pages, "Hours a week", hours);
    }
  add_day (pages, "Start", letter->start);
}

static void
add_legal_basis (ProbityPages                 *pages,
                 const ProbityEmploymentGroup *employment,
                 const ProbityLetter          *letter)
{
  gboolean before = employment->legal_basis_from != PROBITY_DAY_NONE && letter->decided < employment->legal_basis_from;
  gboolean binding = !g_str_equal (letter->outcome, "approved");

  probity_pages_add_heading (pages, "Legal basis");
  probity_pages_add_text (pages, before ? employment->legal_basis_before : employment->legal_basis);
  if (employment->lawful_order && binding && !before)
    probity_pages_add_text (pages, employment->lawful_order_text);
}

static void
add_appeal (ProbityPages                 *pages,
            const ProbityEmploymentGroup *employment)
{
  g_autofree char *appeal = fill_in (employment->appeal_text, employment);
  g_autofree char *companion = fill_in (employment->companion_text, employment);

  probity_pages_add_heading (pages, "Appeal");
  probity_pages_add_text (pages, appeal);
  probity_pages_add_text (pages, companion);
}

static const char *
get_department (ProbityProfile *profile)
{
  gboolean hr = g_str_equal (probity_profile_get_signatory (profile), "head-of-hr");

  return probity_profile_get_department (profile, hr ? "human-resources" : "professional-standards");
}

/**
 * probity_letter_render:
 *
 * The decision letter to an applicant, in the wording of the profile for their employment group: legal basis, the
 * lawful order for police officers only (regulation 7 of the Police Regulations 2003 as substituted from 20 August
 * 2012), how long they have to appeal, who decides the appeal and who may help them.
 *
 * Returns: (transfer full) (nullable): a PDF; the same letter gives the same bytes on the same machine
 */
GBytes *
probity_letter_render (ProbityProfile      *profile,
                       const ProbityLetter *letter,
                       GError             **error)
{
  g_autoptr (ProbityPages) pages = NULL;
  g_autofree char              *title = NULL;
  const ProbityEmploymentGroup *employment;
  gboolean                      approved, conditional, refused, deferred;

  g_return_val_if_fail (profile != NULL && letter != NULL, NULL);

  if (!check_letter (letter, error))
    return NULL;

  employment = probity_profile_get_employment_group (profile, letter->employment_group);
  approved = g_str_equal (letter->outcome, "approved");
  conditional = g_str_equal (letter->outcome, "approved-with-conditions");
  refused = g_str_equal (letter->outcome, "refused");
  deferred = g_str_equal (letter->outcome, "deferred");

  title = g_strdup_printf (letter->appeal != NULL ? "Second job: appeal on %s" : "Second job: decision on %s", letter->reference);
  pages = probity_pages_new (title, probity_profile_get_force_name (profile), letter->printed_by, letter->printed_at);

  probity_pages_add_banner (pages, probity_profile_get_force_name (profile), get_department (profile));
  add_addressee (pages, letter);
  probity_pages_add_title (pages, letter->appeal != NULL ? "Decision on your appeal" : "Decision on your second job");
  if (letter->appeal != NULL)
    probity_pages_add_text (pages, g_str_equal (letter->appeal, "upheld") ? "Your appeal against the earlier decision has been upheld. The decision below takes its place." : "Your appeal has been dismissed. The decision that you appealed against stands.");
  if (letter->appeal == NULL || g_str_equal (letter->appeal, "upheld"))
    probity_pages_add_text (pages, probity_profile_get_letter_text (profile, approved ? "Approved" : conditional ? "Approved-With-Conditions"
                                                                                                 : refused       ? "Refused"
                                                                                                                 : "Deferred"));
  add_job (pages, profile, letter);

  if (letter->open_reasons != NULL && *letter->open_reasons != '\0')
    {
      probity_pages_add_heading (pages, "Reasons");
      probity_pages_add_text (pages, letter->open_reasons);
    }
  if (conditional)
    {
      probity_pages_add_heading (pages, "Conditions");
      for (guint i = 0; letter->conditions[i] != NULL; i++)
        probity_pages_add_numbered (pages, i + 1, letter->conditions[i]);
    }
  if (deferred)
    {
      probity_pages_add_heading (pages, "What we need to know");
      probity_pages_add_text (pages, letter->missing_facts != NULL ? letter->missing_facts : "");
    }
  if (approved || conditional)
    {
      probity_pages_add_heading (pages, "Changes and review");
      probity_pages_add_text (pages, probity_profile_get_letter_text (profile, "Change"));
      probity_pages_add_text (pages, probity_profile_get_letter_text (profile, "Review"));
    }
  if (!deferred)
    add_legal_basis (pages, employment, letter);
  if ((refused || conditional) && letter->appeal == NULL)
    add_appeal (pages, employment);

  probity_pages_add_space (pages, 10);
  probity_pages_add_field (pages, "Decided by", letter->decided_by);
  probity_pages_add_field (pages, "Reply to", probity_profile_get_letter_text (profile, "Reply-To"));
  probity_pages_add_space (pages, 6);
  probity_pages_add_text (pages, probity_profile_get_letter_text (profile, "Footer"));
  probity_pages_add_field (pages, "Head of the log", letter->log_head);

  return probity_pages_render (pages, error);
}
