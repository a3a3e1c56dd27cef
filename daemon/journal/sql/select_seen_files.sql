-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The files that the exports of earlier jobs to the same place held.
SELECT item.job_id, source_path, item.size, crc32
FROM job
JOIN item ON item.job_id = job.id
WHERE job.server_url = ?1 AND job.user_id = ?2 AND job.destination = ?3 AND job.export_kind = ?4 AND job.phase <> 'planning'
  AND item.kind = 'file' AND item.part >= 0;
