-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Checks of applicants: the complaints check in `standards`, the intelligence check in
-- `intelligence`. Nothing here names a row of `registers` but by uid, reference or staff number.

CREATE TABLE check_run (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  second_job_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('complaints', 'intelligence')),
  started TEXT NOT NULL,
  started_by TEXT NOT NULL,
  searched_at TEXT NOT NULL,
  -- The application and the applicant as they stood.
  material_digest TEXT NOT NULL,
  subject_digest TEXT NOT NULL,
  -- The records found, as they stood; and what was searched, as JSON.
  records_digest TEXT NOT NULL,
  coverage TEXT NOT NULL,
  -- Set once, when it is published.
  published TEXT,
  account TEXT,
  person TEXT,
  result TEXT CHECK (result IN ('no-concern', 'concern')),
  searches_digest TEXT,
  assessments_digest TEXT,
  signature BLOB,
  clearance_signature BLOB
);
CREATE INDEX check_run_second_job ON check_run (second_job_uid, kind, id);
CREATE INDEX check_run_staff_number ON check_run (staff_number);
CREATE INDEX check_run_published ON check_run (published);

-- A verdict on whether a record is about this applicant and matters; remembered across checks.
CREATE TABLE check_assessment (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_uid TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  hit TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_uid TEXT NOT NULL,
  target_digest TEXT NOT NULL,
  subject_digest TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('relevant', 'not-relevant', 'not-the-same-person')),
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX check_assessment_pair ON check_assessment (staff_number, target_uid, id);
CREATE INDEX check_assessment_hit ON check_assessment (second_job_uid, hit, id);

-- `hit` is the same in each run over the same case and record.
CREATE TABLE check_hit (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  check_run_id INTEGER NOT NULL REFERENCES check_run (id),
  hit TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_uid TEXT NOT NULL,
  target_reference TEXT,
  target_digest TEXT NOT NULL,
  title TEXT,
  subject TEXT,
  score REAL NOT NULL,
  why TEXT NOT NULL,
  -- 0 when a later search of the same open check no longer found it
  found INTEGER NOT NULL DEFAULT 1 CHECK (found IN (0, 1)),
  assessment_uid TEXT REFERENCES check_assessment (uid),
  UNIQUE (check_run_id, hit)
);
CREATE INDEX check_hit_target ON check_hit (target_uid);

-- Other systems: when each was searched and what came, or why not.
CREATE TABLE check_search (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  check_run_id INTEGER NOT NULL REFERENCES check_run (id),
  system TEXT NOT NULL,
  result TEXT NOT NULL,
  account TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (check_run_id, system)
);

-- Raised when a later record touches the holder of a registered second job, or one under review.
CREATE TABLE recheck (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  second_job_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_uid TEXT NOT NULL,
  target_reference TEXT,
  why TEXT NOT NULL,
  raised TEXT NOT NULL,
  raised_by TEXT NOT NULL,
  closed TEXT,
  closed_by TEXT,
  person TEXT,
  verdict TEXT CHECK (verdict IN ('relevant', 'not-relevant', 'not-the-same-person')),
  reason TEXT,
  signature BLOB,
  UNIQUE (second_job_uid, target_uid)
);
CREATE INDEX recheck_open ON recheck (closed, second_job_uid);
CREATE INDEX recheck_staff_number ON recheck (staff_number);

-- Forms that are not finished are kept where their account's other doings are not to be seen.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  account TEXT NOT NULL,
  key TEXT NOT NULL,
  box BLOB NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (account, key)
);

CREATE TRIGGER check_run_insert BEFORE INSERT ON check_run
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM check_run WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a check is never replaced')
    WHEN NEW.published IS NOT NULL OR NEW.result IS NOT NULL OR NEW.signature IS NOT NULL
         OR NEW.clearance_signature IS NOT NULL
      THEN RAISE (ABORT, 'check: a check begins unpublished')
  END;
END;
CREATE TRIGGER check_run_update BEFORE UPDATE ON check_run
BEGIN
  SELECT CASE
    WHEN OLD.published IS NOT NULL
      THEN RAISE (ABORT, 'append-only: a published check does not change')
    WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.second_job_uid IS NOT OLD.second_job_uid
         OR NEW.reference IS NOT OLD.reference OR NEW.staff_number IS NOT OLD.staff_number
         OR NEW.kind IS NOT OLD.kind OR NEW.started IS NOT OLD.started OR NEW.started_by IS NOT OLD.started_by
      THEN RAISE (ABORT, 'fixed: what a check is about does not change')
    WHEN NEW.published IS NOT NULL
         AND (NEW.result IS NULL OR NEW.result NOT IN ('no-concern', 'concern') OR NEW.account IS NULL
              OR NEW.person IS NULL OR NEW.signature IS NULL OR NEW.clearance_signature IS NULL
              OR NEW.searches_digest IS NULL OR NEW.assessments_digest IS NULL
              OR NEW.published < NEW.started)
      THEN RAISE (ABORT, 'check: published without a result or a signature')
    WHEN NEW.published IS NOT NULL
         AND EXISTS (SELECT 1 FROM check_hit
                     WHERE check_run_id = OLD.id AND found = 1 AND assessment_uid IS NULL)
      THEN RAISE (ABORT, 'unassessed-hits: every hit is assessed before a check is published')
  END;
END;
CREATE TRIGGER check_run_delete BEFORE DELETE ON check_run
BEGIN SELECT RAISE (ABORT, 'append-only: checks'); END;

CREATE TRIGGER check_assessment_insert BEFORE INSERT ON check_assessment
WHEN EXISTS (SELECT 1 FROM check_assessment WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: an assessment is never replaced'); END;
CREATE TRIGGER check_assessment_update BEFORE UPDATE ON check_assessment
BEGIN SELECT RAISE (ABORT, 'append-only: assessments'); END;
CREATE TRIGGER check_assessment_delete BEFORE DELETE ON check_assessment
BEGIN SELECT RAISE (ABORT, 'append-only: assessments'); END;

CREATE TRIGGER check_hit_insert BEFORE INSERT ON check_hit
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM check_hit
                 WHERE id = NEW.id OR uid = NEW.uid OR (check_run_id = NEW.check_run_id AND hit = NEW.hit))
      THEN RAISE (ABORT, 'exists: a hit is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM check_run WHERE id = NEW.check_run_id AND published IS NULL)
      THEN RAISE (ABORT, 'append-only: a published check does not change')
  END;
END;
CREATE TRIGGER check_hit_update BEFORE UPDATE ON check_hit
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.check_run_id IS NOT OLD.check_run_id
  OR NEW.hit IS NOT OLD.hit OR NEW.target_kind IS NOT OLD.target_kind OR NEW.target_uid IS NOT OLD.target_uid
  OR EXISTS (SELECT 1 FROM check_run WHERE id = OLD.check_run_id AND published IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'append-only: a published check does not change'); END;
CREATE TRIGGER check_hit_delete BEFORE DELETE ON check_hit
BEGIN SELECT RAISE (ABORT, 'append-only: hits'); END;

CREATE TRIGGER check_search_insert BEFORE INSERT ON check_search
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM check_search
                 WHERE id = NEW.id OR uid = NEW.uid OR (check_run_id = NEW.check_run_id AND system = NEW.system))
      THEN RAISE (ABORT, 'exists: a search is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM check_run WHERE id = NEW.check_run_id AND published IS NULL)
      THEN RAISE (ABORT, 'append-only: a published check does not change')
  END;
END;
CREATE TRIGGER check_search_update BEFORE UPDATE ON check_search
BEGIN SELECT RAISE (ABORT, 'append-only: searches'); END;
CREATE TRIGGER check_search_delete BEFORE DELETE ON check_search
BEGIN SELECT RAISE (ABORT, 'append-only: searches'); END;

CREATE TRIGGER recheck_insert BEFORE INSERT ON recheck
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM recheck
                 WHERE id = NEW.id OR uid = NEW.uid
                    OR (second_job_uid = NEW.second_job_uid AND target_uid = NEW.target_uid))
      THEN RAISE (ABORT, 'exists: a re-check is never replaced')
    WHEN NEW.closed IS NOT NULL OR NEW.signature IS NOT NULL
      THEN RAISE (ABORT, 'check: a re-check begins open')
  END;
END;
CREATE TRIGGER recheck_update BEFORE UPDATE ON recheck
WHEN OLD.closed IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid
  OR NEW.second_job_uid IS NOT OLD.second_job_uid OR NEW.reference IS NOT OLD.reference
  OR NEW.staff_number IS NOT OLD.staff_number OR NEW.target_kind IS NOT OLD.target_kind
  OR NEW.target_uid IS NOT OLD.target_uid OR NEW.raised IS NOT OLD.raised OR NEW.raised_by IS NOT OLD.raised_by
  OR (NEW.closed IS NOT NULL
      AND (NEW.closed_by IS NULL OR NEW.person IS NULL OR NEW.verdict IS NULL
           OR NEW.reason IS NULL OR NEW.signature IS NULL))
BEGIN SELECT RAISE (ABORT, 'append-only: a re-check is closed once, by name and with a reason'); END;
CREATE TRIGGER recheck_delete BEFORE DELETE ON recheck
BEGIN SELECT RAISE (ABORT, 'append-only: re-checks'); END;
