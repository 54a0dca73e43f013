/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-output.h"
#include "ctl-passphrase.h"

static JsonNode *
run_create (CtlCall *call,
            GError **error)
{
  ProbityCreateOptions options = { .folder = ctl_call_get_argument (call, 0), .cost = probity_key_cost_standard };
  g_autoptr (CtlPassphrase) passphrase = NULL;
  const char *roles;

  options.profile = ctl_call_require_option (call, "profile", error);
  if (options.profile == NULL)
    return NULL;
  options.account = ctl_call_require_option (call, "account", error);
  if (options.account == NULL)
    return NULL;
  roles = ctl_call_require_option (call, "role", error);
  if (roles == NULL || !probity_roles_parse (roles, &options.roles, error))
    return NULL;
  options.staff_number = ctl_call_get_option (call, "staff-number");
  options.recovery_file = ctl_call_get_option (call, "recovery-file");
  passphrase = ctl_passphrase_dup_new (call, "new-passphrase-file", options.account, error);
  if (passphrase == NULL)
    return NULL;
  options.passphrase = passphrase;

  if (!dex_await (probity_session_create_casebook (&options), error))
    return NULL;
  return ctl_done ("created", NULL);
}

static JsonNode *
run_add (CtlCall *call,
         GError **error)
{
  const char *name = ctl_call_require_option (call, "account", error);
  const char *words = name != NULL ? ctl_call_require_option (call, "role", error) : NULL;
  g_autoptr (CtlPassphrase) passphrase = NULL;
  ProbityRoles roles;

  if (words == NULL || !probity_roles_parse (words, &roles, error))
    return NULL;
  passphrase = ctl_passphrase_dup_new (call, "new-passphrase-file", name, error);
  if (passphrase == NULL)
    return NULL;

  if (!dex_await (probity_session_add_account (call->session, name, roles, ctl_call_get_option (call, "staff-number"), passphrase), error))
    return NULL;
  return ctl_done ("added", NULL);
}

static void
add_account (JsonBuilder          *builder,
             const ProbityAccount *account)
{
  g_autofree char *roles = probity_roles_to_string (account->roles);
  g_auto (GStrv) words = g_strsplit (roles, ",", -1);

  json_builder_begin_object (builder);
  ctl_add_text (builder, "account", account->name);
  ctl_add_text (builder, "uid", account->uid);
  json_builder_set_member_name (builder, "roles");
  json_builder_begin_array (builder);
  for (guint i = 0; words[i] != NULL; i++)
    json_builder_add_string_value (builder, words[i]);
  json_builder_end_array (builder);
  ctl_add_text (builder, "staff_number", account->staff_number);
  json_builder_set_member_name (builder, "disabled");
  json_builder_add_boolean_value (builder, account->disabled);
  json_builder_set_member_name (builder, "holds");
  json_builder_begin_array (builder);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    if (account->holds & (1u << i))
      json_builder_add_string_value (builder, probity_compartment_to_string (i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "waits_for_grant");
  json_builder_begin_array (builder);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    if (!account->disabled && probity_roles_open (account->roles, i) && !(account->holds & (1u << i)))
      json_builder_add_string_value (builder, probity_compartment_to_string (i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static JsonNode *
run_list (CtlCall *call,
          GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (call->session);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < probity_keyring_get_n_accounts (keyring); i++)
    add_account (builder, probity_keyring_get_account (keyring, i));
  json_builder_end_array (builder);

  return ctl_finish (builder);
}

static JsonNode *
run_grant (CtlCall *call,
           GError **error)
{
  const char *name = ctl_call_require_option (call, "account", error);

  if (name == NULL || !dex_await (probity_session_grant (call->session, name), error))
    return NULL;
  return ctl_done ("granted", NULL);
}

static JsonNode *
run_disable (CtlCall *call,
             GError **error)
{
  const char *name = ctl_call_require_option (call, "account", error);

  if (name == NULL || !dex_await (probity_session_disable (call->session, name), error))
    return NULL;
  return ctl_done ("disabled", NULL);
}

static JsonNode *
run_reset (CtlCall *call,
           GError **error)
{
  const char *name = ctl_call_require_option (call, "account", error);
  g_autoptr (CtlPassphrase) passphrase = NULL;

  if (name == NULL)
    return NULL;
  passphrase = ctl_passphrase_dup_new (call, "new-passphrase-file", name, error);
  if (passphrase == NULL || !dex_await (probity_session_reset (call->session, name, passphrase), error))
    return NULL;
  return ctl_done ("reset", NULL);
}

static JsonNode *
run_passphrase (CtlCall *call,
                GError **error)
{
  const char *name = ctl_call_get_option (call, "as");
  g_autoptr (CtlPassphrase) before = ctl_passphrase_dup (call, name, error);
  g_autoptr (CtlPassphrase) after = NULL;

  if (before == NULL)
    return NULL;
  after = ctl_passphrase_dup_new (call, "new-passphrase-file", name, error);
  if (after == NULL || !dex_await (probity_session_change_passphrase (call->session, before, after), error))
    return NULL;
  return ctl_done ("changed", NULL);
}

/* The recovery code stands in for the forgotten passphrase, so there is nothing to sign in with. */
static JsonNode *
run_recover (CtlCall *call,
             GError **error)
{
  const char *name = ctl_call_require_option (call, "account", error);
  const char *path = name != NULL ? ctl_call_require_option (call, "recovery-file", error) : NULL;
  g_autoptr (CtlPassphrase) passphrase = NULL;
  g_autofree char *code = NULL;

  if (path == NULL || !g_file_get_contents (path, &code, NULL, error))
    return NULL;
  g_strstrip (code);
  passphrase = ctl_passphrase_dup_new (call, "new-passphrase-file", name, error);
  if (passphrase == NULL ||
      !dex_await (probity_session_recover (ctl_call_get_argument (call, 0), name, code, passphrase), error))
    return NULL;
  return ctl_done ("recovered", NULL);
}

const CtlCommand ctl_account_commands[] = {
  { { "create", "FOLDER", 1, 1, "profile,account,role,staff-number,new-passphrase-file,recovery-file" }, FALSE, run_create },
  { { "account add", "FOLDER", 1, 1, "account,role,staff-number,new-passphrase-file" }, TRUE, run_add },
  { { "account list", "FOLDER", 1, 1, "" }, TRUE, run_list },
  { { "account grant", "FOLDER", 1, 1, "account" }, TRUE, run_grant },
  { { "account disable", "FOLDER", 1, 1, "account" }, TRUE, run_disable },
  { { "account reset", "FOLDER", 1, 1, "account,new-passphrase-file" }, TRUE, run_reset },
  { { "account passphrase", "FOLDER", 1, 1, "new-passphrase-file" }, TRUE, run_passphrase },
  { { "account recover", "FOLDER", 1, 1, "account,recovery-file,new-passphrase-file" }, FALSE, run_recover },
  { { NULL } },
};
