/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-backup-minder.h"

#include <glib/gi18n.h>

#include "probity-access.h"
#include "probity-errors.h"
#include "probity-reply.h"
#include "probity-toast.h"

/* How often it looks whether it is time, and how long it waits after a failure. */
#define LOOK_SECONDS 60
#define RETRY_US ((gint64) 60 * 60 * G_USEC_PER_SEC)

struct _ProbityBackupMinder
{
  GObject parent_instance;

  AdwBanner             *banner; /* borrowed: the window's own */
  GSettings             *settings;
  ProbitySession        *session;
  ProbityBackupProgress *progress;   /* of the backup that runs */
  gint64                 not_before; /* monotonic */
  char                  *failure;
  guint                  look_id;
};

G_DEFINE_FINAL_TYPE (ProbityBackupMinder, probity_backup_minder, G_TYPE_OBJECT)

static void look (ProbityBackupMinder *self);

static GDateTime *
read_now (ProbityBackupMinder *self)
{
  ProbityClock    *clock = probity_casebook_get_clock (probity_session_get_casebook (self->session));
  g_autofree char *now = probity_clock_dup_now (clock);

  return g_date_time_new_from_iso8601 (now, NULL);
}

static void
show_banner (ProbityBackupMinder *self,
             const char          *title)
{
  if (title != NULL)
    adw_banner_set_title (self->banner, title);
  adw_banner_set_revealed (self->banner, title != NULL);
}

const ProbityBackupRecord *
probity_backup_find_newest (GPtrArray              *records,
                            ProbityBackupRecordKind kind)
{
  for (guint i = 0; i < records->len; i++)
    {
      const ProbityBackupRecord *record = g_ptr_array_index (records, i);

      if (record->kind == kind)
        return record;
    }

  return NULL;
}

static void
backed_up_cb (gpointer      object,
              const GValue *value,
              const GError *error)
{
  ProbityBackupMinder *self = PROBITY_BACKUP_MINDER (object);

  g_clear_pointer (&self->progress, probity_backup_progress_unref);
  if (error == NULL)
    {
      g_clear_pointer (&self->failure, g_free);
      probity_toast (GTK_WIDGET (self->banner), _ ("The day’s backup was made and proved"));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->session != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      self->not_before = g_get_monotonic_time () + RETRY_US;
      g_free (self->failure);
      self->failure = g_strdup_printf (_ ("The day’s backup was not made. %s"), sentence);
    }
  if (self->session != NULL)
    look (self);
}

static void
back_up (ProbityBackupMinder *self,
         const char          *folder)
{
  g_autofree char *path = probity_session_dup_backup_path (self->session, folder);

  self->progress = probity_backup_progress_new ();
  probity_reply (probity_session_back_up (self->session, path, g_settings_get_uint (self->settings, "backup-keep"), self->progress), self, backed_up_cb);
}

/* Once a day, from the hour that was chosen, by the clock on the wall. */
static gboolean
is_due (ProbityBackupMinder *self,
        GDateTime           *now,
        GDateTime           *last)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (now);
  g_autoptr (GDateTime) local_last = last != NULL ? g_date_time_to_local (last) : NULL;

  if (!g_settings_get_boolean (self->settings, "backup-daily") ||
      g_get_monotonic_time () < self->not_before ||
      g_date_time_get_hour (local) < (int) g_settings_get_uint (self->settings, "backup-hour"))
    return FALSE;

  return local_last == NULL || g_date_time_get_year (local_last) < g_date_time_get_year (local) ||
         (g_date_time_get_year (local_last) == g_date_time_get_year (local) &&
          g_date_time_get_day_of_year (local_last) < g_date_time_get_day_of_year (local));
}

static char *
dup_reminder (ProbityBackupMinder *self,
              GDateTime           *now,
              GDateTime           *last)
{
  g_autoptr (ProbityKeyring) keyring = probity_session_dup_keyring (self->session);
  g_autoptr (GDateTime) made = g_date_time_new_from_iso8601 (probity_keyring_get_created (keyring), NULL);
  guint days = g_settings_get_uint (self->settings, "backup-remind-days");
  int   age;

  if (self->failure != NULL)
    return g_strdup (self->failure);
  if (days == 0 || (last == NULL && made == NULL))
    return NULL;

  age = (int) (g_date_time_difference (now, last != NULL ? last : made) / G_TIME_SPAN_DAY);
  if (age < (int) days)
    return NULL;
  if (last == NULL)
    return g_strdup (_ ("No backup of this casebook has been made"));

  return g_strdup_printf (ngettext ("The last backup is %d day old", "The last backup is %d days old", (gulong) age), age);
}

static void
loaded_cb (gpointer      object,
           const GValue *value,
           const GError *error)
{
  ProbityBackupMinder       *self = PROBITY_BACKUP_MINDER (object);
  const ProbityBackupRecord *record;
  g_autoptr (GDateTime) now = NULL;
  g_autoptr (GDateTime) last = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *reminder = NULL;

  if (error != NULL || self->session == NULL || self->settings == NULL)
    return;

  record = probity_backup_find_newest (g_value_get_boxed (value), PROBITY_BACKUP_RECORD_BACKUP);
  now = read_now (self);
  last = record != NULL ? g_date_time_new_from_iso8601 (record->at, NULL) : NULL;
  folder = g_settings_get_string (self->settings, "backup-folder");
  if (self->progress == NULL && *folder != '\0' && is_due (self, now, last))
    back_up (self, folder);
  if (last != NULL && self->not_before == 0)
    g_clear_pointer (&self->failure, g_free);

  reminder = dup_reminder (self, now, last);
  show_banner (self, self->progress == NULL ? reminder : NULL);
}

static void
look (ProbityBackupMinder *self)
{
  /* Of the invented casebook nobody is reminded, whatever the settings say. */
  if (self->session != NULL && !probity_session_is_sample (self->session) && self->settings != NULL &&
      probity_access_may (self->session, PROBITY_OPERATION_BACK_UP))
    probity_reply (probity_session_load_backups (self->session), self, loaded_cb);
}

static gboolean
look_timeout_cb (gpointer data)
{
  look (data);

  return G_SOURCE_CONTINUE;
}

static void
changed_cb (ProbityBackupMinder *self,
            ProbityChanges      *changes)
{
  g_assert (PROBITY_IS_BACKUP_MINDER (self));

  if (!probity_changes_touch (changes, "backup"))
    return;
  self->not_before = 0;
  g_clear_pointer (&self->failure, g_free);
  look (self);
}

static void
probity_backup_minder_dispose (GObject *object)
{
  ProbityBackupMinder *self = PROBITY_BACKUP_MINDER (object);

  probity_backup_minder_set_session (self, NULL);
  /* The answer to a backup that still runs finds nobody. */
  g_clear_pointer (&self->progress, probity_backup_progress_unref);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->failure, g_free);

  G_OBJECT_CLASS (probity_backup_minder_parent_class)->dispose (object);
}

static void
probity_backup_minder_class_init (ProbityBackupMinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = probity_backup_minder_dispose;
}

static void
probity_backup_minder_init (ProbityBackupMinder *self)
{
}

/** probity_backup_minder_new: (transfer full): tells what there is to tell in @banner, which lives longer. */
ProbityBackupMinder *
probity_backup_minder_new (AdwBanner *banner)
{
  ProbityBackupMinder *self = g_object_new (PROBITY_TYPE_BACKUP_MINDER, NULL);

  self->banner = banner;

  return self;
}

void
probity_backup_minder_set_settings (ProbityBackupMinder *self,
                                    GSettings           *settings)
{
  g_return_if_fail (PROBITY_IS_BACKUP_MINDER (self));

  if (!g_set_object (&self->settings, settings))
    return;
  g_signal_connect_object (settings, "changed::backup-daily", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::backup-folder", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::backup-hour", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::backup-remind-days", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
}

void
probity_backup_minder_set_session (ProbityBackupMinder *self,
                                   ProbitySession      *session)
{
  g_return_if_fail (PROBITY_IS_BACKUP_MINDER (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (probity_session_get_casebook (self->session), self);
      g_clear_handle_id (&self->look_id, g_source_remove);
      show_banner (self, NULL);
    }
  if (self->progress != NULL)
    probity_backup_progress_cancel (self->progress);
  g_clear_pointer (&self->failure, g_free);
  self->not_before = 0;

  g_set_object (&self->session, session);
  if (session == NULL || probity_session_is_sample (session))
    return;
  g_signal_connect_object (probity_session_get_casebook (session), "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->look_id = g_timeout_add_seconds (LOOK_SECONDS, look_timeout_cb, self);
  look (self);
}
