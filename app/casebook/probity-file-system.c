/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/vfs.h>
#include <unistd.h>

/*
 * WAL keeps its index in memory that all programs on the casebook share, and its locks are POSIX
 * locks: neither holds over a network or through FUSE (sqlite.org, wal.html and howtocorrupt.html
 * 2.1), and what has no owners and modes cannot keep other users of the machine out.
 */
static const struct
{
  guint64     type;
  const char *name;
} unsafe_types[] = {
  { 0x6969, "NFS" },
  { 0x517b, "SMB" },
  { 0xfe534d42, "SMB" },
  { 0xff534d42, "CIFS" },
  { 0x564c, "NCP" },
  { 0x01021997, "9p" },
  { 0x65735546, "FUSE" },
  { 0x5346414f, "AFS" },
  { 0x6b414653, "AFS" },
  { 0x73757245, "Coda" },
  { 0x00c36400, "Ceph" },
  { 0x0bd00bd0, "Lustre" },
  { 0x47504653, "GPFS" },
  { 0x20030528, "OrangeFS" },
  { 0x7461636f, "OCFS2" },
  { 0x01161970, "GFS2" },
  { 0x786f4256, "VirtualBox shared folder" },
  { 0xbacbacbc, "VMware shared folder" },
  { 0x7c7c6673, "Parallels shared folder" },
  { 0x6a656a62, "virtual machine’s shared folder" },
  { 0x4d44, "FAT" },
  { 0x2011bab0, "exFAT" },
  { 0x7366746e, "NTFS" },
  { 0x5346544e, "NTFS" },
};

guint64 probity_file_system_pretend_type = 0;

/* Whether WAL is safe on a file system whose statfs() f_type is @type. */
gboolean
probity_file_system_type_is_safe (guint64      type,
                                  const char **ret_name)
{
  /* f_type is signed on some machines. */
  type &= 0xffffffff;

  for (guint i = 0; i < G_N_ELEMENTS (unsafe_types); i++)
    {
      if (unsafe_types[i].type == type)
        {
          if (ret_name != NULL)
            *ret_name = unsafe_types[i].name;
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * probity_casebook_check_file_system:
 *
 * Any thread.
 */
gboolean
probity_casebook_check_file_system (const char *folder,
                                    GError    **error)
{
  struct statfs info;
  const char   *name = NULL;
  guint64       type;

  g_return_val_if_fail (folder != NULL, FALSE);

  if (statfs (folder, &info) != 0)
    {
      probity_file_system_set_error (error, errno, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, folder);
      return FALSE;
    }

  type = probity_file_system_pretend_type != 0 ? probity_file_system_pretend_type : (guint64) info.f_type;
  if (probity_file_system_type_is_safe (type, &name))
    return TRUE;

  g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_UNSAFE_FILE_SYSTEM, "%s is on a file system (%s) on which databases get damaged. A casebook must be on a disk of this computer.", folder, name);

  return FALSE;
}

/* Says why @path could not be opened; what does not exist is @missing_code. */
void
probity_file_system_set_error (GError    **error,
                               int         code,
                               int         missing_code,
                               const char *path)
{
  int mapped;

  switch (code)
    {
    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_NO_RIGHTS, "This user account of the computer has no rights to %s (%s)", path, g_strerror (code));
      return;

    case ENOENT:
    case ENOTDIR:
      g_set_error (error, PROBITY_CASEBOOK_ERROR, missing_code, "%s is missing", path);
      return;

    case EEXIST:
      mapped = PROBITY_CASEBOOK_ERROR_EXISTS;
      break;

    case ENOSPC:
    case EDQUOT:
      mapped = PROBITY_CASEBOOK_ERROR_FULL;
      break;

    case EIO:
      mapped = PROBITY_CASEBOOK_ERROR_IO;
      break;

    default:
      mapped = PROBITY_CASEBOOK_ERROR_FAILED;
      break;
    }

  g_set_error (error, PROBITY_CASEBOOK_ERROR, mapped, "%s: %s", path, g_strerror (code));
}

/* Makes the names in the folder @path last through a loss of power. */
gboolean
probity_file_system_sync_folder (const char *path,
                                 GError    **error)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int rc = fd < 0 ? -1 : fsync (fd);
  int code = errno;

  if (fd >= 0)
    close (fd);
  if (rc == 0)
    return TRUE;

  probity_file_system_set_error (error, code, PROBITY_CASEBOOK_ERROR_NOT_A_CASEBOOK, path);

  return FALSE;
}

char *
probity_file_system_dup_database (const char        *folder,
                                  ProbityCompartment compartment)
{
  return probity_file_system_dup_named_database (folder, probity_compartment_to_string (compartment));
}

char *
probity_file_system_dup_named_database (const char *folder,
                                        const char *name)
{
  g_autofree char *file = g_strconcat (name, ".db", NULL);

  return g_build_filename (folder, name, file, NULL);
}
