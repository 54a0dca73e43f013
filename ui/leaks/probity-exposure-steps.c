/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-steps.h"

#include <glib/gi18n.h>

#include "probity-exposure-words.h"
#include "probity-instant-row.h"
#include "probity-investigation.h"
#include "probity-reply.h"
#include "probity-staff-row.h"
#include "probity-toast.h"

/* More words than these are typed, not chosen. */
#define MOST_OFFERED 20

typedef struct
{
  ProbitySession *session;
  char           *reference;
  char           *what; /* a person by staff number, account or name; a log by its uid; nullable */
} Step;

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->session);
  g_free (step->reference);
  g_free (step->what);
  g_free (step);
}

static ProbityStepDialog *
new_dialog (ProbitySession *session,
            const char     *reference,
            const char     *what,
            const char     *title,
            const char     *action,
            ProbityStepFunc func)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (session, title, action);
  Step              *step = g_new0 (Step, 1);

  step->session = g_object_ref (session);
  step->reference = g_strdup (reference);
  step->what = g_strdup (what);
  probity_step_dialog_set_step (dialog, func, step, step_free);

  return dialog;
}

static GStrv
split_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (builder, lines[i]);

  return g_strv_builder_end (builder);
}

/* --- A step --- */

static const struct
{
  ProbityExposureStepKind kind;
  const char             *label;
} kinds[] = {
  { PROBITY_EXPOSURE_WINDOW, N_ ("When it was opened") },
  { PROBITY_EXPOSURE_RECORDS, N_ ("Which records were opened") },
  { PROBITY_EXPOSURE_PLACES, N_ ("From where") },
  { PROBITY_EXPOSURE_ROLES, N_ ("In which role") },
  { PROBITY_EXPOSURE_UNITS, N_ ("In which unit") },
  { PROBITY_EXPOSURE_ELIMINATED, N_ ("Who is eliminated as a subject goes") },
};

#define WITH_WORDS "records,places,roles,units"

static DexFuture *
narrow (ProbityStepDialog *dialog,
        gpointer           data)
{
  Step       *step = data;
  const char *kind = probity_step_dialog_get (dialog, "kind");
  const char *from = probity_step_dialog_get (dialog, "from");
  const char *until = probity_step_dialog_get (dialog, "until");
  const char *reason = probity_step_dialog_get (dialog, "reason");
  g_auto (GStrv) words = split_lines (probity_step_dialog_get (dialog, kind));
  ProbityExposureNarrowing narrowing = {
    .keep = g_str_equal (probity_step_dialog_get (dialog, "keep"), "keep"),
    .from = *from != '\0' ? from : NULL,
    .until = until,
    .words = (const char *const *) words,
    .reason = *reason != '\0' ? reason : NULL,
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kind, probity_exposure_step_kind_to_string (kinds[i].kind)))
      narrowing.kind = kinds[i].kind;

  return probity_exposure_narrow (step->session, step->reference, &narrowing, 1);
}

typedef struct
{
  GtkWidget      *page;
  ProbitySession *session;
  char           *reference;
  void (*present) (GtkWidget *page,
                   GtkWidget *dialog);
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_object_unref (self->session);
  g_free (self->reference);
  g_free (self);
}

static void
add_words (ProbityStepDialog      *dialog,
           ProbityExposureStepKind kind,
           const char             *label,
           GStrv                   words)
{
  const char *id = probity_exposure_step_kind_to_string (kind);
  const guint n_words = words != NULL ? g_strv_length (words) : 0;

  if (kind != PROBITY_EXPOSURE_RECORDS && n_words > 0 && n_words <= MOST_OFFERED)
    {
      g_autofree ProbityStepChoice *choices = g_new0 (ProbityStepChoice, n_words);

      for (guint i = 0; i < n_words; i++)
        choices[i] = (ProbityStepChoice) { words[i], words[i] };
      probity_step_dialog_add_checks (dialog, id, label, choices, n_words);
    }
  else
    {
      probity_step_dialog_add_text (dialog, id, label, _ ("As the log writes them, one a line. * stands for any letters, ? for one."), 3, TRUE);
    }
  probity_step_dialog_show_field_for (dialog, id, "kind", id);
}

/* The earliest of the times at which it was seen published. */
static char *
dup_earliest (GPtrArray *publications)
{
  const char *earliest = NULL;

  for (guint i = 0; i < publications->len; i++)
    {
      ProbityRecord *row = g_ptr_array_index (publications, i);
      const char    *published = probity_record_get (row, "published");
      const char    *at = published != NULL ? published : probity_record_get (row, "earliest_seen");

      if (at != NULL && (earliest == NULL || strcmp (at, earliest) < 0))
        earliest = at;
    }

  return g_strdup (earliest);
}

static void
fill_from_case (ProbityStepDialog *dialog,
                GPtrArray         *publications,
                GPtrArray         *records)
{
  g_autofree char *until = dup_earliest (publications);
  g_autoptr (GString) lines = g_string_new (NULL);

  if (until != NULL)
    probity_step_dialog_set (dialog, "until", until);
  for (guint i = 0; i < records->len; i++)
    {
      const char *record = probity_record_get (g_ptr_array_index (records, i), "record");

      if (record != NULL)
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", record);
    }
  probity_step_dialog_set (dialog, "records", lines->str);
}

static gpointer
get_part (DexFuture *all,
          guint      index)
{
  const GValue *value = dex_future_get_value (dex_future_set_get_future_at (DEX_FUTURE_SET (all), index), NULL);

  return value != NULL ? g_value_get_boxed (value) : NULL;
}

static ProbityStepDialog *
build_step_dialog (Opening   *opening,
                   DexFuture *all)
{
  ProbityStepDialog *dialog = new_dialog (opening->session, opening->reference, NULL, _ ("New Step"), _ ("_Add"), narrow);
  ProbityStepChoice  choices[G_N_ELEMENTS (kinds)];
  ProbityStepChoice  keeps[] = { { "keep", _ ("Only these stay") }, { "drop", _ ("These go") } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    choices[i] = (ProbityStepChoice) { probity_exposure_step_kind_to_string (kinds[i].kind), _ (kinds[i].label) };
  probity_step_dialog_set_note (dialog, _ ("What a log does not tell eliminates nobody: who has no role or place in it stays. Each log’s clock error widens a window of time."));
  probity_step_dialog_add_choice (dialog, "kind", _ ("Narrow By"), choices, G_N_ELEMENTS (choices), NULL);
  probity_step_dialog_add_row (dialog, "from", probity_instant_row_new (), _ ("From"), NULL, FALSE);
  probity_step_dialog_add_row (dialog, "until", probity_instant_row_new (), _ ("Until, as first seen published"), NULL, TRUE);
  probity_step_dialog_show_field_for (dialog, "from", "kind", "window");
  probity_step_dialog_show_field_for (dialog, "until", "kind", "window");
  probity_step_dialog_add_choice (dialog, "keep", _ ("What Becomes of Them"), keeps, G_N_ELEMENTS (keeps), "keep");
  probity_step_dialog_show_field_for (dialog, "keep", "kind", WITH_WORDS);
  add_words (dialog, PROBITY_EXPOSURE_RECORDS, _ ("Records"), NULL);
  add_words (dialog, PROBITY_EXPOSURE_PLACES, _ ("Places"), get_part (all, 2));
  add_words (dialog, PROBITY_EXPOSURE_ROLES, _ ("Roles"), get_part (all, 3));
  add_words (dialog, PROBITY_EXPOSURE_UNITS, _ ("Units"), get_part (all, 4));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, FALSE);
  fill_from_case (dialog, get_part (all, 0), get_part (all, 1));

  return dialog;
}

static DexFuture *
read_cb (DexFuture *all,
         gpointer   data)
{
  Opening *opening = data;
  GError  *error = NULL;

  for (guint i = 0; i < dex_future_set_get_size (DEX_FUTURE_SET (all)); i++)
    if (dex_future_get_value (dex_future_set_get_future_at (DEX_FUTURE_SET (all), i), &error) == NULL)
      return dex_future_new_for_error (error);

  return dex_future_new_take_object (g_object_ref_sink (build_step_dialog (opening, all)));
}

static void
built_cb (gpointer      object,
          const GValue *value,
          const GError *error)
{
  void (*present) (GtkWidget *, GtkWidget *) = g_object_get_data (object, "probity-present");

  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
  else
    present (GTK_WIDGET (object), g_value_get_object (value));
}

void
probity_exposure_step_dialog_open (GtkWidget      *page,
                                   ProbitySession *session,
                                   const char     *reference,
                                   void (*present) (GtkWidget *,
                                                    GtkWidget *))
{
  Opening   *opening = g_new0 (Opening, 1);
  DexFuture *all;

  opening->page = page;
  opening->session = g_object_ref (session);
  opening->reference = g_strdup (reference);
  g_object_set_data (G_OBJECT (page), "probity-present", present);
  all = dex_future_all (probity_investigation_load_rows (session, probity_case_part_find (&probity_leak_case, "publication"), reference),
                        probity_investigation_load_rows (session, probity_case_part_find (&probity_leak_case, "record"), reference),
                        probity_exposure_load_words (session, reference, PROBITY_EXPOSURE_PLACES, NULL, MOST_OFFERED + 1, NULL),
                        probity_exposure_load_words (session, reference, PROBITY_EXPOSURE_ROLES, NULL, MOST_OFFERED + 1, NULL),
                        probity_exposure_load_words (session, reference, PROBITY_EXPOSURE_UNITS, NULL, MOST_OFFERED + 1, NULL),
                        NULL);
  probity_reply (dex_future_finally (all, read_cb, opening, opening_free), page, built_cb);
}

/* --- Who was exposed without a log --- */

static DexFuture *
add (ProbityStepDialog *dialog,
     gpointer           data)
{
  Step *step = data;

  return probity_exposure_add (step->session,
                               step->reference,
                               probity_step_dialog_get (dialog, "who"),
                               probity_step_dialog_get (dialog, "manner"),
                               probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_exposure_add_dialog_new (ProbitySession *session,
                                 const char     *reference)
{
  static const char *const manners[] = { "briefed", "e-mailed", "shared-log-on", "other" };
  ProbityStepChoice        choices[G_N_ELEMENTS (manners)];
  ProbityStepDialog       *dialog = new_dialog (session, reference, NULL, _ ("Add a Person"), _ ("_Add"), add);

  for (guint i = 0; i < G_N_ELEMENTS (manners); i++)
    choices[i] = (ProbityStepChoice) { manners[i], probity_exposure_words_for_manner (manners[i]) };
  probity_step_dialog_set_note (dialog, _ ("For somebody who knew of it without standing in a log. They go from the list only when they are eliminated or excluded."));
  probity_step_dialog_add_row (dialog, "who", probity_staff_row_new (session), _ ("Staff Number or Name"), NULL, TRUE);
  probity_step_dialog_add_choice (dialog, "manner", _ ("How They Were Exposed"), choices, G_N_ELEMENTS (choices), NULL);
  probity_step_dialog_add_text (dialog, "reason", _ ("How that is known"), NULL, 3, TRUE);

  return GTK_WIDGET (dialog);
}

/* --- One person --- */

static DexFuture *
exclude (ProbityStepDialog *dialog,
         gpointer           data)
{
  Step                    *step = data;
  const char              *words[] = { step->what, NULL };
  ProbityExposureNarrowing narrowing = {
    .kind = PROBITY_EXPOSURE_EXCLUSION,
    .words = words,
    .reason = probity_step_dialog_get (dialog, "reason"),
  };

  return probity_exposure_narrow (step->session, step->reference, &narrowing, 1);
}

/* By what the library finds them: their number, else one of the accounts that the logs have. */
static char *
dup_key (const ProbityExposurePerson *person)
{
  if (person->staff_number != NULL)
    return g_strdup (person->staff_number);
  if (person->accounts != NULL)
    return g_strndup (person->accounts, strcspn (person->accounts, ";"));

  return g_strdup (person->name);
}

GtkWidget *
probity_exposure_exclude_dialog_new (ProbitySession              *session,
                                     const char                  *reference,
                                     const ProbityExposurePerson *person)
{
  g_autofree char   *key = dup_key (person);
  g_autofree char   *title = NULL;
  ProbityStepDialog *dialog;

  /* Translators: %s is a person. */
  title = g_strdup_printf (_ ("Exclude %s"), probity_exposure_words_get_name (person));
  dialog = new_dialog (session, reference, key, title, _ ("_Exclude"), exclude);
  probity_step_dialog_set_note (dialog, _ ("A step of its own, which can be undone. For who is no suspect although the logs leave them in."));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 3, TRUE);

  return GTK_WIDGET (dialog);
}

static DexFuture *
add_subject (ProbityStepDialog *dialog,
             gpointer           data)
{
  Step *step = data;

  return probity_investigation_add_subject (step->session, step->reference, step->what, NULL, NULL, probity_step_dialog_get (dialog, "reason"));
}

GtkWidget *
probity_exposure_subject_dialog_new (ProbitySession              *session,
                                     const char                  *reference,
                                     const ProbityExposurePerson *person)
{
  ProbityStepDialog *dialog;
  g_autofree char   *title = NULL;

  /* Translators: %s is a person, who becomes a suspect of the case. */
  title = g_strdup_printf (_ ("%s as a Subject"), probity_exposure_words_get_name (person));
  dialog = new_dialog (session, reference, person->staff_number, title, _ ("_Add"), add_subject);
  probity_step_dialog_set_note (dialog, _ ("Both checks are made of every subject before the case is closed. A subject’s own account finds no trace of the case."));
  probity_step_dialog_add_text (dialog, "reason", _ ("Why the case is about them"), NULL, 3, TRUE);

  return GTK_WIDGET (dialog);
}

/* --- One log --- */

static DexFuture *
set_aside (ProbityStepDialog *dialog,
           gpointer           data)
{
  Step *step = data;

  return probity_exposure_set_aside (step->session, step->reference, step->what, probity_step_dialog_get (dialog, "reason"));
}

static DexFuture *
take_in (ProbityStepDialog *dialog,
         gpointer           data)
{
  Step *step = data;

  return probity_exposure_take_in_again (step->session, step->reference, step->what, probity_step_dialog_get (dialog, "reason"));
}

/* Which log it is about stands above what is said of all. */
static void
set_log_note (ProbityStepDialog        *dialog,
              const ProbityExposureLog *log,
              const char               *note)
{
  g_autofree char *text = g_strdup_printf ("%s · %s\n\n%s", log->system, log->file_name, note);

  probity_step_dialog_set_note (dialog, text);
}

GtkWidget *
probity_exposure_set_aside_dialog_new (ProbitySession           *session,
                                       const char               *reference,
                                       const ProbityExposureLog *log)
{
  ProbityStepDialog *dialog;

  if (log->set_aside)
    {
      dialog = new_dialog (session, reference, log->uid, _ ("Take In Again"), _ ("_Take In"), take_in);
      set_log_note (dialog, log, _ ("The log takes part again as it was imported: with its columns, its time zone and its clock error. That it was set aside, and why, stays on record."));
      probity_step_dialog_add_text (dialog, "reason", _ ("Why it is right after all"), NULL, 3, TRUE);
    }
  else
    {
      dialog = new_dialog (session, reference, log->uid, _ ("Set a Log Aside"), _ ("_Set Aside"), set_aside);
      set_log_note (dialog, log, _ ("For a log with wrong columns, a wrong time zone or clock error, or of the wrong system. It stays, with its authority, and can be looked at, but takes no part: who stands in it alone leaves the list, and each step goes by what is left. Its file can be imported again."));
      probity_step_dialog_add_text (dialog, "reason", _ ("What is wrong with it"), NULL, 3, TRUE);
    }

  return GTK_WIDGET (dialog);
}
