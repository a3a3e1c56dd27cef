-- SPDX-License-Identifier: AGPL-3.0-or-later
UPDATE upload SET state = 'arrived', etag = ?3, file_id = ?4, verified_by = ?5
WHERE item_id = ?1 AND role = ?2 AND state = 'sending';
