-- SPDX-License-Identifier: AGPL-3.0-or-later
INSERT INTO made_team (job_id, name, team_id, members)
VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (job_id, name) DO UPDATE SET team_id = excluded.team_id, members = excluded.members;
