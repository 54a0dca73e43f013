-- SPDX-License-Identifier: GPL-3.0-or-later
-- intelligence, version 2: leak investigations (inappropriate disclosure).

CREATE TABLE leak (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  reference TEXT NOT NULL UNIQUE CHECK (length (reference) BETWEEN 1 AND 64),
  title TEXT NOT NULL COLLATE NOCASE CHECK (length (title) >= 1),
  marking TEXT NOT NULL CHECK (marking IN ('official', 'official-sensitive')),
  summary TEXT,
  owner TEXT NOT NULL, -- account name
  investigating_officer TEXT, -- staff number
  received TEXT NOT NULL CHECK (received IS date (received)),
  decided_to_investigate TEXT CHECK (decided_to_investigate IS date (decided_to_investigate)),
  investigate_reason TEXT,
  item TEXT NOT NULL, -- what was disclosed
  item_marking TEXT,
  item_created TEXT CHECK (item_created IS date (item_created)),
  discovered TEXT CHECK (discovered IS date (discovered)),
  discovered_by TEXT,
  corruption_category TEXT,
  stage TEXT NOT NULL,
  outcome TEXT,
  closed TEXT CHECK (closed IS date (closed)),
  check_age_days INTEGER NOT NULL,
  profile_name TEXT NOT NULL,
  profile_version TEXT NOT NULL,
  subjects TEXT,
  sort_subjects TEXT,
  search_text TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed TEXT NOT NULL
);
@include investigation-kind-2.sql case=leak

-- The systems and records that the item sits in; words: those of the publication that stand there.
CREATE TABLE leak_record (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  system TEXT NOT NULL,
  record TEXT,
  description TEXT,
  held_since TEXT CHECK (held_since IS date (held_since)),
  words TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_record_case ON leak_record (case_uid, id);
@include investigation-row-open-2.sql table=leak_record
@include investigation-row-changes-2.sql table=leak_record what=record

-- Where and when it appeared. capture_exhibit: reference of the exhibit that holds the captured file.
CREATE TABLE leak_publication (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  outlet TEXT NOT NULL,
  author TEXT,
  platform TEXT,
  address TEXT,
  published TEXT,
  quoted_words TEXT,
  earliest_seen TEXT,
  seen_by TEXT,
  how_captured TEXT,
  capture_exhibit TEXT,
  note TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_publication_case ON leak_publication (case_uid, id);
@include investigation-row-open-2.sql table=leak_publication
@include investigation-row-changes-2.sql table=leak_publication what=publication

-- Lines of enquiry.
CREATE TABLE leak_line (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  title TEXT NOT NULL,
  reason TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'completed', 'not-pursued')),
  result TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_line_case ON leak_line (case_uid, id);
@include investigation-row-open-2.sql table=leak_line
@include investigation-row-changes-2.sql table=leak_line what=line

-- Journalists and outlets; recorded_contact: what the media contact record holds. "No record" is a finding, not guilt.
CREATE TABLE leak_outlet (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  outlet TEXT NOT NULL,
  journalist TEXT,
  contact TEXT,
  recorded_contact TEXT,
  note TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_outlet_case ON leak_outlet (case_uid, id);
@include investigation-row-open-2.sql table=leak_outlet
@include investigation-row-changes-2.sql table=leak_outlet what=outlet

CREATE TABLE leak_harm (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'operation', 'source', 'victim', 'confidence', 'financial', 'other')),
  to_whom TEXT,
  description TEXT NOT NULL,
  severity TEXT CHECK (severity IN ('low', 'medium', 'high', 'severe')),
  mitigation TEXT,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_harm_case ON leak_harm (case_uid, id);
@include investigation-row-open-2.sql table=leak_harm
@include investigation-row-changes-2.sql table=leak_harm what=harm

-- Public interest and protected disclosure; each is kept and the newest counts. Nothing intrusive is
-- started against who made a protected disclosure.
CREATE TABLE leak_assessment (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  public_interest TEXT NOT NULL CHECK (length (trim (public_interest)) >= 1),
  protected_disclosure TEXT NOT NULL CHECK (protected_disclosure IN ('no', 'possibly', 'yes')),
  protected_reasons TEXT NOT NULL CHECK (length (trim (protected_reasons)) >= 1),
  necessity TEXT NOT NULL,
  proportionality TEXT NOT NULL,
  intrusion TEXT NOT NULL CHECK (intrusion IN ('permitted', 'not-permitted')),
  assessed TEXT NOT NULL CHECK (assessed IS date (assessed)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  CHECK (protected_disclosure <> 'yes' OR intrusion = 'not-permitted')
);
CREATE INDEX leak_assessment_case ON leak_assessment (case_uid, id);
@include investigation-row-open-2.sql table=leak_assessment
@include investigation-row-stays-2.sql table=leak_assessment what=assessment

CREATE TABLE leak_learning (
  id INTEGER PRIMARY KEY CHECK (id > 0),
  uid TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  case_uid TEXT NOT NULL,
  learning TEXT NOT NULL,
  for_whom TEXT,
  done TEXT CHECK (done IS date (done)),
  created TEXT NOT NULL,
  created_by TEXT NOT NULL
);
CREATE INDEX leak_learning_case ON leak_learning (case_uid, id);
@include investigation-row-any-2.sql table=leak_learning
@include investigation-row-changes-2.sql table=leak_learning what=learning
