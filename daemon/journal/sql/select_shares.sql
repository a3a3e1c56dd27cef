-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT path, recipient_kind, recipient, permissions, may_download, expires, note, state, share_id, reasons, recipient_name
FROM share
WHERE job_id = ?1
ORDER BY id;
