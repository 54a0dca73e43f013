/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

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

/* A casebook as @prepare left it, from which those of the same kind are copied: making one costs more than most tests. */
typedef struct
{
  char                 *profile;
  guint                 places;
  SessionFixturePrepare prepare;
  char                 *base;
  GPid                  maker;
  gboolean              in_use; /* two casebooks at the same time are two, not twice the same one */
} Template;

static GSList *templates = NULL;

static void
forget_templates (void)
{
  for (GSList *link = templates; link != NULL; link = link->next)
    {
      Template *template = link->data;

      /* A test that forked ends without them. */
      if (template->maker == getpid ())
        remove_tree (template->base);
      g_free (template->base);
      g_free (template->profile);
      g_free (template);
    }
  g_clear_pointer (&templates, g_slist_free);
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

static SessionFixture *
make_temporary_fixture (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *base = g_dir_make_tmp ("session-XXXXXX", &error);

  g_assert_no_error (error);

  return make_fixture (base);
}

static void
create_casebook (SessionFixture *self,
                 const char     *profile)
{
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
}

static Template *
make_template (const char           *profile,
               SessionFixturePrepare prepare)
{
  Template *template = g_new0 (Template, 1);
  SessionFixture *fixture = make_temporary_fixture ();

  create_casebook (fixture, profile);
  if (prepare != NULL)
    {
      fixture->admin = session_fixture_sign_in (fixture, "admin");
      prepare (fixture);
      session_fixture_sign_out (g_steal_pointer (&fixture->admin));
    }

  template->profile = g_strdup (profile);
  template->places = session_fixture_places;
  template->prepare = prepare;
  template->base = g_steal_pointer (&fixture->base);
  template->maker = getpid ();
  g_free (fixture->folder);
  probity_clock_unref (fixture->clock);
  g_free (fixture);

  if (templates == NULL)
    atexit (forget_templates);
  templates = g_slist_prepend (templates, template);

  return template;
}

static Template *
find_template (const char           *profile,
               SessionFixturePrepare prepare)
{
  for (GSList *link = templates; link != NULL; link = link->next)
    {
      Template *template = link->data;

      if (g_str_equal (template->profile, profile) && template->places == session_fixture_places && template->prepare == prepare && !template->in_use)
        return template;
    }

  return make_template (profile, prepare);
}

/* What the workstation remembers names the folder: elsewhere the copy would be taken for a restored one. */
static void
tell_of_move (SessionFixture *self,
              Template *template)
{
  g_autofree char *heads = g_build_filename (self->base, "state", "heads", NULL);
  g_autoptr (GDir) dir = g_dir_open (heads, 0, NULL);
  const char *name;
  guint       n_told = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (heads, name, NULL);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *bytes = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      g_file_get_contents (path, &bytes, NULL, &error);
      g_assert_no_error (error);
      g_string_append (text, bytes);
      /* Others that were open meanwhile are remembered there too. */
      n_told += g_string_replace (text, template->base, self->base, 0);
      g_file_set_contents (path, text->str, -1, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (n_told, >, 0);
}

SessionFixture *
session_fixture_new_prepared (const char           *profile,
                              SessionFixturePrepare prepare)
{
  SessionFixture *self;
  Template *template;
  g_autofree char *from = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  session_fixture_allow_cheap_slots ();
  template = find_template (profile, prepare);

  self = make_temporary_fixture ();
  self->original = template;
  template->in_use = TRUE;
  from = g_build_filename (template->base, ".", NULL);
  g_spawn_sync (NULL, (char **) (const char *[]) { "cp", "-a", from, self->base, NULL }, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  tell_of_move (self, template);
  self->admin = session_fixture_sign_in (self, "admin");

  return self;
}

SessionFixture *
session_fixture_new (const char *profile)
{
  return session_fixture_new_prepared (profile, NULL);
}

SessionFixture *
session_fixture_new_in (const char *base,
                        const char *profile)
{
  SessionFixture *self = make_fixture (base);

  create_casebook (self, profile);
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
  if (self->original != NULL)
    ((Template *) self->original)->in_use = FALSE;
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

void
session_fixture_sign_in_again (SessionFixture  *self,
                               ProbitySession **session,
                               const char      *name)
{
  session_fixture_sign_out (*session);
  *session = session_fixture_sign_in (self, name);
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
  g_autoptr (ProbityIds) packed = wait_for_boxed (probity_list_load_order (session, query, NULL, &start_future));
  g_autoptr (GArray) ids = probity_ids_to_array (packed);
  g_autoptr (DexFuture) done = wait_for (g_steal_pointer (&start_future));
  g_autoptr (GError) error = NULL;
  const GValue     *value = dex_future_get_value (done, &error);
  const guint       n = probity_list_query_get_search (query) != NULL ? PROBITY_LIST_START : PROBITY_LIST_START_IDS;
  ProbityListStart *start;

  g_assert_cmpmem (ids->data, ids->len * sizeof (gint64), whole->data, whole->len * sizeof (gint64));
  if (value == NULL)
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      return FALSE;
    }
  start = g_value_get_boxed (value);
  g_assert_cmpuint (start->ids->len, ==, n);
  g_assert_cmpuint (start->rows->len, ==, PROBITY_LIST_START);
  g_assert_cmpuint (whole->len, >, n);
  g_assert_cmpmem (start->ids->data, start->ids->len * sizeof (gint64), whole->data, n * sizeof (gint64));
  {
    g_autoptr (GPtrArray) rows = wait_for_boxed (probity_list_load_rows (session, probity_list_query_get_kind (query), (const gint64 *) (gpointer) whole->data, PROBITY_LIST_START, NULL));

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
