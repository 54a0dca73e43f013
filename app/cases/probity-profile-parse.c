/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-profile-private.h"

#include <string.h>

#include "probity-parse.h"

#define FORMAT 1
#define MAX_BYTES (1024 * 1024)
#define MAX_VALUE 20000
#define MAX_ITEMS 400
#define MAX_ID 40

typedef enum
{
  KIND_NAME, /* of the profile itself, which has no source */
  KIND_TEXT,
  KIND_OPTIONAL_TEXT,
  KIND_NUMBER, /* whole, between minimum and maximum */
  KIND_CHOICE, /* one of choices, separated by | */
  KIND_FIXED,  /* exactly choices: any other value would weaken the gate */
  KIND_DAY,
  KIND_DAYS, /* a list, may be empty */
  KIND_IDS,  /* a list of ids, may be empty */
  KIND_CAP,  /* `off` or hours */
} Kind;

typedef struct
{
  const char *group;
  const char *key;
  Kind        kind;
  const char *choices;
  int         minimum;
  int         maximum;
} Rule;

static const Rule rules[] = {
  { "Profile", "Name", KIND_NAME, NULL, 0, 0 },
  { "Profile", "Valid-From", KIND_DAY, NULL, 0, 0 },
  { "Profile", "Force-Name", KIND_TEXT, NULL, 0, 0 },
  { "Departments", "Professional-Standards", KIND_TEXT, NULL, 0, 0 },
  { "Departments", "Professional-Standards-Short", KIND_TEXT, NULL, 0, 0 },
  { "Departments", "Anti-Corruption", KIND_TEXT, NULL, 0, 0 },
  { "Departments", "Human-Resources", KIND_TEXT, NULL, 0, 0 },
  { "Departments", "Chief-Officer", KIND_TEXT, NULL, 0, 0 },
  { "Route", "Line-Manager-Comment", KIND_CHOICE, "required|allowed", 0, 0 },
  { "Route", "Head-Of-HR-Comment", KIND_CHOICE, "required|allowed", 0, 0 },
  { "Route", "View", KIND_CHOICE, "required|none", 0, 0 },
  { "Route", "View-By", KIND_FIXED, "decider", 0, 0 },
  { "Route", "Signatory", KIND_CHOICE, "head-of-hr|decider", 0, 0 },
  { "Route", "Approve-Over-Objection", KIND_FIXED, "no", 0, 0 },
  { "Route", "Head-Of-HR-May-Comment-And-Sign", KIND_CHOICE, "yes|no", 0, 0 },
  { "Route", "Separation-Of-Duties", KIND_FIXED, "required", 0, 0 },
  { "Checks", "Complaints", KIND_FIXED, "required", 0, 0 },
  { "Checks", "Intelligence", KIND_FIXED, "required", 0, 0 },
  { "Checks", "Maximum-Age-Days", KIND_NUMBER, NULL, 1, 366 },
  { "Checks", "Required-Systems-Complaints", KIND_IDS, NULL, 0, 0 },
  { "Checks", "Required-Systems-Intelligence", KIND_IDS, NULL, 0, 0 },
  { "Stand-Ins", "line-manager", KIND_CHOICE, "named|head-of-hr|psd-officer", 0, 0 },
  { "Stand-Ins", "head-of-hr", KIND_CHOICE, "head-of-hr|decider", 0, 0 },
  { "Stand-Ins", "decider", KIND_CHOICE, "decider", 0, 0 },
  { "Stand-Ins", "psd-officer", KIND_CHOICE, "psd-officer|acu-officer", 0, 0 },
  { "Stand-Ins", "acu-officer", KIND_CHOICE, "acu-officer", 0, 0 },
  { "Hours", "Weekly-Limit", KIND_NUMBER, NULL, 1, 168 },
  { "Hours", "Averaging-Weeks", KIND_NUMBER, NULL, 1, 52 },
  { "Hours", "Local-Cap", KIND_CAP, NULL, 1, 168 },
  { "Review", "Interval-Months", KIND_NUMBER, NULL, 1, 12 },
  { "Review", "Month", KIND_NUMBER, NULL, 0, 12 },
  { "Review", "Lead-Days", KIND_NUMBER, NULL, 0, 366 },
  { "Retention", "Review-Years", KIND_NUMBER, NULL, 1, 100 },
  { "Working-Days", "Extra-Bank-Holidays", KIND_DAYS, NULL, 0, 0 },
  { "Letter", "Reply-To", KIND_TEXT, NULL, 0, 0 },
  { "Letter", "Approved", KIND_TEXT, NULL, 0, 0 },
  { "Letter", "Approved-With-Conditions", KIND_TEXT, NULL, 0, 0 },
  { "Letter", "Refused", KIND_TEXT, NULL, 0, 0 },
  { "Letter", "Deferred", KIND_TEXT, NULL, 0, 0 },
  { "Letter", "Change", KIND_TEXT, NULL, 0, 0 },
  { "Letter", "Review", KIND_TEXT, NULL, 0, 0 },
  { "Letter", "Footer", KIND_TEXT, NULL, 0, 0 },
  { "Employment-Groups", "Default", KIND_TEXT, NULL, 0, 0 },
};

static const Rule employment_rules[] = {
  { NULL, "Title", KIND_TEXT, NULL, 0, 0 },
  { NULL, "Aliases", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Legal-Basis", KIND_TEXT, NULL, 0, 0 },
  { NULL, "Legal-Basis-From", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Legal-Basis-Before", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Lawful-Order", KIND_CHOICE, "yes|no", 0, 0 },
  { NULL, "Lawful-Order-Text", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Appeal-Days", KIND_NUMBER, NULL, 1, 366 },
  { NULL, "Decide-Days", KIND_NUMBER, NULL, 1, 366 },
  { NULL, "Appeal-To", KIND_TEXT, NULL, 0, 0 },
  { NULL, "Appeal-Text", KIND_TEXT, NULL, 0, 0 },
  { NULL, "Companion-Text", KIND_TEXT, NULL, 0, 0 },
};

static const Rule condition_rules[] = {
  { NULL, "Text", KIND_TEXT, NULL, 0, 0 },
  { NULL, "Review-Months", KIND_NUMBER, NULL, 1, 60 },
};

/* Optional, these two: casebooks have profiles from before them. */
static const Rule reference_rules[] = {
  { NULL, "Second-Jobs", KIND_CHOICE, "drawn|numbered", 0, 0 },
};

static const Rule compliance_rules[] = {
  { NULL, "Review-Months", KIND_NUMBER, NULL, 1, 60 },
  { NULL, "Not-Kept-Months", KIND_NUMBER, NULL, 1, 60 },
  { NULL, "Not-Kept-Action", KIND_CHOICE, "yes|no", 0, 0 },
  { NULL, "Action-Days", KIND_NUMBER, NULL, 1, 366 },
  { NULL, "Not-Kept-Recheck", KIND_CHOICE, "yes|no", 0, 0 },
  { NULL, "Not-Kept-Decider", KIND_CHOICE, "yes|no", 0, 0 },
};

static const Rule conduct_rules[] = {
  { NULL, "Severity-Rule", KIND_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Rule", KIND_TEXT, NULL, 0, 0 },
  { NULL, "Representation-Days", KIND_NUMBER, NULL, 1, 366 },
  { NULL, "Report-Rule", KIND_TEXT, NULL, 0, 0 },
  { NULL, "First-Report-Months", KIND_NUMBER, NULL, 0, 120 },
  { NULL, "Next-Report-Months", KIND_NUMBER, NULL, 0, 120 },
  /* Of profiles that were copied into their casebook before there was wording, none. */
  { NULL, "Severity-Routes", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Title", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Conduct", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Severity", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Proceedings", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Advice", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Representations", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Notice-Inference", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Report-Title", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Report-To", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Complaint-Report-Rule", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Complaint-Report-To", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Referral-Rule", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
  { NULL, "Referral-Question", KIND_OPTIONAL_TEXT, NULL, 0, 0 },
};

/* Groups whose keys are the ids of a closed list, and the name of the list. */
static const struct
{
  const char *group;
  const char *list;
  gboolean    optional;
} list_groups[] = {
  { "Categories", "categories" },
  { "Allegation-Types", "allegation-types" },
  { "Corruption-Categories", "corruption-categories" },
  { "Source-Evaluations", "source-evaluations" },
  { "Information-Assessments", "information-assessments" },
  { "Handling-Codes", "handling-codes" },
  { "Handling-Conditions", "handling-conditions" },
  { "Other-Systems-Complaints", "other-systems-complaints" },
  { "Other-Systems-Intelligence", "other-systems-intelligence" },
  /* Words that screening looks for. */
  { "Operations", "operations", TRUE },
  { "Outlets", "outlets", TRUE },
  { "Journalists", "journalists", TRUE },
  /* What conduct investigations name. */
  { "Standards-Of-Behaviour", "standards-of-behaviour", TRUE },
  { "Referral-Criteria", "referral-criteria", TRUE },
};

typedef struct
{
  ProbityProfile *self;
  GKeyFile       *file;
  const char     *name;
} Parser;

static gboolean
refuse (Parser             *parser,
        ProbityProfileError code,
        const char         *group,
        const char         *key,
        const char         *complaint,
        GError            **error)
{
  g_autofree char *safe_group = g_utf8_make_valid (group, -1);
  g_autofree char *safe_key = key != NULL ? g_utf8_make_valid (key, -1) : NULL;

  if (key != NULL)
    g_set_error (error, PROBITY_PROFILE_ERROR, (int) code, "%s: [%s] %s: %s", parser->name, safe_group, safe_key, complaint);
  else
    g_set_error (error, PROBITY_PROFILE_ERROR, (int) code, "%s: [%s]: %s", parser->name, safe_group, complaint);

  return FALSE;
}

static gboolean
is_id (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_ID)
    return FALSE;
  for (; *text != '\0'; text++)
    if (!g_ascii_isalnum (*text) && *text != '-')
      return FALSE;

  return TRUE;
}

static gboolean
is_number (const char *text,
           int         minimum,
           int         maximum)
{
  gint64 number;

  return g_ascii_string_to_signed (text, 10, minimum, maximum, &number, NULL);
}

static gboolean
check_days (Parser     *parser,
            const Rule *rule,
            const char *group,
            const char *value,
            GError    **error)
{
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);

  if (g_strv_length (parts) > MAX_ITEMS)
    return refuse (parser, PROBITY_PROFILE_ERROR_TOO_LARGE, group, rule->key, "too many days", error);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      ProbityDay day = probity_day_from_iso (g_strstrip (parts[i]));

      if (*parts[i] == '\0')
        continue;
      if (day == PROBITY_DAY_NONE)
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, "days are written as 2027-06-07", error);
      g_array_append_val (parser->self->holidays, day);
    }

  return TRUE;
}

static gboolean
check_value (Parser     *parser,
             const Rule *rule,
             const char *group,
             const char *value,
             GError    **error)
{
  g_autofree char *complaint = NULL;

  if (strlen (value) > MAX_VALUE)
    return refuse (parser, PROBITY_PROFILE_ERROR_TOO_LARGE, group, rule->key, "the value is too long", error);

  switch (rule->kind)
    {
    case KIND_NAME:
      if (is_id (value))
        return TRUE;
      return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, "names have letters, digits and hyphens only", error);

    case KIND_TEXT:
      if (*value == '\0')
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, "no value", error);
      return TRUE;

    case KIND_OPTIONAL_TEXT:
      return TRUE;

    case KIND_NUMBER:
      if (is_number (value, rule->minimum, rule->maximum))
        return TRUE;
      complaint = g_strdup_printf ("not a whole number from %d to %d", rule->minimum, rule->maximum);
      return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, complaint, error);

    case KIND_CAP:
      if (g_str_equal (value, "off") || is_number (value, rule->minimum, rule->maximum))
        return TRUE;
      return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, "neither off nor hours a week", error);

    case KIND_CHOICE:
      {
        g_auto (GStrv) choices = g_strsplit (rule->choices, "|", -1);

        if (g_strv_contains ((const char *const *) choices, value))
          return TRUE;
        complaint = g_strdup_printf ("the value is none of %s", rule->choices);
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, complaint, error);
      }

    case KIND_FIXED:
      if (g_str_equal (value, rule->choices))
        return TRUE;
      complaint = g_strdup_printf ("must be “%s”: no profile removes a check or the separation of duties", rule->choices);
      return refuse (parser, PROBITY_PROFILE_ERROR_FORBIDDEN, group, rule->key, complaint, error);

    case KIND_DAY:
      if (probity_day_from_iso (value) != PROBITY_DAY_NONE)
        return TRUE;
      return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, "not a day such as 2011-09-01", error);

    case KIND_DAYS:
      return check_days (parser, rule, group, value, error);

    case KIND_IDS:
      {
        g_auto (GStrv) parts = g_strsplit (value, ";", MAX_ITEMS);

        for (guint i = 0; parts[i] != NULL; i++)
          if (*g_strstrip (parts[i]) != '\0' && !is_id (parts[i]))
            return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, "not a list of ids", error);
        return TRUE;
      }
    }

  return FALSE;
}

static char *
make_path (const char *group,
           const char *key)
{
  return g_strconcat (group, "/", key, NULL);
}

/* A group of known keys: each there, each with its source beside it, none that nobody knows. */
static gboolean
parse_group (Parser     *parser,
             const char *group,
             const Rule *group_rules,
             gsize       n_rules,
             GError    **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (parser->file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      const char *key = g_str_has_prefix (keys[i], "Source.") ? keys[i] + strlen ("Source.") : keys[i];
      gboolean    known = g_str_equal (group, "Profile") && g_str_equal (keys[i], "Format");

      for (gsize r = 0; r < n_rules && !known; r++)
        known = (group_rules[r].group == NULL || g_str_equal (group_rules[r].group, group)) && g_str_equal (group_rules[r].key, key);
      if (!known)
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, keys[i], "an unknown key", error);
    }

  for (gsize r = 0; r < n_rules; r++)
    {
      const Rule      *rule = &group_rules[r];
      g_autofree char *source_key = g_strconcat ("Source.", rule->key, NULL);
      g_autofree char *value = NULL;
      g_autofree char *source = NULL;

      if (rule->group != NULL && !g_str_equal (rule->group, group))
        continue;

      value = g_key_file_get_string (parser->file, group, rule->key, NULL);
      source = g_key_file_get_string (parser->file, group, source_key, NULL);
      if (value == NULL && rule->kind == KIND_OPTIONAL_TEXT)
        continue;
      if (value == NULL)
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, "missing, or not readable", error);
      if (rule->kind != KIND_NAME && (source == NULL || *g_strstrip (source) == '\0'))
        {
          g_autofree char *complaint = g_strdup_printf ("its source is missing (%s)", source_key);

          return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, rule->key, complaint, error);
        }

      g_strstrip (value);
      if (!check_value (parser, rule, group, value, error))
        return FALSE;

      g_hash_table_insert (parser->self->values, make_path (group, rule->key), g_steal_pointer (&value));
      if (source != NULL)
        g_hash_table_insert (parser->self->sources, make_path (group, rule->key), g_steal_pointer (&source));
    }

  return TRUE;
}

static void
free_item (gpointer data)
{
  ProbityProfileItem *item = data;

  g_free (item->id);
  g_free (item->label);
  g_free (item->source);
  g_free (item);
}

static gboolean
parse_list (Parser     *parser,
            const char *group,
            const char *list,
            GError    **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (parser->file, group, NULL, NULL);
  g_autofree char *source = g_key_file_get_string (parser->file, group, "Source", NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);

  if (keys == NULL)
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, "the list is missing", error);
  if (source == NULL || *g_strstrip (source) == '\0')
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, "Source", "the source of the list is missing", error);
  if (g_strv_length (keys) > MAX_ITEMS)
    return refuse (parser, PROBITY_PROFILE_ERROR_TOO_LARGE, group, NULL, "too many entries", error);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char    *label = NULL;
      ProbityProfileItem *item;

      if (g_str_equal (keys[i], "Source"))
        continue;

      label = g_key_file_get_string (parser->file, group, keys[i], NULL);
      if (!is_id (keys[i]))
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, keys[i], "ids have letters, digits and hyphens only", error);
      if (label == NULL || *g_strstrip (label) == '\0' || strlen (label) > MAX_VALUE)
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, keys[i], "no name for it", error);

      item = g_new0 (ProbityProfileItem, 1);
      item->id = g_strdup (keys[i]);
      item->label = g_steal_pointer (&label);
      g_ptr_array_add (items, item);
    }

  if (items->len == 0)
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, "the list is empty", error);

  g_hash_table_insert (parser->self->sources, make_path (group, ""), g_steal_pointer (&source));
  g_hash_table_insert (parser->self->lists, g_strdup (list), g_steal_pointer (&items));

  return TRUE;
}

static char *
dup_value (Parser     *parser,
           const char *group,
           const char *key)
{
  g_autofree char *path = make_path (group, key);

  return g_strdup (g_hash_table_lookup (parser->self->values, path));
}

static guint
get_number (Parser     *parser,
            const char *group,
            const char *key)
{
  g_autofree char *value = dup_value (parser, group, key);

  return (guint) g_ascii_strtoull (value, NULL, 10);
}

static void
add_alias (Parser                 *parser,
           const char             *word,
           ProbityEmploymentGroup *employment)
{
  g_autofree char *folded = probity_fold_word (word);

  if (*folded != '\0' && !g_hash_table_contains (parser->self->aliases, folded))
    g_hash_table_insert (parser->self->aliases, g_steal_pointer (&folded), employment);
}

static gboolean
parse_employment_group (Parser     *parser,
                        const char *group,
                        const char *id,
                        GError    **error)
{
  g_autofree char *from = NULL;
  g_autofree char *aliases = NULL;
  g_autofree char *lawful_order = NULL;
  g_auto (GStrv) words = NULL;
  ProbityEmploymentGroup *employment;

  if (!is_id (id))
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, "ids have letters, digits and hyphens only", error);
  if (parser->self->groups->len >= MAX_ITEMS)
    return refuse (parser, PROBITY_PROFILE_ERROR_TOO_LARGE, group, NULL, "too many groups", error);
  if (!parse_group (parser, group, employment_rules, G_N_ELEMENTS (employment_rules), error))
    return FALSE;

  employment = g_new0 (ProbityEmploymentGroup, 1);
  g_ptr_array_add (parser->self->groups, employment);
  lawful_order = dup_value (parser, group, "Lawful-Order");
  employment->id = g_strdup (id);
  employment->title = dup_value (parser, group, "Title");
  employment->lawful_order = g_str_equal (lawful_order, "yes");
  employment->appeal_days = get_number (parser, group, "Appeal-Days");
  employment->decide_days = get_number (parser, group, "Decide-Days");
  employment->legal_basis = dup_value (parser, group, "Legal-Basis");
  employment->legal_basis_before = dup_value (parser, group, "Legal-Basis-Before");
  employment->lawful_order_text = dup_value (parser, group, "Lawful-Order-Text");
  employment->appeal_to = dup_value (parser, group, "Appeal-To");
  employment->appeal_text = dup_value (parser, group, "Appeal-Text");
  employment->companion_text = dup_value (parser, group, "Companion-Text");

  if (employment->lawful_order && !g_str_equal (id, "officer"))
    return refuse (parser, PROBITY_PROFILE_ERROR_FORBIDDEN, group, "Lawful-Order", "only police officers are bound by lawful orders", error);
  if (employment->lawful_order && employment->lawful_order_text == NULL)
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, "Lawful-Order-Text", "missing", error);

  from = dup_value (parser, group, "Legal-Basis-From");
  if (from != NULL)
    {
      employment->legal_basis_from = probity_day_from_iso (from);
      if (employment->legal_basis_from == PROBITY_DAY_NONE || employment->legal_basis_before == NULL)
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, "Legal-Basis-From", "not a day, or without Legal-Basis-Before", error);
    }

  add_alias (parser, id, employment);
  add_alias (parser, employment->title, employment);
  aliases = dup_value (parser, group, "Aliases");
  words = g_strsplit (aliases != NULL ? aliases : "", ";", MAX_ITEMS);
  for (guint i = 0; words[i] != NULL; i++)
    add_alias (parser, words[i], employment);

  return TRUE;
}

static gboolean
parse_condition (Parser     *parser,
                 const char *group,
                 const char *code,
                 GError    **error)
{
  ProbityCondition *condition;

  if (!is_id (code))
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, "codes have letters, digits and hyphens only", error);
  if (parser->self->conditions->len >= MAX_ITEMS)
    return refuse (parser, PROBITY_PROFILE_ERROR_TOO_LARGE, group, NULL, "too many conditions", error);
  if (!parse_group (parser, group, condition_rules, G_N_ELEMENTS (condition_rules), error))
    return FALSE;

  condition = g_new0 (ProbityCondition, 1);
  condition->code = g_strdup (code);
  condition->text = dup_value (parser, group, "Text");
  condition->review_months = get_number (parser, group, "Review-Months");
  g_ptr_array_add (parser->self->conditions, condition);

  return TRUE;
}

/* `[Checklist conduct assessment]`: code=text, each with its Source.code. A kind or stage that this program does not have is no error: profiles outlive versions. */
static gboolean
parse_checklist (Parser     *parser,
                 const char *group,
                 const char *name,
                 GError    **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (parser->file, group, NULL, NULL);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (free_item);
  const char *blank = strchr (name, ' ');

  if (blank == NULL || !is_id (blank + 1) || strlen (name) > 2 * MAX_ID)
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, "a checklist is named by kind of case and stage, as in [Checklist conduct assessment]", error);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      ProbityProfileItem *item;
      g_autofree char    *text = NULL;
      g_autofree char    *source_key = NULL;
      g_autofree char    *source = NULL;

      if (g_str_has_prefix (keys[i], "Source."))
        {
          if (!g_key_file_has_key (parser->file, group, keys[i] + strlen ("Source."), NULL))
            return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, keys[i], "the source of nothing", error);
          continue;
        }
      if (!is_id (keys[i]))
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, keys[i], "codes have letters, digits and hyphens only", error);
      if (items->len >= MAX_ITEMS)
        return refuse (parser, PROBITY_PROFILE_ERROR_TOO_LARGE, group, NULL, "too many entries", error);
      text = g_key_file_get_string (parser->file, group, keys[i], NULL);
      source_key = g_strconcat ("Source.", keys[i], NULL);
      source = g_key_file_get_string (parser->file, group, source_key, NULL);
      if (text == NULL || *g_strstrip (text) == '\0' || strlen (text) > MAX_VALUE)
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, keys[i], "no text", error);
      if (source == NULL || *g_strstrip (source) == '\0' || strlen (source) > MAX_VALUE)
        return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, keys[i], "its source is missing", error);

      item = g_new0 (ProbityProfileItem, 1);
      item->id = g_strdup (keys[i]);
      item->label = g_steal_pointer (&text);
      item->source = g_steal_pointer (&source);
      g_ptr_array_add (items, item);
    }

  g_hash_table_insert (parser->self->checklists, g_strdup (name), g_steal_pointer (&items));

  return TRUE;
}

static gboolean
check_routes (Parser     *parser,
              const char *group,
              GError    **error)
{
  static const char *const known[] = { "management-action", "reflective-practice", "performance", "vetting", "no-action", NULL };
  g_autofree char         *value = dup_value (parser, group, "Severity-Routes");
  g_auto (GStrv) routes = g_strsplit (value != NULL ? value : "", ";", MAX_ITEMS);

  for (guint i = 0; routes[i] != NULL; i++)
    if (!g_strv_contains (known, g_strstrip (routes[i])))
      return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, "Severity-Routes", "names a way that this program does not know", error);

  return TRUE;
}

/* `[Conduct-Rules 2020-02-01]`: what holds for matters that came to attention from that day on. */
static gboolean
parse_conduct_rules (Parser     *parser,
                     const char *group,
                     const char *from,
                     GError    **error)
{
  const ProbityDay day = probity_day_from_iso (from);

  if (day == PROBITY_DAY_NONE)
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, "named by the day from which it holds, as in [Conduct-Rules 2020-02-01]", error);
  if (parser->self->conduct_rules->len >= MAX_ITEMS)
    return refuse (parser, PROBITY_PROFILE_ERROR_TOO_LARGE, group, NULL, "too many groups of rules", error);
  g_array_append_val (parser->self->conduct_rules, day);

  return parse_group (parser, group, conduct_rules, G_N_ELEMENTS (conduct_rules), error) && check_routes (parser, group, error);
}

static gboolean
parse_any_group (Parser     *parser,
                 const char *group,
                 GError    **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (list_groups); i++)
    if (g_str_equal (group, list_groups[i].group))
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (group, rules[i].group))
      return TRUE;
  if (g_str_equal (group, "References"))
    return parse_group (parser, group, reference_rules, G_N_ELEMENTS (reference_rules), error);
  if (g_str_equal (group, "Compliance"))
    return parse_group (parser, group, compliance_rules, G_N_ELEMENTS (compliance_rules), error);
  if (g_str_has_prefix (group, "Employment-Group "))
    return parse_employment_group (parser, group, group + strlen ("Employment-Group "), error);
  if (g_str_has_prefix (group, "Condition "))
    return parse_condition (parser, group, group + strlen ("Condition "), error);
  if (g_str_has_prefix (group, "Conduct-Rules "))
    return parse_conduct_rules (parser, group, group + strlen ("Conduct-Rules "), error);
  if (g_str_has_prefix (group, "Stages "))
    {
      const char *complaint = _probity_profile_parse_stages (parser->self, parser->file, group);

      return complaint == NULL || refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, complaint, error);
    }
  if (g_str_has_prefix (group, "Checklist "))
    return parse_checklist (parser, group, group + strlen ("Checklist "), error);

  return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, group, NULL, "an unknown group", error);
}

static gboolean
has_item (Parser     *parser,
          const char *list,
          const char *id)
{
  GPtrArray *items = g_hash_table_lookup (parser->self->lists, list);

  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((ProbityProfileItem *) g_ptr_array_index (items, i))->id, id))
      return TRUE;

  return FALSE;
}

/* What can only be told once everything is read. */
static gboolean
check_whole (Parser  *parser,
             GError **error)
{
  static const char *const required[][2] = {
    { "Required-Systems-Complaints", "other-systems-complaints" },
    { "Required-Systems-Intelligence", "other-systems-intelligence" },
  };
  g_autofree char *fallback = dup_value (parser, "Employment-Groups", "Default");
  g_autofree char *folded = probity_fold_word (fallback);
  g_autofree char *view = dup_value (parser, "Route", "View");
  g_autofree char *signatory = dup_value (parser, "Route", "Signatory");

  if (!has_item (parser, "categories", "other"))
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, "Categories", "other", "missing: an unknown category becomes other", error);
  if (!g_hash_table_contains (parser->self->aliases, folded))
    return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, "Employment-Groups", "Default", "no such group", error);

  /* Who signs outside professional standards must have their view. */
  if (g_str_equal (signatory, "head-of-hr") && !g_str_equal (view, "required"))
    return refuse (parser, PROBITY_PROFILE_ERROR_FORBIDDEN, "Route", "View", "must be “required” where the head of HR signs: the checks would count for nothing", error);

  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    {
      g_autofree char *value = dup_value (parser, "Checks", required[i][0]);
      g_auto (GStrv) ids = g_strsplit (value, ";", MAX_ITEMS);

      for (guint n = 0; ids[n] != NULL; n++)
        if (*g_strstrip (ids[n]) != '\0' && !has_item (parser, required[i][1], ids[n]))
          return refuse (parser, PROBITY_PROFILE_ERROR_INVALID, "Checks", required[i][0], "names a system that is not listed", error);
    }

  return TRUE;
}

/* Reads self->bytes; @name is what messages call the file. */
gboolean
_probity_profile_parse (ProbityProfile *self,
                        const char     *name,
                        GError        **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) groups = NULL;
  Parser      parser = { self, file, name };
  const char *last = NULL;
  gsize       length;
  const char *data = g_bytes_get_data (self->bytes, &length);
  int         format;

  if (length > MAX_BYTES)
    {
      g_set_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_TOO_LARGE, "%s: larger than %d bytes", name, MAX_BYTES);
      return FALSE;
    }
  if (length == 0 || !g_utf8_validate_len (data, length, NULL) ||
      !g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_INVALID, "%s: no profile: %s", name, local_error != NULL ? local_error->message : "empty, or not UTF-8");
      return FALSE;
    }

  format = g_key_file_get_integer (file, "Profile", "Format", NULL);
  if (format > FORMAT)
    return refuse (&parser, PROBITY_PROFILE_ERROR_NEWER, "Profile", "Format", "of a newer version of Probity", error);
  if (format != FORMAT)
    return refuse (&parser, PROBITY_PROFILE_ERROR_INVALID, "Profile", "Format", "missing", error);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (last != NULL && g_str_equal (last, rules[i].group))
        continue;
      last = rules[i].group;
      if (!parse_group (&parser, last, rules, G_N_ELEMENTS (rules), error))
        return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (list_groups); i++)
    if ((!list_groups[i].optional || g_key_file_has_group (file, list_groups[i].group)) &&
        !parse_list (&parser, list_groups[i].group, list_groups[i].list, error))
      return FALSE;

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!parse_any_group (&parser, groups[i], error))
      return FALSE;

  return check_whole (&parser, error);
}
