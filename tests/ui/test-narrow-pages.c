/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "narrow.h"
#include "probity-application.h"
#include "probity-list-page.h"
#include "probity-screen-page.h"
#include "probity-sections.h"

/* Every page fits into a window of 360 pixels with text at 200 %. */

static Force              *force;
static ProbityApplication *application;

static void
take (gpointer    page,
      const char *name)
{
  narrow_take_page (GTK_APPLICATION (application), page, name);
}

static void
take_sections (ProbitySession *session)
{
  guint                 n_sections;
  const ProbitySection *sections = probity_sections_get (&n_sections);

  for (guint i = 0; i < n_sections; i++)
    if (probity_section_is_open_to (&sections[i], session))
      take (sections[i].list != NULL ? probity_list_page_new (session, sections[i].list) : sections[i].create (session), sections[i].name);
  narrow_finish ();
}

static void
test_sections (void)
{
  ProbitySession *sessions[] = { force->head, force->acu, force->decider };

  g_test_summary ("Every entry of the sidebar fits, as those see it who have most of them");

  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    take_sections (sessions[i]);
}

static void
test_records (void)
{
  static const struct
  {
    const char *kind;
    const char *list;
  } records[] = {
    { "second-job", "second-jobs" },
    { "leak-investigation", "leaks" },
    { "exposure", "leaks" },
    { "conduct-investigation", "conduct" },
    { "person", "people" },
    { "complaint", "complaints" },
    { "intelligence-report", "intelligence" },
  };

  g_test_summary ("The page of every kind of record fits, and what is made of them: everything about a person, the chart of links");

  for (guint i = 0; i < G_N_ELEMENTS (records); i++)
    {
      g_autoptr (ProbityListQuery) query = probity_list_query_new (probity_list_kind_find (records[i].list));
      g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (force->acu, query, NULL));
      g_autoptr (GPtrArray) rows = NULL;

      g_assert_cmpuint (ids->len, >, 0);
      rows = wait_for_boxed (probity_list_load_rows (force->acu, probity_list_kind_find (records[i].list), (const gint64 *) (gpointer) ids->data, 1, NULL));
      take (probity_record_view_find (records[i].kind)->create_page (force->acu, ((ProbityListRow *) g_ptr_array_index (rows, 0))->uid), records[i].kind);
    }
  take (probity_record_view_find ("everything")->create_page (force->acu, "4101"), "everything");
  take (probity_record_view_find ("link-chart")->create_page (force->acu, "4101"), "link-chart");
  narrow_finish ();
}

static void
test_screening (void)
{
  ProbityScreenPage *page = PROBITY_SCREEN_PAGE (probity_screen_page_new (force->acu));

  g_test_summary ("What a text names fits, with the way back to the text");

  probity_screen_page_screen (page, "PC Jonathan Applegate, 1001, of Operation Larkspur, told the BBC.");
  take (page, "findings");
  wait_until (g_str_equal (probity_screen_page_get_state (page), "findings"));
  g_assert_true (ui_shows_text (GTK_WIDGET (page), "Newspapers and Broadcasters"));
  narrow_finish ();
}

int
main (int   argc,
      char *argv[])
{
  application = ui_begin (&argc, &argv);
  narrow_init ();
  force = force_new ("derbyshire");
  ui_populate (force);

  g_test_add_func ("/ui/narrow-pages/sections", test_sections);
  g_test_add_func ("/ui/narrow-pages/records", test_records);
  g_test_add_func ("/ui/narrow-pages/screening", test_screening);

  return ui_end (application, force);
}
