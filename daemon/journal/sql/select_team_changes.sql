-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT folder, act, subject, path, permissions, text, state, folder_id, reasons FROM team_change WHERE job_id = ?1 ORDER BY id;
