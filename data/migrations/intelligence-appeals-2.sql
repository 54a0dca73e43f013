-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What of an appeal is restricted: the bundle of reasons as it was sealed to the chief officer.

CREATE TABLE appeal_bundle (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  appeal_uid TEXT NOT NULL,
  round INTEGER NOT NULL,
  restricted TEXT,
  complaints_check_uid TEXT,
  intelligence_check_uid TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX appeal_bundle_second_job ON appeal_bundle (second_job_uid, id);
CREATE TRIGGER appeal_bundle_insert BEFORE INSERT ON appeal_bundle
WHEN EXISTS (SELECT 1 FROM appeal_bundle WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: a bundle is never replaced'); END;
CREATE TRIGGER appeal_bundle_update BEFORE UPDATE ON appeal_bundle
BEGIN SELECT RAISE (ABORT, 'append-only: bundles'); END;
CREATE TRIGGER appeal_bundle_delete BEFORE DELETE ON appeal_bundle
BEGIN SELECT RAISE (ABORT, 'append-only: bundles'); END;
