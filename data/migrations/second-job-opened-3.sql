-- SPDX-License-Identifier: GPL-3.0-or-later
-- A sealed compartment that holds a second job: one may be opened in it too.

@include second-job-insert-3.sql numbered=0
