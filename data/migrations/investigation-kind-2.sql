-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the tables of a kind of investigation have in common, of the table @case@: indexes of its lists, its
-- subjects, and what holds them.

CREATE INDEX @case@_by_received ON @case@ (received, id);
CREATE INDEX @case@_by_title ON @case@ (title, id);
CREATE INDEX @case@_by_stage ON @case@ (stage, id);
CREATE INDEX @case@_by_owner ON @case@ (owner, id);
CREATE INDEX @case@_by_subjects ON @case@ (sort_subjects, id);
CREATE INDEX @case@_by_decided ON @case@ (decided_to_investigate, id);
CREATE INDEX @case@_by_closed ON @case@ (closed, id);

-- Whom the case is about. Nobody is removed: who is found to have no part in it is eliminated, with a
-- reason. `subject` is what checks call them. At the closing of the case the eliminated are masked:
-- their number is kept for the lock alone, until disposal.
CREATE TABLE @case@_subject (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  @case@_id INTEGER NOT NULL REFERENCES @case@ (id),
  position INTEGER NOT NULL,
  staff_number TEXT,
  name TEXT,
  date_of_birth TEXT CHECK (date_of_birth IS date (date_of_birth)),
  -- Whose name and birth date these are; serves the lock alone, where the staff number is missing.
  known_number TEXT,
  subject TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  reason TEXT NOT NULL CHECK (length (trim (reason)) >= 1),
  added TEXT NOT NULL,
  added_by TEXT NOT NULL,
  eliminated TEXT,
  eliminated_by TEXT,
  elimination_reason TEXT,
  masked TEXT,
  disposal_due TEXT CHECK (disposal_due IS date (disposal_due)),
  UNIQUE (@case@_id, position),
  CHECK (staff_number IS NOT NULL OR name IS NOT NULL OR date_of_birth IS NOT NULL)
);
CREATE INDEX @case@_subject_by_staff_number ON @case@_subject (staff_number, @case@_id);
CREATE INDEX @case@_subject_by_known_number ON @case@_subject (known_number, @case@_id) WHERE known_number IS NOT NULL;
CREATE TRIGGER @case@_subject_insert BEFORE INSERT ON @case@_subject
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM @case@_subject WHERE id = NEW.id OR uid = NEW.uid OR (@case@_id = NEW.@case@_id AND position = NEW.position))
      THEN RAISE (ABORT, 'exists: a subject is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM @case@ WHERE id = NEW.@case@_id AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN NEW.eliminated IS NOT NULL OR NEW.masked IS NOT NULL
      THEN RAISE (ABORT, 'subject: nobody begins eliminated')
  END;
END;
CREATE TRIGGER @case@_subject_update BEFORE UPDATE ON @case@_subject
BEGIN
  SELECT CASE
    WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.@case@_id IS NOT OLD.@case@_id OR NEW.position IS NOT OLD.position
         OR NEW.material_digest IS NOT OLD.material_digest OR NEW.reason IS NOT OLD.reason
         OR NEW.added IS NOT OLD.added OR NEW.added_by IS NOT OLD.added_by
      THEN RAISE (ABORT, 'fixed: who a subject is does not change')
    WHEN OLD.eliminated IS NOT NULL
         AND (NEW.eliminated IS NOT OLD.eliminated OR NEW.eliminated_by IS NOT OLD.eliminated_by
              OR NEW.elimination_reason IS NOT OLD.elimination_reason)
      THEN RAISE (ABORT, 'append-only: an elimination stands')
    WHEN NEW.eliminated IS NOT NULL AND OLD.eliminated IS NULL
         AND (NEW.eliminated_by IS NULL OR coalesce (trim (NEW.elimination_reason), '') = ''
              OR NOT EXISTS (SELECT 1 FROM @case@ WHERE id = OLD.@case@_id AND closed IS NULL))
      THEN RAISE (ABORT, 'reason: nobody is eliminated without a reason, nor from a closed case')
    WHEN OLD.masked IS NOT NULL OR (NEW.masked IS NOT NULL AND NEW.eliminated IS NULL)
      THEN RAISE (ABORT, 'masked: only the eliminated, and once')
    WHEN NEW.masked IS NULL
         AND (NEW.staff_number IS NOT OLD.staff_number OR NEW.name IS NOT OLD.name OR NEW.date_of_birth IS NOT OLD.date_of_birth
              OR NEW.subject IS NOT OLD.subject OR NEW.known_number IS NOT OLD.known_number)
      THEN RAISE (ABORT, 'fixed: who a subject is does not change')
    WHEN NEW.masked IS NOT NULL AND NEW.known_number IS NOT coalesce (OLD.known_number, OLD.staff_number)
      THEN RAISE (ABORT, 'masked: the lock stays')
  END;
END;
CREATE TRIGGER @case@_subject_delete BEFORE DELETE ON @case@_subject
BEGIN SELECT RAISE (ABORT, 'append-only: subjects'); END;

CREATE VIEW investigation_subject AS
SELECT s.uid, c.uid AS case_uid, s.subject, s.staff_number, s.material_digest, s.eliminated
  FROM @case@_subject AS s JOIN @case@ AS c ON c.id = s.@case@_id;

CREATE VIEW investigation_case AS
SELECT uid, closed, outcome, check_age_days FROM @case@;

CREATE TRIGGER @case@_insert BEFORE INSERT ON @case@
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM @case@ WHERE id = NEW.id OR uid = NEW.uid OR reference = NEW.reference)
      THEN RAISE (ABORT, 'exists: a case is never replaced')
    WHEN NEW.outcome IS NOT NULL OR NEW.closed IS NOT NULL OR NEW.stage = 'closed'
      THEN RAISE (ABORT, 'gate: a case begins open')
    WHEN NEW.decided_to_investigate IS NOT NULL
      THEN RAISE (ABORT, 'decision: to investigate is decided once the case is there')
  END;
END;
CREATE TRIGGER @case@_update BEFORE UPDATE ON @case@
BEGIN
  SELECT CASE
    WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.reference IS NOT OLD.reference
         OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by OR NEW.received IS NOT OLD.received
         OR NEW.profile_name IS NOT OLD.profile_name OR NEW.profile_version IS NOT OLD.profile_version
         OR NEW.check_age_days IS NOT OLD.check_age_days
      THEN RAISE (ABORT, 'fixed: what a case began as does not change')
    WHEN OLD.closed IS NOT NULL
         AND (NEW.outcome IS NOT OLD.outcome OR NEW.closed IS NOT OLD.closed OR NEW.stage IS NOT OLD.stage OR NEW.owner IS NOT OLD.owner
              OR NEW.decided_to_investigate IS NOT OLD.decided_to_investigate)
      THEN RAISE (ABORT, 'decided: a closed case stays so')
    WHEN OLD.decided_to_investigate IS NOT NULL
         AND (NEW.decided_to_investigate IS NOT OLD.decided_to_investigate OR NEW.investigate_reason IS NOT OLD.investigate_reason)
      THEN RAISE (ABORT, 'decision: to investigate is decided once')
    WHEN NEW.decided_to_investigate IS NOT NULL
         AND (coalesce (trim (NEW.investigate_reason), '') = '' OR NEW.decided_to_investigate < OLD.received)
      THEN RAISE (ABORT, 'decision: to investigate is decided after receipt and for a reason')
    WHEN (NEW.closed IS NULL) IS NOT (NEW.outcome IS NULL) OR (NEW.closed IS NULL) IS (NEW.stage = 'closed')
      THEN RAISE (ABORT, 'gate: the stage and the outcome do not agree')
    WHEN NEW.closed IS NOT NULL AND OLD.closed IS NULL
         AND NOT EXISTS (SELECT 1 FROM closing
                         WHERE case_uid = OLD.uid AND outcome = NEW.outcome)
      THEN RAISE (ABORT, 'gate: closed without a closing decision')
  END;
END;
CREATE TRIGGER @case@_delete BEFORE DELETE ON @case@
BEGIN SELECT RAISE (ABORT, 'append-only: a case is closed, it is not deleted'); END;
