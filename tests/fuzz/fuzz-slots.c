/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key slot file lies in a folder where others can write. It is read whole, or refused with a reason; a cost that would
 * take the machine's memory is never paid. */

#include "config.h"

#include "probity-keyring-private.h"

#include <stdint.h>

#define ACCOUNT "01900000-0000-7000-8000-000000000002"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         length);

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (ProbityKeySlots) slots = probity_key_slots_parse (bytes, ACCOUNT, &error);

  if ((slots != NULL) != (error == NULL))
    g_error ("Key slots were neither accepted nor refused");
  if (slots == NULL)
    return 0;

  for (ProbitySlotKind kind = PROBITY_SLOT_PASSPHRASE; kind < PROBITY_N_SLOT_KINDS; kind++)
    {
      ProbityKeyCost cost;

      if (probity_key_slots_get_cost (slots, kind, &cost) && cost.memory > G_GUINT64_CONSTANT (4) * 1024 * 1024 * 1024)
        g_error ("A slot asks for %" G_GUINT64_FORMAT " bytes", cost.memory);
    }

  {
    g_autoptr (GBytes) written = probity_key_slots_dup_bytes (slots);
    g_autoptr (ProbityKeySlots) again = probity_key_slots_parse (written, ACCOUNT, &error);

    if (again == NULL)
      g_error ("What was read and written is refused: %s", error->message);
  }
  return 0;
}
