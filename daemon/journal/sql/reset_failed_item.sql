-- SPDX-License-Identifier: AGPL-3.0-or-later
-- As reset_failed.sql, for one line.
UPDATE item
SET state = CASE
              WHEN NOT EXISTS (SELECT 1 FROM upload WHERE item_id = item.id) THEN 'planned'
              WHEN NOT EXISTS (SELECT 1 FROM upload WHERE item_id = item.id AND upload.state <> 'arrived') THEN 'uploaded'
              WHEN EXISTS (SELECT 1 FROM upload WHERE item_id = item.id AND scratch_file <> '') THEN 'converted'
              ELSE 'planned'
            END,
    reasons = (SELECT json_group_array(json(value))
               FROM json_each(item.reasons)
               WHERE json_extract(value, '$.failure') IS NULL),
    retryable = 0
WHERE id = ?2 AND job_id = ?1 AND state = 'failed';
