/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-page-private.h"

#include <glib/gi18n.h>

#include "probity-annual-review.h"
#include "probity-day-row.h"
#include "probity-print.h"
#include "probity-reply.h"
#include "probity-step-dialog.h"
#include "probity-toast.h"

/* So many people are named before their jobs cease. */
#define MAX_LEAVERS 20

/* --- Steps --- */

static void
present (ProbityAnnualReviewPage *self,
         ProbityStepDialog       *dialog)
{
  g_signal_connect_object (dialog, "closed", G_CALLBACK (probity_annual_review_page_load), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

/* Which run a step is about, whatever is shown by the time it is taken. */
typedef struct
{
  ProbitySession *session;
  guint           run;
} Of;

static Of *
of_new (ProbityAnnualReviewPage *self)
{
  Of *of = g_new0 (Of, 1);

  of->session = g_object_ref (probity_page_get_session (PROBITY_PAGE (self)));
  of->run = probity_annual_review_page_get_run_number (self);

  return of;
}

static void
of_free (gpointer data)
{
  Of *of = data;

  g_object_unref (of->session);
  g_free (of);
}

static DexFuture *
begin (ProbityStepDialog *dialog,
       gpointer           data)
{
  return probity_annual_review_begin (data, probity_step_dialog_get_filled (dialog, "from"), probity_step_dialog_get_filled (dialog, "until"));
}

/* Asks for the days of a new run. */
void
probity_annual_review_page_begin (ProbityAnnualReviewPage *self)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), _ ("Begin a Run"), _ ("_Begin"));

  probity_step_dialog_set_note (dialog, _ ("The run calls for the return of every registered job whose review is due in these days: a month, or all until a day."));
  probity_step_dialog_add_row (dialog, "from", probity_day_row_new (), _ ("Due from"), _ ("Whatever is overdue too, where none is given."), FALSE);
  probity_step_dialog_add_row (dialog, "until", probity_day_row_new (), _ ("Due until"), NULL, TRUE);
  probity_step_dialog_set_step (dialog, begin, g_object_ref (probity_page_get_session (PROBITY_PAGE (self))), g_object_unref);
  present (self, dialog);
}

static DexFuture *
chase (ProbityStepDialog *dialog,
       gpointer           data)
{
  Of *of = data;

  return probity_annual_review_chase (of->session, of->run, NULL, probity_step_dialog_get_filled (dialog, "how"));
}

static void
chase_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  ProbityStepDialog       *dialog = probity_step_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), _ ("Chase What Is Outstanding"), _ ("_Record"));

  probity_step_dialog_set_note (dialog, _ ("Recorded with its day on every case whose return is outstanding."));
  probity_step_dialog_add_text (dialog, "how", _ ("How"), _ ("By e-mail, by letter, through the line manager, …"), 1, TRUE);
  probity_step_dialog_set_step (dialog, chase, of_new (self), of_free);
  present (self, dialog);
}

static DexFuture *
lapse (ProbityStepDialog *dialog,
       gpointer           data)
{
  ProbityStepCase *step = data;

  return probity_annual_review_lapse (step->session, step->reference, probity_step_dialog_get_filled (dialog, "reason"));
}

/* The call of @reference in the run that is shown; NULL where it is not there any more. */
static ProbityValues *
find_call (ProbityAnnualReviewPage *self,
           const char              *reference)
{
  for (guint i = 0; self->calls != NULL && i < self->calls->len; i++)
    if (g_strcmp0 (probity_values_get (g_ptr_array_index (self->calls, i), "reference"), reference) == 0)
      return g_ptr_array_index (self->calls, i);

  return NULL;
}

static void
lapse_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  ProbityStepDialog       *dialog = probity_step_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), _ ("Confirm a Lapse"), _ ("_Lapse"));
  ProbityValues           *call = find_call (self, g_variant_get_string (parameter, NULL));
  g_autofree char         *title = call != NULL ? probity_annual_review_page_dup_title (call) : g_variant_dup_string (parameter, NULL);
  g_autofree char         *note = g_strdup_printf ("%s\n\n%s", title, _ ("The approval ends because no return was made. It never ends by itself."));

  probity_step_dialog_set_note (dialog, note);
  probity_step_dialog_set_destructive (dialog);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);
  probity_step_dialog_set_step (dialog, lapse, probity_step_case_new (probity_page_get_session (PROBITY_PAGE (self)), g_variant_get_string (parameter, NULL)), probity_step_case_free);
  present (self, dialog);
}

static DexFuture *
end (ProbityStepDialog *dialog,
     gpointer           data)
{
  Of *of = data;

  return probity_annual_review_end (of->session, of->run, probity_step_dialog_get_filled (dialog, "note"));
}

static void
end_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  ProbityStepDialog       *dialog = probity_step_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), _ ("End the Run"), _ ("_End"));

  probity_step_dialog_add_text (dialog, "note", _ ("Note"), NULL, 2, FALSE);
  probity_step_dialog_set_step (dialog, end, of_new (self), of_free);
  present (self, dialog);
}

/* --- Steps with an answer --- */

static void
checked_cb (gpointer      object,
            const GValue *value,
            const GError *error)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);
  ProbityValues           *values = value != NULL ? g_value_get_boxed (value) : NULL;
  const char              *with_hits = values != NULL ? probity_values_get (values, "with_hits") : NULL;
  g_autofree char         *text = NULL;
  g_autofree char         *body = NULL;

  gtk_widget_set_sensitive (self->menu_button, TRUE);
  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }
  /* Translators: how many people were searched for, how many checks were published, how many are left to another checker. */
  text = g_strdup_printf (_ ("%u searched, %u without a hit published, %u left to another checker."), probity_annual_review_page_get_number (values, "searched"), probity_annual_review_page_get_number (values, "published"), probity_annual_review_page_get_number (values, "skipped"));
  body = with_hits != NULL && *with_hits != '\0' ? g_strdup_printf ("%s\n\n%s\n%s", text, _ ("With a hit, to be looked at one by one; they stand under “Hits to Assess” until then:"), with_hits) : g_strdup (text);
  probity_alert (GTK_WIDGET (self), _ ("Checks Made"), body);
  probity_annual_review_page_load (self);
}

static void
check_asked_cb (ProbityAnnualReviewPage *self,
                ProbityStepDialog       *dialog)
{
  const ProbityCheckKind kind = (ProbityCheckKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "kind"));
  const guint            run = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "run"));

  gtk_widget_set_sensitive (self->menu_button, FALSE);
  probity_toast (GTK_WIDGET (self), _ ("Checking everybody whom the run called for…"));
  probity_reply (probity_annual_review_check (probity_page_get_session (PROBITY_PAGE (self)), run, kind, probity_annual_review_check_dialog_get_searched (dialog)), self, checked_cb);
}

static void
check_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  const ProbityCheckKind   kind = g_str_equal (name, "review.check-complaints") ? PROBITY_CHECK_COMPLAINTS : PROBITY_CHECK_INTELLIGENCE;
  ProbityStepDialog       *dialog = probity_annual_review_check_dialog_new (probity_page_get_session (PROBITY_PAGE (self)), kind);

  g_object_set_data (G_OBJECT (dialog), "kind", GINT_TO_POINTER (kind));
  g_object_set_data (G_OBJECT (dialog), "run", GUINT_TO_POINTER (probity_annual_review_page_get_run_number (self)));
  g_signal_connect_object (dialog, "taken", G_CALLBACK (check_asked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

/* Why @jobs are left out when those of leavers cease, and what to do. */
static char *
dup_left (const char *jobs)
{
  return g_strdup_printf ("%s\n%s", _ ("An appeal is open on what follows, which stays as it is. It can cease once the appeal is decided, or withdrawn on the page of the case:"), jobs);
}

static void
leavers_ceased_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);
  ProbityValues           *values = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char         *text = NULL;
  guint                    n_ceased;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }
  n_ceased = probity_annual_review_page_get_number (values, "ceased");
  text = g_strdup_printf (ngettext ("%u job has ceased", "%u jobs have ceased", n_ceased), n_ceased);
  if (*probity_values_get (values, "with_appeal") != '\0')
    {
      g_autofree char *left = dup_left (probity_values_get (values, "with_appeal"));

      probity_alert (GTK_WIDGET (self), text, left);
    }
  else
    {
      probity_toast (GTK_WIDGET (self), text);
    }
  probity_annual_review_page_load (self);
}

static void
leavers_answered_cb (AdwAlertDialog          *dialog,
                     const char              *response,
                     ProbityAnnualReviewPage *self)
{
  if (g_str_equal (response, "cease"))
    probity_reply (probity_annual_review_cease_leavers (probity_page_get_session (PROBITY_PAGE (self)), probity_annual_review_page_get_run_number (self)), self, leavers_ceased_cb);
}

/* Whose jobs cease, or with @appealed stay, as many as can be read in a dialog; NULL for nobody's. */
static char *
dup_leavers (ProbityAnnualReviewPage *self,
             gboolean                 appealed)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->calls->len; i++)
    {
      ProbityValues   *call = g_ptr_array_index (self->calls, i);
      g_autofree char *title = NULL;

      if (!g_str_equal (probity_values_get (call, "leaver"), "true") || !g_str_equal (probity_values_get (call, "state"), "outstanding") || probity_annual_review_page_is_appealed (call) != appealed || n++ >= MAX_LEAVERS)
        continue;
      title = probity_annual_review_page_dup_title (call);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", title);
    }
  if (n > MAX_LEAVERS)
    {
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more", "and %u more", n - MAX_LEAVERS), n - MAX_LEAVERS);
    }

  return n > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

static void
leavers_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  g_autofree char *leavers = dup_leavers (PROBITY_ANNUAL_REVIEW_PAGE (widget), FALSE);
  g_autofree char *appealed = dup_leavers (PROBITY_ANNUAL_REVIEW_PAGE (widget), TRUE);
  g_autofree char *left = appealed != NULL ? dup_left (appealed) : NULL;
  g_autofree char *body = g_strdup_printf ("%s\n\n%s%s%s", _ ("The staff list says that they have left the force. Their jobs stay on record as ceased."), leavers != NULL ? leavers : "", left != NULL ? "\n\n" : "", left != NULL ? left : "");
  AdwDialog       *dialog = adw_alert_dialog_new (_ ("Cease Leavers’ Jobs?"), body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "cease", _ ("_Cease"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "cease", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (leavers_answered_cb), widget, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, widget);
}

static void
printed_cb (gpointer      object,
            const GValue *value,
            const GError *error)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }
  probity_print_pages (GTK_WIDGET (self), g_value_get_boxed (value), _ ("Annual Returns"), "annual-returns.pdf");
}

static void
print_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);

  probity_reply (probity_annual_review_print (probity_page_get_session (PROBITY_PAGE (self)), probity_annual_review_page_get_run_number (self)), self, printed_cb);
}

void
probity_annual_review_page_install_steps (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "review.take-file", NULL, probity_annual_review_page_take_file);
  gtk_widget_class_install_action (widget_class, "review.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "review.chase", NULL, chase_cb);
  gtk_widget_class_install_action (widget_class, "review.check-complaints", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "review.check-intelligence", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "review.lapse", "s", lapse_cb);
  gtk_widget_class_install_action (widget_class, "review.leavers", NULL, leavers_cb);
  gtk_widget_class_install_action (widget_class, "review.end", NULL, end_cb);
}
