-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- standards, version 2: the watch list. Second jobs that were refused or ended and may be carried on all the
-- same. It stands here and not beside the case: interest in somebody is no business of who opens registers.

CREATE TABLE watch (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  case_uid TEXT NOT NULL,
  reference TEXT NOT NULL,
  staff_number TEXT NOT NULL,
  reason TEXT NOT NULL,
  review_on TEXT NOT NULL CHECK (review_on IS date (review_on)),
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX watch_case ON watch (case_uid, id);
CREATE INDEX watch_staff_number ON watch (staff_number);

-- kind: what was observed, that it was looked at on its day, or why it ended. review_on: the next day; NULL: as before.
CREATE TABLE watch_note (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  watch_uid TEXT NOT NULL,
  case_uid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('observation', 'review', 'ended')),
  text TEXT NOT NULL,
  review_on TEXT CHECK (review_on IS date (review_on)),
  account TEXT NOT NULL,
  person TEXT NOT NULL,
  at TEXT NOT NULL,
  signature BLOB NOT NULL
);
CREATE INDEX watch_note_watch ON watch_note (watch_uid, id);

CREATE TRIGGER watch_insert BEFORE INSERT ON watch
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM watch WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a watch is never replaced')
    WHEN EXISTS (SELECT 1 FROM watch w
                 WHERE w.case_uid = NEW.case_uid
                   AND NOT EXISTS (SELECT 1 FROM watch_note n WHERE n.watch_uid = w.uid AND n.kind = 'ended'))
      THEN RAISE (ABORT, 'watch: the job is on the list')
    WHEN trim (coalesce (NEW.reason, '')) = ''
      THEN RAISE (ABORT, 'watch: without a reason')
  END;
END;
CREATE TRIGGER watch_update BEFORE UPDATE ON watch
BEGIN SELECT RAISE (ABORT, 'append-only: the watch list'); END;
CREATE TRIGGER watch_delete BEFORE DELETE ON watch
BEGIN SELECT RAISE (ABORT, 'append-only: the watch list'); END;

CREATE TRIGGER watch_note_insert BEFORE INSERT ON watch_note
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM watch_note WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a note is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM watch WHERE uid = NEW.watch_uid AND case_uid = NEW.case_uid)
         OR EXISTS (SELECT 1 FROM watch_note WHERE watch_uid = NEW.watch_uid AND kind = 'ended')
      THEN RAISE (ABORT, 'watch: not on the list')
    WHEN trim (coalesce (NEW.text, '')) = ''
      THEN RAISE (ABORT, 'watch: an empty note')
    WHEN NEW.kind IS 'review' AND NEW.review_on IS NULL
      THEN RAISE (ABORT, 'watch: a review sets the next day')
  END;
END;
CREATE TRIGGER watch_note_update BEFORE UPDATE ON watch_note
BEGIN SELECT RAISE (ABORT, 'append-only: the watch list'); END;
CREATE TRIGGER watch_note_delete BEFORE DELETE ON watch_note
BEGIN SELECT RAISE (ABORT, 'append-only: the watch list'); END;
