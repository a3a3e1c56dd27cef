-- SPDX-License-Identifier: AGPL-3.0-or-later
DELETE FROM upload WHERE item_id = ?1 AND role = ?2;
