-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT json_extract(value, '$.code') AS code, count(DISTINCT item.id) AS items
FROM item, json_each(item.reasons)
WHERE item.job_id = ?1 AND item.reasons <> '[]'
GROUP BY code
ORDER BY items DESC, code;
