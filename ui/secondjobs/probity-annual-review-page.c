/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-page-private.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-annual-review.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-record-page.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* Of each group as many as are read in one go; the rest is turned to. */
#define PAGE_ROWS 100

G_DEFINE_FINAL_TYPE (ProbityAnnualReviewPage, probity_annual_review_page, PROBITY_TYPE_PAGE)

static ProbitySession *
get_session (ProbityAnnualReviewPage *self)
{
  return probity_page_get_session (PROBITY_PAGE (self));
}

guint
probity_annual_review_page_get_number (ProbityValues *values,
                                       const char    *name)
{
  const char *value = probity_values_get (values, name);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : 0;
}

static ProbityValues *
get_run (ProbityAnnualReviewPage *self)
{
  for (guint i = 0; self->runs != NULL && i < self->runs->len; i++)
    if (self->shown == 0 || probity_annual_review_page_get_number (g_ptr_array_index (self->runs, i), "run") == self->shown)
      return g_ptr_array_index (self->runs, i);

  return NULL;
}

guint
probity_annual_review_page_get_run_number (ProbityAnnualReviewPage *self)
{
  ProbityValues *run = get_run (self);

  return run != NULL ? probity_annual_review_page_get_number (run, "run") : 0;
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

gboolean
probity_annual_review_page_is_appealed (ProbityValues *call)
{
  return g_str_equal (probity_values_get (call, "appeal_open"), "true");
}

/* --- Rows --- */

/* Which job it is, and whose. */
char *
probity_annual_review_page_dup_title (ProbityValues *call)
{
  return g_strdup_printf ("%s · %s · %s", probity_values_get (call, "reference"), probity_values_get (call, "name"), probity_values_get (call, "employer"));
}

static GtkWidget *
new_row (ProbityAnnualReviewPage *self,
         ProbityValues           *call)
{
  GtkWidget       *row = adw_action_row_new ();
  const char      *chases = probity_values_get (call, "chases");
  const guint      n_chases = chases != NULL ? (guint) g_ascii_strtoull (chases, NULL, 10) : 0;
  g_autofree char *day = probity_format_day (probity_values_get (call, "due"));
  g_autofree char *title = probity_annual_review_page_dup_title (call);
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
  if (is_outstanding (call) && probity_annual_review_page_is_appealed (call))
    g_string_append_printf (subtitle, " · %s", _ ("an appeal is open, which is decided first"));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle->str);
  if (is_outstanding (call) && !probity_annual_review_page_is_appealed (call) && n_chases > 0 && strcmp (probity_values_get (call, "due"), today) < 0 && is_running (self) && probity_access_may (get_session (self), PROBITY_OPERATION_RUN_REVIEW))
    {
      GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Lapse…"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      /* Several rows have one: which it is has to be heard too. */
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
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

/* What the reader has to look at of @call, in words; NULL for nothing. */
static char *
dup_hits (ProbityValues *call)
{
  const guint      n_complaints = probity_annual_review_page_get_number (call, "complaints_hits");
  const guint      n_reports = probity_annual_review_page_get_number (call, "intelligence_hits");
  g_autofree char *complaints = n_complaints > 0 ? g_strdup_printf (ngettext ("Complaints check: %u hit", "Complaints check: %u hits", n_complaints), n_complaints) : NULL;
  g_autofree char *reports = n_reports > 0 ? g_strdup_printf (ngettext ("Intelligence check: %u hit", "Intelligence check: %u hits", n_reports), n_reports) : NULL;

  if (complaints != NULL && reports != NULL)
    return g_strdup_printf ("%s · %s", complaints, reports);

  return complaints != NULL ? g_steal_pointer (&complaints) : g_steal_pointer (&reports);
}

/* Whom a batch hit is looked at singly: they stand here until their check is published. */
static void
add_hits (ProbityAnnualReviewPage *self)
{
  AdwPreferencesGroup *group = NULL;
  guint                n = 0;

  for (guint i = 0; i < self->calls->len; i++)
    {
      ProbityValues   *call = g_ptr_array_index (self->calls, i);
      g_autofree char *hits = dup_hits (call);
      g_autofree char *title = NULL;
      GtkWidget       *row;

      if (hits == NULL || n++ >= PAGE_ROWS)
        continue;
      if (group == NULL)
        {
          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, _ ("Hits to Assess"));
          adw_preferences_page_add (self->body, group);
          g_ptr_array_add (self->groups, group);
        }
      title = probity_annual_review_page_dup_title (call);
      row = probity_link_row_new (title, hits, "second-job", probity_values_get (call, "uid"));
      adw_preferences_group_add (group, row);
    }
  if (n > PAGE_ROWS)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - PAGE_ROWS), n - PAGE_ROWS);

      adw_preferences_group_set_description (group, more);
    }
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

static void
run_chosen_cb (ProbityAnnualReviewPage *self,
               GParamSpec              *pspec,
               AdwComboRow             *row)
{
  const guint chosen = adw_combo_row_get_selected (row);

  if (chosen >= self->runs->len)
    return;
  /* The newest stays the newest when another run is begun. */
  self->shown = chosen == 0 ? 0 : probity_annual_review_page_get_number (g_ptr_array_index (self->runs, chosen), "run");
  self->first[0] = self->first[1] = 0;
  probity_annual_review_page_load (self);
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
  const guint          n_calls = probity_annual_review_page_get_number (run, "calls");
  const guint          n_outstanding = probity_annual_review_page_get_number (run, "outstanding");
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
      leavers = leavers || (is_outstanding (call) && !probity_annual_review_page_is_appealed (call) && g_str_equal (probity_values_get (call, "leaver"), "true"));
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
  add_hits (self);
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
  probity_reply (probity_annual_review_load (get_session (self), probity_annual_review_page_get_run_number (self)), self, calls_loaded_cb);
}

void
probity_annual_review_page_load (ProbityAnnualReviewPage *self)
{
  probity_reply (probity_annual_review_load_runs (get_session (self)), self, runs_loaded_cb);
}

static void
probity_annual_review_page_refresh (ProbityPage *page)
{
  probity_annual_review_page_load (PROBITY_ANNUAL_REVIEW_PAGE (page));
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

/* --- The page --- */

static void
probity_annual_review_page_dispose (GObject *object)
{
  ProbityAnnualReviewPage *self = PROBITY_ANNUAL_REVIEW_PAGE (object);

  g_clear_object (&self->body);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->calls, g_ptr_array_unref);

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

  probity_annual_review_page_install_steps (widget_class);
  gtk_widget_class_install_action (widget_class, "review.turn", "(bu)", turn_cb);
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
  g_signal_connect_object (self->begin_button, "clicked", G_CALLBACK (probity_annual_review_page_begin), self, G_CONNECT_SWAPPED);
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

  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { "review-run", "second-job", "check", "person", NULL });
  probity_page_show_loading (PROBITY_PAGE (self));
  update_actions (self);
  probity_annual_review_page_load (self);

  return ADW_NAVIGATION_PAGE (self);
}
