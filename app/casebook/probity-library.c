/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <dlfcn.h>
#include <link.h>
#include <openssl/crypto.h>
#include <string.h>

/*
 * Two copies of SQLite in one process drop each other's POSIX locks (sqlite.org, howtocorrupt.html
 * 2.2.1), and a SQLite that is not SQLCipher would write in clear.
 */

static int
collect_object_cb (struct dl_phdr_info *info,
                   size_t               size,
                   void                *data)
{
  GPtrArray *names = data;

  if (info->dlpi_name != NULL && *info->dlpi_name != '\0')
    g_ptr_array_add (names, g_strdup (info->dlpi_name));

  return 0;
}

/* Which files of this process define SQLite's functions. */
static GHashTable *
find_copies (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GHashTable *copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  dl_iterate_phdr (collect_object_cb, names);
  for (guint i = 0; i < names->len; i++)
    {
      void   *object = dlopen (g_ptr_array_index (names, i), RTLD_LAZY | RTLD_NOLOAD);
      void   *symbol;
      Dl_info info;

      if (object == NULL)
        continue;
      symbol = dlsym (object, "sqlite3_open_v2");
      if (symbol != NULL && dladdr (symbol, &info) != 0 && info.dli_fname != NULL)
        g_hash_table_add (copies, g_strdup (info.dli_fname));
      dlclose (object);
    }

  return copies;
}

static gboolean
check_single_copy (GError **error)
{
  g_autoptr (GHashTable) copies = find_copies ();
  g_autofree char *maps = NULL;
  GHashTableIter   iter;
  gpointer         name;
  Dl_info          linked;

  if (dladdr ((void *) sqlite3_open_v2, &linked) != 0 && linked.dli_fname != NULL)
    g_hash_table_add (copies, g_strdup (linked.dli_fname));

  /* A copy that hides its symbols still shows by its name. */
  if (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL) && strstr (maps, "/libsqlite3.so") != NULL)
    g_hash_table_add (copies, g_strdup ("libsqlite3.so"));

  if (g_hash_table_size (copies) == 1)
    return TRUE;

  g_hash_table_iter_init (&iter, copies);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (strstr (name, "sqlcipher") == NULL)
        break;
    }

  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_UNSAFE_LIBRARY, "A second SQLite library is loaded in this program (%s): casebooks could be damaged", (const char *) name);

  return FALSE;
}

static gboolean
check_cipher (GError **error)
{
  ProbityKey   *key = probity_key_new_random ();
  sqlite3      *handle = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean      ok = FALSE;

  if (sqlite3_open_v2 (":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK &&
      sqlite3_key (handle, probity_key_peek (key), PROBITY_KEY_BYTES) == SQLITE_OK &&
      sqlite3_prepare_v2 (handle, "PRAGMA cipher_version", -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *version = (const char *) sqlite3_column_text (statement, 0);

      ok = version != NULL && *version != '\0';
    }

  sqlite3_finalize (statement);
  sqlite3_close (handle);
  probity_key_unref (key);

  if (!ok)
    g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_UNSAFE_LIBRARY, "The database library of this program does not encrypt");

  return ok;
}

static gboolean
check_temp_store (GError **error)
{
  if (sqlite3_compileoption_used ("TEMP_STORE=2") || sqlite3_compileoption_used ("TEMP_STORE=3"))
    return TRUE;

  g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_UNSAFE_LIBRARY, "The database library of this program writes temporary tables to disk in clear");

  return FALSE;
}

/*
 * Before the first use of SQLCipher, from any thread. At a program's end libcrypto takes itself
 * apart while threads that used it are still ending: seen to crash with OpenSSL 3.5 after all the
 * work was done, so that a script took what was stored for failed. It need not: the kernel takes
 * back the memory of a program that has ended.
 */
void
probity_casebook_prepare_library (void)
{
  static gsize prepared = 0;

  if (g_once_init_enter (&prepared))
    {
      OPENSSL_init_crypto (OPENSSL_INIT_NO_ATEXIT, NULL);
      g_once_init_leave (&prepared, 1);
    }
}

/**
 * probity_casebook_check_library:
 *
 * Asked again at every opening: a plug-in loaded in between can bring a second SQLite.
 */
gboolean
probity_casebook_check_library (GError **error)
{
  probity_casebook_prepare_library ();

  return check_single_copy (error) && check_temp_store (error) && check_cipher (error);
}
