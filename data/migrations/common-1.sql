-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every compartment, version 1: what it is, its audit log, and what is left to do after a crash.

-- casebook: the casebook's uid; compartment: this compartment's name; creator: SHA-256 of the public
-- signing key of the account that made the casebook, in hex; secret_key: the half of this compartment's
-- X25519 key that opens what was sealed to it from outside, in base64; sample: 1 for invented people.
CREATE TABLE meta (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER meta_insert BEFORE INSERT ON meta
WHEN EXISTS (SELECT 1 FROM meta WHERE name = NEW.name)
BEGIN
  SELECT RAISE (ABORT, 'meta: what a compartment is does not change');
END;

CREATE TRIGGER meta_update BEFORE UPDATE ON meta
BEGIN
  SELECT RAISE (ABORT, 'meta: what a compartment is does not change');
END;

CREATE TRIGGER meta_delete BEFORE DELETE ON meta
BEGIN
  SELECT RAISE (ABORT, 'meta: what a compartment is does not change');
END;

-- The log. hash covers all columns before it, prev is the hash of the entry before, the signature
-- (Ed25519, of the account named) covers hash. value_digest covers salt, old and new of audit_value,
-- so that values can be erased and the chain stays whole. No column but seq is unique: OR REPLACE
-- would take the row that is in the way without asking a trigger.
CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  verb TEXT NOT NULL CHECK (verb IN ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure', 'sign-in', 'refusal', 'key-change')),
  kind TEXT,
  record TEXT,
  field TEXT,
  value_digest BLOB CHECK (value_digest IS NULL OR length (value_digest) = 32),
  prev BLOB NOT NULL CHECK (length (prev) = 32),
  hash BLOB NOT NULL CHECK (length (hash) = 32),
  signature BLOB NOT NULL CHECK (length (signature) = 64)
);
CREATE INDEX audit_entry_by_record ON audit_entry (record) WHERE record IS NOT NULL;
CREATE INDEX audit_entry_erasure ON audit_entry (record) WHERE verb = 'erasure' AND kind = 'audit-value';
CREATE INDEX audit_entry_key_change ON audit_entry (seq) WHERE verb = 'key-change';

CREATE TABLE audit_value (
  seq INTEGER PRIMARY KEY REFERENCES audit_entry (seq),
  salt BLOB NOT NULL CHECK (length (salt) = 16),
  old TEXT,
  new TEXT
);

-- BEFORE INSERT also stops OR REPLACE, OR IGNORE and upserts: they meet it first.
CREATE TRIGGER audit_entry_insert BEFORE INSERT ON audit_entry
BEGIN
  SELECT RAISE (ABORT, 'audit: entries are numbered without a gap')
   WHERE NEW.seq IS NOT (SELECT coalesce (max (seq), 0) + 1 FROM audit_entry);
  SELECT RAISE (ABORT, 'audit: an entry holds the hash of the one before')
   WHERE NEW.prev IS NOT coalesce ((SELECT hash FROM audit_entry WHERE seq = NEW.seq - 1), zeroblob (32));
END;

CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE (ABORT, 'audit: entries do not change');
END;

CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE (ABORT, 'audit: entries do not go');
END;

CREATE TRIGGER audit_value_insert BEFORE INSERT ON audit_value
WHEN NEW.seq IS NOT (SELECT max (seq) FROM audit_entry)
  OR (SELECT value_digest FROM audit_entry WHERE seq = NEW.seq) IS NULL
  OR EXISTS (SELECT 1 FROM audit_value WHERE seq = NEW.seq)
BEGIN
  SELECT RAISE (ABORT, 'audit: values belong to the newest entry');
END;

CREATE TRIGGER audit_value_update BEFORE UPDATE ON audit_value
BEGIN
  SELECT RAISE (ABORT, 'audit: values do not change');
END;

-- Values go only after an erasure was recorded that names their entry, here in the same log.
CREATE TRIGGER audit_value_delete BEFORE DELETE ON audit_value
WHEN NOT EXISTS (SELECT 1 FROM audit_entry
                  WHERE verb = 'erasure' AND kind = 'audit-value'
                    AND record = CAST (OLD.seq AS TEXT) AND seq > OLD.seq)
BEGIN
  SELECT RAISE (ABORT, 'audit: values go only by a recorded erasure');
END;
