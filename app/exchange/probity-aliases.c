/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-aliases.h"

/*
 * Headings as staff systems, complaint systems and local registers write them, without spaces, case and punctuation.
 * Of the aliases of one column the first in its list that a file has is taken.
 */

#define STAFF_NUMBER                                                                                                        \
  "staffno staffid collarnumber collarno collar warrantnumber warrantno payrollnumber payrollno employeenumber employeeno " \
  "employeeid personnelnumber personnelno forcenumber forceid shouldernumber epaulettenumber servicenumber number"
#define SUBJECT_NUMBER STAFF_NUMBER " officernumber officerno subjectnumber subjectstaffnumber officerstaffnumber officercollarnumber applicantnumber applicantstaffnumber"
#define SUBJECT_NAME                                                                                                                                         \
  "| subject | nameofsubject | officercomplainedof | officersubject | officername | nameofofficer | officer | name | fullname "                              \
  "| subjectforenames subjectforename subjectfirstname officerforenames officerforename officerfirstname forenames forename firstnames firstname givenname " \
  "middlenames middlename subjectsurname subjectlastname officersurname officerlastname surname lastname familyname"
#define BIRTH_DATE "dob birthdate dateborn born birthday subjectdob officerdob"
#define MARKING "protectivemarking classification securityclassification gsc gscmarking securitymarking"

static const ProbityAlias people[] = {
  { "staff_number", PROBITY_JOIN_NONE, STAFF_NUMBER },
  { "forenames", PROBITY_JOIN_WORDS, "forename firstname firstnames givenname givennames first middlename middlenames secondname" },
  { "surname", PROBITY_JOIN_NONE, "lastname familyname secondsurname last" },
  { "name", PROBITY_JOIN_NONE, "fullname employeename officername staffname applicantname applicant personname" },
  { "known_as", PROBITY_JOIN_NONE, "preferredname nickname knownname commonname usualname preferredforename" },
  { "former_names", PROBITY_JOIN_LIST, "formername previousnames previousname previoussurname formersurname maidenname birthname nee aliases alias othernames aka" },
  { "rank", PROBITY_JOIN_NONE, "rankorgrade rankgrade grade post jobtitle position role" },
  { "unit", PROBITY_JOIN_NONE, "department dept division section team station bcu posting directorate location" },
  { "line_manager", PROBITY_JOIN_NONE, "linemanagerstaffnumber linemanagernumber linemanagerno managerstaffnumber managernumber reportsto supervisornumber manager supervisor" },
  { "employment_group", PROBITY_JOIN_NONE, "employmenttype stafftype employeegroup persongroup workforcegroup contracttype" },
  { "date_of_birth", PROBITY_JOIN_NONE, BIRTH_DATE },
  { "address", PROBITY_JOIN_LINES, "homeaddress fulladdress flat housename building housenumber houseno streetnumber address1 address2 address3 address4 address5 "
                                   "addressline1 addressline2 addressline3 addressline4 addressline5 street streetname streetaddress road suburb locality village district town city posttown county state" },
  { "postcode", PROBITY_JOIN_NONE, "postalcode homepostcode zipcode zip pcode" },
  { "status", PROBITY_JOIN_NONE, "employmentstatus currentstatus activestatus" },
  { "contracted_hours", PROBITY_JOIN_NONE, "contractedhoursperweek contracthours hourscontracted contractedweeklyhours" },
  { "overtime_hours", PROBITY_JOIN_NONE, "usualovertime overtime averageovertime usualovertimehours" },
  { "email", PROBITY_JOIN_NONE, "emailaddress mail" },
  { "marking", PROBITY_JOIN_NONE, MARKING },
};

static const ProbityAlias complaints[] = {
  { "reference", PROBITY_JOIN_NONE, "ref complaintreference complaintref complaintnumber complaintno casereference caseref casenumber caseno referencenumber referenceno refno uniquereference urn" },
  { "received", PROBITY_JOIN_NONE, "datereceived receiveddate complaintreceived dateofcomplaint complaintdate daterecorded recorded date" },
  { "complainant", PROBITY_JOIN_NONE, "complainantname nameofcomplainant complainedby madeby" },
  { "staff_number", PROBITY_JOIN_NONE, SUBJECT_NUMBER },
  { "subject_name", PROBITY_JOIN_WORDS, SUBJECT_NAME },
  { "date_of_birth", PROBITY_JOIN_NONE, BIRTH_DATE },
  { "allegation", PROBITY_JOIN_LIST, "allegations allegation1 allegation2 allegation3 allegation4 allegation5 allegation6 | allegationtype allegationtypes allegationcategory "
                                     "| allegationdescription complainttype natureofcomplaint nature | category description summary details" },
  { "status", PROBITY_JOIN_NONE, "complaintstatus casestatus currentstatus stage" },
  { "finalised", PROBITY_JOIN_NONE, "finalized datefinalised finaliseddate dateclosed closeddate closed datecompleted completed concluded dateconcluded" },
  { "result", PROBITY_JOIN_NONE, "outcome finding disposal decision allegationresult" },
  { "marking", PROBITY_JOIN_NONE, MARKING },
};

static const ProbityAlias intelligence[] = {
  { "reference", PROBITY_JOIN_NONE, "ref urn logreference logref lognumber intelligencereference intelref reportreference reportref reportnumber referencenumber referenceno refno irn" },
  { "date", PROBITY_JOIN_NONE, "reportdate dateofreport datesubmitted submitteddate submitted dateofintelligence datereceived received" },
  { "source_evaluation", PROBITY_JOIN_NONE, "sourcegrade sourcegrading sourceeval sourceassessment" },
  { "information_assessment", PROBITY_JOIN_NONE, "intelligenceassessment infoassessment intelassessment informationgrade informationevaluation" },
  { "handling_code", PROBITY_JOIN_NONE, "handling handlingcodes" },
  { "handling_conditions", PROBITY_JOIN_LIST, "handlingcondition conditions handlinginstructions" },
  { "graded_5x5x5", PROBITY_JOIN_NONE, "5x5x5 555 grading grade 3x5x2 352 originalgrading" },
  { "category", PROBITY_JOIN_NONE, "corruptioncategory intelligencecategory type intelligencetype" },
  { "text", PROBITY_JOIN_NONE, "originaltext intelligencetext intelligence reporttext report narrative fulltext content body details" },
  { "sanitised_text", PROBITY_JOIN_NONE, "sanitizedtext sanitised sanitisedversion sanitisedreport sanitisedintelligence" },
  { "staff_number", PROBITY_JOIN_NONE, SUBJECT_NUMBER },
  { "subject_name", PROBITY_JOIN_WORDS, SUBJECT_NAME },
  { "date_of_birth", PROBITY_JOIN_NONE, BIRTH_DATE },
  { "provenance", PROBITY_JOIN_NONE, "intelligenceprovenance" },
  { "source_reference", PROBITY_JOIN_NONE, "sourceref isr" },
  { "review_date", PROBITY_JOIN_NONE, "datereview dateofreview reviewdue retentionreview" },
  { "marking", PROBITY_JOIN_NONE, MARKING },
};

static const ProbityAlias second_jobs[] = {
  { "reference", PROBITY_JOIN_NONE, "ref applicationreference applicationref applicationnumber applicationno registerreference registernumber businessinterestreference bireference referencenumber referenceno refno" },
  { "received", PROBITY_JOIN_NONE, "datereceived receiveddate dateofapplication applicationdate dateapplied applied datesubmitted submitted date" },
  { "staff_number", PROBITY_JOIN_NONE, SUBJECT_NUMBER },
  { "employer", PROBITY_JOIN_NONE, "nameofemployer employername secondemployer company companyname business businessname nameofbusiness organisation organization" },
  { "own_business", PROBITY_JOIN_NONE, "selfowned ownedbyapplicant" },
  { "category", PROBITY_JOIN_NONE, "typeofbusiness businesstype typeofinterest typeofwork interesttype type" },
  { "nature", PROBITY_JOIN_NONE, "natureofbusiness natureofwork natureofinterest description occupation secondjob jobtitle role details" },
  { "paid", PROBITY_JOIN_NONE, "paidorunpaid paidunpaid paidorvoluntary remunerated remuneration" },
  { "place", PROBITY_JOIN_NONE, "placeofwork location worklocation" },
  { "weekly_hours", PROBITY_JOIN_NONE, "hoursperweek hoursaweek hours averagehours hoursworked hpw" },
  { "pattern", PROBITY_JOIN_NONE, "workpattern hourspattern whenworked" },
  { "start", PROBITY_JOIN_NONE, "startdate datestarted started commenced commencementdate datefrom from" },
  { "outcome", PROBITY_JOIN_NONE, "decision result approvedrefused grantedrefused approved authorised granted status" },
  { "decided", PROBITY_JOIN_NONE, "datedecided decisiondate dateofdecision dateapproved approvaldate approveddate dateauthorised authoriseddate" },
  { "decided_by", PROBITY_JOIN_NONE, "decisionmaker approvedby authorisedby authorisingofficer grantedby" },
  { "conditions", PROBITY_JOIN_LIST, "condition condition1 condition2 condition3 condition4 condition5 restrictions" },
  { "next_review", PROBITY_JOIN_NONE, "nextreviewdate reviewdate reviewdue dateofnextreview dateofreview renewaldate" },
  { "ceased", PROBITY_JOIN_NONE, "dateceased ceaseddate enddate dateended ended until" },
  { "already_started_since", PROBITY_JOIN_NONE, "" },
  { "who_knew", PROBITY_JOIN_NONE, "" },
  { "police_skills", PROBITY_JOIN_NONE, "" },
  { "police_powers", PROBITY_JOIN_NONE, "" },
  { "police_information", PROBITY_JOIN_NONE, "" },
  { "police_equipment", PROBITY_JOIN_NONE, "" },
  { "customers", PROBITY_JOIN_NONE, "" },
  { "licensed_trade", PROBITY_JOIN_NONE, "" },
  { "private_security", PROBITY_JOIN_NONE, "" },
  { "private_investigation", PROBITY_JOIN_NONE, "" },
  { "relatives_interests", PROBITY_JOIN_NONE, "" },
  { "relatives_licences", PROBITY_JOIN_NONE, "" },
  { "publicity", PROBITY_JOIN_NONE, "" },
  { "tax_insurance", PROBITY_JOIN_NONE, "" },
  { "declarations", PROBITY_JOIN_NONE, "" },
  { "how_declared", PROBITY_JOIN_NONE, "declaredhow" },
  { "needed_by", PROBITY_JOIN_NONE, "" },
  { "marking", PROBITY_JOIN_NONE, MARKING },
};

/* Who opened what, when and from where, as systems write it in their logs. */
static const ProbityAlias access_log[] = {
  { "who", PROBITY_JOIN_NONE, "user username userid useraccount account accountname login loginname logon logonname userlogin collarnumber collarno staffnumber staffno employeenumber officer officernumber actor actorid subject principal" },
  { "when", PROBITY_JOIN_WORDS, "| timestamp | datetime | dateandtime | eventdatetime | accessdatetime | datetimeaccessed | accessedat | accessed | occurredat | eventtimestamp | logtimestamp | createdat | created | ts "
                                "| eventdate accessdate logdate date eventtime accesstime logtime time" },
  { "record", PROBITY_JOIN_NONE, "recordid recordreference recordref recordnumber recordno reference ref urn incident incidentnumber incidentref crimenumber crimeref nominal nominalid object objectid document documentid resource item target" },
  { "place", PROBITY_JOIN_NONE, "fromwhere workstation workstationid workstationname terminal terminalid terminalname device deviceid devicename computer computername machine machinename host hostname client clientname ipaddress ip clientip sourceip station location" },
  { "role", PROBITY_JOIN_NONE, "rank grade userrole jobrole post" },
  { "unit", PROBITY_JOIN_NONE, "department dept division section team bcu district userunit userdepartment" },
};

/**
 * probity_file_kind_parse:
 * @name: `staff`, `complaints`, `intelligence`, `second-jobs` or `people`
 */
gboolean
probity_file_kind_parse (const char      *name,
                         ProbityFileKind *ret_kind)
{
  static const char *const names[] = { "staff", "complaints", "intelligence", "second-jobs", "people" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *ret_kind = (ProbityFileKind) i;
        return TRUE;
      }

  return FALSE;
}

/**
 * probity_aliases_get:
 *
 * Returns: (array length=ret_n): the columns that a file of this kind can have
 */
const ProbityAlias *
probity_aliases_get (ProbityFileKind kind,
                     gsize          *ret_n)
{
  switch (kind)
    {
    case PROBITY_FILE_STAFF:
    case PROBITY_FILE_PEOPLE:
      *ret_n = G_N_ELEMENTS (people);
      return people;
    case PROBITY_FILE_COMPLAINTS:
      *ret_n = G_N_ELEMENTS (complaints);
      return complaints;
    case PROBITY_FILE_INTELLIGENCE:
      *ret_n = G_N_ELEMENTS (intelligence);
      return intelligence;
    case PROBITY_FILE_SECOND_JOBS:
      *ret_n = G_N_ELEMENTS (second_jobs);
      return second_jobs;
    case PROBITY_FILE_ACCESS_LOG:
      *ret_n = G_N_ELEMENTS (access_log);
      return access_log;
    }

  g_return_val_if_reached (NULL);
}
