-- SPDX-License-Identifier: GPL-3.0-or-later
-- standards, version 2: conduct investigations.

CREATE TABLE conduct (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  reference TEXT NOT NULL UNIQUE CHECK (length (reference) BETWEEN 1 AND 64),
  title TEXT NOT NULL COLLATE NOCASE CHECK (length (title) >= 1),
  marking TEXT NOT NULL CHECK (marking IN ('official', 'official-sensitive')),
  summary TEXT,
  owner TEXT NOT NULL, -- account name
  investigating_officer TEXT, -- staff number
  received TEXT NOT NULL CHECK (received IS date (received)),
  decided_to_investigate TEXT CHECK (decided_to_investigate IS date (decided_to_investigate)),
  investigate_reason TEXT,
  -- How it came to notice.
  origin TEXT NOT NULL CHECK (origin IN ('report', 'complaint', 'intelligence', 'social-media-referral', 'register-match', 'other')),
  came_to_attention TEXT CHECK (came_to_attention IS date (came_to_attention)), -- of the appropriate authority
  referrer TEXT COLLATE NOCASE,
  platform TEXT COLLATE NOCASE,
  capture TEXT, -- what was captured, when and by whom
  capture_exhibit TEXT, -- the exhibit of the case that holds it
  external_reference TEXT,
  register TEXT, -- of a match
  corruption_category TEXT,
  appropriate_authority TEXT, -- staff number
  stage TEXT NOT NULL,
  outcome TEXT,
  closed TEXT CHECK (closed IS date (closed)),
  check_age_days INTEGER NOT NULL,
  profile_name TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  subjects TEXT,
  sort_subjects TEXT,
  search_text TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed TEXT NOT NULL
);
CREATE INDEX conduct_by_origin ON conduct (origin, id);
@include investigation-kind-2.sql case=conduct

-- One row an allegation, standard of professional behaviour and officer.
CREATE TABLE conduct_allegation (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  allegation TEXT NOT NULL CHECK (length (allegation) >= 1),
  standard TEXT NOT NULL,
  subject TEXT NOT NULL REFERENCES conduct_subject (uid),
  occurred_from TEXT CHECK (occurred_from IS date (occurred_from)),
  occurred_until TEXT CHECK (occurred_until IS date (occurred_until)),
  note TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX conduct_allegation_case ON conduct_allegation (case_uid, id);
@include investigation-row-open-2.sql table=conduct_allegation
@include investigation-row-changes-2.sql table=conduct_allegation what=allegation

-- Every severity assessment is kept; the newest of a subject counts.
CREATE TABLE conduct_severity (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  subject TEXT NOT NULL REFERENCES conduct_subject (uid),
  assessed TEXT NOT NULL CHECK (assessed IS date (assessed)),
  severity TEXT NOT NULL CHECK (severity IN ('misconduct', 'gross-misconduct', 'neither')),
  proceedings TEXT NOT NULL CHECK (proceedings IN ('meeting', 'hearing', 'none')),
  route TEXT CHECK (route IN ('management-action', 'reflective-practice', 'performance', 'vetting', 'no-action')),
  reasons TEXT NOT NULL CHECK (length (trim (reasons)) >= 1),
  notified TEXT,
  notified_on TEXT CHECK (notified_on IS date (notified_on)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK ((severity = 'neither') = (proceedings = 'none'))
);
CREATE INDEX conduct_severity_case ON conduct_severity (case_uid, id);
@include investigation-row-open-2.sql table=conduct_severity
@include investigation-row-stays-2.sql table=conduct_severity what=severity

-- The written notice of investigation: with every part that it must have, or withheld.
CREATE TABLE conduct_notice (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  subject TEXT NOT NULL REFERENCES conduct_subject (uid),
  served TEXT CHECK (served IS date (served)),
  served_by TEXT,
  conduct_stated INTEGER CHECK (conduct_stated IN (0, 1)),
  severity_stated INTEGER CHECK (severity_stated IN (0, 1)),
  proceedings_stated INTEGER CHECK (proceedings_stated IN (0, 1)),
  advice_stated INTEGER CHECK (advice_stated IN (0, 1)),
  representations_stated INTEGER CHECK (representations_stated IN (0, 1)),
  inference_stated INTEGER CHECK (inference_stated IN (0, 1)),
  terms_of_reference TEXT,
  no_terms_reason TEXT,
  withheld_reason TEXT,
  review_date TEXT CHECK (review_date IS date (review_date)),
  representations_due TEXT CHECK (representations_due IS date (representations_due)),
  rule TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK ((served IS NULL) = (withheld_reason IS NOT NULL)),
  CHECK (withheld_reason IS NULL OR review_date IS NOT NULL),
  CHECK (served IS NULL OR (conduct_stated = 1 AND severity_stated = 1 AND proceedings_stated = 1 AND advice_stated = 1 AND representations_stated = 1 AND inference_stated = 1 AND coalesce (terms_of_reference, no_terms_reason) IS NOT NULL))
);
CREATE INDEX conduct_notice_case ON conduct_notice (case_uid, id);
@include investigation-row-open-2.sql table=conduct_notice
@include investigation-row-stays-2.sql table=conduct_notice what=notice

-- Whether to refer: asked of the allegation as if it were shown to be true.
CREATE TABLE conduct_referral (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  if_true TEXT NOT NULL CHECK (length (trim (if_true)) >= 1),
  criterion TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('mandatory', 'voluntary', 'not-referred')),
  reasons TEXT NOT NULL CHECK (length (trim (reasons)) >= 1),
  decided TEXT NOT NULL CHECK (decided IS date (decided)),
  referred TEXT CHECK (referred IS date (referred)),
  their_reference TEXT,
  their_decision TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK (referred IS NULL OR decision <> 'not-referred')
);
CREATE INDEX conduct_referral_case ON conduct_referral (case_uid, id);
@include investigation-row-open-2.sql table=conduct_referral
@include investigation-row-stays-2.sql table=conduct_referral what=referral

-- The statutory report of a case that takes long: its six items, or why it is withheld.
CREATE TABLE conduct_progress_report (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  due TEXT NOT NULL CHECK (due IS date (due)),
  came_to_attention TEXT NOT NULL CHECK (came_to_attention IS date (came_to_attention)),
  notice_served TEXT,
  progress TEXT,
  estimated_end TEXT CHECK (estimated_end IS date (estimated_end)),
  reason_for_time TEXT,
  planned_steps TEXT,
  sent TEXT CHECK (sent IS date (sent)),
  sent_to TEXT,
  withheld_reason TEXT,
  officer_copy TEXT CHECK (officer_copy IS date (officer_copy)),
  copy_withheld_reason TEXT, -- the harm that it would do
  rule TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK (officer_copy IS NULL OR copy_withheld_reason IS NULL),
  CHECK (withheld_reason IS NOT NULL OR (sent IS NOT NULL AND sent_to IS NOT NULL AND progress IS NOT NULL AND estimated_end IS NOT NULL AND reason_for_time IS NOT NULL AND planned_steps IS NOT NULL))
);
CREATE INDEX conduct_progress_report_case ON conduct_progress_report (case_uid, id);
@include investigation-row-open-2.sql table=conduct_progress_report
@include investigation-row-stays-2.sql table=conduct_progress_report what="progress report"

CREATE TABLE conduct_interview (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  subject TEXT REFERENCES conduct_subject (uid),
  interviewee TEXT,
  held TEXT NOT NULL CHECK (held IS date (held)),
  place TEXT,
  interviewers TEXT NOT NULL,
  companion TEXT,
  statement INTEGER CHECK (statement IN (0, 1)),
  summary TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX conduct_interview_case ON conduct_interview (case_uid, id);
@include investigation-row-open-2.sql table=conduct_interview
@include investigation-row-changes-2.sql table=conduct_interview what=interview

-- Outcome per officer and allegation; a later row overtakes an earlier one.
CREATE TABLE conduct_finding (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  subject TEXT NOT NULL REFERENCES conduct_subject (uid),
  allegation TEXT NOT NULL REFERENCES conduct_allegation (uid),
  finding TEXT NOT NULL CHECK (finding IN ('case-to-answer', 'no-case-to-answer', 'proved', 'not-proved', 'withdrawn', 'discontinued')),
  level TEXT CHECK (level IN ('misconduct', 'gross-misconduct')),
  forum TEXT CHECK (forum IN ('investigation', 'meeting', 'hearing', 'accelerated-hearing', 'appeal')),
  sanction TEXT,
  decided TEXT NOT NULL CHECK (decided IS date (decided)),
  reasons TEXT NOT NULL CHECK (length (trim (reasons)) >= 1),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX conduct_finding_case ON conduct_finding (case_uid, id);
@include investigation-row-any-2.sql table=conduct_finding
@include investigation-row-stays-2.sql table=conduct_finding what=finding

-- Reflective practice is no discipline and is kept apart from it.
CREATE TABLE conduct_reflective (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  subject TEXT NOT NULL REFERENCES conduct_subject (uid),
  referred TEXT NOT NULL CHECK (referred IS date (referred)),
  account_due TEXT CHECK (account_due IS date (account_due)),
  account_received TEXT CHECK (account_received IS date (account_received)),
  discussion TEXT CHECK (discussion IS date (discussion)),
  reviewer TEXT,
  report TEXT,
  learning TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX conduct_reflective_case ON conduct_reflective (case_uid, id);
@include investigation-row-any-2.sql table=conduct_reflective
@include investigation-row-changes-2.sql table=conduct_reflective what=reflective

CREATE TABLE conduct_learning (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  learning TEXT NOT NULL,
  for_whom TEXT,
  done TEXT CHECK (done IS date (done)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX conduct_learning_case ON conduct_learning (case_uid, id);
@include investigation-row-any-2.sql table=conduct_learning
@include investigation-row-changes-2.sql table=conduct_learning what=learning
