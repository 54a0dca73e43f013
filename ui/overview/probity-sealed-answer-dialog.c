/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed-answer-dialog.h"

#include <glib/gi18n.h>

#include "probity-record.h"
#include "probity-reply.h"
#include "probity-sealed-answer.h"
#include "probity-step-dialog.h"
#include "probity-toast.h"

static DexFuture *
answer (ProbityStepDialog *dialog,
        gpointer           data)
{
  ProbityStepCase *step = data;

  return probity_sealed_answer_give (step->session, step->reference, probity_step_dialog_get (dialog, "answer"), probity_step_dialog_get_filled (dialog, "reason"));
}

/* One line each: the sealed cases that name somebody, then who answered what. */
static char *
dup_note (GPtrArray *list,
          gboolean  *ret_named)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) answers = g_string_new (NULL);

  *ret_named = FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      ProbityValues *values = g_ptr_array_index (list, i);
      const char    *why = probity_values_get (values, "why");

      if (g_strcmp0 (probity_values_get (values, "what"), "named") == 0)
        {
          *ret_named = TRUE;
          g_string_append_printf (text, "\n%s · %s%s%s", probity_values_get (values, "reference"), probity_values_get (values, "title"), why != NULL ? " · " : "", why != NULL ? why : "");
        }
      else if (g_strcmp0 (probity_values_get (values, "answer"), "wait") == 0)
        {
          /* Translators: an account, a reference, a reason */
          g_string_append_printf (answers, _ ("\n%s asked to wait for %s: %s"), probity_values_get (values, "who"), probity_values_get (values, "reference"), probity_values_get (values, "reason"));
        }
    }
  g_string_prepend (text, *ret_named ? _ ("Sealed cases of yours name whom this is about:") : _ ("No sealed case of yours names whom this is about."));

  return g_strconcat (text->str, answers->str, "\n\n", _ ("The answer is kept beside your sealed cases and nowhere else: nobody outside learns that you were asked, or what you said. A decider who is not named to the case is not held by it."), NULL);
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  static const ProbityStepChoice untranslated[] = {
    { "nothing", N_ ("Nothing stands in the way") },
    { "wait", N_ ("This waits") },
  };
  GtkWidget         *parent = GTK_WIDGET (object);
  ProbityStepCase   *step = g_object_steal_data (G_OBJECT (parent), "probity-sealed-answer");
  ProbityStepChoice  choices[G_N_ELEMENTS (untranslated)];
  ProbityStepDialog *dialog;
  g_autofree char   *note = NULL;
  gboolean           named;

  if (step == NULL)
    return;
  if (error != NULL)
    {
      probity_step_case_free (step);
      probity_toast_error (parent, error);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    choices[i] = (ProbityStepChoice) { untranslated[i].value, _ (untranslated[i].label) };

  dialog = probity_step_dialog_new (step->session, _ ("Sealed Cases"), _ ("_Answer"));
  note = dup_note (g_value_get_boxed (value), &named);
  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_add_choice (dialog, "answer", _ ("Answer"), choices, G_N_ELEMENTS (choices), NULL);
  if (!named)
    probity_step_dialog_forbid_choice (dialog, "answer", "wait", _ ("No sealed case of yours names anybody here."));
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), _ ("Only who holds the same sealed case reads it."), 2, TRUE);
  probity_step_dialog_show_field_for (dialog, "reason", "answer", "wait");
  probity_step_dialog_set_step (dialog, answer, step, probity_step_case_free);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}

void
probity_sealed_answer_dialog_open (GtkWidget      *parent,
                                   ProbitySession *session,
                                   const char     *reference)
{
  g_object_set_data_full (G_OBJECT (parent), "probity-sealed-answer", probity_step_case_new (session, reference), probity_step_case_free);
  probity_reply (probity_sealed_answer_load (session, reference), parent, loaded_cb);
}

typedef struct
{
  ProbitySession *session;
  GStrv           references;
} Several;

static void
several_free (gpointer data)
{
  Several *self = data;

  g_object_unref (self->session);
  g_strfreev (self->references);
  g_free (self);
}

static DexFuture *
answer_several (ProbityStepDialog *dialog,
                gpointer           data)
{
  Several *self = data;

  return probity_sealed_answer_give_several (self->session, (const char *const *) self->references);
}

AdwDialog *
probity_sealed_answer_dialog_new_for_several (ProbitySession    *session,
                                              const char *const *references)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (session, _ ("Sealed Cases"), _ ("_Answer"));
  const guint        n = g_strv_length ((GStrv) references);
  Several           *self = g_new0 (Several, 1);
  g_autofree char   *note = g_strdup_printf (ngettext ("%u pending check is about somebody whom no sealed case of yours names. The answer is that nothing stands in the way.",
                                                     "%u pending checks are about people whom no sealed case of yours names. The answer to each is that nothing stands in the way.",
                                                     n),
                                           n);

  self->session = g_object_ref (session);
  self->references = g_strdupv ((GStrv) references);
  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_set_step (dialog, answer_several, self, several_free);

  return ADW_DIALOG (dialog);
}
