/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-everything-page.h"

#include <glib/gi18n.h>

#include "probity-case-words.h"
#include "probity-everything.h"
#include "probity-format.h"
#include "probity-labels.h"
#include "probity-record-page.h"
#include "probity-reply.h"

/* Older events are told by the cases themselves. */
#define MOST_EVENTS 150

struct _ProbityEverythingPage
{
  ProbityPage parent_instance;

  char               *person;
  AdwPreferencesPage *body;
  GPtrArray          *groups;
};

G_DEFINE_FINAL_TYPE (ProbityEverythingPage, probity_everything_page, PROBITY_TYPE_PAGE)

/* In the order of the page. What is about the person stands by its kind, the rest by how it came here. */
static const struct
{
  const char *how;  /* NULL: applicant, subject or eliminated */
  const char *kind; /* NULL: any */
  const char *title;
  const char *description;
} parts[] = {
  { NULL, "second-job", N_ ("Second Jobs"), NULL },
  { NULL, "conduct-investigation", N_ ("Conduct Investigations"), NULL },
  { NULL, "leak-investigation", N_ ("Leak Investigations"), NULL },
  { NULL, "complaint", N_ ("Complaints"), NULL },
  { NULL, "intelligence-report", N_ ("Intelligence"), NULL },
  { "related", NULL, N_ ("Relations"), NULL },
  { "linked", NULL, N_ ("Links"), NULL },
  { "likely", NULL, N_ ("Likely"), N_ ("Records that name somebody alike. They may be about another person.") },
  { "mentioned", NULL, N_ ("Mentioned"), N_ ("Records whose words have this name") },
};

static gboolean
belongs (const ProbityEverythingItem *item,
         guint                        part)
{
  static const char *const own[] = { "applicant", "subject", "eliminated", NULL };

  if (parts[part].how != NULL)
    return g_str_equal (parts[part].how, item->how);

  return g_strv_contains (own, item->how) && g_str_equal (parts[part].kind, item->kind);
}

static AdwPreferencesGroup *
add_group (ProbityEverythingPage *self,
           const char            *title,
           const char            *description)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  if (title != NULL)
    adw_preferences_group_set_title (group, title);
  adw_preferences_group_set_description (group, description);
  adw_preferences_page_add (self->body, group);
  g_ptr_array_add (self->groups, group);
  return group;
}

static void
clear (ProbityEverythingPage *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->body, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
}

static char *
join_words (GPtrArray *words)
{
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (GStrv) words->pdata);
}

/* A stage or the type of a link is the program's word; all else stands as it was written. */
static char *
dup_detail (const ProbityEverythingItem *item)
{
  if (item->detail == NULL || *item->detail == '\0')
    return NULL;
  if (g_str_equal (item->how, "linked"))
    return g_strdup (probity_case_words_for_link (item->detail, TRUE));
  if (g_str_equal (item->how, "applicant") || g_str_has_suffix (item->kind, "-investigation"))
    return g_strdup (probity_label_for_value (item->detail));
  return probity_label_dup_text (item->detail);
}

static GtkWidget *
new_item_row (const ProbityEverythingItem *item)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char      *title = item->title != NULL && *item->title != '\0' ? item->title : item->reference;
  g_autofree char *detail = dup_detail (item);
  g_autofree char *subtitle = NULL;
  g_autofree char *text = probity_label_dup_text (title);
  GtkWidget       *row;

  if (item->reference != NULL && item->reference != title)
    g_ptr_array_add (words, g_strdup (item->reference));
  if (g_str_equal (item->how, "linked") || g_str_equal (item->how, "likely") || g_str_equal (item->how, "mentioned"))
    g_ptr_array_add (words, g_strdup (probity_label_for_kind (item->kind)));
  if (item->day != NULL)
    g_ptr_array_add (words, probity_format_day (item->day));
  if (g_str_equal (item->how, "eliminated"))
    g_ptr_array_add (words, g_strdup (_ ("Eliminated")));
  if (detail != NULL)
    g_ptr_array_add (words, g_strdup (detail));
  subtitle = join_words (words);
  row = probity_link_row_new (text, subtitle, item->kind, item->uid);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

static GtkWidget *
new_event_row (const ProbityEverythingEvent *event)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = probity_case_words_dup_event (event->what);
  g_autofree char *text = probity_case_words_dup_event_text (event->what, event->text);
  g_autofree char *subtitle = NULL;
  GtkWidget       *row;

  g_ptr_array_add (words, strlen (event->at) > 10 ? probity_format_instant (event->at) : probity_format_day (event->at));
  if (event->reference != NULL)
    g_ptr_array_add (words, g_strdup (event->reference));
  if (event->who != NULL)
    g_ptr_array_add (words, g_strdup (event->who));
  if (text != NULL)
    g_ptr_array_add (words, g_strdup (text));
  subtitle = join_words (words);
  row = probity_link_row_new (title, subtitle, event->kind, event->uid);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  return row;
}

static void
add_note (AdwPreferencesGroup *group,
          const char          *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text);
  gtk_widget_add_css_class (row, "dimmed");
  adw_preferences_group_add (group, row);
}

static void
show_person (ProbityEverythingPage *self,
             ProbityRecord         *person)
{
  const char *name = probity_record_get (person, "name");
  const char *number = probity_record_get (person, "staff_number");
  const char *rank = probity_record_get (person, "rank");
  const char *unit = probity_record_get (person, "unit");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (name == NULL || *name == '\0')
    name = number;
  /* Translators: the title of a page; %s is a person’s name */
  title = g_strdup_printf (_ ("Everything about %s"), name);
  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  probity_page_set_subtitle (PROBITY_PAGE (self), number);

  g_ptr_array_add (words, g_strdup (number));
  if (rank != NULL)
    g_ptr_array_add (words, g_strdup (rank));
  if (unit != NULL)
    g_ptr_array_add (words, g_strdup (unit));
  subtitle = join_words (words);
  adw_preferences_group_add (add_group (self, NULL, NULL), probity_link_row_new (name, subtitle, "person", probity_record_get_uid (person)));
}

static void
show_events (ProbityEverythingPage *self,
             GPtrArray             *events)
{
  AdwPreferencesGroup *group;
  guint                n_shown = MIN (events->len, MOST_EVENTS);

  if (events->len == 0)
    return;
  group = add_group (self, _ ("Timeline"), _ ("What happened in these records, newest first"));
  for (guint i = 0; i < n_shown; i++)
    adw_preferences_group_add (group, new_event_row (g_ptr_array_index (events, events->len - 1 - i)));
  if (events->len > n_shown)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", events->len - n_shown), events->len - n_shown);

      add_note (group, text);
    }
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityEverythingPage *self = PROBITY_EVERYTHING_PAGE (object);
  ProbityEverything     *everything;

  if (error != NULL)
    {
      probity_page_show_error (PROBITY_PAGE (self), error);
      return;
    }
  everything = g_value_get_boxed (value);
  clear (self);
  show_person (self, everything->person);
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      AdwPreferencesGroup *group = NULL;

      for (guint i = 0; i < everything->items->len; i++)
        {
          const ProbityEverythingItem *item = g_ptr_array_index (everything->items, i);

          if (!belongs (item, p))
            continue;
          if (group == NULL)
            group = add_group (self, _ (parts[p].title), parts[p].description != NULL ? _ (parts[p].description) : NULL);
          adw_preferences_group_add (group, new_item_row (item));
        }
    }
  if (everything->items->len == 0)
    add_note (add_group (self, NULL, NULL), _ ("Nothing is recorded about this person that you can see."));
  show_events (self, everything->events);
  probity_page_set_content (PROBITY_PAGE (self), GTK_WIDGET (self->body));
}

static void
load (ProbityEverythingPage *self)
{
  probity_reply (probity_everything_load (probity_page_get_session (PROBITY_PAGE (self)), self->person, probity_page_get_visit (PROBITY_PAGE (self))), self, loaded_cb);
}

static void
probity_everything_page_refresh (ProbityPage *page)
{
  load (PROBITY_EVERYTHING_PAGE (page));
}

static void
probity_everything_page_dispose (GObject *object)
{
  g_clear_object (&PROBITY_EVERYTHING_PAGE (object)->body);

  G_OBJECT_CLASS (probity_everything_page_parent_class)->dispose (object);
}

static void
probity_everything_page_finalize (GObject *object)
{
  ProbityEverythingPage *self = PROBITY_EVERYTHING_PAGE (object);

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->person, g_free);

  G_OBJECT_CLASS (probity_everything_page_parent_class)->finalize (object);
}

static void
probity_everything_page_class_init (ProbityEverythingPageClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  ProbityPageClass *page_class = PROBITY_PAGE_CLASS (klass);

  object_class->dispose = probity_everything_page_dispose;
  object_class->finalize = probity_everything_page_finalize;
  page_class->refresh = probity_everything_page_refresh;
}

static void
probity_everything_page_init (ProbityEverythingPage *self)
{
  self->groups = g_ptr_array_new ();
  self->body = g_object_ref_sink (ADW_PREFERENCES_PAGE (adw_preferences_page_new ()));
}

/** probity_everything_page_new: (transfer floating): about the person with @uid, which may be a staff number. */
AdwNavigationPage *
probity_everything_page_new (ProbitySession *session,
                             const char     *uid)
{
  ProbityEverythingPage *self = g_object_new (PROBITY_TYPE_EVERYTHING_PAGE, "session", session, "title", _ ("Everything"), NULL);

  self->person = g_strdup (uid);
  probity_page_watch (PROBITY_PAGE (self), (const char *const[]) { "person", "relation", "second-job", "conduct-investigation", "leak-investigation", "complaint", "intelligence-report", NULL });
  probity_page_show_loading (PROBITY_PAGE (self));
  load (self);
  return ADW_NAVIGATION_PAGE (self);
}
