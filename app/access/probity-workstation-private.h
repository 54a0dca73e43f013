/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What this workstation remembers of a casebook, outside it:
 * $XDG_STATE_HOME/probity/heads/CASEBOOK-UID.json ($PROBITY_STATE_DIR instead of
 * $XDG_STATE_HOME/probity); after a restore CASEBOOK-UID.RESTORE-UID.json beside it. Who puts an older casebook back does not reach it. Any thread.
 */

/* The compartments by their numbers, then these. */
#define PROBITY_LOG_SEALED_NOTE 4
#define PROBITY_LOG_KEYRING 5
#define PROBITY_N_LOGS 6

/** `journal`, `registers`, `standards`, `intelligence`, `sealed-note`, `keyring`; static. */
const char *probity_log_get_name (guint log);

typedef struct
{
  gint64 seq;      /* 0: nothing is remembered */
  char   hash[65]; /* hex */
} ProbityHead;

/**
 * Under which name a casebook is remembered: its uid, and where it was restored from a backup also the uid
 * of the newest restore. What was recorded after the backup is in one of the two and not in the other.
 * @restore_uid nullable or empty. (transfer full)
 */
char *probity_workstation_dup_name (const char *casebook_uid,
                                    const char *restore_uid);
/** The uids of the restores after which a casebook was last seen in @folder here. (transfer full) */
GStrv probity_workstation_find_restores (const char *casebook_uid,
                                         const char *folder);

/** What is remembered; a file that is missing or unreadable is no memory. */
void probity_workstation_load_heads (const char *name,
                                     ProbityHead heads[PROBITY_N_LOGS]);
/**
 * Remembers @heads where they go further than what is remembered, and that the casebook lies in @folder.
 * FALSE where nothing can be written.
 */
gboolean probity_workstation_save_heads (const char       *name,
                                         const char       *folder,
                                         const ProbityHead heads[PROBITY_N_LOGS]);

/** Where probity_sealed_memory_load() reads. (transfer full) */
char *probity_workstation_dup_sealed_path (const char *name,
                                           const char *account_uid);

/** A wrong passphrase: nobody who does not know it can write to the log, so it waits here. */
void probity_workstation_note_failure (const char *casebook_uid,
                                       const char *account_uid,
                                       const char *now);
/** How many since when; 0 if none. They are forgotten by probity_workstation_forget_failures(). */
guint probity_workstation_get_failures (const char *casebook_uid,
                                        const char *account_uid,
                                        char      **ret_first);
void  probity_workstation_forget_failures (const char *casebook_uid,
                                           const char *account_uid);

G_END_DECLS
