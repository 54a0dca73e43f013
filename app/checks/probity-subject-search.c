/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-full-name.h"
#include "probity-record-kind.h"
#include "probity-subject-search.h"

/* Candidates by number, by name, by employer; then those records that the reader may know of, each for its best reason. */

#define RELATED_SHARE 0.8
#define EMPLOYER_SCORE 0.5
#define MIN_EMPLOYER 4
#define MAX_NAMES 500
#define MAX_NAMING 500
#define TITLE_CHARACTERS 160

static const ProbityLiveSource complaint_source = {
  .kind = "complaint",
  .rows = "SELECT id, staff_number, NULL, NULL, NULL, NULL, date_of_birth, NULL, NULL, name FROM complaint_subject WHERE name IS NOT NULL AND ",
  .by_uid = "complaint_id = (SELECT id FROM complaint WHERE uid = $uid)",
  .last = "SELECT max (id) FROM complaint_subject",
};

static const ProbityLiveSource report_source = {
  .kind = "intelligence-report",
  .rows = "SELECT id, staff_number, NULL, NULL, NULL, NULL, date_of_birth, NULL, NULL, name FROM report_subject WHERE name IS NOT NULL AND ",
  .by_uid = "report_id = (SELECT id FROM intelligence_report WHERE uid = $uid)",
  .last = "SELECT max (id) FROM report_subject",
};

const ProbityLiveSource *
probity_subject_get_source (ProbityCompartment compartment)
{
  return compartment == PROBITY_COMPARTMENT_STANDARDS ? &complaint_source : &report_source;
}

ProbityPersonKey *
probity_subject_key_new (const char *staff_number,
                         const char *name,
                         const char *date_of_birth)
{
  g_autofree char *forenames = NULL;
  g_autofree char *surname = NULL;

  if (name != NULL)
    probity_full_name_split (name, &forenames, &surname);

  return probity_person_key_new (&(ProbityPersonFields) {
      .staff_number = staff_number,
      .forenames = forenames,
      .surname = surname,
      .date_of_birth = date_of_birth,
  });
}

void
probity_subject_hit_free (ProbitySubjectHit *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->subject);
  g_free (self->why);
  g_free (self);
}

/* Why one record is a candidate. */
typedef struct
{
  double score;
  char  *why;
  char  *subject;
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *self = data;

  g_free (self->why);
  g_free (self->subject);
  g_free (self);
}

typedef struct
{
  ProbitySession          *session;
  ProbityDb               *db;
  const ProbityRecordKind *kind;
  GHashTable              *candidates; /* record id → Candidate */
} Search;

static void
clear_search (Search *self)
{
  g_clear_pointer (&self->candidates, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, clear_search)

static void
note_candidate (Search     *self,
                gint64      id,
                double      score,
                const char *why,
                const char *name,
                const char *born)
{
  Candidate *candidate = g_hash_table_lookup (self->candidates, &id);

  if (candidate != NULL && candidate->score >= score)
    return;
  if (candidate == NULL)
    {
      candidate = g_new0 (Candidate, 1);
      g_hash_table_insert (self->candidates, g_memdup2 (&id, sizeof id), candidate);
    }
  candidate->score = score;
  g_set_str (&candidate->why, why);
  g_free (candidate->subject);
  candidate->subject = born != NULL ? g_strdup_printf ("%s, %s", name != NULL ? name : "", born) : g_strdup (name);
}

static gboolean
find_by_number (Search     *self,
                const char *staff_number,
                gboolean    related,
                GError    **error)
{
  g_autofree char *sql = NULL;
  g_autofree char *why = NULL;
  g_autoptr (ProbityStatement) statement = NULL;

  if (staff_number == NULL || *staff_number == '\0')
    return TRUE;
  why = g_strdup_printf (related ? "related person %s" : "same staff number %s", staff_number);
  sql = g_strdup_printf ("SELECT %s, name, date_of_birth FROM %s WHERE staff_number = $staff_number",
                         self->kind->subject_parent,
                         self->kind->subject_table);
  statement = probity_db_query (self->db, error, sql, "$staff_number", 's', staff_number, NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      const char *name;
      gboolean    row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      name = probity_statement_get_text (statement, 1);
      note_candidate (self, probity_statement_get_int64 (statement, 0), related ? RELATED_SHARE : 1, why, name != NULL ? name : staff_number, probity_statement_get_text (statement, 2));
    }
}

static gboolean
note_subject (Search     *self,
              gint64      subject_id,
              double      score,
              const char *why,
              GError    **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT %s, name, date_of_birth FROM %s WHERE id = $id", self->kind->subject_parent, self->kind->subject_table);
  g_autoptr (ProbityStatement) statement = probity_db_query (self->db, error, sql, "$id", 'i', subject_id, NULL);
  gboolean row;

  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    note_candidate (self, probity_statement_get_int64 (statement, 0), score, why, probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2));

  return TRUE;
}

static gboolean
find_by_name (Search                    *self,
              ProbityLiveView           *view,
              const ProbityPersonFields *person,
              gboolean                   related,
              GError                   **error)
{
  g_autoptr (ProbityPersonKey) key = probity_person_key_new (person);
  g_autoptr (GArray) hits = probity_live_view_find (view, key, PROBITY_PERSON_THRESHOLD, MAX_NAMES);

  for (guint i = 0; i < hits->len; i++)
    {
      const ProbityPersonIndexHit *hit = &g_array_index (hits, ProbityPersonIndexHit, i);
      g_autofree char             *why = probity_live_view_explain (view, key, hit->id);
      g_autofree char             *related_why = related ? g_strdup_printf ("related person: %s", why) : NULL;

      /* Nothing is as sure as the number. */
      if (!note_subject (self, hit->id, related ? hit->score * RELATED_SHARE : MIN (hit->score, 0.99), related ? related_why : why, error))
        return FALSE;
    }

  return TRUE;
}

/* Words that are in every other firm's name, or that say that there is no firm. */
static gboolean
says_nothing (const char *word)
{
  static const char *const words[] = { "ltd", "limited", "plc", "llp", "inc", "co", "company", "the", "and", "self", "employed", "own", "business", "none", "various", "n", "a" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i], word))
      return TRUE;

  return FALSE;
}

/* "Peak Cycle Hire Ltd" is looked for as "peak cycle hire", its words one after the other; NULL where that says too little. */
static char *
build_phrase (const char *employer)
{
  g_autofree char *apart = g_strdup (employer != NULL ? employer : "");
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) phrase = g_string_new (NULL);
  gboolean says_something = FALSE;
  guint    n;

  /* As the index of words parts them. */
  g_strdelimit (apart, "'", ' ');
  folded = probity_fold_text (apart);
  words = g_strsplit (folded, " ", -1);

  n = g_strv_length (words);
  while (n > 0 && says_nothing (words[n - 1]))
    n--;

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (phrase, "%s%s", i > 0 ? " " : "", words[i]);
      says_something = says_something || !says_nothing (words[i]);
    }

  if (!says_something || phrase->len < MIN_EMPLOYER)
    return NULL;

  return g_strdup_printf ("\"%s\"", phrase->str);
}

static gboolean
find_by_employer (Search     *self,
                  const char *employer,
                  GError    **error)
{
  g_autofree char *phrase = build_phrase (employer);
  g_autoptr (ProbityStatement) statement = NULL;

  if (phrase == NULL)
    return TRUE;

  statement = probity_db_query (self->db, error, self->kind == &probity_complaint_kind ? "SELECT rowid FROM complaint_words WHERE complaint_words MATCH $phrase ORDER BY rowid DESC LIMIT $most" : "SELECT rowid FROM intelligence_words WHERE intelligence_words MATCH $phrase ORDER BY rowid DESC LIMIT $most", "$phrase", 's', phrase, "$most", 'i', (gint64) MAX_NAMING, NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      note_candidate (self, probity_statement_get_int64 (statement, 0), EMPLOYER_SCORE, "names the employer", NULL, NULL);
    }
}

static char *
dup_short (const char *text)
{
  g_autofree char *start = NULL;

  if (text == NULL || g_utf8_strlen (text, -1) <= TITLE_CHARACTERS)
    return g_strdup (text);
  start = g_utf8_substring (text, 0, TITLE_CHARACTERS);

  return g_strconcat (start, "…", NULL);
}

/* The record of a candidate, unless one of its subjects locks this reader out; then as if it were not there. */
static gboolean
load_hit (Search     *self,
          const char *sql,
          gboolean    bind_scope,
          gint64      id,
          Candidate  *candidate,
          GPtrArray  *hits,
          GError    **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (self->db, error, sql, "$id", 'i', id, NULL);
  ProbitySubjectHit *hit;
  gboolean           row;

  if (statement == NULL || (bind_scope && !probity_access_bind_scope (self->session, statement, error)) ||
      !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;

  hit = g_new0 (ProbitySubjectHit, 1);
  hit->compartment = self->kind->compartment;
  hit->kind = self->kind->name;
  hit->id = id;
  hit->uid = probity_statement_dup_text (statement, 0);
  hit->version = probity_statement_get_int64 (statement, 1);
  hit->reference = probity_statement_dup_text (statement, 2);
  hit->title = dup_short (probity_statement_get_text (statement, 3));
  hit->subject = g_strdup (candidate->subject);
  hit->score = candidate->score;
  hit->why = g_strdup (candidate->why);
  g_ptr_array_add (hits, hit);

  return TRUE;
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const ProbitySubjectHit *hit_a = *(const ProbitySubjectHit *const *) a;
  const ProbitySubjectHit *hit_b = *(const ProbitySubjectHit *const *) b;

  if (hit_a->score != hit_b->score)
    return hit_a->score > hit_b->score ? -1 : 1;

  return g_strcmp0 (hit_a->reference, hit_b->reference);
}

static GPtrArray *
load_hits (Search  *self,
           GError **error)
{
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_hit_free);
  g_autofree char *scope = probity_record_kind_dup_scope (self->kind, self->session);
  /* A report shows its sanitised text or none, never the original. */
  g_autofree char *sql = g_strdup_printf ("SELECT r.uid, r.version, r.reference, r.%s FROM %s AS r WHERE r.id = $id AND %s",
                                          self->kind == &probity_complaint_kind ? "allegation" : "sanitised_text",
                                          self->kind->table,
                                          scope);
  GHashTableIter   iter;
  gpointer         id, candidate;

  g_hash_table_iter_init (&iter, self->candidates);
  while (g_hash_table_iter_next (&iter, &id, &candidate))
    if (!load_hit (self, sql, strstr (scope, "$locked") != NULL, *(gint64 *) id, candidate, hits, error))
      return NULL;
  g_ptr_array_sort (hits, compare_hits);

  return g_steal_pointer (&hits);
}

GPtrArray *
probity_subject_search_db (ProbitySession             *session,
                           ProbityDb                  *db,
                           const ProbitySubjectSearch *search,
                           GError                    **error)
{
  const gboolean complaints = probity_db_get_compartment (db) == PROBITY_COMPARTMENT_STANDARDS;
  g_autoptr (ProbityLiveView) view = NULL;
  g_auto (Search) self = {
    .session = session,
    .db = db,
    .kind = complaints ? &probity_complaint_kind : &probity_intelligence_kind,
    .candidates = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, candidate_free),
  };

  view = probity_live_index_get_view (session, probity_subject_get_source (self.kind->compartment), db, error);
  if (view == NULL ||
      !find_by_number (&self, search->person.staff_number, FALSE, error) ||
      !find_by_name (&self, view, &search->person, FALSE, error) ||
      !find_by_employer (&self, search->employer, error))
    return NULL;
  for (guint i = 0; i < search->n_related; i++)
    if (!find_by_number (&self, search->related[i].staff_number, TRUE, error) ||
        !find_by_name (&self, view, &search->related[i], TRUE, error))
      return NULL;

  return load_hits (&self, error);
}

GPtrArray *
probity_subject_search (ProbitySession             *session,
                        ProbityRead                *read,
                        ProbityCompartment          compartment,
                        const ProbitySubjectSearch *search,
                        GError                    **error)
{
  ProbityDb *db = probity_read_get_db (read, compartment, error);

  return db != NULL ? probity_subject_search_db (session, db, search, error) : NULL;
}

static ProbitySubjectsChangedFunc subjects_changed_func;
static ProbityRecordsChangedFunc  records_changed_func;

void
probity_subjects_set_changed_funcs (ProbitySubjectsChangedFunc subjects_func,
                                    ProbityRecordsChangedFunc  records_func)
{
  g_atomic_pointer_set (&subjects_changed_func, subjects_func);
  g_atomic_pointer_set (&records_changed_func, records_func);
}

gboolean
probity_subjects_changed (ProbityWrite   *write,
                          ProbitySession *session,
                          ProbityRecord  *record,
                          GPtrArray      *subjects,
                          GError        **error)
{
  ProbitySubjectsChangedFunc func = g_atomic_pointer_get (&subjects_changed_func);

  return func == NULL || func (write, session, record, subjects, error);
}

gboolean
probity_subjects_file_changed (ProbityWrite      *write,
                               ProbitySession    *session,
                               ProbityCompartment compartment,
                               GHashTable        *uids,
                               GError           **error)
{
  ProbityRecordsChangedFunc func = g_atomic_pointer_get (&records_changed_func);

  return func == NULL || g_hash_table_size (uids) == 0 || func (write, session, compartment, uids, error);
}

gboolean
probity_subjects_record_changed (ProbityWrite   *write,
                                 ProbitySession *session,
                                 ProbityRecord  *record,
                                 GError        **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  g_autoptr (GHashTable) uids = NULL;
  g_autoptr (GPtrArray) subjects = NULL;

  if (kind->subject_table == NULL)
    return TRUE;
  subjects = probity_record_read_subjects (probity_write_get_db (write, kind->compartment, NULL), record, error);
  if (subjects == NULL || !probity_subjects_changed (write, session, record, subjects, error))
    return FALSE;
  uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (uids, g_strdup (probity_record_get_uid (record)));

  return probity_subjects_file_changed (write, session, kind->compartment, uids, error);
}
