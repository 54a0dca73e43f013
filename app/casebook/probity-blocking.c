/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-blocking.h"

typedef struct
{
  ProbityBlockingFunc func;
  gpointer            data;
  GDestroyNotify      data_destroy;
  DexPromise         *promise;
} Blocking;

static gpointer
blocking_thread (gpointer data)
{
  Blocking *blocking = data;
  GError   *error = NULL;
  gboolean  ok = blocking->func (blocking->data, &error);

  if (blocking->data_destroy != NULL)
    blocking->data_destroy (blocking->data);
  if (ok)
    dex_promise_resolve_boolean (blocking->promise, TRUE);
  else
    dex_promise_reject (blocking->promise, error);
  dex_unref (blocking->promise);
  g_free (blocking);

  return NULL;
}

DexFuture *
probity_run_blocking (ProbityBlockingFunc func,
                      gpointer            data,
                      GDestroyNotify      data_destroy)
{
  Blocking   *blocking = g_new0 (Blocking, 1);
  DexPromise *promise = dex_promise_new ();

  blocking->func = func;
  blocking->data = data;
  blocking->data_destroy = data_destroy;
  blocking->promise = dex_ref (promise);
  g_thread_unref (g_thread_new ("blocking", blocking_thread, blocking));

  return DEX_FUTURE (promise);
}
