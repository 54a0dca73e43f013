/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-screen-private.h"

#include <string.h>

#include "probity-case.h"
#include "probity-profile.h"
#include "probity-sealed-people.h"
#include "probity-search-private.h"

/* How well every word of a name must be answered; a slip in one of two words passes, one in both does not. */
#define NAME_SCORE 0.8
/* Of subjects of complaints and reports there are far more, and fewer of them matter. */
#define SUBJECT_SCORE 0.9
/* A surname after a rank says less than a whole name. */
#define SURNAME_SHARE 0.6
/* So many of one name are told; more is told as their number. */
#define MAX_OF_A_NAME 5
#define MAX_PLACES 50
#define MAX_FIRM_WORDS 8

typedef struct
{
  ProbitySession *session;
  ProbityRead    *read;
  const char     *text;
  GArray         *words;      /* ProbityScreenWord */
  GPtrArray      *names;      /* ProbityScreenName */
  GPtrArray      *references; /* ProbityScreenName */
  GHashTable     *by_key;     /* kind and uid or title → ProbityScreenFinding */
  GPtrArray      *findings;
} Screen;

void
probity_screen_finding_free (ProbityScreenFinding *self)
{
  if (self == NULL)
    return;

  g_free (self->uid);
  g_free (self->reference);
  g_free (self->title);
  g_free (self->why);
  g_free (self->context);
  g_clear_pointer (&self->places, g_array_unref);
  g_free (self);
}

static void
free_finding (gpointer data)
{
  probity_screen_finding_free (data);
}

/* Adds a place to what was found before, or a finding; the better reason is kept. */
static void
note (Screen                  *self,
      const char              *kind,
      ProbityCompartment       compartment,
      const char              *uid,
      const char              *reference,
      const char              *title,
      const ProbitySearchMark *place,
      double                   score,
      const char              *why)
{
  g_autofree char      *key = g_strconcat (kind, "|", uid != NULL ? uid : title, NULL);
  ProbityScreenFinding *finding = g_hash_table_lookup (self->by_key, key);

  if (finding == NULL)
    {
      finding = g_new0 (ProbityScreenFinding, 1);
      finding->kind = kind;
      finding->compartment = compartment;
      finding->uid = g_strdup (uid);
      finding->reference = g_strdup (reference);
      finding->title = g_strdup (title);
      finding->places = g_array_new (FALSE, FALSE, sizeof (ProbitySearchMark));
      g_ptr_array_add (self->findings, finding);
      g_hash_table_insert (self->by_key, g_steal_pointer (&key), finding);
    }

  for (guint i = 0; i < finding->places->len; i++)
    if (g_array_index (finding->places, ProbitySearchMark, i).start == place->start)
      place = NULL, i = finding->places->len;
  if (place != NULL && finding->places->len < MAX_PLACES)
    {
      if (finding->context == NULL)
        finding->context = probity_screen_dup_context (self->text, place);
      g_array_append_val (finding->places, *place);
    }
  if (score > finding->score)
    {
      finding->score = score;
      g_set_str (&finding->why, why);
    }
}

/* Notes the records that @statement gives: uid, reference, title. */
static gboolean
note_rows (Screen                  *self,
           const ProbityRecordKind *kind,
           ProbityStatement        *statement,
           const ProbitySearchMark *place,
           double                   score,
           const char              *why,
           GError                 **error)
{
  const ProbityCompartment entered = probity_read_get_entered (self->read);
  gboolean                 row;

  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      note (self, kind->name, entered != PROBITY_COMPARTMENT_JOURNAL ? entered : kind->compartment, probity_statement_get_text (statement, 0), probity_statement_get_text (statement, 1), probity_statement_get_text (statement, 2), place, score, why);
    }
}

/* Records by whatever @from and @condition say, within the scope; @value is bound to $value. */
static gboolean
look_up (Screen                    *self,
         const ProbitySearchSource *source,
         const char                *from,
         const char                *condition,
         const char                *value,
         const ProbitySearchMark   *place,
         double                     score,
         const char                *why,
         GError                   **error)
{
  ProbityDb       *db = probity_read_get_db (self->read, source->record->compartment, error);
  g_autofree char *scope = probity_record_kind_dup_scope (source->record, self->session);
  g_autofree char *sql = g_strdup_printf ("SELECT r.uid, %s, %s FROM %s WHERE %s AND %s ORDER BY r.id DESC LIMIT %d", source->reference, source->title, from, condition, scope, MAX_OF_A_NAME);
  g_autoptr (ProbityStatement) statement = db != NULL ? probity_db_query (db, error, sql, "$value", 's', value, NULL) : NULL;

  if (statement == NULL || (strstr (sql, "$locked") != NULL && !probity_access_bind_scope (self->session, statement, error)))
    return FALSE;

  return note_rows (self, source->record, statement, place, score, why, error);
}

/* References and numbers -------------------------------------------------------------------------- */

static gboolean
screen_references (Screen                    *self,
                   const ProbitySearchSource *source,
                   GError                   **error)
{
  g_autofree char *from = g_strdup_printf ("%s AS r", source->record->table);

  if (source->record->key == NULL || !g_str_equal (source->record->key, "reference"))
    return TRUE;

  for (guint i = 0; i < self->references->len; i++)
    {
      const ProbityScreenName *reference = g_ptr_array_index (self->references, i);

      if (!look_up (self, source, from, "r.reference = $value", reference->words, &reference->place, 1, "the reference", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
screen_numbers (Screen                    *self,
                const ProbitySearchSource *source,
                GError                   **error)
{
  for (guint i = 0; i < self->names->len; i++)
    {
      const ProbityScreenName *name = g_ptr_array_index (self->names, i);

      if (name->number && !look_up (self, source, "person AS r", "r.staff_number = $value", name->words, &name->place, 1, "the staff number", error))
        return FALSE;
    }

  return TRUE;
}

/* Names ------------------------------------------------------------------------------------------- */

/* One name, wherever it stands in the text. */
static gboolean
screen_name (Screen                    *self,
             const ProbitySearchSource *source,
             ProbityLiveView           *view,
             const ProbityScreenName   *name,
             GError                   **error)
{
  const gboolean people = source->record == &probity_person_kind;
  const double   least = name->surname ? 1 : people ? NAME_SCORE
                                                    : SUBJECT_SCORE;
  g_autoptr (GArray) hits = probity_live_view_find_words (view, name->words, least, 0, NULL);
  g_autofree char *from = g_strdup_printf ("(SELECT CAST ($value AS INTEGER) AS value) AS h CROSS JOIN %s", source->people);

  if (!people && name->surname)
    return TRUE;
  for (guint i = 0; i < MIN (hits->len, MAX_OF_A_NAME); i++)
    {
      const ProbityPersonIndexHit *hit = &g_array_index (hits, ProbityPersonIndexHit, i);
      g_autofree char             *id = g_strdup_printf ("%" G_GINT64_FORMAT, hit->id);
      g_autofree char             *how = probity_live_view_explain_words (view, name->words, hit->id);
      g_autofree char             *why = NULL;

      if (name->surname)
        why = g_strdup_printf ("rank and surname (%s)", name->words);
      else
        why = g_strdup (how);
      if (!look_up (self, source, from, "1", id, &name->place, hit->score * (name->surname ? SURNAME_SHARE : 1) * 0.999, why, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
screen_names (Screen                    *self,
              const ProbitySearchSource *source,
              GError                   **error)
{
  ProbityDb *db = probity_read_get_db (self->read, source->record->compartment, error);
  g_autoptr (ProbityLiveView) view = db != NULL ? probity_live_index_get_view (self->session, source->get_people (), db, error) : NULL;
  g_autoptr (GHashTable) nobody = g_hash_table_new (g_str_hash, g_str_equal);

  if (view == NULL)
    return FALSE;

  for (guint i = 0; i < self->names->len; i++)
    {
      const ProbityScreenName *name = g_ptr_array_index (self->names, i);
      guint                    n = self->findings->len;

      if (name->number || g_hash_table_contains (nobody, name->words))
        continue;
      if (!screen_name (self, source, view, name, error))
        return FALSE;
      if (self->findings->len == n && !name->surname)
        {
          /* Known already, or nobody: the comparison is made once for nobody. */
          g_autoptr (GArray) hits = probity_live_view_find_words (view, name->words, SUBJECT_SCORE, 1, NULL);

          if (hits->len == 0)
            g_hash_table_add (nobody, name->words);
        }
    }

  return TRUE;
}

/* Firms and lists of words ------------------------------------------------------------------------ */

/* Every run of words of the text that is a key of @phrases; calls back with what stands there. */
typedef gboolean (*PhraseFunc) (Screen                  *self,
                                const char              *value,
                                const ProbitySearchMark *place,
                                gpointer                 data,
                                GError                 **error);

static gboolean
find_phrases (Screen     *self,
              GHashTable *phrases,
              PhraseFunc  func,
              gpointer    data,
              GError    **error)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      g_autoptr (GString) run = g_string_new (NULL);
      const ProbityScreenWord *first = &g_array_index (self->words, ProbityScreenWord, i);

      for (guint j = i; j < MIN (i + MAX_FIRM_WORDS, self->words->len); j++)
        {
          const ProbityScreenWord *word = &g_array_index (self->words, ProbityScreenWord, j);
          const char              *value;

          g_string_append_printf (run, "%s%s", j > i ? " " : "", word->folded);
          value = g_hash_table_lookup (phrases, run->str);
          if (value != NULL)
            {
              ProbitySearchMark place = { first->place.start, word->place.start + word->place.length - first->place.start };

              if (!func (self, value, &place, data, error))
                return FALSE;
            }
        }
    }

  return TRUE;
}

static gboolean
note_firm (Screen                  *self,
           const char              *value,
           const ProbitySearchMark *place,
           gpointer                 data,
           GError                 **error)
{
  const ProbitySearchSource *source = data;
  const gboolean             jobs = source->record == &probity_second_job_kind;
  g_autofree char           *from = g_strdup_printf ("%s AS r", source->record->table);

  return look_up (self, source, from, jobs ? "r.employer = $value" : "r.name = $value", value, place, 0.9, jobs ? "the employer" : "the organisation", error);
}

static gboolean
screen_firms (Screen                    *self,
              const ProbitySearchSource *source,
              GError                   **error)
{
  const gboolean   jobs = source->record == &probity_second_job_kind;
  ProbityDb       *db = probity_read_get_db (self->read, source->record->compartment, error);
  g_autofree char *scope = probity_record_kind_dup_scope (source->record, self->session);
  g_autofree char *sql = g_strdup_printf ("SELECT DISTINCT r.%s FROM %s AS r WHERE %s", jobs ? "employer" : "name", source->record->table, scope);
  g_autoptr (GHashTable) phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (ProbityStatement) statement = db != NULL ? probity_db_query (db, error, sql, NULL) : NULL;
  gboolean row;

  if (statement == NULL || (strstr (sql, "$locked") != NULL && !probity_access_bind_scope (self->session, statement, error)))
    return FALSE;
  while (TRUE)
    {
      char *folded;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      folded = probity_screen_fold_firm (probity_statement_get_text (statement, 0));
      if (folded != NULL)
        g_hash_table_replace (phrases, folded, probity_statement_dup_text (statement, 0));
    }

  return find_phrases (self, phrases, note_firm, (gpointer) source, error);
}

/* Outlets and journalists of leak investigations. @data: the source. */
static gboolean
note_outlet (Screen                  *self,
             const char              *value,
             const ProbitySearchMark *place,
             gpointer                 data,
             GError                 **error)
{
  const ProbitySearchSource *source = data;
  g_autofree char           *from = g_strdup_printf ("%s AS x CROSS JOIN %s AS r ON %s", source->table, source->record->table, source->join);

  return look_up (self, source, from, "$value IN (x.outlet, x.journalist)", value, place, 0.95, "an outlet or journalist of the case", error);
}

static gboolean
screen_outlets (Screen                    *self,
                const ProbitySearchSource *source,
                GError                   **error)
{
  ProbityDb       *db = probity_read_get_db (self->read, source->record->compartment, error);
  g_autofree char *scope = probity_record_kind_dup_scope (source->record, self->session);
  g_autofree char *sql = g_strdup_printf ("SELECT x.outlet, x.journalist FROM %s AS x CROSS JOIN %s AS r ON %s WHERE %s", source->table, source->record->table, source->join, scope);
  g_autoptr (GHashTable) phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (ProbityStatement) statement = db != NULL ? probity_db_query (db, error, sql, NULL) : NULL;
  gboolean row;

  if (statement == NULL || !probity_access_bind_scope (self->session, statement, error))
    return FALSE;
  while (TRUE)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        break;
      for (int i = 0; i < 2; i++)
        if (!probity_statement_is_null (statement, i))
          g_hash_table_replace (phrases, probity_fold_text (probity_statement_get_text (statement, i)), probity_statement_dup_text (statement, i));
    }

  return find_phrases (self, phrases, note_outlet, (gpointer) source, error);
}

static gboolean
note_word (Screen                  *self,
           const char              *value,
           const ProbitySearchMark *place,
           gpointer                 data,
           GError                 **error)
{
  /* `the sun` in the middle of a sentence is no newspaper. */
  if (g_unichar_isupper (g_utf8_get_char (self->text + place->start)))
    note (self, data, PROBITY_COMPARTMENT_REGISTERS, NULL, NULL, value, place, 1, "in the profile’s list");

  return TRUE;
}

static gboolean
screen_profile (Screen  *self,
                GError **error)
{
  static const struct
  {
    const char *list;
    const char *kind;
  } lists[] = { { "operations", "operation" }, { "outlets", "outlet" }, { "journalists", "journalist" } };
  ProbityProfile *profile = probity_session_get_profile (self->session);

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_auto (GStrv) ids = probity_profile_dup_list (profile, lists[i].list);
      g_autoptr (GHashTable) phrases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

      for (guint j = 0; ids != NULL && ids[j] != NULL; j++)
        {
          const char *label = probity_profile_get_label (profile, lists[i].list, ids[j]);

          if (label != NULL)
            g_hash_table_replace (phrases, probity_fold_text (label), g_strdup (label));
        }
      if (!find_phrases (self, phrases, note_word, (gpointer) lists[i].kind, error))
        return FALSE;
    }

  /* What a text itself calls an operation, in the list or not. */
  for (guint i = 0; i + 1 < self->words->len; i++)
    {
      const ProbityScreenWord *word = &g_array_index (self->words, ProbityScreenWord, i);
      const ProbityScreenWord *next = word + 1;
      ProbitySearchMark        place = { word->place.start, next->place.start + next->place.length - word->place.start };
      g_autofree char         *title = NULL;

      if (!word->capital || !next->capital || !next->joined || !g_str_equal (word->folded, "operation"))
        continue;
      title = g_strndup (self->text + place.start, place.length);
      note (self, "operation", PROBITY_COMPARTMENT_REGISTERS, NULL, NULL, title, &place, 0.5, "called an operation");
    }

  return TRUE;
}

/* ------------------------------------------------------------------------------------------------- */

static int
compare_findings (gconstpointer a,
                  gconstpointer b)
{
  const ProbityScreenFinding *finding_a = *(const ProbityScreenFinding *const *) a;
  const ProbityScreenFinding *finding_b = *(const ProbityScreenFinding *const *) b;
  int                         order = strcmp (finding_a->kind, finding_b->kind);

  /* Our own people before all else. */
  if (order != 0)
    {
      if (g_str_equal (finding_a->kind, "person"))
        return -1;
      return g_str_equal (finding_b->kind, "person") ? 1 : order;
    }
  if (finding_a->score != finding_b->score)
    return finding_a->score > finding_b->score ? -1 : 1;

  return g_strcmp0 (finding_a->title, finding_b->title);
}

static gboolean
screen_source (Screen                    *self,
               const ProbitySearchSource *source,
               GError                   **error)
{
  const ProbityRecordKind *kind = source->record;

  if (!probity_access_may (self->session, kind->read))
    return TRUE;
  if (source->table != NULL)
    return g_strcmp0 (source->part, "outlet") != 0 || screen_outlets (self, source, error);

  return screen_references (self, source, error) &&
         (kind != &probity_person_kind || screen_numbers (self, source, error)) &&
         (source->get_people == NULL || kind == &probity_second_job_kind || screen_names (self, source, error)) &&
         ((kind != &probity_second_job_kind && kind != &probity_organisation_kind) || screen_firms (self, source, error));
}

/* Where the records of @source stand, and in each sealed compartment whose key is held. */
static gboolean
screen_homes (Screen                    *self,
              const ProbitySearchSource *source,
              GError                   **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1] = { PROBITY_COMPARTMENT_JOURNAL };
  guint              n = 1;
  gboolean           ok = TRUE;

  if (probity_case_kind_of (source->record) != NULL)
    n = probity_casebook_list_homes (probity_session_get_casebook (self->session), source->record->compartment, compartments);
  for (guint i = 0; ok && i < n; i++)
    {
      probity_read_enter (self->read, compartments[i]);
      ok = screen_source (self, source, error);
    }
  probity_read_enter (self->read, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

static void
note_sealed (Screen                    *self,
             const ProbitySealedPerson *person,
             const ProbityScreenName   *name,
             double                     score,
             const char                *why)
{
  note (self, person->kind->name, person->compartment, person->uid, person->reference, person->title, &name->place, score, why);
}

/* Whom the reader's sealed cases are about: no check says so, and no page of a person. */
static gboolean
screen_sealed (Screen  *self,
               GError **error)
{
  const ProbitySource source = { .session = self->session, .read = self->read };
  g_autoptr (ProbitySealedPeople) people = probity_sealed_people_new (&source, error);

  if (people == NULL)
    return FALSE;

  for (guint i = 0; i < self->names->len && probity_sealed_people_get_size (people) > 0; i++)
    {
      const ProbityScreenName *name = g_ptr_array_index (self->names, i);
      g_autoptr (GArray) hits = NULL;

      if (name->number)
        {
          for (guint j = 0; j < probity_sealed_people_get_size (people); j++)
            {
              const ProbitySealedPerson *person = probity_sealed_people_get (people, j);

              if (g_strcmp0 (person->staff_number, name->words) == 0 || g_strcmp0 (person->known_number, name->words) == 0)
                note_sealed (self, person, name, 0.99, "the staff number of a subject");
            }
          continue;
        }

      hits = probity_sealed_people_find (people, name->words, name->surname ? 1 : NAME_SCORE);
      for (guint j = 0; j < MIN (hits->len, MAX_OF_A_NAME); j++)
        {
          const ProbityPersonIndexHit *hit = &g_array_index (hits, ProbityPersonIndexHit, j);
          g_autofree char             *how = name->surname ? g_strdup_printf ("rank and surname (%s)", name->words) : probity_sealed_people_explain (people, name->words, hit->id);

          note_sealed (self, probity_sealed_people_get (people, hit->id), name, hit->score * (name->surname ? SURNAME_SHARE : 1) * 0.98, how);
        }
    }

  return TRUE;
}

GPtrArray *
probity_screen_collect (ProbitySession *session,
                        ProbityRead    *read,
                        const char     *text,
                        GError        **error)
{
  g_autoptr (GArray) words = probity_screen_split (text);
  g_autoptr (GPtrArray) names = probity_screen_find_names (text, words);
  g_autoptr (GPtrArray) references = probity_screen_find_references (text);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (free_finding);
  Screen                     self = { session, read, text, words, names, references, by_key, findings };
  const ProbitySearchSource *sources;
  guint                      n_sources;

  sources = probity_search_get_sources (&n_sources);
  for (guint i = 0; i < n_sources; i++)
    if (!screen_homes (&self, &sources[i], error))
      return NULL;
  if (!screen_sealed (&self, error) || !screen_profile (&self, error))
    return NULL;

  g_ptr_array_sort (findings, compare_findings);

  return g_steal_pointer (&findings);
}
