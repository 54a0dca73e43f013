/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-manifest.h"

#include <string.h>

/* Text only, and read from the front: there is no second way to write the same manifest. */

G_DEFINE_QUARK (probity-backup-error-quark, probity_backup_error)

static const guint8 magic[16] = { 0x89, 'P', 'R', 'O', 'B', 'I', 'T', 'Y', '-', 'B', 'A', 'C', 'K', 'U', 'P', '\n' };

#define DIGEST_OFFSET 48
#define SIGNATURE_OFFSET 80
#define ZEROS_OFFSET 144
#define CHECK_OFFSET 160

static void
free_member (gpointer data)
{
  ProbityBackupMember *member = data;

  g_free (member->path);
  g_free (member);
}

ProbityBackupManifest *
probity_backup_manifest_new (void)
{
  ProbityBackupManifest *self = g_new0 (ProbityBackupManifest, 1);

  self->members = g_ptr_array_new_with_free_func (free_member);

  return self;
}

void
probity_backup_manifest_free (ProbityBackupManifest *self)
{
  g_free (self->casebook_uid);
  g_free (self->created);
  g_free (self->account_uid);
  g_free (self->account_name);
  g_free (self->program);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    g_free (self->sealed[i]);
  g_ptr_array_unref (self->members);
  g_free (self);
}

void
probity_backup_hash (gconstpointer data,
                     gsize         length,
                     guint8        ret_hash[PROBITY_BACKUP_HASH_BYTES])
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = PROBITY_BACKUP_HASH_BYTES;

  g_checksum_update (checksum, data, (gssize) length);
  g_checksum_get_digest (checksum, ret_hash, &size);
}

char *
probity_backup_hex (const guint8 hash[PROBITY_BACKUP_HASH_BYTES])
{
  GString *text = g_string_sized_new (PROBITY_BACKUP_HASH_BYTES * 2);

  for (guint i = 0; i < PROBITY_BACKUP_HASH_BYTES; i++)
    g_string_append_printf (text, "%02x", hash[i]);

  return g_string_free_and_steal (text);
}

guint64
probity_backup_manifest_get_offset (ProbityBackupManifest *self)
{
  ProbityBackupMember *last;

  if (self->members->len == 0)
    return PROBITY_BACKUP_HEADER_LENGTH;

  last = g_ptr_array_index (self->members, self->members->len - 1);

  return last->offset + last->length;
}

ProbityBackupMember *
probity_backup_manifest_add (ProbityBackupManifest *self,
                             const char            *path,
                             guint64                length)
{
  ProbityBackupMember *member = g_new0 (ProbityBackupMember, 1);

  member->path = g_strdup (path);
  member->offset = probity_backup_manifest_get_offset (self);
  member->length = length;
  g_ptr_array_add (self->members, member);

  return member;
}

ProbityBackupMember *
probity_backup_manifest_find (ProbityBackupManifest *self,
                              const char            *path)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      ProbityBackupMember *member = g_ptr_array_index (self->members, i);

      if (g_str_equal (member->path, path))
        return member;
    }

  return NULL;
}

/* --- What may stand in it --- */

static gboolean
is_word (const char *text,
         gsize       most)
{
  gsize length = strlen (text);

  if (length == 0 || length > most)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("._:+~-", text[i]) == NULL)
      return FALSE;

  return TRUE;
}

static gboolean
is_file_name (const char *name)
{
  if (*name == '\0' || g_str_equal (name, ".") || g_str_equal (name, "..") || strlen (name) > 255)
    return FALSE;
  for (const char *c = name; *c != '\0'; c++)
    if ((guchar) *c < 0x20 || *c == 0x7f)
      return FALSE;

  return TRUE;
}

/*
 * The keyring, the slots, and what lies in a compartment's folder: its database, the log beside it and
 * its exhibits. What belongs to the programs that have it open (an index in shared memory, a lock)
 * is never part of a backup.
 */
gboolean
probity_backup_path_is_valid (const char *path)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char   *wal = NULL;
  const char        *last;
  guint              n_parts;
  ProbityCompartment compartment;

  g_return_val_if_fail (path != NULL, FALSE);

  if (strlen (path) > PROBITY_BACKUP_MAX_PATH || !g_utf8_validate (path, -1, NULL))
    return FALSE;
  if (g_str_equal (path, "keyring.jsonl"))
    return TRUE;

  parts = g_strsplit (path, "/", PROBITY_BACKUP_MAX_DEPTH + 1);
  n_parts = g_strv_length (parts);
  if (n_parts < 2 || n_parts > PROBITY_BACKUP_MAX_DEPTH)
    return FALSE;
  for (guint i = 0; i < n_parts; i++)
    if (!is_file_name (parts[i]))
      return FALSE;

  if (g_str_equal (parts[0], "slots"))
    return n_parts == 2 && is_word (parts[1], 128) && g_str_has_suffix (parts[1], ".json");

  if (!probity_compartment_from_string (parts[0], &compartment) && !probity_sealed_name_is_valid (parts[0]))
    return FALSE;
  last = parts[n_parts - 1];
  wal = g_strconcat (parts[0], ".db-wal", NULL);
  if (g_str_has_suffix (last, "-wal"))
    return n_parts == 2 && g_str_equal (last, wal);

  return !g_str_has_suffix (last, "-shm") && !g_str_equal (last, "lock");
}

/* One name cannot be a file and a folder at once. */
static gboolean
check_paths (ProbityBackupManifest *self)
{
  g_autoptr (GHashTable) paths = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->members->len; i++)
    {
      ProbityBackupMember *member = g_ptr_array_index (self->members, i);

      if (!g_hash_table_add (paths, member->path))
        return FALSE;
    }

  for (guint i = 0; i < self->members->len; i++)
    {
      ProbityBackupMember *member = g_ptr_array_index (self->members, i);

      for (const char *slash = strchr (member->path, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
        {
          g_autofree char *folder = g_strndup (member->path, (gsize) (slash - member->path));

          if (g_hash_table_contains (paths, folder))
            return FALSE;
        }
    }

  if (!g_hash_table_contains (paths, "keyring.jsonl"))
    return FALSE;
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      const char      *name = probity_compartment_to_string ((ProbityCompartment) i);
      g_autofree char *database = g_strdup_printf ("%s/%s.db", name, name);

      if (!g_hash_table_contains (paths, database))
        return FALSE;
    }

  return TRUE;
}

/* --- Writing --- */

GBytes *
probity_backup_manifest_dup_bytes (ProbityBackupManifest *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "casebook %s\n", self->casebook_uid);
  g_string_append_printf (text, "created %s\n", self->created);
  g_string_append_printf (text, "account %s %s\n", self->account_uid, self->account_name);
  g_string_append_printf (text, "program %s\n", self->program);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    if (self->sealed[i] != NULL)
      g_string_append_printf (text, "sealed %s %s\n", probity_compartment_to_string ((ProbityCompartment) i), self->sealed[i]);
  for (guint i = 0; i < self->members->len; i++)
    {
      ProbityBackupMember *member = g_ptr_array_index (self->members, i);
      g_autofree char     *hex = probity_backup_hex (member->sha256);

      g_string_append_printf (text, "member %s %" G_GUINT64_FORMAT " %s\n", hex, member->length, member->path);
    }
  g_string_append (text, "end\n");

  return g_string_free_to_bytes (text);
}

/* --- Reading --- */

typedef struct
{
  char *next; /* what has not been read */
} Lines;

/* The rest of the next line where it begins with @word and a space; NULL, and nothing read, where not. */
static char *
take_line (Lines      *lines,
           const char *word)
{
  gsize length = strlen (word);
  char *line = lines->next;
  char *end = strchr (line, '\n');

  if (end == NULL || strncmp (line, word, length) != 0 || line[length] != ' ')
    return NULL;

  *end = '\0';
  lines->next = end + 1;

  return line + length + 1;
}

static gboolean
take_word (Lines      *lines,
           const char *word,
           gsize       most,
           char      **ret_text)
{
  const char *text = take_line (lines, word);

  if (text == NULL || !is_word (text, most))
    return FALSE;

  *ret_text = g_strdup (text);

  return TRUE;
}

/* `2026-11-22T09:30:00.123Z`, as everywhere in a casebook. */
static gboolean
is_instant (const char *text)
{
  g_autoptr (GDateTime) instant = NULL;

  if (strlen (text) != 24 || text[10] != 'T' || text[23] != 'Z')
    return FALSE;
  instant = g_date_time_new_from_iso8601 (text, NULL);

  return instant != NULL;
}

static gboolean
read_account (ProbityBackupManifest *self,
              Lines                 *lines)
{
  char *line = take_line (lines, "account");
  char *space = line != NULL ? strchr (line, ' ') : NULL;

  if (space == NULL)
    return FALSE;
  *space = '\0';
  if (!is_word (line, 64) || !is_word (space + 1, 64))
    return FALSE;

  self->account_uid = g_strdup (line);
  self->account_name = g_strdup (space + 1);

  return TRUE;
}

static gboolean
is_base64 (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length % 4 == 0 && length <= 1024 * 1024 &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") == length;
}

static gboolean
read_sealed (ProbityBackupManifest *self,
             Lines                 *lines)
{
  int   last = -1;
  char *line;

  while ((line = take_line (lines, "sealed")) != NULL)
    {
      char              *space = strchr (line, ' ');
      ProbityCompartment compartment;

      if (space == NULL)
        return FALSE;
      *space = '\0';
      if (!probity_compartment_from_string (line, &compartment) || (int) compartment <= last || !is_base64 (space + 1))
        return FALSE;
      last = (int) compartment;
      self->sealed[compartment] = g_strdup (space + 1);
    }

  return TRUE;
}

static gboolean
read_hash (const char *hex,
           guint8      hash[PROBITY_BACKUP_HASH_BYTES])
{
  for (guint i = 0; i < PROBITY_BACKUP_HASH_BYTES * 2; i++)
    {
      if (!g_ascii_isxdigit (hex[i]) || g_ascii_isupper (hex[i]))
        return FALSE;
      hash[i / 2] = (guint8) (hash[i / 2] << 4 | g_ascii_xdigit_value (hex[i]));
    }

  return hex[PROBITY_BACKUP_HASH_BYTES * 2] == ' ';
}

/* Written in one way only: digits, no zero in front. The parser alone would pass over a vertical tab before them. */
static gboolean
read_length (const char *text,
             guint64    *ret_length)
{
  return g_ascii_isdigit (text[0]) && (text[0] != '0' || text[1] == '\0') &&
         g_ascii_string_to_unsigned (text, 10, 0, PROBITY_BACKUP_MAX_LENGTH, ret_length, NULL);
}

static gboolean
read_members (ProbityBackupManifest *self,
              Lines                 *lines)
{
  char *line;

  while ((line = take_line (lines, "member")) != NULL)
    {
      guint8               hash[PROBITY_BACKUP_HASH_BYTES] = { 0 };
      ProbityBackupMember *member;
      char                *space;
      guint64              length;

      if (self->members->len >= PROBITY_BACKUP_MAX_MEMBERS || !read_hash (line, hash))
        return FALSE;
      line += PROBITY_BACKUP_HASH_BYTES * 2 + 1;
      space = strchr (line, ' ');
      if (space == NULL)
        return FALSE;
      *space = '\0';

      if (!read_length (line, &length) ||
          length + probity_backup_manifest_get_offset (self) > PROBITY_BACKUP_MAX_LENGTH ||
          !probity_backup_path_is_valid (space + 1))
        return FALSE;

      member = probity_backup_manifest_add (self, space + 1, length);
      memcpy (member->sha256, hash, sizeof hash);
    }

  return TRUE;
}

ProbityBackupManifest *
probity_backup_manifest_parse (GBytes  *bytes,
                               GError **error)
{
  g_autoptr (ProbityBackupManifest) self = probity_backup_manifest_new ();
  g_autofree char *text = NULL;
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);
  Lines            lines;

  if (length > 0 && length <= PROBITY_BACKUP_MAX_MANIFEST && memchr (data, '\0', length) == NULL)
    {
      text = g_strndup (data, length);
      lines.next = text;

      if (take_word (&lines, "casebook", 64, &self->casebook_uid) &&
          take_word (&lines, "created", 24, &self->created) && is_instant (self->created) &&
          read_account (self, &lines) &&
          take_word (&lines, "program", 64, &self->program) &&
          read_sealed (self, &lines) &&
          read_members (self, &lines) &&
          g_str_equal (lines.next, "end\n") &&
          check_paths (self))
        return g_steal_pointer (&self);
    }

  g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, "The backup’s list of files is damaged");

  return NULL;
}

/* --- The header --- */

static void
write_number (guint8 *bytes,
              guint64 number,
              guint   length)
{
  for (guint i = 0; i < length; i++)
    bytes[i] = (guint8) (number >> (8 * i));
}

static guint64
read_number (const guint8 *bytes,
             guint         length)
{
  guint64 number = 0;

  for (guint i = length; i > 0; i--)
    number = number << 8 | bytes[i - 1];

  return number;
}

void
probity_backup_header_write (const ProbityBackupHeader *self,
                             guint8                     bytes[PROBITY_BACKUP_HEADER_LENGTH])
{
  memset (bytes, 0, PROBITY_BACKUP_HEADER_LENGTH);
  memcpy (bytes, magic, sizeof magic);
  write_number (bytes + 16, PROBITY_BACKUP_VERSION, 4);
  write_number (bytes + 20, PROBITY_BACKUP_HEADER_LENGTH, 4);
  write_number (bytes + 24, self->manifest_offset, 8);
  write_number (bytes + 32, self->manifest_length, 8);
  write_number (bytes + 40, self->total_length, 8);
  memcpy (bytes + DIGEST_OFFSET, self->digest, sizeof self->digest);
  memcpy (bytes + SIGNATURE_OFFSET, self->signature, sizeof self->signature);
  probity_backup_hash (bytes, CHECK_OFFSET, bytes + CHECK_OFFSET);
}

gboolean
probity_backup_header_parse (ProbityBackupHeader *self,
                             const guint8        *bytes,
                             gsize                length,
                             GError             **error)
{
  static const guint8 zeros[CHECK_OFFSET - ZEROS_OFFSET];
  guint8              check[PROBITY_BACKUP_HASH_BYTES];

  if (length < sizeof magic + 4 || memcmp (bytes, magic, sizeof magic) != 0)
    {
      g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_NOT_A_BACKUP, "This file is not a backup of a casebook");
      return FALSE;
    }
  if (read_number (bytes + 16, 4) > PROBITY_BACKUP_VERSION)
    {
      g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_NEWER_VERSION, "This backup was made by a newer version of the program");
      return FALSE;
    }

  if (length >= PROBITY_BACKUP_HEADER_LENGTH)
    {
      probity_backup_hash (bytes, CHECK_OFFSET, check);
      self->manifest_offset = read_number (bytes + 24, 8);
      self->manifest_length = read_number (bytes + 32, 8);
      self->total_length = read_number (bytes + 40, 8);
      memcpy (self->digest, bytes + DIGEST_OFFSET, sizeof self->digest);
      memcpy (self->signature, bytes + SIGNATURE_OFFSET, sizeof self->signature);

      if (memcmp (check, bytes + CHECK_OFFSET, sizeof check) == 0 &&
          memcmp (zeros, bytes + ZEROS_OFFSET, sizeof zeros) == 0 &&
          read_number (bytes + 16, 4) == PROBITY_BACKUP_VERSION &&
          read_number (bytes + 20, 4) == PROBITY_BACKUP_HEADER_LENGTH &&
          self->manifest_length > 0 && self->manifest_length <= PROBITY_BACKUP_MAX_MANIFEST &&
          self->manifest_offset >= PROBITY_BACKUP_HEADER_LENGTH && self->manifest_offset <= PROBITY_BACKUP_MAX_LENGTH &&
          self->total_length == self->manifest_offset + self->manifest_length)
        return TRUE;
    }

  g_set_error_literal (error, PROBITY_BACKUP_ERROR, PROBITY_BACKUP_ERROR_DAMAGED, "The head of the backup is damaged");

  return FALSE;
}
