/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"
#include "probity-outbox.h"

/* Functions that other rooms give a casebook, for its threads to call. */

typedef struct
{
  GCallback      func;
  gpointer       data;
  GDestroyNotify data_destroy;
} Hook;

struct _ProbityHooks
{
  GMutex      lock;
  Hook        head;
  Hook        registers;
  GHashTable *outbox; /* command → Hook */
};

static void
clear_hook (Hook *hook)
{
  if (hook->data_destroy != NULL)
    hook->data_destroy (hook->data);
  *hook = (Hook) { 0 };
}

static void
free_hook (gpointer data)
{
  clear_hook (data);
  g_free (data);
}

ProbityHooks *
probity_hooks_new (void)
{
  ProbityHooks *self = g_new0 (ProbityHooks, 1);

  g_mutex_init (&self->lock);
  self->outbox = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_hook);

  return self;
}

void
probity_hooks_clear (ProbityHooks *self)
{
  clear_hook (&self->head);
  clear_hook (&self->registers);
  g_hash_table_remove_all (self->outbox);
}

void
probity_hooks_free (ProbityHooks *self)
{
  probity_hooks_clear (self);
  g_hash_table_unref (self->outbox);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static void
set_hook (ProbityHooks  *self,
          Hook          *hook,
          GCallback      func,
          gpointer       data,
          GDestroyNotify data_destroy)
{
  g_mutex_lock (&self->lock);
  clear_hook (hook);
  *hook = (Hook) { .func = func, .data = data, .data_destroy = data_destroy };
  g_mutex_unlock (&self->lock);
}

/* A copy: what it calls runs without the lock. */
static Hook
get_hook (ProbityHooks *self,
          const Hook   *hook)
{
  Hook copy;

  g_mutex_lock (&self->lock);
  copy = *hook;
  g_mutex_unlock (&self->lock);

  return copy;
}

static Hook
find_outbox_hook (ProbityHooks *self,
                  const char   *command)
{
  Hook  found = { 0 };
  Hook *hook;

  g_mutex_lock (&self->lock);
  hook = g_hash_table_lookup (self->outbox, command);
  if (hook != NULL)
    found = *hook;
  g_mutex_unlock (&self->lock);

  return found;
}

void
probity_casebook_add_outbox_handler (ProbityCasebook  *self,
                                     const char       *command,
                                     ProbityOutboxFunc func,
                                     gpointer          data,
                                     GDestroyNotify    data_destroy)
{
  ProbityHooks *hooks;
  Hook         *hook;

  g_return_if_fail (PROBITY_IS_CASEBOOK (self));
  g_return_if_fail (command != NULL && func != NULL);

  hooks = probity_casebook_peek_hooks (self);
  hook = g_new0 (Hook, 1);
  *hook = (Hook) { .func = G_CALLBACK (func), .data = data, .data_destroy = data_destroy };

  g_mutex_lock (&hooks->lock);
  g_hash_table_replace (hooks->outbox, g_strdup (command), hook);
  g_mutex_unlock (&hooks->lock);
}

gboolean
probity_casebook_find_outbox_handler (ProbityCasebook *self,
                                      const char      *command)
{
  return find_outbox_hook (probity_casebook_peek_hooks (self), command).func != NULL;
}

gboolean
probity_casebook_call_outbox_handler (ProbityCasebook   *self,
                                      ProbityWrite      *write,
                                      ProbityCompartment source,
                                      const char        *command,
                                      const char        *payload,
                                      GError           **error)
{
  const Hook hook = find_outbox_hook (probity_casebook_peek_hooks (self), command);

  g_assert (hook.func != NULL);

  return ((ProbityOutboxFunc) hook.func) (write, source, payload, hook.data, error);
}

void
probity_casebook_set_head_func (ProbityCasebook *self,
                                ProbityHeadFunc  func,
                                gpointer         data,
                                GDestroyNotify   data_destroy)
{
  ProbityHooks *hooks;

  g_return_if_fail (PROBITY_IS_CASEBOOK (self));

  hooks = probity_casebook_peek_hooks (self);
  set_hook (hooks, &hooks->head, G_CALLBACK (func), data, data_destroy);
}

gboolean
probity_casebook_has_head_func (ProbityCasebook *self)
{
  ProbityHooks *hooks = probity_casebook_peek_hooks (self);

  return get_hook (hooks, &hooks->head).func != NULL;
}

gboolean
probity_casebook_call_head_func (ProbityCasebook *self,
                                 ProbityWrite    *write,
                                 GError         **error)
{
  ProbityHooks *hooks = probity_casebook_peek_hooks (self);
  const Hook    hook = get_hook (hooks, &hooks->head);

  return hook.func == NULL || ((ProbityHeadFunc) hook.func) (write, hook.data, error);
}

void
probity_casebook_set_registers_func (ProbityCasebook     *self,
                                     ProbityRegistersFunc func,
                                     gpointer             data,
                                     GDestroyNotify       data_destroy)
{
  ProbityHooks *hooks;

  g_return_if_fail (PROBITY_IS_CASEBOOK (self));

  hooks = probity_casebook_peek_hooks (self);
  set_hook (hooks, &hooks->registers, G_CALLBACK (func), data, data_destroy);
}

gboolean
probity_casebook_has_registers_func (ProbityCasebook *self)
{
  ProbityHooks *hooks = probity_casebook_peek_hooks (self);

  return get_hook (hooks, &hooks->registers).func != NULL;
}

gboolean
probity_casebook_look_at_registers (ProbityCasebook *self,
                                    ProbityDb       *registers,
                                    gint64          *seen,
                                    GError         **error)
{
  ProbityHooks *hooks = probity_casebook_peek_hooks (self);
  const Hook    hook = get_hook (hooks, &hooks->registers);
  gint64        version;

  if (hook.func == NULL)
    return TRUE;
  if (!probity_db_get_pragma (registers, "data_version", &version, error))
    return FALSE;
  if (version != *seen && !((ProbityRegistersFunc) hook.func) (registers, hook.data, error))
    return FALSE;
  *seen = version;

  return TRUE;
}
