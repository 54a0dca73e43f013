-- SPDX-License-Identifier: GPL-3.0-or-later
-- standards, version 1: complaints and whom they are about.

CREATE TABLE complaint (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  reference TEXT NOT NULL UNIQUE CHECK (length (reference) BETWEEN 1 AND 64),
  received TEXT CHECK (received IS date (received)),
  complainant TEXT COLLATE NOCASE,
  allegation TEXT COLLATE NOCASE,
  status TEXT COLLATE NOCASE,
  finalised TEXT CHECK (finalised IS date (finalised)),
  result TEXT COLLATE NOCASE,
  subjects TEXT,
  sort_subjects TEXT,
  search_text TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed TEXT NOT NULL
);
CREATE INDEX complaint_by_received ON complaint (received);
CREATE INDEX complaint_by_complainant ON complaint (complainant);
CREATE INDEX complaint_by_allegation ON complaint (allegation);
CREATE INDEX complaint_by_status ON complaint (status);
CREATE INDEX complaint_by_finalised ON complaint (finalised);
CREATE INDEX complaint_by_result ON complaint (result);
CREATE INDEX complaint_by_subjects ON complaint (sort_subjects);
CREATE INDEX complaint_by_search_text ON complaint (search_text);

CREATE TABLE complaint_subject (
  id INTEGER PRIMARY KEY,
  complaint_id INTEGER NOT NULL REFERENCES complaint (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  staff_number TEXT,
  name TEXT,
  date_of_birth TEXT CHECK (date_of_birth IS date (date_of_birth)),
  -- Whose name and birth date these are; serves the lock alone, where the staff number is missing.
  known_number TEXT,
  UNIQUE (complaint_id, position),
  CHECK (staff_number IS NOT NULL OR name IS NOT NULL OR date_of_birth IS NOT NULL)
);
CREATE INDEX complaint_subject_by_staff_number ON complaint_subject (staff_number, complaint_id);
CREATE INDEX complaint_subject_by_date_of_birth ON complaint_subject (date_of_birth, complaint_id);
CREATE INDEX complaint_subject_by_known_number ON complaint_subject (known_number, complaint_id) WHERE known_number IS NOT NULL;
