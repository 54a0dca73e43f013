/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-list-checks-private.h"
#include "probity-list-kind.h"
#include "probity-my-day-private.h"
#include "probity-seal.h"
#include "probity-sealed-answer-private.h"

/*
 * A check does not find what is sealed. So every check that is pending, of anybody, is put before who holds a
 * sealed compartment, whether or not a sealed case is about its subject: that they are asked, and what they do
 * then, tells nobody anything. Which it is they alone read here. What they answered stands no more.
 */

/* Few, and not to be lost among the others of a list. */
static gboolean
add_case (const ProbitySource *source,
          const ProbityCase   *found,
          gpointer             data,
          GError             **error)
{
  ProbityDayRun  *run = data;
  ProbityDayItem *item;

  if (probity_case_is_closed (found->kind, found->record))
    return TRUE;
  item = probity_day_run_add (run, "sealed-case", found->kind->record_kind->name, probity_record_get_uid (found->record), probity_record_get_reference (found->record), probity_record_get (found->record, found->kind->title), NULL, probity_record_get (found->record, "stage"));
  g_set_str (&item->group, "sealed");

  return TRUE;
}

gboolean
probity_my_day_add_sealed (ProbityDayRun *run,
                           GError       **error)
{
  const ProbitySource source = { .session = run->session, .read = run->read };
  g_autoptr (ProbitySealedPeople) people = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  guint n = 0;

  if (probity_casebook_get_n_sealed (probity_session_get_casebook (run->session)) == 0)
    return TRUE;
  if (!probity_seal_collect (&source, add_case, run, error) || (people = probity_sealed_people_new (&source, error)) == NULL ||
      (rows = probity_checks_collect_pending (run->session, run->read, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < rows->len && n < PROBITY_DAY_MAX_ITEMS; i++)
    {
      ProbityListRow        *row = g_ptr_array_index (rows, i);
      ProbitySealedJudgement judgement;
      ProbityDayItem        *item;

      /* The checks of sealed cases are made by their holders; nobody else is asked about them. */
      if (probity_list_row_is_sealed (row))
        continue;
      if (!probity_sealed_answer_is_due (run->session, run->read, people, probity_list_row_get_record_kind (row, &probity_checks_list), row->uid, &judgement, error))
        return FALSE;
      if (!judgement.due && !judgement.waits)
        continue;
      n++;
      item = probity_day_run_add (run,
                                  "sealed-check",
                                  row->cells[PROBITY_CHECKS_CELL_KIND],
                                  row->uid,
                                  row->cells[PROBITY_CHECKS_CELL_REFERENCE],
                                  row->cells[PROBITY_CHECKS_CELL_APPLICANT_NAME],
                                  NULL,
                                  judgement.waits ? "sealed-waits" : judgement.named ? "sealed-named"
                                                                                     : "sealed-not-named");
      g_set_str (&item->group, "sealed");
    }

  return TRUE;
}
