-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- registers, version 3: what is counted of a time is read from an index alone, and the list of a reader outside
-- professional standards, who sees one stage from submission to decision, is in the order of that stage.

CREATE INDEX second_job_counted ON second_job (received, brought_forward, approved_on, recorded_outcome, staff_number);
CREATE INDEX second_job_outside_stage
  ON second_job (CASE WHEN stage IN ('submitted', 'comments', 'with-professional-standards') THEN 'with-professional-standards' ELSE stage END);
