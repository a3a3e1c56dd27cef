-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Nothing of the item is left on the server. One that had failed stays so: that it did not arrive whole is what is to be told.
UPDATE item SET state = 'skipped' WHERE id = ?1 AND state IN ('uploaded', 'done') AND NOT EXISTS (SELECT 1 FROM upload WHERE item_id = ?1);
