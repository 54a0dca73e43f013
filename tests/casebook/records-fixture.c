/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "records-fixture.h"

#include "probity-record-kind.h"

static const struct
{
  const char *role;
  const char *staff_number;
  gsize       offset;
} accounts[] = {
  { "line-manager", "2001", G_STRUCT_OFFSET (RecordsFixture, line_manager) },
  { "head-of-hr", "2002", G_STRUCT_OFFSET (RecordsFixture, head_of_hr) },
  { "psd-officer", "2003", G_STRUCT_OFFSET (RecordsFixture, psd_officer) },
  { "acu-officer", "2004", G_STRUCT_OFFSET (RecordsFixture, acu_officer) },
  { "decider", "2005", G_STRUCT_OFFSET (RecordsFixture, decider) },
  { "hr-officer", "2006", G_STRUCT_OFFSET (RecordsFixture, hr_officer) },
};

static const struct
{
  const char *staff_number;
  const char *forenames;
  const char *surname;
  const char *rank;
  const char *line_manager;
} people[] = {
  { "1000", "Ada", "Minister", "Staff", NULL },
  { "2001", "Priya", "Nair", "Sergeant", NULL },
  { "2002", "Rose", "Bell", "Staff", NULL },
  { "2003", "Omar", "Farouk", "Inspector", NULL },
  { "2004", "Ewan", "Reid", "Constable", NULL },
  { "2005", "Jane", "Oldroyd", "Superintendent", NULL },
  { "2006", "Hal", "Moss", "Staff", NULL },
  { "4127", "Aileen", "Marsh", "Constable", "2001" },
  { "4128", "Tariq", "Ahmed", "Constable", "2001" },
  { "4200", "Colin", "Reid", "Constable", "2001" },
  { "4300", "Siân", "Price", "Constable", "2005" },
};

static ProbitySession **
find_slot (RecordsFixture *self,
           guint           index)
{
  return (ProbitySession **) ((char *) self + accounts[index].offset);
}

ProbityValues *
values_new (const char *first,
            ...)
{
  ProbityValues *values = probity_values_new ();
  const char    *name = first;
  va_list        args;

  va_start (args, first);
  while (name != NULL)
    {
      probity_values_set (values, name, va_arg (args, const char *));
      name = va_arg (args, const char *);
    }
  va_end (args);

  return values;
}

ProbityRecord *
make (ProbitySession *session,
      const char     *kind,
      ...)
{
  g_autoptr (ProbityValues) values = probity_values_new ();
  const char *name;
  va_list     args;

  va_start (args, kind);
  while ((name = va_arg (args, const char *)) != NULL)
    probity_values_set (values, name, va_arg (args, const char *));
  va_end (args);

  return wait_for_boxed (probity_record_create (session, probity_record_kind_find (kind), values));
}

static void
prepare (SessionFixture *base)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (ProbityRecord) person = make (base->admin, "person", "staff_number", people[i].staff_number, "forenames", people[i].forenames, "surname", people[i].surname, "rank", people[i].rank, "line_manager", people[i].line_manager, NULL);

      g_assert_nonnull (person);
    }

  {
    g_autoptr (ProbityRecord) relation = make (base->admin, "relation", "staff_number", "4200", "related_staff_number", "2004", "nature", "brother", NULL);

    g_assert_nonnull (relation);
  }

  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    session_fixture_add (base, accounts[i].role, accounts[i].role, accounts[i].staff_number);
}

RecordsFixture *
records_fixture_new (void)
{
  RecordsFixture *self = g_new0 (RecordsFixture, 1);

  self->base = session_fixture_new_prepared ("derbyshire", prepare);
  self->admin = self->base->admin;

  return self;
}

void
records_fixture_free (RecordsFixture *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (*find_slot (self, i) != NULL)
      session_fixture_sign_out (*find_slot (self, i));

  session_fixture_free (self->base);
  g_free (self);
}

ProbitySession *
records_fixture_get (RecordsFixture *self,
                     const char     *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_str_equal (accounts[i].role, role))
      {
        ProbitySession **slot = find_slot (self, i);

        if (*slot == NULL)
          *slot = session_fixture_sign_in (self->base, role);
        return *slot;
      }

  g_assert_not_reached ();
}

ProbityRecord *
set_subject (ProbitySession *session,
             ProbityRecord  *record,
             const char     *staff_number,
             const char     *name,
             const char     *date_of_birth)
{
  g_autoptr (GPtrArray) subjects = g_ptr_array_new_with_free_func ((GDestroyNotify) probity_subject_free);

  g_ptr_array_add (subjects, probity_subject_new (staff_number, name, date_of_birth));

  return wait_for_boxed (probity_record_set_subjects (session, probity_record_get_kind (record), probity_record_get_uid (record), probity_record_get_version (record), subjects));
}

ProbityRecord *
submit (RecordsFixture *self,
        const char     *staff_number,
        const char     *employer,
        const char     *received)
{
  g_autoptr (ProbityValues) values = values_new ("staff_number", staff_number, "employer", employer, "category", "waged", "nature", "Weekend shop assistant", "paid", "true", "weekly_hours", "6", "start", "2026-04-01", "received", received, NULL);

  return wait_for_boxed (probity_second_job_submit (records_fixture_get (self, "hr-officer"), values));
}

ProbityListQuery *
query_new (const char *list,
           const char *search,
           const char *filter,
           const char *value)
{
  ProbityListQuery *query = probity_list_query_new (probity_list_kind_find (list));

  probity_list_query_set_search (query, search);
  if (filter != NULL)
    probity_list_query_set_filter (query, filter, value);

  return query;
}

static guint
find_column (const ProbityListKind *kind,
             const char            *name)
{
  guint                    n;
  const ProbityListColumn *columns = probity_list_kind_get_columns (kind, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (columns[i].name, name))
      return i;

  g_assert_not_reached ();
}

char *
list_column (ProbitySession   *session,
             ProbityListQuery *query,
             const char       *column)
{
  g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids (session, query, NULL));
  gint64 count = wait_for_int64 (probity_list_count (session, query));
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  const ProbityListKind *kind = probity_list_query_get_kind (query);
  guint                  index = find_column (kind, column);

  g_assert_cmpint (count, ==, ids->len);
  rows = wait_for_boxed (probity_list_load_rows (session, kind, (const gint64 *) ids->data, ids->len, NULL));
  g_assert_cmpuint (rows->len, ==, ids->len);

  for (guint i = 0; i < rows->len; i++)
    {
      const ProbityListRow *row = g_ptr_array_index (rows, i);

      g_assert_nonnull (row);
      g_assert_cmpint (row->id, ==, g_array_index (ids, gint64, i));
      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row->cells[index] != NULL ? row->cells[index] : "");
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

char *
write_text (RecordsFixture *self,
            const char     *name,
            const char     *text)
{
  g_autofree char *path = g_build_filename (self->base->base, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return g_steal_pointer (&path);
}

ProbityImportReport *
import_text (RecordsFixture *self,
             ProbitySession *session,
             const char     *what,
             const char     *text,
             gboolean        dry_run)
{
  g_autofree char *path = write_text (self, "import.csv", text);

  return wait_for_boxed (probity_import (session, what, path, NULL, dry_run));
}
