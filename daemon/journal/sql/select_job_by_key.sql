-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The newest job of a key; none where its plan was never finished.
SELECT id
FROM job
WHERE export_fingerprint = ?1 AND server_url = ?2 AND user_id = ?3 AND destination = ?4 AND choices = ?5 AND phase <> 'planning'
ORDER BY id DESC
LIMIT 1;
