/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include <json-glib/json-glib.h>

#include "probity-instant.h"

/* From logs, additions and steps to the list, in one pass: who goes with which step follows from all steps at once. */

static void
free_rule (gpointer data)
{
  ProbityExposureRule *rule = data;

  g_clear_pointer (&rule->step, probity_exposure_step_free);
  g_clear_pointer (&rule->people, g_hash_table_unref);
  g_free (rule);
}

static void
clear_member (gpointer data)
{
  ProbityExposureMember *member = data;

  g_clear_pointer (&member->person, probity_exposure_person_free);
}

static JsonArray *
read_array (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_dup_array (node) : NULL;
}

static GStrv
read_words (const char *text)
{
  g_autoptr (JsonArray) array = read_array (text);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      const char *word = json_node_get_string (json_array_get_element (array, i));

      if (word != NULL)
        g_strv_builder_add (words, word);
    }

  return g_strv_builder_end (words);
}

static GHashTable *
read_people (const char *text)
{
  g_autoptr (JsonArray) array = read_array (text);
  GHashTable *people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      gint64 id = json_node_get_int (json_array_get_element (array, i));

      g_hash_table_add (people, g_memdup2 (&id, sizeof id));
    }

  return people;
}

static gboolean
read_rules (ProbityExposureReckoning *self,
            GError                  **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (self->db, error, "SELECT s.id, s.uid, s.number, s.kind, s.keep, s.from_ms, s.until_ms, s.words, s.people, s.reason, s.account, s.at"
                                                 " FROM exposure_step AS s WHERE s.case_uid = $case AND s.kind <> 'undo'"
                                                 " AND NOT EXISTS (SELECT 1 FROM exposure_step AS u WHERE u.undoes = s.id AND u.case_uid = s.case_uid) ORDER BY s.number",
                                "$case",
                                's',
                                self->case_uid,
                                NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityExposureRule *rule;
      ProbityExposureStep *step;
      gboolean             row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      rule = g_new0 (ProbityExposureRule, 1);
      step = rule->step = g_new0 (ProbityExposureStep, 1);
      g_ptr_array_add (self->rules, rule);
      rule->id = probity_statement_get_int64 (statement, 0);
      step->uid = probity_statement_dup_text (statement, 1);
      step->number = probity_statement_get_int64 (statement, 2);
      if (!probity_exposure_step_kind_from_string (probity_statement_get_text (statement, 3), &step->kind))
        {
          g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "A step of the exposure list is of no known kind");
          return FALSE;
        }
      step->keep = probity_statement_get_int64 (statement, 4) != 0;
      rule->from_ms = probity_statement_is_null (statement, 5) ? G_MININT64 : probity_statement_get_int64 (statement, 5);
      rule->until_ms = probity_statement_get_int64 (statement, 6);
      if (rule->from_ms != G_MININT64)
        step->from = probity_instant_from_ms (rule->from_ms);
      if (step->kind == PROBITY_EXPOSURE_WINDOW)
        step->until = probity_instant_from_ms (rule->until_ms);
      step->words = read_words (probity_statement_get_text (statement, 7));
      if (!probity_statement_is_null (statement, 8))
        rule->people = read_people (probity_statement_get_text (statement, 8));
      step->reason = probity_statement_dup_text (statement, 9);
      step->by = probity_statement_dup_text (statement, 10);
      step->at = probity_statement_dup_text (statement, 11);
    }
}

static guint
find_level (ProbityExposureReckoning *self,
            gint64                    number)
{
  for (guint i = 0; i < self->rules->len; i++)
    if (((ProbityExposureRule *) g_ptr_array_index (self->rules, i))->step->number == number)
      return i;

  return self->rules->len;
}

static gboolean
read_members (ProbityExposureReckoning *self,
              ProbitySession           *session,
              GError                  **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (self->db, error, "SELECT id, uid, key, staff_number, name, rank, unit, masked IS NOT NULL, gone_step FROM exposure_person WHERE case_uid = $case ORDER BY id", "$case", 's', self->case_uid, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityExposureMember  member = { NULL };
      ProbityExposurePerson *person;
      gboolean               row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      person = member.person = g_new0 (ProbityExposurePerson, 1);
      person->id = probity_statement_get_int64 (statement, 0);
      person->uid = probity_statement_dup_text (statement, 1);
      person->staff_number = probity_statement_dup_text (statement, 3);
      person->name = probity_statement_dup_text (statement, 4);
      person->rank = probity_statement_dup_text (statement, 5);
      person->unit = probity_statement_dup_text (statement, 6);
      person->masked = probity_statement_get_int64 (statement, 7) != 0;
      person->gone_step = probity_statement_get_int64 (statement, 8);
      if (person->masked)
        person->accounts = probity_statement_dup_text (statement, 2);
      member.hidden = session != NULL && person->staff_number != NULL && probity_access_is_locked (session, person->staff_number);

      g_array_append_val (self->members, member);
    }
}

void
probity_exposure_member_add_account (ProbityExposureMember *self,
                                     const char            *account)
{
  ProbityExposurePerson *person = self->person;

  self->counted = TRUE;
  if (person->masked || account == NULL)
    return;
  if (person->accounts == NULL)
    {
      person->accounts = g_strdup (account);
    }
  else
    {
      g_auto (GStrv) known = g_strsplit (person->accounts, "; ", -1);

      if (!g_strv_contains ((const char *const *) known, account))
        {
          g_autofree char *both = g_strjoin ("; ", person->accounts, account, NULL);

          g_set_str (&person->accounts, both);
        }
    }
}

gboolean
probity_exposure_reckoning_read_accounts (ProbityExposureReckoning *self,
                                          GError                  **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (self->db, error, "SELECT a.person_id, a.account FROM exposure_import_in AS i JOIN exposure_account AS a ON a.import_id = i.id WHERE i.case_uid = $case", "$case", 's', self->case_uid, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityExposureMember *member;
      gboolean               row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      member = probity_exposure_reckoning_find (self, probity_statement_get_int64 (statement, 0));
      if (member != NULL)
        probity_exposure_member_add_account (member, probity_statement_get_text (statement, 1));
    }
}

gboolean
probity_exposure_reckoning_read_counted (ProbityExposureReckoning *self,
                                         GError                  **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (self->db, error, "SELECT 1 FROM exposure_set_aside WHERE case_uid = $case LIMIT 1", "$case", 's', self->case_uid, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    return probity_exposure_reckoning_read_accounts (self, error);

  /* Everybody came with a log, or by hand. */
  for (guint i = 0; i < self->members->len; i++)
    g_array_index (self->members, ProbityExposureMember, i).counted = TRUE;

  return TRUE;
}

static gboolean
read_additions (ProbityExposureReckoning *self,
                GError                  **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (self->db, error, "SELECT person_id, manner, reason FROM exposure_addition WHERE case_uid = $case ORDER BY id", "$case", 's', self->case_uid, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      ProbityExposureMember *member;
      gboolean               row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      member = probity_exposure_reckoning_find (self, probity_statement_get_int64 (statement, 0));
      if (member == NULL)
        continue;
      /* The newest of several is shown. */
      g_set_str (&member->person->manner, probity_statement_get_text (statement, 1));
      g_set_str (&member->person->reason, probity_statement_get_text (statement, 2));
      member->added = TRUE;
      member->counted = TRUE;
    }
}

static gboolean
read_disposal (ProbityExposureReckoning *self,
               GError                  **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (self->db, error, "SELECT due FROM exposure_disposal WHERE case_uid = $case", "$case", 's', self->case_uid, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    self->disposal = probity_statement_dup_text (statement, 0);

  return TRUE;
}

ProbityExposureReckoning *
probity_exposure_reckoning_new (ProbityDb      *db,
                                ProbitySession *session,
                                const char     *case_uid,
                                GCancellable   *cancellable,
                                GError        **error)
{
  g_autoptr (ProbityExposureReckoning) self = g_new0 (ProbityExposureReckoning, 1);

  self->db = db;
  self->case_uid = g_strdup (case_uid);
  g_set_object (&self->cancellable, cancellable);
  self->rules = g_ptr_array_new_with_free_func (free_rule);
  self->members = g_array_new (FALSE, TRUE, sizeof (ProbityExposureMember));
  g_array_set_clear_func (self->members, clear_member);

  if (!read_rules (self, error) || !read_members (self, session, error) ||
      !read_additions (self, error) || !read_disposal (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
probity_exposure_reckoning_free (ProbityExposureReckoning *self)
{
  g_free (self->case_uid);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rules, g_ptr_array_unref);
  g_clear_pointer (&self->members, g_array_unref);
  g_free (self->disposal);
  g_free (self);
}

gboolean
probity_exposure_reckoning_find_index (ProbityExposureReckoning *self,
                                       gint64                    id,
                                       guint                    *ret_index)
{
  guint low = 0;
  guint high = self->members->len;

  while (low < high)
    {
      const guint middle = low + (high - low) / 2;

      if (g_array_index (self->members, ProbityExposureMember, middle).person->id < id)
        low = middle + 1;
      else
        high = middle;
    }
  *ret_index = low;

  return low < self->members->len && g_array_index (self->members, ProbityExposureMember, low).person->id == id;
}

ProbityExposureMember *
probity_exposure_reckoning_find (ProbityExposureReckoning *self,
                                 gint64                    id)
{
  guint index;

  return probity_exposure_reckoning_find_index (self, id, &index) ? &g_array_index (self->members, ProbityExposureMember, index) : NULL;
}

/* What is about people comes after what is about rows: they go with the first of both. */
static void
settle_member (ProbityExposureReckoning *self,
               ProbityExposureMember    *member)
{
  if (member->person->masked)
    {
      member->level = find_level (self, member->person->gone_step);
      return;
    }

  if (member->added)
    member->level = self->rules->len;
  for (guint level = 0; level < member->level; level++)
    {
      const ProbityExposureRule *rule = g_ptr_array_index (self->rules, level);

      if (rule->people != NULL && g_hash_table_contains (rule->people, &member->person->id))
        {
          member->level = level;
          break;
        }
    }
}

gboolean
probity_exposure_reckoning_run (ProbityExposureReckoning *self,
                                GError                  **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (self->db, error, "SELECT id, clock_error, fields FROM exposure_import_in WHERE case_uid = $case ORDER BY id", "$case", 's', self->case_uid, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      g_autoptr (ProbityExposureScan) scan = NULL;
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      scan = probity_exposure_scan_new (self,
                                        probity_statement_get_int64 (statement, 0),
                                        probity_statement_get_int64 (statement, 1) * 1000,
                                        (guint) probity_statement_get_int64 (statement, 2),
                                        error);
      if (scan == NULL || !probity_exposure_scan_run (scan, error))
        return FALSE;
    }

  for (guint i = 0; i < self->members->len; i++)
    settle_member (self, &g_array_index (self->members, ProbityExposureMember, i));

  return TRUE;
}

/* Those who remain, most rows first; then those who are gone, the last ones first; in the end by who they are. */
static int
compare_people (gconstpointer a,
                gconstpointer b)
{
  const ProbityExposurePerson *one = *(ProbityExposurePerson *const *) a;
  const ProbityExposurePerson *other = *(ProbityExposurePerson *const *) b;
  int                          order;

  if (one->gone_step != other->gone_step)
    {
      if (one->gone_step == 0 || other->gone_step == 0)
        return one->gone_step == 0 ? -1 : 1;
      return one->gone_step > other->gone_step ? -1 : 1;
    }
  if (one->rows != other->rows)
    return one->rows > other->rows ? -1 : 1;

  order = g_strcmp0 (one->staff_number, other->staff_number);
  if (order == 0)
    order = g_strcmp0 (one->accounts, other->accounts);

  return order != 0 ? order : (one->id > other->id) - (one->id < other->id);
}

static void
count_steps (ProbityExposureReckoning *self,
             ProbityExposureList      *list)
{
  g_autofree guint *gone = g_new0 (guint, self->rules->len + 1);
  guint             left = 0;

  for (guint i = 0; i < self->members->len; i++)
    {
      const ProbityExposureMember *member = &g_array_index (self->members, ProbityExposureMember, i);

      if (member->hidden || !member->counted)
        continue;
      gone[member->level]++;
      left++;
    }

  for (guint level = 0; level < self->rules->len; level++)
    {
      ProbityExposureRule *rule = g_ptr_array_index (self->rules, level);
      ProbityExposureStep *step = g_steal_pointer (&rule->step);

      for (guint i = 0; i < list->logs->len; i++)
        step->n_set_aside += probity_exposure_log_was_in (g_ptr_array_index (list->logs, i), step->number);
      step->before = left;
      left -= gone[level];
      step->after = left;
      for (guint i = 0; rule->people != NULL && i < self->members->len; i++)
        {
          const ProbityExposureMember *member = &g_array_index (self->members, ProbityExposureMember, i);

          step->named += !member->hidden && g_hash_table_contains (rule->people, &member->person->id);
        }
      g_ptr_array_add (list->steps, step);
    }
  list->n_remaining = left;
}

ProbityExposureList *
probity_exposure_reckoning_take_list (ProbityExposureReckoning *self,
                                      GError                  **error)
{
  g_autoptr (ProbityExposureList) list = g_new0 (ProbityExposureList, 1);

  g_atomic_ref_count_init (&list->ref_count);
  list->case_uid = g_strdup (self->case_uid);
  list->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_exposure_step_free);
  list->people = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_exposure_person_free);
  list->disposal_due = g_steal_pointer (&self->disposal);
  list->logs = probity_exposure_read_logs (self->db, self->case_uid, 0, error);
  if (list->logs == NULL)
    return NULL;

  for (guint i = 0; i < self->members->len; i++)
    {
      ProbityExposureMember *member = &g_array_index (self->members, ProbityExposureMember, i);
      ProbityExposurePerson *person = member->person;

      if (member->hidden || !member->counted)
        continue;
      person->gone_step = 0;
      if (member->level < self->rules->len)
        person->gone_step = ((ProbityExposureRule *) g_ptr_array_index (self->rules, member->level))->step->number;
      else
        list->n_unmatched += person->staff_number == NULL;
      /* Rows that pass all rules count for who remains. */
      if (person->gone_step == 0 && member->rows > 0)
        {
          person->rows = member->rows;
          person->first = probity_instant_from_ms (member->first_ms);
          person->last = probity_instant_from_ms (member->last_ms);
        }
    }

  count_steps (self, list);
  for (guint i = 0; i < self->members->len; i++)
    {
      ProbityExposureMember *member = &g_array_index (self->members, ProbityExposureMember, i);

      if (!member->hidden && member->counted)
        g_ptr_array_add (list->people, g_steal_pointer (&member->person));
    }
  g_ptr_array_sort (list->people, compare_people);

  return g_steal_pointer (&list);
}
