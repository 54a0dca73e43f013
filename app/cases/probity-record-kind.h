/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-access.h"
#include "probity-audit.h"
#include "probity-record.h"

G_BEGIN_DECLS

/*
 * A kind of record in full: for the rooms of app/ that declare kinds and write their commands.
 *
 * The table of a kind has `id`, `uid`, `version`, `created`, `created_by`, a column for each field
 * that is not withheld, and what its compute function adds.
 */

/** A value that a record shows but nobody enters: an SQL expression over the row `r`. */
typedef struct
{
  const char *name;
  const char *sql;
  const char *outside_sql; /* nullable: for readers who don't hold `standards` */
} ProbityDerived;

/** One change on its way into a row; lives as long as the command. */
typedef struct
{
  ProbityWrite            *write;
  ProbitySession          *session;
  ProbityDb               *db; /* of the kind's compartment */
  const ProbityRecordKind *kind;
  ProbityRecord           *old;      /* NULL when the record is being made */
  ProbityValues           *values;   /* field → checked text; a hook may set more */
  ProbityValues           *computed; /* further columns, not logged one by one */
  ProbityValues           *before;   /* what stood in each field that is changed */
  gboolean                 import;   /* from a file: names the HR system knows need no row here yet */
} ProbityRecordChange;

/** Looks at a change before it is written; may refuse it, and may add values and computed columns. Writer thread. */
typedef gboolean (*ProbityRecordPrepareFunc) (ProbityRecordChange *change,
                                              GError             **error);

/** Whether withheld fields of @record open to this reader without a reason. Writer thread. */
typedef gboolean (*ProbityRecordOpensFunc) (ProbitySession *session,
                                            ProbityRecord  *record);

/** Whether the force has references of the kind numbered rather than drawn. Writer thread. */
typedef gboolean (*ProbityNumberedFunc) (ProbitySession *session);

struct _ProbityRecordKind
{
  const char              *name;
  const char              *table;
  ProbityCompartment       compartment;
  const ProbityField      *fields;
  guint                    n_fields;
  const ProbityDerived    *derived;
  guint                    n_derived;
  const char              *key;      /* the field by which people and files name the record; NULL: only its uid */
  const char              *prefix;   /* of references given here (`CM`: CM/2026/0007); NULL: the key is entered */
  ProbityNumberedFunc      numbered; /* NULL: always */
  ProbityOperation         read;
  ProbityOperation         edit;
  const char              *staff_column;        /* SQL of the staff number that the record is about; nullable */
  const char              *manager_condition;   /* SQL that is true where the reader manages that person; nullable */
  const char              *second_staff_column; /* a relation is about two people; nullable */
  const char              *subject_table;       /* several subjects in rows of their own; nullable */
  const char              *subject_parent;      /* column of @subject_table that names the record's id */
  const char              *withheld_table;      /* (record_id, field, value); nullable */
  ProbityRecordPrepareFunc prepare;             /* nullable */
  ProbityRecordOpensFunc   opens_freely;        /* who needs no reason for a withheld field; NULL: nobody */
  gboolean                 own_commands;        /* made and changed by commands of its own room only */
};

/** The value of @change for @field: the new one if it is being set, else the old one; NULL when empty. */
const char *probity_record_change_get (ProbityRecordChange *change,
                                       const char          *field);

/** Every kind of record; NULL-terminated. */
const ProbityRecordKind *const *probity_record_kinds_get (void);

const ProbityField *probity_record_kind_find_field (const ProbityRecordKind *kind,
                                                    const char              *name);

/**
 * SQL that is true of the rows `r` of @kind that a reader may know of: own people, lock, subjects.
 * Bind with probity_access_bind_scope(). (transfer full)
 */
char *probity_record_kind_dup_scope (const ProbityRecordKind *kind,
                                     ProbitySession          *session);

/** The same for a reader with @roles, whose scope is bound by hand. (transfer full) */
char *probity_record_kind_dup_scope_of (const ProbityRecordKind *kind,
                                        ProbityRoles             roles);

/**
 * SQL that selects the ids of the rows of @kind that a reader may not know of because of the lock, from its
 * indexes: for queries that take a limit before they look at the rows themselves. It is no scope of its own.
 * Bind as there. (transfer full) (nullable): %NULL where no row is about anybody
 */
char *probity_record_kind_dup_locked_ids (const ProbityRecordKind *kind);

/**
 * SQL that selects the ids of the rows of @kind that are of a confined reader's own people; as above.
 * (transfer full) (nullable): %NULL where the reader is not confined or no row is about anybody
 */
char *probity_record_kind_dup_own_ids (const ProbityRecordKind *kind,
                                       ProbitySession          *session);

/** Whether the reader holds `standards` and so may know more of a second job than its outside. Any thread. */
gboolean probity_record_reader_is_inside (ProbitySession *session);

/**
 * The canonical text of @value for @field (`7.50` hours → `7.5`, surrounding blanks gone, empty →
 * %NULL), or an error that names the field. (transfer full)
 */
gboolean probity_record_normalise (const ProbityRecordKind *kind,
                                   ProbityProfile          *profile,
                                   const char              *field,
                                   const char              *value,
                                   char                   **ret_value,
                                   GError                 **error);

/**
 * Reads the row whose uid or key is @uid_or_key through @db. With @session only if that reader may
 * know of it; with %NULL whatever the reader may know. @ret_record is %NULL if there is none; that
 * is no error.
 */
gboolean probity_record_read (ProbityDb               *db,
                              const ProbityRecordKind *kind,
                              ProbitySession          *session,
                              const char              *uid_or_key,
                              ProbityRecord          **ret_record,
                              GError                 **error);

/** As probity_record_read() by row id. */
gboolean probity_record_read_id (ProbityDb               *db,
                                 const ProbityRecordKind *kind,
                                 ProbitySession          *session,
                                 gint64                   id,
                                 ProbityRecord          **ret_record,
                                 GError                 **error);

/**
 * Makes a row of @kind from values that are still as they were entered: checks them all, allots a
 * reference where the kind gives them, and notes the change. The caller asks for permission and
 * adds the audit entry.
 */
gboolean probity_record_insert (ProbityWrite            *write,
                                ProbitySession          *session,
                                const ProbityRecordKind *kind,
                                ProbityValues           *values,
                                gboolean                 import,
                                ProbityRecord          **ret_record,
                                GError                 **error);

/**
 * Changes the row of @old to @values where they differ: one audit entry a changed field, version
 * raised by one, change noted. @ret_changed is %FALSE if nothing differs, and then nothing is written.
 */
gboolean probity_record_change (ProbityWrite   *write,
                                ProbitySession *session,
                                ProbityRecord  *old,
                                ProbityValues  *values,
                                gboolean        import,
                                gboolean       *ret_changed,
                                ProbityRecord **ret_record,
                                GError        **error);

/** Whether @values say anything else of @old than what stands, withheld fields too; nothing is written. */
gboolean probity_record_differs (ProbityWrite   *write,
                                 ProbitySession *session,
                                 ProbityRecord  *old,
                                 ProbityValues  *values,
                                 gboolean       *ret_differs,
                                 GError        **error);

/** Puts @subjects in the place of those that @record has and brings its subject columns up to date. Not logged here. */
gboolean probity_record_write_subjects (ProbityWrite  *write,
                                        ProbityRecord *record,
                                        GPtrArray     *subjects,
                                        GError       **error);
/** (element-type ProbitySubject) (transfer full) */
GPtrArray *probity_record_read_subjects (ProbityDb     *db,
                                         ProbityRecord *record,
                                         GError       **error);
/** The list as one line of text, for the audit log and for lists. (transfer full) */
char           *probity_subjects_to_text (GPtrArray *subjects);
ProbitySubject *probity_subject_new (const char *staff_number,
                                     const char *name,
                                     const char *date_of_birth);
void            probity_subject_free (ProbitySubject *self);

/**
 * The staff number of whoever has exactly the name and birth date of a @subject without number; %NULL
 * where there is nobody, or a number is given.
 */
gboolean probity_subject_find_known_number (ProbityWrite         *write,
                                            const ProbitySubject *subject,
                                            char                **ret_number,
                                            GError              **error);

/** A snapshot made by hand, for kinds that read their rows themselves; @values are name, text pairs. Used by tests and the second-job room. */
ProbityRecord *probity_record_new (const ProbityRecordKind *kind,
                                   gint64                   id,
                                   const char              *uid,
                                   gint64                   version,
                                   char                   **values /* transfer full, fields then derived */);

/** Case, accents and punctuation folded away, words separated by one blank: what lists sort and search by. (transfer full) */
char *probity_fold_text (const char *text);

extern const ProbityRecordKind probity_person_kind;
extern const ProbityRecordKind probity_relation_kind;
extern const ProbityRecordKind probity_organisation_kind;
extern const ProbityRecordKind probity_complaint_kind;
extern const ProbityRecordKind probity_intelligence_kind;
extern const ProbityRecordKind probity_second_job_kind; /* app/secondjobs */
extern const ProbityRecordKind probity_conduct_kind;    /* app/conduct */
extern const ProbityRecordKind probity_leak_kind;       /* app/leaks */

G_END_DECLS
