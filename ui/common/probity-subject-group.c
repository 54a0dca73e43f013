/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-subject-group.h"

#include <glib/gi18n.h>

#include "probity-errors.h"
#include "probity-format.h"
#include "probity-record-page.h"
#include "probity-reply.h"

struct _ProbitySubjectGroup
{
  AdwPreferencesGroup parent_instance;
};

G_DEFINE_FINAL_TYPE (ProbitySubjectGroup, probity_subject_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
new_subject_row (ProbitySubject *subject)
{
  g_autofree char *day = probity_format_day (subject->date_of_birth);
  g_autofree char *born = NULL;
  g_autofree char *subtitle = NULL;
  const char      *parts[3] = { NULL };
  guint            n_parts = 0;

  if (*day != '\0')
    /* Translators: %s is a day of birth */
    born = g_strdup_printf (_ ("born %s"), day);
  if (subject->staff_number != NULL && subject->name != NULL)
    parts[n_parts++] = subject->staff_number;
  if (born != NULL)
    parts[n_parts++] = born;
  subtitle = g_strjoinv (" · ", (char **) parts);
  return probity_link_row_new (subject->name != NULL ? subject->name : subject->staff_number != NULL ? subject->staff_number
                                                                                                     : _ ("Name not known"),
                               subtitle,
                               "person",
                               subject->staff_number);
}

static void
subjects_loaded_cb (gpointer      object,
                    const GValue *value,
                    const GError *error)
{
  AdwPreferencesGroup *self = ADW_PREFERENCES_GROUP (object);
  GPtrArray           *subjects;

  if (error != NULL)
    {
      g_autofree char *sentence = probity_error_dup_sentence (error);

      adw_preferences_group_set_description (self, sentence);
      return;
    }
  subjects = g_value_get_boxed (value);
  for (guint i = 0; i < subjects->len; i++)
    adw_preferences_group_add (self, new_subject_row (g_ptr_array_index (subjects, i)));
  if (subjects->len == 0)
    adw_preferences_group_set_description (self, _ ("Nobody is named yet. What names nobody is found in no check."));
}

static void
probity_subject_group_class_init (ProbitySubjectGroupClass *klass)
{
}

static void
probity_subject_group_init (ProbitySubjectGroup *self)
{
}

/** probity_subject_group_new: (transfer floating): reads the subjects of @record at once, for @visit. */
GtkWidget *
probity_subject_group_new (ProbitySession *session,
                           ProbityRecord  *record,
                           ProbityVisit   *visit)
{
  GtkWidget *self = g_object_new (PROBITY_TYPE_SUBJECT_GROUP, "title", _ ("Subjects"), NULL);

  probity_reply (probity_record_load_subjects_in_visit (session, probity_record_get_kind (record), probity_record_get_uid (record), visit), self, subjects_loaded_cb);
  return self;
}
