/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "ctl-passphrase.h"
#include "probity-access.h"
#include "probity-backup.h"
#include "probity-session-backup.h"

#define MAX_KEEP 3660

static void
add_info (JsonBuilder             *builder,
          const ProbityBackupInfo *info)
{
  ctl_add_text (builder, "path", info->path);
  ctl_add_text (builder, "problem", info->problem);
  ctl_add_text (builder, "casebook", info->casebook_uid);
  ctl_add_text (builder, "created", info->created);
  ctl_add_text (builder, "account", info->account_name);
  ctl_add_text (builder, "digest", info->digest);
  ctl_add_int (builder, "bytes", (gint64) info->length);
  ctl_add_int (builder, "files", info->n_files);
}

/* A document, and a failure beside it where something was found. */
static JsonNode *
finish_report (ProbityBackupReport *report,
               ProbityVerifyReport *verified,
               GError             **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean ok = report->problems[0] == NULL && (verified == NULL || verified->ok);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, ok);
  add_info (builder, report->info);
  ctl_add_texts (builder, "proved", (const char *const *) report->proved);
  ctl_add_texts (builder, "unproved", (const char *const *) report->unproved);
  ctl_add_texts (builder, "problems", (const char *const *) report->problems);
  ctl_add_texts (builder, "removed", (const char *const *) report->removed);
  if (verified != NULL)
    {
      json_builder_set_member_name (builder, "verify");
      json_builder_add_value (builder, ctl_verify_report_to_json (verified));
    }
  if (!ok)
    g_set_error_literal (error, CTL_ERROR, CTL_ERROR_PROBLEM, "The proof found problems");

  return ctl_finish (builder);
}

/*
 * DESTINATION: a folder that is no casebook takes a new file; so does a name with the ending of one, and any
 * name with --one-file. Every other name that is not taken becomes a folder, as it always did.
 */
static JsonNode *
run_backup (CtlCall *call,
            GError **error)
{
  const char      *destination = ctl_call_get_argument (call, 1);
  g_autofree char *keyring = g_build_filename (destination, "keyring.jsonl", NULL);
  g_autofree char *path = NULL;
  g_autoptr (ProbityBackupReport) report = NULL;
  guint64 keep;

  if (!ctl_call_get_number (call, "keep", 0, MAX_KEEP, &keep, error))
    return NULL;

  if (g_file_test (destination, G_FILE_TEST_IS_DIR) && !g_file_test (keyring, G_FILE_TEST_EXISTS))
    path = probity_session_dup_backup_path (call->session, destination);
  else if (g_str_has_suffix (destination, PROBITY_BACKUP_SUFFIX) || ctl_call_get_option (call, "one-file") != NULL)
    path = g_strdup (destination);

  if (path != NULL)
    {
      report = dex_await_boxed (probity_session_back_up (call->session, path, (guint) keep, NULL), error);
      return report != NULL ? finish_report (report, NULL, error) : NULL;
    }

  if (keep > 0)
    {
      g_set_error_literal (error, CTL_ERROR, CTL_ERROR_USAGE, "--keep goes with a folder of backups that exists");
      return NULL;
    }

  /* Logged first, so that the copy itself tells of it. */
  if (!probity_access_check (call->session, PROBITY_OPERATION_BACK_UP, error) ||
      !dex_await (probity_audit_disclose (call->session, "casebook", NULL, destination), error) ||
      !dex_await (probity_casebook_backup (probity_session_get_casebook (call->session), destination), error))
    return NULL;
  return ctl_done ("backed up", NULL);
}

static JsonNode *
run_verify (CtlCall *call,
            GError **error)
{
  const char *account = ctl_call_require_option (call, "as", error);
  g_autoptr (CtlPassphrase) passphrase = account != NULL ? ctl_passphrase_dup (call, account, error) : NULL;
  g_autoptr (ProbityBackupReport) report = NULL;

  if (passphrase == NULL)
    return NULL;
  report = dex_await_boxed (probity_backup_prove (ctl_call_get_argument (call, 0), account, passphrase, NULL, NULL), error);

  return report != NULL ? finish_report (report, NULL, error) : NULL;
}

static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) infos = dex_await_boxed (probity_backup_list (ctl_call_get_argument (call, 0)), error);

  if (infos == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "backups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < infos->len; i++)
    {
      json_builder_begin_object (builder);
      add_info (builder, g_ptr_array_index (infos, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_rehearse (CtlCall *call,
              GError **error)
{
  g_autoptr (ProbityBackupReport) report = dex_await_boxed (probity_session_rehearse (call->session, ctl_call_get_argument (call, 1), NULL), error);

  return report != NULL ? finish_report (report, NULL, error) : NULL;
}

static JsonNode *
run_history (CtlCall *call,
             GError **error)
{
  static const char *const kinds[] = { "backup", "rehearsal", "restore" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GPtrArray) records = dex_await_boxed (probity_session_load_backups (call->session), error);

  if (records == NULL)
    return NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "history");
  json_builder_begin_array (builder);
  for (guint i = 0; i < records->len; i++)
    {
      ProbityBackupRecord *record = g_ptr_array_index (records, i);
      g_auto (GStrv) proved = g_strsplit (record->proved, ",", -1);

      json_builder_begin_object (builder);
      ctl_add_text (builder, "kind", kinds[record->kind]);
      ctl_add_text (builder, "uid", record->uid);
      ctl_add_text (builder, "at", record->at);
      ctl_add_text (builder, "account", record->account);
      ctl_add_text (builder, "created", record->created);
      ctl_add_text (builder, "digest", record->digest);
      ctl_add_text (builder, "destination", record->destination);
      ctl_add_texts (builder, "proved", (const char *const *) proved);
      ctl_add_int (builder, "problems", record->problems);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

/* What is restored is opened as anybody would open it, so that this workstation knows it from now on, and verified. */
static JsonNode *
run_restore (CtlCall *call,
             GError **error)
{
  const char *folder = ctl_call_get_argument (call, 1);
  const char *account = ctl_call_require_option (call, "as", error);
  g_autoptr (CtlPassphrase) passphrase = account != NULL ? ctl_passphrase_dup (call, account, error) : NULL;
  g_autoptr (ProbityBackupReport) report = NULL;
  g_autoptr (ProbityVerifyReport) verified = NULL;

  if (passphrase == NULL)
    return NULL;
  report = dex_await_boxed (probity_backup_restore (ctl_call_get_argument (call, 0), folder, account, passphrase, NULL, NULL), error);
  if (report == NULL)
    return NULL;

  call->session = dex_await_object (probity_session_sign_in (folder, account, passphrase, NULL), error);
  if (call->session == NULL)
    return NULL;
  verified = dex_await_boxed (probity_audit_verify (call->session, NULL), error);

  return verified != NULL ? finish_report (report, verified, error) : NULL;
}

const CtlCommand ctl_backup_commands[] = {
  { { "backup", "FOLDER DESTINATION", 2, 2, "keep,one-file" }, TRUE, run_backup },
  { { "backup verify", "FILE --as NAME", 1, 1, "as,passphrase-file" }, FALSE, run_verify },
  { { "backup list", "FOLDER-OF-BACKUPS", 1, 1, "" }, FALSE, run_list },
  { { "backup rehearse", "FOLDER FILE", 2, 2, "" }, TRUE, run_rehearse },
  { { "backup history", "FOLDER", 1, 1, "" }, TRUE, run_history },
  { { "restore", "FILE NEW-FOLDER --as NAME", 2, 2, "as,passphrase-file" }, FALSE, run_restore },
  { { NULL } },
};
