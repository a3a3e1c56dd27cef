-- SPDX-License-Identifier: AGPL-3.0-or-later
-- ?2: a JSON array; a reason that the item has already is not written twice.
UPDATE item
SET reasons = (SELECT json_group_array(json(value))
               FROM (SELECT value FROM json_each(item.reasons)
                     UNION ALL
                     SELECT fresh.value FROM json_each(?2) AS fresh
                     WHERE NOT EXISTS (SELECT 1 FROM json_each(item.reasons) AS old WHERE old.value = fresh.value)))
WHERE id = ?1;
