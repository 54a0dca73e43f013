-- SPDX-License-Identifier: GPL-3.0-or-later
-- The words of one column of the table @table@, by which its rows are found; see registers-words-2.sql.

CREATE VIEW @index@_words AS
SELECT id, @column@, probity_weights (@column@) AS weights FROM @table@;

CREATE VIRTUAL TABLE @index@ USING fts5 (
  @column@, weights,
  content = '@index@_words', content_rowid = 'id', prefix = '2 3 4', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO @index@ (@index@, rank) VALUES ('secure-delete', 1);
INSERT INTO @index@ (@index@) VALUES ('rebuild');
INSERT INTO @index@ (rowid, @column@) VALUES (0, 'x');
INSERT INTO @index@ (@index@, rowid, @column@) VALUES ('delete', 0, 'x');
CREATE TRIGGER @index@_insert AFTER INSERT ON @table@
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = '@table@' AND new.id > after) BEGIN
  INSERT INTO @index@ (rowid, @column@, weights)
  VALUES (new.id, new.@column@, probity_weights (new.@column@));
END;
CREATE TRIGGER @index@_delete AFTER DELETE ON @table@
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = '@table@' AND old.id > after) BEGIN
  INSERT INTO @index@ (@index@, rowid, @column@, weights)
  VALUES ('delete', old.id, old.@column@, probity_weights (old.@column@));
END;
CREATE TRIGGER @index@_update AFTER UPDATE OF @column@ ON @table@
WHEN NOT EXISTS (SELECT 1 FROM words_hold WHERE held = '@table@' AND old.id > after)
  AND (new.@column@ IS NOT old.@column@) BEGIN
  INSERT INTO @index@ (@index@, rowid, @column@, weights)
  VALUES ('delete', old.id, old.@column@, probity_weights (old.@column@));
  INSERT INTO @index@ (rowid, @column@, weights)
  VALUES (new.id, new.@column@, probity_weights (new.@column@));
END;
