/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "probity-csv.h"

G_BEGIN_DECLS

typedef enum
{
  PROBITY_ENCODING_UTF8,
  PROBITY_ENCODING_UTF8_TWICE, /* UTF-8 taken for Windows-1252 and encoded again */
  PROBITY_ENCODING_UTF16_LE,
  PROBITY_ENCODING_UTF16_BE,
  PROBITY_ENCODING_WINDOWS_1252,
} ProbityEncoding;

typedef struct
{
  guint8   bytes[4];
  guint    n;
  gunichar character;
  guint    left;
  gunichar least;
} ProbityUtf8State;

typedef struct
{
  ProbityEncoding  encoding;
  ProbityUtf8State outer;
  ProbityUtf8State inner;
  guint8           half[2];
  guint            n_half;
  gunichar         surrogate;
} ProbityDecoder;

gboolean probity_encoding_sniff (GInputStream    *stream,
                                 const char      *name,
                                 guint64          max_bytes,
                                 ProbityEncoding *ret_encoding,
                                 gsize           *ret_skip,
                                 GCancellable    *cancellable,
                                 GError         **error);
void     probity_decoder_init (ProbityDecoder *self,
                               ProbityEncoding encoding);
gboolean probity_decoder_feed (ProbityDecoder *self,
                               const guint8   *bytes,
                               gsize           n_bytes,
                               GString        *text);
gboolean probity_decoder_end (ProbityDecoder *self);

G_END_DECLS
