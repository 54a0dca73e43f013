-- SPDX-License-Identifier: GPL-3.0-or-later
-- Exposure lists of leak investigations: who opened which record when, from imported access logs, and who else held it.
--
-- The rows of a log are columns of packed integers, 65,536 rows a chunk (probity-exposure-builder.h says why); their
-- words stand once in a dictionary of their import. What people see of a log is its people, in rows of their own.

-- What was said of a system's logs the last time one was imported: columns, time zone, clock.
CREATE TABLE exposure_system (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length (name) BETWEEN 1 AND 200),
  mapping TEXT,
  time_zone TEXT NOT NULL,
  clock_error INTEGER NOT NULL CHECK (clock_error BETWEEN 0 AND 86400),
  changed TEXT NOT NULL,
  changed_by TEXT NOT NULL
);

-- A log that was taken in, whole. Times are milliseconds since 1970 by the log's own clock, which is
-- right within clock_error seconds either way. ambiguous: times in an hour that the clocks went through
-- twice, of which the earlier was taken. problems: the first lines that were not taken, as JSON.
CREATE TABLE exposure_import (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  system TEXT NOT NULL CHECK (length (system) >= 1),
  authority TEXT NOT NULL CHECK (length (authority) >= 1),
  necessity TEXT NOT NULL CHECK (length (necessity) >= 1),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length (sha256) = 64),
  bytes INTEGER NOT NULL,
  mapping TEXT,
  time_zone TEXT NOT NULL,
  clock_error INTEGER NOT NULL CHECK (clock_error BETWEEN 0 AND 86400),
  period_from TEXT CHECK (period_from IS date (period_from)),
  period_to TEXT CHECK (period_to IS date (period_to)),
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  rows INTEGER NOT NULL CHECK (rows > 0),
  rejected INTEGER NOT NULL,
  ambiguous INTEGER NOT NULL,
  accounts INTEGER NOT NULL,
  fields INTEGER NOT NULL, -- which of who, record, place, role, unit the log tells: a bit each
  problems TEXT NOT NULL,
  account TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (case_uid, sha256)
);
CREATE TRIGGER exposure_import_insert BEFORE INSERT ON exposure_import
WHEN EXISTS (SELECT 1 FROM exposure_import
             WHERE id = NEW.id OR uid = NEW.uid OR (case_uid = NEW.case_uid AND sha256 = NEW.sha256))
BEGIN SELECT RAISE (ABORT, 'exists: an imported log is never replaced'); END;
-- What was said of lines that were not taken may name people; it goes when the eliminated are masked.
CREATE TRIGGER exposure_import_update BEFORE UPDATE ON exposure_import
WHEN NEW.problems IS NOT '[]' OR NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.system IS NOT OLD.system
  OR NEW.authority IS NOT OLD.authority OR NEW.necessity IS NOT OLD.necessity OR NEW.file_name IS NOT OLD.file_name OR NEW.sha256 IS NOT OLD.sha256
  OR NEW.bytes IS NOT OLD.bytes OR NEW.mapping IS NOT OLD.mapping OR NEW.time_zone IS NOT OLD.time_zone OR NEW.clock_error IS NOT OLD.clock_error
  OR NEW.period_from IS NOT OLD.period_from OR NEW.period_to IS NOT OLD.period_to OR NEW.first_ms IS NOT OLD.first_ms OR NEW.last_ms IS NOT OLD.last_ms
  OR NEW.rows IS NOT OLD.rows OR NEW.rejected IS NOT OLD.rejected OR NEW.ambiguous IS NOT OLD.ambiguous OR NEW.accounts IS NOT OLD.accounts
  OR NEW.fields IS NOT OLD.fields OR NEW.account IS NOT OLD.account OR NEW.at IS NOT OLD.at
BEGIN SELECT RAISE (ABORT, 'fixed: what was imported does not change'); END;

CREATE TABLE exposure_chunk (
  id INTEGER PRIMARY KEY,
  import_id INTEGER NOT NULL REFERENCES exposure_import (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  rows INTEGER NOT NULL CHECK (rows BETWEEN 1 AND 65536),
  first_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  UNIQUE (import_id, number)
);
-- field: 0 to 4 as the bits of exposure_import.fields, 5 the time, 6 the line of the file less the row's place.
CREATE TABLE exposure_column (
  chunk_id INTEGER NOT NULL REFERENCES exposure_chunk (id) ON DELETE CASCADE,
  field INTEGER NOT NULL CHECK (field BETWEEN 0 AND 6),
  data BLOB NOT NULL,
  UNIQUE (chunk_id, field)
);
-- The words of a field, 4,096 a page, each ended by a zero byte; the first of all has number 1, 0 is no word.
CREATE TABLE exposure_words (
  import_id INTEGER NOT NULL REFERENCES exposure_import (id) ON DELETE CASCADE,
  field INTEGER NOT NULL CHECK (field BETWEEN 1 AND 4),
  page INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (import_id, field, page)
);

-- Somebody who stands in a log of the case, or was added by hand. key: `staff:4127` where the staff list has
-- the number, else `account:` and the account. rank and unit as the staff list had them then, so that a
-- step finds tomorrow what it found today. Masked: key is a digest whose salt nobody has, the rest is gone,
-- and gone_step keeps the number of the step that they went with.
CREATE TABLE exposure_person (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  key TEXT NOT NULL,
  staff_number TEXT,
  name TEXT,
  rank TEXT,
  unit TEXT,
  masked TEXT,
  gone_step INTEGER,
  UNIQUE (case_uid, key),
  CHECK (masked IS NULL OR (staff_number IS NULL AND name IS NULL AND rank IS NULL AND unit IS NULL AND gone_step IS NOT NULL))
);

-- Everybody of a case in the order of id, without sorting.
CREATE INDEX exposure_person_case ON exposure_person (case_uid);

-- The accounts of a log as it writes them; number is what its chunks hold.
CREATE TABLE exposure_account (
  import_id INTEGER NOT NULL REFERENCES exposure_import (id) ON DELETE CASCADE,
  number INTEGER NOT NULL CHECK (number > 0),
  person_id INTEGER NOT NULL REFERENCES exposure_person (id),
  account TEXT NOT NULL,
  PRIMARY KEY (import_id, number)
) WITHOUT ROWID;
CREATE INDEX exposure_account_person ON exposure_account (person_id);

-- Exposed without a log: told, written to, at somebody else's log-on.
CREATE TABLE exposure_addition (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES exposure_person (id),
  manner TEXT NOT NULL CHECK (manner IN ('briefed', 'e-mailed', 'shared-log-on', 'other')),
  reason TEXT NOT NULL CHECK (length (reason) >= 1),
  account TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX exposure_addition_case ON exposure_addition (case_uid, id);
CREATE TRIGGER exposure_addition_insert BEFORE INSERT ON exposure_addition
WHEN EXISTS (SELECT 1 FROM exposure_addition WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: an addition is never replaced'); END;

-- The steps of the narrowing, and their undoing, which is a step of its own; the list follows from the rows that
-- were not undone, whoever reckons it and when. words: JSON array of what a step names; people: JSON
-- array of ids of exposure_person, so that no name stands here. keep 1: only these stay; 0: these go.
CREATE TABLE exposure_step (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('window', 'records', 'places', 'roles', 'units', 'eliminated', 'exclusion', 'undo')),
  keep INTEGER NOT NULL CHECK (keep IN (0, 1)),
  from_ms INTEGER,
  until_ms INTEGER,
  words TEXT,
  people TEXT,
  reason TEXT,
  undoes INTEGER REFERENCES exposure_step (id),
  account TEXT NOT NULL,
  at TEXT NOT NULL,
  UNIQUE (case_uid, number),
  CHECK (kind <> 'window' OR (until_ms IS NOT NULL AND (from_ms IS NULL OR from_ms <= until_ms))),
  CHECK (kind NOT IN ('records', 'places', 'roles', 'units') OR coalesce (json_array_length (words), 0) > 0),
  CHECK (kind NOT IN ('eliminated', 'exclusion') OR (keep = 0 AND people IS NOT NULL)),
  CHECK (kind <> 'exclusion' OR coalesce (length (trim (reason)), 0) >= 1),
  CHECK ((kind = 'undo') = (undoes IS NOT NULL))
);
CREATE TRIGGER exposure_step_insert BEFORE INSERT ON exposure_step
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM exposure_step
                 WHERE id = NEW.id OR uid = NEW.uid OR (case_uid = NEW.case_uid AND number = NEW.number))
      THEN RAISE (ABORT, 'exists: a step is never replaced')
    WHEN NEW.number IS NOT (SELECT coalesce (max (number), 0) + 1 FROM exposure_step WHERE case_uid = NEW.case_uid)
      THEN RAISE (ABORT, 'step: numbered without a gap')
    WHEN NEW.undoes IS NOT NULL
         AND (NOT EXISTS (SELECT 1 FROM exposure_step WHERE id = NEW.undoes AND case_uid = NEW.case_uid AND kind <> 'undo')
              OR EXISTS (SELECT 1 FROM exposure_step WHERE undoes = NEW.undoes))
      THEN RAISE (ABORT, 'undo: a step of the case that still holds')
    WHEN EXISTS (SELECT 1 FROM exposure_disposal WHERE case_uid = NEW.case_uid)
      THEN RAISE (ABORT, 'masked: the list is closed')
  END;
END;
CREATE TRIGGER exposure_step_update BEFORE UPDATE ON exposure_step
BEGIN SELECT RAISE (ABORT, 'append-only: the steps'); END;
CREATE TRIGGER exposure_step_delete BEFORE DELETE ON exposure_step
BEGIN SELECT RAISE (ABORT, 'append-only: the steps'); END;

-- A list whose eliminated were masked, at closing; what is left of them is due for disposal.
CREATE TABLE exposure_disposal (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL UNIQUE,
  masked INTEGER NOT NULL,
  due TEXT NOT NULL CHECK (due IS date (due)),
  account TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX exposure_disposal_due ON exposure_disposal (due);
