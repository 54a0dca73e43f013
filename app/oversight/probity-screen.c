/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-screen-private.h"

#include "probity-access.h"
#include "probity-audit.h"
#include "probity-live-index.h"

#include <string.h>

typedef struct
{
  gatomicrefcount ref_count;
  ProbitySession *session;
  char           *text;
  char           *what; /* as logged */
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
  g_free (self->text);
  g_free (self->what);
  g_free (self);
}

static gboolean
collect_in_reader (ProbityRead *read,
                   gpointer     data,
                   GValue      *result,
                   GError     **error)
{
  Job       *self = data;
  GPtrArray *findings = probity_screen_collect (self->session, read, self->text, error);

  if (findings == NULL)
    return FALSE;

  g_value_init (result, G_TYPE_PTR_ARRAY);
  g_value_take_boxed (result, findings);

  return TRUE;
}

static gboolean
log_in_writer (ProbityWrite *write,
               gpointer      data,
               GValue       *result,
               GError      **error)
{
  Job *self = data;

  if (!probity_access_check (self->session, PROBITY_OPERATION_SCREEN, error))
    return FALSE;

  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, TRUE);

  return probity_audit_add (write,
                            self->session,
                            probity_casebook_get_highest (probity_session_get_casebook (self->session)),
                            PROBITY_VERB_COMBINATION,
                            NULL,
                            NULL,
                            "screen",
                            NULL,
                            self->what,
                            error);
}

/* Logged before it is shown, and before it is known what will be shown. */
static DexFuture *
screen_fiber (gpointer data)
{
  Job             *self = data;
  ProbityCasebook *casebook = probity_session_get_casebook (self->session);
  GError          *error = NULL;
  GPtrArray       *findings;

  if (!dex_await (probity_casebook_write (casebook, log_in_writer, job_ref (self), job_unref), &error))
    return dex_future_new_for_error (error);

  if (!dex_await (probity_live_index_await_warming (self->session), &error))
    return dex_future_new_for_error (error);
  findings = dex_await_boxed (probity_casebook_read (casebook, collect_in_reader, job_ref (self), job_unref, NULL), &error);
  if (findings == NULL)
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, findings);
}

DexFuture *
probity_screen (ProbitySession *session,
                const char     *text,
                const char     *name)
{
  g_autofree char *digest = NULL;
  GError          *error = NULL;
  Job             *self;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (text != NULL && g_utf8_validate (text, -1, NULL));

  if (!probity_access_check (session, PROBITY_OPERATION_SCREEN, &error))
    return dex_future_new_for_error (error);
  if (strlen (text) > PROBITY_SCREEN_MAX_TEXT)
    return dex_future_new_reject (PROBITY_ACCESS_ERROR, PROBITY_ACCESS_ERROR_INVALID, "The text is longer than 1 MiB");

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  self = g_new0 (Job, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->session = g_object_ref (session);
  self->text = g_strdup (text);
  self->what = g_strdup_printf ("%s, sha256 %s", name != NULL ? name : "pasted text", digest);

  return dex_scheduler_spawn (NULL, 0, screen_fiber, self, job_unref);
}
