-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The state moves only from the states that the transition allows (?3, a JSON array).
UPDATE item SET state = ?2 WHERE id = ?1 AND state IN (SELECT value FROM json_each(?3));
