-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The document travels as it is. ?3: the reason, as a JSON array of one.
UPDATE item
SET verdict = 'kept', action = 'upload', target = kept_target, original_target = '',
    reasons = json_insert(reasons, '$[#]', json_extract(?3, '$[0]'))
WHERE id = ?1 AND job_id = ?2 AND state = 'planned' AND action = 'convert';
