-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT role, state, target, method, upload_id, scratch_file, size, sha256, etag, file_id, verified_by
FROM upload
WHERE item_id = ?1
ORDER BY role;
