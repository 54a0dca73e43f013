-- SPDX-License-Identifier: GPL-3.0-or-later
-- intelligence, version 2: the words by which reports and leak investigations are found; see registers-words-2.sql.
-- search_text and subjects hold nothing of the original text, which stands in a table of its own.

CREATE VIEW search_report_words AS
SELECT id, search_text, subjects, sort_subjects,
  probity_weights (search_text, subjects, sort_subjects) AS weights FROM intelligence_report;

CREATE VIRTUAL TABLE search_report USING fts5 (
  search_text, subjects, sort_subjects, weights,
  content = 'search_report_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_report (search_report, rank) VALUES ('secure-delete', 1);
INSERT INTO search_report (search_report) VALUES ('rebuild');
INSERT INTO search_report (rowid, search_text) VALUES (0, 'x');
INSERT INTO search_report (search_report, rowid, search_text) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_report_insert AFTER INSERT ON intelligence_report
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'intelligence_report' AND new.id > after) BEGIN
  INSERT INTO search_report (rowid, search_text, subjects, sort_subjects, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects,
    probity_weights (new.search_text, new.subjects, new.sort_subjects));
END;
CREATE TRIGGER search_report_delete AFTER DELETE ON intelligence_report
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'intelligence_report' AND old.id > after) BEGIN
  INSERT INTO search_report (search_report, rowid, search_text, subjects, sort_subjects, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects,
    probity_weights (old.search_text, old.subjects, old.sort_subjects));
END;
CREATE TRIGGER search_report_update AFTER UPDATE OF search_text, subjects, sort_subjects ON intelligence_report
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'intelligence_report' AND old.id > after)
  AND (new.search_text IS NOT old.search_text OR new.subjects IS NOT old.subjects
   OR new.sort_subjects IS NOT old.sort_subjects) BEGIN
  INSERT INTO search_report (search_report, rowid, search_text, subjects, sort_subjects, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects,
    probity_weights (old.search_text, old.subjects, old.sort_subjects));
  INSERT INTO search_report (rowid, search_text, subjects, sort_subjects, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects,
    probity_weights (new.search_text, new.subjects, new.sort_subjects));
END;

CREATE VIEW search_leak_words AS
SELECT id, search_text, subjects, sort_subjects, summary, item,
  probity_weights (search_text, subjects, sort_subjects, summary, item) AS weights FROM leak;

CREATE VIRTUAL TABLE search_leak USING fts5 (
  search_text, subjects, sort_subjects, summary, item, weights,
  content = 'search_leak_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_leak (search_leak, rank) VALUES ('secure-delete', 1);
INSERT INTO search_leak (search_leak) VALUES ('rebuild');
INSERT INTO search_leak (rowid, search_text) VALUES (0, 'x');
INSERT INTO search_leak (search_leak, rowid, search_text) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_leak_insert AFTER INSERT ON leak BEGIN
  INSERT INTO search_leak (rowid, search_text, subjects, sort_subjects, summary, item, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects, new.summary, new.item,
    probity_weights (new.search_text, new.subjects, new.sort_subjects, new.summary, new.item));
END;
CREATE TRIGGER search_leak_delete AFTER DELETE ON leak BEGIN
  INSERT INTO search_leak (search_leak, rowid, search_text, subjects, sort_subjects, summary, item, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects, old.summary, old.item,
    probity_weights (old.search_text, old.subjects, old.sort_subjects, old.summary, old.item));
END;
CREATE TRIGGER search_leak_update AFTER UPDATE OF search_text, subjects, sort_subjects, summary, item ON leak
WHEN new.search_text IS NOT old.search_text OR new.subjects IS NOT old.subjects
   OR new.sort_subjects IS NOT old.sort_subjects OR new.summary IS NOT old.summary OR new.item IS NOT old.item BEGIN
  INSERT INTO search_leak (search_leak, rowid, search_text, subjects, sort_subjects, summary, item, weights)
  VALUES ('delete', old.id, old.search_text, old.subjects, old.sort_subjects, old.summary, old.item,
    probity_weights (old.search_text, old.subjects, old.sort_subjects, old.summary, old.item));
  INSERT INTO search_leak (rowid, search_text, subjects, sort_subjects, summary, item, weights)
  VALUES (new.id, new.search_text, new.subjects, new.sort_subjects, new.summary, new.item,
    probity_weights (new.search_text, new.subjects, new.sort_subjects, new.summary, new.item));
END;

CREATE VIEW search_publication_words AS
SELECT id, outlet, author, platform, quoted_words, note,
  probity_weights (outlet, author, platform, quoted_words, note) AS weights FROM leak_publication;

CREATE VIRTUAL TABLE search_publication USING fts5 (
  outlet, author, platform, quoted_words, note, weights,
  content = 'search_publication_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_publication (search_publication, rank) VALUES ('secure-delete', 1);
INSERT INTO search_publication (search_publication) VALUES ('rebuild');
INSERT INTO search_publication (rowid, outlet) VALUES (0, 'x');
INSERT INTO search_publication (search_publication, rowid, outlet) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_publication_insert AFTER INSERT ON leak_publication BEGIN
  INSERT INTO search_publication (rowid, outlet, author, platform, quoted_words, note, weights)
  VALUES (new.id, new.outlet, new.author, new.platform, new.quoted_words, new.note,
    probity_weights (new.outlet, new.author, new.platform, new.quoted_words, new.note));
END;
CREATE TRIGGER search_publication_delete AFTER DELETE ON leak_publication BEGIN
  INSERT INTO search_publication (search_publication, rowid, outlet, author, platform, quoted_words, note, weights)
  VALUES ('delete', old.id, old.outlet, old.author, old.platform, old.quoted_words, old.note,
    probity_weights (old.outlet, old.author, old.platform, old.quoted_words, old.note));
END;
CREATE TRIGGER search_publication_update AFTER UPDATE OF outlet, author, platform, quoted_words, note ON leak_publication
WHEN new.outlet IS NOT old.outlet OR new.author IS NOT old.author OR new.platform IS NOT old.platform
   OR new.quoted_words IS NOT old.quoted_words OR new.note IS NOT old.note BEGIN
  INSERT INTO search_publication (search_publication, rowid, outlet, author, platform, quoted_words, note, weights)
  VALUES ('delete', old.id, old.outlet, old.author, old.platform, old.quoted_words, old.note,
    probity_weights (old.outlet, old.author, old.platform, old.quoted_words, old.note));
  INSERT INTO search_publication (rowid, outlet, author, platform, quoted_words, note, weights)
  VALUES (new.id, new.outlet, new.author, new.platform, new.quoted_words, new.note,
    probity_weights (new.outlet, new.author, new.platform, new.quoted_words, new.note));
END;

CREATE VIEW search_outlet_words AS
SELECT id, outlet, journalist, note,
  probity_weights (outlet, journalist, note) AS weights FROM leak_outlet;

CREATE VIRTUAL TABLE search_outlet USING fts5 (
  outlet, journalist, note, weights,
  content = 'search_outlet_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_outlet (search_outlet, rank) VALUES ('secure-delete', 1);
INSERT INTO search_outlet (search_outlet) VALUES ('rebuild');
INSERT INTO search_outlet (rowid, outlet) VALUES (0, 'x');
INSERT INTO search_outlet (search_outlet, rowid, outlet) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_outlet_insert AFTER INSERT ON leak_outlet BEGIN
  INSERT INTO search_outlet (rowid, outlet, journalist, note, weights)
  VALUES (new.id, new.outlet, new.journalist, new.note, probity_weights (new.outlet, new.journalist, new.note));
END;
CREATE TRIGGER search_outlet_delete AFTER DELETE ON leak_outlet BEGIN
  INSERT INTO search_outlet (search_outlet, rowid, outlet, journalist, note, weights)
  VALUES ('delete', old.id, old.outlet, old.journalist, old.note,
    probity_weights (old.outlet, old.journalist, old.note));
END;
CREATE TRIGGER search_outlet_update AFTER UPDATE OF outlet, journalist, note ON leak_outlet
WHEN new.outlet IS NOT old.outlet OR new.journalist IS NOT old.journalist OR new.note IS NOT old.note BEGIN
  INSERT INTO search_outlet (search_outlet, rowid, outlet, journalist, note, weights)
  VALUES ('delete', old.id, old.outlet, old.journalist, old.note,
    probity_weights (old.outlet, old.journalist, old.note));
  INSERT INTO search_outlet (rowid, outlet, journalist, note, weights)
  VALUES (new.id, new.outlet, new.journalist, new.note, probity_weights (new.outlet, new.journalist, new.note));
END;

CREATE VIEW search_line_words AS
SELECT id, title, reason, result,
  probity_weights (title, reason, result) AS weights FROM leak_line;

CREATE VIRTUAL TABLE search_line USING fts5 (
  title, reason, result, weights,
  content = 'search_line_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search_line (search_line, rank) VALUES ('secure-delete', 1);
INSERT INTO search_line (search_line) VALUES ('rebuild');
INSERT INTO search_line (rowid, title) VALUES (0, 'x');
INSERT INTO search_line (search_line, rowid, title) VALUES ('delete', 0, 'x');
CREATE TRIGGER search_line_insert AFTER INSERT ON leak_line BEGIN
  INSERT INTO search_line (rowid, title, reason, result, weights)
  VALUES (new.id, new.title, new.reason, new.result, probity_weights (new.title, new.reason, new.result));
END;
CREATE TRIGGER search_line_delete AFTER DELETE ON leak_line BEGIN
  INSERT INTO search_line (search_line, rowid, title, reason, result, weights)
  VALUES ('delete', old.id, old.title, old.reason, old.result, probity_weights (old.title, old.reason, old.result));
END;
CREATE TRIGGER search_line_update AFTER UPDATE OF title, reason, result ON leak_line
WHEN new.title IS NOT old.title OR new.reason IS NOT old.reason OR new.result IS NOT old.result BEGIN
  INSERT INTO search_line (search_line, rowid, title, reason, result, weights)
  VALUES ('delete', old.id, old.title, old.reason, old.result, probity_weights (old.title, old.reason, old.result));
  INSERT INTO search_line (rowid, title, reason, result, weights)
  VALUES (new.id, new.title, new.reason, new.result, probity_weights (new.title, new.reason, new.result));
END;

-- The first secure deletion, as above, for the index of version 1.
INSERT INTO intelligence_words (rowid, sanitised_text) VALUES (0, 'x');
INSERT INTO intelligence_words (intelligence_words, rowid, sanitised_text) VALUES ('delete', 0, 'x');

-- The index of version 1 waits for the end of a file too.
DROP TRIGGER intelligence_words_insert;
DROP TRIGGER intelligence_words_delete;
DROP TRIGGER intelligence_words_update;
CREATE TRIGGER intelligence_words_insert AFTER INSERT ON intelligence_report
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'intelligence_report' AND new.id > after) BEGIN
  INSERT INTO intelligence_words (rowid, sanitised_text) VALUES (new.id, new.sanitised_text);
END;
CREATE TRIGGER intelligence_words_delete AFTER DELETE ON intelligence_report
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'intelligence_report' AND old.id > after) BEGIN
  INSERT INTO intelligence_words (intelligence_words, rowid, sanitised_text)
  VALUES ('delete', old.id, old.sanitised_text);
END;
CREATE TRIGGER intelligence_words_update AFTER UPDATE OF sanitised_text ON intelligence_report
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = 'intelligence_report' AND old.id > after)
  AND new.sanitised_text IS NOT old.sanitised_text BEGIN
  INSERT INTO intelligence_words (intelligence_words, rowid, sanitised_text)
  VALUES ('delete', old.id, old.sanitised_text);
  INSERT INTO intelligence_words (rowid, sanitised_text) VALUES (new.id, new.sanitised_text);
END;

CREATE TRIGGER words_release_intelligence_report AFTER DELETE ON words_hold WHEN old.held = 'intelligence_report' BEGIN
    INSERT INTO intelligence_words (rowid, sanitised_text)
    SELECT id, sanitised_text FROM intelligence_report WHERE id > old.after;
    INSERT INTO search_report (rowid, search_text, subjects, sort_subjects, weights)
    SELECT id, search_text, subjects, sort_subjects, weights FROM search_report_words WHERE id > old.after;
END;
