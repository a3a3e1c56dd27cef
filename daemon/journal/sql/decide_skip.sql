-- SPDX-License-Identifier: AGPL-3.0-or-later
-- ?3: the reason, as a JSON array of one.
UPDATE item
SET state = 'skipped', reasons = json_insert(reasons, '$[#]', json_extract(?3, '$[0]'))
WHERE id = ?1 AND job_id = ?2 AND state = 'planned';
