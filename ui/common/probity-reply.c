/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-reply.h"

#include "probity-session.h"

typedef struct
{
  GWeakRef         object;
  ProbityReplyFunc func;
} Reply;

static void
reply_free (gpointer data)
{
  Reply *reply = data;

  g_weak_ref_clear (&reply->object);
  g_free (reply);
}

static DexFuture *
future_finished_cb (DexFuture *future,
                    gpointer   data)
{
  Reply *reply = data;
  g_autoptr (GObject) object = g_weak_ref_get (&reply->object);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (object != NULL)
    reply->func (object, value, error);
  else if (value != NULL && G_VALUE_HOLDS (value, PROBITY_TYPE_SESSION))
    /* The window closed while somebody signed in: dropped, the casebook would close on this thread and hold it up. */
    dex_future_disown (probity_session_sign_out (g_value_get_object (value)));
  return dex_future_new_true ();
}

/**
 * probity_reply:
 * @future: (transfer full): what is waited for
 * @object: whom the answer is for
 * @func: what takes the answer
 *
 * Calls @func on the main thread, on its own stack and not on a fiber's, once @future has an answer.
 * An answer to an object that is gone is dropped. This is how widgets wait: building widgets needs
 * more stack than a fiber has.
 */
void
probity_reply (DexFuture       *future,
               gpointer         object,
               ProbityReplyFunc func)
{
  Reply *reply;

  g_return_if_fail (DEX_IS_FUTURE (future));
  g_return_if_fail (G_IS_OBJECT (object));
  g_return_if_fail (func != NULL);

  reply = g_new0 (Reply, 1);
  g_weak_ref_init (&reply->object, object);
  reply->func = func;
  dex_future_disown (dex_future_finally (future, future_finished_cb, reply, reply_free));
}
