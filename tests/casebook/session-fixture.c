/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <glib/gstdio.h>

#include "probity-keyring-private.h"
#include "probity-list-kind.h"
#include "probity-sealed-private.h"

static const ProbityKeyCost cheap = { 1, 8192 };

guint session_fixture_places = 0;

gpointer
wait_for_object (DexFuture *future)
{
  g_autoptr (DexFuture) done = wait_for (future);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  g_assert_no_error (error);

  return g_value_dup_object (value);
}

gpointer
wait_for_boxed (DexFuture *future)
{
  g_autoptr (DexFuture) done = wait_for (future);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  g_assert_no_error (error);

  return g_value_dup_boxed (value);
}

void
session_fixture_allow_cheap_slots (void)
{
  probity_key_cost_set_floor (&cheap);
  probity_sealed_places_per_account = session_fixture_places;
}

static SessionFixture *
make_fixture (const char *base)
{
  SessionFixture  *self = g_new0 (SessionFixture, 1);
  g_autofree char *state = g_build_filename (base, "state", NULL);

  self->base = g_strdup (base);
  self->folder = g_build_filename (base, "casebook", NULL);
  self->clock = probity_clock_new_fixed (SESSION_FIXTURE_NOW);
  g_setenv ("PROBITY_STATE_DIR", state, TRUE);
  session_fixture_allow_cheap_slots ();

  return self;
}

SessionFixture *
session_fixture_new (const char *profile)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_dir_make_tmp ("session-XXXXXX", &error);

  g_assert_no_error (error);

  return session_fixture_new_in (base, profile);
}

SessionFixture *
session_fixture_new_in (const char *base,
                        const char *profile)
{
  SessionFixture *self = make_fixture (base);

  wait_for_success (probity_session_create_casebook (&(ProbityCreateOptions) {
      .folder = self->folder,
      .profile = profile,
      .account = "admin",
      .roles = PROBITY_ROLE_ADMINISTRATOR | PROBITY_ROLE_DECIDER,
      .staff_number = "1000",
      .passphrase = "admin",
      .cost = cheap,
      .clock = self->clock,
  }));
  self->admin = session_fixture_sign_in (self, "admin");

  return self;
}

SessionFixture *
session_fixture_open (const char *base)
{
  SessionFixture *self = make_fixture (base);

  self->is_kept = TRUE;
  self->admin = session_fixture_sign_in (self, "admin");

  return self;
}

void
session_fixture_free (SessionFixture *self)
{
  if (self->admin != NULL)
    session_fixture_sign_out (self->admin);
  if (!self->is_kept)
    remove_tree (self->base);
  g_free (self->base);
  g_free (self->folder);
  probity_clock_unref (self->clock);
  g_free (self);
}

void
session_fixture_add (SessionFixture *self,
                     const char     *name,
                     const char     *roles_text,
                     const char     *staff_number)
{
  g_autoptr (GError) error = NULL;
  ProbityRoles roles;

  g_assert_true (probity_roles_parse (roles_text, &roles, &error));
  wait_for_success (probity_session_add_account (self->admin, name, roles, staff_number, name));
}

ProbitySession *
session_fixture_sign_in (SessionFixture *self,
                         const char     *name)
{
  return wait_for_object (probity_session_sign_in (self->folder, name, name, self->clock));
}

GError *
session_fixture_fail_to_sign_in (SessionFixture *self,
                                 const char     *name,
                                 const char     *passphrase)
{
  GError *error = wait_for_error (probity_session_sign_in (self->folder, name, passphrase, self->clock));

  g_assert_nonnull (error);

  return error;
}

void
session_fixture_sign_out (ProbitySession *session)
{
  wait_for_success (probity_session_sign_out (session));
  g_object_unref (session);
}

guint
assert_verified (ProbitySession *session)
{
  g_autoptr (ProbityVerifyReport) report = wait_for_boxed (probity_audit_verify (session, NULL));

  for (guint i = 0; i < report->compartments->len; i++)
    {
      const ProbityVerifyCompartment *compartment = g_ptr_array_index (report->compartments, i);

      for (guint j = 0; compartment->problems != NULL && compartment->problems[j] != NULL; j++)
        {
          g_test_message ("%s: %s", compartment->name, compartment->problems[j]);
          g_assert_cmpstr (compartment->problems[j], ==, NULL);
        }
    }
  g_assert_true (report->ok);

  return report->compartments->len;
}

gboolean
assert_list_starts (ProbitySession   *session,
                    ProbityListQuery *query)
{
  g_autoptr (GArray) whole = wait_for_boxed (probity_list_load_ids (session, query, NULL));
  g_autoptr (DexFuture) start_future = NULL;
  g_autoptr (GArray) ids = wait_for_boxed (probity_list_load_ids_from_start (session, query, NULL, &start_future));
  g_autoptr (DexFuture) done = wait_for (g_steal_pointer (&start_future));
  g_autoptr (GError) error = NULL;
  const GValue     *value = dex_future_get_value (done, &error);
  ProbityListStart *start;

  g_assert_cmpmem (ids->data, ids->len * sizeof (gint64), whole->data, whole->len * sizeof (gint64));
  if (value == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      return FALSE;
    }
  start = g_value_get_boxed (value);
  g_assert_cmpuint (start->ids->len, ==, PROBITY_LIST_START_IDS);
  g_assert_cmpuint (start->rows->len, ==, PROBITY_LIST_START_ROWS);
  g_assert_cmpuint (whole->len, >, PROBITY_LIST_START_IDS);
  g_assert_cmpmem (start->ids->data, start->ids->len * sizeof (gint64), whole->data, PROBITY_LIST_START_IDS * sizeof (gint64));
  {
    g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, probity_list_query_get_kind (query), (const gint64 *) (gpointer) whole->data, PROBITY_LIST_START_ROWS, NULL));

    for (guint i = 0; i < rows->len; i++)
      {
        const ProbityListRow *expected = g_ptr_array_index (rows, i);
        const ProbityListRow *row = g_ptr_array_index (start->rows, i);

        g_assert_nonnull (row);
        g_assert_cmpint (row->id, ==, expected->id);
        g_assert_cmpstr (row->uid, ==, expected->uid);
        for (guint c = 0; c < row->n_cells; c++)
          g_assert_cmpstr (row->cells[c], ==, expected->cells[c]);
      }
  }

  return TRUE;
}
