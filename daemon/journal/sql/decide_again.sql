-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Takes back that a person left it out; ?3: the code of that reason, ?4: 1 where only a line that is to be converted will do.
UPDATE item
SET state = 'planned',
    reasons = (SELECT json_group_array(json(value)) FROM json_each(item.reasons) WHERE json_extract(value, '$.code') <> ?3)
WHERE id = ?1 AND job_id = ?2 AND state = 'skipped' AND (?4 = 0 OR action = 'convert')
  AND EXISTS (SELECT 1 FROM json_each(item.reasons) WHERE json_extract(value, '$.code') = ?3);
