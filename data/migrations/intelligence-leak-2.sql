-- SPDX-License-Identifier: GPL-3.0-or-later
-- intelligence, version 2: leak investigations (inappropriate disclosure).

CREATE TABLE leak (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  reference TEXT NOT NULL UNIQUE CHECK (length (reference) BETWEEN 1 AND 64),
  title TEXT NOT NULL COLLATE NOCASE CHECK (length (title) >= 1),
  marking TEXT NOT NULL CHECK (marking IN ('official', 'official-sensitive')),
  summary TEXT,
  owner TEXT NOT NULL, -- account name
  investigating_officer TEXT, -- staff number
  received TEXT NOT NULL CHECK (received IS date (received)),
  decided_to_investigate TEXT CHECK (decided_to_investigate IS date (decided_to_investigate)),
  investigate_reason TEXT,
  item TEXT NOT NULL, -- what was disclosed
  item_marking TEXT,
  item_created TEXT CHECK (item_created IS date (item_created)),
  discovered TEXT CHECK (discovered IS date (discovered)),
  discovered_by TEXT,
  corruption_category TEXT,
  stage TEXT NOT NULL,
  outcome TEXT,
  closed TEXT CHECK (closed IS date (closed)),
  check_age_days INTEGER NOT NULL,
  profile_name TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  subjects TEXT,
  sort_subjects TEXT,
  search_text TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed TEXT NOT NULL
);
CREATE INDEX leak_by_received ON leak (received, id);
CREATE INDEX leak_by_title ON leak (title, id);
CREATE INDEX leak_by_stage ON leak (stage, id);
CREATE INDEX leak_by_owner ON leak (owner, id);
CREATE INDEX leak_by_subjects ON leak (sort_subjects, id);
CREATE INDEX leak_by_decided ON leak (decided_to_investigate, id);
CREATE INDEX leak_by_closed ON leak (closed, id);

-- Whom the case is about. Nobody is removed: who is found to have no part in it is eliminated, with a
-- reason. `subject` is what checks call them. At the closing of the case the eliminated are masked:
-- their number is kept for the lock alone, until disposal.
CREATE TABLE leak_subject (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  leak_id INTEGER NOT NULL REFERENCES leak (id),
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
  UNIQUE (leak_id, position),
  CHECK (staff_number IS NOT NULL OR name IS NOT NULL OR date_of_birth IS NOT NULL)
);
CREATE INDEX leak_subject_by_staff_number ON leak_subject (staff_number, leak_id);
CREATE INDEX leak_subject_by_known_number ON leak_subject (known_number, leak_id) WHERE known_number IS NOT NULL;
CREATE TRIGGER leak_subject_insert BEFORE INSERT ON leak_subject
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_subject WHERE id = NEW.id OR uid = NEW.uid OR (leak_id = NEW.leak_id AND position = NEW.position))
      THEN RAISE (ABORT, 'exists: a subject is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM leak WHERE id = NEW.leak_id AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN NEW.eliminated IS NOT NULL OR NEW.masked IS NOT NULL
      THEN RAISE (ABORT, 'subject: nobody begins eliminated')
  END;
END;
CREATE TRIGGER leak_subject_update BEFORE UPDATE ON leak_subject
BEGIN
  SELECT CASE
    WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.leak_id IS NOT OLD.leak_id OR NEW.position IS NOT OLD.position
         OR NEW.material_digest IS NOT OLD.material_digest OR NEW.reason IS NOT OLD.reason
         OR NEW.added IS NOT OLD.added OR NEW.added_by IS NOT OLD.added_by
      THEN RAISE (ABORT, 'fixed: who a subject is does not change')
    WHEN OLD.eliminated IS NOT NULL
         AND (NEW.eliminated IS NOT OLD.eliminated OR NEW.eliminated_by IS NOT OLD.eliminated_by
              OR NEW.elimination_reason IS NOT OLD.elimination_reason)
      THEN RAISE (ABORT, 'append-only: an elimination stands')
    WHEN NEW.eliminated IS NOT NULL AND OLD.eliminated IS NULL
         AND (NEW.eliminated_by IS NULL OR coalesce (trim (NEW.elimination_reason), '') = ''
              OR NOT EXISTS (SELECT 1 FROM leak WHERE id = OLD.leak_id AND closed IS NULL))
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
CREATE TRIGGER leak_subject_delete BEFORE DELETE ON leak_subject
BEGIN SELECT RAISE (ABORT, 'append-only: subjects'); END;

CREATE VIEW investigation_subject AS
SELECT s.uid, c.uid AS case_uid, s.subject, s.staff_number, s.material_digest, s.eliminated
  FROM leak_subject AS s JOIN leak AS c ON c.id = s.leak_id;

CREATE VIEW investigation_case AS
SELECT uid, closed, outcome, check_age_days FROM leak;

CREATE TRIGGER leak_insert BEFORE INSERT ON leak
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak WHERE id = NEW.id OR uid = NEW.uid OR reference = NEW.reference)
      THEN RAISE (ABORT, 'exists: a case is never replaced')
    WHEN NEW.outcome IS NOT NULL OR NEW.closed IS NOT NULL OR NEW.stage = 'closed'
      THEN RAISE (ABORT, 'gate: a case begins open')
    WHEN NEW.decided_to_investigate IS NOT NULL
      THEN RAISE (ABORT, 'decision: to investigate is decided once the case is there')
  END;
END;
CREATE TRIGGER leak_update BEFORE UPDATE ON leak
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
CREATE TRIGGER leak_delete BEFORE DELETE ON leak
BEGIN SELECT RAISE (ABORT, 'append-only: a case is closed, it is not deleted'); END;

-- The systems and records that the item sits in; words: those of the publication that stand there.
CREATE TABLE leak_record (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  system TEXT NOT NULL,
  record TEXT,
  description TEXT,
  held_since TEXT CHECK (held_since IS date (held_since)),
  words TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_record_case ON leak_record (case_uid, id);
CREATE TRIGGER leak_record_insert BEFORE INSERT ON leak_record
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_record WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER leak_record_update BEFORE UPDATE ON leak_record
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER leak_record_delete BEFORE DELETE ON leak_record
BEGIN SELECT RAISE (ABORT, 'append-only: record'); END;

-- Where and when it appeared.
CREATE TABLE leak_publication (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  outlet TEXT NOT NULL,
  author TEXT,
  platform TEXT,
  address TEXT,
  published TEXT,
  quoted_words TEXT,
  earliest_seen TEXT,
  seen_by TEXT,
  how_captured TEXT,
  note TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_publication_case ON leak_publication (case_uid, id);
CREATE TRIGGER leak_publication_insert BEFORE INSERT ON leak_publication
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_publication WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER leak_publication_update BEFORE UPDATE ON leak_publication
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER leak_publication_delete BEFORE DELETE ON leak_publication
BEGIN SELECT RAISE (ABORT, 'append-only: publication'); END;

-- Lines of enquiry.
CREATE TABLE leak_line (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  title TEXT NOT NULL,
  reason TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'completed', 'not-pursued')),
  result TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_line_case ON leak_line (case_uid, id);
CREATE TRIGGER leak_line_insert BEFORE INSERT ON leak_line
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_line WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER leak_line_update BEFORE UPDATE ON leak_line
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER leak_line_delete BEFORE DELETE ON leak_line
BEGIN SELECT RAISE (ABORT, 'append-only: line'); END;

-- Journalists and outlets; recorded_contact: what the media contact record holds. "No record" is a finding, not guilt.
CREATE TABLE leak_outlet (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  outlet TEXT NOT NULL,
  journalist TEXT,
  contact TEXT,
  recorded_contact TEXT,
  note TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_outlet_case ON leak_outlet (case_uid, id);
CREATE TRIGGER leak_outlet_insert BEFORE INSERT ON leak_outlet
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_outlet WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER leak_outlet_update BEFORE UPDATE ON leak_outlet
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER leak_outlet_delete BEFORE DELETE ON leak_outlet
BEGIN SELECT RAISE (ABORT, 'append-only: outlet'); END;

CREATE TABLE leak_harm (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'operation', 'source', 'victim', 'confidence', 'financial', 'other')),
  to_whom TEXT,
  description TEXT NOT NULL,
  severity TEXT CHECK (severity IN ('low', 'medium', 'high', 'severe')),
  mitigation TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_harm_case ON leak_harm (case_uid, id);
CREATE TRIGGER leak_harm_insert BEFORE INSERT ON leak_harm
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_harm WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER leak_harm_update BEFORE UPDATE ON leak_harm
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER leak_harm_delete BEFORE DELETE ON leak_harm
BEGIN SELECT RAISE (ABORT, 'append-only: harm'); END;

-- Public interest and protected disclosure; each is kept and the newest counts. Nothing intrusive is
-- started against who made a protected disclosure.
CREATE TABLE leak_assessment (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  public_interest TEXT NOT NULL CHECK (length (trim (public_interest)) >= 1),
  protected_disclosure TEXT NOT NULL CHECK (protected_disclosure IN ('no', 'possibly', 'yes')),
  protected_reasons TEXT NOT NULL CHECK (length (trim (protected_reasons)) >= 1),
  necessity TEXT NOT NULL,
  proportionality TEXT NOT NULL,
  intrusion TEXT NOT NULL CHECK (intrusion IN ('permitted', 'not-permitted')),
  assessed TEXT NOT NULL CHECK (assessed IS date (assessed)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK (protected_disclosure <> 'yes' OR intrusion = 'not-permitted')
);
CREATE INDEX leak_assessment_case ON leak_assessment (case_uid, id);
CREATE TRIGGER leak_assessment_insert BEFORE INSERT ON leak_assessment
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_assessment WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
CREATE TRIGGER leak_assessment_update BEFORE UPDATE ON leak_assessment
BEGIN SELECT RAISE (ABORT, 'append-only: assessment'); END;
CREATE TRIGGER leak_assessment_delete BEFORE DELETE ON leak_assessment
BEGIN SELECT RAISE (ABORT, 'append-only: assessment'); END;

CREATE TABLE leak_learning (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  learning TEXT NOT NULL,
  for_whom TEXT,
  done TEXT CHECK (done IS date (done)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_learning_case ON leak_learning (case_uid, id);
CREATE TRIGGER leak_learning_insert BEFORE INSERT ON leak_learning
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM leak_learning WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
  END;
END;
CREATE TRIGGER leak_learning_update BEFORE UPDATE ON leak_learning
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER leak_learning_delete BEFORE DELETE ON leak_learning
BEGIN SELECT RAISE (ABORT, 'append-only: learning'); END;
