-- SPDX-License-Identifier: AGPL-3.0-or-later
SELECT id, owner, job_id, export_kind, choices, login, sealed_password, automatic, created_at FROM bridge ORDER BY id;
