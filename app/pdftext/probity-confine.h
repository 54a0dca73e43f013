/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How a program gives up its rights, for good, before it reads what a stranger made.
 *
 * Afterwards it can work with the memory it is given and with the descriptors 0 and 1. It opens no file, neither to
 * read nor to write nor to look whether it is there; it has no socket; it starts no process and no thread, maps no code,
 * looks into no other process and is killed for trying. It has an end: of memory and of processor time.
 */

/** The memory that the program may have, in bytes, and the processor time in seconds. */
#define PROBITY_CONFINE_MEMORY (1024u * 1024 * 1024)
#define PROBITY_CONFINE_SECONDS 20

/**
 * Gives up the rights of the calling process. It has one thread, and everything that it still needs from files is in
 * memory. There is no way back, also not where this fails: the caller then ends without having read anything.
 *
 * Returns: %FALSE where the kernel does not do it, with errno set
 */
gboolean probity_confine (void);

G_END_DECLS
