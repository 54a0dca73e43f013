/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include <json-glib/json-glib.h>

#include "probity-instant.h"

/* Narrowing a list, undoing, and adding by hand. */

#define MAX_STEPS 50
#define MAX_WORDS 1000
#define MAX_REASON 4000

typedef struct
{
  ProbityExposureStepKind kind;
  gboolean                keep;
  gint64                  from_ms;
  gint64                  until_ms;
  GStrv                   words;
  char                   *reason;
} Narrowing;

static void
free_narrowing (gpointer data)
{
  Narrowing *self = data;

  g_strfreev (self->words);
  g_free (self->reason);
  g_free (self);
}

static gboolean
fail_field (const char *field,
            const char *message,
            GError    **error)
{
  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "%s", message));

  return FALSE;
}

/* What a step says in itself, before anything is looked up. */
static Narrowing *
narrowing_new (const ProbityExposureNarrowing *step,
               GError                        **error)
{
  Narrowing *self = g_new0 (Narrowing, 1);
  gboolean   ok = TRUE;

  self->kind = step->kind;
  self->keep = step->keep;
  self->from_ms = G_MININT64;
  self->words = g_strdupv ((GStrv) step->words);
  if (step->reason != NULL && *step->reason != '\0')
    {
      self->reason = probity_parse_text (step->reason, MAX_REASON, error);
      ok = self->reason != NULL;
    }

  switch (ok ? step->kind : PROBITY_EXPOSURE_ELIMINATED)
    {
    case PROBITY_EXPOSURE_WINDOW:
      self->keep = TRUE;
      if (step->until == NULL || !probity_instant_to_ms (step->until, &self->until_ms))
        ok = fail_field ("until", "A window ends at an instant, when the words were first seen published", error);
      else if (step->from != NULL && !probity_instant_to_ms (step->from, &self->from_ms))
        ok = fail_field ("from", "A window begins at an instant, or at no time", error);
      else if (self->from_ms != G_MININT64 && self->from_ms > self->until_ms)
        ok = fail_field ("until", "The window ends before it begins", error);
      break;

    case PROBITY_EXPOSURE_EXCLUSION:
      if (self->reason == NULL || strspn (self->reason, " \t\n") == strlen (self->reason))
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "reason", "Somebody is excluded for a reason"));
          ok = FALSE;
          break;
        }
      G_GNUC_FALLTHROUGH;

    case PROBITY_EXPOSURE_RECORDS:
    case PROBITY_EXPOSURE_PLACES:
    case PROBITY_EXPOSURE_ROLES:
    case PROBITY_EXPOSURE_UNITS:
      if (self->words == NULL || self->words[0] == NULL || g_strv_length (self->words) > MAX_WORDS)
        ok = fail_field ("words", "A step names what it is about, at most 1,000 of them", error);
      for (guint i = 0; ok && self->words[i] != NULL; i++)
        {
          char *word = probity_parse_line (self->words[i], PROBITY_LOG_MAX_TEXT, error);

          ok = word != NULL && (*word != '\0' || fail_field ("words", "A step names nothing by an empty word", error));
          if (word != NULL)
            {
              g_free (self->words[i]);
              self->words[i] = word;
            }
        }
      break;

    case PROBITY_EXPOSURE_ELIMINATED:
      break;
    }

  if (step->kind == PROBITY_EXPOSURE_ELIMINATED || step->kind == PROBITY_EXPOSURE_EXCLUSION)
    self->keep = FALSE;
  if (!ok)
    g_clear_pointer (&self, free_narrowing);

  return self;
}

/* Looking up ------------------------------------------------------------------------------------- */

static gboolean
match_word_cb (guint       code,
               const char *word,
               gpointer    data)
{
  probity_exposure_matcher_match (data, word);

  return TRUE;
}

/* A word that no log knows is a slip, and would eliminate everybody. */
static gboolean
check_words (ProbityExposureReckoning *reckoning,
             const Narrowing          *narrowing,
             GError                  **error)
{
  const guint    field = probity_exposure_step_kind_get_field (narrowing->kind);
  const gboolean by_staff_list = narrowing->kind == PROBITY_EXPOSURE_ROLES || narrowing->kind == PROBITY_EXPOSURE_UNITS;
  g_autoptr (ProbityExposureMatcher) matcher = probity_exposure_matcher_new ((const char *const *) narrowing->words);
  g_autoptr (ProbityStatement) statement = NULL;
  const char *unfound;

  statement = probity_db_query (reckoning->db, error, "SELECT id FROM exposure_import_in WHERE case_uid = $case", "$case", 's', reckoning->case_uid, NULL);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      if (!probity_exposure_each_word (reckoning->db, probity_statement_get_int64 (statement, 0), field, match_word_cb, matcher, error))
        return FALSE;
    }

  if (by_staff_list && !probity_exposure_reckoning_read_counted (reckoning, error))
    return FALSE;
  for (guint i = 0; i < reckoning->members->len && by_staff_list; i++)
    {
      const ProbityExposureMember *member = &g_array_index (reckoning->members, ProbityExposureMember, i);
      const char                  *word = narrowing->kind == PROBITY_EXPOSURE_ROLES ? member->person->rank : member->person->unit;

      if (word != NULL && member->counted)
        probity_exposure_matcher_match (matcher, word);
    }

  unfound = probity_exposure_matcher_get_unfound (matcher);
  if (unfound == NULL)
    return TRUE;

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "words", "No log of this case names “%s” among its %s", unfound, probity_exposure_step_kind_to_string (narrowing->kind)));

  return FALSE;
}

static gboolean
is_called (const ProbityExposurePerson *person,
           const char                  *word,
           const char                  *folded)
{
  g_auto (GStrv) accounts = NULL;

  if (strcmp (person->uid, word) == 0 || (person->staff_number != NULL && g_ascii_strcasecmp (person->staff_number, word) == 0))
    return TRUE;

  accounts = g_strsplit (person->accounts != NULL && !person->masked ? person->accounts : "", "; ", -1);
  for (guint i = 0; accounts[i] != NULL; i++)
    {
      g_autofree char *account = g_utf8_casefold (accounts[i], -1);

      if (strcmp (account, folded) == 0)
        return TRUE;
    }

  return person->staff_number == NULL && person->name != NULL && strcmp (person->name, word) == 0;
}

/* Whom an exclusion names: staff numbers, accounts, names of who has neither, or uids. */
static gboolean
find_people (ProbityExposureReckoning *reckoning,
             const Narrowing          *narrowing,
             GArray                   *ids,
             GError                  **error)
{
  if (!probity_exposure_reckoning_read_accounts (reckoning, error))
    return FALSE;

  for (guint w = 0; narrowing->words[w] != NULL; w++)
    {
      g_autofree char *folded = g_utf8_casefold (narrowing->words[w], -1);
      gboolean         found = FALSE;

      for (guint i = 0; i < reckoning->members->len; i++)
        {
          const ProbityExposureMember *member = &g_array_index (reckoning->members, ProbityExposureMember, i);

          if (!member->counted || !is_called (member->person, narrowing->words[w], folded))
            continue;
          /* Not theirs to exclude, and not to be told that there was anybody. */
          if (member->hidden)
            return probity_access_set_not_found (error, narrowing->words[w]);
          g_array_append_val (ids, member->person->id);
          found = TRUE;
        }
      if (!found)
        return probity_access_set_not_found (error, narrowing->words[w]);
    }

  return TRUE;
}

/* Writing ---------------------------------------------------------------------------------------- */

static char *
words_to_json (GStrv words)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

static char *
ids_to_json (GArray *ids)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (ids, gint64, i));
  g_string_append_c (text, ']');

  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The log tells what was done; not whom it was about, since these may be masked one day. */
static char *
describe (const Narrowing *narrowing,
          guint            n_people)
{
  g_autoptr (GString) text = g_string_new (probity_exposure_step_kind_to_string (narrowing->kind));

  if (narrowing->kind == PROBITY_EXPOSURE_WINDOW)
    {
      g_autofree char *from = narrowing->from_ms != G_MININT64 ? probity_instant_from_ms (narrowing->from_ms) : NULL;
      g_autofree char *until = probity_instant_from_ms (narrowing->until_ms);

      g_string_append_printf (text, " %s/%s", from != NULL ? from : "", until);
    }
  else if (probity_exposure_step_kind_get_field (narrowing->kind) < PROBITY_LOG_N_FIELDS)
    {
      g_autofree char *words = g_strjoinv (", ", narrowing->words);

      g_string_append_printf (text, " %s: %s", narrowing->keep ? "keep" : "drop", words);
    }
  else
    {
      g_string_append_printf (text, " of %u", n_people);
    }
  if (narrowing->reason != NULL)
    g_string_append_printf (text, "; %s", narrowing->reason);

  return g_string_free_and_steal (g_steal_pointer (&text));
}

static gboolean
insert_step (ProbityStep     *step,
             ProbityWrite    *write,
             ProbityDb       *db,
             const char      *kind,
             const Narrowing *narrowing,
             GArray          *ids,
             gint64           undoes,
             GError         **error)
{
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *people = ids != NULL ? ids_to_json (ids) : NULL;
  g_autofree char *words = NULL;
  const gboolean   is_window = narrowing != NULL && narrowing->kind == PROBITY_EXPOSURE_WINDOW;
  /* Absent integers are texts that are NULL. */
  g_autofree char *from_ms = is_window && narrowing->from_ms != G_MININT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, narrowing->from_ms) : NULL;
  g_autofree char *until_ms = is_window ? g_strdup_printf ("%" G_GINT64_FORMAT, narrowing->until_ms) : NULL;
  g_autofree char *undone = undoes != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, undoes) : NULL;

  if (narrowing != NULL && probity_exposure_step_kind_get_field (narrowing->kind) < PROBITY_LOG_N_FIELDS)
    words = words_to_json (narrowing->words);

  return probity_db_run (db, error, "INSERT INTO exposure_step (uid, case_uid, number, kind, keep, from_ms, until_ms, words, people, reason, undoes, account, at)"
                                    " VALUES ($uid, $case, (SELECT coalesce (max (number), 0) + 1 FROM exposure_step WHERE case_uid = $case), $kind, $keep,"
                                    " CAST ($from_ms AS INTEGER), CAST ($until_ms AS INTEGER), $words, $people, $reason, CAST ($undoes AS INTEGER), $account, $at)",
                         "$uid",
                         's',
                         uid,
                         "$case",
                         's',
                         step->uid,
                         "$kind",
                         's',
                         kind,
                         "$keep",
                         't',
                         narrowing != NULL && narrowing->keep,
                         "$from_ms",
                         's',
                         from_ms,
                         "$until_ms",
                         's',
                         until_ms,
                         "$words",
                         's',
                         words,
                         "$people",
                         's',
                         people,
                         "$reason",
                         's',
                         narrowing != NULL ? narrowing->reason : NULL,
                         "$undoes",
                         's',
                         undone,
                         "$account",
                         's',
                         probity_session_get_account_uid (step->session),
                         "$at",
                         's',
                         probity_write_get_now (write),
                         NULL);
}

static gboolean
write_narrowing (ProbityStep              *step,
                 ProbityWrite             *write,
                 ProbityExposureReckoning *reckoning,
                 const Narrowing          *narrowing,
                 GError                  **error)
{
  g_autoptr (GArray) ids = NULL;
  g_autofree char *text = NULL;

  switch (narrowing->kind)
    {
    case PROBITY_EXPOSURE_WINDOW:
      break;

    case PROBITY_EXPOSURE_RECORDS:
    case PROBITY_EXPOSURE_PLACES:
    case PROBITY_EXPOSURE_ROLES:
    case PROBITY_EXPOSURE_UNITS:
      if (!check_words (reckoning, narrowing, error))
        return FALSE;
      break;

    case PROBITY_EXPOSURE_ELIMINATED:
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (!probity_exposure_read_eliminated (reckoning, ids, error))
        return FALSE;
      break;

    case PROBITY_EXPOSURE_EXCLUSION:
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      if (!find_people (reckoning, narrowing, ids, error))
        return FALSE;
      break;
    }

  text = describe (narrowing, ids != NULL ? ids->len : 0);

  return insert_step (step, write, reckoning->db, probity_exposure_step_kind_to_string (narrowing->kind), narrowing, ids, 0, error) &&
         probity_exposure_log_entry (step, write, PROBITY_VERB_ALTERATION, "step", NULL, text, error);
}

static gboolean
require_somebody (ProbityDb  *db,
                  const char *case_uid,
                  GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT 1 FROM exposure_import_in WHERE case_uid = $case UNION ALL SELECT 1 FROM exposure_addition WHERE case_uid = $case", "$case", 's', case_uid, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "There is nobody yet: import a log, or add somebody by hand");

  return row;
}

static gboolean
narrow_in_writer (ProbityWrite *write,
                  gpointer      data,
                  GValue       *result,
                  GError      **error)
{
  ProbityStep *step = data;
  GPtrArray   *narrowings = step->data;
  g_autoptr (ProbityExposureReckoning) reckoning = NULL;
  ProbityDb *db;

  if (!probity_exposure_find_case (step, write, NULL, &db, error) || !probity_exposure_require_open (db, step->uid, error) || !require_somebody (db, step->uid, error))
    return FALSE;
  reckoning = probity_exposure_reckoning_new (db, step->session, step->uid, NULL, error);
  if (reckoning == NULL)
    return FALSE;

  for (guint i = 0; i < narrowings->len; i++)
    if (!write_narrowing (step, write, reckoning, g_ptr_array_index (narrowings, i), error))
      return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return TRUE;
}

static gboolean
undo_in_writer (ProbityWrite *write,
                gpointer      data,
                GValue       *result,
                GError      **error)
{
  ProbityStep *step = data;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *text = NULL;
  ProbityDb       *db;
  gint64           id;
  gboolean         row;

  if (!probity_exposure_find_case (step, write, NULL, &db, error) || !probity_exposure_require_open (db, step->uid, error))
    return FALSE;

  statement = probity_db_query (db, error, "SELECT s.id, s.number, s.kind FROM exposure_step AS s WHERE s.case_uid = $case AND s.kind <> 'undo'"
                                           " AND NOT EXISTS (SELECT 1 FROM exposure_step AS u WHERE u.undoes = s.id AND u.case_uid = s.case_uid) ORDER BY s.number DESC LIMIT 1",
                                "$case",
                                's',
                                step->uid,
                                NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "No step holds that could be undone");
      return FALSE;
    }

  id = probity_statement_get_int64 (statement, 0);
  text = g_strdup_printf ("%" G_GINT64_FORMAT ": %s", probity_statement_get_int64 (statement, 1), probity_statement_get_text (statement, 2));
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return insert_step (step, write, db, "undo", NULL, NULL, id, error) &&
         probity_exposure_log_entry (step, write, PROBITY_VERB_ALTERATION, "step", text, NULL, error);
}

DexFuture *
probity_exposure_list_after (ProbityStep     *step,
                             ProbityWriteFunc func)
{
  GError *error = NULL;

  if (!dex_await (probity_step_run (g_atomic_rc_box_acquire (step), func), &error))
    return dex_future_new_for_error (error);

  return probity_exposure_load_after (step->session, step->reference);
}

static DexFuture *
narrow_fiber (gpointer data)
{
  return probity_exposure_list_after (data, narrow_in_writer);
}

static DexFuture *
undo_fiber (gpointer data)
{
  return probity_exposure_list_after (data, undo_in_writer);
}

DexFuture *
probity_exposure_narrow (ProbitySession                 *session,
                         const char                     *reference,
                         const ProbityExposureNarrowing *steps,
                         guint                           n_steps)
{
  g_autoptr (GPtrArray) narrowings = g_ptr_array_new_with_free_func (free_narrowing);
  ProbityStep *step;
  GError      *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL && (steps != NULL || n_steps == 0));

  if (n_steps == 0 || n_steps > MAX_STEPS)
    return dex_future_new_reject (PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_MISSING, "One step at least, %d at most", MAX_STEPS);
  for (guint i = 0; i < n_steps; i++)
    {
      Narrowing *narrowing = narrowing_new (&steps[i], &error);

      if (narrowing == NULL)
        return dex_future_new_for_error (error);
      g_ptr_array_add (narrowings, narrowing);
    }

  step = probity_exposure_step_new (session, reference, "exposure narrow");
  step->data = g_steal_pointer (&narrowings);
  step->data_destroy = (GDestroyNotify) g_ptr_array_unref;

  return dex_scheduler_spawn (NULL, 0, narrow_fiber, step, (GDestroyNotify) probity_step_unref);
}

DexFuture *
probity_exposure_undo (ProbitySession *session,
                       const char     *reference)
{
  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  return dex_scheduler_spawn (NULL, 0, undo_fiber, probity_exposure_step_new (session, reference, "exposure undo"), (GDestroyNotify) probity_step_unref);
}

/* Adding ----------------------------------------------------------------------------------------- */

static gint64
take_person (ProbityStep  *step,
             ProbityWrite *write,
             ProbityDb    *db,
             GError      **error)
{
  static const ProbityLogWho who = { FALSE, FALSE, NULL };
  ProbityDb                 *registers = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityExposureStaff) staff = registers != NULL ? probity_exposure_staff_new (registers, &who, error) : NULL;
  const char *number;

  if (staff == NULL)
    return 0;

  number = probity_exposure_staff_find (staff, step->staff_number);
  if (number == NULL)
    {
      for (const char *at = step->staff_number; *at != '\0'; at++)
        if (g_ascii_isdigit (*at))
          {
            probity_access_set_not_found (error, step->staff_number);
            return 0;
          }
      return probity_exposure_staff_take_name (staff, write, db, step->uid, step->staff_number, error);
    }

  /* As if the staff list did not have them. */
  if (probity_access_is_locked (step->session, number))
    {
      probity_access_set_not_found (error, step->staff_number);
      return 0;
    }

  return probity_exposure_staff_take_person (staff, write, db, step->uid, number, error);
}

static gboolean
add_in_writer (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  ProbityStep     *step = data;
  g_autofree char *uid = probity_write_new_uid (write);
  ProbityDb       *db;
  gint64           person;

  if (!probity_exposure_find_case (step, write, NULL, &db, error) || !probity_exposure_require_open (db, step->uid, error))
    return FALSE;
  person = take_person (step, write, db, error);
  if (person == 0)
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_db_run (db, error, "INSERT INTO exposure_addition (uid, case_uid, person_id, manner, reason, account, at) VALUES ($uid, $case, $person, $manner, $reason, $account, $at)", "$uid", 's', uid, "$case", 's', step->uid, "$person", 'i', person, "$manner", 's', step->text, "$reason", 's', step->reason, "$account", 's', probity_session_get_account_uid (step->session), "$at", 's', probity_write_get_now (write), NULL) &&
         probity_exposure_log_entry (step, write, PROBITY_VERB_COLLECTION, "person", NULL, step->text, error);
}

static DexFuture *
add_fiber (gpointer data)
{
  return probity_exposure_list_after (data, add_in_writer);
}

DexFuture *
probity_exposure_add (ProbitySession *session,
                      const char     *reference,
                      const char     *who,
                      const char     *manner,
                      const char     *reason)
{
  static const char *const manners[] = { "briefed", "e-mailed", "shared-log-on", "other", NULL };
  g_autoptr (ProbityStep) step = NULL;
  GError *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_exposure_step_new (session, reference, "exposure add");
  if (manner == NULL || !g_strv_contains (manners, manner))
    {
      fail_field ("manner", "Somebody was briefed, e-mailed, at a shared-log-on, or exposed in an other way", &error);
      return dex_future_new_for_error (error);
    }
  step->staff_number = probity_parse_line (who, 200, &error);
  if (step->staff_number == NULL || *step->staff_number == '\0')
    {
      if (error == NULL)
        error = probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, "who", "Who was exposed is said by a staff number, or a name");
      return dex_future_new_for_error (error);
    }
  if (!probity_step_require_text ("reason", reason, &error))
    return dex_future_new_for_error (error);
  step->text = g_strdup (manner);
  step->reason = g_strdup (reason);

  return dex_scheduler_spawn (NULL, 0, add_fiber, g_steal_pointer (&step), (GDestroyNotify) probity_step_unref);
}
