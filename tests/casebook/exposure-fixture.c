/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "exposure-fixture.h"

#include "probity-investigation.h"

char *
exposure_case_new_in (SessionFixture *fixture)
{
  g_autoptr (ProbityValues) values = values_new ("title", "Custody record in the paper", "received", "2026-03-02", "item", "Custody record of an arrest", NULL);
  g_autoptr (ProbityRecord) record = wait_for_boxed (probity_investigation_open (fixture->admin, &probity_leak_case, values, NULL));

  return g_strdup (probity_record_get_reference (record));
}

char *
exposure_case_new (RecordsFixture *fixture)
{
  return exposure_case_new_in (fixture->base);
}

DexFuture *
exposure_import (RecordsFixture *fixture,
                 ProbitySession *session,
                 const char     *reference,
                 const char     *name,
                 const char     *text,
                 const char     *mapping,
                 const char     *time_zone,
                 int             clock_error)
{
  g_autofree char      *path = write_text (fixture, name, text);
  g_autofree char      *mapping_path = mapping != NULL ? write_text (fixture, "mapping.ini", mapping) : NULL;
  ProbityExposureSource source = {
    .path = path,
    .mapping_path = mapping_path,
    .system = "NICHE",
    .authority = "Data Protection Act 2018, Part 3",
    .necessity = "Who opened the record before it was published",
    .time_zone = time_zone,
    .clock_error = clock_error,
  };

  return probity_exposure_import (session, reference, &source, NULL, NULL);
}

ProbityExposureLog *
exposure_import_text (RecordsFixture *fixture,
                      ProbitySession *session,
                      const char     *reference,
                      const char     *name,
                      const char     *text,
                      const char     *mapping,
                      const char     *time_zone,
                      int             clock_error)
{
  return wait_for_boxed (exposure_import (fixture, session, reference, name, text, mapping, time_zone, clock_error));
}

char *
exposure_describe (ProbityExposureList *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < list->people->len; i++)
    {
      const ProbityExposurePerson *person = g_ptr_array_index (list->people, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", person->staff_number != NULL ? person->staff_number : person->accounts != NULL ? person->accounts
                                                                                                                                             : person->name);
      if (person->gone_step != 0)
        g_string_append_printf (text, "-%d", (int) person->gone_step);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

ProbityExposureList *
exposure_load (ProbitySession *session,
               const char     *reference)
{
  return wait_for_boxed (probity_exposure_load (session, reference, NULL));
}

ProbityExposureList *
exposure_narrow (ProbitySession          *session,
                 const char              *reference,
                 ProbityExposureNarrowing step)
{
  return wait_for_boxed (probity_exposure_narrow (session, reference, &step, 1));
}

gint64
exposure_count (ProbitySession *session,
                const char     *sql)
{
  return wait_for_int64 (read_int64 (probity_session_get_casebook (session), PROBITY_COMPARTMENT_INTELLIGENCE, sql, NULL));
}
