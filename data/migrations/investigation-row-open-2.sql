-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row of an investigation (the table @table@) begins while its case is open, and replaces none.

CREATE TRIGGER @table@_insert BEFORE INSERT ON @table@
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM @table@ WHERE id = NEW.id OR uid = NEW.uid)
      THEN RAISE (ABORT, 'exists: a row of a case is never replaced')
    WHEN NOT EXISTS (SELECT 1 FROM investigation_case WHERE uid = NEW.case_uid AND closed IS NULL)
      THEN RAISE (ABORT, 'decided: the case is not open')
  END;
END;
