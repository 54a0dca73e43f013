-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 2: a file of rows is read in without its words, which follow all at once when the hold is let go.
--
-- FTS5 writes out what it holds in memory at each savepoint, and each statement with triggers that may
-- refuse makes one: word by word a file took some forty times as long. A hold lives inside one transaction;
-- deleting its row indexes what came after it (the triggers words_release_… beside the indexes).

CREATE TABLE words_hold (
  held TEXT PRIMARY KEY, -- a table
  after INTEGER NOT NULL -- rows with a greater id wait
) WITHOUT ROWID;
