-- SPDX-License-Identifier: GPL-3.0-or-later
-- standards, version 2: the words by which complaints and conduct investigations are found; see registers-words-2.sql.

CREATE VIEW search_complaint_words AS
SELECT id, search_text, subjects, sort_subjects,
  probity_weights (search_text, subjects, sort_subjects) AS weights FROM complaint;

CREATE VIRTUAL TABLE search_complaint USING fts5 (
  search_text, subjects, sort_subjects, weights,
  content = 'search_complaint_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_complaint (search_complaint, rank) VALUES ('secure-delete', 1);
INSERT INTO search_complaint (search_complaint) VALUES ('rebuild');
INSERT INTO search_complaint (rowid, search_text) VALUES (0, 'x');
INSERT INTO search_complaint (search_complaint, rowid, search_text) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_complaint_insert AFTER INSERT ON complaint
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'complaint' AND new.id > after) BEGIN
  INSERT INTO search_complaint (rowid, search_text, subjects, sort_subjects, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects,
    probity_weights (new.search_text, new.subjects, new.sort_subjects));
END;
CREATE TRIGGER search_complaint_delete AFTER DELETE ON complaint
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'complaint' AND old.id > after) BEGIN
  INSERT INTO search_complaint (search_complaint, rowid, search_text, subjects, sort_subjects, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects,
    probity_weights (old.search_text, old.subjects, old.sort_subjects));
END;
CREATE TRIGGER search_complaint_update AFTER UPDATE OF search_text, subjects, sort_subjects ON complaint
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'complaint' AND old.id > after)
  AND (new.search_text IS NOT old.search_text OR new.subjects IS NOT old.subjects
   OR new.sort_subjects IS NOT old.sort_subjects) BEGIN
  INSERT INTO search_complaint (search_complaint, rowid, search_text, subjects, sort_subjects, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects,
    probity_weights (old.search_text, old.subjects, old.sort_subjects));
  INSERT INTO search_complaint (rowid, search_text, subjects, sort_subjects, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects,
    probity_weights (new.search_text, new.subjects, new.sort_subjects));
END;

CREATE VIEW search_conduct_words AS
SELECT id, search_text, subjects, sort_subjects, summary, referrer, platform,
  external_reference,
  probity_weights (search_text, subjects, sort_subjects, summary, referrer, platform, external_reference) AS weights
    FROM conduct;

CREATE VIRTUAL TABLE search_conduct USING fts5 (
  search_text, subjects, sort_subjects, summary, referrer, platform, external_reference, weights,
  content = 'search_conduct_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_conduct (search_conduct, rank) VALUES ('secure-delete', 1);
INSERT INTO search_conduct (search_conduct) VALUES ('rebuild');
INSERT INTO search_conduct (rowid, search_text) VALUES (0, 'x');
INSERT INTO search_conduct (search_conduct, rowid, search_text) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_conduct_insert AFTER INSERT ON conduct BEGIN
  INSERT INTO search_conduct (rowid, search_text, subjects, sort_subjects, summary, referrer, platform,
    external_reference, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects, new.summary, new.referrer, new.platform,
    new.external_reference,
    probity_weights (new.search_text, new.subjects, new.sort_subjects, new.summary, new.referrer, new.platform,
      new.external_reference));
END;
CREATE TRIGGER search_conduct_delete AFTER DELETE ON conduct BEGIN
  INSERT INTO search_conduct (search_conduct, rowid, search_text, subjects, sort_subjects, summary, referrer,
    platform, external_reference, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects, old.summary, old.referrer, old.platform,
    old.external_reference,
    probity_weights (old.search_text, old.subjects, old.sort_subjects, old.summary, old.referrer, old.platform,
      old.external_reference));
END;
CREATE TRIGGER search_conduct_update AFTER UPDATE OF search_text, subjects, sort_subjects, summary, referrer, platform,
    external_reference ON conduct
WHEN new.search_text IS NOT old.search_text OR new.subjects IS NOT old.subjects
   OR new.sort_subjects IS NOT old.sort_subjects OR new.summary IS NOT old.summary OR new.referrer IS NOT old.referrer
   OR new.platform IS NOT old.platform OR new.external_reference IS NOT old.external_reference BEGIN
  INSERT INTO search_conduct (search_conduct, rowid, search_text, subjects, sort_subjects, summary, referrer,
    platform, external_reference, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects, old.summary, old.referrer, old.platform,
    old.external_reference,
    probity_weights (old.search_text, old.subjects, old.sort_subjects, old.summary, old.referrer, old.platform,
      old.external_reference));
  INSERT INTO search_conduct (rowid, search_text, subjects, sort_subjects, summary, referrer, platform,
    external_reference, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects, new.summary, new.referrer, new.platform,
    new.external_reference,
    probity_weights (new.search_text, new.subjects, new.sort_subjects, new.summary, new.referrer, new.platform,
      new.external_reference));
END;

CREATE VIEW search_allegation_words AS
SELECT id, allegation, note,
  probity_weights (allegation, note) AS weights FROM conduct_allegation;

CREATE VIRTUAL TABLE search_allegation USING fts5 (
  allegation, note, weights,
  content = 'search_allegation_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_allegation (search_allegation, rank) VALUES ('secure-delete', 1);
INSERT INTO search_allegation (search_allegation) VALUES ('rebuild');
INSERT INTO search_allegation (rowid, allegation) VALUES (0, 'x');
INSERT INTO search_allegation (search_allegation, rowid, allegation) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_allegation_insert AFTER INSERT ON conduct_allegation BEGIN
  INSERT INTO search_allegation (rowid, allegation, note, weights)
  VALUES (new.id, new.allegation, new.note, probity_weights (new.allegation, new.note));
END;
CREATE TRIGGER search_allegation_delete AFTER DELETE ON conduct_allegation BEGIN
  INSERT INTO search_allegation (search_allegation, rowid, allegation, note, weights)
  VALUES ('delete', old.id, old.allegation, old.note, probity_weights (old.allegation, old.note));
END;
CREATE TRIGGER search_allegation_update AFTER UPDATE OF allegation, note ON conduct_allegation
WHEN new.allegation IS NOT old.allegation OR new.note IS NOT old.note BEGIN
  INSERT INTO search_allegation (search_allegation, rowid, allegation, note, weights)
  VALUES ('delete', old.id, old.allegation, old.note, probity_weights (old.allegation, old.note));
  INSERT INTO search_allegation (rowid, allegation, note, weights)
  VALUES (new.id, new.allegation, new.note, probity_weights (new.allegation, new.note));
END;

-- The first secure deletion, as above, for the index of version 1.
INSERT INTO complaint_words (rowid, allegation) VALUES (0, 'x');
INSERT INTO complaint_words (complaint_words, rowid, allegation) VALUES ('delete', 0, 'x');

-- The index of version 1 waits for the end of a file too.
DROP TRIGGER complaint_words_insert;
DROP TRIGGER complaint_words_delete;
DROP TRIGGER complaint_words_update;
CREATE TRIGGER complaint_words_insert AFTER INSERT ON complaint
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'complaint' AND new.id > after) BEGIN
  INSERT INTO complaint_words (rowid, complainant, allegation, result)
  VALUES (new.id, new.complainant, new.allegation, new.result);
END;
CREATE TRIGGER complaint_words_delete AFTER DELETE ON complaint
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'complaint' AND old.id > after) BEGIN
  INSERT INTO complaint_words (complaint_words, rowid, complainant, allegation, result)
  VALUES ('delete', old.id, old.complainant, old.allegation, old.result);
END;
CREATE TRIGGER complaint_words_update AFTER UPDATE OF complainant, allegation, result ON complaint
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'complaint' AND old.id > after)
  AND (new.complainant IS NOT old.complainant OR new.allegation IS NOT old.allegation
   OR new.result IS NOT old.result) BEGIN
  INSERT INTO complaint_words (complaint_words, rowid, complainant, allegation, result)
  VALUES ('delete', old.id, old.complainant, old.allegation, old.result);
  INSERT INTO complaint_words (rowid, complainant, allegation, result)
  VALUES (new.id, new.complainant, new.allegation, new.result);
END;

CREATE TRIGGER words_release_complaint AFTER DELETE ON words_hold WHEN old.held = 'complaint' BEGIN
    INSERT INTO complaint_words (rowid, complainant, allegation, result)
    SELECT id, complainant, allegation, result FROM complaint WHERE id > old.after;
    INSERT INTO search_complaint (rowid, search_text, subjects, sort_subjects, weights)
    SELECT id, search_text, subjects, sort_subjects, weights FROM search_complaint_words WHERE id > old.after;
END;
