-- SPDX-License-Identifier: GPL-3.0-or-later
-- Exhibits of cases and their continuity. The same in registers, standards and intelligence.

-- A file below exhibits/: content that one or more exhibits have. name is the keyed hash of sha256.
CREATE TABLE exhibit_file (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  sha256 TEXT NOT NULL UNIQUE CHECK (length (sha256) = 64),
  name TEXT NOT NULL UNIQUE CHECK (length (name) = 64),
  size INTEGER NOT NULL CHECK (size >= 0),
  created TEXT NOT NULL
);

CREATE TRIGGER exhibit_file_insert BEFORE INSERT ON exhibit_file
WHEN EXISTS (SELECT 1 FROM exhibit_file WHERE id = NEW.id OR sha256 = NEW.sha256 OR name = NEW.name)
BEGIN
  SELECT RAISE (ABORT, 'exhibit-file: what was taken in does not change');
END;

CREATE TRIGGER exhibit_file_update BEFORE UPDATE ON exhibit_file
BEGIN
  SELECT RAISE (ABORT, 'exhibit-file: what was taken in does not change');
END;

CREATE TRIGGER exhibit_file_delete BEFORE DELETE ON exhibit_file
BEGIN
  SELECT RAISE (ABORT, 'exhibit-file: what was taken in does not go');
END;

-- reference is initials/number (AB/1), counted for each case and initials. received is when it came into the
-- force's hands, sha256 what it was at intake. Signed by account.
CREATE TABLE exhibit (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_kind TEXT NOT NULL,
  case_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  initials TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  description TEXT NOT NULL,
  received TEXT NOT NULL,
  received_from TEXT,
  place TEXT,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  sha256 TEXT NOT NULL REFERENCES exhibit_file (sha256),
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL CHECK (length (signature) = 64),
  UNIQUE (case_uid, reference)
);
CREATE INDEX exhibit_case ON exhibit (case_uid, initials, number);
CREATE INDEX exhibit_sha256 ON exhibit (sha256);

CREATE TRIGGER exhibit_insert BEFORE INSERT ON exhibit
WHEN EXISTS (SELECT 1 FROM exhibit WHERE id = NEW.id OR uid = NEW.uid OR (case_uid = NEW.case_uid AND reference = NEW.reference))
  OR NEW.reference IS NOT NEW.initials || '/' || NEW.number
  OR NOT EXISTS (SELECT 1 FROM exhibit_file WHERE sha256 = NEW.sha256 AND size = NEW.size)
BEGIN
  SELECT RAISE (ABORT, 'exhibit: what was taken in does not change');
END;

CREATE TRIGGER exhibit_update BEFORE UPDATE ON exhibit
BEGIN
  SELECT RAISE (ABORT, 'exhibit: what was taken in does not change');
END;

CREATE TRIGGER exhibit_delete BEFORE DELETE ON exhibit
BEGIN
  SELECT RAISE (ABORT, 'exhibit: what was taken in does not go');
END;

-- Who had it in hand, when, why. What betrays interest (viewed, verified, disclosed) stands in the highest
-- compartment that its reader holds, so exhibit_uid may be one of another compartment. Signed by account.
CREATE TABLE exhibit_continuity (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  exhibit_uid TEXT NOT NULL,
  case_uid TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('taken-in', 'viewed', 'verified', 'disclosed', 'moved')),
  -- disclosed: to whom; moved: where to or to whom; verified: whole, missing or damaged.
  detail TEXT,
  reason TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL CHECK (length (signature) = 64)
);
CREATE INDEX exhibit_continuity_exhibit ON exhibit_continuity (exhibit_uid, action, id);

CREATE TRIGGER exhibit_continuity_insert BEFORE INSERT ON exhibit_continuity
WHEN EXISTS (SELECT 1 FROM exhibit_continuity WHERE id = NEW.id OR uid = NEW.uid)
BEGIN
  SELECT RAISE (ABORT, 'exhibit-continuity: what happened does not change');
END;

CREATE TRIGGER exhibit_continuity_update BEFORE UPDATE ON exhibit_continuity
BEGIN
  SELECT RAISE (ABORT, 'exhibit-continuity: what happened does not change');
END;

CREATE TRIGGER exhibit_continuity_delete BEFORE DELETE ON exhibit_continuity
BEGIN
  SELECT RAISE (ABORT, 'exhibit-continuity: what happened does not go');
END;
