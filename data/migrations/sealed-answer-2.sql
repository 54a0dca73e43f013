-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- What holders of a sealed compartment answered about people whom others check. Rows stand in sealed compartments
-- alone: case_uid is a case outside, and nobody outside learns that anybody was asked.

CREATE TABLE sealed_answer (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  subject TEXT NOT NULL,
  material_digest TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('nothing', 'wait')),
  reason TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL,
  CHECK (answer <> 'wait' OR length (trim (coalesce (reason, ''))) >= 1)
);
CREATE INDEX sealed_answer_case ON sealed_answer (case_uid, id);
CREATE TRIGGER sealed_answer_insert BEFORE INSERT ON sealed_answer
WHEN EXISTS (SELECT 1 FROM sealed_answer WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: an answer is never replaced'); END;
CREATE TRIGGER sealed_answer_update BEFORE UPDATE ON sealed_answer
BEGIN SELECT RAISE (ABORT, 'append-only: answers'); END;
CREATE TRIGGER sealed_answer_delete BEFORE DELETE ON sealed_answer
BEGIN SELECT RAISE (ABORT, 'append-only: answers'); END;
