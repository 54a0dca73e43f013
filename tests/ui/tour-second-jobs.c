/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-access.h"
#include "probity-list.h"
#include "probity-second-job-page.h"
#include "tour.h"

/* What follows the decision of a second job: appeal, conditions, watch list. */

static char *
dup_uid (ProbitySession *session,
         const char     *filter,
         const char     *value)
{
  const ProbityListKind *kind = probity_list_kind_find ("second-jobs");
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  probity_list_query_set_filter (query, filter, value);
  ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));
  if (ids->len == 0)
    return NULL;
  rows = wait_for_boxed (probity_list_load_rows (session, kind, (const gint64 *) (gpointer) ids->data, 1, NULL));

  return g_strdup (((ProbityListRow *) g_ptr_array_index (rows, 0))->uid);
}

static void
take_dialogs (Tour          *tour,
              ProbityWindow *window,
              const char    *name)
{
  static const char *const actions[] = { "case.serve", "case.lodge-appeal", "case.withdraw-appeal", "case.seal-appeal", "case.decide-appeal", "case.appeal-reasons", "seal.name" };
  GtkWidget               *page = ui_find (GTK_WIDGET (window), PROBITY_TYPE_SECOND_JOB_PAGE, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *picture = g_strdup_printf ("%s-%s", name, actions[i] + strlen ("case."));

      if (tour_open (window, page, actions[i]))
        tour_take_shown (tour, window, picture);
    }
}

void
tour_visit_follow_up (Tour          *tour,
                      ProbityWindow *window)
{
  static const char *const cases[][3] = { { "waiting-for", "chief-officer", "appeal" }, { "stage", "refused", "refused" } };
  ProbitySession          *session = probity_window_get_session (window);

  if (!probity_access_may (session, PROBITY_OPERATION_READ_REGISTERS))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *uid = dup_uid (session, cases[i][0], cases[i][1]);

      if (uid == NULL)
        continue;
      probity_window_show_section (window, "second-jobs");
      probity_window_open_record (window, "second-job", uid);
      tour_take (tour, GTK_WIDGET (window), cases[i][2]);
      tour_take_below (tour, window, cases[i][2]);
      take_dialogs (tour, window, cases[i][2]);
    }
}
