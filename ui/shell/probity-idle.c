/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-idle.h"

/*
 * Tells when nobody has touched a window for a while: first ::warning, then ::expired. Time is counted
 * on the monotonic clock, and an awakening after suspend counts as time away.
 */
struct _ProbityIdle
{
  GObject parent_instance;

  GtkWidget *widget; /* weak */
  guint      limit_ms;
  guint      warning_ms;
  guint      source_id;
  gint64     last_touch;
  gboolean   running;
  gboolean   warned;
};

G_DEFINE_FINAL_TYPE (ProbityIdle, probity_idle, G_TYPE_OBJECT)

enum
{
  SIGNAL_WARNING,
  SIGNAL_EXPIRED,
  SIGNAL_TOUCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void schedule (ProbityIdle *self);

/* CLOCK_BOOTTIME goes on while the machine sleeps; the monotonic clock of GLib does not. */
static gint64
get_time_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static gboolean
time_passed_cb (gpointer data)
{
  ProbityIdle *self = data;

  self->source_id = 0;
  schedule (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (ProbityIdle *self)
{
  gint64 away, next;

  g_clear_handle_id (&self->source_id, g_source_remove);
  if (!self->running || self->limit_ms == 0)
    return;

  away = get_time_ms () - self->last_touch;
  if (away >= self->limit_ms)
    {
      self->running = FALSE;
      g_signal_emit (self, signals[SIGNAL_EXPIRED], 0);
      return;
    }
  if (!self->warned && away >= self->warning_ms)
    {
      self->warned = TRUE;
      g_signal_emit (self, signals[SIGNAL_WARNING], 0);
    }

  /* Waking now and then notices a sleep of the machine, during which timers stand still. */
  next = (self->warned ? self->limit_ms : self->warning_ms) - away;
  self->source_id = g_timeout_add (CLAMP (next, 1, 10000), time_passed_cb, self);
  g_source_set_static_name (g_main_context_find_source_by_id (NULL, self->source_id), "[probity] idle");
}

static gboolean
event_cb (ProbityIdle *self,
          GdkEvent    *event)
{
  g_assert (PROBITY_IS_IDLE (self));

  switch ((guint) gdk_event_get_event_type (event))
    {
    case GDK_KEY_PRESS:
    case GDK_BUTTON_PRESS:
    case GDK_MOTION_NOTIFY:
    case GDK_SCROLL:
    case GDK_TOUCH_BEGIN:
    case GDK_TOUCH_UPDATE:
      probity_idle_touch (self);
      break;
    default:
      break;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
probity_idle_dispose (GObject *object)
{
  ProbityIdle *self = PROBITY_IDLE (object);

  g_clear_handle_id (&self->source_id, g_source_remove);
  g_clear_weak_pointer (&self->widget);

  G_OBJECT_CLASS (probity_idle_parent_class)->dispose (object);
}

static void
probity_idle_class_init (ProbityIdleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_idle_dispose;

  signals[SIGNAL_WARNING] = g_signal_new ("warning", PROBITY_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_EXPIRED] = g_signal_new ("expired", PROBITY_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TOUCHED] = g_signal_new ("touched", PROBITY_TYPE_IDLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
probity_idle_init (ProbityIdle *self)
{
}

/** probity_idle_new: (transfer full): watches keys, pointer and touch on @widget; not running at first. */
ProbityIdle *
probity_idle_new (GtkWidget *widget)
{
  ProbityIdle        *self = g_object_new (PROBITY_TYPE_IDLE, NULL);
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  g_set_weak_pointer (&self->widget, widget);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (event_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, controller);
  return self;
}

/** Sets after how many milliseconds ::expired comes (0: never) and after how many ::warning. */
void
probity_idle_set_limits (ProbityIdle *self,
                         guint        limit_ms,
                         guint        warning_ms)
{
  g_return_if_fail (PROBITY_IS_IDLE (self));

  self->limit_ms = limit_ms;
  self->warning_ms = MIN (warning_ms, limit_ms);
  schedule (self);
}

/** Starts counting anew, or stops. */
void
probity_idle_set_running (ProbityIdle *self,
                          gboolean     running)
{
  g_return_if_fail (PROBITY_IS_IDLE (self));

  self->running = running;
  self->warned = FALSE;
  self->last_touch = get_time_ms ();
  schedule (self);
}

/** Says that somebody is there. */
void
probity_idle_touch (ProbityIdle *self)
{
  g_return_if_fail (PROBITY_IS_IDLE (self));

  if (!self->running)
    return;
  /* Waking from sleep by a key must not rescue a session whose time was up. */
  if (self->limit_ms > 0 && get_time_ms () - self->last_touch >= self->limit_ms)
    {
      schedule (self);
      return;
    }
  self->last_touch = get_time_ms ();
  if (self->warned)
    {
      self->warned = FALSE;
      g_signal_emit (self, signals[SIGNAL_TOUCHED], 0);
    }
}
