/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-timeline.h"

#include "probity-link.h"
#include "probity-part.h"

void
probity_timeline_item_free (ProbityTimelineItem *self)
{
  if (self == NULL)
    return;

  g_free (self->at);
  g_free (self->who);
  g_free (self->what);
  g_free (self->text);
  g_free (self);
}

/* Of every case, in its own compartment: at, account, what, text. */
static const char *const shared[] = {
  "SELECT entered_at, account, 'stage:' || stage, reason FROM case_stage WHERE case_uid = $uid",
  "SELECT e.at, e.account, 'action:' || e.what, a.number || '. ' || a.title || coalesce (': ' || coalesce (e.reason, CASE e.what WHEN 'done' THEN a.result WHEN 'soft-deadline' THEN e.new WHEN 'hard-deadline' THEN e.new END), '')"
  " FROM case_action_event AS e JOIN case_action AS a ON a.uid = e.action_uid WHERE e.case_uid = $uid",
  "SELECT at, account, 'log:' || kind, text FROM case_log WHERE case_uid = $uid",
  "SELECT at, account, CASE amendment WHEN 0 THEN 'log-decision' ELSE 'log-decision:amended' END, number || '. ' || title || ': ' || reasons"
  " FROM case_decision WHERE case_uid = $uid",
  "SELECT at, account, 'exhibit', reference || ', ' || description FROM exhibit WHERE case_uid = $uid",
  "SELECT max (applied_at), applied_by, 'checklist:applied', stage FROM case_checklist WHERE case_uid = $uid GROUP BY stage, applied_at",
  "SELECT answered_at, answered_by, 'checklist:' || coalesce (answer, 'open'), text || coalesce (': ' || note, '')"
  " FROM case_checklist WHERE case_uid = $uid AND answered_at IS NOT NULL",
};

static int
compare_at (gconstpointer a,
            gconstpointer b)
{
  return g_strcmp0 (((const ProbityTimelineItem *) a)->at, ((const ProbityTimelineItem *) b)->at);
}

static void
take_item (GPtrArray *items,
           char      *at,
           char      *who,
           char      *what,
           char      *text)
{
  ProbityTimelineItem *item = g_new0 (ProbityTimelineItem, 1);

  item->at = at;
  item->who = who;
  item->what = what;
  item->text = text;
  g_ptr_array_add (items, item);
}

static gboolean
add_items (ProbityDb      *db,
           ProbityKeyring *keyring,
           const char     *sql,
           const char     *uid,
           GPtrArray      *items,
           GError        **error)
{
  g_autoptr (ProbityStatement) statement = probity_db_query (db, error, sql, "$uid", 's', uid, NULL);

  if (statement == NULL)
    return FALSE;
  for (;;)
    {
      const ProbityAccount *account;
      gboolean              row;

      if (!probity_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      account = probity_statement_is_null (statement, 1) ? NULL : probity_keyring_find (keyring, probity_statement_get_text (statement, 1));
      take_item (items,
                 probity_statement_dup_text (statement, 0),
                 account != NULL ? g_strdup (account->name) : probity_statement_dup_text (statement, 1),
                 probity_statement_dup_text (statement, 2),
                 probity_statement_dup_text (statement, 3));
    }
}

/* Which of them this reader may know of, no query says: both ends are judged. */
static gboolean
add_links (const ProbitySource *source,
           ProbityRecord       *record,
           GPtrArray           *items,
           GError             **error)
{
  g_autoptr (GPtrArray) links = probity_link_collect (source, record, TRUE, error);

  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      ProbityValues   *link = g_ptr_array_index (links, i);
      const char      *title = probity_part_get (link, "title");
      const char      *reference = probity_part_get (link, "reference");
      g_autofree char *other = reference != NULL && title != NULL ? g_strdup_printf ("%s, %s", reference, title) : g_strdup (reference != NULL ? reference : title);

      take_item (items,
                 g_strdup (probity_values_get (link, "at")),
                 g_strdup (probity_values_get (link, "who")),
                 g_strdup_printf ("link:%s", probity_values_get (link, "type")),
                 g_strdup_printf ("%s: %s", other, probity_values_get (link, "reason")));
      if (probity_part_get (link, "removed_at") != NULL)
        take_item (items,
                   g_strdup (probity_values_get (link, "removed_at")),
                   g_strdup (probity_values_get (link, "removed_by")),
                   g_strdup ("link-removed"),
                   g_strdup_printf ("%s: %s", other, probity_values_get (link, "removed_reason")));
    }

  return links != NULL;
}

GPtrArray *
probity_timeline_collect (const ProbitySource   *source,
                          const ProbityCaseKind *kind,
                          ProbityRecord         *record,
                          GError               **error)
{
  ProbityCasebook *casebook = probity_session_get_casebook (source->session);
  ProbityDb       *db = probity_source_get_db (source, kind->record_kind->compartment, error);
  const char      *uid = probity_record_get_uid (record);
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (source->session);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_timeline_item_free);

  if (db == NULL)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if (!add_items (db, keyring, shared[i], uid, items, error))
      return NULL;
  for (guint i = 0; i < kind->n_timeline; i++)
    {
      const ProbityTimelineSource *own = &kind->timeline[i];

      if (!probity_casebook_has (casebook, own->compartment))
        continue;
      if ((db = probity_source_get_db (source, own->compartment, error)) == NULL ||
          !add_items (db, keyring, own->sql, uid, items, error))
        return NULL;
    }
  if (!add_links (source, record, items, error))
    return NULL;

  return g_steal_pointer (&items);
}

static gboolean
timeline_read (ProbityRead *read,
               gpointer     data,
               GValue      *result,
               GError     **error)
{
  ProbityStep        *step = data;
  const ProbitySource source = { .session = step->session, .read = read };
  ProbityDb          *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (!probity_step_find_read (step, read, &db, &record, error) ||
      (items = probity_timeline_collect (&source, step->case_kind, record, error)) == NULL)
    return FALSE;
  g_ptr_array_sort_values (items, compare_at);

  return probity_part_return_list (result, g_steal_pointer (&items));
}

DexFuture *
probity_case_load_timeline (ProbitySession        *session,
                            const ProbityCaseKind *kind,
                            const char            *reference)
{
  return probity_part_read (session, kind, reference, "timeline", timeline_read);
}
