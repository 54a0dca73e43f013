/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "probity-types.h"

G_BEGIN_DECLS

/*
 * What a backup file says of itself. Everything here is read from outside: nothing is believed before
 * it has been looked at.
 *
 *   header      192 bytes, numbers little-endian:
 *                 0  magic, 16 bytes: 0x89 PROBITY-BACKUP 0x0a
 *                16  version, 4 bytes: 1
 *                20  length of the header, 4 bytes: 192
 *                24  offset of the manifest, 8 bytes
 *                32  length of the manifest, 8 bytes
 *                40  length of the whole file, 8 bytes
 *                48  SHA-256 of the manifest, 32 bytes: the backup's digest
 *                80  Ed25519 signature of the account that made it, 64 bytes (see probity-backup-signing)
 *               144  zeros
 *               160  SHA-256 of the 160 bytes before
 *   members     the files one after the other, in the order of the manifest, nothing between them
 *   manifest    lines of text
 *
 * The manifest's lines, each once unless said otherwise, in this order:
 *
 *   casebook UID
 *   created INSTANT
 *   account UID NAME
 *   program VERSION
 *   sealed COMPARTMENT BASE64    for each compartment that whoever made it could open: what was found
 *                                in it (head of its log, count of each table's rows), sealed to it
 *   member SHA256 LENGTH PATH    for each file
 *   end
 */

#define PROBITY_BACKUP_SUFFIX ".probity-backup"
#define PROBITY_BACKUP_VERSION 1
#define PROBITY_BACKUP_HEADER_LENGTH 192
#define PROBITY_BACKUP_HASH_BYTES 32
#define PROBITY_BACKUP_SIGNATURE_BYTES 64

/* Limits of what is read. */
#define PROBITY_BACKUP_MAX_MANIFEST (64 * 1024 * 1024)
#define PROBITY_BACKUP_MAX_MEMBERS 250000
#define PROBITY_BACKUP_MAX_PATH 1024
#define PROBITY_BACKUP_MAX_DEPTH 8
#define PROBITY_BACKUP_MAX_LENGTH (G_GINT64_CONSTANT (1) << 46)

typedef enum
{
  PROBITY_BACKUP_ERROR_NOT_A_BACKUP,
  PROBITY_BACKUP_ERROR_DAMAGED, /* a backup once; it is not whole, or not as it was made */
  PROBITY_BACKUP_ERROR_NEWER_VERSION,
  PROBITY_BACKUP_ERROR_FOREIGN, /* of another casebook, or not signed by the account that it names */
  PROBITY_BACKUP_ERROR_CHANGED, /* a file went away while the backup was made */
} ProbityBackupError;

#define PROBITY_BACKUP_ERROR (probity_backup_error_quark ())
GQuark probity_backup_error_quark (void);

typedef struct
{
  char   *path; /* below the casebook's folder, with `/` */
  guint64 offset;
  guint64 length;
  guint8  sha256[PROBITY_BACKUP_HASH_BYTES];
} ProbityBackupMember;

typedef struct
{
  char      *casebook_uid;
  char      *created; /* instant */
  char      *account_uid;
  char      *account_name;
  char      *program;
  char      *sealed[PROBITY_N_COMPARTMENTS]; /* base64; NULL where it could not be opened */
  GPtrArray *members;                        /* ProbityBackupMember */
} ProbityBackupManifest;

ProbityBackupManifest *probity_backup_manifest_new (void);
void                   probity_backup_manifest_free (ProbityBackupManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProbityBackupManifest, probity_backup_manifest_free)

/** Adds a file that lies behind those added before; its SHA-256 is filled in later. (transfer none) */
ProbityBackupMember *probity_backup_manifest_add (ProbityBackupManifest *self,
                                                  const char            *path,
                                                  guint64                length);
ProbityBackupMember *probity_backup_manifest_find (ProbityBackupManifest *self,
                                                   const char            *path);
/** Where the manifest itself lies: behind the last member. */
guint64 probity_backup_manifest_get_offset (ProbityBackupManifest *self);

/** Whether a file of this name belongs into a backup and may be written when it is restored. */
gboolean probity_backup_path_is_valid (const char *path);

/** (transfer full) */
GBytes *probity_backup_manifest_dup_bytes (ProbityBackupManifest *self);
/** Reads what probity_backup_manifest_dup_bytes() writes, and nothing else. DAMAGED. Any thread. */
ProbityBackupManifest *probity_backup_manifest_parse (GBytes  *bytes,
                                                      GError **error);

/** The fixed part in front. */
typedef struct
{
  guint64 manifest_offset;
  guint64 manifest_length;
  guint64 total_length;
  guint8  digest[PROBITY_BACKUP_HASH_BYTES];
  guint8  signature[PROBITY_BACKUP_SIGNATURE_BYTES];
} ProbityBackupHeader;

void     probity_backup_header_write (const ProbityBackupHeader *self,
                                      guint8                     bytes[PROBITY_BACKUP_HEADER_LENGTH]);
gboolean probity_backup_header_parse (ProbityBackupHeader *self,
                                      const guint8        *bytes,
                                      gsize                length,
                                      GError             **error);

/** SHA-256 as it is hashed everywhere in here. */
void  probity_backup_hash (gconstpointer data,
                           gsize         length,
                           guint8        ret_hash[PROBITY_BACKUP_HASH_BYTES]);
char *probity_backup_hex (const guint8 hash[PROBITY_BACKUP_HASH_BYTES]);

G_END_DECLS
