-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What all jobs of one account wanted, the latest job last.
SELECT path, recipient_kind, recipient, permissions, may_download, expires, note, state, share_id, share.reasons,
       recipient_name
FROM share
JOIN job ON job.id = share.job_id
WHERE job.server_url = ?1 AND job.user_id = ?2
ORDER BY share.job_id, share.id;
