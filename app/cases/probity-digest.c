/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-digest.h"

#include <sodium.h>
#include <string.h>

#if defined(__x86_64__)
#  include <cpuid.h>
#  include <immintrin.h>
#endif

/* What one step of the thread takes: both threads' share of it stays near the processor. */
#define BLOCK_BYTES ((gsize) 256 * 1024)
#define N_BLOCKS 4

typedef struct
{
  guint8 *bytes;
  gsize   length; /* 0: the end */
} Block;

struct _ProbityDigest
{
  crypto_hash_sha256_state state; /* the thread's while there is one */

  GThread     *thread; /* NULL while there was not more than one block */
  GAsyncQueue *empty;
  GAsyncQueue *full;
  Block        blocks[N_BLOCKS];
  gboolean     begun;
};

#if defined(__x86_64__)

/* FIPS 180-4, 4.2.2 */
static const guint32 round_constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
};

/* The processor's own rounds; libsodium has only portable ones, four times slower. */
__attribute__ ((target ("sha,sse4.1,ssse3"))) static void
compress_blocks (guint32       state[8],
                 const guint8 *bytes,
                 gsize         n_blocks)
{
  const __m128i big_endian = _mm_set_epi64x (0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i       swapped = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) (gconstpointer) &state[0]), 0xb1);
  __m128i       cdgh = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) (gconstpointer) &state[4]), 0x1b);
  __m128i       abef = _mm_alignr_epi8 (swapped, cdgh, 8);

  cdgh = _mm_blend_epi16 (cdgh, swapped, 0xf0);

  for (; n_blocks > 0; n_blocks--, bytes += 64)
    {
      const __m128i abef_before = abef;
      const __m128i cdgh_before = cdgh;
      __m128i       words[4];

      for (int i = 0; i < 4; i++)
        words[i] = _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i *) (gconstpointer) (bytes + 16 * i)), big_endian);

#  pragma GCC unroll 16
      for (int i = 0; i < 16; i++)
        {
          __m128i sum;

          if (i >= 4)
            {
              const __m128i newest = words[(i + 3) & 3];
              const __m128i part = _mm_add_epi32 (_mm_sha256msg1_epu32 (words[i & 3], words[(i + 1) & 3]),
                                                  _mm_alignr_epi8 (newest, words[(i + 2) & 3], 4));

              words[i & 3] = _mm_sha256msg2_epu32 (part, newest);
            }
          sum = _mm_add_epi32 (words[i & 3], _mm_loadu_si128 ((const __m128i *) (gconstpointer) &round_constants[4 * i]));
          cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, sum);
          abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (sum, 0x0e));
        }

      abef = _mm_add_epi32 (abef, abef_before);
      cdgh = _mm_add_epi32 (cdgh, cdgh_before);
    }

  swapped = _mm_shuffle_epi32 (abef, 0x1b);
  cdgh = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 ((__m128i *) (gpointer) &state[0], _mm_blend_epi16 (swapped, cdgh, 0xf0));
  _mm_storeu_si128 ((__m128i *) (gpointer) &state[4], _mm_alignr_epi8 (cdgh, swapped, 8));
}

static gboolean
has_instructions (void)
{
  static gsize known = 0;

  if (g_once_init_enter (&known))
    {
      unsigned eax, ebx, ecx, edx;
      gboolean has;

      has = __get_cpuid (1, &eax, &ebx, &ecx, &edx) && (ecx & bit_SSSE3) != 0 && (ecx & bit_SSE4_1) != 0;
      has = has && __get_cpuid_count (7, 0, &eax, &ebx, &ecx, &edx) && (ebx & (1u << 29)) != 0;
      g_once_init_leave (&known, has ? 2 : 1);
    }

  return known == 2;
}

#endif

static void
update (crypto_hash_sha256_state *state,
        const guint8             *bytes,
        gsize                     length)
{
#if defined(__x86_64__)
  /* libsodium counts bits and keeps what is less than a block: with nothing kept, whole blocks can go past it. */
  if (length >= 64 && state->count % 512 == 0 && has_instructions ())
    {
      const gsize n_blocks = length / 64;

      compress_blocks (state->state, bytes, n_blocks);
      state->count += (guint64) n_blocks * 512;
      bytes += n_blocks * 64;
      length -= n_blocks * 64;
    }
#endif
  crypto_hash_sha256_update (state, bytes, length);
}

static gpointer
digest_thread (gpointer data)
{
  ProbityDigest *self = data;

  while (TRUE)
    {
      Block *block = g_async_queue_pop (self->full);

      if (block->length == 0)
        return NULL;
      update (&self->state, block->bytes, block->length);
      g_async_queue_push (self->empty, block);
    }
}

static void
start_thread (ProbityDigest *self)
{
  self->empty = g_async_queue_new ();
  self->full = g_async_queue_new ();
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      self->blocks[i].bytes = g_malloc (BLOCK_BYTES);
      g_async_queue_push (self->empty, &self->blocks[i]);
    }
  self->thread = g_thread_new ("digest", digest_thread, self);
}

static void
stop_thread (ProbityDigest *self)
{
  Block *block;

  if (self->thread == NULL)
    return;

  block = g_async_queue_pop (self->empty);
  block->length = 0;
  g_async_queue_push (self->full, block);
  g_thread_join (self->thread);
  self->thread = NULL;
  for (guint i = 0; i < N_BLOCKS; i++)
    {
      sodium_memzero (self->blocks[i].bytes, BLOCK_BYTES);
      g_free (self->blocks[i].bytes);
    }
  g_async_queue_unref (self->empty);
  g_async_queue_unref (self->full);
}

/** Any thread. (transfer full) */
ProbityDigest *
probity_digest_new (void)
{
  ProbityDigest *self = g_new0 (ProbityDigest, 1);

  crypto_hash_sha256_init (&self->state);

  return self;
}

void
probity_digest_free (ProbityDigest *self)
{
  if (self == NULL)
    return;

  stop_thread (self);
  sodium_memzero (&self->state, sizeof self->state);
  g_free (self);
}

void
probity_digest_add (ProbityDigest *self,
                    const guint8  *bytes,
                    gsize          length)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (bytes != NULL || length == 0);

  /* A letter is worked through before a thread had started. */
  if (!self->begun && length <= BLOCK_BYTES)
    {
      self->begun = TRUE;
      update (&self->state, bytes, length);
      return;
    }

  self->begun = TRUE;
  while (length > 0)
    {
      const gsize n = MIN (length, BLOCK_BYTES);
      Block      *block;

      if (self->thread == NULL)
        start_thread (self);
      block = g_async_queue_pop (self->empty);
      memcpy (block->bytes, bytes, n);
      block->length = n;
      g_async_queue_push (self->full, block);
      bytes += n;
      length -= n;
    }
}

void
probity_digest_finish (ProbityDigest *self,
                       guint8         ret_digest[PROBITY_DIGEST_BYTES])
{
  g_return_if_fail (self != NULL);

  stop_thread (self);
  crypto_hash_sha256_final (&self->state, ret_digest);
}

char *
probity_digest_to_text (const guint8 digest[PROBITY_DIGEST_BYTES])
{
  char *text = g_malloc (PROBITY_DIGEST_BYTES * 2 + 1);

  return sodium_bin2hex (text, PROBITY_DIGEST_BYTES * 2 + 1, digest, PROBITY_DIGEST_BYTES);
}

gboolean
probity_digest_from_text (const char *text,
                          guint8      ret_digest[PROBITY_DIGEST_BYTES])
{
  gsize length;

  return text != NULL && strlen (text) == PROBITY_DIGEST_BYTES * 2 &&
         sodium_hex2bin (ret_digest, PROBITY_DIGEST_BYTES, text, PROBITY_DIGEST_BYTES * 2, NULL, &length, NULL) == 0 &&
         length == PROBITY_DIGEST_BYTES;
}
