/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-db-private.h"

#include <errno.h>

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
      return probity_db_is_cut (self->path) ? PROBITY_CASEBOOK_ERROR_DAMAGED : PROBITY_CASEBOOK_ERROR_WRONG_KEY;

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
