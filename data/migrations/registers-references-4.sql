-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- registers, version 4: the reference of a second job is drawn, or where the force wants it numbered. A number follows
-- the one before it; one that was drawn follows none, and leaves no gap when its job is sealed.

@include second-job-insert-3.sql numbered="NEW.reference_number IS NOT NULL"

CREATE TRIGGER second_job_drawn_insert BEFORE INSERT ON second_job
WHEN NEW.brought_forward IS 0 AND NEW.reference_number IS NULL
     AND (NEW.reference_year IS NOT NULL
          OR length (NEW.reference) IS NOT 9 OR substr (NEW.reference, 1, 3) IS NOT 'SJ/'
          OR substr (NEW.reference, 4) GLOB '*[^2-9BCDFGHJKMNPQRSTVWXYZ]*')
BEGIN SELECT RAISE (ABORT, 'reference: neither numbered nor drawn'); END;
