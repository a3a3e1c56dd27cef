-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO bridge_export (bridge_id, name, state, job_id, started)
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (bridge_id, name, state) DO UPDATE SET job_id = excluded.job_id, started = excluded.started;
