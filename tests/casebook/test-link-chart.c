/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "probity-access.h"
#include "probity-conduct.h"
#include "probity-leak.h"
#include "probity-link-chart.h"
#include "probity-link.h"
#include "second-job-fixture.h"

/* The link chart: to two steps, and for each reader their own. */

/* `0 conduct-investigation|1 person|…; about person>…`: kinds of boxes by step, then how many lines. */
static char *
dup_chart (ProbitySession *session,
           const char     *reference)
{
  g_autoptr (ProbityLinkChart) chart = wait_for_boxed (probity_link_chart_load (session, reference, NULL));
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (chart->boxes->len, ==, chart->nodes->len);
  for (guint i = 0; i < chart->nodes->len; i++)
    {
      const ProbityChartNode *node = g_ptr_array_index (chart->nodes, i);

      g_string_append_printf (text, "%s%u %s", i > 0 ? "|" : "", node->step, node->kind);
    }
  g_string_append_printf (text, "; %u", chart->edges->len);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_chart(session, reference, expected)                \
  G_STMT_START                                                    \
  {                                                               \
    g_autofree char *chart_ = dup_chart ((session), (reference)); \
    g_assert_cmpstr (chart_, ==, (expected));                     \
  }                                                               \
  G_STMT_END

/* Rule: a link in a compartment without key, and what leads to a locked record, does not exist. */
static void
test_each_reader_has_their_own (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *conduct = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autofree char *leak = force_investigate (force->acu, &probity_leak_case, "The arrest in the paper", "1002");
  g_autofree char *job = force_submit (force, force->hr, "1001", "The Bell");

  wait_for_success (probity_link_add (force->acu, "conduct", conduct, "leak", leak, "related", "Same paper."));
  assert_chart (force->psd, conduct, "0 conduct-investigation|1 person|2 second-job; 2");
  assert_chart (force->acu, conduct, "0 conduct-investigation|1 leak-investigation|1 person|2 person|2 second-job; 4");
  assert_chart (force->acu, leak, "0 leak-investigation|1 conduct-investigation|1 person|2 person; 3");
  assert_chart (force->hr, "1001", "0 person|1 second-job; 1");
  assert_not_found (probity_link_chart_load (force->psd, leak, NULL));
  assert_not_found (probity_link_chart_load (force->hr, conduct, NULL));
  assert_not_found (probity_link_chart_load (force->other, "1001", NULL));

  /* The case of a relative, and the relative, are not there. */
  force_relate (force, "4001", "1002");
  force_relate (force, "1001", "1002");
  assert_chart (force->psd, conduct, "0 conduct-investigation|1 person|2 second-job; 2");
  assert_chart (force->acu, job, "0 second-job|1 person|2 conduct-investigation|2 person; 3");
}

/* Rule: at most two steps and two hundred boxes; the same again is the same; more is said to be more. */
static void
test_bounds (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *conduct = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autofree char *first = NULL;
  g_autoptr (ProbityLinkChart) chart = NULL;

  for (guint i = 0; i < PROBITY_CHART_MAX_BOXES + 5; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", 7000 + i);

      force_add_person (force, number, "Many", "People", "1980-01-02", NULL);
      wait_for_success (probity_link_add (force->psd, "conduct", conduct, "person", number, "witness", "Saw it."));
    }
  chart = wait_for_boxed (probity_link_chart_load (force->psd, conduct, NULL));
  g_assert_cmpuint (chart->nodes->len, ==, PROBITY_CHART_MAX_BOXES);
  g_assert_true (chart->cut);
  first = dup_chart (force->psd, conduct);
  assert_chart (force->psd, conduct, first);
}

static char *
say (const char *code,
     gboolean    is_kind)
{
  return g_strdup (code);
}

/* Rule: what leaves as a picture is logged as a disclosure before, and that the chart was looked at before it is shown. */
static void
test_export_is_logged (void)
{
  g_autoptr (Force) force = force_new ("generic");
  g_autofree char *conduct = force_investigate (force->psd, &probity_conduct_case, "A loan", "1001");
  g_autoptr (ProbityLinkChart) chart = wait_for_boxed (probity_link_chart_load (force->psd, conduct, NULL));
  ProbityCasebook *casebook = probity_session_get_casebook (force->psd);
  g_autofree char *svg = g_build_filename (force->casebook->base, "chart.svg", NULL);
  g_autofree char *png = g_build_filename (force->casebook->base, "chart.png", NULL);
  g_autofree char *text = NULL;
  g_autofree char *bytes = NULL;
  gsize            length;
  GStatBuf         status;

  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM audit_entry WHERE verb = 'consultation' AND field = 'link-chart'", NULL)), ==, 1);
  wait_for_success (probity_link_chart_export (chart, force->psd, svg, say));
  wait_for_success (probity_link_chart_export (chart, force->psd, png, say));
  g_assert_cmpint (wait_for_int64 (read_int64 (casebook, PROBITY_COMPARTMENT_STANDARDS, "SELECT count (*) FROM audit_entry WHERE verb = 'disclosure'", NULL)), ==, 2);
  g_assert_true (g_file_get_contents (svg, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "<?xml") && strstr (text, "<svg") != NULL);
  g_assert_true (g_file_get_contents (png, &bytes, &length, NULL));
  g_assert_cmpmem (bytes, 4, "\x89PNG", 4);
  g_assert_cmpint (g_stat (svg, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0077, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();

  g_test_add_func ("/link-chart/each-reader-has-their-own", test_each_reader_has_their_own);
  g_test_add_func ("/link-chart/bounds", test_bounds);
  g_test_add_func ("/link-chart/export-is-logged", test_export_is_logged);

  return g_test_run ();
}
