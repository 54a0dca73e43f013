-- SPDX-License-Identifier: GPL-3.0-or-later
-- registers, version 1: the force's people, who is related to whom, and organisations.

-- line_manager is a staff number and no foreign key: an extract from the HR system can name a
-- manager whose own row comes later or never.
CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  staff_number TEXT NOT NULL UNIQUE CHECK (length (staff_number) BETWEEN 1 AND 64),
  forenames TEXT,
  -- Extracts lack one name or the other; somebody without any is no record of a person.
  surname TEXT CHECK (coalesce (length (surname), 0) + coalesce (length (forenames), 0) >= 1),
  known_as TEXT,
  former_names TEXT,
  rank TEXT COLLATE NOCASE,
  unit TEXT COLLATE NOCASE,
  line_manager TEXT,
  employment_group TEXT COLLATE NOCASE,
  date_of_birth TEXT CHECK (date_of_birth IS date (date_of_birth)),
  address TEXT,
  postcode TEXT,
  status TEXT COLLATE NOCASE,
  contracted_hours INTEGER CHECK (contracted_hours BETWEEN 0 AND 10080),
  overtime_hours INTEGER CHECK (overtime_hours BETWEEN 0 AND 10080),
  email TEXT,
  sort_name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);

-- One index for each order that the list offers; staff_number and line_manager stand in each, so
-- that the scope of a reader is answered from the index alone; id before them, since rows of one value
-- are listed by id.
CREATE INDEX person_by_staff_number ON person (staff_number, id, line_manager);
CREATE INDEX person_by_sort_name ON person (sort_name, id, staff_number, line_manager);
CREATE INDEX person_by_rank ON person (rank, id, staff_number, line_manager);
CREATE INDEX person_by_unit ON person (unit, id, staff_number, line_manager);
CREATE INDEX person_by_line_manager ON person (line_manager, id, staff_number);
CREATE INDEX person_by_employment_group ON person (employment_group, id, staff_number, line_manager);
CREATE INDEX person_by_date_of_birth ON person (date_of_birth, id, staff_number, line_manager);
CREATE INDEX person_by_status ON person (status, id, staff_number, line_manager);
CREATE INDEX person_by_search_text ON person (search_text, id, staff_number, line_manager);

-- Who is related to whom; holds both ways. One row a pair and nature. An ended relation locks no more.
CREATE TABLE relation (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  staff_number TEXT NOT NULL REFERENCES person (staff_number),
  related_staff_number TEXT NOT NULL REFERENCES person (staff_number),
  nature TEXT NOT NULL CHECK (length (nature) >= 1),
  note TEXT,
  ended TEXT CHECK (ended IS date (ended)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK (staff_number <> related_staff_number),
  UNIQUE (staff_number, related_staff_number, nature)
);
CREATE INDEX relation_by_related ON relation (related_staff_number, staff_number);

CREATE TABLE organisation (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  name TEXT NOT NULL COLLATE NOCASE CHECK (length (name) >= 1),
  nature TEXT COLLATE NOCASE,
  registration_number TEXT,
  address TEXT,
  postcode TEXT,
  note TEXT,
  sort_name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX organisation_by_sort_name ON organisation (sort_name);
CREATE INDEX organisation_by_nature ON organisation (nature);
CREATE INDEX organisation_by_postcode ON organisation (postcode);
CREATE INDEX organisation_by_registration_number ON organisation (registration_number);
