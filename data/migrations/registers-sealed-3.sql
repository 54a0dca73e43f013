-- SPDX-License-Identifier: GPL-3.0-or-later
-- registers, version 3: second jobs can be sealed.
--
-- Of one that is, the reference stays among those that were given: no other has it, and the next one follows it.

@include second-job-insert-3.sql numbered=1
