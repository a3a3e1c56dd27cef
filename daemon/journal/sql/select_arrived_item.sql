-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Who wrote the file that stands at a path?
SELECT upload.item_id
FROM upload
JOIN item ON item.id = upload.item_id
JOIN job ON job.id = item.job_id
WHERE upload.target = ?3 AND upload.state = 'arrived' AND job.server_url = ?1 AND job.user_id = ?2
ORDER BY upload.item_id DESC
LIMIT 1;
