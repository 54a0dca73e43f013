/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-page-private.h"

#include <glib/gi18n.h>

#include "probity-annual-review.h"
#include "probity-choose-path.h"
#include "probity-csv.h"
#include "probity-errors.h"
#include "probity-reply.h"
#include "probity-toast.h"
#include "probity-words.h"

/* Returns from a file, and in words what stands in the way of taking it. */

static const ProbityWords problem_words[] = {
  { "unreadable", N_ ("It cannot be read: it is too long, or its quotation marks do not match.") },
  { "empty", N_ ("This has to be filled in.") },
  { "unknown-result", N_ ("This is none of no-change, changed and ceased.") },
  { "changed-without", N_ ("It says changed, and no column says what.") },
  { "unchanged-with", N_ ("It says that nothing changed, and a column says what did.") },
  { "twice", N_ ("It stands in the file twice.") },
  { "not-found", N_ ("It is not in the register.") },
  { "not-registered", N_ ("It is not registered.") },
  { "appeal-open", N_ ("An appeal is open, which is decided first.") },
};

static char *
dup_line (guint       number,
          const char *what,
          const char *sentence)
{
  /* Translators: the title of a field, and a sentence about what stands in it */
  g_autofree char *text = what != NULL ? g_strdup_printf (_ ("%s: %s"), what, sentence) : g_strdup (sentence);

  /* Translators: the number of a line in a file, and what is wrong with it. */
  return number > 0 ? g_strdup_printf (_ ("Line %u: %s"), number, text) : g_steal_pointer (&text);
}

/* The lines that were refused, with the column as the file calls it. */
static char *
dup_problems (ProbityValues *values)
{
  g_auto (GStrv) lines = g_strsplit (probity_values_get (values, "problem_codes"), "\n", -1);
  const guint n_lines = g_strv_length (lines);
  const guint n_problems = probity_annual_review_page_get_number (values, "n_problems");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_lines; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], " ", 3);
      const char      *words = probity_words_find (problem_words, G_N_ELEMENTS (problem_words), parts[2]);
      g_autofree char *line = dup_line ((guint) g_ascii_strtoull (parts[0], NULL, 10), g_str_equal (parts[1], "-") ? NULL : parts[1], words);

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (n_problems > n_lines)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n_problems - n_lines), n_problems - n_lines);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* Of the message, which is for logs, only what no sentence can know: the line, and the heading that is meant. */
static char *
dup_refusal (const GError *error)
{
  g_autofree char *sentence = probity_error_dup_sentence (error);
  g_autofree char *heading = NULL;
  const char      *line = g_str_has_prefix (error->message, "line ") ? error->message : g_strrstr (error->message, ", line ");
  const char      *begin = g_error_matches (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS) && line == error->message ? strstr (error->message, "“") : NULL;
  const char      *end = begin != NULL ? g_strrstr (begin, "”") : NULL;

  if (end != NULL)
    heading = g_strndup (begin, (gsize) (end - begin) + strlen ("”"));

  return dup_line (line != NULL ? (guint) g_ascii_strtoull (strstr (line, "line ") + strlen ("line "), NULL, 10) : 0, heading, sentence);
}

/* Nothing of the file was taken: what is wrong with it, and how it has to look. */
static void
refuse_file (ProbityAnnualReviewPage *self,
             const char              *problems)
{
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", problems, _ ("The first row of the file names its columns: “reference”, “result” (no-change, changed or ceased) and, if you like, “note”. What changed stands under “employer”, “category”, “nature”, “place”, “weekly_hours”, “pattern” or “start”."));

  probity_alert (GTK_WIDGET (self), _ ("Nothing Was Taken"), body);
}

static void
taken_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);
  ProbityValues           *values = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char         *text = NULL;
  guint                    n_taken;

  if (error != NULL)
    {
      g_autofree char *refusal = dup_refusal (error);

      if (error->domain == PROBITY_CSV_ERROR || error->domain == PROBITY_RECORD_ERROR)
        refuse_file (self, refusal);
      else
        probity_alert (GTK_WIDGET (self), _ ("Nothing Was Taken"), refusal);
      return;
    }
  if (probity_values_get (values, "problems") != NULL)
    {
      g_autofree char *problems = dup_problems (values);

      refuse_file (self, problems);
      return;
    }
  n_taken = probity_annual_review_page_get_number (values, "taken");
  text = g_strdup_printf (ngettext ("%u return taken", "%u returns taken", n_taken), n_taken);
  probity_toast (GTK_WIDGET (self), text);
  probity_annual_review_page_load (self);
}

void
probity_annual_review_page_take_path (gpointer    page,
                                      const char *path)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (page);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  probity_reply (probity_annual_review_take_file (probity_page_get_session (PROBITY_PAGE (self)), file), self, taken_cb);
}

/* The action review.take-file. */
void
probity_annual_review_page_take_file (GtkWidget  *widget,
                                      const char *name,
                                      GVariant   *parameter)
{
  probity_choose_path (widget, PROBITY_CHOOSE_FILE, _ ("Take Returns From a File"), NULL, probity_annual_review_page_take_path);
}
