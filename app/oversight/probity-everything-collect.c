/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-check-private.h"
#include "probity-everything-private.h"
#include "probity-link.h"
#include "probity-part.h"
#include "probity-search-private.h"
#include "probity-timeline.h"

/* What of a person stands where: read on a reader thread, every row through the scope of its kind. */

/* More of one kind than a page shows; the lists have the rest. */
#define MAX_OF_KIND 200
#define MAX_MENTIONS 50
/* Of so many cases the events are shown. */
#define MAX_CASES 60

typedef struct
{
  const ProbitySource *source;
  ProbityRecord       *person;
  const char          *number;
  ProbityEverything   *everything;
  GHashTable          *seen; /* uids of records that are told already */
  guint                n_cases;
} Run;

static ProbityEverythingItem *
add_item (Run        *run,
          const char *kind,
          const char *uid,
          const char *how,
          const char *reference,
          const char *title,
          const char *detail,
          const char *day)
{
  ProbityEverythingItem *item = g_new0 (ProbityEverythingItem, 1);

  item->kind = g_strdup (kind);
  item->uid = g_strdup (uid);
  item->how = g_strdup (how);
  item->reference = g_strdup (reference);
  item->title = g_strdup (title);
  item->detail = g_strdup (detail);
  item->day = g_strdup (day);
  g_ptr_array_add (run->everything->items, item);
  g_hash_table_add (run->seen, item->uid);

  return item;
}

static void
add_event (Run           *run,
           ProbityRecord *record,
           const char    *at,
           const char    *what,
           const char    *who,
           const char    *text)
{
  ProbityEverythingEvent *event;

  if (at == NULL)
    return;
  event = g_new0 (ProbityEverythingEvent, 1);
  event->at = g_strdup (at);
  event->what = g_strdup (what);
  event->who = g_strdup (who);
  event->text = g_strdup (text);
  event->kind = g_strdup (probity_record_kind_get_name (probity_record_get_kind (record)));
  event->uid = g_strdup (probity_record_get_uid (record));
  event->reference = g_strdup (probity_record_get_reference (record));
  g_ptr_array_add (run->everything->events, event);
}

static gboolean
add_case_events (Run                   *run,
                 const ProbityCaseKind *kind,
                 ProbityRecord         *record,
                 GError               **error)
{
  g_autoptr (GPtrArray) items = NULL;

  if (run->n_cases++ >= MAX_CASES)
    return TRUE;
  items = probity_timeline_collect (run->source, kind, record, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const ProbityTimelineItem *item = g_ptr_array_index (items, i);

      add_event (run, record, item->at, item->what, item->who, item->text);
    }

  return items != NULL;
}

/* A record that is about the person, as its kind tells it. */
static gboolean
add_record (Run           *run,
            ProbityRecord *record,
            const char    *how,
            GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  const ProbityCaseKind   *case_kind = probity_case_kind_of (kind);
  g_autofree char         *title = probity_link_dup_title (record);
  ProbityEverythingItem   *item;

  if (case_kind != NULL)
    {
      item = add_item (run, kind->name, probity_record_get_uid (record), how, probity_record_get_reference (record), title, probity_record_get (record, "stage"), probity_record_get (record, "received"));
      item->closed = probity_case_is_closed (case_kind, record);

      return add_case_events (run, case_kind, record, error);
    }

  if (kind == &probity_complaint_kind)
    {
      item = add_item (run, kind->name, probity_record_get_uid (record), how, probity_record_get_reference (record), title, probity_record_get (record, "status"), probity_record_get (record, "received"));
      item->closed = probity_record_get (record, "finalised") != NULL;
      add_event (run, record, probity_record_get (record, "received"), "complaint-received", NULL, title);
      add_event (run, record, probity_record_get (record, "finalised"), "complaint-finalised", NULL, probity_record_get (record, "result"));
    }
  else
    {
      /* Never the original text, and nothing in its place. */
      add_item (run, kind->name, probity_record_get_uid (record), how, probity_record_get_reference (record), title, probity_record_get (record, "sanitised_text"), probity_record_get (record, "date"));
      add_event (run, record, probity_record_get (record, "date"), "report", NULL, probity_record_get (record, "sanitised_text"));
    }

  return TRUE;
}

GArray *
probity_everything_find_rows (const ProbitySource     *source,
                              const ProbityRecordKind *kind,
                              ProbityDb               *db,
                              const char              *number,
                              GError                 **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (ProbityEverythingRow));
  g_autofree char *scope = probity_record_kind_dup_scope (kind, source->session);
  g_autofree char *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  /* A masked subject is nobody any more; their number is kept for the lock alone. */
  if (kind->subject_table == NULL)
    sql = g_strdup_printf ("SELECT r.id, 0 FROM %s AS r WHERE %s = $number AND %s ORDER BY r.id DESC", kind->table, kind->staff_column, scope);
  else if (probity_case_kind_of (kind) != NULL)
    sql = g_strdup_printf ("SELECT r.id, min (s.eliminated IS NOT NULL) FROM %s AS r JOIN %s AS s ON s.%s = r.id"
                           " WHERE (s.staff_number = $number OR s.known_number = $number) AND s.masked IS NULL AND %s GROUP BY r.id ORDER BY r.id DESC",
                           kind->table,
                           kind->subject_table,
                           kind->subject_parent,
                           scope);
  else
    sql = g_strdup_printf ("SELECT r.id, 0 FROM %s AS r WHERE r.id IN (SELECT s.%s FROM %s AS s WHERE s.staff_number = $number OR s.known_number = $number)"
                           " AND %s ORDER BY r.id DESC",
                           kind->table,
                           kind->subject_parent,
                           kind->subject_table,
                           scope);
  statement = probity_db_query (db, error, sql, "$number", 's', number, NULL);
  if (statement == NULL || !probity_access_bind_scope (source->session, statement, error))
    return NULL;

  while (found->len < MAX_OF_KIND)
    {
      ProbityEverythingRow one;

      if (!probity_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      one.id = probity_statement_get_int64 (statement, 0);
      one.eliminated = probity_statement_get_int64 (statement, 1) != 0;
      g_array_append_val (found, one);
    }

  return g_steal_pointer (&found);
}

static gboolean
add_rows (Run                     *run,
          const ProbityRecordKind *kind,
          GError                 **error)
{
  ProbityDb *db = probity_source_get_db (run->source, kind->compartment, error);
  g_autoptr (GArray) found = db != NULL ? probity_everything_find_rows (run->source, kind, db, run->number, error) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const ProbityEverythingRow *one = &g_array_index (found, ProbityEverythingRow, i);
      g_autoptr (ProbityRecord) record = NULL;

      if (!probity_record_read_id (db, kind, run->source->session, one->id, &record, error))
        return FALSE;
      if (record != NULL && !add_record (run, record, kind == &probity_second_job_kind ? "applicant" : one->eliminated ? "eliminated"
                                                                                                                       : "subject",
                                         error))
        return FALSE;
    }

  return found != NULL;
}

/* A case also where it is sealed, if the reader holds the key of that. */
static gboolean
add_kind (Run                     *run,
          const ProbityRecordKind *kind,
          GError                 **error)
{
  ProbityCompartment compartments[PROBITY_MAX_SEALED + 1] = { PROBITY_COMPARTMENT_JOURNAL };
  guint              n = 1;
  gboolean           ok = TRUE;

  if (probity_case_kind_of (kind) != NULL)
    n = probity_casebook_list_homes (probity_session_get_casebook (run->source->session), kind->compartment, compartments);
  for (guint i = 0; ok && i < n; i++)
    {
      probity_source_enter (run->source, compartments[i]);
      ok = add_rows (run, kind, error);
    }
  probity_source_enter (run->source, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

GPtrArray *
probity_everything_find_relations (const ProbitySource *source,
                                   const char          *number,
                                   GError             **error)
{
  static const char *const names[] = { "nature", "ended", "uid", "staff_number", "name", NULL };
  ProbityDb               *db = probity_source_get_db (source, probity_relation_kind.compartment, error);
  g_autofree char         *scope = probity_record_kind_dup_scope (&probity_relation_kind, source->session);
  g_autofree char         *sql = NULL;
  g_autoptr (ProbityStatement) statement = NULL;

  if (db == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT r.nature, r.ended, p.uid, p.staff_number, trim (coalesce (p.forenames, '') || ' ' || coalesce (p.surname, ''))"
                         " FROM relation AS r JOIN person AS p ON p.staff_number = CASE r.staff_number WHEN $number THEN r.related_staff_number ELSE r.staff_number END"
                         " WHERE (r.staff_number = $number OR r.related_staff_number = $number) AND %s ORDER BY r.ended IS NOT NULL, r.id LIMIT %d",
                         scope,
                         MAX_OF_KIND);
  statement = probity_db_query (db, error, sql, "$number", 's', number, NULL);
  if (statement == NULL || !probity_access_bind_scope (source->session, statement, error))
    return NULL;

  return probity_part_collect (statement, source->session, names, error);
}

static gboolean
add_relations (Run     *run,
               GError **error)
{
  g_autoptr (GPtrArray) relations = probity_everything_find_relations (run->source, run->number, error);

  for (guint i = 0; relations != NULL && i < relations->len; i++)
    {
      ProbityValues         *relation = g_ptr_array_index (relations, i);
      ProbityEverythingItem *item = add_item (run, "person", probity_values_get (relation, "uid"), "related", probity_values_get (relation, "staff_number"), probity_values_get (relation, "name"), probity_values_get (relation, "nature"), probity_part_get (relation, "ended"));

      item->closed = probity_part_get (relation, "ended") != NULL;
    }

  return relations != NULL;
}

static gboolean
add_links (Run     *run,
           GError **error)
{
  g_autoptr (GPtrArray) links = probity_link_collect (run->source, run->person, FALSE, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      ProbityValues *link = g_ptr_array_index (links, i);

      add_item (run, probity_values_get (link, "kind"), probity_values_get (link, "record_uid"), "linked", probity_part_get (link, "reference"), probity_part_get (link, "title"), probity_values_get (link, "type"), NULL);
    }

  return links != NULL;
}

/* Complaints and reports that name somebody alike: a check would come upon them. */
static gboolean
add_likely (Run               *run,
            ProbityCompartment compartment,
            ProbityOperation   operation,
            GError           **error)
{
  ProbityRecord       *person = run->person;
  ProbitySubjectSearch search = {
    .person = {
        .forenames = probity_record_get (person, "forenames"),
        .surname = probity_record_get (person, "surname"),
        .known_as = probity_record_get (person, "known_as"),
        .former_names = probity_record_get (person, "former_names"),
        .date_of_birth = probity_record_get (person, "date_of_birth"),
        .address = probity_record_get (person, "address"),
        .postcode = probity_record_get (person, "postcode"),
        .staff_number = run->number,
    },
  };
  g_autoptr (GPtrArray) hits = NULL;

  if (!probity_access_may (run->source->session, operation))
    return TRUE;
  if ((hits = probity_subject_search (run->source->session, run->source->read, compartment, &search, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < hits->len && i < MAX_MENTIONS; i++)
    {
      const ProbitySubjectHit *hit = g_ptr_array_index (hits, i);

      if (!g_hash_table_contains (run->seen, hit->uid))
        add_item (run, hit->kind, hit->uid, "likely", hit->reference, hit->title, hit->why, NULL);
    }

  return TRUE;
}

/* Records whose words have every word of the name. */
static gboolean
add_mentions (Run     *run,
              GError **error)
{
  const char *name = probity_record_get (run->person, "name");
  g_autoptr (ProbitySearchWords) words = NULL;
  g_autoptr (GPtrArray) hits = NULL;

  if (name == NULL || strchr (name, ' ') == NULL)
    return TRUE;
  words = probity_search_words_new (name);
  if ((hits = probity_search_collect (run->source->session, run->source->read, words, MAX_MENTIONS, NULL, error)) == NULL)
    return FALSE;

  for (guint i = 0; i < hits->len; i++)
    {
      const ProbitySearchHit *hit = g_ptr_array_index (hits, i);

      /* Names that are only alike are compared by more than their name, above. */
      if (hit->why == NULL && !g_str_equal (hit->kind, "person") && !g_hash_table_contains (run->seen, hit->uid))
        add_item (run, hit->kind, hit->uid, "mentioned", hit->reference, hit->title, hit->snippet, NULL);
    }

  return TRUE;
}

static int
rank_how (const char *how)
{
  static const char *const order[] = { "applicant", "subject", "eliminated", "related", "linked", "likely", "mentioned" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_str_equal (order[i], how))
      return (int) i;

  return G_N_ELEMENTS (order);
}

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const ProbityEverythingItem *item_a = a;
  const ProbityEverythingItem *item_b = b;
  int                          result = rank_how (item_a->how) - rank_how (item_b->how);

  if (result == 0)
    result = -g_strcmp0 (item_a->day, item_b->day);

  return result != 0 ? result : g_strcmp0 (item_a->reference, item_b->reference);
}

static int
compare_events (gconstpointer a,
                gconstpointer b)
{
  return g_strcmp0 (((const ProbityEverythingEvent *) a)->at, ((const ProbityEverythingEvent *) b)->at);
}

ProbityEverything *
probity_everything_collect (const ProbitySource *source,
                            ProbityRecord       *person,
                            GError             **error)
{
  const ProbityRecordKind *const *kinds = probity_record_kinds_get ();
  g_autoptr (ProbityEverything) everything = probity_everything_new (person);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  Run run = { source, person, probity_record_get (person, "staff_number"), everything, seen, 0 };

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      if (kinds[i] == &probity_person_kind || kinds[i] == &probity_relation_kind ||
          (kinds[i]->subject_table == NULL && kinds[i]->staff_column == NULL) ||
          !probity_access_may (source->session, kinds[i]->read))
        continue;
      if (!add_kind (&run, kinds[i], error))
        return NULL;
    }

  if (!add_relations (&run, error) || !add_links (&run, error) ||
      !add_likely (&run, PROBITY_COMPARTMENT_STANDARDS, PROBITY_OPERATION_READ_STANDARDS, error) ||
      !add_likely (&run, PROBITY_COMPARTMENT_INTELLIGENCE, PROBITY_OPERATION_READ_INTELLIGENCE, error) ||
      !add_mentions (&run, error))
    return NULL;

  g_ptr_array_sort_values (everything->items, compare_items);
  g_ptr_array_sort_values (everything->events, compare_events);

  return g_steal_pointer (&everything);
}
