-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What earlier jobs to the same place left there, in the order in which it came: a row a file, one row a folder. ?5: JSON array of
-- the jobs that count.
SELECT item.id, source_path, kind, item.size, crc32, modified, action, item.target, verdict, former_path,
       upload.role, upload.target AS stands_at, upload.size AS stands_size, sha256, etag, file_id
FROM job
JOIN item ON item.job_id = job.id
LEFT JOIN upload ON upload.item_id = item.id AND upload.state = 'arrived'
WHERE job.server_url = ?1 AND job.user_id = ?2 AND job.destination = ?3 AND job.export_kind = ?4
  AND job.id IN (SELECT value FROM json_each(?5)) AND item.state IN ('uploaded', 'done')
ORDER BY item.id, upload.role;
