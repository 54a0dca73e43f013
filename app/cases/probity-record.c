/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-parse.h"
#include "probity-record-kind.h"

struct _ProbityRecord
{
  gatomicrefcount          ref_count;
  const ProbityRecordKind *kind;
  gint64                   id;
  gint64                   version;
  char                    *uid;
  char                   **values; /* fields, then derived; NULL for empty */
};

G_DEFINE_BOXED_TYPE (ProbityRecord, probity_record, probity_record_ref, probity_record_unref)

ProbityRecord *
probity_record_new (const ProbityRecordKind *kind,
                    gint64                   id,
                    const char              *uid,
                    gint64                   version,
                    char                   **values)
{
  ProbityRecord *self = g_new0 (ProbityRecord, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->id = id;
  self->uid = g_strdup (uid);
  self->version = version;
  self->values = values;

  return self;
}

ProbityRecord *
probity_record_ref (ProbityRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_record_unref (ProbityRecord *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < self->kind->n_fields + self->kind->n_derived; i++)
    g_free (self->values[i]);
  g_free (self->values);
  g_free (self->uid);
  g_free (self);
}

const ProbityRecordKind *
probity_record_get_kind (ProbityRecord *self)
{
  return self->kind;
}

gint64
probity_record_get_id (ProbityRecord *self)
{
  return self->id;
}

const char *
probity_record_get_uid (ProbityRecord *self)
{
  return self->uid;
}

gint64
probity_record_get_version (ProbityRecord *self)
{
  return self->version;
}

/**
 * probity_record_get_reference:
 *
 * Returns: (nullable): what people call the record: its reference or staff number
 */
const char *
probity_record_get_reference (ProbityRecord *self)
{
  return self->kind->key != NULL ? probity_record_get (self, self->kind->key) : NULL;
}

/**
 * probity_record_get:
 *
 * Returns: (nullable): the text of @field or of a derived column; %NULL when it is empty or withheld
 */
const char *
probity_record_get (ProbityRecord *self,
                    const char    *field)
{
  g_return_val_if_fail (self != NULL && field != NULL, NULL);

  for (guint i = 0; i < self->kind->n_fields; i++)
    if (strcmp (self->kind->fields[i].name, field) == 0)
      return self->values[i];

  for (guint i = 0; i < self->kind->n_derived; i++)
    if (strcmp (self->kind->derived[i].name, field) == 0)
      return self->values[self->kind->n_fields + i];

  return NULL;
}

gboolean
probity_record_get_boolean (ProbityRecord *self,
                            const char    *field)
{
  return g_strcmp0 (probity_record_get (self, field), "true") == 0;
}

/**
 * probity_record_get_hours:
 *
 * Returns: the hours of @field, 0 when it is empty
 */
double
probity_record_get_hours (ProbityRecord *self,
                          const char    *field)
{
  const char *text = probity_record_get (self, field);
  int         minutes;

  if (text == NULL || !probity_parse_hours (text, &minutes, NULL))
    return 0;

  return minutes / 60.0;
}
