-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows of an investigation (the table @table@) that neither change nor go.

CREATE TRIGGER @table@_update BEFORE UPDATE ON @table@
BEGIN SELECT RAISE (ABORT, 'append-only: @what@'); END;
CREATE TRIGGER @table@_delete BEFORE DELETE ON @table@
BEGIN SELECT RAISE (ABORT, 'append-only: @what@'); END;
