/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Precision, recall and F1 of person comparison over labelled CSV files, straight from the library; --tell lists every pair that
 * is found wrongly or missed. */

#include "../unit/person-truth.h"

#include <locale.h>
#include <string.h>

int
main (int   argc,
      char *argv[])
{
  gboolean tell = FALSE;

  setlocale (LC_ALL, "");
  g_print ("# %-40s %7s %9s %7s %7s %7s %7s %7s\n", "file", "pairs", "precision", "recall", "F1", "wrong", "missed", "unseen");
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      g_autofree char *name = g_path_get_basename (argv[i]);
      TruthResult      result;

      if (strcmp (argv[i], "--tell") == 0)
        {
          tell = TRUE;
          continue;
        }
      rows = truth_load (argv[i], &error);
      if (rows == NULL)
        {
          g_printerr ("%s: %s\n", argv[i], error->message);
          return 1;
        }
      truth_measure (rows, PROBITY_PERSON_THRESHOLD, tell, &result);
      g_print ("  %-40s %7u %9.4f %7.4f %7.4f %7u %7u %7u\n",
               name,
               result.right + result.missed,
               result.precision,
               result.recall,
               result.f1,
               result.wrong,
               result.missed,
               result.not_compared);
    }
  return 0;
}
