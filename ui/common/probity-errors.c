/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-errors.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "probity-backup-manifest.h"
#include "probity-csv.h"
#include "probity-exhibit-file.h"
#include "probity-field-problem.h"
#include "probity-labels.h"
#include "probity-record.h"
#include "probity-role.h"
#include "probity-types.h"

static const struct
{
  const char *code;
  const char *sentence;
} gate_sentences[] = {
  { "line-manager-comment", N_ ("The line manager’s comment is missing.") },
  { "head-of-hr-comment", N_ ("The head of HR’s comment is missing.") },
  { "professional-standards", N_ ("Professional standards have not finished with this case.") },
  { "complaints-check", N_ ("The complaints check is not published.") },
  { "intelligence-check", N_ ("The intelligence check is not published.") },
  { "professional-standards-view", N_ ("Professional standards’ view has not been given.") },
  { "stale-check", N_ ("A check was made before the application last changed, or is too old: make it again.") },
  { "unassessed-hits", N_ ("A check has records that nobody has assessed.") },
  { "new-record", N_ ("A complaint or report received since the checks touches the applicant: check again.") },
  { "sealed-answer", N_ ("A sealed case of yours names whom this is about: say in My Day whether that stands in the way.") },
  { "sealed-wait", N_ ("This waits for a sealed case of yours. Whoever holds it can answer again in My Day.") },
  { "recheck-open", N_ ("A re-check is open and has to be finished first.") },
  { "separation-of-duties", N_ ("Somebody else has to take this step: applicant, line manager, checkers and decider must be different people.") },
  { "no-subject", N_ ("The case is about nobody who could be checked.") },
  { "second-person", N_ ("That nothing further is done is proposed by one person and decided by another.") },
  { "public-interest-assessment", N_ ("Nothing intrusive is started before public interest and protected disclosure are assessed, and the newest assessment has to permit it. Add an assessment to the case, then start the action.") },
  { "reasons-bundle", N_ ("The reasons have not been sealed to the chief officer since something changed.") },
  { "appeal", N_ ("The appeal is not signed by an account that could lodge it.") },
  { "not-your-step", N_ ("This step is not yours to take, or not at this moment.") },
};

/**
 * probity_gate_code_to_sentence:
 * @code: a code of the approval gate, as the console prints it
 *
 * Returns: what @code means, as a sentence; @code itself when it is not known
 */
const char *
probity_gate_code_to_sentence (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (gate_sentences); i++)
    if (g_strcmp0 (gate_sentences[i].code, code) == 0)
      return _ (gate_sentences[i].sentence);
  return code;
}

/**
 * probity_error_is_cancelled:
 * @error: (nullable): an error
 *
 * Returns: whether @error only says that a person, or a newer question, made the answer unwanted
 */
gboolean
probity_error_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         (error != NULL && error->domain == DEX_ERROR && error->code == DEX_ERROR_FIBER_CANCELLED);
}

static const char *
casebook_sentence (ProbityCasebookError code)
{
  switch (code)
    {
    case PROBITY_CASEBOOK_ERROR_FAILED:
      return _ ("The casebook could not do this. Nothing was changed.");
    case PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK:
      return _ ("This folder is not a casebook. Choose the folder that holds the file “keyring.jsonl”.");
    case PROBITY_CASEBOOK_ERROR_WRONG_KEY:
      return _ ("A part of the casebook does not open with its key. Its file may have been exchanged: tell the administrator.");
    case PROBITY_CASEBOOK_ERROR_DAMAGED:
      return _ ("A file of the casebook is damaged. Nothing was changed. Restore the last backup, or ask the administrator to verify the casebook.");
    case PROBITY_CASEBOOK_ERROR_NEWER_VERSION:
      return _ ("This casebook was made by a newer version of Probity. Nothing was changed. Update Probity to open it.");
    case PROBITY_CASEBOOK_ERROR_UNSAFE_FILE_SYSTEM:
      return _ ("The casebook lies on a network drive or another file system on which records could be lost. Move it to a local disk.");
    case PROBITY_CASEBOOK_ERROR_UNSAFE_LIBRARY:
      return _ ("Probity was started with a database library that does not encrypt. Nothing was opened. Tell whoever installed it.");
    case PROBITY_CASEBOOK_ERROR_NO_RIGHTS:
      return _ ("You are not allowed to read or write the casebook’s files. Ask the administrator for rights to its folder.");
    case PROBITY_CASEBOOK_ERROR_FULL:
      return _ ("The disk is full. The last step was not saved, everything before it was. Make room and sign in again.");
    case PROBITY_CASEBOOK_ERROR_IO:
      return _ ("The disk failed while the casebook was read or written. What was saved before is kept. Check the disk and sign in again.");
    case PROBITY_CASEBOOK_ERROR_BUSY:
      return _ ("Somebody else was writing to the casebook for too long. Nothing was changed. Try again.");
    case PROBITY_CASEBOOK_ERROR_EXISTS:
      return _ ("There already is something in this folder. Choose an empty one.");
    case PROBITY_CASEBOOK_ERROR_CLOSED:
      return _ ("The casebook is closed. Sign in again.");
    case PROBITY_CASEBOOK_ERROR_CONSTRAINT:
      return _ ("The casebook refused this because it breaks one of its rules. Nothing was changed.");
    }
  return NULL;
}

static char *
backup_sentence (const GError *error)
{
  switch ((ProbityBackupError) error->code)
    {
    case PROBITY_BACKUP_ERROR_NOT_A_BACKUP:
      return g_strdup (_ ("This file is not a backup of a casebook. Nothing was written. Choose a file whose name ends in “.probity-backup”."));
    case PROBITY_BACKUP_ERROR_DAMAGED:
      return g_strdup_printf (_ ("The backup is damaged, and nothing was written: %s. Take an older one."), error->message);
    case PROBITY_BACKUP_ERROR_NEWER_VERSION:
      return g_strdup (_ ("This backup was made by a newer version of Probity. Nothing was written. Update Probity first."));
    case PROBITY_BACKUP_ERROR_FOREIGN:
      return g_strdup_printf (_ ("This backup is not of this casebook, or not signed by whom it names: %s. Nothing was written."), error->message);
    case PROBITY_BACKUP_ERROR_CHANGED:
      return g_strdup (_ ("Exhibits were being removed all the while. No backup was made. Try again."));
    }
  return g_strdup (error->message);
}

static const char *
exhibit_sentence (ProbityExhibitError code)
{
  switch (code)
    {
    case PROBITY_EXHIBIT_ERROR_FAILED:
      return _ ("The exhibit could not be written into the casebook. Nothing was changed.");
    case PROBITY_EXHIBIT_ERROR_MISSING:
      return _ ("The exhibit’s file is missing from the casebook. Restore it from a backup, or take the original in again.");
    case PROBITY_EXHIBIT_ERROR_DAMAGED:
      return _ ("The exhibit’s file is not what was taken in. Restore it from a backup, or take the original in again.");
    case PROBITY_EXHIBIT_ERROR_TOO_LARGE:
      return _ ("This is too large: the casebook keeps files of up to 2 GB, and the window shows pictures of up to 50 million pixels.");
    case PROBITY_EXHIBIT_ERROR_NO_SPACE:
      return _ ("There is not enough room on the disk. Nothing was changed. Make room and try again.");
    case PROBITY_EXHIBIT_ERROR_SOURCE:
      return _ ("The file outside the casebook could not be read or written. Check that it is there and that you may use it.");
    }
  return NULL;
}

static const char *
csv_sentence (ProbityCsvError code)
{
  switch (code)
    {
    case PROBITY_CSV_ERROR_FORMAT:
      return _ ("This is not a CSV file. Save the table as CSV.");
    case PROBITY_CSV_ERROR_ENCODING:
      return _ ("There are characters in the file that cannot be read. Save it as CSV in UTF-8.");
    case PROBITY_CSV_ERROR_TOO_LARGE:
      return _ ("The file has more than can be taken at once. Divide it.");
    case PROBITY_CSV_ERROR_QUOTE:
      return _ ("A quotation mark is opened and never closed.");
    case PROBITY_CSV_ERROR_HEADINGS:
      return _ ("A heading is missing, is not known, or stands there twice.");
    }
  return NULL;
}

static const char *
access_sentence (ProbityAccessError code)
{
  switch (code)
    {
    case PROBITY_ACCESS_ERROR_FAILED:
      return _ ("This could not be done. Nothing was changed.");
    case PROBITY_ACCESS_ERROR_WRONG_PASSPHRASE:
      return _ ("Account and passphrase do not match. Check both; capital letters count in the passphrase.");
    case PROBITY_ACCESS_ERROR_DISABLED:
      return _ ("This account was disabled, or reset with a new passphrase. Ask the administrator.");
    case PROBITY_ACCESS_ERROR_NOT_PERMITTED:
      return _ ("Your role does not allow this. The attempt has been logged.");
    case PROBITY_ACCESS_ERROR_NOT_FOUND:
      return _ ("There is no such record, or it is not for you.");
    case PROBITY_ACCESS_ERROR_NO_KEY:
      return _ ("Your account does not hold the key for this. Somebody who holds it can grant it.");
    case PROBITY_ACCESS_ERROR_INVALID:
      return _ ("Something that was entered is not valid. Nothing was changed.");
    case PROBITY_ACCESS_ERROR_EXISTS:
      return _ ("An account with this name already exists. Choose another name.");
    case PROBITY_ACCESS_ERROR_LAST_ADMINISTRATOR:
      return _ ("This is the last administrator and cannot be disabled. Make another administrator first.");
    case PROBITY_ACCESS_ERROR_KEYRING_DAMAGED:
      return _ ("The casebook’s keyring is damaged or was tampered with. Nothing was opened. Restore it from a backup.");
    case PROBITY_ACCESS_ERROR_SIGNATURE:
      return _ ("A signature in the casebook does not hold. Nothing was changed. Ask the administrator to verify the casebook.");
    }
  return NULL;
}

static char *
record_sentence (const GError *error,
                 const char   *title)
{
  const char        *field = probity_record_error_get_field (error);
  const char *const *missing = probity_record_error_get_missing (error);

  switch ((ProbityRecordError) error->code)
    {
    case PROBITY_RECORD_ERROR_FAILED:
      return g_strdup (_ ("This could not be done. Nothing was changed."));
    case PROBITY_RECORD_ERROR_INVALID:
      /* Translators: the title of a field, and a sentence about what stands in it */
      if (field != NULL)
        return g_strdup_printf (_ ("%s: %s"), title != NULL ? title : probity_label_for_field (NULL, field), probity_field_problem_to_sentence (error, NULL));
      return g_strdup (_ ("Something that was entered is not valid. Nothing was changed."));
    case PROBITY_RECORD_ERROR_MISSING:
      if (field != NULL)
        return g_strdup_printf (_ ("“%s” has to be filled in."), title != NULL ? title : probity_label_for_field (NULL, field));
      return g_strdup (_ ("Something that has to be filled in is empty. Nothing was changed."));
    case PROBITY_RECORD_ERROR_EXISTS:
      if (g_strcmp0 (field, "nature") == 0)
        return g_strdup (_ ("The two are recorded as that already. Nothing was changed."));
      if (g_strcmp0 (field, "log") == 0)
        return g_strdup (_ ("The same file takes part already, imported again. Nothing was changed."));
      return g_strdup (_ ("There already is a record with this reference or number. Nothing was changed."));
    case PROBITY_RECORD_ERROR_CONFLICT:
      return g_strdup (_ ("Somebody else saved this record while you were working on it. What you entered is kept: compare and save again."));
    case PROBITY_RECORD_ERROR_STAGE:
      return g_strdup (_ ("The case is no longer at the stage at which this is possible. Nothing was changed."));
    case PROBITY_RECORD_ERROR_GATE:
      {
        g_autoptr (GString) text = g_string_new (NULL);

        /* No approval is refused by it, so its sentence stands alone. */
        if (missing == NULL || missing[0] == NULL || !g_str_equal (missing[0], "public-interest-assessment"))
          g_string_append (text, _ ("This cannot be approved yet."));
        for (guint i = 0; missing != NULL && missing[i] != NULL; i++)
          g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", probity_gate_code_to_sentence (missing[i]));
        return g_string_free_and_steal (g_steal_pointer (&text));
      }
    }
  return g_strdup (_ ("This could not be done. Nothing was changed."));
}

static char *
io_sentence (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return g_strdup (_ ("The file or folder does not exist any more."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return g_strdup (_ ("You are not allowed to read or write there."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return g_strdup (_ ("The disk is full. Nothing was written."));
  return g_strdup (error->message);
}

/**
 * probity_error_dup_sentence:
 * @error: any error that the library gives
 *
 * Says to a person what happened, what was kept and what they can do; the library itself only gives
 * codes and short technical messages.
 *
 * Returns: (transfer full): the text, one or more whole sentences
 */
char *
probity_error_dup_sentence (const GError *error)
{
  return probity_error_dup_sentence_titled (error, NULL);
}

char *
probity_error_dup_sentence_titled (const GError *error,
                                   const char   *title)
{
  const char *sentence = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == PROBITY_CASEBOOK_ERROR)
    sentence = casebook_sentence (error->code);
  else if (error->domain == PROBITY_ACCESS_ERROR)
    sentence = access_sentence (error->code);
  else if (error->domain == PROBITY_EXHIBIT_ERROR)
    sentence = exhibit_sentence (error->code);
  else if (error->domain == PROBITY_CSV_ERROR)
    sentence = csv_sentence (error->code);
  else if (error->domain == PROBITY_RECORD_ERROR)
    return record_sentence (error, title);
  else if (error->domain == PROBITY_BACKUP_ERROR)
    return backup_sentence (error);
  else if (error->domain == G_IO_ERROR)
    return io_sentence (error);

  return g_strdup (sentence != NULL ? sentence : error->message);
}
