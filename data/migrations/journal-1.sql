-- SPDX-License-Identifier: GPL-3.0-or-later
-- journal, version 1: what every account may know: how long the logs are, settings, and sealed notes.

-- The newest known end of each compartment's log, and of the sealed notes below (`sealed-note`). Whoever
-- writes signs it. A log that is shorter than its head was cut, or an older file was put back.
CREATE TABLE head (
  log TEXT PRIMARY KEY NOT NULL CHECK (log IN ('journal', 'registers', 'standards', 'intelligence', 'sealed-note')),
  seq INTEGER NOT NULL CHECK (seq >= 0),
  hash BLOB NOT NULL CHECK (length (hash) = 32),
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  signature BLOB NOT NULL CHECK (length (signature) = 64)
) WITHOUT ROWID;

-- OR REPLACE comes by here and nowhere else; an upsert comes by here and by head_update.
CREATE TRIGGER head_insert BEFORE INSERT ON head
WHEN EXISTS (SELECT 1 FROM head
              WHERE log = NEW.log AND (seq > NEW.seq OR (seq = NEW.seq AND hash IS NOT NEW.hash)))
BEGIN
  SELECT RAISE (ABORT, 'head: a log only grows');
END;

CREATE TRIGGER head_update BEFORE UPDATE ON head
WHEN NEW.log IS NOT OLD.log OR NEW.seq < OLD.seq OR (NEW.seq = OLD.seq AND NEW.hash IS NOT OLD.hash)
BEGIN
  SELECT RAISE (ABORT, 'head: a log only grows');
END;

CREATE TRIGGER head_delete BEFORE DELETE ON head
BEGIN
  SELECT RAISE (ABORT, 'head: a log only grows');
END;

-- Notes sealed to a compartment by people who do not hold its key: a refused attempt, say. All boxes of
-- one compartment are of one length; when it was and who wrote it stands inside, signed. Chained, so that
-- a note cannot go unnoticed.
CREATE TABLE sealed_note (
  seq INTEGER PRIMARY KEY,
  compartment TEXT NOT NULL CHECK (compartment IN ('registers', 'standards', 'intelligence')),
  box BLOB NOT NULL,
  prev BLOB NOT NULL CHECK (length (prev) = 32),
  hash BLOB NOT NULL CHECK (length (hash) = 32)
);

CREATE TRIGGER sealed_note_insert BEFORE INSERT ON sealed_note
BEGIN
  SELECT RAISE (ABORT, 'sealed-note: notes are numbered without a gap')
   WHERE NEW.seq IS NOT (SELECT coalesce (max (seq), 0) + 1 FROM sealed_note)
      OR NEW.prev IS NOT coalesce ((SELECT hash FROM sealed_note WHERE seq = NEW.seq - 1), zeroblob (32));
END;

CREATE TRIGGER sealed_note_update BEFORE UPDATE ON sealed_note
BEGIN
  SELECT RAISE (ABORT, 'sealed-note: notes do not change');
END;

CREATE TRIGGER sealed_note_delete BEFORE DELETE ON sealed_note
BEGIN
  SELECT RAISE (ABORT, 'sealed-note: notes do not go');
END;

-- The casebook's own settings: `profile` and the force profile's text, `profile_digest` and its SHA-256.
CREATE TABLE setting (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL,
  changed TEXT NOT NULL,
  changed_by TEXT NOT NULL
) WITHOUT ROWID;
