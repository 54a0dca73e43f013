/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-blocking.h"
#include "probity-day.h"
#include "probity-exhibit-private.h"
#include "probity-instant.h"

/* Taking an exhibit in: the bytes first, on their own thread and made to last; then, in one command, its name and its rows. */

#define BLOCK_BYTES ((gsize) 256 * 1024)
#define MAX_NAME_CHARACTERS 200
#define MAX_INITIALS 5

gboolean
probity_exhibit_set_source_error (GError      **error,
                                  const GError *cause)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) || cause->domain == PROBITY_EXHIBIT_ERROR)
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_NO_SPACE, "%s", cause->message);
  else
    g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_SOURCE, "%s", cause->message);

  return FALSE;
}

/* One line, of a length that a page can show. */
static char *
dup_file_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL && *name != '\0' ? name : "exhibit", -1);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (const char *c = valid; *c != '\0' && n < MAX_NAME_CHARACTERS; c = g_utf8_next_char (c), n++)
    {
      const gunichar character = g_utf8_get_char (c);

      g_string_append_unichar (text, g_unichar_isprint (character) && character != '/' ? character : '_');
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- The bytes --- */

static gboolean
look_at_source (ProbityExhibitTask *task,
                gint64             *ret_size,
                GError            **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info (task->file,
                                                  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME,
                                                  G_FILE_QUERY_INFO_NONE,
                                                  task->cancellable,
                                                  &local_error);

  if (info == NULL)
    return probity_exhibit_set_source_error (error, local_error);
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_SOURCE, "%s is not a file", g_file_info_get_display_name (info));
      return FALSE;
    }
  if (g_file_info_get_size (info) > PROBITY_EXHIBIT_MAX_BYTES)
    {
      g_set_error_literal (error, PROBITY_EXHIBIT_ERROR, PROBITY_EXHIBIT_ERROR_TOO_LARGE, "An exhibit may hold 2 GB at most");
      return FALSE;
    }

  task->file_name = dup_file_name (g_file_info_get_display_name (info));
  *ret_size = g_file_info_get_size (info);

  return TRUE;
}

static void
guess_media_type (ProbityExhibitTask *task,
                  const guint8       *bytes,
                  gsize               length)
{
  g_autofree char *content_type = g_content_type_guess (task->file_name, bytes, length, NULL);
  g_autofree char *media_type = g_content_type_get_mime_type (content_type);

  g_free (task->media_type);
  task->media_type = media_type != NULL ? g_steal_pointer (&media_type) : g_strdup ("application/octet-stream");
}

static gboolean
copy_in (ProbityExhibitTask *task,
         GInputStream       *stream,
         guint8             *block,
         GError            **error)
{
  g_autoptr (ProbityExhibitWriter) writer = probity_exhibit_writer_new (task->keys, probity_exhibit_intake_get_fd (task->intake));

  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      gsize n;

      if (!g_input_stream_read_all (stream, block, BLOCK_BYTES, &n, task->cancellable, &local_error))
        return probity_exhibit_set_source_error (error, local_error);
      if (task->media_type == NULL)
        guess_media_type (task, block, n);
      if (n == 0)
        break;
      if (!probity_exhibit_writer_add (writer, block, n, error))
        return FALSE;
      probity_progress_add (task->progress, (gint64) n);
    }

  return probity_exhibit_writer_finish (writer, task->digest, &task->size, error) &&
         probity_exhibit_intake_sync (task->intake, error);
}

static gboolean
intake_func (gpointer data,
             GError **error)
{
  ProbityExhibitTask *task = data;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree guint8 *block = NULL;
  gint64             expected = 0;
  gboolean           ok;

  if (!look_at_source (task, &expected, error))
    return FALSE;
  stream = g_file_read (task->file, task->cancellable, &local_error);
  if (stream == NULL)
    return probity_exhibit_set_source_error (error, local_error);

  probity_progress_set_total (task->progress, expected);
  task->intake = probity_exhibit_intake_new (task->folder, expected, error);
  if (task->intake == NULL)
    return FALSE;

  block = g_malloc (BLOCK_BYTES);
  ok = copy_in (task, G_INPUT_STREAM (stream), block, error);
  memset (block, 0, BLOCK_BYTES);
  if (!ok)
    g_clear_pointer (&task->intake, probity_exhibit_intake_free);

  return ok;
}

/* --- The rows --- */

/* The first letters of forenames and surname, in capitals without accents. */
static char *
make_initials (const char *text)
{
  g_autofree char *ascii = text != NULL ? g_str_to_ascii (text, "C") : g_strdup ("");
  g_autoptr (GString) initials = g_string_new (NULL);
  gboolean begins = TRUE;

  for (const char *c = ascii; *c != '\0' && initials->len < MAX_INITIALS; c++)
    {
      if (begins && g_ascii_isalpha (*c))
        g_string_append_c (initials, g_ascii_toupper (*c));
      begins = !g_ascii_isalpha (*c) && *c != '\'';
    }

  return g_string_free (g_steal_pointer (&initials), FALSE);
}

static gboolean
choose_initials (ProbityExhibitTask *task,
                 ProbityWrite       *write,
                 char              **ret_initials,
                 GError            **error)
{
  const char      *given = probity_values_get (task->values, "initials");
  const char      *staff_number = probity_session_get_staff_number (task->session);
  g_autofree char *name = NULL;

  if (given != NULL && *given != '\0')
    {
      gboolean valid = strlen (given) <= MAX_INITIALS;

      for (const char *c = given; *c != '\0'; c++)
        valid = valid && g_ascii_isalpha (*c);
      if (!valid)
        {
          g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "initials", "Initials are one to five letters, not “%.20s”", given));
          return FALSE;
        }
      *ret_initials = g_ascii_strup (given, -1);
      return TRUE;
    }

  if (staff_number != NULL)
    {
      ProbityDb *registers = probity_write_get_open_db (write, PROBITY_COMPARTMENT_REGISTERS, error);
      g_autoptr (ProbityStatement) statement = NULL;
      gboolean row;

      if (registers == NULL)
        return FALSE;
      statement = probity_db_query (registers, error, "SELECT coalesce (forenames, '') || ' ' || surname FROM person WHERE staff_number = $staff_number", "$staff_number", 's', staff_number, NULL);
      if (statement == NULL || !probity_statement_step (statement, &row, error))
        return FALSE;
      if (row)
        name = probity_statement_dup_text (statement, 0);
    }

  *ret_initials = make_initials (name != NULL ? name : probity_session_get_account_name (task->session));
  if (**ret_initials == '\0')
    g_set_str (ret_initials, "X");

  return TRUE;
}

static gboolean
check_received (ProbityExhibitTask *task,
                const char         *now,
                char              **ret_received,
                GError            **error)
{
  const char *given = probity_values_get (task->values, "received");
  gint64      ms, now_ms;
  ProbityDay  day;

  if (given == NULL || *given == '\0')
    {
      *ret_received = g_strdup (now);
      return TRUE;
    }

  day = probity_day_from_iso (given);
  if (day != PROBITY_DAY_NONE)
    {
      if (day <= probity_instant_to_day (now))
        {
          *ret_received = g_strdup (given);
          return TRUE;
        }
    }
  else if (probity_instant_to_ms (given, &ms) && probity_instant_to_ms (now, &now_ms) && ms <= now_ms)
    {
      *ret_received = probity_instant_from_ms (ms);
      return TRUE;
    }

  g_propagate_error (error, probity_record_error_new_field (PROBITY_RECORD_ERROR_INVALID, "received", "“%.40s” is not a day or an instant up to now", given));

  return FALSE;
}

static gboolean
next_number (ProbityDb  *db,
             const char *case_uid,
             const char *initials,
             gint64     *ret_number,
             GError    **error)
{
  g_autoptr (ProbityStatement) statement = NULL;
  gboolean row;

  statement = probity_db_query (db, error, "SELECT coalesce (max (number), 0) + 1 FROM exhibit WHERE case_uid = $case_uid AND initials = $initials", "$case_uid", 's', case_uid, "$initials", 's', initials, NULL);
  if (statement == NULL || !probity_statement_step (statement, &row, error))
    return FALSE;
  *ret_number = probity_statement_get_int64 (statement, 0);

  return TRUE;
}

/* The same content twice is one file: a row of it is there already then. */
static gboolean
write_file_row (ProbityExhibitTask *task,
                ProbityWrite       *write,
                ProbityDb          *db,
                const char         *sha256,
                GError            **error)
{
  g_autofree char *name = probity_exhibit_keys_dup_name (task->keys, task->digest);

  return probity_db_run (db, error, "INSERT INTO exhibit_file (sha256, name, size, created) SELECT $sha256, $name, $size, $created"
                                    " WHERE NOT EXISTS (SELECT 1 FROM exhibit_file WHERE sha256 = $sha256)",
                         "$sha256",
                         's',
                         sha256,
                         "$name",
                         's',
                         name,
                         "$size",
                         'i',
                         task->size,
                         "$created",
                         's',
                         probity_write_get_now (write),
                         NULL);
}

static ProbityRow *
make_row (ProbityExhibitTask *task,
          ProbityStep        *step,
          ProbityWrite       *write,
          ProbityDb          *db,
          GError            **error)
{
  static const char *const texts[] = { "description", "received_from", "place" };
  g_autoptr (ProbityRow) row = probity_row_new ();
  g_autofree char *initials = NULL;
  g_autofree char *received = NULL;
  g_autofree char *reference = NULL;
  g_autofree char *sha256 = probity_digest_to_text (task->digest);
  gint64           number;

  if (!probity_step_require_text ("description", probity_values_get (task->values, "description"), error) ||
      !check_received (task, probity_write_get_now (write), &received, error) ||
      !choose_initials (task, write, &initials, error) ||
      !next_number (db, step->uid, initials, &number, error))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = probity_values_get (task->values, texts[i]);

      if (text == NULL || *text == '\0')
        continue;
      if (!probity_step_require_text (texts[i], text, error))
        return NULL;
      probity_row_set (row, texts[i], text);
    }
  reference = g_strdup_printf ("%s/%" G_GINT64_FORMAT, initials, number);
  probity_row_set (row, "case_kind", step->case_kind->name);
  probity_row_set (row, "case_uid", step->uid);
  probity_row_set (row, "reference", reference);
  probity_row_set (row, "initials", initials);
  probity_row_set_int (row, "number", number);
  probity_row_set (row, "received", received);
  probity_row_set (row, "file_name", task->file_name);
  probity_row_set (row, "media_type", task->media_type);
  probity_row_set_int (row, "size", task->size);
  probity_row_set (row, "sha256", sha256);

  return g_steal_pointer (&row);
}

static ProbityExhibit *
make_exhibit (ProbityExhibitTask *task,
              ProbityRecord      *record,
              ProbityRow         *row)
{
  ProbityExhibit *self = g_new0 (ProbityExhibit, 1);

  self->uid = g_strdup (probity_row_get (row, "uid"));
  self->case_reference = g_strdup (probity_record_get_reference (record));
  self->reference = g_strdup (probity_row_get (row, "reference"));
  self->description = g_strdup (probity_row_get (row, "description"));
  self->received = g_strdup (probity_row_get (row, "received"));
  self->received_from = g_strdup (probity_row_get (row, "received_from"));
  self->place = g_strdup (probity_row_get (row, "place"));
  self->file_name = g_strdup (task->file_name);
  self->media_type = g_strdup (task->media_type);
  self->size = task->size;
  self->sha256 = g_strdup (probity_row_get (row, "sha256"));
  self->added = g_strdup (probity_row_get (row, "at"));
  self->by = g_strdup (probity_session_get_account_name (task->session));

  return self;
}

static gboolean
add_write (ProbityWrite *write,
           gpointer      data,
           GValue       *result,
           GError      **error)
{
  ProbityStep        *step = data;
  ProbityExhibitTask *task = step->data;
  ProbityDb          *db;
  g_autoptr (ProbityRecord) record = NULL;
  g_autoptr (ProbityRow) row = NULL;
  g_autofree char *field = NULL;
  g_autofree char *text = NULL;

  if (!probity_step_find_work (step, write, &db, &record, error))
    return FALSE;
  row = make_row (task, step, write, db, error);
  if (row == NULL)
    return FALSE;

  /* The file first: a row whose file is not there must never be seen. */
  if (!probity_exhibit_intake_place (task->intake, task->keys, task->digest, error) ||
      !write_file_row (task, write, db, probity_row_get (row, "sha256"), error) ||
      !probity_signed_insert (&probity_signed_exhibit, write, task->session, db, step->uid, row, error))
    return FALSE;

  task->exhibit = make_exhibit (task, record, row);
  field = g_strdup_printf ("exhibit:%s", task->exhibit->reference);
  text = g_strdup_printf ("%s (%s)", task->exhibit->description, task->exhibit->sha256);
  if (!probity_step_log (step, write, record, PROBITY_VERB_COLLECTION, field, NULL, text, error) ||
      !probity_exhibit_add_continuity (task, step, write, "taken-in", task->exhibit->received_from, NULL, error))
    return FALSE;

  probity_step_note_change (step, write, record);
  g_value_init (result, PROBITY_TYPE_EXHIBIT);
  g_value_set_boxed (result, task->exhibit);

  return TRUE;
}

static gboolean
check_values (ProbityExhibitTask *task,
              GError            **error)
{
  ProbityClock    *clock = probity_casebook_get_clock (probity_session_get_casebook (task->session));
  g_autofree char *now = probity_clock_dup_now (clock);
  g_autofree char *received = NULL;

  return probity_step_require_text ("description", probity_values_get (task->values, "description"), error) &&
         check_received (task, now, &received, error);
}

static DexFuture *
add_fiber (gpointer data)
{
  ProbityExhibitTask *task = data;
  GError             *error = NULL;

  /* What would be refused in the end is refused before two gigabytes are read. */
  if (!probity_exhibit_task_prepare (task, "exhibit-add", TRUE, &error) ||
      !check_values (task, &error) ||
      !dex_await (probity_run_blocking (intake_func, probity_exhibit_task_ref (task), (GDestroyNotify) probity_exhibit_task_unref), &error))
    return dex_future_new_for_error (error);

  return probity_step_run (probity_exhibit_task_new_step (task, "exhibit-add"), add_write);
}

/**
 * probity_exhibit_add:
 *
 * Rejects with PROBITY_EXHIBIT_ERROR (SOURCE, TOO_LARGE, NO_SPACE), G_IO_ERROR_CANCELLED, or as every
 * command on a case; then nothing was taken in and no file is left.
 */
DexFuture *
probity_exhibit_add (ProbitySession  *session,
                     const char      *case_reference,
                     GFile           *file,
                     ProbityValues   *values,
                     ProbityProgress *progress,
                     GCancellable    *cancellable)
{
  ProbityExhibitTask *task;

  dex_return_error_if_fail (PROBITY_IS_SESSION (session));
  dex_return_error_if_fail (case_reference != NULL);
  dex_return_error_if_fail (G_IS_FILE (file));
  dex_return_error_if_fail (values != NULL);

  task = probity_exhibit_task_new (session, case_reference, NULL);
  task->file = g_object_ref (file);
  task->values = probity_values_ref (values);
  task->progress = progress != NULL ? probity_progress_ref (progress) : NULL;
  g_set_object (&task->cancellable, cancellable);

  return dex_scheduler_spawn (NULL, 0, add_fiber, task, (GDestroyNotify) probity_exhibit_task_unref);
}
