-- SPDX-License-Identifier: GPL-3.0-or-later
-- standards, version 2: the words by which complaints are found; see registers-words-2.sql.

CREATE VIRTUAL TABLE search_complaint USING fts5 (
  search_text, subjects, sort_subjects,
  content = 'complaint', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_complaint (search_complaint, rank) VALUES ('secure-delete', 1);
INSERT INTO search_complaint (search_complaint) VALUES ('rebuild');
INSERT INTO search_complaint (rowid, search_text) VALUES (0, 'x');
INSERT INTO search_complaint (search_complaint, rowid, search_text) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_complaint_insert AFTER INSERT ON complaint BEGIN
  INSERT INTO search_complaint (rowid, search_text, subjects, sort_subjects)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects);
END;
CREATE TRIGGER search_complaint_delete AFTER DELETE ON complaint BEGIN
  INSERT INTO search_complaint (search_complaint, rowid, search_text, subjects, sort_subjects)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects);
END;
CREATE TRIGGER search_complaint_update AFTER UPDATE OF search_text, subjects, sort_subjects ON complaint
WHEN new.search_text IS NOT old.search_text OR new.subjects IS NOT old.subjects
   OR new.sort_subjects IS NOT old.sort_subjects BEGIN
  INSERT INTO search_complaint (search_complaint, rowid, search_text, subjects, sort_subjects)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects);
  INSERT INTO search_complaint (rowid, search_text, subjects, sort_subjects)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects);
END;

-- The first secure deletion, as above, for the index of version 1.
INSERT INTO complaint_words (rowid, allegation) VALUES (0, 'x');
INSERT INTO complaint_words (complaint_words, rowid, allegation) VALUES ('delete', 0, 'x');
