/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "probity-person-match-private.h"

#include <string.h>

#define MAX_TEXT 1024
#define MAX_WRITTEN 96
#define MAX_POSTCODE 7

typedef struct
{
  NameWord         names[KEY_MAX_NAMES];
  PlaceWord        places[KEY_MAX_PLACES];
  char             text[MAX_TEXT];
  gsize            length;
  ProbityPersonKey head;
  gboolean         is_mixed_case; /* the names are not all in capitals */
} Building;

static const char *const titles[] = {
  "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "lady", "lord", "pc", "dc", "sgt", "ds", "insp", "di", "dci", "pcso", "supt", "cllr"
};

static const char *const particles[] = {
  "de", "la", "le", "van", "von", "der", "den", "ter", "ten", "di", "da", "del", "della", "dos", "das", "du", "al", "el", "bin", "ibn", "ap", "ab", "bint", "st", "saint"
};

/* Written apart or together, these belong to the word after them. */
static const char *const prefixes[] = { "mc", "mac", "o", "fitz", "d", "ni", "ui", "nic" };

/* Words of addresses that many share, with what sharing them says, in sixteenths of a bit. */
static const struct
{
  const char *word;
  const char *canonical;
  guint8      bits;
} common_places[] = {
  { "street", "street", 12 }, { "st", "street", 12 }, { "str", "street", 12 }, { "road", "road", 12 }, { "rd", "road", 12 }, { "avenue", "avenue", 16 }, { "ave", "avenue", 16 }, { "av", "avenue", 16 }, { "close", "close", 16 }, { "cl", "close", 16 }, { "drive", "drive", 16 }, { "dr", "drive", 16 }, { "lane", "lane", 16 }, { "ln", "lane", 16 }, { "place", "place", 16 }, { "pl", "place", 16 }, { "crescent", "crescent", 16 }, { "cres", "crescent", 16 }, { "court", "court", 16 }, { "crt", "court", 16 }, { "ct", "court", 16 }, { "way", "way", 16 }, { "gardens", "gardens", 16 }, { "gdns", "gardens", 16 }, { "grove", "grove", 16 }, { "gr", "grove", 16 }, { "terrace", "terrace", 16 }, { "terr", "terrace", 16 }, { "square", "square", 20 }, { "sq", "square", 20 }, { "circuit", "circuit", 16 }, { "parade", "parade", 20 }, { "hill", "hill", 20 }, { "park", "park", 20 }, { "green", "green", 24 }, { "view", "view", 24 }, { "walk", "walk", 20 }, { "mews", "mews", 20 }, { "row", "row", 20 }, { "rise", "rise", 20 }, { "house", "house", 20 }, { "cottage", "cottage", 20 }, { "farm", "farm", 20 }, { "village", "village", 20 }, { "vlge", "village", 20 }, { "estate", "estate", 20 }, { "centre", "centre", 20 }, { "center", "centre", 20 }, { "flat", "flat", 8 }, { "apartment", "flat", 8 }, { "apt", "flat", 8 }, { "unit", "flat", 8 }, { "no", "", 0 }, { "number", "", 0 }, { "the", "the", 8 }, { "of", "of", 8 }, { "and", "and", 8 }, { "on", "on", 8 }, { "upon", "on", 8 }, { "north", "north", 24 }, { "south", "south", 24 }, { "east", "east", 24 }, { "west", "west", 24 }, { "upper", "upper", 24 }, { "lower", "lower", 24 }, { "great", "great", 24 }, { "little", "little", 24 }, { "high", "high", 24 }, { "church", "church", 32 }, { "station", "station", 40 }, { "main", "main", 40 }, { "uk", "", 0 }, { "england", "", 0 }, { "united", "", 0 }, { "kingdom", "", 0 }, { "gb", "", 0 }, { "wales", "wales", 16 }, { "scotland", "scotland", 16 }, { "london", "london", 32 }, { "nsw", "nsw", 16 }, { "vic", "vic", 24 }, { "qld", "qld", 24 }, { "wa", "wa", 32 }, { "sa", "sa", 32 }, { "tas", "tas", 40 }, { "act", "act", 40 }, { "nt", "nt", 40 }
};

/* Asked of every word of every name; few begin as one of the list. */
static gboolean
is_among (const char *const *words,
          gsize              n_words,
          const char        *word)
{
  for (gsize i = 0; i < n_words; i++)
    if (words[i][0] == word[0] && strcmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

static guint
add_text (Building   *building,
          const char *text,
          gsize       length)
{
  guint at = building->length;

  if (building->length + length > MAX_TEXT)
    return G_MAXUINT;
  memcpy (building->text + building->length, text, length);
  building->length += length;
  return at;
}

static void
add_name (Building   *building,
          const char *word,
          gsize       length,
          guint8      role)
{
  NameWord        *name;
  ProbityNameEntry entry;
  guint            offset;

  length = MIN (length, PROBITY_NAME_MAX);
  if (building->head.n_names == KEY_MAX_NAMES || (offset = add_text (building, word, length)) == G_MAXUINT)
    return;
  entry = probity_name_look_up (word, length);
  name = &building->names[building->head.n_names++];
  name->offset = offset;
  name->length = length;
  name->term = entry.term;
  name->sound = probity_name_sound (word, length);
  name->forename_bits = entry.forename_bits;
  name->surname_bits = entry.surname_bits;
  name->role = role | (entry.is_forename ? NAME_IS_FORENAME : 0) | (entry.is_surname ? NAME_IS_SURNAME : 0);
}

/* Digits that a scanner or a thumb puts for letters. */
static void
mend_digits (char *word)
{
  gboolean letters = FALSE;

  for (const char *at = word; *at != '\0'; at++)
    if (g_ascii_isalpha (*at))
      letters = TRUE;
  for (char *at = word; letters && *at != '\0'; at++)
    switch (*at)
      {
      case '0':
        *at = 'o';
        break;
      case '1':
        *at = 'l';
        break;
      case '3':
        *at = 'e';
        break;
      case '5':
        *at = 's';
        break;
      case '8':
        *at = 'b';
        break;
      default:
        break;
      }
}

static guint8
read_generation (const char *word)
{
  if (word[0] != 's' && word[0] != 'j' && word[0] != 'i')
    return 0;
  if (strcmp (word, "snr") == 0 || strcmp (word, "sr") == 0 || strcmp (word, "senior") == 0)
    return 1;
  if (strcmp (word, "jnr") == 0 || strcmp (word, "jr") == 0 || strcmp (word, "junior") == 0 || strcmp (word, "ii") == 0 ||
      strcmp (word, "iii") == 0)
    return 2;
  return 0;
}

/* The next word of folded text, between whose words there is one blank; NULL at its end. */
static char *
take_word (char **text)
{
  char *word = *text;
  char *end;

  if (*word == '\0')
    return NULL;
  for (end = word; *end != '\0' && *end != ' ';)
    end++;
  *text = *end != '\0' ? end + 1 : end;
  *end = '\0';

  return word;
}

/* Splits folded text into words, without generation and, before forenames, titles. Returns how many; *ret_comma is the index of the
 * first word after a comma, or 0. */
static guint
split_name (Building *building,
            char     *folded,
            gboolean  titled,
            char     *words[],
            guint     size,
            guint    *ret_comma)
{
  guint n = 0;

  *ret_comma = 0;
  for (char *word = take_word (&folded); word != NULL && n < size; word = take_word (&folded))
    {
      guint8 generation;

      if (strcmp (word, ",") == 0)
        {
          if (*ret_comma == 0)
            *ret_comma = n;
          continue;
        }
      mend_digits (word);
      generation = read_generation (word);
      if (generation != 0 && n > 0)
        {
          building->head.generation = generation;
          continue;
        }
      if (titled && n == 0 && is_among (titles, G_N_ELEMENTS (titles), word))
        continue;
      words[n++] = word;
    }
  return n;
}

/* A woman's Ní Dhónaill is a man's Ó Dónaill. */
static void
join_prefix (const char *prefix,
             const char *word,
             char        ret_joined[2 * PROBITY_NAME_MAX])
{
  if (strcmp (prefix, "ni") == 0 || strcmp (prefix, "ui") == 0)
    g_snprintf (ret_joined, 2 * PROBITY_NAME_MAX, "o%c%s", word[0], word[1] == 'h' ? word + 2 : word + 1);
  else if (strcmp (prefix, "nic") == 0)
    g_snprintf (ret_joined, 2 * PROBITY_NAME_MAX, "mac%s", word);
  else
    g_snprintf (ret_joined, 2 * PROBITY_NAME_MAX, "%s%s", prefix, word);
}

static guint
join_prefixes (char *words[],
               guint n,
               guint first,
               char  joined[][2 * PROBITY_NAME_MAX])
{
  guint kept = first;

  for (guint i = first; i < n; i++)
    {
      if (i + 1 < n && is_among (prefixes, G_N_ELEMENTS (prefixes), words[i]) && strlen (words[i + 1]) > 2)
        {
          join_prefix (words[i], words[i + 1], joined[kept]);
          words[kept] = joined[kept];
          kept++;
          i++;
        }
      else
        words[kept++] = words[i];
    }
  return kept;
}

static void
add_surname (Building   *building,
             const char *text,
             guint8      role)
{
  char  folded[256];
  char  joined[16][2 * PROBITY_NAME_MAX];
  char *words[16];
  guint n, comma, n_particles = 0;

  probity_name_fold (text, folded, sizeof folded);
  n = split_name (building, folded, FALSE, words, G_N_ELEMENTS (words), &comma);
  n = join_prefixes (words, n, 0, joined);
  for (guint i = 0; i < n; i++)
    if (is_among (particles, G_N_ELEMENTS (particles), words[i]))
      n_particles++;
  for (guint i = 0; i < n; i++)
    {
      guint8 particle = n_particles < n && is_among (particles, G_N_ELEMENTS (particles), words[i]) ? NAME_PARTICLE : 0;

      add_name (building, words[i], strlen (words[i]), role | particle);
    }
}

static gboolean
has_small_letters (const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    if (g_ascii_islower (*text))
      return TRUE;
  return FALSE;
}

/* J.P. comes as two words already; JP is two initials too when it stands in capitals among words that do not, or has no vowel. A
 * listed name such as Jo or Ed is none. */
static gboolean
is_run_of_initials (const Building *building,
                    const char     *word,
                    const char     *written)
{
  gsize length = strlen (word);
  char  capitals[4];

  if (length < 2 || length > 3 || probity_name_look_up (word, length).is_forename)
    return FALSE;
  for (gsize i = 0; i <= length; i++)
    capitals[i] = g_ascii_toupper (word[i]);
  if (strstr (written, capitals) == NULL)
    return FALSE;
  return building->is_mixed_case || strpbrk (word, "aeiouy") == NULL;
}

/* Adds a forename, or several when they are given by initials only. */
static void
add_forename (Building   *building,
              const char *word,
              const char *written,
              guint8      first_role,
              guint8      next_role)
{
  gsize length = strlen (word);

  if (!is_run_of_initials (building, word, written))
    {
      add_name (building, word, length, first_role);
      return;
    }
  for (gsize i = 0; i < length; i++)
    add_name (building, word + i, 1, i == 0 ? first_role : next_role);
}

static void
add_forenames (Building   *building,
               const char *text,
               guint8      first_role,
               guint8      next_role)
{
  char  folded[256];
  char *words[16];
  guint n, comma;

  probity_name_fold (text, folded, sizeof folded);
  n = split_name (building, folded, TRUE, words, G_N_ELEMENTS (words), &comma);
  for (guint i = 0; i < n; i++)
    add_forename (building, words[i], text, i == 0 ? first_role : next_role, next_role);
}

/* A whole name in one field: "Aileen Marsh", "Marsh, Aileen". Without a comma every word may be either. */
static gboolean
add_whole_name (Building   *building,
                const char *text)
{
  char  folded[256];
  char  joined[16][2 * PROBITY_NAME_MAX];
  char *words[16];
  guint n, comma;

  probity_name_fold (text, folded, sizeof folded);
  n = split_name (building, folded, TRUE, words, G_N_ELEMENTS (words), &comma);
  if (n < 2 || strpbrk (text, " ,") == NULL)
    return FALSE;
  /* Not the first word: O Brien is Olive before she is O'Brien. */
  if (comma == 0)
    n = join_prefixes (words, n, 1, joined);
  for (guint i = 0; i < n; i++)
    {
      guint8 role;

      if (comma > 0 && comma < n)
        role = i < comma ? NAME_SURNAME : i == comma ? NAME_FORENAME
                                                     : NAME_MIDDLE;
      else
        {
          role = i == 0 ? NAME_FORENAME | NAME_SURNAME : i + 1 == n ? NAME_SURNAME | NAME_FORENAME
                                                                    : NAME_MIDDLE | NAME_SURNAME;
          building->head.is_whole = TRUE;
        }
      if (i + 1 < n && is_among (particles, G_N_ELEMENTS (particles), words[i]))
        role |= NAME_PARTICLE;
      if ((role & (NAME_FORENAME | NAME_MIDDLE)) != 0)
        add_forename (building, words[i], text, role, NAME_MIDDLE);
      else
        add_name (building, words[i], strlen (words[i]), role);
    }
  return TRUE;
}

/* Whether a surname field without forenames beside it holds a whole name: a comma says so, or a forename that comes first. */
static gboolean
holds_whole_name (const char *text)
{
  char  folded[256];
  gsize length;

  if (strchr (text, ',') != NULL)
    return TRUE;
  probity_name_fold (text, folded, sizeof folded);
  length = strcspn (folded, " ");
  /* Saint John is a surname, Garth-Jones another. */
  return folded[length] == ' ' && strchr (text, '-') == NULL && probity_name_look_up (folded, length).is_forename &&
         length > 2;
}

static gboolean
has_name (const Building *building,
          const char     *word)
{
  gsize length = strlen (word);

  for (guint i = 0; i < building->head.n_names; i++)
    if (building->names[i].length == length && memcmp (building->text + building->names[i].offset, word, length) == 0)
      return TRUE;
  return FALSE;
}

/* A former surname, or a whole former name, whose forenames are then names somebody is known by. */
static void
add_former_name (Building   *building,
                 const char *text)
{
  char  folded[256];
  char  joined[16][2 * PROBITY_NAME_MAX];
  char *words[16];
  guint n, comma, n_forenames = 0;

  probity_name_fold (text, folded, sizeof folded);
  n = split_name (building, folded, TRUE, words, G_N_ELEMENTS (words), &comma);
  while (comma == 0 && n_forenames + 1 < n &&
         (has_name (building, words[n_forenames]) ||
          probity_name_look_up (words[n_forenames], strlen (words[n_forenames])).is_forename))
    n_forenames++;
  for (guint i = 0; i < n_forenames; i++)
    if (!has_name (building, words[i]))
      add_name (building, words[i], strlen (words[i]), NAME_KNOWN_AS);
  n = join_prefixes (words, n, n_forenames, joined);
  for (guint i = n_forenames; i < n; i++)
    {
      gboolean particle = i + 1 < n && is_among (particles, G_N_ELEMENTS (particles), words[i]);

      if (comma > 0 && i >= comma)
        {
          if (!has_name (building, words[i]))
            add_name (building, words[i], strlen (words[i]), NAME_KNOWN_AS);
        }
      else
        add_name (building, words[i], strlen (words[i]), NAME_FORMER | (particle ? NAME_PARTICLE : 0));
    }
}

static void
add_former_names (Building   *building,
                  const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ";|/", 8);

  for (guint i = 0; parts[i] != NULL; i++)
    add_former_name (building, parts[i]);
}

static void
add_place (Building   *building,
           const char *word,
           gsize       length)
{
  PlaceWord *place;
  guint8     bits = 128;
  gboolean   common = FALSE, number = FALSE;
  guint      offset;

  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (word[i]))
      number = TRUE;
  for (gsize i = 0; !number && i < G_N_ELEMENTS (common_places); i++)
    if (common_places[i].word[0] == word[0] && strncmp (common_places[i].word, word, length) == 0 && common_places[i].word[length] == '\0')
      {
        word = common_places[i].canonical;
        length = strlen (word);
        bits = common_places[i].bits;
        common = TRUE;
        break;
      }
  length = MIN (length, PROBITY_NAME_MAX);
  if (length == 0 || building->head.n_places == KEY_MAX_PLACES ||
      (offset = add_text (building, word, length)) == G_MAXUINT)
    return;
  place = &building->places[building->head.n_places++];
  place->offset = offset;
  place->length = length;
  place->bits = number ? 72 : bits;
  place->is_number = number;
  place->is_common = common;
  if (!number && length <= 2 && !common)
    place->bits = 24;
}

static gsize
fold_code (const char *text,
           char       *out,
           gsize       size)
{
  gsize n = 0;

  for (const char *at = text; at != NULL && *at != '\0' && n < size; at++)
    if (g_ascii_isalnum (*at))
      out[n++] = g_ascii_toupper (*at);
  return n;
}

/* Outward code: one or two letters, a digit, perhaps a letter or digit; inward code: a digit and two letters. */
static gboolean
is_british_postcode (const char *code,
                     gsize       length)
{
  const char *inward = code + length - 3;

  if (length < 5 || length > MAX_POSTCODE || !g_ascii_isalpha (code[0]))
    return FALSE;
  if (!g_ascii_isdigit (inward[0]) || !g_ascii_isalpha (inward[1]) || !g_ascii_isalpha (inward[2]))
    return FALSE;
  return g_ascii_isdigit (code[1]) || g_ascii_isdigit (code[2]);
}

static void
add_address (Building   *building,
             const char *text)
{
  char  folded[320];
  char *rest = folded;
  char *words[KEY_MAX_PLACES + 8];
  guint n = 0;

  probity_name_fold (text, folded, sizeof folded);
  for (char *word = take_word (&rest); word != NULL && n < G_N_ELEMENTS (words); word = take_word (&rest))
    if (strcmp (word, ",") != 0)
      words[n++] = word;
  /* A postcode at the end of the address is taken for the postcode. */
  for (guint parts = 2; parts >= 1 && n > parts; parts--)
    {
      gsize first = parts == 2 ? strlen (words[n - 2]) : 0;
      gsize length = first + strlen (words[n - 1]);
      char  end[MAX_POSTCODE + 1];

      if (length > MAX_POSTCODE)
        continue;
      memcpy (end, words[n - parts], first);
      memcpy (end + first, words[n - 1], length - first + 1);
      if (!is_british_postcode (end, length))
        continue;
      if (building->head.postcode[0] == '\0')
        fold_code (end, building->head.postcode, sizeof building->head.postcode);
      n -= parts;
      break;
    }
  for (guint i = 0; i < n; i++)
    add_place (building, words[i], strlen (words[i]));
}

static guint16
add_written (Building   *building,
             const char *text)
{
  const char *end;
  gsize       length;
  guint       at;

  if (text == NULL || *text == '\0')
    return 0;
  g_utf8_validate_len (text, strnlen (text, MAX_WRITTEN), &end);
  length = end - text;
  if (length == 0 || (at = add_text (building, text, length)) == G_MAXUINT || add_text (building, "", 1) == G_MAXUINT)
    return 0;
  return at + 1;
}

static int
read_month (const char *word)
{
  static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };

  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (word, months[i], 3) == 0)
      return i + 1;
  return 0;
}

/* Two digits of a year of birth: nobody of staff is younger than fifteen, few are older than ninety. */
static int
widen_year (int year)
{
  return year > 12 ? 1900 + year : 2000 + year;
}

/**
 * probity_person_parse_birth:
 * @text: (nullable): a date as written: 1961-08-31, 19610831, 31/08/1961, 31.8.61, 31 August 1961, 1961
 *
 * Reads a date of birth, possible or not: a slip in a digit still says a lot. Day before month, as in the United Kingdom.
 *
 * Returns: year * 10000 + month * 100 + day, with zeros for what is unknown; 0 when there is no date in @text
 */
gint32
probity_person_parse_birth (const char *text)
{
  int   numbers[4] = { 0 }, widths[4] = { 0 };
  guint n = 0;
  int   month_at = -1, year, month, day;

  if (text == NULL)
    return 0;
  for (const char *at = text; *at != '\0' && n < 4;)
    {
      if (g_ascii_isdigit (*at))
        {
          for (; g_ascii_isdigit (*at); at++)
            if (widths[n] < 9)
              {
                numbers[n] = numbers[n] * 10 + (*at - '0');
                widths[n]++;
              }
          n++;
          /* The time of day after a date. */
          if (*at == 'T' && n == 3)
            break;
        }
      else if (g_ascii_isalpha (*at))
        {
          int found = read_month (at);

          if (found != 0 && month_at < 0)
            {
              month_at = n;
              numbers[n++] = found;
            }
          while (g_ascii_isalpha (*at))
            at++;
        }
      else
        at++;
    }

  if (n == 1 && widths[0] == 8)
    {
      /* ddmmyyyy when the front can't be a year. */
      if (numbers[0] / 10000 < 1850 && numbers[0] % 10000 >= 1850 && numbers[0] % 10000 < 2100)
        return (numbers[0] % 10000) * 10000 + numbers[0] / 10000 % 100 * 100 + numbers[0] / 1000000;
      return numbers[0];
    }
  if (n == 1 && widths[0] == 4 && numbers[0] > 1850 && numbers[0] < 2100)
    return numbers[0] * 10000;
  if (n < 3)
    return 0;
  if (widths[0] == 4)
    {
      year = numbers[0];
      month = numbers[1];
      day = numbers[2];
    }
  else
    {
      day = month_at == 0 ? numbers[1] : numbers[0];
      month = month_at == 0 ? numbers[0] : numbers[1];
      year = widths[2] <= 2 ? widen_year (numbers[2]) : numbers[2];
    }
  if (year < 1000 || year > 9999 || month > 99 || day > 99)
    return 0;
  return year * 10000 + month * 100 + day;
}

/* Day and month exchanged; 0 where that is no date or the same. */
gint32
probity_person_exchange_birth (gint32 birth)
{
  gint32 month = birth / 100 % 100, day = birth % 100;

  if (day == 0 || day > 12 || day == month)
    return 0;
  return birth / 10000 * 10000 + day * 100 + month;
}

/**
 * probity_person_key_new:
 * @fields: a person's particulars
 *
 * Folds @fields into one small block that compares fast. Any thread; nothing of @fields is kept.
 *
 * Returns: (transfer full): the key
 */
ProbityPersonKey *
probity_person_key_new (const ProbityPersonFields *fields)
{
  Building          building;
  ProbityPersonKey *key;
  gsize             head, size;
  gboolean          has_surname;
  guint16           staff_at = 0;
  char              staff[32];

  g_return_val_if_fail (fields != NULL, NULL);

  building.length = 0;
  memset (&building.head, 0, sizeof building.head);

  building.is_mixed_case = has_small_letters (fields->surname) || has_small_letters (fields->forenames);
  has_surname = fields->surname != NULL && fields->surname[strspn (fields->surname, " \t-.?")] != '\0';
  if (has_surname)
    {
      const char *forenames = fields->forenames != NULL ? fields->forenames : "";

      if (*forenames == '\0' && holds_whole_name (fields->surname))
        add_whole_name (&building, fields->surname);
      else
        {
          add_forenames (&building, forenames, NAME_FORENAME, NAME_MIDDLE);
          add_surname (&building, fields->surname, NAME_SURNAME);
        }
    }
  else if (fields->forenames != NULL && !add_whole_name (&building, fields->forenames))
    add_forenames (&building, fields->forenames, NAME_FORENAME, NAME_MIDDLE);
  if (fields->known_as != NULL)
    add_forenames (&building, fields->known_as, NAME_KNOWN_AS, NAME_KNOWN_AS);
  if (fields->former_names != NULL)
    add_former_names (&building, fields->former_names);

  building.head.birth = probity_person_parse_birth (fields->date_of_birth);
  /* What systems put where nothing was known. */
  if (building.head.birth == 19000101 || building.head.birth == 10101)
    building.head.birth = 0;
  if (fields->postcode != NULL)
    fold_code (fields->postcode, building.head.postcode, sizeof building.head.postcode);
  if (fields->address != NULL)
    add_address (&building, fields->address);
  building.head.staff_length = fold_code (fields->staff_number, staff, sizeof staff);
  if (building.head.staff_length > 0)
    {
      guint at = add_text (&building, staff, building.head.staff_length);

      if (at == G_MAXUINT)
        building.head.staff_length = 0;
      else
        staff_at = at + 1;
    }
  building.head.written[0] = add_written (&building, fields->forenames);
  building.head.written[1] = add_written (&building, fields->surname);
  building.head.written[2] = add_written (&building, fields->known_as);
  building.head.written[3] = add_written (&building, fields->former_names);

  head = sizeof (ProbityPersonKey) + building.head.n_names * sizeof (NameWord) + building.head.n_places * sizeof (PlaceWord);
  size = head + building.length;
  for (guint i = 0; i < building.head.n_names; i++)
    building.names[i].offset += head;
  for (guint i = 0; i < building.head.n_places; i++)
    building.places[i].offset += head;
  for (guint i = 0; i < 4; i++)
    if (building.head.written[i] != 0)
      building.head.written[i] += head - 1;
  if (staff_at != 0)
    building.head.staff_number = staff_at + head - 1;
  building.head.size = size;

  key = g_malloc (size);
  memcpy (key, &building.head, sizeof building.head);
  memcpy ((NameWord *) key_names (key), building.names, building.head.n_names * sizeof (NameWord));
  memcpy ((PlaceWord *) key_places (key), building.places, building.head.n_places * sizeof (PlaceWord));
  memcpy ((char *) key + head, building.text, building.length);
  return key;
}

ProbityPersonKey *
probity_person_key_copy (const ProbityPersonKey *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  return g_memdup2 (key, key->size);
}

void
probity_person_key_free (ProbityPersonKey *key)
{
  g_free (key);
}

/**
 * probity_person_key_get_size:
 *
 * Returns: the bytes that @key takes
 */
gsize
probity_person_key_get_size (const ProbityPersonKey *key)
{
  g_return_val_if_fail (key != NULL, 0);

  return key->size;
}
