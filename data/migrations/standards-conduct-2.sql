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
CREATE INDEX conduct_by_received ON conduct (received, id);
CREATE INDEX conduct_by_title ON conduct (title, id);
CREATE INDEX conduct_by_stage ON conduct (stage, id);
CREATE INDEX conduct_by_owner ON conduct (owner, id);
CREATE INDEX conduct_by_subjects ON conduct (sort_subjects, id);
CREATE INDEX conduct_by_decided ON conduct (decided_to_investigate, id);
CREATE INDEX conduct_by_closed ON conduct (closed, id);
CREATE INDEX conduct_by_origin ON conduct (origin, id);

-- Whom the case is about. Nobody is removed: who is found to have no part in it is eliminated, with a
-- reason. `subject` is what checks call them. At the closing of the case the eliminated are masked:
-- their number is kept for the lock alone, until disposal.
CREATE TABLE conduct_subject (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  conduct_id INTEGER NOT NULL REFERENCES conduct (id),
  position INTEGER NOT NULL,
  staff_number TEXT,
  name TEXT,
  date_of_birth TEXT CHECK (date_of_birth IS date (date_of_birth)),
  -- Whose name and birth date these are; serves the lock alone, where the staff number is missing.
  known_number TEXT,
  subject TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length (trim (reason)) >= 1),
  added TEXT NOT NULL,
  added_by TEXT NOT NULL,
  eliminated TEXT,
  eliminated_by TEXT,
  elimination_reason TEXT,
  masked TEXT,
  disposal_due TEXT CHECK (disposal_due IS date (disposal_due)),
  UNIQUE (conduct_id, position),
  CHECK (staff_number IS NOT NULL OR name IS NOT NULL OR date_of_birth IS NOT NULL)
);
CREATE INDEX conduct_subject_by_staff_number ON conduct_subject (staff_number, conduct_id);
CREATE INDEX conduct_subject_by_known_number ON conduct_subject (known_number, conduct_id) WHERE known_number IS NOT NULL;
CREATE TRIGGER conduct_subject_insert BEFORE INSERT ON conduct_subject
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_subject WHERE id = NEW.id OR uid = NEW.uid OR (conduct_id = NEW.conduct_id AND position = NEW.position))
      THEN RAISE (ABORT, 'exists: a subject is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM conduct WHERE id = NEW.conduct_id AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN NEW.eliminated IS NOT NULL OR NEW.masked IS NOT NULL
      THEN RAISE (ABORT, 'subject: nobody begins eliminated')
  END;
END;
CREATE TRIGGER conduct_subject_update BEFORE UPDATE ON conduct_subject
BEGIN
  SELECT CASE
    WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.conduct_id IS NOT OLD.conduct_id OR NEW.position IS NOT OLD.position
         OR NEW.material_digest IS NOT OLD.material_digest OR NEW.reason IS NOT OLD.reason
         OR NEW.added IS NOT OLD.added OR NEW.added_by IS NOT OLD.added_by
      THEN RAISE (ABORT, 'fixed: who a subject is does not change')
    WHEN OLD.eliminated IS NOT NULL
         AND (NEW.eliminated IS NOT OLD.eliminated OR NEW.eliminated_by IS NOT OLD.eliminated_by
              OR NEW.elimination_reason IS NOT OLD.elimination_reason)
      THEN RAISE (ABORT, 'append-only: an elimination stands')
    WHEN NEW.eliminated IS NOT NULL AND OLD.eliminated IS NULL
         AND (NEW.eliminated_by IS NULL OR coalesce (trim (NEW.elimination_reason), '') = ''
              OR NOT EXISTS (SELECT 1 FROM conduct WHERE id = OLD.conduct_id AND closed IS NULL))
      THEN RAISE (ABORT, 'reason: nobody is eliminated without a reason, nor from a closed case')
    WHEN OLD.masked IS NOT NULL OR (NEW.masked IS NOT NULL AND NEW.eliminated IS NULL)
      THEN RAISE (ABORT, 'masked: only the eliminated, and once')
    WHEN NEW.masked IS NULL
         AND (NEW.staff_number IS NOT OLD.staff_number OR NEW.name IS NOT OLD.name OR NEW.date_of_birth IS NOT OLD.date_of_birth
              OR NEW.subject IS NOT OLD.subject OR NEW.known_number IS NOT OLD.known_number)
      THEN RAISE (ABORT, 'fixed: who a subject is does not change')
    WHEN NEW.masked IS NOT NULL AND NEW.known_number IS NOT coalesce (OLD.known_number, OLD.staff_number)
      THEN RAISE (ABORT, 'masked: the lock stays')
  END;
END;
CREATE TRIGGER conduct_subject_delete BEFORE DELETE ON conduct_subject
BEGIN SELECT RAISE (ABORT, 'append-only: subjects'); END;

CREATE VIEW investigation_subject AS
SELECT s.uid, c.uid AS case_uid, s.subject, s.staff_number, s.material_digest, s.eliminated
  FROM conduct_subject AS s JOIN conduct AS c ON c.id = s.conduct_id;

CREATE VIEW investigation_case AS
SELECT uid, closed, outcome, check_age_days FROM conduct;

CREATE TRIGGER conduct_insert BEFORE INSERT ON conduct
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct WHERE id = NEW.id OR uid = NEW.uid OR reference = NEW.reference)
      THEN RAISE (ABORT, 'exists: a case is never replaced')
    WHEN NEW.outcome IS NOT NULL OR NEW.closed IS NOT NULL OR NEW.stage = 'closed'
      THEN RAISE (ABORT, 'gate: a case begins open')
    WHEN NEW.decided_to_investigate IS NOT NULL
      THEN RAISE (ABORT, 'decision: to investigate is decided once the case is there')
  END;
END;
CREATE TRIGGER conduct_update BEFORE UPDATE ON conduct
BEGIN
  SELECT CASE
    WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.reference IS NOT OLD.reference
         OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by OR NEW.received IS NOT OLD.received
         OR NEW.profile_name IS NOT OLD.profile_name OR NEW.profile_version IS NOT OLD.profile_version
         OR NEW.check_age_days IS NOT OLD.check_age_days
      THEN RAISE (ABORT, 'fixed: what a case began as does not change')
    WHEN OLD.closed IS NOT NULL
         AND (NEW.outcome IS NOT OLD.outcome OR NEW.closed IS NOT OLD.closed OR NEW.stage IS NOT OLD.stage OR NEW.owner IS NOT OLD.owner
              OR NEW.decided_to_investigate IS NOT OLD.decided_to_investigate)
      THEN RAISE (ABORT, 'decided: a closed case stays so')
    WHEN OLD.decided_to_investigate IS NOT NULL
         AND (NEW.decided_to_investigate IS NOT OLD.decided_to_investigate OR NEW.investigate_reason IS NOT OLD.investigate_reason)
      THEN RAISE (ABORT, 'decision: to investigate is decided once')
    WHEN NEW.decided_to_investigate IS NOT NULL
         AND (coalesce (trim (NEW.investigate_reason), '') = '' OR NEW.decided_to_investigate < OLD.received)
      THEN RAISE (ABORT, 'decision: to investigate is decided after receipt and for a reason')
    WHEN (NEW.closed IS NULL) IS NOT (NEW.outcome IS NULL) OR (NEW.closed IS NULL) IS (NEW.stage = 'closed')
      THEN RAISE (ABORT, 'gate: the stage and the outcome do not agree')
    WHEN NEW.closed IS NOT NULL AND OLD.closed IS NULL
         AND NOT EXISTS (SELECT 1 FROM closing
                         WHERE case_uid = OLD.uid AND outcome = NEW.outcome)
      THEN RAISE (ABORT, 'gate: closed without a closing decision')
  END;
END;
CREATE TRIGGER conduct_delete BEFORE DELETE ON conduct
BEGIN SELECT RAISE (ABORT, 'append-only: a case is closed, it is not deleted'); END;

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
CREATE TRIGGER conduct_allegation_insert BEFORE INSERT ON conduct_allegation
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_allegation WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER conduct_allegation_update BEFORE UPDATE ON conduct_allegation
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER conduct_allegation_delete BEFORE DELETE ON conduct_allegation
BEGIN SELECT RAISE (ABORT, 'append-only: allegation'); END;

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
  route TEXT CHECK (route IN ('reflective-practice', 'performance', 'vetting', 'no-action')),
  reasons TEXT NOT NULL CHECK (length (trim (reasons)) >= 1),
  notified TEXT,
  notified_on TEXT CHECK (notified_on IS date (notified_on)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK ((severity = 'neither') = (proceedings = 'none'))
);
CREATE INDEX conduct_severity_case ON conduct_severity (case_uid, id);
CREATE TRIGGER conduct_severity_insert BEFORE INSERT ON conduct_severity
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_severity WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER conduct_severity_update BEFORE UPDATE ON conduct_severity
BEGIN SELECT RAISE (ABORT, 'append-only: severity'); END;
CREATE TRIGGER conduct_severity_delete BEFORE DELETE ON conduct_severity
BEGIN SELECT RAISE (ABORT, 'append-only: severity'); END;

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
CREATE TRIGGER conduct_notice_insert BEFORE INSERT ON conduct_notice
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_notice WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER conduct_notice_update BEFORE UPDATE ON conduct_notice
BEGIN SELECT RAISE (ABORT, 'append-only: notice'); END;
CREATE TRIGGER conduct_notice_delete BEFORE DELETE ON conduct_notice
BEGIN SELECT RAISE (ABORT, 'append-only: notice'); END;

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
CREATE TRIGGER conduct_referral_insert BEFORE INSERT ON conduct_referral
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_referral WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER conduct_referral_update BEFORE UPDATE ON conduct_referral
BEGIN SELECT RAISE (ABORT, 'append-only: referral'); END;
CREATE TRIGGER conduct_referral_delete BEFORE DELETE ON conduct_referral
BEGIN SELECT RAISE (ABORT, 'append-only: referral'); END;

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
  rule TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK (withheld_reason IS NOT NULL OR (sent IS NOT NULL AND sent_to IS NOT NULL AND progress IS NOT NULL AND estimated_end IS NOT NULL AND reason_for_time IS NOT NULL AND planned_steps IS NOT NULL))
);
CREATE INDEX conduct_progress_report_case ON conduct_progress_report (case_uid, id);
CREATE TRIGGER conduct_progress_report_insert BEFORE INSERT ON conduct_progress_report
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_progress_report WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER conduct_progress_report_update BEFORE UPDATE ON conduct_progress_report
BEGIN SELECT RAISE (ABORT, 'append-only: progress report'); END;
CREATE TRIGGER conduct_progress_report_delete BEFORE DELETE ON conduct_progress_report
BEGIN SELECT RAISE (ABORT, 'append-only: progress report'); END;

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
CREATE TRIGGER conduct_interview_insert BEFORE INSERT ON conduct_interview
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_interview WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER conduct_interview_update BEFORE UPDATE ON conduct_interview
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER conduct_interview_delete BEFORE DELETE ON conduct_interview
BEGIN SELECT RAISE (ABORT, 'append-only: interview'); END;

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
CREATE TRIGGER conduct_finding_insert BEFORE INSERT ON conduct_finding
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_finding WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
  END;
END;
CREATE TRIGGER conduct_finding_update BEFORE UPDATE ON conduct_finding
BEGIN SELECT RAISE (ABORT, 'append-only: finding'); END;
CREATE TRIGGER conduct_finding_delete BEFORE DELETE ON conduct_finding
BEGIN SELECT RAISE (ABORT, 'append-only: finding'); END;

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
CREATE TRIGGER conduct_reflective_insert BEFORE INSERT ON conduct_reflective
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_reflective WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
  END;
END;
CREATE TRIGGER conduct_reflective_update BEFORE UPDATE ON conduct_reflective
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER conduct_reflective_delete BEFORE DELETE ON conduct_reflective
BEGIN SELECT RAISE (ABORT, 'append-only: reflective'); END;

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
CREATE TRIGGER conduct_learning_insert BEFORE INSERT ON conduct_learning
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM conduct_learning WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
  END;
END;
CREATE TRIGGER conduct_learning_update BEFORE UPDATE ON conduct_learning
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER conduct_learning_delete BEFORE DELETE ON conduct_learning
BEGIN SELECT RAISE (ABORT, 'append-only: learning'); END;
