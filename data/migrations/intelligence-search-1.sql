-- SPDX-License-Identifier: GPL-3.0-or-later
-- intelligence, version 1: words of the sanitised texts (never of the originals).

CREATE VIRTUAL TABLE intelligence_words USING fts5 (
  sanitised_text,
  content = 'intelligence_report', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO intelligence_words (intelligence_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER intelligence_words_insert AFTER INSERT ON intelligence_report BEGIN
  INSERT INTO intelligence_words (rowid, sanitised_text) VALUES (new.id, new.sanitised_text);
END;
CREATE TRIGGER intelligence_words_delete AFTER DELETE ON intelligence_report BEGIN
  INSERT INTO intelligence_words (intelligence_words, rowid, sanitised_text)
  VALUES ('delete', old.id, old.sanitised_text);
END;
CREATE TRIGGER intelligence_words_update AFTER UPDATE OF sanitised_text ON intelligence_report BEGIN
  INSERT INTO intelligence_words (intelligence_words, rowid, sanitised_text)
  VALUES ('delete', old.id, old.sanitised_text);
  INSERT INTO intelligence_words (rowid, sanitised_text) VALUES (new.id, new.sanitised_text);
END;
