/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-db-private.h"

#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>

/*
 * The file format, frozen: a casebook made with other values does not open.
 *
 * Measured with SQLCipher 4.6.1 (OpenSSL 3.5) on 200,000 rows of 9 columns, two cores, best of two
 * runs each; seconds, random reads in microseconds, with a cache of 1 MiB (nothing is found in it):
 *
 *                        insert  2 indexes  2,000 commits  scan   random read  scan, cached
 *   4096  SHA-512          0.42       0.56           0.35  0.099         10.0         0.023
 *   4096  SHA-256          0.40       0.53           0.33  0.076          8.1         0.022
 *   8192  SHA-512          0.38       0.51           0.38  0.077         14.5         0.017
 *   8192  SHA-256          0.36       0.45           0.37  0.059         11.2         0.018
 *   16384 SHA-256          0.34       0.43           0.42  0.051         16.9         0.016
 *   8192  not encrypted    0.28       0.36           0.33  0.019          4.0         0.018
 *
 * SHA-256 has instructions of its own in processors of today. Pages of 8 KiB are the middle between
 * lists (scans, indexes) and single records; with 16 KiB each small commit writes twice as much.
 *
 * cipher_memory_security stays off: it locks and wipes every single allocation, 9.6 s for the insert
 * above, and would use up the memory that may be locked for the keys. Keys are locked and wiped anyway.
 */
#define PAGE_SIZE 8192
#define PAGE_SIZE_TEXT G_STRINGIFY (PAGE_SIZE)
#define HMAC_ALGORITHM "HMAC_SHA256"

/* How many steps of SQLite's machine lie between two looks at the cancellable: some 20 µs. */
#define STEPS_BETWEEN_LOOKS 1000

static int
progress_cb (gpointer data)
{
  ProbityDb *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

static int
wal_cb (gpointer    data,
        sqlite3    *handle,
        const char *name,
        int         n_pages)
{
  ProbityDb *self = data;

  self->wal_pages = n_pages;

  return SQLITE_OK;
}

/*
 * What no command and no query may do, whatever its SQL says. `query_only` does not keep a reader
 * from checkpointing; two connections that write or checkpoint at once can corrupt a WAL database
 * with SQLite before 3.51.3, so that only probity_db_checkpoint() does it, under the write lock.
 */
static int
authorizer_cb (gpointer    data,
               int         action,
               const char *first,
               const char *second,
               const char *database,
               const char *trigger)
{
  static const char *const forbidden[] = {
    "wal_checkpoint",
    "wal_autocheckpoint",
    "locking_mode",
    "synchronous",
    "query_only",
    "foreign_keys",
    "recursive_triggers",
    "ignore_check_constraints",
    "writable_schema",
    "trusted_schema",
    "key",
    "rekey",
    "hexkey",
    "hexrekey",
    "temp_store_directory",
  };
  ProbityDb *self = data;

  if (self->unjudged)
    return SQLITE_OK;

  switch (action)
    {
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
      return SQLITE_DENY;

    case SQLITE_PRAGMA:
      if (g_ascii_strcasecmp (first, "journal_mode") == 0 && second == NULL)
        return SQLITE_OK;
      if (g_ascii_strcasecmp (first, "journal_mode") == 0 || g_ascii_strncasecmp (first, "cipher_", 7) == 0)
        return g_ascii_strcasecmp (first, "cipher_integrity_check") == 0 ? SQLITE_OK : SQLITE_DENY;
      for (guint i = 0; i < G_N_ELEMENTS (forbidden); i++)
        {
          if (g_ascii_strcasecmp (first, forbidden[i]) == 0)
            return SQLITE_DENY;
        }
      return SQLITE_OK;

    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
      return self->mode == PROBITY_DB_READER ? SQLITE_DENY : SQLITE_OK;

    default:
      return SQLITE_OK;
    }
}

/* A file that is shorter than one page or than its header says was cut, whatever the key. */
gboolean
probity_db_is_cut (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  struct stat      info;
  struct stat      wal_info;

  if (stat (path, &info) != 0)
    return FALSE;
  if (info.st_size < PAGE_SIZE)
    return TRUE;

  /* While the log holds pages, a checkpoint may have stopped in the middle of the last one. */
  if (stat (wal, &wal_info) == 0 && wal_info.st_size > 0)
    return FALSE;

  return info.st_size % PAGE_SIZE != 0;
}

static gboolean
run_setup (ProbityDb  *self,
           const char *sql,
           GError    **error)
{
  int rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  if (rc == SQLITE_OK)
    return TRUE;

  probity_db_set_error (self, rc, error);

  return FALSE;
}

static gboolean
configure (ProbityDb *self,
           GError   **error)
{
  g_autofree char *cache = NULL;
  int              rc;

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, 128 * 1024 * 1024);
  sqlite3_limit (self->handle, SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  if (self->mode == PROBITY_DB_READER)
    sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  if (!run_setup (self,
                  "PRAGMA foreign_keys = ON;"
                  "PRAGMA recursive_triggers = ON;"
                  "PRAGMA temp_store = MEMORY;"
                  "PRAGMA cell_size_check = ON;"
                  "PRAGMA secure_delete = ON;"
                  "PRAGMA trusted_schema = OFF;",
                  error))
    return FALSE;

  cache = g_strdup_printf ("PRAGMA cache_size = -%d;",
                           self->mode == PROBITY_DB_READER ? PROBITY_DB_READER_CACHE_KIB : PROBITY_DB_WRITER_CACHE_KIB);
  if (!run_setup (self, cache, error))
    return FALSE;

  if (self->mode == PROBITY_DB_READER)
    {
      if (!run_setup (self, "PRAGMA query_only = ON;", error))
        return FALSE;
      sqlite3_progress_handler (self->handle, STEPS_BETWEEN_LOOKS, progress_cb, self);
    }
  else if (!self->memory)
    {
      if (!run_setup (self,
                      "PRAGMA journal_mode = WAL;"
                      "PRAGMA synchronous = FULL;"
                      "PRAGMA wal_autocheckpoint = 0;"
                      "PRAGMA journal_size_limit = 16777216;",
                      error))
        return FALSE;
      sqlite3_wal_hook (self->handle, wal_cb, self);
    }

  rc = probity_db_add_rank (self->handle);
  if (rc == SQLITE_OK)
    rc = probity_db_add_weights (self->handle);
  if (rc != SQLITE_OK)
    {
      probity_db_set_error (self, rc, error);
      return FALSE;
    }

  sqlite3_set_authorizer (self->handle, authorizer_cb, self);
  self->unjudged = FALSE;

  return TRUE;
}

static gboolean
apply_key (ProbityDb  *self,
           ProbityKey *key,
           GError    **error)
{
  char *sql = probity_key_dup_sql (key);
  int   rc;

  rc = sqlite3_key (self->handle, sql, PROBITY_KEY_SQL_LENGTH);
  sodium_free (sql);
  if (rc != SQLITE_OK)
    {
      probity_db_set_error (self, rc, error);
      return FALSE;
    }

  /* SQLCipher prints what it finds on standard error; it comes back as an error anyway. */
  return run_setup (self,
                    "PRAGMA cipher_log_level = NONE;"
                    "PRAGMA cipher_page_size = " PAGE_SIZE_TEXT ";"
                    "PRAGMA cipher_hmac_algorithm = " HMAC_ALGORITHM ";",
                    error);
}

/* The file is looked at by name only: closing another descriptor of it would drop SQLite's locks. */
static gboolean
check_file (ProbityDb *self,
            GError   **error)
{
  const char *name = self->name;
  struct stat info;

  if (lstat (self->path, &info) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_DAMAGED, self->path);
      return FALSE;
    }

  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, "%s is not an ordinary file", self->path);
      return FALSE;
    }

  /* SQLite takes a file of no bytes for a new database, with any key. */
  if (self->mode != PROBITY_DB_CREATOR && probity_db_is_cut (self->path))
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "The file of the compartment “%s” was cut short", name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_header (ProbityDb *self,
              GError   **error)
{
  const char *name = self->name;
  gint64      application_id;
  gint64      version;

  if (!probity_db_get_pragma (self, "application_id", &application_id, error) ||
      !probity_db_get_pragma (self, "user_version", &version, error))
    return FALSE;

  if (application_id != PROBITY_DB_APPLICATION_ID)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, application_id == 0 ? PROBITY_CASEBOOK_ERROR_DAMAGED : PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, "The database “%s” is not one of a casebook", name);
      return FALSE;
    }

  if (version > probity_migrations_get_version (probity_db_get_schema (self)))
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NEWER_VERSION, "The casebook was last used with a newer version of the program (“%s” has format %" G_GINT64_FORMAT ")", name, version);
      return FALSE;
    }

  return TRUE;
}

/*
 * A file that was cut at the end of a page still opens. Only its own count of pages tells, and only
 * while no log stands beside it that may hold the rest.
 */
static gboolean
check_length (ProbityDb *self,
              GError   **error)
{
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  struct stat      info;
  struct stat      wal_info;
  gint64           n_pages;

  if (!probity_db_get_pragma (self, "page_count", &n_pages, error))
    return FALSE;

  if (stat (self->path, &info) != 0 ||
      (stat (wal, &wal_info) == 0 && wal_info.st_size > 0) ||
      info.st_size >= n_pages * PAGE_SIZE)
    return TRUE;

  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_DAMAGED, "The file of the compartment “%s” was cut short", self->name);

  return FALSE;
}

static ProbityDb *
make_db (const char        *name,
         ProbityCompartment compartment,
         ProbityCompartment home,
         ProbityDbMode      mode)
{
  ProbityDb *self = g_new0 (ProbityDb, 1);

  probity_casebook_prepare_library ();
  self->name = g_strdup (name);
  self->compartment = compartment;
  self->home = home;
  self->mode = mode;
  self->owner = g_thread_self ();
  self->unjudged = TRUE;
  self->statements = probity_statement_cache_new (self);

  return self;
}

ProbityDb *
probity_db_open_at (const char        *path,
                    const char        *name,
                    ProbityCompartment compartment,
                    ProbityCompartment home,
                    ProbityKey        *key,
                    ProbityDbMode      mode,
                    ProbityLock       *lock,
                    GError           **error)
{
  g_autoptr (ProbityDb) self = NULL;
  int flags;
  int rc;

  g_assert (key != NULL);
  g_assert (mode == PROBITY_DB_READER || probity_lock_is_held (lock));

  self = make_db (name, compartment, home, mode);
  self->path = g_strdup (path);
  self->lock = lock;

  if (!check_file (self, error))
    return NULL;

  flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
  flags |= mode == PROBITY_DB_READER ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  rc = sqlite3_open_v2 (self->path, &self->handle, flags, NULL);
  if (rc == SQLITE_OK && mode != PROBITY_DB_READER && sqlite3_db_readonly (self->handle, "main") == 1)
    rc = SQLITE_READONLY;
  if (rc != SQLITE_OK)
    {
      probity_db_set_error (self, rc, error);
      return NULL;
    }

  /*
   * Before anything is read. Another program may be reading a log that was left in the middle of a commit, and what one
   * that was just killed had locked goes file by file, the casebook's own lock before those of its databases.
   */
  sqlite3_busy_timeout (self->handle, PROBITY_DB_BUSY_TIMEOUT_MS);
  if (!apply_key (self, key, error) ||
      (mode != PROBITY_DB_CREATOR && !run_setup (self, "SELECT count(*) FROM sqlite_schema;", error)) ||
      (mode != PROBITY_DB_CREATOR && !check_header (self, error)) ||
      (mode == PROBITY_DB_WRITER && !check_length (self, error)) ||
      !configure (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/*
 * Opens the database of @compartment below @folder. It must exist; a creator's must be empty. A
 * writer needs @lock, held now, whenever it writes, and when it is closed.
 */
ProbityDb *
probity_db_open (const char        *folder,
                 ProbityCompartment compartment,
                 ProbityKey        *key,
                 ProbityDbMode      mode,
                 ProbityLock       *lock,
                 GError           **error)
{
  g_autofree char *path = probity_file_system_dup_database (folder, compartment);

  return probity_db_open_at (path, probity_compartment_to_string (compartment), compartment, compartment, key, mode, lock, error);
}

/* A database of nothing in memory, unencrypted: for comparing schemas. */
ProbityDb *
probity_db_open_memory (ProbityCompartment compartment,
                        GError           **error)
{
  const ProbityCompartment home = compartment < PROBITY_COMPARTMENT_SEALED ? compartment : PROBITY_COMPARTMENT_REGISTERS;
  g_autoptr (ProbityDb) self = make_db (probity_compartment_to_string (compartment), compartment, home, PROBITY_DB_CREATOR);
  int rc;

  self->memory = TRUE;
  self->path = g_strdup (":memory:");
  rc = sqlite3_open_v2 (self->path, &self->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (rc != SQLITE_OK)
    {
      probity_db_set_error (self, rc, error);
      return NULL;
    }

  if (!configure (self, error))
    return NULL;

  return g_steal_pointer (&self);
}
