-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What the ACU and the decider say of a second job among themselves. Rows are only ever added; the
-- newest of each case counts.

CREATE TABLE advice (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  advice TEXT NOT NULL CHECK (advice IN ('wait', 'as-if-unknown', 'none')),
  text TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX advice_second_job ON advice (second_job_uid, id);

-- Professional standards' view. "view" is a word of SQL, hence the longer name.
CREATE TABLE standards_view (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  round INTEGER NOT NULL,
  objection INTEGER NOT NULL CHECK (objection IN (0, 1)),
  reasons TEXT,
  complaints_check_uid TEXT NOT NULL,
  intelligence_check_uid TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL,
  -- over the same without the reasons: what the signatory is shown
  notice_signature BLOB NOT NULL
);
CREATE INDEX standards_view_second_job ON standards_view (second_job_uid, id);

CREATE TABLE restricted_reason (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  decision_uid TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX restricted_reason_second_job ON restricted_reason (second_job_uid, id);

CREATE TRIGGER advice_insert BEFORE INSERT ON advice
WHEN EXISTS (SELECT 1 FROM advice WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: advice is never replaced'); END;
CREATE TRIGGER advice_update BEFORE UPDATE ON advice
BEGIN SELECT RAISE (ABORT, 'append-only: advice'); END;
CREATE TRIGGER advice_delete BEFORE DELETE ON advice
BEGIN SELECT RAISE (ABORT, 'append-only: advice'); END;

CREATE TRIGGER standards_view_insert BEFORE INSERT ON standards_view
WHEN EXISTS (SELECT 1 FROM standards_view WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: a view is never replaced'); END;
CREATE TRIGGER standards_view_update BEFORE UPDATE ON standards_view
BEGIN SELECT RAISE (ABORT, 'append-only: views'); END;
CREATE TRIGGER standards_view_delete BEFORE DELETE ON standards_view
BEGIN SELECT RAISE (ABORT, 'append-only: views'); END;

CREATE TRIGGER restricted_reason_insert BEFORE INSERT ON restricted_reason
WHEN EXISTS (SELECT 1 FROM restricted_reason WHERE id = NEW.id OR uid = NEW.uid OR decision_uid = NEW.decision_uid)
BEGIN SELECT RAISE (ABORT, 'exists: a reason is never replaced'); END;
CREATE TRIGGER restricted_reason_update BEFORE UPDATE ON restricted_reason
BEGIN SELECT RAISE (ABORT, 'append-only: restricted reasons'); END;
CREATE TRIGGER restricted_reason_delete BEFORE DELETE ON restricted_reason
BEGIN SELECT RAISE (ABORT, 'append-only: restricted reasons'); END;
