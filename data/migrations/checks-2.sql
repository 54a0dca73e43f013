-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Checks of the subjects of any case, in `standards` and `intelligence`. A check's staff_number is
-- its subject: the number, or "name|birth date" of somebody without one. What was signed under
-- version 1 stays provable: the statements name no column.

ALTER TABLE check_run RENAME COLUMN second_job_uid TO case_uid;
ALTER TABLE check_run ADD COLUMN case_kind TEXT NOT NULL DEFAULT 'second-job';
ALTER TABLE check_assessment RENAME COLUMN second_job_uid TO case_uid;
ALTER TABLE recheck RENAME COLUMN second_job_uid TO case_uid;

-- One case has several subjects, each with runs of their own.
CREATE INDEX check_run_case ON check_run (case_uid, kind, staff_number, id);
DROP INDEX check_run_second_job;

CREATE TRIGGER check_run_case BEFORE UPDATE ON check_run
WHEN NEW.case_kind IS NOT OLD.case_kind
BEGIN SELECT RAISE (ABORT, 'fixed: what a check is about does not change'); END;
