-- SPDX-License-Identifier: AGPL-3.0-or-later
-- ?2: the code of the reason that goes.
UPDATE item
SET reasons = (SELECT json_group_array(json(value)) FROM json_each(item.reasons) WHERE json_extract(value, '$.code') <> ?2)
WHERE id = ?1;
