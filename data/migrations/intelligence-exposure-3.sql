-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- intelligence, version 3: a log that was imported wrongly is set aside, and its file can then be imported again.

-- As in version 2, but that the same file may stand here again once its earlier import was set aside. steps: how many
-- steps of the case were recorded before the log came in.
CREATE TABLE exposure_import_3 (
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
  fields INTEGER NOT NULL,
  problems TEXT NOT NULL,
  account TEXT NOT NULL,
  at TEXT NOT NULL,
  steps INTEGER NOT NULL CHECK (steps >= 0)
);
INSERT INTO exposure_import_3 (id, uid, case_uid, system, authority, necessity, file_name, sha256, bytes, mapping, time_zone, clock_error,
  period_from, period_to, first_ms, last_ms, rows, rejected, ambiguous, accounts, fields, problems, account, at, steps)
SELECT id, uid, case_uid, system, authority, necessity, file_name, sha256, bytes, mapping, time_zone, clock_error,
  period_from, period_to, first_ms, last_ms, rows, rejected, ambiguous, accounts, fields, problems, account, at,
  (SELECT count (*) FROM exposure_step AS s WHERE s.case_uid = i.case_uid AND s.at < i.at)
FROM exposure_import AS i ORDER BY id;
DROP TABLE exposure_import;
ALTER TABLE exposure_import_3 RENAME TO exposure_import;
CREATE INDEX exposure_import_case ON exposure_import (case_uid, sha256);

-- A log set aside (aside 1) takes no part from then on, and one that is taken in again (aside 0) does once more; both for a
-- reason, and neither changes what is recorded. steps: as above. Signed by who says it.
CREATE TABLE exposure_set_aside (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  log_uid TEXT NOT NULL REFERENCES exposure_import (uid),
  aside INTEGER NOT NULL CHECK (aside IN (0, 1)),
  steps INTEGER NOT NULL CHECK (steps >= 0),
  reason TEXT NOT NULL CHECK (length (trim (reason)) >= 1),
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX exposure_set_aside_log ON exposure_set_aside (log_uid, id);

-- The logs that take part.
CREATE VIEW exposure_import_in AS
SELECT i.id, i.uid, i.case_uid, i.system, i.file_name, i.sha256, i.clock_error, i.fields FROM exposure_import AS i
 WHERE coalesce ((SELECT s.aside FROM exposure_set_aside AS s WHERE s.log_uid = i.uid ORDER BY s.id DESC LIMIT 1), 0) = 0;

CREATE TRIGGER exposure_import_insert BEFORE INSERT ON exposure_import
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM exposure_import WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: an imported log is never replaced')
    WHEN EXISTS (SELECT 1 FROM exposure_import_in WHERE case_uid = NEW.case_uid AND sha256 = NEW.sha256)
      THEN RAISE (ABORT, 'exists: a file is in the list once')
    WHEN NEW.steps IS NOT (SELECT coalesce (max (number), 0) FROM exposure_step WHERE case_uid = NEW.case_uid)
      THEN RAISE (ABORT, 'step: a log comes in after the steps that there are')
  END;
END;
-- What was said of lines that were not taken may name people; it goes when the eliminated are masked.
CREATE TRIGGER exposure_import_update BEFORE UPDATE ON exposure_import
WHEN NEW.problems IS NOT '[]' OR NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.system IS NOT OLD.system
  OR NEW.authority IS NOT OLD.authority OR NEW.necessity IS NOT OLD.necessity OR NEW.file_name IS NOT OLD.file_name OR NEW.sha256 IS NOT OLD.sha256
  OR NEW.bytes IS NOT OLD.bytes OR NEW.mapping IS NOT OLD.mapping OR NEW.time_zone IS NOT OLD.time_zone OR NEW.clock_error IS NOT OLD.clock_error
  OR NEW.period_from IS NOT OLD.period_from OR NEW.period_to IS NOT OLD.period_to OR NEW.first_ms IS NOT OLD.first_ms OR NEW.last_ms IS NOT OLD.last_ms
  OR NEW.rows IS NOT OLD.rows OR NEW.rejected IS NOT OLD.rejected OR NEW.ambiguous IS NOT OLD.ambiguous OR NEW.accounts IS NOT OLD.accounts
  OR NEW.fields IS NOT OLD.fields OR NEW.account IS NOT OLD.account OR NEW.at IS NOT OLD.at OR NEW.steps IS NOT OLD.steps
BEGIN SELECT RAISE (ABORT, 'fixed: what was imported does not change'); END;

-- The log tells of it first, in the same transaction.
CREATE TRIGGER exposure_set_aside_insert BEFORE INSERT ON exposure_set_aside
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM exposure_set_aside WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: what was set aside stays so')
    WHEN NOT EXISTS (SELECT 1 FROM exposure_import WHERE uid = NEW.log_uid AND case_uid = NEW.case_uid)
      THEN RAISE (ABORT, 'set-aside: a log of the case')
    WHEN NEW.aside IS NOT EXISTS (SELECT 1 FROM exposure_import_in WHERE uid = NEW.log_uid)
      THEN RAISE (ABORT, 'set-aside: the log is so already')
    WHEN NEW.aside = 0
         AND EXISTS (SELECT 1 FROM exposure_import AS i JOIN exposure_import_in AS j ON j.case_uid = i.case_uid AND j.sha256 = i.sha256 WHERE i.uid = NEW.log_uid)
      THEN RAISE (ABORT, 'exists: a file is in the list once')
    WHEN NEW.steps IS NOT (SELECT coalesce (max (number), 0) FROM exposure_step WHERE case_uid = NEW.case_uid)
      THEN RAISE (ABORT, 'step: a log is set aside after the steps that there are')
    WHEN EXISTS (SELECT 1 FROM exposure_disposal WHERE case_uid = NEW.case_uid)
         OR NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
    WHEN NOT EXISTS (SELECT 1 FROM logged_entry WHERE record = NEW.case_uid AND kind = 'exposure' AND field = 'log' AND account = NEW.account AND at = NEW.at)
      THEN RAISE (ABORT, 'log: nothing is set aside unlogged')
  END;
END;
@include investigation-row-stays-2.sql table=exposure_set_aside what="logs set aside"
