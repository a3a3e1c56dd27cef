-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO upload (item_id, role, state, target, method, upload_id, scratch_file, size, sha256, etag, file_id, verified_by)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '', '', '')
ON CONFLICT (item_id, role) DO UPDATE
SET state = excluded.state, target = excluded.target, method = excluded.method, upload_id = excluded.upload_id,
    scratch_file = CASE excluded.scratch_file WHEN '' THEN upload.scratch_file ELSE excluded.scratch_file END,
    size = excluded.size, sha256 = excluded.sha256
WHERE upload.state <> 'arrived';
