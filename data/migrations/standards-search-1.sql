-- SPDX-License-Identifier: GPL-3.0-or-later
-- standards, version 1: words of complaints, by which a check finds an employer that is named there.

CREATE VIRTUAL TABLE complaint_words USING fts5 (
  complainant, allegation, result,
  content = 'complaint', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO complaint_words (complaint_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER complaint_words_insert AFTER INSERT ON complaint BEGIN
  INSERT INTO complaint_words (rowid, complainant, allegation, result)
  VALUES (new.id, new.complainant, new.allegation, new.result);
END;
CREATE TRIGGER complaint_words_delete AFTER DELETE ON complaint BEGIN
  INSERT INTO complaint_words (complaint_words, rowid, complainant, allegation, result)
  VALUES ('delete', old.id, old.complainant, old.allegation, old.result);
END;
CREATE TRIGGER complaint_words_update AFTER UPDATE OF complainant, allegation, result ON complaint BEGIN
  INSERT INTO complaint_words (complaint_words, rowid, complainant, allegation, result)
  VALUES ('delete', old.id, old.complainant, old.allegation, old.result);
  INSERT INTO complaint_words (rowid, complainant, allegation, result)
  VALUES (new.id, new.complainant, new.allegation, new.result);
END;
