-- SPDX-License-Identifier: GPL-3.0-or-later
-- What every case has: stage history, actions, log, decisions, links, checklists. The same in registers, standards and intelligence.
--
-- Parts name their case by its uid: cases of several kinds stand in tables of their own, one compartment
-- can hold more than one kind. As elsewhere each BEFORE INSERT refuses a key that is already there,
-- since OR REPLACE removes rows without asking a DELETE trigger.

-- What the log of another compartment told of a case that came here from there, entry by entry as it was
-- signed: so what is proved by the log stays proved. Empty where no case came.
CREATE TABLE carried_entry (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  compartment TEXT NOT NULL, -- whose log it is of
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  verb TEXT NOT NULL,
  kind TEXT,
  record TEXT,
  field TEXT,
  value_digest BLOB,
  prev BLOB NOT NULL,
  hash BLOB NOT NULL,
  signature BLOB NOT NULL,
  salt BLOB, -- with the values: absent where there were none, or they had been erased
  old TEXT,
  new TEXT,
  UNIQUE (compartment, seq, hash)
);
CREATE INDEX carried_entry_by_record ON carried_entry (record);
CREATE TRIGGER carried_entry_insert BEFORE INSERT ON carried_entry
WHEN EXISTS (SELECT 1 FROM carried_entry WHERE id = NEW.id OR (compartment = NEW.compartment AND seq = NEW.seq AND hash = NEW.hash))
BEGIN SELECT RAISE (ABORT, 'exists: an entry is carried once'); END;
CREATE TRIGGER carried_entry_update BEFORE UPDATE ON carried_entry
BEGIN SELECT RAISE (ABORT, 'append-only: carried entries'); END;
CREATE TRIGGER carried_entry_delete BEFORE DELETE ON carried_entry
BEGIN SELECT RAISE (ABORT, 'append-only: carried entries'); END;

CREATE VIEW logged_entry AS
SELECT at, account, verb, kind, record, field FROM audit_entry
UNION ALL
SELECT at, account, verb, kind, record, field FROM carried_entry;

-- References that were ever given here, so that none is given twice, even after a case was erased.
CREATE TABLE case_reference (
  reference TEXT PRIMARY KEY NOT NULL
) WITHOUT ROWID;
CREATE TRIGGER case_reference_insert BEFORE INSERT ON case_reference
WHEN EXISTS (SELECT 1 FROM case_reference WHERE reference = NEW.reference)
BEGIN SELECT RAISE (ABORT, 'exists: a reference is never used again'); END;
CREATE TRIGGER case_reference_update BEFORE UPDATE ON case_reference
BEGIN SELECT RAISE (ABORT, 'append-only: references'); END;
CREATE TRIGGER case_reference_delete BEFORE DELETE ON case_reference
BEGIN SELECT RAISE (ABORT, 'append-only: references'); END;

-- Where a case stood and since when; who moved it and why.
CREATE TABLE case_stage (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  stage TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  account TEXT NOT NULL,
  reason TEXT
);
CREATE INDEX case_stage_case ON case_stage (case_uid, id);
CREATE TRIGGER case_stage_insert BEFORE INSERT ON case_stage
WHEN EXISTS (SELECT 1 FROM case_stage WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: the history of stages is never replaced'); END;
CREATE TRIGGER case_stage_update BEFORE UPDATE ON case_stage
BEGIN SELECT RAISE (ABORT, 'append-only: the history of stages'); END;
CREATE TRIGGER case_stage_delete BEFORE DELETE ON case_stage
BEGIN SELECT RAISE (ABORT, 'append-only: the history of stages'); END;

-- What is to be done. Deadlines are days. An intrusive action is started only under the assessment
-- that allows it, named in authorised_by.
CREATE TABLE case_action (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  case_uid TEXT NOT NULL,
  number INTEGER NOT NULL,
  title TEXT NOT NULL CHECK (length (title) >= 1),
  what TEXT,
  owner TEXT NOT NULL,
  soft_deadline TEXT CHECK (soft_deadline IS date (soft_deadline)),
  hard_deadline TEXT CHECK (hard_deadline IS date (hard_deadline)),
  intrusive INTEGER NOT NULL DEFAULT 0 CHECK (intrusive IN (0, 1)),
  authorised_by TEXT,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'started', 'done', 'cancelled')),
  result TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  started TEXT,
  started_by TEXT,
  finished TEXT,
  finished_by TEXT,
  UNIQUE (case_uid, number)
);
CREATE INDEX case_action_open ON case_action (state, owner) WHERE state IN ('open', 'started');

-- What happened to an action, and why.
CREATE TABLE case_action_event (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  action_uid TEXT NOT NULL,
  case_uid TEXT NOT NULL,
  version INTEGER NOT NULL,
  what TEXT NOT NULL CHECK (what IN ('added', 'assigned', 'soft-deadline', 'hard-deadline', 'started', 'done', 'cancelled')),
  old TEXT,
  new TEXT,
  reason TEXT,
  account TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX case_action_event_action ON case_action_event (action_uid, id);
CREATE INDEX case_action_event_case ON case_action_event (case_uid, id);
CREATE TRIGGER case_action_event_insert BEFORE INSERT ON case_action_event
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM case_action_event WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: the history of actions is never replaced')
    WHEN (NEW.what = 'cancelled' OR (NEW.what = 'hard-deadline' AND NEW.old IS NOT NULL)) AND coalesce (trim (NEW.reason), '') = ''
      THEN RAISE (ABORT, 'reason: a hard deadline is moved, and an action cancelled, for a reason')
  END;
END;
CREATE TRIGGER case_action_event_update BEFORE UPDATE ON case_action_event
BEGIN SELECT RAISE (ABORT, 'append-only: the history of actions'); END;
CREATE TRIGGER case_action_event_delete BEFORE DELETE ON case_action_event
BEGIN SELECT RAISE (ABORT, 'append-only: the history of actions'); END;

CREATE TRIGGER case_action_insert BEFORE INSERT ON case_action
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM case_action WHERE id = NEW.id OR uid = NEW.uid OR (case_uid = NEW.case_uid AND number = NEW.number))
      THEN RAISE (ABORT, 'exists: an action is never replaced')
    WHEN NEW.state IS NOT 'open' OR NEW.version IS NOT 1 OR NEW.authorised_by IS NOT NULL
      THEN RAISE (ABORT, 'state: an action begins open')
  END;
END;
CREATE TRIGGER case_action_update BEFORE UPDATE ON case_action
BEGIN
  SELECT CASE
    WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.number IS NOT OLD.number
         OR NEW.title IS NOT OLD.title OR NEW.what IS NOT OLD.what OR NEW.intrusive IS NOT OLD.intrusive
         OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
      THEN RAISE (ABORT, 'fixed: what an action is does not change')
    WHEN NEW.version IS NOT OLD.version + 1
      THEN RAISE (ABORT, 'version: each change is one')
    WHEN NEW.state IS NULL OR NEW.state NOT IN ('open', 'started', 'done', 'cancelled')
      THEN RAISE (ABORT, 'state: not one of them')
    WHEN OLD.state IN ('done', 'cancelled') OR (OLD.state = 'started' AND NEW.state = 'open')
      THEN RAISE (ABORT, 'state: a finished action stays so')
    WHEN NEW.intrusive AND NEW.state IN ('started', 'done') AND NEW.authorised_by IS NULL
      THEN RAISE (ABORT, 'intrusive: the public-interest assessment comes first')
    WHEN NEW.hard_deadline IS NOT OLD.hard_deadline AND OLD.hard_deadline IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM case_action_event
                         WHERE action_uid = OLD.uid AND version = NEW.version AND what = 'hard-deadline'
                           AND old IS OLD.hard_deadline AND new IS NEW.hard_deadline)
      THEN RAISE (ABORT, 'reason: a hard deadline is moved for a reason')
  END;
END;
CREATE TRIGGER case_action_delete BEFORE DELETE ON case_action
BEGIN SELECT RAISE (ABORT, 'append-only: actions are cancelled, not removed'); END;

-- The case log. A correction is an entry of its own that names the one it corrects.
CREATE TABLE case_log (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL CHECK (length (text) >= 1),
  corrects TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX case_log_case ON case_log (case_uid, id);
CREATE TRIGGER case_log_insert BEFORE INSERT ON case_log
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM case_log WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a log entry is never replaced')
    WHEN NEW.corrects IS NOT NULL AND NOT EXISTS (SELECT 1 FROM case_log WHERE uid = NEW.corrects AND case_uid = NEW.case_uid)
      THEN RAISE (ABORT, 'corrects: an entry of the same case')
  END;
END;
CREATE TRIGGER case_log_update BEFORE UPDATE ON case_log
BEGIN SELECT RAISE (ABORT, 'append-only: the case log'); END;
CREATE TRIGGER case_log_delete BEFORE DELETE ON case_log
BEGIN SELECT RAISE (ABORT, 'append-only: the case log'); END;

-- The decision log, by the headings of the National Decision Model. An amendment is a row of its own,
-- by the same person, within 24 hours of the first; then the decision is sealed.
CREATE TABLE case_decision (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  decision_uid TEXT NOT NULL, -- of the first row: its own uid
  amendment INTEGER NOT NULL, -- 0, 1, 2, …
  number INTEGER NOT NULL,    -- of the decision within its case
  title TEXT NOT NULL CHECK (length (title) >= 1),
  information TEXT,
  threat TEXT,
  powers TEXT,
  options TEXT NOT NULL CHECK (length (options) >= 1),
  action TEXT,
  ethics TEXT,
  reasons TEXT NOT NULL CHECK (length (reasons) >= 1),
  decided_by TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (decision_uid, amendment)
);
CREATE INDEX case_decision_case ON case_decision (case_uid, number, amendment);
CREATE TRIGGER case_decision_insert BEFORE INSERT ON case_decision
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM case_decision
                 WHERE id = NEW.id OR uid = NEW.uid OR (decision_uid = NEW.decision_uid AND amendment = NEW.amendment))
      THEN RAISE (ABORT, 'exists: a decision is never replaced')
    WHEN NEW.amendment IS 0
         AND (NEW.decision_uid IS NOT NEW.uid
              OR NEW.number IS NOT (SELECT coalesce (max (number), 0) + 1 FROM case_decision WHERE case_uid = NEW.case_uid))
      THEN RAISE (ABORT, 'decision: numbered without a gap')
    WHEN NEW.amendment IS NOT 0
         AND NOT EXISTS (SELECT 1 FROM case_decision AS o
                         WHERE o.uid = NEW.decision_uid AND o.amendment = 0 AND o.case_uid = NEW.case_uid AND o.number = NEW.number
                           AND o.person = NEW.person
                           AND NEW.at >= o.at AND julianday (NEW.at) - julianday (o.at) <= 1.0
                           AND NEW.amendment = (SELECT max (amendment) + 1 FROM case_decision WHERE decision_uid = o.uid))
      THEN RAISE (ABORT, 'sealed: a decision is amended by its author, within 24 hours')
  END;
END;
CREATE TRIGGER case_decision_update BEFORE UPDATE ON case_decision
BEGIN SELECT RAISE (ABORT, 'sealed: decisions'); END;
CREATE TRIGGER case_decision_delete BEFORE DELETE ON case_decision
BEGIN SELECT RAISE (ABORT, 'sealed: decisions'); END;

-- Links between any two records, kept in the higher of their compartments. A removal is a row of its own.
CREATE TABLE case_link (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  link_uid TEXT NOT NULL, -- of the row that made the link: its own uid
  state TEXT NOT NULL CHECK (state IN ('linked', 'removed')),
  from_kind TEXT NOT NULL,
  from_uid TEXT NOT NULL,
  to_kind TEXT NOT NULL,
  to_uid TEXT NOT NULL,
  type TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length (reason) >= 1),
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (link_uid, state)
);
CREATE INDEX case_link_from ON case_link (from_uid, id);
CREATE INDEX case_link_to ON case_link (to_uid, id);
CREATE TRIGGER case_link_insert BEFORE INSERT ON case_link
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM case_link WHERE id = NEW.id OR uid = NEW.uid OR (link_uid = NEW.link_uid AND state = NEW.state))
      THEN RAISE (ABORT, 'exists: a link is never replaced')
    WHEN NEW.state IS 'linked' AND (NEW.link_uid IS NOT NEW.uid OR NEW.from_uid IS NEW.to_uid)
      THEN RAISE (ABORT, 'link: two records')
    WHEN NEW.state IS NOT 'linked'
         AND NOT EXISTS (SELECT 1 FROM case_link
                         WHERE uid = NEW.link_uid AND state = 'linked' AND from_kind = NEW.from_kind AND from_uid = NEW.from_uid
                           AND to_kind = NEW.to_kind AND to_uid = NEW.to_uid AND type = NEW.type)
      THEN RAISE (ABORT, 'link: only one that was made is removed')
  END;
END;
CREATE TRIGGER case_link_update BEFORE UPDATE ON case_link
BEGIN SELECT RAISE (ABORT, 'append-only: links'); END;
CREATE TRIGGER case_link_delete BEFORE DELETE ON case_link
BEGIN SELECT RAISE (ABORT, 'append-only: links'); END;

-- The profile's checklist of a stage as it was put to the case; putting it again adds what is new.
CREATE TABLE case_checklist (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1,
  case_uid TEXT NOT NULL,
  stage TEXT NOT NULL,
  code TEXT NOT NULL,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  rule TEXT,
  profile_name TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  applied_at TEXT NOT NULL,
  applied_by TEXT NOT NULL,
  answer TEXT CHECK (answer IN ('done', 'not-applicable')),
  note TEXT,
  answered_at TEXT,
  answered_by TEXT,
  UNIQUE (case_uid, stage, code)
);
CREATE TRIGGER case_checklist_insert BEFORE INSERT ON case_checklist
WHEN EXISTS (SELECT 1 FROM case_checklist
             WHERE id = NEW.id OR uid = NEW.uid OR (case_uid = NEW.case_uid AND stage = NEW.stage AND code = NEW.code))
BEGIN SELECT RAISE (ABORT, 'exists: what a checklist asked is never replaced'); END;
CREATE TRIGGER case_checklist_update BEFORE UPDATE ON case_checklist
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.stage IS NOT OLD.stage
  OR NEW.code IS NOT OLD.code OR NEW.text IS NOT OLD.text OR NEW.rule IS NOT OLD.rule
  OR NEW.applied_at IS NOT OLD.applied_at OR NEW.applied_by IS NOT OLD.applied_by
  OR NEW.version IS NOT OLD.version + 1
BEGIN SELECT RAISE (ABORT, 'fixed: what a checklist asked does not change'); END;
CREATE TRIGGER case_checklist_delete BEFORE DELETE ON case_checklist
BEGIN SELECT RAISE (ABORT, 'append-only: what a checklist asked'); END;
