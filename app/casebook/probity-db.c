/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

/*
 * The file format, frozen: a casebook made with other values does not open.
 */
#define PAGE_SIZE 8192
#define PAGE_SIZE_TEXT G_STRINGIFY (PAGE_SIZE)
#define HMAC_ALGORITHM "HMAC_SHA256"

/* Bounds, not reservations: a connection takes what it has read. */
#define READER_CACHE_KIB 65536
#define WRITER_CACHE_KIB 16384

/* How many steps of SQLite's machine lie between two looks at the cancellable: some 20 µs. */
#define STEPS_BETWEEN_LOOKS 1000

struct _ProbityDb
{
  ProbityCompartment compartment;
  ProbityDbMode      mode;
  GThread           *owner;
  sqlite3           *handle;
  char              *path;

  ProbityStatementCache *statements;

  ProbityLock  *lock;        /* borrowed; NULL for readers and for memory */
  GCancellable *cancellable; /* borrowed, of the read that runs */
  int           wal_pages;
  guint         memory : 1;
  guint         abandoned : 1;
  guint         unjudged : 1; /* own statements: the authorizer lets them pass */
};

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
static gboolean
is_cut (const char *path)
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

static int
map_code (ProbityDb *self,
          int        code)
{
  int system_code = sqlite3_system_errno (self->handle);

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return PROBITY_CASEBOOK_ERROR_BUSY;

    case SQLITE_NOTADB:
      return is_cut (self->path) ? PROBITY_CASEBOOK_ERROR_DAMAGED : PROBITY_CASEBOOK_ERROR_WRONG_KEY;

    case SQLITE_CORRUPT:
      return PROBITY_CASEBOOK_ERROR_DAMAGED;

    case SQLITE_FULL:
      return PROBITY_CASEBOOK_ERROR_FULL;

    case SQLITE_IOERR:
      if (system_code == ENOSPC || system_code == EDQUOT || system_code == EFBIG)
        return PROBITY_CASEBOOK_ERROR_FULL;
      return PROBITY_CASEBOOK_ERROR_IO;

    case SQLITE_CANTOPEN:
      if (system_code == ENOSPC || system_code == EDQUOT)
        return PROBITY_CASEBOOK_ERROR_FULL;
      if (system_code == EACCES || system_code == EPERM || system_code == EROFS)
        return PROBITY_CASEBOOK_ERROR_NO_RIGHTS;
      return PROBITY_CASEBOOK_ERROR_IO;

    case SQLITE_READONLY:
    case SQLITE_PERM:
      return PROBITY_CASEBOOK_ERROR_NO_RIGHTS;

    case SQLITE_CONSTRAINT:
      return PROBITY_CASEBOOK_ERROR_CONSTRAINT;

    default:
      return PROBITY_CASEBOOK_ERROR_FAILED;
    }
}

/* Turns SQLite's @code into the error on which callers act. */
void
probity_db_set_error (ProbityDb *self,
                      int        code,
                      GError   **error)
{
  const char *name = probity_compartment_to_string (self->compartment);
  const char *message = self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);
  int         mapped;

  if ((code & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The query was cancelled");
      return;
    }

  mapped = map_code (self, code);
  switch ((ProbityCasebookError) mapped)
    {
    case PROBITY_CASEBOOK_ERROR_WRONG_KEY:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "The key does not open the compartment “%s”, or the beginning of its file is damaged", name);
      break;

    case PROBITY_CASEBOOK_ERROR_DAMAGED:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "The file of the compartment “%s” is damaged", name);
      break;

    case PROBITY_CASEBOOK_ERROR_FULL:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "The disk is full: “%s” could not be written", name);
      break;

    case PROBITY_CASEBOOK_ERROR_IO:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "The disk failed while “%s” was read or written (%s, %s)", name, message, g_strerror (sqlite3_system_errno (self->handle)));
      break;

    case PROBITY_CASEBOOK_ERROR_NO_RIGHTS:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "This user account of the computer may not write to %s or to the folder it is in", self->path);
      break;

    case PROBITY_CASEBOOK_ERROR_BUSY:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "Another program keeps the compartment “%s” locked", name);
      break;

    case PROBITY_CASEBOOK_ERROR_CONSTRAINT:
      /* A trigger's own words, on which its caller may act. */
      g_set_error_literal (error, PROBITY_CASEBOOK_ERROR, mapped, message);
      break;

    case PROBITY_CASEBOOK_ERROR_FAILED:
    case PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK:
    case PROBITY_CASEBOOK_ERROR_NEWER_VERSION:
    case PROBITY_CASEBOOK_ERROR_UNSAFE_FILE_SYSTEM:
    case PROBITY_CASEBOOK_ERROR_UNSAFE_LIBRARY:
    case PROBITY_CASEBOOK_ERROR_EXISTS:
    case PROBITY_CASEBOOK_ERROR_CLOSED:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "%s: %s (%d)", name, message, code);
      break;
    }
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

  sqlite3_busy_timeout (self->handle, PROBITY_DB_BUSY_TIMEOUT_MS);
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
                           self->mode == PROBITY_DB_READER ? READER_CACHE_KIB : WRITER_CACHE_KIB);
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
  const char *name = probity_compartment_to_string (self->compartment);
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
  if (self->mode != PROBITY_DB_CREATOR && is_cut (self->path))
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
  const char *name = probity_compartment_to_string (self->compartment);
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

  if (version > probity_migrations_get_version (self->compartment))
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NEWER_VERSION, "The casebook was last used with a newer version of the program (“%s” has format %" G_GINT64_FORMAT ")", name, version);
      return FALSE;
    }

  return TRUE;
}

static ProbityDb *
make_db (ProbityCompartment compartment,
         ProbityDbMode      mode)
{
  ProbityDb *self = g_new0 (ProbityDb, 1);

  self->compartment = compartment;
  self->mode = mode;
  self->owner = g_thread_self ();
  self->unjudged = TRUE;
  self->statements = probity_statement_cache_new (self);

  return self;
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
  g_autoptr (ProbityDb) self = NULL;
  int flags;
  int rc;

  g_assert (key != NULL);
  g_assert (mode == PROBITY_DB_READER || probity_lock_is_held (lock));

  self = make_db (compartment, mode);
  self->path = probity_file_system_dup_database (folder, compartment);
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

  if (!apply_key (self, key, error) ||
      (mode != PROBITY_DB_CREATOR && !run_setup (self, "SELECT count(*) FROM sqlite_schema;", error)) ||
      (mode != PROBITY_DB_CREATOR && !check_header (self, error)) ||
      !configure (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* A database of nothing in memory, unencrypted: for comparing schemas. */
ProbityDb *
probity_db_open_memory (ProbityCompartment compartment,
                        GError           **error)
{
  g_autoptr (ProbityDb) self = make_db (compartment, PROBITY_DB_CREATOR);
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

/* Closes the connection. A writer's needs the lock: the last one to close writes the log back. */
void
probity_db_close (ProbityDb *self)
{
  int rc;

  probity_db_assert_owned (self);
  g_assert (self->handle == NULL || probity_db_may_write (self) || self->mode == PROBITY_DB_READER);

  g_clear_pointer (&self->statements, probity_statement_cache_free);
  rc = sqlite3_close (self->handle);
  g_assert (rc == SQLITE_OK);

  g_free (self->path);
  g_free (self);
}

void
probity_db_assert_owned (ProbityDb *self)
{
  g_assert (self != NULL);
  g_assert (self->owner == g_thread_self ());
}

/* Whether this connection may write now: the invariant that keeps WAL databases whole. */
gboolean
probity_db_may_write (ProbityDb *self)
{
  if (self->memory || self->abandoned)
    return TRUE;

  return self->mode != PROBITY_DB_READER && probity_lock_is_held (self->lock);
}

/* Readers cannot; their file is not open for it. */
void
probity_db_assert_may_write (ProbityDb *self)
{
  g_assert (self->mode == PROBITY_DB_READER || probity_db_may_write (self));
}

sqlite3 *
probity_db_get_handle (ProbityDb *self)
{
  probity_db_assert_owned (self);

  return self->handle;
}

void
probity_db_set_cancellable (ProbityDb    *self,
                            GCancellable *cancellable)
{
  probity_db_assert_owned (self);

  self->cancellable = cancellable;
}

/* Lets what the caller runs next pass the authorizer. */
void
probity_db_set_unjudged (ProbityDb *self,
                         gboolean   unjudged)
{
  probity_db_assert_owned (self);

  self->unjudged = unjudged;
}

/* Bounds what this connection keeps of what it read. */
void
probity_db_set_cache (ProbityDb *self,
                      int        kib)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = -%d", kib);

  probity_db_assert_owned (self);

  probity_db_exec (self, sql, NULL);
}

/*
 * Lets a writer be closed without the lock, and without the log being written back: after a failure,
 * or when somebody else is stuck with the lock. Nothing but closing may follow.
 */
void
probity_db_abandon (ProbityDb *self)
{
  probity_db_assert_owned (self);

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  self->abandoned = TRUE;
}

/* How many pages the log held after the last commit of this connection. */
int
probity_db_get_wal_pages (ProbityDb *self)
{
  probity_db_assert_owned (self);

  return self->wal_pages;
}

/*
 * Writes the log back into the database, as far as readers let it; with @truncate it then cuts the
 * log to nothing. That a reader is in the way is no error.
 */
gboolean
probity_db_checkpoint (ProbityDb *self,
                       gboolean   truncate,
                       GError   **error)
{
  int n_log = 0;
  int n_done = 0;
  int rc;

  probity_db_assert_owned (self);
  g_assert (probity_db_may_write (self));

  /* A reader that takes its time must not hold up the next command. */
  sqlite3_busy_timeout (self->handle, 100);
  rc = sqlite3_wal_checkpoint_v2 (self->handle, "main", truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &n_log, &n_done);
  sqlite3_busy_timeout (self->handle, PROBITY_DB_BUSY_TIMEOUT_MS);

  if (rc == SQLITE_OK && n_log == n_done)
    self->wal_pages = 0;
  if (rc == SQLITE_OK || (rc & 0xff) == SQLITE_BUSY)
    return TRUE;

  probity_db_set_error (self, rc, error);

  return FALSE;
}

gboolean
probity_db_exec (ProbityDb  *self,
                 const char *sql,
                 GError    **error)
{
  int rc;

  probity_db_assert_owned (self);
  g_assert (sql != NULL);
  probity_db_assert_may_write (self);

  rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (rc == SQLITE_OK)
    return TRUE;

  probity_db_set_error (self, rc, error);

  return FALSE;
}

/* Reads a pragma that gives one number. */
gboolean
probity_db_get_pragma (ProbityDb  *self,
                       const char *name,
                       gint64     *ret_value,
                       GError    **error)
{
  g_autofree char *sql = g_strconcat ("PRAGMA ", name, NULL);
  sqlite3_stmt    *statement = NULL;
  int              rc;

  probity_db_assert_owned (self);

  rc = sqlite3_prepare_v2 (self->handle, sql, -1, &statement, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    *ret_value = sqlite3_column_int64 (statement, 0);
  else
    probity_db_set_error (self, rc, error);
  sqlite3_finalize (statement);

  return rc == SQLITE_ROW;
}

ProbityStatement *
probity_db_query (ProbityDb  *self,
                  GError    **error,
                  const char *sql,
                  ...)
{
  g_autoptr (ProbityStatement) statement = NULL;
  va_list  arguments;
  gboolean ok;

  probity_db_assert_owned (self);
  g_assert (sql != NULL);

  statement = probity_statement_cache_take (self->statements, sql, error);
  if (statement == NULL)
    return NULL;

  va_start (arguments, sql);
  ok = probity_statement_bind_valist (statement, arguments, error);
  va_end (arguments);

  return ok ? g_steal_pointer (&statement) : NULL;
}

gboolean
probity_db_run (ProbityDb  *self,
                GError    **error,
                const char *sql,
                ...)
{
  g_autoptr (ProbityStatement) statement = NULL;
  va_list  arguments;
  gboolean ok;

  probity_db_assert_owned (self);
  g_assert (sql != NULL);

  statement = probity_statement_cache_take (self->statements, sql, error);
  if (statement == NULL)
    return FALSE;

  va_start (arguments, sql);
  ok = probity_statement_bind_valist (statement, arguments, error);
  va_end (arguments);

  return ok && probity_statement_run (statement, error);
}

gint64
probity_db_get_changes (ProbityDb *self)
{
  probity_db_assert_owned (self);

  return sqlite3_changes64 (self->handle);
}

ProbityCompartment
probity_db_get_compartment (ProbityDb *self)
{
  g_return_val_if_fail (self != NULL, PROBITY_COMPARTMENT_JOURNAL);

  return self->compartment;
}
