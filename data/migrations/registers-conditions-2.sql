-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- registers, version 2: whether the conditions of an approval are kept, and what followed where they were not.

-- seen: what was looked at and found. exhibit_uid: evidence among the exhibits of the case. next_due: when
-- it is looked at again; NULL: not any more.
CREATE TABLE condition_review (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  condition_uid TEXT NOT NULL,
  due TEXT CHECK (due IS date (due)),
  reviewed_on TEXT NOT NULL CHECK (reviewed_on IS date (reviewed_on)),
  result TEXT NOT NULL CHECK (result IN ('complied', 'not-complied', 'not-applicable')),
  seen TEXT NOT NULL,
  exhibit_uid TEXT,
  next_due TEXT CHECK (next_due IS date (next_due)),
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX condition_review_condition ON condition_review (condition_uid, id);
CREATE INDEX condition_review_second_job ON condition_review (second_job_id, id);
CREATE INDEX condition_review_result ON condition_review (result, second_job_id, at) WHERE result = 'not-complied';

-- What who decides made of a condition that was not kept.
CREATE TABLE condition_answer (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  review_uid TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX condition_answer_second_job ON condition_answer (second_job_id, id);

CREATE TRIGGER condition_review_insert BEFORE INSERT ON condition_review
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM condition_review WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a compliance review is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job j JOIN decision_condition c ON c.decision_uid = j.decision_uid
                     WHERE j.id = NEW.second_job_id AND j.stage = 'registered' AND c.uid = NEW.condition_uid)
      THEN RAISE (ABORT, 'stage: only conditions in force are reviewed')
    WHEN trim (coalesce (NEW.seen, '')) = ''
      THEN RAISE (ABORT, 'compliance: nothing was seen')
    WHEN NEW.next_due <= NEW.reviewed_on
         OR (NEW.next_due IS NULL AND NEW.result IS NOT 'not-applicable')
      THEN RAISE (ABORT, 'compliance: a condition in force is looked at again')
  END;
END;
CREATE TRIGGER condition_review_update BEFORE UPDATE ON condition_review
BEGIN SELECT RAISE (ABORT, 'append-only: compliance reviews'); END;
CREATE TRIGGER condition_review_delete BEFORE DELETE ON condition_review
BEGIN SELECT RAISE (ABORT, 'append-only: compliance reviews'); END;

CREATE TRIGGER condition_answer_insert BEFORE INSERT ON condition_answer
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM condition_answer WHERE id = NEW.id OR uid = NEW.uid OR review_uid = NEW.review_uid)
      THEN RAISE (ABORT, 'exists: an answer is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM condition_review
                     WHERE uid = NEW.review_uid AND second_job_id = NEW.second_job_id AND result = 'not-complied')
      THEN RAISE (ABORT, 'compliance: there is nothing to answer')
    WHEN trim (coalesce (NEW.text, '')) = ''
      THEN RAISE (ABORT, 'compliance: an empty answer')
  END;
END;
CREATE TRIGGER condition_answer_update BEFORE UPDATE ON condition_answer
BEGIN SELECT RAISE (ABORT, 'append-only: answers'); END;
CREATE TRIGGER condition_answer_delete BEFORE DELETE ON condition_answer
BEGIN SELECT RAISE (ABORT, 'append-only: answers'); END;
