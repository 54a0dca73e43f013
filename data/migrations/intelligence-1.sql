-- SPDX-License-Identifier: GPL-3.0-or-later
-- intelligence, version 1: intelligence reports and whom they are about.

-- Graded 3x5x2, or in the old 5x5x5, which is kept as it was graded and never converted. The
-- original text is not in this table, so that no list, search or export can fall back on it.
CREATE TABLE intelligence_report (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  reference TEXT NOT NULL UNIQUE CHECK (length (reference) BETWEEN 1 AND 64),
  date TEXT CHECK (date IS date (date)),
  source_evaluation TEXT CHECK (source_evaluation IN ('1', '2', '3')),
  information_assessment TEXT CHECK (information_assessment IN ('A', 'B', 'C', 'D', 'E')),
  handling_code TEXT CHECK (handling_code IN ('P', 'C')),
  handling_conditions TEXT,
  graded_5x5x5 TEXT,
  provenance TEXT,
  category TEXT COLLATE NOCASE,
  source_reference TEXT,
  review_date TEXT CHECK (review_date IS date (review_date)),
  sanitised_text TEXT,
  sanitised_by TEXT,
  sanitised_at TEXT,
  sanitised_approved_by TEXT,
  sanitised_approved_at TEXT,
  author TEXT NOT NULL,
  subjects TEXT,
  sort_subjects TEXT,
  search_text TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed TEXT NOT NULL,
  CHECK (sanitised_by IS NULL OR sanitised_by IS NOT sanitised_approved_by),
  CHECK (sanitised_approved_by IS NULL OR sanitised_by IS NOT NULL)
);
CREATE INDEX intelligence_report_by_date ON intelligence_report (date);
CREATE INDEX intelligence_report_by_grading ON intelligence_report (source_evaluation, information_assessment, handling_code);
CREATE INDEX intelligence_report_by_category ON intelligence_report (category);
CREATE INDEX intelligence_report_by_review_date ON intelligence_report (review_date);
CREATE INDEX intelligence_report_by_subjects ON intelligence_report (sort_subjects);
CREATE INDEX intelligence_report_by_sanitised ON intelligence_report (sanitised_approved_at, sanitised_at);
CREATE INDEX intelligence_report_by_search_text ON intelligence_report (search_text);

CREATE TABLE intelligence_original (
  record_id INTEGER NOT NULL REFERENCES intelligence_report (id) ON DELETE CASCADE,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (record_id, field)
);

CREATE TABLE report_subject (
  id INTEGER PRIMARY KEY,
  report_id INTEGER NOT NULL REFERENCES intelligence_report (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  staff_number TEXT,
  name TEXT,
  date_of_birth TEXT CHECK (date_of_birth IS date (date_of_birth)),
  -- Whose name and birth date these are; serves the lock alone, where the staff number is missing.
  known_number TEXT,
  UNIQUE (report_id, position),
  CHECK (staff_number IS NOT NULL OR name IS NOT NULL OR date_of_birth IS NOT NULL)
);
CREATE INDEX report_subject_by_staff_number ON report_subject (staff_number, report_id);
CREATE INDEX report_subject_by_date_of_birth ON report_subject (date_of_birth, report_id);
CREATE INDEX report_subject_by_known_number ON report_subject (known_number, report_id) WHERE known_number IS NOT NULL;
