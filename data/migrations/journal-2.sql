-- SPDX-License-Identifier: GPL-3.0-or-later
-- journal, version 2: when the casebook was backed up and where to, which backups were tried, and what it was
-- restored from. Every account may know. Rows stay as they were written.

-- A verified backup. digest: SHA-256 of its manifest; created: the moment it holds; proved: the compartments
-- that whoever made it could open, by commas; problems: how many the proof of these found.
CREATE TABLE backup (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length (digest) = 64),
  created TEXT NOT NULL,
  destination TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  files INTEGER NOT NULL CHECK (files > 0),
  proved TEXT NOT NULL,
  problems INTEGER NOT NULL CHECK (problems >= 0)
);

-- A backup that was restored into a folder of its own, opened, proved and removed again.
CREATE TABLE rehearsal (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length (digest) = 64),
  created TEXT NOT NULL,
  proved TEXT NOT NULL,
  problems INTEGER NOT NULL CHECK (problems >= 0)
);

-- That this is not the casebook itself but was restored from a backup of it. points: a line `LOG SEQ HASH` for
-- each log's end at that moment; signature: of the account, over all of it. What a workstation remembers
-- from before this and does not find is explained by it, and by nothing else.
CREATE TABLE restore (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length (digest) = 64),
  created TEXT NOT NULL,
  points TEXT NOT NULL,
  signature BLOB NOT NULL CHECK (length (signature) = 64)
);

-- BEFORE INSERT also stops OR REPLACE and upserts, which would take the row that is in the way.
CREATE TRIGGER backup_insert BEFORE INSERT ON backup
WHEN EXISTS (SELECT 1 FROM backup WHERE uid = NEW.uid OR id = NEW.id)
BEGIN
  SELECT RAISE (ABORT, 'backup: what was recorded stays');
END;

CREATE TRIGGER backup_update BEFORE UPDATE ON backup
BEGIN
  SELECT RAISE (ABORT, 'backup: what was recorded stays');
END;

CREATE TRIGGER backup_delete BEFORE DELETE ON backup
BEGIN
  SELECT RAISE (ABORT, 'backup: what was recorded stays');
END;

CREATE TRIGGER rehearsal_insert BEFORE INSERT ON rehearsal
WHEN EXISTS (SELECT 1 FROM rehearsal WHERE uid = NEW.uid OR id = NEW.id)
BEGIN
  SELECT RAISE (ABORT, 'rehearsal: what was recorded stays');
END;

CREATE TRIGGER rehearsal_update BEFORE UPDATE ON rehearsal
BEGIN
  SELECT RAISE (ABORT, 'rehearsal: what was recorded stays');
END;

CREATE TRIGGER rehearsal_delete BEFORE DELETE ON rehearsal
BEGIN
  SELECT RAISE (ABORT, 'rehearsal: what was recorded stays');
END;

CREATE TRIGGER restore_insert BEFORE INSERT ON restore
WHEN EXISTS (SELECT 1 FROM restore WHERE uid = NEW.uid OR id = NEW.id)
BEGIN
  SELECT RAISE (ABORT, 'restore: what was recorded stays');
END;

CREATE TRIGGER restore_update BEFORE UPDATE ON restore
BEGIN
  SELECT RAISE (ABORT, 'restore: what was recorded stays');
END;

CREATE TRIGGER restore_delete BEFORE DELETE ON restore
BEGIN
  SELECT RAISE (ABORT, 'restore: what was recorded stays');
END;
