/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-search-private.h"

#include "probity-case.h"
#include "probity-db-weights.h"
#include "probity-sealed-people.h"

/*
 * The queries of a search, on a reader thread.
 *
 * An index is read newest first and no further than DEPTH hits, which are ranked; of those the best
 * are read from their tables. Where one beginning has more than a few, they are read in the order of their weights
 * (probity-search-best.c). The lock stands in the innermost query, so that what is locked takes no
 * place among the DEPTH; who is confined to their own people asks the index for those rows alone. The
 * scope of the record's kind then judges every row that is read.
 *
 * A name that was typed in full comes before what only begins so, and so does every word once the next one is
 * begun or a blank typed: before that nobody knows whether the word is finished.
 */
#define DEPTH 1000
/* Of one beginning so many are ranked: from there on it costs less to read them by their weights. */
#define BEST_DEPTH 250
/* A word that more rows have is no name that comes first: looking for those that have it in a name goes through all. */
#define COMMON 5000
/* Of people whose name is alike the best are read; some can be locked from the reader. */
#define MAX_ALIKE 200

typedef struct
{
  ProbitySession            *session;
  ProbityRead               *read;
  const ProbitySearchSource *source;
  const ProbitySearchWords  *words;
  guint                      limit;
  GPtrArray                 *hits;        /* of the kind of record that is being looked at, where it is looked at */
  GPtrArray                 *open;        /* of that kind: in its compartment */
  GPtrArray                 *sealed;      /* and in sealed ones */
  GHashTable                *seen;        /* their ids */
  ProbitySealedPeople       *people;      /* of sealed cases; NULL: not asked for yet */
  gboolean                  *lacks_names; /* NULL: names are waited for */
} Collection;

void
probity_search_hit_free (ProbitySearchHit *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->snippet);
  g_free (self->why);
  g_clear_pointer (&self->reference_marks, g_array_unref);
  g_clear_pointer (&self->title_marks, g_array_unref);
  g_clear_pointer (&self->snippet_marks, g_array_unref);
  g_free (self);
}

static void
free_hit (gpointer data)
{
  probity_search_hit_free (data);
}

/* Ids of the index's rows that belong to the records @ids selects. */
static char *
dup_rows_of (const ProbitySearchSource *source,
             char                      *ids)
{
  g_autofree char *records = ids;

  if (records == NULL || source->table == NULL)
    return g_steal_pointer (&records);

  return g_strdup_printf ("SELECT x.id AS id FROM %s AS x JOIN %s AS r ON %s WHERE r.id IN (%s)",
                          source->table,
                          source->record->table,
                          source->join,
                          records);
}

static char *
dup_words_sql (const ProbitySearchSource *source,
               ProbitySession            *session)
{
  g_autofree char *scope = probity_record_kind_dup_scope (source->record, session);
  g_autofree char *own = dup_rows_of (source, probity_record_kind_dup_own_ids (source->record, session));
  g_autofree char *locked = dup_rows_of (source, probity_record_kind_dup_locked_ids (source->record));
  g_autofree char *part = source->table != NULL ? g_strdup_printf ("CROSS JOIN %s AS x ON x.id = h.id", source->table) : NULL;
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_append_printf (sql, "SELECT r.id, r.uid, %s, %s, %s, h.score FROM (SELECT id, score FROM (SELECT w.rowid AS id, probity_rank (w.%s) AS score FROM ", source->reference, source->title, source->text, source->index);
  if (own != NULL)
    g_string_append_printf (sql, "(%s) AS o CROSS JOIN %s AS w WHERE w.%s MATCH $match AND w.rowid = o.id", own, source->index, source->index);
  else
    g_string_append_printf (sql, "%s AS w WHERE w.%s MATCH $match", source->index, source->index);
  if (locked != NULL)
    g_string_append_printf (sql, " AND w.rowid NOT IN (%s)", locked);
  g_string_append_printf (sql,
                          " ORDER BY w.rowid DESC LIMIT $depth) ORDER BY score DESC, id DESC LIMIT $keep) AS h"
                          " %s CROSS JOIN %s AS r ON %s WHERE %s ORDER BY h.score DESC, h.id DESC",
                          part != NULL ? part : "",
                          source->record->table,
                          source->table != NULL ? source->join : "r.id = h.id",
                          scope);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
bind_scope (Collection       *self,
            const char       *sql,
            ProbityStatement *statement,
            GError          **error)
{
  return strstr (sql, "$locked") == NULL || probity_access_bind_scope (self->session, statement, error);
}

static gboolean
words_are_finished (const ProbitySearchWords *words)
{
  return words->finished || words->n_words > 1;
}

/* Whether every word that was typed stands whole somewhere in the hit. */
static void
mark_hit (Collection       *self,
          ProbitySearchHit *hit,
          const char       *text,
          double            score)
{
  const guint32 all = self->words->n_words > 0 ? (1u << self->words->n_words) - 1 : 0;
  guint32       whole = 0;

  hit->snippet = probity_search_words_cut (self->words, text);
  hit->reference_marks = probity_search_words_mark (self->words, hit->reference, &whole);
  hit->title_marks = probity_search_words_mark (self->words, hit->title, &whole);
  hit->snippet_marks = probity_search_words_mark (self->words, hit->snippet, words_are_finished (self->words) ? &whole : NULL);

  /* 1: the very reference; from 0.5: whole words. */
  if (hit->reference != NULL && g_ascii_strcasecmp (hit->reference, self->words->typed) == 0)
    hit->score = 1;
  else
    hit->score = (whole == all && all != 0 ? 0.5 : 0) + score * 0.499;
}

static void
take_hit (Collection       *self,
          ProbityStatement *statement,
          double            score)
{
  gint64            id = probity_statement_get_int64 (statement, 0);
  ProbitySearchHit *hit;

  if (!g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id)))
    return;

  hit = g_new0 (ProbitySearchHit, 1);
  hit->kind = self->source->record->name;
  hit->part = self->source->part;
  hit->compartment = probity_read_get_entered (self->read);
  if (hit->compartment == PROBITY_COMPARTMENT_JOURNAL)
    hit->compartment = self->source->record->compartment;
  hit->id = id;
  hit->uid = probity_statement_dup_text (statement, 1);
  hit->reference = probity_statement_dup_text (statement, 2);
  hit->title = probity_statement_dup_text (statement, 3);
  mark_hit (self, hit, probity_statement_get_text (statement, 4), score);
  g_ptr_array_add (self->hits, hit);
}

/* Takes all rows of a query for hits; its sixth column is their score, or where in @best that stands. */
static gboolean
take_hits (Collection       *self,
           const char       *sql,
           ProbityStatement *statement,
           GArray           *best,
           GError          **error)
{
  if (statement == NULL || !bind_scope (self, sql, statement, error))
    return FALSE;

  while (TRUE)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      take_hit (self,
                statement,
                best != NULL ? g_array_index (best, ProbitySearchBest, probity_statement_get_int64 (statement, 5)).score : probity_statement_get_double (statement, 5));
    }
}

static gboolean
collect_by_match (Collection *self,
                  ProbityDb  *db,
                  const char *match,
                  GError    **error)
{
  g_autofree char *sql = dup_words_sql (self->source, self->session);
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (db, error, sql, "$match", 's', match, "$depth", 'i', (gint64) DEPTH, "$keep", 'i', (gint64) self->limit, NULL);
  return take_hits (self, sql, statement, NULL, error);
}

static char *
dup_ids (GArray *best)
{
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < best->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", g_array_index (best, ProbitySearchBest, i).id);
  g_string_append_c (json, ']');

  return g_string_free_and_steal (g_steal_pointer (&json));
}

/* The records of rows that were read by their weights. */
static gboolean
collect_best (Collection *self,
              ProbityDb  *db,
              GArray     *best,
              GError    **error)
{
  const ProbitySearchSource *source = self->source;
  g_autofree char           *scope = probity_record_kind_dup_scope (source->record, self->session);
  g_autofree char           *part = source->table != NULL ? g_strdup_printf ("CROSS JOIN %s AS x ON x.id = h.value", source->table) : NULL;
  g_autofree char           *ids = dup_ids (best);
  g_autofree char           *sql = g_strdup_printf ("SELECT r.id, r.uid, %s, %s, %s, h.key FROM json_each ($ids) AS h %s CROSS JOIN %s AS r ON %s WHERE %s ORDER BY h.key",
                                          source->reference,
                                          source->title,
                                          source->text,
                                          part != NULL ? part : "",
                                          source->record->table,
                                          source->table != NULL ? source->join : "r.id = h.value",
                                          scope);
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$ids", 's', ids, NULL);

  return take_hits (self, sql, statement, best, error);
}

/* Who is confined to their own people has no more rows than can be ranked. */
static gboolean
collect_by_beginning (Collection *self,
                      ProbityDb  *db,
                      GError    **error)
{
  g_autofree char *own = probity_record_kind_dup_own_ids (self->source->record, self->session);
  g_autofree char *locked = NULL;
  g_autoptr (GArray) best = NULL;
  gboolean more = FALSE;

  if (own == NULL && self->words->n_words == 1 && probity_db_has_weights (self->words->words[0]))
    {
      locked = dup_rows_of (self->source, probity_record_kind_dup_locked_ids (self->source->record));
      if (!probity_search_has_more (self->source, self->session, db, locked, self->words->begun, BEST_DEPTH, &more, error))
        return FALSE;
    }
  if (!more)
    return collect_by_match (self, db, self->words->begun, error);

  best = probity_search_read_best (self->source, self->session, db, locked, self->words->words[0], self->limit, error);

  return best != NULL && collect_best (self, db, best, error);
}

static gboolean
collect_whole (Collection *self,
               ProbityDb  *db,
               GError    **error)
{
  g_autofree char *names = NULL;
  g_autofree char *locked = NULL;
  gboolean         common;

  if (words_are_finished (self->words))
    return collect_by_match (self, db, self->words->whole, error);
  if (self->source->names == NULL)
    return TRUE;

  locked = dup_rows_of (self->source, probity_record_kind_dup_locked_ids (self->source->record));
  if (!probity_search_has_more (self->source, self->session, db, locked, self->words->whole, COMMON, &common, error))
    return FALSE;
  if (common)
    return TRUE;

  names = g_strdup_printf ("{%s} : (%s)", self->source->names, self->words->whole);

  return collect_by_match (self, db, names, error);
}

/* The newest records, when only what they are called was typed. */
static gboolean
collect_newest (Collection *self,
                ProbityDb  *db,
                GError    **error)
{
  g_autofree char *scope = probity_record_kind_dup_scope (self->source->record, self->session);
  g_autofree char *own = probity_record_kind_dup_own_ids (self->source->record, self->session);
  g_autofree char *sql = g_strdup_printf ("SELECT r.id, r.uid, %s, %s, %s, 0.0 FROM %s AS r WHERE %s%s%s%s ORDER BY r.id DESC LIMIT $keep",
                                          self->source->reference,
                                          self->source->title,
                                          self->source->text,
                                          self->source->record->table,
                                          scope,
                                          own != NULL ? " AND r.id IN (" : "",
                                          own != NULL ? own : "",
                                          own != NULL ? ")" : "");
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$keep", 'i', (gint64) self->limit, NULL);

  return take_hits (self, sql, statement, NULL, error);
}

/* Who was typed by staff number: the records of which they are a subject. */
static gboolean
collect_by_number (Collection *self,
                   ProbityDb  *db,
                   GError    **error)
{
  const ProbityRecordKind *kind = self->source->record;
  g_autofree char         *scope = NULL;
  g_autofree char         *sql = NULL;
  g_autofree char         *upper = NULL;
  g_autoptr (ProbityStatement) statement = NULL;

  if (kind->subject_table == NULL || strpbrk (self->words->typed, "0123456789") == NULL || strpbrk (self->words->typed, " \t") != NULL)
    return TRUE;

  upper = g_ascii_strup (self->words->typed, -1);
  scope = probity_record_kind_dup_scope (kind, self->session);
  sql = g_strdup_printf ("SELECT DISTINCT r.id, r.uid, %s, %s, %s, 0.5 FROM %s AS p CROSS JOIN %s AS r ON r.id = p.%s"
                         " WHERE p.staff_number IN ($typed, $upper) AND %s ORDER BY r.id DESC LIMIT $keep",
                         self->source->reference,
                         self->source->title,
                         self->source->text,
                         kind->subject_table,
                         kind->table,
                         kind->subject_parent,
                         scope);
  statement = probity_db_query (db, error, sql, "$typed", 's', self->words->typed, "$upper", 's', upper, "$keep", 'i', (gint64) self->limit, NULL);
  return take_hits (self, sql, statement, NULL, error);
}

/* People whom a confined reader may know of, as ids of the index of names. NULL: not confined, or @error. */
static GHashTable *
read_own_people (Collection *self,
                 ProbityDb  *db,
                 GError    **error)
{
  g_autofree char *own = probity_record_kind_dup_own_ids (self->source->record, self->session);
  g_autofree char *sql = NULL;
  g_autoptr (GHashTable) ids = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  if (own == NULL)
    return NULL;

  sql = g_strdup_printf ("SELECT DISTINCT m.id FROM %s AS r JOIN person AS m ON m.staff_number = %s WHERE r.id IN (%s) AND $locked IS NOT NULL AND $everyone IS NOT NULL",
                         self->source->record->table,
                         self->source->record->staff_column,
                         own);
  ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  statement = probity_db_query (db, error, sql, NULL);
  if (statement == NULL || !bind_scope (self, sql, statement, error))
    return NULL;

  while (TRUE)
    {
      gint64 id;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&ids);
      id = probity_statement_get_int64 (statement, 0);
      g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
}

static char *
dup_ids_json (GArray     *alike,
              GHashTable *own)
{
  g_autoptr (GString) json = g_string_new ("[");
  guint n = 0;

  for (guint i = 0; i < alike->len && n < MAX_ALIKE; i++)
    {
      const ProbityPersonIndexHit *hit = &g_array_index (alike, ProbityPersonIndexHit, i);

      if (own == NULL || g_hash_table_contains (own, &hit->id))
        g_string_append_printf (json, "%s%" G_GINT64_FORMAT, n++ > 0 ? "," : "", hit->id);
    }
  g_string_append_c (json, ']');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static double
find_score (GArray *alike,
            gint64  id)
{
  for (guint i = 0; i < alike->len; i++)
    if (g_array_index (alike, ProbityPersonIndexHit, i).id == id)
      return g_array_index (alike, ProbityPersonIndexHit, i).score;

  return 0;
}

/* Names that are spelled otherwise, short forms, other order: by the comparison of people. */
static gboolean
collect_alike (Collection *self,
               ProbityDb  *db,
               GError    **error)
{
  g_autoptr (ProbityLiveView) view = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GHashTable) own = NULL;
  g_autoptr (GArray) alike = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *sql = NULL;
  g_autofree char *ids = NULL;
  gboolean         row;

  if (!(self->lacks_names != NULL
            ? probity_live_index_peek_view (self->session, self->source->get_people (), db, &view, error)
            : (view = probity_live_index_get_view (self->session, self->source->get_people (), db, error)) != NULL))
    return FALSE;
  if (view == NULL)
    {
      *self->lacks_names = TRUE;
      return TRUE;
    }

  own = read_own_people (self, db, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  alike = probity_live_view_find_words (view, self->words->typed, PROBITY_PERSON_THRESHOLD, own != NULL ? 0 : MAX_ALIKE, probity_read_peek_cancellable (self->read));
  if (g_cancellable_set_error_if_cancelled (probity_read_peek_cancellable (self->read), error))
    return FALSE;
  ids = dup_ids_json (alike, own);
  scope = probity_record_kind_dup_scope (self->source->record, self->session);
  sql = g_strdup_printf ("SELECT r.id, r.uid, %s, %s, %s, h.value FROM json_each ($ids) AS h CROSS JOIN %s WHERE %s ORDER BY h.key, r.id DESC LIMIT $keep",
                         self->source->reference,
                         self->source->title,
                         self->source->text,
                         self->source->people,
                         scope);
  statement = probity_db_query (db, error, sql, "$ids", 's', ids, "$keep", 'i', (gint64) self->limit + self->hits->len, NULL);
  if (statement == NULL || !bind_scope (self, sql, statement, error))
    return FALSE;

  while (self->hits->len < self->limit)
    {
      guint n = self->hits->len;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      take_hit (self, statement, find_score (alike, probity_statement_get_int64 (statement, 5)) / 2);
      if (self->hits->len > n)
        {
          ProbitySearchHit *hit = g_ptr_array_index (self->hits, n);

          hit->why = probity_live_view_explain_words (view, self->words->typed, probity_statement_get_int64 (statement, 5));
        }
    }

  return TRUE;
}

/* The same among the few people whom the sealed case that is entered is about. */
static gboolean
collect_alike_sealed (Collection *self,
                      GError    **error)
{
  const ProbitySource source = { .session = self->session, .read = self->read };
  g_autofree char    *words = g_strjoinv (" ", self->words->words);
  g_autoptr (GArray) alike = NULL;

  if (self->people == NULL && (self->people = probity_sealed_people_new (&source, error)) == NULL)
    return FALSE;

  alike = probity_sealed_people_find (self->people, words, PROBITY_PERSON_THRESHOLD);
  for (guint i = 0; i < alike->len; i++)
    {
      const ProbityPersonIndexHit *found = &g_array_index (alike, ProbityPersonIndexHit, i);
      const ProbitySealedPerson   *person = probity_sealed_people_get (self->people, found->id);
      ProbitySearchHit            *hit;

      if (person->kind != self->source->record || person->compartment != probity_read_get_entered (self->read) ||
          !g_hash_table_add (self->seen, g_memdup2 (&person->id, sizeof person->id)))
        continue;
      hit = g_new0 (ProbitySearchHit, 1);
      hit->kind = person->kind->name;
      hit->compartment = person->compartment;
      hit->id = person->id;
      hit->uid = g_strdup (person->uid);
      hit->reference = g_strdup (person->reference);
      hit->title = g_strdup (person->title);
      mark_hit (self, hit, NULL, found->score / 2);
      hit->why = probity_sealed_people_explain (self->people, words, found->id);
      g_ptr_array_add (self->hits, hit);
    }

  return TRUE;
}

static gboolean
collect_words (Collection               *self,
               ProbityDb                *db,
               const ProbitySearchWords *words,
               GError                  **error)
{
  self->words = words;

  return (words->n_words == 0 && self->source->table == NULL
              ? collect_newest (self, db, error)
              : words->n_words == 0 || (collect_whole (self, db, error) &&
                                        (self->hits->len >= self->limit || collect_by_beginning (self, db, error))));
}

static gboolean
collect_source (Collection               *self,
                const ProbitySearchWords *words,
                GError                  **error)
{
  const gboolean sealed = probity_read_get_entered (self->read) != PROBITY_COMPARTMENT_JOURNAL;
  ProbityDb     *db = probity_read_get_db (self->read, self->source->record->compartment, error);
  g_autoptr (ProbitySearchWords) rest = NULL;

  if (db == NULL || !collect_words (self, db, words, error) ||
      (self->source->table == NULL && self->hits->len < self->limit && !collect_by_number (self, db, error)))
    return FALSE;

  /* "business interest marsh" is a second job of somebody called Marsh. */
  rest = probity_search_words_without (words, self->source);
  if (rest != NULL && self->hits->len < self->limit && !collect_words (self, db, rest, error))
    return FALSE;

  self->words = rest != NULL ? rest : words;
  /* The index of names is that of the open compartment. */
  if (sealed)
    return self->source->table != NULL || !self->words->has_name || collect_alike_sealed (self, error);
  if (self->source->get_people != NULL && self->words->has_name && self->hits->len < self->limit)
    return collect_alike (self, db, error);

  return TRUE;
}

/* In the compartment of the records, and in each sealed one whose key is held: ids are of one compartment. */
static gboolean
collect_homes (Collection               *self,
               const ProbitySearchWords *words,
               GHashTable              **seen,
               GError                  **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1] = { PROBITY_COMPARTMENT_JOURNAL };
  guint              n = 1;
  gboolean           ok = TRUE;

  if (probity_case_kind_of (self->source->record) != NULL)
    n = probity_casebook_list_homes (probity_session_get_casebook (self->session), self->source->record->compartment, compartments);
  for (guint i = 0; ok && i < n; i++)
    {
      if (seen[i] == NULL)
        seen[i] = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      self->seen = seen[i];
      self->hits = i == 0 ? self->open : self->sealed;
      probity_read_enter (self->read, compartments[i]);
      ok = collect_source (self, words, error);
    }
  probity_read_enter (self->read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

static void
forget_seen (GHashTable **seen)
{
  for (guint i = 0; i <= PROBITY_MAX_SEALED; i++)
    g_clear_pointer (&seen[i], g_hash_table_unref);
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const ProbitySearchHit *hit_a = *(const ProbitySearchHit *const *) a;
  const ProbitySearchHit *hit_b = *(const ProbitySearchHit *const *) b;

  if (hit_a->score != hit_b->score)
    return hit_a->score > hit_b->score ? -1 : 1;

  return (hit_a->id < hit_b->id) - (hit_a->id > hit_b->id);
}

static void
cut (GPtrArray *hits,
     guint      limit)
{
  g_ptr_array_sort (hits, compare_hits);
  if (hits->len > limit)
    g_ptr_array_set_size (hits, (int) limit);
}

/*
 * Adds the hits of one kind of record to @all, the kind with the very reference first. What is sealed takes no place
 * from the others: their number is logged, and must be what it is for who holds no such key.
 */
static void
put_kind (GPtrArray *all,
          GPtrArray *hits,
          GPtrArray *sealed,
          guint      limit)
{
  guint at = all->len;

  cut (hits, limit);
  cut (sealed, limit);
  for (guint i = 0; i < sealed->len; i++)
    g_ptr_array_add (hits, g_steal_pointer (&sealed->pdata[i]));
  g_ptr_array_set_size (sealed, 0);
  g_ptr_array_sort (hits, compare_hits);
  if (hits->len > 0 && ((ProbitySearchHit *) g_ptr_array_index (hits, 0))->score == 1)
    at = 0;
  for (guint i = 0; i < hits->len; i++)
    g_ptr_array_insert (all, (int) (at + i), g_steal_pointer (&hits->pdata[i]));
  g_ptr_array_set_size (hits, 0);
}

GPtrArray *
probity_search_collect (ProbitySession           *session,
                        ProbityRead              *read,
                        const ProbitySearchWords *words,
                        guint                     limit,
                        gboolean                 *ret_lacks_names,
                        GError                  **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_hit);
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func (free_hit);
  g_autoptr (GPtrArray) sealed = g_ptr_array_new_with_free_func (free_hit);
  g_autoptr (ProbitySealedPeople) people = NULL;
  GHashTable                *seen[PROBITY_MAX_SEALED + 1] = { NULL };
  Collection                 self = { .session = session, .read = read, .limit = limit, .open = hits, .sealed = sealed, .lacks_names = ret_lacks_names };
  const ProbitySearchSource *sources;
  guint                      n_sources;

  if (ret_lacks_names != NULL)
    *ret_lacks_names = FALSE;
  if (words->n_words == 0)
    return g_steal_pointer (&all);

  sources = probity_search_get_sources (&n_sources);
  for (guint i = 0; i < n_sources; i++)
    {
      if (i > 0 && sources[i].record != sources[i - 1].record)
        {
          put_kind (all, hits, sealed, limit);
          forget_seen (seen);
        }
      if (!probity_access_may (session, sources[i].record->read))
        continue;
      self.source = &sources[i];
      if (!collect_homes (&self, words, seen, error))
        {
          people = self.people;
          forget_seen (seen);
          return NULL;
        }
    }
  people = self.people;
  forget_seen (seen);
  put_kind (all, hits, sealed, limit);

  return g_steal_pointer (&all);
}
