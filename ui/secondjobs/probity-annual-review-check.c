/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-annual-review-page.h"

#include <glib/gi18n.h>

#include "probity-annual-review.h"
#include "probity-profile.h"

/* One check of everybody whom a run called for, with what came of searching other systems for all of them. */

static char *
dup_list (ProbityCheckKind kind)
{
  return g_strconcat ("other-systems-", probity_check_kind_to_string (kind), NULL);
}

typedef struct
{
  ProbitySession  *session;
  ProbityCheckKind kind;
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_object_unref (batch->session);
  g_free (batch);
}

/* The batch itself takes long: it goes on behind the closed dialog. */
static DexFuture *
remember (ProbityStepDialog *dialog,
          gpointer           data)
{
  Batch           *batch = data;
  g_autofree char *list = dup_list (batch->kind);
  g_auto (GStrv) systems = probity_profile_dup_list (probity_session_get_profile (batch->session), list);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; systems != NULL && systems[i] != NULL; i++)
    {
      const char *text = probity_step_dialog_get_filled (dialog, systems[i]);

      if (text != NULL)
        g_strv_builder_take (builder, g_strdup_printf ("%s=%s", systems[i], text));
    }
  g_object_set_data_full (G_OBJECT (dialog), "searched", g_strv_builder_end (builder), (GDestroyNotify) g_strfreev);

  return dex_future_new_true ();
}

/** What was written of other systems, as probity_annual_review_check() takes it; lives as long as the dialog. */
const char *const *
probity_annual_review_check_dialog_get_searched (ProbityStepDialog *dialog)
{
  return g_object_get_data (G_OBJECT (dialog), "searched");
}

/** probity_annual_review_check_dialog_new: (transfer floating): asks before the check of @kind what came of searching other systems. */
ProbityStepDialog *
probity_annual_review_check_dialog_new (ProbitySession  *session,
                                        ProbityCheckKind kind)
{
  const gboolean     complaints = kind == PROBITY_CHECK_COMPLAINTS;
  ProbityStepDialog *dialog = probity_step_dialog_new (session, complaints ? _ ("Complaints Check of All") : _ ("Intelligence Check of All"), _ ("_Check"));
  ProbityProfile    *profile = probity_session_get_profile (session);
  g_autofree char   *list = dup_list (kind);
  g_auto (GStrv) systems = probity_profile_dup_list (profile, list);
  g_auto (GStrv) required = probity_profile_dup_required_systems (profile, probity_check_kind_to_string (kind));
  Batch *batch = g_new0 (Batch, 1);

  batch->session = g_object_ref (session);
  batch->kind = kind;
  probity_step_dialog_set_note (dialog, _ ("Everybody whom the run called for is searched for. The checks of those without a hit are published in one go, with what you write here on each: when another system was searched and what came, or why it was not. Who has a hit is looked at singly."));
  for (guint i = 0; systems != NULL && systems[i] != NULL; i++)
    {
      const gboolean needed = required != NULL && g_strv_contains ((const char *const *) required, systems[i]);

      probity_step_dialog_add_text (dialog, systems[i], probity_profile_get_label (profile, list, systems[i]), NULL, 1, needed);
    }
  probity_step_dialog_set_step (dialog, remember, batch, batch_free);

  return dialog;
}
