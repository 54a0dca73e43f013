/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-link.h"

#include "probity-case-signed.h"
#include "probity-part.h"

const char *const probity_link_types[] = {
  "related",
  "same-matter",
  "arose-from",
  "subject",
  "witness",
  "associate",
  "employer",
  "evidence",
  "duplicate",
  NULL,
};

/* Who makes links where they live. */
static ProbityOperation
get_operation (ProbityCompartment compartment)
{
  switch (compartment)
    {

    case PROBITY_COMPARTMENT_INTELLIGENCE:
      return PROBITY_OPERATION_WORK_LEAKS;
    case PROBITY_COMPARTMENT_STANDARDS:
      return PROBITY_OPERATION_WORK_CONDUCT;
    case PROBITY_COMPARTMENT_REGISTERS:
    case PROBITY_COMPARTMENT_JOURNAL:
      break;
    }

  return PROBITY_OPERATION_WORK_SECOND_JOBS;
}

/* Kinds of records that have no page and no name of their own can't be linked. */
static const ProbityRecordKind *
find_kind (const char *name)
{
  const ProbityCaseKind *case_kind = probity_case_kind_find (name);

  return case_kind != NULL ? case_kind->record_kind : probity_record_kind_find (name);
}

/* An organisation has no reference: people name it. Two of one name are told apart by their uid only. */
static gboolean
read_named (ProbityDb               *db,
            const ProbityRecordKind *kind,
            ProbitySession          *session,
            const char              *name,
            ProbityRecord          **ret_record,
            GError                 **error)
{
  g_autofree char *folded = probity_fold_text (name);
  g_autofree char *uid = NULL;
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  *ret_record = NULL;
  statement = probity_db_query (db, error, "SELECT min (uid) FROM organisation WHERE sort_name = $name HAVING count (*) = 1", "$name", 's', folded, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  uid = probity_statement_dup_text (statement, 0);
  g_clear_pointer (&statement, probity_statement_free);

  return probity_record_read (db, kind, session, uid, ret_record, error);
}

/* @ret_sealed: the sealed compartment in which the record, a case, was found; else JOURNAL. */
static gboolean
find_record (const ProbitySource *source,
             const char          *kind,
             const char          *reference,
             ProbityCompartment  *ret_sealed,
             ProbityRecord      **ret_record,
             GError             **error)
{
  const ProbityRecordKind *const *kinds = probity_record_kinds_get ();
  const ProbityRecordKind        *wanted = kind != NULL ? find_kind (kind) : NULL;
  const ProbityCaseKind          *prefixed = probity_case_kind_find_by_reference (reference);
  g_autofree char                *capitals = prefixed != NULL ? g_ascii_strup (reference, -1) : NULL;

  *ret_record = NULL;
  *ret_sealed = PROBITY_COMPARTMENT_JOURNAL;
  if (kind != NULL && wanted == NULL)
    {
      g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "kind", "There are no records of the kind “%.64s”", kind));
      return FALSE;
    }

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      const char *key = prefixed != NULL && prefixed->record_kind == kinds[i] ? capitals : reference;
      ProbityDb  *db;
      g_autoptr (ProbityRecord) record = NULL;

      if ((wanted != NULL && kinds[i] != wanted) || (kinds[i]->key == NULL && kinds[i] != &probity_organisation_kind) ||
          !probity_access_may (source->session, kinds[i]->read))
        continue;
      if (!probity_source_read_record (source, kinds[i], key, &db, &record, error))
        return FALSE;
      if (*ret_record == NULL && record != NULL)
        *ret_sealed = probity_source_get_entered (source);
      probity_source_enter (source, PROBITY_COMPARTMENT_JOURNAL);
      if (record == NULL && kinds[i] == &probity_organisation_kind && !read_named (db, kinds[i], source->session, reference, &record, error))
        return FALSE;
      if (*ret_record == NULL)
        *ret_record = g_steal_pointer (&record);
    }

  return TRUE;
}

gboolean
probity_link_find_record (const ProbitySource *source,
                          const char          *kind,
                          const char          *reference,
                          ProbityRecord      **ret_record,
                          GError             **error)
{
  ProbityCompartment sealed;

  return find_record (source, kind, reference, &sealed, ret_record, error);
}

char *
probity_link_dup_title (ProbityRecord *record)
{
  static const struct
  {
    const ProbityRecordKind *kind;
    const char              *fields[3];
  } titles[] = {
    { &probity_second_job_kind, { "applicant_name", "employer" } },
    { &probity_person_kind, { "name" } },
    { &probity_organisation_kind, { "name" } },
    { &probity_complaint_kind, { "allegation" } },
    { &probity_intelligence_kind, { "category" } },
  };
  const ProbityCaseKind *case_kind = probity_case_kind_of (probity_record_get_kind (record));

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (titles[i].kind == probity_record_get_kind (record))
      {
        const char *first = probity_record_get (record, titles[i].fields[0]);
        const char *second = titles[i].fields[1] != NULL ? probity_record_get (record, titles[i].fields[1]) : NULL;

        return first != NULL && second != NULL ? g_strdup_printf ("%s · %s", first, second) : g_strdup (first != NULL ? first : second);
      }

  return case_kind != NULL ? g_strdup (probity_record_get (record, case_kind->title)) : NULL;
}

/* --- Making and removing --- */

static gboolean
find_end (ProbityStep         *step,
          const ProbitySource *source,
          const char          *kind,
          const char          *reference,
          ProbityCompartment  *ret_sealed,
          ProbityRecord      **ret_record,
          GError             **error)
{
  if (!find_record (source, kind, reference, ret_sealed, ret_record, error))
    return FALSE;
  if (*ret_record != NULL)
    return TRUE;

  /* What is noted is the end that was not found. */
  if (reference != step->reference)
    {
      g_free (step->reference);
      step->reference = g_strdup (reference);
    }

  return probity_access_set_not_found (error, reference);
}

static ProbityCompartment
get_compartment (ProbityRecord *record)
{
  return probity_record_get_kind (record)->compartment;
}

/* Where a link with @record lives; what is sealed stands above all else. */
static ProbityCompartment
get_place (ProbityRecord     *record,
           ProbityCompartment sealed)
{
  return sealed != PROBITY_COMPARTMENT_JOURNAL ? sealed : get_compartment (record);
}

static gboolean
is_linked (ProbityDb  *db,
           const char *one,
           const char *other,
           const char *type,
           gboolean   *ret_linked,
           GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;

  statement = probity_db_query (db, error, "SELECT 1 FROM case_link AS l WHERE l.state = 'linked' AND l.type = $type"
                                           " AND ((l.from_uid = $one AND l.to_uid = $other) OR (l.from_uid = $other AND l.to_uid = $one))"
                                           " AND NOT EXISTS (SELECT 1 FROM case_link AS r WHERE r.link_uid = l.uid AND r.state = 'removed')",
                                "$one",
                                's',
                                one,
                                "$other",
                                's',
                                other,
                                "$type",
                                's',
                                type,
                                NULL);

  return statement != NULL && probity_statement_step (statement, ret_linked, error);
}

/*
 * Told of both records, where the link lives; and never which the other one is: whoever may read this
 * log may know of one and not of the other.
 */
static gboolean
write_row (ProbityStep   *step,
           ProbityWrite  *write,
           ProbityDb     *db,
           ProbityRecord *from,
           ProbityRecord *to,
           ProbityRow    *row,
           GError       **error)
{
  ProbityRecord *const ends[] = { from, to };
  const gboolean       removed = g_str_equal (probity_row_get (row, "state"), "removed");
  const char          *link_uid = probity_row_get (row, "link_uid");

  if (!probity_signed_insert (&probity_signed_case_link, write, step->session, db, link_uid, row, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const ProbityRecordKind *kind = probity_record_get_kind (ends[i]);

      if (!probity_audit_add (write,
                              step->session,
                              probity_db_get_compartment (db),
                              PROBITY_VERB_COMBINATION,
                              kind->name,
                              probity_record_get_uid (ends[i]),
                              removed ? "link:removed" : "link",
                              removed ? link_uid : NULL,
                              removed ? NULL : link_uid,
                              error))
        return FALSE;
      probity_write_note_change (write, probity_db_get_compartment (db), kind->name, probity_record_get_id (ends[i]), probity_record_get_uid (ends[i]));
    }

  return TRUE;
}

static void
set_ends (ProbityRow *row,
          const char *from_kind,
          const char *from_uid,
          const char *to_kind,
          const char *to_uid,
          const char *type)
{
  probity_row_set (row, "from_kind", from_kind);
  probity_row_set (row, "from_uid", from_uid);
  probity_row_set (row, "to_kind", to_kind);
  probity_row_set (row, "to_uid", to_uid);
  probity_row_set (row, "type", type);
}

static gboolean
add_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .write = write };
  ProbityCasebook    *casebook = probity_session_get_casebook (step->session);
  ProbityCompartment  compartment;
  ProbityCompartment  sealed_from, sealed_to;
  ProbityDb          *db;
  g_autoptr (ProbityRecord) from = NULL;
  g_autoptr (ProbityRecord) to = NULL;
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *uid = probity_write_new_uid (write);
  g_autofree char *to_reference = g_strdup (step->list[2]);
  ProbityValues   *values;
  gboolean         linked;

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      !find_end (step, &source, *step->list[0] != '\0' ? step->list[0] : NULL, step->reference, &sealed_from, &from, error) ||
      !find_end (step, &source, *step->list[1] != '\0' ? step->list[1] : NULL, to_reference, &sealed_to, &to, error))
    return FALSE;

  compartment = MAX (get_place (from, sealed_from), get_place (to, sealed_to));
  step->uid = g_strdup (probity_record_get_uid (from));
  if (compartment >= PROBITY_COMPARTMENT_SEALED)
    step->sealed = compartment;
  if (!probity_step_require (step->session, get_operation (probity_casebook_get_home (casebook, compartment)), error) ||
      !probity_step_require_text ("reason", step->reason, error))
    return FALSE;
  if (!g_strv_contains (probity_link_types, step->text) || g_str_equal (step->uid, probity_record_get_uid (to)))
    {
      const gboolean known = g_strv_contains (probity_link_types, step->text);

      g_propagate_error (error,
                         probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID,
                                                         known ? "to" : "type",
                                                         known ? "A record is not linked with itself" : "There are no links of the type “%.64s”",
                                                         step->text));
      return FALSE;
    }
  if ((db = probity_write_get_db (write, compartment, error)) == NULL ||
      !is_linked (db, step->uid, probity_record_get_uid (to), step->text, &linked, error))
    return FALSE;
  if (linked)
    {
      g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_EXISTS, "The two are linked so already");
      return FALSE;
    }

  probity_row_set (row, "uid", uid);
  probity_row_set (row, "link_uid", uid);
  probity_row_set (row, "state", "linked");
  probity_row_set (row, "reason", step->reason);
  set_ends (row, probity_record_get_kind (from)->name, step->uid, probity_record_get_kind (to)->name, probity_record_get_uid (to), step->text);
  if (!write_row (step, write, db, from, to, row, error))
    return FALSE;

  values = probity_values_new ();
  probity_values_set (values, "uid", uid);

  return probity_part_return (result, values);
}

DexFuture *
probity_link_add (ProbitySession *session,
                  const char     *from_kind,
                  const char     *from,
                  const char     *to_kind,
                  const char     *to,
                  const char     *type,
                  const char     *reason)
{
  const char  *list[] = { from_kind != NULL ? from_kind : "", to_kind != NULL ? to_kind : "", to, NULL };
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (from != NULL && to != NULL && type != NULL);

  step = probity_step_new (session, NULL, from);
  step->action = g_strdup ("link-add");
  step->text = g_strdup (type);
  step->reason = g_strdup (reason);
  step->list = g_strdupv ((char **) list);

  return probity_step_run (step, add_write);
}

static const char *const link_names[] = { "uid", "type", "from_kind", "from_uid", "to_kind", "to_uid", "reason", "at", "@who", "removed_at", "@removed_by", "removed_reason", NULL };

#define LINK_COLUMNS                                                                               \
  "SELECT l.uid, l.type, l.from_kind, l.from_uid, l.to_kind, l.to_uid, l.reason, l.at, l.account," \
  " r.at, r.account, r.reason FROM case_link AS l"                                                 \
  " LEFT JOIN case_link AS r ON r.link_uid = l.uid AND r.state = 'removed' WHERE l.state = 'linked'"

/* One end of a link as this reader may know it; NULL and no error where they may not. */
static gboolean
read_end (const ProbitySource *source,
          const char          *kind_name,
          const char          *uid,
          ProbityRecord      **ret_record,
          GError             **error)
{
  const ProbityRecordKind *kind = probity_record_kind_find (kind_name);
  ProbityDb               *db;

  *ret_record = NULL;
  if (kind == NULL || !probity_access_may (source->session, kind->read))
    return TRUE;
  if (!probity_source_read_record (source, kind, uid, &db, ret_record, error))
    return FALSE;
  probity_source_enter (source, PROBITY_COMPARTMENT_JOURNAL);

  return TRUE;
}

static gboolean
remove_write (ProbityWrite *write,
              gpointer      data,
              GValue       *result,
              GError      **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .write = write };
  ProbityCasebook    *casebook = probity_session_get_casebook (step->session);
  g_autoptr (ProbityRow) row = probity_row_new ();

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error))
    return FALSE;

  for (int i = PROBITY_N_COMPARTMENTS + (int) probity_casebook_get_n_sealed (casebook) - 1; i > PROBITY_COMPARTMENT_JOURNAL; i--)
    {
      const ProbityCompartment compartment = (ProbityCompartment) i;
      ProbityDb               *db;
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (ProbityRecord) from = NULL;
      g_autoptr (ProbityRecord) to = NULL;
      ProbityValues *link;

      if (!probity_casebook_has (casebook, compartment))
        continue;
      if ((db = probity_write_get_db (write, compartment, error)) == NULL ||
          (found = probity_part_load (db, step->session, LINK_COLUMNS " AND l.uid = $uid", step->reference, link_names, error)) == NULL)
        return FALSE;
      if (found->len == 0)
        continue;
      link = g_ptr_array_index (found, 0);
      if (!read_end (&source, probity_values_get (link, "from_kind"), probity_values_get (link, "from_uid"), &from, error) ||
          !read_end (&source, probity_values_get (link, "to_kind"), probity_values_get (link, "to_uid"), &to, error))
        return FALSE;
      if (from == NULL || to == NULL)
        continue;

      step->uid = g_strdup (probity_record_get_uid (from));
      if (compartment >= PROBITY_COMPARTMENT_SEALED)
        step->sealed = compartment;
      if (!probity_step_require (step->session, get_operation (probity_casebook_get_home (casebook, compartment)), error) ||
          !probity_step_require_text ("reason", step->reason, error))
        return FALSE;
      if (probity_values_get (link, "removed_at") != NULL)
        {
          g_set_error_literal (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_STAGE, "The link was removed before");
          return FALSE;
        }
      probity_row_set (row, "link_uid", step->reference);
      probity_row_set (row, "state", "removed");
      probity_row_set (row, "reason", step->reason);
      set_ends (row,
                probity_values_get (link, "from_kind"),
                step->uid,
                probity_values_get (link, "to_kind"),
                probity_values_get (link, "to_uid"),
                probity_values_get (link, "type"));
      if (!write_row (step, write, db, from, to, row, error))
        return FALSE;
      g_value_init (result, G_TYPE_BOOLEAN);
      g_value_set_boolean (result, TRUE);

      return TRUE;
    }

  return probity_access_set_not_found (error, step->reference);
}

DexFuture *
probity_link_remove (ProbitySession *session,
                     const char     *uid,
                     const char     *reason)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (uid != NULL);

  step = probity_step_new (session, NULL, uid);
  step->action = g_strdup ("link-remove");
  step->reason = g_strdup (reason);

  return probity_step_run (step, remove_write);
}

/* --- Reading --- */

/* The link as it is told from one of its ends. */
static void
describe (ProbityValues     *link,
          ProbityRecord     *other,
          gboolean           outgoing,
          ProbityCompartment compartment)
{
  const ProbityRecordKind *kind = probity_record_get_kind (other);
  g_autofree char         *title = probity_link_dup_title (other);

  probity_values_set (link, "outgoing", outgoing ? "true" : "false");
  probity_values_set (link, "kind", kind->name);
  probity_values_set (link, "record_uid", probity_record_get_uid (other));
  probity_values_set (link, "reference", probity_record_get_reference (other));
  probity_values_set (link, "title", title);
  probity_values_set (link, "compartment", probity_compartment_to_string (compartment));
  probity_values_set (link, "state", probity_values_get (link, "removed_at") != NULL ? "removed" : "linked");
}

static int
compare_at (gconstpointer a,
            gconstpointer b)
{
  return g_strcmp0 (probity_values_get ((ProbityValues *) a, "at"), probity_values_get ((ProbityValues *) b, "at"));
}

GPtrArray *
probity_link_collect (const ProbitySource *source,
                      ProbityRecord       *record,
                      gboolean             removed_too,
                      GError             **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_values_unref);
  ProbityCasebook         *casebook = probity_session_get_casebook (source->session);
  const ProbityCompartment entered = probity_source_get_entered (source);
  const int                n_all = PROBITY_N_COMPARTMENTS + (int) probity_casebook_get_n_sealed (casebook);
  const char              *uid = probity_record_get_uid (record);

  probity_source_enter (source, PROBITY_COMPARTMENT_JOURNAL);
  for (int i = (int) get_compartment (record); i < n_all; i++)
    {
      const ProbityCompartment compartment = (ProbityCompartment) i;
      ProbityDb               *db;
      g_autoptr (GPtrArray) found = NULL;

      if (!probity_casebook_has (casebook, compartment))
        continue;
      if ((db = probity_source_get_db (source, compartment, error)) == NULL ||
          (found = probity_part_load (db, source->session, LINK_COLUMNS " AND (l.from_uid = $uid OR l.to_uid = $uid) ORDER BY l.id", uid, link_names, error)) == NULL)
        return NULL;

      for (guint n = 0; n < found->len; n++)
        {
          ProbityValues *link = g_ptr_array_index (found, n);
          const gboolean outgoing = g_str_equal (probity_values_get (link, "from_uid"), uid);
          g_autoptr (ProbityRecord) other = NULL;

          if (probity_values_get (link, "removed_at") != NULL && !removed_too)
            continue;
          if (!read_end (source, probity_values_get (link, outgoing ? "to_kind" : "from_kind"), probity_values_get (link, outgoing ? "to_uid" : "from_uid"), &other, error))
            return NULL;
          if (other == NULL)
            continue;
          describe (link, other, outgoing, compartment);
          g_ptr_array_add (links, probity_values_ref (link));
        }
    }
  probity_source_enter (source, entered);
  g_ptr_array_sort_values (links, compare_at);

  return g_steal_pointer (&links);
}

static gboolean
load_read (ProbityRead *read,
           gpointer     data,
           GValue      *result,
           GError     **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .read = read };
  g_autoptr (ProbityRecord) record = NULL;
  ProbityCompartment sealed;
  GPtrArray         *links;

  if (!probity_access_check (step->session, PROBITY_OPERATION_READ_REGISTERS, error) ||
      !find_end (step, &source, step->for_role, step->reference, &sealed, &record, error))
    return FALSE;
  links = probity_link_collect (&source, record, step->flag, error);

  return links != NULL && probity_part_return_list (result, links);
}

DexFuture *
probity_link_load (ProbitySession *session,
                   const char     *kind,
                   const char     *reference,
                   gboolean        removed_too)
{
  ProbityStep *step;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (reference != NULL);

  step = probity_step_new (session, NULL, reference);
  step->action = g_strdup ("links");
  step->for_role = g_strdup (kind);
  step->flag = removed_too;

  return probity_step_read_for_page (step, load_read);
}
