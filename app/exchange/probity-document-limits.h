/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* The longest file and the longest text of a document that is handed in, in bytes. */
#define PROBITY_DOCUMENT_MAX_BYTES (64 * 1024 * 1024)
#define PROBITY_DOCUMENT_MAX_TEXT (4 * 1024 * 1024)
