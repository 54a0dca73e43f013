-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- How a second job begins. Where it is numbered, its reference is the next of the year; a job that is opened sealed has
-- one that follows none, and leaves no gap anywhere.

DROP TRIGGER second_job_insert;
CREATE TRIGGER second_job_insert BEFORE INSERT ON second_job
BEGIN
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM second_job
                 WHERE id = NEW.id OR uid = NEW.uid OR reference = NEW.reference
                    OR (reference_year = NEW.reference_year AND reference_number = NEW.reference_number))
         OR EXISTS (SELECT 1 FROM case_reference WHERE reference = NEW.reference)
      THEN RAISE (ABORT, 'exists: a second job is never replaced')
    WHEN NEW.decision_uid IS NOT NULL OR NEW.decided_at IS NOT NULL OR NEW.approved_on IS NOT NULL OR NEW.round IS NOT 1
      THEN RAISE (ABORT, 'gate: a second job begins undecided')
    WHEN NEW.brought_forward IS NOT 1
         AND (NEW.brought_forward IS NOT 0
              OR NEW.outcome IS NOT NULL
              OR NEW.stage NOT IN ('submitted', 'comments', 'with-professional-standards')
              OR NEW.stage IS NULL
              OR NEW.next_review IS NOT NULL OR NEW.ceased IS NOT NULL
              OR NEW.recorded_outcome IS NOT NULL)
      THEN RAISE (ABORT, 'gate: a second job begins undecided')
    WHEN NEW.brought_forward IS 1
         AND (NEW.outcome IS NOT 'brought-forward'
              OR NEW.stage IS NULL
              OR NEW.stage NOT IN ('registered', 'refused', 'withdrawn', 'ceased', 'lapsed'))
      THEN RAISE (ABORT, 'gate: what comes from an earlier register is brought forward, not approved')
    WHEN @numbered@ AND NEW.brought_forward IS 0 AND (NEW.reference_year IS NULL OR NEW.reference_number IS NULL)
      THEN RAISE (ABORT, 'reference: missing')
    WHEN @numbered@ AND NEW.brought_forward IS 0 AND NEW.reference_number IS NOT 1
         AND NOT EXISTS (SELECT 1 FROM second_job
                         WHERE reference_year = NEW.reference_year AND reference_number = NEW.reference_number - 1)
         AND NOT EXISTS (SELECT 1 FROM case_reference
                         WHERE reference >= 'SJ/' || NEW.reference_year || '/' AND reference < 'SJ/' || NEW.reference_year || '0'
                           AND CAST (substr (reference, length ('SJ/' || NEW.reference_year || '/') + 1) AS INTEGER) = NEW.reference_number - 1)
      THEN RAISE (ABORT, 'reference: leaves a gap')
    WHEN NEW.requires_view IS NOT 1 AND NEW.signatory IS 'head-of-hr'
      THEN RAISE (ABORT, 'gate: who cannot read the checks signs only on a view')
    WHEN NEW.signatory IS NULL OR NEW.signatory NOT IN ('head-of-hr', 'decider')
         OR NEW.requires_view IS NULL OR NEW.requires_view NOT IN (0, 1)
         OR NEW.requires_line_manager_comment IS NULL OR NEW.requires_line_manager_comment NOT IN (0, 1)
         OR NEW.requires_head_of_hr_comment IS NULL OR NEW.requires_head_of_hr_comment NOT IN (0, 1)
         OR typeof (NEW.check_age_days) IS NOT 'integer' OR NEW.check_age_days NOT BETWEEN 1 AND 366
      THEN RAISE (ABORT, 'gate: not a route')
  END;
END;
