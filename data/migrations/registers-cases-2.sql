-- SPDX-License-Identifier: GPL-3.0-or-later
-- Second jobs among the other kinds of case.

-- A second job's own history names its round too; what every case has of it is kept in step.
INSERT INTO case_stage (uid, case_uid, stage, entered_at, account, reason)
SELECT h.uid, j.uid, h.stage, h.at, h.account, h.note
  FROM stage_history AS h JOIN second_job AS j ON j.id = h.second_job_id
 ORDER BY h.id;

CREATE TRIGGER stage_history_case AFTER INSERT ON stage_history
BEGIN
  INSERT INTO case_stage (uid, case_uid, stage, entered_at, account, reason)
  SELECT NEW.uid, j.uid, NEW.stage, NEW.at, NEW.account, NEW.note
    FROM second_job AS j WHERE j.id = NEW.second_job_id;
END;

-- Whose letter was not printed yet.
CREATE INDEX second_job_decided ON second_job (decided_at) WHERE decision_uid IS NOT NULL;

-- The list filtered by a stage, in the order of days; and what somebody's hours come to.
CREATE INDEX second_job_stage_received ON second_job (stage, received, id, staff_number);
CREATE INDEX second_job_hours ON second_job (staff_number, stage, weekly_hours);
