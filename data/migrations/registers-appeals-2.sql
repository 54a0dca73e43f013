-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- registers, version 2: letters that were served, and appeals to the chief officer.
--
-- An appeal leaves the decision that it is against in force: outcome and round of the case stay, and only
-- what the chief officer upheld makes one more decision of the same round, through the same gate.

ALTER TABLE second_job ADD COLUMN appeal TEXT CHECK (appeal IN ('open', 'upheld', 'dismissed'));
CREATE INDEX second_job_appeal ON second_job (appeal) WHERE appeal IS NOT NULL;

-- When the letter of a decision was served. The newest row counts: a correction is a new one.
CREATE TABLE letter_service (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  decision_uid TEXT NOT NULL,
  served_on TEXT NOT NULL CHECK (served_on IS date (served_on)),
  how TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX letter_service_second_job ON letter_service (second_job_id, decision_uid, id);

-- last_day: by when it had to be lodged. companion: police friend, representative or colleague.
CREATE TABLE appeal (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  decision_uid TEXT NOT NULL,
  service_uid TEXT NOT NULL,
  last_day TEXT NOT NULL CHECK (last_day IS date (last_day)),
  lodged_on TEXT NOT NULL CHECK (lodged_on IS date (lodged_on)),
  decide_by TEXT NOT NULL CHECK (decide_by IS date (decide_by)),
  late_reason TEXT,
  grounds TEXT NOT NULL,
  companion TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX appeal_second_job ON appeal (second_job_id, id);

-- decision_uid: what an appeal that was upheld put in the place of the decision appealed against.
CREATE TABLE appeal_outcome (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  appeal_uid TEXT NOT NULL UNIQUE,
  round INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('upheld', 'dismissed', 'withdrawn')),
  reasons TEXT NOT NULL,
  decision_uid TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX appeal_outcome_second_job ON appeal_outcome (second_job_id, id);

-- The bundle of reasons in a box of fixed size that only the chief officer named can open; a box that no
-- longer holds is followed by one that says so inside.
CREATE TABLE appeal_box (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  account TEXT NOT NULL,
  box BLOB NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX appeal_box_second_job ON appeal_box (second_job_id, account, id);

CREATE TRIGGER letter_service_insert BEFORE INSERT ON letter_service
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM letter_service WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a service is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM decision d
                     WHERE d.uid = NEW.decision_uid AND d.second_job_id = NEW.second_job_id AND d.outcome IS NOT NULL
                       AND NEW.served_on >= date (d.at) AND NEW.served_on <= date (NEW.at, '+1 day'))
      THEN RAISE (ABORT, 'appeal: no letter of such a decision was served that day')
    WHEN EXISTS (SELECT 1 FROM appeal WHERE decision_uid = NEW.decision_uid)
      THEN RAISE (ABORT, 'decided: the day of service stands once there is an appeal')
  END;
END;
CREATE TRIGGER letter_service_update BEFORE UPDATE ON letter_service
BEGIN SELECT RAISE (ABORT, 'append-only: services'); END;
CREATE TRIGGER letter_service_delete BEFORE DELETE ON letter_service
BEGIN SELECT RAISE (ABORT, 'append-only: services'); END;

CREATE TRIGGER appeal_insert BEFORE INSERT ON appeal
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM appeal WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: an appeal is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND round = NEW.round AND decision_uid = NEW.decision_uid
                       AND material_digest = NEW.material_digest AND appeal IS NULL
                       AND ((outcome = 'refused' AND stage = 'refused')
                            OR (outcome = 'approved-with-conditions' AND stage = 'registered')))
      THEN RAISE (ABORT, 'appeal: nothing to appeal against')
    WHEN EXISTS (SELECT 1 FROM appeal a
                 WHERE a.decision_uid = NEW.decision_uid
                   AND NOT EXISTS (SELECT 1 FROM appeal_outcome o WHERE o.appeal_uid = a.uid AND o.outcome = 'withdrawn'))
      THEN RAISE (ABORT, 'appeal: a decision is appealed against once')
    WHEN NOT EXISTS (SELECT 1 FROM letter_service s
                     WHERE s.uid = NEW.service_uid AND s.second_job_id = NEW.second_job_id AND s.decision_uid = NEW.decision_uid
                       AND s.served_on <= NEW.lodged_on AND s.served_on <= NEW.last_day
                       AND s.id = (SELECT max (id) FROM letter_service WHERE decision_uid = NEW.decision_uid))
      THEN RAISE (ABORT, 'appeal: the clock runs from the day on which the letter was served')
    WHEN NEW.lodged_on > NEW.last_day AND trim (coalesce (NEW.late_reason, '')) = ''
      THEN RAISE (ABORT, 'appeal: late without a reason')
    WHEN trim (coalesce (NEW.grounds, '')) = ''
      THEN RAISE (ABORT, 'appeal: without grounds')
  END;
END;
CREATE TRIGGER appeal_update BEFORE UPDATE ON appeal
BEGIN SELECT RAISE (ABORT, 'append-only: appeals'); END;
CREATE TRIGGER appeal_delete BEFORE DELETE ON appeal
BEGIN SELECT RAISE (ABORT, 'append-only: appeals'); END;

CREATE TRIGGER appeal_outcome_insert BEFORE INSERT ON appeal_outcome
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM appeal_outcome WHERE id = NEW.id OR uid = NEW.uid OR appeal_uid = NEW.appeal_uid)
      THEN RAISE (ABORT, 'exists: the outcome of an appeal is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM appeal a JOIN second_job j ON j.id = a.second_job_id
                     WHERE a.uid = NEW.appeal_uid AND a.second_job_id = NEW.second_job_id AND a.round = NEW.round
                       AND a.material_digest = NEW.material_digest AND j.round = NEW.round
                       AND j.appeal = 'open' AND j.decision_uid = a.decision_uid)
      THEN RAISE (ABORT, 'appeal: none is open')
    WHEN NEW.outcome IS NULL OR NEW.outcome NOT IN ('upheld', 'dismissed', 'withdrawn')
         OR (NEW.outcome IS 'upheld') IS NOT (NEW.decision_uid IS NOT NULL)
         OR EXISTS (SELECT 1 FROM decision WHERE uid = NEW.decision_uid)
      THEN RAISE (ABORT, 'appeal: what is upheld makes a new decision')
    WHEN trim (coalesce (NEW.reasons, '')) = ''
      THEN RAISE (ABORT, 'appeal: decided without reasons')
    WHEN NEW.outcome IS NOT 'withdrawn'
         AND (EXISTS (SELECT 1 FROM appeal a JOIN decision d ON d.uid = a.decision_uid
                      WHERE a.uid = NEW.appeal_uid AND (d.person = NEW.person OR d.account = NEW.account))
              OR EXISTS (SELECT 1 FROM second_job j
                         WHERE j.id = NEW.second_job_id
                           AND NEW.person IN ('staff:' || j.staff_number, 'staff:' || j.manager_staff_number, j.entered_by_person))
              OR EXISTS (SELECT 1 FROM second_job_comment m
                         WHERE m.second_job_id = NEW.second_job_id AND m.round = NEW.round AND m.person = NEW.person)
              OR EXISTS (SELECT 1 FROM appeal a
                         WHERE a.uid = NEW.appeal_uid AND (a.person = NEW.person OR a.account = NEW.account)))
      THEN RAISE (ABORT, 'separation-of-duties: who decides the appeal took another part in the case')
  END;
END;
CREATE TRIGGER appeal_outcome_update BEFORE UPDATE ON appeal_outcome
BEGIN SELECT RAISE (ABORT, 'append-only: outcomes of appeals'); END;
CREATE TRIGGER appeal_outcome_delete BEFORE DELETE ON appeal_outcome
BEGIN SELECT RAISE (ABORT, 'append-only: outcomes of appeals'); END;

CREATE TRIGGER appeal_box_insert BEFORE INSERT ON appeal_box
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM appeal_box WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a box is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND appeal = 'open')
      THEN RAISE (ABORT, 'appeal: none is open')
  END;
END;
CREATE TRIGGER appeal_box_update BEFORE UPDATE ON appeal_box
BEGIN SELECT RAISE (ABORT, 'append-only: boxes'); END;
CREATE TRIGGER appeal_box_delete BEFORE DELETE ON appeal_box
BEGIN SELECT RAISE (ABORT, 'append-only: boxes'); END;

-- The case itself ----------------------------------------------------------------------------------

CREATE TRIGGER second_job_appeal_insert BEFORE INSERT ON second_job
WHEN NEW.appeal IS NOT NULL
BEGIN SELECT RAISE (ABORT, 'appeal: a second job begins without one'); END;

CREATE TRIGGER second_job_appeal BEFORE UPDATE ON second_job
WHEN NEW.appeal IS NOT OLD.appeal OR OLD.appeal IS 'open'
BEGIN
  SELECT CASE
    WHEN NEW.appeal IS NOT NULL AND NEW.appeal NOT IN ('open', 'upheld', 'dismissed')
      THEN RAISE (ABORT, 'appeal: not an outcome')
    WHEN NEW.appeal IS 'open' AND OLD.appeal IS NOT NULL AND OLD.appeal IS NOT 'open'
      THEN RAISE (ABORT, 'appeal: a decision is appealed against once')
    WHEN NEW.appeal IS 'open'
         AND NOT EXISTS (SELECT 1 FROM appeal a
                         WHERE a.second_job_id = OLD.id AND a.decision_uid = OLD.decision_uid
                           AND NOT EXISTS (SELECT 1 FROM appeal_outcome o WHERE o.appeal_uid = a.uid))
      THEN RAISE (ABORT, 'appeal: nobody lodged one')
    WHEN NEW.appeal IN ('upheld', 'dismissed')
         AND (OLD.appeal IS NOT 'open'
              OR NOT EXISTS (SELECT 1 FROM appeal a JOIN appeal_outcome o ON o.appeal_uid = a.uid
                             WHERE a.second_job_id = OLD.id AND a.decision_uid = OLD.decision_uid AND o.outcome = NEW.appeal
                               AND (o.outcome = 'dismissed' OR (o.decision_uid = NEW.decision_uid AND o.at = NEW.decided_at))))
      THEN RAISE (ABORT, 'appeal: the chief officer did not decide so')
    WHEN NEW.appeal IS NULL AND OLD.appeal IS 'open'
         AND NOT EXISTS (SELECT 1 FROM appeal a JOIN appeal_outcome o ON o.appeal_uid = a.uid
                         WHERE a.second_job_id = OLD.id AND a.decision_uid = OLD.decision_uid AND o.outcome = 'withdrawn')
      THEN RAISE (ABORT, 'appeal: it waits for its outcome')
    WHEN NEW.appeal IS NULL AND OLD.appeal IN ('upheld', 'dismissed') AND NEW.round IS NOT OLD.round + 1
      THEN RAISE (ABORT, 'appeal: its outcome stands for the round')
    WHEN NEW.appeal IS 'upheld'
         AND (NEW.outcome IS NULL OR NEW.outcome NOT IN ('approved', 'approved-with-conditions')
              OR NEW.stage IS NOT 'registered' OR NEW.round IS NOT OLD.round OR NEW.decision_uid IS OLD.decision_uid
              OR NEW.recorded_outcome IS NOT OLD.recorded_outcome OR NEW.recorded_decided IS NOT OLD.recorded_decided
              OR NEW.recorded_decided_by IS NOT OLD.recorded_decided_by OR NEW.recorded_conditions IS NOT OLD.recorded_conditions)
      THEN RAISE (ABORT, 'appeal: what is upheld is registered')
    WHEN NEW.appeal IS NOT 'upheld' AND (OLD.appeal IS 'open' OR NEW.appeal IS NOT NULL)
         AND (NEW.outcome IS NOT OLD.outcome OR NEW.stage IS NOT OLD.stage OR NEW.round IS NOT OLD.round
              OR NEW.decision_uid IS NOT OLD.decision_uid OR NEW.decided_at IS NOT OLD.decided_at)
      THEN RAISE (ABORT, 'appeal: the decision stands until it is upheld')
  END;
END;

-- As in version 1, but for what an appeal that is upheld does ---------------------------------------


DROP TRIGGER second_job_decided;
CREATE TRIGGER second_job_decided BEFORE UPDATE ON second_job
WHEN OLD.outcome IS NOT NULL AND NOT (OLD.appeal IS 'open' AND NEW.appeal IS 'upheld')
BEGIN
  SELECT CASE
    WHEN OLD.outcome IN ('refused', 'withdrawn')
         AND (NEW.outcome IS NOT OLD.outcome OR NEW.stage IS NOT OLD.stage OR NEW.round IS NOT OLD.round
              OR NEW.next_review IS NOT OLD.next_review)
      THEN RAISE (ABORT, 'decided: what was refused or withdrawn stays so')
    WHEN NEW.outcome IS OLD.outcome AND NEW.round IS NOT OLD.round
      THEN RAISE (ABORT, 'decided: a new round begins undecided')
    WHEN NEW.outcome IS OLD.outcome
         AND (NEW.decision_uid IS NOT OLD.decision_uid OR NEW.decided_at IS NOT OLD.decided_at)
      THEN RAISE (ABORT, 'decided: the decision of a case does not change')
    WHEN NEW.outcome IS NOT OLD.outcome
         AND (NEW.outcome IS NOT NULL
              OR NEW.round IS NOT OLD.round + 1
              OR NEW.stage IS NOT 'with-professional-standards'
              OR NEW.decision_uid IS NOT NULL OR NEW.decided_at IS NOT NULL
              OR NOT EXISTS (SELECT 1 FROM review
                             WHERE second_job_id = OLD.id AND round = OLD.round AND result = 'changed'))
      THEN RAISE (ABORT, 'decided: a case is opened again only by a changed return')
    WHEN OLD.outcome <> 'brought-forward'
         AND (NEW.recorded_outcome IS NOT OLD.recorded_outcome OR NEW.recorded_decided IS NOT OLD.recorded_decided
         OR NEW.recorded_decided_by IS NOT OLD.recorded_decided_by OR NEW.recorded_conditions IS NOT OLD.recorded_conditions)
      THEN RAISE (ABORT, 'fixed: what was brought forward does not change')
  END;
END;

DROP TRIGGER second_job_stage;
CREATE TRIGGER second_job_stage BEFORE UPDATE ON second_job
BEGIN
  SELECT CASE
    WHEN NEW.stage IS NULL
         OR NEW.stage NOT IN ('submitted', 'comments', 'with-professional-standards', 'deferred',
                              'decided', 'registered', 'refused', 'withdrawn', 'ceased', 'lapsed')
         OR (NEW.outcome IS NOT NULL
             AND NEW.outcome NOT IN ('approved', 'approved-with-conditions', 'refused', 'withdrawn', 'brought-forward'))
      THEN RAISE (ABORT, 'stage: not one of them')
    WHEN (NEW.outcome IS NULL) IS NOT (NEW.stage IN ('submitted', 'comments', 'with-professional-standards', 'deferred'))
      THEN RAISE (ABORT, 'gate: the stage and the outcome do not agree')
    WHEN NEW.outcome IN ('approved', 'approved-with-conditions')
         AND NEW.stage NOT IN ('decided', 'registered', 'ceased', 'lapsed')
      THEN RAISE (ABORT, 'gate: the stage and the outcome do not agree')
    WHEN NEW.outcome IS 'refused' AND NEW.stage IS NOT 'refused'
      THEN RAISE (ABORT, 'gate: the stage and the outcome do not agree')
    WHEN NEW.outcome IS 'withdrawn' AND NEW.stage IS NOT 'withdrawn'
      THEN RAISE (ABORT, 'gate: the stage and the outcome do not agree')
    WHEN NEW.outcome IS 'brought-forward' AND OLD.outcome IS NOT 'brought-forward'
      THEN RAISE (ABORT, 'gate: only an import brings forward')
    WHEN NEW.outcome IS NULL AND NEW.decision_uid IS NOT OLD.decision_uid AND NEW.decision_uid IS NOT NULL
      THEN RAISE (ABORT, 'gate: a decision without an outcome')
    WHEN NEW.outcome IS NULL AND OLD.outcome IS NULL AND NEW.round IS NOT OLD.round
      THEN RAISE (ABORT, 'gate: a round ends with a decision')
    WHEN NEW.outcome IS NULL AND (NEW.next_review IS NOT OLD.next_review AND NEW.next_review IS NOT NULL)
      THEN RAISE (ABORT, 'gate: only what is registered is reviewed')
    WHEN NEW.outcome IS 'refused' AND OLD.outcome IS NOT 'refused'
         AND NOT EXISTS (SELECT 1 FROM decision
                         WHERE uid = NEW.decision_uid AND second_job_id = OLD.id AND round = OLD.round
                           AND outcome = 'refused' AND at = NEW.decided_at)
      THEN RAISE (ABORT, 'gate: refused without a decision')
    WHEN NEW.approved_on IS NOT OLD.approved_on
         AND (OLD.approved_on IS NOT NULL OR (OLD.outcome IS NOT NULL AND NOT (OLD.appeal IS 'open' AND NEW.appeal IS 'upheld'))
              OR NEW.outcome IS NULL OR NEW.outcome NOT IN ('approved', 'approved-with-conditions'))
      THEN RAISE (ABORT, 'gate: the day of the approval does not change')
  END;
END;

DROP TRIGGER second_job_approve;
CREATE TRIGGER second_job_approve BEFORE UPDATE ON second_job
WHEN NEW.outcome IN ('approved', 'approved-with-conditions') AND (OLD.outcome IS NOT NEW.outcome OR OLD.decision_uid IS NOT NEW.decision_uid)
BEGIN
  SELECT CASE
    WHEN NOT (OLD.appeal IS 'open' AND NEW.appeal IS 'upheld')
         AND (OLD.outcome IS NOT NULL OR OLD.stage NOT IN ('submitted', 'comments', 'with-professional-standards'))
      THEN RAISE (ABORT, 'gate: not waiting for a decision')
    WHEN NEW.approved_on IS NULL
      THEN RAISE (ABORT, 'gate: the day of the approval is missing')
    WHEN NOT EXISTS (SELECT 1 FROM decision d
                     WHERE d.uid = NEW.decision_uid AND d.second_job_id = OLD.id AND d.round = OLD.round
                       AND d.outcome = NEW.outcome AND d.material_digest = NEW.material_digest
                       AND d.at = NEW.decided_at AND d.at >= NEW.material_changed_at)
      THEN RAISE (ABORT, 'gate: approved without a decision')
    WHEN NOT EXISTS (SELECT 1 FROM clearance c
                     WHERE c.decision_uid = NEW.decision_uid AND c.second_job_id = OLD.id AND c.round = OLD.round
                       AND c.kind = 'complaints' AND c.material_digest = NEW.material_digest
                       AND c.at >= NEW.material_changed_at AND c.at <= NEW.decided_at
                       AND julianday (c.at) >= julianday (NEW.decided_at) - NEW.check_age_days)
      THEN RAISE (ABORT, 'gate: approved without a complaints check')
    WHEN NOT EXISTS (SELECT 1 FROM clearance c
                     WHERE c.decision_uid = NEW.decision_uid AND c.second_job_id = OLD.id AND c.round = OLD.round
                       AND c.kind = 'intelligence' AND c.material_digest = NEW.material_digest
                       AND c.at >= NEW.material_changed_at AND c.at <= NEW.decided_at
                       AND julianday (c.at) >= julianday (NEW.decided_at) - NEW.check_age_days)
      THEN RAISE (ABORT, 'gate: approved without an intelligence check')
    WHEN NEW.requires_line_manager_comment
         AND NOT EXISTS (SELECT 1 FROM second_job_comment c
                         WHERE c.second_job_id = OLD.id AND c.round = OLD.round AND c.for_role = 'line-manager'
                           AND (c.person = 'staff:' || OLD.manager_staff_number
                                OR c.person IN (SELECT 'staff:' || s.staff_number FROM stand_in s
                                                WHERE s.second_job_id = OLD.id)))
         AND NOT EXISTS (SELECT 1 FROM waiver w
                         WHERE w.second_job_id = OLD.id AND w.round = OLD.round AND w.for_role = 'line-manager')
      THEN RAISE (ABORT, 'gate: approved without the line manager''s comment')
    WHEN NEW.requires_head_of_hr_comment
         AND NOT EXISTS (SELECT 1 FROM second_job_comment c
                         WHERE c.second_job_id = OLD.id AND c.round = OLD.round AND c.for_role = 'head-of-hr')
         AND NOT EXISTS (SELECT 1 FROM waiver w
                         WHERE w.second_job_id = OLD.id AND w.round = OLD.round AND w.for_role = 'head-of-hr')
      THEN RAISE (ABORT, 'gate: approved without the head of HR''s comment')
    WHEN NEW.requires_view AND OLD.appeal IS NOT 'open'
         AND NOT EXISTS (SELECT 1 FROM sealed_view v
                         WHERE v.second_job_id = OLD.id AND v.at >= NEW.material_changed_at AND v.at <= NEW.decided_at)
      THEN RAISE (ABORT, 'gate: approved without professional standards'' view')
    WHEN OLD.appeal IS 'open'
         AND NOT EXISTS (SELECT 1 FROM appeal_box b
                         WHERE b.second_job_id = OLD.id AND b.at >= NEW.material_changed_at AND b.at <= NEW.decided_at)
      THEN RAISE (ABORT, 'gate: approved on appeal without the bundle of reasons')
    WHEN NEW.outcome = 'approved-with-conditions'
         AND NOT EXISTS (SELECT 1 FROM decision_condition k WHERE k.decision_uid = NEW.decision_uid)
      THEN RAISE (ABORT, 'gate: approved with conditions without a condition')
    WHEN EXISTS (SELECT 1 FROM decision d
                 WHERE d.uid = NEW.decision_uid
                   AND (d.person = 'staff:' || OLD.staff_number
                        OR d.person = 'staff:' || OLD.manager_staff_number
                        OR d.person = OLD.entered_by_person OR d.account = OLD.created_by
                        OR EXISTS (SELECT 1 FROM application_statement s
                                   WHERE s.second_job_id = OLD.id AND s.round = OLD.round
                                     AND (s.person = d.person OR s.account = d.account))
                        OR EXISTS (SELECT 1 FROM clearance c
                                   WHERE c.decision_uid = d.uid AND (c.person = d.person OR c.account = d.account))
                        OR EXISTS (SELECT 1 FROM second_job_comment m
                                   WHERE m.second_job_id = OLD.id AND m.round = OLD.round AND m.person = d.person
                                     AND (m.for_role = 'line-manager' OR OLD.appeal IS 'open'
                                          OR (OLD.signatory <> 'head-of-hr' AND OLD.head_of_hr_by IS NOT OLD.signatory)))
                        OR (OLD.appeal IS 'open'
                            AND EXISTS (SELECT 1 FROM decision o
                                        WHERE o.uid = OLD.decision_uid AND (o.person = d.person OR o.account = d.account)))))
      THEN RAISE (ABORT, 'separation-of-duties: who decides took another part in the case')
    WHEN EXISTS (SELECT 1 FROM clearance c
                 WHERE c.decision_uid = NEW.decision_uid
                   AND (c.person = 'staff:' || OLD.staff_number
                        OR c.person = 'staff:' || OLD.manager_staff_number
                        OR EXISTS (SELECT 1 FROM second_job_comment m
                                   WHERE m.second_job_id = OLD.id AND m.round = OLD.round AND m.person = c.person)))
      THEN RAISE (ABORT, 'separation-of-duties: who checked took another part in the case')
    WHEN EXISTS (SELECT 1 FROM second_job_comment m
                 WHERE m.second_job_id = OLD.id AND m.round = OLD.round AND m.person = 'staff:' || OLD.staff_number)
      THEN RAISE (ABORT, 'separation-of-duties: the applicant commented')
  END;
END;

DROP TRIGGER clearance_insert;
CREATE TRIGGER clearance_insert BEFORE INSERT ON clearance
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM clearance
                 WHERE id = NEW.id OR uid = NEW.uid OR (decision_uid = NEW.decision_uid AND kind = NEW.kind))
      THEN RAISE (ABORT, 'exists: a clearance is never replaced')
    WHEN EXISTS (SELECT 1 FROM decision WHERE uid = NEW.decision_uid)
      THEN RAISE (ABORT, 'decided: clearances come before the decision')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND (outcome IS NULL OR appeal = 'open') AND round = NEW.round
                       AND material_digest = NEW.material_digest)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;

DROP TRIGGER decision_condition_insert;
CREATE TRIGGER decision_condition_insert BEFORE INSERT ON decision_condition
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM decision_condition
                 WHERE id = NEW.id OR uid = NEW.uid OR (decision_uid = NEW.decision_uid AND position = NEW.position))
      THEN RAISE (ABORT, 'exists: a condition is never replaced')
    WHEN EXISTS (SELECT 1 FROM decision WHERE uid = NEW.decision_uid)
      THEN RAISE (ABORT, 'decided: conditions come before the decision')
    WHEN NOT EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND (outcome IS NULL OR appeal = 'open'))
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;

DROP TRIGGER decision_insert;
CREATE TRIGGER decision_insert BEFORE INSERT ON decision
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a decision is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND round = NEW.round AND material_digest = NEW.material_digest
                       AND ((outcome IS NULL AND stage IN ('submitted', 'comments', 'with-professional-standards'))
                            OR (appeal = 'open' AND NEW.outcome IN ('approved', 'approved-with-conditions')
                                AND EXISTS (SELECT 1 FROM appeal_outcome o
                                            WHERE o.second_job_id = NEW.second_job_id AND o.decision_uid = NEW.uid
                                              AND o.outcome = 'upheld' AND o.account = NEW.account AND o.at = NEW.at))))
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN NOT ((NEW.action IS 'approve' AND NEW.outcome IS 'approved')
              OR (NEW.action IS 'approve-with-conditions' AND NEW.outcome IS 'approved-with-conditions')
              OR (NEW.action IS 'refuse' AND NEW.outcome IS 'refused')
              OR (NEW.action IS 'defer' AND NEW.outcome IS NULL))
      THEN RAISE (ABORT, 'gate: the action and the outcome do not agree')
    WHEN NEW.outcome IN ('approved', 'approved-with-conditions')
         AND 2 IS NOT (SELECT COUNT (DISTINCT kind) FROM clearance
                       WHERE decision_uid = NEW.uid AND second_job_id = NEW.second_job_id
                         AND material_digest = NEW.material_digest
                         AND kind IN ('complaints', 'intelligence'))
      THEN RAISE (ABORT, 'gate: approved without both checks')
  END;
END;

DROP TRIGGER second_job_comment_insert;
CREATE TRIGGER second_job_comment_insert BEFORE INSERT ON second_job_comment
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM second_job_comment WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a comment is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND (outcome IS NULL OR appeal = 'open') AND round = NEW.round
                       AND material_digest = NEW.material_digest)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;

DROP TRIGGER waiver_insert;
CREATE TRIGGER waiver_insert BEFORE INSERT ON waiver
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM waiver WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a waiver is never replaced')
    WHEN NEW.for_role IS NULL OR NEW.for_role NOT IN ('line-manager', 'head-of-hr')
      THEN RAISE (ABORT, 'gate: only comments can be waived')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND (outcome IS NULL OR appeal = 'open') AND round = NEW.round)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;

DROP TRIGGER stand_in_insert;
CREATE TRIGGER stand_in_insert BEFORE INSERT ON stand_in
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM stand_in WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a stand-in is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND (outcome IS NULL OR appeal = 'open'))
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND staff_number = NEW.staff_number)
      THEN RAISE (ABORT, 'separation-of-duties: the applicant does not stand in')
  END;
END;
