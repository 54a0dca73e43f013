/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-name.h"

#include <gio/gio.h>
#include <string.h>

#include "probity-people-resources.h"

/* What a name that is in no list is taken to say. */
#define RARE_FORENAME_BITS 160 /* 10 bits */
#define RARE_SURNAME_BITS 184  /* 11.5 bits */
/* A name known only from a group. */
#define GROUP_FORENAME_BITS 144
#define GROUP_SURNAME_BITS 152

#define MAX_GROUPS 14

typedef struct
{
  const char *text;
  guint8      length;
  guint8      forename_bits;
  guint8      surname_bits;
  guint8      n_groups;
  guint16     groups[MAX_GROUPS];
} Name;

typedef struct
{
  char    kind; /* n, v or s */
  guint16 head;
  GArray *members; /* of guint16 */
} Group;

typedef struct
{
  GArray  *names; /* of Name; the first is a blank, so that 0 is no name */
  GArray  *groups;
  guint32 *slots;
  guint    n_slots;
} Table;

static guint
find_slot (const Table *table,
           const char  *word,
           gsize        length)
{
  guint slot = probity_name_hash (word, length) & (table->n_slots - 1);

  while (table->slots[slot] != 0)
    {
      const Name *name = &g_array_index (table->names, Name, table->slots[slot]);

      if (name->length == length && memcmp (name->text, word, length) == 0)
        break;
      slot = (slot + 1) & (table->n_slots - 1);
    }
  return slot;
}

static guint16
intern_name (Table      *table,
             const char *word,
             gsize       length)
{
  guint slot = find_slot (table, word, length);

  if (table->slots[slot] == 0)
    {
      Name name = { g_strndup (word, length), length };

      g_assert (table->names->len < table->n_slots / 2);
      table->slots[slot] = table->names->len;
      g_array_append_val (table->names, name);
    }
  return table->slots[slot];
}

static char **
load_lines (const char *name)
{
  g_autofree char *path = g_strconcat ("/org/probity/people/", name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (probity_people_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;

  /* The lists are part of the program; without them nothing would be compared rightly. */
  g_assert (bytes != NULL);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_strsplit (text, "\n", -1);
}

static void
load_weights (Table      *table,
              const char *file,
              gboolean    surnames)
{
  g_auto (GStrv) lines = load_lines (file);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;
      guint8 bits;

      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      words = g_strsplit (lines[i], " ", -1);
      bits = (guint8) (g_ascii_strtod (words[0], NULL) * 16);
      for (guint j = 1; words[j] != NULL; j++)
        {
          guint16 term = intern_name (table, words[j], strlen (words[j]));
          Name   *name = &g_array_index (table->names, Name, term);
          guint8 *kept = surnames ? &name->surname_bits : &name->forename_bits;

          if (*kept == 0)
            *kept = bits;
        }
    }
}

static void
load_groups (Table *table)
{
  g_auto (GStrv) lines = load_lines ("name-groups.txt");

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;
      guint16 number = table->groups->len;
      Group   group = { lines[i][0], 0, NULL };

      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      group.members = g_array_new (FALSE, FALSE, sizeof (guint16));
      words = g_strsplit (lines[i], " ", -1);
      for (guint j = 1; words[j] != NULL; j++)
        {
          guint16 term = intern_name (table, words[j], strlen (words[j]));
          Name   *name = &g_array_index (table->names, Name, term);

          if (group.kind == 's' && name->surname_bits == 0)
            name->surname_bits = GROUP_SURNAME_BITS;
          if (group.kind != 's' && name->forename_bits == 0)
            name->forename_bits = GROUP_FORENAME_BITS;
          if (group.head == 0)
            group.head = term;
          g_array_append_val (group.members, term);
          if (name->n_groups < MAX_GROUPS)
            name->groups[name->n_groups++] = number;
        }
      g_array_append_val (table->groups, group);
    }
}

/* Whoever is called by a short form bears the full name too: it cannot be much rarer. */
static void
level_short_forms (Table *table)
{
  for (guint i = 0; i < table->groups->len; i++)
    {
      const Group *group = &g_array_index (table->groups, Group, i);
      guint8       head = g_array_index (table->names, Name, group->head).forename_bits;

      for (guint j = 0; group->kind == 'n' && j < group->members->len; j++)
        {
          Name *name = &g_array_index (table->names, Name, g_array_index (group->members, guint16, j));

          name->forename_bits = MIN (name->forename_bits, head + 16);
        }
    }
}

static const Table *
get_table (void)
{
  static Table *loaded;

  if (g_once_init_enter_pointer (&loaded))
    {
      Table *table = g_new0 (Table, 1);
      Name   blank = { "", 0 };

      table->names = g_array_new (FALSE, TRUE, sizeof (Name));
      g_array_append_val (table->names, blank);
      table->groups = g_array_new (FALSE, TRUE, sizeof (Group));
      table->n_slots = 16384;
      table->slots = g_new0 (guint32, table->n_slots);
      load_weights (table, "forenames.txt", FALSE);
      load_weights (table, "surnames.txt", TRUE);
      load_groups (table);
      level_short_forms (table);
      g_once_init_leave_pointer (&loaded, table);
    }
  return loaded;
}

/**
 * probity_name_look_up:
 * @word: a folded word
 *
 * Any thread.
 *
 * Returns: what the built-in lists know of @word as a forename and as a surname
 */
ProbityNameEntry
probity_name_look_up (const char *word,
                      gsize       length)
{
  const Table     *table = get_table ();
  guint32          term = table->slots[find_slot (table, word, length)];
  const Name      *name = &g_array_index (table->names, Name, term);
  ProbityNameEntry entry = { term, RARE_FORENAME_BITS, RARE_SURNAME_BITS };

  if (name->forename_bits != 0)
    {
      entry.forename_bits = name->forename_bits;
      entry.is_forename = TRUE;
    }
  if (name->surname_bits != 0)
    {
      entry.surname_bits = name->surname_bits;
      entry.is_surname = TRUE;
    }
  return entry;
}

/**
 * probity_name_relate:
 * @a: number of a name in the built-in table
 * @b: another
 * @as_surname: whether they stand as surnames
 *
 * Returns: what the two names have to do with each other
 */
ProbityNameRelation
probity_name_relate (guint16  a,
                     guint16  b,
                     gboolean as_surname)
{
  const Table        *table = get_table ();
  const Name         *left, *right;
  ProbityNameRelation best = PROBITY_NAME_UNRELATED;

  if (a == 0 || b == 0)
    return PROBITY_NAME_UNRELATED;
  left = &g_array_index (table->names, Name, a);
  right = &g_array_index (table->names, Name, b);
  for (guint i = 0; i < left->n_groups; i++)
    for (guint j = 0; j < right->n_groups; j++)
      {
        const Group        *group;
        ProbityNameRelation relation;

        if (left->groups[i] != right->groups[j])
          continue;
        group = &g_array_index (table->groups, Group, left->groups[i]);
        if (group->kind == 'n')
          {
            if (as_surname)
              continue;
            relation = group->head == a || group->head == b ? PROBITY_NAME_SHORT : PROBITY_NAME_SHARED_SHORT;
          }
        else if (group->kind == 's' && !as_surname)
          continue;
        else
          relation = PROBITY_NAME_SPELLING;
        best = MAX (best, relation);
      }
  return best;
}

/**
 * probity_name_related:
 * @term: number of a name in the built-in table
 * @ret_words: where up to @size names go, borrowed for good
 *
 * Returns: how many names share a group with @term
 */
guint
probity_name_related (guint16      term,
                      const char **ret_words,
                      guint        size)
{
  const Table *table = get_table ();
  const Name  *name = &g_array_index (table->names, Name, term);
  guint        n = 0;

  for (guint i = 0; i < name->n_groups; i++)
    {
      const Group *group = &g_array_index (table->groups, Group, name->groups[i]);

      for (guint j = 0; j < group->members->len && n < size; j++)
        {
          guint16 other = g_array_index (group->members, guint16, j);

          if (other != term)
            ret_words[n++] = g_array_index (table->names, Name, other).text;
        }
    }
  return n;
}
