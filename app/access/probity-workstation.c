/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-workstation-private.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "probity-keyring-private.h"

#define MAX_BYTES (256 * 1024)

const char *
probity_log_get_name (guint log)
{
  static const char *const names[PROBITY_N_LOGS] = { "journal", "registers", "standards", "intelligence", "sealed-note", "keyring" };

  return names[log];
}

static char *
dup_folder (void)
{
  const char *state = g_getenv ("PROBITY_STATE_DIR");

  if (state != NULL && *state != '\0')
    return g_build_filename (state, "heads", NULL);

  return g_build_filename (g_get_user_state_dir (), "probity", "heads", NULL);
}

static char *
dup_path (const char *name)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *file = g_strconcat (name, ".json", NULL);

  return g_build_filename (folder, file, NULL);
}

char *
probity_workstation_dup_sealed_path (const char *name,
                                     const char *account_uid)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *file = g_strconcat (name, "-", account_uid, ".sealed", NULL);

  return g_build_filename (folder, file, NULL);
}

/* Two programs of one person may want to remember at once. The lock goes with its file descriptor. */
static int
lock_memory (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *lock = g_strconcat (path, ".lock", NULL);
  int              fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;

  fd = open (lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0 && flock (fd, LOCK_EX) != 0)
    {
      close (fd);
      return -1;
    }

  return fd;
}

static JsonObject *
load (const char *path)
{
  g_autoptr (GBytes) bytes = probity_access_file_read (path, MAX_BYTES, NULL);

  if (bytes == NULL)
    return NULL;

  return probity_access_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static gboolean
save (const char *path,
      JsonObject *object)
{
  char *text = probity_access_json_dup_text (object);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

  return probity_access_file_replace (path, bytes, 0600, NULL);
}

static void
read_heads (JsonObject *object,
            ProbityHead heads[PROBITY_N_LOGS])
{
  JsonObject *members = object != NULL ? probity_access_json_get_object (object, "heads") : NULL;

  for (guint i = 0; i < PROBITY_N_LOGS; i++)
    {
      JsonObject *member = members != NULL ? probity_access_json_get_object (members, probity_log_get_name (i)) : NULL;
      const char *hash = member != NULL ? probity_access_json_get_text (member, "hash") : NULL;

      heads[i] = (ProbityHead) { 0 };
      if (hash != NULL && strlen (hash) == 64 &&
          probity_access_json_get_integer (member, "seq", 1, G_MAXINT64, &heads[i].seq))
        g_strlcpy (heads[i].hash, hash, sizeof heads[i].hash);
      else
        heads[i].seq = 0;
    }
}

/* The parser's objects are immutable: what is kept is copied. */
static JsonObject *
make_memory (const ProbityHead heads[PROBITY_N_LOGS],
             const char       *folder,
             JsonObject       *failures)
{
  JsonObject *object = json_object_new ();
  JsonObject *members = json_object_new ();

  json_object_set_int_member (object, "format", 1);
  if (folder != NULL)
    json_object_set_string_member (object, "folder", folder);
  for (guint i = 0; i < PROBITY_N_LOGS; i++)
    {
      JsonObject *member;

      if (heads[i].seq == 0)
        continue;
      member = json_object_new ();
      json_object_set_int_member (member, "seq", heads[i].seq);
      json_object_set_string_member (member, "hash", heads[i].hash);
      json_object_set_object_member (members, probity_log_get_name (i), member);
    }
  json_object_set_object_member (object, "heads", members);
  json_object_set_object_member (object, "failures", failures);

  return object;
}

static JsonObject *
copy_failures (JsonObject *object,
               const char *except)
{
  JsonObject    *failures = object != NULL ? probity_access_json_get_object (object, "failures") : NULL;
  JsonObject    *copy = json_object_new ();
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  if (failures == NULL)
    return copy;

  json_object_iter_init (&iter, failures);
  while (json_object_iter_next (&iter, &name, &node))
    if (g_strcmp0 (name, except) != 0)
      json_object_set_member (copy, name, json_node_copy (node));

  return copy;
}

static const char *
read_folder (JsonObject *object)
{
  return object != NULL ? probity_access_json_get_text (object, "folder") : NULL;
}

char *
probity_workstation_dup_name (const char *casebook_uid,
                              const char *restore_uid)
{
  if (restore_uid == NULL || *restore_uid == '\0')
    return g_strdup (casebook_uid);

  return g_strconcat (casebook_uid, ".", restore_uid, NULL);
}

GStrv
probity_workstation_find_restores (const char *casebook_uid,
                                   const char *folder)
{
  g_autofree char *memories = dup_folder ();
  g_autofree char *prefix = g_strconcat (casebook_uid, ".", NULL);
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GDir) dir = g_dir_open (memories, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (memories, name, NULL);
      g_autofree char *restore_uid = NULL;
      g_autoptr (JsonObject) object = NULL;

      if (!g_str_has_prefix (name, prefix) || !g_str_has_suffix (name, ".json") || strlen (name) <= strlen (prefix) + strlen (".json"))
        continue;
      restore_uid = g_strndup (name + strlen (prefix), strlen (name) - strlen (prefix) - strlen (".json"));
      object = load (path);
      if (g_strcmp0 (read_folder (object), folder) == 0)
        g_strv_builder_add (found, restore_uid);
    }

  return g_strv_builder_end (found);
}

void
probity_workstation_load_heads (const char *name,
                                ProbityHead heads[PROBITY_N_LOGS])
{
  g_autofree char *path = dup_path (name);
  g_autoptr (JsonObject) object = load (path);

  read_heads (object, heads);
}

gboolean
probity_workstation_save_heads (const char       *name,
                                const char       *folder,
                                const ProbityHead heads[PROBITY_N_LOGS])
{
  g_autofree char *path = dup_path (name);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  ProbityHead merged[PROBITY_N_LOGS];
  gboolean    changed;
  gboolean    saved = TRUE;
  int         fd = lock_memory (path);

  if (fd < 0)
    return FALSE;

  before = load (path);
  read_heads (before, merged);
  changed = g_strcmp0 (read_folder (before), folder) != 0;
  for (guint i = 0; i < PROBITY_N_LOGS; i++)
    if (heads[i].seq > merged[i].seq)
      {
        merged[i] = heads[i];
        changed = TRUE;
      }

  if (changed)
    {
      after = make_memory (merged, folder, copy_failures (before, NULL));
      saved = save (path, after);
    }
  close (fd);

  return saved;
}

static void
replace_failure (const char *casebook_uid,
                 const char *account_uid,
                 const char *now)
{
  g_autofree char *path = dup_path (casebook_uid);
  g_autoptr (JsonObject) before = NULL;
  g_autoptr (JsonObject) after = NULL;
  JsonObject *failures, *old = NULL;
  ProbityHead heads[PROBITY_N_LOGS];
  int         fd = lock_memory (path);

  if (fd < 0)
    return;

  before = load (path);
  read_heads (before, heads);
  failures = copy_failures (before, account_uid);
  if (now != NULL)
    {
      JsonObject *failure = json_object_new ();
      const char *first = NULL;
      gint64      count = 0;

      if (before != NULL && probity_access_json_get_object (before, "failures") != NULL)
        old = probity_access_json_get_object (probity_access_json_get_object (before, "failures"), account_uid);
      if (old != NULL && probity_access_json_get_integer (old, "count", 1, G_MAXINT - 1, &count))
        first = probity_access_json_get_text (old, "first");
      json_object_set_int_member (failure, "count", count + 1);
      json_object_set_string_member (failure, "first", first != NULL ? first : now);
      json_object_set_object_member (failures, account_uid, failure);
    }
  after = make_memory (heads, read_folder (before), failures);
  save (path, after);
  close (fd);
}

void
probity_workstation_note_failure (const char *casebook_uid,
                                  const char *account_uid,
                                  const char *now)
{
  replace_failure (casebook_uid, account_uid, now);
}

guint
probity_workstation_get_failures (const char *casebook_uid,
                                  const char *account_uid,
                                  char      **ret_first)
{
  g_autofree char *path = dup_path (casebook_uid);
  g_autoptr (JsonObject) object = load (path);
  JsonObject *failures = object != NULL ? probity_access_json_get_object (object, "failures") : NULL;
  JsonObject *failure = failures != NULL ? probity_access_json_get_object (failures, account_uid) : NULL;
  gint64      count;

  if (failure == NULL || !probity_access_json_get_integer (failure, "count", 1, G_MAXINT, &count))
    return 0;

  *ret_first = g_strdup (probity_access_json_get_text (failure, "first"));

  return (guint) count;
}

void
probity_workstation_forget_failures (const char *casebook_uid,
                                     const char *account_uid)
{
  replace_failure (casebook_uid, account_uid, NULL);
}
