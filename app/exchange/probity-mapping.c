/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-mapping.h"

#include <string.h>

#define MAX_BYTES (256 * 1024)
#define MAX_HEADINGS 64

/**
 * ProbityMapping:
 *
 * Which column of a file is which of ours: by our own headings, by a table of aliases, or as a mapping file says.
 *
 * A mapping file is a key file. `[columns]` has `target=Heading` lines, several headings separated by semicolons where
 * they are joined (`address=Street;Town`), `#3` for the third column where headings do not tell. `[formats]` declares
 * the order of dates, `date=dmy`, `mdy` or `iso`, or of one column `date.received=dmy`.
 */
struct _ProbityMapping
{
  ProbityFileKind     kind;
  const ProbityAlias *aliases;
  gsize               n_aliases;

  GHashTable       *known;  /* folded heading → Known */
  GStrv            *mapped; /* by target: headings of the mapping file, or NULL */
  ProbityDateOrder *orders; /* by target */
  char             *name;
};

typedef struct
{
  guint target;
  guint rank; /* lower is better */
  guint tier;
} Known;

typedef struct
{
  guint position;
  guint rank;
} Candidate;

G_DEFINE_QUARK (probity-mapping-error-quark, probity_mapping_error)

static void
add_known (ProbityMapping *self,
           const char     *word,
           guint           target,
           guint           rank,
           guint           tier)
{
  g_autofree char *folded = probity_fold_word (word);
  Known           *known;

  if (*folded == '\0' || g_hash_table_contains (self->known, folded))
    return;

  known = g_new (Known, 1);
  known->target = target;
  known->rank = rank;
  known->tier = tier;
  g_hash_table_insert (self->known, g_steal_pointer (&folded), known);
}

static void
fill_known (ProbityMapping *self)
{
  /* Our own headings come before all aliases of others. */
  for (guint target = 0; target < self->n_aliases; target++)
    add_known (self, self->aliases[target].target, target, 0, 0);

  for (guint target = 0; target < self->n_aliases; target++)
    {
      const ProbityAlias *alias = &self->aliases[target];
      g_auto (GStrv) words = g_strsplit (alias->aliases, " ", -1);
      guint tier = 0;

      for (guint i = 0; words[i] != NULL; i++)
        {
          if (g_str_equal (words[i], "|"))
            tier++;
          else
            add_known (self, words[i], target, i + 1, alias->join == PROBITY_JOIN_NONE ? i + 1 : tier);
        }
    }
}

/* `Received (dd/mm/yyyy)` declares an order. */
static ProbityDateOrder
find_order (const char *heading)
{
  g_autofree char *folded = probity_fold_word (heading);

  if (strstr (folded, "ddmmyyyy") != NULL || strstr (folded, "daymonthyear") != NULL)
    return PROBITY_DATE_ORDER_DMY;
  if (strstr (folded, "mmddyyyy") != NULL || strstr (folded, "monthdayyear") != NULL)
    return PROBITY_DATE_ORDER_MDY;

  return PROBITY_DATE_ORDER_UNDECLARED;
}

static const Known *
find_known (ProbityMapping *self,
            const char     *heading)
{
  static const char *const owners[] = { "applicants", "applicant", "officers", "officer", "employees", "employee", "persons", "person", "subjects", "subject" };
  g_autofree char         *folded = probity_fold_word (heading);
  g_autofree char         *bare = NULL;
  g_autofree char         *bare_folded = NULL;
  const Known             *known = g_hash_table_lookup (self->known, folded);

  if (known != NULL)
    return known;

  /* Without what stands in brackets: `Hours (weekly average)`. */
  bare = g_strdup (heading);
  if (strchr (bare, '(') != NULL)
    *strchr (bare, '(') = '\0';
  bare_folded = probity_fold_word (bare);
  known = g_hash_table_lookup (self->known, bare_folded);
  if (known != NULL)
    return known;

  /* Without whose it is: `Applicant's surname`. */
  for (gsize i = 0; i < G_N_ELEMENTS (owners); i++)
    if (g_str_has_prefix (bare_folded, owners[i]))
      {
        known = g_hash_table_lookup (self->known, bare_folded + strlen (owners[i]));
        if (known != NULL)
          return known;
      }

  return NULL;
}

static gboolean
find_target (ProbityMapping *self,
             const char     *name,
             guint          *ret_target)
{
  for (guint target = 0; target < self->n_aliases; target++)
    if (g_str_equal (self->aliases[target].target, name))
      {
        *ret_target = target;
        return TRUE;
      }

  return FALSE;
}

static gboolean
is_heading (const char *mapped,
            const char *heading,
            guint       position)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  gint64           number;

  if (*mapped == '#' && g_ascii_string_to_signed (mapped + 1, 10, 1, G_MAXINT, &number, NULL))
    return (guint) number == position + 1;

  one = probity_fold_word (mapped);
  other = probity_fold_word (heading);

  /* A heading of signs only has nothing to fold. */
  return *one != '\0' ? g_str_equal (one, other) : g_str_equal (mapped, heading);
}

/* The target for which the mapping file wants this column, or -1. */
static int
find_mapped (ProbityMapping *self,
             const char     *heading,
             guint           position,
             gboolean        numbers)
{
  for (guint target = 0; target < self->n_aliases; target++)
    for (guint i = 0; self->mapped[target] != NULL && self->mapped[target][i] != NULL; i++)
      if ((numbers || *self->mapped[target][i] != '#') && is_heading (self->mapped[target][i], heading, position))
        return (int) target;

  return -1;
}

static gboolean
read_columns (ProbityMapping *self,
              GKeyFile       *file,
              GError        **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, "columns", NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_auto (GStrv) headings = NULL;
      gsize n = 0;
      guint target;

      if (!find_target (self, keys[i], &target))
        {
          g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_UNKNOWN, "%s: [columns] %s: there is no such column", self->name, keys[i]);
          return FALSE;
        }

      headings = g_key_file_get_string_list (file, "columns", keys[i], &n, NULL);
      for (gsize h = 0; h < n; h++)
        g_strstrip (headings[h]);
      if (n == 0 || n > MAX_HEADINGS || *headings[0] == '\0')
        {
          g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_INVALID, "%s: [columns] %s: no heading is named, or too many", self->name, keys[i]);
          return FALSE;
        }
      if (n > 1 && self->aliases[target].join == PROBITY_JOIN_NONE)
        {
          g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_INVALID, "%s: [columns] %s: several headings cannot be joined in this column", self->name, keys[i]);
          return FALSE;
        }

      g_strfreev (self->mapped[target]);
      self->mapped[target] = g_steal_pointer (&headings);
    }

  return TRUE;
}

static gboolean
read_formats (ProbityMapping *self,
              GKeyFile       *file,
              GError        **error)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, "formats", NULL, NULL);

  /* The order of all dates first, then those of single columns. */
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
      {
        g_autofree char *value = g_key_file_get_string (file, "formats", keys[i], NULL);
        gboolean         all = g_str_equal (keys[i], "date");
        ProbityDateOrder order;
        guint            target = 0;

        if (!all && (!g_str_has_prefix (keys[i], "date.") || !find_target (self, keys[i] + strlen ("date."), &target)))
          {
            g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_UNKNOWN, "%s: [formats] %s: there is no such format", self->name, keys[i]);
            return FALSE;
          }
        if (!probity_parse_date_order (value, &order, error))
          {
            g_prefix_error (error, "%s: [formats] %s: ", self->name, keys[i]);
            return FALSE;
          }
        for (guint t = 0; all && pass == 0 && t < self->n_aliases; t++)
          self->orders[t] = order;
        if (!all && pass == 1)
          self->orders[target] = order;
      }

  return TRUE;
}

ProbityMapping *
probity_mapping_new (ProbityFileKind kind)
{
  ProbityMapping *self = g_new0 (ProbityMapping, 1);

  self->kind = kind;
  self->aliases = probity_aliases_get (kind, &self->n_aliases);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->mapped = g_new0 (GStrv, self->n_aliases);
  self->orders = g_new0 (ProbityDateOrder, self->n_aliases);
  fill_known (self);

  return self;
}

void
probity_mapping_free (ProbityMapping *self)
{
  g_hash_table_unref (self->known);
  for (gsize i = 0; i < self->n_aliases; i++)
    g_strfreev (self->mapped[i]);
  g_free (self->mapped);
  g_free (self->orders);
  g_free (self->name);
  g_free (self);
}

/**
 * probity_mapping_read:
 * @bytes: a mapping file, at most 256 KiB
 * @name: what messages call it
 *
 * Lets a mapping file say which column is which. Columns that it does not name are still found by their headings.
 */
gboolean
probity_mapping_read (ProbityMapping *self,
                      GBytes         *bytes,
                      const char     *name,
                      GError        **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) local_error = NULL;
  g_auto (GStrv) groups = NULL;
  gsize       length;
  const char *data = g_bytes_get_data (bytes, &length);

  g_free (self->name);
  self->name = g_utf8_make_valid (name, -1);

  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      length -= 3;
    }

  if (length == 0 || length > MAX_BYTES || !g_utf8_validate_len (data, length, NULL) ||
      !g_key_file_load_from_data (file, data, length, G_KEY_FILE_NONE, &local_error))
    {
      g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_INVALID, "%s: no mapping file: %s", self->name, local_error != NULL ? local_error->message : "empty, too large, or not UTF-8");
      return FALSE;
    }

  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    if (!g_str_equal (groups[i], "columns") && !g_str_equal (groups[i], "formats") &&
        !(self->kind == PROBITY_FILE_ACCESS_LOG && g_str_equal (groups[i], "who")))
      {
        g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_INVALID, "%s: [%s]: a mapping file has [columns] and [formats] only%s", self->name, groups[i], self->kind == PROBITY_FILE_ACCESS_LOG ? ", that of a log [who] too" : "");
        return FALSE;
      }

  return read_columns (self, file, error) && read_formats (self, file, error);
}

/**
 * probity_mapping_score:
 *
 * How many of the cells are headings of different columns; for probity_csv_reader_find_headings().
 */
guint
probity_mapping_score (const ProbityCsvRow *row,
                       gpointer             mapping)
{
  ProbityMapping      *self = mapping;
  g_autofree gboolean *seen = g_new0 (gboolean, self->n_aliases);
  guint                score = 0;

  for (guint i = 0; i < row->n_cells && row->error == NULL; i++)
    {
      const Known *known = NULL;
      /* A column named by its number says nothing about where the headings are. */
      int target = find_mapped (self, row->cells[i], i, FALSE);

      if (target < 0 && strlen (row->cells[i]) < 200)
        {
          known = find_known (self, row->cells[i]);
          target = known != NULL ? (int) known->target : -1;
        }
      if (target >= 0 && !seen[target])
        {
          seen[target] = TRUE;
          score++;
        }
    }

  return score;
}

static void
free_column (gpointer data)
{
  ProbityColumn *column = data;

  g_array_unref (column->positions);
  g_free (column->headings);
  g_free (column);
}

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *one = a;
  const Candidate *other = b;

  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;

  return one->position < other->position ? -1 : one->position > other->position;
}

static ProbityColumn *
make_column (ProbityMapping      *self,
             guint                target,
             GArray              *candidates,
             const ProbityCsvRow *headings)
{
  ProbityColumn *column = g_new0 (ProbityColumn, 1);
  g_autoptr (GString) names = g_string_new (NULL);

  column->alias = &self->aliases[target];
  column->positions = g_array_new (FALSE, FALSE, sizeof (guint));
  column->order = self->orders[target];

  if (column->alias->join == PROBITY_JOIN_WORDS || self->mapped[target] != NULL)
    g_array_sort (candidates, compare_candidates);

  for (guint i = 0; i < candidates->len; i++)
    {
      guint position = g_array_index (candidates, Candidate, i).position;

      g_array_append_val (column->positions, position);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", headings->cells[position]);
      if (column->order == PROBITY_DATE_ORDER_UNDECLARED)
        column->order = find_order (headings->cells[position]);
    }
  column->headings = g_string_free_and_steal (g_steal_pointer (&names));

  return column;
}

static GArray *
find_candidates (ProbityMapping      *self,
                 guint                target,
                 const ProbityCsvRow *headings)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  guint best_tier = G_MAXUINT;

  for (guint i = 0; i < headings->n_cells; i++)
    {
      const char *heading = headings->cells[i];
      Candidate   candidate = { i, 0 };

      if (self->mapped[target] != NULL)
        {
          for (guint m = 0; self->mapped[target][m] != NULL; m++)
            if (is_heading (self->mapped[target][m], heading, i))
              {
                candidate.rank = m;
                g_array_append_val (candidates, candidate);
                break;
              }
        }
      else if (find_mapped (self, heading, i, TRUE) < 0 && strlen (heading) < 200)
        {
          const Known *known = find_known (self, heading);

          if (known == NULL || known->target != target || known->tier > best_tier)
            continue;
          if (known->tier < best_tier)
            g_array_set_size (candidates, 0);
          best_tier = known->tier;
          candidate.rank = known->rank;
          g_array_append_val (candidates, candidate);
        }
    }

  return g_steal_pointer (&candidates);
}

/**
 * probity_mapping_resolve:
 * @headings: the row of headings
 * @ret_ignored: (out) (transfer full) (element-type utf8): headings of columns that are not read
 *
 * Says from which columns of the file each of ours is read.
 *
 * Returns: (transfer full) (element-type ProbityColumn): the columns that the file has
 */
GPtrArray *
probity_mapping_resolve (ProbityMapping      *self,
                         const ProbityCsvRow *headings,
                         GPtrArray          **ret_ignored,
                         GError             **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (free_column);
  g_autoptr (GPtrArray) ignored = g_ptr_array_new_with_free_func (g_free);
  g_autofree gboolean *used = g_new0 (gboolean, headings->n_cells + 1);

  for (guint target = 0; target < self->n_aliases; target++)
    {
      g_autoptr (GArray) candidates = find_candidates (self, target, headings);

      for (guint m = 0; self->mapped[target] != NULL && self->mapped[target][m] != NULL; m++)
        {
          gboolean found = FALSE;

          for (guint i = 0; i < headings->n_cells && !found; i++)
            found = is_heading (self->mapped[target][m], headings->cells[i], i);
          if (!found)
            {
              g_set_error (error, PROBITY_MAPPING_ERROR, PROBITY_MAPPING_ERROR_MISSING, "%s: [columns] %s: the file has no column “%s”", self->name, self->aliases[target].target, self->mapped[target][m]);
              return NULL;
            }
        }

      if (candidates->len == 0)
        continue;
      for (guint i = 0; i < candidates->len; i++)
        used[g_array_index (candidates, Candidate, i).position] = TRUE;
      g_ptr_array_add (columns, make_column (self, target, candidates, headings));
    }

  for (guint i = 0; i < headings->n_cells; i++)
    if (!used[i] && *headings->cells[i] != '\0')
      g_ptr_array_add (ignored, g_strdup (headings->cells[i]));

  *ret_ignored = g_steal_pointer (&ignored);

  return g_steal_pointer (&columns);
}
