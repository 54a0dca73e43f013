/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-clock.h"
#include "probity-conduct-private.h"
#include "probity-part.h"
#include "probity-profile.h"

/* What the regulations ask of a conduct investigation, and how far this one has come with it. */

typedef struct
{
  ProbityStep   *step;
  ProbityDb     *db;
  ProbityRecord *record;
  GPtrArray     *duties;
  char          *today;
} Duties;

static void
add (Duties     *self,
     const char *code,
     const char *state,
     const char *subject,
     const char *name,
     const char *day,
     const char *detail,
     const char *rule_key)
{
  ProbityProfile *profile = probity_session_get_profile (self->step->session);
  const char     *rule = rule_key != NULL ? probity_profile_get_conduct_rule (profile, probity_conduct_get_rules_day (self->record), rule_key) : NULL;
  const char     *fields[] = { "code", "state", "subject", "name", "day", "detail", "rule" };
  const char     *values[] = { code, state, subject, name, day, detail, rule };
  ProbityValues  *duty = probity_values_new ();

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (values[i] != NULL)
      probity_values_set (duty, fields[i], values[i]);
  g_ptr_array_add (self->duties, duty);
}

/* How it came to notice: what a referral was about is kept as an exhibit. */
static void
add_capture (Duties *self)
{
  const char *exhibit = probity_record_get (self->record, "capture_exhibit");

  if (g_strcmp0 (probity_record_get (self->record, "origin"), "social-media-referral") == 0)
    add (self, "capture", exhibit != NULL ? "done" : "missing", NULL, NULL, NULL, exhibit, NULL);
}

static void
add_notice (Duties        *self,
            ProbityValues *officer)
{
  const char *subject = probity_values_get (officer, "uid");
  const char *name = probity_values_get (officer, "name");
  const char *severity = probity_values_get (officer, "severity");
  const char *served = probity_values_get (officer, "served");
  const char *review = probity_values_get (officer, "review");

  if (served != NULL)
    add (self, "notice", "done", subject, name, served, NULL, "Notice-Rule");
  else if (review != NULL)
    add (self, "notice", strcmp (review, self->today) <= 0 ? "review-due" : "withheld", subject, name, review, NULL, "Notice-Rule");
  else if (severity != NULL && !g_str_equal (severity, "neither"))
    add (self, "notice", "missing", subject, name, NULL, NULL, "Notice-Rule");
}

/* Of each officer, who is still one: alleged, assessed, told. */
static gboolean
add_officers (Duties  *self,
              GError **error)
{
  static const char *const names[] = { "uid", "name", "allegations", "severity", "assessed", "served", "review", "unfound", NULL };
  g_autoptr (GPtrArray) officers = NULL;

  officers = probity_part_load (self->db,
                                self->step->session,
                                "SELECT s.uid, coalesce (s.name, s.staff_number),"
                                " (SELECT count (*) FROM conduct_allegation AS a WHERE a.subject = s.uid),"
                                " (SELECT v.severity FROM conduct_severity AS v WHERE v.subject = s.uid ORDER BY v.id DESC LIMIT 1),"
                                " (SELECT v.assessed FROM conduct_severity AS v WHERE v.subject = s.uid ORDER BY v.id DESC LIMIT 1),"
                                " (SELECT max (n.served) FROM conduct_notice AS n WHERE n.subject = s.uid),"
                                " (SELECT n.review_date FROM conduct_notice AS n WHERE n.subject = s.uid ORDER BY n.id DESC LIMIT 1),"
                                " (SELECT count (*) FROM conduct_allegation AS a WHERE a.subject = s.uid"
                                "  AND NOT EXISTS (SELECT 1 FROM conduct_finding AS f WHERE f.allegation = a.uid))"
                                " FROM conduct_subject AS s JOIN conduct AS c ON c.id = s.conduct_id"
                                " WHERE c.uid = $uid AND s.eliminated IS NULL ORDER BY s.position",
                                self->step->uid,
                                names,
                                error);
  if (officers == NULL)
    return FALSE;

  if (officers->len == 0)
    add (self, "officer", "missing", NULL, NULL, NULL, NULL, NULL);
  for (guint i = 0; i < officers->len; i++)
    {
      ProbityValues *officer = g_ptr_array_index (officers, i);
      const char    *subject = probity_values_get (officer, "uid");
      const char    *name = probity_values_get (officer, "name");
      const gboolean alleged = !g_str_equal (probity_values_get (officer, "allegations"), "0");
      const char    *unfound = probity_values_get (officer, "unfound");

      add (self, "allegation", alleged ? "done" : "missing", subject, name, NULL, probity_values_get (officer, "allegations"), NULL);
      add (self, "severity", probity_values_get (officer, "severity") != NULL ? "done" : "missing", subject, name, probity_values_get (officer, "assessed"), probity_values_get (officer, "severity"), "Severity-Rule");
      add_notice (self, officer);
      if (alleged)
        add (self, "finding", g_str_equal (unfound, "0") ? "done" : "missing", subject, name, NULL, unfound, NULL);
    }

  return TRUE;
}

static gboolean
add_referral (Duties  *self,
              GError **error)
{
  static const char *const names[] = { "decision", "decided", NULL };
  g_autoptr (GPtrArray) rows = probity_part_load (self->db, self->step->session, "SELECT decision, decided FROM conduct_referral WHERE case_uid = $uid ORDER BY id DESC LIMIT 1", self->step->uid, names, error);
  ProbityValues *row;

  if (rows == NULL)
    return FALSE;
  row = rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  add (self, "referral", row != NULL ? "done" : "missing", NULL, NULL, row != NULL ? probity_values_get (row, "decided") : NULL, row != NULL ? probity_values_get (row, "decision") : NULL, "Referral-Rule");

  return TRUE;
}

static gboolean
add_report (Duties  *self,
            GError **error)
{
  const char      *attention = probity_record_get (self->record, "came_to_attention");
  g_autofree char *n_reports = NULL;
  g_autofree char *last_due = NULL;
  g_autofree char *day = NULL;
  ProbityDay       due;

  if (attention == NULL || probity_record_get (self->record, "closed") != NULL)
    return TRUE;
  if (!probity_conduct_join_rows (self->db, "SELECT count (*) FROM conduct_progress_report WHERE case_uid = $uid", self->step->uid, &n_reports, error) ||
      !probity_conduct_join_rows (self->db, PROBITY_CONDUCT_LAST_REPORT_SQL, self->step->uid, &last_due, error))
    return FALSE;
  due = probity_conduct_get_next_report (probity_session_get_profile (self->step->session), probity_day_from_iso (attention), last_due);
  if (due == PROBITY_DAY_NONE)
    return TRUE;
  day = probity_day_to_iso (due);
  add (self, "report", strcmp (day, self->today) < 0 ? "overdue" : "due", NULL, NULL, day, n_reports, "Report-Rule");

  return TRUE;
}

static gboolean
duties_read (ProbityRead *read,
             gpointer     data,
             GValue      *result,
             GError     **error)
{
  ProbityStep     *step = data;
  g_autofree char *today = probity_clock_dup_today (probity_casebook_get_clock (probity_session_get_casebook (step->session)));
  g_autoptr (GPtrArray) duties = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_values_unref);
  g_autoptr (ProbityRecord) record = NULL;
  Duties self = { step, NULL, NULL, duties, today };

  if (!probity_step_find_read (step, read, &self.db, &record, error))
    return FALSE;
  self.record = record;
  add_capture (&self);
  if (!add_officers (&self, error) || !add_referral (&self, error) || !add_report (&self, error))
    return FALSE;

  return probity_part_return_list (result, g_steal_pointer (&duties));
}

DexFuture *
probity_conduct_load_duties (ProbitySession *session,
                             const char     *reference)
{
  return probity_part_read (session, &probity_conduct_case, reference, "duties", duties_read);
}
