-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What leak and conduct investigations share, in the compartment of their case: who investigates, and
-- the gate before a closing decision. Stands after the part that says, in the views investigation_case
-- and investigation_subject, which cases this compartment holds.

-- Everybody who ever owned or investigated a case; the newest of each role does so now.
CREATE TABLE case_investigator (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('owner', 'investigating-officer')),
  person TEXT NOT NULL,
  account TEXT NOT NULL, -- who assigned
  at TEXT NOT NULL
);
CREATE INDEX case_investigator_case ON case_investigator (case_uid, id);
CREATE TRIGGER case_investigator_insert BEFORE INSERT ON case_investigator
WHEN EXISTS (SELECT 1 FROM case_investigator WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: who investigated is never replaced'); END;
CREATE TRIGGER case_investigator_update BEFORE UPDATE ON case_investigator
BEGIN SELECT RAISE (ABORT, 'append-only: who investigated'); END;
CREATE TRIGGER case_investigator_delete BEFORE DELETE ON case_investigator
BEGIN SELECT RAISE (ABORT, 'append-only: who investigated'); END;

-- How one person proposes that a case be closed. No further action wants one.
CREATE TABLE closing_proposal (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reasons TEXT NOT NULL CHECK (length (trim (reasons)) >= 1),
  subjects_digest TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX closing_proposal_case ON closing_proposal (case_uid, id);
CREATE TRIGGER closing_proposal_insert BEFORE INSERT ON closing_proposal
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM closing_proposal WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a proposal is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER closing_proposal_update BEFORE UPDATE ON closing_proposal
BEGIN SELECT RAISE (ABORT, 'append-only: proposals'); END;
CREATE TRIGGER closing_proposal_delete BEFORE DELETE ON closing_proposal
BEGIN SELECT RAISE (ABORT, 'append-only: proposals'); END;

-- That a check was made of a subject, by whom and when: never what it found. One statement with that of
-- the check itself, wherever that stands.
CREATE TABLE closing_clearance (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  closing_uid TEXT NOT NULL,
  subject_uid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('complaints', 'intelligence')),
  check_uid TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  subject_digest TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (closing_uid, subject_uid, kind)
);
CREATE INDEX closing_clearance_case ON closing_clearance (case_uid, id);
CREATE TRIGGER closing_clearance_insert BEFORE INSERT ON closing_clearance
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM closing_clearance
                 WHERE id = NEW.id OR uid = NEW.uid
                    OR (closing_uid = NEW.closing_uid AND subject_uid = NEW.subject_uid AND kind = NEW.kind))
      THEN RAISE (ABORT, 'exists: a clearance is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_subject
                     WHERE uid = NEW.subject_uid AND case_uid = NEW.case_uid AND eliminated IS NULL
                       AND material_digest = NEW.material_digest)
      THEN RAISE (ABORT, 'gate: a clearance is of a subject of the case as it stands')
    WHEN EXISTS (SELECT 1 FROM case_investigator WHERE case_uid = NEW.case_uid AND person = NEW.person)
      THEN RAISE (ABORT, 'separation-of-duties: who investigates does not check')
  END;
END;
CREATE TRIGGER closing_clearance_update BEFORE UPDATE ON closing_clearance
BEGIN SELECT RAISE (ABORT, 'append-only: clearances'); END;
CREATE TRIGGER closing_clearance_delete BEFORE DELETE ON closing_clearance
BEGIN SELECT RAISE (ABORT, 'append-only: clearances'); END;

-- The closing decision. One a case.
CREATE TABLE closing (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL UNIQUE,
  outcome TEXT NOT NULL,
  reasons TEXT NOT NULL CHECK (length (trim (reasons)) >= 1),
  no_subject TEXT, -- why nobody could be checked, where the case is about nobody
  proposal_uid TEXT,
  subjects_digest TEXT NOT NULL,
  clearances_digest TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE TRIGGER closing_insert BEFORE INSERT ON closing
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM closing WHERE id = NEW.id OR uid = NEW.uid OR case_uid = NEW.case_uid)
      THEN RAISE (ABORT, 'exists: a closing decision is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN EXISTS (SELECT 1 FROM investigation_subject AS s
                 WHERE s.case_uid = NEW.case_uid AND s.eliminated IS NULL
                   AND (SELECT count (*) FROM closing_clearance AS c
                        JOIN investigation_case AS i ON i.uid = c.case_uid
                        WHERE c.closing_uid = NEW.uid AND c.case_uid = NEW.case_uid AND c.subject_uid = s.uid
                          AND c.material_digest = s.material_digest AND c.at <= NEW.at
                          AND julianday (NEW.at) - julianday (c.at) <= i.check_age_days) <> 2)
      THEN RAISE (ABORT, 'gate: closed without fresh checks of every subject')
    WHEN (EXISTS (SELECT 1 FROM investigation_subject WHERE case_uid = NEW.case_uid AND eliminated IS NULL))
         IS (coalesce (trim (NEW.no_subject), '') <> '')
      THEN RAISE (ABORT, 'gate: a case about nobody says so, and no other')
    WHEN EXISTS (SELECT 1 FROM case_investigator WHERE case_uid = NEW.case_uid AND person = NEW.person)
         OR EXISTS (SELECT 1 FROM closing_clearance WHERE closing_uid = NEW.uid AND person = NEW.person)
         OR EXISTS (SELECT 1 FROM investigation_subject WHERE case_uid = NEW.case_uid AND 'staff:' || staff_number = NEW.person)
      THEN RAISE (ABORT, 'separation-of-duties: subject, investigator, checkers and decider are different people')
    WHEN (NEW.outcome NOT IN ('finding', 'referred-to-proceedings', 'source-identified', 'referred') OR NEW.proposal_uid IS NOT NULL)
         AND NOT EXISTS (SELECT 1 FROM closing_proposal AS p
                         WHERE p.uid = NEW.proposal_uid AND p.case_uid = NEW.case_uid AND p.outcome = NEW.outcome
                           AND p.subjects_digest = NEW.subjects_digest AND p.person IS NOT NEW.person AND p.at <= NEW.at)
      THEN RAISE (ABORT, 'second-person: no further action wants two')
  END;
END;
CREATE TRIGGER closing_update BEFORE UPDATE ON closing
BEGIN SELECT RAISE (ABORT, 'decided: a closing decision does not change'); END;
CREATE TRIGGER closing_delete BEFORE DELETE ON closing
BEGIN SELECT RAISE (ABORT, 'append-only: closing decisions'); END;
