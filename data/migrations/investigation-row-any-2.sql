-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row of an investigation (the table @table@) that may begin after the closing too; it replaces none.

CREATE TRIGGER @table@_insert BEFORE INSERT ON @table@
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM @table@ WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
  END;
END;
