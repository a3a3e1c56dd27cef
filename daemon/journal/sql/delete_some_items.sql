-- SPDX-License-Identifier: AGPL-3.0-or-later
DELETE FROM item WHERE id IN (SELECT id FROM item WHERE job_id = ?1 LIMIT ?2);
