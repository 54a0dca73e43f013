/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "probity-labels.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *kind; /* NULL: whatever the kind */
  const char *name;
  const char *label;
} Label;

/* Fields of records and columns of lists; the more particular stands first. */
static const Label field_labels[] = {
  { "second-job", "reference", N_ ("Reference") },
  { "second-job", "staff_number", N_ ("Applicant") },
  { "second-job", "received", N_ ("Application received") },
  { "second-job", "start", N_ ("Start of the job") },
  { "intelligence-report", "date", N_ ("Date of report") },
  { "intelligence-report", "category", N_ ("Corruption category") },
  { "person", "name", N_ ("Name") },
  { "relation", "staff_number", N_ ("Person") },
  { "relation", "nature", N_ ("Relation") },
  { "organisation", "nature", N_ ("What it does") },
  { "complaint", "status", N_ ("Stage") },
  { "checks", "applicant_name", N_ ("Person") },
  { "checks", "employer", N_ ("About") },
  { "leak-investigation", "title", N_ ("What the case is about") },
  { "leak-investigation", "summary", N_ ("Summary") },
  { "leak-investigation", "received", N_ ("Reported") },
  { "conduct-investigation", "title", N_ ("What the case is about") },
  { "conduct-investigation", "origin", N_ ("How it came to notice") },
  { "conduct-investigation", "came_to_attention", N_ ("Came to the authority’s attention") },
  { "conduct-investigation", "referrer", N_ ("Who referred it") },
  { "conduct-investigation", "capture", N_ ("What was captured, and how") },
  { "conduct-investigation", "capture_exhibit", N_ ("Exhibit that holds it") },
  { "conduct-investigation", "external_reference", N_ ("Their reference") },
  { "conduct-investigation", "register", N_ ("Register of the match") },
  { "conduct-investigation", "appropriate_authority", N_ ("Appropriate authority") },
  { "conduct-allegation", "allegation", N_ ("What is alleged") },
  { "conduct-allegation", "standard", N_ ("Standard of professional behaviour") },
  { "conduct-allegation", "occurred_from", N_ ("Happened on, or from") },
  { NULL, "occurred_until", N_ ("Until") },
  { "conduct-severity", "severity", N_ ("It would be") },
  { "conduct-severity", "proceedings", N_ ("Proceedings that are likely") },
  { NULL, "route", N_ ("Which way it goes instead") },
  { NULL, "notified", N_ ("Who was notified") },
  { NULL, "notified_on", N_ ("Notified on") },
  { "conduct-notice", "served", N_ ("Given on") },
  { "conduct-notice", "served_by", N_ ("Given by") },
  { "conduct-notice", "conduct_stated", N_ ("What is alleged, and against which standard") },
  { "conduct-notice", "severity_stated", N_ ("Whether it would be misconduct or gross misconduct") },
  { "conduct-notice", "proceedings_stated", N_ ("Which proceedings are likely") },
  { "conduct-notice", "advice_stated", N_ ("The right to advice and to a police friend") },
  { "conduct-notice", "representations_stated", N_ ("The right to make representations, and until when") },
  { "conduct-notice", "inference_stated", N_ ("That silence may harm the officer’s case") },
  { "conduct-notice", "terms_of_reference", N_ ("Terms of reference") },
  { "conduct-notice", "no_terms_reason", N_ ("Why they are not given") },
  { "conduct-notice", "review_date", N_ ("To be looked at again on") },
  { "conduct-notice", "representations_due", N_ ("Representations until") },
  { "conduct-referral", "if_true", N_ ("If it were shown to be true, what would have happened") },
  { NULL, "criterion", N_ ("Criterion") },
  { "conduct-referral", "decision", N_ ("Decision") },
  { "conduct-referral", "referred", N_ ("Referred on") },
  { "conduct-referral", "their_reference", N_ ("Their reference") },
  { "conduct-referral", "their_decision", N_ ("What they decided") },
  { "conduct-progress-report", "due", N_ ("Due on") },
  { "conduct-progress-report", "came_to_attention", N_ ("(a) Came to attention") },
  { "conduct-progress-report", "notice_served", N_ ("(b) Notice to the officer") },
  { "conduct-progress-report", "progress", N_ ("(c) Progress of the investigation") },
  { "conduct-progress-report", "estimated_end", N_ ("(d) Estimated end, with the report") },
  { "conduct-progress-report", "reason_for_time", N_ ("(e) Reason for the time taken") },
  { "conduct-progress-report", "planned_steps", N_ ("(f) Planned steps") },
  { "conduct-progress-report", "sent", N_ ("Sent on") },
  { "conduct-progress-report", "sent_to", N_ ("Sent to") },
  { "conduct-progress-report", "officer_copy", N_ ("Copy given to the officer on") },
  { "conduct-progress-report", "copy_withheld_reason", N_ ("Why the officer has no copy") },
  { "conduct-interview", "interviewee", N_ ("Who was interviewed") },
  { "conduct-interview", "held", N_ ("Held on") },
  { "conduct-interview", "interviewers", N_ ("Interviewed by") },
  { "conduct-interview", "companion", N_ ("Accompanied by") },
  { "conduct-interview", "statement", N_ ("A statement was taken") },
  { "conduct-interview", "place", N_ ("Place") },
  { "conduct-reflective", "referred", N_ ("Referred on") },
  { "conduct-reflective", "account_due", N_ ("Account due on") },
  { "conduct-reflective", "account_received", N_ ("Account received on") },
  { "conduct-reflective", "discussion", N_ ("Discussed on") },
  { "conduct-reflective", "reviewer", N_ ("Reviewer") },
  { "conduct-reflective", "report", N_ ("Report of the review") },
  { "leak-record", "record", N_ ("Record") },
  { "leak-record", "words", N_ ("Published words that stand in it") },
  { "leak-line", "title", N_ ("Line of enquiry") },
  { "leak-line", "reason", N_ ("Why it is followed") },
  { "leak-outlet", "contact", N_ ("How they are reached") },
  { "leak-harm", "kind", N_ ("Harm to") },
  { "leak-harm", "severity", N_ ("How grave") },
  { "leak-publication", "author", N_ ("Author") },
  { NULL, "marking", N_ ("Marking") },
  { NULL, "investigating_officer", N_ ("Investigating officer") },
  { NULL, "decided_to_investigate", N_ ("Decided to investigate") },
  { NULL, "investigate_reason", N_ ("Why it is investigated") },
  { NULL, "closed", N_ ("Closed") },
  { NULL, "item", N_ ("What was disclosed") },
  { NULL, "item_marking", N_ ("Its marking") },
  { NULL, "item_created", N_ ("Made on") },
  { NULL, "discovered", N_ ("Noticed on") },
  { NULL, "discovered_by", N_ ("Noticed by") },
  { NULL, "corruption_category", N_ ("Corruption category") },
  { NULL, "subject", N_ ("Subject") },
  { NULL, "system", N_ ("System") },
  { NULL, "description", N_ ("Description") },
  { NULL, "held_since", N_ ("Held there since") },
  { NULL, "outlet", N_ ("Outlet") },
  { NULL, "platform", N_ ("Platform") },
  { NULL, "published", N_ ("Published") },
  { NULL, "quoted_words", N_ ("Words quoted") },
  { NULL, "earliest_seen", N_ ("First seen") },
  { NULL, "seen_by", N_ ("Seen by") },
  { NULL, "capture_exhibit", N_ ("Exhibit that holds it") },
  { NULL, "how_captured", N_ ("How it was captured") },
  { NULL, "journalist", N_ ("Journalist") },
  { NULL, "recorded_contact", N_ ("Media contact record") },
  { NULL, "to_whom", N_ ("To whom") },
  { NULL, "mitigation", N_ ("What is done about it") },
  { NULL, "public_interest", N_ ("Public interest") },
  { NULL, "protected_disclosure", N_ ("Protected disclosure") },
  { NULL, "protected_reasons", N_ ("Why it is, or is not, a protected disclosure") },
  { NULL, "necessity", N_ ("Necessity") },
  { NULL, "proportionality", N_ ("Proportionality") },
  { NULL, "intrusion", N_ ("Intrusive steps") },
  { NULL, "assessed", N_ ("Assessed on") },
  { NULL, "learning", N_ ("Learning") },
  { NULL, "for_whom", N_ ("For whom") },
  { NULL, "done", N_ ("Done on") },
  { NULL, "reference", N_ ("Reference") },
  { NULL, "staff_number", N_ ("Staff number") },
  { NULL, "applicant", N_ ("Applicant") },
  { NULL, "applicant_name", N_ ("Applicant") },
  { NULL, "applicant_rank", N_ ("Rank or grade") },
  { NULL, "applicant_unit", N_ ("Unit") },
  { NULL, "name", N_ ("Name") },
  { NULL, "sort_name", N_ ("Name") },
  { NULL, "forenames", N_ ("Forenames") },
  { NULL, "surname", N_ ("Surname") },
  { NULL, "known_as", N_ ("Known as") },
  { NULL, "former_names", N_ ("Former names") },
  { NULL, "rank", N_ ("Rank or grade") },
  { NULL, "unit", N_ ("Unit") },
  { NULL, "line_manager", N_ ("Line manager") },
  { NULL, "employment_group", N_ ("Employment group") },
  { NULL, "date_of_birth", N_ ("Date of birth") },
  { NULL, "address", N_ ("Address") },
  { NULL, "postcode", N_ ("Postcode") },
  { NULL, "status", N_ ("Status") },
  { NULL, "contracted_hours", N_ ("Contracted weekly hours") },
  { NULL, "contracted", N_ ("Contracted weekly hours") },
  { NULL, "overtime_hours", N_ ("Usual weekly overtime") },
  { NULL, "usual_overtime", N_ ("Usual weekly overtime") },
  { NULL, "overtime", N_ ("Usual weekly overtime") },
  { NULL, "joined", N_ ("Joined") },
  { NULL, "left", N_ ("Left") },
  { NULL, "email", N_ ("Email") },
  { NULL, "telephone", N_ ("Telephone") },
  { NULL, "received", N_ ("Received") },
  { NULL, "complainant", N_ ("Complainant") },
  { NULL, "subject_name", N_ ("Subject") },
  { NULL, "subjects", N_ ("Subjects") },
  { NULL, "allegation", N_ ("Allegation") },
  { NULL, "allegations", N_ ("Allegations") },
  { NULL, "finalised", N_ ("Finalised") },
  { NULL, "result", N_ ("Result") },
  { NULL, "how_received", N_ ("How it was received") },
  { NULL, "summary", N_ ("Summary") },
  { NULL, "date", N_ ("Date") },
  { NULL, "source_evaluation", N_ ("Source evaluation") },
  { NULL, "information_assessment", N_ ("Information assessment") },
  { NULL, "handling_code", N_ ("Handling code") },
  { NULL, "handling_conditions", N_ ("Handling conditions") },
  { NULL, "grading", N_ ("Grading") },
  { NULL, "provenance", N_ ("Provenance") },
  { NULL, "source_reference", N_ ("Source reference") },
  { NULL, "text", N_ ("Original text") },
  { NULL, "sanitised_text", N_ ("Sanitised text") },
  { NULL, "sanitised_by", N_ ("Sanitised by") },
  { NULL, "sanitised", N_ ("Sanitised") },
  { NULL, "sanitised_at", N_ ("Sanitised on") },
  { NULL, "approved_by", N_ ("Approved by") },
  { NULL, "approved_at", N_ ("Approved on") },
  { NULL, "author", N_ ("Author") },
  { NULL, "review_date", N_ ("Review date") },
  { NULL, "legacy_grading", N_ ("Earlier grading (5×5×5)") },
  { NULL, "grading_5x5x5", N_ ("Earlier grading (5×5×5)") },
  { "second-job", "employer", N_ ("Employer or business") },
  { NULL, "employer", N_ ("Employer") },
  { NULL, "own_business", N_ ("Own business") },
  { NULL, "category", N_ ("Category") },
  { NULL, "nature", N_ ("Nature of the work") },
  { NULL, "paid", N_ ("Paid") },
  { NULL, "place", N_ ("Place of work") },
  { NULL, "weekly_hours", N_ ("Weekly hours") },
  { NULL, "pattern", N_ ("Pattern of work") },
  { NULL, "start", N_ ("Start") },
  { NULL, "stage", N_ ("Stage") },
  { NULL, "outcome", N_ ("Outcome") },
  { NULL, "waiting_for", N_ ("Waiting for") },
  { NULL, "owner", N_ ("Owner") },
  { NULL, "title", N_ ("Title") },
  { NULL, "kind", N_ ("Kind") },
  { NULL, "due", N_ ("Due") },
  { NULL, "decided", N_ ("Decided") },
  { NULL, "decided_by", N_ ("Decided by") },
  { NULL, "conditions", N_ ("Conditions") },
  { NULL, "next_review", N_ ("Next review") },
  { NULL, "needed_by", N_ ("Needed by") },
  { NULL, "ceased", N_ ("Ceased") },
  { NULL, "total_hours", N_ ("Hours in all") },
  { NULL, "registered", N_ ("Registered") },
  { NULL, "submitted", N_ ("Submitted") },
  { NULL, "submitted_at", N_ ("Submitted") },
  { NULL, "created", N_ ("Entered") },
  { NULL, "person", N_ ("Person") },
  { NULL, "related", N_ ("Related to") },
  { NULL, "related_name", N_ ("Related to") },
  { NULL, "already_started_since", N_ ("Already started since") },
  { NULL, "who_knew", N_ ("Who knew of it") },
  { NULL, "police_skills", N_ ("Police skills used") },
  { NULL, "police_powers", N_ ("Police powers used") },
  { NULL, "police_information", N_ ("Police information used") },
  { NULL, "police_equipment", N_ ("Police equipment used") },
  { NULL, "customers", N_ ("Customers") },
  { NULL, "licensed_trade", N_ ("Licensed trade") },
  { NULL, "private_security", N_ ("Private security") },
  { NULL, "private_investigation", N_ ("Private investigation") },
  { NULL, "relatives_interests", N_ ("Relatives’ interests in the force area") },
  { NULL, "relatives_licences", N_ ("Relatives’ licences in the force area") },
  { NULL, "publicity", N_ ("Publicity") },
  { NULL, "tax_insurance", N_ ("Tax and insurance") },
  { NULL, "declarations", N_ ("Declarations") },
  { NULL, "how_declared", N_ ("How it was declared") },
  { NULL, "recorded_outcome", N_ ("Outcome as recorded earlier") },
  { NULL, "recorded_decided", N_ ("Decided on, as recorded earlier") },
  { NULL, "recorded_decided_by", N_ ("Decided by, as recorded earlier") },
  { NULL, "recorded_conditions", N_ ("Conditions as recorded earlier") },
  { NULL, "related_staff_number", N_ ("Related to") },
  { NULL, "ended", N_ ("Ended") },
  { NULL, "registration_number", N_ ("Registration number") },
  { NULL, "graded_5x5x5", N_ ("Earlier grading (5×5×5)") },
  { NULL, "sanitised_approved_by", N_ ("Sanitised text approved by") },
  { NULL, "sanitised_approved_at", N_ ("Sanitised text approved on") },
  { NULL, "related_to", N_ ("Related to") },
  { NULL, "other", N_ ("Related to") },
  { NULL, "relation", N_ ("Relation") },
  { NULL, "note", N_ ("Note") },
  { NULL, "number", N_ ("Company number") },
  { NULL, "check", N_ ("Check") },
  { NULL, "how_declared", N_ ("How it was declared") },
  { NULL, "police_skills", N_ ("Police skills") },
  { NULL, "police_powers", N_ ("Police powers") },
  { NULL, "police_information", N_ ("Police information") },
  { NULL, "police_equipment", N_ ("Police equipment") },
  { NULL, "customers", N_ ("Customers") },
  { NULL, "licensed_trade", N_ ("Licensed trade") },
  { NULL, "private_security", N_ ("Private security work") },
  { NULL, "private_investigation", N_ ("Private investigation work") },
  { NULL, "relatives_interests", N_ ("Relatives’ interests in the force area") },
  { NULL, "relatives_licences", N_ ("Relatives’ licences in the force area") },
  { NULL, "publicity", N_ ("Publicity") },
  { NULL, "tax_insurance", N_ ("Tax and insurance") },
  { NULL, "declarations", N_ ("Declarations") },
  { NULL, "condition", N_ ("Conditions") },
  { NULL, "state", N_ ("State") },
  { NULL, "badges", N_ ("Marks") },
  { NULL, "second_jobs", N_ ("Second jobs") },
  { NULL, "withheld_reason", N_ ("The prejudice that it would do") },
  { NULL, "rule", N_ ("Rule") },
  { NULL, "reasons", N_ ("Reasons") },
};

/* Stored words of choices, stages, results, verdicts, who a case waits for. */
static const Label value_labels[] = {
  { "=report,complaint,intelligence,social-media-referral,register-match,other", "report", N_ ("A report") },
  { "=report,complaint,intelligence,social-media-referral,register-match,other", "complaint", N_ ("A complaint") },
  { "=report,complaint,intelligence,social-media-referral,register-match,other", "intelligence", N_ ("Intelligence") },
  { "=report,complaint,intelligence,social-media-referral,register-match,other", "other", N_ ("Otherwise") },
  { "=investigation,meeting,hearing,accelerated-hearing,appeal", "investigation", N_ ("The appropriate authority, on the report") },
  { "=meeting,hearing,none", "none", N_ ("No proceedings") },
  { "=1,2,3", "1", N_ ("1 – Reliable") },
  { "=1,2,3", "2", N_ ("2 – Untested") },
  { "=1,2,3", "3", N_ ("3 – Not reliable") },
  { "=A,B,C,D,E", "A", N_ ("A – Known directly to the source") },
  { "=A,B,C,D,E", "B", N_ ("B – Known indirectly, but corroborated") },
  { "=A,B,C,D,E", "C", N_ ("C – Known indirectly to the source") },
  { "=A,B,C,D,E", "D", N_ ("D – Not known") },
  { "=A,B,C,D,E", "E", N_ ("E – Suspected to be false") },
  { "=P,C", "P", N_ ("P – Lawful sharing permitted") },
  { "=P,C", "C", N_ ("C – Lawful sharing permitted with conditions") },
  { "=not-sanitised,not-approved,approved", "approved", N_ ("Approved") },
  { "=none,official,official-sensitive", "none", N_ ("None") },
  { "=person,operation,source,victim,confidence,financial,other", "person", N_ ("A person") },
  { "=person,operation,source,victim,confidence,financial,other", "operation", N_ ("An operation") },
  { "=person,operation,source,victim,confidence,financial,other", "source", N_ ("A source") },
  { "=person,operation,source,victim,confidence,financial,other", "victim", N_ ("A victim") },
  { "=person,operation,source,victim,confidence,financial,other", "confidence", N_ ("Confidence in the police") },
  { "=person,operation,source,victim,confidence,financial,other", "financial", N_ ("Money") },
  { "=person,operation,source,victim,confidence,financial,other", "other", N_ ("Something else") },
  { "=open,completed,not-pursued", "open", N_ ("Open") },
  { "=permitted,not-permitted", "permitted", N_ ("Intrusive steps are permitted") },
  { "=permitted,not-permitted", "not-permitted", N_ ("Intrusive steps are not permitted") },
  { NULL, "official", N_ ("OFFICIAL") },
  { NULL, "official-sensitive", N_ ("OFFICIAL-SENSITIVE") },
  { NULL, "completed", N_ ("Completed") },
  { NULL, "not-pursued", N_ ("Not pursued") },
  { NULL, "low", N_ ("Low") },
  { NULL, "medium", N_ ("Medium") },
  { NULL, "high", N_ ("High") },
  { NULL, "severe", N_ ("Severe") },
  { NULL, "no", N_ ("No") },
  { NULL, "possibly", N_ ("Possibly") },
  { NULL, "yes", N_ ("Yes") },
  { NULL, "reported", N_ ("Reported") },
  { NULL, "assessment", N_ ("Assessment") },
  { NULL, "investigation", N_ ("Investigation") },
  { NULL, "report", N_ ("Report") },
  { NULL, "closed", N_ ("Closed") },
  { NULL, "source-identified", N_ ("Source identified") },
  { NULL, "not-identified", N_ ("Source not identified") },
  { NULL, "no-leak", N_ ("No leak") },
  { NULL, "lawful-disclosure", N_ ("Lawful disclosure") },
  { NULL, "referred", N_ ("Referred") },
  { NULL, "not-sanitised", N_ ("Not sanitised") },
  { NULL, "not-approved", N_ ("To be approved") },
  { NULL, "not-started", N_ ("Not started") },
  { NULL, "started", N_ ("Started") },
  { NULL, "done", N_ ("Done") },
  { NULL, "cancelled", N_ ("Cancelled") },
  { NULL, "deadline-passed", N_ ("Its deadline is over") },
  { NULL, "aim-passed", N_ ("Its aim is over") },
  { NULL, "open", N_ ("Begun") },
  { NULL, "stale", N_ ("To be made again") },
  { NULL, "recheck", N_ ("Re-check") },
  { NULL, "new-record", N_ ("New record") },
  { NULL, "complaints", N_ ("Complaints") },
  { NULL, "intelligence", N_ ("Intelligence") },
  { NULL, "applicant", N_ ("Applicant") },
  { NULL, "overdue", N_ ("Overdue") },
  { NULL, "over-48", N_ ("Over 48 h") },
  { NULL, "notes", N_ ("Notes") },
  { NULL, "links", N_ ("Links") },
  { NULL, "sealed", N_ ("Sealed") },
  { NULL, "draft", N_ ("Draft") },
  { NULL, "submitted", N_ ("Submitted") },
  { NULL, "comments", N_ ("Comments") },
  { NULL, "with-professional-standards", N_ ("With professional standards") },
  { NULL, "professional-standards", N_ ("Professional standards") },
  { NULL, "decided", N_ ("Decided") },
  { NULL, "registered", N_ ("Registered") },
  { NULL, "deferred", N_ ("Deferred") },
  { NULL, "withdrawn", N_ ("Withdrawn") },
  { NULL, "refused", N_ ("Refused") },
  { NULL, "ceased", N_ ("Ceased") },
  { NULL, "approved", N_ ("Approved") },
  { NULL, "approved-with-conditions", N_ ("Approved with conditions") },
  { NULL, "brought-forward", N_ ("Brought forward") },
  { NULL, "lapsed", N_ ("Lapsed") },
  { NULL, "appeal", N_ ("Under appeal") },
  { NULL, "upheld", N_ ("Appeal upheld") },
  { NULL, "dismissed", N_ ("Appeal dismissed") },
  { NULL, "chief-officer", N_ ("Chief officer") },
  { NULL, "line-manager", N_ ("Line manager") },
  { NULL, "head-of-hr", N_ ("Head of HR") },
  { NULL, "hr-officer", N_ ("HR officer") },
  { NULL, "psd-officer", N_ ("PSD officer") },
  { NULL, "acu-officer", N_ ("ACU officer") },
  { NULL, "decider", N_ ("Decider") },
  { NULL, "signatory", N_ ("Signatory") },
  { NULL, "nobody", N_ ("Nobody") },
  { NULL, "no-concern", N_ ("No concern") },
  { NULL, "concern", N_ ("Concern") },
  { NULL, "no-objection", N_ ("No objection") },
  { NULL, "objection", N_ ("Objection") },
  { NULL, "not-relevant", N_ ("Not relevant") },
  { NULL, "not-the-same-person", N_ ("Not the same person") },
  { NULL, "true", N_ ("Yes") },
  { NULL, "false", N_ ("No") },
  { NULL, "keys-missing", N_ ("Keys missing") },
  { NULL, "in-place-of-head-of-hr", N_ ("In the place of the head of HR") },
  { NULL, "not-printed", N_ ("Not printed") },
  { NULL, "review-hits", N_ ("Hits to be assessed") },
  { NULL, "not-complied", N_ ("Not kept") },
  { NULL, "outstanding", N_ ("Outstanding") },
  { NULL, "no-change", N_ ("No change") },
  { NULL, "changed", N_ ("Changed") },
  { NULL, "not-served", N_ ("Not recorded when it was served") },
  { NULL, "nfa", N_ ("No further action") },
  { NULL, "notice-withheld", N_ ("Notice withheld") },
  { NULL, "public-interest-assessment", N_ ("Before any intrusive step") },
  { NULL, "sealed-waits", N_ ("Waits for a sealed case of yours") },
  { NULL, "sealed-named", N_ ("A sealed case of yours is about them") },
  { NULL, "sealed-not-named", N_ ("No sealed case of yours is about them") },
  { NULL, "social-media-referral", N_ ("Social-media referral") },
  { NULL, "register-match", N_ ("Match from a register") },
  { NULL, "mandatory", N_ ("Referred: a criterion is met") },
  { NULL, "voluntary", N_ ("Referred though no criterion is met") },
  { NULL, "not-referred", N_ ("Not referred") },
  { NULL, "misconduct", N_ ("Misconduct") },
  { NULL, "gross-misconduct", N_ ("Gross misconduct") },
  { NULL, "neither", N_ ("Neither misconduct nor gross misconduct") },
  { NULL, "meeting", N_ ("Misconduct meeting") },
  { NULL, "hearing", N_ ("Misconduct hearing") },
  { NULL, "accelerated-hearing", N_ ("Accelerated hearing") },
  { NULL, "appeal", N_ ("Appeal") },
  { NULL, "management-action", N_ ("Management action") },
  { NULL, "reflective-practice", N_ ("Reflective practice") },
  { NULL, "performance", N_ ("Performance procedures") },
  { NULL, "vetting", N_ ("Referral to vetting") },
  { NULL, "no-action", N_ ("No action") },
  { NULL, "case-to-answer", N_ ("Case to answer") },
  { NULL, "no-case-to-answer", N_ ("No case to answer") },
  { NULL, "proved", N_ ("Proved") },
  { NULL, "not-proved", N_ ("Not proved") },
  { NULL, "discontinued", N_ ("Discontinued") },
  { NULL, "not served", N_ ("Not given") },
  { NULL, "received", N_ ("Received") },
  { NULL, "severity-assessment", N_ ("Severity assessment") },
  { NULL, "decision", N_ ("Decision") },
  { NULL, "finding", N_ ("Finding") },
  { NULL, "referred-to-proceedings", N_ ("Referred to proceedings") },
};

static const Label list_labels[] = {
  { NULL, "second-jobs", N_ ("Second jobs") },
  { NULL, "leaks", N_ ("Leaks") },
  { NULL, "conduct", N_ ("Conduct") },
  { NULL, "checks", N_ ("Checks") },
  { NULL, "complaints", N_ ("Complaints") },
  { NULL, "intelligence", N_ ("Intelligence") },
  { NULL, "people", N_ ("People") },
  { NULL, "organisations", N_ ("Organisations") },
  { NULL, "reviews-due", N_ ("Reviews due") },
};

static const Label filter_labels[] = {
  { NULL, "stage", N_ ("Stage") },
  { NULL, "outcome", N_ ("Outcome") },
  { NULL, "waiting-for", N_ ("Waiting for") },
  { NULL, "category", N_ ("Category") },
  { NULL, "over-48", N_ ("Over 48 hours") },
  { NULL, "overdue", N_ ("Overdue") },
  { NULL, "line-manager", N_ ("Line manager") },
  { NULL, "status", N_ ("Status") },
  { NULL, "unit", N_ ("Unit") },
  { NULL, "rank", N_ ("Rank or grade") },
  { NULL, "employment-group", N_ ("Employment group") },
  { NULL, "result", N_ ("Result") },
  { NULL, "check", N_ ("Check") },
  { NULL, "review-due", N_ ("Review due") },
  { NULL, "date-from", N_ ("Dated from") },
  { NULL, "date-until", N_ ("Dated until") },
  { NULL, "state", N_ ("State") },
  { NULL, "employer", N_ ("Employer") },
  { NULL, "brought-forward", N_ ("Brought forward") },
  { NULL, "received-from", N_ ("Received from") },
  { NULL, "received-until", N_ ("Received until") },
  { NULL, "open", N_ ("Open") },
  { NULL, "sanitised", N_ ("Sanitised") },
  { NULL, "handling-code", N_ ("Handling code") },
  { NULL, "applicant", N_ ("Applicant") },
  { NULL, "staff-number", N_ ("Person") },
  { NULL, "person", N_ ("Person") },
  { NULL, "subject", N_ ("Subject") },
  { NULL, "kind", N_ ("Kind") },
};

static const Label kind_labels[] = {
  { NULL, "second-job", N_ ("Second job") },
  { NULL, "leak-investigation", N_ ("Leak investigation") },
  { NULL, "conduct-investigation", N_ ("Conduct investigation") },
  { NULL, "person", N_ ("Person") },
  { NULL, "organisation", N_ ("Organisation") },
  { NULL, "relation", N_ ("Relation") },
  { NULL, "complaint", N_ ("Complaint") },
  { NULL, "intelligence-report", N_ ("Intelligence report") },
  { NULL, "check", N_ ("Check") },
  { NULL, "account", N_ ("Account") },
};

static const Label new_labels[] = {
  { NULL, "second-job", N_ ("New Application") },
  { NULL, "leak-investigation", N_ ("New Leak Investigation") },
  { NULL, "conduct-investigation", N_ ("New Conduct Investigation") },
  { NULL, "person", N_ ("New Person") },
  { NULL, "relation", N_ ("New Relation") },
  { NULL, "complaint", N_ ("New Complaint") },
  { NULL, "intelligence-report", N_ ("New Intelligence Report") },
  { NULL, "account", N_ ("New Account") },
};

static const char *
find_label (const Label *labels,
            guint        n_labels,
            const char  *kind,
            const char  *name)
{
  for (guint i = 0; i < n_labels; i++)
    if (g_strcmp0 (labels[i].name, name) == 0 &&
        (labels[i].kind == NULL || g_strcmp0 (labels[i].kind, kind) == 0))
      return _ (labels[i].label);
  return NULL;
}

/* A force's own profile has words that no table can know: `shop-work` reads `Shop work`. */
static const char *
humanise (const char *name)
{
  g_autofree char *text = g_strdup (name != NULL ? name : "");

  g_strdelimit (text, "-_", ' ');
  if (g_ascii_islower (text[0]))
    text[0] = g_ascii_toupper (text[0]);
  return g_intern_string (text);
}

/** Title of a field or column; @kind (nullable) is the record's kind. Static. */
const char *
probity_label_for_field (const char *kind,
                         const char *field)
{
  const char *label = find_label (field_labels, G_N_ELEMENTS (field_labels), kind, field);

  return label != NULL ? label : humanise (field);
}

/** Whether @kind has a name of its own, so that it is translated. */
gboolean
probity_label_is_known_kind (const char *kind)
{
  return find_label (kind_labels, G_N_ELEMENTS (kind_labels), NULL, kind) != NULL;
}

/** Whether @field has a title of its own, so that it is translated. */
gboolean
probity_label_is_known_field (const char *kind,
                              const char *field)
{
  return find_label (field_labels, G_N_ELEMENTS (field_labels), kind, field) != NULL;
}

/** A stored word of a stage, result or verdict as people read it. Static. */
const char *
probity_label_for_value (const char *value)
{
  return probity_label_for_choice (NULL, value);
}

/** The same for a word of @choices (nullable), a list such as `=P,C`. Static. */
const char *
probity_label_for_choice (const char *choices,
                          const char *value)
{
  const char *label = find_label (value_labels, G_N_ELEMENTS (value_labels), choices, value);

  return label != NULL ? label : humanise (value);
}

/**
 * probity_label_dup_text:
 * @text: (nullable): free text that other systems fill with codes
 *
 * Returns: (transfer full): @text; a code such as `misuse-of-systems` as words
 */
char *
probity_label_dup_text (const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  if (strspn (text, "abcdefghijklmnopqrstuvwxyz-") == strlen (text) && strchr (text, '-') != NULL)
    return g_strdup (probity_label_for_value (text));
  return g_strdup (text);
}

/** Title of a list. Static. */
const char *
probity_label_for_list (const char *list)
{
  const char *label = find_label (list_labels, G_N_ELEMENTS (list_labels), NULL, list);

  return label != NULL ? label : humanise (list);
}

/** Title of a list's filter. Static. */
const char *
probity_label_for_filter (const char *filter)
{
  const char *label = find_label (filter_labels, G_N_ELEMENTS (filter_labels), NULL, filter);

  return label != NULL ? label : humanise (filter);
}

/** What a record of @kind is called. Static. */
const char *
probity_label_for_kind (const char *kind)
{
  const char *label = find_label (kind_labels, G_N_ELEMENTS (kind_labels), NULL, kind);

  return label != NULL ? label : humanise (kind);
}

/** What making a record of @kind is called, for titles and tooltips. Static. */
const char *
probity_label_for_new (const char *kind)
{
  const char *label = find_label (new_labels, G_N_ELEMENTS (new_labels), NULL, kind);

  return label != NULL ? label : _ ("New Record");
}

/** What one role is called. Static. */
const char *
probity_label_for_role (ProbityRoles role)
{
  if (role & PROBITY_ROLE_LINE_MANAGER)
    return _ ("Line manager");
  if (role & PROBITY_ROLE_HR_OFFICER)
    return _ ("HR officer");
  if (role & PROBITY_ROLE_HEAD_OF_HR)
    return _ ("Head of HR");
  if (role & PROBITY_ROLE_PSD_OFFICER)
    return _ ("PSD officer");
  if (role & PROBITY_ROLE_ACU_OFFICER)
    return _ ("ACU officer");
  if (role & PROBITY_ROLE_DECIDER)
    return _ ("Decider");
  if (role & PROBITY_ROLE_ADMINISTRATOR)
    return _ ("Administrator");
  if (role & PROBITY_ROLE_CHIEF_OFFICER)
    return _ ("Chief officer");
  return _ ("No role");
}

/** (transfer full): all of @roles, in words, separated by commas. */
char *
probity_label_dup_roles (ProbityRoles roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint bit = 0; bit < PROBITY_N_ROLES; bit++)
    if (roles & (1u << bit))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", probity_label_for_role (1u << bit));
  if (text->len == 0)
    g_string_append (text, probity_label_for_role (PROBITY_ROLE_NONE));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** What a compartment is called. Static. */
const char *
probity_label_for_compartment (ProbityCompartment compartment)
{
  switch (compartment)
    {
    case PROBITY_COMPARTMENT_JOURNAL:
      return _ ("Journal");
    case PROBITY_COMPARTMENT_REGISTERS:
      return _ ("Registers");
    case PROBITY_COMPARTMENT_STANDARDS:
      return _ ("Standards");
    case PROBITY_COMPARTMENT_INTELLIGENCE:
      return _ ("Intelligence");
    }
  if (compartment >= PROBITY_COMPARTMENT_SEALED)
    return _ ("Sealed case");
  return "";
}
