-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows of an investigation (the table @table@) that are corrected, a version at a time, and never go.

CREATE TRIGGER @table@_update BEFORE UPDATE ON @table@
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.case_uid IS NOT OLD.case_uid OR NEW.version IS NOT OLD.version + 1
  OR NEW.created IS NOT OLD.created OR NEW.created_by IS NOT OLD.created_by
BEGIN SELECT RAISE (ABORT, 'fixed: what a row is about does not change'); END;
CREATE TRIGGER @table@_delete BEFORE DELETE ON @table@
BEGIN SELECT RAISE (ABORT, 'append-only: @what@'); END;
