-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every compartment, version 1: what a command that touched two compartments still has to write into
-- the other one. A row is here only between the two commits of such a command; one that is seen under
-- the write lock was left by a program that was killed in between.

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  target TEXT NOT NULL CHECK (target IN ('journal', 'registers', 'standards', 'intelligence')),
  command TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid (payload)),
  created TEXT NOT NULL
);
