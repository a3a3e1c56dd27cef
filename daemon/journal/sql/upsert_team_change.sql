-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO team_change (job_id, folder, act, subject, path, permissions, text, state, folder_id, reasons)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (job_id, folder, act, subject, path) DO UPDATE
SET permissions = excluded.permissions, text = excluded.text, state = excluded.state, folder_id = excluded.folder_id,
    reasons = excluded.reasons;
