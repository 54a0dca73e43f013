/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-canonical.h"

typedef enum
{
  FIELD_TEXT,
  FIELD_INTEGER,
  FIELD_BYTES,
} FieldType;

typedef struct
{
  FieldType   type;
  const char *name;
  const char *text; /* of TEXT and BYTES; NULL too */
  gint64      integer;
} Field;

static char *
make_digest (const char  *tag,
             const Field *fields,
             gsize        n)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new (tag);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GBytes) bytes = fields[i].text != NULL ? g_bytes_new (fields[i].text, strlen (fields[i].text)) : NULL;

      switch (fields[i].type)
        {
        case FIELD_TEXT:
          probity_canonical_add_text (canonical, fields[i].name, fields[i].text);
          break;
        case FIELD_INTEGER:
          probity_canonical_add_int64 (canonical, fields[i].name, fields[i].integer);
          break;
        case FIELD_BYTES:
          probity_canonical_add_bytes (canonical, fields[i].name, bytes);
          break;
        }
    }

  return probity_canonical_dup_digest (canonical);
}

/* Rule: the form is frozen, for signatures made today are proved in ten years. */
static void
test_form (void)
{
  g_autoptr (ProbityCanonical) canonical = probity_canonical_new ("t/1");
  g_autoptr (GBytes) bytes = NULL;
  static const guint8 expected[] = "t/1\0"
                                   "a\0s\0\0\0\0\0\0\0\2xy"
                                   "b\0i\0\0\0\0\0\0\0\10\377\377\377\377\377\377\377\376"
                                   "c\0n\0\0\0\0\0\0\0\0"
                                   "d\0b\0\0\0\0\0\0\0\1z";
  g_autoptr (GBytes) z = g_bytes_new_static ("z", 1);

  probity_canonical_add_text (canonical, "a", "xy");
  probity_canonical_add_int64 (canonical, "b", -2);
  probity_canonical_add_text (canonical, "c", NULL);
  probity_canonical_add_bytes (canonical, "d", z);
  bytes = probity_canonical_dup_bytes (canonical);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, sizeof expected - 1);
}

/* Rule: no two different lists of fields give the same bytes. */
static void
test_no_two_alike (void)
{
  static const struct
  {
    gsize n;
    Field fields[2];
  } lists[] = {
    { 0, { { 0 } } },
    { 1, { { FIELD_TEXT, "a", "" } } },
    { 1, { { FIELD_TEXT, "a", NULL } } },
    { 1, { { FIELD_BYTES, "a", "" } } },
    { 1, { { FIELD_TEXT, "a", "bc" } } },
    { 1, { { FIELD_BYTES, "a", "bc" } } },
    { 1, { { FIELD_TEXT, "ab", "c" } } },
    { 2, { { FIELD_TEXT, "a", "b" }, { FIELD_TEXT, "c", "" } } },
    { 2, { { FIELD_TEXT, "a", "" }, { FIELD_TEXT, "c", "b" } } },
    { 2, { { FIELD_TEXT, "c", "" }, { FIELD_TEXT, "a", "b" } } },
    { 2, { { FIELD_TEXT, "a", NULL }, { FIELD_TEXT, "c", "b" } } },
    { 1, { { FIELD_INTEGER, "a", NULL, 1 } } },
    { 1, { { FIELD_INTEGER, "a", NULL, -1 } } },
    { 1, { { FIELD_TEXT, "a", "1" } } },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_assert_true (g_hash_table_add (seen, make_digest ("probity/test/1", lists[i].fields, lists[i].n)));
      g_assert_true (g_hash_table_add (seen, make_digest ("probity/test/2", lists[i].fields, lists[i].n)));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/canonical/form", test_form);
  g_test_add_func ("/canonical/no-two-alike", test_no_two_alike);

  return g_test_run ();
}
