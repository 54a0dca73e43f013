/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-link-chart.h"

#include "probity-everything-private.h"
#include "probity-link.h"
#include "probity-part.h"

/* Which records are linked with one, to two steps. */

static void
free_node (gpointer data)
{
  ProbityChartNode *self = data;

  g_free (self->kind);
  g_free (self->uid);
  g_free (self->reference);
  g_free (self->title);
  g_free (self);
}

static gpointer
copy_node (gconstpointer data,
           gpointer      user_data)
{
  const ProbityChartNode *node = data;
  ProbityChartNode       *copy = g_memdup2 (node, sizeof *node);

  copy->kind = g_strdup (node->kind);
  copy->uid = g_strdup (node->uid);
  copy->reference = g_strdup (node->reference);
  copy->title = g_strdup (node->title);

  return copy;
}

static void
free_edge (gpointer data)
{
  ProbityChartEdge *self = data;

  g_free (self->type);
  g_free (self->text);
  g_free (self);
}

static gpointer
copy_edge (gconstpointer data,
           gpointer      user_data)
{
  const ProbityChartEdge *edge = data;
  ProbityChartEdge       *copy = g_memdup2 (edge, sizeof *edge);

  copy->type = g_strdup (edge->type);
  copy->text = g_strdup (edge->text);

  return copy;
}

ProbityLinkChart *
probity_link_chart_copy (ProbityLinkChart *self)
{
  ProbityLinkChart *copy = g_memdup2 (self, sizeof *self);

  copy->nodes = g_ptr_array_copy (self->nodes, (GCopyFunc) copy_node, NULL);
  g_ptr_array_set_free_func (copy->nodes, free_node);
  copy->edges = g_ptr_array_copy (self->edges, (GCopyFunc) copy_edge, NULL);
  g_ptr_array_set_free_func (copy->edges, free_edge);
  copy->boxes = g_array_copy (self->boxes);

  return copy;
}

void
probity_link_chart_free (ProbityLinkChart *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->nodes, g_ptr_array_unref);
  g_clear_pointer (&self->edges, g_ptr_array_unref);
  g_clear_pointer (&self->boxes, g_array_unref);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (ProbityLinkChart, probity_link_chart, probity_link_chart_copy, probity_link_chart_free)

/* One record that is linked with another, before it has a box. */
typedef struct
{
  ProbityRecord *record;
  const char    *type; /* static or interned */
  char          *text;
  gboolean       outgoing;
} Neighbour;

static void
neighbour_free (gpointer data)
{
  Neighbour *self = data;

  probity_record_unref (self->record);
  g_free (self->text);
  g_free (self);
}

typedef struct
{
  const ProbitySource *source;
  ProbityLinkChart    *chart;
  GPtrArray           *records; /* ProbityRecord beside the nodes */
  GHashTable          *indices; /* uid → index + 1 */
  GHashTable          *known;   /* lines that are there: `uid|uid|type|text` */
} Run;

static void
take_neighbour (GPtrArray     *neighbours,
                ProbityRecord *record,
                const char    *type,
                const char    *text,
                gboolean       outgoing)
{
  Neighbour *self = g_new0 (Neighbour, 1);

  self->record = record;
  self->type = g_intern_string (type);
  self->text = g_strdup (text);
  self->outgoing = outgoing;
  g_ptr_array_add (neighbours, self);
}

static gboolean
add_person (Run        *run,
            GPtrArray  *neighbours,
            const char *number,
            const char *type,
            const char *text,
            gboolean    outgoing,
            GError    **error)
{
  ProbityDb *db = probity_source_get_db (run->source, PROBITY_COMPARTMENT_REGISTERS, error);
  g_autoptr (ProbityRecord) person = NULL;

  if (db == NULL || !probity_record_read (db, &probity_person_kind, run->source->session, number, &person, error))
    return FALSE;
  if (person != NULL)
    take_neighbour (neighbours, g_steal_pointer (&person), type, text, outgoing);

  return TRUE;
}

/* Whom a case, complaint or report is about. */
static gboolean
add_subjects (Run           *run,
              ProbityRecord *record,
              GPtrArray     *neighbours,
              GError       **error)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);
  ProbityDb               *db;
  g_autoptr (ProbityRecord) again = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  g_autofree char *sql = NULL;
  gboolean         row;

  if (kind == &probity_second_job_kind)
    return add_person (run, neighbours, probity_record_get (record, "staff_number"), "applicant", NULL, TRUE, error);
  if (kind->subject_table == NULL)
    return TRUE;

  /* A case can stand in a sealed compartment. */
  if (!probity_source_read_record (run->source, kind, probity_record_get_uid (record), &db, &again, error))
    return FALSE;
  probity_source_enter (run->source, PROBITY_COMPARTMENT_JOURNAL);
  if (again == NULL)
    return TRUE;

  sql = g_strdup_printf ("SELECT s.staff_number, %s FROM %s AS s WHERE s.%s = $id AND s.staff_number IS NOT NULL ORDER BY s.position",
                         probity_case_kind_of (kind) != NULL ? "s.eliminated IS NOT NULL" : "0",
                         kind->subject_table,
                         kind->subject_parent);
  statement = probity_db_query (db, error, sql, "$id", 'i', probity_record_get_id (again), NULL);
  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      if (!add_person (run, neighbours, probity_statement_get_text (statement, 0), probity_statement_get_int64 (statement, 1) != 0 ? "eliminated" : "about", NULL, TRUE, error))
        return FALSE;
    }
}

static gboolean
add_rows (Run                     *run,
          const ProbityRecordKind *kind,
          const char              *number,
          GPtrArray               *neighbours,
          GError                 **error)
{
  ProbityDb *db = probity_source_get_db (run->source, kind->compartment, error);
  g_autoptr (GArray) found = db != NULL ? probity_everything_find_rows (run->source, kind, db, number, error) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      const ProbityEverythingRow *one = &g_array_index (found, ProbityEverythingRow, i);
      const char                 *type = kind == &probity_second_job_kind ? "applicant" : one->eliminated ? "eliminated"
                                                                                                          : "about";
      g_autoptr (ProbityRecord) record = NULL;

      if (!probity_record_read_id (db, kind, run->source->session, one->id, &record, error))
        return FALSE;
      if (record != NULL)
        take_neighbour (neighbours, g_steal_pointer (&record), type, NULL, FALSE);
    }

  return found != NULL;
}

/* A case also where it is sealed, if the reader holds the key of that. */
static gboolean
add_kind (Run                     *run,
          const ProbityRecordKind *kind,
          const char              *number,
          GPtrArray               *neighbours,
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
      ok = add_rows (run, kind, number, neighbours, error);
    }
  probity_source_enter (run->source, PROBITY_COMPARTMENT_JOURNAL);

  return ok;
}

/* What is about a person, and who is related to them. */
static gboolean
add_of_person (Run           *run,
               ProbityRecord *person,
               GPtrArray     *neighbours,
               GError       **error)
{
  const char                     *number = probity_record_get (person, "staff_number");
  const ProbityRecordKind *const *kinds = probity_record_kinds_get ();
  g_autoptr (GPtrArray) relations = NULL;

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      if (kinds[i] == &probity_person_kind || kinds[i] == &probity_relation_kind ||
          (kinds[i]->subject_table == NULL && kinds[i]->staff_column == NULL) ||
          !probity_access_may (run->source->session, kinds[i]->read))
        continue;
      if (!add_kind (run, kinds[i], number, neighbours, error))
        return FALSE;
    }

  if ((relations = probity_everything_find_relations (run->source, number, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < relations->len; i++)
    {
      ProbityValues *relation = g_ptr_array_index (relations, i);

      /* Who is who in a relation its words say; the line has one direction, so that it is one line from both ends. */
      if (!add_person (run, neighbours, probity_values_get (relation, "staff_number"), "relation", probity_values_get (relation, "nature"), strcmp (number, probity_values_get (relation, "staff_number")) < 0, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_links (Run           *run,
           ProbityRecord *record,
           GPtrArray     *neighbours,
           GError       **error)
{
  g_autoptr (GPtrArray) links = probity_link_collect (run->source, record, FALSE, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      ProbityValues *link = g_ptr_array_index (links, i);
      g_autoptr (ProbityRecord) other = NULL;

      if (!probity_link_find_record (run->source, probity_values_get (link, "kind"), probity_values_get (link, "record_uid"), &other, error))
        return FALSE;
      if (other != NULL)
        take_neighbour (neighbours, g_steal_pointer (&other), probity_values_get (link, "type"), NULL, g_str_equal (probity_values_get (link, "outgoing"), "true"));
    }

  return links != NULL;
}

/* Cases first, then people, then what else there is; each by its reference. */
static int
rank (ProbityRecord *record)
{
  const ProbityRecordKind *kind = probity_record_get_kind (record);

  return probity_case_kind_of (kind) != NULL ? 0 : kind == &probity_person_kind ? 1
                                                                                : 2;
}

static int
compare_neighbours (gconstpointer a,
                    gconstpointer b)
{
  const Neighbour *one = a;
  const Neighbour *other = b;
  int              result = rank (one->record) - rank (other->record);

  if (result == 0)
    result = g_strcmp0 (probity_record_get_reference (one->record), probity_record_get_reference (other->record));
  if (result == 0)
    result = g_strcmp0 (probity_record_get_uid (one->record), probity_record_get_uid (other->record));

  return result != 0 ? result : g_strcmp0 (one->type, other->type);
}

static void
add_node (Run           *run,
          ProbityRecord *record,
          guint          parent,
          guint          step)
{
  ProbityChartNode *node = g_new0 (ProbityChartNode, 1);
  ProbityChartBox   box = { .parent = parent };

  node->kind = g_strdup (probity_record_kind_get_name (probity_record_get_kind (record)));
  node->uid = g_strdup (probity_record_get_uid (record));
  node->reference = g_strdup (probity_record_get_reference (record));
  node->title = probity_link_dup_title (record);
  node->step = step;
  g_ptr_array_add (run->chart->nodes, node);
  g_array_append_val (run->chart->boxes, box);
  g_ptr_array_add (run->records, probity_record_ref (record));
  g_hash_table_insert (run->indices, node->uid, GUINT_TO_POINTER (run->chart->nodes->len));
}

static void
add_edge (Run             *run,
          guint            from,
          guint            to,
          const Neighbour *neighbour,
          gboolean         leads)
{
  const ProbityChartNode *from_node = g_ptr_array_index (run->chart->nodes, from);
  const ProbityChartNode *to_node = g_ptr_array_index (run->chart->nodes, to);
  ProbityChartEdge       *edge;
  g_autofree char        *key = g_strjoin ("|", from_node->uid, to_node->uid, neighbour->type, neighbour->text, NULL);

  if (!g_hash_table_add (run->known, g_steal_pointer (&key)))
    return;
  edge = g_new0 (ProbityChartEdge, 1);
  edge->from = from;
  edge->to = to;
  edge->type = g_strdup (neighbour->type);
  edge->text = g_strdup (neighbour->text);
  edge->leads = leads;
  g_ptr_array_add (run->chart->edges, edge);
}

/* Of the last step only lines between boxes that are there. */
static gboolean
add_neighbours (Run     *run,
                guint    index,
                GError **error)
{
  ProbityRecord          *record = g_ptr_array_index (run->records, index);
  const ProbityChartNode *node = g_ptr_array_index (run->chart->nodes, index);
  const guint             step = node->step;
  g_autoptr (GPtrArray) neighbours = g_ptr_array_new_with_free_func (neighbour_free);

  if (!add_links (run, record, neighbours, error) || !add_subjects (run, record, neighbours, error) ||
      (probity_record_get_kind (record) == &probity_person_kind && !add_of_person (run, record, neighbours, error)))
    return FALSE;
  g_ptr_array_sort_values (neighbours, compare_neighbours);

  for (guint i = 0; i < neighbours->len; i++)
    {
      const Neighbour *neighbour = g_ptr_array_index (neighbours, i);
      guint            other = GPOINTER_TO_UINT (g_hash_table_lookup (run->indices, probity_record_get_uid (neighbour->record)));
      gboolean         leads = FALSE;

      if (other == 0)
        {
          if (step >= 2)
            continue;
          if (run->chart->nodes->len >= PROBITY_CHART_MAX_BOXES)
            {
              run->chart->cut = TRUE;
              continue;
            }
          add_node (run, neighbour->record, index, step + 1);
          other = run->chart->nodes->len;
          leads = TRUE;
        }
      if (other - 1 != index)
        add_edge (run, neighbour->outgoing ? index : other - 1, neighbour->outgoing ? other - 1 : index, neighbour, leads);
    }

  return TRUE;
}

static ProbityLinkChart *
collect (const ProbitySource *source,
         ProbityRecord       *record,
         GError             **error)
{
  g_autoptr (ProbityLinkChart) chart = g_new0 (ProbityLinkChart, 1);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_record_unref);
  g_autoptr (GHashTable) indices = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Run run = { source, chart, records, indices, known };

  chart->nodes = g_ptr_array_new_with_free_func (free_node);
  chart->edges = g_ptr_array_new_with_free_func (free_edge);
  chart->boxes = g_array_new (FALSE, TRUE, sizeof (ProbityChartBox));
  add_node (&run, record, 0, 0);
  for (guint i = 0; i < chart->nodes->len; i++)
    if (!add_neighbours (&run, i, error))
      return NULL;
  probity_chart_layout (chart->boxes, &chart->width, &chart->height);

  return g_steal_pointer (&chart);
}

/* Loading ----------------------------------------------------------------------------------------- */

typedef struct
{
  gatomicrefcount ref_count;
  ProbitySession *session;
  char           *reference;
  ProbityVisit   *visit;
} Job;

static Job *
job_ref (Job *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

static void
job_unref (gpointer data)
{
  Job *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_object_unref (self->session);
  g_free (self->reference);
  g_clear_pointer (&self->visit, probity_visit_unref);
  g_free (self);
}

static gboolean
collect_in_reader (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  Job                *self = data;
  const ProbitySource source = { .session = self->session, .read = read };
  g_autoptr (ProbityRecord) record = NULL;
  ProbityLinkChart *chart = NULL;

  if (!probity_link_find_record (&source, NULL, self->reference, &record, error) ||
      (record != NULL && (chart = collect (&source, record, error)) == NULL))
    return FALSE;

  g_value_init (result, PROBITY_TYPE_LINK_CHART);
  g_value_take_boxed (result, chart);

  return TRUE;
}

static DexFuture *
load_fiber (gpointer data)
{
  Job                    *self = data;
  GError                 *error = NULL;
  const ProbityChartNode *node;
  g_autoptr (ProbityLinkChart) chart = NULL;

  chart = dex_await_boxed (probity_casebook_read (probity_session_get_casebook (self->session), collect_in_reader, job_ref (self), job_unref, NULL), &error);
  if (error != NULL)
    return dex_future_new_for_error (error);
  if (chart == NULL && probity_visit_has_shown (self->visit, self->session, self->reference))
    {
      probity_access_set_not_found (&error, self->reference);
      return dex_future_new_for_error (error);
    }
  if (chart == NULL)
    return probity_access_refuse (self->session, "record", self->reference);

  node = g_ptr_array_index (chart->nodes, 0);
  if (!dex_await (probity_visit_consult (self->visit, self->session, node->kind, node->uid, "link-chart"), &error))
    return dex_future_new_for_error (error);
  if (self->visit != NULL)
    probity_visit_note_shown (self->visit, self->reference);

  return dex_future_new_take_boxed (PROBITY_TYPE_LINK_CHART, g_steal_pointer (&chart));
}

DexFuture *
probity_link_chart_load (ProbitySession *session,
                         const char     *reference,
                         ProbityVisit   *visit)
{
  Job    *self;
  GError *error = NULL;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  if (!probity_access_check (session, PROBITY_OPERATION_READ_REGISTERS, &error))
    return dex_future_new_for_error (error);

  self = g_new0 (Job, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->reference = g_strdup (reference);
  self->visit = visit != NULL ? probity_visit_ref (visit) : NULL;

  return dex_scheduler_spawn (NULL, 0, load_fiber, self, job_unref);
}
