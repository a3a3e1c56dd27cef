-- SPDX-License-Identifier: AGPL-3.0-or-later
-- One job by id, or all of them where ?1 is null.
SELECT id, export_fingerprint, server_url, user_id, destination, choices, export_kind, export_name, export_paths, problems,
       need_bytes, access, new_folders, export_groups, share_order, phase, stopped_by, created_at, updated_at
FROM job
WHERE ?1 IS NULL OR id = ?1
ORDER BY id DESC;
