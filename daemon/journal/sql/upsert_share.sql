-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO share (job_id, path, recipient_kind, recipient, permissions, may_download, expires, note, state, share_id, reasons,
                   recipient_name)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
ON CONFLICT (job_id, path, recipient_kind, recipient) DO UPDATE
SET permissions = excluded.permissions, may_download = excluded.may_download, expires = excluded.expires, note = excluded.note,
    state = excluded.state, share_id = excluded.share_id, reasons = excluded.reasons,
    recipient_name = excluded.recipient_name;
