-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT coalesce(sum(upload.size), 0)
FROM upload
JOIN item ON item.id = upload.item_id
WHERE item.job_id = ?1 AND upload.state = 'arrived';
