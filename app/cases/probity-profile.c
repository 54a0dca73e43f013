/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-profile-private.h"

#include <string.h>

#include "probity-parse.h"

G_DEFINE_QUARK (probity-profile-error-quark, probity_profile_error)
G_DEFINE_BOXED_TYPE (ProbityProfile, probity_profile, probity_profile_ref, probity_profile_unref)

static void
free_employment_group (gpointer data)
{
  ProbityEmploymentGroup *employment = data;

  g_free (employment->id);
  g_free (employment->title);
  g_free (employment->legal_basis);
  g_free (employment->legal_basis_before);
  g_free (employment->lawful_order_text);
  g_free (employment->appeal_to);
  g_free (employment->appeal_text);
  g_free (employment->companion_text);
  g_free (employment);
}

static void
free_condition (gpointer data)
{
  ProbityCondition *condition = data;

  g_free (condition->code);
  g_free (condition->text);
  g_free (condition);
}

static const char *
lookup (GHashTable *table,
        const char *group,
        const char *key)
{
  g_autofree char *path = g_strconcat (group, "/", key, NULL);

  return g_hash_table_lookup (table, path);
}

static const char *
get_value (ProbityProfile *self,
           const char     *group,
           const char     *key)
{
  return lookup (self->values, group, key);
}

static guint
get_number (ProbityProfile *self,
            const char     *group,
            const char     *key)
{
  return (guint) g_ascii_strtoull (get_value (self, group, key), NULL, 10);
}

static const ProbityProfileItem *
find_item (ProbityProfile *self,
           const char     *list,
           const char     *id)
{
  GPtrArray *items = g_hash_table_lookup (self->lists, list);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const ProbityProfileItem *item = g_ptr_array_index (items, i);

      if (g_str_equal (item->id, id))
        return item;
    }

  return NULL;
}

/**
 * probity_profile_new_from_bytes:
 * @bytes: a key file, at most 1 MiB; kept, so that a casebook can hold an exact copy
 * @name: what messages call the file
 *
 * Reads the rules of a force. A key that is unknown, missing or without its source is refused, and so is any value
 * that would take away a check or the separation of duties.
 *
 * Returns: (transfer full) (nullable): the profile, or %NULL with an error that names file, group and key
 */
ProbityProfile *
probity_profile_new_from_bytes (GBytes     *bytes,
                                const char *name,
                                GError    **error)
{
  g_autoptr (ProbityProfile) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  self = g_new0 (ProbityProfile, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->bytes = g_bytes_ref (bytes);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->checklists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->groups = g_ptr_array_new_with_free_func (free_employment_group);
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->conditions = g_ptr_array_new_with_free_func (free_condition);
  self->holidays = g_array_new (FALSE, FALSE, sizeof (ProbityDay));
  self->conduct_rules = g_array_new (FALSE, FALSE, sizeof (ProbityDay));
  self->stages = g_ptr_array_new_with_free_func (_probity_profile_stages_free);

  if (!_probity_profile_parse (self, name, error))
    return NULL;

  self->digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  self->valid_from = probity_day_from_iso (get_value (self, "Profile", "Valid-From"));
  self->version = g_strdup_printf ("%s-%.8s", get_value (self, "Profile", "Valid-From"), self->digest);

  return g_steal_pointer (&self);
}

/**
 * probity_profile_load_builtin:
 * @name: `derbyshire`, `durham`, `generic`
 *
 * Reads a profile that is installed beside the program, or below the folder that `PROBITY_DATADIR` names.
 */
ProbityProfile *
probity_profile_load_builtin (const char *name,
                              GError    **error)
{
  const char      *folder = g_getenv ("PROBITY_DATADIR");
  g_autofree char *file_name = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  g_return_val_if_fail (name != NULL, NULL);

  /* A name, not a way out of the folder. */
  for (const char *at = name; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-')
      {
        g_set_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_NOT_FOUND, "no profile “%s”", name);
        return NULL;
      }

  file_name = g_strconcat (name, ".profile", NULL);
  path = g_build_filename (folder != NULL ? folder : PROBITY_PKGDATADIR, "profiles", file_name, NULL);
  if (!g_file_get_contents (path, &contents, &length, NULL))
    {
      g_set_error (error, PROBITY_PROFILE_ERROR, PROBITY_PROFILE_ERROR_NOT_FOUND, "no profile “%s”", name);
      return NULL;
    }

  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);

  return probity_profile_new_from_bytes (bytes, file_name, error);
}

ProbityProfile *
probity_profile_ref (ProbityProfile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
probity_profile_unref (ProbityProfile *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_bytes_unref (self->bytes);
  g_free (self->digest);
  g_free (self->version);
  g_hash_table_unref (self->values);
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->checklists);
  g_hash_table_unref (self->aliases);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->conditions);
  g_array_unref (self->holidays);
  g_array_unref (self->conduct_rules);
  g_ptr_array_unref (self->stages);
  g_free (self);
}

/**
 * probity_profile_get_name:
 *
 * Returns: `derbyshire`
 */
const char *
probity_profile_get_name (ProbityProfile *self)
{
  return get_value (self, "Profile", "Name");
}

/**
 * probity_profile_get_version:
 *
 * Returns: the day from which it holds and the beginning of its digest; another text, another version
 */
const char *
probity_profile_get_version (ProbityProfile *self)
{
  return self->version;
}

/**
 * probity_profile_get_digest:
 *
 * Returns: SHA-256 of the bytes, in hexadecimal
 */
const char *
probity_profile_get_digest (ProbityProfile *self)
{
  return self->digest;
}

/**
 * probity_profile_get_bytes:
 *
 * Returns: (transfer none): exactly what it was read from
 */
GBytes *
probity_profile_get_bytes (ProbityProfile *self)
{
  return self->bytes;
}

ProbityDay
probity_profile_get_valid_from (ProbityProfile *self)
{
  return self->valid_from;
}

const char *
probity_profile_get_force_name (ProbityProfile *self)
{
  return get_value (self, "Profile", "Force-Name");
}

/**
 * probity_profile_get_department:
 * @department: `professional-standards`, `professional-standards-short`, `anti-corruption`, `human-resources` or `chief-officer`
 *
 * Returns: (nullable): what the force calls it
 */
const char *
probity_profile_get_department (ProbityProfile *self,
                                const char     *department)
{
  static const char *const names[][2] = {
    { "professional-standards", "Professional-Standards" },
    { "professional-standards-short", "Professional-Standards-Short" },
    { "anti-corruption", "Anti-Corruption" },
    { "human-resources", "Human-Resources" },
    { "chief-officer", "Chief-Officer" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], department))
      return get_value (self, "Departments", names[i][1]);

  return NULL;
}

/**
 * probity_profile_get_source:
 * @key: a key of @group, or the empty string for a whole list
 *
 * Returns: (nullable): the rule from which the value comes, as the profile names it
 */
const char *
probity_profile_get_source (ProbityProfile *self,
                            const char     *group,
                            const char     *key)
{
  return lookup (self->sources, group, key);
}

/**
 * probity_profile_is_setting:
 *
 * Whether no source states the value and the force has to set it.
 */
gboolean
probity_profile_is_setting (ProbityProfile *self,
                            const char     *group,
                            const char     *key)
{
  const char *source = probity_profile_get_source (self, group, key);

  return source != NULL && g_str_has_prefix (source, "setting");
}

/**
 * probity_profile_requires_comment:
 * @for_role: `line-manager` or `head-of-hr`
 *
 * Whether there is no approval without this comment (or its recorded waiver). A comment is always allowed.
 */
gboolean
probity_profile_requires_comment (ProbityProfile *self,
                                  const char     *for_role)
{
  const char *key = NULL;

  if (g_str_equal (for_role, "line-manager"))
    key = "Line-Manager-Comment";
  else if (g_str_equal (for_role, "head-of-hr"))
    key = "Head-Of-HR-Comment";

  return key != NULL && g_str_equal (get_value (self, "Route", key), "required");
}

/**
 * probity_profile_requires_view:
 *
 * Whether professional standards give a view, sealed to a signatory outside the department, who cannot approve over
 * an objection.
 */
gboolean
probity_profile_requires_view (ProbityProfile *self)
{
  return g_str_equal (get_value (self, "Route", "View"), "required");
}

/**
 * probity_profile_get_signatory:
 *
 * Returns: the role that decides: `head-of-hr` or `decider`
 */
const char *
probity_profile_get_signatory (ProbityProfile *self)
{
  return get_value (self, "Route", "Signatory");
}

gboolean
probity_profile_head_of_hr_may_comment_and_sign (ProbityProfile *self)
{
  return g_str_equal (get_value (self, "Route", "Head-Of-HR-May-Comment-And-Sign"), "yes");
}

/**
 * probity_profile_numbers_second_jobs:
 *
 * Whether second jobs are numbered through the year without a gap (`SJ/2026/0007`), so that one which is sealed
 * later leaves its number missing. Otherwise their references are drawn (`SJ/7KQ2MX`) and tell nothing.
 */
gboolean
probity_profile_numbers_second_jobs (ProbityProfile *self)
{
  return g_strcmp0 (get_value (self, "References", "Second-Jobs"), "numbered") == 0;
}

/**
 * probity_profile_get_stand_in:
 * @role: `line-manager`, `head-of-hr`, `decider`, `psd-officer` or `acu-officer`
 *
 * Who acts where the applicant holds @role.
 *
 * Returns: (nullable): a role (the same one means another holder of it), or `named` where HR or professional
 *   standards name a person with a reason
 */
const char *
probity_profile_get_stand_in (ProbityProfile *self,
                              const char     *role)
{
  return get_value (self, "Stand-Ins", role);
}

/**
 * probity_profile_get_check_age_days:
 *
 * Returns: how old a check may be at the decision, in days
 */
guint
probity_profile_get_check_age_days (ProbityProfile *self)
{
  return get_number (self, "Checks", "Maximum-Age-Days");
}

/**
 * probity_profile_dup_required_systems:
 * @check: `complaints` or `intelligence`
 *
 * Returns: (transfer full): ids of other systems without whose search a check cannot be published; often none
 */
GStrv
probity_profile_dup_required_systems (ProbityProfile *self,
                                      const char     *check)
{
  const char *value = get_value (self, "Checks", g_str_equal (check, "complaints") ? "Required-Systems-Complaints" : "Required-Systems-Intelligence");
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (ids, parts[i]);

  return g_strv_builder_end (ids);
}

/**
 * probity_profile_get_weekly_limit:
 *
 * Returns: the weekly average that all work together should not exceed, in minutes
 */
int
probity_profile_get_weekly_limit (ProbityProfile *self)
{
  return (int) get_number (self, "Hours", "Weekly-Limit") * 60;
}

/**
 * probity_profile_get_local_cap:
 *
 * Returns: the force's own weekly cap on other work in minutes, 0 where it has none
 */
int
probity_profile_get_local_cap (ProbityProfile *self)
{
  return (int) get_number (self, "Hours", "Local-Cap") * 60;
}

guint
probity_profile_get_averaging_weeks (ProbityProfile *self)
{
  return get_number (self, "Hours", "Averaging-Weeks");
}

/**
 * probity_profile_get_next_review:
 * @last: the day of approval, or of the last review
 *
 * Returns: the day on which the next review is due: the anniversary, or the first day of the force's month of review
 *   within the year
 */
ProbityDay
probity_profile_get_next_review (ProbityProfile *self,
                                 ProbityDay      last)
{
  guint      month = get_number (self, "Review", "Month");
  ProbityDay latest = probity_day_add_months (last, (int) get_number (self, "Review", "Interval-Months"));
  ProbityDay due;
  int        year;

  if (month == 0 || !probity_day_split (latest, &year, NULL, NULL))
    return latest;

  due = probity_day_new (year, (int) month, 1);
  if (due > latest)
    due = probity_day_new (year - 1, (int) month, 1);

  /* An interval shorter than a year may have no such month in it. */
  return due > last ? due : latest;
}

/**
 * probity_profile_get_review_lead_days:
 *
 * Returns: how many days before it is due a review comes on the list
 */
guint
probity_profile_get_review_lead_days (ProbityProfile *self)
{
  return get_number (self, "Review", "Lead-Days");
}

/**
 * probity_profile_get_retention_years:
 *
 * Returns: years after a job has ceased until keeping its record is reviewed (never deleted by the clock)
 */
guint
probity_profile_get_retention_years (ProbityProfile *self)
{
  return get_number (self, "Retention", "Review-Years");
}

/**
 * probity_profile_get_extra_holidays:
 *
 * Returns: (array length=ret_n) (nullable): bank holidays proclaimed since this program was made, for the functions
 *   of working days
 */
const ProbityDay *
probity_profile_get_extra_holidays (ProbityProfile *self,
                                    gsize          *ret_n)
{
  *ret_n = self->holidays->len;

  return (const ProbityDay *) (gpointer) self->holidays->data;
}

/**
 * probity_profile_dup_list:
 * @list: `categories`, `employment-groups`, `allegation-types`, `corruption-categories`, `source-evaluations`,
 *   `information-assessments`, `handling-codes`, `handling-conditions`, `other-systems-complaints`,
 *   `other-systems-intelligence`, `conditions`, `operations`, `outlets` or `journalists`
 *
 * Returns: (transfer full) (nullable): the ids, in the profile's order; %NULL where there is no such list
 */
GStrv
probity_profile_dup_list (ProbityProfile *self,
                          const char     *list)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GPtrArray *items = g_hash_table_lookup (self->lists, list);

  if (g_str_equal (list, "employment-groups"))
    for (guint i = 0; i < self->groups->len; i++)
      g_strv_builder_add (ids, ((ProbityEmploymentGroup *) g_ptr_array_index (self->groups, i))->id);
  else if (g_str_equal (list, "conditions"))
    for (guint i = 0; i < self->conditions->len; i++)
      g_strv_builder_add (ids, ((ProbityCondition *) g_ptr_array_index (self->conditions, i))->code);
  else if (items != NULL)
    for (guint i = 0; i < items->len; i++)
      g_strv_builder_add (ids, ((ProbityProfileItem *) g_ptr_array_index (items, i))->id);
  else
    return NULL;

  return g_strv_builder_end (ids);
}

/**
 * probity_profile_get_label:
 *
 * Returns: (nullable): what a person reads for @id of @list
 */
const char *
probity_profile_get_label (ProbityProfile *self,
                           const char     *list,
                           const char     *id)
{
  const ProbityProfileItem *item;

  if (id == NULL)
    return NULL;

  if (g_str_equal (list, "employment-groups"))
    {
      for (guint i = 0; i < self->groups->len; i++)
        {
          const ProbityEmploymentGroup *employment = g_ptr_array_index (self->groups, i);

          if (g_str_equal (employment->id, id))
            return employment->title;
        }
      return NULL;
    }
  if (g_str_equal (list, "conditions"))
    {
      const ProbityCondition *condition = probity_profile_get_condition (self, id);

      return condition != NULL ? condition->text : NULL;
    }

  item = find_item (self, list, id);

  return item != NULL ? item->label : NULL;
}

/**
 * probity_profile_find:
 * @text: (nullable): an id or a label, in any case and punctuation; a code with its label behind it (`A1 Covert
 *   development`) is no match
 *
 * Returns: (nullable): the id in @list
 */
const char *
probity_profile_find (ProbityProfile *self,
                      const char     *list,
                      const char     *text)
{
  GPtrArray       *items = g_hash_table_lookup (self->lists, list);
  g_autofree char *folded = NULL;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;

  folded = probity_fold_word (text);
  if (g_str_equal (list, "employment-groups"))
    {
      const ProbityEmploymentGroup *employment = g_hash_table_lookup (self->aliases, folded);

      return employment != NULL ? employment->id : NULL;
    }

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const ProbityProfileItem *item = g_ptr_array_index (items, i);
      g_autofree char          *id = probity_fold_word (item->id);
      g_autofree char          *label = probity_fold_word (item->label);

      if (g_str_equal (id, folded) || g_str_equal (label, folded))
        return item->id;
    }

  return NULL;
}

/**
 * probity_profile_find_category:
 *
 * Returns: the id of a category of second jobs; `other` for what the list does not have
 */
const char *
probity_profile_find_category (ProbityProfile *self,
                               const char     *text)
{
  const char *id = probity_profile_find (self, "categories", text);

  return id != NULL ? id : "other";
}

/**
 * probity_profile_get_employment_group:
 * @text: (nullable): an id, title or alias, as staff systems write it
 *
 * Returns: the group, or the profile's default group where @text names none
 */
const ProbityEmploymentGroup *
probity_profile_get_employment_group (ProbityProfile *self,
                                      const char     *text)
{
  const ProbityEmploymentGroup *employment = NULL;
  g_autofree char              *fallback = probity_fold_word (get_value (self, "Employment-Groups", "Default"));

  if (text != NULL && g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *folded = probity_fold_word (text);

      employment = g_hash_table_lookup (self->aliases, folded);
    }

  return employment != NULL ? employment : g_hash_table_lookup (self->aliases, fallback);
}

/**
 * probity_profile_get_condition:
 *
 * Returns: (nullable): the condition of the library with this code
 */
const ProbityCondition *
probity_profile_get_condition (ProbityProfile *self,
                               const char     *code)
{
  for (guint i = 0; i < self->conditions->len; i++)
    {
      const ProbityCondition *condition = g_ptr_array_index (self->conditions, i);

      if (g_str_equal (condition->code, code))
        return condition;
    }

  return NULL;
}

/**
 * probity_profile_get_letter_text:
 * @key: a key of the group `Letter`: `Reply-To`, `Approved`, `Approved-With-Conditions`, `Refused`, `Deferred`, `Change`, `Review`
 *   or `Footer`
 */
const char *
probity_profile_get_letter_text (ProbityProfile *self,
                                 const char     *key)
{
  return get_value (self, "Letter", key);
}

/**
 * probity_profile_get_n_checklist:
 * @kind: name of a kind of case, `conduct`
 *
 * Returns: how many things the force wants looked at while a case of @kind stands at @stage; 0 for no list
 */
guint
probity_profile_get_n_checklist (ProbityProfile *self,
                                 const char     *kind,
                                 const char     *stage)
{
  g_autofree char *name = g_strconcat (kind, " ", stage, NULL);
  GPtrArray       *items = g_hash_table_lookup (self->checklists, name);

  return items != NULL ? items->len : 0;
}

/**
 * probity_profile_get_checklist:
 * @index: below probity_profile_get_n_checklist()
 * @ret_code: what names the item, and does not change with its words
 * @ret_text: the item as a person reads it
 * @ret_source: the rule that it comes from
 */
void
probity_profile_get_checklist (ProbityProfile *self,
                               const char     *kind,
                               const char     *stage,
                               guint           index,
                               const char    **ret_code,
                               const char    **ret_text,
                               const char    **ret_source)
{
  g_autofree char          *name = g_strconcat (kind, " ", stage, NULL);
  GPtrArray                *items = g_hash_table_lookup (self->checklists, name);
  const ProbityProfileItem *item = g_ptr_array_index (items, index);

  *ret_code = item->id;
  *ret_text = item->label;
  *ret_source = item->source;
}
