/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-session.h"
#include "probity-visit.h"

G_BEGIN_DECLS

/*
 * What every kind of record shares: a table of fields that says how each is validated, stored,
 * imported, exported, listed and logged. A new kind is a ProbityRecordKind, a migration and, where
 * it has a course of its own, a folder.
 */

typedef enum
{
  PROBITY_FIELD_TEXT,
  PROBITY_FIELD_LONG_TEXT,
  PROBITY_FIELD_DAY,     /* ISO day */
  PROBITY_FIELD_INSTANT, /* ISO UTC */
  PROBITY_FIELD_HOURS,   /* decimal hours as text in records and JSON numbers; stored as minutes */
  PROBITY_FIELD_BOOLEAN, /* `true` / `false` in records, 0/1 stored */
  PROBITY_FIELD_INTEGER,
  PROBITY_FIELD_CHOICE, /* one of a list of the profile, or of `choices` */
  PROBITY_FIELD_STAFF,  /* a staff number that exists in registers */
} ProbityFieldType;

typedef enum /*< flags >*/
{
  PROBITY_FIELD_NONE = 0,
  PROBITY_FIELD_REQUIRED = 1 << 0,
  PROBITY_FIELD_MATERIAL = 1 << 1, /* a change makes earlier checks stale */
  PROBITY_FIELD_KEY = 1 << 2,      /* the field by which imports find the record */
  PROBITY_FIELD_WITHHELD = 1 << 3, /* only by its own, logged, consultation (original intelligence text) */
  PROBITY_FIELD_FIXED = 1 << 4,    /* set when made, never edited */
} ProbityFieldFlags;

typedef struct
{
  const char       *name; /* column, JSON member, CSV heading */
  ProbityFieldType  type;
  ProbityFieldFlags flags;
  guint             max_length; /* characters; 0: 200 for TEXT, 20,000 for LONG_TEXT */
  const char       *choices;    /* profile list name (`categories`), or `=a,b,c` */
} ProbityField;

typedef struct _ProbityRecordKind ProbityRecordKind; /* full in probity-record-kind.h for app/ only */

/** `second-job`, `person`, `organisation`, `relation`, `complaint`, `intelligence-report`; NULL if unknown. */
const ProbityRecordKind *probity_record_kind_find (const char *name);
const char              *probity_record_kind_get_name (const ProbityRecordKind *kind);
ProbityCompartment       probity_record_kind_get_compartment (const ProbityRecordKind *kind);
const ProbityField      *probity_record_kind_get_fields (const ProbityRecordKind *kind, guint *ret_n_fields);

/** An immutable snapshot of one record; boxed, any thread. */
typedef struct _ProbityRecord ProbityRecord;
#define PROBITY_TYPE_RECORD (probity_record_get_type ())
GType                    probity_record_get_type (void);
ProbityRecord           *probity_record_ref (ProbityRecord *self);
void                     probity_record_unref (ProbityRecord *self);
const ProbityRecordKind *probity_record_get_kind (ProbityRecord *self);
gint64                   probity_record_get_id (ProbityRecord *self);
const char              *probity_record_get_uid (ProbityRecord *self);
gint64                   probity_record_get_version (ProbityRecord *self);
const char              *probity_record_get_reference (ProbityRecord *self);
/** The value as text in the field's format; NULL when empty or withheld. Also derived columns of the kind (`applicant_name`, `stage`, …). */
const char *probity_record_get (ProbityRecord *self, const char *field);
gboolean    probity_record_get_boolean (ProbityRecord *self, const char *field);
double      probity_record_get_hours (ProbityRecord *self, const char *field);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityRecord, probity_record_unref)

/** Values for a new or changed record: field name → text. Unset fields stay as they are (edit) or empty (new); "" clears. */
typedef struct _ProbityValues ProbityValues;
#define PROBITY_TYPE_VALUES (probity_values_get_type ())
GType          probity_values_get_type (void);
ProbityValues *probity_values_new (void);
ProbityValues *probity_values_ref (ProbityValues *self);
void           probity_values_unref (ProbityValues *self);
void           probity_values_set (ProbityValues *self, const char *field, const char *value);
const char    *probity_values_get (ProbityValues *self, const char *field);
GStrv          probity_values_dup_fields (ProbityValues *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityValues, probity_values_unref)

typedef enum
{
  PROBITY_RECORD_ERROR_FAILED,
  PROBITY_RECORD_ERROR_INVALID,  /* a field's value; probity_record_error_get_field() names it */
  PROBITY_RECORD_ERROR_MISSING,  /* a required field is empty */
  PROBITY_RECORD_ERROR_EXISTS,   /* the key is taken */
  PROBITY_RECORD_ERROR_CONFLICT, /* somebody saved a newer version */
  PROBITY_RECORD_ERROR_STAGE,    /* not possible at this stage */
  PROBITY_RECORD_ERROR_GATE,     /* probity_record_error_get_missing() lists the codes */
} ProbityRecordError;

/** An extended error (G_DEFINE_EXTENDED_ERROR) that carries field and missing codes through copies. */
#define PROBITY_RECORD_ERROR (probity_record_error_quark ())
GQuark             probity_record_error_quark (void);
const char        *probity_record_error_get_field (const GError *error);   /* nullable */
const char *const *probity_record_error_get_missing (const GError *error); /* nullable */
GError            *probity_record_error_new_field (ProbityRecordError code, const char *field, const char *format, ...) G_GNUC_PRINTF (3, 4);
GError            *probity_record_error_new_parsed (const char *field, const GError *cause);
gboolean           probity_record_error_get_parse_code (const GError *error, int *ret_code); /* ProbityParseError */
GError            *probity_record_error_new_missing (const char *const *missing, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Checks one value as it is typed; NULL error = fine. Main thread, no database. */
gboolean probity_record_validate_value (const ProbityRecordKind *kind, ProbityProfile *profile, const char *field, const char *value, GError **error);

/* Commands and reads; all log. Resolve to ProbityRecord (boxed) unless said otherwise. */
DexFuture *probity_record_create (ProbitySession *session, const ProbityRecordKind *kind, ProbityValues *values);
DexFuture *probity_record_update (ProbitySession *session, const ProbityRecordKind *kind, const char *uid, gint64 version, ProbityValues *values);
/** By uid or by reference/staff number. Logs the consultation first; NOT_FOUND alike for absent, locked and not one's own. */
DexFuture *probity_record_load (ProbitySession *session, const ProbityRecordKind *kind, const char *uid_or_reference);
/** As probity_record_load(), logged once a @visit (nullable). */
DexFuture *probity_record_load_in_visit (ProbitySession *session, const ProbityRecordKind *kind, const char *uid_or_reference, ProbityVisit *visit);
/** A withheld field (original text): resolves to a string; @reason nullable for author and sanitiser. */
DexFuture *probity_record_load_withheld (ProbitySession *session, const ProbityRecordKind *kind, const char *uid, const char *field, const char *reason);

/* Subjects of a complaint or intelligence report are rows of their own: */
typedef struct
{
  char *staff_number, *name, *date_of_birth;
} ProbitySubject; /* any may be NULL, not all */
/** Resolves to a boxed GPtrArray of ProbitySubject. */
DexFuture *probity_record_load_subjects (ProbitySession *session, const ProbityRecordKind *kind, const char *uid);
/** The same, logged once a @visit (nullable). */
DexFuture *probity_record_load_subjects_in_visit (ProbitySession *session, const ProbityRecordKind *kind, const char *uid, ProbityVisit *visit);
/** Replaces the list; logged; @version of the record as last seen. */
DexFuture *probity_record_set_subjects (ProbitySession *session, const ProbityRecordKind *kind, const char *uid, gint64 version, GPtrArray *subjects);

G_END_DECLS
