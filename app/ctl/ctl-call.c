/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "ctl-call.h"

G_DEFINE_QUARK (ctl-error-quark, ctl_error)

static const CtlCommand *const command_tables[] = {
  ctl_casebook_commands,
  ctl_backup_commands,
  ctl_account_commands,
  ctl_second_job_commands,
  ctl_appeal_commands,
  ctl_check_commands,
  ctl_condition_commands,
  ctl_review_commands,
  ctl_case_commands,
  ctl_seal_commands,
  ctl_leak_commands,
  ctl_conduct_commands,
  ctl_exposure_commands,
  ctl_list_commands,
  ctl_person_commands,
  ctl_relation_commands,
  ctl_search_commands,
  ctl_exhibit_commands,
};

/* Options that every command takes that signs in. */
#define SESSION_OPTIONS "as,passphrase-file"

static const CtlCommand *
find_command (char **words,
              guint *ret_n_words)
{
  const CtlCommand *found = NULL;

  *ret_n_words = 0;
  for (guint i = 0; i < G_N_ELEMENTS (command_tables); i++)
    for (const CtlCommand *command = command_tables[i]; command->syntax.name != NULL; command++)
      {
        g_auto (GStrv) parts = g_strsplit (command->syntax.name, " ", -1);
        guint    n_parts = g_strv_length (parts);
        gboolean same = n_parts > *ret_n_words;

        for (guint j = 0; same && j < n_parts; j++)
          same = g_strcmp0 (parts[j], words[j]) == 0;
        if (same)
          {
            found = command;
            *ret_n_words = n_parts;
          }
      }

  return found;
}

static gboolean
takes_option (const CtlCommand *command,
              const char       *name)
{
  g_autofree char *all = g_strconcat (command->syntax.options,
                                      command->signs_in ? "," SESSION_OPTIONS : "",
                                      NULL);
  g_auto (GStrv) names = g_strsplit (all, ",", -1);

  return g_strv_contains ((const char *const *) names, name);
}

/* Options without a value. */
static gboolean
is_flag (const char *name)
{
  static const char *const flags[] = { "dry-run", "one-file", "intrusive", "removed", "exhibits", "undo", "all", "with-checks", NULL };

  return g_strv_contains (flags, name);
}

static void
add_option (CtlCall    *call,
            const char *name,
            const char *value)
{
  GPtrArray *values = g_hash_table_lookup (call->options, name);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (call->options, g_strdup (name), values);
    }
  g_ptr_array_add (values, g_strdup (value));
}

/* An option word has a letter after its dashes: `-3` and `--` are not ones. */
static gboolean
is_option (const char *word)
{
  return g_str_has_prefix (word, "--") && g_ascii_isalpha (word[2]);
}

gboolean
ctl_call_parse (CtlCall           *call,
                const CtlCommand **ret_command,
                char             **argv,
                GError           **error)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) all = NULL;
  const CtlCommand *command;
  guint             n_words;
  guint             n_positional;

  call->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 1; argv[i] != NULL; i++)
    {
      const char *equals;

      if (g_str_equal (argv[i], "--json"))
        {
          call->json = TRUE;
          continue;
        }
      if (g_str_equal (argv[i], "--"))
        {
          for (i++; argv[i] != NULL; i++)
            g_strv_builder_add (words, argv[i]);
          break;
        }
      if (!is_option (argv[i]))
        {
          g_strv_builder_add (words, argv[i]);
          continue;
        }

      equals = strchr (argv[i], '=');
      if (equals != NULL)
        {
          g_autofree char *name = g_strndup (argv[i] + 2, equals - argv[i] - 2);

          g_ptr_array_add (given, g_strdup (name));
          add_option (call, name, equals + 1);
        }
      else if (is_flag (argv[i] + 2))
        {
          g_ptr_array_add (given, g_strdup (argv[i] + 2));
          add_option (call, argv[i] + 2, "");
        }
      else if (argv[i + 1] == NULL)
        {
          g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "%s wants a value", argv[i]);
          return FALSE;
        }
      else
        {
          g_ptr_array_add (given, g_strdup (argv[i] + 2));
          add_option (call, argv[i] + 2, argv[i + 1]);
          i++;
        }
    }

  all = g_strv_builder_end (words);
  command = find_command (all, &n_words);
  if (command == NULL)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "There is no command “%s”", all[0] != NULL ? all[0] : "");
      return FALSE;
    }

  for (guint i = 0; i < given->len; i++)
    if (!takes_option (command, given->pdata[i]))
      {
        g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "“%s” has no option --%s", command->syntax.name, (char *) given->pdata[i]);
        return FALSE;
      }

  call->syntax = &command->syntax;
  call->positional = g_strdupv (all + n_words);
  n_positional = g_strv_length (call->positional);
  if (n_positional < command->syntax.n_min || n_positional > command->syntax.n_max)
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "Usage: probityctl %s %s", command->syntax.name, command->syntax.arguments);
      return FALSE;
    }
  if (command->signs_in && ctl_call_require_option (call, "as", error) == NULL)
    return FALSE;

  *ret_command = command;
  return TRUE;
}

void
ctl_call_clear (CtlCall *call)
{
  g_clear_pointer (&call->positional, g_strfreev);
  g_clear_pointer (&call->options, g_hash_table_unref);
  g_clear_object (&call->session);
}

char *
ctl_dup_usage (void)
{
  GString *text = g_string_new ("Usage: probityctl COMMAND … [--json]\n\n");

  for (guint i = 0; i < G_N_ELEMENTS (command_tables); i++)
    for (const CtlCommand *command = command_tables[i]; command->syntax.name != NULL; command++)
      {
        g_auto (GStrv) options = g_strsplit (command->syntax.options, ",", -1);

        g_string_append_printf (text, "  probityctl %s %s", command->syntax.name, command->syntax.arguments);
        if (command->signs_in)
          g_string_append (text, " --as NAME");
        for (guint j = 0; options[j] != NULL; j++)
          if (*options[j] != '\0')
            g_string_append_printf (text, " [--%s%s]", options[j], is_flag (options[j]) ? "" : " …");
        g_string_append_c (text, '\n');
      }
  g_string_append (text,
                   "\nRoles: line-manager, hr-officer, head-of-hr, psd-officer, acu-officer, decider, administrator, chief-officer.\n"
                   "Passphrases come from --passphrase-file FILE, else PROBITY_PASSPHRASE, else they are asked.\n"
                   "Exit status: 0 done, 1 refused or failed, 2 not understood.\n");

  return g_string_free_and_steal (text);
}

const char *
ctl_call_get_option (CtlCall    *call,
                     const char *name)
{
  GPtrArray *values = g_hash_table_lookup (call->options, name);

  return values != NULL ? g_ptr_array_index (values, values->len - 1) : NULL;
}

const char **
ctl_call_get_options (CtlCall    *call,
                      const char *name)
{
  GPtrArray   *values = g_hash_table_lookup (call->options, name);
  guint        n = values != NULL ? values->len : 0;
  const char **all = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    all[i] = g_ptr_array_index (values, i);
  return all;
}

const char *
ctl_call_require_option (CtlCall    *call,
                         const char *name,
                         GError    **error)
{
  const char *value = ctl_call_get_option (call, name);

  if (value == NULL)
    g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "--%s is missing", name);
  return value;
}

GStrv
ctl_call_dup_names (CtlCall    *call,
                    const char *name,
                    GError    **error)
{
  const char *text = ctl_call_require_option (call, name, error);
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_strstrip (names[i]);

  return g_steal_pointer (&names);
}

gboolean
ctl_call_get_number (CtlCall    *call,
                     const char *name,
                     guint64     fallback,
                     guint64     maximum,
                     guint64    *ret_number,
                     GError    **error)
{
  const char *value = ctl_call_get_option (call, name);

  if (value == NULL)
    {
      *ret_number = fallback;
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (value, 10, 0, maximum, ret_number, NULL))
    {
      g_set_error (error, CTL_ERROR, CTL_ERROR_USAGE, "--%s is a whole number of at most %" G_GUINT64_FORMAT, name, maximum);
      return FALSE;
    }
  return TRUE;
}

const char *
ctl_call_get_argument (CtlCall *call,
                       guint    index)
{
  return index < g_strv_length (call->positional) ? call->positional[index] : NULL;
}

/* Options that were given, under the names of the record's fields: `soft-deadline` is soft_deadline. */
ProbityValues *
ctl_call_dup_values (CtlCall    *call,
                     const char *options)
{
  ProbityValues *values = probity_values_new ();
  g_auto (GStrv) names = g_strsplit (options, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char      *value = ctl_call_get_option (call, names[i]);
      g_autofree char *field = g_strdelimit (g_strdup (names[i]), "-", '_');

      if (value != NULL)
        probity_values_set (values, field, value);
    }

  return values;
}
