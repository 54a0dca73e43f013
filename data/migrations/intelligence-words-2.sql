-- SPDX-License-Identifier: GPL-3.0-or-later
-- intelligence, version 2: the words by which reports are found; see registers-words-2.sql.
-- search_text and subjects hold nothing of the original text, which stands in a table of its own.

CREATE VIRTUAL TABLE search_report USING fts5 (
  search_text, subjects, sort_subjects,
  content = 'intelligence_report', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_report (search_report, rank) VALUES ('secure-delete', 1);
INSERT INTO search_report (search_report) VALUES ('rebuild');
INSERT INTO search_report (rowid, search_text) VALUES (0, 'x');
INSERT INTO search_report (search_report, rowid, search_text) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_report_insert AFTER INSERT ON intelligence_report BEGIN
  INSERT INTO search_report (rowid, search_text, subjects, sort_subjects)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects);
END;
CREATE TRIGGER search_report_delete AFTER DELETE ON intelligence_report BEGIN
  INSERT INTO search_report (search_report, rowid, search_text, subjects, sort_subjects)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects);
END;
CREATE TRIGGER search_report_update AFTER UPDATE OF search_text, subjects, sort_subjects ON intelligence_report
WHEN new.search_text IS NOT old.search_text OR new.subjects IS NOT old.subjects
   OR new.sort_subjects IS NOT old.sort_subjects BEGIN
  INSERT INTO search_report (search_report, rowid, search_text, subjects, sort_subjects)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects);
  INSERT INTO search_report (rowid, search_text, subjects, sort_subjects)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects);
END;

-- The first secure deletion, as above, for the index of version 1.
INSERT INTO intelligence_words (rowid, sanitised_text) VALUES (0, 'x');
INSERT INTO intelligence_words (intelligence_words, rowid, sanitised_text) VALUES ('delete', 0, 'x');
