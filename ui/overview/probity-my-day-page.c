/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-my-day-page.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-overview.h"
#include "probity-reply.h"
#include "probity-sealed-answer-dialog.h"
#include "probity-toast.h"

struct _ProbityMyDayPage
{
  ProbityPage parent_instance;

  AdwPreferencesPage *body;
  GPtrArray          *groups;
  guint               day_id;
};

G_DEFINE_FINAL_TYPE (ProbityMyDayPage, probity_my_day_page, PROBITY_TYPE_PAGE)

static const struct
{
  const char *group;
  const char *title;
} group_titles[] = {
  { "overdue", N_ ("Overdue") },
  { "today", N_ ("Today") },
  { "waiting", N_ ("Waiting for You") },
  { "new", N_ ("New") },
  { "sealed", N_ ("Sealed Cases") },
  { "refused", N_ ("Refused Attempts") },
};

/* What is to be done, and the word on the button that does it. */
static const struct
{
  const char *what;
  const char *title;
  const char *button;
} steps[] = {
  { "comment", N_ ("Comment"), N_ ("Comment") },
  { "check-complaints", N_ ("Complaints check"), N_ ("Check") },
  { "check-intelligence", N_ ("Intelligence check"), N_ ("Check") },
  { "view", N_ ("Professional standards’ view"), N_ ("Give View") },
  { "decide", N_ ("Decision"), N_ ("Decide") },
  { "letter", N_ ("Decision letter"), N_ ("Print") },
  { "letter-served", N_ ("Letter to be served"), N_ ("Record") },
  { "seal-appeal", N_ ("Reasons for the chief officer"), N_ ("Seal") },
  { "decide-appeal", N_ ("Appeal"), N_ ("Decide") },
  { "await-reasons", N_ ("Appeal, once professional standards have sealed the reasons to you"), N_ ("Look") },
  { "condition-due", N_ ("Condition to be reviewed"), N_ ("Review") },
  { "condition-not-kept", N_ ("Condition not kept"), N_ ("Answer") },
  { "watch", N_ ("Watch list"), N_ ("Look") },
  { "review-due", N_ ("Annual review"), N_ ("Review") },
  { "review", N_ ("Annual review"), N_ ("Review") },
  { "recheck", N_ ("Re-check"), N_ ("Check") },
  { "sanitise", N_ ("To be sanitised"), N_ ("Sanitise") },
  { "approve-sanitised", N_ ("Sanitised text to be approved"), N_ ("Look") },
  { "action", N_ ("Action"), N_ ("Open") },
  { "assessment", N_ ("Public-interest assessment"), N_ ("Assess") },
  { "close", N_ ("Closing decision"), N_ ("Decide") },
  { "refused-attempt", N_ ("Refused attempt"), NULL },
  { "grant", N_ ("Keys to be granted"), N_ ("Grant") },
  { "sealed-check", N_ ("Pending check, to be held against sealed cases"), NULL },
  { "sealed-case", N_ ("Sealed case"), N_ ("Open") },
  { "facts", N_ ("Missing facts"), N_ ("Look") },
  { "report-review", N_ ("Report to be reviewed"), N_ ("Look") },
  { "notice-review", N_ ("Withheld notice to be looked at again"), N_ ("Look") },
  { "statutory-report", N_ ("Statutory report"), N_ ("Look") },
  { "stage-over", N_ ("Stage takes longer than planned"), N_ ("Look") },
};

static const char *
get_step_title (const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].what, what) == 0)
      return _ (steps[i].title);
  return probity_label_for_value (what);
}

static const char *
get_step_button (const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_strcmp0 (steps[i].what, what) == 0)
      return steps[i].button != NULL ? _ (steps[i].button) : NULL;
  return NULL;
}

static char *
dup_title (ProbityDayItem *item)
{
  if (item->reference != NULL)
    return g_strdup_printf ("%s · %s", get_step_title (item->what), item->reference);
  return g_strdup (get_step_title (item->what));
}

static char *
dup_subtitle (ProbityDayItem *item)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (item->subject != NULL && *item->subject != '\0')
    g_ptr_array_add (parts, probity_label_dup_text (item->subject));
  if (item->due != NULL)
    {
      g_autofree char *day = probity_format_day (item->due);

      /* Translators: %s is a day */
      g_ptr_array_add (parts, g_strdup_printf (_ ("due %s"), day));
    }
  if (item->why != NULL && *item->why != '\0')
    g_ptr_array_add (parts, g_strdup (probity_label_for_value (item->why)));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
marked_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  if (error != NULL)
    probity_toast_error (GTK_WIDGET (object), error);
}

static void
seen_clicked_cb (GtkButton *button,
                 gpointer   data)
{
  GtkWidget  *page = gtk_widget_get_ancestor (GTK_WIDGET (button), PROBITY_TYPE_MY_DAY_PAGE);
  const char *seq = g_object_get_data (G_OBJECT (button), "seq");

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  /* The page reads again what is left when the mark is committed. */
  probity_reply (probity_access_mark_refusal_seen (probity_page_get_session (PROBITY_PAGE (page)), g_ascii_strtoll (seq, NULL, 10)), page, marked_cb);
}

static void
answer_clicked_cb (GtkButton *button,
                   gpointer   data)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), PROBITY_TYPE_MY_DAY_PAGE);

  probity_sealed_answer_dialog_open (page, probity_page_get_session (PROBITY_PAGE (page)), g_object_get_data (G_OBJECT (button), "reference"));
}

static GtkWidget *
new_answer_button (ProbityDayItem *item)
{
  GtkWidget       *button = gtk_button_new_with_mnemonic (_ ("_Answer…"));
  g_autofree char *title = dup_title (item);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* Several rows have one: which it is has to be heard too. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
  g_object_set_data_full (G_OBJECT (button), "reference", g_strdup (item->reference), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (answer_clicked_cb), NULL);

  return button;
}

static void
answer_several_clicked_cb (GtkButton *button,
                           gpointer   data)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (button), PROBITY_TYPE_MY_DAY_PAGE);

  adw_dialog_present (probity_sealed_answer_dialog_new_for_several (probity_page_get_session (PROBITY_PAGE (page)), g_object_get_data (G_OBJECT (button), "references")), page);
}

/* Most pending checks are about nobody whom a sealed case names: one answer for all of them. (nullable) */
static GtkWidget *
new_answer_several_button (GPtrArray *items)
{
  g_autoptr (GStrvBuilder) references = g_strv_builder_new ();
  GtkWidget *button;
  guint      n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      ProbityDayItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->what, "sealed-check") && g_strcmp0 (item->why, "sealed-not-named") == 0 && item->reference != NULL)
        {
          g_strv_builder_add (references, item->reference);
          n++;
        }
    }
  if (n < 2)
    return NULL;

  button = gtk_button_new_with_mnemonic (_ ("Answer for _Others…"));
  gtk_widget_set_tooltip_text (button, _ ("Answer for Everybody Whom No Sealed Case of Yours Names"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "references", g_strv_builder_end (references), (GDestroyNotify) g_strfreev);
  g_signal_connect (button, "clicked", G_CALLBACK (answer_several_clicked_cb), NULL);

  return button;
}

static GtkWidget *
new_item_row (ProbityDayItem *item)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *title = dup_title (item);
  g_autofree char *subtitle = dup_subtitle (item);
  const char      *button_label = get_step_button (item->what);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (g_strcmp0 (item->kind, "account") == 0)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.section");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", "accounts");
    }
  else if (item->kind != NULL && item->uid != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", item->kind, item->uid);
    }
  if (g_str_equal (item->what, "refused-attempt") && item->uid != NULL)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("object-select-symbolic");

      gtk_widget_set_tooltip_text (button, _ ("Mark as Seen"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data_full (G_OBJECT (button), "seq", g_strdup (item->uid), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (seen_clicked_cb), NULL);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  if (g_str_equal (item->what, "sealed-check") && item->reference != NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_answer_button (item));
  if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)))
    {
      if (button_label != NULL)
        {
          GtkWidget *label = gtk_label_new (button_label);

          gtk_widget_add_css_class (label, "dimmed");
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
        }
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
    }
  return row;
}

static void
clear (ProbityMyDayPage *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->body, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
}

static void
show_nothing (ProbityMyDayPage *self)
{
  GtkWidget *status = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (status), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("Nothing Waits for You"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _ ("What is due, overdue or needs your decision is listed here."));
  probity_page_set_content (PROBITY_PAGE (self), status);
}

static void
items_loaded_cb (gpointer      object,
                 const GValue *value,
                 const GError *error)
{
  ProbityMyDayPage *self = PROBITY_MY_DAY_PAGE (object);
  GPtrArray        *items;

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  items = g_value_get_boxed (value);
  clear (self);
  if (items->len == 0)
    {
      show_nothing (self);
      return;
    }
  for (guint g = 0; g < G_N_ELEMENTS (group_titles); g++)
    {
      AdwPreferencesGroup *group = NULL;

      for (guint i = 0; i < items->len; i++)
        {
          ProbityDayItem *item = g_ptr_array_index (items, i);

          if (g_strcmp0 (item->group, group_titles[g].group) != 0)
            continue;
          if (group == NULL)
            {
              group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
              adw_preferences_group_set_title (group, _ (group_titles[g].title));
              if (g_str_equal (group_titles[g].group, "sealed"))
                adw_preferences_group_set_header_suffix (group, new_answer_several_button (items));
              adw_preferences_page_add (self->body, group);
              g_ptr_array_add (self->groups, group);
            }
          adw_preferences_group_add (group, new_item_row (item));
        }
    }
  probity_page_set_content (PROBITY_PAGE (self), GTK_WIDGET (self->body));
}

static void
load (ProbityMyDayPage *self)
{
  probity_reply (probity_my_day (probity_page_get_session (PROBITY_PAGE (self))), self, items_loaded_cb);
}

static void
probity_my_day_page_refresh (ProbityPage *page)
{
  load (PROBITY_MY_DAY_PAGE (page));
}

static gboolean
next_hour_cb (gpointer data)
{
  load (PROBITY_MY_DAY_PAGE (data));
  return G_SOURCE_CONTINUE;
}

static void
probity_my_day_page_dispose (GObject *object)
{
  ProbityMyDayPage *self = PROBITY_MY_DAY_PAGE (object);

  g_clear_handle_id (&self->day_id, g_source_remove);
  g_clear_object (&self->body);

  G_OBJECT_CLASS (probity_my_day_page_parent_class)->dispose (object);
}

static void
probity_my_day_page_finalize (GObject *object)
{
  g_clear_pointer (&PROBITY_MY_DAY_PAGE (object)->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (probity_my_day_page_parent_class)->finalize (object);
}

static void
probity_my_day_page_class_init (ProbityMyDayPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_my_day_page_dispose;
  object_class->finalize = probity_my_day_page_finalize;
  page_class->refresh = probity_my_day_page_refresh;
}

static void
probity_my_day_page_init (ProbityMyDayPage *self)
{
  self->groups = g_ptr_array_new ();
  self->body = g_object_ref_sink (ADW_PREFERENCES_PAGE (adw_preferences_page_new ()));
  /* Something becomes due when the day changes, without anybody saving anything. */
  self->day_id = g_timeout_add_seconds (3600, next_hour_cb, self);
}

/** probity_my_day_page_new: (transfer floating) */
AdwNavigationPage *
probity_my_day_page_new (ProbitySession *session)
{
  ProbityMyDayPage *self = g_object_new (PROBITY_TYPE_MY_DAY_PAGE, "session", session, "title", _ ("My Day"), NULL);

  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { "second-job", "conduct-investigation", "leak-investigation", "complaint", "intelligence-report", "check", "person", "account", "recheck", "refusal", "watch", "sealed-answer", NULL });
  probity_page_show_loading (PROBITY_PAGE (self));
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}
