/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "probity-csv-writer.h"
#include "probity-csv.h"

static ProbityCsvReader *
open_bytes (const char *text,
            gsize       length,
            GError    **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length);

  return probity_csv_reader_new_for_bytes (bytes, "file.csv", error);
}

static ProbityCsvReader *
open_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  ProbityCsvReader *reader = open_bytes (text, strlen (text), &error);

  g_assert_no_error (error);

  return reader;
}

/* The whole file as `line:cell|cell` rows, wrong rows as `line:!column`. */
static char *
flatten (ProbityCsvReader *reader,
         GError          **error)
{
  g_autoptr (GString) flat = g_string_new (NULL);
  const ProbityCsvRow *row;

  for (;;)
    {
      if (!probity_csv_reader_next (reader, &row, NULL, error))
        return NULL;
      if (row == NULL)
        return g_string_free_and_steal (g_steal_pointer (&flat));

      g_string_append_printf (flat, "%" G_GUINT64_FORMAT ":", row->line);
      if (row->error != NULL)
        g_string_append_printf (flat, "!%u", row->error_column);
      else
        for (guint i = 0; i < row->n_cells; i++)
          g_string_append_printf (flat, "%s%s", i > 0 ? "|" : "", row->cells[i]);
      g_string_append_c (flat, '\n');
    }
}

static void
assert_rows (const char *text,
             const char *expected)
{
  g_autoptr (ProbityCsvReader) reader = open_text (text);
  g_autoptr (GError) error = NULL;
  g_autofree char *flat = flatten (reader, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (flat, ==, expected);
}

static void
assert_refused (const char     *text,
                gsize           length,
                ProbityCsvError code,
                const char     *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityCsvReader) reader = open_bytes (text, length, &error);
  g_autofree char *flat = reader != NULL ? flatten (reader, &error) : NULL;

  g_assert_null (flat);
  g_assert_error (error, PROBITY_CSV_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "file.csv"));
  g_assert_nonnull (strstr (error->message, line));
}

/* Rule: RFC 4180, and `line` is where a row starts although cells have line ends in them. */
static void
test_csv_rows (void)
{
  assert_rows ("a,b\n1,2\n", "1:a|b\n2:1|2\n");
  assert_rows ("a,b\r\n1,2", "1:a|b\n2:1|2\n");
  assert_rows ("a,b\r1,2\r", "1:a|b\n2:1|2\n");
  assert_rows ("a,b\n\"1\n2\",\"say \"\"yes\"\"\"\n3,4\n", "1:a|b\n2:1\n2|say \"yes\"\n4:3|4\n");
  assert_rows ("a\r\n\"1\r\n2\r\n3\"\r\n4\r\n", "1:a\n2:1\r\n2\r\n3\n5:4\n");
  assert_rows ("a,b\n\n\n1,2\n", "1:a|b\n4:1|2\n");
  assert_rows ("a,,\n,,\n\"\"\n", "1:a||\n2:||\n3:\n");
  assert_rows ("", "");
  assert_rows ("\n\n", "");
  assert_rows ("a,b,\n", "1:a|b|\n");
  assert_rows ("5\" pipe,b\n", "1:5\" pipe|b\n");
}

/* Rule: spaces around cells are not part of them, unless between quotation marks. */
static void
test_csv_spaces (void)
{
  assert_rows ("rec_id, given_name , surname\nr-1, , \"de, Vere\" \n", "1:rec_id|given_name|surname\n2:r-1||de, Vere\n");
  assert_rows ("\" a \",  b\t\n   \nc\n", "1: a |b\n3:c\n");
}

/* Rule: a row that breaks the rules is rejected by itself, the rows after it are read. */
static void
test_csv_wrong_rows (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,");
  g_autoptr (GString) wide = g_string_new ("a,b\n");

  assert_rows ("a,b\n1,\"x\"y\n2,3\n", "1:a|b\n2:!2\n3:2|3\n");

  for (int i = 0; i < 1024 * 1024 + 1; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, ",3\n4,5\n");
  assert_rows (text->str, "1:a|b\n2:!2\n3:4|5\n");

  for (int i = 0; i < 600; i++)
    g_string_append (wide, "1,");
  g_string_append (wide, "\n4,5\n");
  assert_rows (wide->str, "1:a|b\n2:!513\n3:4|5\n");
}

/* Rule: limits hold for file, row, cell and columns; what is at the limit is still read. */
static void
test_csv_limits (void)
{
  static const ProbityCsvLimits limits = { .max_bytes = 64, .max_row = 12, .max_field = 5, .max_columns = 3 };
  static const struct
  {
    const char *text, *expected;
  } cases[] = {
    { "12345,1\n", "1:12345|1\n" },
    { "123456,1\nx\n", "1:!1\n2:x\n" },
    { "a,b,c\n", "1:a|b|c\n" },
    { "a,b,c,d\nx\n", "1:!4\n2:x\n" },
    { "12345,12345,1\nx\n", "1:!3\n2:x\n" },
  };
  g_autoptr (GInputStream) large = NULL;
  g_autoptr (ProbityCsvReader) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sixty_five = g_strnfill (65, '\n');

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (cases[i].text, -1, NULL);
      g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new (stream, "file.csv", &limits, NULL, &error);
      g_autofree char *flat = flatten (reader, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (flat, ==, cases[i].expected);
    }

  large = g_memory_input_stream_new_from_data (sixty_five, -1, NULL);
  none = probity_csv_reader_new (large, "file.csv", &limits, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_TOO_LARGE);
}

/* Rule: a file in any of the encodings that spreadsheets write gives the same names. */
static void
test_csv_encodings (void)
{
  static const char utf16_le[] = "\xff\xfeZ\0o\0\xeb\0,\0=\xd8\x00\xde\n\0";
  static const char utf16_be[] = "\xfe\xff\0Z\0o\0\xeb\0,\xd8=\xde\x00\0\n";
  static const struct
  {
    const char *bytes;
    gsize       n_bytes;
    const char *expected;
  } files[] = {
    { "Zo\xc3\xab,1\n", 7, "1:Zoë|1\n" },
    { "\xef\xbb\xbfZo\xc3\xab,1\n", 10, "1:Zoë|1\n" },
    { "\xef\xbb\xbf\"Zo\xc3\xab\",1\n", 12, "1:Zoë|1\n" },
    { "\xef\xbb\xbf\xef\xbb\xbfZo\xc3\xab,1\n", 13, "1:Zoë|1\n" },
    { "Zo\xeb,\x80\x93\n", 7, "1:Zoë|€“\n" },
    { "\xc3\xaf\xc2\xbb\xc2\xbfZo\xc3\x83\xc2\xab,1\n", 15, "1:Zoë|1\n" },
    { "\xc3\xaf\xc2\xbb\xc2\xbfZo\xc5\x82,1\n", 13, "1:Zoł|1\n" },
    { utf16_le, sizeof utf16_le - 1, "1:Zoë|😀\n" },
    { utf16_be, sizeof utf16_be - 1, "1:Zoë|😀\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ProbityCsvReader) reader = open_bytes (files[i].bytes, files[i].n_bytes, &error);
      g_autofree char *flat = NULL;

      g_assert_no_error (error);
      flat = flatten (reader, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (flat, ==, files[i].expected);
    }
}

/* Rule: a character cut by the end of a piece of the file is read whole. */
static void
test_csv_cut_characters (void)
{
  for (int shift = 0; shift < 4; shift++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (ProbityCsvReader) reader = NULL;
      g_autofree char *flat = NULL;
      int              n = 0;

      for (int i = 0; i < shift; i++)
        g_string_append_c (text, 'x');
      while (text->len < 200 * 1024)
        g_string_append_printf (text, "%s€\n", n++ % 7 == 0 ? "é" : "😀");
      reader = open_text (text->str);
      flat = flatten (reader, NULL);
      g_assert_nonnull (flat);
      g_assert_cmpuint (g_utf8_strlen (flat, -1), >, g_utf8_strlen (text->str, -1));
    }
}

/* Rule: what is no CSV file is refused with file and line. */
static void
test_csv_foreign (void)
{
  static const char html[] = "\n <!DOCTYPE html>\n<html><body>Sign in, please</body></html>";
  static const char sql[] = "SELECT name, amount\nFROM spend WHERE x = 1;\nname,amount\na,1\n";
  static const char exec[] = "exec dbo.spend '2012'\nname,amount\n";
  static const char nul[] = "a,b\n1,\0002\n";
  static const char zip[] = "PK\003\004\024\0";
  static const char mixed[] = "Zo\xc3\xab,1\nZo\xeb,2\n";
  static const char undefined[] = "a,b\n\x81,2\n";
  static const char cut[] = "a,b\nZo\xc3";
  static const char half[] = "\xff\xfe"
                             "a\0\n\0b";
  static const char lone[] = "\xff\xfe"
                             "a\0\n\0\x3d\xd8"
                             "b\0";

  assert_refused (html, sizeof html - 1, PROBITY_CSV_ERROR_FORMAT, "line 1");
  assert_refused (sql, sizeof sql - 1, PROBITY_CSV_ERROR_FORMAT, "line 1");
  assert_refused (exec, sizeof exec - 1, PROBITY_CSV_ERROR_FORMAT, "line 1");
  assert_refused (nul, sizeof nul - 1, PROBITY_CSV_ERROR_FORMAT, "line 2");
  assert_refused (zip, sizeof zip - 1, PROBITY_CSV_ERROR_FORMAT, "line 1");
  assert_refused (mixed, sizeof mixed - 1, PROBITY_CSV_ERROR_ENCODING, "line 2");
  assert_refused (undefined, sizeof undefined - 1, PROBITY_CSV_ERROR_ENCODING, "line 2");
  assert_refused (half, sizeof half - 1, PROBITY_CSV_ERROR_ENCODING, "line 2");
  assert_refused (lone, sizeof lone - 1, PROBITY_CSV_ERROR_ENCODING, "line 2");
  assert_refused ("{\"people\": []}", 14, PROBITY_CSV_ERROR_FORMAT, "line 1");
  assert_refused ("a,b\n1,2\n3,\"4\n5,6\n", 17, PROBITY_CSV_ERROR_QUOTE, "line 3");

  /* A title above the headings is no query. */
  {
    g_autoptr (ProbityCsvReader) reader = open_text ("With effect from 1 September 2011\nSelected,Updated\n");

    g_assert_nonnull (reader);
  }

  /* A cut character at the end makes it Windows-1252, which has a letter for each of its bytes. */
  {
    g_autoptr (ProbityCsvReader) reader = open_bytes (cut, sizeof cut - 1, NULL);

    g_assert_nonnull (reader);
  }
}

static guint
count_known (const ProbityCsvRow *row,
             gpointer             user_data)
{
  guint known = 0;

  for (guint i = 0; i < row->n_cells; i++)
    known += g_str_equal (row->cells[i], "name") || g_str_equal (row->cells[i], "number") || g_str_equal (row->cells[i], "unit");

  return known;
}

/* Rule: headings are found below other lines, with semicolons or tabs for commas. */
static void
test_csv_headings (void)
{
  static const char *const files[] = {
    "Register of second jobs\n\nprinted,2012-03-04\nnumber,name,unit\n1,Ann,A\n",
    "Register of second jobs\n\nprinted;2012-03-04\nnumber;name;unit\n1;Ann;A\n",
    "Register of second jobs\n\nprinted\t2012-03-04\nnumber\tname\tunit\n1\tAnn\tA\n",
    "sep=;\n\n\nnumber;name;unit\n1;Ann;A\n",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityCsvReader) none = open_text ("a,b,name\n1,2,3\n");
  g_autoptr (ProbityCsvReader) single = open_text ("name\nAnn\n");
  const ProbityCsvRow *row;

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (ProbityCsvReader) reader = open_text (files[i]);
      g_autoptr (GPtrArray) preamble = NULL;

      g_assert_true (probity_csv_reader_find_headings (reader, count_known, NULL, &preamble, &row, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (row->line, ==, 4);
      g_assert_cmpstr (row->cells[2], ==, "unit");
      g_assert_cmpuint (preamble->len, >=, i < 3 ? 2 : 0);
      g_assert_true (probity_csv_reader_next (reader, &row, NULL, &error));
      g_assert_cmpuint (row->line, ==, 5);
      g_assert_cmpstr (row->cells[1], ==, "Ann");
    }

  g_assert_true (probity_csv_reader_find_headings (single, count_known, NULL, NULL, &row, NULL, &error));
  g_assert_false (probity_csv_reader_find_headings (none, count_known, NULL, NULL, &row, NULL, &error));
  g_assert_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS);
}

/* Rule: the log names a file by the SHA-256 of its bytes. */
static void
test_csv_sha256 (void)
{
  g_autoptr (ProbityCsvReader) reader = open_text ("\xef\xbb\xbf"
                                                   "name,number\nAnn,1\n");
  g_autofree char     *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "\xef\xbb\xbf"
                                                                                    "name,number\nAnn,1\n",
                                                             -1);
  g_autofree char     *flat = NULL;
  const ProbityCsvRow *row;

  g_assert_true (probity_csv_reader_find_headings (reader, count_known, NULL, NULL, &row, NULL, NULL));
  flat = flatten (reader, NULL);
  g_assert_cmpstr (probity_csv_reader_get_sha256 (reader), ==, expected);
}

static char *
write_rows (const char *const *cells,
            guint              n_cells,
            guint              n_columns)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (ProbityCsvWriter) writer = probity_csv_writer_new (stream);

  for (guint i = 0; i < n_cells; i += n_columns)
    g_assert_true (probity_csv_writer_add_row (writer, cells + i, MIN (n_columns, n_cells - i), NULL, NULL));
  g_assert_true (probity_csv_writer_finish (writer, NULL, NULL));
  g_assert_true (g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));

  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* Rule (ASVS 5.0, 1.2.10): no cell that is exported is taken for a formula. */
static void
test_csv_formulas (void)
{
  static const char *const cells[] = { "=1+1", "+44", "-5", "@SUM(A1)", "\tx", "'=1", "O'Brien", "'tis", "＝1", "\r=1", "a\nb" };
  g_autofree char         *text = write_rows (cells, G_N_ELEMENTS (cells), 1);

  g_assert_cmpstr (text, ==, "\"'=1+1\"\r\n\"'+44\"\r\n\"'-5\"\r\n\"'@SUM(A1)\"\r\n\"'\tx\"\r\n\"''=1\"\r\n\"O'Brien\"\r\n\"'tis\"\r\n"
                             "\"'＝1\"\r\n\"'\r=1\"\r\n\"a\nb\"\r\n");
}

/* Rule: import(export(x)) = x, whatever is in the cells. */
static void
test_csv_round_trip (void)
{
  static const char *const pieces[] = {
    "", "a", " ", ",", "\"", "\n", "\r", "\r\n", "'", "=", "+", "-", "@", "\t", ";", "é", "＝", "😀", "x y", "''", "\"\"", "<", "{", "\xef\xbb\xbf", "sep="
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20121218);

  for (int run = 0; run < 3000; run++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      guint            n_columns = (guint) g_rand_int_range (random, 1, 5);
      guint            n_rows = (guint) g_rand_int_range (random, 1, 6);
      g_autofree char *text = NULL;
      g_autoptr (ProbityCsvReader) reader = NULL;
      const ProbityCsvRow *row;

      for (guint i = 0; i < n_columns * n_rows; i++)
        {
          GString *cell = g_string_new (NULL);

          for (int n = g_rand_int_range (random, 0, 6); n > 0; n--)
            g_string_append (cell, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
          g_ptr_array_add (cells, g_string_free_and_steal (cell));
        }

      text = write_rows ((const char *const *) cells->pdata, cells->len, n_columns);
      reader = open_text (text);
      for (guint r = 0; r < n_rows; r++)
        {
          g_assert_true (probity_csv_reader_next (reader, &row, NULL, NULL));
          g_assert_nonnull (row);
          g_assert_no_error (row->error);
          g_assert_cmpuint (row->n_cells, ==, n_columns);
          for (guint c = 0; c < n_columns; c++)
            g_assert_cmpstr (row->cells[c], ==, g_ptr_array_index (cells, r * n_columns + c));
        }
      g_assert_true (probity_csv_reader_next (reader, &row, NULL, NULL));
      g_assert_null (row);
    }
}

/* Rule: a stream that cannot be read twice is read all the same. */
static void
test_csv_unseekable (void)
{
  g_autoptr (GInputStream) memory = g_memory_input_stream_new_from_data ("a,b\n1,2\n", -1, NULL);
  g_autoptr (GConverter) converter = G_CONVERTER (g_charset_converter_new ("UTF-8", "UTF-8", NULL));
  g_autoptr (GInputStream) stream = g_converter_input_stream_new (memory, converter);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new (stream, "stream", NULL, NULL, &error);
  g_autofree char *flat = NULL;

  g_assert_no_error (error);
  flat = flatten (reader, &error);
  g_assert_cmpstr (flat, ==, "1:a|b\n2:1|2\n");
}

/* Rule: a file that is not there is told as such. */
static void
test_csv_missing_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new_for_path ("/nowhere/file.csv", NULL, &error);

  g_assert_null (reader);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/csv/rows", test_csv_rows);
  g_test_add_func ("/csv/spaces", test_csv_spaces);
  g_test_add_func ("/csv/wrong-rows", test_csv_wrong_rows);
  g_test_add_func ("/csv/limits", test_csv_limits);
  g_test_add_func ("/csv/encodings", test_csv_encodings);
  g_test_add_func ("/csv/cut-characters", test_csv_cut_characters);
  g_test_add_func ("/csv/foreign", test_csv_foreign);
  g_test_add_func ("/csv/headings", test_csv_headings);
  g_test_add_func ("/csv/sha256", test_csv_sha256);
  g_test_add_func ("/csv/formulas", test_csv_formulas);
  g_test_add_func ("/csv/round-trip", test_csv_round_trip);
  g_test_add_func ("/csv/unseekable", test_csv_unseekable);
  g_test_add_func ("/csv/missing-file", test_csv_missing_file);

  return g_test_run ();
}
