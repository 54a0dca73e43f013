/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "probity-closing.h"
#include "probity-conduct.h"
#include "probity-investigation.h"
#include "probity-json.h"
#include "probity-leak.h"
#include "probity-list.h"
#include "probity-seal.h"

/* `leak …` and `conduct …`: one set of commands for both kinds, named by the first word. */

static const ProbityCaseKind *
get_kind (CtlCall *call)
{
  g_auto (GStrv) words = g_strsplit (call->syntax->name, " ", -1);

  return probity_case_kind_find (words[0]);
}

static const ProbityCasePart *
get_part (CtlCall *call)
{
  g_auto (GStrv) words = g_strsplit (call->syntax->name, " ", -1);

  return probity_case_part_find (get_kind (call), words[1]);
}

static char *
dup_member_text (JsonNode *node)
{
  GType type;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  type = json_node_get_value_type (node);
  if (type == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

  return g_strdup (json_node_get_string (node));
}

static ProbityValues *
read_members (const char *path,
              JsonObject *object,
              const char *skipped,
              GError    **error)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode        *node = json_object_get_member (object, l->data);
      g_autofree char *text = NULL;

      if (JSON_NODE_HOLDS_NULL (node) || g_strcmp0 (l->data, skipped) == 0)
        continue;
      text = dup_member_text (node);
      if (text == NULL)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: “%s” is neither text, number nor boolean", path, (char *) l->data);
          return NULL;
        }
      probity_values_set (values, l->data, text);
    }

  return g_steal_pointer (&values);
}

/* From the file, where one is named, and from --set FIELD=VALUE. */
static ProbityValues *
read_values (CtlCall    *call,
             const char *path,
             GError    **error)
{
  g_autofree const char **sets = ctl_call_get_options (call, "set");
  g_autoptr (ProbityValues) values = NULL;

  if (path != NULL)
    {
      g_autoptr (JsonObject) object = probity_json_read_path (path, error);

      if (object == NULL || (values = read_members (path, object, NULL, error)) == NULL)
        return NULL;
    }
  else
    {
      values = probity_values_new ();
    }
  for (guint i = 0; sets[i] != NULL; i++)
    {
      const char      *equals = strchr (sets[i], '=');
      g_autofree char *field = equals != NULL ? g_strndup (sets[i], equals - sets[i]) : NULL;

      if (field == NULL || *field == '\0')
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "“%s” is not of the form FIELD=VALUE", sets[i]);
          return NULL;
        }
      probity_values_set (values, field, equals + 1);
    }

  return g_steal_pointer (&values);
}

static void
free_subject (gpointer data)
{
  ProbitySubject *subject = data;

  g_free (subject->staff_number);
  g_free (subject->name);
  g_free (subject->date_of_birth);
  g_free (subject);
}

static gboolean
read_subjects (const char *path,
               JsonObject *object,
               GPtrArray  *subjects,
               GError    **error)
{
  JsonNode  *node = json_object_get_member (object, "subjects");
  JsonArray *array;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode       *element = json_array_get_element (array, i);
      JsonObject     *member = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      ProbitySubject *subject;
      g_autoptr (ProbityValues) values = member != NULL ? read_members (path, member, NULL, error) : NULL;

      if (values == NULL)
        {
          if (member == NULL)
            array = NULL;
          else
            return FALSE;
          break;
        }
      subject = g_new0 (ProbitySubject, 1);
      subject->staff_number = g_strdup (probity_values_get (values, "staff_number"));
      subject->name = g_strdup (probity_values_get (values, "name"));
      subject->date_of_birth = g_strdup (probity_values_get (values, "date_of_birth"));
      g_ptr_array_add (subjects, subject);
    }
  if (array != NULL)
    return TRUE;
  g_set_error (error, CTL_ERROR, CTL_ERROR_FILE, "%s: “subjects” is no list of objects", path);

  return FALSE;
}

static JsonNode *
record_to_json (ProbityRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_add_text (builder, "reference", probity_record_get_reference (record));
  ctl_add_text (builder, "uid", probity_record_get_uid (record));
  ctl_add_text (builder, "stage", probity_record_get (record, "stage"));
  ctl_add_text (builder, "outcome", probity_record_get (record, "outcome"));

  return ctl_finish (builder);
}

static JsonNode *
run_open (CtlCall *call,
          GError **error)
{
  const char *path = ctl_call_get_argument (call, 1);
  g_autoptr (JsonObject) object = probity_json_read_path (path, error);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func (free_subject);
  g_autoptr (ProbityValues) values = NULL;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (object == NULL || (values = read_members (path, object, "subjects", error)) == NULL || !read_subjects (path, object, subjects, error))
    return NULL;
  if (ctl_call_get_option (call, "for") != NULL)
    {
      g_auto (GStrv) holders = ctl_call_dup_names (call, "for", error);

      if (holders == NULL)
        return NULL;
      record = dex_await_boxed (probity_investigation_open_sealed (call->session, get_kind (call), values, subjects, (const char *const *) holders, ctl_call_get_option (call, "reason")), error);
    }
  else
    {
      record = dex_await_boxed (probity_investigation_open (call->session, get_kind (call), values, subjects), error);
    }
  if (record == NULL)
    return NULL;

  json_builder_begin_object (builder);
  ctl_add_text (builder, "reference", probity_record_get_reference (record));
  ctl_add_text (builder, "uid", probity_record_get_uid (record));

  return ctl_finish (builder);
}

static gboolean
add_subjects (CtlCall     *call,
              JsonBuilder *builder,
              const char  *reference,
              GError     **error)
{
  g_autoptr (GPtrArray) subjects = dex_await_boxed (probity_investigation_load_subjects (call->session, reference), error);

  if (subjects == NULL)
    return FALSE;
  json_builder_set_member_name (builder, "subjects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < subjects->len; i++)
    {
      ProbityCaseSubject *subject = g_ptr_array_index (subjects, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "uid", subject->uid);
      ctl_add_text (builder, "staff_number", subject->staff_number);
      ctl_add_text (builder, "name", subject->name);
      ctl_add_text (builder, "date_of_birth", subject->date_of_birth);
      ctl_add_text (builder, "reason", subject->reason);
      ctl_add_text (builder, "added", subject->added);
      ctl_add_text (builder, "eliminated", subject->eliminated);
      ctl_add_text (builder, "elimination_reason", subject->elimination_reason);
      ctl_add_text (builder, "disposal_due", subject->disposal_due);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return TRUE;
}

/* What outside scripts rely on of one case. */
static gboolean
add_case (CtlCall     *call,
          JsonBuilder *builder,
          const char  *reference,
          const char  *uid,
          const char  *stage,
          const char  *outcome,
          GError     **error)
{
  g_autoptr (ProbityClosingState) state = dex_await_boxed (probity_closing_load (call->session, reference), error);

  if (state == NULL)
    return FALSE;
  ctl_add_text (builder, "reference", reference);
  ctl_add_text (builder, "uid", uid);
  ctl_add_text (builder, "stage", stage);
  ctl_add_text (builder, "outcome", outcome);
  if (!add_subjects (call, builder, reference, error))
    return FALSE;
  ctl_add_missing (builder, call->json, (const char *const *) state->missing, (const char *const *) state->unseen);
  ctl_add_text (builder, "proposed", state->proposed);
  ctl_add_text (builder, "closed_by", state->closed_by);

  return TRUE;
}

static void
add_fields (JsonBuilder             *builder,
            const ProbityRecordKind *kind,
            ProbityRecord           *record)
{
  guint               n_fields;
  const ProbityField *fields = probity_record_kind_get_fields (kind, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (!g_str_equal (fields[i].name, "reference") && !g_str_equal (fields[i].name, "case_uid"))
      ctl_add_text (builder, fields[i].name, probity_record_get (record, fields[i].name));
}

static gboolean
add_rows (CtlCall               *call,
          JsonBuilder           *builder,
          const ProbityCasePart *part,
          const char            *reference,
          GError               **error)
{
  g_autoptr (GPtrArray) rows = dex_await_boxed (probity_investigation_load_rows (call->session, part, reference), error);

  if (rows == NULL)
    return FALSE;
  json_builder_set_member_name (builder, part->plural);
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityRecord *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "uid", probity_record_get_uid (row));
      ctl_add_int (builder, "version", probity_record_get_version (row));
      add_fields (builder, part->record_kind, row);
      if (part->read_values == probity_leak_contact_read_values)
        ctl_add_text (builder, PROBITY_LEAK_CONTACT_FINDING, probity_leak_contact_get_finding (probity_record_get (row, "recorded_contact")));
      ctl_add_text (builder, "created", probity_record_get (row, "created"));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return TRUE;
}

static JsonNode *
run_show (CtlCall *call,
          GError **error)
{
  const ProbityCaseKind        *kind = get_kind (call);
  const ProbityCasePart *const *parts = probity_case_kind_get_parts (kind);
  g_autofree char              *key = g_ascii_strup (ctl_call_get_argument (call, 1), -1);
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  record = dex_await_boxed (probity_record_load (call->session, kind->record_kind, key), error);
  if (record == NULL)
    return NULL;
  json_builder_begin_object (builder);
  if (!add_case (call, builder, probity_record_get_reference (record), probity_record_get_uid (record), probity_record_get (record, "stage"), probity_record_get (record, "outcome"), error))
    return NULL;
  ctl_add_int (builder, "version", probity_record_get_version (record));
  add_fields (builder, kind->record_kind, record);
  ctl_add_text (builder, "closed", probity_record_get (record, "closed"));
  for (guint i = 0; parts[i] != NULL; i++)
    if (!add_rows (call, builder, parts[i], probity_record_get_reference (record), error))
      return NULL;

  return ctl_finish (builder);
}

static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  const gboolean         leak = get_kind (call) == &probity_leak_case;
  const ProbityListKind *kind = probity_list_kind_find (leak ? "leaks" : "conduct");
  g_autoptr (ProbityListQuery) query = probity_list_query_new (kind);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) rows = NULL;

  rows = ctl_load_rows (call, kind, query, error);
  if (rows == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, leak ? "leaks" : "conduct");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rows->len; i++)
    {
      ProbityListRow *row = g_ptr_array_index (rows, i);

      json_builder_begin_object (builder);
      if (!add_case (call, builder, probity_list_row_find_cell (row, kind, "reference"), row->uid, probity_list_row_find_cell (row, kind, "stage"), probity_list_row_find_cell (row, kind, "outcome"), error))
        return NULL;
      ctl_add_text (builder, "title", probity_list_row_find_cell (row, kind, "title"));
      ctl_add_text (builder, "received", probity_list_row_find_cell (row, kind, "received"));
      ctl_add_text (builder, "decided_to_investigate", probity_list_row_find_cell (row, kind, "decided_to_investigate"));
      if (probity_list_row_is_sealed (row))
        {
          json_builder_set_member_name (builder, "sealed");
          json_builder_add_boolean_value (builder, TRUE);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
finish_record (DexFuture *future,
               GError   **error)
{
  g_autoptr (ProbityRecord) record = dex_await_boxed (future, error);

  return record != NULL ? record_to_json (record) : NULL;
}

static JsonNode *
run_amend (CtlCall *call,
           GError **error)
{
  g_autofree char *key = g_ascii_strup (ctl_call_get_argument (call, 1), -1);
  g_autoptr (ProbityValues) values = read_values (call, ctl_call_get_argument (call, 2), error);
  g_autoptr (ProbityRecord) record = NULL;

  if (values == NULL)
    return NULL;
  record = dex_await_boxed (probity_record_load (call->session, get_kind (call)->record_kind, key), error);
  if (record == NULL)
    return NULL;

  return finish_record (probity_investigation_update (call->session, key, probity_record_get_version (record), values), error);
}

static JsonNode *
run_investigate (CtlCall *call,
                 GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  return reason != NULL ? finish_record (probity_investigation_decide (call->session, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "on"), reason), error) : NULL;
}

static JsonNode *
run_assign (CtlCall *call,
            GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  return reason != NULL ? finish_record (probity_investigation_assign (call->session,
                                                                       ctl_call_get_argument (call, 1),
                                                                       ctl_call_get_option (call, "owner"),
                                                                       ctl_call_get_option (call, "officer"),
                                                                       reason),
                                         error)
                        : NULL;
}

static JsonNode *
run_stage (CtlCall *call,
           GError **error)
{
  return finish_record (probity_case_set_stage (call->session,
                                                get_kind (call),
                                                ctl_call_get_argument (call, 1),
                                                ctl_call_get_argument (call, 2),
                                                ctl_call_get_option (call, "reason")),
                        error);
}

static JsonNode *
run_propose (CtlCall *call,
             GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  return reason != NULL ? finish_record (probity_closing_propose (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2), reason), error) : NULL;
}

static JsonNode *
run_close (CtlCall *call,
           GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  return reason != NULL ? finish_record (probity_closing_close (call->session,
                                                                ctl_call_get_argument (call, 1),
                                                                ctl_call_get_argument (call, 2),
                                                                reason,
                                                                ctl_call_get_option (call, "no-subject")),
                                         error)
                        : NULL;
}

static JsonNode *
run_subject_add (CtlCall *call,
                 GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  return reason != NULL ? finish_record (probity_investigation_add_subject (call->session,
                                                                            ctl_call_get_argument (call, 1),
                                                                            ctl_call_get_option (call, "staff-number"),
                                                                            ctl_call_get_option (call, "name"),
                                                                            ctl_call_get_option (call, "date-of-birth"),
                                                                            reason),
                                         error)
                        : NULL;
}

static JsonNode *
run_subject_eliminate (CtlCall *call,
                       GError **error)
{
  const char *reason = ctl_call_require_option (call, "reason", error);

  return reason != NULL ? finish_record (probity_investigation_eliminate_subject (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2), reason), error) : NULL;
}

static JsonNode *
run_subject_list (CtlCall *call,
                  GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);

  return add_subjects (call, builder, ctl_call_get_argument (call, 1), error) ? ctl_finish (builder) : NULL;
}

static JsonNode *
row_to_json (const char    *reference,
             ProbityRecord *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_add_text (builder, "reference", reference);
  ctl_add_text (builder, "uid", probity_record_get_uid (row));

  return ctl_finish (builder);
}

static JsonNode *
run_part_add (CtlCall *call,
              GError **error)
{
  const char *reference = ctl_call_get_argument (call, 1);
  g_autoptr (ProbityValues) values = read_values (call, ctl_call_get_argument (call, 2), error);
  g_autoptr (ProbityRecord) row = NULL;

  if (values == NULL)
    return NULL;
  row = dex_await_boxed (probity_investigation_add_row (call->session, get_part (call), reference, values), error);

  return row != NULL ? row_to_json (reference, row) : NULL;
}

static JsonNode *
run_part_change (CtlCall *call,
                 GError **error)
{
  const ProbityCasePart *part = get_part (call);
  const char            *reference = ctl_call_get_argument (call, 1);
  const char            *uid = ctl_call_get_argument (call, 2);
  g_autoptr (ProbityValues) values = read_values (call, ctl_call_get_argument (call, 3), error);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (ProbityRecord) row = NULL;
  gint64 version = 0;

  if (values == NULL)
    return NULL;
  rows = dex_await_boxed (probity_investigation_load_rows (call->session, part, reference), error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (probity_record_get_uid (g_ptr_array_index (rows, i)), uid))
      version = probity_record_get_version (g_ptr_array_index (rows, i));
  row = dex_await_boxed (probity_investigation_change_row (call->session, part, reference, uid, version, values), error);

  return row != NULL ? row_to_json (reference, row) : NULL;
}

static JsonNode *
run_part_list (CtlCall *call,
               GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);

  return add_rows (call, builder, get_part (call), ctl_call_get_argument (call, 1), error) ? ctl_finish (builder) : NULL;
}

static JsonNode *
finish_values (DexFuture *future,
               GError   **error)
{
  g_autoptr (ProbityValues) values = dex_await_boxed (future, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) fields = NULL;

  if (values == NULL)
    return NULL;
  fields = probity_values_dup_fields (values);
  json_builder_begin_object (builder);
  for (guint i = 0; fields[i] != NULL; i++)
    ctl_add_text (builder, fields[i], probity_values_get (values, fields[i]));

  return ctl_finish (builder);
}

/* The statutory report that is due next, as far as the case can fill it in. */
static JsonNode *
run_report_prepare (CtlCall *call,
                    GError **error)
{
  return finish_values (probity_conduct_prepare_report (call->session, ctl_call_get_argument (call, 1)), error);
}

static JsonNode *
print (CtlCall    *call,
       DexFuture  *future,
       const char *path,
       GError    **error)
{
  g_autoptr (GBytes) pages = dex_await_boxed (future, error);

  if (pages == NULL ||
      !g_file_set_contents_full (path, g_bytes_get_data (pages, NULL), g_bytes_get_size (pages), G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error))
    return NULL;

  return ctl_done ("printed", ctl_call_get_argument (call, 1));
}

static JsonNode *
run_print_notice (CtlCall *call,
                  GError **error)
{
  return print (call, probity_conduct_print_notice (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2), NULL), ctl_call_get_argument (call, 3), error);
}

static JsonNode *
run_print_report (CtlCall *call,
                  GError **error)
{
  return print (call, probity_conduct_print_report (call->session, ctl_call_get_argument (call, 1), ctl_call_get_option (call, "uid")), ctl_call_get_argument (call, 2), error);
}

static JsonNode *
run_notice_prepare (CtlCall *call,
                    GError **error)
{
  return finish_values (probity_conduct_prepare_notice (call->session, ctl_call_get_argument (call, 1), ctl_call_get_argument (call, 2)), error);
}

static JsonNode *
run_duties (CtlCall *call,
            GError **error)
{
  static const char *const names[] = { "code", "state", "name", "day", "detail", "rule" };
  g_autoptr (GPtrArray) duties = dex_await_boxed (probity_conduct_load_duties (call->session, ctl_call_get_argument (call, 1)), error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (duties == NULL)
    return NULL;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "duties");
  json_builder_begin_array (builder);
  for (guint i = 0; i < duties->len; i++)
    {
      json_builder_begin_object (builder);
      for (guint j = 0; j < G_N_ELEMENTS (names); j++)
        ctl_add_text (builder, names[j], probity_values_get (g_ptr_array_index (duties, i), names[j]));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

#define COMMON(kind, subject, eliminate)                                                                                          \
  { { kind " open", "FOLDER FILE.json", 2, 2, "for,reason" }, TRUE, run_open },                                                   \
      { { kind " show", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_show },                                                         \
      { { kind " list", "FOLDER", 1, 1, "" }, TRUE, run_list },                                                                   \
      { { kind " amend", "FOLDER REFERENCE [FILE.json]", 2, 3, "set" }, TRUE, run_amend },                                        \
      { { kind " investigate", "FOLDER REFERENCE", 2, 2, "reason,on" }, TRUE, run_investigate },                                  \
      { { kind " assign", "FOLDER REFERENCE", 2, 2, "owner,officer,reason" }, TRUE, run_assign },                                 \
      { { kind " stage", "FOLDER REFERENCE STAGE", 3, 3, "reason" }, TRUE, run_stage },                                           \
      { { kind " propose", "FOLDER REFERENCE OUTCOME", 3, 3, "reason" }, TRUE, run_propose },                                     \
      { { kind " close", "FOLDER REFERENCE OUTCOME", 3, 3, "reason,no-subject" }, TRUE, run_close },                              \
      { { kind " " subject " add", "FOLDER REFERENCE", 2, 2, "staff-number,name,date-of-birth,reason" }, TRUE, run_subject_add }, \
      { { kind " " subject " " eliminate, "FOLDER REFERENCE SUBJECT", 3, 3, "reason" }, TRUE, run_subject_eliminate },            \
  {                                                                                                                               \
    { kind " " subject " list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_subject_list                                            \
  }

#define PART(kind, part)                                                                         \
  { { kind " " part " add", "FOLDER REFERENCE [FILE.json]", 2, 3, "set" }, TRUE, run_part_add }, \
  {                                                                                              \
    { kind " " part " list", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_part_list                 \
  }

#define EDITABLE_PART(kind, part)                                                                       \
  PART (kind, part),                                                                                    \
  {                                                                                                     \
    { kind " " part " change", "FOLDER REFERENCE UID [FILE.json]", 3, 4, "set" }, TRUE, run_part_change \
  }

const CtlCommand ctl_leak_commands[] = {
  COMMON ("leak", "suspect", "eliminate"),
  EDITABLE_PART ("leak", "record"),
  EDITABLE_PART ("leak", "publication"),
  EDITABLE_PART ("leak", "line"),
  EDITABLE_PART ("leak", "outlet"),
  EDITABLE_PART ("leak", "harm"),
  PART ("leak", "assessment"),
  EDITABLE_PART ("leak", "learning"),
  { { NULL } },
};

const CtlCommand ctl_conduct_commands[] = {
  COMMON ("conduct", "officer", "eliminate"),
  EDITABLE_PART ("conduct", "allegation"),
  PART ("conduct", "severity"),
  PART ("conduct", "notice"),
  PART ("conduct", "referral"),
  PART ("conduct", "progress-report"),
  { { "conduct progress-report prepare", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_report_prepare },
  { { "conduct notice prepare", "FOLDER REFERENCE OFFICER", 3, 3, "" }, TRUE, run_notice_prepare },
  { { "conduct print notice", "FOLDER REFERENCE OFFICER FILE.pdf", 4, 4, "" }, TRUE, run_print_notice },
  { { "conduct print report", "FOLDER REFERENCE FILE.pdf", 3, 3, "uid" }, TRUE, run_print_report },
  { { "conduct duties", "FOLDER REFERENCE", 2, 2, "" }, TRUE, run_duties },
  EDITABLE_PART ("conduct", "interview"),
  PART ("conduct", "finding"),
  EDITABLE_PART ("conduct", "reflective"),
  EDITABLE_PART ("conduct", "learning"),
  { { NULL } },
};
