-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- registers, version 2: who acts on a second job in the place of the head of HR, whose own it is or whose
-- own people's. A role of the route; NULL where the head of HR acts.

ALTER TABLE second_job ADD COLUMN head_of_hr_by TEXT CHECK (head_of_hr_by IN ('decider'));

CREATE TRIGGER second_job_stand_in_insert BEFORE INSERT ON second_job
WHEN NEW.head_of_hr_by IS NOT NULL AND NEW.signatory IS 'head-of-hr'
BEGIN
  SELECT RAISE (ABORT, 'gate: the head of HR does not sign where another acts in their place');
END;

CREATE TRIGGER second_job_stand_in_fixed BEFORE UPDATE ON second_job
WHEN NEW.head_of_hr_by IS NOT OLD.head_of_hr_by
BEGIN
  SELECT RAISE (ABORT, 'fixed: the applicant, the reference and the route of a second job do not change');
END;
