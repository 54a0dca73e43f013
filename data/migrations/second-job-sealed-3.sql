-- SPDX-License-Identifier: GPL-3.0-or-later
-- A sealed compartment that holds a second job, between the parts of `registers` and those of the checks, all of
-- which it has: what both have is made once. Forms that are not finished are kept in no sealed compartment.

DROP TABLE draft;
