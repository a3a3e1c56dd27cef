-- SPDX-License-Identifier: AGPL-3.0-or-later
UPDATE job
SET export_fingerprint = ?2, destination = ?3, choices = ?4, export_kind = ?5, export_name = ?6, export_paths = ?7, problems = ?8,
    need_bytes = ?9, new_folders = ?10, export_groups = ?11, phase = 'planning', stopped_by = NULL, updated_at = unixepoch()
WHERE id = ?1;
