-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- registers, version 2: the annual review in bulk. A run calls for the returns that are due; each is chased,
-- taken, or ends with a lapse that the head of HR confirms.

-- calls_digest: over the calls, in their order.
CREATE TABLE review_run (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  due_from TEXT CHECK (due_from IS date (due_from)),
  due_until TEXT NOT NULL CHECK (due_until IS date (due_until)),
  n_calls INTEGER NOT NULL,
  calls_digest TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);

CREATE TABLE review_call (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  run_uid TEXT NOT NULL,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  due TEXT NOT NULL CHECK (due IS date (due)),
  UNIQUE (run_uid, second_job_id)
);
CREATE INDEX review_call_second_job ON review_call (second_job_id, id);

CREATE TABLE review_chase (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  run_uid TEXT NOT NULL,
  how TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX review_chase_call ON review_chase (run_uid, second_job_id, id);
CREATE INDEX review_chase_second_job ON review_chase (second_job_id, id);

CREATE TABLE job_lapse (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  second_job_id INTEGER NOT NULL REFERENCES second_job (id),
  round INTEGER NOT NULL,
  run_uid TEXT NOT NULL,
  reason TEXT NOT NULL,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL,
  UNIQUE (second_job_id, round)
);

CREATE TABLE review_run_end (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  run_uid TEXT NOT NULL UNIQUE,
  note TEXT,
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);

CREATE TRIGGER review_run_insert BEFORE INSERT ON review_run
WHEN EXISTS (SELECT 1 FROM review_run WHERE id = NEW.id OR uid = NEW.uid)
BEGIN SELECT RAISE (ABORT, 'exists: a run is never replaced'); END;
CREATE TRIGGER review_run_update BEFORE UPDATE ON review_run
BEGIN SELECT RAISE (ABORT, 'append-only: runs'); END;
CREATE TRIGGER review_run_delete BEFORE DELETE ON review_run
BEGIN SELECT RAISE (ABORT, 'append-only: runs'); END;

CREATE TRIGGER review_call_insert BEFORE INSERT ON review_call
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM review_call
                 WHERE id = NEW.id OR uid = NEW.uid OR (run_uid = NEW.run_uid AND second_job_id = NEW.second_job_id))
      THEN RAISE (ABORT, 'exists: a call is never replaced')
    WHEN EXISTS (SELECT 1 FROM review_run WHERE uid = NEW.run_uid)
      THEN RAISE (ABORT, 'review: a run calls once')
    WHEN NOT EXISTS (SELECT 1 FROM second_job WHERE id = NEW.second_job_id AND stage = 'registered')
      THEN RAISE (ABORT, 'stage: only what is registered is reviewed')
  END;
END;
CREATE TRIGGER review_call_update BEFORE UPDATE ON review_call
BEGIN SELECT RAISE (ABORT, 'append-only: calls'); END;
CREATE TRIGGER review_call_delete BEFORE DELETE ON review_call
BEGIN SELECT RAISE (ABORT, 'append-only: calls'); END;

CREATE TRIGGER review_chase_insert BEFORE INSERT ON review_chase
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM review_chase WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a chase is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM review_call WHERE run_uid = NEW.run_uid AND second_job_id = NEW.second_job_id)
      THEN RAISE (ABORT, 'review: not called for')
    WHEN EXISTS (SELECT 1 FROM review_run_end WHERE run_uid = NEW.run_uid)
      THEN RAISE (ABORT, 'review: the run is over')
  END;
END;
CREATE TRIGGER review_chase_update BEFORE UPDATE ON review_chase
BEGIN SELECT RAISE (ABORT, 'append-only: chases'); END;
CREATE TRIGGER review_chase_delete BEFORE DELETE ON review_chase
BEGIN SELECT RAISE (ABORT, 'append-only: chases'); END;

CREATE TRIGGER job_lapse_insert BEFORE INSERT ON job_lapse
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM job_lapse
                 WHERE id = NEW.id OR uid = NEW.uid OR (second_job_id = NEW.second_job_id AND round = NEW.round))
      THEN RAISE (ABORT, 'exists: a lapse is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM second_job
                     WHERE id = NEW.second_job_id AND round = NEW.round AND stage = 'registered'
                       AND next_review < date (NEW.at))
      THEN RAISE (ABORT, 'stage: only what is registered and overdue lapses')
    WHEN NOT EXISTS (SELECT 1 FROM review_chase WHERE run_uid = NEW.run_uid AND second_job_id = NEW.second_job_id)
      THEN RAISE (ABORT, 'review: what was never chased does not lapse')
    WHEN trim (coalesce (NEW.reason, '')) = ''
      THEN RAISE (ABORT, 'review: a lapse without a reason')
  END;
END;
CREATE TRIGGER job_lapse_update BEFORE UPDATE ON job_lapse
BEGIN SELECT RAISE (ABORT, 'append-only: lapses'); END;
CREATE TRIGGER job_lapse_delete BEFORE DELETE ON job_lapse
BEGIN SELECT RAISE (ABORT, 'append-only: lapses'); END;

-- By a person, never by the clock. What an earlier register brings may have lapsed there.
CREATE TRIGGER second_job_lapse BEFORE UPDATE ON second_job
WHEN NEW.stage IS 'lapsed' AND OLD.stage IS NOT 'lapsed' AND NEW.outcome IS NOT 'brought-forward'
 AND NOT EXISTS (SELECT 1 FROM job_lapse WHERE second_job_id = OLD.id AND round = OLD.round)
BEGIN SELECT RAISE (ABORT, 'stage: nobody confirmed the lapse'); END;

CREATE TRIGGER review_run_end_insert BEFORE INSERT ON review_run_end
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM review_run_end WHERE id = NEW.id OR uid = NEW.uid OR run_uid = NEW.run_uid)
      THEN RAISE (ABORT, 'exists: a run ends once')
    WHEN EXISTS (SELECT 1 FROM review_call c JOIN review_run n ON n.uid = c.run_uid JOIN second_job j ON j.id = c.second_job_id
                 WHERE c.run_uid = NEW.run_uid AND j.stage = 'registered'
                   AND NOT EXISTS (SELECT 1 FROM review r WHERE r.second_job_id = c.second_job_id AND r.at >= n.at))
      THEN RAISE (ABORT, 'review: returns are outstanding')
  END;
END;
CREATE TRIGGER review_run_end_update BEFORE UPDATE ON review_run_end
BEGIN SELECT RAISE (ABORT, 'append-only: ends of runs'); END;
CREATE TRIGGER review_run_end_delete BEFORE DELETE ON review_run_end
BEGIN SELECT RAISE (ABORT, 'append-only: ends of runs'); END;
