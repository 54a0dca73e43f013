/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-page.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-annual-review.h"
#include "probity-choose-path.h"
#include "probity-day-row.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-reply.h"
#include "probity-step-dialog.h"
#include "probity-toast.h"

/* Of each group as many as are read in one go; the rest is turned to. */
#define PAGE_ROWS 100

struct _ProbityAnnualReviewPage
{
  ProbityPage parent_instance;

  AdwPreferencesPage *body;
  GPtrArray          *groups;
  GPtrArray          *runs; /* nullable */
  GPtrArray          *calls;
  guint               shown;    /* number of the run that is shown; 0: the newest */
  guint               first[2]; /* of what is outstanding, of what is in: the first row that is shown */
  GtkWidget          *begin_button;
  GtkWidget          *menu_button;
  GBytes             *printed;
};

G_DEFINE_FINAL_TYPE (ProbityAnnualReviewPage, probity_annual_review_page, PROBITY_TYPE_PAGE)

static ProbitySession *
get_session (ProbityAnnualReviewPage *self)
{
  return probity_page_get_session (PROBITY_PAGE (self));
}

static guint
get_number (ProbityValues *values,
            const char    *name)
{
  const char *value = probity_values_get (values, name);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : 0;
}

static ProbityValues *
get_run (ProbityAnnualReviewPage *self)
{
  for (guint i = 0; self->runs != NULL && i < self->runs->len; i++)
    if (self->shown == 0 || get_number (g_ptr_array_index (self->runs, i), "run") == self->shown)
      return g_ptr_array_index (self->runs, i);

  return NULL;
}

static guint
get_run_number (ProbityAnnualReviewPage *self)
{
  ProbityValues *run = get_run (self);

  return run != NULL ? get_number (run, "run") : 0;
}

static gboolean
is_running (ProbityAnnualReviewPage *self)
{
  return get_run (self) != NULL && g_str_equal (probity_values_get (get_run (self), "ended"), "false");
}

static gboolean
is_outstanding (ProbityValues *call)
{
  return g_str_equal (probity_values_get (call, "state"), "outstanding");
}

/* --- Rows --- */

static GtkWidget *
new_row (ProbityAnnualReviewPage *self,
         ProbityValues           *call)
{
  GtkWidget       *row = adw_action_row_new ();
  const char      *chases = probity_values_get (call, "chases");
  const guint      n_chases = chases != NULL ? (guint) g_ascii_strtoull (chases, NULL, 10) : 0;
  g_autofree char *day = probity_format_day (probity_values_get (call, "due"));
  g_autofree char *title = g_strdup_printf ("%s · %s · %s", probity_values_get (call, "reference"), probity_values_get (call, "name"), probity_values_get (call, "employer"));
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (get_session (self))));
  g_autoptr (GString) subtitle = g_string_new (NULL);

  /* Translators: %s is a day */
  g_string_append_printf (subtitle, _ ("due %s"), day);
  if (!is_outstanding (call))
    g_string_append_printf (subtitle, " · %s", probity_label_for_value (probity_values_get (call, "state")));
  if (n_chases > 0)
    {
      g_autofree char *last = probity_format_instant (probity_values_get (call, "last_chased"));
      g_autofree char *text = g_strdup_printf (ngettext ("chased once", "chased %u times", n_chases), n_chases);

      g_string_append_printf (subtitle, " · %s, %s", text, last);
    }
  if (g_str_equal (probity_values_get (call, "leaver"), "true"))
    g_string_append_printf (subtitle, " · %s", _ ("has left the force"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle->str);
  if (is_outstanding (call) && n_chases > 0 && strcmp (probity_values_get (call, "due"), today) < 0 && is_running (self) && probity_access_may (get_session (self), PROBITY_OPERATION_RUN_REVIEW))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Lapse…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "review.lapse");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", probity_values_get (call, "reference"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", "second-job", probity_values_get (call, "uid"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);

  return row;
}

static GtkWidget *
new_turner (const char *icon,
            const char *tooltip,
            gboolean    outstanding,
            guint       first,
            gboolean    sensitive)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_sensitive (button, sensitive);
  if (sensitive)
    {
      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "review.turn");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(bu)", outstanding, first);
    }

  return button;
}

/* Which of how many rows are shown, and the way to the others. */
static void
add_pager (AdwPreferencesGroup *group,
           gboolean             outstanding,
           guint                first,
           guint                n_rows)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  /* Translators: the first and the last of the rows that are shown, and how many there are. */
  g_autofree char *text = g_strdup_printf (_ ("%u–%u of %u"), first + 1, MIN (first + PAGE_ROWS, n_rows), n_rows);
  GtkWidget       *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), new_turner ("go-previous-symbolic", _ ("Previous Rows"), outstanding, first >= PAGE_ROWS ? first - PAGE_ROWS : 0, first > 0));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), new_turner ("go-next-symbolic", _ ("Next Rows"), outstanding, first + PAGE_ROWS, first + PAGE_ROWS < n_rows));
  adw_preferences_group_set_header_suffix (group, box);
}

static void
add_group (ProbityAnnualReviewPage *self,
           const char              *title,
           gboolean                 outstanding)
{
  guint               *first = &self->first[!outstanding];
  AdwPreferencesGroup *group = NULL;
  guint                n_rows = 0, n_all = 0;

  for (guint i = 0; i < self->calls->len; i++)
    {
      ProbityValues *call = g_ptr_array_index (self->calls, i);

      n_all += is_outstanding (call) == outstanding;
    }
  if (*first >= n_all)
    *first = n_all > 0 ? (n_all - 1) / PAGE_ROWS * PAGE_ROWS : 0;

  for (guint i = 0; i < self->calls->len; i++)
    {
      ProbityValues *call = g_ptr_array_index (self->calls, i);

      if (is_outstanding (call) != outstanding || n_rows++ < *first || n_rows > *first + PAGE_ROWS)
        continue;
      if (group == NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, title);
          adw_preferences_page_add (self->body, group);
          g_ptr_array_add (self->groups, group);
        }
      adw_preferences_group_add (group, new_row (self, call));
    }
  if (n_all > PAGE_ROWS)
    add_pager (group, outstanding, *first, n_all);
}

static char *
dup_run_title (ProbityValues *run)
{
  const char      *due_from = probity_values_get (run, "due_from");
  g_autofree char *from = due_from != NULL ? probity_format_day (due_from) : NULL;
  g_autofree char *until = probity_format_day (probity_values_get (run, "due_until"));

  /* Translators: two days. */
  return from != NULL ? g_strdup_printf (_ ("Due from %s to %s"), from, until) : g_strdup_printf (_ ("Due until %s"), until);
}

static void load (ProbityAnnualReviewPage *self);

static void
run_chosen_cb (ProbityAnnualReviewPage *self,
               GParamSpec              *pspec,
               AdwComboRow             *row)
{
  const guint chosen = adw_combo_row_get_selected (row);

  if (chosen >= self->runs->len)
    return;
  /* The newest stays the newest when another run is begun. */
  self->shown = chosen == 0 ? 0 : get_number (g_ptr_array_index (self->runs, chosen), "run");
  self->first[0] = self->first[1] = 0;
  load (self);
}

/* All runs, the newest first, where there is a choice. */
static GtkWidget *
new_run_row (ProbityAnnualReviewPage *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *row;
  guint      selected = 0;

  if (self->runs->len < 2)
    {
      g_autofree char *title = dup_run_title (get_run (self));

      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);

      return row;
    }

  for (guint i = 0; i < self->runs->len; i++)
    {
      g_autofree char *title = dup_run_title (g_ptr_array_index (self->runs, i));

      gtk_string_list_append (titles, title);
      if (g_ptr_array_index (self->runs, i) == get_run (self))
        selected = i;
    }
  row = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Run"));
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (row), TRUE);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (run_chosen_cb), self, G_CONNECT_SWAPPED);

  return row;
}

static void
add_summary (ProbityAnnualReviewPage *self)
{
  ProbityValues       *run = get_run (self);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget           *row = new_run_row (self);
  const guint          n_calls = get_number (run, "calls");
  const guint          n_outstanding = get_number (run, "outstanding");
  g_autofree char     *at = probity_format_instant (probity_values_get (run, "at"));
  /* Translators: how many returns are in, and of how many. */
  g_autofree char *counted = g_strdup_printf (_ ("%u of %u in"), n_calls - n_outstanding, n_calls);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s%s%s", counted, probity_values_get (run, "who"), at, is_running (self) ? "" : " · ", is_running (self) ? "" : _ ("ended"));

  adw_preferences_group_set_description (group, subtitle);
  adw_preferences_group_set_title (group, get_run (self) == g_ptr_array_index (self->runs, 0) ? _ ("Newest Run") : _ ("Earlier Run"));
  adw_preferences_group_add (group, row);
  adw_preferences_page_add (self->body, group);
  g_ptr_array_add (self->groups, group);
}

static void
update_actions (ProbityAnnualReviewPage *self)
{
  ProbitySession *session = get_session (self);
  const gboolean  running = is_running (self);
  const gboolean  takes = probity_access_may (session, PROBITY_OPERATION_REVIEW);
  const gboolean  runs = probity_access_may (session, PROBITY_OPERATION_RUN_REVIEW);
  gboolean        outstanding = FALSE, leavers = FALSE;
  GtkWidget      *widget = GTK_WIDGET (self);

  for (guint i = 0; self->calls != NULL && i < self->calls->len; i++)
    {
      ProbityValues *call = g_ptr_array_index (self->calls, i);

      outstanding = outstanding || is_outstanding (call);
      leavers = leavers || (is_outstanding (call) && g_str_equal (probity_values_get (call, "leaver"), "true"));
    }
  gtk_widget_action_set_enabled (widget, "review.take-file", takes);
  gtk_widget_action_set_enabled (widget, "review.print", takes && running && outstanding);
  gtk_widget_action_set_enabled (widget, "review.chase", takes && running && outstanding);
  gtk_widget_action_set_enabled (widget, "review.check-complaints", running && probity_access_may (session, PROBITY_OPERATION_CHECK_COMPLAINTS));
  gtk_widget_action_set_enabled (widget, "review.check-intelligence", running && probity_access_may (session, PROBITY_OPERATION_CHECK_INTELLIGENCE));
  gtk_widget_action_set_enabled (widget, "review.leavers", runs && running && leavers);
  gtk_widget_action_set_enabled (widget, "review.end", runs && running && !outstanding);
  gtk_widget_set_visible (self->begin_button, runs);
}

static void
show_nothing (ProbityAnnualReviewPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "x-office-calendar-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("No Annual Review Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _ ("Every registered second job is reviewed each year. The head of HR begins a run, which calls for all returns that are due; they are taken, chased and checked here."));
  probity_page_set_content (PROBITY_PAGE (self), status);
}

static void
show_calls (ProbityAnnualReviewPage *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->body, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  add_summary (self);
  add_group (self, _ ("Outstanding"), TRUE);
  add_group (self, _ ("In"), FALSE);
}

static void
calls_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  self->calls = g_value_dup_boxed (value);
  show_calls (self);
  update_actions (self);
  probity_page_set_content (PROBITY_PAGE (self), GTK_WIDGET (self->body));
}

static void
runs_loaded_cb (gpointer      object,
                const GValue *value,
                const GError *error)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  self->runs = g_value_dup_boxed (value);
  if (get_run (self) == NULL)
    {
      update_actions (self);
      show_nothing (self);
      return;
    }
  probity_reply (probity_annual_review_load (get_session (self), get_run_number (self)), self, calls_loaded_cb);
}

static void
load (ProbityAnnualReviewPage *self)
{
  probity_reply (probity_annual_review_load_runs (get_session (self)), self, runs_loaded_cb);
}

static void
probity_annual_review_page_refresh (ProbityPage *page)
{
  load (PROBITY_ANNUAL_REVIEW_PAGE (page));
}

/* --- Steps --- */

static void
present (ProbityAnnualReviewPage *self,
         ProbityStepDialog       *dialog)
{
  g_signal_connect_object (dialog, "closed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
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

  of->session = g_object_ref (get_session (self));
  of->run = get_run_number (self);

  return of;
}

static void
of_free (gpointer data)
{
  Of *of = data;

  g_object_unref (of->session);
  g_free (of);
}

static void
turn_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  gboolean                 outstanding;
  guint                    first;

  g_variant_get (parameter, "(bu)", &outstanding, &first);
  self->first[!outstanding] = first;
  show_calls (self);
}

static DexFuture *
begin (ProbityStepDialog *dialog,
       gpointer           data)
{
  return probity_annual_review_begin (data, probity_step_dialog_get_filled (dialog, "from"), probity_step_dialog_get_filled (dialog, "until"));
}

static void
begin_cb (ProbityAnnualReviewPage *self)
{
  ProbityStepDialog *dialog = probity_step_dialog_new (get_session (self), _ ("Begin a Run"), _ ("_Begin"));

  probity_step_dialog_set_note (dialog, _ ("The run calls for the return of every registered job whose review is due in these days: a month, or all until a day."));
  probity_step_dialog_add_row (dialog, "from", probity_day_row_new (), _ ("Due from"), _ ("Whatever is overdue too, where none is given."), FALSE);
  probity_step_dialog_add_row (dialog, "until", probity_day_row_new (), _ ("Due until"), NULL, TRUE);
  probity_step_dialog_set_step (dialog, begin, g_object_ref (get_session (self)), g_object_unref);
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
  ProbityStepDialog       *dialog = probity_step_dialog_new (get_session (self), _ ("Chase What Is Outstanding"), _ ("_Record"));

  probity_step_dialog_set_note (dialog, _ ("Recorded with its day on every case whose return is outstanding."));
  probity_step_dialog_add_text (dialog, "how", _ ("How"), _ ("By e-mail, by letter, through the line manager, …"), 1, TRUE);
  probity_step_dialog_set_step (dialog, chase, of_new (self), of_free);
  present (self, dialog);
}

typedef struct
{
  ProbitySession *session;
  char           *reference;
} Lapse;

static void
lapse_free (gpointer data)
{
  Lapse *lapse = data;

  g_object_unref (lapse->session);
  g_free (lapse->reference);
  g_free (lapse);
}

static DexFuture *
lapse (ProbityStepDialog *dialog,
       gpointer           data)
{
  Lapse *step = data;

  return probity_annual_review_lapse (step->session, step->reference, probity_step_dialog_get_filled (dialog, "reason"));
}

static void
lapse_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  ProbityStepDialog       *dialog = probity_step_dialog_new (get_session (self), _ ("Confirm a Lapse"), _ ("_Lapse"));
  Lapse                   *step = g_new0 (Lapse, 1);

  step->session = g_object_ref (get_session (self));
  step->reference = g_variant_dup_string (parameter, NULL);
  probity_step_dialog_set_note (dialog, _ ("The approval ends because no return was made. It never ends by itself."));
  probity_step_dialog_set_destructive (dialog);
  probity_step_dialog_add_text (dialog, "reason", _ ("Reason"), NULL, 2, TRUE);
  probity_step_dialog_set_step (dialog, lapse, step, lapse_free);
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
  ProbityStepDialog       *dialog = probity_step_dialog_new (get_session (self), _ ("End the Run"), _ ("_End"));

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
  text = g_strdup_printf (_ ("%u searched, %u without a hit published, %u left to another checker."), get_number (values, "searched"), get_number (values, "published"), get_number (values, "skipped"));
  body = with_hits != NULL && *with_hits != '\0' ? g_strdup_printf ("%s\n\n%s\n%s", text, _ ("With a hit, to be looked at one by one:"), with_hits) : g_strdup (text);
  probity_alert (GTK_WIDGET (self), _ ("Checks Made"), body);
  load (self);
}

static void
check_asked_cb (ProbityAnnualReviewPage *self,
                ProbityStepDialog       *dialog)
{
  const ProbityCheckKind kind = (ProbityCheckKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "kind"));
  const guint            run = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "run"));

  gtk_widget_set_sensitive (self->menu_button, FALSE);
  probity_toast (GTK_WIDGET (self), _ ("Checking everybody whom the run called for…"));
  probity_reply (probity_annual_review_check (get_session (self), run, kind, probity_annual_review_check_dialog_get_searched (dialog)), self, checked_cb);
}

static void
check_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  const ProbityCheckKind   kind = g_str_equal (name, "review.check-complaints") ? PROBITY_CHECK_COMPLAINTS : PROBITY_CHECK_INTELLIGENCE;
  ProbityStepDialog       *dialog = probity_annual_review_check_dialog_new (get_session (self), kind);

  g_object_set_data (G_OBJECT (dialog), "kind", GINT_TO_POINTER (kind));
  g_object_set_data (G_OBJECT (dialog), "run", GUINT_TO_POINTER (get_run_number (self)));
  g_signal_connect_object (dialog, "taken", G_CALLBACK (check_asked_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), widget);
}

static void
leavers_ceased_cb (gpointer      object,
                   const GValue *value,
                   const GError *error)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);
  g_autofree char         *text = NULL;
  guint                    n_ceased;

  if (error != NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }
  n_ceased = get_number (g_value_get_boxed (value), "ceased");
  text = g_strdup_printf (ngettext ("%u job has ceased", "%u jobs have ceased", n_ceased), n_ceased);
  probity_toast (GTK_WIDGET (self), text);
  load (self);
}

static void
leavers_answered_cb (AdwAlertDialog          *dialog,
                     const char              *response,
                     ProbityAnnualReviewPage *self)
{
  if (g_str_equal (response, "cease"))
    probity_reply (probity_annual_review_cease_leavers (get_session (self), get_run_number (self)), self, leavers_ceased_cb);
}

static void
leavers_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Cease the Jobs of Those Who Left?"), _ ("The staff list says that they have left the force. Their jobs stay on record as ceased."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "cease", _ ("_Cease"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "cease", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (leavers_answered_cb), widget, G_CONNECT_DEFAULT);
  adw_dialog_present (dialog, widget);
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
      probity_alert (GTK_WIDGET (self), _ ("Nothing Was Taken"), error->message);
      return;
    }
  if (probity_values_get (values, "problems") != NULL)
    {
      probity_alert (GTK_WIDGET (self), _ ("Nothing Was Taken"), probity_values_get (values, "problems"));
      return;
    }
  n_taken = get_number (values, "taken");
  text = g_strdup_printf (ngettext ("%u return taken", "%u returns taken", n_taken), n_taken);
  probity_toast (GTK_WIDGET (self), text);
  load (self);
}

static void
file_chosen_cb (gpointer    widget,
                const char *path)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &error);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = g_path_get_basename (path);

  if (file == NULL)
    {
      probity_toast_error (GTK_WIDGET (self), error);
      return;
    }
  bytes = g_bytes_new (g_mapped_file_get_contents (file), g_mapped_file_get_length (file));
  probity_reply (probity_annual_review_take_file (get_session (self), bytes, name), self, taken_cb);
}

static void
take_file_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  probity_choose_path (widget, PROBITY_CHOOSE_FILE, _ ("Take Returns From a File"), NULL, file_chosen_cb);
}

static void
print_written_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (ProbityAnnualReviewPage) self = data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (object), result, NULL, &error))
    probity_toast (GTK_WIDGET (self), _ ("Returns saved"));
  else
    probity_toast_error (GTK_WIDGET (self), error);
}

static void
print_chosen_cb (gpointer    widget,
                 const char *path)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (self->printed != NULL)
    g_file_replace_contents_bytes_async (file, self->printed, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, print_written_cb, g_object_ref (self));
  g_clear_pointer (&self->printed, g_bytes_unref);
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
  g_clear_pointer (&self->printed, g_bytes_unref);
  self->printed = g_value_dup_boxed (value);
  probity_choose_path (GTK_WIDGET (self), PROBITY_CHOOSE_NEW_FILE, _ ("Save the Returns"), "annual-returns.pdf", print_chosen_cb);
}

static void
print_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (widget);

  probity_reply (probity_annual_review_print (get_session (self), get_run_number (self)), self, printed_cb);
}

/* --- The page --- */

static void
probity_annual_review_page_dispose (GObject *object)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);

  g_clear_object (&self->body);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);
  g_clear_pointer (&self->printed, g_bytes_unref);

  G_OBJECT_CLASS (probity_annual_review_page_parent_class)->dispose (object);
}

static void
probity_annual_review_page_finalize (GObject *object)
{
  g_clear_pointer (&PROBITY_ANNUAL_REVIEW_PAGE (object)->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_annual_review_page_parent_class)->finalize (object);
}

static void
probity_annual_review_page_class_init (ProbityAnnualReviewPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass   *widget_class = GTK_WIDGET_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_annual_review_page_dispose;
  object_class->finalize = probity_annual_review_page_finalize;
  page_class->refresh = probity_annual_review_page_refresh;

  gtk_widget_class_install_action (widget_class, "review.take-file", NULL, take_file_cb);
  gtk_widget_class_install_action (widget_class, "review.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "review.chase", NULL, chase_cb);
  gtk_widget_class_install_action (widget_class, "review.check-complaints", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "review.check-intelligence", NULL, check_cb);
  gtk_widget_class_install_action (widget_class, "review.lapse", "s", lapse_cb);
  gtk_widget_class_install_action (widget_class, "review.turn", "(bu)", turn_cb);
  gtk_widget_class_install_action (widget_class, "review.leavers", NULL, leavers_cb);
  gtk_widget_class_install_action (widget_class, "review.end", NULL, end_cb);
}

static void
add_item (GMenu      *menu,
          const char *label,
          const char *action)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, action);

  g_menu_item_set_attribute (item, "hidden-when", "s", "action-disabled");
  g_menu_append_item (menu, item);
}

static void
probity_annual_review_page_init (ProbityAnnualReviewPage *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  add_item (menu, _ ("_Take Returns From a File…"), "review.take-file");
  add_item (menu, _ ("_Print Returns…"), "review.print");
  add_item (menu, _ ("_Chase What Is Outstanding…"), "review.chase");
  add_item (menu, _ ("C_omplaints Check of All…"), "review.check-complaints");
  add_item (menu, _ ("_Intelligence Check of All…"), "review.check-intelligence");
  add_item (menu, _ ("Cease Jobs of _Leavers…"), "review.leavers");
  add_item (menu, _ ("_End the Run…"), "review.end");

  self->groups = g_ptr_array_new ();
  self->body = g_object_ref_sink (ADW_PREFERENCES_PAGE (adw_preferences_page_new ()));
  self->begin_button = gtk_button_new_with_mnemonic (_ ("_Begin a Run…"));
  gtk_widget_set_visible (self->begin_button, FALSE);
  g_signal_connect_object (self->begin_button, "clicked", G_CALLBACK (begin_cb), self, G_CONNECT_SWAPPED);
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (self->menu_button, _ ("More Steps"));
  probity_page_pack_end (PROBITY_PAGE (self), self->menu_button);
  probity_page_pack_end (PROBITY_PAGE (self), self->begin_button);
}

/** probity_annual_review_page_new: (transfer floating) */
AdwNavigationPage *
probity_annual_review_page_new (ProbitySession *session)
{
  ProbityAnnualReviewPage *self = g_object_new (PROBITY_TYPE_ANNUAL_REVIEW_PAGE, "session", session, "title", _ ("Annual Review"), NULL);

  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { "review-run", "second-job", NULL });
  probity_page_show_loading (PROBITY_PAGE (self));
  update_actions (self);
  load (self);

  return ADW_NAVIGATION_PAGE (self);
}
