-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Checks of the subjects of any case, in `standards` and `intelligence`. A check's staff_number is
-- its subject: the number, or "name|birth date" of somebody without one. What was signed under
-- version 1 stays provable: the statements name no column.

ALTER TABLE check_run RENAME COLUMN second_job_uid TO case_uid;
ALTER TABLE check_run ADD COLUMN case_kind TEXT NOT NULL DEFAULT 'second-job';
ALTER TABLE check_assessment RENAME COLUMN second_job_uid TO case_uid;

-- A record may touch the same case again after its re-check was closed, so only one may be open at a time.
DROP TRIGGER recheck_insert;
DROP TRIGGER recheck_update;
DROP TRIGGER recheck_delete;
DROP INDEX recheck_open;
DROP INDEX recheck_staff_number;
ALTER TABLE recheck RENAME TO recheck_1;
CREATE TABLE recheck (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  case_uid TEXT NOT NULL,
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
  signature BLOB
);
INSERT INTO recheck (id, uid, version, case_uid, reference, staff_number, target_kind, target_uid, target_reference, why, raised,
                     raised_by, closed, closed_by, person, verdict, reason, signature)
SELECT id, uid, version, second_job_uid, reference, staff_number, target_kind, target_uid, target_reference, why, raised,
       raised_by, closed, closed_by, person, verdict, reason, signature
FROM recheck_1;
DROP TABLE recheck_1;
CREATE UNIQUE INDEX recheck_open ON recheck (case_uid, target_uid) WHERE closed IS NULL;
CREATE INDEX recheck_case ON recheck (case_uid, target_uid);
CREATE INDEX recheck_staff_number ON recheck (staff_number);

CREATE TRIGGER recheck_insert BEFORE INSERT ON recheck
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM recheck
                 WHERE id = NEW.id OR uid = NEW.uid
                    OR (case_uid = NEW.case_uid AND target_uid = NEW.target_uid AND closed IS NULL))
      THEN RAISE (ABORT, 'exists: a re-check is never replaced')
    WHEN NEW.closed IS NOT NULL OR NEW.signature IS NOT NULL
      THEN RAISE (ABORT, 'check: a re-check begins open')
  END;
END;
CREATE TRIGGER recheck_update BEFORE UPDATE ON recheck
WHEN OLD.closed IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid
  OR NEW.case_uid IS NOT OLD.case_uid OR NEW.reference IS NOT OLD.reference
  OR NEW.staff_number IS NOT OLD.staff_number OR NEW.target_kind IS NOT OLD.target_kind
  OR NEW.target_uid IS NOT OLD.target_uid OR NEW.raised IS NOT OLD.raised OR NEW.raised_by IS NOT OLD.raised_by
  OR (NEW.closed IS NOT NULL
      AND (NEW.closed_by IS NULL OR NEW.person IS NULL OR NEW.verdict IS NULL
           OR NEW.reason IS NULL OR NEW.signature IS NULL))
BEGIN SELECT RAISE (ABORT, 'append-only: a re-check is closed once, by name and with a reason'); END;
CREATE TRIGGER recheck_delete BEFORE DELETE ON recheck
BEGIN SELECT RAISE (ABORT, 'append-only: re-checks'); END;

-- One case has several subjects, each with runs of their own.
CREATE INDEX check_run_case ON check_run (case_uid, kind, staff_number, id);
DROP INDEX check_run_second_job;

CREATE TRIGGER check_run_case BEFORE UPDATE ON check_run
WHEN NEW.case_kind IS NOT OLD.case_kind
BEGIN SELECT RAISE (ABORT, 'fixed: what a check is about does not change'); END;
