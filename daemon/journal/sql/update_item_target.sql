-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Only where no other item of the job was promised the place.
UPDATE item SET target = ?2
WHERE id = ?1
  AND NOT EXISTS (SELECT 1 FROM item AS other
                  WHERE other.job_id = item.job_id AND other.id <> item.id
                    AND ?2 IN (other.target, other.kept_target, other.original_target));
