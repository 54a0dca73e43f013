/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-due-minder.h"

#include <glib/gi18n.h>

#include "probity-overview.h"

#define NOTIFICATION "due"
#define SERVICE "org.freedesktop.Notifications"

struct _ProbityDueMinder
{
  GObject parent_instance;

  GHashTable   *told; /* what of this session was told of already */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ProbityDueMinder, probity_due_minder, G_TYPE_OBJECT)

enum
{
  SIGNAL_DUE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_due (const ProbityDayItem *item)
{
  return g_strcmp0 (item->group, "overdue") == 0 || g_strcmp0 (item->group, "today") == 0;
}

static char *
dup_key (const ProbityDayItem *item)
{
  return g_strdup_printf ("%s|%s|%s", item->what, item->uid != NULL ? item->uid : "", item->due != NULL ? item->due : "");
}

/* What is on its way to the desktop. */
typedef struct
{
  GApplication  *application;
  GNotification *notification;
  GCancellable  *cancellable;
} Message;

static void
message_free (Message *self)
{
  g_object_unref (self->application);
  g_object_unref (self->notification);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Message, message_free)

static void
service_started_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (Message) message = data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply != NULL && !g_cancellable_is_cancelled (message->cancellable))
    g_application_send_notification (message->application, NOTIFICATION, message->notification);
}

/* A desktop without a place for notifications is asked first: GIO would warn of it each time. */
static void
tell_desktop (ProbityDueMinder *self,
              GApplication     *application,
              GNotification    *notification)
{
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  Message         *message;

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    {
      g_application_send_notification (application, NOTIFICATION, notification);
      return;
    }
  if (bus == NULL)
    return;

  message = g_new0 (Message, 1);
  message->application = g_object_ref (application);
  message->notification = g_object_ref (notification);
  message->cancellable = g_object_ref (self->cancellable);
  g_dbus_connection_call (bus,
                          "org.freedesktop.DBus",
                          "/org/freedesktop/DBus",
                          "org.freedesktop.DBus",
                          "StartServiceByName",
                          g_variant_new ("(su)", SERVICE, 0),
                          G_VARIANT_TYPE ("(u)"),
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          self->cancellable,
                          service_started_cb,
                          message);
}

static void
probity_due_minder_dispose (GObject *object)
{
  ProbityDueMinder *self = PROBITY_DUE_MINDER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (probity_due_minder_parent_class)->dispose (object);
}

static void
probity_due_minder_finalize (GObject *object)
{
  g_clear_pointer (&PROBITY_DUE_MINDER (object)->told, g_hash_table_unref);

  G_OBJECT_CLASS (probity_due_minder_parent_class)->finalize (object);
}

static void
probity_due_minder_class_init (ProbityDueMinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_due_minder_dispose;
  object_class->finalize = probity_due_minder_finalize;

  signals[SIGNAL_DUE] =
      g_signal_new ("due", PROBITY_TYPE_DUE_MINDER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
probity_due_minder_init (ProbityDueMinder *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

/** probity_due_minder_new: (transfer full) */
ProbityDueMinder *
probity_due_minder_new (void)
{
  return g_object_new (PROBITY_TYPE_DUE_MINDER, NULL);
}

/**
 * probity_due_minder_take:
 * @application: (nullable): through which the desktop is told
 * @items: (element-type ProbityDayItem): the day of who is signed in, as it stands
 *
 * Tells how much is due if anything is that was not told of yet.
 */
void
probity_due_minder_take (ProbityDueMinder *self,
                         GApplication     *application,
                         GPtrArray        *items)
{
  guint n_due = 0;
  guint n_new = 0;

  g_return_if_fail (PROBITY_IS_DUE_MINDER (self));
  g_return_if_fail (items != NULL);

  for (guint i = 0; i < items->len; i++)
    if (is_due (g_ptr_array_index (items, i)))
      {
        n_due++;
        n_new += g_hash_table_add (self->told, dup_key (g_ptr_array_index (items, i)));
      }
  if (n_new == 0)
    return;

  if (application != NULL)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("%u thing is due or overdue", "%u things are due or overdue", n_due), n_due);
      g_autoptr (GNotification) notification = g_notification_new (text);

      g_notification_set_body (notification, _ ("“My Day” says what."));
      tell_desktop (self, application, notification);
    }
  g_signal_emit (self, signals[SIGNAL_DUE], 0, n_due);
}

/** probity_due_minder_forget: the session has ended: what was told is taken back. @application is nullable. */
void
probity_due_minder_forget (ProbityDueMinder *self,
                           GApplication     *application)
{
  g_return_if_fail (PROBITY_IS_DUE_MINDER (self));

  /* What is still on its way says nothing any more. */
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (application != NULL && g_hash_table_size (self->told) > 0)
    g_application_withdraw_notification (application, NOTIFICATION);
  g_hash_table_remove_all (self->told);
}
