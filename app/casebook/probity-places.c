/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-casebook-private.h"

/* Where the compartments of an open casebook are, what they are, and their keys. */

typedef struct
{
  char              *name;
  ProbityCompartment home;
  ProbityKey        *key;
  gboolean           pending; /* a case is on its way into it */
} Place;

struct _ProbityPlaces
{
  char  *folder;
  GMutex lock; /* of what follows; a place that is published does not change */
  Place  places[PROBITY_N_HANDLES];
  guint  n_sealed; /* published */
};

ProbityPlaces *
probity_places_new (const char *folder,
                    ProbityKey *keys[PROBITY_N_COMPARTMENTS])
{
  ProbityPlaces *self = g_new0 (ProbityPlaces, 1);

  g_mutex_init (&self->lock);
  self->folder = g_strdup (folder);
  for (guint i = 0; i < PROBITY_N_COMPARTMENTS; i++)
    {
      self->places[i].name = g_strdup (probity_compartment_to_string ((ProbityCompartment) i));
      self->places[i].home = (ProbityCompartment) i;
      self->places[i].key = keys[i] != NULL ? probity_key_ref (keys[i]) : NULL;
    }

  return self;
}

/* Once no thread is left that could ask for them. */
void
probity_places_wipe (ProbityPlaces *self)
{
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    g_clear_pointer (&self->places[i].key, probity_key_unref);
}

void
probity_places_free (ProbityPlaces *self)
{
  probity_places_wipe (self);
  for (guint i = 0; i < PROBITY_N_HANDLES; i++)
    g_free (self->places[i].name);
  g_free (self->folder);
  g_mutex_clear (&self->lock);
  g_free (self);
}

ProbityKey *
probity_places_peek_key (ProbityPlaces     *self,
                         ProbityCompartment compartment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->places[compartment].key;
}

const char *
probity_places_get_name (ProbityPlaces     *self,
                         ProbityCompartment compartment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->places[compartment].name;
}

ProbityCompartment
probity_places_get_home (ProbityPlaces     *self,
                         ProbityCompartment compartment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->places[compartment].home;
}

guint
probity_places_get_n_sealed (ProbityPlaces *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_sealed;
}

void
probity_places_set_pending (ProbityPlaces     *self,
                            ProbityCompartment compartment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->places[compartment].pending = TRUE;
}

gboolean
probity_places_is_pending (ProbityPlaces     *self,
                           ProbityCompartment compartment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->places[compartment].pending;
}

/* Whether it is held, and published if it is sealed. */
gboolean
probity_places_is_open (ProbityPlaces     *self,
                        ProbityCompartment compartment)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->places[compartment].key != NULL && compartment < PROBITY_N_COMPARTMENTS + self->n_sealed;
}

/* The next sealed one, not published yet. One at a time: the writer's, or before there are threads. */
gboolean
probity_places_add (ProbityPlaces      *self,
                    const char         *name,
                    ProbityCompartment  home,
                    ProbityKey         *key,
                    ProbityCompartment *ret_compartment,
                    GError            **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Place *place;

  if (self->n_sealed == PROBITY_MAX_SEALED)
    {
      g_set_error (error, PROBITY_CASEBOOK_ERROR, PROBITY_CASEBOOK_ERROR_FAILED, "One account can hold %d sealed cases at most: none more is opened or made", PROBITY_MAX_SEALED);
      return FALSE;
    }

  place = &self->places[PROBITY_N_COMPARTMENTS + self->n_sealed];
  g_set_str (&place->name, name);
  place->home = home;
  place->key = probity_key_ref (key);
  *ret_compartment = (ProbityCompartment) (PROBITY_N_COMPARTMENTS + self->n_sealed);

  return TRUE;
}

void
probity_places_publish (ProbityPlaces *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_sealed++;
}

/* What was added and not published. */
void
probity_places_take_back (ProbityPlaces *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Place *place = &self->places[PROBITY_N_COMPARTMENTS + self->n_sealed];

  g_clear_pointer (&place->name, g_free);
  g_clear_pointer (&place->key, probity_key_unref);
}

ProbityDb *
probity_places_open (ProbityPlaces     *self,
                     ProbityCompartment compartment,
                     const char        *path,
                     ProbityDbMode      mode,
                     ProbityLock       *lock,
                     GError           **error)
{
  g_autofree char *own_path = NULL;
  const char      *name;
  ProbityKey      *key;

  g_mutex_lock (&self->lock);
  name = self->places[compartment].name;
  key = self->places[compartment].key;
  g_mutex_unlock (&self->lock);

  if (path == NULL)
    path = own_path = probity_file_system_dup_named_database (self->folder, name);

  return probity_db_open_at (path, name, compartment, probity_places_get_home (self, compartment), key, mode, lock, error);
}
