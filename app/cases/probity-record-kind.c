/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-record-kind.h"

/* Every kind there is; a new one adds its line here. */
static const ProbityRecordKind *const record_kinds[] = {
  &probity_person_kind,
  &probity_relation_kind,
  &probity_organisation_kind,
  &probity_complaint_kind,
  &probity_intelligence_kind,
  &probity_second_job_kind,
  &probity_conduct_kind,
  &probity_leak_kind,
  NULL,
};

const ProbityRecordKind *const *
probity_record_kinds_get (void)
{
  return record_kinds;
}

const ProbityRecordKind *
probity_record_kind_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; record_kinds[i] != NULL; i++)
    if (strcmp (record_kinds[i]->name, name) == 0)
      return record_kinds[i];

  return NULL;
}

const char *
probity_record_kind_get_name (const ProbityRecordKind *kind)
{
  return kind->name;
}

ProbityCompartment
probity_record_kind_get_compartment (const ProbityRecordKind *kind)
{
  return kind->compartment;
}

const ProbityField *
probity_record_kind_get_fields (const ProbityRecordKind *kind,
                                guint                   *ret_n_fields)
{
  if (ret_n_fields != NULL)
    *ret_n_fields = kind->n_fields;

  return kind->fields;
}

const ProbityField *
probity_record_kind_find_field (const ProbityRecordKind *kind,
                                const char              *name)
{
  for (guint i = 0; i < kind->n_fields; i++)
    if (strcmp (kind->fields[i].name, name) == 0)
      return &kind->fields[i];

  return NULL;
}

/*
 * Lists of a hundred thousand rows stay on their index only while the scope names no column that
 * is outside it; so the condition on managers is left out for a reader who is not confined to their
 * own people. Were that judged wrongly, the scope without it shows a confined reader nothing.
 */
static gboolean
is_confined (ProbityRoles roles)
{
  const ProbityRoles wider = PROBITY_ROLE_HR_OFFICER | PROBITY_ROLE_HEAD_OF_HR | PROBITY_ROLE_PSD_OFFICER |
                             PROBITY_ROLE_ACU_OFFICER | PROBITY_ROLE_DECIDER | PROBITY_ROLE_CHIEF_OFFICER;

  return (roles & wider) == 0;
}

gboolean
probity_record_reader_is_inside (ProbitySession *session)
{
  return probity_casebook_has (probity_session_get_casebook (session), PROBITY_COMPARTMENT_STANDARDS);
}

char *
probity_record_kind_dup_scope (const ProbityRecordKind *kind,
                               ProbitySession          *session)
{
  return probity_record_kind_dup_scope_of (kind, probity_session_get_roles (session));
}

char *
probity_record_kind_dup_scope_of (const ProbityRecordKind *kind,
                                  ProbityRoles             roles)
{
  g_autoptr (GString) scope = g_string_new (NULL);
  const char *manager_condition = is_confined (roles) ? kind->manager_condition : NULL;

  if (kind->staff_column != NULL)
    {
      g_autofree char *own = probity_access_dup_scope (kind->staff_column, manager_condition);

      g_string_append_printf (scope, "(%s)", own);
    }

  if (kind->second_staff_column != NULL)
    {
      g_autofree char *own = probity_access_dup_scope (kind->second_staff_column, manager_condition);

      g_string_append_printf (scope, "%s(%s)", scope->len > 0 ? " AND " : "", own);
    }

  /* One locked subject hides the whole record, whoever the others are. */
  if (kind->subject_table != NULL)
    g_string_append_printf (scope,
                            "%s$me IS NOT NULL AND $everyone = 1 AND r.id NOT IN (SELECT s.%s FROM %s AS s"
                            " WHERE s.staff_number IN (SELECT value FROM json_each ($locked))"
                            " OR s.known_number IN (SELECT value FROM json_each ($locked)))",
                            scope->len > 0 ? " AND " : "",
                            kind->subject_parent,
                            kind->subject_table);

  if (scope->len == 0)
    g_string_append (scope, "1");

  return g_string_free (g_steal_pointer (&scope), FALSE);
}

#define LOCKED "(SELECT value FROM json_each ($locked))"

char *
probity_record_kind_dup_locked_ids (const ProbityRecordKind *kind)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  const char *columns[] = { kind->staff_column, kind->second_staff_column };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (columns[i] != NULL)
      g_string_append_printf (sql, "%sSELECT r.id FROM %s AS r WHERE %s IN " LOCKED, sql->len > 0 ? " UNION " : "", kind->table, columns[i]);

  if (kind->subject_table != NULL)
    g_string_append_printf (sql, "%sSELECT s.%s FROM %s AS s WHERE s.staff_number IN " LOCKED " OR s.known_number IN " LOCKED, sql->len > 0 ? " UNION " : "", kind->subject_parent, kind->subject_table);

  return sql->len > 0 ? g_string_free (g_steal_pointer (&sql), FALSE) : NULL;
}

char *
probity_record_kind_dup_own_ids (const ProbityRecordKind *kind,
                                 ProbitySession          *session)
{
  if (kind->manager_condition == NULL || !is_confined (probity_session_get_roles (session)))
    return NULL;

  return g_strdup_printf ("SELECT r.id AS id FROM %s AS r WHERE %s", kind->table, kind->manager_condition);
}

const char *
probity_record_change_get (ProbityRecordChange *change,
                           const char          *field)
{
  const char *value = probity_values_get (change->values, field);

  if (value != NULL)
    return *value != '\0' ? value : NULL;

  return change->old != NULL ? probity_record_get (change->old, field) : NULL;
}

/* Combining marks go after decomposition; letters that don't decompose are told one by one. */
static const struct
{
  gunichar    letter;
  const char *plain;
} plain_letters[] = {
  { 0x00df, "ss" },
  { 0x00e6, "ae" },
  { 0x00f0, "d" },
  { 0x00f8, "o" },
  { 0x00fe, "th" },
  { 0x0111, "d" },
  { 0x0131, "i" },
  { 0x0142, "l" },
  { 0x0153, "oe" },
};

static const char *
find_plain (gunichar letter)
{
  for (guint i = 0; i < G_N_ELEMENTS (plain_letters); i++)
    if (plain_letters[i].letter == letter)
      return plain_letters[i].plain;

  return NULL;
}

char *
probity_fold_text (const char *text)
{
  g_autoptr (GString) folded = NULL;
  g_autofree char *decomposed = NULL;
  gboolean         pending = FALSE;
  gboolean         ascii = TRUE;

  if (text == NULL)
    return g_strdup ("");

  folded = g_string_sized_new (strlen (text) + 1);

  for (const char *p = text; *p != '\0' && ascii; p++)
    ascii = (guchar) *p < 0x80;

  if (!ascii)
    {
      g_autofree char *lower = g_utf8_casefold (text, -1);

      decomposed = g_utf8_normalize (lower, -1, G_NORMALIZE_ALL);
    }

  for (const char *p = decomposed != NULL ? decomposed : text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar    letter = g_utf8_get_char (p);
      const char *plain;

      /* An apostrophe joins (O'Neill is found as oneill); all else that is no letter divides. */
      if (g_unichar_ismark (letter) || letter == '\'' || letter == 0x2019)
        continue;

      if (!g_unichar_isalnum (letter))
        {
          pending = folded->len > 0;
          continue;
        }

      if (pending)
        {
          g_string_append_c (folded, ' ');
          pending = FALSE;
        }

      plain = letter >= 0x80 ? find_plain (letter) : NULL;
      if (plain != NULL)
        g_string_append (folded, plain);
      else if (letter < 0x80)
        g_string_append_c (folded, g_ascii_tolower ((char) letter));
      else
        g_string_append_unichar (folded, letter);
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}
