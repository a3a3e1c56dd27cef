-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO bridge (owner, job_id, export_kind, choices, login, sealed_password, automatic)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
