/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-record-kind.h"
#include "probity-subject-search.h"

/* One pass over the subjects that the reader may know of; the best reason of each record counts. */

#define RELATED_SHARE 0.8
#define EMPLOYER_SCORE 0.5
#define MIN_EMPLOYER 4
#define TITLE_CHARACTERS 160

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

typedef struct
{
  ProbityPersonKey  *person;
  GPtrArray         *related; /* ProbityPersonKey */
  const char        *staff_number;
  GHashTable        *related_numbers;
  char              *employer; /* folded; NULL where too short to mean something */
  ProbityCompartment compartment;
  GHashTable        *by_uid; /* uid → ProbitySubjectHit, borrowed */
  GPtrArray         *hits;
} Search;

static void
clear_search (Search *self)
{
  g_clear_pointer (&self->person, probity_person_key_free);
  g_clear_pointer (&self->related, g_ptr_array_unref);
  g_clear_pointer (&self->related_numbers, g_hash_table_unref);
  g_clear_pointer (&self->by_uid, g_hash_table_unref);
  g_clear_pointer (&self->hits, g_ptr_array_unref);
  g_free (self->employer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, clear_search)

static void
begin_search (Search                     *self,
              const ProbitySubjectSearch *search,
              ProbityCompartment          compartment)
{
  g_autofree char *employer = probity_fold_text (search->employer);

  self->person = probity_person_key_new (&search->person);
  self->staff_number = search->person.staff_number;
  self->related = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_person_key_free);
  self->related_numbers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < search->n_related; i++)
    {
      g_ptr_array_add (self->related, probity_person_key_new (&search->related[i]));
      if (search->related[i].staff_number != NULL)
        g_hash_table_add (self->related_numbers, (gpointer) search->related[i].staff_number);
    }
  if (strlen (employer) >= MIN_EMPLOYER)
    self->employer = g_steal_pointer (&employer);
  self->compartment = compartment;
  self->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  self->hits = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_hit_free);
}

/* "Smith, Jon" or "Jon Smith". */
static ProbityPersonKey *
build_key (const char *name,
           const char *date_of_birth)
{
  const char *comma = strchr (name, ',');
  const char *space = strrchr (name, ' ');
  g_autofree char *surname = NULL;
  g_autofree char *forenames = NULL;

  if (comma != NULL)
    {
      surname = g_strndup (name, comma - name);
      forenames = g_strdup (comma + 1);
    }
  else if (space != NULL)
    {
      surname = g_strdup (space + 1);
      forenames = g_strndup (name, space - name);
    }
  else
    {
      surname = g_strdup (name);
    }

  return probity_person_key_new (&(ProbityPersonFields) {
      .surname = surname,
      .forenames = forenames,
      .date_of_birth = date_of_birth,
  });
}

static double
judge_subject (Search      *self,
               const char  *staff_number,
               const char  *name,
               const char  *date_of_birth,
               char       **ret_why)
{
  g_autoptr (ProbityPersonKey) key = NULL;
  double best;

  if (staff_number != NULL && g_strcmp0 (staff_number, self->staff_number) == 0)
    {
      *ret_why = g_strdup_printf ("same staff number %s", staff_number);
      return 1;
    }
  if (staff_number != NULL && g_hash_table_contains (self->related_numbers, staff_number))
    {
      *ret_why = g_strdup_printf ("related person %s", staff_number);
      return RELATED_SHARE;
    }
  if (name == NULL)
    return 0;

  key = build_key (name, date_of_birth);
  best = probity_person_compare (self->person, key);
  if (best >= PROBITY_PERSON_THRESHOLD)
    {
      *ret_why = probity_person_explain (self->person, key);
      return MIN (best, 0.99);
    }
  for (guint i = 0; i < self->related->len; i++)
    {
      const double score = probity_person_compare (g_ptr_array_index (self->related, i), key);

      if (score >= PROBITY_PERSON_THRESHOLD)
        {
          g_autofree char *why = probity_person_explain (g_ptr_array_index (self->related, i), key);

          *ret_why = g_strdup_printf ("related person: %s", why);
          return score * RELATED_SHARE;
        }
    }

  return 0;
}

static char *
dup_short (const char *text)
{
  if (text == NULL)
    return NULL;
  if (g_utf8_strlen (text, -1) <= TITLE_CHARACTERS)
    return g_strdup (text);

  {
    g_autofree char *start = g_utf8_substring (text, 0, TITLE_CHARACTERS);

    return g_strconcat (start, "…", NULL);
  }
}

static void
note_hit (Search           *self,
          ProbityStatement *row,
          double            score,
          const char       *why)
{
  const char *uid = probity_statement_get_text (row, 1);
  ProbitySubjectHit *hit = g_hash_table_lookup (self->by_uid, uid);
  const char *name = probity_statement_get_text (row, 6);
  const char *born = probity_statement_get_text (row, 7);

  if (hit != NULL && hit->score >= score)
    return;
  if (hit == NULL)
    {
      hit = g_new0 (ProbitySubjectHit, 1);
      hit->compartment = self->compartment;
      hit->kind = self->compartment == PROBITY_COMPARTMENT_STANDARDS ? "complaint" : "intelligence-report";
      hit->id = probity_statement_get_int64 (row, 0);
      hit->uid = g_strdup (uid);
      hit->version = probity_statement_get_int64 (row, 2);
      hit->reference = probity_statement_dup_text (row, 3);
      hit->title = dup_short (probity_statement_get_text (row, 4));
      g_ptr_array_add (self->hits, hit);
      g_hash_table_insert (self->by_uid, hit->uid, hit);
    }
  g_free (hit->subject);
  g_free (hit->why);
  hit->subject = born != NULL ? g_strdup_printf ("%s, %s", name != NULL ? name : "", born) : g_strdup (name);
  hit->score = score;
  hit->why = g_strdup (why);
}

static void
judge_row (Search           *self,
           ProbityStatement *row)
{
  const char *text = probity_statement_get_text (row, 8);
  g_autofree char *why = NULL;
  const double score = judge_subject (self, probity_statement_get_text (row, 5), probity_statement_get_text (row, 6),
                                      probity_statement_get_text (row, 7), &why);

  if (score > 0)
    note_hit (self, row, score, why);
  else if (self->employer != NULL && text != NULL && strstr (text, self->employer) != NULL)
    note_hit (self, row, EMPLOYER_SCORE, "names the employer");
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

GPtrArray *
probity_subject_search_db (ProbitySession             *session,
                           ProbityDb                  *db,
                           const ProbitySubjectSearch *search,
                           GError                    **error)
{
  const ProbityCompartment compartment = probity_db_get_compartment (db);
  const gboolean complaints = compartment == PROBITY_COMPARTMENT_STANDARDS;
  const ProbityRecordKind *kind = complaints ? &probity_complaint_kind : &probity_intelligence_kind;
  g_autofree char *scope = probity_record_kind_dup_scope (kind, session);
  g_autofree char *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_auto (Search) state = { 0 };

  /* Nobody reads hits by the lock of one subject only: it hides the record as everywhere. */
  sql = g_strdup_printf ("SELECT r.id, r.uid, r.version, r.reference, r.%s, s.staff_number, s.name, s.date_of_birth, r.search_text"
                         " FROM %s AS r LEFT JOIN %s AS s ON s.%s = r.id WHERE %s",
                         complaints ? "allegation" : "sanitised_text",
                         kind->table, kind->subject_table, kind->subject_parent, scope);
  statement = probity_db_query (db, error, sql, NULL);
  if (statement == NULL || (strstr (scope, "$locked") != NULL && !probity_access_bind_scope (session, statement, error)))
    return NULL;

  begin_search (&state, search, compartment);
  for (;;)
    {
      gboolean row;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      judge_row (&state, statement);
    }
  g_ptr_array_sort (state.hits, compare_hits);

  return g_steal_pointer (&state.hits);
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

static ProbitySubjectsChangedFunc changed_func;

void
probity_subjects_set_changed_func (ProbitySubjectsChangedFunc func)
{
  g_atomic_pointer_set (&changed_func, func);
}

gboolean
probity_subjects_changed (ProbityWrite   *write,
                          ProbitySession *session,
                          ProbityRecord  *record,
                          GPtrArray      *subjects,
                          GError        **error)
{
  ProbitySubjectsChangedFunc func = g_atomic_pointer_get (&changed_func);

  return func == NULL || func (write, session, record, subjects, error);
}
