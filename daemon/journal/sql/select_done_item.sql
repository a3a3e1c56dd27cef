-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What became of a source path in the latest earlier job to the same place?
SELECT item.id, source_path, kind, product, size, crc32, modified, created, starred, permissions, part, entry, action, target,
       kept_target, original_target, existing, reasons, state, verdict, retryable, replaces, moves,
       former_path
FROM item
JOIN job ON job.id = item.job_id
WHERE item.source_path = ?4 AND item.state = 'done'
  AND job.server_url = ?1 AND job.user_id = ?2 AND job.destination = ?3
ORDER BY item.id DESC
LIMIT 1;
