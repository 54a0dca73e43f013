/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "probity-csv.h"
#include "probity-full-name.h"
#include "probity-mapping.h"
#include "probity-table.h"

static ProbityTable *
try_open (ProbityFileKind kind,
          const char     *text,
          const char     *mapping_text,
          GError        **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GBytes) mapping = mapping_text != NULL ? g_bytes_new_static (mapping_text, strlen (mapping_text)) : NULL;

  return probity_table_open_bytes (kind, bytes, "file.csv", mapping, error);
}

static ProbityTable *
open_first_row (ProbityFileKind kind,
                const char     *text,
                const char     *mapping_text)
{
  g_autoptr (GError) error = NULL;
  ProbityTable *table = try_open (kind, text, mapping_text, &error);
  gboolean      row = FALSE;

  g_assert_no_error (error);
  g_assert_true (probity_table_next (table, &row, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (row);

  return table;
}

#define assert_value(table, target, expected) g_assert_cmpstr (probity_table_get (table, target), ==, expected)

/* Rule: the columns are called as section 6 of the console's contract calls them. */
static void
test_table_own_headings (void)
{
  static const struct
  {
    ProbityFileKind kind;
    const char     *headings;
  } files[] = {
    { PROBITY_FILE_STAFF, "staff_number,forenames,surname,known_as,former_names,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status" },
    { PROBITY_FILE_PEOPLE, "staff_number,forenames,surname,known_as,former_names,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status" },
    { PROBITY_FILE_COMPLAINTS, "reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result" },
    { PROBITY_FILE_INTELLIGENCE, "reference,date,source_evaluation,information_assessment,handling_code,category,text,sanitised_text,staff_number,subject_name,date_of_birth" },
    { PROBITY_FILE_SECOND_JOBS, "reference,received,staff_number,employer,category,nature,paid,weekly_hours,start,outcome,decided,decided_by,conditions,next_review,ceased" },
  };

  for (gsize f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_auto (GStrv) headings = g_strsplit (files[f].headings, ",", -1);
      g_autofree char *text = g_strconcat (files[f].headings, "\n", files[f].headings, "\n", NULL);
      g_autoptr (ProbityTable) table = open_first_row (files[f].kind, text, NULL);

      g_assert_null (probity_table_get_ignored_headings (table)[0]);
      for (guint i = 0; headings[i] != NULL; i++)
        assert_value (table, headings[i], headings[i]);
      g_assert_cmpuint (probity_table_get_line (table), ==, 2);
      g_assert_null (probity_table_get_problem (table, NULL));
    }
}

/* Rule: headings of other systems map by alias, without regard to case and punctuation; unknown ones are reported. */
static void
test_table_aliases (void)
{
  g_autoptr (ProbityTable) staff = open_first_row (PROBITY_FILE_STAFF,
                                                   "Collar Number;First Name(s);Middle Name;SURNAME;Maiden name;DOB (dd/mm/yyyy);House No.;Street;Town;Post Code;Shoe size;Supervisor\n"
                                                   "4127;Ann;Mary;Jones;Smith;03/04/1980;7;High Street;Derby;DE1 1AA;5;1001\n",
                                                   NULL);
  g_autoptr (ProbityTable) jobs = open_first_row (PROBITY_FILE_SECOND_JOBS,
                                                  "Ref No,Date of application,Applicant's staff number,Name of business,Type of business,Hours per week (average),Approved,Condition 1,Condition 2\n"
                                                  "7,1 May 2012,4127,Jones Lettings,Property rental,7:30,yes,No duty time,\n",
                                                  NULL);
  g_autoptr (ProbityTable) complaint = open_first_row (PROBITY_FILE_COMPLAINTS,
                                                       "Complaint Ref,Date received,Officer forename,Officer surname,Officer collar number,Complainant name,Allegation 1,Allegation 2,Outcome\n"
                                                       "CO/1,2012-05-01,Ann,Jones,4127,A. Person,Rude,Late,Not upheld\n",
                                                       NULL);
  ProbityDay day;
  int        minutes;

  assert_value (staff, "staff_number", "4127");
  assert_value (staff, "forenames", "Ann Mary");
  assert_value (staff, "surname", "Jones");
  assert_value (staff, "former_names", "Smith");
  assert_value (staff, "address", "7 High Street, Derby");
  assert_value (staff, "postcode", "DE1 1AA");
  assert_value (staff, "line_manager", "1001");
  g_assert_cmpstr (probity_table_get_ignored_headings (staff)[0], ==, "Shoe size");
  g_assert_null (probity_table_get_ignored_headings (staff)[1]);
  g_assert_cmpstr (probity_table_get_heading (staff, "forenames"), ==, "First Name(s), Middle Name");
  g_assert_cmpstr (probity_table_get_heading (staff, "rank"), ==, "rank");
  g_assert_true (probity_table_has (staff, "postcode"));
  g_assert_false (probity_table_has (staff, "rank"));
  /* The heading declares the order. */
  g_assert_true (probity_table_get_day (staff, "date_of_birth", &day, NULL));
  g_assert_cmpuint (day, ==, probity_day_from_iso ("1980-04-03"));

  assert_value (jobs, "employer", "Jones Lettings");
  assert_value (jobs, "outcome", "yes");
  assert_value (jobs, "conditions", "No duty time");
  g_assert_true (probity_table_get_hours (jobs, "weekly_hours", &minutes, NULL));
  g_assert_cmpint (minutes, ==, 450);

  assert_value (complaint, "subject_name", "Ann Jones");
  assert_value (complaint, "staff_number", "4127");
  assert_value (complaint, "allegation", "Rude; Late");
  assert_value (complaint, "result", "Not upheld");
}

/* Rule: a public test set of people, with commas and spaces between its cells, is read without a mapping. */
static void
test_table_febrl_layout (void)
{
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_PEOPLE,
                                                   "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id\n"
                                                   "rec-122-org, lachlan, berry, 69, giblin street, killarney, bittern, 4814, qld, 19990219, 7364009\n",
                                                   NULL);
  g_autoptr (ProbityTable) mapped = open_first_row (PROBITY_FILE_STAFF,
                                                    "rec_id, given_name, surname, date_of_birth\nrec-223-org, , waller, 19081209\n",
                                                    "[columns]\nstaff_number=rec_id\n");
  ProbityDay day;

  g_assert_null (probity_table_get (table, "staff_number"));
  assert_value (table, "forenames", "lachlan");
  assert_value (table, "surname", "berry");
  assert_value (table, "address", "69 giblin street, killarney, bittern, qld");
  assert_value (table, "postcode", "4814");
  g_assert_cmpstr (probity_table_get_ignored_headings (table)[0], ==, "rec_id");
  g_assert_cmpstr (probity_table_get_ignored_headings (table)[1], ==, "soc_sec_id");
  g_assert_true (probity_table_get_day (table, "date_of_birth", &day, NULL));
  g_assert_cmpuint (day, ==, probity_day_from_iso ("1999-02-19"));

  assert_value (mapped, "staff_number", "rec-223-org");
  g_assert_null (probity_table_get (mapped, "forenames"));
}

/* Rule: a mapping file says which column is which, joins columns and declares the order of dates. */
static void
test_table_mapping (void)
{
  static const char text[] = "Who,X1,Y1,Y2,Added,Left\n4127,Jones,Flat 2,Derby,03/04/2012,04/03/2012\n";
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_SECOND_JOBS, text, "\xef\xbb\xbf[columns]\nstaff_number=who\nemployer=#2\nreceived=ADDED\nceased=Left\nplace=Y1\n[formats]\ndate=dmy\ndate.ceased=mdy\n");
  g_autoptr (ProbityTable) joined = open_first_row (PROBITY_FILE_STAFF, text, "[columns]\nstaff_number=who\nsurname=X1\naddress=Y2;Y1\n");
  ProbityDay day;

  assert_value (table, "staff_number", "4127");
  assert_value (table, "employer", "Jones");
  assert_value (table, "place", "Flat 2");
  g_assert_true (probity_table_get_day (table, "received", &day, NULL));
  g_assert_cmpuint (day, ==, probity_day_from_iso ("2012-04-03"));
  g_assert_true (probity_table_get_day (table, "ceased", &day, NULL));
  g_assert_cmpuint (day, ==, probity_day_from_iso ("2012-04-03"));
  assert_value (joined, "address", "Derby, Flat 2");
}

/* Rule: a mapping file that is wrong is refused by its key; nothing is read past it. */
static void
test_table_mapping_wrong (void)
{
  static const struct
  {
    const char *mapping;
    int         code;
    const char *named;
  } cases[] = {
    { "", PROBITY_MAPPING_ERROR_INVALID, "mapping" },
    { "staff_number=Who\n", PROBITY_MAPPING_ERROR_INVALID, "mapping" },
    { "[columns]\ncollar=Who\n", PROBITY_MAPPING_ERROR_UNKNOWN, "collar" },
    { "[columns]\nstaff_number=Whom\n", PROBITY_MAPPING_ERROR_MISSING, "Whom" },
    { "[columns]\nstaff_number=\n", PROBITY_MAPPING_ERROR_INVALID, "staff_number" },
    { "[columns]\nsurname=Who;Name\n", PROBITY_MAPPING_ERROR_INVALID, "surname" },
    { "[rows]\na=b\n", PROBITY_MAPPING_ERROR_INVALID, "rows" },
    { "[formats]\ntime=24\n", PROBITY_MAPPING_ERROR_UNKNOWN, "time" },
    { "[formats]\ndate.height=dmy\n", PROBITY_MAPPING_ERROR_UNKNOWN, "height" },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_clear_error (&error);
      g_assert_null (try_open (PROBITY_FILE_STAFF, "Who,surname,forenames\n1,a,b\n", cases[i].mapping, &error));
      g_assert_error (error, PROBITY_MAPPING_ERROR, cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].named));
    }

  g_clear_error (&error);
  g_assert_null (try_open (PROBITY_FILE_STAFF, "Who,surname,forenames\n1,a,b\n", "[formats]\ndate=sideways\n", &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_INVALID);
}

/* Rule: a date with two readings stops its row, not the file, and is never guessed. */
static void
test_table_ambiguous_date (void)
{
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_STAFF, "staff_number,date_of_birth\n1,03/04/2012\n2,\n", NULL);
  g_autoptr (GError) error = NULL;
  ProbityDay day;
  gboolean   row;

  g_assert_false (probity_table_get_day (table, "date_of_birth", &day, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_AMBIGUOUS);
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  g_assert_true (probity_table_get_day (table, "date_of_birth", &day, NULL));
  g_assert_cmpuint (day, ==, PROBITY_DAY_NONE);
}

/* Rule: a heading that comes twice is kept by position: the same value is one value, two values reject the row. */
static void
test_table_duplicate_headings (void)
{
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_STAFF, "staff_number,surname,surname\n1,Jones,Jones\n2,Jones,\n3,Jones,Smith\n", NULL);
  const char *column;
  gboolean    row;

  assert_value (table, "surname", "Jones");
  g_assert_null (probity_table_get_problem (table, NULL));
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  assert_value (table, "surname", "Jones");
  g_assert_null (probity_table_get_problem (table, NULL));
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  g_assert_nonnull (probity_table_get_problem (table, &column));
  g_assert_cmpstr (column, ==, "surname, surname");
}

/* Rule: rows of another length are read or rejected, never shifted; empty rows are passed over. */
static void
test_table_row_lengths (void)
{
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_STAFF, "staff_number,surname,rank\n1,Jones\n,,\n3,Jones,PC,extra\n4,Jones,PC,,\n", NULL);
  gboolean row;

  assert_value (table, "surname", "Jones");
  g_assert_null (probity_table_get (table, "rank"));
  g_assert_null (probity_table_get_problem (table, NULL));
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  g_assert_cmpuint (probity_table_get_line (table), ==, 4);
  g_assert_nonnull (probity_table_get_problem (table, NULL));
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  g_assert_null (probity_table_get_problem (table, NULL));
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && !row);
  g_assert_cmpuint (strlen (probity_table_get_sha256 (table)), ==, 64);
}

/* Rule: what is marked above OFFICIAL-SENSITIVE is refused, by row or as a whole. */
static void
test_table_markings (void)
{
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_INTELLIGENCE,
                                                   "reference,text,Protective marking\n1,a,OFFICIAL\n2,a,SECRET\n3,\"SECRET\nseen\",\n4,kept a secret,Official-Sensitive\n",
                                                   NULL);
  g_autoptr (GError) error = NULL;
  const char *column;
  gboolean    row;

  g_assert_null (probity_table_get_problem (table, NULL));
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  g_assert_nonnull (probity_table_get_problem (table, &column));
  g_assert_cmpstr (column, ==, "Protective marking");
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  g_assert_nonnull (probity_table_get_problem (table, &column));
  g_assert_cmpstr (column, ==, "text");
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  g_assert_null (probity_table_get_problem (table, NULL));

  g_assert_null (try_open (PROBITY_FILE_INTELLIGENCE, "TOP SECRET\nreference,text\n1,a\n", NULL, &error));
  g_assert_error (error, PROBITY_PARSE_ERROR, PROBITY_PARSE_ERROR_MARKING);
}

/* Rule: a file without known headings is refused, not guessed. */
static void
test_table_no_headings (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_open (PROBITY_FILE_STAFF, "1,Jones,PC\n2,Smith,PS\n", NULL, &error));
  g_assert_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS);
  g_assert_nonnull (strstr (error->message, "file.csv"));
  g_clear_error (&error);
  g_assert_null (try_open (PROBITY_FILE_STAFF, "", NULL, &error));
  g_assert_error (error, PROBITY_CSV_ERROR, PROBITY_CSV_ERROR_HEADINGS);
}

/* Rule: layouts of registers as public bodies publish them are read as CSV, the comma in a heading too. */
static void
test_table_published_layouts (void)
{
  static const char *const lines[] = {
    "Minister,Date,Person or organisation that offered hospitality,Type of hospitality received,\"Accompanied by spouse, family member(s) or friend?\"",
    "Ref No,Date,Name,Info,Accepted/Declined",
    "Organisation Name,Organisation Code,Effective Date,Directorate,Service (Sercop),Procurement Classification,Class Code,Procurement Classification,Class Code",
    "Body,BodyName,ServiceLabel,ServiceDivisionLabel,ExpenditureCategory,DatePaid,TransactionNumber,NetAmount,SupplierName",
  };
  static const guint n_cells[] = { 5, 5, 9, 9 };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (lines[i], strlen (lines[i]));
      g_autoptr (ProbityCsvReader) reader = probity_csv_reader_new_for_bytes (bytes, "published", NULL);
      const ProbityCsvRow *row;

      g_assert_true (probity_csv_reader_next (reader, &row, NULL, NULL));
      g_assert_cmpuint (row->n_cells, ==, n_cells[i]);
    }
}

/* Rule: a name in one cell is parted into surname and forenames. */
static void
test_full_names (void)
{
  static const struct
  {
    const char *text, *forenames, *surname;
  } names[] = {
    { "Smith, John Paul", "John Paul", "Smith" },
    { "John Smith", "John", "Smith" },
    { "SMITH John", "John", "SMITH" },
    { "PC Ann van der Berg", "Ann", "van der Berg" },
    { "Dr. O'Neill", NULL, "O'Neill" },
    { "DE LA RUE, Anne-Marie", "Anne-Marie", "DE LA RUE" },
    { "JOHN SMITH", "JOHN", "SMITH" },
    { ", John", NULL, "John" },
    { "  ", NULL, NULL },
    { "", NULL, NULL },
  };
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_STAFF, "Staff No,Name\n1,\"Jones, Ann\"\n", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *forenames = NULL;
      g_autofree char *surname = NULL;

      probity_full_name_split (names[i].text, &forenames, &surname);
      g_assert_cmpstr (forenames, ==, names[i].forenames);
      g_assert_cmpstr (surname, ==, names[i].surname);
    }

  assert_value (table, "forenames", "Ann");
  assert_value (table, "surname", "Jones");
  g_assert_cmpstr (probity_table_get_heading (table, "surname"), ==, "Name");
  g_assert_true (probity_table_has (table, "surname"));
}

/* Rule: a grading in one cell is read by 3x5x2; one by the older 5x5x5 is kept as it was given, never converted. */
static void
test_gradings (void)
{
  g_autoptr (ProbityTable) table = open_first_row (PROBITY_FILE_INTELLIGENCE, "URN,Report date,Grading\n1,2012-01-01,2bP\n2,2012-01-01,B24\n", NULL);
  gboolean row;

  assert_value (table, "source_evaluation", "2");
  assert_value (table, "information_assessment", "B");
  assert_value (table, "handling_code", "P");
  assert_value (table, "graded_5x5x5", NULL);
  g_assert_true (probity_table_has (table, "handling_code"));
  g_assert_true (probity_table_next (table, &row, NULL, NULL) && row);
  assert_value (table, "source_evaluation", NULL);
  assert_value (table, "graded_5x5x5", "B24");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/table/own-headings", test_table_own_headings);
  g_test_add_func ("/table/aliases", test_table_aliases);
  g_test_add_func ("/table/febrl-layout", test_table_febrl_layout);
  g_test_add_func ("/table/mapping", test_table_mapping);
  g_test_add_func ("/table/mapping-wrong", test_table_mapping_wrong);
  g_test_add_func ("/table/ambiguous-date", test_table_ambiguous_date);
  g_test_add_func ("/table/duplicate-headings", test_table_duplicate_headings);
  g_test_add_func ("/table/row-lengths", test_table_row_lengths);
  g_test_add_func ("/table/markings", test_table_markings);
  g_test_add_func ("/table/no-headings", test_table_no_headings);
  g_test_add_func ("/table/published-layouts", test_table_published_layouts);
  g_test_add_func ("/table/gradings", test_gradings);
  g_test_add_func ("/table/full-names", test_full_names);

  return g_test_run ();
}
