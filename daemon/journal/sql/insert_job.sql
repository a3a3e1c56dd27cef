-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO job (export_fingerprint, server_url, user_id, destination, choices, export_kind, export_name, export_paths,
                 problems, need_bytes, access, new_folders, export_groups, share_order, phase, created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 'planning', unixepoch(), unixepoch());
