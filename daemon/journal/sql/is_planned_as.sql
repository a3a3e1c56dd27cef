-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT count(*) FROM item WHERE id = ?1 AND job_id = ?2 AND state = 'planned' AND action = ?3;
