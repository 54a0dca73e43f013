-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Second jobs (business interests) and the database's own part of the approval gate.
--
-- The triggers hold for every tool that has the key. What a tool can still forge, whole rows with
-- signatures that prove nothing, is found by the gate of the library and by verify.
-- A CHECK can be switched off by a pragma, a trigger cannot: so what matters is said by triggers.
-- INSERT OR REPLACE removes rows without firing DELETE triggers and an upsert turns into an UPDATE
-- after BEFORE INSERT has fired: so each BEFORE INSERT refuses a key that is already there, and
-- every column that is part of a key is fixed.

CREATE TABLE second_job (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  reference TEXT NOT NULL UNIQUE,
  -- Our own references are SJ/<year>/<number>; NULL where an imported register brought its own.
  reference_year INTEGER,
  reference_number INTEGER,

  -- The applicant, and what they were when they applied.
  staff_number TEXT NOT NULL REFERENCES person (staff_number),
  rank TEXT,
  unit TEXT,
  employment_group TEXT,
  contracted_hours INTEGER,
  overtime_hours INTEGER,

  -- The other job. Hours are minutes a week.
  employer TEXT NOT NULL COLLATE NOCASE,
  own_business INTEGER NOT NULL DEFAULT 0 CHECK (own_business IN (0, 1)),
  category TEXT NOT NULL COLLATE NOCASE,
  nature TEXT,
  paid INTEGER NOT NULL DEFAULT 1 CHECK (paid IN (0, 1)),
  place TEXT,
  start TEXT CHECK (start IS date (start)),
  already_started_since TEXT CHECK (already_started_since IS date (already_started_since)),
  who_knew TEXT,
  weekly_hours INTEGER CHECK (weekly_hours BETWEEN 0 AND 10080),
  pattern TEXT,
  police_skills TEXT,
  police_powers TEXT,
  police_information TEXT,
  police_equipment TEXT,
  customers TEXT,
  licensed_trade TEXT,
  private_security INTEGER NOT NULL DEFAULT 0 CHECK (private_security IN (0, 1)),
  private_investigation INTEGER NOT NULL DEFAULT 0 CHECK (private_investigation IN (0, 1)),
  relatives_interests TEXT,
  relatives_licences TEXT,
  publicity TEXT,
  tax_insurance TEXT,
  declarations TEXT,
  received TEXT NOT NULL CHECK (received IS date (received)),
  how_declared TEXT,
  needed_by TEXT CHECK (needed_by IS date (needed_by)),

  -- Entered by whom, and the route as the profile had it then.
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  entered_by_person TEXT NOT NULL,
  manager_staff_number TEXT,
  profile_name TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  requires_line_manager_comment INTEGER NOT NULL CHECK (requires_line_manager_comment IN (0, 1)),
  requires_head_of_hr_comment INTEGER NOT NULL CHECK (requires_head_of_hr_comment IN (0, 1)),
  requires_view INTEGER NOT NULL CHECK (requires_view IN (0, 1)),
  signatory TEXT NOT NULL CHECK (signatory IN ('head-of-hr', 'decider')),
  check_age_days INTEGER NOT NULL CHECK (check_age_days BETWEEN 1 AND 366),

  -- What the checks are about: changes with each material change.
  material_digest TEXT NOT NULL,
  material_changed_at TEXT NOT NULL,

  -- Where it stands. A changed annual return opens a new round through the gate.
  round INTEGER NOT NULL DEFAULT 1,
  stage TEXT NOT NULL CHECK (stage IN ('submitted', 'comments', 'with-professional-standards', 'deferred',
                                       'decided', 'registered', 'refused', 'withdrawn', 'ceased', 'lapsed')),
  outcome TEXT CHECK (outcome IN ('approved', 'approved-with-conditions', 'refused', 'withdrawn', 'brought-forward')),
  decision_uid TEXT,
  decided_at TEXT,
  approved_on TEXT,
  next_review TEXT CHECK (next_review IS date (next_review)),
  ceased TEXT CHECK (ceased IS date (ceased)),

  -- From an existing register, counted apart: "checks not recorded here".
  brought_forward INTEGER NOT NULL DEFAULT 0 CHECK (brought_forward IN (0, 1)),
  recorded_outcome TEXT,
  recorded_decided TEXT,
  recorded_decided_by TEXT,
  recorded_conditions TEXT,

  search_text TEXT NOT NULL,
  -- A copy of person.sort_name, kept by triggers, by which lists are put in the order of applicants.
  applicant_sort_name TEXT,

  UNIQUE (reference_year, reference_number)
);
-- staff_number stands in each, so that a reader's scope is answered from the index alone; id before it,
-- since rows of one value are listed by id.
CREATE INDEX second_job_staff_number ON second_job (staff_number, stage);
CREATE INDEX second_job_manager ON second_job (manager_staff_number);
CREATE INDEX second_job_reference ON second_job (reference, id, staff_number);
CREATE INDEX second_job_applicant ON second_job (applicant_sort_name, id, staff_number);
CREATE INDEX second_job_stage ON second_job (stage, id, staff_number);
CREATE INDEX second_job_received ON second_job (received, id, staff_number);
CREATE INDEX second_job_approved ON second_job (approved_on, id, staff_number);
CREATE INDEX second_job_next_review ON second_job (next_review, id, stage, staff_number);
CREATE INDEX second_job_employer ON second_job (employer, id, staff_number);
CREATE INDEX second_job_category ON second_job (category, id, staff_number);
CREATE INDEX second_job_search_text ON second_job (search_text, applicant_sort_name, staff_number);
CREATE INDEX second_job_weekly_hours ON second_job (weekly_hours, id, staff_number);
CREATE INDEX second_job_start ON second_job (start, id, staff_number);
CREATE INDEX second_job_outcome ON second_job (outcome, id, staff_number);
CREATE INDEX second_job_needed_by ON second_job (needed_by) WHERE needed_by IS NOT NULL;

CREATE TRIGGER second_job_applicant_named AFTER INSERT ON second_job
WHEN NEW.applicant_sort_name IS NULL
BEGIN
  UPDATE second_job
     SET applicant_sort_name = (SELECT sort_name FROM person WHERE staff_number = NEW.staff_number)
   WHERE id = NEW.id;
END;
CREATE TRIGGER second_job_applicant_renamed AFTER UPDATE OF sort_name ON person
WHEN NEW.sort_name IS NOT OLD.sort_name
BEGIN
  UPDATE second_job SET applicant_sort_name = NEW.sort_name WHERE staff_number = NEW.staff_number;
END;

-- What was entered, signed by who entered it: makes a changed route, applicant or manager show.
CREATE TABLE application_statement (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('submitted', 'amended', 'changed', 'brought-forward')),
  material_digest TEXT NOT NULL,
  route_digest TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX application_statement_second_job ON application_statement (second_job_id, id);

CREATE TABLE stage_history (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  stage TEXT NOT NULL,
  account TEXT NOT NULL,
  at TEXT NOT NULL,
  note TEXT
);
CREATE INDEX stage_history_second_job ON stage_history (second_job_id, id);

-- Who comments in place of the manager recorded at submission.
CREATE TABLE stand_in (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  staff_number TEXT NOT NULL,
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX stand_in_second_job ON stand_in (second_job_id);
CREATE INDEX stand_in_staff_number ON stand_in (staff_number);

-- "comment" is a word of SQL, hence the longer name. `account` entered and signed it; `person` said
-- it, another one only where a manager without an account commented on paper.
CREATE TABLE second_job_comment (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  for_role TEXT NOT NULL CHECK (for_role IN ('line-manager', 'head-of-hr')),
  supports INTEGER NOT NULL CHECK (supports IN (0, 1)),
  text TEXT NOT NULL,
  performance TEXT,
  sickness TEXT,
  hours TEXT,
  impact TEXT,
  own_interest TEXT,
  on_paper_from TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX second_job_comment_second_job ON second_job_comment (second_job_id, round, for_role);

CREATE TABLE waiver (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  for_role TEXT NOT NULL CHECK (for_role IN ('line-manager', 'head-of-hr')),
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX waiver_second_job ON waiver (second_job_id, round, for_role);

-- Professional standards' view and both clearances in a box of fixed size that only the account
-- named can open; a view that no longer holds is followed by a box that says so inside.
CREATE TABLE sealed_view (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  account TEXT NOT NULL,
  box BLOB NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX sealed_view_second_job ON sealed_view (second_job_id, account, id);

-- That a check of the kind was made, by whom, when, of which application: never what it found.
CREATE TABLE clearance (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  decision_uid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('complaints', 'intelligence')),
  check_uid TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  subject_digest TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (decision_uid, kind)
);
CREATE INDEX clearance_second_job ON clearance (second_job_id);

CREATE TABLE decision (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('approve', 'approve-with-conditions', 'refuse', 'defer')),
  outcome TEXT CHECK (outcome IN ('approved', 'approved-with-conditions', 'refused')),
  open_reasons TEXT NOT NULL,
  missing_facts TEXT,
  conditions_digest TEXT NOT NULL,
  clearances_digest TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX decision_second_job ON decision (second_job_id, id);

CREATE TABLE decision_condition (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  decision_uid TEXT NOT NULL,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  position INTEGER NOT NULL,
  code TEXT,
  text TEXT NOT NULL,
  review_on TEXT,
  UNIQUE (decision_uid, position)
);
CREATE INDEX decision_condition_second_job ON decision_condition (second_job_id);

-- Annual returns.
CREATE TABLE review (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  due TEXT,
  result TEXT NOT NULL CHECK (result IN ('no-change', 'changed', 'ceased')),
  note TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX review_second_job ON review (second_job_id, id);

-- A form that is not finished: sealed to the account that fills it in.
CREATE TABLE draft (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  account TEXT NOT NULL,
  key TEXT NOT NULL,
  box BLOB NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (account, key)
);

-- second_job ---------------------------------------------------------------------------------------

CREATE TRIGGER second_job_insert BEFORE INSERT ON second_job
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM second_job
                 WHERE id = NEW.id OR uid = NEW.uid OR reference = NEW.reference
                    OR (reference_year = NEW.reference_year AND reference_number = NEW.reference_number))
      THEN RAISE (ABORT, 'exists: a second job is never replaced')
    WHEN NEW.decision_uid IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.approved_on IS NOT NULL OR NEW.round IS NOT 1
      THEN RAISE (ABORT, 'gate: a second job begins undecided')
    WHEN NEW.brought_forward IS NOT 1
         AND (NEW.brought_forward IS NOT 0
              OR NEW.outcome IS NOT NULL
              OR NEW.stage NOT IN ('submitted', 'comments', 'with-professional-standards')
              OR NEW.stage IS NULL
              OR NEW.next_review IS NOT NULL OR NEW.ceased IS NOT NULL
              OR NEW.recorded_outcome IS NOT NULL)
      THEN RAISE (ABORT, 'gate: a second job begins undecided')
    WHEN NEW.brought_forward IS 1
         AND (NEW.outcome IS NOT 'brought-forward'
              OR NEW.stage IS NULL
              OR NEW.stage NOT IN ('registered', 'refused', 'withdrawn', 'ceased', 'lapsed'))
      THEN RAISE (ABORT, 'gate: what comes from an earlier register is brought forward, not approved')
    WHEN NEW.brought_forward IS 0 AND (NEW.reference_year IS NULL OR NEW.reference_number IS NULL)
      THEN RAISE (ABORT, 'reference: missing')
    WHEN NEW.brought_forward IS 0 AND NEW.reference_number IS NOT 1
         AND NOT EXISTS (SELECT 1 FROM second_job
                         WHERE reference_year = NEW.reference_year AND reference_number = NEW.reference_number - 1)
      THEN RAISE (ABORT, 'reference: leaves a gap')
    WHEN NEW.requires_view IS NOT 1 AND NEW.signatory IS 'head-of-hr'
      THEN RAISE (ABORT, 'gate: who cannot read the checks signs only on a view')
    WHEN NEW.signatory IS NULL OR NEW.signatory NOT IN ('head-of-hr', 'decider')
         OR NEW.requires_view IS NULL OR NEW.requires_view NOT IN (0, 1)
         OR NEW.requires_line_manager_comment IS NULL OR NEW.requires_line_manager_comment NOT IN (0, 1)
         OR NEW.requires_head_of_hr_comment IS NULL OR NEW.requires_head_of_hr_comment NOT IN (0, 1)
         OR typeof (NEW.check_age_days) IS NOT 'integer' OR NEW.check_age_days NOT BETWEEN 1 AND 366
      THEN RAISE (ABORT, 'gate: not a route')
  END;
END;

CREATE TRIGGER second_job_fixed BEFORE UPDATE ON second_job
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.reference IS NOT OLD.reference
  OR NEW.reference_year IS NOT OLD.reference_year OR NEW.reference_number IS NOT OLD.reference_number
  OR NEW.staff_number IS NOT OLD.staff_number
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by OR NEW.entered_by_person IS NOT OLD.entered_by_person
  OR (NEW.received IS NOT OLD.received AND OLD.outcome IS NOT 'brought-forward')
  OR NEW.manager_staff_number IS NOT OLD.manager_staff_number
  OR NEW.profile_name IS NOT OLD.profile_name OR NEW.profile_version IS NOT OLD.profile_version
  OR NEW.requires_line_manager_comment IS NOT OLD.requires_line_manager_comment
  OR NEW.requires_head_of_hr_comment IS NOT OLD.requires_head_of_hr_comment
  OR NEW.requires_view IS NOT OLD.requires_view OR NEW.signatory IS NOT OLD.signatory
  OR NEW.check_age_days IS NOT OLD.check_age_days
  OR NEW.brought_forward IS NOT OLD.brought_forward
BEGIN
  SELECT RAISE (ABORT, 'fixed: the applicant, the reference and the route of a second job do not change');
END;

CREATE TRIGGER second_job_material BEFORE UPDATE ON second_job
WHEN NEW.employer IS NOT OLD.employer OR NEW.own_business IS NOT OLD.own_business
  OR NEW.category IS NOT OLD.category OR NEW.nature IS NOT OLD.nature
  OR NEW.place IS NOT OLD.place OR NEW.start IS NOT OLD.start
  OR NEW.weekly_hours IS NOT OLD.weekly_hours OR NEW.pattern IS NOT OLD.pattern
  OR NEW.licensed_trade IS NOT OLD.licensed_trade
  OR NEW.private_security IS NOT OLD.private_security
  OR NEW.private_investigation IS NOT OLD.private_investigation
  OR NEW.relatives_interests IS NOT OLD.relatives_interests
  OR NEW.relatives_licences IS NOT OLD.relatives_licences
  OR NEW.material_digest IS NOT OLD.material_digest
  OR NEW.material_changed_at IS NOT OLD.material_changed_at
BEGIN
  SELECT CASE
    WHEN NEW.material_digest IS NULL OR NEW.material_digest IS OLD.material_digest
         OR NEW.material_changed_at IS NULL OR NEW.material_changed_at < OLD.material_changed_at
      THEN RAISE (ABORT, 'material: a material change makes earlier checks stale')
    WHEN NEW.outcome IS NOT NULL AND NEW.outcome <> 'brought-forward'
      THEN RAISE (ABORT, 'material: what was decided is not changed, it goes through the gate again')
  END;
END;

CREATE TRIGGER second_job_decided BEFORE UPDATE ON second_job
WHEN OLD.outcome IS NOT NULL
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
         AND (OLD.approved_on IS NOT NULL OR OLD.outcome IS NOT NULL
              OR NEW.outcome IS NULL OR NEW.outcome NOT IN ('approved', 'approved-with-conditions'))
      THEN RAISE (ABORT, 'gate: the day of the approval does not change')
  END;
END;

-- The gate: no approval without the comments of the route, both checks of this very application, and
-- different people.
CREATE TRIGGER second_job_approve BEFORE UPDATE ON second_job
WHEN NEW.outcome IN ('approved', 'approved-with-conditions') AND OLD.outcome IS NOT NEW.outcome
BEGIN
  SELECT CASE
    WHEN OLD.outcome IS NOT NULL OR OLD.stage NOT IN ('submitted', 'comments', 'with-professional-standards')
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
    WHEN NEW.requires_view
         AND NOT EXISTS (SELECT 1 FROM sealed_view v
                         WHERE v.second_job_id = OLD.id AND v.at >= NEW.material_changed_at AND v.at <= NEW.decided_at)
      THEN RAISE (ABORT, 'gate: approved without professional standards'' view')
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
                                     AND (m.for_role = 'line-manager' OR OLD.signatory <> 'head-of-hr'))))
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

CREATE TRIGGER second_job_delete BEFORE DELETE ON second_job
BEGIN
  SELECT RAISE (ABORT, 'append-only: a second job is withdrawn or ceases, it is not deleted');
END;

-- What belongs to a case is only ever added, while the case is open --------------------------------

CREATE TRIGGER application_statement_insert BEFORE INSERT ON application_statement
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM application_statement WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a statement is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job j
                     WHERE j.id = NEW.second_job_id AND j.round = NEW.round
                       AND ((j.outcome IS NULL AND NEW.kind <> 'brought-forward')
                            OR (j.outcome = 'brought-forward' AND NEW.kind = 'brought-forward')))
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER application_statement_update BEFORE UPDATE ON application_statement
BEGIN SELECT RAISE (ABORT, 'append-only: statements'); END;
CREATE TRIGGER application_statement_delete BEFORE DELETE ON application_statement
BEGIN SELECT RAISE (ABORT, 'append-only: statements'); END;

CREATE TRIGGER stage_history_insert BEFORE INSERT ON stage_history
WHEN EXISTS (SELECT 1 FROM stage_history WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: a stage is never replaced'); END;
CREATE TRIGGER stage_history_update BEFORE UPDATE ON stage_history
BEGIN SELECT RAISE (ABORT, 'append-only: stages'); END;
CREATE TRIGGER stage_history_delete BEFORE DELETE ON stage_history
BEGIN SELECT RAISE (ABORT, 'append-only: stages'); END;

CREATE TRIGGER stand_in_insert BEFORE INSERT ON stand_in
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM stand_in WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a stand-in is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND outcome IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND staff_number = NEW.staff_number)
      THEN RAISE (ABORT, 'separation-of-duties: the applicant does not stand in')
  END;
END;
CREATE TRIGGER stand_in_update BEFORE UPDATE ON stand_in
BEGIN SELECT RAISE (ABORT, 'append-only: stand-ins'); END;
CREATE TRIGGER stand_in_delete BEFORE DELETE ON stand_in
BEGIN SELECT RAISE (ABORT, 'append-only: stand-ins'); END;

CREATE TRIGGER second_job_comment_insert BEFORE INSERT ON second_job_comment
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM second_job_comment WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a comment is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND outcome IS NULL AND round = NEW.round
                       AND material_digest = NEW.material_digest)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER second_job_comment_update BEFORE UPDATE ON second_job_comment
BEGIN SELECT RAISE (ABORT, 'append-only: comments'); END;
CREATE TRIGGER second_job_comment_delete BEFORE DELETE ON second_job_comment
BEGIN SELECT RAISE (ABORT, 'append-only: comments'); END;

CREATE TRIGGER waiver_insert BEFORE INSERT ON waiver
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM waiver WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a waiver is never replaced')
    WHEN NEW.for_role IS NULL OR NEW.for_role NOT IN ('line-manager', 'head-of-hr')
      THEN RAISE (ABORT, 'gate: only comments can be waived')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND outcome IS NULL AND round = NEW.round)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER waiver_update BEFORE UPDATE ON waiver
BEGIN SELECT RAISE (ABORT, 'append-only: waivers'); END;
CREATE TRIGGER waiver_delete BEFORE DELETE ON waiver
BEGIN SELECT RAISE (ABORT, 'append-only: waivers'); END;

CREATE TRIGGER sealed_view_insert BEFORE INSERT ON sealed_view
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM sealed_view WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a view is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND outcome IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER sealed_view_update BEFORE UPDATE ON sealed_view
BEGIN SELECT RAISE (ABORT, 'append-only: views'); END;
CREATE TRIGGER sealed_view_delete BEFORE DELETE ON sealed_view
BEGIN SELECT RAISE (ABORT, 'append-only: views'); END;

CREATE TRIGGER clearance_insert BEFORE INSERT ON clearance
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM clearance
                 WHERE id = NEW.id OR uid = NEW.uid OR (decision_uid = NEW.decision_uid AND kind = NEW.kind))
      THEN RAISE (ABORT, 'exists: a clearance is never replaced')
    WHEN EXISTS (SELECT 1 FROM decision WHERE uid = NEW.decision_uid)
      THEN RAISE (ABORT, 'decided: clearances come before the decision')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND outcome IS NULL AND round = NEW.round
                       AND material_digest = NEW.material_digest)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER clearance_update BEFORE UPDATE ON clearance
BEGIN SELECT RAISE (ABORT, 'append-only: clearances'); END;
CREATE TRIGGER clearance_delete BEFORE DELETE ON clearance
BEGIN SELECT RAISE (ABORT, 'append-only: clearances'); END;

CREATE TRIGGER decision_condition_insert BEFORE INSERT ON decision_condition
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM decision_condition
                 WHERE id = NEW.id OR uid = NEW.uid OR (decision_uid = NEW.decision_uid AND position = NEW.position))
      THEN RAISE (ABORT, 'exists: a condition is never replaced')
    WHEN EXISTS (SELECT 1 FROM decision WHERE uid = NEW.decision_uid)
      THEN RAISE (ABORT, 'decided: conditions come before the decision')
    WHEN NOT EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND outcome IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER decision_condition_update BEFORE UPDATE ON decision_condition
BEGIN SELECT RAISE (ABORT, 'append-only: conditions'); END;
CREATE TRIGGER decision_condition_delete BEFORE DELETE ON decision_condition
BEGIN SELECT RAISE (ABORT, 'append-only: conditions'); END;

CREATE TRIGGER decision_insert BEFORE INSERT ON decision
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM decision WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a decision is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND outcome IS NULL AND round = NEW.round
                       AND stage IN ('submitted', 'comments', 'with-professional-standards')
                       AND material_digest = NEW.material_digest)
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
CREATE TRIGGER decision_update BEFORE UPDATE ON decision
BEGIN SELECT RAISE (ABORT, 'append-only: decisions'); END;
CREATE TRIGGER decision_delete BEFORE DELETE ON decision
BEGIN SELECT RAISE (ABORT, 'append-only: decisions'); END;

CREATE TRIGGER review_insert BEFORE INSERT ON review
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM review WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a return is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND round = NEW.round AND stage = 'registered')
      THEN RAISE (ABORT, 'stage: only what is registered is reviewed')
  END;
END;
CREATE TRIGGER review_update BEFORE UPDATE ON review
BEGIN SELECT RAISE (ABORT, 'append-only: returns'); END;
CREATE TRIGGER review_delete BEFORE DELETE ON review
BEGIN SELECT RAISE (ABORT, 'append-only: returns'); END;
