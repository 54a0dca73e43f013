/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-step.h"

#include "probity-visit.h"

ProbityStep *
probity_step_new (ProbitySession        *session,
                  const ProbityCaseKind *kind,
                  const char            *reference)
{
  ProbityStep *self = g_atomic_rc_box_new0 (ProbityStep);

  self->session = g_object_ref (session);
  self->case_kind = kind;
  self->reference = g_strdup (reference);

  return self;
}

static void
clear_step (gpointer data)
{
  ProbityStep *self = data;

  g_object_unref (self->session);
  g_free (self->reference);
  g_free (self->uid);
  g_free (self->action);
  g_free (self->for_role);
  g_free (self->text);
  g_free (self->reason);
  g_free (self->restricted);
  g_free (self->staff_number);
  g_clear_pointer (&self->values, probity_values_unref);
  g_strfreev (self->list);
  if (self->data_destroy != NULL)
    self->data_destroy (self->data);
  g_clear_pointer (&self->objects, g_ptr_array_unref);
}

void
probity_step_unref (ProbityStep *self)
{
  g_atomic_rc_box_release_full (self, clear_step);
}

typedef struct
{
  ProbityStep     *step;
  ProbityWriteFunc write;
  ProbityReadFunc  read;
  GError          *refused;
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  probity_step_unref (run->step);
  g_clear_error (&run->refused);
  g_free (run);
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND) ||
         g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_PERMITTED) ||
         g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NO_KEY) ||
         g_error_matches (error, PROBITY_RECORD_ERROR, PROBITY_RECORD_ERROR_GATE);
}

/* What the program does by itself accuses nobody; in a batch, what is theirs and barred is still told. */
static gboolean
is_attempt (const Run    *run,
            const GError *error)
{
  const ProbityStep *step = run->step;

  if (step->unasked && (run->read != NULL || g_error_matches (error, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND)))
    return FALSE;

  return !step->of_page || !probity_visit_is_shown (step->session, step->reference);
}

/* Who asks for a case of any kind and finds none learns nothing from what is noted either. */
static const char *
get_kind_name (ProbityStep *step)
{
  return step->case_kind != NULL ? step->case_kind->record_kind->name : "case";
}

/* What is missing, as a log that others read may tell it: nothing of what a sealed case asks of its holders. */
static char *
dup_told (const char *const *missing)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) told = NULL;

  if (missing == NULL)
    return g_strdup ("not-permitted");
  for (guint i = 0; missing[i] != NULL; i++)
    if (!g_str_has_prefix (missing[i], "sealed-"))
      g_strv_builder_add (builder, missing[i]);
  told = g_strv_builder_end (builder);

  return g_strjoinv (",", told);
}

/* A refusal is logged where its reader's other doings are; of a case that is not theirs, only sealed to the ACU. */
static gboolean
write_refusal (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  Run             *run = data;
  ProbityStep     *step = run->step;
  g_autofree char *codes = NULL;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  if (g_error_matches (run->refused, PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_NOT_FOUND))
    return probity_access_note_refusal (step->session, write, get_kind_name (step), step->reference != NULL ? step->reference : "", error);

  /* What is refused about a sealed case is told to its holders alone. */
  if (step->sealed < PROBITY_COMPARTMENT_SEALED + probity_casebook_get_n_sealed (probity_write_get_casebook (write)))
    probity_write_enter (write, step->sealed);
  codes = dup_told (probity_record_error_get_missing (run->refused));
  if (*codes == '\0')
    return TRUE;

  return probity_audit_add (write,
                            step->session,
                            probity_casebook_get_highest (probity_session_get_casebook (step->session)),
                            PROBITY_VERB_REFUSAL,
                            get_kind_name (step),
                            step->uid,
                            step->action,
                            NULL,
                            codes,
                            error);
}

static DexFuture *
run_fiber (gpointer data)
{
  Run             *run = data;
  ProbityCasebook *casebook = probity_session_get_casebook (run->step->session);
  g_autoptr (DexFuture) future = NULL;
  g_autoptr (GError) error = NULL;

  if (run->write != NULL)
    future = probity_casebook_write (casebook, run->write, g_atomic_rc_box_acquire (run->step), (GDestroyNotify) probity_step_unref);
  else
    future = probity_casebook_read (casebook, run->read, g_atomic_rc_box_acquire (run->step), (GDestroyNotify) probity_step_unref, NULL);

  if (dex_await (dex_ref (future), &error))
    return g_steal_pointer (&future);

  if (is_refusal (error) && is_attempt (run, error))
    {
      Run *again = g_new0 (Run, 1);

      again->step = g_atomic_rc_box_acquire (run->step);
      again->refused = g_error_copy (error);
      /* What cannot be logged is told no other way: the first error is the one that matters. */
      dex_await (probity_casebook_write (casebook, write_refusal, again, run_free), NULL);
    }

  return dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
spawn (ProbityStep     *step,
       ProbityWriteFunc write,
       ProbityReadFunc  read)
{
  Run *run = g_new0 (Run, 1);

  run->step = step;
  run->write = write;
  run->read = read;

  return dex_scheduler_spawn (NULL, 0, run_fiber, run, run_free);
}

DexFuture *
probity_step_run (ProbityStep     *step,
                  ProbityWriteFunc func)
{
  return spawn (step, func, NULL);
}

DexFuture *
probity_step_read (ProbityStep    *step,
                   ProbityReadFunc func)
{
  return spawn (step, NULL, func);
}

DexFuture *
probity_step_read_for_page (ProbityStep    *step,
                            ProbityReadFunc func)
{
  step->of_page = TRUE;

  return spawn (step, NULL, func);
}

DexFuture *
probity_step_read_unasked (ProbityStep    *step,
                           ProbityReadFunc func)
{
  step->unasked = TRUE;

  return spawn (step, NULL, func);
}

static gboolean
find (ProbityStep         *step,
      const ProbitySource *source,
      ProbityDb          **ret_db,
      ProbityRecord      **ret_record,
      GError             **error)
{
  g_auto (ProbityCase) found = { NULL };

  if (!probity_case_locate (source, step->case_kind, step->reference, &found, error))
    return FALSE;

  step->case_kind = found.kind;
  step->sealed = probity_source_get_entered (source);
  g_free (step->uid);
  step->uid = g_strdup (probity_record_get_uid (found.record));
  if (ret_db != NULL)
    *ret_db = found.db;
  *ret_record = g_steal_pointer (&found.record);

  return TRUE;
}

gboolean
probity_step_find (ProbityStep    *step,
                   ProbityWrite   *write,
                   ProbityDb     **ret_db,
                   ProbityRecord **ret_record,
                   GError        **error)
{
  return find (step, &(ProbitySource) { .session = step->session, .write = write }, ret_db, ret_record, error);
}

gboolean
probity_step_find_read (ProbityStep    *step,
                        ProbityRead    *read,
                        ProbityDb     **ret_db,
                        ProbityRecord **ret_record,
                        GError        **error)
{
  return find (step, &(ProbitySource) { .session = step->session, .read = read }, ret_db, ret_record, error);
}

gboolean
probity_step_find_work (ProbityStep    *step,
                        ProbityWrite   *write,
                        ProbityDb     **ret_db,
                        ProbityRecord **ret_record,
                        GError        **error)
{
  return probity_step_find (step, write, ret_db, ret_record, error) &&
         probity_step_require (step->session, step->case_kind->work, error);
}

gboolean
probity_step_refuse (GError    **error,
                     const char *code,
                     const char *format,
                     ...)
{
  const char      *missing[] = { code, NULL };
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_propagate_error (error, probity_record_error_new_missing (missing, "%s", message));

  return FALSE;
}

gboolean
probity_step_require (ProbitySession  *session,
                      ProbityOperation operation,
                      GError         **error)
{
  if (probity_access_may (session, operation))
    return TRUE;

  return probity_step_refuse (error, "not-your-step", "This step is not for this account");
}

gboolean
probity_step_require_text (const char *field,
                           const char *text,
                           GError    **error)
{
  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char_validated (p, -1)))
      {
        if (g_utf8_validate (text, -1, NULL) && g_utf8_strlen (text, -1) <= 20000)
          return TRUE;
        g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, field, "The text is too long or not UTF-8"));
        return FALSE;
      }

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_MISSING, field, "“%s” must not be empty", field));

  return FALSE;
}

gboolean
probity_step_log (ProbityStep   *step,
                  ProbityWrite  *write,
                  ProbityRecord *record,
                  ProbityVerb    verb,
                  const char    *field,
                  const char    *old_value,
                  const char    *new_value,
                  GError       **error)
{
  return probity_audit_add (write,
                            step->session,
                            probity_case_kind_get_compartment (step->case_kind),
                            verb,
                            get_kind_name (step),
                            probity_record_get_uid (record),
                            field,
                            old_value,
                            new_value,
                            error);
}

void
probity_step_note_change (ProbityStep   *step,
                          ProbityWrite  *write,
                          ProbityRecord *record)
{
  probity_write_note_change (write,
                             probity_case_kind_get_compartment (step->case_kind),
                             get_kind_name (step),
                             probity_record_get_id (record),
                             probity_record_get_uid (record));
}

gboolean
probity_step_return (ProbityStep   *step,
                     ProbityWrite  *write,
                     ProbityRecord *record,
                     GValue        *result,
                     GError       **error)
{
  const ProbityRecordKind *kind = step->case_kind->record_kind;
  ProbityDb               *db = probity_write_get_db (write, kind->compartment, error);
  g_autoptr (ProbityRecord) now = NULL;

  if (db == NULL || !probity_record_read (db, kind, step->session, probity_record_get_uid (record), &now, error))
    return FALSE;

  probity_step_note_change (step, write, record);
  g_value_init (result, PROBITY_TYPE_RECORD);
  g_value_take_boxed (result, now != NULL ? g_steal_pointer (&now) : probity_record_ref (record));

  return TRUE;
}
