/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-exposure-private.h"

#include "probity-instant.h"

/*
 * One log through the rules. Each rule about rows becomes a range of time or a table of the codes that pass; a row goes
 * with the first rule it fails, and somebody stays as long as one of their rows does.
 */

typedef struct
{
  guint    level; /* the place of its rule among all */
  gboolean is_window;
  guint    field;
  gint64   from_ms; /* of a window, widened by the clock's error */
  gint64   until_ms;
  guint8  *passes; /* by code */
  guint    n_codes;
} Test;

typedef struct
{
  gint64 rows;
  gint64 first_ms;
  gint64 last_ms;
} Tally;

struct _ProbityExposureScan
{
  ProbityExposureReckoning *reckoning;
  gint64                    import_id;
  guint                     fields;
  guint                    *members; /* by number of account */
  guint                     n_members;
  guint                    *levels;  /* of a run, by number of account: how many rules some row of theirs passes */
  Tally                    *tallies; /* likewise: their rows that pass all */
  GArray                   *tests;
};

/* A chunk with the columns that were asked for. */
typedef struct
{
  gint64        id;
  guint64       place; /* of its first row among all */
  guint         rows;
  gint64        first_ms;
  gint64        last_ms;
  GBytes       *bytes[PROBITY_EXPOSURE_N_COLUMNS];
  ProbityPacked columns[PROBITY_EXPOSURE_N_COLUMNS];
} Chunk;

static void
clear_test (gpointer data)
{
  g_free (((Test *) data)->passes);
}

static gboolean
fail_damaged (GError **error)
{
  g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "An imported access log is damaged");

  return FALSE;
}

static void
clear_chunk (Chunk *chunk)
{
  for (guint i = 0; i < PROBITY_EXPOSURE_N_COLUMNS; i++)
    g_clear_pointer (&chunk->bytes[i], g_bytes_unref);
}

static gboolean
open_column (ProbityExposureScan *self,
             Chunk               *chunk,
             guint                field,
             GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (chunk->bytes[field] != NULL)
    return TRUE;

  statement = probity_db_query (self->reckoning->db, error, "SELECT data FROM exposure_column WHERE chunk_id = $chunk AND field = $field", "$chunk", 'i', chunk->id, "$field", 'i', (gint64) field, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return fail_damaged (error);
  chunk->bytes[field] = probity_statement_dup_bytes (statement, 0);

  return probity_packed_open (&chunk->columns[field], chunk->bytes[field], chunk->rows, error);
}

/* Words ----------------------------------------------------------------------------------------- */

gboolean
probity_exposure_each_word (ProbityDb              *db,
                            gint64                  import_id,
                            guint                   field,
                            ProbityExposureWordFunc func,
                            gpointer                data,
                            GError                **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  guint code = 1;

  statement = probity_db_query (db, error, "SELECT data FROM exposure_words WHERE import_id = $import AND field = $field ORDER BY page", "$import", 'i', import_id, "$field", 'i', (gint64) field, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      g_autoptr (GBytes) bytes = NULL;
      gboolean    row;
      const char *at;
      const char *end;
      gsize       size = 0;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;

      bytes = probity_statement_dup_bytes (statement, 0);
      at = g_bytes_get_data (bytes, &size);
      end = at + size;
      if (size == 0 || end[-1] != '\0')
        return fail_damaged (error);
      for (; at < end; at += strlen (at) + 1)
        if (!func (code++, at, data))
          return TRUE;
    }
}

typedef struct
{
  ProbityExposureMatcher *matcher;
  GByteArray             *passes;
  gboolean                keep;
} Judge;

static gboolean
judge_word_cb (guint       code,
               const char *word,
               gpointer    data)
{
  Judge *judge = data;
  guint8 passes = probity_exposure_matcher_match (judge->matcher, word) == judge->keep;

  g_byte_array_append (judge->passes, &passes, 1);

  return TRUE;
}

/* A row without a word passes: what is not told eliminates nobody. */
static gboolean
add_words_test (ProbityExposureScan *self,
                Test                *test,
                ProbityExposureStep *step,
                GError             **error)
{
  static const guint8 one = 1;
  g_autoptr (ProbityExposureMatcher) matcher = probity_exposure_matcher_new ((const char *const *) step->words);
  g_autoptr (GByteArray) passes = g_byte_array_new ();
  Judge judge = { matcher, passes, step->keep };
  gsize n = 0;

  g_byte_array_append (passes, &one, 1);
  if (!probity_exposure_each_word (self->reckoning->db, self->import_id, test->field, judge_word_cb, &judge, error))
    return FALSE;

  test->passes = g_byte_array_steal (passes, &n);
  test->n_codes = (guint) n;

  return TRUE;
}

/* A log without roles or units: by what the staff list says of who stands in it. */
static void
add_staff_test (ProbityExposureScan *self,
                Test                *test,
                ProbityExposureStep *step)
{
  g_autoptr (ProbityExposureMatcher) matcher = probity_exposure_matcher_new ((const char *const *) step->words);

  test->field = PROBITY_LOG_WHO;
  test->n_codes = self->n_members;
  test->passes = g_new (guint8, MAX (self->n_members, 1));
  test->passes[0] = 1;
  for (guint i = 1; i < self->n_members; i++)
    {
      const ProbityExposureMember *member = &g_array_index (self->reckoning->members, ProbityExposureMember, self->members[i]);
      const char                  *word = step->kind == PROBITY_EXPOSURE_ROLES ? member->person->rank : member->person->unit;

      test->passes[i] = word == NULL || probity_exposure_matcher_match (matcher, word) == step->keep;
    }
}

static gboolean
add_test (ProbityExposureScan *self,
          guint                level,
          gint64               clock_error_ms,
          GError             **error)
{
  const ProbityExposureRule *rule = g_ptr_array_index (self->reckoning->rules, level);
  ProbityExposureStep       *step = rule->step;
  Test                       test = { .level = level, .field = probity_exposure_step_kind_get_field (step->kind) };
  gboolean                   ok = TRUE;

  switch (step->kind)
    {
    case PROBITY_EXPOSURE_WINDOW:
      test.is_window = TRUE;
      test.from_ms = rule->from_ms != G_MININT64 ? rule->from_ms - clock_error_ms : G_MININT64;
      test.until_ms = rule->until_ms + clock_error_ms;
      break;

    case PROBITY_EXPOSURE_RECORDS:
      ok = add_words_test (self, &test, step, error);
      break;

    case PROBITY_EXPOSURE_PLACES:
    case PROBITY_EXPOSURE_ROLES:
    case PROBITY_EXPOSURE_UNITS:
      if ((self->fields >> test.field & 1) != 0)
        ok = add_words_test (self, &test, step, error);
      else if (step->kind == PROBITY_EXPOSURE_PLACES)
        return TRUE;
      else
        add_staff_test (self, &test, step);
      break;

    case PROBITY_EXPOSURE_ELIMINATED:
    case PROBITY_EXPOSURE_EXCLUSION:
      /* About people, not rows. */
      return TRUE;
    }

  g_array_append_val (self->tests, test);

  return ok;
}

/* Scans ------------------------------------------------------------------------------------------ */

static gboolean
read_accounts (ProbityExposureScan *self,
               GError             **error)
{
  g_autoptr (GArray) members = g_array_new (FALSE, TRUE, sizeof (guint));
  g_autoptr (ProbityStatement) statement = NULL;
  gsize n = 0;

  g_array_set_size (members, 1);
  statement = probity_db_query (self->reckoning->db, error, "SELECT number, person_id, account FROM exposure_account WHERE import_id = $import ORDER BY number", "$import", 'i', self->import_id, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      gboolean row;
      guint    member;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      if (probity_statement_get_int64 (statement, 0) != members->len ||
          !probity_exposure_reckoning_find_index (self->reckoning, probity_statement_get_int64 (statement, 1), &member))
        return fail_damaged (error);
      probity_exposure_member_add_account (&g_array_index (self->reckoning->members, ProbityExposureMember, member), probity_statement_get_text (statement, 2));
      g_array_append_val (members, member);
    }

  self->members = g_array_steal (members, &n);
  self->n_members = (guint) n;

  return TRUE;
}

ProbityExposureScan *
probity_exposure_scan_new (ProbityExposureReckoning *reckoning,
                           gint64                    import_id,
                           gint64                    clock_error_ms,
                           guint                     fields,
                           GError                  **error)
{
  g_autoptr (ProbityExposureScan) self = g_new0 (ProbityExposureScan, 1);

  self->reckoning = reckoning;
  self->import_id = import_id;
  self->fields = fields;
  self->tests = g_array_new (FALSE, FALSE, sizeof (Test));
  g_array_set_clear_func (self->tests, clear_test);

  if (!read_accounts (self, error))
    return NULL;
  for (guint level = 0; level < reckoning->rules->len; level++)
    if (!add_test (self, level, clock_error_ms, error))
      return NULL;

  return g_steal_pointer (&self);
}

void
probity_exposure_scan_free (ProbityExposureScan *self)
{
  g_clear_pointer (&self->tests, g_array_unref);
  g_free (self->members);
  g_free (self->levels);
  g_free (self->tallies);
  g_free (self);
}

/* The first row of @chunk that is not before @ms. */
static guint
find_row (Chunk *chunk,
          gint64 ms)
{
  guint low = 0;
  guint high = chunk->rows;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (probity_packed_get (&chunk->columns[PROBITY_EXPOSURE_TIME], middle) < ms)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The rows of @chunk that lie in a window: all, none, or those between two places. */
static gboolean
cut_window (ProbityExposureScan *self,
            Chunk               *chunk,
            const Test          *test,
            guint               *ret_from,
            guint               *ret_to,
            GError             **error)
{
  *ret_from = 0;
  *ret_to = chunk->rows;

  if (chunk->last_ms < test->from_ms || chunk->first_ms > test->until_ms)
    *ret_to = 0;
  if (*ret_to == 0 || (chunk->first_ms >= test->from_ms && chunk->last_ms <= test->until_ms))
    return TRUE;

  if (!open_column (self, chunk, PROBITY_EXPOSURE_TIME, error))
    return FALSE;
  if (chunk->first_ms < test->from_ms)
    *ret_from = find_row (chunk, test->from_ms);
  if (chunk->last_ms > test->until_ms)
    *ret_to = find_row (chunk, test->until_ms + 1);

  return TRUE;
}

/* What a test is for one chunk. */
typedef struct
{
  const guint8        *passes;
  const ProbityPacked *column;
  guint                n_codes;
  guint                from;
  guint                to;
  guint                level;
} ChunkTest;

static gboolean
open_tests (ProbityExposureScan *self,
            Chunk               *chunk,
            ChunkTest           *tests,
            GError             **error)
{
  for (guint t = 0; t < self->tests->len; t++)
    {
      const Test *test = &g_array_index (self->tests, Test, t);

      tests[t] = (ChunkTest) { .passes = test->passes, .n_codes = test->n_codes, .level = test->level };
      if (test->is_window)
        {
          if (!cut_window (self, chunk, test, &tests[t].from, &tests[t].to, error))
            return FALSE;
          continue;
        }
      tests[t].to = chunk->rows;
      /* Nothing is left to ask further tests of. */
      if (t > 0 && tests[0].from >= tests[0].to)
        continue;
      if (!open_column (self, chunk, test->field, error))
        return FALSE;
      tests[t].column = &chunk->columns[test->field];
    }

  return TRUE;
}

/* How many of the tests the row passes. A code beyond the dictionary cannot be; it passes none. */
static inline guint
count_passed (const ChunkTest *tests,
              guint            n_tests,
              guint            i)
{
  for (guint t = 0; t < n_tests; t++)
    {
      if (tests[t].passes != NULL)
        {
          const gint64 code = probity_packed_get (tests[t].column, i);

          if ((guint64) code >= tests[t].n_codes || !tests[t].passes[code])
            return t;
        }
      else if (i < tests[t].from || i >= tests[t].to)
        {
          return t;
        }
    }

  return n_tests;
}

/* By accounts: what is touched for each row is then small enough for the fastest memory. */
static gboolean
scan_chunk (ProbityExposureScan *self,
            Chunk               *chunk,
            ChunkTest           *tests,
            GError             **error)
{
  const guint          n_tests = self->tests->len;
  const guint          n_rules = self->reckoning->rules->len;
  const guint          from = n_tests > 0 ? tests[0].from : 0;
  const guint          to = n_tests > 0 ? tests[0].to : chunk->rows;
  const ProbityPacked *who = &chunk->columns[PROBITY_LOG_WHO];
  const ProbityPacked *time = &chunk->columns[PROBITY_EXPOSURE_TIME];

  for (guint i = from; i < to; i++)
    {
      const guint passed = count_passed (tests, n_tests, i);
      gint64      code;

      /* Everybody has a row that fails the first test, unless one passes it. */
      if (passed == 0 && n_tests > 0)
        continue;

      /* Nothing is read and deciphered before a row asks for it. */
      if (who->bits == NULL && !open_column (self, chunk, PROBITY_LOG_WHO, error))
        return FALSE;
      code = probity_packed_get (who, i);
      if (code <= 0 || code >= self->n_members)
        return fail_damaged (error);

      if (passed < n_tests)
        {
          self->levels[code] = MAX (self->levels[code], tests[passed].level);
        }
      else
        {
          Tally *tally = &self->tallies[code];
          gint64 ms;

          if (time->bits == NULL && !open_column (self, chunk, PROBITY_EXPOSURE_TIME, error))
            return FALSE;
          ms = probity_packed_get (time, i);
          tally->first_ms = tally->rows > 0 ? MIN (tally->first_ms, ms) : ms;
          tally->last_ms = tally->rows > 0 ? MAX (tally->last_ms, ms) : ms;
          tally->rows++;
          self->levels[code] = n_rules;
        }
    }

  return TRUE;
}

/* Somebody may stand in a log under several accounts, and in several logs. */
static void
settle_account (ProbityExposureScan *self,
                guint                code)
{
  ProbityExposureMember *member = &g_array_index (self->reckoning->members, ProbityExposureMember, self->members[code]);
  const Tally           *tally = &self->tallies[code];

  member->level = MAX (member->level, self->levels[code]);
  if (tally->rows == 0)
    return;

  member->first_ms = member->rows > 0 ? MIN (member->first_ms, tally->first_ms) : tally->first_ms;
  member->last_ms = member->rows > 0 ? MAX (member->last_ms, tally->last_ms) : tally->last_ms;
  member->rows += tally->rows;
}

typedef gboolean (*ChunkFunc) (ProbityExposureScan *self,
                               Chunk               *chunk,
                               ChunkTest           *tests,
                               gpointer             data,
                               GError             **error);

static gboolean
each_chunk (ProbityExposureScan *self,
            ChunkFunc            func,
            gpointer             data,
            GError             **error)
{
  g_autofree ChunkTest *tests = g_new0 (ChunkTest, self->tests->len + 1);
  g_autoptr (ProbityStatement) statement = NULL;
  guint64 place = 0;

  statement = probity_db_query (self->reckoning->db, error, "SELECT id, rows, first_ms, last_ms FROM exposure_chunk WHERE import_id = $import ORDER BY number", "$import", 'i', self->import_id, NULL);
  if (statement == NULL)
    return FALSE;

  while (TRUE)
    {
      Chunk    chunk = { .place = place };
      gboolean row;
      gboolean ok;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (g_cancellable_set_error_if_cancelled (self->reckoning->cancellable, error))
        return FALSE;

      chunk.id = probity_statement_get_int64 (statement, 0);
      chunk.rows = (guint) probity_statement_get_int64 (statement, 1);
      chunk.first_ms = probity_statement_get_int64 (statement, 2);
      chunk.last_ms = probity_statement_get_int64 (statement, 3);
      place += chunk.rows;

      ok = open_tests (self, &chunk, tests, error) && func (self, &chunk, tests, data, error);
      clear_chunk (&chunk);
      if (!ok)
        return FALSE;
    }
}

static gboolean
scan_chunk_cb (ProbityExposureScan *self,
               Chunk               *chunk,
               ChunkTest           *tests,
               gpointer             data,
               GError             **error)
{
  return scan_chunk (self, chunk, tests, error);
}

gboolean
probity_exposure_scan_run (ProbityExposureScan *self,
                           GError             **error)
{
  const guint level = self->tests->len > 0 ? g_array_index (self->tests, Test, 0).level : 0;

  self->levels = g_new (guint, self->n_members);
  self->tallies = g_new0 (Tally, self->n_members);
  for (guint i = 0; i < self->n_members; i++)
    self->levels[i] = level;
  if (!each_chunk (self, scan_chunk_cb, NULL, error))
    return FALSE;

  for (guint i = 1; i < self->n_members; i++)
    settle_account (self, i);

  return TRUE;
}

/* Rows of one ------------------------------------------------------------------------------------ */

typedef struct
{
  guint       member;
  gboolean    all;
  const char *system;
  const char *file_name;
  guint       limit;
  GPtrArray  *rows;
  GArray     *codes; /* of each row: by ProbityLogField */
} Collection;

typedef struct
{
  guint codes[PROBITY_LOG_N_FIELDS];
} RowCodes;

static gboolean
is_collected (ProbityExposureScan *self,
              const Collection    *collection,
              guint                member)
{
  if (collection->member == PROBITY_EXPOSURE_EVERYBODY)
    return !g_array_index (self->reckoning->members, ProbityExposureMember, member).hidden;

  return member == collection->member;
}

static gboolean
collect_chunk_cb (ProbityExposureScan *self,
                  Chunk               *chunk,
                  ChunkTest           *tests,
                  gpointer             data,
                  GError             **error)
{
  Collection *collection = data;

  if (collection->rows->len >= collection->limit || (!collection->all && self->tests->len > 0 && tests[0].from >= tests[0].to))
    return TRUE;
  for (guint field = 0; field < PROBITY_EXPOSURE_N_COLUMNS; field++)
    if (!open_column (self, chunk, field, error))
      return FALSE;

  for (guint i = 0; i < chunk->rows && collection->rows->len < collection->limit; i++)
    {
      const gint64        who = probity_packed_get (&chunk->columns[PROBITY_LOG_WHO], i);
      ProbityExposureRow *row;
      RowCodes            codes;

      if (who <= 0 || who >= self->n_members)
        return fail_damaged (error);
      if (!is_collected (self, collection, self->members[who]) || (!collection->all && count_passed (tests, self->tests->len, i) < self->tests->len))
        continue;

      for (guint field = 0; field < PROBITY_LOG_N_FIELDS; field++)
        codes.codes[field] = (guint) probity_packed_get (&chunk->columns[field], i);
      g_array_append_val (collection->codes, codes);
      row = g_new0 (ProbityExposureRow, 1);
      row->system = g_strdup (collection->system);
      row->file_name = g_strdup (collection->file_name);
      row->line = probity_packed_get (&chunk->columns[PROBITY_EXPOSURE_LINE], i) + (gint64) (chunk->place + i);
      row->at = probity_instant_from_ms (probity_packed_get (&chunk->columns[PROBITY_EXPOSURE_TIME], i));
      g_ptr_array_add (collection->rows, row);
    }

  return TRUE;
}

static gboolean
look_up_word_cb (guint       code,
                 const char *word,
                 gpointer    data)
{
  GHashTable *wanted = data;

  if (g_hash_table_contains (wanted, GUINT_TO_POINTER (code)))
    g_hash_table_insert (wanted, GUINT_TO_POINTER (code), g_strdup (word));

  return TRUE;
}

static gboolean
read_account_words (ProbityExposureScan *self,
                    GHashTable          *wanted,
                    GError             **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (self->reckoning->db, error, "SELECT number, account FROM exposure_account WHERE import_id = $import", "$import", 'i', self->import_id, NULL);
  if (statement == NULL)
    return FALSE;
  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      look_up_word_cb ((guint) probity_statement_get_int64 (statement, 0), probity_statement_get_text (statement, 1), wanted);
    }
}

static char **
get_text (ProbityExposureRow *row,
          guint               field)
{
  switch ((ProbityLogField) field)
    {
    case PROBITY_LOG_WHO:
      return &row->account;
    case PROBITY_LOG_RECORD:
      return &row->record;
    case PROBITY_LOG_PLACE:
      return &row->place;
    case PROBITY_LOG_ROLE:
      return &row->role;
    case PROBITY_LOG_UNIT:
      return &row->unit;
    }

  g_return_val_if_reached (NULL);
}

gboolean
probity_exposure_scan_collect (ProbityExposureScan *self,
                               guint                member,
                               gboolean             all,
                               const char          *system,
                               const char          *file_name,
                               guint                limit,
                               GPtrArray           *rows,
                               GError             **error)
{
  g_autoptr (GArray) codes = g_array_new (FALSE, FALSE, sizeof (RowCodes));
  const guint first = rows->len;
  Collection  collection = { member, all, system, file_name, limit, rows, codes };

  if (!each_chunk (self, collect_chunk_cb, &collection, error))
    return FALSE;

  for (guint field = 0; field < PROBITY_LOG_N_FIELDS && codes->len > 0; field++)
    {
      g_autoptr (GHashTable) wanted = g_hash_table_new_full (NULL, NULL, NULL, g_free);

      for (guint i = 0; i < codes->len; i++)
        g_hash_table_insert (wanted, GUINT_TO_POINTER (g_array_index (codes, RowCodes, i).codes[field]), NULL);
      if (!(field == PROBITY_LOG_WHO ? read_account_words (self, wanted, error)
                                     : probity_exposure_each_word (self->reckoning->db, self->import_id, field, look_up_word_cb, wanted, error)))
        return FALSE;
      for (guint i = 0; i < codes->len; i++)
        *get_text (g_ptr_array_index (rows, first + i), field) = g_strdup (g_hash_table_lookup (wanted, GUINT_TO_POINTER (g_array_index (codes, RowCodes, i).codes[field])));
    }

  return TRUE;
}
