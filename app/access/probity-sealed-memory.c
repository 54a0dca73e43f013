/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-sealed-private.h"

#include <sodium.h>
#include <string.h>

#include "probity-secrets-private.h"
#include "probity-workstation-private.h"

#define ENTRY_BYTES (PROBITY_SEALED_ID_BYTES + 8 + PROBITY_HASH_BYTES)
#define ALL_BYTES (PROBITY_MAX_SEALED * ENTRY_BYTES)
#define BOX_BYTES (ALL_BYTES + crypto_box_SEALBYTES)

void
probity_sealed_get_id (ProbityKey *key,
                       guint8      ret_id[PROBITY_SEALED_ID_BYTES])
{
  static const char purpose[] = "probity sealed log";

  crypto_generichash (ret_id, PROBITY_SEALED_ID_BYTES, (const guint8 *) purpose, sizeof purpose, probity_key_peek (key), PROBITY_KEY_BYTES);
}

static void
read_entry (const guint8      *bytes,
            ProbitySealedHead *head)
{
  guint64 seq;

  memcpy (head->id, bytes, sizeof head->id);
  memcpy (&seq, bytes + sizeof head->id, sizeof seq);
  memcpy (head->hash, bytes + sizeof head->id + sizeof seq, sizeof head->hash);
  head->seq = (gint64) GUINT64_FROM_LE (seq);
}

static void
write_entry (guint8                  *bytes,
             const ProbitySealedHead *head)
{
  const guint64 seq = GUINT64_TO_LE ((guint64) head->seq);

  memcpy (bytes, head->id, sizeof head->id);
  memcpy (bytes + sizeof head->id, &seq, sizeof seq);
  memcpy (bytes + sizeof head->id + sizeof seq, head->hash, sizeof head->hash);
}

GArray *
probity_sealed_memory_load (const char     *memory,
                            const char     *account_uid,
                            ProbitySecrets *secrets)
{
  g_autofree char *path = probity_workstation_dup_sealed_path (memory, account_uid);
  GArray          *heads = g_array_new (FALSE, TRUE, sizeof (ProbitySealedHead));
  g_autoptr (GBytes) box = probity_access_file_read (path, BOX_BYTES, NULL);
  g_autoptr (GBytes) bytes = box != NULL && g_bytes_get_size (box) == BOX_BYTES ? probity_secrets_open (secrets, box) : NULL;
  const guint8 *all = bytes != NULL ? g_bytes_get_data (bytes, NULL) : NULL;

  for (guint i = 0; all != NULL && i < PROBITY_MAX_SEALED; i++)
    {
      ProbitySealedHead head;

      read_entry (all + i * ENTRY_BYTES, &head);
      if (head.seq > 0)
        g_array_append_val (heads, head);
    }

  return heads;
}

void
probity_sealed_memory_save (const char     *memory,
                            const char     *account_uid,
                            ProbitySecrets *secrets,
                            GArray         *heads)
{
  g_autofree char   *path = probity_workstation_dup_sealed_path (memory, account_uid);
  g_autofree char   *folder = g_path_get_dirname (path);
  g_autofree guint8 *all = g_malloc0 (ALL_BYTES);
  g_autoptr (GBytes) box = NULL;

  for (guint i = 0; i < heads->len && i < PROBITY_MAX_SEALED; i++)
    write_entry (all + i * ENTRY_BYTES, &g_array_index (heads, ProbitySealedHead, i));
  box = probity_seal_bytes (probity_secrets_peek_box_public (secrets), all, ALL_BYTES);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    probity_access_file_replace (path, box, 0600, NULL);
}

ProbitySealedHead *
probity_sealed_memory_find (GArray     *heads,
                            ProbityKey *key)
{
  guint8 id[PROBITY_SEALED_ID_BYTES];

  probity_sealed_get_id (key, id);
  for (guint i = 0; i < heads->len; i++)
    {
      ProbitySealedHead *head = &g_array_index (heads, ProbitySealedHead, i);

      if (memcmp (head->id, id, sizeof id) == 0)
        return head;
    }

  return NULL;
}
